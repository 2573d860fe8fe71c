"""The upper half of dresses and jumpsuits, in cm: x = 0 is the axis, y = 0 the highest point of the shoulder, y downward."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stylist.garments.parts import Button, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.splines import Layer, Point, interpolate, lerp, outline, spline

WAIST_Y = 40.0
_NECKS: dict[str, tuple[float, float]] = {
    "crew": (8.0, 9.0),
    "henley": (8.0, 9.0),
    "v": (8.0, 21.0),
    "scoop": (10.5, 16.0),
    "boat": (13.5, 5.0),
    "square": (10.5, 15.5),
    "turtle": (6.8, 5.5),
    "mock": (7.0, 5.5),
    "shirt": (7.2, 10.0),
}
"""Neckline -> half-width at the shoulder and depth at the centre front (cm)."""

_BARE = ("off-shoulder", "sweetheart", "halter", "straps")


@dataclass(frozen=True)
class Bodice:
    """Measures of an upper body: half-widths of shoulder, bust and waist, height of the armhole's foot and of the waist."""

    neck: str
    shoulder: float
    bust: float
    waist: float
    waist_y: float = WAIST_Y
    armhole: float = 20.5
    sleeved: bool = False

    @property
    def bare(self) -> bool:
        """True where no shoulder is covered."""
        return self.neck in _BARE

    def neckline(self) -> list[list[Point]]:
        """The front neck edge from the left shoulder to the right, as runs that meet in corners."""
        if self.neck == "sweetheart":
            return [
                [(-self.bust + 1.0, 16.0), (-14.0, 13.2), (-7.5, 12.6), (0.0, 17.0)],
                [(0.0, 17.0), (7.5, 12.6), (14.0, 13.2), (self.bust - 1.0, 16.0)],
            ]
        if self.neck == "off-shoulder":
            return [
                [(-self.shoulder - 5.0, 11.5), (-12.0, 13.2), (0.0, 14.0), (12.0, 13.2), (self.shoulder + 5.0, 11.5)]
            ]
        if self.neck == "halter":
            return [[(-5.5, 1.0), (-4.2, 8.0), (0.0, 20.0)], [(0.0, 20.0), (4.2, 8.0), (5.5, 1.0)]]
        if self.neck == "straps":
            return [[(-11.5, 11.0), (-7.0, 14.5), (0.0, 18.5), (7.0, 14.5), (11.5, 11.0)]]
        width, depth = _NECKS.get(self.neck, _NECKS["crew"])
        if self.neck == "v":
            return [[(-width, 0.3), (-4.6, 9.0), (0.0, depth)], [(0.0, depth), (4.6, 9.0), (width, 0.3)]]
        if self.neck == "square":
            return [
                [(-width, 0.9), (-width + 1.0, depth - 0.8)],
                [(-width + 1.0, depth - 0.8), (0.0, depth), (width - 1.0, depth - 0.8)],
                [(width - 1.0, depth - 0.8), (width, 0.9)],
            ]
        return [
            [
                (-width, 0.4),
                (-width * 0.86, depth * 0.5),
                (-width * 0.5, depth * 0.88),
                (0.0, depth),
                (width * 0.5, depth * 0.88),
                (width * 0.86, depth * 0.5),
                (width, 0.4),
            ]
        ]

    def side(self, side: int) -> list[list[Point]]:
        """From the neck edge over shoulder and armhole to the foot of the armhole, on one side."""
        s = float(side)
        if self.neck == "sweetheart":
            return [[(s * (self.bust - 1.0), 16.0), (s * self.bust, self.armhole)]]
        if self.neck == "off-shoulder":
            end = (s * (self.shoulder + 5.0), 11.5)
            return [[end, (s * (self.shoulder + 3.6), 15.0), (s * self.bust, self.armhole)]]
        if self.neck == "halter":
            return [
                [(s * 5.5, 1.0), (s * 7.2, 1.4)],
                [(s * 7.2, 1.4), (s * 10.5, 10.0), (s * 15.0, 16.5), (s * self.bust, self.armhole)],
            ]
        if self.neck == "straps":
            return [
                [(s * 11.5, 11.0), (s * 12.2, 11.2)],
                [(s * 12.2, 11.2), (s * 14.5, 16.5), (s * self.bust, self.armhole)],
            ]
        neck = self.neckline()[-1][-1]
        tip = self.shoulder if self.sleeved else self.shoulder - 1.4
        return [
            [(s * abs(neck[0]), neck[1]), (s * tip, 4.4)],
            [(s * tip, 4.4), (s * (tip - 1.6), 11.0), (s * (tip - 0.6), 16.5), (s * self.bust, self.armhole)],
        ]

    def flank(self, side: int) -> list[Point]:
        """The side seam from the armhole to the waist."""
        keys = [(self.armhole, self.bust), (self.armhole + 6, self.bust - 0.7), (self.waist_y, self.waist)]
        return [
            (side * interpolate(keys, y), y)
            for y in (self.armhole, self.armhole + 6, lerp(self.armhole, self.waist_y, 0.7), self.waist_y)
        ]


