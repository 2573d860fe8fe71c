"""Skirts from a waist seam down, in cm about its centre front (0, 0): edges, hems, folds, pleats, tiers, wraps and slits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from stylist.garments.parts import Line, Part, Shade
from stylist.garments.shapes.bodice import placket
from stylist.garments.shapes.splines import Layer, Point, interpolate, lerp, outline, placed, spline
from stylist.garments.shapes.waists import across, gathers

LENGTHS = {"cropped": 40.0, "mini": 42.0, "knee": 58.0, "midi": 78.0, "ankle": 92.0, "maxi": 103.0, "full": 103.0}
"""Length word -> from the waist to the hem (cm)."""

HEMS = {
    "pencil": (20.3, 20.0),
    "bodycon": (20.6, 20.0),
    "slip": (23.5, 30.0),
    "a-line": (27.0, 42.0),
    "wrap": (26.0, 36.0),
    "pleated": (29.0, 43.0),
    "tiered": (31.0, 47.0),
    "fit-and-flare": (35.0, 50.0),
    "shift": (23.6, 26.0),
    "shirt": (25.5, 34.0),
    "empire": (28.0, 40.0),
}
"""Silhouette -> half-width of the hem at 40 cm and at 103 cm."""

WAVES = {"a-line": 5, "wrap": 4, "slip": 4, "fit-and-flare": 6, "empire": 5, "shirt": 4, "tiered": 9}
_AMOUNT = {"a-line": 0.7, "wrap": 0.7, "slip": 0.6, "fit-and-flare": 1.7, "empire": 1.0, "shirt": 0.5, "tiered": 1.0}


@dataclass(frozen=True)
class Drop:
    """A hanging skirt: its silhouette, half-width at the waist and at the hip, length, and the wave of its hem."""

    silhouette: str
    waist: float
    hip: float
    length: float
    hem: float
    phase: float
    lean: float
    dip: float = 1.0
    swing: float = 1.0

    def edge(self, side: int, y: float) -> Point:
        """The side edge at height y."""
        hip_y = min(20.0, self.length * 0.5)
        keys = [
            (0.0, self.waist),
            (hip_y * 0.5, lerp(self.waist, self.hip, 0.66)),
            (hip_y, self.hip),
            (self.length, self.hem),
        ]
        if self.silhouette in ("pencil", "bodycon"):
            keys.insert(3, (lerp(hip_y, self.length, 0.55), lerp(self.hip, self.hem, 0.42)))
        if self.silhouette in ("fit-and-flare", "tiered", "pleated", "a-line", "empire"):
            keys = [
                (0.0, self.waist),
                (self.length * 0.14, lerp(self.waist, self.hem, 0.24)),
                (self.length * 0.5, lerp(self.waist, self.hem, 0.63)),
                (self.length, self.hem),
            ]
        lean = self.lean * (y / max(self.length, 1.0)) ** 1.5
        return side * interpolate(keys, y) + lean, y

    def at(self, t: float, y: float) -> Point:
        """The point at height y, `t` from the left edge (-1) to the right edge (1)."""
        left, right = self.edge(-1, y)[0], self.edge(1, y)[0]
        return lerp(left, right, (t + 1) / 2), y + self.dip * (1 - t * t) * (1 - y / max(self.length, 1.0))

    def hem_y(self, t: float) -> float:
        """The height of the hem at t: it hangs lower in front and swings in waves."""
        waves = WAVES.get(self.silhouette, 0)
        sag = 0.055 * self.hem
        swing = 0.0
        if waves:
            main, second = (
                math.cos(math.pi * waves * t + self.phase),
                math.cos(math.pi * waves * 0.62 * t + 2.3 * self.phase),
            )
            swing = self.swing * _AMOUNT.get(self.silhouette, 0.0) * (0.62 * main + 0.5 * second)
        return self.length - 0.6 + sag * (1 - t * t) + swing

    def hem_line(self, up: float = 0.0, count: int = 41) -> list[Point]:
        """The hem from left to right, `up` cm above its edge."""
        return [
            (self.at(t, self.length)[0], self.hem_y(t) - up)
            for t in (lerp(-1, 1, i / (count - 1)) for i in range(count))
        ]

    def sides(self, side: int) -> list[Point]:
        """The side edge from waist to hem."""
        count = max(5, round(self.length / 8))
        return [self.edge(side, self.length * i / count) for i in range(count)] + [
            self.hem_line()[0 if side < 0 else -1]
        ]


def drop_for(silhouette: str, length: float, waist: float, fit: str, rng: Random, swing: float = 1.0) -> Drop:
    """The cut for a silhouette at a length (cm); `swing` is how freely its cloth waves at the hem, 0 for stiff cloth."""
    short, long_ = HEMS.get(silhouette, HEMS["a-line"])
    ease = {"slim": -0.6, "regular": 0.0, "loose": 1.8}.get(fit, 0.0)
    hem = lerp(short, long_, min(1.0, max(0.0, (length - 40.0) / 63.0))) + ease
    hip = max(waist + 1.0, {"pencil": 23.0, "bodycon": 22.6, "slip": 22.6, "shift": 23.2}.get(silhouette, 24.0) + ease)
    phase, lean = rng.uniform(-0.6, 0.6) + math.pi * 0.5, rng.uniform(-0.6, 0.6)
    return Drop(silhouette, waist, hip, length, hem, phase, lean, swing=swing)


def path_of(drop: Drop) -> str:
    """The closed outline of a skirt."""
    hem = pleated_hem(drop) if drop.silhouette == "pleated" else [drop.hem_line()[::-1]]
    return outline(across(drop.waist, 0.0, drop.dip), drop.sides(1), *hem, drop.sides(-1)[::-1])


def skirt(drop: Drop, rng: Random, thickness: float = 1.0) -> list[Layer]:
    """The skirt with its folds; `thickness` strengthens or weakens them."""
    if drop.silhouette == "tiered":
        return _tiers(drop, rng)
    layers: list[Layer] = inside_hem(drop)
    layers.append(Part(path_of(drop), "body", volume=0.55, shades=shades(drop)))
    if drop.silhouette == "pleated":
        return layers + _pleats(drop)
    layers += folds(drop, rng, thickness)
    if drop.silhouette == "wrap":
        layers += wrap_edge(drop, rng)
    if drop.silhouette != "pleated":
        layers.append(Line(spline(drop.hem_line(1.6)), "stitch", 1.3, 0.5))
    return layers


def shades(drop: Drop) -> tuple[Shade, ...]:
    """Light down the front of the thighs, shade at the sides, and the hollows of the folds."""
    result = [Shade(spline(drop.sides(s)), 0.2, 4.5, 2.6) for s in (-1, 1)]
    for t in (-0.42, 0.38):
        result.append(Shade(spline([drop.at(t, drop.length * f) for f in (0.12, 0.45, 0.9)]), -0.12, 6.0, 3.4))
    result.append(Shade(spline([drop.at(0.0, drop.length * f) for f in (0.35, 0.6, 0.95)]), 0.1, 6.0, 3.6))
    waves = WAVES.get(drop.silhouette, 0)
    for k in range(waves + 1):
        t = _hollow(drop, k, waves)
        if -0.95 < t < 0.95 and _AMOUNT.get(drop.silhouette, 0.0) > 0.6:
            start = 0.25 if drop.silhouette in ("fit-and-flare", "tiered", "empire") else 0.5
            points = [drop.at(t * f2, drop.length * f) for f, f2 in ((start, 0.9), (0.7, 0.97))] + [
                (drop.at(t, drop.length)[0], drop.hem_y(t))
            ]
            result.append(Shade(spline(points), 0.2, 3.2, 1.8))
    return tuple(result)


def folds(drop: Drop, rng: Random, thickness: float = 1.0) -> list[Layer]:
    """Folds that open from the waist or hip into the waves of the hem; a close skirt only creases across the lap."""
    layers: list[Layer] = []
    waves = WAVES.get(drop.silhouette, 0)
    if not waves:
        for s in (-1, 1):
            for k in range(3):
                y = 13.0 + 4.5 * k + rng.uniform(-1, 1)
                a, b = drop.at(s * 0.94, y), drop.at(s * rng.uniform(0.3, 0.55), y + rng.uniform(0.5, 2.0))
                layers.append(Line(spline([a, (lerp(a[0], b[0], 0.5), a[1] + 1.3), b]), "fold", 2.2, 0.42 * thickness))
        return layers
    for k in range(waves + 1):
        t = _hollow(drop, k, waves)
        if not -0.97 < t < 0.97:
            continue
        start = {"fit-and-flare": 0.02, "empire": 0.02, "tiered": 0.02, "slip": 0.4}.get(
            drop.silhouette, 0.22
        ) + rng.uniform(0.0, 0.12)
        drift = rng.uniform(-0.03, 0.03)
        end = (drop.at(t, drop.length)[0], drop.hem_y(t) - 0.3)
        points = [
            drop.at(t * 0.88 + drift, drop.length * start),
            drop.at(t * 0.95 + drift, drop.length * lerp(start, 1, 0.5)),
            end,
        ]
        layers.append(Line(spline(points), "fold", rng.uniform(3.0, 4.4) * thickness, rng.uniform(0.6, 0.85)))
        if rng.random() < 0.6:
            u = t + rng.uniform(0.05, 0.11)
            if abs(u) < 0.95:
                side = [drop.at(u * 0.9, drop.length * (start + 0.25)), drop.at(u, drop.length * 0.86)]
                layers.append(Line(spline(side), "fold", 2.0, 0.5))
    return layers


def wrap_edge(drop: Drop, rng: Random) -> list[Layer]:
    """The front that laps over: its edge falls from the waist in a curve and opens towards the hem."""
    top = drop.at(0.52, 0.0)
    foot_t = -0.3
    foot = (drop.at(foot_t, drop.length)[0], drop.hem_y(foot_t))
    edge: list[Point] = [
        top,
        (lerp(top[0], foot[0], 0.42), drop.length * 0.3),
        (lerp(top[0], foot[0], 0.8), drop.length * 0.66),
        foot,
    ]
    layers: list[Layer] = [
        Line(spline(edge), "edge", 3.6),
        Line(spline([(x + 0.9, y) for x, y in edge]), "stitch", 1.3, 0.6),
    ]
    for k in range(4):
        start = (top[0] - 0.4, top[1] + 0.6 + k * 0.8)
        end = drop.at(lerp(-0.2, -0.85, k / 3) + rng.uniform(-0.05, 0.05), drop.length * lerp(0.62, 0.2, k / 3))
        layers.append(
            Line(spline([start, (lerp(start[0], end[0], 0.45), lerp(start[1], end[1], 0.32)), end]), "fold", 3.0, 0.7)
        )
    return layers


def slit(drop: Drop, t: float, up: float) -> list[Layer]:
    """A slit from the hem, open a hand's breadth, the inside of the back seen through it."""
    top = drop.at(t, drop.length - up)
    foot_x, foot_y = drop.at(t, drop.length)[0], drop.hem_y(t) + 0.15
    gap = 1.6 + up * 0.05
    path = outline(
        [top, (foot_x - gap * 0.4, lerp(top[1], foot_y, 0.6)), (foot_x - gap, foot_y)],
        [(foot_x + gap, foot_y)],
        [(foot_x + gap, foot_y), (foot_x + gap * 0.3, lerp(top[1], foot_y, 0.6)), top],
    )
    return [
        Part(path, "lining", tone=-0.55, printed=False, volume=0.1),
        Line(spline([top, (foot_x - gap * 0.4, lerp(top[1], foot_y, 0.6)), (foot_x - gap, foot_y)]), "edge", 2.4),
    ]


