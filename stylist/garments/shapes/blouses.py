"""Blouses: soft woven tops with bows, wraps, flat collars, full sleeves or bare shoulders."""

from __future__ import annotations

import dataclasses

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes import assembly, fastenings
from stylist.garments.shapes.beziers import Curve, across, flip, join, line, reverse, shift, spline, symmetric
from stylist.garments.shapes.choices import chosen
from stylist.garments.shapes.collars import ShirtCollar, band_collar
from stylist.garments.shapes.necks import back_neck, neck_rib, neckline
from stylist.garments.shapes.sketch import Sketch, mirrored, shade
from stylist.garments.shapes.sleeves import Sleeve, sleeve
from stylist.garments.shapes.upper_body import Block, block, torso_shades


def blouse(spec: GarmentSpec) -> Garment:
    """A soft woven top with full sleeves; bows, wraps, collars and bare shoulders by its details."""
    spec = assembly.default_sleeve(spec, "long")
    kind, collar, closure = (chosen(spec, key) for key in ("neckline", "collar", "closure"))
    if kind == "off-shoulder":
        return _off_shoulder(spec)
    if collar != "none" or closure == "tie":
        kind = "crew"
    sketch, body = Sketch(spec.seed), assembly.top_block(spec, kind)
    puff = 2.4 if chosen(spec, "head") == "puff" else 0.5
    long = spec.sleeve == "long"
    arm = sleeve(
        spec,
        body,
        cuff=8.6 if long else 10.5,
        room=0.5,
        puff=puff,
        bishop=4.6 if long else (1.6 if puff > 1 else 0.0),
        bell=2.2 if spec.sleeve == "three-quarter" else 0.0,
    )
    front = neckline(
        "v" if closure == "wrap" else kind, body.neck, 24.0 if closure == "wrap" else {"v": 14.0, "crew": 6.8}.get(kind)
    )
    assembly.put_sleeves(sketch, arm, "cuff" if long else ("turned" if puff > 1 else "plain"), soft=1.2)
    if arm is None:
        assembly.back_armholes(sketch, body)
    leaf = _blouse_collar(body, collar)
    if leaf or closure == "tie":
        (leaf or ShirtCollar(body.neck, fold=2.3, meet=6.0)).back(sketch)
    else:
        back_neck(sketch, front, rib=0.0)
    if closure == "wrap":
        _wrap_front(sketch, body)
    else:
        assembly.put_torso(
            sketch,
            body,
            front,
            sleeved=arm is not None,
            soft=1.3,
            shadows=mirrored(leaf.shadow) if leaf and collar != "band" else (),
        )
        _blouse_closure(sketch, body, front, closure, collar)
    if arm is None:
        assembly.bound_armholes(sketch, body, 0.8)
    elif puff > 1:
        _head_gathers(sketch, arm)
    if leaf and collar == "band":
        band_collar(sketch, body.neck)
    elif leaf:
        leaf.leaves(sketch)
    elif closure != "tie":
        neck_rib(sketch, front, 1.0)
    return sketch.garment()


def _blouse_collar(body: Block, kind: str) -> ShirtCollar | None:
    if kind == "none":
        return None
    if kind == "peter-pan":
        return ShirtCollar(body.neck, (7.2, 11.2), 0.9, 5.8, rounded=True)
    return ShirtCollar(body.neck, (7.4, 10.6), 2.3, 6.2 if kind == "band" else 4.9)


def _head_gathers(sketch: Sketch, arm: Sleeve) -> None:
    for t, reach in ((0.6, 5.0), (2.2, 6.0), (4.5, 6.0), (7.0, 5.0)):
        x, _ = arm.outer(t)
        sx = arm.body.shoulder - 0.6
        start = (sx - 0.25 * t * 0.3, arm.body.slope + t * 1.0)
        end = (start[0] + (x - start[0]) * 0.75, start[1] + reach * 0.5)
        sketch.lines(
            spline(start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 0.5), end), "fold", 1.9, opacity=0.7
        )


