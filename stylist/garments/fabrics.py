"""Fabrics: how each material of the vocabulary scatters light, and the weave one sees from near.

A weave is a tile that repeats; it knows nothing of colors: it says where cloth is darker or lighter, where another
yarn shows, and how opaque it is.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import skia

from stylist.garments import motifs, tiles
from stylist.garments.parts import GarmentSpec, Part
from stylist.garments.svg import GarmentError
from stylist.garments.tiles import Tile, blurred, cells, wave

TILE = 512
"""Side of a weave's tile, in pixels and in canvas units."""

_KNITWEAR = frozenset({"sweater", "cardigan", "turtleneck", "beanie", "scarf"})
_SPUN = frozenset({"wool", "cashmere", "cotton", "knit"})
_METALLIC = frozenset({"gold", "silver"})
_FOIL = frozenset({"leather", "satin", "silk", "synthetic"})
_HARD_ROLES = {"metal": "metal", "lens": "glass", "sole": "rubber"}


@dataclass(frozen=True)
class Fabric:
    """What light does on a cloth. Strengths are 0..1.

    `drape` is the height of its folds in canvas units and `crisp` how sharp they break; `diffuse` the contrast of light
    and shade; `gloss` and `tight` the strength and width of its highlights, which `broken` lets its grain break up;
    `sheen` the light at the silhouette, as on velvet, and `deep` how much of the rest its pile swallows; `fleck` how
    much another yarn shows; `fade` how worn its highlights are; `puff` whether it is quilted; `open` whether one sees
    through.
    """

    weave: str
    strength: float
    drape: float
    crisp: float
    diffuse: float
    gloss: float
    tight: float = 0.2
    sheen: float = 0.0
    fleck: float = 0.0
    fade: float = 0.0
    puff: float = 0.0
    open: bool = False
    broken: bool = False
    deep: float = 0.0


@cache
def _table() -> dict[str, Fabric]:
    raw = json.loads((Path(__file__).parent / "data" / "fabrics.json").read_text(encoding="utf-8"))
    return {name: Fabric(**values) for name, values in raw.items()}


def names() -> tuple[str, ...]:
    """Every fabric that can be drawn: the materials of the vocabulary and a few of hardware and trimming."""
    return tuple(_table())


def fabric(part: Part, spec: GarmentSpec) -> Fabric:
    """The fabric of a part: its own, that of its role (metal, lens, sole, rib), or the garment's.

    Raises GarmentError for a material that no fabric draws.
    """
    name = part.material or _HARD_ROLES.get(part.role) or spec.material
    if part.role == "rib" and part.material is None and spec.material in _SPUN | {"fleece", "synthetic"}:
        name = "rib"
    found = _table().get(name)
    if found is None:
        raise GarmentError(f"material: {name!r} is no fabric; expected one of {', '.join(_table())}")
    knitted = spec.type in _KNITWEAR and name in ("wool", "cashmere", "knit", "cotton")
    if knitted:
        style = spec.details.get("knit", "fine" if name in ("cashmere", "cotton") else "plain")
        weave = {"fine": "fine_knit", "rib": "ribbing", "cable": "cable", "chunky": "chunky"}.get(style, "knit")
        return Fabric(weave, 0.8, found.drape, 0.0, 0.9, 0.0, sheen=found.sheen, fleck=found.fleck)
    if part.color is None and spec.color in _METALLIC and name in _FOIL:
        return replace(found, gloss=found.gloss + 0.3, diffuse=1.45, tight=0.2, fleck=0.0)
    return found


@cache
def weave(name: str) -> skia.Image:
    """The tile of a weave as RGBA bytes: red is lightness (128 neutral), green the other yarn, blue opacity."""
    maker = _WEAVES[name]
    seed = sum(ord(c) * 131**i for i, c in enumerate(name)) % 2**31
    tone, fleck, opacity = maker(np.random.Generator(np.random.PCG64(seed)))
    pixels = np.full((TILE, TILE, 4), 255, np.uint8)
    pixels[..., 0] = np.clip(128 + 127 * tone, 0, 255)
    pixels[..., 1] = np.clip(255 * fleck, 0, 255)
    pixels[..., 2] = np.clip(255 * opacity, 0, 255)
    return skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType).withDefaultMipmaps()


_Made = tuple[Tile, Tile, Tile]
_ONES = np.ones((TILE, TILE), np.float32)
_ZEROS = np.zeros((TILE, TILE), np.float32)
_Y, _X = (axis.astype(np.float32) for axis in np.mgrid[0:TILE, 0:TILE])


