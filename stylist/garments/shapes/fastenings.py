"""Plackets, zips, pockets, cords and ribs of garments for the upper body, in centimetres."""

from __future__ import annotations

import math

from stylist.garments.shapes.beziers import Curve, Point, flip, join, line, shift, spline, symmetric
from stylist.garments.shapes.sketch import Sketch, shade
from stylist.garments.shapes.sleeves import Sleeve
from stylist.garments.shapes.upper_body import Block, strip


def box(x: float, y: float, width: float, height: float, sag: float = 0.0) -> Curve:
    """A four-cornered piece whose top left corner is (x, y); the lower edge sags at its middle."""
    right, low = x + width, y + height
    foot = spline((right, low), (x + width / 2, low + sag), (x, low)) if sag else line((right, low), (x, low))
    return join(line((x, y), (right, y), (right, low)), foot, line((x, low), (x, y)))


def buttons(
    sketch: Sketch, x: float, top: float, bottom: float, count: int, radius: float = 0.55, kind: str = "button"
) -> None:
    """A column of evenly spaced buttons with their holes."""
    for i in range(count):
        y = top + (bottom - top) * i / max(count - 1, 1)
        sketch.button(x, y, radius, kind)


def placket(sketch: Sketch, top: float, bottom: float, width: float = 3.0, sag: float = 0.8, **look: object) -> None:
    """A front band down the centre, stitched along both edges."""
    half = width / 2
    band = box(-half, top, width, bottom - top + sag, 0.0)
    edge = (
        shade(line((-half, top), (-half, bottom)), 0.22, 0.6, 0.35),
        shade(line((half - 0.3, top), (half - 0.3, bottom)), -0.08, 0.6, 0.3),
    )
    sketch.part(band, "trim", edge, volume=0.05, **look)
    sketch.line(line((-half, top), (-half, bottom + sag)), "seam", 1.8, opacity=0.85)
    sketch.line(line((half, top), (half, bottom + sag)), "seam", 1.2, opacity=0.5)
    for x in (-half + 0.5, half - 0.5):
        sketch.line(line((x, top), (x, bottom + sag * 0.9)), "stitch", 1.2, opacity=0.6)


def zipper(sketch: Sketch, track: Curve, width: float = 2.2, color: str | None = None) -> None:
    """A zip along `track` (top end first), with stitching beside it."""
    for dx in (-1.1, 1.1):
        sketch.line(shift(track, dx, 0), "stitch", 1.3, opacity=0.7)
    sketch.line(track, "zip", width, color=color)


def welt_pocket(sketch: Sketch, start: Point, end: Point, depth: float = 1.6, sides: tuple[int, ...] = (-1, 1)) -> None:
    """A slit pocket with its welt between two points, on the given sides."""
    (ax, ay), (bx, by) = start, end
    length = math.dist(start, end)
    nx, ny = -(by - ay) / length * depth, (bx - ax) / length * depth
    welt = line(start, end, (bx + nx, by + ny), (ax + nx, ay + ny), start)
    for sign in sides:
        sketch.part(flip(welt, sign), "pocket", (shade(flip(line(start, end), sign), 0.35, 0.6, 0.3),), volume=0.15)
        sketch.line(flip(line(start, end), sign), "seam", 2.4)
        sketch.line(flip(line((bx + nx, by + ny), (ax + nx, ay + ny)), sign), "edge", 1.4, opacity=0.7)


def flap(x: float, y: float, width: float, height: float, slope: float = 0.6, point: float = 0.0) -> Curve:
    """A pocket flap that hangs from (x, y); its outer end is lower by `slope`, its middle comes down by `point`."""
    low = y + height
    right = x + width
    if point:
        edge = line((right, low + slope), (x + width / 2, low + slope / 2 + point), (x, low))
    else:
        edge = spline(
            (right, low + slope - 0.5),
            (right - 0.6, low + slope),
            (x + 0.6, low + 0.05),
            (x, low - 0.5),
            start=(0, 1),
            end=(0, -1),
        )
    return join(line((x, y), (right, y + slope)), edge, line(edge[-1], (x, y)))


