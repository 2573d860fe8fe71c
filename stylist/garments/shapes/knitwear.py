"""Sweaters, sweatshirts and turtlenecks: soft shoulders, ribbed necks, cuffs and hems."""

from __future__ import annotations

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes import assembly, fastenings
from stylist.garments.shapes.beziers import Curve, line, shift, spline
from stylist.garments.shapes.choices import CHOICES, chosen
from stylist.garments.shapes.necks import back_neck, neck_rib, neckline, roll_neck
from stylist.garments.shapes.sketch import Sketch
from stylist.garments.shapes.sleeves import Sleeve, sleeve
from stylist.garments.shapes.upper_body import Block


def raglan_seams(sketch: Sketch, body: Block) -> None:
    """Seams from the neck to the underarms in place of armholes."""
    seam = spline(
        (body.neck - 0.6, 1.6),
        (body.shoulder * 0.66, body.underarm * 0.5),
        (body.chest, body.underarm),
        start=(0.35, 1),
    )
    sketch.lines(seam, "seam", 2.0)
    sketch.lines(shift(seam, -0.5, 0.25), "stitch", 1.2, opacity=0.6)


def _knitwear(spec: GarmentSpec, kind: str, room: float, rib: float) -> tuple[Sketch, Block, Sleeve | None, Curve]:
    """What sweaters, sweatshirts and turtlenecks share: ribbed ends, soft shoulders. The neck is the caller's."""
    sketch, body = Sketch(spec.seed), assembly.top_block(spec, kind, 0.4)
    arm = sleeve(spec, body, cuff=9.4, room=room)
    front = neckline(kind, body.neck)
    assembly.put_sleeves(sketch, arm, "rib", rib, soft=1.1)
    if arm is None:
        assembly.back_armholes(sketch, body)
    return sketch, body, arm, front


def _knit_front(sketch: Sketch, spec: GarmentSpec, body: Block, arm: Sleeve | None, front: Curve, rib: float) -> None:
    raglan = "shoulder" in CHOICES[spec.type] and chosen(spec, "shoulder") == "raglan"
    assembly.put_torso(sketch, body, front, "rib", sleeved=arm is not None and not raglan, soft=1.1, rib=rib)
    if arm is None:
        assembly.bound_armholes(sketch, body, 2.0, rib=True)
    elif raglan:
        raglan_seams(sketch, body)


def _half_zip(sketch: Sketch, body: Block, height: float) -> None:
    """A stand-up collar that a short zip closes, its sides falling open a little."""
    roll_neck(sketch, body.neck, height, folded=False)
    fastenings.zipper(sketch, line((0.0, 2.0 - height), (0.0, 17.5)), 2.0)
    for x in (-1.1, 1.1):
        sketch.line(line((x, 6.8), (x, 18.4)), "stitch", 1.3, opacity=0.7)
    sketch.line(line((-1.1, 18.4), (1.1, 18.4)), "stitch", 1.3, opacity=0.7)


def sweater(spec: GarmentSpec) -> Garment:
    """A knitted pullover with ribbed neck, cuffs and hem."""
    spec = assembly.default_sleeve(spec, "long")
    kind = chosen(spec, "neckline")
    zipped = chosen(spec, "closure") == "half-zip"
    kind = "mock" if zipped else kind
    sketch, body, arm, front = _knitwear(spec, kind, 0.5, 6.0)
    if kind != "mock":
        back_neck(sketch, front, rib=2.4)
    _knit_front(sketch, spec, body, arm, front, 6.0)
    if zipped:
        _half_zip(sketch, body, 4.6)
    elif kind == "mock":
        roll_neck(sketch, body.neck, 4.0, folded=False)
    else:
        neck_rib(sketch, front, 1.6 if kind == "boat" else 2.5, stitched=False)
    return sketch.garment()


def sweatshirt(spec: GarmentSpec) -> Garment:
    """A loopback sweatshirt with a V-shaped insert below its ribbed neck."""
    spec = assembly.default_sleeve(spec, "long")
    kind, zipped = chosen(spec, "neckline"), chosen(spec, "closure") == "half-zip"
    kind = "mock" if zipped else kind
    sketch, body, arm, front = _knitwear(spec, kind, 0.9, 6.5)
    if kind != "mock":
        back_neck(sketch, front, rib=2.4)
    _knit_front(sketch, spec, body, arm, front, 6.5)
    if chosen(spec, "pockets") == "kangaroo":
        fastenings.kangaroo_pocket(sketch, body)
    if zipped:
        _half_zip(sketch, body, 4.4)
    elif kind == "mock":
        roll_neck(sketch, body.neck, 4.0, folded=False)
    else:
        notch = line((-3.4, 6.8), (0.0, 12.4), (3.4, 6.8), (0.0, 7.4), (-3.4, 6.8))
        sketch.part(notch, "rib", printed=False, volume=0.1)
        sketch.line(line((-3.4, 6.8), (0.0, 12.4), (3.4, 6.8)), "stitch", 1.6)
        neck_rib(sketch, front, 2.4)
    return sketch.garment()


def turtleneck(spec: GarmentSpec) -> Garment:
    """A fine knitted pullover with a folded (or mock) roll neck."""
    spec = assembly.default_sleeve(spec, "long")
    sketch, body, arm, front = _knitwear(spec, "turtle", -0.1, 5.0)
    _knit_front(sketch, spec, body, arm, front, 5.0)
    if chosen(spec, "neckline") == "mock":
        roll_neck(sketch, body.neck, 4.6, folded=False)
    else:
        roll_neck(sketch, body.neck, 8.0)
    return sketch.garment()