def _grain(rng: np.random.Generator, across: int, along: int) -> Tile:
    return tiles.grain(rng, TILE, across, along)


def _none(rng: np.random.Generator) -> _Made:
    return _ZEROS, _ZEROS, _ONES


def _plain(rng: np.random.Generator) -> _Made:
    tone = 0.22 * _grain(rng, 2, 9) + 0.22 * _grain(rng, 9, 2) + 0.16 * _grain(rng, 3, 3)
    return tone, _ZEROS, _ONES


def _slub(rng: np.random.Generator) -> _Made:
    across, along = _grain(rng, 60, 3), _grain(rng, 3, 60)
    tone = 0.22 * across + 0.2 * along + 0.16 * _grain(rng, 3, 3) + 0.1 * wave(_X, 8) * wave(_Y, 8)
    return tone, np.clip(0.8 * np.maximum(across, along) - 0.6, 0, 1), _ONES


def _basket(rng: np.random.Generator) -> _Made:
    over = np.sign(wave(_X, 16)) * np.sign(wave(_Y, 16))
    thread = np.where(over > 0, np.abs(wave(_X + 4, 8)), np.abs(wave(_Y + 4, 8)))
    tone = 0.5 * (thread - 0.6) + 0.14 * over + 0.2 * _grain(rng, 4, 4)
    return tone, np.clip(0.5 * _grain(rng, 5, 5) - 0.3, 0, 1), _ONES


def _twill(rng: np.random.Generator) -> _Made:
    wander = 1.3 * _grain(rng, 24, 24)
    ridge = wave(_X + _Y + wander, 8)
    yarn = _grain(rng, 3, 46)
    tone = 0.34 * ridge + 0.12 * yarn + 0.2 * _grain(rng, 2, 3)
    fleck = np.clip(0.42 - 0.55 * ridge + 0.36 * _grain(rng, 2, 6) + 0.22 * yarn, 0, 1)
    return tone, fleck * 0.8, _ONES


def _felt(rng: np.random.Generator) -> _Made:
    tone = 0.2 * _grain(rng, 3, 3) + 0.2 * _grain(rng, 7, 7) + 0.14 * _grain(rng, 2, 14) + 0.14 * _grain(rng, 14, 2)
    return tone, np.clip(0.5 * _grain(rng, 3, 7) - 0.2, 0, 1), _ONES


def _nap(rng: np.random.Generator) -> _Made:
    tone = 0.2 * _grain(rng, 2, 5) + 0.17 * _grain(rng, 3, 3) + 0.18 * _grain(rng, 22, 40)
    return tone, _ZEROS, _ONES


def _filament(rng: np.random.Generator) -> _Made:
    return 0.3 * _grain(rng, 2, 90) + 0.12 * _grain(rng, 60, 2), _ZEROS, _ONES


def _pebble(rng: np.random.Generator) -> _Made:
    near, second = cells(rng, TILE, 88)
    crack = np.clip(1 - (second - near) * 3.2, 0, 1)
    tone = -0.45 * crack + 0.3 * (0.5 - near) + 0.14 * _grain(rng, 30, 30)
    return tone, _ZEROS, _ONES


def _boucle(rng: np.random.Generator) -> _Made:
    near, _ = cells(rng, TILE, 44)
    near2, _ = cells(rng, TILE, 70)
    tone = 0.75 * (0.42 - near) + 0.4 * (0.4 - near2) + 0.18 * _grain(rng, 3, 3)
    return tone, np.clip(near - 0.5, 0, 1), _ONES


def _ripstop(rng: np.random.Generator) -> _Made:
    grid = np.maximum(wave(_X, 16), wave(_Y, 16))
    return 0.35 * np.clip(grid - 0.8, 0, 1) * 4 + 0.16 * _grain(rng, 3, 3) - 0.1, _ZEROS, _ONES


def _tweed(rng: np.random.Generator) -> _Made:
    column = np.floor(_X / 32)
    bone = np.where(column % 2 > 0, _X + _Y, _Y - _X)
    ridge = wave(bone + 0.8 * _grain(rng, 8, 8), 8)
    tone = 0.36 * ridge + 0.24 * _grain(rng, 4, 4) + 0.12 * _grain(rng, 12, 12)
    fleck = np.clip(0.3 - 0.4 * ridge + 0.4 * _grain(rng, 4, 4), 0, 1)
    nubs = np.clip(2.2 * (_grain(rng, 6, 5) - 1.7), 0, 1)
    return tone, np.maximum(fleck * 0.7, nubs), _ONES


