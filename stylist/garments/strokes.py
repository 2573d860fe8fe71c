"""Lines and gradients of shade, painted with Skia; nothing here knows of fabric or pattern."""

from __future__ import annotations

import math

import skia

from stylist.garments import palette
from stylist.garments.hardware import draw_zip
from stylist.garments.inks import Ink, pen
from stylist.garments.parts import Line, Shade
from stylist.garments.svg import path as svg_path


def tapered(path: skia.Path, width: float) -> skia.Path:
    """The stroke of `path` as an outline that swells to `width` in its middle and ends in points, as a fold does."""
    result = skia.Path()
    measure = skia.PathMeasure(path, False)
    while True:
        length = measure.getLength()
        if length > 0:
            steps = max(8, min(40, int(length / 12)))
            left: list[skia.Point] = []
            right: list[skia.Point] = []
            for i in range(steps + 1):
                at, along = measure.getPosTan(length * i / steps)
                half = 0.5 * width * math.sin(math.pi * min(max(i / steps, 0.0), 1.0)) ** 0.75
                left.append(skia.Point(at.x() - along.y() * half, at.y() + along.x() * half))
                right.append(skia.Point(at.x() + along.y() * half, at.y() - along.x() * half))
            result.addPoly(left + right[::-1], True)
        if not measure.nextContour():
            return result


def draw_shade(canvas: skia.Canvas, shade: Shade, cloth: palette.RGB) -> None:
    """A soft shadow or highlight; the canvas is clipped to its part already."""
    dark = shade.amount > 0
    color = palette.toned(cloth, -0.85) if dark else palette.mix(palette.toned(cloth, 0.6), (1.0, 1.0, 1.0), 0.5)
    alpha = abs(shade.amount) * (1.0 if dark else 0.9)
    paint = pen(color, alpha, width=0.0 if shade.fill else shade.width, blur=shade.blur)
    canvas.drawPath(svg_path(shade.path), paint)


def draw_line(canvas: skia.Canvas, line: Line, ink: Ink) -> None:
    """A line of any kind; one that is unknown is drawn as a seam."""
    path = svg_path(line.path)
    canvas.save()
    if line.clip:
        canvas.clipPath(svg_path(line.clip), doAntiAlias=True)
    painter = _PAINTERS.get(line.kind, _seam)
    painter(canvas, path, line, ink)
    canvas.restore()


def _color(line: Line, default: palette.RGB) -> palette.RGB:
    return palette.rgb(line.color) if line.color else default


def _shifted(canvas: skia.Canvas, path: skia.Path, dx: float, dy: float, paint: skia.Paint) -> None:
    canvas.save()
    canvas.translate(dx, dy)
    canvas.drawPath(path, paint)
    canvas.restore()


