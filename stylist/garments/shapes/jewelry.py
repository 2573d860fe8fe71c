"""Necklaces and earrings, lying flat.

Details read here: `gem` (disc, pearl, crystal, bead, bar, charm, chain for necklaces; hoop, pearl, chandelier, tassel, stud
for earrings) and `hardware` (gold, silver). Metal takes the hardware's tone; stones, beads and cords the garment's color.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from stylist.garments import palette
from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part
from stylist.garments.shapes.goods import framed, mirrored, ribbon, ring, sampled, shifted, tassel, turned
from stylist.garments.shapes.splines import Layer, Point, ellipse, loop, mapped, outline

_METALS = ("gold", "silver")


def _stone_color(spec: GarmentSpec, rng: random.Random) -> str:
    """The hex color of stones and beads; one of several for a multicolor piece."""
    word = (
        spec.color
        if spec.color != "multicolor"
        else rng.choice(("red", "orange", "yellow", "green", "blue", "purple", "pink"))
    )
    return palette.hex_color(palette.dye(word, rng))


def _drop(depth: float, width: float, top: float = 150.0, count: int = 96) -> list[Point]:
    """The catenary-like way of a necklace that lies open: from the clasp down, around and up."""
    points = []
    for i in range(count + 1):
        t = i / count * 2 - 1
        angle = t * math.pi * 0.985
        reach = 1 - 0.1 * math.cos(angle)
        points.append(
            (
                500 + width * math.sin(angle) * reach,
                top + depth * (0.5 + 0.5 * math.cos(angle)) * (0.94 + 0.06 * math.cos(angle * 2)),
            )
        )
    return points


def _evenly(way: Sequence[Point], gap: float) -> list[tuple[Point, float]]:
    """Places `gap` apart along the way, with its direction in degrees."""
    places, since = [], gap / 2
    for a, b in pairwise(way):
        length = math.dist(a, b)
        angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
        at = gap - since
        while at < length:
            places.append(((a[0] + (b[0] - a[0]) * at / length, a[1] + (b[1] - a[1]) * at / length), angle))
            at += gap
        since = (since + length) % gap
    return places


def _links(way: Sequence[Point], size: float) -> list[Layer]:
    """A chain of oval links, every second one seen from its edge."""
    layers: list[Layer] = []
    for i, ((x, y), angle) in enumerate(_evenly(way, size * 1.25)):
        link: list[Layer] = [
            ring(x, y, size * 0.86, size * (0.56 if i % 2 else 0.3), size * 0.24, 0.05 if i % 2 else -0.08)
        ]
        layers += turned(link, angle, x, y)
    return layers


def _fine_chain(way: Sequence[Point], spec: GarmentSpec) -> list[Layer]:
    color = palette.hex_color(palette.rgb({"gold": "#c9a24d"}.get(spec.details.get("hardware", "silver"), "#b4b8be")))
    return [Line("M " + " L ".join(f"{x:.1f} {y:.1f}" for x, y in way), kind="cord", width=7, color=color)]


def _gem(x: float, y: float, rx: float, ry: float, color: str) -> list[Layer]:
    """A faceted stone in a metal setting."""
    layers: list[Layer] = [Part(ellipse(x, y, rx + 5, ry + 5), role="metal", printed=False, volume=0.5, tone=-0.1)]
    layers.append(Part(ellipse(x, y, rx, ry), role="lens", color=color, printed=False, volume=0.9))
    table = [
        (x + rx * 0.5 * math.cos(a), y + ry * 0.5 * math.sin(a))
        for a in (math.pi / 8 + k * math.pi / 4 for k in range(8))
    ]
    layers.append(
        Part(
            "M " + " L ".join(f"{px:.1f} {py:.1f}" for px, py in table) + " Z",
            role="lens",
            color=color,
            tone=0.28,
            printed=False,
            volume=0.2,
        )
    )
    for k in range(8):
        angle = math.pi / 8 + k * math.pi / 4
        d = f"M {x + rx * 0.5 * math.cos(angle):.1f} {y + ry * 0.5 * math.sin(angle):.1f} L {x + rx * math.cos(angle):.1f} {y + ry * math.sin(angle):.1f}"
        layers.append(Line(d, kind="glint" if k in (4, 5, 6) else "seam", width=1.3, opacity=0.55))
    layers.append(
        Line(
            f"M {x - rx * 0.4:.1f} {y - ry * 0.36:.1f} L {x - rx * 0.05:.1f} {y - ry * 0.56:.1f}",
            kind="glint",
            width=2.6,
        )
    )
    return layers


def _pearl(x: float, y: float, radius: float, color: str) -> list[Layer]:
    return [Button(x, y, radius, "pearl", color)]


_PEARL = {"white": "#f3efe6", "cream": "#ecdcc0", "grey": "#9c9fa8", "black": "#33353d"}


def necklace(spec: GarmentSpec) -> Garment:
    """The layers of a necklace."""
    rng = random.Random(spec.seed)
    gem = spec.details.get("gem", "disc")
    layers: list[Layer] = []
    if gem == "pearl":
        way = _drop(rng.uniform(620, 680), 300, 140)
        places = _evenly(way, 46)
        color = _PEARL.get(spec.color, "#f3efe6")
        for (x, y), _ in places:
            layers += _pearl(x, y, 19 + 9 * (y - 140) / 660, color)
        layers.insert(0, ring(500, 150, 18, 14, 5))
    elif gem == "bead":
        way = _drop(rng.uniform(600, 680), 300, 140)
        layers += _fine_chain(way, spec)
        for i, ((x, y), _) in enumerate(_evenly(way, 40)):
            big = i % 5 == 2
            color = _stone_color(spec, rng) if i % 5 != 4 else "#e9dcc3"
            layers.append(Button(x, y, 25 if big else 17, "pearl", color))
    elif gem == "crystal":
        way = _drop(520, 310, 180)
        layers += _links(way, 17)
        color = _stone_color(spec, rng)
        low = [p for p in _evenly(way, 62) if p[0][1] > 470]
        for i, ((x, y), _) in enumerate(low):
            size = 30 + 20 * math.sin(math.pi * (i + 0.5) / len(low))
            layers += _gem(x, y, size * 0.82, size, color)
            hang = y + size * 1.9
            layers += _gem(x + (x - 500) * 0.05, hang, size * 0.5, size * 0.66, color if i % 2 else "#e8edf2")
    elif gem == "chain":
        way = _drop(rng.uniform(600, 680), 300, 150)
        layers += _links(way, 27)
        layers.append(Part(ellipse(500, 156, 22, 12), role="metal", printed=False, volume=0.7))
    elif gem == "charm":
        band = [(180, 360), (250, 470), (370, 552), (500, 580), (630, 552), (750, 470), (820, 360)]
        layers.append(Part(ribbon(band, 64), role="strap", printed=False, volume=0.5))
        layers.append(
            Line("M " + " L ".join(f"{x:.1f} {y:.1f}" for x, y in sampled(band)), kind="fold", width=2, opacity=0.3)
        )
        for x, y, a in ((180, 360, 55), (820, 360, -55)):
            layers += turned([Part(ellipse(x, y, 12, 34), role="metal", printed=False, volume=0.5)], a + 90, x, y)
        layers += [
            ring(500, 628, 15, 20, 5),
            Part(_teardrop(500, 694, 34, 52), role="metal", printed=False, volume=0.8),
            Line("M 486 676 C 482 690 482 704 488 716", kind="glint", width=3),
        ]
    else:
        way = _drop(rng.uniform(560, 620), 280, 130)
        if gem == "bar":
            d = "M " + " L ".join(f"{x:.1f} {y:.1f}" for x, y in way)
            layers.append(Line(d, kind="cord", width=15))
        else:
            layers += _fine_chain(way, spec)
        foot = max(y for _, y in way)
        layers.append(ring(500, foot + 14, 13, 18, 5))
        if gem == "bar":
            bar = outline(
                [(482, foot + 34), (518, foot + 34)],
                [(518, foot + 150)],
                [(500, foot + 166)],
                [(482, foot + 150)],
                [(482, foot + 34)],
            )
            layers += [
                Part(bar, role="metal", printed=False, volume=0.6),
                Line(f"M 490 {foot + 44:.0f} L 490 {foot + 140:.0f}", kind="glint", width=3),
            ]
        else:
            layers.append(Part(ellipse(500, foot + 82, 54, 54), role="metal", printed=False, volume=0.55))
            for _ in range(16):
                angle, reach = rng.uniform(0, 2 * math.pi), rng.uniform(6, 44)
                x, y = 500 + reach * math.cos(angle), foot + 82 + reach * math.sin(angle)
                layers.append(
                    Line(
                        f"M {x - 6:.1f} {y:.1f} C {x - 3:.1f} {y - 6:.1f} {x + 3:.1f} {y - 6:.1f} {x + 6:.1f} {y:.1f}",
                        kind=rng.choice(("glint", "seam")),
                        width=1.6,
                        opacity=0.5,
                    )
                )
        layers += [ring(500, 128, 16, 12, 4)]
    return Garment(framed(layers, 800))


def _teardrop(x: float, y: float, rx: float, ry: float) -> str:
    return loop(
        [
            (x, y - ry),
            (x + rx * 0.66, y - ry * 0.1),
            (x + rx, y + ry * 0.45),
            (x, y + ry),
            (x - rx, y + ry * 0.45),
            (x - rx * 0.66, y - ry * 0.1),
        ],
        corner=100,
    )


def _hoop(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    resin = spec.color not in _METALS
    reach, thick = (150, 58) if resin else (170, 26)
    x, y = 280, 530
    outer = ellipse(x, y, reach, reach * 1.04)
    inner = loop(
        [
            (x, y - reach * 1.04 + thick * 0.7),
            (x - reach + thick, y),
            (x, y + reach * 1.04 - thick * 1.2),
            (x + reach - thick, y),
        ]
    )
    layers: list[Layer] = []
    if resin:
        layers.append(Part(f"{outer} {inner}", role="body", volume=0.8, material="glass"))
    else:
        layers.append(Part(f"{outer} {inner}", role="metal", volume=0.8, printed=False))
    layers.append(
        Line(
            f"M {x - reach * 0.7:.0f} {y - reach * 0.62:.0f} C {x - reach * 0.98:.0f} {y - reach * 0.3:.0f} {x - reach:.0f} {y + reach * 0.2:.0f} {x - reach * 0.78:.0f} {y + reach * 0.56:.0f}",
            kind="glint",
            width=7 if resin else 4,
        )
    )
    layers.append(Part(ellipse(x, y - reach * 1.04 + 6, 13, 20), role="metal", printed=False, volume=0.6))
    return layers


def _stud(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    x, y = 300, 500
    if spec.details.get("gem") == "pearl":
        return [
            Part(ellipse(x, y, 118, 118), role="metal", printed=False, volume=0.4),
            *_pearl(x, y, 108, _PEARL.get(spec.color, "#f3efe6")),
        ]
    color = "#3a3c42" if spec.color == "black" else None
    dome = Part(ellipse(x, y, 96, 96), role="metal", printed=False, volume=0.95, color=color)
    return [
        dome,
        Line(f"M {x - 50} {y - 34} C {x - 34} {y - 60} {x - 6} {y - 68} {x + 18} {y - 62}", kind="glint", width=8),
    ]


def _chandelier(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    color = "#e6ebf0" if spec.color == "silver" else "#e0b65a" if spec.color == "gold" else _stone_color(spec, rng)
    x = 290
    layers: list[Layer] = [*_gem(x, 230, 38, 38, color), ring(x, 286, 10, 14, 4)]
    for dx, dy, rx, ry in ((-66, 400, 40, 62), (66, 400, 40, 62), (0, 386, 44, 84)):
        hollow = mapped(_teardrop(x + dx, dy, rx - 8, ry - 13), lambda p, c=x + dx: (2 * c - p[0], p[1]))
        layers.append(Part(f"{_teardrop(x + dx, dy, rx, ry)} {hollow}", role="metal", printed=False, volume=0.6))
        for k in range(3):
            layers.append(Button(x + dx, dy - ry * 0.36 + k * ry * 0.32, 6.5 + 2.5 * k, "pearl", "#e8edf2"))
    for i, dx in enumerate((-108, -56, 0, 56, 108)):
        length = 76 + (2 - abs(i - 2)) * 52
        top = 456 + (2 - abs(i - 2)) * 12
        layers.append(Line(f"M {x + dx} {top} L {x + dx} {top + length}", kind="cord", width=5, color="#b4b8be"))
        layers += _gem(x + dx, top + length * 0.45, 15, 15, "#e8edf2" if i % 2 else color)
        layers.append(Part(_teardrop(x + dx, top + length + 36, 25, 42), role="metal", printed=False, volume=0.5))
        layers.append(
            Part(_teardrop(x + dx, top + length + 38, 19, 34), role="lens", color=color, printed=False, volume=0.9)
        )
        layers.append(
            Line(
                f"M {x + dx - 8} {top + length + 30:.0f} L {x + dx - 6} {top + length + 52:.0f}",
                kind="glint",
                width=2.6,
            )
        )
    return layers


def _thread(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    x = 300
    layers: list[Layer] = [ring(x, 206, 26, 34, 6), ring(x, 262, 14, 20, 5)]
    layers += tassel(x, 284, 440, 150, rng)
    layers.append(Part(ellipse(x, 310, 52, 34), role="metal", printed=False, volume=0.7))
    for i in range(7):
        layers.append(Button(x - 48 + 16 * i, 402, 8.5, "pearl", "#e7c987"))
    return layers


def earrings(spec: GarmentSpec) -> Garment:
    """The layers of a pair of earrings."""
    rng = random.Random(spec.seed)
    gem = spec.details.get("gem", "hoop")
    draw = {"pearl": _stud, "stud": _stud, "chandelier": _chandelier, "tassel": _thread}.get(gem, _hoop)
    left = draw(spec, rng)
    right = shifted(mirrored(left), rng.uniform(-6, 6), rng.uniform(-10, 10))
    return Garment(framed((*left, *turned(right, rng.uniform(-4, 4), 710, 300)), 720))
