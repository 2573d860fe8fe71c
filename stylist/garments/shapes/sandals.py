"""Sandals: slides, ankle straps, T-bars, gladiators, thongs and espadrilles."""

from __future__ import annotations

from random import Random

import numpy as np

from stylist.garments.parts import GarmentSpec, Line
from stylist.garments.shapes.footwear import LEATHER_SOLE, TAN_LINING, Shoe, pitched, topline
from stylist.garments.shapes.last import Camera, Keys, Last, shell
from stylist.garments.shapes.pumps import ground_sole
from stylist.garments.shapes.soles import Sole, block_heel, slender_heel
from stylist.garments.shapes.splines import Layer, spline

_HEIGHTS = {"flat": 0.3, "low": 2.4, "kitten": 4.5, "block": 6.8, "wedge": 6.0, "stiletto": 9.0, "platform": 3.0}
_JUTE = "#c9a970"


def sandals(spec: GarmentSpec, camera: Camera, foot: int, rng: Random) -> list[Layer]:
    """One sandal."""
    strap = spec.details.get("strap", "ankle")
    heel = spec.details.get("heel", "wedge" if strap == "espadrille" else "flat")
    last, sole = _stand(spec, strap, heel, foot)
    shoe = Shoe(spec, camera, last, rng)
    if heel in ("stiletto", "kitten"):
        shoe.layers += slender_heel(last, camera, sole, 0.19, 0.9, -0.08, 0.2)
    elif heel in ("block", "low"):
        shoe.layers += block_heel(last, camera, sole, 0.005, 0.25, 0.06, -0.1, None, False)
    footbed = "#cfa878" if strap == "slide" and heel == "flat" else "#d9b88c"
    shoe.welt(sole)
    shoe.insole(footbed if spec.color not in ("beige", "camel") else "#efe2cb", 0.02, 0.22)
    {"slide": _slide, "t-bar": _t_bar, "gladiator": _gladiator, "thong": _thong, "espadrille": _espadrille}.get(
        strap, _ankle
    )(shoe, sole)
    return shoe.layers


def _stand(spec: GarmentSpec, strap: str, heel: str, foot: int) -> tuple[Last, Sole]:
    height = _HEIGHTS.get(heel, 0.3)
    base = {"platform": 3.2, "wedge": 2.4}.get(heel, 0.6 if height > 2 else 1.4)
    man = spec.gender == "men"
    wide = 0.5 if man or strap == "slide" else 0.0
    last = Last(
        26.0 - 0.26 * height + (2.0 if man else 0.0),
        (
            (0.0, 2.8 + wide),
            (0.12, 3.0 + wide),
            (0.3, 2.9 + wide),
            (0.46, 3.0 + wide),
            (0.66, 4.2 + wide),
            (0.8, 4.2 + wide),
            (1.0, 4.0),
        ),
        (
            (0.0, 2.8 + wide),
            (0.12, 2.9 + wide),
            (0.3, 2.6 + wide),
            (0.46, 2.5 + wide),
            (0.66, 3.8 + wide),
            (0.8, 4.0 + wide),
            (1.0, 3.8),
        ),
        3.2 if spec.details.get("toe") == "square" else 2.2,
        0.7,
        0.9,
        pitched(height, base, 0.35),
        (
            (0.0, 16.0),
            (0.2, 16.0),
            (0.28, 13.0),
            (0.36, 10.0),
            (0.44, 8.0),
            (0.52, 6.7),
            (0.6, 5.8),
            (0.7, 4.7),
            (0.8, 3.5),
            (0.9, 2.6),
            (1.0, 1.6),
        ),
        ((0.0, 0.5), (0.35, 0.5), (0.55, 0.75), (0.75, 0.75), (1.0, 0.75)),
        foot,
        0.08,
    )
    if strap == "espadrille":
        return last, ground_sole(last, Sole(0.3, 2.4, 2.4, 2.2, 0.05, _JUTE, "linen", rope=True))
    if heel == "wedge":
        return last, ground_sole(
            last,
            Sole(
                0.2,
                2.0,
                2.0,
                2.0,
                0.0,
                "#b58b5c" if spec.color not in ("camel", "brown") else "#8a6440",
                "leather",
                bands=(0.85,),
            ),
        )
    if heel == "platform":
        return last, ground_sole(
            last, Sole(0.2, 3.0, 3.0, 3.0, 0.0, "#2c2927", "synthetic", bands=(0.3, 0.8), tread=True)
        )
    if strap == "slide":
        return last, Sole(0.35, 1.7, 1.6, 1.4, 0.05, "#b89468", "leather", bands=(0.35,))
    thin = height > 2
    return last, Sole(
        0.15,
        0.5 if thin else 1.4,
        0.45 if thin else 1.0,
        0.5 if thin else 1.0,
        0.0,
        LEATHER_SOLE if spec.color != "black" else "#3a302a",
        bands=() if thin else (0.5,),
    )


