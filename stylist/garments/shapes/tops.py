"""The eight types of tops: T-shirt, tank top, polo, shirt, blouse, sweater, sweatshirt and turtleneck.

Details: `choices.py` lists what each type can have.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes import assembly, blouses, fastenings, knitwear
from stylist.garments.shapes.beziers import Curve, across, flip, join, line, shift, spline, symmetric
from stylist.garments.shapes.choices import chosen
from stylist.garments.shapes.collars import Lapel, ShirtCollar, band_collar
from stylist.garments.shapes.knitwear import raglan_seams
from stylist.garments.shapes.necks import back_neck, neck_rib, neckline, roll_neck
from stylist.garments.shapes.sketch import Sketch, mirrored
from stylist.garments.shapes.sleeves import Sleeve, sleeve
from stylist.garments.shapes.upper_body import Block, block, torso_shades


def t_shirt(spec: GarmentSpec) -> Garment:
    """A jersey T-shirt with a ribbed neck and double-stitched hems."""
    spec = assembly.default_sleeve(spec, "short")
    kind = chosen(spec, "neckline")
    sketch, body = Sketch(spec.seed), assembly.top_block(spec, kind)
    arm = sleeve(spec, body, cuff=9.6)
    front = neckline(kind, body.neck)
    rib = {"boat": 0.9, "scoop": 1.3, "square": 1.2, "v": 1.8}.get(kind, 2.1)
    assembly.put_sleeves(sketch, arm)
    if arm is None:
        assembly.back_armholes(sketch, body)
    if kind != "mock":
        back_neck(sketch, front, rib=rib)
    assembly.put_torso(sketch, body, front, sleeved=arm is not None and chosen(spec, "shoulder") == "set-in")
    if arm is None:
        assembly.bound_armholes(sketch, body)
    elif chosen(spec, "shoulder") == "raglan":
        raglan_seams(sketch, body)
    if kind == "henley":
        fastenings.placket(sketch, front[0][1] - 0.8, 19.5, 2.8, 0.0)
        fastenings.buttons(sketch, 0.0, 9.3, 17.8, 3, 0.42)
    if kind == "mock":
        roll_neck(sketch, body.neck, 3.4, folded=False)
    else:
        neck_rib(sketch, front, rib)
    if chosen(spec, "pockets") == "chest":
        fastenings.patch_pocket(sketch, body.chest * 0.28, body.underarm - 5.5, 9.2, 10.2, (1,), 0.9)
    return sketch.garment()


def tank_top(spec: GarmentSpec) -> Garment:
    """A sleeveless top with deep armholes; with spaghetti straps, a camisole."""
    kind = chosen(spec, "neckline")
    spec = dataclasses.replace(spec, sleeve="sleeveless")
    delicate = spec.material in ("satin", "silk", "lace") and "strap" not in spec.details and kind != "halter"
    if delicate or chosen(spec, "strap") == "spaghetti" or kind == "sweetheart":
        return _camisole(spec, kind)
    sketch, body = Sketch(spec.seed), block(spec, assembly.length(spec, assembly.TOP_LENGTHS, 62.0))
    strap = {"halter": 3.0, "crew": 5.6}.get(kind, 4.4)
    neck = 7.6 if kind == "halter" else body.chest * 0.69 - strap
    body = dataclasses.replace(body, neck=neck, shoulder=neck + strap, slope=1.6 if kind == "halter" else 2.2)
    front = neckline(
        "crew" if kind == "halter" else kind,
        neck,
        {"crew": 8.0, "halter": 6.2, "v": 17.0, "square": 14.0}.get(kind, 15.0),
    )
    if kind != "halter":
        assembly.back_armholes(sketch, body, 1.0)
    back_neck(sketch, front, dip=2.0 if kind == "halter" else 5.5, rib=1.2, label=kind != "halter")
    assembly.put_torso(sketch, body, front, sleeved=False)
    assembly.bound_armholes(sketch, body, 1.2)
    neck_rib(sketch, front, 1.3)
    return sketch.garment()


def _camisole(spec: GarmentSpec, kind: str) -> Garment:
    """A top that hangs from thin straps."""
    sketch, body = Sketch(spec.seed), block(spec, assembly.length(spec, assembly.TOP_LENGTHS, 62.0))
    x, top, side_y = 10.5, 11.5, body.underarm - 1.0
    edge = {
        "v": spline((0.0, 19.0), (5.6, 14.4), (x, top), start=(0.6, -1), end=(0.8, -0.75)),
        "sweetheart": spline((0.0, 18.0), (4.2, 14.2), (8.0, 12.6), (x + 1.5, 13.5), start=(0.3, -1)),
        "square": spline((0.0, 13.4), (x * 0.6, 13.3), (x, top + 1.6), start=(1, 0)),
    }.get(kind, spline((0.0, 16.5), (x * 0.6, 15.0), (x, top), start=(1, 0), end=(0.75, -1)))
    body = dataclasses.replace(body, underarm=side_y + 1.5, chest=body.chest - 1.0)
    flank = spline(edge[-1], (body.chest - 4.5, side_y - 3.2), (body.chest, side_y + 1.5), start=(0.5, 1))
    for sign in (-1, 1):
        back = flip(spline((7.4, 0.0), (8.4, 8.0), (8.0, side_y), start=(-0.1, 1)), sign)
        sketch.line(back, "cord", 7.0, opacity=0.85)
    rear = symmetric(
        join(
            spline((0.0, side_y - 0.5), (x, side_y - 2.0), (body.chest - 0.4, side_y + 1.5), start=(1, 0)),
            line((body.chest - 0.4, side_y + 1.5), (body.chest - 3, side_y + 6), (0.0, side_y + 6)),
        )
    )
    sketch.part(rear, "lining", tone=-0.28, volume=0.1)
    hem = spline((body.hem, body.hem_y), (body.hem * 0.5, body.hem_y + 0.7), (0.0, body.hem_y + 0.8), end=(-1, 0))
    sketch.part(symmetric(join(edge, flank, body.side, hem)), "body", torso_shades(body, sketch), volume=0.5)
    for gap in (0.0, 0.9):
        sketch.line(shift(across(edge), 0.0, gap), "edge" if not gap else "stitch", 1.5, opacity=0.7)
        sketch.lines(shift(flank, -0.3 * gap, gap), "edge" if not gap else "stitch", 1.5, opacity=0.7)
    for sign in (-1, 1):
        sketch.line(flip(spline((7.4, 0.0), (9.8, top * 0.5), edge[-1], start=(0.3, 1)), sign), "cord", 8.0)
    if kind == "sweetheart":
        for k in (0.42, 0.78):
            sketch.lines(
                spline(
                    (x * k, 14.0),
                    (x * k * 1.05, 24.0),
                    (body.waist * k * 0.82, body.waist_y),
                    (body.hem * k, body.hem_y),
                ),
                "seam",
                1.8,
                opacity=0.8,
            )
    else:
        sketch.lines(
            spline((body.chest, body.underarm + 4.5), (body.chest - 5.5, body.underarm + 1.5)), "seam", 1.6, opacity=0.7
        )
    y = body.hem_y - 1.2
    sketch.line(spline((-body.hem, y), (0.0, y + 0.8), (body.hem, y)), "stitch", 1.3, opacity=0.7)
    return sketch.garment()


def polo(spec: GarmentSpec) -> Garment:
    """A piqué shirt with a soft collar, a short placket and ribbed sleeve ends."""
    spec = assembly.default_sleeve(spec, "short")
    sketch, body = Sketch(spec.seed), assembly.top_block(spec)
    arm = sleeve(spec, body, cuff=9.0)
    collar = ShirtCollar(body.neck, (8.6, 10.0), 2.0, 5.4)
    front = neckline("crew", body.neck, 6.8)
    assembly.put_sleeves(sketch, arm, "rib", 5.0)
    if arm is None:
        assembly.back_armholes(sketch, body)
    collar.back(sketch)
    assembly.put_torso(sketch, body, front, sleeved=arm is not None, shadows=mirrored(collar.shadow))
    if arm is None:
        assembly.bound_armholes(sketch, body, rib=True)
    assembly.side_vents(sketch, body)
    if chosen(spec, "closure") == "half-zip":
        fastenings.zipper(sketch, line((0.0, 5.4), (0.0, 20.5)), 1.8)
    else:
        fastenings.placket(sketch, 5.3, 20.5, 3.2, 0.0)
        sketch.line(line((-1.6, 20.5), (1.6, 20.5)), "seam", 1.8)
        fastenings.buttons(sketch, 0.0, 8.2, 17.6, 3 if spec.gender == "men" else 2, 0.45)
    collar.leaves(sketch, printed=False)
    if chosen(spec, "pockets") == "chest":
        fastenings.patch_pocket(sketch, body.chest * 0.30, body.underarm - 4.5, 9.0, 10.0, (1,), 0.9)
    return sketch.garment()


def shirt(spec: GarmentSpec) -> Garment:
    """A woven shirt with a collar on a stand, a full placket, buttoned cuffs and a curved hem."""
    spec = assembly.default_sleeve(spec, "long")
    kind = chosen(spec, "collar")
    sketch, body = Sketch(spec.seed), assembly.top_block(spec)
    arm = sleeve(spec, body, cuff=11.0, room=0.3)
    body, hem = assembly.shirt_hem(body)
    camp = kind == "notch"
    assembly.put_sleeves(sketch, arm, "cuff" if arm and arm.length > 50 else "turned")
    if arm is None:
        assembly.back_armholes(sketch, body)
    if camp:
        _camp_front(sketch, spec, body, hem, arm)
    else:
        _collared_front(sketch, spec, body, hem, kind, arm)
    if arm is None:
        assembly.bound_armholes(sketch, body)
    return sketch.garment()


def _collared_front(sketch: Sketch, spec: GarmentSpec, body: Block, hem: Curve, kind: str, arm: Sleeve | None) -> None:
    collar = ShirtCollar(body.neck, (7.4, 12.0) if kind == "button-down" else (7.8, 11.0), 2.6)
    front = neckline("crew", body.neck, 7.0)
    if kind == "band":
        collar = dataclasses.replace(collar, meet=6.2, fold=2.2)
    collar.back(sketch)
    shadows = () if kind == "band" else mirrored(collar.shadow)
    assembly.put_torso(sketch, body, front, hem=hem, sleeved=arm is not None, shadows=shadows)
    assembly.yoke(sketch, body, 3.2)
    half = chosen(spec, "closure") == "half-buttons"
    low = body.underarm + 12.0 if half else hem[-1][1]
    fastenings.placket(sketch, 6.2, low, 3.2, 0.0)
    fastenings.buttons(sketch, 0.0, 12.8, low - (3.0 if half else 8.0), 3 if half else 6, 0.48)
    if kind == "band":
        band_collar(sketch, body.neck)
    else:
        stand = join(
            line((-1.9, 4.4), (1.9, 4.4)),
            spline((1.9, 4.4), (2.0, 7.0)),
            spline((2.0, 7.0), (0.0, 7.5), (-2.0, 7.0)),
            line((-2.0, 7.0), (-1.9, 4.4)),
        )
        sketch.part(stand, "collar", volume=0.1)
        sketch.button(0.0, 6.1, 0.45)
        collar.leaves(sketch, buttons=kind == "button-down")
    pockets = spec.details.get("pockets", "chest" if spec.gender != "women" or spec.fit == "loose" else "none")
    x, y = body.chest * 0.27, body.underarm - 3.5
    if pockets in ("chest", "patch"):
        fastenings.patch_pocket(sketch, x, y, 10.0, 11.0, (1,), 1.2)
    elif pockets == "flap":
        fastenings.patch_pocket(sketch, x, y, 10.0, 11.5, (-1, 1), 1.2)
        fastenings.flap_pocket(sketch, fastenings.flap(x - 0.2, y - 0.6, 10.4, 3.4, 0.0, 1.2), button="button")


def _camp_front(sketch: Sketch, spec: GarmentSpec, body: Block, hem: Curve, arm: Sleeve | None) -> None:
    """An open collar: two fronts whose tops fold back to small lapels."""
    lapel = Lapel(body.neck, 17.5, -1.6, 5.6, 9.0)
    lapel.back(sketch)
    foot = join(hem, line(hem[-1], (lapel.front_x, hem[-1][1])))
    edge = join(line(foot[-1], (lapel.front_x, lapel.break_y)), lapel.edge)
    over = assembly.over_side(spec)
    assembly.put_fronts(
        sketch,
        body,
        edge,
        over,
        (lapel.shadow,),
        foot,
        arm is not None,
        dress=lambda sign: lapel.side(sketch, sign, stitched=True),
    )
    sketch.lines(shift(hem, -0.25, -0.8), "stitch", 1.3, opacity=0.7)
    sketch.line(flip(line((1.5, lapel.break_y + 1.0), (1.5, hem[-1][1])), over), "stitch", 1.3, opacity=0.7)
    fastenings.buttons(sketch, 0.0, lapel.break_y + 1.6, hem[-1][1] - 7.0, 5, 0.48)
    if spec.details.get("pockets", "chest") != "none":
        fastenings.patch_pocket(sketch, body.chest * 0.27, body.underarm - 1.5, 10.0, 11.0, (1,), 0.0)


OUTLINES: dict[str, Callable[[GarmentSpec], Garment]] = {
    "t-shirt": t_shirt,
    "tank-top": tank_top,
    "polo": polo,
    "shirt": shirt,
    "blouse": blouses.blouse,
    "sweater": knitwear.sweater,
    "sweatshirt": knitwear.sweatshirt,
    "turtleneck": knitwear.turtleneck,
}
