"""Sleeves and armholes of a bodice, in cm."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from stylist.garments.parts import GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.bodice import Bodice
from stylist.garments.shapes.splines import Layer, Point, between, lerp, outline, spline

_SLEEVES = {"short": (21.0, 14.5, 24.0), "three-quarter": (42.0, 12.5, 17.0), "long": (59.0, 10.5, 14.0)}
"""Sleeve -> length, width at the cuff, angle from the vertical (cm, degrees)."""


def sleeves(spec: GarmentSpec, body: Bodice, rng: Random, full: float = 0.0) -> list[Layer]:
    """Both sleeves, hanging a little away from the body; `full` widens them towards a gathered cuff (cm)."""
    if not body.sleeved:
        return []
    length, cuff, angle = _SLEEVES.get(spec.sleeve or "", _SLEEVES["long"])
    ease = {"slim": -0.6, "regular": 0.6, "loose": 3.0}.get(spec.fit, 0.6)
    layers: list[Layer] = []
    for s in (-1.0, 1.0):
        a = math.radians(angle + rng.uniform(-1.2, 1.2))
        dx, dy = math.sin(a), math.cos(a)
        nx, ny = math.cos(a), -math.sin(a)
        off = body.neck == "off-shoulder"
        top = (body.shoulder + 4.6, 11.8) if off else (body.shoulder, 4.4)
        pit = (body.bust - 0.3, body.armhole + (1.2 if off else 0.4))
        reach = length - (7.0 if off else 0.0)
        half = (cuff + ease) / 2
        middle = between(top, pit, 0.5)
        middle = (middle[0] - 2.6, middle[1])
        end = (middle[0] + dx * reach * 0.93, middle[1] + dy * reach * 0.93)
        out_end = (end[0] + nx * half, end[1] + ny * half)
        in_end = (end[0] - nx * half, end[1] - ny * half)
        upper = max(8.6 + ease * 0.7, half + 0.6)
        bulge = 0.55 if full else 0.5

        along = _arm(middle, (dx, dy), (nx, ny), reach * 0.93)
        outer = [
            top,
            along(0.06, upper - 0.6 + full * 0.8),
            along(0.36, upper * 0.9 + full * 0.7),
            along(0.68, lerp(upper, half, 0.62) + full * bulge * 1.5),
            along(0.93, half + full * 0.9),
            out_end,
        ]
        inner = [
            in_end,
            along(0.93, -half - full * 0.5),
            along(0.66, -lerp(upper, half, 0.66) - full * 0.4),
            along(0.36, -upper * 0.86 - full * 0.2),
            pit,
        ]
        if off:
            inner[-2] = along(0.3, -upper * 0.8)
        hem = [out_end, (end[0] + dx * 0.7, end[1] + dy * 0.7), in_end]
        path = outline(
            [(s * x, y) for x, y in outer],
            [(s * x, y) for x, y in hem],
            [(s * x, y) for x, y in inner],
            [(s * (pit[0] - 8.0), pit[1] - 3.0), (s * (top[0] - 8.0), top[1] + 4.0), (s * top[0], top[1])],
        )
        light = Shade(
            spline([(s * x, y) for x, y in (along(0.1, 2.5), along(0.5, 2.0), along(0.9, 1.5))]), -0.12, 3.5, 2.2
        )
        dark = Shade(spline([(s * x, y) for x, y in inner]), 0.28, 3.0, 1.8)
        layers.append(Part(path, "sleeve", grain=-s * angle, volume=0.65, shades=(light, dark)))
        for _ in range(3):
            t = rng.uniform(0.28, 0.8) if length > 30 else rng.uniform(0.15, 0.5)
            p, q = along(t, -upper * 0.7), along(t - 0.07, upper * rng.uniform(0.0, 0.4))
            layers.append(
                Line(
                    spline(
                        [(s * p[0], p[1]), (s * lerp(p[0], q[0], 0.5), lerp(p[1], q[1], 0.5) + 0.6), (s * q[0], q[1])]
                    ),
                    "fold",
                    2.6,
                    0.6,
                )
            )
        if full and length > 30:
            back_, fore = along(0.93, half + 0.4), along(0.93, -half - 0.4)
            cuff_path = outline(
                [(s * back_[0], back_[1]), (s * out_end[0], out_end[1])],
                [(s * in_end[0], in_end[1]), (s * fore[0], fore[1])],
            )
            layers.append(Part(cuff_path, "cuff", grain=-s * angle, tone=0.03, volume=0.5))
            for k in range(6):
                w = lerp(-half, half, (k + 0.5) / 6)
                p, q = along(0.93, w), along(0.93 - rng.uniform(0.08, 0.2), w * 1.25)
                layers.append(Line(spline([(s * p[0], p[1]), (s * q[0], q[1])]), "fold", 2.2, 0.8))
        else:
            stitch = [along(0.965, half), (along(0.975, 0.0)), along(0.965, -half)]
            layers.append(Line(spline([(s * x, y) for x, y in stitch]), "stitch", 1.4, 0.7))
        if full:
            for k in range(4):
                p = (lerp(top[0], pit[0], 0.05 + 0.1 * k), lerp(top[1], pit[1], 0.05 + 0.12 * k))
                q = (p[0] + 2.6 + 0.4 * k, p[1] + 2.8 + 0.6 * k)
                layers.append(Line(spline([(s * p[0], p[1]), (s * q[0], q[1])]), "fold", 2.4, 0.7))
    return layers


def _arm(start: Point, down: Point, out: Point, reach: float) -> Callable[[float, float], Point]:
    """(t, w) -> the point t of the way down a sleeve's axis and w cm outside it."""
    return lambda t, w: (start[0] + down[0] * reach * t + out[0] * w, start[1] + down[1] * reach * t + out[1] * w)


def armholes(body: Bodice) -> list[Layer]:
    """The seam where sleeves are set in, or the bound edge where there are none."""
    if body.bare:
        return []
    kind, width = ("seam", 2.0) if body.sleeved else ("stitch", 1.4)
    inset = 0.0 if body.sleeved else 0.8
    layers: list[Layer] = []
    for s in (-1, 1):
        run = body.side(s)[-1]
        layers.append(
            Line(
                spline([(x - s * inset, y) for x, y in run[:-1]] + [(run[-1][0] - s * inset, run[-1][1] + inset)]),
                kind,
                width,
            )
        )
    return layers
