"""What bags and accessories are put together from: panels, straps, rings, buckles and rows of stitches.

Units are those of the canvas. Nothing here knows which bag or accessory it becomes.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from stylist.garments.parts import Button, Line, Part
from stylist.garments.shapes.splines import Layer, Point, between, ellipse, mapped, outline, placed, points_of

Corners = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right, bottom left."""


def box(left: float, top: float, right: float, bottom: float, narrow: float = 0.0) -> Corners:
    """The corners of a rectangle whose foot is `narrow` shorter at each side (negative: wider)."""
    return (left, top), (right, top), (right - narrow, bottom), (left + narrow, bottom)


def panel(
    corners: Corners, radius: float | Sequence[float] = 20.0, bulge: Sequence[float] = (0.0, 0.0, 0.0, 0.0)
) -> str:
    """A closed four-sided panel with rounded corners. `bulge` bows top, right, bottom and left outwards by so many units."""
    radii = [float(radius)] * 4 if isinstance(radius, int | float) else list(radius)
    out: list[str] = []
    for i in range(4):
        before, at, after = corners[i - 1], corners[i], corners[(i + 1) % 4]
        enter, leave = _towards(at, before, radii[i]), _towards(at, after, radii[i])
        out.append(f"{'C' if out else 'M'} {_side(corners[i - 1], enter, bulge[i - 1], out, corners, radii, i)}")
        out.append(f"C {_xy(between(enter, at, 0.56))} {_xy(between(leave, at, 0.56))} {_xy(leave)}")
    start = _towards(corners[0], corners[3], radii[0])
    leave = _towards(corners[3], corners[0], radii[3])
    out.append(f"C {_bowed(leave, start, bulge[3])} Z")
    return " ".join(out)


def _side(
    previous: Point, enter: Point, bow: float, done: list[str], corners: Corners, radii: Sequence[float], i: int
) -> str:
    if not done:
        return _xy(enter)
    leave = _towards(previous, corners[i], radii[i - 1])
    return _bowed(leave, enter, bow)


def _bowed(a: Point, b: Point, bow: float) -> str:
    length = math.dist(a, b) or 1.0
    nx, ny = (b[1] - a[1]) / length * bow * 4 / 3, -(b[0] - a[0]) / length * bow * 4 / 3
    first, second = between(a, b, 0.3), between(a, b, 0.7)
    return f"{_xy((first[0] + nx, first[1] + ny))} {_xy((second[0] + nx, second[1] + ny))} {_xy(b)}"


def _towards(a: Point, b: Point, distance: float) -> Point:
    length = math.dist(a, b) or 1.0
    return between(a, b, min(0.5, distance / length))


