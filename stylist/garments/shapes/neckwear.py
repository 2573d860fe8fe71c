"""Scarves and ties.

Details read here: scarf `shape` (folded, draped, square) and `fringe` (yes, no); tie `shape` (pointed, square-end, bow).
"""

from __future__ import annotations

import random

from stylist.garments.parts import Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.goods import framed, ribbon, turned, varied
from stylist.garments.shapes.splines import Layer, Point, between, outline, spline


def _fringe(a: Point, b: Point, length: float, rng: random.Random, knots: int, lean: float = 0.0) -> list[Layer]:
    """Twisted ends that hang from the edge a-b."""
    layers: list[Layer] = []
    for i in range(knots):
        x, y = between(a, b, (i + 0.5) / knots)
        foot = (x + lean + rng.uniform(-7, 7), y + length * rng.uniform(0.88, 1.04))
        bend = (x + lean * 0.4 + rng.uniform(-5, 5), y + length * 0.5)
        layers.append(Part(ribbon([(x, y - 4), bend, foot], 11, 5), role="trim", volume=0.5, tone=-0.04))
    return layers


def _folded(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    """Folded in half and looped through: two tails below the loop."""
    fringed = spec.details.get("fringe") == "yes"
    foot = 800 if fringed else 874
    lean = rng.uniform(8, 30)
    back = [(560, 420), (600 + lean, 560), (622 + lean, 690), (626 + lean, foot - 46)]
    front = [(450, 430), (418, 570), (404, 700), (408, foot)]
    layers: list[Layer] = []
    tail_ends: list[Layer] = []
    for way, width, tone in ((back, 176, -0.14), (front, 186, 0.0)):
        layers.append(
            Part(
                ribbon(way, width * 0.72, width),
                grain=-4 if way is front else 7,
                tone=tone,
                volume=0.6,
                shades=(Shade(spline(way), 0.14, 30, 16), Shade(spline([(x - 50, y) for x, y in way]), -0.12, 34, 18)),
            )
        )
        for shift in (-34, 28, 60):
            layers.append(
                Line(
                    spline([(x + shift * (0.5 + 0.5 * i / 3), y) for i, (x, y) in enumerate(way)]),
                    kind="fold",
                    width=3.4,
                    opacity=0.55,
                )
            )
        if fringed:
            x, y = way[-1]
            layers += _fringe((x - width / 2 + 4, y), (x + width / 2 - 4, y), 92, rng, 13, 2)
    loop_back = [(300, 300), (350, 210), (500, 172), (650, 210), (700, 300)]
    layers.insert(0, Part(ribbon(loop_back, 96), role="lining", tone=-0.34, volume=0.5, grain=80))
    left = outline(
        [(252, 300), (264, 220), (320, 176), (372, 190), (392, 250), (430, 330), (500, 400), (566, 430)],
        [(560, 500), (500, 530)],
        [(420, 500), (320, 430), (262, 360), (252, 300)],
    )
    right = outline(
        [(748, 300), (736, 220), (680, 176), (628, 190), (608, 250), (570, 322), (500, 384), (428, 420)],
        [(420, 486), (470, 520)],
        [(580, 500), (684, 430), (740, 360), (748, 300)],
    )
    layers.append(
        Part(
            right, grain=42, volume=0.7, tone=-0.05, shades=(Shade("M 640 240 C 620 330 560 410 480 470", 0.2, 26, 12),)
        )
    )
    layers.append(
        Part(
            left,
            grain=-42,
            volume=0.7,
            shades=(
                Shade("M 360 240 C 390 330 450 420 530 470", 0.18, 26, 12),
                Shade("M 290 280 C 320 370 400 440 480 490", -0.14, 40, 18),
            ),
        )
    )
    for d in (
        "M 300 240 C 330 350 410 430 520 470",
        "M 340 210 C 366 310 430 390 540 440",
        "M 272 300 C 310 390 400 470 500 512",
    ):
        layers.append(Line(d, kind="fold", width=3.6, opacity=0.7))
    for d in ("M 700 240 C 670 340 610 410 560 440", "M 726 290 C 700 380 640 440 580 480"):
        layers.append(Line(d, kind="fold", width=3.4, opacity=0.6))
    knot = outline(
        [(406, 420), (470, 398), (560, 404), (604, 440)],
        [(610, 500), (580, 540), (500, 556), (430, 544)],
        [(396, 500), (396, 450), (406, 420)],
    )
    layers.append(
        Part(knot, grain=70, volume=0.8, shades=(Shade("M 420 536 C 480 556 540 552 590 530", 0.28, 24, 10),))
    )
    for d in (
        "M 420 440 C 470 470 540 470 596 452",
        "M 412 480 C 470 510 540 506 600 484",
        "M 430 526 C 480 536 540 534 580 520",
    ):
        layers.append(Line(d, kind="fold", width=3.2, opacity=0.65))
    return layers + tail_ends


def _draped(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    """Hung around a neck: two long ends side by side."""
    fringed = spec.details.get("fringe") == "yes"
    foot = 820 if fringed else 890
    slim = spec.fit == "slim"
    width = 128 if slim else 190
    drop = rng.uniform(30, 80)
    layers: list[Layer] = []
    nape = outline(
        [(352, 250), (400, 168), (500, 138), (600, 168), (648, 250)], [(600, 262), (500, 214), (400, 262)], [(352, 250)]
    )
    layers.append(Part(nape, role="lining", tone=-0.3, volume=0.5, grain=85))
    for side in (1, -1):
        end = foot - (drop if side > 0 else 0)
        mid = 500 + side * (width * 0.56)
        way = [
            (500 - side * 16, 168),
            (500 + side * 70, 186),
            (500 + side * 134, 300),
            (mid + side * 4, 480),
            (mid + side * 14, 660),
            (mid + side * 12, end),
        ]
        layers.append(
            Part(
                ribbon(way, width * 0.62, width),
                grain=-3.0 * side,
                volume=0.65,
                tone=-0.03 if side > 0 else 0.02,
                shades=(
                    Shade(spline([(x + width * 0.3, y) for x, y in way]), 0.18, 30, 15),
                    Shade(spline([(x - width * 0.22, y) for x, y in way]), -0.13, 34, 18),
                ),
            )
        )
        for shift in (-0.3, -0.08, 0.14, 0.34):
            layers.append(
                Line(
                    spline([(x + shift * width * (0.62 + 0.1 * i), y + 20) for i, (x, y) in enumerate(way[1:-1])]),
                    kind="fold",
                    width=3.4,
                    opacity=0.6,
                )
            )
        x = mid + side * 12
        layers.append(
            Line(
                f"M {x - width / 2 + 6:.0f} {end - 16:.0f} L {x + width / 2 - 6:.0f} {end - 16:.0f}",
                kind="stitch",
                width=1.8,
                opacity=0.7,
            )
        )
        if fringed:
            layers += _fringe((x - width / 2 + 5, end), (x + width / 2 - 5, end), 84, rng, 9 if slim else 14)
    return layers


def _square(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    """A silk square folded once to a triangle, one corner turned back, with a border."""
    layers: list[Layer] = []
    under = outline([(128, 300), (480, 330), (872, 286)], [(700, 560), (508, 846)], [(300, 580), (128, 300)])
    layers.append(Part(under, tone=-0.1, volume=0.35, grain=45))
    over = outline(
        [(120, 268), (320, 282), (500, 290), (690, 278), (884, 254)],
        [(760, 460), (640, 640), (530, 800)],
        [(340, 560), (120, 268)],
    )
    shades = (
        Shade("M 320 290 C 360 440 420 600 500 740", 0.14, 40, 20),
        Shade("M 600 290 C 580 440 560 600 530 740", -0.16, 70, 30),
        Shade("M 740 280 C 690 440 620 560 560 700", 0.14, 46, 22),
    )
    layers.append(Part(over, grain=45, volume=0.5, shades=shades))
    for edge in (
        outline(
            [(120, 268), (320, 282), (500, 290), (690, 278), (884, 254)],
            [(846, 304)],
            [(690, 324), (500, 336), (320, 328), (162, 316)],
            [(120, 268)],
        ),
        outline([(120, 268), (340, 560), (530, 800)], [(530, 736)], [(376, 548), (178, 300)], [(120, 268)]),
        outline(
            [(884, 254), (760, 460), (640, 640), (530, 800)],
            [(530, 736)],
            [(610, 612), (716, 456), (822, 300)],
            [(884, 254)],
        ),
    ):
        layers.append(Part(edge, role="trim", tone=-0.3, printed=False, volume=0.2))
    for d in (
        "M 250 300 C 320 430 400 560 480 700",
        "M 420 300 C 460 430 490 560 520 720",
        "M 640 300 C 620 420 580 560 548 700",
        "M 780 290 C 730 400 660 510 600 620",
    ):
        layers.append(Line(d, kind="fold", width=4, opacity=0.45))
    layers.append(Line("M 122 268 C 320 284 690 280 882 254", kind="edge", width=2, opacity=0.6))
    return layers


def scarf(spec: GarmentSpec) -> Garment:
    """The layers of a scarf."""
    rng = random.Random(spec.seed)
    shape = spec.details.get("shape", "folded")
    draw = {"draped": _draped, "square": _square}.get(shape, _folded)
    return Garment(framed(varied(draw(spec, rng), rng, lean=0.02)))


def _blade(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    """Tied in a four-in-hand and hanging, the tail behind."""
    slim = spec.fit == "slim"
    half = 66 if slim else 88
    square = spec.details.get("shape") == "square-end"
    foot = 900
    layers: list[Layer] = []
    for side in (-1, 1):
        band = [
            (500 + side * 20, 196),
            (500 + side * 70, 150),
            (500 + side * 96, 110),
            (500 + side * 64, 84),
            (500, 76),
        ]
        layers.append(Part(ribbon(band, 40, 34), role="strap", tone=-0.22, volume=0.4, grain=30.0 * side))
    tail_tip = (
        [(500 + half * 0.3, foot - 92)] if not square else [(500 + half * 0.62, foot - 100), (500 - 6, foot - 100)]
    )
    tail = outline(
        [(486, 240), (480, 500), (500 - half * 0.3, foot - 150)],
        tail_tip,
        [(500 + half * 0.72, foot - 160), (528, 500), (514, 240)],
        [(486, 240)],
    )
    layers.append(Part(tail, tone=-0.28, volume=0.3))
    if square:
        end: list[list[Point]] = [[(500 + half * 0.86, foot - 30)], [(500 - half * 0.86, foot - 30)]]
    else:
        end = [[(500 + half, foot - 96)], [(500, foot)], [(500 - half, foot - 96)]]
    blade = outline(
        [(470, 236), (530, 236)],
        [(548, 420), (500 + half * 0.8, 660), (500 + half * (0.86 if square else 1), foot - 96)],
        *end,
        [(500 - half * 0.8, 660), (452, 420), (470, 236)],
    )
    layers.append(
        Part(
            blade,
            grain=45 if spec.pattern == "striped" else 0,
            volume=0.5,
            scale=0.72,
            shades=(
                Shade("M 474 250 C 480 340 500 420 506 520", 0.22, 20, 9),
                Shade("M 520 260 C 540 500 550 700 552 820", 0.18, 24, 12),
                Shade(f"M 484 420 C 470 600 462 720 {500 - half * 0.5:.0f} 820", -0.16, 30, 16),
            ),
        )
    )
    layers += [
        Line("M 500 252 C 498 320 506 380 504 450", kind="fold", width=3, opacity=0.7),
        Line("M 484 250 C 478 310 478 350 474 400", kind="fold", width=2.4, opacity=0.5),
    ]
    if not square:
        layers.append(
            Line(
                f"M {500 - half + 9} {foot - 100} L 500 {foot - 13} L {500 + half - 9} {foot - 100}",
                kind="stitch",
                width=1.2,
                opacity=0.4,
            )
        )
    knot = outline(
        [(452, 168), (500, 160), (548, 168)],
        [(540, 210), (528, 246)],
        [(500, 254), (472, 246)],
        [(460, 210), (452, 168)],
    )
    layers.append(
        Part(
            knot,
            grain=-30 if spec.pattern == "striped" else 8,
            scale=0.72,
            volume=0.75,
            tone=0.03,
            shades=(Shade("M 474 244 C 490 254 510 254 526 244", 0.3, 14, 6),),
        )
    )
    layers.append(Line("M 466 176 C 480 206 500 230 522 244", kind="fold", width=2.6, opacity=0.5))
    return layers


def _bow(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers: list[Layer] = []
    for side in (-1, 1):
        band = [(500, 500), (500 + side * 150, 470), (500 + side * 330, 462), (500 + side * 420, 476)]
        layers.append(Part(ribbon(band, 44), role="strap", tone=-0.2, volume=0.4, grain=90))
    for side, tone in ((-1, 0.0), (1, -0.04)):
        rear = outline(
            [(500, 480), (500 + side * 120, 400), (500 + side * 250, 372)],
            [(500 + side * 262, 500), (500 + side * 246, 640)],
            [(500 + side * 120, 600), (500, 524)],
            [(500, 480)],
        )
        layers.append(Part(rear, tone=-0.2, volume=0.5))
        wing = outline(
            [(500, 476), (500 + side * 110, 384), (500 + side * 220, 350), (500 + side * 268, 366)],
            [(500 + side * 282, 500), (500 + side * 266, 636)],
            [(500 + side * 214, 652), (500 + side * 104, 614), (500, 528)],
            [(500, 476)],
        )
        layers.append(
            Part(
                wing,
                volume=0.75,
                tone=tone,
                grain=6.0 * side,
                scale=0.8,
                shades=(
                    Shade(
                        f"M {500 + side * 20} 500 C {500 + side * 90} 500 {500 + side * 150} 490 {500 + side * 200} 480",
                        0.24,
                        26,
                        12,
                    ),
                    Shade(
                        f"M {500 + side * 60} 450 C {500 + side * 120} 410 {500 + side * 190} 390 {500 + side * 240} 392",
                        -0.2,
                        30,
                        14,
                    ),
                ),
            )
        )
        for y0, y1 in ((488, 430), (502, 500), (514, 572)):
            layers.append(
                Line(
                    f"M {500 + side * 36} {y0} C {500 + side * 90} {y0 + (y1 - y0) * 0.4:.0f} {500 + side * 130} {y1} {500 + side * (190 + rng.randint(-16, 16))} {y1}",
                    kind="fold",
                    width=3.2,
                    opacity=0.7,
                )
            )
    knot = outline(
        [(456, 452), (500, 446), (544, 452)],
        [(552, 500), (542, 552)],
        [(500, 558), (458, 552)],
        [(448, 500), (456, 452)],
    )
    layers.append(
        Part(
            knot, volume=0.85, tone=0.04, scale=0.8, shades=(Shade("M 462 548 C 490 558 510 558 538 548", 0.3, 14, 6),)
        )
    )
    layers += [
        Line("M 480 456 C 474 490 476 520 482 550", kind="fold", width=2.6, opacity=0.6),
        Line("M 516 454 C 522 490 520 520 514 552", kind="fold", width=2.6, opacity=0.6),
    ]
    return layers


def tie(spec: GarmentSpec) -> Garment:
    """The layers of a tie or bow tie."""
    rng = random.Random(spec.seed)
    if spec.details.get("shape") == "bow":
        return Garment(framed(varied(turned(_bow(spec, rng), rng.uniform(-3, 3)), rng), 800))
    return Garment(framed(varied(turned(_blade(spec, rng), rng.uniform(-2, 2)), rng, tall=0.02), 900))
