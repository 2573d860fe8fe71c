"""Tailored garments: coat, blazer and waistcoat."""

from __future__ import annotations

import dataclasses

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes import assembly, belts, fastenings, quilted
from stylist.garments.shapes.beziers import Curve, join, line, shift, spline, x_at
from stylist.garments.shapes.collars import Lapel, ShirtCollar
from stylist.garments.shapes.necks import back_neck, hood, neckline, stand_collar
from stylist.garments.shapes.sketch import Sketch, shade
from stylist.garments.shapes.sleeves import Sleeve, sleeve
from stylist.garments.shapes.upper_body import Block, block

COAT_LENGTHS = {
    "cropped": 70.0,
    "mini": 84.0,
    "knee": 102.0,
    "midi": 116.0,
    "maxi": 130.0,
    "ankle": 130.0,
    "full": 116.0,
    "long": 116.0,
}
BLAZER_LENGTHS = {"cropped": 52.0, "mini": 74.0, "knee": 80.0, "midi": 80.0, "full": 76.0, "long": 76.0}


def hem_to(body: Block, edge_x: float, sag: float = 1.0) -> Curve:
    """The hem of one front from the side seam to the front edge at `edge_x`."""
    return spline((body.hem, body.hem_y), ((body.hem + edge_x) / 2, body.hem_y + sag * 0.7), (edge_x, body.hem_y + sag))


def _cutaway(body: Block, edge_x: float, rise: float = 9.0) -> Curve:
    """A hem whose front corner is rounded."""
    low = body.hem_y + 1.0
    return spline(
        (body.hem, body.hem_y),
        (body.hem * 0.55, low),
        (edge_x + 5.5, low - 0.5),
        (edge_x + 1.2, low - rise * 0.55),
        (edge_x, low - rise),
        end=(-0.06, -1),
    )


def tailored_sleeves(sketch: Sketch, arm: Sleeve | None, count: int = 3) -> None:
    """Two-piece sleeves with buttons at the vent."""
    assembly.put_sleeves(sketch, arm, "plain", soft=0.9)
    if arm is None or arm.length < 50:
        return
    seam = spline(*(arm.at(arm.length * k, 0.80) for k in (0.42, 0.6, 0.8, 1.0)))
    sketch.lines(seam, "seam", 1.6, opacity=0.45)
    for i in range(count):
        x, y = arm.at(arm.length - 3.0 - 2.0 * i, 0.16)
        for sign in (-1, 1):
            sketch.button(sign * x, y, 0.42)


def slanted_welts(sketch: Sketch, body: Block, y: float) -> None:
    """Slit pockets for the hands on both sides, about the height `y`."""
    x = x_at(body.side, y)
    fastenings.welt_pocket(sketch, (x * 0.60, y + 7.5), (x * 0.74, y - 8.0), -2.6)


def _low_pockets(sketch: Sketch, kind: str, x: float, y: float, width: float) -> None:
    """Pockets below the waist whose inner upper corner is (x, y)."""
    if kind in ("patch", "chest"):
        fastenings.patch_pocket(sketch, x, y, width, width * 1.15)
    elif kind == "welt":
        fastenings.welt_pocket(sketch, (x, y), (x + width, y + 0.9), 1.2)
    elif kind != "none":
        fastenings.flap_pocket(sketch, fastenings.flap(x, y, width, 5.2, 0.9), stitched=False)


def double_rows(sketch: Sketch, top: float, bottom: float, rows: int, x: float, radius: float) -> None:
    """Two columns of buttons, `x` from the centre."""
    for sign in (-1, 1):
        fastenings.buttons(sketch, sign * x, top, bottom, rows, radius)


def blazer(spec: GarmentSpec) -> Garment:
    """A tailored jacket, single- or double-breasted, with notched, peaked or shawl lapels."""
    sketch = Sketch(spec.seed)
    body = block(spec, assembly.length(spec, BLAZER_LENGTHS, 67.0), 1.0, flare=1.0)
    if spec.fit != "loose":
        body = dataclasses.replace(body, waist=body.waist - (0.9 if spec.gender == "women" else 0.5))
    double = spec.details.get("closure") == "double-breasted"
    kind = spec.details.get("collar", "peak" if double else "notch")
    kind = kind if kind in ("notch", "peak", "shawl") else "notch"
    waist = body.waist_y
    lapel = Lapel(
        body.neck, waist - (2.0 if double else 5.5), -7.0 if double else -1.8, 9.0 if kind == "peak" else 8.0, 9.5, kind
    )
    hem = hem_to(body, lapel.front_x) if double else _cutaway(body, lapel.front_x)
    edge = join(line(hem[-1], (lapel.front_x, lapel.break_y)), lapel.edge)
    tailored_sleeves(sketch, sleeve(spec, body, cuff=12.2), 4 if spec.gender == "men" else 3)
    lapel.back(sketch)
    over = assembly.over_side(spec)
    satin = {"material": "satin", "printed": False} if kind == "shawl" else {}
    assembly.put_fronts(
        sketch,
        body,
        edge,
        over,
        (lapel.shadow,),
        hem,
        spec.sleeve != "sleeveless",
        dress=lambda sign: lapel.side(sketch, sign, **satin),
    )
    _blazer_details(sketch, spec, body, waist)
    if double:
        double_rows(sketch, lapel.break_y + 1.5, lapel.break_y + 11.5, 2, 5.6, 0.8)
        double_rows(sketch, lapel.break_y - 8.0, lapel.break_y - 8.0, 1, 7.6, 0.8)
    elif kind == "shawl":
        sketch.button(0.0, lapel.break_y + 1.6, 0.85)
    else:
        fastenings.buttons(sketch, 0.0, lapel.break_y + 1.6, lapel.break_y + 11.0, 2, 0.8)
    return sketch.garment()


