"""Boots: ankle, Chelsea, mid-calf, knee-high, hiking and combat."""

from __future__ import annotations

from random import Random

import numpy as np

from stylist.garments.parts import GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.footwear import DARK_SOLE, LEATHER_SOLE, Shoe, topline
from stylist.garments.shapes.last import Array, Camera, Keys, Last, along, drawn, patch, seen, shell
from stylist.garments.shapes.pumps import HEIGHTS, ground_sole
from stylist.garments.shapes.soles import Sole, block_heel, slender_heel
from stylist.garments.shapes.splines import Layer, Point, outline

_TOPS = {"ankle": 15.0, "chelsea": 15.5, "mid": 25.0, "knee": 38.0}
"""Shaft -> the height of its top above the heel seat (cm)."""

_PITCH: Keys = ((0.0, 1.0), (0.12, 0.985), (0.24, 0.9), (0.38, 0.62), (0.5, 0.31), (0.6, 0.09), (0.68, 0.0), (1.0, 0.0))


def boots(spec: GarmentSpec, camera: Camera, foot: int, rng: Random) -> list[Layer]:
    """One boot."""
    shaft = spec.details.get("shaft", "ankle")
    return (
        _laced(spec, camera, foot, rng, shaft)
        if shaft in ("hiking", "combat")
        else _pulled(spec, camera, foot, rng, shaft)
    )


def _pulled(spec: GarmentSpec, camera: Camera, foot: int, rng: Random, shaft: str) -> list[Layer]:
    kind = spec.details.get("heel", "low" if shaft == "chelsea" or spec.gender == "men" else "block")
    height = {"flat": 1.2, "low": 2.2, "block": 5.0, "stiletto": 8.5, "kitten": 4.5, "platform": 5.0, "wedge": 5.5}.get(
        kind, HEIGHTS.get(kind, 2.2)
    )
    base = 2.4 if kind == "platform" else 0.8
    last = _last(spec, height, base, foot)
    sole = Sole(
        0.22,
        0.7,
        0.6,
        base,
        0.0,
        DARK_SOLE if spec.color not in ("brown", "camel", "beige", "cream") else "#4a3424",
        "synthetic" if kind == "platform" else "leather",
        bands=(0.5,),
    )
    if kind == "wedge":
        sole = ground_sole(last, sole)
    shoe = Shoe(spec, camera, last, rng)
    if kind in ("stiletto", "kitten"):
        shoe.layers += slender_heel(last, camera, sole, 0.2, 1.0, -0.08, 0.2)
    elif kind != "wedge":
        shoe.layers += block_heel(
            last, camera, sole, 0.004, 0.27, 0.08 if height > 4 else 0.02, -0.25, sole.color, height < 4.5
        )
    shoe.welt(sole)
    top_z = _TOPS.get(shaft, 15.0)
    leg = _leg(last, top_z, shaft)
    piece = patch(lambda s, t: s, lambda u, t: t, (56, 22))
    inner = seen(leg, piece, camera, inside=True)
    rim = drawn(leg, np.linspace(0.0, 1.0, 60), np.ones(60), camera, back=True)
    if inner:
        shoe.layers.append(
            Part(
                inner,
                "lining",
                color="#b08d68" if spec.color != "black" else "#4a4440",
                printed=False,
                material="leather",
                volume=0.1,
                shades=tuple(Shade(p, 0.5, 44, 20) for p in rim),
            )
        )
    outer = seen(leg, piece, camera)
    top = topline(last, ((0.0, 12.5), (0.3, 12.5), (0.36, 13.0), (0.4, 30.0)))
    shades = _leg_light(leg, camera, shaft)
    shoe.outside(shell(top), outer, volume=0.6, shades=(*shoe.light(), *shades))
    shoe.layers += [Line(p, "edge", 3.4) for p in drawn(leg, np.linspace(0.02, 0.5, 50), np.full(50, 0.995), camera)]
    shoe.layers += [
        Line(p, "stitch", 1.4, 0.7)
        for p in drawn(leg, np.linspace(0.02, 0.5, 50), np.full(50, 0.995 - 0.7 / top_z), camera)
    ]
    _seams(shoe, leg, shaft, foot, top_z)
    if spec.material == "leather":
        shoe.curve([(0.64, 0.24), (0.76, 0.29), (0.88, 0.34)], "glint", 5.0, opacity=0.5)
    shoe.sidewall(sole)
    return shoe.layers


