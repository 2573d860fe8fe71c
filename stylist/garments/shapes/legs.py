"""The two legs that trousers, shorts and jumpsuits share, in cm about the centre front of the waist; y grows downward."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from stylist.garments.parts import GarmentSpec, Line, Shade
from stylist.garments.shapes.splines import Layer, Point, interpolate, lerp, outline, spline
from stylist.garments.shapes.waists import across

LEG_WIDTHS: dict[str, tuple[float, float]] = {
    "legging": (15.0, 10.5),
    "skinny": (16.6, 12.8),
    "slim": (19.4, 16.4),
    "straight": (22.6, 21.2),
    "wide": (27.5, 29.5),
    "flared": (19.5, 29.0),
    "tapered": (24.0, 17.0),
    "barrel": (30.0, 21.0),
    "jogger": (24.0, 15.0),
}
"""Leg -> width at the knee and at the hem, laid flat (cm)."""

_EASE = {"slim": -1.2, "regular": 0.0, "loose": 2.6}


@dataclass(frozen=True)
class Cut:
    """Measures of a pair of legs (cm): half-widths at waist and hip, heights of hip, crotch, knee and the uncut hem."""

    waist: float
    hip: float
    hip_y: float
    rise: float
    knee_y: float
    full: float
    end: float
    outer_keys: tuple[tuple[Point, ...], tuple[Point, ...]]
    inner_keys: tuple[tuple[Point, ...], tuple[Point, ...]]

    def outer(self, side: int, y: float) -> Point:
        """The outseam at height y; `side` is -1 for the viewer's left, 1 for the right."""
        return side * interpolate(self.outer_keys[side > 0], y), y

    def inner(self, side: int, y: float) -> Point:
        """The inseam at height y, at or below the crotch."""
        return side * interpolate(self.inner_keys[side > 0], y), y

    def across_leg(self, side: int, y: float, t: float) -> Point:
        """The point `t` of the way from inseam to outseam; above the crotch from the centre."""
        inner = self.inner(side, y)[0] if y >= self.rise else 0.0
        return lerp(inner, self.outer(side, y)[0], t), y


def cut_for(spec: GarmentSpec, leg: str, rng: Random, end: float | None = None, flare: float = 0.0) -> Cut:
    """The cut of `spec` with a leg of LEG_WIDTHS, hemmed at `end` cm below the waist seam (default: full length).

    `flare` widens the hem of short legs (cm).
    """
    man = spec.gender == "men"
    waist = 20.4 if man else 18.9
    hip = 24.6 if man else 23.6
    high = spec.details.get("rise", "mid") == "high"
    rise = (27.0 if man else 26.0) + (3.0 if high else 0.0)
    knee, hem = LEG_WIDTHS[leg]
    ease = _EASE.get(spec.fit, 0.0)
    if leg in ("legging", "skinny"):
        hip -= 1.4
        ease *= 0.4
    hip += ease * 0.45
    knee, hem = knee + ease, hem + ease * (0.4 if leg in ("jogger", "legging", "tapered", "barrel") else 1.0)
    knee_y = rise + 32.0 - (5.0 if leg == "flared" else 0.0)
    full = rise + 76.0 + (2.5 if man else 0.0)
    knee_x = max(12.4, knee / 2 + 1.0) + (1.4 if leg == "barrel" else 0.0)
    hem_x = max(13.0, hem / 2 + 1.1)
    if leg in ("legging", "skinny"):
        knee_x, hem_x = 11.6, 11.2
    elif leg in ("tapered", "barrel", "jogger"):
        hem_x = 12.4
    end = full if end is None else end
    calf_y = (knee_y + full) / 2
    calf = lerp(knee, hem, 0.5) + {"legging": 0.8, "skinny": 0.8, "flared": -1.0, "barrel": 1.4, "jogger": 2.2}.get(
        leg, 0.0
    )
    sides: list[tuple[tuple[Point, ...], tuple[Point, ...]]] = []
    for _ in range(2):
        knee_in, hem_in = rng.uniform(-0.35, 0.35), rng.uniform(-0.45, 0.45)
        calf_x = lerp(knee_x, hem_x, 0.5) + (knee_in + hem_in) / 2
        at_knee, at_hem = knee_x + knee_in, hem_x + hem_in
        thigh = lerp(hip, at_knee + knee / 2, 0.16)
        outer = [
            (0.0, waist),
            (rise * 0.33, lerp(waist, hip, 0.62)),
            (rise * 0.72, hip),
            (rise + 5.0, thigh),
            (knee_y, at_knee + knee / 2),
            (calf_y, calf_x + calf / 2),
            (full, at_hem + hem / 2),
        ]
        inner = [
            (rise, 0.25),
            (rise + 6.0, lerp(0.7, at_knee - knee / 2, 0.22)),
            (knee_y, at_knee - knee / 2),
            (calf_y, calf_x - calf / 2),
            (full, at_hem - hem / 2),
        ]
        if flare:
            outer = [(y, x + flare * 0.62 * _grow(y, rise * 0.6, end)) for y, x in outer]
            inner = [(y, x - flare * 0.38 * _grow(y, rise, end)) for y, x in inner]
        sides.append((tuple(outer), tuple(inner)))
    (left_outer, left_inner), (right_outer, right_inner) = sides
    return Cut(waist, hip, rise * 0.72, rise, knee_y, full, end, (left_outer, right_outer), (left_inner, right_inner))


