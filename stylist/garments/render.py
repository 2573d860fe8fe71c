"""Garments as pictures: layers painted back to front on a transparent ground, every choice from the spec's seed.

This file knows how layers are joined; fabric, pattern, light and strokes have files of their own.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import skia
from PIL import Image

from stylist import vocabulary
from stylist.garments import cloth, fabrics, hardware, inks, light, palette, patterns, pictures, strokes
from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part
from stylist.garments.svg import GarmentError
from stylist.garments.svg import path as svg_path

_SHAPES = ("tops", "outer", "bottoms", "skirts_dresses", "shoes", "bags", "accessories")
_CANVAS = 1000
_OVERSAMPLE = 1.5
_SOFT_SLOTS = frozenset({"outer", "top", "bottom"})
_SOFT_ACCESSORIES = frozenset({"scarf", "tie", "beanie"})
_SHEER_ROLES = frozenset({"sleeve", "collar", "cuff", "trim", "hem"})
_HARD_ROLES = frozenset({"sole", "heel", "metal", "lens"})
_SMALL_ROLES = frozenset(
    {"pocket", "cuff", "waistband", "rib", "trim", "hem", "metal", "lens", "strap", "tongue", "toe"}
)

Outline = Callable[[GarmentSpec], Garment]


class _Outlines(Mapping[str, Outline]):
    """The outlines of all shapes modules, imported when a type is first asked for."""

    @cached_property
    def _all(self) -> dict[str, Outline]:
        found: dict[str, Outline] = {}
        for name in _SHAPES:
            found.update(importlib.import_module(f"stylist.garments.shapes.{name}").OUTLINES)
        return found

    def __getitem__(self, type_: str) -> Outline:
        if type_ not in self._all:
            known = ", ".join(sorted(self._all))
            raise GarmentError(f"type: no outline for {type_!r}; expected one of {known}")
        return self._all[type_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


OUTLINES: Mapping[str, Outline] = _Outlines()
"""Garment type -> the function that writes its layers."""


def draw(spec: GarmentSpec, size: int = 512) -> Image.Image:
    """The picture of a garment: RGBA, `size` pixels square, transparent around it; the same bytes for the same spec."""
    return render(OUTLINES[spec.type](spec), spec, size)


def render(garment: Garment, spec: GarmentSpec, size: int = 512) -> Image.Image:
    """The picture of layers that are written already; see `draw`."""
    work = round(size * _OVERSAMPLE)
    painter = _Painter(spec, work, garment)
    for layer in garment.layers:
        painter.paint(layer)
    picture = Image.fromarray(painter.pixels())
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _placed(made: cloth.Print | None, garment: Garment) -> cloth.Print | None:
    """The print, on the middle of the garment's body where it is a picture that lies there once."""
    if made is None or made.repeats:
        return made
    body = skia.Rect.MakeEmpty()
    for layer in garment.layers:
        if isinstance(layer, Part) and layer.role == "body":
            body.join(svg_path(layer.path).computeTightBounds())
    return pictures.placed_on(made, *((250, 150, 750, 850) if body.isEmpty() else body))


class _Painter:
    """A canvas of `work` pixels square on which layers are painted one after the other."""

    def __init__(self, spec: GarmentSpec, work: int, garment: Garment) -> None:
        self.spec = spec
        self.work = work
        self.scale = work / _CANVAS
        rng = random.Random(spec.seed)
        self.design = patterns.design(spec, rng)
        self.print = _placed(self.design.print, garment)
        self.base = self.design.ground
        default = spec.color if spec.color in inks.METAL else "silver"
        metal = palette.rgb(inks.METAL.get(spec.details.get("hardware", default), inks.METAL[default]))
        self.ink = inks.Ink(self.base, metal)
        self.surface = skia.Surface(work, work)
        self.canvas = self.surface.getCanvas()
        self.folds = light.drape(rng, (work + 1) // 2)
        slot = vocabulary.SLOT_OF_TYPE.get(spec.type, "top")
        self.soft = slot in _SOFT_SLOTS or spec.type in _SOFT_ACCESSORIES
        self.empty = True

    def pixels(self) -> npt.NDArray[np.uint8]:
        """Straight (not premultiplied) RGBA of the canvas."""
        return np.asarray(self.surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))

    def paint(self, layer: Part | Line | Button) -> None:
        if isinstance(layer, Part):
            self._part(layer)
            return
        self.canvas.save()
        self.canvas.scale(self.scale, self.scale)
        if isinstance(layer, Line):
            strokes.draw_line(self.canvas, layer, self.ink)
        else:
            hardware.draw_button(self.canvas, layer, self.ink)
        self.canvas.restore()

    def _part(self, part: Part) -> None:
        path = skia.Path(svg_path(part.path))
        path.transform(skia.Matrix.Scale(self.scale, self.scale))
        bounds = path.getBounds()
        left, top = max(0, int(bounds.left()) - 1), max(0, int(bounds.top()) - 1)
        right, bottom = min(self.work, int(bounds.right()) + 2), min(self.work, int(bounds.bottom()) + 2)
        if right - left < 2 or bottom - top < 2:
            return
        if not self.empty:
            self._cast(path, part)
        self.empty = False
        look = self._look(part)
        pixels = cloth.pixels(cloth.Piece(path, (left, top, right, bottom), self.scale, part.grain), look)
        image = skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType)
        clamp = skia.TileMode.kClamp
        shader = image.makeShader(clamp, clamp, skia.SamplingOptions(), skia.Matrix.Translate(left, top))
        # Shaders go to the constructor: the binding's setShader takes a hundred times as long.
        paint = skia.Paint(AntiAlias=True, Alphaf=part.opacity, Shader=shader)
        self.canvas.save()
        self.canvas.drawPath(path, paint)
        if part.shades:
            self.canvas.clipPath(path, doAntiAlias=True)
            self.canvas.scale(self.scale, self.scale)
            for shade in part.shades:
                strokes.draw_shade(self.canvas, shade, look.color)
        self.canvas.restore()

    def _look(self, part: Part) -> cloth.Look:
        fabric = fabrics.fabric(part, self.spec)
        plain = part.color is not None or not part.printed or part.role in _HARD_ROLES
        own = self.ink.metal if part.role == "metal" and part.color is None else None
        color = palette.rgb(part.color) if part.color else own or self.base
        hard = not self.soft or part.role in _HARD_ROLES
        if hard:
            fabric = replace(fabric, drape=fabric.drape * 0.25)
        return cloth.Look(
            color=palette.toned(color, part.tone),
            fabric=fabric,
            yarn=self.design.yarn,
            lined=part.role not in _SHEER_ROLES,
            print=None if plain else self.print,
            volume=part.volume,
            roundness=0.9 if hard else 0.1,
            size=part.scale,
            folds=self.folds,
            tone=part.tone,
        )

    def _cast(self, path: skia.Path, part: Part) -> None:
        """The soft shadow that a part throws on what lies beneath it."""
        reach = (3.5 if part.role in _SMALL_ROLES else 9.0) * self.scale
        dark = palette.toned(self.base, -0.9)
        self.canvas.save()
        self.canvas.translate(reach * 0.25, reach * 0.7)
        self.canvas.drawPath(path, inks.pen(dark, 0.3 * part.opacity * self.ink.weight, blur=reach))
        self.canvas.restore()
        self.canvas.drawPath(
            path, inks.pen(dark, 0.18 * part.opacity * self.ink.weight, blur=max(0.8, 1.3 * self.scale))
        )
