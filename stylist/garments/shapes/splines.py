"""Smooth paths through points, and moving finished layers about. Nothing here knows what a garment is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from stylist.garments.parts import Button, Line, Part

Point = tuple[float, float]
Layer = Part | Line | Button
_TOKEN = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")


def spline(points: Sequence[Point], start: bool = True) -> str:
    """A cubic Bezier path through `points` (chord-length Catmull-Rom), open; `start` says whether it begins with a move."""
    out = [f"M {_xy(points[0])}"] if start else []
    if len(points) == 2:
        return " ".join([*out, f"L {_xy(points[1])}"])
    for i in range(len(points) - 1):
        before, a, b, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, len(points) - 1)]
        first, second = _handles(before, a, b, after)
        out.append(f"C {_xy(first)} {_xy(second)} {_xy(b)}")
    return " ".join(out)


def outline(*runs: Sequence[Point]) -> str:
    """A closed path of smooth runs that meet in corners; a run may start where the one before it ended."""
    out = [spline(runs[0])]
    last = runs[0][-1]
    for run in runs[1:]:
        if math.dist(last, run[0]) > 1e-6:
            out.append(f"L {_xy(run[0])}")
        if len(run) > 1:
            out.append(spline(run, start=False))
        last = run[-1]
    return " ".join([*out, "Z"])


def loop(points: Sequence[Point], corner: float = 180.0) -> str:
    """A closed smooth path through `points`; a turn sharper than `corner` degrees stays a corner."""
    count = len(points)
    sharp = [_turn(points[i - 1], points[i], points[(i + 1) % count]) > corner for i in range(count)]
    out = [f"M {_xy(points[0])}"]
    for i in range(count):
        j = (i + 1) % count
        a, b = points[i], points[j]
        before = a if sharp[i] else points[i - 1]
        after = b if sharp[j] else points[(i + 2) % count]
        first, second = _handles(before, a, b, after)
        out.append(f"C {_xy(first)} {_xy(second)} {_xy(b)}")
    return " ".join([*out, "Z"])


def ellipse(x: float, y: float, rx: float, ry: float) -> str:
    """A closed ellipse of four cubic Beziers."""
    kx, ky = rx * 0.5523, ry * 0.5523
    return (
        f"M {_xy((x - rx, y))} C {_xy((x - rx, y - ky))} {_xy((x - kx, y - ry))} {_xy((x, y - ry))} "
        f"C {_xy((x + kx, y - ry))} {_xy((x + rx, y - ky))} {_xy((x + rx, y))} "
        f"C {_xy((x + rx, y + ky))} {_xy((x + kx, y + ry))} {_xy((x, y + ry))} "
        f"C {_xy((x - kx, y + ry))} {_xy((x - rx, y + ky))} {_xy((x - rx, y))} Z"
    )


def lerp(a: float, b: float, t: float) -> float:
    """The number `t` of the way from a to b."""
    return a + (b - a) * t


def between(a: Point, b: Point, t: float) -> Point:
    """The point `t` of the way from a to b."""
    return lerp(a[0], b[0], t), lerp(a[1], b[1], t)


def interpolate(keys: Sequence[Point], x: float) -> float:
    """Piecewise cubic through `keys` (x, value), x rising, without overshoot; constant beyond the ends."""
    if x <= keys[0][0]:
        return keys[0][1]
    if x >= keys[-1][0]:
        return keys[-1][1]
    i = max(k for k in range(len(keys) - 1) if keys[k][0] <= x)
    (x0, y0), (x1, y1) = keys[i], keys[i + 1]
    width, t = x1 - x0, (x - x0) / (x1 - x0)
    m0, m1 = _slope(keys, i) * width, _slope(keys, i + 1) * width
    return y0 * (2 * t**3 - 3 * t**2 + 1) + m0 * (t**3 - 2 * t**2 + t) + y1 * (3 * t**2 - 2 * t**3) + m1 * (t**3 - t**2)


def placed(layers: Iterable[Layer], scale: float, dx: float, dy: float) -> list[Layer]:
    """Layers drawn in their own units, on the canvas: p -> p * scale + (dx, dy). Line widths are canvas units and stay."""

    def place(point: Point) -> Point:
        return point[0] * scale + dx, point[1] * scale + dy

    return [_placed(layer, place, scale) for layer in layers]


def mapped(path: str, place: Callable[[Point], Point]) -> str:
    """An absolute M/L/C/Z path with every point sent through `place`."""
    out: list[str] = []
    numbers: list[float] = []
    for token in _TOKEN.findall(path):
        if token in "MLCZ":
            out.append(token)
            continue
        numbers.append(float(token))
        if len(numbers) == 2:
            out.append(_xy(place((numbers[0], numbers[1]))))
            numbers.clear()
    return " ".join(out)


def points_of(path: str) -> list[Point]:
    """All points of an absolute path, handles included."""
    numbers = [float(t) for t in _TOKEN.findall(path) if t not in "MLCZ"]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _placed(layer: Layer, place: Callable[[Point], Point], scale: float) -> Layer:
    if isinstance(layer, Button):
        x, y = place((layer.x, layer.y))
        return replace(layer, x=x, y=y, radius=layer.radius * scale)
    if isinstance(layer, Line):
        clip = mapped(layer.clip, place) if layer.clip else None
        return replace(layer, path=mapped(layer.path, place), clip=clip)
    shades = tuple(
        replace(s, path=mapped(s.path, place), width=s.width * scale, blur=s.blur * scale) for s in layer.shades
    )
    return replace(layer, path=mapped(layer.path, place), shades=shades)


def _handles(before: Point, a: Point, b: Point, after: Point) -> tuple[Point, Point]:
    """Bezier handles of the stretch a-b, a third of its length along tangents weighted by the lengths beside it."""
    length = math.dist(a, b)
    return _handle(a, before, b, length), _handle(b, after, a, length)


def _handle(at: Point, behind: Point, ahead: Point, length: float) -> Point:
    back, forth = math.dist(at, behind), math.dist(at, ahead)
    if back < 1e-9 or forth < 1e-9:
        return between(at, ahead, 1 / 3)
    tx = (at[0] - behind[0]) / back * forth + (ahead[0] - at[0]) / forth * back
    ty = (at[1] - behind[1]) / back * forth + (ahead[1] - at[1]) / forth * back
    norm = math.hypot(tx, ty)
    if norm < 1e-9:
        return between(at, ahead, 1 / 3)
    return at[0] + tx / norm * length / 3, at[1] + ty / norm * length / 3


def _slope(keys: Sequence[Point], i: int) -> float:
    if i == 0 or i == len(keys) - 1:
        j = 0 if i == 0 else i - 1
        return (keys[j + 1][1] - keys[j][1]) / (keys[j + 1][0] - keys[j][0])
    left = (keys[i][1] - keys[i - 1][1]) / (keys[i][0] - keys[i - 1][0])
    right = (keys[i + 1][1] - keys[i][1]) / (keys[i + 1][0] - keys[i][0])
    return 0.0 if left * right <= 0 else 2 * left * right / (left + right)


def _turn(a: Point, b: Point, c: Point) -> float:
    ahead = math.atan2(c[1] - b[1], c[0] - b[0])
    turn = math.degrees(ahead - math.atan2(b[1] - a[1], b[0] - a[0]))
    return abs((turn + 180) % 360 - 180)


def _xy(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"