def bodice_for(spec: GarmentSpec, neck: str, waist_y: float = WAIST_Y) -> Bodice:
    """The measures for a spec's fit and gender."""
    ease = {"slim": -0.8, "regular": 0.4, "loose": 3.0}.get(spec.fit, 0.4)
    man = spec.gender == "men"
    high = waist_y < 38.0
    shape = {"sweetheart": -0.8, "straps": -0.8, "halter": -0.8}.get(neck, 0.0)
    return Bodice(
        neck,
        (21.0 if man else 18.6) + ease * 0.5,
        (25.0 if man else 21.6) + ease + shape,
        (22.0 if man else 19.4 if high else 17.4) + ease * 1.2,
        waist_y,
        21.5 if man else 20.5,
        spec.sleeve not in (None, "sleeveless") and neck not in ("sweetheart", "straps", "halter"),
    )


def front(body: Bodice, below: Sequence[Sequence[Point]]) -> str:
    """The outline of the front: neck, right side, then `below` (runs from the right armhole's foot to the left one's), left side."""
    runs: list[Sequence[Point]] = [*body.neckline(), *body.side(1), *below]
    runs += [run[::-1] for run in reversed(body.side(-1))]
    return outline(*runs)


def back_neck(body: Bodice) -> list[Layer]:
    """The inside of the back, seen through the neck."""
    if body.neck == "sweetheart":
        w = body.bust - 1.0
        edge: list[Point] = [(-w, 16.0), (0.0, 15.2), (w, 16.0)]
        return [
            Part(
                outline(edge, [(w * 0.6, 18.5), (0.0, 19.0), (-w * 0.6, 18.5)]),
                "lining",
                tone=-0.4,
                printed=False,
                volume=0.1,
            )
        ]
    if body.neck in ("off-shoulder",):
        w = body.shoulder + 5.0
        return [
            Part(
                outline([(-w, 11.5), (0.0, 9.8), (w, 11.5)], [(w * 0.5, 15.0), (0.0, 15.5), (-w * 0.5, 15.0)]),
                "lining",
                tone=-0.4,
                printed=False,
                volume=0.1,
            )
        ]
    if body.neck == "straps":
        return [
            Part(
                outline(
                    [(-body.bust + 1, 20.0), (-8.0, 19.0), (0.0, 18.6), (8.0, 19.0), (body.bust - 1, 20.0)],
                    [(0.0, 24.0)],
                ),
                "lining",
                tone=-0.4,
                printed=False,
                volume=0.1,
            )
        ]
    if body.neck == "halter":
        return [
            Part(
                outline([(-6.6, 1.2), (0.0, -0.6), (6.6, 1.2)], [(0.0, 2.2)]),
                "lining",
                tone=-0.35,
                printed=False,
                volume=0.2,
            )
        ]
    neck = body.neckline()
    w = abs(neck[0][0][0])
    depth = max(p[1] for run in neck for p in run)
    back: list[Point] = [(-w, 0.4), (-w * 0.55, 1.9), (0.0, 2.4), (w * 0.55, 1.9), (w, 0.4)]
    shadow = Shade(spline([(-w, 0.6), (0.0, 3.2), (w, 0.6)]), 0.25, 2.0, 1.0)
    inside = Part(
        outline(back, *[run[::-1] for run in reversed(neck)]),
        "lining",
        tone=-0.36,
        printed=False,
        volume=0.1,
        shades=(shadow,),
    )
    layers: list[Layer] = [inside, Line(spline([(x, y + 0.9) for x, y in back]), "seam", 1.6, 0.8)]
    if depth > 6:
        layers.append(
            Part(
                outline([(-1.7, 3.0)], [(1.7, 3.0)], [(1.6, 4.9)], [(-1.6, 4.9)]),
                "trim",
                color="#ebe6da",
                printed=False,
                material="satin",
                volume=0.1,
            )
        )
    return layers


