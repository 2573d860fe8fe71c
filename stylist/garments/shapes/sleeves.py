"""Sleeves, set into the armhole of a `Block` and hanging a little off the body; in centimetres."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import lru_cache

from stylist.garments.parts import GarmentSpec, Shade
from stylist.garments.shapes.beziers import Curve, Point, join, reverse, shift, spline
from stylist.garments.shapes.sketch import Sketch, shade
from stylist.garments.shapes.upper_body import FITS, Block


@lru_cache(maxsize=8192)
def _direction(upper: float, lower: float, t: float) -> Point:
    """The direction at `t` of an arm that bends from the angle `upper` to `lower` (degrees from the vertical) at its elbow."""
    bend = min(max((t - 18.0) / 22.0, 0.0), 1.0)
    angle = math.radians(upper + (lower - upper) * bend * bend * (3 - 2 * bend))
    return math.sin(angle), math.cos(angle)


@lru_cache(maxsize=4096)
def _way(upper: float, lower: float, t: float) -> Point:
    """Where such an arm has got to at `t`, from the shoulder tip."""
    steps = max(1, math.ceil(abs(t) / 2.0))
    turns = [_direction(upper, lower, (i + 0.5) * t / steps) for i in range(steps)]
    return sum(dx for dx, _ in turns) * t / steps, sum(dy for _, dy in turns) * t / steps


@dataclass(frozen=True)
class Sleeve:
    """A set-in sleeve; `t` is the distance from the shoulder tip along the arm, in centimetres.

    `cuff` is the width at the end, `round` how far the upper arm stands out, `puff` the fullness at the head, `bishop` that
    above the cuff, `bell` that at the end.
    """

    body: Block
    length: float
    cuff: float
    upper_angle: float = 18.0
    lower_angle: float = 4.0
    round: float = 4.8
    puff: float = 0.0
    bishop: float = 0.0
    bell: float = 0.0

    def along(self, t: float) -> Point:
        """The direction of the arm, down towards the hand."""
        return _direction(self.upper_angle, self.lower_angle, t)

    def _axis(self, t: float) -> Point:
        x, y = self.body.tip
        dx, dy = _way(self.upper_angle, self.lower_angle, t)
        return x + dx, y + dy

    @property
    def underarm(self) -> float:
        """The `t` at which the inner edge leaves the body."""
        (sx, sy), (dx, dy) = self.body.tip, self.along(0)
        return (self.body.chest - sx) * dx + (self.body.underarm - sy) * dy

    def outer(self, t: float) -> Point:
        """The point of the outer edge at `t`."""
        (x, y), (dx, dy) = self._axis(t), self.along(t)
        out = self.round * (1 - math.exp(-t / 5.6)) + self.puff * math.exp(-(((t - 6.0) / 6.5) ** 2)) * min(
            t / 2.0, 1.0
        )
        # The elbow stands out a little and the cloth gathers in small waves above the hand.
        out += 0.45 * math.exp(-(((t - self.length * 0.55) / 5.0) ** 2)) if self.length > 38 else 0.0
        out += self._fullness(t) / 2 + self._waves(t)
        return x + dy * out, y - dx * out

    def _waves(self, t: float) -> float:
        left = self.length - t
        return 0.22 * math.sin(left * 1.25) * math.exp(-left / 11.0) if self.length > 38 else 0.0

    def _fullness(self, t: float) -> float:
        left = self.length - t
        near_cuff = math.exp(-(((left - 6.0) / 9.0) ** 2)) * min(max(left, 0.0) / 2.5, 1.0)
        return self.bishop * near_cuff + self.bell * math.exp(-((left / 14.0) ** 2))

    def width(self, t: float) -> float:
        """The width across the arm at `t`, from the underarm on."""
        start = self.underarm
        (ox, oy), (dx, dy) = self.outer(start), self.along(start)
        wide = (ox - self.body.chest) * dy - (oy - self.body.underarm) * dx
        done = min(max((t - start) / max(self.length - start, 1.0), 0.0), 1.0)
        # Just below the underarm a long sleeve rests on the body before it parts from it.
        rest = (
            1.5 * math.exp(-(((t - start - 7.0) / 5.5) ** 2)) * min((t - start) / 3.0, 1.0) if self.length > 38 else 0.0
        )
        return wide + (self.cuff - wide) * done + rest + self._fullness(t) - self._fullness(start) * (1 - done)

    def inner(self, t: float) -> Point:
        """The point of the inner edge at `t`; above the underarm that is the underarm itself."""
        if t <= self.underarm:
            return self.body.chest, self.body.underarm
        (x, y), (dx, dy), w = self.outer(t), self.along(t), self.width(t)
        return x - dy * w, y + dx * w

    def at(self, t: float, share: float) -> Point:
        """The point at `t` that lies `share` of the way from the outer to the inner edge."""
        (ox, oy), (ix, iy) = self.outer(t), self.inner(t)
        return ox + (ix - ox) * share, oy + (iy - oy) * share

    def across(self, t: float, bow: float = 0.5) -> Curve:
        """A line around the arm at `t`, from the outer edge to the inner, bowed towards the hand."""
        dx, dy = self.along(t)
        mx, my = self.at(t, 0.5)
        return spline(self.outer(t), (mx + dx * bow, my + dy * bow), self.inner(t))

    def _edge(self, start: float, end: float, inner: bool = False) -> Curve:
        count = max(2, math.ceil((end - start) / 4.0) + 1)
        steps = [start + (end - start) * i / (count - 1) for i in range(count)]
        if start < 4.0 < end and not inner:
            steps[1:1] = [t for t in (1.2, 2.6) if start < t < steps[1]]
        return spline(*((self.inner if inner else self.outer)(t) for t in steps))

    def band(self, start: float, end: float, bow: float = 0.5, tight: float = 0.0) -> Curve:
        """The piece between two places on the arm, narrower by `tight` on each side than the sleeve around it."""
        outer, inner = self._edge(start, end), self._edge(max(start, self.underarm), end, inner=True)
        if tight:
            dx, dy = self.along(end)
            outer = spline(outer[0], _moved(outer[-1], -dy * tight, dx * tight), start=self.along(start))
            inner = spline(inner[0], _moved(inner[-1], dy * tight, -dx * tight), start=self.along(start))
        ex, ey = (outer[-1][0] + inner[-1][0]) / 2, (outer[-1][1] + inner[-1][1]) / 2
        dx, dy = self.along(end)
        foot = spline(outer[-1], (ex + dx * bow, ey + dy * bow), inner[-1])
        return join(outer, foot, reverse(inner), reverse(self.across(start, bow)))

    def outline(self, end: float | None = None, bow: float = 0.5) -> Curve:
        """The piece from the armhole to `end` (default: all of it); its inside is tucked under the torso."""
        end = self.length if end is None else end
        outer, inner = self._edge(0.0, end), self._edge(self.underarm, end, inner=True)
        tuck = shift(reverse(self.body.armhole), -1.2, 0.0)
        return join(outer, self.across(end, bow), reverse(inner), tuck)

    @property
    def grain(self) -> float:
        """The turn of the cloth, in degrees, so that a pattern follows the arm."""
        return -(self.upper_angle + self.lower_angle) / 2


def sleeve(spec: GarmentSpec, body: Block, cuff: float = 9.4, room: float = 0.0, **fullness: float) -> Sleeve | None:
    """The sleeve that the spec asks for, or None if it is sleeveless. `cuff` is the width of a long one at its end.

    `room` widens the whole sleeve; `fullness` may hold puff, bishop and bell.
    """
    kind = spec.sleeve or "long"
    if kind == "sleeveless":
        return None
    loose = max(FITS.get(spec.fit, 0.0), 0.0)
    slim = max(-FITS.get(spec.fit, 0.0), 0.0)
    around = 4.8 + room + 0.9 * loose - 0.7 * slim + 0.25 * body.ease
    if kind == "short":
        length = body.arm * 0.355 + 2.2 * loose - 1.5 * slim
        flat = Sleeve(body, length, 0.0, 28.0, 26.0, around - 1.0)
        return dataclasses.replace(flat, cuff=flat.width(0.0) * (0.98 + 0.06 * loose - 0.06 * slim), **fullness)
    if kind == "three-quarter":
        return Sleeve(body, body.arm * 0.73, cuff + 2.2 + loose, 18.5, 8.0, around, **fullness)
    return Sleeve(body, body.arm, cuff + 0.8 * loose - 0.5 * slim, 17.5, 3.5, around, **fullness)


def sleeve_shades(arm: Sleeve, sketch: Sketch, soft: float = 1.0) -> tuple[Shade, ...]:
    """Light down the outside of the arm, shadow on its inner side and under the shoulder, folds at the elbow."""
    end, start = arm.length, arm.underarm
    marks = [start + (end - start) * i / 4 for i in range(5)]
    result = [
        shade(spline(*(arm.at(t, 1.0) for t in marks)), 0.30, 4.2, 1.7),
        shade(spline(*(arm.at(t, 0.30) for t in [end * 0.22, *marks[1:]])), -0.10, 2.6, 1.4),
        shade(shift(arm.body.armhole, 0.6, 0.3), 0.26, 2.2, 1.1),
    ]
    folds = (0.90, 1.10, 1.45) if end > 38 else ((0.9,) if end < 26 else (0.9, 1.15))
    for place in folds:
        t = start + (end - start) * (place - 0.55) * 0.75 + sketch.rng.uniform(-1.2, 1.2)
        depth, lift = sketch.rng.uniform(0.45, 0.75), sketch.rng.uniform(2.0, 4.0)
        (ax, ay), (bx, by) = arm.at(t, 1.02), arm.at(t - lift, 1.0 - depth)
        mx, my = arm.at(t - lift * 0.25, 1.0 - depth * 0.5)
        crease = spline((ax, ay), (mx, my), (bx, by))
        result.append(shade(crease, 0.15 * soft, 1.4, 0.7))
        result.append(shade(shift(crease, 0.1, 1.4), -0.08 * soft, 1.4, 0.7))
    return tuple(result)


def elbow_lines(arm: Sleeve, sketch: Sketch) -> None:
    """Two or three fine folds at the inside of the elbow of a long sleeve, on both sides."""
    if arm.length < 38:
        return
    for sign in (-1, 1):
        for t in (arm.length * 0.50, arm.length * 0.56, arm.length * 0.63):
            t += sketch.rng.uniform(-0.8, 0.8)
            reach = sketch.rng.uniform(0.25, 0.5)
            points = (arm.at(t, 0.99), arm.at(t - 1.2, 1.0 - reach * 0.5), arm.at(t - 2.4, 1.0 - reach))
            sketch.line(spline(*((sign * x, y) for x, y in points)), "fold", 2.2, opacity=0.8)


def _moved(point: Point, dx: float, dy: float) -> Point:
    """The point shifted by (dx, dy)."""
    return point[0] + dx, point[1] + dy