def _blazer_details(sketch: Sketch, spec: GarmentSpec, body: Block, waist: float) -> None:
    x = x_at(body.side, waist)
    dart = spline((x * 0.56, body.underarm + 3.0), (x * 0.55, waist), (x * 0.58, waist + 9.0))
    sketch.lines(dart, "seam", 1.6, opacity=0.6)
    if spec.gender == "women":
        sketch.lines(
            spline((body.chest - 1.0, body.underarm + 0.3), (x * 0.86, waist), (body.hem * 0.86, body.hem_y)),
            "seam",
            1.5,
            opacity=0.45,
        )
    if body.hem_y > waist + 16:
        _low_pockets(sketch, spec.details.get("pockets", "flap"), x * 0.42, waist + 8.5, 12.5)
    y = body.underarm - 2.0
    fastenings.welt_pocket(sketch, (body.chest * 0.36, y + 0.6), (body.chest * 0.80, y - 0.9), 2.0, (1,))


def coat(spec: GarmentSpec) -> Garment:
    """An overcoat: notched, peaked, shawl (wrapped and tied) or a high funnel collar; single- or double-breasted."""
    if spec.material == "down":
        return quilted.puffer(spec if spec.length else dataclasses.replace(spec, length="knee"))
    sketch, long = Sketch(spec.seed), assembly.length(spec, COAT_LENGTHS, 94.0)
    body = block(spec, long, 2.0, flare=7.0 if spec.gender == "women" else 3.5)
    collar = spec.details.get("collar", "notch")
    if collar in ("funnel", "stand", "band", "none", "hood", "point", "peter-pan", "button-down"):
        return _buttoned_coat(spec, sketch, body, collar)
    closure = spec.details.get("closure", "tie" if collar == "shawl" else "buttons")
    wrapped, double = closure in ("wrap", "tie"), closure == "double-breasted" or collar == "peak"
    kind = collar if collar in ("notch", "peak", "shawl") else "notch"
    front_x = -9.0 if wrapped else -7.6 if double else -2.4
    lapel = Lapel(body.neck, body.waist_y - (3.0 if wrapped else 9.0), front_x, 10.5 if wrapped else 9.2, 10.5, kind)
    hem = hem_to(body, front_x)
    tailored_sleeves(sketch, sleeve(spec, body, cuff=13.5, room=0.6), 0 if wrapped else 3)
    lapel.back(sketch)
    over = assembly.over_side(spec)
    edge = join(line(hem[-1], (front_x, lapel.break_y)), lapel.edge)
    assembly.put_fronts(
        sketch,
        body,
        edge,
        over,
        (lapel.shadow,),
        hem,
        spec.sleeve != "sleeveless",
        dress=lambda sign: lapel.side(sketch, sign),
    )
    pockets = spec.details.get("pockets", "patch" if wrapped else "welt")
    if pockets == "welt":
        slanted_welts(sketch, body, body.waist_y + 15)
    else:
        _low_pockets(sketch, pockets, x_at(body.side, body.waist_y + 12) * 0.42, body.waist_y + 11, 14.5)
    if wrapped:
        belts.belt(sketch, body, body.waist_y - 2.2, 4.4, tied=True)
    elif double:
        double_rows(sketch, lapel.break_y + 2.0, lapel.break_y + 30.0, 3, 5.8, 1.1)
    else:
        fastenings.buttons(sketch, 0.0, lapel.break_y + 2.0, lapel.break_y + 30.0, 3, 1.1)
    return sketch.garment()