def straps(body: Bodice) -> list[Layer]:
    """Thin straps over the shoulders, where the neckline needs them."""
    layers: list[Layer] = []
    if body.neck == "straps":
        for s in (-1.0, 1.0):
            layers.append(
                Line(
                    spline([(s * 11.8, 11.3), (s * 10.9, 5.0), (s * 9.6, 0.6), (s * 9.2, 1.4), (s * 10.4, 19.4)]),
                    "cord",
                    5.0,
                )
            )
            layers.append(Button(s * 11.2, 6.4, 0.32, "eyelet", "#c9a961"))
    return layers


def neck_edge(body: Bodice) -> list[Layer]:
    """The finish of the neck: a stitched facing, a rib, or a rolled collar."""
    layers: list[Layer] = []
    if body.neck in ("turtle", "mock"):
        w, depth = _NECKS[body.neck]
        tall = 7.0 if body.neck == "turtle" else 4.0
        collar = outline(
            [(-w - 0.4, 0.8), (-w + 0.5, -tall * 0.5), (-w + 0.9, -tall)],
            [(0.0, -tall + 0.9), (w - 0.9, -tall)],
            [(w - 0.5, -tall * 0.5), (w + 0.4, 0.8)],
            [(w * 0.5, depth - 1.0), (0.0, depth), (-w * 0.5, depth - 1.0), (-w - 0.4, 0.8)],
        )
        inside = outline(
            [(-w + 0.9, -tall), (0.0, -tall - 1.1), (w - 0.9, -tall)], [(0.0, -tall + 1.1), (-w + 0.9, -tall)]
        )
        layers += [
            Part(inside, "lining", tone=-0.4, printed=False, volume=0.1),
            Part(collar, "collar", tone=0.02, volume=0.6),
        ]
        if body.neck == "turtle":
            layers.append(Line(spline([(-w + 0.2, -1.2), (0.0, 1.6), (w - 0.2, -1.2)]), "fold", 3.0, 0.9))
        return layers
    for run in body.neckline():
        inner = [(x + (0.0 if abs(x) < 0.2 else math.copysign(0.7, x)), y + 0.9) for x, y in run]
        layers.append(Line(spline(run), "edge", 2.6))
        layers.append(Line(spline(inner), "stitch", 1.4, 0.7))
    if body.neck == "henley":
        layers += placket(0.0, 9.0, 22.0, 4)
    return layers


def placket(x: float, top: float, bottom: float, buttons: int, half: float = 1.5) -> list[Layer]:
    """A buttoned band down the front."""
    path = outline([(x - half, top)], [(x + half, top)], [(x + half, bottom)], [(x - half, bottom)])
    layers: list[Layer] = [
        Part(path, "trim", tone=0.03, volume=0.15),
        Line(spline([(x + half, top), (x + half, bottom)]), "edge", 2.0, 0.9),
        Line(spline([(x - half + 0.35, top), (x - half + 0.35, bottom)]), "stitch", 1.3, 0.8),
        Line(spline([(x + half - 0.35, top), (x + half - 0.35, bottom)]), "stitch", 1.3, 0.8),
    ]
    step = (bottom - top) / buttons
    return layers + [Button(x, top + step * (k + 0.45), 0.6, "button") for k in range(buttons)]


