"""Pictures printed once on the chest: suns, mountains, fruit and shapes. None holds letters."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import skia

from stylist.garments import motifs, palette
from stylist.garments.cloth import Print
from stylist.garments.motifs import fill, stroke
from stylist.garments.palette import RGB

SIDE = 512
RADIUS = 200.0
"""The side of a picture's image, and the radius of its circle in it, in pixels."""

Placed = Callable[[skia.Canvas, random.Random, Sequence[RGB]], None]


def _placed(draw: Placed) -> Callable[[random.Random, RGB, Sequence[RGB]], Print]:
    """A picture drawn in a circle of radius 1 about the origin; who paints the garment places it."""

    def make(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
        surface = skia.Surface(SIDE, SIDE)
        canvas = surface.getCanvas()
        canvas.translate(SIDE / 2, SIDE / 2)
        canvas.scale(RADIUS, RADIUS)
        draw(canvas, rng, others)
        return Print(surface.makeImageSnapshot().withDefaultMipmaps(), 1.0, repeats=False)

    return make


def _disc(canvas: skia.Canvas) -> None:
    clip = skia.Path()
    clip.addCircle(0, 0, 1)
    canvas.clipPath(clip, doAntiAlias=True)


def _sunset(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    _disc(canvas)
    canvas.drawPaint(fill(others[0]))
    canvas.drawCircle(0, 0.1, 0.56, fill(others[1]))
    for i in range(5):
        y = 0.12 + i * 0.13
        canvas.drawRect(skia.Rect.MakeXYWH(-1, y, 2, 0.035 + 0.016 * i), fill(others[0]))
    hill = skia.Path()
    hill.moveTo(-1.1, 0.62)
    hill.cubicTo(-0.5, 0.38, -0.2, 0.82, 0.3, 0.56)
    hill.cubicTo(0.6, 0.42, 0.9, 0.5, 1.1, 0.58)
    hill.lineTo(1.1, 1.1)
    hill.lineTo(-1.1, 1.1)
    hill.close()
    canvas.drawPath(hill, fill(others[2]))


def _mountains(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    canvas.drawCircle(0.34, -0.42, 0.24, fill(others[1]))
    for points, tone in (
        (((-1.15, 0.6), (-0.45, -0.35), (0.1, 0.35), (0.25, 0.6)), 0.0),
        (((-0.55, 0.6), (0.3, -0.7), (1.2, 0.6)), -0.22),
    ):
        path = skia.Path()
        path.addPoly([skia.Point(*p) for p in points], True)
        canvas.drawPath(path, fill(palette.toned(others[0], tone)))
    cap = skia.Path()
    cap.addPoly(
        [skia.Point(*p) for p in ((0.3, -0.7), (0.08, -0.36), (0.2, -0.42), (0.3, -0.28), (0.42, -0.4), (0.54, -0.33))],
        True,
    )
    canvas.drawPath(cap, fill(palette.toned(others[0], 0.7)))
    for i in range(3):
        canvas.drawLine(-0.9 + 0.2 * i, 0.72 + 0.1 * i, 0.95 - 0.2 * i, 0.72 + 0.1 * i, stroke(others[2], 0.035))


def _orbit(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    for i in range(4):
        canvas.drawCircle(0, 0, 0.34 + 0.2 * i, stroke(others[0], 0.018))
        angle = rng.uniform(0, 6.28)
        away = 0.34 + 0.2 * i
        canvas.drawCircle(
            away * math.cos(angle), away * math.sin(angle), 0.055 + 0.022 * (i % 3), fill(others[1 + i % 3])
        )
    canvas.drawCircle(0, 0, 0.2, fill(others[1]))
    for _ in range(14):
        canvas.drawCircle(rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(0.008, 0.018), fill(others[0]))


def _bauhaus(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    cell = 0.56
    for row in range(3):
        for column in range(3):
            canvas.save()
            canvas.translate((column - 1) * cell, (row - 1) * cell)
            canvas.rotate(90 * rng.randrange(4))
            first, second = others[(row + column) % 4], others[(row * 2 + column + 1) % 4]
            half = cell / 2 * 0.94
            canvas.clipRect(skia.Rect.MakeLTRB(-half, -half, half, half), doAntiAlias=True)
            kind = rng.randrange(4)
            if kind == 0:
                canvas.drawCircle(-half, -half, 2 * half, fill(first))
                canvas.drawCircle(-half, -half, half, fill(second))
            elif kind == 1:
                canvas.drawCircle(0, 0, half, fill(first))
            elif kind == 2:
                canvas.drawRect(skia.Rect.MakeLTRB(-half, -half, half, 0), fill(first))
                canvas.drawCircle(0, half, half * 0.9, fill(second))
            else:
                for i in range(4):
                    canvas.drawRect(skia.Rect.MakeXYWH(-half, -half + i * half / 2, 2 * half, half / 4), fill(first))
            canvas.restore()


def _wave(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    _disc(canvas)
    canvas.drawPaint(fill(others[0]))
    canvas.drawCircle(0.3, -0.35, 0.3, fill(others[1]))
    for i in range(6):
        y = -0.12 + 0.2 * i
        path = skia.Path()
        path.moveTo(-1.3 + 0.12 * (i % 2), y)
        for j in range(5):
            x = -1.3 + 0.12 * (i % 2) + j * 0.56
            path.cubicTo(x + 0.14, y - 0.2, x + 0.42, y - 0.2, x + 0.56, y)
        path.lineTo(1.6, 1.2)
        path.lineTo(-1.4, 1.2)
        path.close()
        canvas.drawPath(path, fill(palette.toned(others[2], 0.34 - 0.12 * i)))
        canvas.drawPath(path, stroke(others[0], 0.022))


def _stems(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    canvas.translate(0, 0.95)
    canvas.scale(0.01, 0.01)
    for turn, length, color in ((-22, 150, others[0]), (18, 165, others[1]), (-2, 190, others[0])):
        canvas.save()
        canvas.rotate(turn)
        motifs.sprig(canvas, rng, length, color, 6)
        canvas.restore()
    for x, y, radius in ((-52, -148, 22), (46, -158, 25)):
        canvas.save()
        canvas.translate(x, y)
        motifs.blossom(canvas, rng, radius, others[2], others[1], "daisy")
        canvas.restore()


def _rainbow(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    for i in range(4):
        radius = 0.95 - 0.2 * i
        paint = stroke(others[i], 0.15)
        paint.setStrokeCap(skia.Paint.kButt_Cap)
        canvas.drawArc(skia.Rect.MakeLTRB(-radius, -radius + 0.4, radius, radius + 0.4), 180, 180, False, paint)
        for side in (-1, 1):
            canvas.drawLine(side * radius, 0.4, side * radius, 0.62, paint)


def _lemons(canvas: skia.Canvas, rng: random.Random, others: Sequence[RGB]) -> None:
    canvas.scale(0.01, 0.01)
    fruit, green = palette.rgb("#e9c343"), palette.rgb("#5f7d4b")
    for x, y, turn in ((-38, 18, -24), (40, 30, 28), (2, -40, 6)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(turn)
        for side in (-1, 1):
            canvas.save()
            canvas.translate(0, -40)
            canvas.rotate(side * 58)
            motifs.leaf(canvas, 46, 15, green)
            canvas.restore()
        path = skia.Path()
        path.moveTo(0, -46)
        path.cubicTo(12, -38, 34, -30, 34, 2)
        path.cubicTo(34, 30, 14, 38, 0, 50)
        path.cubicTo(-14, 38, -34, 30, -34, 2)
        path.cubicTo(-34, -30, -12, -38, 0, -46)
        canvas.drawPath(path, fill(fruit))
        canvas.drawOval(skia.Rect.MakeXYWH(6, -22, 22, 56), fill(palette.toned(fruit, -0.18), 0.55))
        canvas.drawOval(skia.Rect.MakeXYWH(-22, -24, 13, 26), fill(palette.toned(fruit, 0.6), 0.8))
        canvas.restore()


MAKERS: dict[str, Callable[[random.Random, RGB, Sequence[RGB]], Print]] = {
    "sunset": _placed(_sunset),
    "mountains": _placed(_mountains),
    "orbit": _placed(_orbit),
    "bauhaus": _placed(_bauhaus),
    "wave": _placed(_wave),
    "stems": _placed(_stems),
    "rainbow": _placed(_rainbow),
    "lemons": _placed(_lemons),
}


def placed_on(made: Print, left: float, top: float, right: float, bottom: float) -> Print:
    """The picture on the chest of a body that fills the box, in canvas units."""
    unit = 0.2 * (right - left) / RADIUS
    x, y = (left + right) / 2, top + 0.38 * (bottom - top)
    return replace(made, unit=unit, origin=(x - unit * SIDE / 2, y - unit * SIDE / 2))
