"""Down jackets and vests: every channel of the quilting is a part of its own, so that it is lit as the tube it is."""

from __future__ import annotations

import dataclasses
import math

from stylist.garments.parts import Garment, GarmentSpec, Shade
from stylist.garments.shapes import assembly, fastenings
from stylist.garments.shapes.beziers import Curve, Point, join, line, reverse, spline, x_at
from stylist.garments.shapes.necks import hood, neckline
from stylist.garments.shapes.sketch import Sketch, shade
from stylist.garments.shapes.sleeves import Sleeve, sleeve
from stylist.garments.shapes.upper_body import Block, block, front

LENGTHS = {"cropped": 50.0, "mini": 78.0, "knee": 98.0, "midi": 112.0, "maxi": 120.0, "full": 98.0, "long": 88.0}
CHANNEL = 8.6
"""Height of a channel of the quilting, in centimetres."""


def puffer(spec: GarmentSpec) -> Garment:
    """A quilted down jacket or, without sleeves, a vest; with a stand collar or a hood."""
    sketch = Sketch(spec.seed)
    body = block(spec, assembly.length(spec, LENGTHS, 63.0), 2.0)
    body = dataclasses.replace(body, waist=body.waist + 1.2, neck=body.neck + 0.6)
    arm = sleeve(spec, body, cuff=12.5, room=2.4)
    hooded = spec.details.get("collar") == "hood"
    if arm is None:
        body = dataclasses.replace(
            body, shoulder=body.shoulder - 3.4, slope=body.slope - 0.4, underarm=body.underarm + 1.0
        )
        assembly.back_armholes(sketch, body)
    else:
        _puffed_sleeves(sketch, arm)
    if hooded:
        hood(sketch, body.neck, 17.0, back_only=True)
    _puffed_fronts(sketch, body)
    if arm is None:
        assembly.bound_armholes(sketch, body, 1.2)
    y = body.hem_y - CHANNEL * 2.3
    fastenings.welt_pocket(sketch, (body.hem * 0.50, y + 8.0), (body.hem * 0.66, y - 5.0), -1.6)
    if hooded:
        hood(sketch, body.neck, 17.0)
        top = 7.0
    else:
        top = _puffed_collar(sketch, body.neck, 9.5 if spec.details.get("collar") == "funnel" else 7.6)
    fastenings.zipper(sketch, line((0.0, top), (0.0, body.hem_y + 0.5)), 2.8)
    return sketch.garment()


def _bulge(a: Point, b: Point, out: float) -> Curve:
    """From `a` to `b` with a belly of `out` to the left of the way."""
    length = math.dist(a, b) or 1.0
    nx, ny = (b[1] - a[1]) / length, -(b[0] - a[0]) / length
    near, far = (
        (a[0] + (b[0] - a[0]) * k + nx * out * 0.82, a[1] + (b[1] - a[1]) * k + ny * out * 0.82) for k in (0.25, 0.75)
    )
    middle = ((a[0] + b[0]) / 2 + nx * out, (a[1] + b[1]) / 2 + ny * out)
    return spline(a, near, middle, far, b)


def _tube_shades(upper: Curve, lower: Curve) -> tuple[Shade, ...]:
    middle = tuple((0.68 * a[0] + 0.32 * b[0], 0.68 * a[1] + 0.32 * b[1]) for a, b in zip(upper, lower, strict=True))
    return shade(lower, 0.34, 2.6, 1.1), shade(upper, 0.20, 1.2, 0.6), shade(middle, -0.22, 1.8, 0.9)


def _puckers(sketch: Sketch, seam: Curve, count: int) -> None:
    """Short creases where the stitching of a channel gathers the shell."""
    (ax, ay), (bx, by) = seam[0], seam[-1]
    for _ in range(count):
        k, up = sketch.rng.uniform(0.06, 0.94), sketch.rng.choice((-1, 1))
        x, y, reach = ax + (bx - ax) * k, ay + (by - ay) * k, sketch.rng.uniform(0.9, 2.3)
        sketch.line(spline((x, y), (x + sketch.rng.uniform(-0.4, 0.4), y + up * reach)), "fold", 1.7, opacity=0.55)


def _puffed_fronts(sketch: Sketch, body: Block) -> None:
    throat = neckline("crew", body.neck, 7.0)
    edge = join(line((0.0, body.hem_y), (0.0, throat[0][1])), throat)
    sketch.pair(front(body, edge), "body", volume=0.6)
    count = max(3, round((body.hem_y - 13.0) / CHANNEL))
    step = (body.hem_y - 13.0) / count
    for sign in (-1, 1):
        jitter = [sketch.rng.uniform(-0.25, 0.25) for _ in range(count + 1)]
        for i in range(count):
            top, low = 13.0 + step * i + jitter[i], 13.0 + step * (i + 1) + (jitter[i + 1] if i < count - 1 else 0.0)
            _front_channel(sketch, body, top, low, sign)
    sketch.lines(body.armhole, "seam", 2.2)


