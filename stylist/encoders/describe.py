"""What garments a photo shows: type, color, pattern and the like, the most prominent garment first.

A photo of one garment gives one item. Several garments are looked for where the foreground falls into separate pieces, then
where the halves of the picture show different slots with certainty; thresholds stand in `assets/vision/describe.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from stylist import paths
from stylist import vocabulary as v
from stylist.encoders import foreground as fg
from stylist.encoders import pixel_color
from stylist.encoders.garment_pixels import palette
from stylist.encoders.vision import Reading, VisionEncoder

Box = tuple[float, float, float, float]

THRESHOLDS = "describe.json"
_WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
_BANDS: tuple[Box, ...] = ((0.0, 0.0, 1.0, 0.55), (0.0, 0.42, 1.0, 0.85), (0.0, 0.5, 1.0, 1.0), (0.0, 0.72, 1.0, 1.0))
_SIDES: tuple[Box, ...] = ((0.0, 0.0, 0.52, 1.0), (0.48, 0.0, 1.0, 1.0))
_DOUBT = 0.03  # what no reading denies a color
_SLEEVED = ("outer", "top")
_LONG = ("outer", "top", "bottom")


@dataclass(frozen=True)
class Thresholds:
    """When to believe what; tuned on pictures that trained nothing.

    `piece`: least probability of a separate piece's type; `band`: of a part of one piece; `single`: a whole picture read
    with more is one garment; `pixels`: weight of the pixels' colors beside the head's, 0..1; `said`: least probability of
    a further attribute (material, sleeve, length) that is reported.
    """

    piece: float = 0.5
    band: float = 0.8
    single: float = 0.75
    pixels: float = 0.7
    said: float = 0.5


@cache
def thresholds() -> Thresholds:
    """Those of the bundled tower; the defaults where its folder has none."""
    file = paths.asset("vision") / THRESHOLDS
    if not file.is_file():
        return Thresholds()
    known = json.loads(file.read_text(encoding="utf-8"))
    return Thresholds(**{f.name: float(known[f.name]) for f in fields(Thresholds) if f.name in known})


@dataclass(frozen=True)
class Seen:
    """A part of the picture and what it reads as."""

    box: Box
    reading: Reading

    @property
    def type(self) -> str:
        return max(self.reading["type"], key=lambda t: self.reading["type"][t])

    @property
    def confidence(self) -> float:
        return self.reading["type"][self.type]

    @property
    def slot(self) -> str:
        return v.SLOT_OF_TYPE[self.type]

    @property
    def area(self) -> float:
        left, top, right, bottom = self.box
        return (right - left) * (bottom - top)


@dataclass(frozen=True)
class Survey:
    """All readings of one picture; `pieces` is empty where the foreground hangs together."""

    whole: Seen
    pieces: tuple[Seen, ...]
    bands: tuple[Seen, ...]
    foreground: fg.Foreground


def describe(picture: Image.Image, encoder: VisionEncoder | None = None, limits: Thresholds | None = None) -> list[dict[str, Any]]:
    """The garments of an RGB picture as items with `slot`, `type`, `color`, `pattern`, `confidence` and, where sure,
    `material`, `sleeve`, `length`; `box` is the part looked at (left, top, right, bottom in 0..1). Never empty.
    """
    return items_of(survey(picture, encoder), limits or thresholds())


def items_of(seen: Survey, limits: Thresholds) -> list[dict[str, Any]]:
    """The garments of a picture that was read."""
    return [_item(one, seen.foreground, limits) for one in choose(seen, limits)]


def survey(picture: Image.Image, encoder: VisionEncoder | None = None) -> Survey:
    """Reads the whole picture, its separate pieces and its bands in one batch."""
    found = fg.find(picture)
    boxes = [_WHOLE, *(found.boxes if len(found.boxes) > 1 else ())]
    parts = [*boxes, *(_within(b, found) for b in (*_BANDS, *_SIDES))]
    readings = (encoder or _bundled()).read([picture if box == _WHOLE else fg.crop(picture, box) for box in parts])
    seen = tuple(Seen(box, reading) for box, reading in zip(parts, readings, strict=True))
    return Survey(seen[0], seen[1 : len(boxes)], seen[len(boxes) :], found)


@cache
def _bundled() -> VisionEncoder:
    return VisionEncoder()


def _within(band: Box, found: fg.Foreground) -> Box:
    """A band of the part of the picture that the foreground fills."""
    left, top = min(b[0] for b in found.boxes), min(b[1] for b in found.boxes)
    right, bottom = max(b[2] for b in found.boxes), max(b[3] for b in found.boxes)
    w, h = right - left, bottom - top
    return (left + band[0] * w, top + band[1] * h, left + band[2] * w, top + band[3] * h)


def choose(seen: Survey, limits: Thresholds) -> list[Seen]:
    """The parts that stand for one garment each, of different slots, the most prominent first."""
    if seen.whole.confidence >= limits.single:
        return [seen.whole]
    for parts, least in ((seen.pieces, limits.piece), (seen.bands, limits.band)):
        sure = _distinct([part for part in parts if part.confidence >= least])
        if len(sure) > 1:
            return sure
    return [seen.whole]


def _distinct(candidates: list[Seen]) -> list[Seen]:
    """One per slot, the surest; a dress leaves no room for a top. By area, then by certainty."""
    best: dict[str, Seen] = {}
    for one in sorted(candidates, key=lambda c: -c.confidence):
        best.setdefault(one.slot, one)
    if "bottom" in best and best["bottom"].type in v.COVERS_TOP:
        best.pop("top", None)
    return sorted(best.values(), key=lambda c: (-round(c.area, 2), -c.confidence))


def colors(one: Seen, found: fg.Foreground, weight: float) -> dict[str, float]:
    """The color probabilities of a part: families by the head and by the garment's pixels with `weight` (log-linear), and within
    a family the shade by the head and the palette's dyes."""
    head = np.array([one.reading["color"][c] for c in v.COLORS])
    pixels = palette(_part(found, one.box), one.type)
    named, near = pixel_color.families(pixels), pixel_color.words(pixels)
    chances = np.zeros(len(v.COLORS))
    for family, shades in v.COLOR_FAMILIES.items():
        rows = [v.COLORS.index(shade) for shade in shades]
        chance = (head[rows].sum() + _DOUBT) ** (1 - weight) * (named.get(family, 0.0) + _DOUBT) ** weight
        within = (head[rows] + _DOUBT) ** (1 - weight) * (np.array([near[shade] for shade in shades]) + _DOUBT) ** weight
        chances[rows] = chance * within / within.sum()
    return dict(zip(v.COLORS, (chances / chances.sum()).tolist(), strict=True))