def collar(kind: str, body: Bodice) -> list[Layer]:
    """A turned-down, stand or lapel collar around a shirt neck."""
    layers: list[Layer] = []
    if kind in ("band", "stand", "funnel"):
        for s in (-1, 1):
            leaf = outline(
                [(s * 7.4, 0.2), (s * 6.9, -2.4)],
                [(s * 4.0, 1.8), (s * 0.4, 6.8)],
                [(s * 0.3, 10.2), (s * 4.6, 5.2), (s * 7.4, 0.2)],
            )
            layers.append(Part(leaf, "collar", tone=0.03, volume=0.4))
        return layers
    fall: list[Point] = [(-6.5, -1.3), (0.0, -2.6), (6.5, -1.3)]
    stand = outline(fall, [(7.0, 0.6), (0.0, 3.4), (-7.0, 0.6)])
    layers.append(
        Part(
            stand,
            "collar",
            tone=-0.12,
            volume=0.4,
            shades=(Shade(spline([(-6.0, 0.6), (0.0, 1.4), (6.0, 0.6)]), 0.35, 1.4, 0.8),),
        )
    )
    for s in (-1, 1):
        if kind in ("notch", "shawl", "peak"):
            lapel = [(s * 7.6, -0.4), (s * 10.6, 5.5), (s * 10.2, 12.0), (s * 6.5, 20.0), (s * 0.2, 29.0)]
            if kind == "shawl":
                path = outline([(s * 6.6, -1.6), *lapel], [(s * 0.2, 29.0), (s * 3.4, 14.0), (s * 6.4, 0.0)])
            else:
                path = outline(
                    [(s * 6.6, -1.6), (s * 11.2, 7.2)],
                    [(s * 9.0, 8.6)],
                    [(s * 12.2, 9.6)],
                    [(s * 12.2, 9.6), (s * 7.6, 19.0), (s * 0.2, 29.0)],
                    [(s * 0.2, 29.0), (s * 3.4, 14.0), (s * 6.4, 0.0)],
                )
        elif kind == "peter-pan":
            path = outline(
                [(s * 7.2, -1.2), (s * 11.0, 5.0), (s * 9.0, 11.5), (s * 3.4, 13.2), (s * 0.4, 10.4)],
                [(s * 0.4, 10.4), (s * 4.6, 7.2), (s * 7.0, 0.6)],
            )
        else:
            path = outline(
                [(s * 6.6, -2.2), (s * 9.2, 4.2), (s * 8.2, 11.8)],
                [(s * 8.2, 11.8), (s * 3.0, 9.4), (s * 0.4, 9.2)],
                [(s * 0.4, 9.2), (s * 4.6, 5.4), (s * 6.4, -0.4)],
            )
        layers.append(Part(path, "collar", grain=s * 24.0, tone=0.04, volume=0.4, shades=()))
        layers.append(Line(path, "edge", 1.4, 0.5))
    return layers


def darts(body: Bodice) -> list[Layer]:
    """Waist and bust darts of a fitted bodice."""
    layers: list[Layer] = []
    for s in (-1, 1):
        layers.append(
            Line(
                spline([(s * 8.0, body.waist_y - 0.5), (s * 8.8, body.waist_y - 7), (s * 9.2, 27.0)]), "seam", 1.7, 0.7
            )
        )
        layers.append(
            Line(spline([(s * (body.bust - 0.6), 27.0), (s * 15.5, 25.2), (s * 11.5, 24.0)]), "fold", 1.8, 0.6)
        )
    return layers


def bust_shades(body: Bodice) -> tuple[Shade, ...]:
    """Light on the bust, shade under it and down the flanks."""
    shades = []
    for s in (-1, 1):
        shades.append(Shade(spline([(s * 5.0, 26.5), (s * 9.5, 28.4), (s * 14.0, 26.2)]), 0.14, 3.0, 1.8))
        shades.append(Shade(spline([(s * 7.0, 19.0), (s * 9.5, 22.0)]), -0.14, 6.0, 3.2))
        shades.append(Shade(spline(body.flank(s)), 0.22, 3.4, 2.0))
    return tuple(shades)
