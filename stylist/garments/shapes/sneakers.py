"""Sneakers: runner, court, high-top, slip-on and chunky."""

from __future__ import annotations

from random import Random

import numpy as np

from stylist.garments.parts import GarmentSpec, Part
from stylist.garments.shapes.footwear import WHITE_SOLE, Shoe, topline
from stylist.garments.shapes.last import Array, Camera, Keys, Last, shell
from stylist.garments.shapes.soles import Sole
from stylist.garments.shapes.splines import Layer, outline

_LOW: Keys = (
    (0.0, 7.4),
    (0.05, 7.2),
    (0.13, 6.1),
    (0.22, 5.5),
    (0.29, 5.8),
    (0.35, 7.0),
    (0.4, 8.6),
    (0.45, 10.5),
    (0.52, 30.0),
)
_HIGH: Keys = ((0.0, 13.6), (0.08, 13.3), (0.2, 13.0), (0.28, 13.6), (0.33, 16.0), (0.42, 30.0))
_SLIP: Keys = ((0.0, 6.8), (0.1, 6.0), (0.25, 5.4), (0.4, 6.0), (0.5, 7.0), (0.58, 9.0), (0.66, 30.0))


def sneakers(spec: GarmentSpec, camera: Camera, foot: int, rng: Random) -> list[Layer]:
    """One sneaker."""
    kind = spec.details.get("upper", "court")
    sole = _sole(spec, kind)
    last = _last(kind, sole, foot)
    high = kind == "high-top"
    heights = _HIGH if high else _SLIP if kind == "slip-on" else _LOW
    gap: Keys | None = None
    throat, collar = 0.66, 0.335 if high else 0.4
    if kind != "slip-on":
        gap = ((collar - 0.1, 0.1), (collar, 0.1), (throat - 0.03, 0.07), (throat, 0.0))
    top = topline(last, heights, gap)
    shoe = Shoe(spec, camera, last, rng)
    lining = "#e8e5df" if spec.color not in ("white", "cream", "beige") else "#cfcac0"
    shoe.insole(lining)
    shoe.welt(sole)
    piece = shell(top)
    shoe.upper(piece, lining)
    body = shoe.layers.pop()
    if kind != "slip-on":
        _tongue(shoe, collar, throat, runner=kind in ("runner", "chunky"))
    shoe.layers.append(body)
    _overlays(shoe, kind, top, collar, throat)
    shoe.edge(top, 0.004, 0.66 if kind == "slip-on" else collar + 0.05, width=4.0)
    shoe.sidewall(sole)
    if kind != "slip-on":
        laces = "#f4f2ec" if spec.color not in ("white", "cream") or kind == "high-top" else "#e9e5da"
        shoe.lacing(throat - 0.045, collar + 0.02, 8 if high else 6, 0.115, laces, 8.0)
    return shoe.layers


def _last(kind: str, sole: Sole, foot: int) -> Last:
    base = sole.heel
    ball = sole.ball
    spring = 1.6 if kind in ("runner", "chunky") else 0.7
    slim = -0.25 if kind == "runner" else 0.0
    if kind == "high-top":
        ridge: Keys = (
            (0.0, 24.0),
            (0.2, 24.0),
            (0.27, 20.0),
            (0.34, 14.8),
            (0.42, 11.0),
            (0.52, 8.3),
            (0.62, 6.4),
            (0.72, 5.1),
            (0.84, 4.1),
            (0.93, 3.4),
            (0.97, 2.9),
            (1.0, 1.9),
        )
    else:
        ridge = (
            (0.0, 15.0),
            (0.22, 16.0),
            (0.3, 14.6),
            (0.36, 12.0),
            (0.45, 9.6),
            (0.55, 7.7),
            (0.64, 6.2),
            (0.74, 5.0),
            (0.84, 4.1),
            (0.93, 3.4),
            (0.97, 2.9),
            (1.0, 1.9),
        )
    return Last(
        28.5,
        ((0.0, 3.3 + slim), (0.12, 3.5 + slim), (0.3, 3.4), (0.5, 3.8), (0.68, 4.9), (0.8, 4.9), (1.0, 4.6)),
        ((0.0, 3.3 + slim), (0.12, 3.4 + slim), (0.3, 3.0), (0.48, 2.9), (0.68, 4.4), (0.8, 4.5), (1.0, 4.2)),
        2.05,
        0.66,
        0.9,
        (
            (0.0, base),
            (0.3, base),
            (0.5, (base + ball) / 2),
            (0.68, ball),
            (0.82, ball + spring * 0.15),
            (1.0, ball + spring),
        ),
        ridge,
        ((0.0, 0.5), (0.35, 0.5), (0.6, 0.72), (0.8, 0.62), (1.0, 0.6)),
        foot,
        0.12,
    )


