"""Putting a garment for the upper body together: sleeves with their cuffs, fronts with their hem, bare armholes."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping

from stylist.garments.parts import GarmentSpec, Shade
from stylist.garments.shapes.beziers import Curve, flip, join, line, reverse, shift, spline, symmetric, x_at
from stylist.garments.shapes.fastenings import ribbed_cuffs, ribbed_hem
from stylist.garments.shapes.necks import WIDTHS
from stylist.garments.shapes.sketch import Sketch, mirrored, shade
from stylist.garments.shapes.sleeves import Sleeve, elbow_lines, sleeve_shades
from stylist.garments.shapes.upper_body import Block, block, front, strip, torso, torso_lines, torso_shades

TOP_LENGTHS = {
    "cropped": 47.0,
    "mini": 76.0,
    "knee": 84.0,
    "midi": 92.0,
    "maxi": 92.0,
    "ankle": 92.0,
    "full": 74.0,
    "long": 74.0,
}
"""Where the hem of a top lies, in centimetres for women; a regular one ends at 62."""


def length(spec: GarmentSpec, table: Mapping[str, float], default: float) -> float:
    """The hem of the spec's length in a table of a type, `default` if the table does not know it."""
    return table.get(spec.length or "", default)


def default_sleeve(spec: GarmentSpec, kind: str) -> GarmentSpec:
    """The spec with sleeves of `kind` if it names none."""
    return spec if spec.sleeve else dataclasses.replace(spec, sleeve=kind)


def over_side(spec: GarmentSpec) -> int:
    """Which front lies on top: the left in the picture for women, the right for all others."""
    return -1 if spec.gender == "women" else 1


def top_block(spec: GarmentSpec, neckline_kind: str = "crew", ease: float = 0.0) -> Block:
    """The block of a top: its neck as wide as the kind of neckline asks, its shoulders narrower without sleeves."""
    body = block(spec, length(spec, TOP_LENGTHS, 62.0), ease)
    if spec.sleeve == "sleeveless":
        body = dataclasses.replace(
            body, shoulder=body.shoulder - 2.6, slope=body.slope - 0.6, underarm=body.underarm + 0.5
        )
    wide = min(WIDTHS.get(neckline_kind, 0.0), body.shoulder - body.neck - 3.5)
    return dataclasses.replace(body, neck=body.neck + wide)


def put_sleeves(sketch: Sketch, arm: Sleeve | None, finish: str = "hem", rib: float = 6.0, soft: float = 1.0) -> None:
    """Both sleeves; `finish` is hem (a stitched turn-up), rib, cuff (a shirt's), turned (a wide one) or plain."""
    if arm is None:
        return
    short = arm.length < 30
    rib = min(rib, 3.0) if short else rib
    end = arm.length - rib if finish == "rib" else arm.length
    bow = 0.9 if short else 0.6
    sketch.pair(arm.outline(end, bow), "sleeve", sleeve_shades(arm, sketch, soft), grain=arm.grain, volume=0.6)
    if finish == "rib":
        ribbed_cuffs(sketch, arm, rib, 0.15 if short else 0.6)
    elif finish == "cuff" and not short:
        _shirt_cuff(sketch, arm)
    elif finish == "turned":
        depth = 2.6 if short else 6.0
        fold = (shade(arm.across(arm.length - depth + 0.3), 0.12, 0.8, 0.4),)
        sketch.pair(arm.band(arm.length - depth, arm.length + 0.2, bow), "cuff", fold, grain=arm.grain)
        sketch.lines(arm.across(arm.length - depth, bow), "edge", 1.5, opacity=0.7)
    elif finish == "hem":
        for gap in (2.0, 2.4) if short else (1.6, 2.0):
            sketch.lines(arm.across(arm.length - gap, bow), "stitch", 1.3, opacity=0.75)
    if finish in ("hem", "plain", "turned"):
        sketch.lines(arm.across(arm.length, bow), "edge", 1.4, opacity=0.5)
    elbow_lines(arm, sketch)


def _shirt_cuff(sketch: Sketch, arm: Sleeve, height: float = 5.6) -> None:
    start = arm.length - height
    cuff = arm.band(start, arm.length + 0.2, tight=0.1 if arm.bishop < 1 else 0.6)
    sketch.pair(cuff, "cuff", (shade(arm.across(start + 0.3), 0.22, 0.9, 0.5),), grain=arm.grain, volume=0.4)
    sketch.lines(arm.across(start), "seam", 2.0)
    for t in (start + 0.5, arm.length - 0.6):
        sketch.lines(arm.across(t, 0.55), "stitch", 1.2, opacity=0.6)
    for share in (0.30, 0.44, 0.72):
        sketch.lines(spline(arm.at(start, share), arm.at(start - 5.0, share - 0.04)), "fold", 1.8, opacity=0.6)
    x, y = arm.at(start + height * 0.5, 0.22)
    for sign in (-1, 1):
        sketch.button(sign * x, y + 0.4, 0.42)


