"""Necklines, ribbed, rolled and standing necks, and hoods, in the centimetres of `upper_body.py`.

Each is drawn in two steps: what lies behind the front (the inside of the back neck) before the torso, the rest
after it.
"""

from __future__ import annotations

from stylist.garments.shapes.beziers import Curve, Point, across, join, line, reverse, shift, spline, symmetric
from stylist.garments.shapes.sketch import Sketch, shade

RIB_LIFT = 0.55
"""How far a neck rib stands up above the shoulder seam, as a share of its width."""

DEPTHS = {
    "crew": 7.4,
    "henley": 7.4,
    "v": 16.5,
    "scoop": 13.5,
    "boat": 4.2,
    "square": 12.0,
    "sweetheart": 15.5,
    "mock": 6.6,
    "turtle": 6.6,
}
WIDTHS = {"boat": 4.6, "scoop": 1.9, "square": 2.6, "sweetheart": 3.2, "v": 0.5}
"""Centimetres by which a neckline is wider, on each side, than a crew neck."""


def neckline(kind: str, neck: float, depth: float | None = None) -> Curve:
    """The right half of a neckline from the centre front to the neck point (neck, 0)."""
    d = DEPTHS.get(kind, DEPTHS["crew"]) if depth is None else depth
    if kind == "v":
        return spline((0.0, d), (neck * 0.50, d * 0.49), (neck, 0.0), start=(0.52, -1), end=(0.22, -1))
    if kind == "square":
        corner = (neck - 1.0, d)
        return join(spline((0.0, d + 0.3), corner, start=(1, 0)), spline(corner, (neck - 0.6, d * 0.5), (neck, 0.0)))
    if kind == "sweetheart":
        side = (neck - 0.6, d * 0.62)
        cup = spline((0.0, d), (neck * 0.45, d * 0.74), side, start=(0.5, -1), end=(0.6, 0.35))
        return join(cup, spline(side, (neck, 0.0), start=(-0.1, -1)))
    if kind == "boat":
        return spline((0.0, d), (neck * 0.55, d * 0.78), (neck, 0.0), start=(1, 0), end=(0.85, -0.6))
    if kind == "scoop":
        return spline(
            (0.0, d), (neck * 0.58, d * 0.80), (neck * 0.93, d * 0.36), (neck, 0.0), start=(1, 0), end=(0.06, -1)
        )
    return spline((0.0, d), (neck * 0.62, d * 0.77), (neck * 0.95, d * 0.30), (neck, 0.0), start=(1, 0), end=(0.0, -1))


def _raised(curve: Curve, neck: float, depth: float, width: float) -> Curve:
    """The neckline `curve` moved inwards by a rib's width: `width` at the centre, standing up at the neck point."""
    lift = width * RIB_LIFT
    sx, sy = (neck - 0.72 * width) / neck, (depth - width + lift) / depth
    return tuple((x * sx, y * sy - lift) for x, y in curve)


def back_neck(sketch: Sketch, front: Curve, dip: float = 2.0, rib: float = 0.0, label: bool = True) -> None:
    """The inside of the back, seen through the opening above `front` (half, from the centre to the neck point)."""
    neck, _ = front[-1]
    top = spline((0.0, dip), (neck * 0.55, dip * 0.72), (neck, 0.0), start=(1, 0))
    lift = rib * RIB_LIFT
    rim = (
        spline((0.0, dip - rib * 0.8), (neck * 0.55, dip * 0.6 - rib * 0.75), (neck - 0.72 * rib, -lift), start=(1, 0))
        if rib
        else top
    )
    below = tuple((x * 1.04 + min(x, 0.4), y * 1.03 + 0.6) for x, y in reverse(front))
    inside = symmetric(join(rim, line(rim[-1], below[0]), below))
    gloom = shade(across(shift(top, 0, 3.2)), 0.22, 5.0, 2.2)
    sketch.part(inside, "lining", (gloom,), tone=-0.22, printed=True, volume=0.1)
    if rib:
        band = symmetric(join(rim, line(rim[-1], (neck, 0.0)), reverse(shift(top, 0, 0.25))))
        sketch.part(band, "rib", tone=-0.14, volume=0.25, printed=False)
    sketch.line(across(shift(top, 0, 0.5)), "seam", 2.0, opacity=0.8)
    if label and front[0][1] > dip + 3.5:
        y = dip + 0.75
        tag = line((-1.5, y), (1.5, y), (1.5, y + 1.3), (-1.5, y + 1.3), (-1.5, y))
        sketch.part(tag, "trim", color="#efe9dd", material="cotton", printed=False, volume=0.0)


