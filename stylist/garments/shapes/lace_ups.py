"""Loafers and oxfords: welted shoes on a low stacked heel."""

from __future__ import annotations

from random import Random

import numpy as np

from stylist.garments.parts import GarmentSpec, Line, Part
from stylist.garments.shapes.footwear import DARK_SOLE, LEATHER_SOLE, TAN_LINING, Shoe, topline
from stylist.garments.shapes.last import Array, Camera, Keys, Last, drawn, shell
from stylist.garments.shapes.soles import Sole, block_heel
from stylist.garments.shapes.splines import Layer, Point, loop, spline

_LOAFER: Keys = ((0.0, 6.2), (0.06, 5.9), (0.16, 5.0), (0.3, 4.5), (0.42, 4.9), (0.5, 5.9), (0.55, 7.2), (0.6, 30.0))
_OXFORD: Keys = ((0.0, 6.6), (0.06, 6.2), (0.16, 5.2), (0.26, 4.9), (0.33, 5.5), (0.38, 6.8), (0.43, 8.6), (0.5, 30.0))


def loafers(spec: GarmentSpec, camera: Camera, foot: int, rng: Random) -> list[Layer]:
    """One loafer: penny, tassel or horsebit."""
    last, sole = _last(spec, foot), _sole(spec)
    shoe = Shoe(spec, camera, last, rng)
    top = topline(last, _LOAFER)
    _ground(shoe, sole)
    shoe.insole(TAN_LINING)
    shoe.upper(shell(top), TAN_LINING)
    shoe.edge(top, 0.006, 0.585, width=3.4)
    shoe.curve([(0.26, 0.0), (0.245, 0.05), (0.235, 0.085)], "seam", 1.8)
    _apron(shoe)
    kind = spec.details.get("vamp", "penny")
    if kind == "tassel":
        _fringe(shoe)
    else:
        _saddle(shoe, kind)
    shoe.overlay(
        lambda s, t: 0.5 + 0.012 * (2 * t - 1) ** 4 + 0.1 * s,
        lambda u, t: 0.5 + (t - 0.5) * (0.34 - 0.5 * (u - 0.5)),
        0.12,
        "tongue",
        stitched=True,
    )
    shoe.sidewall(sole)
    _welt_stitch(shoe, sole)
    return shoe.layers


def oxfords(spec: GarmentSpec, camera: Camera, foot: int, rng: Random) -> list[Layer]:
    """One oxford: plain or capped, brogue, derby or monk."""
    last, sole = _last(spec, foot), _sole(spec)
    kind = spec.details.get("vamp", "")
    collar, throat = 0.405, 0.575
    derby = kind == "derby"
    gap: Keys = ((collar - 0.1, 0.055), (collar, 0.055), (throat - 0.02, 0.05 if derby else 0.025), (throat, 0.0))
    top = topline(last, _OXFORD, None if kind == "monk" else gap)
    shoe = Shoe(spec, camera, last, rng)
    _ground(shoe, sole)
    shoe.insole(TAN_LINING)
    shoe.upper(shell(top), TAN_LINING)
    body = shoe.layers.pop()
    if kind != "monk":
        shoe.overlay(
            lambda s, t: collar - 0.008 + 0.02 * (2 * t - 1) ** 4 + (throat - collar) * s,
            lambda u, t: 0.38 + 0.24 * t,
            0.1,
            "tongue",
            tone=-0.05,
        )
    shoe.layers.append(body)
    shoe.edge(top, 0.006, collar + 0.03, width=3.4)
    _quarter(shoe, kind)
    _toe(shoe, spec, kind)
    if kind == "monk":
        _monk(shoe)
    else:
        laces = {"white": "#efece4", "cream": "#e4d9c3"}.get(spec.color, "#2a211c")
        shoe.lacing(throat - 0.03, collar + 0.015, 5, 0.085, laces, 4.6)
    shoe.sidewall(sole)
    _welt_stitch(shoe, sole)
    return shoe.layers


def _last(spec: GarmentSpec, foot: int) -> Last:
    slim = 0.25 if spec.gender == "women" else 0.0
    toe, start = {"pointed": (1.5, 0.6), "square": (2.8, 0.68), "almond": (1.75, 0.62)}.get(
        spec.details.get("toe", ""), (1.95, 0.64)
    )
    heel = 3.0
    return Last(
        28.5,
        ((0.0, 3.0), (0.12, 3.2), (0.3, 3.1), (0.46, 3.3 - slim), (0.67, 4.6 - slim), (0.8, 4.4 - slim), (1.0, 4.2)),
        ((0.0, 3.0), (0.12, 3.1), (0.3, 2.8), (0.46, 2.6 - slim), (0.67, 4.1 - slim), (0.8, 4.1 - slim), (1.0, 3.9)),
        toe,
        start,
        0.9,
        (
            (0.0, heel),
            (0.24, heel - 0.15),
            (0.38, heel - 0.7),
            (0.52, 1.5),
            (0.64, 0.85),
            (0.78, 0.8),
            (0.9, 1.15),
            (1.0, 1.7),
        ),
        (
            (0.0, 15.0),
            (0.2, 15.5),
            (0.29, 14.0),
            (0.36, 11.4),
            (0.45, 8.9),
            (0.55, 7.1),
            (0.64, 5.7),
            (0.74, 4.6),
            (0.84, 3.8),
            (0.92, 3.3),
            (0.97, 2.8),
            (1.0, 1.7),
        ),
        ((0.0, 0.5), (0.35, 0.5), (0.6, 0.72), (0.8, 0.68), (1.0, 0.66)),
        foot,
        0.12,
    )


