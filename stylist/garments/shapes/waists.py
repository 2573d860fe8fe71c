"""Waists of bottoms and skirts, in cm about the centre front (0, 0) of the seam under the band; y grows downward."""

from __future__ import annotations

from random import Random

from stylist.garments.parts import Button, Line, Part, Shade
from stylist.garments.shapes.splines import Layer, Point, ellipse, lerp, loop, outline, spline

DIP = 1.0
"""How far the front of a waist hangs below its sides (cm)."""


def across(half: float, y: float, dip: float = DIP) -> list[Point]:
    """The line of a front waist from left to right at height `y`, lower in the middle."""
    return [(-half, y), (-half * 0.55, y + dip * 0.78), (0.0, y + dip), (half * 0.55, y + dip * 0.78), (half, y)]


def inner_back(half: float, top: float, depth: float = 2.4) -> list[Layer]:
    """The inside of the back waist, seen over the front edge."""
    back = [(half, top), (half * 0.6, top - depth * 0.55), (0.0, top - depth * 0.75), (-half * 0.6, top - depth * 0.55)]
    inside = Part(
        outline(across(half, top + 0.4), [*back, (-half, top)]),
        role="lining",
        tone=-0.42,
        volume=0.2,
        printed=False,
        shades=(Shade(spline(across(half, top + 0.9)), 0.4, 2.2, 0.9),),
    )
    label = Part(
        outline([(-1.9, top - depth * 0.55)], [(1.9, top - depth * 0.55)], [(1.7, top + 0.6)], [(-1.7, top + 0.6)]),
        role="trim",
        color="#e9e4d8",
        printed=False,
        material="satin",
        volume=0.1,
    )
    return [inside, label]


def band(half: float, foot: float, depth: float, stitched: bool = True, tone: float = 0.03) -> list[Layer]:
    """A plain band: `half` its half-width above, `foot` below at y = 0, `depth` its height."""
    path = outline(across(half, -depth), list(reversed(across(foot, 0.0))))
    part = Part(path, "waistband", tone=tone, volume=0.35, shades=(Shade(spline(across(foot, 0.1)), 0.22, 1.0, 0.5),))
    lines: list[Layer] = [Line(spline(across(foot, 0.0)), "seam", 2.2)]
    if stitched:
        lines += [
            Line(spline(across(half - 0.1, -depth + 0.55)), "stitch", 1.6),
            Line(spline(across(foot - 0.1, -0.5)), "stitch", 1.6),
        ]
    return [part, *lines]


def elastic(half: float, foot: float, depth: float, rng: Random, ribbed: bool = False) -> list[Layer]:
    """A gathered band on elastic, or one of rib knit, with the gathers falling into the cloth below."""
    waves = 11
    top = [(lerp(-half, half, i / waves), -depth + DIP * _sag(i / waves) + 0.18 * (-1) ** i) for i in range(waves + 1)]
    foot_line = list(reversed(across(foot, 0.0)))
    part = Part(outline(top, foot_line), "rib" if ribbed else "waistband", tone=0.02, volume=0.45)
    layers: list[Layer] = [part]
    count = 34 if ribbed else 22
    for i in range(1, count):
        t = i / count + rng.uniform(-0.006, 0.006)
        sag = DIP * _sag(t)
        a, b = (lerp(-half, half, t), -depth + 0.5 + sag), (lerp(-foot, foot, t), -0.25 + sag)
        layers.append(Line(spline([a, b]), "rib" if ribbed else "fold", 1.8, 0.6 if ribbed else 0.7))
    if not ribbed:
        for y in (-depth * 0.36, -depth * 0.7):
            layers.append(Line(spline(across(lerp(foot, half, -y / depth), y)), "stitch", 1.4, 0.8))
    layers.append(Line(spline(across(foot, 0.0)), "seam", 2.0))
    return layers


