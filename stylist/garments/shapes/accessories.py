"""Outlines of the accessories; belts and sunglasses stand here, the others in files of their own.

Details read here: `hardware` (gold, silver), sunglasses `frame` (round, aviator, wayfarer, cat-eye).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from stylist.garments.parts import Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.caps import beanie
from stylist.garments.shapes.goods import box, frame, framed, offset, panel, plate, ribbon, rivets, run, sampled, turned
from stylist.garments.shapes.hats import hat
from stylist.garments.shapes.jewelry import earrings, necklace
from stylist.garments.shapes.neckwear import scarf, tie
from stylist.garments.shapes.splines import Layer, Point, ellipse, loop, outline, spline

_SQUASH = 0.3
"""How flat a circle looks from a little above."""


def _half_turn(reach: float, y: float, near: bool) -> list[Point]:
    """The near or far half of a flat ellipse about the middle, from left to right."""
    way = 1 if near else -1
    return [
        (500 - reach * math.cos(math.pi * k / 16), y + way * _SQUASH * reach * math.sin(math.pi * k / 16))
        for k in range(17)
    ]


def _belt_coiled(spec: GarmentSpec, rng: random.Random, width: float) -> list[Layer]:
    """Rolled up and standing on its edge: the turns seen from the front, a little from above."""
    layers: list[Layer] = []
    radii = (352, 316, 282, 250)
    top, foot = 470 - width * 0.5, 470 + width * 0.5
    for k, reach in enumerate(radii):
        back = outline(_half_turn(reach, top, False), _half_turn(reach, foot, False)[::-1], [(500 - reach, top)])
        layers.append(Part(back, role="lining", tone=-0.4 + 0.05 * k, printed=False, volume=0.25))
        layers.append(Line(spline(_half_turn(reach, top, False)), kind="edge", width=1.6, opacity=0.5))
    for k, reach in enumerate(reversed(radii)):
        last = k == len(radii) - 1
        rim, low = _half_turn(reach, top, True), _half_turn(reach, foot, True)
        shades = (
            Shade(f"M {500 + reach - 14} {top} L {500 + reach - 14} {foot}", 0.36, 70, 30),
            Shade(f"M {500 - reach + 14} {top} L {500 - reach + 14} {foot}", 0.3, 60, 28),
            Shade(f"M {500 - reach * 0.45} {top} L {500 - reach * 0.45} {foot + 100}", -0.22, 70, 32),
        )
        layers.append(
            Part(outline(rim, low[::-1], [rim[0]]), volume=0.25, tone=0.0 if last else -0.2, grain=90, shades=shades)
        )
        layers.append(Line(spline(rim), kind="edge", width=1.6, opacity=0.6))
        if last:
            layers.append(Line(spline([(x, y + 9) for x, y in rim[1:-1]]), kind="stitch", width=1.7))
            layers.append(Line(spline([(x, y - 9) for x, y in low[1:-1]]), kind="stitch", width=1.7))
    x, y = 560, 470 + _SQUASH * 352 - 2
    layers += turned(
        [
            Part(
                panel(box(x - 116, y - width / 2 - 4, x - 92, y + width / 2 + 4), 5),
                role="strap",
                printed=False,
                tone=-0.08,
            )
        ],
        -4,
        x,
        y,
    )
    layers += turned(
        [
            frame(x, y, 92, width + 34, 12, 12),
            Part(ribbon([(x - 42, y), (x + 46, y)], 11), role="metal", printed=False, volume=0.5),
        ],
        -5,
        x,
        y,
    )
    for k in range(4):
        hx = 650 + 34 * k
        layers.append(Part(ellipse(hx, y - 10 - 10 * k, 5.5, 6), color="#15120f", printed=False, volume=0.0))
    return layers


def _belt_straight(spec: GarmentSpec, rng: random.Random, width: float) -> list[Layer]:
    """Laid in a loose S across the picture, the buckle at the left."""
    bend = rng.uniform(20, 60)
    way: list[Point] = [
        (118, 330),
        (300, 300 - bend),
        (560, 330),
        (780, 300),
        (866, 380),
        (790, 470),
        (560, 470),
        (330, 480),
        (160, 520),
        (140, 610),
        (240, 676),
        (480, 670),
        (880, 640 + bend * 0.4),
    ]
    layers: list[Layer] = []
    pieces = ((0, 5, 0.0), (4, 9, -0.06), (8, 13, 0.03))
    for start, end, tone in pieces:
        stretch = sampled(way)[start * 8 : end * 8 + 1] if end < 12 else sampled(way)[start * 8 :]
        layers.append(
            Part(
                outline(offset(stretch, width / 2), offset(stretch, -width / 2)[::-1]), tone=tone, volume=0.07, grain=90
            )
        )
        for side in (1, -1):
            layers.append(Line(run(offset(stretch, side * (width / 2 - 7))), kind="stitch", width=1.7, opacity=0.8))
    if spec.material == "canvas":
        layers += [plate(128, 330, 70, width + 26, 8), plate(880, 642 + bend * 0.4, 30, width + 4, 4)]
    else:
        layers += turned(
            [
                frame(112, 330, 84, width + 36, 12, 14),
                Part(ribbon([(76, 330), (158, 330)], 11), role="metal", printed=False, volume=0.5),
            ],
            -6,
            112,
            330,
        )
        layers.append(
            Part(
                panel(box(190, 318 - width / 2 - 4, 214, 318 + width / 2 + 2), 5),
                role="strap",
                printed=False,
                tone=-0.12,
            )
        )
        for k in range(5):
            layers.append(
                Part(
                    ellipse(560 + 62 * k, 667 - 5 * k + bend * 0.06 * k, 6, 6),
                    color="#15120f",
                    printed=False,
                    volume=0.0,
                )
            )
    return layers


def _belt_sash(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    """A waist belt worn round: an oval seen from the front, with a broad clasp."""
    layers: list[Layer] = []
    back = outline(
        [(150, 440), (320, 380), (500, 364), (680, 380), (850, 440)],
        [(850, 520)],
        [(680, 466), (500, 450), (320, 466), (150, 520)],
        [(150, 440)],
    )
    layers.append(Part(back, role="lining", tone=-0.38, printed=False, volume=0.3))
    front = outline(
        [(138, 440), (180, 500), (320, 560), (500, 582), (680, 560), (820, 500), (862, 440)],
        [(870, 520), (864, 570)],
        [(820, 640), (680, 700), (500, 724), (320, 700), (180, 640), (136, 570)],
        [(130, 520), (138, 440)],
    )
    layers.append(
        Part(
            front,
            volume=0.7,
            shades=(
                Shade("M 160 470 L 160 600", 0.3, 60, 28),
                Shade("M 840 470 L 840 600", 0.34, 60, 28),
                Shade("M 300 580 L 310 680", -0.2, 60, 26),
            ),
        )
    )
    for k in range(1, 5):
        y = 26 * k
        layers.append(
            Line(
                spline(
                    [
                        (140, 446 + y),
                        (186, 506 + y),
                        (322, 564 + y),
                        (500, 586 + y),
                        (678, 564 + y),
                        (814, 506 + y),
                        (860, 446 + y),
                    ]
                ),
                kind="fold",
                width=3,
                opacity=0.6,
            )
        )
    layers.append(Part(ellipse(500, 652, 96, 76), role="metal", printed=False, volume=0.6))
    layers.append(
        Part(
            ellipse(500, 652, 66, 50),
            role="lens",
            color="#e9eef4" if spec.color != "black" else "#5a6470",
            printed=False,
            volume=0.9,
        )
    )
    for k in range(18):
        angle = 2 * math.pi * k / 18
        layers += rivets([(500 + 81 * math.cos(angle), 652 + 63 * math.sin(angle))], 7, "pearl")
    layers.append(Line("M 458 636 C 470 618 494 612 516 616", kind="glint", width=6))
    return layers


def belt(spec: GarmentSpec) -> Garment:
    """The layers of a belt: coiled, laid out, or as a sash."""
    rng = random.Random(spec.seed)
    if spec.material in ("satin", "silk", "velvet"):
        return Garment(framed(_belt_sash(spec, rng)))
    width = 62.0 if spec.fit == "slim" else 82.0
    if spec.material in ("canvas", "suede") or rng.random() < 0.4:
        return Garment(framed(_belt_straight(spec, rng, width), 880))
    return Garment(framed(_belt_coiled(spec, rng, width)))


_LENSES: dict[str, list[Point]] = {
    "round": [(0, -104), (74, -74), (104, 0), (74, 74), (0, 104), (-74, 74), (-104, 0), (-74, -74)],
    "aviator": [
        (-40, -88),
        (50, -90),
        (112, -70),
        (124, -6),
        (98, 70),
        (36, 112),
        (-30, 98),
        (-84, 40),
        (-110, -30),
        (-96, -76),
    ],
    "wayfarer": [(-94, -70), (0, -76), (112, -80), (122, -40), (104, 36), (58, 74), (-14, 78), (-74, 56), (-100, -4)],
    "cat-eye": [
        (-70, -62),
        (30, -84),
        (130, -124),
        (156, -112),
        (138, -30),
        (96, 54),
        (24, 84),
        (-64, 70),
        (-112, 10),
        (-110, -44),
    ],
}


def sunglasses(spec: GarmentSpec) -> Garment:
    """The layers of sunglasses: temples behind, two lenses in their rims, bridge and hinges."""
    rng = random.Random(spec.seed)
    kind = spec.details.get("frame", "wayfarer")
    sport = spec.fit == "slim"
    metal = kind in ("aviator", "round") and spec.color in ("gold", "silver", "black")
    shape = _LENSES.get(kind, _LENSES["wayfarer"])
    rim = 11.0 if metal else 30.0
    size = 1.3 if kind == "round" else 1.38 if kind == "wayfarer" else 1.25
    lens = rng.choice(("#4a3a2c", "#30343a", "#3d4a3f")) if not sport else rng.choice(("#23405c", "#5c3a23", "#30343a"))
    layers: list[Layer] = []
    role = "metal" if metal else "body"
    color = "#2a2b2f" if metal and spec.color == "black" else None
    fill: dict[str, object] = {
        "role": role,
        "color": color,
        "printed": not metal,
        "material": None if metal else "glass",
    }
    for side in (-1, 1):
        arm = [(500 + side * 344, 452), (500 + side * 300, 470), (500 + side * 190, 508), (500 + side * 92, 540)]
        layers.append(Part(ribbon(arm, 12 if metal else 30, 10 if metal else 22), tone=-0.3, volume=0.4, **fill))  # type: ignore[arg-type]
    centre = 196
    for side in (-1, 1):

        def place(p: Point, grow: float = 0.0, side: int = side) -> Point:
            reach = math.hypot(*p) or 1.0
            k = size + grow / reach
            return 500 + side * (centre + p[0] * k), 520 + p[1] * k

        corner = 64 if kind in ("wayfarer", "cat-eye") else 180
        outer, inner = loop([place(p, rim) for p in shape], corner), loop([place(p) for p in shape], 180)
        glass = loop([place(p, 2) for p in shape], 180)
        layers.append(
            Part(
                glass,
                role="lens",
                color=lens,
                printed=False,
                volume=0.5,
                opacity=0.84,
                shades=(
                    Shade(f"M {500 + side * centre - 120:.0f} 400 L {500 + side * centre + 120:.0f} 400", 0.4, 130, 50),
                    Shade(
                        f"M {500 + side * centre - 120:.0f} 640 L {500 + side * centre + 120:.0f} 640", -0.3, 110, 46
                    ),
                ),
            )
        )
        layers.append(
            Line(
                f"M {500 + side * centre - 78:.0f} 560 C {500 + side * centre - 40:.0f} 520 {500 + side * centre - 10:.0f} 470 {500 + side * centre + 4:.0f} 430",
                kind="glint",
                width=9,
                opacity=0.5,
            )
        )
        layers.append(
            Line(
                f"M {500 + side * centre - 40:.0f} 590 C {500 + side * centre - 4:.0f} 550 {500 + side * centre + 20:.0f} 510 {500 + side * centre + 34:.0f} 466",
                kind="glint",
                width=5,
                opacity=0.4,
            )
        )
        hollow = _reversed(inner)
        layers.append(Part(f"{outer} {hollow}", volume=0.7, **fill))  # type: ignore[arg-type]
        hinge = (500 + side * 344, 442)
        layers.append(plate(hinge[0], hinge[1], 16, 26, 4))
    if kind == "aviator":
        layers.append(Part(ribbon([(400, 420), (500, 404), (600, 420)], 13), volume=0.6, **fill))  # type: ignore[arg-type]
    dip = 486 if kind != "cat-eye" else 478
    reach = 62 if kind != "round" else 70
    bridge = [(500 - reach, dip + 16), (470, dip - 8), (530, dip - 8), (500 + reach, dip + 16)]
    layers.append(Part(ribbon(bridge, 12 if metal else 28), volume=0.6, **fill))  # type: ignore[arg-type]
    for side in (-1, 1):
        layers.append(
            Line(
                f"M {500 + side * 100} 392 C {500 + side * 190} 378 {500 + side * 270} 380 {500 + side * 330} 398",
                kind="glint",
                width=4,
                opacity=0.5,
            )
        )
        pad = ellipse(500 + side * 54, 560, 9, 22)
        layers.append(Part(pad, role="lens", color="#d8d2c8", printed=False, opacity=0.7))
    return Garment(framed(turned(layers, rng.uniform(-4, 4), 500, 500), 860))


def _reversed(path: str) -> str:
    """A closed path of cubic strokes run the other way, to cut a hole."""
    numbers = [float(token) for token in path.replace("M", " ").replace("C", " ").replace("Z", " ").split()]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))[::-1]
    head, rest = points[0], points[1:]
    strokes = [rest[i : i + 3] for i in range(0, len(rest), 3)]
    return f"M {head[0]} {head[1]} " + " ".join("C " + " ".join(f"{x} {y}" for x, y in s) for s in strokes) + " Z"


OUTLINES: dict[str, Callable[[GarmentSpec], Garment]] = {
    "hat": hat,
    "beanie": beanie,
    "scarf": scarf,
    "belt": belt,
    "sunglasses": sunglasses,
    "necklace": necklace,
    "earrings": earrings,
    "tie": tie,
}
"""Accessory type -> the function that writes its layers."""
