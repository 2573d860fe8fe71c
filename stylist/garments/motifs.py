"""Blossoms, leaves and lace, drawn in vectors on tiles that repeat; the patterns compose them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import skia

from stylist.garments import palette
from stylist.garments.palette import RGB

Draw = Callable[[skia.Canvas], None]


def scattered(rng: random.Random, side: float, count: int, tries: int = 14) -> list[tuple[float, float]]:
    """`count` points on a square that repeats, each as far from the others as the best of `tries` lots."""
    points: list[tuple[float, float]] = []
    for _ in range(count):
        best, best_gap = (0.0, 0.0), -1.0
        for _ in range(tries):
            x, y = rng.uniform(0, side), rng.uniform(0, side)
            gap = side * 2
            for px, py in points:
                dx, dy = abs(x - px), abs(y - py)
                gap = min(gap, math.hypot(min(dx, side - dx), min(dy, side - dy)))
            if gap > best_gap:
                best, best_gap = (x, y), gap
        points.append(best)
    return points


def wrapped(canvas: skia.Canvas, side: float, x: float, y: float, reach: float, draw: Draw) -> None:
    """`draw` at the origin moved to (x, y), again on the other side of the tile where it passes an edge."""
    for dx in (-side, 0.0, side):
        for dy in (-side, 0.0, side):
            if -reach < x + dx < side + reach and -reach < y + dy < side + reach:
                canvas.save()
                canvas.translate(x + dx, y + dy)
                draw(canvas)
                canvas.restore()


def fill(color: RGB, alpha: float = 1.0) -> skia.Paint:
    """An antialiased fill."""
    return skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*color, alpha))


def stroke(color: RGB, width: float, alpha: float = 1.0) -> skia.Paint:
    """An antialiased stroke with round ends."""
    paint = fill(color, alpha)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def petal(length: float, width: float, notch: float = 0.0) -> skia.Path:
    """A petal that points up from the origin; `notch` dents its tip."""
    path = skia.Path()
    path.moveTo(0, 0)
    path.cubicTo(-width * 0.5, -length * 0.2, -width * 0.95, -length * 0.85, -width * 0.3, -length)
    path.quadTo(0, -length * (1.08 - notch), width * 0.3, -length)
    path.cubicTo(width * 0.95, -length * 0.85, width * 0.5, -length * 0.2, 0, 0)
    path.close()
    return path


def blossom(canvas: skia.Canvas, rng: random.Random, radius: float, color: RGB, heart: RGB, kind: str) -> None:
    """A flower at the origin: `kind` is open, daisy, rose, poppy, tulip or bud."""
    canvas.save()
    canvas.rotate(rng.uniform(0, 360))
    if kind == "rose":
        _rose(canvas, rng, radius, color)
    elif kind == "tulip":
        _tulip(canvas, radius, color)
    else:
        petals, width, notch = {"daisy": (11, 0.3, 0.0), "poppy": (4, 0.95, 0.05), "bud": (3, 0.5, 0.0)}.get(
            kind, (5, 0.66, 0.12)
        )
        shade, gleam = palette.toned(color, -0.25), palette.toned(color, 0.28)
        for i in range(petals):
            canvas.save()
            canvas.rotate(360 / petals * i + rng.uniform(-5, 5))
            length = radius * rng.uniform(0.9, 1.06)
            shape = petal(length, radius * width, notch)
            canvas.drawPath(shape, fill(palette.mix(color, gleam, rng.uniform(0, 0.6))))
            canvas.drawPath(petal(length * 0.55, radius * width * 0.42), fill(shade, 0.5))
            canvas.drawPath(shape, stroke(shade, radius * 0.035, 0.7))
            canvas.restore()
        canvas.drawCircle(0, 0, radius * 0.24, fill(palette.toned(heart, -0.2)))
        canvas.drawCircle(-radius * 0.03, -radius * 0.04, radius * 0.18, fill(heart))
        for i in range(9 if radius > 14 else 0):
            angle = i * 2 * math.pi / 9
            canvas.drawCircle(
                radius * 0.3 * math.cos(angle), radius * 0.3 * math.sin(angle), radius * 0.04, fill(heart)
            )
    canvas.restore()


def _rose(canvas: skia.Canvas, rng: random.Random, radius: float, color: RGB) -> None:
    for ring, count in ((1.0, 6), (0.78, 5), (0.55, 4), (0.34, 3)):
        tone = palette.toned(color, (ring - 0.75) * 0.7)
        for i in range(count):
            angle = 2 * math.pi * (i + rng.uniform(-0.15, 0.15)) / count + ring * 4
            away = radius * ring * 0.55
            x, y = away * math.cos(angle), away * math.sin(angle)
            size = radius * ring * 0.5
            canvas.drawCircle(x, y, size, fill(palette.toned(tone, rng.uniform(-0.06, 0.1))))
            arc = skia.Rect.MakeXYWH(x - size, y - size, 2 * size, 2 * size)
            canvas.drawArc(
                arc, math.degrees(angle) - 75, 150, False, stroke(palette.toned(color, 0.42), radius * 0.045, 0.75)
            )
    canvas.drawCircle(0, 0, radius * 0.14, fill(palette.toned(color, -0.5)))


def _tulip(canvas: skia.Canvas, radius: float, color: RGB) -> None:
    for turn, tone in ((-26, -0.18), (26, -0.12), (0, 0.1)):
        canvas.save()
        canvas.translate(0, radius * 0.5)
        canvas.rotate(turn)
        canvas.drawPath(petal(radius * 1.4, radius * 0.62), fill(palette.toned(color, tone)))
        canvas.drawPath(petal(radius * 1.4, radius * 0.62), stroke(palette.toned(color, -0.35), radius * 0.04, 0.6))
        canvas.restore()


def leaf(canvas: skia.Canvas, length: float, width: float, color: RGB, vein: bool = True) -> None:
    """A leaf that points up from the origin, half of it in shade."""
    path = skia.Path()
    path.moveTo(0, 0)
    path.cubicTo(-width, -length * 0.3, -width * 0.8, -length * 0.75, 0, -length)
    path.cubicTo(width * 0.8, -length * 0.75, width, -length * 0.3, 0, 0)
    half = skia.Path()
    half.moveTo(0, 0)
    half.cubicTo(width, -length * 0.3, width * 0.8, -length * 0.75, 0, -length)
    half.close()
    canvas.drawPath(path, fill(color))
    canvas.drawPath(half, fill(palette.toned(color, -0.22)))
    if vein:
        canvas.drawLine(0, 0, 0, -length * 0.93, stroke(palette.toned(color, 0.35), max(0.8, width * 0.07), 0.8))


def sprig(canvas: skia.Canvas, rng: random.Random, length: float, color: RGB, leaves: int = 5) -> None:
    """A bent stem with paired leaves, up from the origin."""
    bend = rng.uniform(-0.35, 0.35) * length
    stem = skia.Path()
    stem.moveTo(0, 0)
    stem.quadTo(bend * 0.2, -length * 0.55, bend, -length)
    canvas.drawPath(stem, stroke(palette.toned(color, -0.25), max(1.0, length * 0.022)))
    measure = skia.PathMeasure(stem, False)
    for i in range(leaves):
        at, along = measure.getPosTan(measure.getLength() * (0.25 + 0.75 * i / max(1, leaves - 1)))
        heading = math.degrees(math.atan2(along.y(), along.x())) + 90
        for side in (-1, 1) if i < leaves - 1 else (0,):
            canvas.save()
            canvas.translate(at.x(), at.y())
            canvas.rotate(heading + side * rng.uniform(38, 56))
            size = length * rng.uniform(0.24, 0.32) * (1 - 0.3 * i / leaves)
            leaf(canvas, size, size * 0.32, palette.toned(color, rng.uniform(-0.1, 0.12)), vein=length > 40)
            canvas.restore()


def frond(canvas: skia.Canvas, rng: random.Random, length: float, color: RGB) -> None:
    """A palm or fern frond: many narrow blades along a bent rib."""
    bend = rng.choice((-1, 1)) * rng.uniform(0.15, 0.4) * length
    rib = skia.Path()
    rib.moveTo(0, 0)
    rib.quadTo(0, -length * 0.6, bend, -length)
    measure = skia.PathMeasure(rib, False)
    blades = 13
    for i in range(blades):
        share = 0.12 + 0.88 * i / (blades - 1)
        at, along = measure.getPosTan(measure.getLength() * share)
        heading = math.degrees(math.atan2(along.y(), along.x())) + 90
        size = length * 0.46 * math.sin(math.pi * (0.22 + 0.7 * share))
        for side in (-1, 1):
            canvas.save()
            canvas.translate(at.x(), at.y())
            canvas.rotate(heading + side * (62 - 30 * share))
            leaf(canvas, size, size * 0.11, palette.toned(color, 0.1 * side), vein=False)
            canvas.restore()
    canvas.drawPath(rib, stroke(palette.toned(color, 0.3), length * 0.02))


def alpha_of(surface: skia.Surface) -> npt.NDArray[np.float32]:
    """Coverage 0..1 of what is drawn on a surface."""
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    return np.asarray(pixels[..., 3], np.float32) / 255


def lace(rng: random.Random, side: int) -> npt.NDArray[np.float32]:
    """Opacity of a lace that repeats on a square of `side` pixels: a net with embroidered blossoms and leaves."""
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    white: RGB = (1.0, 1.0, 1.0)
    canvas.drawColor(skia.Color4f(1, 1, 1, 0.16))
    net = stroke(white, 1.5, 0.75)
    step, rise = side / 64, side / 72
    for row in range(72):
        for column in range(64):
            x, y = (column + 0.5 * (row % 2)) * step, row * rise
            canvas.drawLine(x, y, x + step / 2, y + rise, net)
            canvas.drawLine(x, y, x - step / 2, y + rise, net)
    for index, (x, y) in enumerate(scattered(rng, side, 26)):
        radius = rng.uniform(30, 40) if index % 3 == 0 else rng.uniform(17, 24)
        seed = rng.getrandbits(32)

        def flower(canvas: skia.Canvas, radius: float = radius, seed: int = seed) -> None:
            _lace_flower(canvas, random.Random(seed), radius)

        wrapped(canvas, side, x, y, radius * 2.4, flower)
    return alpha_of(surface)


def _lace_flower(canvas: skia.Canvas, rng: random.Random, radius: float) -> None:
    white: RGB = (1.0, 1.0, 1.0)
    for turn in (0, 130, 235):
        canvas.save()
        canvas.rotate(turn + rng.uniform(-15, 15))
        canvas.translate(0, -radius * 0.8)
        shape = petal(radius * 1.1, radius * 0.42)
        canvas.drawPath(shape, fill(white, 0.62))
        canvas.drawPath(shape, stroke(white, 2.4))
        canvas.drawLine(0, 0, 0, -radius, stroke(white, 1.8))
        canvas.restore()
    for ring, count, width in ((1.0, 6, 0.62), (0.6, 5, 0.6)):
        for i in range(count):
            canvas.save()
            canvas.rotate(360 / count * i + 30 * (ring < 1))
            shape = petal(radius * ring, radius * ring * width, 0.14)
            canvas.drawPath(shape, fill(white, 0.8))
            canvas.restore()
    slit = stroke(white, 1.7, 0.8)
    slit.setBlendMode(skia.BlendMode.kDstOut)
    for ring, count, width in ((1.0, 6, 0.62), (0.6, 5, 0.6)):
        for i in range(count):
            canvas.save()
            canvas.rotate(360 / count * i + 30 * (ring < 1))
            canvas.drawPath(petal(radius * ring * 0.82, radius * ring * width * 0.72, 0.14), slit)
            canvas.drawPath(petal(radius * ring, radius * ring * width, 0.14), stroke(white, 2.2))
            canvas.restore()
    canvas.drawCircle(0, 0, radius * 0.15, fill(white))
    canvas.drawCircle(0, 0, radius * 0.15, slit)
