"""Prints of ruled geometry: stripes, checks and dots, each on a square that repeats."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import skia

from stylist.garments import palette
from stylist.garments.cloth import Print
from stylist.garments.motifs import fill, scattered, stroke, wrapped
from stylist.garments.palette import RGB

Maker = Callable[[random.Random, RGB, Sequence[RGB]], Print]


class _Square:
    """A tile of `side` pixels, one canvas unit each, filled with its ground."""

    def __init__(self, side: int, ground: RGB) -> None:
        self.side = side
        self.surface = skia.Surface(side, side)
        self.canvas = self.surface.getCanvas()
        self.canvas.clear(skia.Color4f(*ground, 1.0))

    def band(self, start: float, width: float, color: RGB, alpha: float = 1.0, across: bool = False) -> None:
        """A stripe down the tile, or across it."""
        rect = (
            skia.Rect.MakeXYWH(0, start, self.side, width) if across else skia.Rect.MakeXYWH(start, 0, width, self.side)
        )
        self.canvas.drawRect(rect, fill(color, alpha))

    def made(self, unit: float = 1.0) -> Print:
        return Print(self.surface.makeImageSnapshot().withDefaultMipmaps(), unit)


def _even(period: int, share: float, across: bool) -> Maker:
    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        square = _Square(512, ground)
        width = 512 / round(512 / (period * rng.uniform(0.88, 1.15)))
        for i in range(round(512 / width)):
            square.band(i * width, width * share, others[0], across=across)
        return square.made()

    return make


def _chalk(period: int, thread: float, alpha: float) -> Maker:
    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        square = _Square(512, ground)
        width = 512 / round(512 / (period * rng.uniform(0.9, 1.15)))
        light = palette.luminance(ground) < 0.5
        color = palette.mix(others[0], (0.95, 0.94, 0.92) if light else (0.2, 0.2, 0.25), 0.55)
        for i in range(round(512 / width)):
            square.band(i * width + width / 2, thread, color, alpha)
        return square.made()

    return make


def _multi(across: bool, scale: float = 1.0) -> Maker:
    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        square = _Square(256, ground)
        at = 0.0
        index = 0
        while at < 250:
            width = rng.choice((6, 10, 16, 26, 40)) * scale
            gap = rng.choice((8, 14, 24)) * scale
            square.band(at, min(width, 256 - at), others[index % 4], across=across)
            if width > 24 * scale:
                square.band(at + width / 2 - 2, 4, ground, across=across)
            at += width + gap
            index += 1
        return square.made()

    return make


def _club(repp: bool) -> Maker:
    """Bands across the grain, as silk for ties is woven: a tie is cut on the bias, which slants them."""

    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        square = _Square(128, ground)
        bands = [(0, 26, others[0]), (34, 5, others[1])] if repp else [(0, 30, others[0]), (64, 30, others[0])]
        for start, width, color in bands:
            square.band(start, width, color, across=True)
        return square.made()

    return make


def _gingham(cell: int) -> Maker:
    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        pale = (0.97, 0.965, 0.95)
        dark = ground if palette.luminance(ground) < 0.72 else others[0]
        square = _Square(2 * cell, pale if cell < 44 else palette.mix(dark, (0.06, 0.06, 0.07), 0.0))
        color = dark if cell < 44 else (0.09, 0.09, 0.1)
        square.band(0, cell, color, 0.55)
        square.band(0, cell, color, 0.55, across=True)
        return square.made()

    return make


def _buffalo(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    cell = rng.choice((46, 54, 64))
    square = _Square(2 * cell, ground)
    dark = (0.09, 0.09, 0.1) if palette.luminance(ground) > 0.2 else (0.93, 0.92, 0.9)
    square.band(0, cell, dark, 0.62)
    square.band(0, cell, dark, 0.62, across=True)
    return square.made()


def _tartan(soft: bool) -> Maker:
    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        side = rng.choice((160, 192, 216))
        square = _Square(side, ground)
        wide = rng.uniform(0.26, 0.34) * side
        dark, *_, light = sorted(others, key=palette.luminance)
        sett = [(0.0, wide, dark, 0.55), (0.08 * side, wide - 0.16 * side, others[2], 0.3)]
        sett += [(0.5 * side, 0.05 * side, dark, 0.5), (0.6 * side, 0.05 * side, dark, 0.5)]
        sett += [(0.78 * side, 0.022 * side, others[3], 0.9), (wide / 2 - 0.01 * side, 0.02 * side, light, 0.85)]
        for across in (False, True):
            for start, width, color, alpha in sett:
                square.band(start, width, color, alpha * (0.65 if soft else 1.0), across)
        if not soft:
            weave = stroke((0.0, 0.0, 0.0), 1.1, 0.12)
            for i in range(-side, side, 4):
                square.canvas.drawLine(i, 0, i + side, side, weave)
        return square.made()

    return make


def _windowpane(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side = rng.choice((84, 100, 118))
    square = _Square(side, ground)
    for across in (False, True):
        square.band(side / 2, rng.choice((3.0, 4.0)), others[0], 0.75, across)
        if others[1] != others[0] and side > 90:
            square.band(side / 2 + 9, 2, others[1], 0.5, across)
    return square.made()


def _glen(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side = 192
    square = _Square(side, ground)
    color = others[0] if palette.luminance(ground) < 0.5 else (0.16, 0.16, 0.18)
    for across in (False, True):
        for i in range(0, 96, 8):
            square.band(i, 4, color, 0.34, across)
        for i in range(96, side, 16):
            square.band(i, 7, color, 0.22, across)
        square.band(143, 3, others[1], 0.55, across)
    return square.made()


def _houndstooth(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    """A two-up-two-down twill of four dark and four light threads each way, from which the teeth come of themselves."""
    thread = 6
    square = _Square(8 * thread, ground)
    for row in range(8):
        for column in range(8):
            warp_on_top = (row + column) % 4 < 2
            if (column if warp_on_top else row) % 8 < 4:
                cell = skia.Rect.MakeXYWH(column * thread, row * thread, thread, thread)
                square.canvas.drawRect(cell, fill(others[0]))
    return square.made(rng.choice((0.8, 1.0, 1.25)))


def _argyle(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side, tall = 128, 128
    square = _Square(side, ground)
    for x, y, color in (
        (0, 0, others[0]),
        (64, 64, palette.toned(ground, 0.22 if palette.luminance(ground) < 0.5 else -0.16)),
    ):
        for dx in (0, side):
            for dy in (0, tall):
                path = skia.Path()
                cx, cy = x + dx, y + dy
                path.addPoly(
                    [
                        skia.Point(cx, cy - 60),
                        skia.Point(cx + 46, cy),
                        skia.Point(cx, cy + 60),
                        skia.Point(cx - 46, cy),
                    ],
                    True,
                )
                square.canvas.drawPath(path, fill(color, 0.9))
    line = stroke(others[1], 2.4, 0.85)
    square.canvas.drawLine(0, 64, 64, 0, line)
    square.canvas.drawLine(64, 0, 128, 64, line)
    square.canvas.drawLine(128, 64, 64, 128, line)
    square.canvas.drawLine(64, 128, 0, 64, line)
    return square.made(1.15)


def _polka(period: int, radius: float) -> Maker:
    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        square = _Square(2 * period, ground)
        grow = rng.uniform(0.85, 1.2)
        for x, y in ((0.5, 0.5), (1.5, 1.5)):
            square.canvas.drawCircle(x * period, y * period, radius * grow, fill(others[0]))
        return square.made(rng.uniform(0.9, 1.2))

    return make


def _mixed_dots(brushed: bool) -> Maker:
    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        square = _Square(384, ground)
        for index, (x, y) in enumerate(scattered(rng, 384, 52)):
            radius = rng.uniform(7, 13) if brushed else rng.choice((5, 8, 13, 19))
            color = others[0] if brushed else others[index % 3]
            turn, squash = rng.uniform(0, 180), rng.uniform(0.62, 0.95) if brushed else 1.0

            def dot(canvas: skia.Canvas, r: float = radius, c: RGB = color, t: float = turn, s: float = squash) -> None:
                canvas.rotate(t)
                canvas.drawOval(skia.Rect.MakeXYWH(-r, -r * s, 2 * r, 2 * r * s), fill(c))

            wrapped(square.canvas, 384, x, y, 20, dot)
        return square.made()

    return make


MAKERS: dict[str, Maker] = {
    "breton": _even(34, 0.32, True),
    "regatta": _even(58, 0.5, True),
    "bold": _even(112, 0.5, True),
    "bengal": _even(22, 0.5, False),
    "candy": _even(32, 0.5, False),
    "pencil": _even(18, 0.2, False),
    "multi": _multi(False),
    "multi_across": _multi(True, 1.2),
    "pinstripe": _chalk(24, 2.4, 0.7),
    "chalk": _chalk(42, 4.0, 0.55),
    "club": _club(False),
    "repp": _club(True),
    "gingham": _gingham(20),
    "buffalo": _buffalo,
    "tartan": _tartan(False),
    "madras": _tartan(True),
    "windowpane": _windowpane,
    "glen": _glen,
    "houndstooth": _houndstooth,
    "argyle": _argyle,
    "polka": _polka(32, 10.5),
    "pin": _polka(17, 3.6),
    "mixed": _mixed_dots(False),
    "brushed": _mixed_dots(True),
}
