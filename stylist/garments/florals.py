"""Floral prints, from ditsy sprays to large botanical ones."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import skia

from stylist.garments import motifs, palette
from stylist.garments.cloth import Print
from stylist.garments.motifs import scattered, wrapped
from stylist.garments.palette import RGB


@cache
def _leaf_colors() -> tuple[RGB, ...]:
    tables = json.loads((Path(__file__).parent / "data" / "patterns.json").read_text(encoding="utf-8"))
    return tuple(palette.rgb(color) for color in tables["leaves"])


class _Bed:
    """A tile on which flowers are planted; each falls again beyond the edge that it passes."""

    def __init__(self, rng: random.Random, side: int, ground: RGB, others: Sequence[RGB]) -> None:
        self.rng = rng
        self.side = side
        self.surface = skia.Surface(side, side)
        self.canvas = self.surface.getCanvas()
        self.canvas.clear(skia.Color4f(*ground, 1.0))
        self.petals = [c for c in others if palette.luminance(c) > 0.28] or list(others)
        self.heart = palette.rgb("#e3b95a")
        self.leaves = [self._visible(color, ground) for color in _leaf_colors()]

    @staticmethod
    def _visible(color: RGB, ground: RGB) -> RGB:
        gap = palette.luminance(color) - palette.luminance(ground)
        if abs(gap) > 0.13:
            return color
        return palette.toned(color, 0.4 if palette.luminance(ground) < 0.5 else -0.45)

    def plant(self, x: float, y: float, reach: float, draw: Callable[[skia.Canvas, random.Random], None]) -> None:
        seed = self.rng.getrandbits(32)

        def again(canvas: skia.Canvas) -> None:
            draw(canvas, random.Random(seed))

        wrapped(self.canvas, self.side, x, y, reach, again)

    def leaf_color(self) -> RGB:
        return self.rng.choice(self.leaves)

    def made(self, unit: float = 1.0) -> Print:
        return Print(self.surface.makeImageSnapshot().withDefaultMipmaps(), unit)


def _turned(
    draw: Callable[[skia.Canvas, random.Random], None], angle: float
) -> Callable[[skia.Canvas, random.Random], None]:
    def turned(canvas: skia.Canvas, rng: random.Random) -> None:
        canvas.rotate(angle)
        draw(canvas, rng)

    return turned


def _ditsy(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    bed = _Bed(rng, 320, ground, others)
    for index, (x, y) in enumerate(scattered(rng, 320, 54)):
        radius = rng.uniform(9.5, 13.5)
        color, green = bed.petals[index % min(3, len(bed.petals))], bed.leaf_color()
        kind = "open" if index % 4 else "daisy"

        def spray(
            canvas: skia.Canvas,
            r: random.Random,
            radius: float = radius,
            color: RGB = color,
            green: RGB = green,
            kind: str = kind,
        ) -> None:
            for turn in (r.uniform(0, 120), r.uniform(160, 320)):
                canvas.save()
                canvas.rotate(turn)
                canvas.translate(0, -radius * 0.7)
                motifs.leaf(canvas, radius * 1.2, radius * 0.42, green, vein=False)
                canvas.restore()
            motifs.blossom(canvas, r, radius, color, bed.heart, kind)

        bed.plant(x, y, 40, spray)
    return bed.made()


def _cottage(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    bed = _Bed(rng, 448, ground, others)
    points = scattered(rng, 448, 15)
    for x, y in points:
        for turn in range(3):
            green, angle = bed.leaf_color(), 120 * turn + rng.uniform(-30, 30)
            bed.plant(x, y, 90, _turned(lambda c, r, g=green: motifs.sprig(c, r, r.uniform(58, 76), g), angle))
    for index, (x, y) in enumerate(points):
        radius, color = rng.uniform(27, 38), bed.petals[index % len(bed.petals)]
        kind = ("open", "rose", "daisy", "rose")[index % 4]
        bed.plant(x, y, 60, lambda c, r, k=kind, s=radius, col=color: motifs.blossom(c, r, s, col, bed.heart, k))
    for x, y in scattered(rng, 448, 22):
        color = rng.choice(bed.petals)
        bed.plant(x, y, 20, lambda c, r, col=color: motifs.blossom(c, r, 8, col, bed.heart, "open"))
    return bed.made()


def _botanical(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    bed = _Bed(rng, 640, ground, others)
    points = scattered(rng, 640, 12)
    for x, y in points:
        for turn in range(4):
            green, angle = bed.leaf_color(), 90 * turn + rng.uniform(-30, 30)
            if turn % 2:
                bed.plant(
                    x, y, 200, _turned(lambda c, r, g=green: motifs.sprig(c, r, r.uniform(125, 165), g, 6), angle)
                )
            else:
                bed.plant(x, y, 200, _turned(lambda c, r, g=green: motifs.leaf(c, r.uniform(105, 140), 26, g), angle))
    for index, (x, y) in enumerate(points):
        radius, color = rng.uniform(58, 78), bed.petals[index % len(bed.petals)]
        kind = ("rose", "poppy", "open")[index % 3]
        bed.plant(x, y, 110, lambda c, r, k=kind, s=radius, col=color: motifs.blossom(c, r, s, col, bed.heart, k))
    for x, y in scattered(rng, 640, 20):
        color = rng.choice(bed.petals)
        bed.plant(x, y, 40, lambda c, r, col=color: motifs.blossom(c, r, r.uniform(16, 23), col, bed.heart, "open"))
    return bed.made()


def _silhouette(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    bed = _Bed(rng, 400, ground, others)
    color = others[0]
    for index, (x, y) in enumerate(scattered(rng, 400, 24)):
        angle = rng.uniform(0, 360)

        def flower(canvas: skia.Canvas, r: random.Random, big: bool = index % 2 == 0) -> None:
            if not big:
                motifs.sprig(canvas, r, 62, color, 4)
                return
            for i in range(5):
                canvas.save()
                canvas.rotate(72 * i + r.uniform(-6, 6))
                canvas.translate(0, -5)
                canvas.drawPath(motifs.petal(26, 19, 0.1), motifs.fill(color))
                canvas.restore()
            canvas.drawCircle(0, 0, 4.2, motifs.fill(color))

        bed.plant(x, y, 70, _turned(flower, angle))
    return bed.made(rng.uniform(0.85, 1.2))


def _vine(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side = 400
    bed = _Bed(rng, side, ground, others)
    for lane in range(4):
        green, x0 = bed.leaf_color(), lane * side / 4 + 50
        stem = skia.Path()
        stem.moveTo(x0, -20)
        for i in range(5):
            y = i * side / 4
            stem.cubicTo(x0 + 34, y + 10, x0 + 34, y + 40, x0, y + 50)
            stem.cubicTo(x0 - 34, y + 60, x0 - 34, y + 90, x0, y + 100)
        bed.canvas.drawPath(stem, motifs.stroke(palette.toned(green, -0.2), 3))
        for i in range(8):
            swing = 1 if i % 2 == 0 else -1
            x, y = x0 + swing * 26, (i * 50 + 18 + lane * 25) % side
            angle = swing * 70
            bed.plant(x, y, 50, _turned(lambda c, r, g=green: motifs.leaf(c, r.uniform(28, 36), 9, g), angle))
            if i % 2 == lane % 2:
                color = bed.petals[(i // 2 + lane) % len(bed.petals)]
                kind = ("rose", "open", "tulip")[(i + lane) % 3]
                bed.plant(
                    x - swing * 12,
                    y + 16,
                    40,
                    lambda c, r, k=kind, col=color: motifs.blossom(c, r, r.uniform(16, 21), col, bed.heart, k),
                )
    return bed.made()


def _tropical(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    bed = _Bed(rng, 560, ground, others)
    for x, y in scattered(rng, 560, 14):
        green, angle = bed.leaf_color(), rng.uniform(0, 360)
        bed.plant(x, y, 240, _turned(lambda c, r, g=green: motifs.frond(c, r, r.uniform(150, 200), g), angle))
    for index, (x, y) in enumerate(scattered(rng, 560, 6)):
        color = bed.petals[index % len(bed.petals)]
        bed.plant(x, y, 90, lambda c, r, col=color: motifs.blossom(c, r, r.uniform(44, 58), col, bed.heart, "open"))
    return bed.made()


MAKERS: dict[str, Callable[[random.Random, RGB, Sequence[RGB]], Print]] = {
    "ditsy": _ditsy,
    "cottage": _cottage,
    "botanical": _botanical,
    "silhouette": _silhouette,
    "vine": _vine,
    "tropical": _tropical,
}
