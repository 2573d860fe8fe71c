"""Denim and leather jackets, and what jackets that close up to the neck share."""

from __future__ import annotations

import dataclasses

from stylist.garments.parts import Garment, GarmentSpec, Shade
from stylist.garments.shapes import assembly, fastenings
from stylist.garments.shapes.beziers import Curve, flip, join, line, reverse, shift, spline
from stylist.garments.shapes.choices import chosen
from stylist.garments.shapes.collars import Lapel, ShirtCollar
from stylist.garments.shapes.necks import back_neck, neck_rib, neckline, stand_collar
from stylist.garments.shapes.sketch import Sketch, mirrored
from stylist.garments.shapes.sleeves import Sleeve, sleeve
from stylist.garments.shapes.trench import epaulettes
from stylist.garments.shapes.upper_body import Block, block

JACKET_LENGTHS = {"cropped": 47.0, "mini": 72.0, "knee": 90.0, "midi": 98.0, "full": 76.0, "long": 76.0}
THREAD = {"denim": "#c58f4e"}
"""Color of the topstitching on a fabric that is sewn with another thread."""


def blouson(spec: GarmentSpec, hem_y: float, ease: float = 1.2) -> tuple[Sketch, Block]:
    body = block(spec, assembly.length(spec, JACKET_LENGTHS, hem_y), ease)
    return Sketch(spec.seed), dataclasses.replace(body, waist=body.waist + 0.8)


def closed_fronts(
    sketch: Sketch,
    spec: GarmentSpec,
    body: Block,
    depth: float,
    arm: Sleeve | None,
    overlap: float = 0.0,
    rib: float = 0.0,
    shadows: tuple[Shade, ...] = (),
) -> Curve:
    front = neckline("crew", body.neck, depth)
    shell = dataclasses.replace(body, hem_y=body.hem_y - rib + 0.4) if rib else body
    edge = join(line((-overlap, shell.hem_y + 0.8), (-overlap, depth)), front)
    assembly.put_fronts(sketch, shell, edge, assembly.over_side(spec), shadows, sleeved=arm is not None)
    if rib:
        fastenings.ribbed_hem(sketch, body, rib, 1.2)
    return front


def denim_jacket(spec: GarmentSpec) -> Garment:
    """A trucker jacket: yoke, pointed chest flaps, V seams, waistband, metal buttons and contrast stitching."""
    thread = THREAD.get(spec.material)
    sketch, body = blouson(spec, 55.0, 1.0)
    arm = sleeve(spec, body, cuff=11.0, room=0.5)
    assembly.put_sleeves(sketch, arm, "cuff" if arm and arm.length > 50 else "hem", soft=1.3)
    if arm is None:
        assembly.back_armholes(sketch, body)
    collar = ShirtCollar(body.neck, (9.4, 11.2), 2.6, 5.2)
    bare = chosen(spec, "collar") == "none"
    front = neckline("crew", body.neck, 6.8)
    if bare:
        back_neck(sketch, front)
    else:
        collar.back(sketch)
    assembly.put_torso(
        sketch, body, front, "plain", sleeved=arm is not None, shadows=() if bare else mirrored(collar.shadow)
    )
    yoke_y, low = body.underarm - 7.0, body.hem_y - 4.6
    assembly.hem_band(sketch, body, 4.6)
    _double_stitch(
        sketch, spline((1.8, yoke_y + 0.6), (10.0, yoke_y + 0.3), (body.shoulder - 1.6, yoke_y - 0.8)), thread
    )
    x = body.chest * 0.30
    for top_x, foot_x in ((x + 0.6, body.hem * 0.22), (x + 10.2, body.hem * 0.50)):
        _double_stitch(
            sketch,
            spline((top_x, yoke_y + 4.0), ((top_x + foot_x) / 2 + 0.4, (yoke_y + low) / 2), (foot_x, low + 0.4)),
            thread,
            0.8,
        )
    fastenings.flap_pocket(sketch, fastenings.flap(x, yoke_y + 0.4, 11.0, 3.8, -0.2, 1.9), button="rivet")
    fastenings.welt_pocket(sketch, (body.hem * 0.62, low - 2.0), (body.hem * 0.74, low - 14.0), -1.7)
    fastenings.placket(sketch, 6.4, body.hem_y, 3.6)
    fastenings.buttons(sketch, 0.0, 8.6, body.hem_y - 1.8, 6, 0.75, "rivet")
    for sign in (-1, 1):
        sketch.line(flip(shift(body.armhole, -0.7, 0.0), sign), "stitch", 1.5, color=thread, opacity=0.9)
    if bare:
        neck_rib(sketch, front, 1.4)
    else:
        collar.leaves(sketch)
        for sign in (-1, 1):
            edge = tuple(((px - 5.0) * 0.86 + 5.0, (py - 5.0) * 0.86 + 4.6) for px, py in collar.leaf[15:])
            sketch.line(flip(edge, sign), "stitch", 1.4, color=thread, opacity=0.9)
    return sketch.garment()


def _double_stitch(sketch: Sketch, curve: Curve, thread: str | None, gap: float = 0.7) -> None:
    """A flat-felled seam: the seam and two rows of stitches."""
    sketch.lines(curve, "seam", 2.0)
    for k in (0.5, 1.0):
        sketch.lines(shift(curve, 0.0 if gap < 0.75 else gap * k, gap * k), "stitch", 1.5, color=thread, opacity=0.9)