def flap_pocket(
    sketch: Sketch, outline: Curve, sides: tuple[int, ...] = (-1, 1), button: str | None = None, stitched: bool = True
) -> None:
    """A flap, its shadow and seam, and a button or snap if asked."""
    for sign in sides:
        piece = flip(outline, sign)
        sketch.line(shift(piece, 0.0, 0.35), "fold", 5.0, opacity=0.45)
        sketch.part(piece, "pocket", (shade(flip(outline[:4], sign), 0.2, 0.7, 0.4),), volume=0.2)
        sketch.line(flip(outline[:4], sign), "seam", 2.0)
        sketch.line(piece[3:], "edge", 1.3, opacity=0.7)
        xs, ys = [p[0] for p in piece], [p[1] for p in piece]
        cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        if stitched:
            inside = tuple(((x - cx) * 0.88 + cx, (y - cy) * 0.72 + cy - 0.1) for x, y in piece)
            sketch.line(inside[3:], "stitch", 1.2, opacity=0.7)
        if button:
            sketch.button(cx, max(ys) - 1.4, 0.55, button)


def patch_pocket(
    sketch: Sketch,
    x: float,
    y: float,
    width: float,
    height: float,
    sides: tuple[int, ...] = (-1, 1),
    pointed: float = 0.0,
) -> None:
    """A sewn-on pocket with a hemmed top edge; `pointed` brings the middle of its foot down."""
    low, right, r = y + height, x + width, 1.0
    if pointed:
        foot = line((right, low), (x + width / 2, low + pointed), (x, low))
    else:
        foot = spline((right, low - r), (right - r, low), (x + r, low), (x, low - r), start=(0, 1), end=(0, -1))
    outline = join(line((x, y), (right, y), foot[0]), foot, line(foot[-1], (x, y)))
    cx, cy = x + width / 2, y + height / 2
    inside = tuple(((px - cx) * (1 - 0.8 / width) + cx, (py - cy) * (1 - 0.8 / height) + cy) for px, py in outline)
    for sign in sides:
        sketch.line(flip(shift(outline, 0.1, 0.3), sign), "fold", 4.0, opacity=0.35)
        sketch.part(
            flip(outline, sign),
            "pocket",
            (shade(flip(line((x, y + 0.3), (right, y + 0.3)), sign), -0.1, 0.8, 0.4),),
            volume=0.12,
        )
        sketch.line(flip(outline, sign), "edge", 1.4, opacity=0.65)
        sketch.line(flip(inside[3:], sign), "stitch", 1.2, opacity=0.7)
        sketch.line(flip(line((x, y + 2.0), (right, y + 2.0)), sign), "stitch", 1.2, opacity=0.6)


def kangaroo_pocket(sketch: Sketch, body: Block, split: bool = False) -> None:
    """The wide pocket of a hooded sweatshirt with slanted openings; `split` leaves room for a zip."""
    wide, low = body.hem * 0.70, body.hem_y - 6.2
    high = low - 16.0
    mouth = spline((wide * 0.62, high), (wide * 0.80, high + 6.0), (wide, high + 9.5))
    half = join(
        line((1.0 if split else 0.0, high), mouth[0]),
        mouth,
        spline((wide, high + 9.5), (wide + 0.1, low)),
        line((wide + 0.1, low), (1.0 if split else 0.0, low + 0.5)),
    )
    tops = (shade(mouth, 0.25, 1.0, 0.5), shade(shift(mouth, -0.9, 0.3), -0.1, 1.0, 0.5))
    if split:
        sketch.pair(join(half, line(half[-1], half[0])), "pocket", tops, volume=0.25)
    else:
        flipped = tuple(
            shade(c, a, w, b)
            for c, a, w, b in ((flip(mouth, -1), 0.25, 1.0, 0.5), (flip(shift(mouth, -0.9, 0.3), -1), -0.1, 1.0, 0.5))
        )
        sketch.part(symmetric(half), "pocket", tops + flipped, volume=0.25)
    sketch.lines(half, "seam", 1.8, opacity=0.9)
    sketch.lines(shift(mouth, -0.8, 0.1), "stitch", 1.3, opacity=0.8)
    sketch.lines(line((half[0][0], high + 0.7), (mouth[0][0] - 0.6, high + 0.7)), "stitch", 1.3, opacity=0.8)


