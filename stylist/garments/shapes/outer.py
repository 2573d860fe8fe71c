"""The eleven types of outerwear, of which hoodie, cardigan, jacket, jumper (a zipped blouson) and vest are drawn here.

Details: `choices.py` lists what each type can have. A vest is a waistcoat unless its material is down or its closure a zip
(quilted) or its closure none (a knitted slipover). A detail that a type cannot have is not drawn.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes import assembly, fastenings, quilted, short_jackets, tailored, trench
from stylist.garments.shapes.beziers import across, flip, join, line, reverse, shift, spline, x_at
from stylist.garments.shapes.choices import chosen
from stylist.garments.shapes.collars import ShirtCollar
from stylist.garments.shapes.necks import back_neck, hood, neck_band, neck_rib, neckline, stand_collar
from stylist.garments.shapes.short_jackets import JACKET_LENGTHS, blouson, closed_fronts
from stylist.garments.shapes.sketch import Sketch, shade
from stylist.garments.shapes.sleeves import sleeve
from stylist.garments.shapes.upper_body import Block, block


def jumper(spec: GarmentSpec) -> Garment:
    """A zipped blouson: bomber with a knitted collar, hooded windbreaker, or Harrington with a turn-down collar."""
    kind = chosen(spec, "collar")
    sketch, body = blouson(spec, 59.0)
    arm = sleeve(spec, body, cuff=10.2, room=1.3)
    assembly.put_sleeves(sketch, arm, "rib", 5.5, soft=1.5)
    collar = ShirtCollar(body.neck, (9.5, 11.0), 2.6, 6.0)
    if kind == "hood":
        hood(sketch, body.neck, 15.5, back_only=True)
    elif kind == "point":
        collar.back(sketch)
    shadows = (collar.shadow,) if kind == "point" else ()
    closed_fronts(sketch, spec, body, 6.6, arm, rib=6.0, shadows=shadows)
    top = {"stand": 1.6, "hood": 6.4, "point": 5.6}[kind]
    y = body.hem_y - 17.0
    fastenings.welt_pocket(sketch, (body.hem * 0.42, y + 9.5), (body.hem * 0.62, y - 4.0), -2.2)
    if kind == "hood":
        hood(sketch, body.neck, 15.5)
        sketch.lines(
            spline((1.0, body.underarm - 1.0), (10.0, body.underarm - 1.4), (body.shoulder - 1.6, body.underarm - 4.0)),
            "seam",
            2.0,
        )
        fastenings.cords(sketch, 3.4, 6.4, 13.0)
    elif kind == "stand":
        stand_collar(sketch, body.neck, 5.0, 6.6, "rib")
    if chosen(spec, "closure") == "buttons":
        fastenings.buttons(sketch, 0.0, top + 3.5, body.hem_y - 2.4, 6, 0.75, "snap")
    else:
        fastenings.zipper(sketch, line((0.0, top), (0.0, body.hem_y + 0.6)), 2.6)
    if kind == "point":
        collar.leaves(sketch)
    if arm and arm.length > 50 and kind == "stand":
        (ax, ay), (bx, by) = arm.at(15.0, 0.28), arm.at(24.0, 0.36)
        sketch.line(line((ax, ay), (bx, by)), "zip", 1.8)
    return sketch.garment()


def hoodie(spec: GarmentSpec) -> Garment:
    """A hooded sweatshirt, pulled over the head or zipped, with its pocket and cords."""
    zipped = chosen(spec, "closure") == "zip"
    body = block(spec, assembly.length(spec, assembly.TOP_LENGTHS, 63.0), 0.9)
    sketch = Sketch(spec.seed)
    arm = sleeve(spec, body, cuff=10.0, room=1.0)
    assembly.put_sleeves(sketch, arm, "rib", 6.5, soft=1.3)
    if arm is None:
        assembly.back_armholes(sketch, body)
    hood(sketch, body.neck, 16.5, 8.0, back_only=True)
    front = neckline("crew", body.neck, 7.2)
    if zipped:
        closed_fronts(sketch, spec, body, 7.2, arm, rib=6.5)
    else:
        assembly.put_torso(sketch, body, front, "rib", sleeved=arm is not None, soft=1.2, rib=6.5)
    if chosen(spec, "pockets") == "kangaroo":
        fastenings.kangaroo_pocket(sketch, body, split=zipped)
    if arm is None:
        assembly.bound_armholes(sketch, body, 1.6, rib=True)
    if zipped:
        fastenings.zipper(sketch, line((0.0, 7.4), (0.0, body.hem_y + 0.6)), 2.4)
    hood(sketch, body.neck, 16.5, 8.0)
    fastenings.cords(sketch, 3.2, 6.8, 17.0, "#ece8df" if spec.details.get("cords") == "white" else None)
    return sketch.garment()


def cardigan(spec: GarmentSpec) -> Garment:
    """A knitted jacket: buttoned with a V or round neck, or long and open with a shawl collar."""
    shawl, crew = chosen(spec, "collar") == "shawl", chosen(spec, "neckline") == "crew"
    lengths = {"cropped": 46.0, "mini": 74.0, "knee": 92.0, "midi": 106.0, "maxi": 112.0, "full": 86.0, "long": 86.0}
    body = block(spec, assembly.length(spec, lengths, 74.0 if shawl else 61.0), 0.6, flare=2.0)
    sketch = Sketch(spec.seed)
    arm = sleeve(spec, body, cuff=9.6, room=0.7)
    assembly.put_sleeves(sketch, arm, "rib", 6.0, soft=1.2)
    if arm is None:
        assembly.back_armholes(sketch, body)
    deep = 7.4 if crew else (body.hem_y - 12.0 if shawl else body.underarm + 6.0)
    half = 2.6 if shawl else 1.5
    rib = min(6.0, body.hem_y * 0.09)
    throat = (
        neckline("crew", body.neck, deep)
        if crew
        else spline(
            (half, deep),
            (body.neck * (0.86 if shawl else 0.66), deep * 0.45),
            (body.neck, 0.0),
            start=(0.1 if shawl else 0.25, -1),
            end=(0.12, -1),
        )
    )
    back_neck(sketch, join(line((0.0, deep), throat[0]), throat) if not crew else throat, rib=2.4, dip=1.8)
    low = body.hem_y + 0.6
    lower = dataclasses.replace(body, hem_y=body.hem_y - rib)
    edge = join(line((half - 0.6, lower.hem_y + 0.7), (half - 0.6, deep)), throat)
    assembly.put_fronts(sketch, lower, edge, assembly.over_side(spec), (), sleeved=arm is not None, soft=1.2)
    _cardigan_hem(sketch, body, rib, half)
    if chosen(spec, "pockets") == "patch" and body.hem_y > 56:
        size = 11.5 if body.hem_y < 70 else 14.0
        fastenings.patch_pocket(sketch, body.hem * 0.34, body.hem_y - rib - size * 1.15, size, size)
    _front_bands(sketch, spec, body, half, deep, low, shawl, crew)
    if arm is None:
        assembly.bound_armholes(sketch, body, 2.0, rib=True)
    return sketch.garment()


def _cardigan_hem(sketch: Sketch, body: Block, rib: float, half: float) -> None:
    top, x = body.hem_y - rib, x_at(body.side, body.hem_y - rib)
    band = join(
        spline((half - 0.6, top + 0.75), (x * 0.5, top + 0.6), (x, top)),
        line((x, top), (body.hem - 0.6, body.hem_y)),
        spline((body.hem - 0.6, body.hem_y), (body.hem * 0.5, body.hem_y + 0.6), (half - 0.6, body.hem_y + 0.7)),
        line((half - 0.6, body.hem_y + 0.7), (half - 0.6, top + 0.75)),
    )
    sketch.pair(
        band, "rib", (shade(line((0.0, top + 0.5), (x, top + 0.2)), 0.2, 0.9, 0.5),), volume=0.35, printed=False
    )
    for i in range(1, 18):
        k = half + (x - half) * i / 18
        sketch.lines(line((k, top + 0.6), (k * (body.hem - 0.6) / x, body.hem_y + 0.4)), "rib", 1.3, opacity=0.5)
    sketch.lines(spline((half, top + 0.75), (x * 0.5, top + 0.6), (x, top)), "seam", 1.8)


def _front_bands(
    sketch: Sketch, spec: GarmentSpec, body: Block, half: float, deep: float, low: float, shawl: bool, crew: bool
) -> None:
    """The knitted band up both fronts and around the neck, with its buttons."""
    over = assembly.over_side(spec)
    wide = 5.2 if shawl else 2.6
    if crew:
        fastenings.placket(sketch, deep - 1.6, low, 2.8, 0.0, printed=False)
        neck_rib(sketch, neckline("crew", body.neck, deep), 2.4, stitched=False)
    else:
        for sign in (-over, over):
            outer = join(
                line((half, low), (half, deep)),
                spline(
                    (half, deep),
                    (body.neck * (0.86 if shawl else 0.66) + (1.6 if shawl else 0.0), deep * 0.45),
                    (body.neck + (1.0 if shawl else 0.0), 0.6),
                    start=(0.1 if shawl else 0.25, -1),
                    end=(0.12, -1),
                ),
            )
            near = half - wide if shawl else -half
            inner = join(
                line((near, low), (near, deep + 1.0)),
                spline(
                    (near, deep + 1.0),
                    (body.neck * (0.86 if shawl else 0.66) - wide * 0.86, deep * 0.44),
                    (body.neck - 1.9, -1.3),
                    start=(0.1 if shawl else 0.3, -1),
                    end=(0.15, -1),
                ),
            )
            band = join(outer, line(outer[-1], inner[-1]), reverse(inner), line(inner[0], outer[0]))
            sketch.part(
                flip(band, sign),
                "rib",
                (shade(flip(shift(outer, -0.4, 0), sign), 0.12, 0.8, 0.4), shade(flip(inner, sign), -0.08, 1.0, 0.5)),
                volume=0.3,
                printed=False,
            )
            sketch.line(flip(outer, sign), "seam", 1.8, opacity=0.8)
            sketch.line(flip(inner, sign), "edge", 1.4, opacity=0.6)
    if not shawl:
        fastenings.buttons(sketch, 0.0, deep + (1.8 if not crew else 0.4), low - 3.0, 7 if crew else 5, 0.72)


def jacket(spec: GarmentSpec) -> Garment:
    """A field jacket with four pockets; collarless, a braided short jacket; hooded or with a stand collar, a parka."""
    collar = chosen(spec, "collar")
    if collar == "none":
        return _braided_jacket(spec)
    sketch, body = blouson(spec, 68.0, 1.3)
    arm = sleeve(spec, body, cuff=11.4, room=0.8)
    assembly.put_sleeves(sketch, arm, "cuff" if arm and arm.length > 50 else "hem", soft=1.3)
    if arm is None:
        assembly.back_armholes(sketch, body)
    leaf = ShirtCollar(body.neck, (9.6, 11.4), 2.8, 5.4)
    if collar == "hood":
        hood(sketch, body.neck, 16.0, back_only=True)
    elif collar == "point":
        leaf.back(sketch)
    closed_fronts(sketch, spec, body, 6.6, arm, 2.6, shadows=(leaf.shadow,) if collar == "point" else ())
    over = assembly.over_side(spec)
    if chosen(spec, "closure") == "buttons":
        fastenings.buttons(sketch, 0.0, 9.5, body.hem_y - 9.0, 6, 0.75)
        sketch.line(line((2.4 * over, 7.5), (2.4 * over, body.hem_y + 0.5)), "stitch", 1.3)
    else:
        sketch.line(line((2.6 * over, 7.0), (2.6 * over, body.hem_y + 0.6)), "stitch", 1.4)
        fastenings.buttons(sketch, 0.4 * over, 9.5, body.hem_y - 4.0, 5, 0.6, "snap")
    _jacket_pockets(sketch, spec, body)
    sketch.lines(
        spline((body.neck + 2.5, 4.2), (body.neck + 6.0, 5.2), (body.shoulder - 1.0, body.slope + 4.2)), "seam", 1.8
    )
    waist = body.waist_y + 1.0
    sketch.lines(
        spline((3.0, waist + 0.8), (body.waist * 0.5, waist + 0.6), (x_at(body.side, waist), waist)),
        "stitch",
        1.5,
        opacity=0.8,
    )
    if collar == "hood":
        hood(sketch, body.neck, 16.0)
        fastenings.cords(sketch, 3.4, 6.6, 11.0)
    elif collar == "stand":
        stand_collar(sketch, body.neck, 5.4, 6.6)
    else:
        leaf.leaves(sketch)
    return sketch.garment()


def _jacket_pockets(sketch: Sketch, spec: GarmentSpec, body: Block) -> None:
    kind = chosen(spec, "pockets")
    if kind == "none":
        return
    low, x = body.waist_y + 7.5, body.hem * 0.34
    if kind == "welt":
        fastenings.welt_pocket(sketch, (x + 0.6, low + 10.0), (x + 4.6, low - 2.0), -2.2)
        return
    chest_y, chest_x = body.underarm - 5.5, body.chest * 0.28
    if body.hem_y > low + 13 and kind != "chest":
        fastenings.patch_pocket(sketch, x, low, 13.0, 14.5)
        if kind != "patch":
            fastenings.flap_pocket(sketch, fastenings.flap(x - 0.3, low - 1.0, 13.6, 5.2, 0.3, 1.0), button="snap")
    fastenings.patch_pocket(sketch, chest_x, chest_y, 11.0, 12.5)
    if kind != "patch":
        fastenings.flap_pocket(
            sketch, fastenings.flap(chest_x - 0.3, chest_y - 0.8, 11.6, 4.6, 0.2, 1.0), button="snap"
        )


def _braided_jacket(spec: GarmentSpec) -> Garment:
    """A short collarless jacket, edge to edge, with braid along its edges and four patch pockets."""
    body = block(spec, assembly.length(spec, JACKET_LENGTHS, 56.0), 0.8)
    sketch = Sketch(spec.seed)
    arm = sleeve(spec, body, cuff=11.4)
    assembly.put_sleeves(sketch, arm, "plain")
    if arm is None:
        assembly.back_armholes(sketch, body)
    front = neckline("crew", body.neck, 8.2)
    back_neck(sketch, front, rib=1.6)
    edge = join(line((0.0, body.hem_y + 0.8), (0.0, front[0][1])), front)
    assembly.put_fronts(sketch, body, edge, assembly.over_side(spec), sleeved=arm is not None)
    braid: dict[str, Any] = {"tone": -0.45, "printed": False, "volume": 0.5, "material": "wool"}
    for x, y, w in ((body.chest * 0.26, body.underarm - 4.0, 10.0), (body.hem * 0.30, body.hem_y - 17.0, 12.0)):
        fastenings.patch_pocket(sketch, x, y, w, w * 1.05)
        sketch.pair(fastenings.box(x - 0.1, y - 0.2, w + 0.2, 1.3), "trim", **braid)
        for sign in (-1, 1):
            sketch.button(sign * (x + w / 2), y + 2.6, 0.6, "rivet", "#c9a24d")
    neck_band(sketch, front, 1.6, **braid)
    sketch.pair(fastenings.box(0.0, front[0][1] - 1.2, 1.4, body.hem_y - front[0][1] + 2.0), "trim", **braid)
    low = spline((0.0, body.hem_y + 0.8), (body.hem * 0.5, body.hem_y + 0.7), (body.hem, body.hem_y))
    sketch.pair(join(low, line(low[-1], (body.hem, body.hem_y - 1.3)), reverse(shift(low, 0.0, -1.3))), "trim", **braid)
    if arm:
        sketch.pair(arm.band(arm.length - 1.3, arm.length), "trim", grain=arm.grain, **braid)
    fastenings.buttons(sketch, 1.9, front[0][1] + 3.0, body.hem_y - 6.0, 5, 0.75, "rivet")
    sketch.line(across(front), "edge", 1.4, opacity=0.5)
    return sketch.garment()


def vest(spec: GarmentSpec) -> Garment:
    """A waistcoat, a quilted vest or a knitted slipover; see the module."""
    closure = spec.details.get("closure")
    if closure == "zip" or spec.material in ("down", "synthetic", "fleece"):
        return quilted.puffer(dataclasses.replace(spec, sleeve="sleeveless"))
    if closure == "none" or (closure is None and spec.material in ("knit", "cashmere")):
        return _slipover(spec)
    return tailored.waistcoat(spec)


def _slipover(spec: GarmentSpec) -> Garment:
    base = block(spec, assembly.length(spec, assembly.TOP_LENGTHS, 58.0), 0.6)
    body = dataclasses.replace(
        base, neck=base.neck + 0.4, shoulder=base.shoulder - 3.2, slope=base.slope - 0.7, underarm=base.underarm + 1.6
    )
    sketch = Sketch(spec.seed)
    front = neckline("crew" if spec.details.get("neckline") == "crew" else "v", body.neck)
    assembly.back_armholes(sketch, body)
    back_neck(sketch, front, rib=2.4)
    assembly.put_torso(sketch, body, front, "rib", sleeved=False)
    assembly.bound_armholes(sketch, body, 2.2, rib=True)
    neck_rib(sketch, front, 2.4, stitched=False)
    return sketch.garment()


OUTLINES: dict[str, Callable[[GarmentSpec], Garment]] = {
    "coat": tailored.coat,
    "trench-coat": trench.trench_coat,
    "puffer": quilted.puffer,
    "jacket": jacket,
    "blazer": tailored.blazer,
    "denim-jacket": short_jackets.denim_jacket,
    "leather-jacket": short_jackets.leather_jacket,
    "jumper": jumper,
    "hoodie": hoodie,
    "cardigan": cardigan,
    "vest": vest,
}