def neck_band(sketch: Sketch, front: Curve, width: float, role: str = "trim", **look: object) -> Curve:
    """A band along the inside of the neckline `front` (half); returns the half of its upper edge."""
    (neck, _), (_, depth) = front[-1], front[0]
    inner = _raised(front, neck, depth, width)
    ends = line(front[-1], inner[-1]), line((-inner[-1][0], inner[-1][1]), (-neck, 0.0))
    band = join(across(front), ends[0], reverse(across(inner)), ends[1])
    shades = (shade(across(front), 0.18, 0.7, 0.3),)
    sketch.part(band, role, shades, **{"printed": False, "volume": 0.3, **look})
    sketch.line(across(front), "seam", 2.0)
    return inner


def neck_rib(sketch: Sketch, front: Curve, width: float = 2.0, stitched: bool = True) -> None:
    """A knitted band or a binding along the neckline, with its seam and stitches."""
    inner = neck_band(sketch, front, width, "rib")
    if width > 1.2:
        _ribs(sketch, front, inner)
    if stitched:
        sketch.line(across(tuple((x * 1.03, y + 0.55) for x, y in front)), "stitch", 1.4, opacity=0.7)


def _ribs(sketch: Sketch, outer: Curve, inner: Curve, step: int = 5) -> None:
    """Short strokes across a neck rib."""
    for i in range(0, len(outer) - 1, 3):
        for k in range(step):
            a, b = (_on(c[i : i + 4], k / step) for c in (outer, inner))
            if abs(a[0]) < 0.3:
                continue
            sketch.lines(line(a, b), "rib", 1.2, opacity=0.5)


def _on(stroke: Curve, t: float) -> Point:
    s = 1 - t
    weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    return sum(w * p[0] for w, p in zip(weights, stroke, strict=True)), sum(
        w * p[1] for w, p in zip(weights, stroke, strict=True)
    )