def _laced(spec: GarmentSpec, camera: Camera, foot: int, rng: Random, shaft: str) -> list[Layer]:
    hiking = shaft == "hiking"
    rise = 14.5 if hiking else 18.0
    sole = Sole(
        0.45, 1.4, 1.3, 1.7, 0.35, DARK_SOLE if not hiking else "#3b342d", "synthetic", bands=(0.72,), tread=True
    )
    last = _last(spec, 1.6, 1.7, foot, laced=rise)
    collar, throat = 0.345, 0.66
    heights: Keys = (
        (0.0, rise),
        (0.1, rise - 0.3),
        (0.24, rise - 0.4),
        (0.3, rise + 0.2),
        (0.34, rise + 3),
        (0.42, 40.0),
    )
    top = topline(last, heights, ((collar - 0.1, 0.09), (collar, 0.09), (throat - 0.03, 0.06), (throat, 0.0)))
    shoe = Shoe(spec, camera, last, rng)
    shoe.layers += block_heel(last, camera, sole, 0.002, 0.3, 0.0, -0.3, sole.color, False)
    shoe.welt(sole)
    shoe.insole("#6d5b49")
    shoe.upper(shell(top), "#8d7660" if spec.color != "black" else "#4a4440")
    body = shoe.layers.pop()
    shoe.overlay(
        lambda s, t: collar - 0.018 + 0.012 * (2 * t - 1) ** 4 + (throat + 0.02 - collar) * s,
        lambda u, t: 0.37 + 0.26 * t,
        0.2,
        "tongue",
        tone=-0.1,
        volume=0.5,
    )
    shoe.layers.append(body)
    _laced_overlays(shoe, top, collar, throat, hiking, rise)
    shoe.edge(top, 0.004, collar - 0.01, width=4.4)
    laces = (
        "#c33b2f"
        if hiking and spec.color in ("brown", "camel", "beige", "grey", "khaki", "olive")
        else "#26211e"
        if spec.color != "white"
        else "#efece4"
    )
    shoe.lacing(throat - 0.04, collar + 0.008, 8, 0.1, laces, 7.5)
    shoe.sidewall(sole)
    return shoe.layers


def _last(spec: GarmentSpec, heel: float, base: float, foot: int, laced: float = 0.0) -> Last:
    woman = spec.gender == "women"
    slim = 0.45 if woman else 0.0
    exponent, start = {"pointed": (1.35, 0.6), "almond": (1.7, 0.62), "square": (3.0, 0.7)}.get(
        spec.details.get("toe", ""), (2.0, 0.67)
    )
    if laced:
        exponent, start = 2.15, 0.7
    seat = tuple(
        (u, base + heel * _at(_PITCH, u) + 0.7 * max(0.0, (u - 0.76) / 0.24) ** 2)
        for u in (0.0, 0.12, 0.24, 0.38, 0.5, 0.6, 0.68, 0.8, 0.9, 1.0)
    )
    if laced:
        ridge: Keys = (
            (0.0, 30.0),
            (0.2, 30.0),
            (0.27, laced + 7),
            (0.315, laced + 3),
            (0.355, laced + 0.2),
            (0.4, laced * 0.5 + 5.4),
            (0.46, 10.2),
            (0.54, 8.5),
            (0.64, 6.7),
            (0.74, 5.4),
            (0.85, 4.5),
            (0.93, 3.9),
            (0.97, 3.4),
            (1.0, 2.3),
        )
    else:
        ridge = (
            (0.0, 20.0),
            (0.25, 20.0),
            (0.31, 17.0),
            (0.355, 13.4),
            (0.4, 11.2),
            (0.46, 9.3),
            (0.55, 7.3),
            (0.64, 5.9),
            (0.74, 4.8),
            (0.84, 4.0),
            (0.92, 3.4),
            (0.97, 2.8),
            (1.0, 1.6),
        )
    return Last(
        28.0 - 0.22 * heel,
        (
            (0.0, 3.2 - slim / 2),
            (0.12, 3.4 - slim / 2),
            (0.3, 3.3 - slim / 2),
            (0.48, 3.4 - slim),
            (0.67, 4.7 - slim),
            (0.8, 4.5 - slim),
            (1.0, 4.2 - slim),
        ),
        (
            (0.0, 3.2 - slim / 2),
            (0.12, 3.3 - slim / 2),
            (0.3, 3.0 - slim / 2),
            (0.48, 2.8 - slim),
            (0.67, 4.2 - slim),
            (0.8, 4.2 - slim),
            (1.0, 3.9 - slim),
        ),
        exponent,
        start,
        0.8,
        seat,
        ridge,
        ((0.0, 0.5), (0.35, 0.5), (0.6, 0.72), (0.8, 0.66), (1.0, 0.64)),
        foot,
        0.1,
    )