def _edge_band(at: float, half: float, bend: float = 0.02) -> tuple[Keys, Keys]:
    """A band over the foot around u = `at`, `half` wide to each side, drawn forward over the ridge by `bend`."""
    middle = ((0.0, at), (0.25, at + bend * 0.4), (0.5, at + bend), (0.75, at + bend * 0.4), (1.0, at))
    return tuple((v, u - half) for v, u in middle), tuple((v, u + half) for v, u in middle)


def _slide(shoe: Shoe, sole: Sole) -> None:
    bands = (
        [_edge_band(0.74, 0.075), _edge_band(0.54, 0.06)]
        if shoe.spec.details.get("heel", "flat") == "flat"
        else [_edge_band(0.7, 0.12, 0.03)]
    )
    for back, front in bands:
        shoe.strap_inside(back, front, 0.15)
    shoe.sidewall(sole)
    for back, front in bands:
        shoe.strap_front(back, front, 0.15, stitched=True)
    if len(bands) == 2:
        for at in (0.745, 0.545):
            shoe.buckle(at, 0.26, 0.95, 0.35, "#b9bcc2" if shoe.spec.details.get("hardware") == "silver" else "#c9a961")


def _ankle(shoe: Shoe, sole: Sole) -> None:
    toe = _edge_band(0.775, 0.045)
    shoe.ring(8.4, 9.5, 0.43, inside=True)
    shoe.strap_inside(*toe)
    counter = topline(shoe.last, ((0.0, 9.6), (0.05, 8.8), (0.1, 5.4), (0.17, 2.2), (0.24, 0.1), (0.3, 0.0)))
    shoe.upper(shell(counter, 0.0, 0.25), TAN_LINING, volume=0.5)
    shoe.edge(counter, 0.004, 0.24, width=2.6)
    shoe.sidewall(sole)
    shoe.strap_front(*toe, stitched=True)
    shoe.ring(8.4, 9.5, 0.43, inside=False)
    shoe.buckle(0.25, _height_v(shoe, 0.25, 8.95), 0.62)


def _t_bar(shoe: Shoe, sole: Sole) -> None:
    toe, mid = _edge_band(0.78, 0.032), _edge_band(0.62, 0.02)
    shoe.ring(8.4, 9.3, 0.43, inside=True)
    for band in (toe, mid):
        shoe.strap_inside(*band)
    counter = topline(shoe.last, ((0.0, 9.4), (0.05, 8.6), (0.1, 5.2), (0.17, 2.2), (0.24, 0.1), (0.3, 0.0)))
    shoe.upper(shell(counter, 0.0, 0.25), TAN_LINING, volume=0.5)
    shoe.sidewall(sole)
    for band in (toe, mid):
        shoe.strap_front(*band, stitched=True)
    shoe.overlay(lambda s, t: 0.41 + 0.385 * s, lambda u, t: 0.5 + (t - 0.5) * 0.1, 0.22, "strap", stitched=True)
    shoe.ring(8.4, 9.3, 0.43, inside=False)
    shoe.buckle(0.25, _height_v(shoe, 0.25, 8.85), 0.55)


