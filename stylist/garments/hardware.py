"""Hardware: zips with their teeth and pulls, buttons, snaps, rivets, eyelets and pearls."""

from __future__ import annotations

import math

import skia

from stylist.garments import palette
from stylist.garments.inks import Ink, pen
from stylist.garments.parts import Button, Line


def draw_zip(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    """A zip along the path, its pull at the path's start."""
    width, alpha = max(line.width, 2.0) * 3.2, line.opacity
    metal = palette.rgb(line.color) if line.color else ink.metal
    canvas.drawPath(path, pen(ink.dark, 0.25 * alpha * ink.weight, width=width * 2.4, blur=width * 0.6))
    canvas.drawPath(path, pen(palette.toned(ink.cloth, -0.45), 0.9 * alpha, width=width * 1.5, butt=True))
    teeth = pen(metal, alpha, width=width * 0.8, butt=True)
    teeth.setPathEffect(skia.DashPathEffect.Make([width * 0.3, width * 0.22], 0.0))
    canvas.drawPath(path, pen(palette.toned(metal, -0.72), 0.95 * alpha, width=width * 0.85, butt=True))
    canvas.drawPath(path, teeth)
    canvas.drawPath(path, pen(palette.toned(metal, -0.6), 0.55 * alpha, width=width * 0.1, butt=True))
    _pull(canvas, path, width, metal)


def _pull(canvas: skia.Canvas, path: skia.Path, width: float, metal: palette.RGB) -> None:
    measure = skia.PathMeasure(path, False)
    at, along = measure.getPosTan(min(width * 1.2, measure.getLength() * 0.2))
    canvas.save()
    canvas.translate(at.x(), at.y())
    canvas.rotate(math.degrees(math.atan2(along.y(), along.x())) - 90)
    body = skia.RRect.MakeRectXY(
        skia.Rect.MakeXYWH(-width * 0.62, -width * 0.8, width * 1.24, width * 1.7), width * 0.4, width * 0.4
    )
    tab = skia.RRect.MakeRectXY(
        skia.Rect.MakeXYWH(-width * 0.36, width * 0.7, width * 0.72, width * 2.3), width * 0.3, width * 0.3
    )
    for shape in (tab, body):
        canvas.save()
        canvas.translate(width * 0.15, width * 0.3)
        canvas.drawRRect(shape, pen((0.0, 0.0, 0.0), 0.35, blur=width * 0.25))
        canvas.restore()
        canvas.drawRRect(shape, skia.Paint(AntiAlias=True, Shader=_sweep(shape.rect(), metal)))
        canvas.drawRRect(shape, pen(palette.toned(metal, -0.6), 0.7, width=width * 0.09))
    canvas.restore()


def _sweep(rect: skia.Rect, metal: palette.RGB) -> skia.Shader:
    tones = (0.55, -0.1, 0.3, -0.45)
    colors = [skia.Color4f(*palette.toned(metal, t), 1.0).toColor() for t in tones]
    return skia.GradientShader.MakeLinear(
        [skia.Point(rect.left(), rect.top()), skia.Point(rect.right(), rect.bottom())], colors, [0.0, 0.4, 0.6, 1.0]
    )


def draw_button(canvas: skia.Canvas, button: Button, ink: Ink) -> None:
    """A button, snap, rivet, eyelet or pearl, with its shadow and gleam."""
    metallic = button.kind in ("snap", "rivet", "eyelet")
    dark_cloth = palette.luminance(ink.cloth) < 0.3
    default = ink.metal if metallic else palette.toned(ink.cloth, 0.12 if dark_cloth else -0.28)
    if button.kind == "pearl":
        default = (0.95, 0.93, 0.9)
    color = palette.rgb(button.color) if button.color else default
    x, y, r = button.x, button.y, button.radius
    canvas.drawCircle(x + r * 0.15, y + r * 0.35, r * 1.08, pen((0.0, 0.0, 0.0), 0.42, blur=r * 0.32))
    stops = [
        palette.toned(color, 0.5 if metallic or button.kind == "pearl" else 0.22),
        color,
        palette.toned(color, -0.4),
    ]
    dome = skia.GradientShader.MakeRadial(
        skia.Point(x - r * 0.35, y - r * 0.4),
        r * 1.6,
        [skia.Color4f(*c, 1.0).toColor() for c in stops],
        [0.0, 0.5, 1.0],
    )
    canvas.drawCircle(x, y, r, skia.Paint(AntiAlias=True, Shader=dome))
    if button.kind == "eyelet":
        canvas.drawCircle(x, y, r * 0.5, pen((0.05, 0.05, 0.06), 0.92))
        canvas.drawCircle(x, y, r * 0.56, pen(palette.toned(color, -0.5), 0.7, width=r * 0.12))
    elif button.kind == "button":
        canvas.drawCircle(x, y, r * 0.72, pen(palette.toned(color, -0.45), 0.5, width=r * 0.16))
        canvas.drawCircle(x + r * 0.05, y + r * 0.09, r * 0.72, pen(palette.toned(color, 0.4), 0.35, width=r * 0.09))
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            canvas.drawCircle(x + dx * r * 0.23, y + dy * r * 0.23, r * 0.12, pen(palette.toned(color, -0.8), 0.85))
    elif metallic:
        canvas.drawCircle(x, y, r * 0.58, pen(palette.toned(color, -0.4), 0.55, width=r * 0.12))
    canvas.drawCircle(x, y, r * 0.96, pen(palette.toned(color, -0.6), 0.6, width=r * 0.09))
    gleam = 0.8 if metallic or button.kind == "pearl" else 0.4
    canvas.drawCircle(x - r * 0.34, y - r * 0.38, r * 0.2, pen((1.0, 1.0, 1.0), gleam, blur=r * 0.1))