def button_front(drop: Drop, count: int, x: float = 0.0) -> list[Layer]:
    """A buttoned band from waist to hem."""
    return placket(x, drop.dip, drop.hem_y(0.0) - 0.2, count)


def pleated_hem(drop: Drop) -> list[list[Point]]:
    """The hem of knife pleats, right to left, a small step at each."""
    count = pleat_count(drop)
    runs: list[list[Point]] = []
    for i in range(count):
        a, b = 1 - 2 * i / count, 1 - 2 * (i + 1) / count
        ya, yb = drop.hem_y(a), drop.hem_y(b)
        runs.append(
            [
                (drop.at(a, drop.length)[0], ya + 0.1),
                (drop.at(b, drop.length)[0] + 0.25, yb + 0.75),
                (drop.at(b, drop.length)[0], yb - 0.1),
            ]
        )
    return runs


def pleat_count(drop: Drop) -> int:
    """How many knife pleats lie across the front."""
    return 16 if drop.hem > 32 else 13


def _pleats(drop: Drop) -> list[Layer]:
    layers: list[Layer] = []
    count = pleat_count(drop)
    for i in range(1, count):
        t = -1 + 2 * i / count
        foot = (drop.at(t, drop.length)[0], drop.hem_y(t))
        points = [drop.at(t, 0.2), drop.at(t, drop.length * 0.3), drop.at(t, drop.length * 0.7), foot]
        layers.append(Line(spline(points), "edge", 2.0, 0.85))
        layers.append(Line(spline([(x + 0.9 + 0.6 * k / 3, y) for k, (x, y) in enumerate(points)]), "fold", 3.2, 0.55))
        layers.append(Line(spline([(x - 0.5, y) for x, y in points]), "glint", 1.6, 0.22))
    return layers