def gathers(half: float, rng: Random, drop: float, count: int = 16) -> list[Layer]:
    """Small folds that run down from a gathered seam at y = 0, `drop` cm at most."""
    layers: list[Layer] = []
    for i in range(count):
        t = (i + 0.5 + rng.uniform(-0.3, 0.3)) / count
        x, y = lerp(-half, half, t), DIP * _sag(t) + 0.2
        length = drop * rng.uniform(0.35, 1.0)
        lean = (t - 0.5) * length * 0.32
        points = [(x, y), (x + lean * 0.4 + rng.uniform(-0.2, 0.2), y + length * 0.5), (x + lean, y + length)]
        layers.append(Line(spline(points), "fold", rng.uniform(1.6, 3.2), rng.uniform(0.45, 0.9)))
    return layers


def paperbag(half: float, rng: Random, height: float = 5.0) -> list[Layer]:
    """The ruffle that stands above a cinched waist."""
    count = 9
    wide = half + 2.2
    top: list[Point] = []
    for i in range(count * 2 + 1):
        t = i / (count * 2)
        crest = 0.8 if i % 2 else -0.2
        top.append((lerp(-wide, wide, t), -height + DIP * _sag(t) - crest + rng.uniform(-0.25, 0.25)))
    inside = outline([(-wide, -height + 0.3), (0.0, -height - 2.2), (wide, -height + 0.3)], list(reversed(top)))
    layers: list[Layer] = [
        Part(inside, "lining", tone=-0.4, volume=0.2, printed=False),
        Part(outline(top, list(reversed(across(half, 0.0)))), "waistband", tone=0.02, volume=0.4),
    ]
    for i in range(1, count * 2):
        t = i / (count * 2)
        a = top[i]
        b = (lerp(-half, half, t), -0.3 + DIP * _sag(t))
        reach = 0.1 if i % 2 == 0 else 0.45
        start = (lerp(a[0], b[0], reach), lerp(a[1], b[1], reach))
        layers.append(Line(spline([start, b]), "fold", 2.6, 0.9))
    return layers


def drawstring(rng: Random, y: float, length: float, color: str | None = None) -> list[Layer]:
    """Two cord ends from eyelets at the centre front, tied in a loose bow knot, with tips."""
    layers: list[Layer] = [Button(x, y, 0.42, "eyelet") for x in (-1.7, 1.7)]
    for side in (-1, 1):
        drop = length * rng.uniform(0.88, 1.08)
        points = [
            (side * 1.7, y),
            (side * 1.3, y + 1.5),
            (side * 1.9, y + drop * 0.45),
            (side * 1.5 + rng.uniform(-0.3, 0.3), y + drop),
        ]
        layers.append(Line(spline(points), "cord", 6.5, 1.0, color))
        end = points[-1]
        layers.append(Line(spline([end, (end[0], end[1] + 1.5)]), "edge", 7.0, 0.9))
    return layers


def tie_belt(half: float, rng: Random, y: float = 0.0, depth: float = 3.4) -> list[Layer]:
    """A soft belt of the same cloth, tied in a bow at the front."""
    strip = outline(across(half + 0.3, y - depth), list(reversed(across(half + 0.3, y))))
    layers: list[Layer] = [
        Part(strip, "waistband", tone=-0.04, volume=0.5, shades=(Shade(spline(across(half, y)), 0.25, 1.0, 0.6),))
    ]
    for f in (0.35, 0.65):
        layers.append(Line(spline(across(half, y - depth * f)), "fold", 1.6, 0.6))
    middle = y - depth / 2 + DIP
    for side, reach, drop in ((-1, 4.4, 15.0), (1, 5.2, 18.5)):
        lean = rng.uniform(0.8, 2.6)
        tail = outline(
            [(side * 0.2, middle), (side * 2.0, middle + 5), (side * (1.6 + lean), middle + drop)],
            [(side * (4.6 + lean), middle + drop - 1.3)],
            [(side * (4.6 + lean), middle + drop - 1.3), (side * 3.7, middle + 5), (side * 1.3, middle - 0.6)],
        )
        layers.append(Part(tail, "waistband", tone=-0.02, volume=0.6))
        layers.append(
            Line(
                spline([(side * 1.0, middle + 1), (side * 2.9, middle + 6), (side * (3.0 + lean), middle + drop - 3)]),
                "fold",
                2.0,
            )
        )
        bow = loop(
            [
                (side * 0.4, middle - 0.4),
                (side * reach * 0.55, middle - 2.6),
                (side * (reach + 1.2), middle - 1.7),
                (side * (reach + 0.8), middle + 1.2),
                (side * reach * 0.5, middle + 1.3),
            ]
        )
        layers.append(Part(bow, "waistband", tone=0.02, volume=0.7))
        fold = [(side * 0.8, middle), (side * reach * 0.5, middle - 0.9), (side * reach * 0.85, middle - 0.6)]
        layers.append(Line(spline(fold), "fold", 2.2, 0.9))
    layers.append(
        Part(
            loop([(-1.1, middle - 1.5), (1.1, middle - 1.4), (1.2, middle + 1.1), (-1.2, middle + 1.2)]),
            "waistband",
            volume=0.9,
        )
    )
    return layers