def named(shades: dict[str, float]) -> tuple[str, float]:
    """The likeliest shade of the likeliest family, and the chance of that family."""
    chances = {family: sum(shades[shade] for shade in members) for family, members in v.COLOR_FAMILIES.items()}
    family = max(chances, key=lambda name: chances[name])
    return max(v.COLOR_FAMILIES[family], key=lambda shade: shades[shade]), chances[family]


def _part(found: fg.Foreground, box: Box) -> npt.NDArray[np.float32]:
    """(h, w, 3) colors within a box, at least 8 pixels a side."""
    h, w = found.mask.shape
    top, left = (min(int(edge * n), n - 8) for edge, n in ((box[1], h), (box[0], w)))
    return found.colors[max(0, top) : max(top + 8, round(box[3] * h)), max(0, left) : max(left + 8, round(box[2] * w))]


def _item(one: Seen, found: fg.Foreground, limits: Thresholds) -> dict[str, Any]:
    pattern = max(one.reading["pattern"], key=lambda p: one.reading["pattern"][p])
    color, sure = named(colors(one, found, limits.pixels))
    item: dict[str, Any] = {
        "slot": one.slot, "type": one.type, "color": color, "pattern": pattern,
        "confidence": round(one.confidence, 3),
    }  # fmt: skip
    item["color_confidence"] = round(sure, 3)
    item["pattern_confidence"] = round(one.reading["pattern"][pattern], 3)
    for field in _further(one):
        value = max(one.reading[field], key=lambda x: one.reading[field][x])
        if one.reading[field][value] >= limits.said:
            item[field] = value
    item["box"] = [round(edge, 3) for edge in one.box]
    return item


def _further(one: Seen) -> list[str]:
    """Fields beside color and pattern that a garment of this slot has."""
    found = ["material"]
    if one.slot in _SLEEVED or one.type in v.COVERS_TOP:
        found.append("sleeve")
    if one.slot in _LONG:
        found.append("length")
    return found


def write_thresholds(folder: Path, limits: Thresholds) -> None:
    """Saves tuned thresholds beside the tower they were tuned for."""
    known = {f.name: getattr(limits, f.name) for f in fields(Thresholds)}
    (folder / THRESHOLDS).write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