def _reach(body: Block, y: float) -> float:
    return x_at(body.armhole, y) if y < body.underarm else x_at(body.side, y)


def _front_channel(sketch: Sketch, body: Block, top: float, low: float, sign: int) -> None:
    a, b = _reach(body, top), _reach(body, low)
    upper = spline((0.6, top + 0.5), (a * 0.5, top + 0.7), (a, top - 0.2))
    lower = spline((0.6, low + 0.5), (b * 0.5, low + 0.7), (b, low - 0.2))
    if top < body.underarm < low:
        flank = join(line(upper[-1], (body.chest, body.underarm)), _bulge((body.chest, body.underarm), lower[-1], 0.5))
    else:
        flank = _bulge(upper[-1], lower[-1], 0.9 if top > body.underarm else 0.0)
    outline = join(upper, flank, reverse(lower), line(lower[0], upper[0]))
    mirrored = tuple(tuple((sign * x, y) for x, y in c) for c in (outline, upper, lower))
    sketch.part(mirrored[0], "body", _tube_shades(mirrored[1], mirrored[2]), volume=0.9)
    _puckers(sketch, mirrored[2], 6)


def _puffed_sleeves(sketch: Sketch, arm: Sleeve) -> None:
    sketch.pair(arm.outline(), "sleeve", grain=arm.grain, volume=0.6)
    end = arm.length - 1.6
    count = max(2, round(end / CHANNEL))
    body = arm.body
    drop = body.underarm - body.slope

    def inner(t: float) -> Point:
        if t >= arm.underarm:
            return arm.inner(t)
        y = body.slope + drop * max(t, 0.0) / arm.underarm
        return x_at(body.armhole, y) - 0.4, y

    for sign in (-1, 1):
        for i in range(count):
            top, low = end * i / count, end * (i + 1) / count
            dx, dy = arm.along(low)
            ends = []
            for t in (top, low):
                (ox, oy), (ix, iy) = arm.outer(t), inner(t)
                ends.append(spline((ox, oy), ((ox + ix) / 2 + dx * 0.9, (oy + iy) / 2 + dy * 0.9), (ix, iy)))
            upper, lower = ends
            outside = _bulge(upper[0], lower[0], 0.9)
            inside = _bulge(lower[-1], upper[-1], 0.8 if top >= arm.underarm else 0.0)
            outline = join(outside, lower, inside, reverse(upper))
            flat = [tuple((sign * x, y) for x, y in c) for c in (outline, upper, lower)]
            sketch.part(flat[0], "sleeve", _tube_shades(flat[1], flat[2]), grain=sign * arm.grain, volume=0.9)
            _puckers(sketch, flat[2], 3)
    sketch.pair(arm.band(end, arm.length, tight=0.4), "rib", grain=arm.grain, volume=0.5, printed=False)


def _puffed_collar(sketch: Sketch, neck: float, height: float) -> float:
    """A quilted collar of two channels; returns the height of its edge at the centre front."""
    base = 7.4
    rim_x, top, dip = neck - 0.4, -height * 0.62, base - height
    mouth = join(
        spline((-rim_x, top), (0.0, top - 1.6), (rim_x, top)), spline((rim_x, top), (0.0, dip + 1.4), (-rim_x, top)),
    )  # fmt: skip
    sketch.part(mouth, "lining", (shade(line((-rim_x, dip), (rim_x, dip)), 0.25, 4, 1.8),), tone=-0.25, volume=0.2)
    tiers = []
    for k in (0.0, 0.5, 1.0):
        y0, y1, x = (
            dip + (base - dip) * k,
            top + (0.6 - top) * k,
            rim_x + (neck + 0.5 - rim_x) * k + (0.7 if k == 0.5 else 0.0),
        )
        tiers.append(spline((0.15, y0), (x * 0.62, y0 * 0.72 + y1 * 0.28 - 0.2), (x, y1), start=(1, 0.06)))
    for upper, lower in ((tiers[1], tiers[2]), (tiers[0], tiers[1])):
        flank = _bulge(upper[-1], lower[-1], 0.6)
        sketch.pair(
            join(upper, flank, reverse(lower), line(lower[0], upper[0])),
            "collar",
            _tube_shades(upper, lower),
            volume=0.9,
        )
    return dip + 0.4