def body_path(cut: Cut, waist: float | None = None, dip: float = 1.0) -> str:
    """The closed outline of both legs from the waist seam to the hems."""
    runs = [across(waist or cut.waist, 0.0, dip)]
    for side in (1, -1):
        down, up = outseam(cut, side), inseam(cut, side)[::-1]
        hem = hem_line(cut, side, 0.0)
        if side == 1:
            runs += [down, hem, up]
        else:
            runs += [up[::-1], hem[::-1], down[::-1]]
    return outline(*runs)


def outseam(cut: Cut, side: int, start: float = 0.0, end: float | None = None, inset: float = 0.0) -> list[Point]:
    """Points down the outseam, `inset` cm inside it."""
    return [(x - side * inset, y) for x, y in (cut.outer(side, y) for y in _steps(start, end or cut.end))]


def inseam(
    cut: Cut, side: int, start: float | None = None, end: float | None = None, inset: float = 0.0
) -> list[Point]:
    """Points down the inseam, `inset` cm inside the leg."""
    ys = _steps(cut.rise if start is None else start, end or cut.end)
    return [(x + side * inset, y) for x, y in (cut.inner(side, y) for y in ys)]


def hem_line(cut: Cut, side: int, up: float, t0: float = 1.0, t1: float = 0.0) -> list[Point]:
    """The curve of a hem, `up` cm above the end of the leg, from outseam to inseam."""
    y = cut.end - up
    width = abs(cut.outer(side, y)[0] - cut.inner(side, y)[0])
    sag = 0.018 * width + 0.25
    points = []
    for i in range(5):
        t = lerp(t0, t1, i / 4)
        x, _ = cut.across_leg(side, y, t)
        points.append((x, y + sag * (1 - (2 * t - 1) ** 2) - (1 - t) * 0.3))
    return points


def leg_shades(cut: Cut, strength: float = 1.0) -> tuple[Shade, ...]:
    """Light down the front of each leg, shade along its inside and under the crotch."""
    shades = []
    for side in (-1, 1):
        front = [cut.across_leg(side, y, 0.58) for y in _steps(cut.rise * 0.55, cut.end - 2)]
        inside = inseam(cut, side, inset=0.4)
        shades += [
            Shade(spline(front), -0.11 * strength, 5.0, 3.0),
            Shade(spline(inside), 0.24 * strength, 3.2, 1.8),
            Shade(spline(outseam(cut, side, 4.0)), 0.15 * strength, 2.4, 1.4),
        ]
    fork = [(-4.5, cut.rise - 3.0), (0.0, cut.rise + 1.0), (4.5, cut.rise - 3.0)]
    shades.append(Shade(spline(fork), 0.2 * strength, 2.6, 1.6))
    return tuple(shades)