def _wale(rng: np.random.Generator) -> _Made:
    ridge = wave(_X + 0.5 * _grain(rng, 6, 60), 512 / 36)
    profile = np.sign(ridge) * np.abs(ridge) ** 0.6
    return 0.5 * profile + 0.16 * _grain(rng, 3, 4) - 0.1, _ZEROS, _ONES


def _knitted(wales: int, courses: int) -> Callable[[np.random.Generator], _Made]:
    """Stockinette: `wales` columns of loops that lean into a V, `courses` rows, over the tile."""

    def make(rng: np.random.Generator) -> _Made:
        wide, tall = TILE / wales, TILE / courses
        side = (_X / wide) % 1.0
        lean = np.abs(side - 0.5) * 2  # 0 in the middle of the wale, 1 between two
        row = (_Y / tall + 0.95 * lean + 0.06 * _grain(rng, 9, 9)) % 1.0
        loop = np.sin(np.float32(math.pi) * row) ** 0.7
        across = np.sin(np.float32(math.pi) * np.clip(lean * 0.92 + 0.06, 0, 1)) ** 0.6
        tone = 1.15 * (loop * across - 0.62) + 0.12 * _grain(rng, 2, 4) + 0.05 * _grain(rng, 40, 14)
        return tone.astype(np.float32), np.clip(0.6 * _grain(rng, 5, 3) - 0.4, 0, 1), _ONES

    return make


def _ribbing(rng: np.random.Generator) -> _Made:
    tone, fleck, _ = _knitted(64, 84)(rng)
    rib = wave(_X, 16)
    return 0.35 * tone + 0.5 * np.sign(rib) * np.abs(rib) ** 0.6 - 0.05, fleck, _ONES


def _cable(rng: np.random.Generator) -> _Made:
    tone, fleck, _ = _knitted(48, 56)(rng)
    x = (_X / 128) % 1.0
    y = (_Y / 64) % 1.0
    result = 0.7 * tone
    inside = np.abs(x - 0.5) < 0.22
    swing = 0.11 * np.cos(2 * math.pi * y)
    over = np.clip(1 - np.abs(x - 0.5 - swing) / 0.11, 0, 1) ** 0.7
    under = np.clip(1 - np.abs(x - 0.5 + swing) / 0.11, 0, 1) ** 0.7
    front = np.where(y < 0.5, over, under)
    back = np.where(y < 0.5, under, over)
    rope = np.where(front > 0.12, front, 0.62 * back)
    result = np.where(inside, 0.25 * tone + 1.0 * (rope - 0.5), result)
    for edge in (0.25, 0.75):
        result -= 0.6 * np.clip(1 - np.abs(x - edge) / 0.035, 0, 1)
    return result.astype(np.float32), fleck, _ONES


def _straw(rng: np.random.Generator) -> _Made:
    braid = _Y / 16
    lean = np.where(np.floor(braid) % 2 > 0, _X + _Y, _X - _Y)
    tone = 0.4 * wave(lean, 12.8) + 0.5 * (np.abs(wave(_Y, 32)) - 0.6) + 0.2 * _grain(rng, 8, 3)
    return tone, np.clip(0.5 * _grain(rng, 12, 3), 0, 1), _ONES


def _lace(rng: np.random.Generator) -> _Made:
    opacity = motifs.lace(random.Random(int(rng.integers(2**31))), TILE)
    raised = blurred(opacity, 3, 3)
    tone = 1.6 * (raised - np.roll(raised, (3, 3), (0, 1))) + 0.5 * raised + 0.1 * _grain(rng, 2, 2)
    return tone.astype(np.float32), _ZEROS, opacity


_WEAVES: dict[str, Callable[[np.random.Generator], _Made]] = {
    "none": _none,
    "plain": _plain,
    "slub": _slub,
    "basket": _basket,
    "twill": _twill,
    "felt": _felt,
    "nap": _nap,
    "filament": _filament,
    "pebble": _pebble,
    "boucle": _boucle,
    "ripstop": _ripstop,
    "tweed": _tweed,
    "wale": _wale,
    "knit": _knitted(36, 44),
    "fine_knit": _knitted(64, 78),
    "chunky": _knitted(20, 25),
    "ribbing": _ribbing,
    "cable": _cable,
    "straw": _straw,
    "lace": _lace,
}
