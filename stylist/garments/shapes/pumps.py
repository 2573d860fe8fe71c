"""Heels and flats: shoes with a low-cut opening on heels of every height."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np

from stylist.garments.parts import GarmentSpec, Line, Part
from stylist.garments.shapes.footwear import LEATHER_SOLE, TAN_LINING, Shoe, pitched, topline
from stylist.garments.shapes.last import Array, Camera, Keys, Last, shell
from stylist.garments.shapes.soles import Sole, block_heel, slender_heel
from stylist.garments.shapes.splines import Layer, Point, loop, spline

HEIGHTS = {"flat": 0.8, "low": 2.6, "kitten": 4.6, "block": 7.0, "wedge": 7.5, "stiletto": 9.6, "platform": 10.5}
"""Heel -> its height above the ball of the foot (cm)."""

_TOES = {
    "round": (2.0, 0.7),
    "almond": (1.65, 0.64),
    "pointed": (1.28, 0.58),
    "square": (3.4, 0.7),
    "open": (1.9, 0.68),
    "cap": (1.8, 0.66),
}


def heels(spec: GarmentSpec, camera: Camera, foot: int, rng: Random) -> list[Layer]:
    """One heeled shoe: a pump, or with a strap, or a mule."""
    return _shoe(spec, camera, foot, rng, spec.details.get("heel", "stiletto"), spec.details.get("toe", "pointed"))


def flats(spec: GarmentSpec, camera: Camera, foot: int, rng: Random) -> list[Layer]:
    """One flat: ballet, mary-jane or mule."""
    return _shoe(spec, camera, foot, rng, spec.details.get("heel", "flat"), spec.details.get("toe", "round"))


def dress_last(heel: float, base: float, toe: str, foot: int, spring: float = 0.5) -> Last:
    """A slender last over a heel of `heel` cm and a sole of `base` cm."""
    exponent, start = _TOES.get(toe, _TOES["round"])
    longer = 1.8 if toe == "pointed" else 0.6 if toe == "almond" else 0.0
    return Last(
        25.4 - 0.3 * heel + longer,
        ((0.0, 2.6), (0.12, 2.75), (0.3, 2.6), (0.46, 2.7), (0.66, 3.9), (0.8, 3.7), (1.0, 3.4)),
        ((0.0, 2.6), (0.12, 2.7), (0.3, 2.3), (0.46, 2.1), (0.66, 3.5), (0.8, 3.4), (1.0, 3.1)),
        exponent,
        start,
        0.7,
        pitched(heel, base, spring),
        (
            (0.0, 16.0),
            (0.2, 16.0),
            (0.28, 13.0),
            (0.36, 10.2),
            (0.44, 8.2),
            (0.52, 6.7),
            (0.6, 5.4),
            (0.7, 4.1),
            (0.8, 3.2),
            (0.9, 2.6),
            (0.96, 2.1),
            (1.0, 1.1),
        ),
        ((0.0, 0.5), (0.35, 0.5), (0.55, 0.7), (0.75, 0.72), (1.0, 0.72)),
        foot,
        0.1,
    )


def under(spec: GarmentSpec, camera: Camera, last: Last, sole: Sole, kind: str, height: float) -> list[Layer]:
    """The heel of a shoe, painted before its sole and upper; nothing for wedges and flats."""
    own = spec.material in ("suede", "velvet", "satin", "leather", "synthetic") or kind in ("stiletto", "kitten")
    color = None if own else "#33291f"
    if kind in ("stiletto", "kitten"):
        return slender_heel(
            last,
            camera,
            sole,
            0.19,
            0.85 if kind == "stiletto" else 1.1,
            -0.08,
            0.2 if kind == "stiletto" else 0.5,
            color,
        )
    if kind == "platform":
        return block_heel(last, camera, sole, 0.005, 0.21, 0.12, -0.06, color, False)
    if kind in ("block", "low"):
        return block_heel(last, camera, sole, 0.005, 0.24, 0.1 if height > 4 else 0.03, -0.1, color, False)
    return []


def ground_sole(last: Last, sole: Sole) -> Sole:
    """The sole of a wedge, which reaches the ground everywhere."""
    u = np.linspace(0, 1, 81)
    spring = np.clip((u - 0.75) / 0.25, 0, 1) ** 2 * 0.5
    return replace(sole, wedge=last.floor(u) - spring)


def _shoe(spec: GarmentSpec, camera: Camera, foot: int, rng: Random, kind: str, toe: str) -> list[Layer]:
    height = HEIGHTS.get(kind, 0.8)
    base = {"platform": 3.0, "flat": 0.45, "wedge": 1.6}.get(kind, 0.5)
    last = dress_last(height if kind != "flat" else 0.5, base, toe, foot)
    mule = spec.details.get("vamp") == "mule" or spec.details.get("strap") == "slide"
    red = spec.seed % 7 == 3 and kind == "stiletto"
    thin = Sole(0.06, 0.4, 0.35, 0.4, 0.0, "#a3242d" if red else LEATHER_SOLE if spec.color != "black" else "#3a3330")
    if kind == "platform":
        thin = Sole(0.1, 0.4, 0.8, 2.9, 0.0, None, spec.material, tone=-0.08)
    elif kind == "wedge":
        thin = ground_sole(
            last,
            Sole(
                0.12,
                0.5,
                0.5,
                0.5,
                0.0,
                "#b48a57" if spec.material in ("canvas", "linen", "cotton") else None,
                spec.material,
                tone=-0.12,
                rope=spec.material in ("canvas", "linen", "cotton"),
            ),
        )
    elif kind == "flat":
        thin = Sole(0.1, 0.9, 0.45, 0.45, 0.0, LEATHER_SOLE if spec.color != "black" else "#2c2826")
    shoe = Shoe(spec, camera, last, rng)
    shoe.layers += under(spec, camera, last, thin, kind, height)
    shoe.welt(thin)
    shoe.insole("#e2c9a6" if spec.color not in ("cream", "beige", "camel") else "#f0e4d0", 0.2)
    strap = spec.details.get("strap", "")
    top = topline(last, _heights(spec, kind))
    if strap in ("ankle", "t-bar"):
        shoe.ring(8.2, 9.2, 0.44, inside=True)
    start, end = (0.47 if mule else 0.0), (0.945 if toe == "open" else 1.0)
    if spec.details.get("vamp") == "mary-jane":
        shoe.strap_inside(
            ((0.0, 0.53), (0.5, 0.565), (1.0, 0.53)), ((0.0, 0.58), (0.5, 0.615), (1.0, 0.58)), 0.1, 0.13, 0.87
        )
    shoe.upper(shell(top, start, end), TAN_LINING)
    shoe.edge(top, max(0.006, start), 0.77, stitched=False, width=3.4)
    _trim(shoe, spec, top, mule)
    if strap in ("ankle", "t-bar") and not mule:
        _ankle_strap(shoe, strap)
    elif spec.details.get("vamp") == "mary-jane":
        _mary_jane(shoe)
    shoe.sidewall(thin)
    return shoe.layers


def _heights(spec: GarmentSpec, kind: str) -> Keys:
    tall = 0.5 if kind in ("stiletto", "platform", "block", "wedge") else 0.0
    if spec.details.get("vamp") == "mule":
        return ((0.4, 0.1), (0.47, 0.6), (0.53, 2.2), (0.6, 4.0), (0.66, 8.0), (0.72, 30.0))
    if spec.details.get("strap") in ("ankle", "t-bar"):
        return (
            (0.0, 9.6),
            (0.035, 9.2),
            (0.075, 6.8),
            (0.13, 4.4),
            (0.2, 3.5),
            (0.3, 2.9),
            (0.46, 2.35),
            (0.6, 2.2),
            (0.68, 2.5),
            (0.735, 3.3),
            (0.765, 4.6),
            (0.79, 30.0),
        )
    return (
        (0.0, 5.3 + tall),
        (0.06, 5.0 + tall),
        (0.16, 4.1),
        (0.3, 3.0),
        (0.46, 2.35),
        (0.6, 2.2),
        (0.68, 2.5),
        (0.735, 3.3),
        (0.765, 4.6),
        (0.79, 30.0),
    )


def _trim(shoe: Shoe, spec: GarmentSpec, top: Callable[[Array], Array], mule: bool) -> None:
    if not mule:
        shoe.curve([(0.004, 0.02), (0.004, 0.07), (0.004, 0.11)], "seam", 1.6)
        shoe.curve([(0.36, 0.0), (0.345, 0.05), (0.33, 0.09)], "seam", 1.5, opacity=0.6)
    shine = [(0.66, 0.2), (0.78, 0.27), (0.9, 0.33)]
    if spec.material in ("leather", "satin", "synthetic"):
        shoe.curve(shine, "glint", 5.0, opacity=0.5)
    if spec.details.get("toe") == "cap":
        shoe.overlay(
            lambda s, t: 0.86 + 0.02 * np.sin(np.pi * t) + (0.14 - 0.02 * np.sin(np.pi * t)) * s,
            lambda u, t: t,
            0.05,
            "toe",
            color="#1f1d1d",
            printed=False,
            volume=0.5,
        )
    if spec.details.get("vamp", "ballet" if spec.type == "flats" else "") == "ballet":
        _bow(shoe)


def _bow(shoe: Shoe) -> None:
    x, y = shoe.at(0.775, 0.5, 0.2)
    s = shoe.camera.scale
    for side in (-1, 1):
        wing: list[Point] = [
            (x, y),
            (x + side * 0.7 * s, y - 0.45 * s),
            (x + side * 1.25 * s, y - 0.3 * s),
            (x + side * 1.2 * s, y + 0.35 * s),
            (x + side * 0.6 * s, y + 0.3 * s),
        ]
        shoe.layers.append(Part(loop(wing), "trim", tone=0.05, volume=0.8))
        shoe.layers.append(Line(spline([(x + side * 2, y), (x + side * 0.8 * s, y - 1)]), "fold", 1.6, 0.9))
        shoe.layers.append(
            Line(
                spline([(x, y + 2), (x + side * 0.35 * s, y + 0.7 * s), (x + side * 0.5 * s, y + 1.2 * s)]), "cord", 3.2
            )
        )
    shoe.layers.append(Part(loop([(x - 5, y - 6), (x + 5, y - 6), (x + 5, y + 6), (x - 5, y + 6)]), "trim", volume=0.9))


def _ankle_strap(shoe: Shoe, strap: str) -> None:
    if strap == "t-bar":
        shoe.overlay(
            lambda s, t: 0.415 + 0.36 * s,
            lambda u, t: 0.5 + (t - 0.5) * (0.09 - 0.03 * (u - 0.41)),
            0.1,
            "strap",
            stitched=True,
        )
    shoe.ring(8.2, 9.2, 0.44, inside=False)
    v = float(shoe.last.v_at(np.array(0.24), np.array(8.7)))
    shoe.buckle(0.24, v, 0.5)


def _mary_jane(shoe: Shoe) -> None:
    back: Keys = ((0.0, 0.53), (0.25, 0.55), (0.5, 0.565), (0.75, 0.55), (1.0, 0.53))
    front: Keys = tuple((v, u + 0.05) for v, u in back)
    shoe.strap_front(back, front, 0.1, 0.13, 0.87, stitched=True)
    shoe.buckle(0.578, 0.25, 0.5)