def put_torso(
    sketch: Sketch,
    body: Block,
    neck: Curve,
    finish: str = "hem",
    sleeved: bool = True,
    shadows: tuple[Shade, ...] = (),
    hem: Curve | None = None,
    soft: float = 1.0,
    rib: float = 6.0,
) -> None:
    """The front in one piece: `finish` is hem (stitched), rib, or plain.

    `hem` is a curve of its own, from the side seam to the centre, instead of the straight hem of the block.
    """
    outline = torso(body, neck)
    if hem is not None:
        outline = symmetric(join(neck, body.shoulder_seam, body.armhole, body.side, hem))
    elif finish == "rib":
        outline = torso(dataclasses.replace(body, hem_y=body.hem_y - rib + 0.4), neck)
    sketch.part(outline, "body", torso_shades(body, sketch, soft) + shadows, volume=0.55)
    torso_lines(body, sketch)
    if sleeved:
        sketch.lines(body.armhole, "seam", 2.0, opacity=0.9)
    sketch.lines(shift(body.shoulder_seam, 0.0, 0.15), "seam", 1.6, opacity=0.5)
    if finish == "rib":
        ribbed_hem(sketch, body, rib, 0.9)
    elif finish == "hem" and hem is not None:
        sketch.lines(shift(hem, -0.25, -0.8), "stitch", 1.3, opacity=0.7)
    elif finish == "hem":
        for gap in (2.1, 2.6):
            y = body.hem_y - gap
            x = x_at(body.side, y)
            sketch.line(spline((-x, y), (0.0, y + 0.8), (x, y)), "stitch", 1.3, opacity=0.75)


def put_fronts(
    sketch: Sketch,
    body: Block,
    edge: Curve,
    over: int = 1,
    shadows: tuple[Shade, ...] = (),
    hem: Curve | None = None,
    sleeved: bool = True,
    soft: float = 1.0,
    dress: Callable[[int], None] | None = None,
) -> None:
    """Two fronts of an open garment, that of side `over` on top; `edge` and `hem` as in `upper_body.front`.

    `dress` adds to each side what lies on it (a lapel, a storm flap), so that the upper front covers that of the lower.
    """
    outline, shades = front(body, edge, hem=hem), torso_shades(body, sketch, soft)
    for sign in (-over, over):
        below = tuple(mirrored(s)[1] for s in shadows) if sign < 0 else shadows
        sketch.part(flip(outline, sign), "body", shades + below, volume=0.5)
        sketch.line(flip(edge, sign), "edge", 1.7, opacity=0.7)
        if sign == over:
            torso_lines(body, sketch)
        if sleeved:
            sketch.line(flip(body.armhole, sign), "seam", 2.0, opacity=0.9)
        sketch.line(flip(shift(body.shoulder_seam, 0.0, 0.15), sign), "seam", 1.6, opacity=0.5)
        if dress:
            dress(sign)


def back_armholes(sketch: Sketch, body: Block, opening: float = 1.6) -> None:
    """The inside of the back beside the armholes of a sleeveless garment; draw it before the front."""
    hole, last = body.armhole, len(body.armhole) - 1
    rear = tuple((x + opening * math.sin(math.pi * (i / last) ** 0.8), y) for i, (x, y) in enumerate(hole))
    inside = tuple((x - 2.5, y + 0.8) for x, y in hole)
    sketch.pair(join(rear, reverse(inside)), "lining", (shade(hole, 0.2, 1.6, 0.7),), tone=-0.25, volume=0.1)


def bound_armholes(sketch: Sketch, body: Block, width: float = 1.1, rib: bool = False) -> None:
    """The binding or rib around the armholes of a sleeveless garment."""
    hole, last = body.armhole, len(body.armhole) - 1
    inner = tuple((x - width * (0.9 - 0.35 * i / last), y + width * 0.75 * i / last) for i, (x, y) in enumerate(hole))
    band = join(hole, line(hole[-1], inner[-1]), reverse(inner))
    sketch.pair(band, "rib" if rib else "trim", printed=False, volume=0.3)
    sketch.lines(inner, "seam", 1.7, opacity=0.8)
    if not rib:
        sketch.lines(shift(inner, -0.35, 0.1), "stitch", 1.2, opacity=0.6)


def shirt_hem(body: Block, side_up: float = 5.0) -> tuple[Block, Curve]:
    """The block shortened at the sides and the curved hem, from the side seam to the centre, of a shirt tail."""
    short = dataclasses.replace(body, hem_y=body.hem_y - side_up)
    x, y, low = short.hem, short.hem_y, body.hem_y + 1.5
    curve = spline(
        (x, y), (x * 0.86, y + side_up * 0.62), (x * 0.55, low - 0.6), (0.0, low), start=(-0.25, 1), end=(-1, 0)
    )
    return short, curve


def side_vents(sketch: Sketch, body: Block, height: float = 4.0) -> None:
    """Short slits in the side seams above the hem."""
    for sign in (-1, 1):
        x, y = body.hem, body.hem_y
        slit = flip(line((x - 0.15, y), (x_at(body.side, y - height) - 0.2, y - height)), sign)
        sketch.line(slit, "seam", 2.2)
        sketch.line(shift(slit, -0.8 * sign, 0.2), "stitch", 1.2, opacity=0.7)


def yoke(sketch: Sketch, body: Block, y: float) -> None:
    """The seam of a yoke that comes a little to the front below the shoulders."""
    x = body.shoulder - 0.6
    middle = ((body.neck + x) / 2, y + 0.2)
    sketch.lines(spline((body.neck + 0.8, y - 1.6), middle, (x, y + body.slope - 0.6)), "seam", 1.8, opacity=0.8)


def hem_band(sketch: Sketch, body: Block, height: float = 4.5, role: str = "waistband") -> None:
    """A straight band of cloth at the hem, as of a denim jacket."""
    sketch.part(strip(body, body.hem_y - height, body.hem_y), role, volume=0.35)
    for gap, kind, width in ((height, "seam", 2.0), (0.5, "stitch", 1.3)):
        y = body.hem_y - gap
        x = x_at(body.side, y)
        sketch.line(spline((-x, y), (0.0, y + 0.8), (x, y)), kind, width)