def _sole(spec: GarmentSpec) -> Sole:
    color = LEATHER_SOLE if spec.color in ("brown", "camel", "beige", "cream", "white", "khaki") else DARK_SOLE
    if spec.details.get("heel") == "platform":
        return Sole(0.4, 1.2, 1.6, 2.2, 0.0, DARK_SOLE, "synthetic", tread=True)
    return Sole(0.34, 0.75, 0.65, 0.75, 0.0, color, bands=(0.5,))


def _ground(shoe: Shoe, sole: Sole) -> None:
    shoe.layers += block_heel(shoe.last, shoe.camera, sole, 0.004, 0.27, 0.02, -0.2, sole.color or DARK_SOLE, True)
    shoe.welt(sole)


def _welt_stitch(shoe: Shoe, sole: Sole) -> None:
    u = np.linspace(0.02, 0.97, 60)

    def surface(a: Array, b: Array) -> Array:
        x, near, _ = shoe.last.edges(a, sole.grow - 0.12)
        return np.stack([x, near, shoe.last.floor(a) + 0.02 + 0 * b], axis=-1)

    thread = "#cdb48a" if sole.color == DARK_SOLE else "#5d3f26"
    shoe.layers += [
        Line(p, "stitch", 1.5, 0.75, thread) for p in drawn(surface, u, np.zeros_like(u), shoe.camera, back=True)
    ]


def _apron(shoe: Shoe) -> None:
    rim: list[Point] = [
        (0.56, 0.2),
        (0.7, 0.22),
        (0.82, 0.26),
        (0.895, 0.34),
        (0.918, 0.5),
        (0.895, 0.66),
        (0.82, 0.74),
        (0.7, 0.78),
        (0.56, 0.8),
    ]
    shoe.curve(rim, "edge", 3.6, lift=0.1)
    shoe.curve(
        [(u + 0.012 * np.sign(u - 0.7), v + (0.03 if v < 0.5 else -0.03 if v > 0.5 else 0)) for u, v in rim],
        "stitch",
        1.8,
        lift=0.08,
    )
    shoe.curve([(u, v - 0.025 if v < 0.5 else v) for u, v in rim[:5]], "glint", 3.0, opacity=0.35)


def _saddle(shoe: Shoe, kind: str) -> None:
    back: Keys = ((0.0, 0.585), (0.3, 0.6), (0.5, 0.604), (0.7, 0.6), (1.0, 0.585))
    front: Keys = ((0.0, 0.645), (0.2, 0.66), (0.38, 0.675), (0.5, 0.655), (0.62, 0.675), (0.8, 0.66), (1.0, 0.645))
    if kind == "horsebit":
        gold = "#cfa64f" if shoe.spec.details.get("hardware", "gold") == "gold" else "#b9bdc4"
        scale = shoe.camera.scale
        v = np.linspace(0.66, 0.34, 15)
        shoe.line(np.full_like(v, 0.635), v, "cord", 7.5, 0.35, 1.0, gold)
        for side in (0.34, 0.66):
            x, y = shoe.at(0.637, side, 0.35)
            ring: list[Point] = [
                (x + 0.72 * scale * np.cos(a), y + 0.85 * scale * np.sin(a))
                for a in np.linspace(0, 2 * np.pi, 12, endpoint=False).tolist()
            ]
            shoe.layers.append(Line(loop(ring), "cord", 6.0, 1.0, gold))
        return
    shoe.strap(back, front, 0.16, 0.1, 0.9, stitched=True, lined=False)
    slot = [(0.618, 0.5), (0.632, 0.56), (0.647, 0.5), (0.632, 0.44)]
    shoe.layers.append(
        Part(loop([shoe.at(u, v, 0.18) for u, v in slot], 40), "trim", tone=-0.7, printed=False, volume=0.1)
    )


