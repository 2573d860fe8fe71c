"""Totes from the front: structured handbags, shoppers and soft shoulder bags (`shape` and material decide)."""

from __future__ import annotations

import random

from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.goods import (
    arch,
    box,
    framed,
    inset,
    panel,
    plate,
    ring,
    rivets,
    run,
    sampled,
    stitches,
    strap,
    varied,
)
from stylist.garments.shapes.splines import Layer, ellipse, outline, spline

_TANNED = frozenset({"leather", "suede"})


def _tote_structured(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    flare = rng.choice((34, 22, -26))
    corners = box(196 if flare > 0 else 236, 410, 804 if flare > 0 else 764, 868, flare)
    layers: list[Layer] = []
    layers += strap(arch(352, 648, 430, 168), 24, tone=-0.22, stitched=False)
    layers.append(
        Part(panel(box(corners[0][0] + 8, 392, corners[1][0] - 8, 470), 14), role="lining", tone=-0.42, printed=False)
    )
    layers.append(
        Part(
            panel(corners, (10, 10, 26, 26), (-9, 5, 4, 5)),
            volume=0.4,
            shades=(
                Shade("M 210 862 C 400 872 600 872 790 862", 0.28, 46, 20),
                Shade(
                    f"M {corners[0][0] + 22} 420 C {corners[0][0] + 30} 560 {corners[3][0] + 14} 720 {corners[3][0] + 12} 850",
                    0.18,
                    30,
                    14,
                ),
                Shade(
                    f"M {corners[1][0] - 16} 420 C {corners[1][0] - 26} 560 {corners[2][0] - 14} 720 {corners[2][0] - 10} 850",
                    0.26,
                    40,
                    16,
                ),
            ),
        )
    )
    foot = box(corners[3][0] - (flare * 0.24), 760, corners[2][0] + flare * 0.24, 868, flare * 0.24)
    layers.append(Part(panel(foot, (4, 4, 26, 26), (0, 3, 4, 3)), tone=-0.1, printed=False, volume=0.3))
    layers.append(stitches(f"M {foot[0][0] + 8} 770 L {foot[1][0] - 8} 770"))
    layers.append(stitches(panel(inset(corners, 13), (6, 6, 20, 20), (-9, 5, 4, 5)), 1.8))
    for x in (352, 648):
        tab = outline(
            [(x - 24, 402), (x - 27, 470), (x - 22, 508)], [(x, 530), (x + 22, 508)], [(x + 27, 470), (x + 24, 402)]
        )
        layers += [
            Part(tab, role="pocket", tone=-0.06, printed=False, volume=0.4),
            Line(tab, kind="edge", width=1.4, opacity=0.5),
        ]
        layers.append(
            stitches(
                spline(
                    [(x - 17, 410), (x - 19, 470), (x - 15, 500), (x, 516), (x + 15, 500), (x + 19, 470), (x + 17, 410)]
                ),
                1.7,
            )
        )
        layers += rivets([(x, 486)], 7)
    layers += strap(arch(352, 648, 440, 196), 25, stitched=False)
    layers.append(Line(run(sampled(arch(352, 648, 432, 194))), kind="glint", width=4, opacity=0.3))
    for x in (352, 648):
        layers.append(ring(x, 432, 19, 21, 7))
    if rng.random() < 0.6:
        tab = outline([(474, 398), (472, 500)], [(476, 528), (500, 540), (524, 528)], [(528, 500), (526, 398)])
        layers += [
            Part(tab, role="strap", tone=0.03, printed=False, volume=0.4),
            Line(tab, kind="edge", width=1.4, opacity=0.5),
        ]
        layers.append(plate(500, 505, 26, 26, 8))
    for x in (corners[3][0] + 42, corners[2][0] - 42):
        layers.insert(0, Part(ellipse(x, 872, 14, 10), role="metal", printed=False, volume=0.5))
    return layers


def _tote_shopper(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    sag = rng.uniform(6, 16)
    left, right = 214, 786
    handles = rng.uniform(84, 130)
    layers: list[Layer] = []
    layers += strap(arch(368, 632, 420, handles + 16), 34, tone=-0.2)
    layers.append(
        Part(panel(box(left + 6, 376, right - 6, 440), 10, (8, 0, 0, 0)), role="lining", tone=-0.4, printed=False)
    )
    body = outline(
        [(left, 392), (left + 150, 392 + sag * 0.5), (500, 392 + sag), (right - 160, 392 + sag * 0.4), (right, 390)],
        [(right + 5, 560), (right - 4, 740), (right - 12, 850), (right - 40, 884)],
        [(640, 890), (500, 892), (360, 889), (left + 44, 884)],
        [(left + 14, 852), (left + 5, 740), (left - 6, 560), (left, 392)],
    )
    layers.append(
        Part(
            body,
            volume=0.5,
            shades=(
                Shade("M 240 880 C 400 896 600 896 770 880", 0.25, 40, 18),
                Shade("M 372 420 C 350 560 330 700 300 860", 0.16, 30, 16),
                Shade("M 632 420 C 650 560 668 690 700 860", 0.18, 34, 16),
                Shade("M 440 470 C 452 600 470 740 462 850", -0.1, 60, 26),
            ),
        )
    )
    for offset_y in (34, 40):
        layers.append(
            stitches(
                f"M {left + 2} {388 + offset_y} C 400 {388 + offset_y + sag * 1.2:.1f} 600 {388 + offset_y + sag * 1.2:.1f} {right - 2} {386 + offset_y}",
                1.8,
            )
        )
    layers += [
        Line("M 366 470 C 352 560 330 640 326 730", kind="fold", width=3, opacity=0.6),
        Line("M 634 476 C 652 580 660 640 690 720", kind="fold", width=3, opacity=0.6),
        Line("M 300 880 C 330 850 360 836 400 830", kind="fold", width=2.6, opacity=0.5),
        Line("M 716 880 C 690 852 660 842 622 838", kind="fold", width=2.6, opacity=0.5),
        Line(f"M {left + 8} 836 L {left + 66} 886", kind="seam", width=1.6, opacity=0.6),
        Line(f"M {right - 8} 836 L {right - 64} 886", kind="seam", width=1.6, opacity=0.6),
    ]
    if spec.material == "synthetic":
        layers += [Line("M 232 404 C 400 414 600 414 768 402", kind="zip", width=4)]
        pocket = box(330, 600, 670, 820)
        layers += [Part(panel(pocket, 18), role="pocket", volume=0.35), stitches(panel(inset(pocket, 9), 12), 1.6)]
        layers.append(Line("M 350 628 L 650 628", kind="zip", width=3.4))
    front = arch(368, 632, 424, handles)
    layers += strap(front, 34)
    for x in (368, 632):
        tab = box(x - 17, 396, x + 17, 476)
        layers.append(Part(panel(tab, 3), role="strap", printed=False, volume=0.25))
        layers.append(
            stitches(
                f"M {x - 12} 436 L {x + 12} 436 L {x + 12} 468 L {x - 12} 468 Z M {x - 12} 436 L {x + 12} 468 M {x + 12} 436 L {x - 12} 468",
                1.6,
            )
        )
    return layers


def _tote_hobo(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers: list[Layer] = []
    way = [(262, 470), (278, 330), (360, 170), (500, 112), (640, 168), (724, 330), (738, 470)]
    layers += strap(way, 62, tone=-0.03)
    layers.append(Part(panel(box(262, 440, 738, 520), 30, (-26, 0, 0, 0)), role="lining", tone=-0.45, printed=False))
    body = outline(
        [(238, 440), (330, 486), (440, 512), (510, 516), (600, 506), (690, 476), (762, 436)],
        [
            (800, 560),
            (826, 690),
            (800, 800),
            (700, 868),
            (560, 884),
            (420, 882),
            (290, 862),
            (200, 796),
            (176, 690),
            (204, 560),
            (238, 440),
        ],
    )
    layers.append(
        Part(
            body,
            volume=0.7,
            shades=(
                Shade("M 240 840 C 400 900 620 900 770 830", 0.34, 60, 26),
                Shade("M 330 520 C 300 640 330 760 300 840", 0.2, 34, 16),
                Shade("M 660 520 C 700 640 670 740 710 830", 0.22, 36, 16),
                Shade("M 430 560 C 440 660 470 740 460 820", -0.14, 60, 26),
            ),
        )
    )
    for d in (
        "M 272 470 C 300 560 350 610 352 700",
        "M 728 468 C 700 560 650 620 650 720",
        "M 250 500 C 250 600 280 680 262 760",
        "M 750 500 C 752 590 724 680 744 756",
        "M 480 530 C 470 600 500 640 492 700",
    ):
        layers.append(Line(d, kind="fold", width=3.4, opacity=0.65))
    layers.append(
        stitches(spline([(250, 456), (330, 498), (440, 526), (510, 530), (600, 520), (690, 490), (752, 452)]), 1.8)
    )
    for x, y in ((256, 452), (744, 448)):
        layers += [ring(x, y, 27, 27, 7)]
    layers.append(Button(506, 560, 9, "snap"))
    return layers


def tote(spec: GarmentSpec) -> Garment:
    """The layers of a tote."""
    rng = random.Random(spec.seed)
    if spec.details.get("shape", "structured") == "structured":
        return Garment(framed(varied(_tote_structured(spec, rng), rng)))
    draw = _tote_hobo if spec.material in _TANNED else _tote_shopper
    return Garment(framed(varied(draw(spec, rng), rng)))
