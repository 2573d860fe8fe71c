"""Clutches from the front: `shape` envelope or frame; slim ones are zipped pouches."""

from __future__ import annotations

import random

from stylist.garments.parts import Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.goods import (
    box,
    framed,
    inset,
    panel,
    plate,
    ring,
    sampled,
    stitches,
    strap,
    tassel,
    varied,
)
from stylist.garments.shapes.splines import Layer, ellipse, outline, spline

_TANNED = frozenset({"leather", "suede"})


def _envelope(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    if spec.fit == "slim":
        return _pouch(spec, rng)
    body = box(130, 330, 870, 720, -4)
    layers: list[Layer] = []
    if spec.gender == "women" and spec.material != "canvas" and rng.random() < 0.5:
        chain = sampled([(150, 352), (120, 270), (240, 176), (500, 150), (760, 178), (882, 272), (850, 352)], 9)
        layers += [ring(x, y, 13 if i % 2 else 9, 9 if i % 2 else 13, 4, 0.05) for i, (x, y) in enumerate(chain)]
    layers.append(
        Part(
            panel(body, (12, 12, 20, 20), (0, 3, 5, 3)),
            volume=0.4,
            tone=-0.05,
            shades=(Shade("M 150 712 C 400 730 600 730 850 712", 0.26, 36, 16),),
        )
    )
    tip = 574 + rng.uniform(-16, 16)
    flap = outline(
        [(126, 326), (500, 318), (874, 326)],
        [(866, 352), (690, 470), (540, tip)],
        [(500, tip + 16), (460, tip)],
        [(310, 470), (134, 352), (126, 326)],
    )
    layers.append(
        Part(
            flap,
            volume=0.4,
            tone=0.03,
            shades=(
                Shade("M 160 344 C 400 332 600 332 840 344", -0.16, 34, 18),
                Shade(f"M 300 470 L 500 {tip:.0f} L 700 470", 0.1, 20, 12),
            ),
        )
    )
    if spec.material in _TANNED | {"canvas", "synthetic"}:
        layers.append(
            stitches(
                spline(
                    [(146, 346), (316, 458), (462, tip - 16), (500, tip - 2), (538, tip - 16), (684, 458), (854, 346)]
                ),
                1.9,
            )
        )
        layers.append(stitches(panel(inset(body, 12), (8, 8, 14, 14), (0, 3, 5, 3)), 1.6, 0.6))
    if spec.material == "canvas":
        layers += [ring(500, tip, 13, 13, 5), *tassel(500, tip + 10, 130, 46, rng)]
    else:
        layers.append(Part(ellipse(500, tip - 10, 24, 24), role="metal", printed=False, volume=0.6))
        layers.append(
            Line(
                f"M 486 {tip - 18:.0f} C 492 {tip - 26:.0f} 504 {tip - 28:.0f} 512 {tip - 22:.0f}",
                kind="glint",
                width=3,
            )
        )
    return layers


def _pouch(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    body = box(140, 330, 860, 750)
    layers: list[Layer] = []
    if spec.material != "leather":
        layers += strap([(168, 372), (60, 420), (66, 560), (128, 640), (170, 560), (166, 440), (176, 384)], 20)
        layers.append(ring(172, 372, 16, 16, 5))
    layers.append(
        Part(
            panel(body, 26, (2, 4, 5, 4)),
            volume=0.45,
            shades=(
                Shade("M 160 742 C 400 760 600 760 840 742", 0.26, 36, 16),
                Shade("M 180 420 C 400 410 600 410 820 420", -0.12, 50, 24),
            ),
        )
    )
    layers += [
        Line("M 168 372 L 832 372", kind="zip", width=4.2),
        stitches(panel(inset(body, 12), 18, (2, 4, 5, 4)), 1.8),
    ]
    layers += [Line("M 160 392 L 840 392", kind="stitch", width=1.6), plate(770, 700, 70, 18, 4)]
    return layers


def _framed(spec: GarmentSpec, rng: random.Random) -> list[Layer]:
    bottom = rng.uniform(770, 810)
    body = outline(
        [(238, 356), (370, 340), (500, 336), (630, 340), (762, 356)],
        [
            (840, 470),
            (868, 600),
            (826, 716),
            (720, bottom - 14),
            (500, bottom),
            (280, bottom - 14),
            (174, 716),
            (132, 600),
            (160, 470),
            (238, 356),
        ],
    )
    layers: list[Layer] = []
    if rng.random() < 0.5:
        chain = sampled([(250, 350), (262, 250), (360, 150), (500, 120), (640, 150), (738, 250), (750, 350)], 7)
        layers += [ring(x, y, 9 if i % 2 else 12, 12 if i % 2 else 9, 4, 0.05) for i, (x, y) in enumerate(chain)]
    layers.append(
        Part(
            body,
            volume=0.75,
            shades=(
                Shade(f"M 240 740 C 400 {bottom:.0f} 600 {bottom:.0f} 760 740", 0.32, 56, 24),
                Shade("M 250 372 C 400 352 600 352 750 372", 0.3, 26, 10),
            ),
        )
    )
    for i in range(11):
        x = 262 + i * 47.6
        spread = (x - 500) * 0.42
        layers.append(
            Line(
                f"M {x:.0f} 366 C {x + spread * 0.4:.0f} 430 {x + spread * 0.8:.0f} 480 {x + spread:.0f} {520 + 40 * ((i * 7) % 3)}",
                kind="fold",
                width=2.8,
                opacity=0.75,
            )
        )
    bar = outline(
        [(226, 372), (236, 338), (370, 314), (500, 310), (630, 314), (764, 338), (774, 372)],
        [(742, 374)],
        [(738, 362), (628, 344), (500, 340), (372, 344), (262, 362)],
        [(258, 374)],
    )
    layers.append(Part(bar, role="metal", printed=False, volume=0.6))
    layers.append(Line("M 250 340 C 370 318 630 318 750 340", kind="glint", width=4))
    for x, color in ((484, None), (518, None)):
        layers.append(Part(ellipse(x, 300, 21, 21), role="metal", printed=False, volume=0.7, color=color))
        layers.append(Line(f"M {x - 9} 290 C {x - 4} 284 {x + 4} 283 {x + 8} 288", kind="glint", width=3))
    return layers


def clutch(spec: GarmentSpec) -> Garment:
    """The layers of a clutch."""
    rng = random.Random(spec.seed)
    draw = _framed if spec.details.get("shape") == "frame" else _envelope
    return Garment(framed(varied(draw(spec, rng), rng, tall=0.06)))
