"""Outlines of jeans, trousers, chinos, joggers, leggings and shorts, seen from the front.

Details read: `leg` (skinny, slim, straight, wide, flared, tapered, barrel), `rise` (high, mid), `waist` (plain, belt,
elastic, paperbag), `pockets` (none, cargo), `closure` (tie: a drawstring), `hem` (cuff: turned up; raw).
Pieces are drawn in cm and placed on the canvas at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from stylist.garments.parts import Garment, GarmentSpec, Line, Part
from stylist.garments.shapes import legs, waists
from stylist.garments.shapes import trouser_details as details
from stylist.garments.shapes.legs import Cut
from stylist.garments.shapes.splines import Layer, Point, lerp, outline, placed, spline

_BLUES = frozenset({"blue", "navy", "light-blue", "black", "grey", "multicolor"})
_BELT_COLORS = ("#3a281c", "#7a4a28", "#1d1a19", "#9c6b3d")
_BAND = 3.8


def jeans(spec: GarmentSpec) -> Garment:
    """Five-pocket jeans with topstitching, rivets, whiskers and worn knees."""
    rng = Random(spec.seed)
    cut = legs.cut_for(spec, _leg(spec, "straight"), rng, _end(spec))
    return _finished(_denim(spec, cut, rng), cut)


def trousers(spec: GarmentSpec) -> Garment:
    """Tailored trousers: slant pockets, pressed creases, pleats where the leg is full."""
    rng = Random(spec.seed)
    leg = _leg(spec, "straight")
    cut = legs.cut_for(spec, leg, rng, _end(spec))
    full = leg in ("wide", "barrel", "tapered") or spec.fit == "loose"
    return _finished(_tailored(spec, cut, rng, pleats=full, creased=leg != "skinny"), cut)


def chinos(spec: GarmentSpec) -> Garment:
    """Cotton chinos: stitched slant pockets, stitched fly, horn button, soft unpressed legs."""
    rng = Random(spec.seed)
    cut = legs.cut_for(spec, _leg(spec, "slim"), rng, _end(spec))
    return _finished(_chino(spec, cut, rng), cut)


def joggers(spec: GarmentSpec) -> Garment:
    """Sweat pants: ribbed waist and ankles, drawstring, pockets in the side seams."""
    rng = Random(spec.seed)
    leg = spec.details.get("leg", "jogger")
    ribbed = leg in ("jogger", "tapered", "slim")
    cut = legs.cut_for(spec, "jogger" if ribbed else leg, rng, _end(spec, shorten=6.0 if ribbed else 0.0))
    layers = _soft(spec, cut, rng)
    if ribbed:
        layers += details.ankle_ribs(cut, rng)
    return _finished(layers, cut, below=6.0 if ribbed else 0.0)


def leggings(spec: GarmentSpec) -> Garment:
    """Close knitted leggings with a broad waistband, shaped seams and a sheen."""
    rng = Random(spec.seed)
    leg = "flared" if spec.details.get("leg") == "flared" else "legging"
    cut = legs.cut_for(spec, leg, rng, _end(spec))
    depth = 9.5 if spec.details.get("rise", "high") == "high" else 6.0
    body = Part(legs.body_path(cut), shades=legs.leg_shades(cut, 1.2), volume=0.8)
    layers: list[Layer] = [*waists.inner_back(cut.waist - 1.2, -depth), body]
    for side in (-1, 1):
        panel = [(x - side * (1.5 + 5.0 * min(1.0, y / cut.rise)), y) for x, y in legs.outseam(cut, side)]
        layers.append(Line(spline(panel), "seam", 2.0, 0.8))
        layers.append(Line(spline([(x - side * 0.4, y) for x, y in panel]), "stitch", 1.2, 0.7))
        for start, t, width, opacity in ((cut.rise + 4, 0.6, 5.0, 0.22), (cut.knee_y + 9, 0.42, 4.0, 0.18)):
            end = min(start + 20, cut.end - 3)
            if end > start + 4:
                shine = [cut.across_leg(side, lerp(start, end, f), t) for f in (0.0, 0.5, 1.0)]
                layers.append(Line(spline(shine), "glint", width, opacity))
        layers += [Line(spline(legs.hem_line(cut, side, up)), "stitch", 1.4) for up in (1.2, 1.7)]
    gusset = [
        (-3.4, cut.rise + 3.6),
        (-1.4, cut.rise - 3.5),
        (0.0, cut.rise - 6.0),
        (1.4, cut.rise - 3.5),
        (3.4, cut.rise + 3.6),
    ]
    layers += [
        Line(spline(gusset), "seam", 1.8, 0.8),
        Line(spline([(0.0, 1.0), (0.0, cut.rise - 6.0)]), "seam", 1.8, 0.7),
    ]
    layers += legs.folds(cut, rng, 0.55)
    layers += waists.band(cut.waist - 1.2, cut.waist, depth, stitched=False)
    layers.append(Line(spline(waists.across(cut.waist - 0.2, 0.7)), "stitch", 1.3, 0.8))
    return _finished(layers, cut, depth=depth)


def shorts(spec: GarmentSpec) -> Garment:
    """Shorts in the manner of their cloth: denim, sweat or sports cloth, or tailored."""
    rng = Random(spec.seed)
    man = spec.gender == "men"
    rise = (27.0 if man else 26.0) + (3.0 if spec.details.get("rise") == "high" else 0.0)
    inseam = {"mini": 6.0, "cropped": 6.0, "knee": 25.0, "midi": 33.0, "full": 25.0}.get(
        spec.length or "", 18.0 if man else 11.0
    )
    flare = {"slim": 0.3, "loose": 3.6}.get(spec.fit, 1.4) + (2.0 if spec.details.get("leg") == "wide" else 0.0)
    leg = {"slim": "slim", "skinny": "slim", "wide": "wide"}.get(spec.details.get("leg", ""), "straight")
    cut = legs.cut_for(spec, leg, rng, rise + inseam, flare)
    if spec.material == "denim":
        layers = _denim(spec, cut, rng)
    elif spec.material in ("fleece", "synthetic", "knit") or spec.details.get("waist") == "elastic":
        layers = _soft(spec, cut, rng)
    elif spec.material in ("wool", "tweed", "satin", "silk", "velvet", "leather") or spec.details.get("waist") in (
        "paperbag",
        "belt",
    ):
        layers = _tailored(
            spec, cut, rng, pleats=spec.material != "leather", creased=spec.material in ("wool", "tweed")
        )
    else:
        layers = _chino(spec, cut, rng)
    return _finished(layers, cut)


def _denim(spec: GarmentSpec, cut: Cut, rng: Random) -> list[Layer]:
    thread = "#c08a45" if spec.color in _BLUES and spec.color != "black" and spec.material == "denim" else None
    shades = (*legs.leg_shades(cut, 0.8), *(details.wear(cut, rng) if spec.material == "denim" else ()))
    layers: list[Layer] = [
        *waists.inner_back(cut.waist - 0.5, -_BAND),
        Part(legs.body_path(cut), shades=shades, volume=0.6),
    ]
    for side in (-1, 1):
        layers += details.scoop_pocket(cut, side, thread, coin=side == -1)
        layers += [
            Line(spline(legs.inseam(cut, side, cut.rise + 0.8, cut.end - 1.2, 0.45)), "stitch", 1.4, 0.75, thread),
            Line(spline(legs.outseam(cut, side, 8.0, min(20.0, cut.end - 2), 0.45)), "stitch", 1.4, 0.8, thread),
        ]
        layers += details.hem(spec, cut, side, thread, rng)
    layers += details.fly(cut, thread, stitched=True)
    layers += legs.folds(cut, rng, 0.9)
    if spec.details.get("pockets") == "cargo":
        layers += details.cargo(cut, thread)
    layers += _waist(spec, cut, rng, metal=True)
    return details.threaded(layers, thread)


def _tailored(spec: GarmentSpec, cut: Cut, rng: Random, pleats: bool, creased: bool) -> list[Layer]:
    layers: list[Layer] = [
        *waists.inner_back(cut.waist - 0.5, -_BAND),
        Part(legs.body_path(cut), shades=legs.leg_shades(cut), volume=0.6),
    ]
    for side in (-1, 1):
        layers += details.slant_pocket(cut, side, stitched=False)
        layers += details.hem(spec, cut, side, None, rng, blind=True)
        if pleats:
            layers += details.pleats(cut, side, rng)
    layers += details.fly(cut, None, stitched=False)
    layers += legs.folds(cut, rng, 0.6)
    if cut.outer(1, cut.end)[0] - cut.inner(1, cut.end)[0] > 25 and cut.end > cut.knee_y + 5:
        layers += legs.drape(cut, rng)
    if creased and cut.end > cut.rise + 8:
        layers += legs.pressed_creases(cut, 9.0 if pleats else cut.rise * 0.55)
    return layers + _waist(spec, cut, rng, metal=False, hook=True)


def _chino(spec: GarmentSpec, cut: Cut, rng: Random) -> list[Layer]:
    layers: list[Layer] = [
        *waists.inner_back(cut.waist - 0.5, -_BAND),
        Part(legs.body_path(cut), shades=legs.leg_shades(cut), volume=0.6),
    ]
    for side in (-1, 1):
        layers += details.slant_pocket(cut, side, stitched=True)
        layers += details.hem(spec, cut, side, None, rng)
        layers.append(Line(spline(legs.outseam(cut, side, 18.0, cut.end - 1.0, 0.5)), "stitch", 1.2, 0.4))
    layers += details.fly(cut, None, stitched=True)
    layers += legs.folds(cut, rng)
    if spec.details.get("pockets") == "cargo":
        layers += details.cargo(cut, None)
    return layers + _waist(spec, cut, rng, metal=False)


def _soft(spec: GarmentSpec, cut: Cut, rng: Random) -> list[Layer]:
    depth = 4.6
    body = Part(legs.body_path(cut), shades=legs.leg_shades(cut, 0.9), volume=0.7)
    layers: list[Layer] = [*waists.inner_back(cut.waist - 1.6, -depth), body]
    for side in (-1, 1):
        mouth = [
            (side * cut.waist * 0.8, 2.6),
            (side * lerp(cut.waist, cut.hip, 0.6) * 0.93, 9.5),
            (cut.outer(side, 18.0)[0] - side * 0.6, 18.0),
        ]
        layers.append(Line(spline(mouth), "edge", 3.6))
        layers.append(Line(spline([(x - side * 1.1, y + 0.2) for x, y in mouth]), "stitch", 1.4))
        layers.append(Line(spline(legs.outseam(cut, side, 18.0, cut.end - 1.0, 0.5)), "seam", 1.6, 0.5))
        if spec.material == "synthetic" and spec.type != "joggers" and cut.end < cut.knee_y:
            stripe = [*legs.outseam(cut, side, 1.0, cut.end, 0.1), *legs.outseam(cut, side, 1.0, cut.end, 2.0)[::-1]]
            layers.append(
                Part(outline(stripe[: len(stripe) // 2], stripe[len(stripe) // 2 :]), "trim", tone=0.5, printed=False)
            )
        if cut.end < cut.full - 12 or spec.details.get("leg") in ("wide", "straight", "flared"):
            layers += [Line(spline(legs.hem_line(cut, side, up)), "stitch", 1.5) for up in (2.2, 2.7)]
    layers.append(Line(spline([(0.0, 1.0), (0.2, cut.rise)]), "seam", 2.0, 0.8))
    layers += waists.gathers(cut.waist - 0.4, rng, 7.0, 14)
    layers += legs.folds(cut, rng, 1.1)
    if spec.details.get("pockets") == "cargo":
        layers += details.cargo(cut, None)
    layers += waists.elastic(
        cut.waist - 1.6, cut.waist, depth, rng, ribbed=spec.material in ("fleece", "knit", "cotton")
    )
    return layers + waists.drawstring(
        rng, -depth * 0.4 + 1.0, 13.0, "#f2efe8" if spec.color not in ("white", "cream") else None
    )


def _waist(spec: GarmentSpec, cut: Cut, rng: Random, metal: bool, hook: bool = False) -> list[Layer]:
    kind = spec.details.get("waist", "plain")
    top = cut.waist - 0.5
    if kind == "paperbag":
        return [
            *waists.gathers(cut.waist, rng, 12.0, 18),
            *waists.paperbag(top, rng, 6.5),
            *waists.tie_belt(cut.waist - 0.2, rng, 0.2),
        ]
    if kind == "elastic":
        return [*waists.gathers(cut.waist, rng, 9.0), *waists.elastic(top - 1.0, cut.waist, _BAND, rng)]
    layers = [*waists.band(top, cut.waist, _BAND, stitched=not hook)]
    if spec.details.get("closure") == "tie":
        return layers + waists.drawstring(rng, -_BAND * 0.4 + 1.0, 12.0)
    overlap: list[Point] = [(2.4 if hook else 1.5, -_BAND + 1.0), (2.4 if hook else 1.5, 1.0)]
    layers.append(Line(spline(overlap), "edge", 2.4))
    if kind == "belt":
        layers += waists.buckled_belt(top + 0.1, -0.4, 3.1, rng.choice(_BELT_COLORS))
        return layers + waists.belt_loops(top, _BAND)
    layers += waists.belt_loops(top, _BAND)
    return layers if hook else layers + waists.shank_button(0.1, -_BAND / 2 + 0.95, metal)


def _leg(spec: GarmentSpec, default: str) -> str:
    by_fit = {"slim": "slim", "loose": "wide"}.get(spec.fit, default)
    leg = spec.details.get("leg", by_fit)
    return leg if leg in legs.LEG_WIDTHS else by_fit


def _end(spec: GarmentSpec, shorten: float = 0.0) -> float:
    man = spec.gender == "men"
    rise = (27.0 if man else 26.0) + (3.0 if spec.details.get("rise") == "high" else 0.0)
    full = rise + 76.0 + (2.5 if man else 0.0)
    short = {"mini": 62.0, "knee": 46.0, "midi": 30.0, "cropped": 19.0, "ankle": 8.0, "maxi": -2.0}.get(
        spec.length or "full", 0.0
    )
    return full - max(short, shorten if short < 8.0 else short)


def _finished(layers: list[Layer], cut: Cut, depth: float = _BAND, below: float = 0.0) -> Garment:
    """The layers on the canvas: short garments larger, yet never as tall as long ones."""
    above = depth + 2.6
    tall = cut.end + above + below + 1.2
    wide = 2 * max(cut.outer(1, y)[0] for y in (cut.hip_y, cut.rise, cut.end, (cut.end + cut.rise) / 2)) + 1.0
    fit = min(930.0 / tall, 740.0 / wide)
    scale = min(fit, 8.6 * max(1.0, fit / 8.6) ** 0.8)
    top = (1000.0 - tall * scale) / 2 + above * scale
    return Garment(tuple(placed(layers, scale, 500.0, top)))


OUTLINES: dict[str, Callable[[GarmentSpec], Garment]] = {
    "jeans": jeans,
    "trousers": trousers,
    "chinos": chinos,
    "joggers": joggers,
    "leggings": leggings,
    "shorts": shorts,
}