def _fringe(shoe: Shoe) -> None:
    kilt: Keys = ((0.0, 0.56), (0.5, 0.575), (1.0, 0.56))
    hem: Keys = ((0.0, 0.64), (0.3, 0.68), (0.5, 0.7), (0.7, 0.68), (1.0, 0.64))
    shoe.strap_front(kilt, hem, 0.2, 0.24, 0.76)
    for v in np.linspace(0.27, 0.73, 15).tolist():
        shoe.curve([(0.6, v), (0.695 - 0.1 * abs(v - 0.5), v)], "seam", 1.6, lift=0.2)
    scale = shoe.camera.scale
    for v, lean in ((0.56, 0.3), (0.43, -0.2)):
        x, y = shoe.at(0.655, v, 0.5)
        shoe.layers.append(Line(spline([shoe.at(0.6, 0.5, 0.45), (x, y)]), "cord", 3.4))
        skirt: list[Point] = [
            (x - 0.22 * scale, y),
            (x + 0.22 * scale, y),
            (x + (0.55 - lean) * scale, y + 1.7 * scale),
            (x - (0.55 + lean) * scale, y + 1.75 * scale),
        ]
        shoe.layers.append(Part(loop(skirt, 60), "trim", tone=-0.04, volume=0.6))
        for k in (-0.3, -0.1, 0.1, 0.3):
            shoe.layers.append(
                Line(
                    spline([(x + k * 0.4 * scale, y + 4), (x + (k * 1.3 - lean) * scale, y + 1.65 * scale)]),
                    "seam",
                    1.3,
                )
            )
        shoe.layers.append(
            Part(
                loop(
                    [
                        (x - 0.26 * scale, y - 5),
                        (x + 0.26 * scale, y - 5),
                        (x + 0.28 * scale, y + 6),
                        (x - 0.28 * scale, y + 6),
                    ]
                ),
                "trim",
                tone=0.06,
                volume=0.8,
            )
        )


def _quarter(shoe: Shoe, kind: str) -> None:
    if kind == "derby":
        seam: list[Point] = [(0.575, 0.44), (0.59, 0.36), (0.565, 0.26), (0.53, 0.14), (0.5, 0.0)]
    else:
        seam = [(0.585, 0.5), (0.588, 0.36), (0.565, 0.22), (0.52, 0.1), (0.48, 0.0)]
    for d in (0.0, 0.009, 0.016):
        shoe.curve(
            [(u - d, v) for u, v in seam],
            "edge" if d == 0 else "stitch",
            2.8 if d == 0 else 1.3,
            opacity=1.0 if d == 0 else 0.8,
        )
    shoe.curve([(u, 1 - v) for u, v in seam], "edge", 2.4)
    counter: list[Point] = [(0.02, 0.12), (0.1, 0.115), (0.18, 0.085), (0.25, 0.0)]
    shoe.curve(counter, "seam", 1.8)
    shoe.curve([(u + 0.008, v - 0.006) for u, v in counter], "stitch", 1.2, opacity=0.7)
    if kind == "brogue":
        shoe.perforations([(u - 0.024, v) for u, v in seam], 0.12, 26)
        shoe.perforations([(u - 0.006, max(v - 0.02, 0.005)) for u, v in counter], 0.11, 16)
    for v in (0.5 - 0.125, 0.5 + 0.125):
        shoe.curve([(0.41, v), (0.48, v + (0.004 if v > 0.5 else -0.004)), (0.565, v)], "stitch", 1.3, opacity=0.75)


def _toe(shoe: Shoe, spec: GarmentSpec, kind: str) -> None:
    if spec.material == "leather":
        shoe.curve([(0.64, 0.24), (0.76, 0.29), (0.88, 0.34)], "glint", 5.0, opacity=0.5)
    if kind == "brogue":
        wing: list[Point] = [
            (0.6, 0.0),
            (0.66, 0.09),
            (0.74, 0.2),
            (0.8, 0.33),
            (0.815, 0.42),
            (0.765, 0.5),
            (0.815, 0.58),
            (0.8, 0.67),
            (0.74, 0.8),
            (0.66, 0.91),
            (0.6, 1.0),
        ]
        shoe.curve(wing, "edge", 2.8)
        shoe.curve([(u + 0.01, v) for u, v in wing], "stitch", 1.3, opacity=0.8)
        shoe.perforations([(u + 0.022, v) for u, v in wing], 0.13, 52)
        center = [
            (0.885 + 0.028 * np.cos(a), 0.5 + 0.075 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 9)[:-1].tolist()
        ]
        shoe.holes([(0.885, 0.5), *center, (0.93, 0.5), (0.845, 0.5)], 0.13)
    elif kind == "derby" and spec.details.get("toe") != "cap":
        return
    elif spec.details.get("toe", "cap") in ("cap", "round", "almond"):
        cap: list[Point] = [(0.815, 0.0), (0.822, 0.2), (0.83, 0.5), (0.822, 0.8), (0.815, 1.0)]
        for d in (0.0, 0.009, 0.016):
            shoe.curve([(u + d, v) for u, v in cap], "edge" if d == 0 else "stitch", 2.6 if d == 0 else 1.3)


def _monk(shoe: Shoe) -> None:
    for at in (0.47, 0.545):
        back: Keys = ((0.0, at - 0.015), (0.5, at - 0.02), (1.0, at - 0.015))
        front: Keys = ((0.0, at + 0.03), (0.5, at + 0.022), (1.0, at + 0.03))
        shoe.strap_front(back, front, 0.12, 0.2, 0.86, stitched=True)
        shoe.buckle(at + 0.004, 0.34, 0.62, 0.3)