def _blouse_closure(sketch: Sketch, body: Block, front: Curve, closure: str, collar: str) -> None:
    top = front[0][1]
    if closure in ("buttons", "half-buttons") or collar in ("point", "peter-pan"):
        low = body.hem_y + 0.6 if closure == "buttons" else body.underarm + 10.0
        fastenings.placket(sketch, top - 0.6, low, 2.6, 0.0)
        fastenings.buttons(sketch, 0.0, top + 3.0, low - 4.0, 7 if closure == "buttons" else 4, 0.4)
    elif closure == "tie":
        _pussy_bow(sketch, body)
    elif collar == "none" and top > 12:
        sketch.line(line((0.0, top - 0.4), (0.0, top + 5.0)), "seam", 1.8, opacity=0.6)


def _pussy_bow(sketch: Sketch, body: Block) -> None:
    """A band around the neck tied in a soft bow with hanging ends."""
    low = neckline("crew", body.neck, 7.4)
    high = spline((0.0, 4.4), (body.neck * 0.6, 3.0), (body.neck - 1.2, -2.3), start=(1, 0))
    sketch.pair(
        join(low, line(low[-1], high[-1]), reverse(high), line(high[0], low[0])),
        "collar",
        (shade(shift(high, 0.3, 1.6), 0.2, 0.9, 0.5),),
        volume=0.5,
    )
    for foot, lean in ((25.0, 3.4), (27.5, 1.4)):
        sign = 1 if lean > 2 else -1
        end = join(
            spline((0.2, 7.0), (0.8 + lean * 0.5, 14.0), (lean - 0.4, foot), start=(0.2, 1)),
            line((lean - 0.4, foot), (lean + 4.8, foot - 1.6)),
            spline((lean + 4.8, foot - 1.6), (lean + 2.8, 14.5), (1.4, 7.0), end=(-0.3, -1)),
        )
        folds = tuple(
            shade(flip(spline((0.9, 8.0), (lean * 0.7 + k, 15.0), (lean + k * 2.0, foot)), sign), 0.2, 0.7, 0.4)
            for k in (0.8, 1.8)
        )
        sketch.part(flip(end, sign), "collar", folds, volume=0.5, grain=6.0 * sign)
        sketch.line(flip(end, sign), "edge", 1.3, opacity=0.5)
    for sign in (-1, 1):
        lobe = spline(
            (0.4, 6.2), (4.5, 3.2), (9.6, 4.0), (10.4, 8.2), (6.4, 10.0), (0.4, 7.6), start=(0.8, -0.6), end=(-1, -0.4)
        )
        creases = tuple(
            shade(flip(spline((0.8, 6.9), (4.5, y), (8.0, y + 0.2)), sign), 0.24, 0.8, 0.45) for y in (5.6, 7.8)
        )
        sketch.part(flip(lobe, sign), "collar", creases, volume=0.7, grain=80.0)
        sketch.line(flip(lobe, sign), "edge", 1.3, opacity=0.5)
    knot = spline((-1.5, 5.6), (0.0, 5.0), (1.6, 5.6), (1.9, 7.2), (1.2, 8.6), (-1.2, 8.6), (-1.9, 7.2), (-1.5, 5.6))
    sketch.part(knot, "collar", (shade(spline((-0.8, 5.8), (-0.2, 7.2), (-0.5, 8.4)), 0.25, 0.6, 0.3),), volume=0.8)


