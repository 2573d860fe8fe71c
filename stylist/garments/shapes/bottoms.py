"""Outlines of jeans, trousers, chinos, joggers, leggings and shorts, seen from the front.

Details read: `leg` (skinny, slim, straight, wide, flared, tapered, barrel), `rise` (high, mid), `waist` (plain, belt,
elastic, paperbag), `pockets` (none, cargo), `closure` (tie: a drawstring), `hem` (cuff: turned up; raw).
Pieces are drawn in cm and placed on the canvas at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes import legs, waists
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
        layers += _ankle_ribs(cut, rng)
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
    shades = (*legs.leg_shades(cut, 0.8), *(_wear(cut, rng) if spec.material == "denim" else ()))
    layers: list[Layer] = [
        *waists.inner_back(cut.waist - 0.5, -_BAND),
        Part(legs.body_path(cut), shades=shades, volume=0.6),
    ]
    for side in (-1, 1):
        layers += _scoop_pocket(cut, side, thread, coin=side == -1)
        layers += [
            Line(spline(legs.inseam(cut, side, cut.rise + 0.8, cut.end - 1.2, 0.45)), "stitch", 1.4, 0.75, thread),
            Line(spline(legs.outseam(cut, side, 8.0, min(20.0, cut.end - 2), 0.45)), "stitch", 1.4, 0.8, thread),
        ]
        layers += _hem(spec, cut, side, thread, rng)
    layers += _fly(cut, thread, stitched=True)
    layers += legs.folds(cut, rng, 0.9)
    if spec.details.get("pockets") == "cargo":
        layers += _cargo(cut, thread)
    layers += _waist(spec, cut, rng, metal=True)
    return _threaded(layers, thread)


def _tailored(spec: GarmentSpec, cut: Cut, rng: Random, pleats: bool, creased: bool) -> list[Layer]:
    layers: list[Layer] = [
        *waists.inner_back(cut.waist - 0.5, -_BAND),
        Part(legs.body_path(cut), shades=legs.leg_shades(cut), volume=0.6),
    ]
    for side in (-1, 1):
        layers += _slant_pocket(cut, side, stitched=False)
        layers += _hem(spec, cut, side, None, rng, blind=True)
        if pleats:
            layers += _pleats(cut, side, rng)
    layers += _fly(cut, None, stitched=False)
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
        layers += _slant_pocket(cut, side, stitched=True)
        layers += _hem(spec, cut, side, None, rng)
        layers.append(Line(spline(legs.outseam(cut, side, 18.0, cut.end - 1.0, 0.5)), "stitch", 1.2, 0.4))
    layers += _fly(cut, None, stitched=True)
    layers += legs.folds(cut, rng)
    if spec.details.get("pockets") == "cargo":
        layers += _cargo(cut, None)
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
        layers += _cargo(cut, None)
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


def _fly(cut: Cut, thread: str | None, stitched: bool) -> list[Layer]:
    end = cut.rise * 0.62
    seam = [(0.0, 1.0), (0.15, end), (0.1, cut.rise)]
    layers: list[Layer] = [
        Line(spline([(0.9, 1.0), (0.9, end * 0.8), (0.2, end)]), "edge", 2.6),
        Line(spline([seam[1], seam[2]]), "seam", 2.0),
    ]
    if stitched:
        for inset in (0.0, 0.55):
            curve = [
                (4.1 - inset, 1.0),
                (4.0 - inset, end * 0.55),
                (3.2 - inset, end * 0.86),
                (0.4, end * 1.04 - inset),
            ]
            layers.append(Line(spline(curve), "stitch", 1.5, 1.0, thread))
        layers.append(Line(spline([(0.5, end + 0.6), (0.5, cut.rise - 0.4)]), "stitch", 1.4, 0.9, thread))
    return layers


def _scoop_pocket(cut: Cut, side: int, thread: str | None, coin: bool) -> list[Layer]:
    foot = cut.outer(side, 8.6)
    mouth = [
        (side * cut.waist * 0.52, 0.8),
        (side * cut.waist * 0.6, 4.6),
        (side * cut.waist * 0.8, 7.6),
        (foot[0], foot[1]),
    ]
    yoke = outline(mouth, legs.outseam(cut, side, 0.2, 8.6)[::-1])
    bag = Part(yoke, "pocket", grain=side * 8.0, tone=-0.1, volume=0.2, shades=(Shade(spline(mouth), 0.4, 1.4, 0.6),))
    layers: list[Layer] = [bag]
    if coin:
        a, b = side * cut.waist * 0.66, side * cut.waist * 0.93
        little = [(a, 3.2), (b, 2.9)]
        patch = outline(little, [(b + side * 0.4, 7.9), (lerp(a, b, 0.3), 7.2)], [(a, 6.0)])
        layers += [
            Part(patch, "pocket", tone=0.02, volume=0.2),
            Line(spline([(a, 3.7), (b, 3.4)]), "stitch", 1.3, 1.0, thread),
        ]
        layers += [Button(a, 3.4, 0.3, "rivet"), Button(b, 3.1, 0.3, "rivet")]
        layers.append(
            Part(outline(mouth, [(x - side * 1.0, y + 0.6) for x, y in mouth][::-1]), "pocket", tone=0.0, volume=0.0)
        )
    layers.append(Line(spline(mouth), "edge", 2.6))
    layers += [
        Line(
            spline([(x - side * d, y + d * 0.6) for x, y in mouth[:-1]] + [(foot[0] - side * 0.2, foot[1] + d)]),
            "stitch",
            1.5,
            1.0,
            thread,
        )
        for d in (0.4, 0.95)
    ]
    layers += [
        Button(mouth[0][0] - side * 0.5, 1.4, 0.36, "rivet"),
        Button(foot[0] - side * 0.8, foot[1] + 0.4, 0.36, "rivet"),
    ]
    return layers


def _slant_pocket(cut: Cut, side: int, stitched: bool) -> list[Layer]:
    foot = cut.outer(side, 17.0)
    start = (side * cut.waist * 0.72, 0.7)
    mouth = [start, (lerp(start[0], foot[0], 0.48) - side * 0.15, 8.6), (foot[0] - side * 0.3, 17.0)]
    behind = outline(mouth, legs.outseam(cut, side, 0.2, 17.0)[::-1])
    layers: list[Layer] = [
        Part(
            behind, "pocket", grain=side * 4.0, tone=-0.05, volume=0.15, shades=(Shade(spline(mouth), 0.34, 1.2, 0.6),)
        ),
        Line(spline(mouth), "edge", 2.6),
        Line(spline([(x - side * 0.75, y + 0.1) for x, y in mouth]), "stitch", 1.4, 0.9 if stitched else 0.35),
    ]
    layers += (
        [Line(spline([(x - side * 0.9, y), (x + side * 0.5, y + 0.1)]), "stitch", 2.6) for x, y in (mouth[0], mouth[2])]
        if stitched
        else []
    )
    return layers


def _pleats(cut: Cut, side: int, rng: Random) -> list[Layer]:
    layers: list[Layer] = []
    for at, drop in ((0.5, 16.0), (0.34, 10.0)):
        x = side * cut.waist * at
        foot = (
            lerp(x, cut.across_leg(side, drop + 4, 0.5)[0], 0.35) if at == 0.5 else x * 1.12,
            drop + rng.uniform(-1, 1),
        )
        layers.append(Line(spline([(x, 0.9), (lerp(x, foot[0], 0.5), drop * 0.5), foot]), "crease", 3.0, 0.9))
        layers.append(
            Line(spline([(x + side * 0.5, 1.0), (lerp(x, foot[0], 0.5) + side * 0.6, drop * 0.4)]), "fold", 3.4, 0.6)
        )
    return layers


def _hem(spec: GarmentSpec, cut: Cut, side: int, thread: str | None, rng: Random, blind: bool = False) -> list[Layer]:
    kind = spec.details.get("hem", "")
    if kind == "cuff":
        depth = 4.0
        lower, upper = legs.hem_line(cut, side, -0.35, 1.02, -0.02), legs.hem_line(cut, side, depth, 1.025, -0.03)
        turned = outline(lower, upper[::-1])
        return [
            Part(
                turned,
                "cuff",
                tone=0.16 if spec.material == "denim" else 0.03,
                volume=0.4,
                shades=(Shade(spline(lower), 0.2, 1.0, 0.6),),
            ),
            Line(spline(legs.hem_line(cut, side, depth - 0.6)), "stitch", 1.3, 0.8, thread),
        ]
    if kind == "raw":
        fray: list[Layer] = []
        line = legs.hem_line(cut, side, 0.2)
        for i in range(26):
            x = lerp(line[0][0], line[-1][0], i / 25)
            y = cut.end + 0.2
            fray.append(
                Line(
                    spline([(x, y), (x + rng.uniform(-0.3, 0.3), y + rng.uniform(0.6, 1.5))]),
                    "cord",
                    1.2,
                    0.8,
                    "#dcdde0",
                )
            )
        return fray
    if blind:
        return [Line(spline(legs.hem_line(cut, side, 0.5)), "fold", 2.0, 0.5)]
    return [
        Line(spline(legs.hem_line(cut, side, 1.5)), "stitch", 1.6, 1.0, thread),
        Line(spline(legs.hem_line(cut, side, 1.2)), "fold", 1.8, 0.5),
    ]


def _ankle_ribs(cut: Cut, rng: Random) -> list[Layer]:
    layers: list[Layer] = []
    for side in (-1, 1):
        top = legs.hem_line(cut, side, 0.2, 0.97, 0.03)
        (ax, y), (bx, _) = top[0], top[-1]
        inset = (ax - bx) * 0.1
        foot = [(bx + inset, y + 6.0), (lerp(ax, bx, 0.5), y + 6.5), (ax - inset, y + 6.0)]
        layers.append(Part(outline(top, foot), "rib", tone=-0.02, volume=0.7))
        for i in range(1, 13):
            t = i / 13
            layers.append(
                Line(spline([(lerp(ax, bx, t), y + 0.5), (lerp(foot[2][0], foot[0][0], t), y + 6.2)]), "rib", 1.7, 0.6)
            )
        for i in range(5):
            x = lerp(ax, bx, (i + 0.6 + rng.uniform(-0.2, 0.2)) / 5)
            layers.append(
                Line(spline([(x, y), (x + rng.uniform(-0.8, 0.8), y - rng.uniform(3.0, 7.0))]), "fold", 2.6, 0.7)
            )
    return layers


def _cargo(cut: Cut, thread: str | None) -> list[Layer]:
    layers: list[Layer] = []
    top = cut.rise + 7.0 if cut.end > cut.rise + 26 else cut.rise + 1.0
    for side in (-1, 1):
        depth = min(17.0, cut.end - top - 4.0)
        if depth < 7:
            continue
        out_top, out_foot = cut.outer(side, top)[0] + side * 1.0, cut.outer(side, top + depth)[0] + side * 1.1
        wide = side * 12.5
        box = outline(
            [(out_top - wide, top)], [(out_top, top)], [(out_foot, top + depth)], [(out_foot - wide, top + depth)]
        )
        flap = outline(
            [(out_top - wide - side * 0.3, top - 1.0)],
            [(out_top + side * 0.2, top - 1.0)],
            [
                (out_top + side * 0.3, top + 4.0),
                (out_top - wide / 2, top + 5.4),
                (out_top - wide - side * 0.3, top + 4.0),
            ],
        )
        pleat = out_top - wide / 2
        layers += [
            Part(box, "pocket", tone=0.01, volume=0.35, shades=(Shade(box, 0.25, 0.9, 0.6),)),
            Line(spline([(pleat - side * 1.0, top + 4), (pleat - side * 1.0, top + depth)]), "edge", 1.8, 0.8),
            Line(spline([(pleat + side * 1.0, top + 4), (pleat + side * 1.0, top + depth)]), "edge", 1.8, 0.8),
            Part(flap, "pocket", tone=0.03, volume=0.35, shades=(Shade(flap, 0.25, 0.8, 0.5),)),
            Line(
                spline([(out_top - wide, top + 3.5), (pleat, top + 4.8), (out_top, top + 3.5)]),
                "stitch",
                1.3,
                0.9,
                thread,
            ),
            Button(out_top - wide * 0.82, top + 3.0, 0.55, "snap"),
            Button(out_top - wide * 0.18, top + 3.0, 0.55, "snap"),
        ]
    return layers


def _wear(cut: Cut, rng: Random) -> tuple[Shade, ...]:
    """Whiskers across the lap, faded thighs and knees."""
    shades = []
    for side in (-1, 1):
        for k in range(5):
            y = cut.rise - 7.5 + k * 2.3 + rng.uniform(-0.4, 0.4)
            a = (side * rng.uniform(2.2, 4.0), y + 3.0)
            b = (side * cut.hip * rng.uniform(0.62, 0.84), y - 1.8 + rng.uniform(-0.8, 0.8))
            bend = (lerp(a[0], b[0], 0.5), lerp(a[1], b[1], 0.5) + 0.7)
            shades.append(Shade(spline([a, bend, b]), -0.16, 0.7, 0.45))
            shades.append(Shade(spline([(x, y + 0.9) for x, y in (a, bend, b)]), 0.1, 0.6, 0.45))
        if cut.end > cut.knee_y:
            thigh = [
                cut.across_leg(side, y, 0.55) for y in (cut.rise + 2, cut.rise + 13, cut.knee_y - 4, cut.knee_y + 9)
            ]
            shades.append(Shade(spline(thigh), -0.2, 6.0, 3.6))
    return tuple(shades)


def _threaded(layers: list[Layer], thread: str | None) -> list[Layer]:
    """Every stitch without a color of its own in the color of `thread`."""
    if thread is None:
        return layers
    return [
        Line(la.path, la.kind, la.width, la.opacity, thread, la.clip)
        if isinstance(la, Line) and la.kind == "stitch" and la.color is None
        else la
        for la in layers
    ]


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
