"""Graphic prints that run all over the cloth: chips, scallops, triangles, cut paper, zigzags, dashes, washes of dye."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np
import skia

from stylist.garments.cloth import Print
from stylist.garments.motifs import fill, scattered, stroke, wrapped
from stylist.garments.palette import RGB
from stylist.garments.tiles import grain, painted


def wash(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    """Many dyes that run into each other, as in a hand-dyed cloth."""
    numbers = np.random.Generator(np.random.PCG64(rng.getrandbits(32)))
    layers = []
    for color in others[:4]:
        field = grain(numbers, 512, 150, 150) + 0.35 * grain(numbers, 512, 40, 40) + 0.1 * grain(numbers, 512, 9, 9)
        layers.append((np.clip(field * 0.55 + 0.1, 0, 1), color))
    return Print(painted(ground, layers), 1.35)


def _surface(side: int, ground: RGB) -> skia.Surface:
    surface = skia.Surface(side, side)
    surface.getCanvas().clear(skia.Color4f(*ground, 1.0))
    return surface


def _repeat(surface: skia.Surface, unit: float = 1.0) -> Print:
    return Print(surface.makeImageSnapshot().withDefaultMipmaps(), unit)


def _terrazzo(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    surface = _surface(384, ground)
    for index, (x, y) in enumerate(scattered(rng, 384, 64)):
        corners = rng.randint(4, 6)
        size = rng.choice((8, 12, 18, 24))
        turn = rng.uniform(0, 6.28)
        path = skia.Path()
        path.addPoly(
            [
                skia.Point(
                    size * rng.uniform(0.6, 1.1) * math.cos(turn + i * 6.283 / corners),
                    size * rng.uniform(0.6, 1.1) * math.sin(turn + i * 6.283 / corners),
                )
                for i in range(corners)
            ],
            True,
        )
        wrapped(surface.getCanvas(), 384, x, y, 30, lambda c, p=path, i=index: c.drawPath(p, fill(others[i % 4])))
    return _repeat(surface)


def _scallops(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side, radius = 256, 32
    surface = _surface(side, ground)
    canvas = surface.getCanvas()
    for row in range(-2, 2 * side // radius + 3):
        for column in range(-1, side // (2 * radius) + 2):
            x, y = (column + 0.5 * (row % 2)) * 2 * radius, row * radius * 0.5 + 16
            canvas.drawCircle(x, y, radius, fill(ground))
            for share in (0.94, 0.68, 0.42):
                canvas.drawCircle(x, y, radius * share, stroke(others[0 if share != 0.68 else 1], 4.2))
    return _repeat(surface)


def _triangles(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side, cell = 320, 40
    surface = _surface(side, ground)
    for row in range(8):
        for column in range(8):
            pick = rng.random()
            if pick < 0.3:
                continue
            x, y = column * cell, row * cell
            corners = [(x, y), (x + cell, y), (x + cell, y + cell), (x, y + cell)]
            corners.pop(rng.randrange(4))
            path = skia.Path()
            path.addPoly([skia.Point(*corner) for corner in corners], True)
            surface.getCanvas().drawPath(path, fill(others[int(pick * 97) % 3]))
    return _repeat(surface)


def _cutouts(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    surface = _surface(448, ground)
    for index, (x, y) in enumerate(scattered(rng, 448, 22)):
        color, seed = others[index % 4], rng.getrandbits(32)

        def seaweed(canvas: skia.Canvas, color: RGB = color, seed: int = seed, kind: int = index % 3) -> None:
            r = random.Random(seed)
            canvas.rotate(r.uniform(0, 360))
            if kind == 0:
                canvas.drawLine(0, 34, 0, -34, stroke(color, 13))
                for i in range(-2, 3):
                    for side in (-1, 1):
                        canvas.drawLine(0, i * 15 + 6, side * 27, i * 15 - 9, stroke(color, 11))
            elif kind == 1:
                path = skia.Path()
                path.moveTo(-40, 0)
                path.cubicTo(-22, -42, -12, 34, 6, 0)
                path.cubicTo(18, -26, 30, 24, 42, -6)
                canvas.drawPath(path, stroke(color, 9))
            else:
                canvas.drawArc(skia.Rect.MakeXYWH(-30, -30, 60, 60), 0, 180, True, fill(color))
                canvas.drawCircle(0, -15, 11, fill(color))

        wrapped(surface.getCanvas(), 448, x, y, 60, seaweed)
    return _repeat(surface)


def _zigzag(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side = 256
    surface = _surface(side, ground)
    widths = [rng.choice((5, 8, 12)) for _ in range(4)]
    for row in range(-1, 9):
        path = skia.Path()
        path.moveTo(-32, row * 32 + 24)
        for i in range(10):
            path.lineTo(i * 32, row * 32 + (0 if i % 2 == 0 else 24))
        paint = stroke(others[row % 4 % 3], widths[row % 4])
        paint.setStrokeJoin(skia.Paint.kMiter_Join)
        surface.getCanvas().drawPath(path, paint)
    return _repeat(surface)


def _dashes(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    surface = _surface(320, ground)
    for index, (x, y) in enumerate(scattered(rng, 320, 70)):
        angle = rng.choice((20, 65, 110, 155)) + rng.uniform(-9, 9)

        def dash(canvas: skia.Canvas, angle: float = angle, color: RGB = others[index % 3]) -> None:
            canvas.rotate(angle)
            canvas.drawLine(-11, 0, 11, 0, stroke(color, 6.5))

        wrapped(surface.getCanvas(), 320, x, y, 20, dash)
    return _repeat(surface)


MAKERS: dict[str, Callable[[random.Random, RGB, Sequence[RGB]], Print]] = {
    "terrazzo": _terrazzo,
    "scallops": _scallops,
    "triangles": _triangles,
    "cutouts": _cutouts,
    "zigzag": _zigzag,
    "dashes": _dashes,
}