def roll_neck(sketch: Sketch, neck: float, height: float = 7.5, folded: bool = True, base: float = 6.6) -> None:
    """A turtleneck (folded) or mock neck: a knitted tube that stands on the neckline; draw it after the torso."""
    rim_x, top = neck - 1.9, -height
    mouth = symmetric(
        join(
            spline((0.0, top - 1.0), (rim_x * 0.6, top - 0.7), (rim_x, top), start=(1, 0)),
            spline((rim_x, top), (rim_x * 0.6, top + 1.5), (0.0, top + 2.0), end=(-1, 0)),
        )
    )
    sketch.part(mouth, "lining", tone=-0.3, volume=0.1)
    rim = spline((0.0, top + 1.9), (rim_x * 0.6, top + 1.4), (rim_x, top), start=(1, 0), end=(0.6, -0.8))
    foot = shift(reverse(neckline("turtle", neck, base)), 0.0, 0.45)
    wall = spline((rim_x, top), (rim_x + 0.3, top * 0.45), (neck, 0.0), end=(0.7, 0.8))
    tube = symmetric(join(rim, wall, foot))
    folds = (
        shade(spline((rim_x - 0.5, top), (rim_x, top * 0.4), (neck - 1, 1.5)), 0.28, 2.4, 1.0),
        shade(spline((1.5, top + 2), (2.0, base)), -0.1, 3, 1.4),
    )
    sketch.part(tube, "rib", folds, volume=0.6, printed=False)
    for k in range(-6, 7):
        x = k / 6.5
        sketch.line(
            spline((x * rim_x, top + 2.0 * (1 - x * x) ** 0.5), (x * (neck - 0.6), base * (1 - abs(x) ** 2.2) ** 0.7)),
            "rib",
            1.3,
            opacity=0.55,
        )
    if not folded:
        sketch.line(across(reverse(foot)), "seam", 2.2)
        return
    edge_x, edge_y = neck + 0.1, 0.2
    edge = spline((edge_x, edge_y - 1.0), (neck * 0.6, base * 0.42), (0.0, base * 0.52), start=(-0.3, 1), end=(-1, 0))
    flank = spline((rim_x, top), (rim_x + 1.3, top * 0.55), (edge_x, edge_y - 1.0), start=(0.9, 0.3))
    fold = symmetric(join(rim, flank, edge))
    light = (
        shade(spline((-2.0, top + 2.0), (-2.2, 2.5)), -0.14, 3.0, 1.3),
        shade(across(reverse(edge)), 0.16, 1.4, 0.7),
        shade(flank, 0.25, 2.6, 1.1),
    )
    sketch.line(across(shift(reverse(edge), 0, 0.5)), "fold", 5.0, opacity=0.5)
    sketch.part(fold, "rib", light, volume=0.7, printed=False)
    for k in range(-7, 8):
        x = k / 7.6
        sketch.line(
            spline(
                (x * rim_x, top + 0.1 + 1.8 * (1 - x * x) ** 0.5),
                (x * (rim_x + 1.2), top * 0.4),
                (x * edge_x, (base * 0.52) * (1 - abs(x) ** 2.4) ** 0.6 - 0.4),
            ),
            "rib",
            1.4,
            opacity=0.6,
        )
    sketch.line(across(rim), "edge", 1.6, opacity=0.6)


def hood(
    sketch: Sketch, neck: float, height: float = 15.0, meet: float = 7.5, back_only: bool = False, **look: object
) -> None:
    """A hood that stands behind the neck, its lining and drawn edge seen; `back_only` leaves out the front edges."""
    if back_only:
        outer = symmetric(
            join(
                spline(
                    (0.0, -height),
                    (neck * 0.85, -height * 0.86),
                    (neck + 3.4, -height * 0.42),
                    (neck + 2.6, 0.6),
                    start=(1, 0),
                    end=(-0.3, 1),
                ),
                line((neck + 2.6, 0.6), (neck - 1, 3.5), (0.0, 3.5)),
            )
        )
        shades = (
            shade(
                across(
                    spline((0.0, -height + 1.2), (neck * 0.8, -height * 0.8), (neck + 2.5, -height * 0.4), start=(1, 0))
                ),
                -0.1,
                2.0,
                1.0,
            ),
        )
        sketch.part(outer, "body", shades, volume=0.7, **look)
        rim = neck * 0.98
        hollow = symmetric(
            join(
                spline(
                    (0.0, -height * 0.80),
                    (rim * 0.7, -height * 0.70),
                    (rim, -height * 0.30),
                    (rim * 0.96, 1.0),
                    start=(1, 0),
                    end=(-0.2, 1),
                ),
                line((rim * 0.96, 1.0), (rim * 0.6, meet * 0.7), (0.0, meet + 1.0)),
            )
        )
        deep = (
            shade(spline((0.0, -height * 0.5), (0.0, meet)), 0.30, 7.0, 3.0),
            shade(spline((-rim * 0.8, 0.5), (0.0, 2.4), (rim * 0.8, 0.5)), 0.32, 4.0, 1.8),
        )
        sketch.part(hollow, "lining", deep, tone=-0.24, volume=0.15)
        sketch.line(spline((0.2, -height * 0.79), (-0.1, -height * 0.3), (0.2, 1.6)), "seam", 1.8, opacity=0.8)
        sketch.line(
            across(spline((0.0, 1.8), (rim * 0.5, 1.5), (rim * 0.94, 0.2), start=(1, 0))), "seam", 1.8, opacity=0.7
        )
        sketch.lines(
            spline((rim * 0.25, -height * 0.62), (rim * 0.5, -height * 0.3), (rim * 0.45, 0.5)),
            "fold",
            2.2,
            opacity=0.5,
        )
        return
    height_edge = -height * 0.80
    outside = spline(
        (neck + 2.7, 0.7), (neck * 0.72, meet * 0.78), (0.0, meet + 0.8), start=(-0.5, 0.8), end=(-1, 0.35)
    )
    rise = spline(
        (neck * 0.93, height_edge * 0.62), (neck * 1.32, height_edge * 0.42), (neck + 2.7, 0.7), start=(0.9, 0.3)
    )
    inner = spline(
        (0.0, meet - 1.2),
        (neck * 0.55, meet * 0.30),
        (neck * 0.90, -3.0),
        (neck * 0.93, height_edge * 0.62),
        start=(0.9, -0.5),
    )
    leaf = join(inner, rise, outside)
    light = (
        shade(inner, -0.12, 1.6, 0.8),
        shade(spline((neck + 1.6, -1.5), (neck * 0.8, 3.6), (1.0, meet)), 0.16, 2.2, 1.1),
        shade(spline((neck * 1.05, height_edge * 0.4), (neck * 0.9, -0.5), (neck * 0.5, 4.0)), 0.16, 1.2, 0.6),
    )
    sketch.pair(leaf, "collar", light, volume=0.4, **look)
    sketch.lines(tuple((x * 1.11 + 0.25, y + 0.55) for x, y in inner), "stitch", 1.4, opacity=0.75)
    sketch.lines(
        spline((neck * 1.12, height_edge * 0.36), (neck * 1.02, -0.6), (neck * 0.62, 3.9)), "fold", 2.0, opacity=0.5
    )
    sketch.lines(outside, "seam", 2.0, opacity=0.8)