def _xy(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def inset(corners: Corners, amount: float) -> Corners:
    """The corners moved inwards, for a row of stitches along a panel's edge."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    return (
        (ax + amount, ay + amount),
        (bx - amount, by + amount),
        (cx - amount, cy - amount),
        (dx + amount, dy - amount),
    )


def sampled(points: Sequence[Point], per_stretch: int = 8) -> list[Point]:
    """Points along the smooth curve (Catmull-Rom) through `points`."""
    result: list[Point] = []
    for i in range(len(points) - 1):
        p0, p1, p2, p3 = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, len(points) - 1)]
        for k in range(per_stretch):
            t = k / per_stretch
            result.append((_hermite(p0[0], p1[0], p2[0], p3[0], t), _hermite(p0[1], p1[1], p2[1], p3[1], t)))
    return [*result, points[-1]]


def _hermite(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def offset(points: Sequence[Point], distance: float) -> list[Point]:
    """The points moved to the left of the way they go."""
    result = []
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        result.append((x + (by - ay) / length * distance, y - (bx - ax) / length * distance))
    return result


def ribbon(points: Sequence[Point], width: float, end: float | None = None) -> str:
    """A strap of `width` along the smooth curve through `points`; it narrows or widens to `end`."""
    way = sampled(points)
    last = len(way) - 1
    half = [0.5 * (width + ((end if end is not None else width) - width) * i / last) for i in range(last + 1)]
    left = [offset(way, h)[i] for i, h in enumerate(half)] if end is not None else offset(way, half[0])
    right = [offset(way, -h)[i] for i, h in enumerate(half)] if end is not None else offset(way, -half[0])
    return outline(left, right[::-1])


def strap(
    points: Sequence[Point], width: float, *, tone: float = 0.0, stitched: bool = True, **part: object
) -> list[Layer]:
    """A strap as cloth with stitches along both edges."""
    layers: list[Layer] = [
        Part(ribbon(points, width), role="strap", tone=tone, printed=False, volume=0.35, **part)  # type: ignore[arg-type]
    ]
    if stitched and width > 14:
        way = sampled(points)
        for side in (1, -1):
            edge = offset(way, side * (width / 2 - 5))
            layers.append(Line(run(edge), kind="stitch", width=1.7, opacity=0.75))
    return layers


def run(points: Sequence[Point]) -> str:
    """An open path of straight, short strokes through points that lie close together."""
    return "M " + " L ".join(_xy(p) for p in points)


def ring(x: float, y: float, rx: float, ry: float, thick: float, tone: float = 0.0) -> Part:
    """A metal ring."""
    return Part(_hollow(x, y, rx, ry, thick), role="metal", printed=False, volume=0.5, tone=tone)


def _hollow(x: float, y: float, rx: float, ry: float, thick: float) -> str:
    inner = mapped(ellipse(x, y, rx - thick, ry - thick), lambda p: (p[0], 2 * y - p[1]))
    return f"{ellipse(x, y, rx, ry)} {inner}"


def frame(x: float, y: float, width: float, height: float, thick: float, radius: float = 8.0) -> Part:
    """A rectangular metal frame, the outside of a buckle, with its middle at (x, y)."""
    outer = panel(box(x - width / 2, y - height / 2, x + width / 2, y + height / 2), radius)
    inside = box(x - width / 2 + thick, y - height / 2 + thick, x + width / 2 - thick, y + height / 2 - thick)
    inner = mapped(panel(inside, max(2.0, radius - thick)), lambda p: (p[0], 2 * y - p[1]))
    return Part(f"{outer} {inner}", role="metal", printed=False, volume=0.5)


def buckle(x: float, y: float, width: float, height: float, thick: float = 8.0, upright: bool = True) -> list[Layer]:
    """A pin buckle; `upright` for a strap that runs up and down, with the pin along it."""
    pin = (
        ((x, y - height / 2 + 2), (x, y + height / 2 + 4))
        if upright
        else ((x - width / 2 - 2, y), (x + width / 2 - 2, y))
    )
    return [
        frame(x, y, width, height, thick),
        Part(ribbon(pin, thick * 0.8), role="metal", printed=False, volume=0.5, tone=0.12),
    ]


def plate(x: float, y: float, width: float, height: float, radius: float = 6.0) -> Part:
    """A solid piece of metal with its middle at (x, y)."""
    corners = box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return Part(panel(corners, radius), role="metal", printed=False, volume=0.5)


def rivets(places: Iterable[Point], radius: float = 6.0, kind: str = "rivet") -> list[Layer]:
    """Rivets, snaps or eyelets."""
    return [Button(x, y, radius, kind) for x, y in places]


def stitches(path: str, width: float = 2.0, opacity: float = 0.85) -> Line:
    """A row of stitches."""
    return Line(path, kind="stitch", width=width, opacity=opacity)


def tassel(x: float, y: float, length: float, width: float, rng: random.Random, **part: object) -> list[Layer]:
    """A leather or thread tassel that hangs from (x, y)."""
    skirt = outline(
        [(x - width * 0.3, y + length * 0.22), (x - width * 0.42, y + length * 0.6), (x - width * 0.5, y + length)],
        [
            (x - width * 0.2, y + length * 1.02),
            (x + width * 0.12, y + length * 0.99),
            (x + width * 0.5, y + length * 1.01),
        ],
        [(x + width * 0.42, y + length * 0.6), (x + width * 0.3, y + length * 0.22)],
    )
    layers: list[Layer] = [Part(skirt, role="trim", printed=False, volume=0.4, **part)]  # type: ignore[arg-type]
    for i in range(1, 7):
        top, foot = x - width * 0.3 + width * 0.6 * i / 7, x - width * 0.48 + width * 0.96 * i / 7
        layers.append(
            Line(
                f"M {top:.1f} {y + length * 0.24:.1f} L {foot + rng.uniform(-1, 1):.1f} {y + length:.1f}",
                kind="seam",
                width=1.2,
            )
        )
    cap = panel(box(x - width * 0.32, y, x + width * 0.32, y + length * 0.26), width * 0.14)
    layers.append(Part(cap, role="trim", printed=False, volume=0.6, tone=-0.08, **part))  # type: ignore[arg-type]
    return layers


def varied(
    layers: Iterable[Layer], rng: random.Random, wide: float = 0.04, tall: float = 0.04, lean: float = 0.012
) -> tuple[Layer, ...]:
    """The same thing a little wider or taller, and not quite straight, as no two copies hang alike."""
    sx, sy, slant = 1 + rng.uniform(-wide, wide), 1 + rng.uniform(-tall, tall), rng.uniform(-lean, lean)

    def place(point: Point) -> Point:
        x, y = point[0] - 500, point[1] - 520
        return 500 + x * sx + y * slant, 520 + y * sy

    return tuple(_moved(layer, place) for layer in layers)


def framed(layers: Iterable[Layer], reach: float = 850.0, largest: float = 1.3) -> tuple[Layer, ...]:
    """The layers in the middle of the canvas, enlarged (at most `largest` times) or shrunk so that they span `reach` units."""
    layers = tuple(layers)
    points = [p for layer in layers if isinstance(layer, Part) for p in points_of(layer.path)]
    points += [(b.x, b.y) for b in layers if isinstance(b, Button)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = min(largest, reach / max(right - left, bottom - top))
    return tuple(placed(layers, scale, 500 - scale * (left + right) / 2, 500 - scale * (top + bottom) / 2))


def turned(layers: Iterable[Layer], degrees: float, x: float = 500.0, y: float = 500.0) -> list[Layer]:
    """The layers turned clockwise about (x, y), their grain with them."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def place(point: Point) -> Point:
        dx, dy = point[0] - x, point[1] - y
        return x + dx * cosine - dy * sine, y + dx * sine + dy * cosine

    moved = (_moved(layer, place) for layer in layers)
    return [replace(m, grain=m.grain + degrees) if isinstance(m, Part) else m for m in moved]


def shifted(layers: Iterable[Layer], dx: float, dy: float) -> list[Layer]:
    """The layers moved by (dx, dy)."""
    return [_moved(layer, lambda p: (p[0] + dx, p[1] + dy)) for layer in layers]


def mirrored(layers: Iterable[Layer], x: float = 500.0) -> list[Layer]:
    """The layers reflected in the upright line at `x`."""
    return [_moved(layer, lambda p: (2 * x - p[0], p[1])) for layer in layers]


def _moved(layer: Layer, place) -> Layer:  # type: ignore[no-untyped-def]
    if isinstance(layer, Button):
        x, y = place((layer.x, layer.y))
        return replace(layer, x=x, y=y)
    if isinstance(layer, Line):
        return replace(layer, path=mapped(layer.path, place), clip=mapped(layer.clip, place) if layer.clip else None)
    shades = tuple(replace(s, path=mapped(s.path, place)) for s in layer.shades)
    return replace(layer, path=mapped(layer.path, place), shades=shades)


def arch(left: float, right: float, foot: float, top: float) -> list[Point]:
    """The way of a handle that stands over its two feet."""
    span = right - left
    return [
        (left, foot),
        (left + span * 0.02, foot - (foot - top) * 0.5),
        (left + span * 0.17, top + (foot - top) * 0.13),
        (left + span * 0.5, top),
        (right - span * 0.17, top + (foot - top) * 0.13),
        (right - span * 0.02, foot - (foot - top) * 0.5),
        (right, foot),
    ]


def long_strap(
    left: Point, right: Point, top: float, width: float, rng: random.Random, slider: bool = False
) -> list[Layer]:
    """A shoulder strap laid up behind the bag, its two sides not quite alike, perhaps with a slider to shorten it."""
    middle = (left[0] + right[0]) / 2 + rng.uniform(-12, 12)
    reach = (right[0] - left[0]) / 2
    way = [
        left,
        (left[0] + reach * 0.03, left[1] - (left[1] - top) * 0.45),
        (middle - reach * 0.52, top + (left[1] - top) * 0.1),
        (middle, top),
        (middle + reach * 0.55, top + (right[1] - top) * 0.12),
        (right[0] - reach * 0.04, right[1] - (right[1] - top) * 0.43),
        right,
    ]
    layers = strap(way, width)
    if slider:
        x, y = sampled(way)[-9]
        layers.append(frame(x, y, width + 24, 46, 9))
    return layers
