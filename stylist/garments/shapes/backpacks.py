"""Backpacks from the front: day packs, roll-tops, slim business packs and buckled leather ones (`shape` and material decide)."""

from __future__ import annotations

import random

from stylist.garments.parts import Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.goods import (
    box,
    buckle,
    frame,
    framed,
    inset,
    panel,
    plate,
    rivets,
    stitches,
    strap,
    tassel,
    varied,
)
from stylist.garments.shapes.splines import Layer, outline, spline


def _harness(left: float, right: float, top: float, rng: random.Random) -> list[Layer]:
    """The shoulder straps that show at both sides, and the grab handle."""
    layers: list[Layer] = []
    reach = rng.uniform(38, 56)
    for x, side in ((left, -1), (right, 1)):
        way = [
            (x - side * 60, top + 70),
            (x + side * 18, top + 150),
            (x + side * reach, 500),
            (x + side * (reach - 8), 690),
            (x - side * 10, 820),
        ]
        layers += strap(way, 46, tone=-0.16)
    handle = [(446, top + 20), (450, top - 38), (500, top - 56), (550, top - 38), (554, top + 20)]
    layers += strap(handle, 24, tone=-0.1)
    return layers


def _day_pack(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    top = 168
    layers = _harness(262, 738, top, rng)
    for x, side in ((262, -1), (738, 1)):
        pocket = outline(
            [(x + side * -20, 610), (x + side * 30, 622)],
            [(x + side * 44, 700), (x + side * 36, 850)],
            [(x - side * 20, 872)],
            [(x - side * 20, 610)],
        )
        layers += [
            Part(pocket, role="pocket", tone=-0.12, volume=0.5),
            Line(f"M {x - side * 18} 622 L {x + side * 30} 632", kind="stitch", width=1.7),
        ]
    body = outline(
        [
            (250, 830),
            (238, 620),
            (246, 400),
            (290, 244),
            (390, 180),
            (500, 168),
            (610, 180),
            (710, 244),
            (754, 400),
            (762, 620),
            (750, 830),
        ],
        [(736, 876), (640, 888), (500, 892), (360, 888), (264, 876), (250, 830)],
    )
    layers.append(
        Part(
            body,
            volume=0.6,
            shades=(
                Shade("M 262 860 C 400 896 600 896 738 860", 0.3, 46, 20),
                Shade("M 330 260 C 420 210 580 210 670 260", -0.16, 44, 22),
            ),
        )
    )
    layers.append(
        Line(
            spline(
                [
                    (284, 620),
                    (286, 420),
                    (322, 286),
                    (400, 226),
                    (500, 212),
                    (600, 226),
                    (678, 286),
                    (714, 420),
                    (716, 620),
                ]
            ),
            kind="zip",
            width=4.4,
        )
    )
    patch = box(462, 330, 538, 392)
    layers += [
        Part(panel(patch, 8), role="trim", color="#7a4f2e", material="leather", printed=False),
        stitches(panel(inset(patch, 6), 5), 1.4),
    ]
    pocket = outline(
        [(296, 560), (400, 540), (500, 536), (600, 540), (704, 560)],
        [(716, 660), (712, 780), (694, 850)],
        [(600, 866), (500, 868), (400, 866), (306, 850)],
        [(288, 780), (284, 660), (296, 560)],
    )
    layers.append(
        Part(
            pocket,
            role="pocket",
            volume=0.6,
            tone=0.02,
            shades=(Shade("M 310 846 C 420 870 580 870 690 846", 0.24, 34, 16),),
        )
    )
    layers.append(
        Line(
            spline([(304, 640), (318, 594), (400, 580), (500, 576), (600, 580), (682, 594), (696, 640)]),
            kind="zip",
            width=4,
        )
    )
    layers.append(Line(spline([(302, 700), (310, 800), (330, 840)]), kind="stitch", width=1.6, opacity=0.6))
    layers.append(Line(spline([(698, 700), (690, 800), (670, 840)]), kind="stitch", width=1.6, opacity=0.6))
    layers.append(Line("M 470 640 C 460 700 480 760 474 820", kind="fold", width=2.6, opacity=0.5))
    return layers


def _buckled(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers = _harness(252, 748, 196, rng)
    body = outline(
        [(252, 300), (242, 520), (238, 760), (254, 860)],
        [(360, 892), (500, 896), (640, 892), (746, 860)],
        [(762, 760), (758, 520), (748, 300)],
        [(640, 262), (500, 256), (360, 262), (252, 300)],
    )
    layers.append(Part(body, volume=0.6, shades=(Shade("M 262 860 C 400 900 600 900 738 860", 0.3, 50, 22),)))
    layers.append(Line("M 300 430 C 292 560 300 700 288 820", kind="fold", width=3, opacity=0.5))
    layers.append(Line("M 704 430 C 712 560 700 700 714 820", kind="fold", width=3, opacity=0.5))
    pocket = box(330, 620, 670, 842)
    layers += [
        Part(panel(pocket, (10, 10, 34, 34), (0, 4, 5, 4)), role="pocket", volume=0.5),
        stitches(panel(inset(pocket, 10), (6, 6, 28, 28), (0, 4, 5, 4)), 1.8),
    ]
    flap = outline(
        [(240, 300), (262, 236), (360, 206), (500, 198), (640, 206), (738, 236), (760, 300)],
        [
            (764, 420),
            (752, 520),
            (700, 576),
            (600, 596),
            (500, 600),
            (400, 596),
            (300, 576),
            (248, 520),
            (236, 420),
            (240, 300),
        ],
    )
    layers.append(
        Part(flap, volume=0.55, tone=0.03, shades=(Shade("M 300 250 C 420 222 580 222 700 250", -0.2, 44, 22),))
    )
    layers.append(
        Line(
            spline(
                [
                    (252, 420),
                    (264, 510),
                    (310, 560),
                    (404, 580),
                    (500, 584),
                    (596, 580),
                    (690, 560),
                    (736, 510),
                    (748, 420),
                ]
            ),
            kind="stitch",
            width=2,
        )
    )
    for x in (396, 604):
        layers += strap([(x, 470), (x + 1, 570), (x, 690)], 40, tone=-0.06)
        layers += buckle(x, 632, 62, 50, 8)
        layers += rivets([(x, 500), (x, 672)], 5.5)
    for side in (-1, 1):
        layers.append(
            Line(spline([(500 + side * 6, 590), (500 + side * 30, 640), (500 + side * 24, 690)]), kind="cord", width=9)
        )
        layers += tassel(500 + side * 24, 690, 56, 26, rng)
    return layers


def _roll_top(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers = _harness(266, 734, 236, rng)
    body = outline(
        [(272, 300), (262, 560), (258, 790), (276, 872)],
        [(400, 888), (500, 890), (600, 888), (724, 872)],
        [(742, 790), (738, 560), (728, 300)],
        [(272, 300)],
    )
    layers.append(
        Part(
            body,
            volume=0.6,
            shades=(
                Shade("M 282 862 C 400 892 600 892 718 862", 0.3, 46, 20),
                Shade("M 280 330 C 400 350 600 350 720 330", 0.26, 30, 12),
            ),
        )
    )
    layers.append(
        Part(
            outline(
                [(262, 740), (500, 752), (738, 740)],
                [(742, 800), (724, 872)],
                [(600, 888), (500, 890), (400, 888), (276, 872)],
                [(258, 800), (262, 740)],
            ),
            tone=-0.16,
            printed=False,
            volume=0.4,
        )
    )
    layers.append(Line("M 262 742 C 400 754 600 754 738 742", kind="seam", width=2.2))
    pocket = box(346, 520, 654, 716)
    layers += [
        Part(panel(pocket, 16), role="pocket", volume=0.4),
        stitches(panel(inset(pocket, 9), 11), 1.7),
        Line("M 366 552 L 634 552", kind="zip", width=4),
    ]
    for y, tone in ((286, -0.08), (248, 0.0), (216, 0.05)):
        roll = panel(box(252, y - 30, 748, y + 26), 24, (7, 2, 7, 2))
        layers.append(Part(roll, role="hem", volume=0.7, tone=tone))
    layers += [
        Line("M 268 272 C 400 282 600 282 732 272", kind="fold", width=2.4, opacity=0.6),
        Line("M 268 234 C 400 226 600 226 732 234", kind="glint", width=3, opacity=0.35),
    ]
    for x in (330, 670):
        layers += strap([(x, 190), (x - 2, 330), (x, 466)], 34, tone=-0.24)
        layers += [frame(x, 398, 62, 62, 14, 12), plate(x, 398, 26, 46, 6)]
    layers += [
        Line("M 300 430 C 310 520 296 620 306 720", kind="fold", width=2.6, opacity=0.5),
        Line("M 700 430 C 690 520 706 620 694 720", kind="fold", width=2.6, opacity=0.5),
    ]
    return layers


def _business(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers = _harness(280, 720, 160, rng)
    body = box(262, 162, 738, 886, -4)
    layers.append(
        Part(
            panel(body, (70, 70, 30, 30), (5, 5, 4, 5)),
            volume=0.5,
            shades=(Shade("M 270 876 C 400 892 600 892 730 876", 0.28, 40, 18),),
        )
    )
    layers.append(stitches(panel(inset(body, 13), (60, 60, 22, 22), (5, 5, 4, 5)), 1.7))
    front = box(310, 420, 690, 856)
    layers += [
        Part(panel(front, (24, 24, 22, 22), (3, 3, 3, 3)), role="pocket", volume=0.45),
        stitches(panel(inset(front, 10), (18, 18, 16, 16), (3, 3, 3, 3)), 1.6),
    ]
    layers += [
        Line("M 334 466 L 666 466", kind="zip", width=4.2),
        Line(
            spline([(286, 520), (288, 290), (330, 222), (500, 208), (670, 222), (712, 290), (714, 520)]),
            kind="zip",
            width=4,
        ),
    ]
    layers += [plate(500, 340, 86, 22, 5), Line("M 320 640 L 680 640", kind="seam", width=2)]
    return layers


def backpack(spec: GarmentSpec) -> Garment:
    """The layers of a backpack."""
    rng = random.Random(spec.seed)
    shape = spec.details.get("shape", "classic")
    if shape == "roll-top":
        draw = _roll_top
    elif shape == "structured":
        draw = _business
    else:
        draw = _buckled if spec.material in ("leather", "suede") else _day_pack
    return Garment(framed(varied(draw(spec, rng), rng)))