def _seam(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    canvas.drawPath(path, pen(ink.dark, 0.10 * alpha * ink.weight, width=width * 4.5, blur=width * 1.6))
    _shifted(canvas, path, width * 0.55, width * 0.75, pen(ink.light, 0.26 * alpha * ink.contrast, width=width * 0.8))
    canvas.drawPath(path, pen(_color(line, ink.dark), 0.5 * alpha * ink.weight, width=width * 0.8))


def _stitch(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    thread = _color(line, palette.mix(ink.light if palette.luminance(ink.cloth) < 0.55 else ink.dark, ink.cloth, 0.45))
    canvas.drawPath(path, pen(ink.dark, 0.12 * alpha * ink.weight, width=width * 3.2, blur=width * 1.2))
    dash = skia.DashPathEffect.Make([width * 3.0, width * 1.9], 0.0)
    shadow = pen(ink.dark, 0.45 * alpha * ink.weight, width=width * 0.9)
    shadow.setPathEffect(dash)
    _shifted(canvas, path, 0.5, width * 0.5, shadow)
    paint = pen(thread, 0.9 * alpha, width=width * 0.8)
    paint.setPathEffect(dash)
    canvas.drawPath(path, paint)


def _fold(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = max(line.width, 1.5), line.opacity
    _shifted(
        canvas,
        tapered(path, width * 5),
        -width * 1.5,
        -width,
        pen(ink.light, 0.2 * alpha * ink.contrast, blur=width * 2),
    )
    canvas.drawPath(tapered(path, width * 5), pen(ink.dark, 0.3 * alpha * ink.weight, blur=width * 1.9))
    canvas.drawPath(
        tapered(path, width * 1.6), pen(_color(line, ink.dark), 0.36 * alpha * ink.weight, blur=width * 0.55)
    )


def _crease(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    _shifted(canvas, path, width * 2.2, 0, pen(ink.dark, 0.2 * alpha * ink.weight, width=width * 4, blur=width * 1.8))
    _shifted(
        canvas, path, -width * 1.4, 0, pen(ink.light, 0.2 * alpha * ink.contrast, width=width * 3, blur=width * 1.4)
    )
    canvas.drawPath(path, pen(_color(line, ink.light), 0.4 * alpha, width=width * 0.8, blur=0.5))


def _edge(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    _shifted(
        canvas, path, width, width * 1.6, pen(ink.dark, 0.22 * alpha * ink.weight, width=width * 3, blur=width * 1.8)
    )
    _shifted(canvas, path, -width * 0.6, -width * 0.6, pen(ink.light, 0.3 * alpha * ink.contrast, width=width * 0.8))
    canvas.drawPath(path, pen(_color(line, ink.dark), 0.66 * alpha * ink.weight, width=width))


def _rib(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    canvas.drawPath(path, pen(_color(line, ink.dark), 0.3 * alpha * ink.weight, width=width * 1.3, blur=width * 0.3))
    _shifted(
        canvas, path, width * 1.3, 0, pen(ink.light, 0.24 * alpha * ink.contrast, width=width * 1.2, blur=width * 0.35)
    )


def _glint(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    color = _color(line, (1.0, 1.0, 1.0))
    canvas.drawPath(tapered(path, width * 2.4), pen(color, 0.28 * alpha, blur=width * 0.9))
    canvas.drawPath(tapered(path, width * 0.9), pen(color, 0.6 * alpha, blur=max(0.4, width * 0.2)))


def _cord(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    color = _color(line, palette.toned(ink.cloth, -0.12))
    _shifted(
        canvas, path, width * 0.35, width * 0.7, pen((0.0, 0.0, 0.0), 0.35 * alpha, width=width * 1.2, blur=width * 0.6)
    )
    canvas.drawPath(path, pen(palette.toned(color, -0.42), alpha, width=width, on_cloth=False))
    canvas.drawPath(path, pen(color, alpha, width=width * 0.74, on_cloth=False))
    _shifted(
        canvas, path, -width * 0.14, -width * 0.16, pen(palette.toned(color, 0.45), 0.65 * alpha, width=width * 0.26)
    )
    twist = pen(palette.toned(color, -0.5), 0.3 * alpha, width=width * 0.7, butt=True)
    twist.setPathEffect(skia.DashPathEffect.Make([width * 0.14, width * 0.42], 0.0))
    canvas.drawPath(path, twist)


def _lace(canvas: skia.Canvas, path: skia.Path, line: Line, ink: Ink) -> None:
    width, alpha = line.width, line.opacity
    color = _color(line, (0.95, 0.945, 0.93))
    _shifted(
        canvas, path, width * 0.2, width * 0.55, pen((0.0, 0.0, 0.0), 0.4 * alpha, width=width * 1.1, blur=width * 0.45)
    )
    canvas.drawPath(path, pen(palette.toned(color, -0.34), alpha, width=width, on_cloth=False))
    canvas.drawPath(path, pen(color, alpha, width=width * 0.8, on_cloth=False))
    weave = pen(palette.toned(color, -0.35), 0.35 * alpha, width=width * 0.5, butt=True)
    weave.setPathEffect(skia.DashPathEffect.Make([width * 0.16, width * 0.3], 0.0))
    canvas.drawPath(path, weave)


_PAINTERS = {
    "seam": _seam,
    "stitch": _stitch,
    "fold": _fold,
    "crease": _crease,
    "edge": _edge,
    "zip": draw_zip,
    "cord": _cord,
    "lace": _lace,
    "rib": _rib,
    "glint": _glint,
}