def leather_jacket(spec: GarmentSpec) -> Garment:
    """A biker jacket with wide lapels and a slanted zip, or a café racer with a small stand collar."""
    kind = chosen(spec, "collar")
    sketch, body = blouson(spec, 56.0, 1.0)
    arm = sleeve(spec, body, cuff=10.6, room=0.4)
    assembly.put_sleeves(sketch, arm, "hem", soft=1.6)
    if arm and arm.length > 50:
        for sign in (-1, 1):
            track = spline(arm.at(arm.length - 11.0, 0.30), arm.at(arm.length - 0.3, 0.26))
            sketch.line(flip(track, sign), "zip", 1.7)
    return _racer(sketch, spec, body, arm) if kind != "notch" else _biker(sketch, spec, body, arm)


def _biker(sketch: Sketch, spec: GarmentSpec, body: Block, arm: Sleeve | None) -> Garment:
    over = assembly.over_side(spec)
    lapel = Lapel(body.neck, body.underarm + 5.0, -8.2, 10.4, 10.5, "notch")
    lapel.back(sketch)
    foot = (-2.2, body.hem_y + 0.8)
    hem = spline((body.hem, body.hem_y), (body.hem * 0.5, body.hem_y + 0.7), foot)
    slant = spline(foot, (-4.4, body.waist_y), (lapel.front_x, lapel.break_y), end=(-0.4, -1))

    def dress(sign: int) -> None:
        lapel.side(sketch, sign, stitched=True)
        (tip_x, tip_y), (collar_x, collar_y) = lapel.outer[0], lapel.collar[-7]
        sketch.button(sign * (tip_x - 1.5), tip_y + 0.9, 0.5, "snap")
        sketch.button(sign * (collar_x - 0.6), collar_y - 0.8, 0.5, "snap")

    assembly.put_fronts(sketch, body, join(slant, lapel.edge), over, (lapel.shadow,), hem, arm is not None, 1.3, dress)
    sketch.lines(
        spline((body.neck + 5.0, 5.6), (body.chest * 0.70, body.underarm), (body.hem * 0.62, body.hem_y)),
        "seam",
        1.8,
        opacity=0.7,
    )
    fastenings.zipper(sketch, flip(shift(reverse(slant), 1.7, 0.0), over), 2.6)
    for sign, top in ((1, body.waist_y - 3.0), (-1, body.waist_y - 3.0)):
        track = spline((body.hem * 0.80, top - 5.0), (body.hem * 0.48, top + 4.0))
        fastenings.zipper(sketch, flip(track, sign), 2.0)
    sketch.line(
        flip(spline((body.chest * 0.78, body.underarm - 3.5), (body.chest * 0.46, body.underarm + 1.0)), over),
        "zip",
        1.9,
    )
    _moto_belt(sketch, body, over)
    epaulettes(sketch, body)
    return sketch.garment()


def _moto_belt(sketch: Sketch, body: Block, over: int) -> None:
    y = body.hem_y - 4.2
    for sign in (-1, 1):
        for x in (0.46, 0.84):
            loop = fastenings.box(body.hem * x - 0.7, y - 1.2, 1.4, 5.0)
            sketch.part(flip(loop, sign), "trim", volume=0.4)
    strap = join(
        spline((-3.0, y + 0.8), (body.hem * 0.5, y + 0.5), (body.hem - 0.3, y)),
        line((body.hem - 0.3, y), (body.hem - 0.4, y + 3.0)),
        spline((body.hem - 0.4, y + 3.0), (body.hem * 0.5, y + 3.5), (-3.0, y + 3.8)),
        line((-3.0, y + 3.8), (-3.0, y + 0.8)),
    )
    sketch.part(flip(strap, over), "strap", volume=0.45)
    sketch.line(flip(strap, over), "edge", 1.4, opacity=0.6)
    frame = line((-4.6, y - 0.1), (-1.0, y - 0.1), (-1.0, y + 4.7), (-4.6, y + 4.7), (-4.6, y - 0.1))
    sketch.line(flip(frame, over), "edge", 6.0, color="#b9bcc0")
    for i in range(3):
        sketch.button(over * (1.6 + 1.8 * i), y + 2.2, 0.3, "eyelet")


def _racer(sketch: Sketch, spec: GarmentSpec, body: Block, arm: Sleeve | None) -> Garment:
    pointed = chosen(spec, "collar") == "point"
    collar = ShirtCollar(body.neck, (9.0, 10.6), 2.4, 5.4)
    if pointed:
        collar.back(sketch)
    closed_fronts(sketch, spec, body, 6.4, arm, shadows=(collar.shadow,) if pointed else ())
    sketch.lines(
        spline((1.6, body.underarm - 5.5), (10.0, body.underarm - 6.0), (body.shoulder - 1.6, body.underarm - 7.4)),
        "seam",
        2.0,
    )
    sketch.lines(
        spline(
            (body.chest * 0.62, body.underarm - 6.0), (body.chest * 0.58, body.waist_y), (body.hem * 0.62, body.hem_y)
        ),
        "seam",
        1.8,
        opacity=0.8,
    )
    for sign in (-1, 1):
        sketch.line(
            flip(line((body.chest * 0.26, body.underarm - 1.0), (body.chest * 0.56, body.underarm - 1.6)), sign),
            "zip",
            1.8,
        )
        sketch.line(
            flip(line((body.hem * 0.40, body.hem_y - 8.0), (body.hem * 0.58, body.hem_y - 19.0)), sign), "zip", 1.8
        )
    y = body.hem_y - 3.6
    sketch.line(spline((-body.hem, y), (0.0, y + 0.8), (body.hem, y)), "seam", 1.8)
    fastenings.zipper(sketch, line((0.0, 6.0 if pointed else 4.6), (0.0, body.hem_y + 0.4)), 2.6)
    if pointed:
        collar.leaves(sketch)
    else:
        stand_collar(sketch, body.neck, 4.2, 6.4)
        for sign in (-1, 1):
            sketch.button(sign * 1.4, 4.7, 0.5, "snap")
    return sketch.garment()
