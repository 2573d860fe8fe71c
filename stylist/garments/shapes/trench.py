"""The trench coat, and the epaulettes that leather jackets took from it."""

from __future__ import annotations

import dataclasses

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes import assembly, belts
from stylist.garments.shapes.beziers import flip, join, line, shift, spline
from stylist.garments.shapes.collars import Lapel
from stylist.garments.shapes.sketch import Sketch, shade
from stylist.garments.shapes.sleeves import Sleeve, sleeve
from stylist.garments.shapes.tailored import COAT_LENGTHS, double_rows, hem_to, slanted_welts
from stylist.garments.shapes.upper_body import Block, block


def trench_coat(spec: GarmentSpec) -> Garment:
    """A double-breasted trench coat: storm flap, epaulettes, belt with buckle, strapped cuffs."""
    sketch = Sketch(spec.seed)
    body = block(spec, assembly.length(spec, COAT_LENGTHS, 100.0), 1.8, flare=10.0 if spec.gender == "women" else 6.0)
    body = dataclasses.replace(body, waist=body.waist - (2.0 if spec.gender == "women" else 0.8))
    lapel = Lapel(body.neck, 27.0, -7.4, 9.6, 10.5, "notch")
    hem = hem_to(body, lapel.front_x)
    arm = sleeve(spec, body, cuff=13.4, room=0.6)
    assembly.put_sleeves(sketch, arm, "hem", soft=1.1)
    if arm and arm.length > 50:
        _sleeve_straps(sketch, arm)
    lapel.back(sketch)
    over = assembly.over_side(spec)
    edge = join(line(hem[-1], (lapel.front_x, lapel.break_y)), lapel.edge)

    def dress(sign: int) -> None:
        if sign == over:
            x = lapel.front_x + 0.9
            sketch.line(flip(line((x, lapel.break_y), (x, body.hem_y)), over), "stitch", 1.3, opacity=0.7)
            _storm_flap(sketch, body, lapel, over)
        lapel.side(sketch, sign, stitched=True)

    assembly.put_fronts(sketch, body, edge, over, (lapel.shadow,), hem, arm is not None, 1.2, dress)
    waist = body.waist_y
    for y, x in ((lapel.break_y + 2.5, 7.2), (waist + 9.0, 5.8), (waist + 20.0, 5.8)):
        double_rows(sketch, y, y, 1, x, 1.0)
    slanted_welts(sketch, body, waist + 16)
    for foot in (0.30, 0.62):
        sketch.lines(
            spline(
                (body.waist * foot, waist + 3.0),
                (body.waist * foot * 1.05, waist + 14),
                (body.hem * foot * 1.02, waist + 30),
            ),
            "fold",
            2.4,
            opacity=0.6,
        )
    belts.belt(sketch, body, waist - 2.4, 4.8)
    epaulettes(sketch, body)
    return sketch.garment()


def _sleeve_straps(sketch: Sketch, arm: Sleeve) -> None:
    strap = arm.band(arm.length - 9.5, arm.length - 6.6, 0.6)
    sketch.pair(strap, "strap", grain=arm.grain, volume=0.4)
    for t in (arm.length - 9.5, arm.length - 6.6):
        sketch.lines(arm.across(t, 0.6), "edge", 1.3, opacity=0.6)
    for sign in (-1, 1):
        x, y = arm.at(arm.length - 8.0, 0.42)
        tilt = arm.along(arm.length)
        frame = line(
            (x - 1.5, y - 1.8),
            (x + 1.5, y - 1.8),
            (x + 1.5 + tilt[0], y + 2.2),
            (x - 1.5 + tilt[0], y + 2.2),
            (x - 1.5, y - 1.8),
        )
        sketch.line(flip(frame, sign), "edge", 5.0, color="#5b4636")


def _storm_flap(sketch: Sketch, body: Block, lapel: Lapel, side: int) -> None:
    seam, depth = body.shoulder_seam, body.underarm
    inner = spline((body.neck * 0.72, 6.0), (5.4, depth * 0.75), (4.6, depth + 3.4))
    lower = spline((4.6, depth + 3.4), (10.0, depth + 4.6), (body.chest - 0.6, depth - 1.2))
    hole = spline((body.chest - 0.6, depth - 1.2), (body.shoulder - 1.7, body.slope + 10.0), body.tip)
    flap = join(inner, lower, hole, seam[::-1], line((body.neck, 0.0), inner[0]))
    under_lapel = shade(flip(shift(lapel.lapel, 0.35, 0.8), side), 0.36, 0.0, 0.7, fill=True)
    sketch.part(flip(flap, side), "body", (under_lapel,), volume=0.3)
    sketch.line(flip(join(inner, lower), side), "edge", 1.5, opacity=0.7)
    sketch.line(flip(join(shift(inner, 0.8, -0.8), shift(lower, 0.0, -0.9)), side), "stitch", 1.3, opacity=0.7)


def epaulettes(sketch: Sketch, body: Block) -> None:
    """Buttoned straps on the shoulders."""
    (x, y), n = body.tip, body.neck + 3.6
    slope = y / (x - body.neck)
    strap = join(
        line((x + 0.8, y + 0.4), (n + 1.0, slope * 3.4 - 0.6)),
        spline((n + 1.0, slope * 3.4 - 0.6), (n - 0.6, slope * 3.0 + 1.2), (n + 0.8, slope * 3.2 + 3.0)),
        line((n + 0.8, slope * 3.2 + 3.0), (x - 0.2, y + 4.4), (x + 0.8, y + 0.4)),
    )
    sketch.pair(strap, "strap", grain=22.0, volume=0.35)
    sketch.lines(strap, "edge", 1.3, opacity=0.6)
    for sign in (-1, 1):
        sketch.button(sign * (n + 1.5), slope * 3.4 + 1.3, 0.65)