def _sole(spec: GarmentSpec, kind: str) -> Sole:
    white = WHITE_SOLE if spec.color not in ("cream", "beige") else "#e9dfca"
    if kind == "runner":
        return Sole(0.3, 3.0, 2.4, 1.7, 0.7, white, "synthetic", bands=(0.2, 0.62), tread=True)
    if kind == "chunky":
        return Sole(0.6, 4.2, 3.3, 2.8, 0.8, white, "synthetic", bands=(0.22, 0.45, 0.72), tread=True)
    if kind == "high-top":
        return Sole(
            0.28,
            1.8,
            1.5,
            1.4,
            1.1,
            white,
            "synthetic",
            bands=(0.86,),
            stripe="#9d2430" if spec.color in ("white", "cream", "black", "navy") else "#26262a",
        )
    return Sole(0.25, 2.0, 1.7, 1.5, 0.8, white, "synthetic", bands=(0.12, 0.8))


def _tongue(shoe: Shoe, collar: float, throat: float, runner: bool) -> None:
    top = collar - (0.012 if runner else 0.005)
    half = 0.14

    def u(s: Array, t: Array) -> Array:
        return top + 0.02 * (2 * t - 1) ** 4 + (throat + 0.02 - top) * s

    def v(u_: Array, t: Array) -> Array:
        return 0.5 + (2 * t - 1) * half

    shoe.overlay(u, v, 0.25, "tongue", stitched=True, tone=-0.06, volume=0.5)
    label = shoe.at(top + 0.035, 0.5, 0.3)
    s = shoe.camera.scale
    x, y = label
    shoe.layers.append(
        Part(
            outline(
                [(x - 0.95 * s, y - 0.35 * s), (x + 0.75 * s, y - 0.6 * s)],
                [(x + 0.95 * s, y + 0.45 * s), (x - 0.8 * s, y + 0.7 * s)],
            ),
            "trim",
            color="#efece4" if shoe.spec.color not in ("white", "cream") else "#3a3a3e",
            printed=False,
            volume=0.1,
        )
    )


