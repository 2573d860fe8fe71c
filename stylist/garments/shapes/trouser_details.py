"""Details of trousers, in cm on a leg's `Cut`: fly, pockets, pleats, hems, ribs, wear and thread."""

from __future__ import annotations

from random import Random

from stylist.garments.parts import Button, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes import legs
from stylist.garments.shapes.legs import Cut
from stylist.garments.shapes.splines import Layer, lerp, outline, spline


def fly(cut: Cut, thread: str | None, stitched: bool) -> list[Layer]:
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


def scoop_pocket(cut: Cut, side: int, thread: str | None, coin: bool) -> list[Layer]:
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


def slant_pocket(cut: Cut, side: int, stitched: bool) -> list[Layer]:
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


def pleats(cut: Cut, side: int, rng: Random) -> list[Layer]:
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


def hem(spec: GarmentSpec, cut: Cut, side: int, thread: str | None, rng: Random, blind: bool = False) -> list[Layer]:
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


def ankle_ribs(cut: Cut, rng: Random) -> list[Layer]:
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


def cargo(cut: Cut, thread: str | None) -> list[Layer]:
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


def wear(cut: Cut, rng: Random) -> tuple[Shade, ...]:
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


def threaded(layers: list[Layer], thread: str | None) -> list[Layer]:
    """Every stitch without a color of its own in the color of `thread`."""
    if thread is None:
        return layers
    return [
        Line(la.path, la.kind, la.width, la.opacity, thread, la.clip)
        if isinstance(la, Line) and la.kind == "stitch" and la.color is None
        else la
        for la in layers
    ]