def ribbed_hem(sketch: Sketch, body: Block, height: float = 6.0, inset: float = 1.0, sag: float = 0.8) -> None:
    """The knitted band that gathers the hem of a sweatshirt or bomber; `body.hem_y` is its lower edge."""
    top = body.hem_y - height
    band = strip(body, top, body.hem_y, sag, inset)
    wide = body.hem
    sides = tuple(shade(line((s * wide, top), (s * (wide - inset), body.hem_y)), 0.28, 3.5, 1.6) for s in (-1, 1))
    sketch.part(
        band,
        "rib",
        (shade(line((-wide, top + 0.3), (wide, top + 0.3)), 0.22, 0.9, 0.5), *sides),
        volume=0.4,
        printed=False,
    )
    count = 46
    for i in range(1, count):
        share = 2 * i / count - 1
        droop = sag * (1 - share * share)
        sketch.line(
            line((share * wide, top + droop + 0.2), (share * (wide - inset), body.hem_y + droop - 0.1)),
            "rib",
            1.3,
            opacity=0.5,
        )
    sketch.line(spline((-wide, top), (0.0, top + sag), (wide, top)), "seam", 2.0)


def ribbed_cuffs(sketch: Sketch, arm: Sleeve, height: float = 6.0, tight: float = 0.5) -> None:
    """Knitted cuffs at the ends of both sleeves."""
    start = arm.length - height
    cuff = arm.band(start, arm.length, tight=tight)
    sketch.pair(
        cuff,
        "rib",
        (
            shade(arm.across(start + 0.3), 0.25, 0.9, 0.5),
            shade(line(arm.inner(start), arm.inner(arm.length)), 0.25, 2.0, 0.9),
        ),
        grain=arm.grain,
        volume=0.5,
        printed=False,
    )
    for k in range(1, 9):
        share = k / 9
        (ax, ay), (bx, by) = arm.at(start + 0.2, share), arm.at(arm.length, share * 0.9 + 0.05)
        dx, dy = arm.along(start)
        bow = 1 - (2 * share - 1) ** 2
        sketch.lines(
            line((ax + dx * bow * 0.45, ay + dy * bow * 0.45), (bx + dx * bow * 0.35, by + dy * bow * 0.35)),
            "rib",
            1.3,
            opacity=0.55,
        )
    sketch.lines(arm.across(start), "seam", 2.0)


def cords(sketch: Sketch, x: float, y: float, length: float, color: str | None = None) -> None:
    """Drawstrings that hang from eyelets on both sides, with their tips."""
    for sign in (-1, 1):
        sway = sketch.rng.uniform(-0.5, 0.9)
        drop = length + sketch.rng.uniform(-1.0, 1.0)
        track = spline(
            (sign * x, y), (sign * (x + 0.3 + sway * 0.4), y + drop * 0.5), (sign * (x + sway), y + drop), start=(0, 1)
        )
        sketch.button(sign * x, y, 0.5, "eyelet")
        sketch.line(shift(track, 0.25, 0.15), "fold", 5.0, opacity=0.4)
        sketch.line(track, "cord", 6.5, color=color)
        ex, ey = track[-1]
        sketch.part(
            box(ex - 0.36, ey - 0.2, 0.72, 2.0, 0.1),
            "metal",
            color="#c9c9c6",
            material="synthetic",
            printed=False,
            volume=0.5,
        )