def _gladiator(shoe: Shoe, sole: Sole) -> None:
    bands = [_edge_band(at, half) for at, half in ((0.83, 0.024), (0.73, 0.024), (0.63, 0.024), (0.53, 0.024))]
    rings = ((5.6, 6.4, 0.55), (8.6, 9.4, 0.42), (11.4, 12.2, 0.34))
    for low, high, reach in rings:
        shoe.ring(low, high, reach, inside=True)
    for band in bands:
        shoe.strap_inside(*band)
    counter = topline(shoe.last, ((0.0, 12.0), (0.03, 10.0), (0.07, 5.0), (0.12, 2.0), (0.18, 0.1), (0.3, 0.0)))
    shoe.upper(shell(counter, 0.0, 0.19), TAN_LINING, volume=0.5)
    shoe.sidewall(sole)
    for band in bands:
        shoe.strap_front(*band, stitched=True)
    shoe.overlay(lambda s, t: 0.31 + 0.53 * s, lambda u, t: 0.5 + (t - 0.5) * 0.085, 0.24, "strap", stitched=True)
    for low, high, reach in rings:
        shoe.ring(low, high, reach, inside=False)
        u = reach * 0.6
        shoe.buckle(u, _height_v(shoe, u, (low + high) / 2), 0.5)


def _thong(shoe: Shoe, sole: Sole) -> None:
    far_back: Keys = ((0.5, 0.83), (0.62, 0.765), (0.8, 0.66), (1.0, 0.5))
    far_front: Keys = ((0.5, 0.86), (0.62, 0.83), (0.8, 0.72), (1.0, 0.555))
    near_back = tuple((1 - v, u) for v, u in reversed(far_back))
    near_front = tuple((1 - v, u) for v, u in reversed(far_front))
    shoe.strap_inside(far_back, far_front, 0.05, 0.5, 1.0)
    shoe.sidewall(sole)
    post, hole = (
        shoe.at(0.845, 0.5, 0.1),
        shoe.camera.project(
            np.array([0.85 * shoe.last.length, -0.3 * shoe.last.foot, float(shoe.last.floor(np.array(0.85)))])
        ),
    )
    shoe.layers.append(Line(spline([post, (float(hole[0]), float(hole[1]))]), "cord", 8.0))
    shoe.strap_front(far_back, far_front, 0.05, 0.5, 1.0)
    shoe.strap_front(near_back, near_front, 0.05, 0.0, 0.5, stitched=True)


def _espadrille(shoe: Shoe, sole: Sole) -> None:
    top = topline(shoe.last, ((0.0, 0.0), (0.55, 0.0), (0.6, 1.2), (0.66, 3.0), (0.7, 6.0), (0.74, 30.0)))
    shoe.ring(8.8, 9.6, 0.43, inside=True)
    shoe.upper(shell(top, 0.56, 1.0), "#efe6d4", volume=0.6)
    counter = topline(
        shoe.last, ((0.0, 9.9), (0.035, 9.6), (0.07, 7.2), (0.13, 4.6), (0.22, 1.8), (0.28, 0.1), (0.34, 0.0))
    )
    shoe.upper(shell(counter, 0.0, 0.29), "#efe6d4", volume=0.5)
    shoe.edge(top, 0.57, 0.73, width=3.0)
    shoe.edge(counter, 0.004, 0.28, width=3.0)
    v = np.linspace(0.03, 0.97, 60)
    shoe.line(np.interp(v, [0, 0.5, 1], [0.6, 0.955, 0.6]), v, "stitch", 2.6, opacity=0.9, color="#f1e7d2")
    shoe.sidewall(sole)
    shoe.ring(8.8, 9.6, 0.43, inside=False)
    s = shoe.camera.scale
    x, y = shoe.at(0.405, 0.5, 0.3)
    for lean in (-1.0, 1.0):
        shoe.layers.append(
            Line(
                spline([(x, y), (x + lean * 1.4 * s, y - 0.9 * s), (x + lean * 1.9 * s, y + 0.2 * s), (x, y)]),
                "cord",
                6.0,
            )
        )
        shoe.layers.append(
            Line(spline([(x, y), (x + lean * 0.7 * s, y + 1.3 * s), (x + lean * 0.9 * s, y + 2.8 * s)]), "cord", 6.0)
        )


def _height_v(shoe: Shoe, u: float, height: float) -> float:
    return float(shoe.last.v_at(np.array(u), np.array(height)))