def folds(cut: Cut, rng: Random, amount: float = 1.0) -> list[Layer]:
    """Creases that pull from the crotch, soft ones at the knees and the break above a full hem."""
    layers: list[Layer] = []
    for side in (-1, 1):
        for k in range(3):
            y = cut.rise - 1.0 + k * 2.2
            reach = rng.uniform(0.35, 0.62) - k * 0.08
            start = cut.across_leg(side, max(y, cut.rise + 0.3), 0.05)
            end = cut.across_leg(side, y - 4.5 + k * 3.2, reach)
            middle = (lerp(start[0], end[0], 0.5), lerp(start[1], end[1], 0.5) + 0.7)
            layers.append(Line(spline([start, middle, end]), "fold", 3.0 - k * 0.5, 0.75 * amount))
        knee_width = abs(cut.outer(side, cut.knee_y)[0] - cut.inner(side, cut.knee_y)[0])
        if cut.end > cut.knee_y + 8 and knee_width < 25:
            y = cut.knee_y + rng.uniform(-3.0, 1.0)
            for t0, t1, drop, width in ((0.02, 0.4, 3.4, 2.4), (0.98, 0.66, 2.6, 2.0)):
                a, b = cut.across_leg(side, y, t0), cut.across_leg(side, y + drop * rng.uniform(0.7, 1.3), t1)
                layers.append(
                    Line(spline([a, (lerp(a[0], b[0], 0.5), lerp(a[1], b[1], 0.35)), b]), "fold", width, 0.45 * amount)
                )
                y += rng.uniform(2.0, 5.0)
        if cut.end > cut.full - 3 and knee_width < 25:
            for k in range(3):
                y = cut.end - 4.0 - k * 3.6 + rng.uniform(-0.6, 0.6)
                t0, t1 = (0.98, 0.45 + 0.1 * k) if k % 2 == 0 else (0.02, 0.5)
                a, b = cut.across_leg(side, y, t0), cut.across_leg(side, y + rng.uniform(1.2, 2.6), t1)
                layers.append(
                    Line(spline([a, (lerp(a[0], b[0], 0.5), lerp(a[1], b[1], 0.3)), b]), "fold", 2.6, 0.5 * amount)
                )
    return layers


def drape(cut: Cut, rng: Random, count: int = 3) -> list[Layer]:
    """Long soft folds down wide legs."""
    layers: list[Layer] = []
    for side in (-1, 1):
        for k in range(count):
            t = (k + 0.7 + rng.uniform(-0.2, 0.2)) / (count + 0.5)
            top = cut.rise + rng.uniform(2.0, 16.0)
            bottom = cut.end - rng.uniform(0.5, 7.0)
            points = [cut.across_leg(side, lerp(top, bottom, f), t + 0.03 * f) for f in (0.0, 0.35, 0.7, 1.0)]
            layers.append(Line(spline(points), "fold", rng.uniform(2.2, 4.0), rng.uniform(0.5, 0.85)))
    return layers


def pressed_creases(cut: Cut, start: float) -> list[Layer]:
    """The sharp crease down the front of each leg, with its glint beside it."""
    layers: list[Layer] = []
    for side in (-1, 1):
        points = [cut.across_leg(side, y, 0.5) for y in _steps(max(start, 2.0), cut.end - 0.2)]
        points = [
            (lerp(side * cut.waist * 0.5, x, min(1.0, y / (cut.rise + 8))) if y < cut.rise + 8 else x, y)
            for x, y in points
        ]
        layers.append(Line(spline(points), "crease", 2.6, 0.9))
        layers.append(Line(spline([(x - side * 0.35, y) for x, y in points]), "glint", 1.6, 0.35))
    return layers


def _steps(start: float, end: float) -> list[float]:
    count = max(2, round((end - start) / 7.0) + 1)
    return [lerp(start, end, i / (count - 1)) for i in range(count)]


def _grow(y: float, start: float, end: float) -> float:
    return max(0.0, (y - start) / max(1e-6, end - start))