def _tiers(drop: Drop, rng: Random) -> list[Layer]:
    count = 3 if drop.length > 50 else 2
    tops = [0.0] + [drop.length * (k / count) ** 0.92 for k in range(1, count)]
    layers: list[Layer] = inside_hem(drop)
    for k in reversed(range(count)):
        top = tops[k]
        foot = drop.length if k == count - 1 else tops[k + 1] + 0.5
        wide = abs(drop.edge(1, foot)[0]) + (0.0 if k == count - 1 else 0.3)
        narrow = abs(drop.edge(1, top)[0]) - (0.5 if k else 0.0)
        tier = Drop("tiered", narrow, narrow, foot - top, wide, drop.phase + k, drop.lean / count, drop.dip * (1.0 + k))
        waist = across(narrow, 0.0, tier.dip)
        if k:
            lap = across(narrow - 0.3, -3.2, tier.dip)
            waist = [*lap]
        path = outline(waist, tier.sides(1), tier.hem_line()[::-1], tier.sides(-1)[::-1])
        piece: list[Layer] = [
            Part(path, "body", volume=0.5, shades=(*shades(tier), Shade(spline(waist), 0.25, 2.4, 1.4)))
        ]
        piece += gathers(narrow, rng, min(12.0, (foot - top) * 0.6), 22)
        piece += folds(tier, rng, 0.8)
        piece.append(Line(spline(tier.hem_line(0.9)), "stitch", 1.2, 0.5))
        layers += placed(piece, 1.0, 0.0, top)
    return layers


def inside_hem(drop: Drop) -> list[Layer]:
    """The back of the hem, seen under the swing of the front."""
    if drop.silhouette not in WAVES and drop.silhouette != "pleated":
        return []
    left, right = drop.hem_line()[0], drop.hem_line()[-1]
    low = drop.length + 0.02 * drop.hem
    path = outline(
        [left, (left[0] * 0.5, low), (0.0, low + 0.7), (right[0] * 0.5, low), right],
        [(right[0] * 0.9, drop.length - 6), (left[0] * 0.9, drop.length - 6)],
    )
    return [Part(path, "lining", tone=-0.45, printed=False, volume=0.1)]


def _hollow(drop: Drop, k: int, waves: int) -> float:
    """The k-th place where the hem swings up: a hollow between two folds."""
    return (math.pi * (2 * k + 1) - drop.phase) / (math.pi * waves) - 1.0 if waves else 0.0
