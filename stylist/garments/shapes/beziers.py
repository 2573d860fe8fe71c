"""Chains of cubic Beziers as points, to be mirrored, cut and joined before they become SVG paths.

A `Curve` is a tuple of 3n + 1 points: knot, two handles, knot, two handles, knot ... Units are the caller's; y grows
downwards. This file knows nothing of garments.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise

Point = tuple[float, float]
Curve = tuple[Point, ...]

_NUMBER_PAIR = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")


def _unit(x: float, y: float) -> Point:
    norm = math.hypot(x, y) or 1.0
    return x / norm, y / norm


def _chord(a: Point, b: Point) -> Point:
    return _unit(b[0] - a[0], b[1] - a[1])


def _reflected(tangent: Point, chord: Point) -> Point:
    """The direction at one end of an arc whose other end has `tangent`."""
    along = tangent[0] * chord[0] + tangent[1] * chord[1]
    return _unit(2 * along * chord[0] - tangent[0], 2 * along * chord[1] - tangent[1])


def _tangents(points: tuple[Point, ...], start: Point | None, end: Point | None) -> list[Point]:
    first, last = _chord(points[0], points[1]), _chord(points[-2], points[-1])
    tangents: list[Point] = [first] * len(points)
    for i in range(1, len(points) - 1):
        before, after = math.dist(points[i - 1], points[i]) or 1e-6, math.dist(points[i], points[i + 1]) or 1e-6
        (ax, ay), (bx, by) = _chord(points[i - 1], points[i]), _chord(points[i], points[i + 1])
        # The nearer neighbour counts more, so that unevenly spaced points give no loops.
        tangents[i] = _unit(ax * after + bx * before, ay * after + by * before)
    if len(points) == 2:
        tangents[0] = _unit(*start) if start else _reflected(_unit(*end), first) if end else first
        tangents[1] = _unit(*end) if end else _reflected(_unit(*start), first) if start else first
        return tangents
    tangents[0] = _unit(*start) if start else _reflected(tangents[1], first)
    tangents[-1] = _unit(*end) if end else _reflected(tangents[-2], last)
    return tangents


def spline(*points: Point, start: Point | None = None, end: Point | None = None) -> Curve:
    """A smooth curve through `points` (at least two); `start` and `end` give the directions at its ends."""
    tangents = _tangents(points, start, end)
    result: list[Point] = [points[0]]
    for i in range(len(points) - 1):
        (ax, ay), (bx, by) = points[i], points[i + 1]
        handle = math.dist(points[i], points[i + 1]) / 3
        (tx, ty), (ux, uy) = tangents[i], tangents[i + 1]
        result += [(ax + tx * handle, ay + ty * handle), (bx - ux * handle, by - uy * handle), (bx, by)]
    return tuple(result)


def line(*points: Point) -> Curve:
    """Straight strokes through `points`, corners kept."""
    result: list[Point] = [points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        dx, dy = (bx - ax) / 3, (by - ay) / 3
        result += [(ax + dx, ay + dy), (bx - dx, by - dy), (bx, by)]
    return tuple(result)


def join(*curves: Curve) -> Curve:
    """One curve after the other; a gap between two is closed by a straight stroke."""
    result: list[Point] = list(curves[0])
    for curve in curves[1:]:
        if math.dist(result[-1], curve[0]) > 1e-6:
            result += line(result[-1], curve[0])[1:]
        result += curve[1:]
    return tuple(result)


def reverse(curve: Curve) -> Curve:
    """The same curve from its end to its start."""
    return curve[::-1]


def mirror(curve: Curve) -> Curve:
    """The curve reflected in the axis x = 0."""
    return tuple((-x, y) for x, y in curve)


def flip(curve: Curve, side: int) -> Curve:
    """`curve` for side 1, its mirror image for side -1."""
    return curve if side > 0 else mirror(curve)


def symmetric(half: Curve) -> Curve:
    """The closed outline whose right half, from the axis back to the axis, is `half`."""
    return join(half, reverse(mirror(half)))


def across(half: Curve) -> Curve:
    """The open curve from left to right whose right half, starting on the axis, is `half`."""
    return join(mirror(reverse(half)), half)


def shift(curve: Curve, dx: float, dy: float) -> Curve:
    """The curve moved by (dx, dy)."""
    return tuple((x + dx, y + dy) for x, y in curve)


def path(curve: Curve, closed: bool = True) -> str:
    """The SVG path of a curve: one M, then C for each stroke, then Z if `closed`."""
    strokes = [f"M{curve[0][0]:.3f} {curve[0][1]:.3f}"]
    for i in range(1, len(curve), 3):
        strokes.append("C" + " ".join(f"{x:.3f} {y:.3f}" for x, y in curve[i : i + 3]))
    return "".join(strokes) + ("Z" if closed else "")


def map_path(svg: str, change: Callable[[float, float], Point]) -> str:
    """An SVG path made by `path` with every point changed."""

    def changed(match: re.Match[str]) -> str:
        x, y = change(float(match[1]), float(match[2]))
        return f"{x:.2f} {y:.2f}"

    return _NUMBER_PAIR.sub(changed, svg)


def points_of(svg: str) -> list[Point]:
    """All points, handles included, of an SVG path made by `path`."""
    return [(float(x), float(y)) for x, y in _NUMBER_PAIR.findall(svg)]


def _split(stroke: Curve, t: float) -> tuple[Curve, Curve]:
    def mix(p: Point, q: Point) -> Point:
        return p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t

    a, b, c, d = stroke
    ab, bc, cd = mix(a, b), mix(b, c), mix(c, d)
    abc, bcd = mix(ab, bc), mix(bc, cd)
    middle = mix(abc, bcd)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def cut(curve: Curve, y: float) -> tuple[Curve, Curve]:
    """The parts of a curve that runs downwards, above and below the height `y` (clamped to its ends)."""
    if y <= curve[0][1]:
        return curve[:1], curve
    for i in range(0, len(curve) - 1, 3):
        if curve[i + 3][1] >= y:
            low, high = 0.0, 1.0
            for _ in range(30):
                middle = (low + high) / 2
                low, high = (middle, high) if _split(curve[i : i + 4], middle)[0][3][1] < y else (low, middle)
            above, below = _split(curve[i : i + 4], high)
            return curve[:i] + above, below + curve[i + 4 :]
    return curve, curve[-1:]


def between(curve: Curve, top: float, bottom: float) -> Curve:
    """The part of a curve that runs downwards which lies between two heights."""
    return cut(cut(curve, bottom)[0], top)[1]


def x_at(curve: Curve, y: float) -> float:
    """Where a curve that runs downwards passes the height `y`."""
    return cut(curve, y)[0][-1][0]


def ellipse(x: float, y: float, rx: float, ry: float) -> Curve:
    """A closed ellipse around (x, y)."""
    top, right, low, left = (x, y - ry), (x + rx, y), (x, y + ry), (x - rx, y)
    k, m = 0.5523 * rx, 0.5523 * ry
    return (
        top, (x + k, y - ry), (x + rx, y - m), right, (x + rx, y + m), (x + k, y + ry),
        low, (x - k, y + ry), (x - rx, y + m), left, (x - rx, y - m), (x - k, y - ry), top,
    )  # fmt: skip