def _leg(last: Last, top: float, shaft: str):  # type: ignore[no-untyped-def]
    """The shaft as a tube: phi from the back (0) over the near side (0.25) to the front (0.5); t from the instep to the top."""
    back: Keys = (
        (0.0, 0.3),
        (6.0, 0.45),
        (10.0, 1.0),
        (14.0, 1.5),
        (18.0, 1.3),
        (24.0, 0.2),
        (30.0, -0.7),
        (35.0, -0.7),
        (40.0, -0.3),
    )
    front: Keys = (
        (0.0, 12.5),
        (8.0, 11.6),
        (11.5, 10.7),
        (14.0, 10.3),
        (18.0, 10.4),
        (25.0, 11.0),
        (32.0, 11.6),
        (40.0, 12.0),
    )
    half: Keys = ((0.0, 2.9), (8.0, 3.15), (13.0, 3.2), (18.0, 3.5), (25.0, 4.5), (32.0, 5.1), (40.0, 5.2))
    flare = 0.5 if shaft in ("ankle", "chelsea") else 0.2
    seat = float(last.floor(np.array(0.12)))

    def value(keys: Keys, z: Array) -> Array:
        return along(tuple((a / 40.0, b) for a, b in keys), z / 40.0)

    def surface(phi: Array, t: Array) -> Array:
        dip = 0.5 if shaft != "knee" else 0.9
        z = 6.5 + (top - 6.5) * t - dip * t * (0.5 + 0.5 * np.cos(2 * np.pi * (phi - 0.0))) * 0.6
        b, f = value(back, z), value(front, z)
        grow = 1 + 0.04 * flare * t**4
        centre, semi = (b + f) / 2, (f - b) / 2 * grow
        angle = 2 * np.pi * phi
        return np.stack([centre - np.cos(angle) * semi, np.sin(angle) * value(half, z) * grow, seat + z], axis=-1)

    return surface


def _leg_light(leg, camera: Camera, shaft: str) -> tuple[Shade, ...]:  # type: ignore[no-untyped-def]
    t = np.linspace(0.15, 0.95, 14)
    shades = [Shade(p, -0.2, 26, 16) for p in drawn(leg, np.full_like(t, 0.36), t, camera)]
    shades += [Shade(p, 0.22, 30, 16) for p in drawn(leg, np.full_like(t, 0.1), t, camera)]
    return tuple(shades)


def _seams(shoe: Shoe, leg, shaft: str, foot: int, top: float) -> None:  # type: ignore[no-untyped-def]
    camera = shoe.camera
    shoe.curve([(0.02, 0.12), (0.1, 0.11), (0.2, 0.08), (0.27, 0.0)], "seam", 1.8, opacity=0.8)
    t = np.linspace(0.12, 1.0, 24)
    if shaft == "chelsea":
        low = [(float(a), float(b)) for a, b in camera.project(leg(np.linspace(0.215, 0.285, 6), np.full(6, 0.02)))]
        high = [(float(a), float(b)) for a, b in camera.project(leg(np.linspace(0.36, 0.15, 9), np.full(9, 0.93)))]
        right = [
            (float(a), float(b))
            for a, b in camera.project(
                leg(np.interp(np.linspace(0, 1, 7), [0, 1], [0.285, 0.36]), np.linspace(0.02, 0.93, 7))
            )
        ]
        left = [
            (float(a), float(b))
            for a, b in camera.project(
                leg(np.interp(np.linspace(0, 1, 7), [0, 1], [0.15, 0.215]), np.linspace(0.93, 0.02, 7))
            )
        ]
        gore = outline(low, right, high, left)
        shoe.layers.append(Part(gore, "rib", tone=-0.25, printed=False, material="knit", volume=0.3))
        for k in np.linspace(0.08, 0.92, 13).tolist():
            phi = np.interp(np.linspace(0, 1, 12), [0, 1], [0.215 + 0.07 * k, 0.15 + 0.21 * k])
            shoe.layers += [Line(p, "rib", 1.6, 0.6) for p in drawn(leg, phi, np.linspace(0.03, 0.92, 12), camera)]
        shoe.layers.append(Line(gore, "stitch", 1.3, 0.8))
        shoe.curve([(0.62, 0.5), (0.6, 0.34), (0.56, 0.18), (0.5, 0.06), (0.46, 0.0)], "seam", 1.8, opacity=0.7)
        _pull_tab(shoe, leg)
        return
    if foot < 0:
        shoe.layers += [Line(p, "zip", 2.2) for p in drawn(leg, np.full_like(t, 0.27), t[::-1] * 0.97, camera)]
    else:
        shoe.layers += [Line(p, "seam", 1.8, 0.8) for p in drawn(leg, np.full_like(t, 0.27), t, camera)]
        shoe.layers += [Line(p, "stitch", 1.2, 0.6) for p in drawn(leg, np.full_like(t, 0.28), t, camera)]
    shoe.curve([(0.44, 0.5), (0.42, 0.35), (0.36, 0.22), (0.29, 0.17)], "fold", 2.2, opacity=0.35)
    if shaft in ("knee", "mid"):
        for z, p0, p1 in ((0.2, 0.12, 0.3), (0.27, 0.3, 0.46), (0.34, 0.08, 0.24)):
            phi = np.linspace(p0, p1, 9)
            shoe.layers += [
                Line(p, "fold", 3.0, 0.5) for p in drawn(leg, phi, z + 0.03 * np.sin(np.linspace(0, np.pi, 9)), camera)
            ]