def _buttoned_coat(spec: GarmentSpec, sketch: Sketch, body: Block, collar: str) -> Garment:
    """A coat closed up to the neck: with a turn-down collar, a funnel, or none; a row of buttons or a covered front."""
    front = neckline("crew", body.neck, 6.4)
    leaf = ShirtCollar(body.neck, (11.0, 12.5), 2.8, 5.6, rounded=collar == "peter-pan")
    double = spec.details.get("closure") == "double-breasted"
    front_x = -7.0 if double else -2.4
    hem = hem_to(body, front_x)
    tailored_sleeves(sketch, sleeve(spec, body, cuff=13.0, room=0.5), 0)
    turned = collar in ("point", "peter-pan", "button-down")
    if collar == "hood":
        hood(sketch, body.neck, back_only=True)
    elif turned:
        leaf.back(sketch)
    elif collar == "none":
        back_neck(sketch, front)
    edge = join(line(hem[-1], (front_x, 7.2)), line((front_x, 7.2), (0.0, front[0][1])), front)
    shadows = (leaf.shadow,) if turned else ()
    assembly.put_fronts(sketch, body, edge, assembly.over_side(spec), shadows, hem, sleeved=spec.sleeve != "sleeveless")
    if double:
        double_rows(sketch, 14.0, body.waist_y + 8.0, 3, 5.4, 1.1)
    else:
        fastenings.buttons(sketch, 0.0, 11.0, body.waist_y + 20.0, 5, 1.0)
    slanted_welts(sketch, body, body.waist_y + 15)
    if collar == "hood":
        hood(sketch, body.neck)
    elif turned:
        leaf.leaves(sketch)
    elif collar != "none":
        stand_collar(sketch, body.neck, 7.0 if collar == "funnel" else 5.0, 6.4)
    return sketch.garment()


def waistcoat(spec: GarmentSpec) -> Garment:
    """A tailored waistcoat: deep V, a row of buttons, points at the hem, welt pockets."""
    sketch = Sketch(spec.seed)
    base = block(
        dataclasses.replace(spec, sleeve="sleeveless"),
        assembly.length(spec, {"cropped": 46.0, "full": 66.0, "knee": 84.0, "midi": 90.0}, 54.0),
        0.2,
    )
    body = dataclasses.replace(
        base,
        neck=base.neck - 0.2,
        shoulder=base.shoulder - 4.6,
        slope=base.slope - 1.0,
        underarm=base.underarm + 1.5,
        waist=base.waist - 0.6,
    )
    x, deep = -1.7, body.underarm + 4.5
    double = spec.details.get("closure") == "double-breasted"
    x = -6.0 if double else x
    low = body.hem_y + 6.0
    hem = join(
        spline((body.hem, body.hem_y), (body.hem * 0.62, body.hem_y + 2.0), (5.2, low)),
        line((5.2, low), (x, body.hem_y + 0.5)),
    )
    neck = spline((x, deep), (body.neck * 0.58, deep * 0.48), (body.neck, 0.0), end=(0.18, -1))
    assembly.back_armholes(sketch, body, 1.2)
    _waistcoat_back(sketch, body, deep)
    over = assembly.over_side(spec)
    assembly.put_fronts(sketch, body, join(line(hem[-1], (x, deep)), neck), over, (), hem, sleeved=False, soft=0.9)
    sketch.lines(body.armhole, "edge", 1.8, opacity=0.8)
    for curve in (shift(neck, 0.8, 0.3), shift(body.armhole, -0.8, 0.2)):
        sketch.lines(curve, "stitch", 1.2, opacity=0.55)
    sketch.lines(
        spline(
            (body.chest * 0.58, body.underarm + 2.0),
            (body.waist * 0.54, body.waist_y),
            (body.waist * 0.56, body.hem_y + 1.0),
        ),
        "seam",
        1.6,
        opacity=0.6,
    )
    fastenings.welt_pocket(
        sketch, (body.waist * 0.36, body.waist_y + 3.6), (body.waist * 0.88, body.waist_y + 1.8), 1.9
    )
    fastenings.welt_pocket(
        sketch, (body.chest * 0.44, body.underarm + 0.6), (body.chest * 0.80, body.underarm - 0.7), 1.7, (1,)
    )
    if double:
        double_rows(sketch, deep + 2.5, body.hem_y - 3.0, 3, 4.6, 0.65)
    else:
        fastenings.buttons(sketch, 0.0, deep + 1.8, body.hem_y - 2.4, 5, 0.6)
    return sketch.garment()


def _waistcoat_back(sketch: Sketch, body: Block, deep: float) -> None:
    x = body.neck
    top = spline((-x, 0.0), (0.0, 1.2), (x, 0.0))
    inside = join(
        top,
        line(
            (x, 0.0),
            (x + 0.7, 1.0),
            (x * 0.7, deep * 0.55),
            (0.0, deep + 1.0),
            (-x * 0.7, deep * 0.55),
            (-x - 0.7, 1.0),
            (-x, 0.0),
        ),
    )
    sketch.part(
        inside,
        "lining",
        (shade(shift(top, 0, 4.0), 0.2, 5, 2.2), shade(line((0, 12), (0, deep)), 0.2, 8, 3)),
        tone=-0.25,
        material="satin",
        printed=False,
        volume=0.1,
    )
    tag = line((-2.0, 2.4), (2.0, 2.4), (2.0, 4.0), (-2.0, 4.0), (-2.0, 2.4))
    sketch.part(tag, "trim", color="#e9e2d3", material="satin", printed=False, volume=0.0)