def buckled_belt(half: float, y: float, depth: float, color: str) -> list[Layer]:
    """A leather belt with a metal buckle and its keeper."""
    strip = outline(across(half + 0.35, y - depth), list(reversed(across(half + 0.35, y))))
    layers: list[Layer] = [
        Part(strip, "strap", color=color, material="leather", printed=False, volume=0.55),
        Line(spline(across(half, y - depth + 0.4)), "stitch", 1.3, 0.7),
        Line(spline(across(half, y - 0.4)), "stitch", 1.3, 0.7),
    ]
    middle = y - depth / 2 + DIP
    tall = depth / 2 + 0.45
    frame = f"{loop([(-2.3, middle - tall), (2.1, middle - tall), (2.1, middle + tall), (-2.3, middle + tall)], 60)} "
    hole = loop(
        [
            (-1.6, middle - tall + 0.7),
            (-1.6, middle + tall - 0.7),
            (1.4, middle + tall - 0.7),
            (1.4, middle - tall + 0.7),
        ],
        60,
    )
    layers.append(Part(frame + hole, "metal", color="#c9a961", printed=False, material="metal", volume=0.6))
    layers.append(Line(spline([(-1.9, middle), (1.8, middle + 0.1)]), "edge", 4.5, 1.0, "#b08f45"))
    layers.append(
        Part(
            outline(
                [(4.4, middle - tall + 0.2)],
                [(5.5, middle - tall + 0.2)],
                [(5.5, middle + tall - 0.2)],
                [(4.4, middle + tall - 0.2)],
            ),
            "strap",
            color=color,
            material="leather",
            printed=False,
            volume=0.5,
        )
    )
    layers += [Button(x, middle, 0.2, "eyelet", "#2b211a") for x in (-4.2, -6.4, -8.6)]
    return layers


def belt_loops(half: float, depth: float, tone: float = 0.05) -> list[Layer]:
    """Loops over a band: two in front, two near the sides."""
    layers: list[Layer] = []
    for t in (-0.9, -0.42, 0.42, 0.9):
        x, y = t * half, DIP * (1 - abs(t) ** 2)
        w = 0.62 if abs(t) < 0.6 else 0.5
        path = outline(
            [(x - w, y - depth - 0.45)], [(x + w, y - depth - 0.45)], [(x + w, y + 0.75)], [(x - w, y + 0.75)]
        )
        layers.append(Part(path, "strap", tone=tone, volume=0.5))
        layers += [
            Line(spline([(x - w * 0.5, y - depth), (x - w * 0.5, y + 0.5)]), "stitch", 1.1, 0.8),
            Line(spline([(x + w * 0.5, y - depth), (x + w * 0.5, y + 0.5)]), "stitch", 1.1, 0.8),
        ]
    return layers


def shank_button(x: float, y: float, metal: bool) -> list[Layer]:
    """A buttonhole with its button: of metal on denim, of horn on other cloth."""
    hole = Line(spline([(x - 1.3, y), (x + 1.3, y)]), "stitch", 3.0)
    return [hole, Button(x, y, 0.85 if metal else 0.75, "rivet" if metal else "button")]


def eyelet(x: float, y: float) -> Part:
    """A small oval hole."""
    return Part(ellipse(x, y, 0.3, 0.4), "lining", tone=-0.6, printed=False)


def _sag(t: float) -> float:
    return 1 - abs(2 * t - 1) ** 2
