"""Outlines of skirts, dresses and jumpsuits, seen from the front.

Details read: `silhouette` (a-line, pencil, pleated, wrap, tiered, shift, slip, fit-and-flare, bodycon, shirt, empire), `waist`
(plain, belt, elastic, paperbag), `neckline`, `collar`, `closure` (buttons, half-buttons, zip, wrap, tie), `pockets` (patch),
`slit` (side, front), `leg` and `rise` of jumpsuits. Pieces are drawn in cm and placed on the canvas at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes import bodice, bodice_arms, legs, skirt_cut, waists
from stylist.garments.shapes.bodice import Bodice
from stylist.garments.shapes.skirt_cut import Drop
from stylist.garments.shapes.splines import Layer, Point, mapped, outline, placed, points_of, spline

_ONE_PIECE = ("shift", "slip", "bodycon", "a-line", "pencil", "shirt")
_BELTS = ("#3a281c", "#7a4a28", "#1d1a19")
_SOFT = ("silk", "satin", "lace", "knit", "linen")


def skirt(spec: GarmentSpec) -> Garment:
    """A skirt from mini to maxi."""
    rng = Random(spec.seed)
    shape = _silhouette(spec, "a-line" if spec.fit != "slim" else "pencil")
    stiff = spec.material in ("leather", "denim", "tweed", "wool", "corduroy", "canvas")
    length = skirt_cut.LENGTHS.get(spec.length or "knee", 58.0)
    drop = skirt_cut.drop_for(shape, length, 18.4, spec.fit, rng, 0.3 if stiff else 1.0)
    thickness = 0.6 if stiff else 1.1
    top = drop.waist - 0.4
    layers: list[Layer] = [*waists.inner_back(top, -3.2, 2.0), *skirt_cut.skirt(drop, rng, thickness)]
    denim = spec.material == "denim"
    layers += _skirt_details(spec, drop, denim)
    kind = spec.details.get("waist", "elastic" if shape in ("tiered",) else "plain")
    if kind == "elastic":
        layers += [*waists.gathers(drop.waist, rng, 10.0), *waists.elastic(top - 0.8, drop.waist, 3.4, rng)]
    elif kind == "paperbag":
        layers += [
            *waists.gathers(drop.waist, rng, 12.0, 18),
            *waists.paperbag(top, rng, 5.5),
            *waists.tie_belt(drop.waist, rng, 0.2),
        ]
    else:
        layers += waists.band(top, drop.waist, 3.2, stitched=denim or spec.material in ("cotton", "canvas", "corduroy"))
        if kind == "belt":
            layers += waists.buckled_belt(top + 0.2, -0.2, 2.9, rng.choice(_BELTS))
            layers += waists.belt_loops(top, 3.2)
        elif denim or spec.material == "corduroy":
            layers += waists.belt_loops(top, 3.2)
            layers += waists.shank_button(0.1, -0.7, True)
        elif shape == "wrap" or spec.details.get("closure") == "tie":
            layers += placed(waists.tie_belt(4.0, rng, 1.6, 2.4)[3:], 0.8, drop.waist * 0.52, 0.6)
    return _fitted(layers)


def dress(spec: GarmentSpec) -> Garment:
    """A dress: bodice, sleeves and a skirt of any silhouette and length."""
    rng = Random(spec.seed)
    shape = _silhouette(spec, {"slim": "bodycon", "loose": "shift"}.get(spec.fit, "fit-and-flare"))
    waist_y = 31.0 if shape == "empire" else bodice.WAIST_Y
    body = bodice.bodice_for(spec, _neck(spec, shape), waist_y)
    length = skirt_cut.LENGTHS.get(spec.length or "knee", 58.0) + (bodice.WAIST_Y - waist_y)
    drop = skirt_cut.drop_for(shape, length, body.waist, spec.fit, rng)
    full = 2.6 if shape in ("tiered", "empire", "wrap") or (spec.fit == "loose" and spec.material in _SOFT) else 0.0
    layers: list[Layer] = [*bodice.back_neck(body)]
    layers += bodice_arms.sleeves(spec, body, rng, full)
    if shape in _ONE_PIECE:
        layers += _whole(spec, body, drop, rng)
    else:
        layers += placed(skirt_cut.skirt(drop, rng, 1.0), 1.0, 0.0, waist_y)
        layers += _upper(spec, body, rng, shape)
    layers += _neck_and_front(spec, body, drop, shape)
    layers += _dress_waist(spec, body, rng, shape)
    if "slit" in spec.details:
        layers += placed(
            skirt_cut.slit(drop, 0.5 if spec.details["slit"] == "side" else 0.08, drop.length * 0.42), 1.0, 0.0, waist_y
        )
    return _fitted(layers)


def jumpsuit(spec: GarmentSpec) -> Garment:
    """A jumpsuit: bodice and trousers in one."""
    rng = Random(spec.seed)
    body = bodice.bodice_for(spec, _neck(spec, "jumpsuit"))
    leg = spec.details.get("leg", {"slim": "slim", "loose": "wide"}.get(spec.fit, "straight"))
    short = {"mini": 64.0, "knee": 46.0, "cropped": 20.0, "midi": 26.0, "ankle": 8.0}.get(spec.length or "full", 0.0)
    rise = 31.0
    cut = legs.cut_for(
        spec, leg if leg in legs.LEG_WIDTHS else "straight", rng, rise + 76.0 - short, 3.0 if short > 40 else 0.0
    )
    trousers: list[Layer] = [
        Part(legs.body_path(cut, body.waist), shades=legs.leg_shades(cut), volume=0.6),
        *legs.folds(cut, rng, 0.8),
    ]
    if leg in ("wide", "flared") and not short > 40:
        trousers += legs.drape(cut, rng)
    if spec.material in ("wool", "satin", "silk", "synthetic") and not short > 40:
        trousers += legs.pressed_creases(cut, 10.0)
    for s in (-1, 1):
        mouth = [(s * body.waist * 0.8, 1.2), (s * cut.hip * 0.86, 9.0), (cut.outer(s, 17.0)[0] - s * 0.4, 17.0)]
        trousers += [
            Line(spline(mouth), "edge", 2.6),
            Line(spline([(x - s * 0.8, y) for x, y in mouth]), "stitch", 1.3, 0.6),
        ]
        trousers.append(Line(spline(legs.hem_line(cut, s, 1.5)), "stitch", 1.4, 0.7))
    trousers.append(Line(spline([(0.0, 1.0), (0.1, cut.rise)]), "seam", 2.0))
    layers: list[Layer] = [*bodice.back_neck(body), *bodice_arms.sleeves(spec, body, rng)]
    layers += placed(trousers, 1.0, 0.0, body.waist_y)
    layers += _upper(spec, body, rng, "jumpsuit")
    drop = Drop("shift", body.waist, cut.hip, 20.0, cut.hip, 0.0, 0.0)
    layers += _neck_and_front(spec, body, drop, "jumpsuit")
    layers += _dress_waist(spec, body, rng, "jumpsuit")
    return _fitted(layers)


def _whole(spec: GarmentSpec, body: Bodice, drop: Drop, rng: Random) -> list[Layer]:
    """Bodice and skirt cut in one, without a seam at the waist."""
    belted = spec.details.get("waist") in ("belt", "elastic") or spec.details.get("closure") == "tie"
    straight = {
        "shift": body.bust - 0.4,
        "shirt": body.bust - 1.6,
        "a-line": body.waist + 2.0,
        "slip": body.waist + 1.6,
    }
    waist = max(body.waist, body.waist + 0.6 if belted else straight.get(drop.silhouette, body.waist + 0.6))
    y0 = body.waist_y

    def flank(side: int) -> list[Point]:
        upper = [
            (x + side * (waist - body.waist) * (y - body.armhole) / (y0 - body.armhole), y)
            for x, y in body.flank(side)[:-1]
        ]
        lower = [(x + side * (waist - drop.waist) * max(0.0, 1 - y / 22.0), y + y0) for x, y in drop.sides(side)]
        return upper + lower

    hem = [(x, y + y0) for x, y in drop.hem_line()]
    path = bodice.front(body, [flank(1), hem[::-1], flank(-1)[::-1]])
    lower_shades = tuple(_moved(s, y0) for s in skirt_cut.shades(drop))
    layers: list[Layer] = placed(skirt_cut.inside_hem(drop), 1.0, 0.0, y0)
    layers.append(Part(path, "body", volume=0.55, shades=(*bodice.bust_shades(body), *lower_shades)))
    layers += placed(skirt_cut.folds(drop, rng), 1.0, 0.0, y0)
    layers.append(Line(spline([(x, y - 1.6) for x, y in hem]), "stitch", 1.3, 0.5))
    for s in (-1, 1):
        for k in range(3):
            y = y0 - 3.5 + 3.0 * k + rng.uniform(-0.7, 0.7)
            reach = rng.uniform(6.0, 10.0)
            a: Point = (s * (waist - 0.5), y)
            layers.append(
                Line(
                    spline(
                        [a, (s * (waist - reach * 0.5), y + 0.9), (s * (waist - reach), y + rng.uniform(-0.4, 1.2))]
                    ),
                    "fold",
                    2.4,
                    0.5,
                )
            )
    if drop.silhouette == "slip":
        for k in range(3):
            w = 5.0 + 2.2 * k
            layers.append(
                Line(spline([(-w, 14.6 + 2.4 * k), (0.0, 19.5 + 3.0 * k), (w, 14.6 + 2.4 * k)]), "fold", 3.0, 0.6)
            )
    elif not body.bare and spec.gender != "men":
        layers += [
            Line(spline([(s * (body.bust - 0.5), 27.0), (s * 15.5, 25.2), (s * 11.8, 24.0)]), "seam", 1.5, 0.5)
            for s in (-1, 1)
        ]
    return layers


def _upper(spec: GarmentSpec, body: Bodice, rng: Random, shape: str) -> list[Layer]:
    """The bodice down to its waist seam."""
    y = body.waist_y
    seam: list[Point] = [(x, y + dy) for x, dy in waists.across(body.waist, 0.0)]
    if shape == "wrap" or spec.details.get("closure") == "wrap":
        return _wrapped(body, rng, seam)
    path = bodice.front(body, [body.flank(1), seam[::-1], body.flank(-1)[::-1]])
    layers: list[Layer] = [
        Part(path, "body", volume=0.55, shades=(*bodice.bust_shades(body), Shade(spline(seam), 0.2, 1.6, 0.9)))
    ]
    if shape in ("tiered", "empire") or spec.fit == "loose":
        layers += [_turned(line, y) for line in waists.gathers(body.waist, rng, 7.0, 12) if isinstance(line, Line)]
    else:
        layers += bodice.darts(body)
    layers.append(Line(spline(seam), "seam", 2.4))
    return layers


def _wrapped(body: Bodice, rng: Random, seam: list[Point]) -> list[Layer]:
    """Two fronts that cross in a deep V, with folds drawn to the tie."""
    half = 7.6
    within = outline([(-half, 0.3), (0.0, 2.2), (half, 0.3)], [(5.4, 10.5), (0.0, 25.0), (-5.4, 10.5), (-half, 0.3)])
    layers: list[Layer] = [Part(within, "lining", tone=-0.36, printed=False, volume=0.1)]
    for s in (1, -1):
        cross = (-s * body.waist * 0.55, body.waist_y + 0.6)
        edge: list[Point] = [(s * half, 0.3), (s * 5.4, 9.5), (s * 0.6, 22.0), cross]
        tip = body.shoulder if body.sleeved else body.shoulder - 1.4
        shoulder: list[Point] = [(s * half, 0.3), (s * tip, 4.4)]
        hole: list[Point] = [
            (s * tip, 4.4),
            (s * (tip - 1.6), 11.0),
            (s * (tip - 0.6), 16.5),
            (s * body.bust, body.armhole),
        ]
        foot = [p for p in seam if (p[0] * s > cross[0] * s)]
        foot = sorted(foot, key=lambda p: -p[0] * s)
        path = outline(shoulder, hole, body.flank(s), foot, [cross, *edge[::-1][1:]])
        layers.append(Part(path, "body", grain=s * 6.0, volume=0.5, shades=bodice.bust_shades(body)))
        layers += [
            Line(spline(edge), "edge", 3.0),
            Line(spline([(x + s * 0.9, y + 0.3) for x, y in edge]), "stitch", 1.3, 0.6),
        ]
        for k in range(4):
            a: Point = (s * (body.bust - 1.5 - 3.2 * k), 23.0 + 1.3 * k)
            b: Point = (cross[0] + s * (2.0 + 2.2 * k), body.waist_y - 0.8)
            layers.append(Line(spline([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 1.2), b]), "fold", 2.6, 0.6))
    layers.append(Line(spline(seam), "seam", 2.4))
    return layers


def _neck_and_front(spec: GarmentSpec, body: Bodice, drop: Drop, shape: str) -> list[Layer]:
    layers: list[Layer] = [*bodice.straps(body), *bodice_arms.armholes(body)]
    wrapped = shape == "wrap" or spec.details.get("closure") == "wrap"
    collar = spec.details.get("collar", "point" if shape == "shirt" else "none")
    closure = spec.details.get("closure", "buttons" if shape == "shirt" else "none")
    if not wrapped:
        if collar in ("none", "hood") or body.bare:
            layers += bodice.neck_edge(body)
        top = max(p[1] for run in body.neckline() for p in run)
        if closure == "buttons":
            bottom = body.waist_y + (drop.hem_y(0.0) - 0.2 if shape != "jumpsuit" else 16.0)
            layers += bodice.placket(0.0, top - 0.2, bottom, max(5, round((bottom - top) / 8.0)))
        elif closure == "half-buttons":
            layers += bodice.placket(0.0, top - 0.2, body.waist_y - 3.0, 4)
        elif closure in ("zip", "half-zip"):
            bottom = body.waist_y + (18.0 if shape == "jumpsuit" else 0.0)
            layers.append(Line(spline([(0.0, top), (0.0, bottom)]), "zip", 2.6))
    if collar not in ("none", "hood") and not body.bare:
        layers += bodice.collar(collar, body)
    if spec.details.get("pockets") in ("patch", "chest", "flap"):
        for s in (-1, 1):
            x, y = s * 9.6, 19.0
            layers.append(
                Part(
                    outline(
                        [(x - 4.6, y)], [(x + 4.6, y)], [(x + 4.5, y + 9.0)], [(x, y + 10.4)], [(x - 4.5, y + 9.0)]
                    ),
                    "pocket",
                    tone=0.03,
                    volume=0.3,
                )
            )
            layers += [
                Line(spline([(x - 4.5, y + 1.7), (x + 4.5, y + 1.7)]), "stitch", 1.3, 0.8),
                Button(x, y + 0.9, 0.55, "button"),
            ]
    return layers


def _dress_waist(spec: GarmentSpec, body: Bodice, rng: Random, shape: str) -> list[Layer]:
    kind = spec.details.get("waist", "plain")
    tied = shape == "wrap" or spec.details.get("closure") in ("wrap", "tie")
    y = body.waist_y
    if kind == "belt" and not tied:
        if spec.material in ("denim", "wool", "tweed", "leather", "cotton", "corduroy", "canvas"):
            return placed(waists.buckled_belt(body.waist + 0.1, 1.4, 3.4, rng.choice(_BELTS)), 1.0, 0.0, y)
        return placed(waists.tie_belt(body.waist, rng, 1.4), 1.0, 0.0, y)
    if tied:
        belt = waists.tie_belt(body.waist, rng, 1.3, 3.0)
        knot = placed(belt[3:], 0.85, -body.waist * 0.5, y - 0.3)
        return [*placed(belt[:3], 1.0, 0.0, y), *knot]
    if kind == "elastic" or kind == "paperbag":
        return [
            *placed(waists.gathers(body.waist, rng, 9.0), 1.0, 0.0, y),
            *placed(waists.elastic(body.waist, body.waist, 3.0, rng), 1.0, 0.0, y),
        ]
    return []


def _skirt_details(spec: GarmentSpec, drop: Drop, denim: bool) -> list[Layer]:
    layers: list[Layer] = []
    thread = "#c08a45" if denim and spec.color in ("blue", "navy", "light-blue") else None
    if spec.details.get("closure") == "buttons":
        layers += skirt_cut.button_front(drop, max(5, round(drop.length / 8.5)))
    elif denim or spec.material == "corduroy":
        layers += [
            Line(spline([(0.9, 1.0), (0.9, 10.0), (0.2, 13.0)]), "edge", 2.6),
            Line(spline([(0.0, 1.0), drop.at(0.0, drop.length - 0.5)]), "seam", 2.0, 0.8),
        ]
        layers.append(Line(spline([(4.0, 1.0), (3.9, 8.0), (3.1, 12.0), (0.3, 14.4)]), "stitch", 1.5, 1.0, thread))
        for s in (-1, 1):
            foot = drop.edge(s, 8.6)
            mouth: list[Point] = [
                (s * drop.waist * 0.5, 0.9),
                (s * drop.waist * 0.6, 4.8),
                (s * drop.waist * 0.82, 7.6),
                foot,
            ]
            layers.append(
                Part(
                    outline(mouth, [foot, drop.edge(s, 4.0), drop.edge(s, 0.2)]),
                    "pocket",
                    grain=s * 8.0,
                    tone=-0.1,
                    volume=0.2,
                    shades=(Shade(spline(mouth), 0.4, 1.4, 0.6),),
                )
            )
            layers += [
                Line(spline(mouth), "edge", 2.4),
                Line(spline([(x - s * 0.5, y + 0.4) for x, y in mouth]), "stitch", 1.5, 1.0, thread),
            ]
            layers.append(Button(mouth[0][0] - s * 0.3, 1.5, 0.36, "rivet"))
    elif drop.silhouette in ("pencil", "bodycon", "a-line"):
        for s in (-1, 1):
            layers.append(
                Line(spline([drop.at(s * 0.5, 0.4), drop.at(s * 0.5, 6.0), drop.at(s * 0.48, 11.0)]), "seam", 1.6, 0.7)
            )
    if "slit" in spec.details:
        layers += skirt_cut.slit(drop, 0.52 if spec.details["slit"] == "side" else 0.1, drop.length * 0.4)
    return layers


def _silhouette(spec: GarmentSpec, default: str) -> str:
    shape = spec.details.get("silhouette", default)
    return shape if shape in skirt_cut.HEMS else default


def _neck(spec: GarmentSpec, shape: str) -> str:
    """The neckline of the details; collars and silhouettes have necks of their own."""
    if spec.details.get("collar", "none") not in ("none", "hood") or shape == "shirt":
        return "shirt" if spec.details.get("collar", "point") not in ("notch", "shawl", "peak") else "v"
    default = (
        "straps"
        if shape == "slip"
        else "v"
        if shape == "wrap"
        else "crew"
        if spec.sleeve not in (None, "sleeveless")
        else "scoop"
    )
    return spec.details.get("neckline", default)


def _turned(line: Line, y: float) -> Line:
    """A fold that runs up from the seam at `y` instead of down."""
    return Line(mapped(line.path, lambda p: (p[0], y - p[1] + 1.2)), line.kind, line.width, line.opacity)


def _moved(shade: Shade, dy: float) -> Shade:
    return Shade(mapped(shade.path, lambda p: (p[0], p[1] + dy)), shade.amount, shade.width, shade.blur, shade.fill)


def _fitted(layers: list[Layer]) -> Garment:
    """The layers on the canvas: short garments larger, yet never as tall as long ones."""
    points = [p for layer in layers if isinstance(layer, Part | Line) for p in points_of(layer.path)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    tall, wide = bottom - top, right - left
    usual = 930.0 / 150.0 if tall > 75 or (top < -0.5 and wide > 75) else 930.0 / 115.0
    fit = min(930.0 / tall, 900.0 / wide)
    scale = min(fit, usual * max(1.0, fit / usual) ** 0.8)
    return Garment(tuple(placed(layers, scale, 500.0 - (left + right) / 2 * scale, 500.0 - (top + bottom) / 2 * scale)))


OUTLINES: dict[str, Callable[[GarmentSpec], Garment]] = {"skirt": skirt, "dress": dress, "jumpsuit": jumpsuit}