def _overlays(shoe: Shoe, kind: str, top, collar: float, throat: float) -> None:  # type: ignore[no-untyped-def]
    spec = shoe.spec
    if kind == "high-top":
        shoe.overlay(
            lambda s, t: 0.845 + 0.155 * s + 0.02 * np.sin(np.pi * t),
            lambda u, t: t,
            0.08,
            "toe",
            color=WHITE_SOLE,
            material="synthetic",
            printed=False,
            volume=0.5,
        )
        _eyestay(shoe, top, collar, throat, 0.07)
        shoe.curve([(0.32, 0.0), (0.27, 0.08), (0.16, 0.13), (0.03, 0.15)], "stitch", 1.5)
        shoe.curve([(0.66, 0.43), (0.655, 0.28), (0.62, 0.12), (0.6, 0.0)], "stitch", 1.6)
        shoe.curve([(0.667, 0.43), (0.663, 0.28), (0.63, 0.12), (0.61, 0.0)], "stitch", 1.4)
        _tab(shoe, top, 0.035)
        return
    if kind == "slip-on":
        for side in (0.0, 1.0):

            def gore(u: Array, t: Array, side: float = side) -> Array:
                edge = np.minimum(top(u), 0.5)
                v = edge * 0.55 + edge * 0.46 * t
                return np.abs(side - v)

            shoe.overlay(
                lambda s, t: 0.42 + 0.13 * s - 0.03 * (1 - t),
                gore,
                0.05,
                "rib",
                tone=-0.3,
                printed=False,
                material="knit",
            )
        shoe.curve([(0.67, 0.5), (0.62, 0.3), (0.585, 0.12), (0.575, 0.0)], "stitch", 1.5)
        shoe.curve([(0.03, 0.1), (0.12, 0.07), (0.2, 0.0)], "stitch", 1.4)
        return
    swift = kind in ("runner", "chunky")
    mudguard = 0.8 if swift else 0.86

    def toe(s: Array, t: Array) -> Array:
        start = mudguard + 0.07 * np.sin(np.pi * t) ** 1.5 + (0.0 if swift else 0.01)
        return start + (1 - start) * s

    if swift:
        shoe.overlay(
            lambda s, t: 0.62 + 0.38 * s,
            lambda u, t: t * (0.1 + 0.06 * np.clip((u - 0.62) / 0.3, 0, 1)),
            0.05,
            "toe",
            tone=-0.16,
            stitched=True,
        )
        shoe.overlay(
            lambda s, t: 0.62 + 0.38 * s,
            lambda u, t: 1 - t * (0.1 + 0.06 * np.clip((u - 0.62) / 0.3, 0, 1)),
            0.05,
            "toe",
            tone=-0.16,
            stitched=True,
        )
        shoe.curve(
            [(0.6, 0.36), (0.53, 0.2), (0.42, 0.03)],
            "cord",
            11.0,
            color="#f2efe8" if spec.color not in ("white", "cream", "beige") else "#9aa0a6",
        )
    else:
        shoe.overlay(toe, lambda u, t: t, 0.05, "toe", tone=-0.03, stitched=True)
        shoe.holes(
            [(0.705 + 0.03 * i, 0.5 + 0.045 * j) for i in range(4) for j in range(-2, 3) if abs(j) + i <= 4], 0.09
        )
        shoe.curve([(0.62, 0.36), (0.585, 0.22), (0.56, 0.0)], "stitch", 1.5)
        shoe.curve([(0.612, 0.36), (0.577, 0.22), (0.552, 0.0)], "stitch", 1.4)
    _eyestay(shoe, top, collar, throat, 0.085)
    _counter(shoe, top, swift)
    _tab(shoe, top, 0.05)


def _eyestay(shoe: Shoe, top, collar: float, throat: float, width: float) -> None:  # type: ignore[no-untyped-def]
    for side in (0.0, 1.0):

        def v(u: Array, t: Array, side: float = side) -> Array:
            edge = np.minimum(top(u), 0.5)
            inner = np.maximum(edge - width * (1 + 0.6 * np.clip((u - throat + 0.1) / 0.1, 0, 1)), 0.02)
            return np.abs(side - (inner + (edge - inner) * t))

        shoe.overlay(
            lambda s, t: collar - 0.025 + (throat + 0.012 - collar) * s,
            v,
            0.05,
            "upper",
            stitched=True,
            tone=0.04,
            volume=0.25,
        )


def _counter(shoe: Shoe, top, swift: bool) -> None:  # type: ignore[no-untyped-def]
    reach = 0.27 if swift else 0.22
    top_v = 0.17 if swift else 0.15
    shoe.overlay(
        lambda s, t: 0.002 + (reach - 0.1 * t**1.5) * s,
        lambda u, t: np.minimum(top_v, top(u) * 0.97) * t,
        0.07,
        "upper",
        tone=-0.1 if swift else -0.03,
        stitched=True,
        volume=0.4,
    )


def _tab(shoe: Shoe, top, reach: float) -> None:  # type: ignore[no-untyped-def]
    def v(u: Array, t: Array) -> Array:
        edge = np.minimum(top(u), 0.5)
        return edge * (0.55 + 0.45 * t)

    shoe.overlay(lambda s, t: 0.002 + reach * s, v, 0.09, "trim", tone=-0.22, volume=0.4)