def _pull_tab(shoe: Shoe, leg) -> None:  # type: ignore[no-untyped-def]
    s = shoe.camera.scale
    for phi in (0.02, 0.5):
        x, y = (float(c) for c in shoe.camera.project(leg(np.array(phi), np.array(1.0))))
        tab: list[Point] = [(x - 0.5 * s, y + 1.0 * s), (x - 0.45 * s, y - 0.5 * s)]
        shoe.layers.append(
            Part(
                outline(tab, [(x, y - 0.95 * s)], [(x + 0.45 * s, y - 0.5 * s), (x + 0.5 * s, y + 1.0 * s)]),
                "strap",
                tone=-0.15,
                printed=False,
                volume=0.5,
            )
        )


def _laced_overlays(shoe: Shoe, top, collar: float, throat: float, hiking: bool, rise: float) -> None:  # type: ignore[no-untyped-def]
    for side in (0.0, 1.0):

        def stay(u: Array, t: Array, side: float = side) -> Array:
            edge = np.minimum(top(u), 0.5)
            inner = np.maximum(edge - 0.075, 0.02)
            return np.abs(side - (inner + (edge - inner) * t))

        shoe.overlay(
            lambda s, t: collar - 0.01 + (throat - collar) * s, stay, 0.06, stitched=True, tone=-0.06, volume=0.25
        )
    if hiking:
        shoe.overlay(
            lambda s, t: 0.82 + 0.05 * np.sin(np.pi * t) + (0.18 - 0.05 * np.sin(np.pi * t)) * s,
            lambda u, t: t,
            0.07,
            "toe",
            color="#2f2a26",
            material="synthetic",
            printed=False,
            volume=0.4,
        )
        shoe.overlay(lambda s, t: 0.002 + (0.24 - 0.1 * t) * s, lambda u, t: 0.1 * t, 0.07, tone=-0.28, stitched=True)
        shoe.overlay(
            lambda s, t: 0.002 + 0.3 * s,
            lambda u, t: np.minimum(top(u), 0.5) * (0.8 + 0.2 * t),
            0.12,
            "trim",
            tone=-0.3,
            printed=False,
            material="synthetic",
            volume=0.7,
        )
    else:
        cap: list[Point] = [(0.83, 0.0), (0.835, 0.25), (0.845, 0.5), (0.835, 0.75), (0.83, 1.0)]
        for d in (0.0, 0.01, 0.018):
            shoe.curve([(u + d, v) for u, v in cap], "edge" if d == 0 else "stitch", 2.6 if d == 0 else 1.3)
        shoe.curve([(0.03, float(top(np.array(0.03))) * 0.55), (0.15, 0.1), (0.24, 0.0)], "seam", 2.0)
    seam: list[Point] = [(0.655, 0.44), (0.66, 0.34), (0.62, 0.18), (0.56, 0.0)]
    for d in (0.0, 0.01, 0.018):
        shoe.curve([(u - d, v) for u, v in seam], "edge" if d == 0 else "stitch", 2.6 if d == 0 else 1.3)


def _at(keys: Keys, u: float) -> float:
    return float(along(tuple(keys), np.array(u)))


__all__ = ["LEATHER_SOLE", "boots"]
