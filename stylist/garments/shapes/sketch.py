"""A drawing board in centimetres: the axis of the garment is x = 0, the highest point of the shoulder is y = 0.

Outlines add parts, lines and buttons from back to front; at the end the board is set on the canvas of `parts.py`, as
large as fits, with the slight unevenness of cloth that hangs. Nothing here knows what is drawn.
"""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Callable

from stylist.garments.parts import Button, Garment, Line, Part, Shade
from stylist.garments.shapes.beziers import Curve, Point, map_path, mirror, path, points_of

Layer = Part | Line | Button

CANVAS = 1000.0
MARGIN = 45.0
MAX_SCALE = 14.5
"""Canvas units a centimetre at most, so that a cropped top does not look like a giant's."""


def shade(curve: Curve, amount: float, width: float, blur: float, fill: bool = False) -> Shade:
    """A shadow (or, `amount` < 0, a light) along `curve`; `width` and `blur` in centimetres."""
    return Shade(path(curve, closed=fill), amount, width, blur, fill)


def mirrored(made: Shade) -> tuple[Shade, Shade]:
    """A shade and its mirror image, for a part that spans both sides."""
    return made, dataclasses.replace(made, path=map_path(made.path, lambda x, y: (-x, y)))


class Sketch:
    """Layers of a garment in the making, in centimetres, from back to front."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.layers: list[Layer] = []

    def part(self, outline: Curve, role: str = "body", shades: tuple[Shade, ...] = (), **look: object) -> None:
        """A closed piece; `look` holds further fields of `Part`."""
        made = Part(path(outline), role=role, shades=shades)
        self.layers.append(dataclasses.replace(made, **look))  # type: ignore[arg-type]

    def pair(self, outline: Curve, role: str = "body", shades: tuple[Shade, ...] = (), **look: object) -> None:
        """A piece and its mirror image on the other side of the body; `grain` is mirrored too."""
        self.part(outline, role, shades, **look)
        grain = -float(look.pop("grain", 0.0))  # type: ignore[arg-type]
        flipped = tuple(mirrored(s)[1] for s in shades)
        self.part(mirror(outline), role, flipped, grain=grain, **look)

    def line(
        self, curve: Curve, kind: str = "seam", width: float = 2.0, clip: Curve | None = None, **look: object
    ) -> None:
        """A drawn line; `width` in canvas units, `clip` a closed outline it stays in."""
        made = Line(path(curve, closed=False), kind, width, clip=path(clip) if clip else None)
        self.layers.append(dataclasses.replace(made, **look))  # type: ignore[arg-type]

    def lines(
        self, curve: Curve, kind: str = "seam", width: float = 2.0, clip: Curve | None = None, **look: object
    ) -> None:
        """A drawn line and its mirror image."""
        self.line(curve, kind, width, clip, **look)
        self.line(mirror(curve), kind, width, mirror(clip) if clip else None, **look)

    def button(self, x: float, y: float, radius: float = 0.6, kind: str = "button", color: str | None = None) -> None:
        """A button, snap, rivet or eyelet; `radius` in centimetres."""
        self.layers.append(Button(x, y, radius, kind, color))

    def garment(self) -> Garment:
        """The layers on the canvas: scaled to fit, centred, and slightly uneven."""
        # Of lines only cords may lie beyond the cloth, as the straps of a camisole do.
        shown = [x for x in self.layers if isinstance(x, Part) or (isinstance(x, Line) and x.kind == "cord")]
        points = [p for layer in shown for p in points_of(layer.path)]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        room = CANVAS - 2 * MARGIN
        scale = min(room / (right - left + 2), room / (bottom - top + 2), MAX_SCALE)
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        uneven = _unevenness(self.rng)

        def set_down(x: float, y: float) -> Point:
            x, y = uneven(x, y)
            return CANVAS / 2 + (x - middle_x) * scale, CANVAS / 2 + (y - middle_y) * scale

        return Garment(tuple(_placed(layer, set_down, scale) for layer in self.layers))


def _unevenness(rng: random.Random) -> Callable[[float, float], Point]:
    """A gentle warp of the plane, the same for every layer, so that pieces still meet."""
    phase_x, phase_y = rng.uniform(0, math.tau), rng.uniform(0, math.tau)
    swing = {side: (rng.uniform(-0.7, 0.7), rng.uniform(-0.8, 0.8)) for side in (-1, 1)}

    def warp(x: float, y: float) -> Point:
        reach = min(max((abs(x) - 17.0) / 18.0, 0.0), 1.0) ** 2
        dx, dy = swing[1 if x > 0 else -1]
        calm = min(max(y / 30.0, 0.1), 1.0)
        return (
            x + calm * 0.3 * math.sin(y / 13.0 + phase_x) + dx * reach,
            y + calm * 0.25 * math.sin(x / 11.0 + phase_y) + dy * reach,
        )

    return warp


def _placed(layer: Layer, set_down: Callable[[float, float], Point], scale: float) -> Layer:
    if isinstance(layer, Button):
        x, y = set_down(layer.x, layer.y)
        return dataclasses.replace(layer, x=round(x, 1), y=round(y, 1), radius=round(layer.radius * scale, 2))
    moved = map_path(layer.path, set_down)
    if isinstance(layer, Line):
        return dataclasses.replace(layer, path=moved, clip=map_path(layer.clip, set_down) if layer.clip else None)
    shades = tuple(
        dataclasses.replace(
            s, path=map_path(s.path, set_down), width=round(s.width * scale, 2), blur=round(s.blur * scale, 2)
        )
        for s in layer.shades
    )
    return dataclasses.replace(layer, path=moved, shades=shades)