def _wrap_front(sketch: Sketch, body: Block) -> None:
    """Two crossed fronts tied at the side of the waist."""
    waist = body.waist_y
    shades = torso_shades(body, sketch, 1.2)
    for sign in (-1, 1):
        edge = spline(
            (-body.waist * 0.86, waist - 1.0), (0.4, 22.0), (body.neck * 0.80, 7.0), (body.neck, 0.0), end=(0.1, -1)
        )
        piece = join(
            line((-body.waist * 0.86, waist + 3.0), edge[0]), edge, body.shoulder_seam, body.armhole, body.side
        )
        bottom = spline((body.hem, body.hem_y), (0.0, body.hem_y + 0.8), (-body.hem + 1.2, body.hem_y))
        piece = join(piece, bottom, line(bottom[-1], (-body.waist * 0.86, waist + 3.0)))
        drapes = tuple(
            shade(
                flip(spline((-body.waist * 0.7, waist + k), (2.0, waist - 8 + k * 1.5), (12.0, 16.0 + k * 2.5)), sign),
                0.18,
                1.0,
                0.6,
            )
            for k in (0.0, 3.0)
        )
        sketch.part(flip(piece, sign), "body", shades + drapes, volume=0.5, grain=6.0 * sign)
        sketch.line(flip(edge, sign), "edge", 1.8, opacity=0.8)
        sketch.line(flip(tuple((x + 0.9, y + 0.3) for x, y in edge), sign), "stitch", 1.2, opacity=0.6)
    sketch.lines(body.armhole, "seam", 2.0)
    x, y = body.waist * 0.82, waist
    for lean, drop in ((2.0, 17.0), (-1.4, 14.0)):
        tail = spline((-x, y), (-x + lean, y + drop * 0.5), (-x + lean * 1.4, y + drop))
        strap = join(tail, line(tail[-1], (tail[-1][0] + 1.8, tail[-1][1] - 0.6)), reverse(shift(tail, 1.6, 0.0)))
        sketch.part(strap, "strap", volume=0.5)
    sketch.part(
        spline(
            (-x - 0.6, y - 1.0),
            (-x + 1.6, y - 1.3),
            (-x + 2.4, y + 0.6),
            (-x + 1.0, y + 1.8),
            (-x - 0.8, y + 1.2),
            (-x - 0.6, y - 1.0),
        ),
        "strap",
        volume=0.8,
    )


def _off_shoulder(spec: GarmentSpec) -> Garment:
    """Elastic across the upper arms with a flounce over it."""
    sketch = Sketch(spec.seed)
    raw = block(spec, assembly.length(spec, assembly.TOP_LENGTHS, 60.0))
    body = dataclasses.replace(
        raw,
        neck=raw.shoulder - 2.4,
        shoulder=raw.shoulder - 1.0,
        slope=0.8,
        underarm=raw.underarm - 10.5,
        waist_y=raw.waist_y - 9.0,
        hem_y=raw.hem_y - 9.0,
    )
    arm = sleeve(spec, body, cuff=9.0, room=1.6, bishop=4.0 if spec.sleeve == "long" else 0.0)
    front = neckline("boat", body.neck, 3.4)
    assembly.put_sleeves(sketch, arm, "cuff" if spec.sleeve == "long" else "plain", soft=1.2)
    back_neck(sketch, front, dip=1.4, label=False)
    assembly.put_torso(sketch, body, front, sleeved=False, soft=1.3)
    wide = body.shoulder + 5.2
    top = spline((0.0, 3.0), (wide * 0.5, 2.0), (wide * 0.9, -0.6), (wide, 0.8), start=(1, 0))
    waves = [(wide + 1.6, 10.5)]
    for i in range(1, 10):
        x = (wide + 1.4) * (1 - i / 10)
        waves.append((x, 14.4 - 3.4 * (x / wide) ** 2 + (0.75 if i % 2 else -0.55)))
    foot = spline(*waves, (0.0, 14.0), end=(-1, 0))
    flounce = symmetric(join(top, spline(top[-1], (wide + 1.6, 5.0), foot[0]), foot))
    ripples = []
    for i in range(-9, 10):
        x = (wide + 1.4) * i / 10
        ripples.append(
            shade(
                spline((x * 0.93, 3.4 - 2.6 * (x / wide) ** 2), (x * 0.98, 8.0), (x, 13.6 - 3.0 * (x / wide) ** 2)),
                0.22 if i % 2 else -0.12,
                1.0,
                0.5,
            )
        )
    sketch.part(flounce, "body", tuple(ripples), volume=0.35)
    sketch.lines(foot, "edge", 1.5, opacity=0.6)
    for gap in (0.9, 1.7):
        sketch.line(across(shift(top, -0.3, gap)), "stitch", 1.3, opacity=0.7)
    return sketch.garment()
