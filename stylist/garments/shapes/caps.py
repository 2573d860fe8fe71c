"""Sewn headwear: caps, bucket hats and beanies. Details read here: `cuff` (folded, none) and `pompom` (yes) of a beanie."""

from __future__ import annotations

import math
import random

from stylist.garments.parts import Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.goods import framed, rivets, varied
from stylist.garments.shapes.splines import Layer, ellipse, outline, spline


def cap(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    """A baseball cap: six panels, button, eyelets and a stitched peak."""
    crown = outline(
        [(196, 620), (202, 500), (262, 370), (370, 290), (500, 268), (630, 290), (738, 370), (798, 500), (804, 620)],
        [(700, 588), (600, 572), (500, 568), (400, 572), (300, 588), (196, 620)],
    )
    layers: list[Layer] = [
        Part(
            crown,
            volume=0.8,
            shades=(
                Shade("M 250 600 C 360 560 640 560 750 600", 0.24, 40, 18),
                Shade("M 330 360 C 390 310 460 300 500 300", -0.16, 60, 28),
            ),
        ),
    ]
    for d in (
        "M 500 270 C 500 370 500 470 500 566",
        "M 488 272 C 380 340 330 450 318 584",
        "M 512 272 C 620 340 670 450 682 584",
    ):
        layers.append(Line(d, kind="seam", width=2))
    for shift in (-9, 9):
        layers.append(
            Line(
                f"M {500 + shift} 284 C {500 + shift} 370 {500 + shift} 470 {500 + shift} 564",
                kind="stitch",
                width=1.5,
                opacity=0.7,
            )
        )
    layers += rivets([(412, 390), (588, 390), (286, 440), (714, 440)], 7, "eyelet")
    layers.append(Part(ellipse(500, 268, 20, 12), role="trim", printed=False, volume=0.7))
    under = outline(
        [(196, 618), (300, 588), (500, 568), (700, 588), (804, 618)],
        [(846, 690), (700, 700), (500, 690), (300, 700), (154, 690), (196, 618)],
    )
    layers.append(Part(under, role="lining", tone=-0.4, printed=False, volume=0.2))
    peak = outline(
        [(190, 616), (300, 586), (400, 571), (500, 567), (600, 571), (700, 586), (810, 616)],
        [
            (866, 690),
            (860, 742),
            (800, 752),
            (650, 706),
            (500, 694),
            (350, 706),
            (200, 752),
            (140, 742),
            (134, 690),
            (190, 616),
        ],
    )
    layers.append(
        Part(
            peak,
            role="hem",
            volume=0.6,
            shades=(
                Shade("M 210 612 C 360 574 640 574 790 612", 0.3, 24, 9),
                Shade("M 180 690 C 340 640 660 640 820 690", -0.14, 40, 20),
            ),
        )
    )
    for k in range(4):
        y = 14 + 22 * k
        layers.append(
            Line(
                spline(
                    [
                        (190 - 10 * k, 640 + y * 0.9),
                        (340, 596 + y),
                        (500, 584 + y),
                        (660, 596 + y),
                        (810 + 10 * k, 640 + y * 0.9),
                    ]
                ),
                kind="stitch",
                width=1.5,
                opacity=0.65,
            )
        )
    return layers


def bucket_hat(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    """A bucket hat with its stitched brim."""
    flare = rng.uniform(196, 236)
    crown = outline(
        [(288, 590), (306, 470), (336, 360), (400, 334), (500, 328), (600, 334), (664, 360), (694, 470), (712, 590)],
        [(600, 616), (500, 622), (400, 616), (288, 590)],
    )
    layers: list[Layer] = [
        Part(crown, volume=0.75, shades=(Shade("M 690 400 C 704 480 706 540 708 600", 0.26, 44, 20),))
    ]
    layers.append(
        Part(
            outline(
                [(336, 362), (400, 334), (500, 328), (600, 334), (664, 362)],
                [(610, 388), (500, 396), (390, 388), (336, 362)],
            ),
            tone=0.05,
            volume=0.4,
        )
    )
    layers.append(Line(spline([(340, 372), (400, 396), (500, 404), (600, 396), (660, 372)]), kind="stitch", width=1.8))
    layers.append(Line("M 400 396 C 392 470 384 540 380 610", kind="seam", width=1.8, opacity=0.6))
    layers += rivets([(338, 470), (352, 430)], 7, "eyelet")
    left, right = 500 - flare - 100, 500 + flare + 100
    brim = outline(
        [(286, 586), (400, 612), (500, 618), (600, 612), (714, 586)],
        [
            (780, 660),
            (right, 740),
            (right - 6, 772),
            (700, 812),
            (500, 824),
            (300, 812),
            (left + 6, 772),
            (left, 740),
            (220, 660),
            (286, 586),
        ],
    )
    layers.append(
        Part(
            brim,
            role="hem",
            volume=0.6,
            shades=(
                Shade("M 292 602 C 400 634 600 634 708 602", 0.3, 24, 9),
                Shade("M 300 700 C 320 740 310 780 306 810", 0.16, 30, 14),
                Shade("M 640 700 C 650 740 660 780 656 815", 0.14, 30, 14),
            ),
        )
    )
    for k in range(6):
        t = (k + 1) / 6.6
        a = 286 + (left - 286) * t
        y = 586 + (752 - 586) * t
        layers.append(
            Line(
                spline(
                    [
                        (a + 12, y),
                        (380, 618 + 196 * t * 0.96),
                        (500, 622 + 196 * t),
                        (620, 618 + 196 * t * 0.96),
                        (988 - a, y),
                    ]
                ),
                kind="stitch",
                width=1.5,
                opacity=0.6,
            )
        )
    return layers


def beanie(spec: GarmentSpec) -> Garment:
    """The layers of a beanie: crown, ribs, a folded cuff and perhaps a bobble."""
    rng = random.Random(spec.seed)
    cuffed = spec.details.get("cuff", "folded") == "folded"
    bobble = spec.details.get("pompom") == "yes"
    top = 262 if bobble else 236 + rng.uniform(-14, 14)
    foot = 780 if not cuffed else 700
    layers: list[Layer] = []
    crown = outline(
        [
            (252, foot),
            (250, 560),
            (286, 400),
            (372, top + 36),
            (470, top + 4),
            (520, top),
            (620, top + 34),
            (712, 398),
            (750, 560),
            (748, foot),
        ],
        [(620, foot + 24), (500, foot + 30), (380, foot + 24), (252, foot)],
    )
    layers.append(
        Part(
            crown,
            volume=0.85,
            shades=(
                Shade(f"M 720 420 C 756 540 752 620 748 {foot}", 0.3, 60, 28),
                Shade("M 350 380 C 318 460 312 540 314 640", -0.14, 60, 30),
            ),
        )
    )
    ribs = 15 if cuffed else 9
    for i in range(1, ribs):
        t = i / ribs * 2 - 1
        foot_x, bend_x, top_x = 500 + 250 * t, 500 + 238 * t, 500 + 40 * t + rng.uniform(-3, 3)
        layers.append(
            Line(
                f"M {top_x:.0f} {top + 26} C {500 + 150 * t:.0f} {top + 90} {bend_x:.0f} 460 {foot_x:.0f} {foot + 20}",
                kind="rib",
                width=3.4,
                opacity=0.8,
            )
        )
    if cuffed:
        cuff = outline(
            [(236, 636), (360, 662), (500, 670), (640, 662), (764, 636)],
            [(774, 730), (766, 806)],
            [(640, 838), (500, 846), (360, 838), (234, 806)],
            [(226, 730), (236, 636)],
        )
        layers.append(
            Part(
                cuff,
                role="rib",
                printed=False,
                volume=0.6,
                tone=-0.03,
                shades=(Shade("M 240 654 C 360 680 640 680 760 654", -0.14, 30, 14),),
            )
        )
        for i in range(1, 24):
            t = i / 24 * 2 - 1
            x, sag = 500 + 264 * t, 32 * (1 - t * t)
            layers.append(
                Line(
                    f"M {x:.0f} {640 + sag:.0f} C {x * 1.01 - 5:.0f} 700 {x * 1.01 - 5:.0f} 760 {x:.0f} {808 + sag:.0f}",
                    kind="rib",
                    width=3.2,
                    opacity=0.7,
                )
            )
        if not bobble:
            patch = outline([(566, 720), (640, 714)], [(642, 770)], [(568, 776)], [(566, 720)])
            layers += [
                Part(patch, role="trim", color="#3b2f29", material="leather", printed=False, volume=0.3),
                Line(patch, kind="stitch", width=1.3),
            ]
    else:
        layers.append(Line("M 254 756 C 380 784 620 784 746 756", kind="stitch", width=2))
    if bobble:
        layers += _bobble(500, 236, 92, rng)
    return Garment(framed(varied(layers, rng), 800))


def _bobble(x: float, y: float, radius: float, rng: random.Random) -> list[Layer]:
    """A ball of yarn ends."""
    points = []
    for i in range(44):
        angle = 2 * math.pi * i / 44
        reach = radius * (1.0 + (0.09 if i % 2 else -0.05) + rng.uniform(-0.03, 0.03))
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    layers: list[Layer] = [
        Part(outline([*points, points[0]]), role="trim", material="fleece", printed=False, tone=0.06, volume=0.9)
    ]
    for _ in range(46):
        angle, start = rng.uniform(0, 2 * math.pi), rng.uniform(0.15, 0.6) * radius
        reach = rng.uniform(0.75, 1.0) * radius
        bend = angle + rng.uniform(-0.2, 0.2)
        layers.append(
            Line(
                f"M {x + start * math.cos(angle):.1f} {y + start * math.sin(angle):.1f} L {x + reach * math.cos(bend):.1f} {y + reach * math.sin(bend):.1f}",
                kind="fold" if rng.random() < 0.5 else "glint",
                width=2.0,
                opacity=0.45,
            )
        )
    return layers
