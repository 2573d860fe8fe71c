"""Hats from the front, a little from above. `hat` is fedora, baseball, bucket, straw, beret or cloche."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from stylist.garments.parts import Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.caps import bucket_hat, cap
from stylist.garments.shapes.goods import framed, varied
from stylist.garments.shapes.splines import Layer, ellipse, outline, spline


def _brimmed(spec: GarmentSpec, rng: random.Random, wide: float, band: str) -> list[Layer]:
    """A felt or woven hat: the brim's far side, the crown with its pinch, the band, the brim's near side."""
    left, right = 500 - wide, 500 + wide
    dip = rng.uniform(20, 40)
    cloth = "straw" if spec.details.get("hat") == "straw" else None
    layers: list[Layer] = []
    far = outline(
        [(left, 640), (330, 566), (500, 552), (670, 566), (right, 640)],
        [(right - 20, 690), (690, 720), (500, 730), (310, 720), (left + 20, 690), (left, 640)],
    )
    layers.append(Part(far, role="lining", tone=-0.35, printed=False, material=cloth, volume=0.3))
    peak = 300 if cloth is None else 330
    crown = outline(
        [
            (286, 650),
            (290, 540),
            (314, 400),
            (362, peak + 14),
            (436, peak - 8),
            (500, peak + dip),
            (566, peak - 6),
            (640, peak + 16),
            (688, 402),
            (710, 540),
            (714, 650),
        ],
        [(600, 686), (500, 692), (400, 686), (286, 650)],
    )
    if cloth:
        crown = outline(
            [
                (290, 650),
                (294, 540),
                (320, 420),
                (390, 350),
                (500, 330),
                (610, 350),
                (680, 420),
                (706, 540),
                (710, 650),
            ],
            [(600, 686), (500, 692), (400, 686), (290, 650)],
        )
    layers.append(
        Part(
            crown,
            volume=0.8,
            material=cloth,
            shades=(
                Shade("M 690 420 C 716 520 710 600 712 660", 0.3, 50, 24),
                Shade("M 340 420 C 330 500 330 560 330 620", -0.14, 50, 26),
            ),
        )
    )
    if not cloth:
        layers.append(
            Part(
                outline(
                    [(398, peak + 34), (450, peak + 8), (500, peak + dip + 4), (556, peak + 8), (604, peak + 34)],
                    [(560, peak + 66), (500, peak + 84), (440, peak + 66), (398, peak + 34)],
                ),
                tone=-0.22,
                volume=0.25,
                printed=False,
            )
        )
        layers += [
            Line(
                f"M 350 {peak + 50} C 380 {peak + 110} 392 {peak + 150} 388 {peak + 200}",
                kind="fold",
                width=4,
                opacity=0.7,
            ),
            Line(
                f"M 652 {peak + 50} C 622 {peak + 110} 612 {peak + 150} 618 {peak + 200}",
                kind="fold",
                width=4,
                opacity=0.7,
            ),
        ]
    ribbon = outline(
        [(287, 606), (400, 640), (500, 647), (600, 640), (713, 606)],
        [(714, 676)],
        [(600, 712), (500, 718), (400, 712), (286, 676)],
        [(287, 606)],
    )
    layers.append(Part(ribbon, role="trim", color=band, material="satin", printed=False, volume=0.4))
    for y in (620, 700):
        layers.append(
            Line(f"M 290 {y - 34} C 400 {y + 18} 600 {y + 18} 710 {y - 34}", kind="stitch", width=1.2, opacity=0.4)
        )
    bow = outline([(296, 634), (330, 640)], [(334, 690)], [(300, 684)], [(296, 634)])
    layers.append(Part(bow, role="trim", color=band, material="satin", printed=False, tone=0.08, volume=0.5))
    near = outline(
        [(left, 640), (312, 676), (400, 704), (500, 711), (600, 704), (688, 676), (right, 640)],
        [
            (right + 12, 668),
            (right - 50, 712),
            (670, 764),
            (500, 782),
            (330, 764),
            (left + 50, 712),
            (left - 12, 668),
            (left, 640),
        ],
    )
    layers.append(
        Part(
            near,
            role="hem",
            material=cloth,
            volume=0.55,
            shades=(Shade("M 312 690 C 400 722 600 722 688 690", 0.34, 26, 10),),
        )
    )
    layers.append(
        Line(
            spline(
                [
                    (left + 6, 672),
                    (left + 62, 706),
                    (336, 752),
                    (500, 769),
                    (664, 752),
                    (right - 62, 706),
                    (right - 6, 672),
                ]
            ),
            kind="stitch",
            width=1.8,
            opacity=0.7,
        )
    )
    return layers


def _beret(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    body = outline(
        [
            (300, 652),
            (180, 600),
            (150, 500),
            (214, 390),
            (350, 326),
            (520, 312),
            (690, 350),
            (812, 440),
            (846, 552),
            (790, 628),
            (690, 660),
        ],
        [(600, 690), (500, 700), (390, 688), (300, 652)],
    )
    layers: list[Layer] = [
        Part(
            body,
            volume=0.85,
            shades=(
                Shade("M 230 600 C 380 680 640 690 790 600", 0.3, 60, 28),
                Shade("M 260 420 C 360 350 480 340 560 350", -0.18, 70, 34),
            ),
        )
    ]
    layers += [
        Line("M 300 640 C 250 590 230 540 240 480", kind="fold", width=4, opacity=0.6),
        Line("M 690 650 C 760 600 790 560 770 490", kind="fold", width=4, opacity=0.6),
        Line("M 430 680 C 410 630 400 600 402 560", kind="fold", width=3, opacity=0.45),
    ]
    band = outline(
        [(296, 640), (390, 676), (500, 688), (610, 678), (698, 646)],
        [(694, 692)],
        [(610, 726), (500, 738), (390, 724), (302, 688)],
        [(296, 640)],
    )
    layers.append(Part(band, role="hem", tone=-0.14, printed=False, volume=0.5))
    layers.append(
        Part(
            outline([(508, 326), (512, 286), (520, 276)], [(532, 284), (528, 326)], [(508, 326)]),
            role="trim",
            printed=False,
            volume=0.6,
            tone=-0.08,
        )
    )
    return layers


def _cloche(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    crown = outline(
        [(256, 660), (258, 500), (300, 372), (390, 296), (500, 278), (610, 296), (700, 372), (742, 500), (744, 660)],
        [(620, 640), (500, 634), (380, 640), (256, 660)],
    )
    layers: list[Layer] = [
        Part(
            crown,
            volume=0.85,
            shades=(
                Shade("M 720 440 C 748 540 744 600 742 660", 0.3, 56, 26),
                Shade("M 360 360 C 330 430 322 500 322 560", -0.18, 60, 30),
            ),
        )
    ]
    layers.append(
        Part(
            outline(
                [(256, 566), (380, 544), (500, 538), (620, 544), (744, 566)],
                [(746, 640)],
                [(620, 618), (500, 612), (380, 618), (254, 640)],
                [(256, 566)],
            ),
            role="trim",
            material="satin",
            tone=-0.2,
            printed=False,
            volume=0.5,
        )
    )
    brim = outline(
        [(250, 636), (380, 614), (500, 608), (620, 614), (750, 636)],
        [(806, 700), (804, 752), (700, 792), (500, 806), (300, 792), (196, 752), (194, 700), (250, 636)],
    )
    layers.append(
        Part(brim, role="hem", volume=0.65, shades=(Shade("M 260 646 C 400 616 600 616 740 646", 0.28, 20, 9),))
    )
    for angle in range(0, 360, 60):
        x, y = 668 + 40 * math.cos(math.radians(angle)), 590 + 36 * math.sin(math.radians(angle))
        layers.append(
            Part(
                ellipse(x, y, 34, 30),
                role="trim",
                material="satin",
                tone=-0.1 + 0.05 * (angle % 120 == 0),
                printed=False,
                volume=0.7,
            )
        )
    layers.append(Part(ellipse(668, 590, 22, 20), role="trim", material="satin", tone=-0.28, printed=False, volume=0.8))
    return layers


def hat(spec: GarmentSpec) -> Garment:
    """The layers of a hat."""
    rng = random.Random(spec.seed)
    dark = {
        "black": "#2a2a2e",
        "navy": "#141a2c",
        "grey": "#33343a",
        "burgundy": "#35101a",
        "camel": "#4b3524",
        "white": "#1f2430",
    }
    band = dark.get(spec.color, rng.choice(("#2c2622", "#3a2c22", "#22262f")))
    kind = spec.details.get("hat", "fedora")
    draw: Callable[[GarmentSpec, random.Random], list[Layer]] | None = {
        "baseball": cap,
        "bucket": bucket_hat,
        "beret": _beret,
        "cloche": _cloche,
    }.get(kind)
    layers = draw(spec, rng) if draw else _brimmed(spec, rng, 400 if kind == "straw" else 330, band)
    return Garment(framed(varied(layers, rng, lean=0.03), 800))