def stand_collar(
    sketch: Sketch, neck: float, height: float = 5.0, base: float = 6.4, role: str = "collar", zipped: bool = True
) -> None:
    """A collar that stands around the neck and meets in front; draw it after the fronts."""
    rim_x, top = neck - 1.0, -height * 0.72
    dip = base - height * 0.98
    back = symmetric(
        join(
            spline((0.0, top - 1.5), (rim_x * 0.6, top - 1.1), (rim_x, top), start=(1, 0)),
            spline((rim_x, top), (rim_x * 0.62, dip * 0.55 + top * 0.2), (0.0, dip + 0.4), end=(-1, 0)),
        )
    )
    sketch.part(
        back, "lining", (shade(line((-rim_x, dip - 1), (rim_x, dip - 1)), 0.25, 4, 1.8),), tone=-0.25, volume=0.1
    )
    rim = spline((0.0, dip), (rim_x * 0.62, dip * 0.5 + top * 0.2), (rim_x, top), start=(1, 0.05), end=(0.6, -1))
    foot = shift(reverse(neckline("turtle", neck, base)), 0.0, 0.4)
    side = join(
        rim, spline((rim_x, top), (rim_x + 0.9, top * 0.4), (neck, 0.4), end=(0.5, 0.9)), foot, line(foot[-1], rim[0])
    )
    sketch.pair(
        side,
        role,
        (
            shade(spline((rim_x, top), (neck - 0.6, 1.0), (neck * 0.8, 4.5)), 0.18, 2.0, 1.0),
            shade(shift(rim, 0.0, 0.5), -0.1, 0.8, 0.4),
        ),
        volume=0.5,
    )
    sketch.lines(foot, "seam", 2.0)
    if role == "rib":
        for k in range(1, 8):
            a, b = _on_curve(rim, k / 8), _on_curve(reverse(foot), k / 8)
            sketch.lines(line(a, b), "rib", 1.4, opacity=0.6)
    elif zipped:
        sketch.lines(shift(rim, 0.0, 0.6), "stitch", 1.2, opacity=0.7)


def _on_curve(curve: Curve, share: float) -> Point:
    count = (len(curve) - 1) // 3
    i = min(int(share * count), count - 1)
    return _on(curve[3 * i : 3 * i + 4], share * count - i)
