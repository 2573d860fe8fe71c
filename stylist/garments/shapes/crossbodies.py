"""Bags on a long strap, from the front: `shape` camera, saddle, bucket or structured (a briefcase for men)."""

from __future__ import annotations

import random
from collections.abc import Callable

from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.goods import (
    arch,
    box,
    buckle,
    frame,
    framed,
    inset,
    long_strap,
    panel,
    plate,
    ring,
    rivets,
    run,
    sampled,
    stitches,
    strap,
    tassel,
    varied,
)
from stylist.garments.shapes.splines import Layer, ellipse, outline, spline


def _camera(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    sporty = spec.material == "synthetic"
    width = 40 if sporty else 17
    layers = long_strap((212, 560), (788, 560), 96, width, rng, slider=sporty)
    corners = box(206, 470, 794, 836, 6)
    for x, side in ((206, -1), (794, 1)):
        layers.append(Part(panel(box(x - 26, 520, x + 26, 600), 10), role="strap", tone=-0.08, printed=False))
        layers.append(ring(x + side * 8, 548, 22, 22, 6))
    layers.append(Part(panel(box(218, 448, 782, 520), (46, 46, 8, 8)), tone=-0.12, printed=False, volume=0.4))
    layers.append(Line("M 246 468 L 754 468", kind="zip", width=4.2))
    layers.append(
        Part(
            panel(corners, (54, 54, 62, 62), (4, 6, 6, 6)),
            volume=0.6,
            shades=(
                Shade("M 230 826 C 400 846 620 846 780 822", 0.28, 44, 20),
                Shade("M 240 500 C 400 492 600 492 760 500", -0.14, 30, 16),
            ),
        )
    )
    layers.append(stitches(panel(inset(corners, 15), (44, 44, 50, 50), (4, 6, 6, 6)), 2.0))
    if sporty:
        layers += [Line("M 270 600 L 730 600", kind="zip", width=4), plate(640, 730, 92, 30, 6)]
    else:
        pocket = box(262, 590, 738, 800)
        layers += [
            Part(panel(pocket, (14, 14, 44, 44)), role="pocket", volume=0.4),
            stitches(panel(inset(pocket, 10), (10, 10, 36, 36)), 1.8),
        ]
        layers.append(plate(500, 640, 74, 16, 4))
        layers += [ring(738, 472, 10, 10, 4), *tassel(738, 482, 150, 44, rng)]
    return layers


def _saddle(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers = long_strap((220, 520), (780, 520), 90, 22, rng)
    for x in (222, 778):
        layers += [ring(x, 506, 20, 22, 6)]
    body = outline(
        [(216, 470), (500, 462), (784, 470)],
        [
            (808, 600),
            (790, 740),
            (720, 836),
            (600, 876),
            (500, 884),
            (400, 876),
            (280, 836),
            (210, 740),
            (192, 600),
            (216, 470),
        ],
    )
    layers.append(
        Part(body, volume=0.55, tone=-0.06, shades=(Shade("M 250 800 C 400 890 600 890 750 800", 0.3, 50, 22),))
    )
    layers.append(
        Line(
            spline(
                [
                    (204, 600),
                    (222, 736),
                    (290, 822),
                    (404, 860),
                    (500, 868),
                    (596, 860),
                    (710, 822),
                    (778, 736),
                    (796, 600),
                ]
            ),
            kind="stitch",
            width=2,
        )
    )
    flap = outline(
        [(212, 462), (350, 446), (500, 442), (650, 446), (788, 462)],
        [
            (800, 560),
            (772, 660),
            (690, 728),
            (590, 752),
            (500, 758),
            (410, 752),
            (310, 728),
            (228, 660),
            (200, 560),
            (212, 462),
        ],
    )
    layers.append(
        Part(flap, volume=0.5, tone=0.03, shades=(Shade("M 250 480 C 400 466 600 466 750 480", -0.16, 40, 20),))
    )
    layers.append(
        Line(
            spline(
                [
                    (216, 560),
                    (244, 650),
                    (318, 712),
                    (412, 736),
                    (500, 742),
                    (588, 736),
                    (682, 712),
                    (756, 650),
                    (784, 560),
                ]
            ),
            kind="stitch",
            width=2,
        )
    )
    layers.append(Line(spline([(228, 476), (350, 462), (500, 458), (650, 462), (772, 476)]), kind="stitch", width=1.8))
    tab = outline([(466, 690), (464, 780)], [(474, 806), (500, 816), (526, 806)], [(536, 780), (534, 690)])
    layers += [
        Part(tab, role="strap", printed=False, tone=-0.04, volume=0.4),
        plate(500, 700, 90, 15, 5),
        Button(500, 780, 13, "snap"),
    ]
    return layers


def _messenger(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers = long_strap((196, 500), (804, 500), 78, 52, rng, slider=True)
    body = box(176, 440, 824, 874, 6)
    layers.append(Part(panel(body, (12, 12, 40, 40), (0, 6, 6, 6)), tone=-0.08, volume=0.45))
    layers.append(stitches(panel(inset(body, 12), (8, 8, 32, 32), (0, 6, 6, 6)), 1.8))
    flap = box(166, 428, 834, 752, 4)
    layers.append(
        Part(
            panel(flap, (16, 16, 52, 52), (5, 4, 7, 4)),
            volume=0.4,
            shades=(Shade("M 180 742 C 400 762 600 762 820 742", 0.2, 30, 14),),
        )
    )
    layers.append(stitches(panel(inset(flap, 13), (10, 10, 44, 44), (5, 4, 7, 4)), 2))
    for x in (316, 684):
        layers += strap([(x, 640), (x + 1, 720), (x, 812)], 40, color="#5b3a24", material="leather")
        layers += buckle(x, 740, 62, 48, 8)
        layers += rivets([(x, 660), (x, 792)], 5.5)
    return layers


def _bucket(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    layers = long_strap((262, 470), (738, 470), 84, 20, rng)
    layers.append(Part(ellipse(500, 412, 208, 34), role="lining", tone=-0.5, printed=False))
    body = outline(
        [(292, 410), (360, 424), (430, 416), (500, 430), (570, 418), (640, 426), (708, 408)],
        [(722, 470), (706, 520), (726, 640), (748, 760), (742, 850)],
        [(640, 884), (500, 890), (360, 884), (258, 850)],
        [(252, 760), (274, 640), (294, 520), (278, 470), (292, 410)],
    )
    layers.append(
        Part(
            body,
            volume=0.8,
            shades=(
                Shade("M 286 480 C 400 512 600 512 714 480", 0.3, 26, 10),
                Shade("M 262 850 C 400 892 600 892 738 850", 0.3, 40, 18),
                Shade("M 400 540 C 396 640 390 740 384 850", -0.12, 60, 26),
            ),
        )
    )
    for i, x in enumerate((330, 388, 446, 504, 560, 616, 672)):
        drift = (x - 500) * 0.13
        layers.append(
            Line(
                f"M {x} 486 C {x + drift * 0.3:.0f} 530 {x + drift:.0f} 570 {x + drift * 1.2:.0f} {600 + 26 * (i % 3)}",
                kind="fold",
                width=2.8,
                opacity=0.7,
            )
        )
        layers.append(Line(f"M {x} 470 C {x - 3} 450 {x} 436 {x + 2} 424", kind="fold", width=2.2, opacity=0.6))
    layers.append(
        Part(
            outline(
                [(256, 806), (500, 838), (744, 806)],
                [(742, 850)],
                [(640, 884), (500, 890), (360, 884), (258, 850)],
                [(256, 806)],
            ),
            tone=-0.12,
            printed=False,
            volume=0.4,
        )
    )
    layers.append(Line(spline([(258, 816), (500, 848), (742, 816)]), kind="stitch", width=1.9))
    cord = spline([(282, 476), (360, 494), (440, 486), (500, 500), (560, 488), (640, 496), (718, 476)])
    layers.append(Line(cord, kind="cord", width=12))
    layers += rivets([(320, 486), (398, 490), (458, 490), (542, 492), (604, 492), (680, 486)], 9, "eyelet")
    for side in (-1, 1):
        end = (500 + side * 38 + rng.uniform(-6, 6), 640 + rng.uniform(-14, 14))
        layers.append(Line(spline([(500, 500), (500 + side * 20, 560), end]), kind="cord", width=11))
        layers += tassel(end[0], end[1], 84, 34, rng)
    layers.append(Part(panel(box(474, 486, 526, 524), 12), role="strap", tone=-0.1, printed=False, volume=0.5))
    for x in (272, 728):
        layers.append(ring(x, 470, 18, 20, 6))
    return layers


def _satchel(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    brief = spec.gender == "men"
    layers: list[Layer] = [] if brief else long_strap((208, 520), (792, 520), 96, 18, rng)
    top = 400 if brief else 456
    if brief:
        layers += strap(arch(404, 596, top + 16, 262), 34, tone=-0.05, stitched=False)
        layers.append(Line(run(sampled(arch(404, 596, top, 260))), kind="glint", width=4, opacity=0.3))
        layers += [frame(404, top - 4, 52, 34, 8), frame(596, top - 4, 52, 34, 8)]
    else:
        layers += [ring(212, 508, 19, 21, 6), ring(788, 508, 19, 21, 6)]
    side = 150 if brief else 200
    body = box(side, top, 1000 - side, 850, 4)
    layers.append(
        Part(
            panel(body, (14, 14, 30, 30), (0, 5, 4, 5)),
            tone=-0.1,
            volume=0.4,
            shades=(Shade("M 190 842 C 400 856 600 856 810 842", 0.26, 36, 16),),
        )
    )
    layers.append(stitches(panel(inset(body, 13), (10, 10, 22, 22), (0, 5, 4, 5)), 1.9))
    drop = top + (236 if brief else 250)
    flap = box(side - 8, top - 14, 1008 - side, drop, 2)
    layers.append(
        Part(
            panel(flap, (22, 22, 34, 34), (4, 3, 5, 3)),
            volume=0.4,
            shades=(Shade(f"M 230 {top + 14} C 400 {top + 4} 600 {top + 4} 770 {top + 14}", -0.16, 34, 18),),
        )
    )
    layers.append(stitches(panel(inset(flap, 13), (16, 16, 26, 26), (4, 3, 5, 3)), 1.9))
    if brief:
        tab = outline(
            [(460, drop - 110), (458, drop + 30)],
            [(468, drop + 56), (500, drop + 66), (532, drop + 56)],
            [(542, drop + 30), (540, drop - 110)],
        )
        layers += [
            Part(tab, role="strap", printed=False, volume=0.4),
            stitches(tab, 1.6),
            plate(500, drop + 20, 60, 62, 8),
            Button(500, drop + 12, 9, "eyelet"),
        ]
    else:
        layers += [plate(500, drop - 6, 92, 54, 10), plate(500, drop - 6, 44, 20, 8)]
    return layers


def crossbody(spec: GarmentSpec) -> Garment:
    """The layers of a crossbody bag."""
    rng = random.Random(spec.seed)
    shape = spec.details.get("shape", "camera")
    draw: Callable[[GarmentSpec, random.Random], list[Layer]] = {
        "saddle": _messenger if spec.material == "canvas" else _saddle,
        "bucket": _bucket,
        "structured": _satchel,
    }.get(shape, _camera)
    return Garment(framed(varied(draw(spec, rng), rng)))
