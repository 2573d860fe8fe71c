"""What all shoes share: a shoe in the making on its last, from back to front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import numpy as np

from stylist.garments.parts import Button, GarmentSpec, Line, Part, Shade
from stylist.garments.shapes.last import Array, Camera, Keys, Last, Piece, drawn, normals, patch, seen
from stylist.garments.shapes.shoe_curves import band, direction, keyed, through, turned
from stylist.garments.shapes.soles import Sole, sidewall, tread_board
from stylist.garments.shapes.splines import Layer, Point, ellipse, interpolate, loop, spline

WHITE_SOLE = "#f2efe8"
DARK_SOLE = "#2a2725"
LEATHER_SOLE = "#8a5f3c"
TAN_LINING = "#d8bb94"
Map = Callable[[Array, Array], Array]


class Shoe:
    """One shoe: a last seen by a camera, and its layers so far."""

    def __init__(self, spec: GarmentSpec, camera: Camera, last: Last, rng: Random) -> None:
        self.spec, self.camera, self.last, self.rng = spec, camera, last, rng
        self.layers: list[Layer] = []

    def surface(self, lift: float = 0.0) -> Map:
        """The last's surface, `lift` cm outside it."""
        return lambda u, v: self.last.points(u, v, lift)

    def at(self, u: float, v: float, lift: float = 0.0) -> Point:
        """A point of the surface on the canvas."""
        x, y = self.camera.project(self.last.points(np.array(u), np.array(v), lift))
        return float(x), float(y)

    def insole(self, color: str | None = TAN_LINING, lift: float = 0.25, shade: float = 0.3) -> None:
        """The footbed inside the shoe."""
        look = Part(
            "M 0 0 Z",
            "lining",
            color=color,
            printed=False,
            material="leather",
            volume=0.1,
            tone=-0.35 if color is None else 0.0,
        )
        board = tread_board(self.last, self.camera, -0.15, lift, look)
        rim = Shade(board.path, shade, 26, 13)
        self.layers.append(replace(board, shades=(rim,)))

    def welt(self, sole: Sole) -> None:
        """The top face of the sole where it stands out beyond the upper."""
        look = Part(
            "M 0 0 Z",
            "sole",
            color=sole.color,
            tone=0.0 if sole.color else sole.tone,
            printed=False,
            material=sole.material,
            volume=0.1,
        )
        board = tread_board(self.last, self.camera, sole.grow, sole.climb, look)
        self.layers.append(board)

    def upper(
        self,
        piece: Piece,
        lining: str | None = None,
        extra: str | None = None,
        role: str = "upper",
        volume: float = 0.55,
        **look: object,
    ) -> None:
        """The upper: what shows of its inside first, then its outside. `extra` is another visible region of the same piece of leather."""
        inside = seen(self.surface(), piece, self.camera, inside=True)
        if inside:
            dark = tuple(Shade(p, 0.45, 30, 16) for p in self._rim(piece))
            self.layers.append(
                Part(
                    inside,
                    "lining",
                    color=lining,
                    tone=-0.45 if lining is None else -0.12,
                    printed=False,
                    material="leather",
                    volume=0.15,
                    shades=dark,
                )
            )
        self.outside(piece, extra, role, volume, **look)

    def outside(
        self, piece: Piece, extra: str | None = None, role: str = "upper", volume: float = 0.55, **look: object
    ) -> None:
        """The outside of the upper alone, shaded as a rounded body."""
        path = seen(self.surface(), piece, self.camera)
        if path is None:
            return
        part = Part(" ".join(filter(None, (path, extra))), role, volume=volume, shades=self.light())
        self.layers.append(replace(part, **look))  # type: ignore[arg-type]

    def light(self, strength: float = 1.0) -> tuple[Shade, ...]:
        """Light on the vamp and the counter, shade towards the sole."""
        u = np.linspace(0.02, 0.98, 40)
        low = [Shade(p, 0.3 * strength, 26, 13) for p in drawn(self.surface(), u, np.full_like(u, 0.03), self.camera)]
        vamp = np.linspace(0.62, 0.95, 16)
        glow = [
            Shade(p, -0.24 * strength, 24, 13)
            for p in drawn(self.surface(), vamp, np.full_like(vamp, 0.33), self.camera)
        ]
        heel = np.linspace(0.05, 0.3, 10)
        glow += [
            Shade(p, -0.12 * strength, 18, 11)
            for p in drawn(self.surface(), heel, np.full_like(heel, 0.13), self.camera)
        ]
        return (*low, *glow)

    def overlay(
        self,
        u: Map,
        v: Map,
        lift: float = 0.06,
        role: str = "upper",
        count: tuple[int, int] = (24, 16),
        stitched: bool = False,
        **look: object,
    ) -> str | None:
        """A piece laid on the upper between maps of the unit square; its path."""
        piece = patch(u, v, count)
        path = seen(self.surface(lift), piece, self.camera)
        if path:
            self.layers.append(replace(Part(path, role, volume=0.3), **look))  # type: ignore[arg-type]
            if stitched:
                self.layers.append(Line(path, "stitch", 1.3, 0.55))
        return path

    def strap(
        self,
        u_back: Keys,
        u_front: Keys,
        lift: float = 0.12,
        v0: float = 0.0,
        v1: float = 1.0,
        role: str = "strap",
        stitched: bool = False,
        lined: bool = True,
        **look: object,
    ) -> None:
        """A band over the foot: keys give u of its edges by v; its inside shows where it passes behind."""
        piece = band(u_back, u_front, v0, v1)
        surface = self.surface(lift)
        inside = seen(surface, piece, self.camera, inside=True)
        if inside and lined:
            self.layers.append(Part(inside, "lining", tone=-0.4, printed=False, volume=0.2))
        self.strap_front(u_back, u_front, lift, v0, v1, role, stitched, **look)

    def strap_inside(self, u_back: Keys, u_front: Keys, lift: float = 0.12, v0: float = 0.0, v1: float = 1.0) -> None:
        """Only the inside of a band, to be painted before the foot of other bands."""
        inside = seen(self.surface(lift), band(u_back, u_front, v0, v1), self.camera, inside=True)
        if inside:
            self.layers.append(Part(inside, "lining", tone=-0.4, printed=False, volume=0.2))

    def strap_front(
        self,
        u_back: Keys,
        u_front: Keys,
        lift: float = 0.12,
        v0: float = 0.0,
        v1: float = 1.0,
        role: str = "strap",
        stitched: bool = False,
        **look: object,
    ) -> None:
        """Only the outside of a band."""
        piece = band(u_back, u_front, v0, v1)
        path = seen(self.surface(lift), piece, self.camera)
        if path is None:
            return
        self.layers.append(replace(Part(path, role, volume=0.6), **look))  # type: ignore[arg-type]
        if stitched:
            for inset in (0.16, 0.84):
                v = np.linspace(v0, v1, 40)
                u = np.array([(1 - inset) * interpolate(u_back, x) + inset * interpolate(u_front, x) for x in v])
                self.line(u, v, "stitch", 1.3, lift=lift, opacity=0.8)

    def line(
        self,
        u: Array,
        v: Array,
        kind: str = "seam",
        width: float = 2.0,
        lift: float = 0.06,
        opacity: float = 1.0,
        color: str | None = None,
    ) -> None:
        """A line on the upper, where it is seen."""
        self.layers += [Line(p, kind, width, opacity, color) for p in drawn(self.surface(lift), u, v, self.camera)]

    def curve(
        self,
        points: Sequence[Point],
        kind: str = "seam",
        width: float = 2.0,
        lift: float = 0.06,
        opacity: float = 1.0,
        color: str | None = None,
    ) -> None:
        """A line through a few (u, v) points."""
        u, v = through(points)
        self.line(u, v, kind, width, lift, opacity, color)

    def perforations(self, points: Sequence[Point], radius: float = 0.13, count: int = 24, lift: float = 0.07) -> None:
        """A row of small holes along a curve of (u, v)."""
        u, v = through(points, count)
        self.holes(list(zip(u.tolist(), v.tolist(), strict=True)), radius, lift)

    def holes(self, points: Sequence[Point], radius: float = 0.13, lift: float = 0.07) -> None:
        """Small holes at points (u, v), as far as they face the viewer."""
        u, v = np.array([p[0] for p in points]), np.array([p[1] for p in points])
        facing = self.camera.facing(normals(self.surface(), u, v))
        r = radius * self.camera.scale
        dots = [
            ellipse(*self.at(a, b, lift), r, r * (0.45 + 0.5 * f))
            for (a, b), f in zip(points, facing.tolist(), strict=True)
            if f > 0.08
        ]
        if dots:
            self.layers.append(Part(" ".join(dots), "trim", tone=-0.75, printed=False, volume=0.0))

    def ring(self, low: float, high: float, reach: float, inside: bool, role: str = "strap") -> None:
        """A strap around the ankle between two heights (cm above the seat), from the heel to u = `reach`; its inside or outside."""
        for side in (0.0, 1.0):

            def v(u: Array, t: Array, side: float = side) -> Array:
                a, b = self.last.v_at(u, np.full_like(u, low)), self.last.v_at(u, np.full_like(u, high))
                return np.abs(side - (a + (b - a) * t))

            piece = patch(lambda s, t: 0.001 + (reach - 0.001) * s, v, (26, 5))
            outward = side == 0.0
            path = seen(self.surface(0.06), turned(piece) if not outward else piece, self.camera, inside=inside)
            if path:
                self.layers.append(
                    Part(
                        path, "lining" if inside else role, tone=-0.4 if inside else 0.0, printed=not inside, volume=0.4
                    )
                )

    def buckle(self, u: float, v: float, size: float, lift: float = 0.25, color: str = "#c9a961") -> None:
        """A small metal frame with its prong."""
        x, y = self.at(u, v, lift)
        a, b = self.at(u + 0.012, v, lift), self.at(u, v + 0.02, lift)
        ux, uy = direction((x, y), a)
        vx, vy = direction((x, y), b)
        s = size * self.camera.scale
        corners = [
            (x + s * (i * ux * 0.75 + j * vx), y + s * (i * uy * 0.75 + j * vy))
            for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        self.layers.append(Line(loop(corners, 60), "cord", 5.0, 1.0, color))
        self.layers.append(
            Line(spline([(x - s * vx, y - s * vy), (x + s * 0.9 * vx, y + s * 0.9 * vy)]), "edge", 3.0, 1.0, color)
        )

    def edge(
        self, topline: Callable[[Array], Array], start: float, end: float, stitched: bool = True, width: float = 3.0
    ) -> None:
        """The rolled edge of the topline on the near wall, with its row of stitches."""
        u = np.linspace(start, end, 60)
        v = np.minimum(topline(u), 0.5)
        self.line(u, v, "edge", width, 0.03)
        if stitched:
            self.line(u, np.maximum(v - 0.02, 0), "stitch", 1.3, 0.03, 0.7)

    def sidewall(self, sole: Sole) -> None:
        """The sole's wall, over the foot of the upper."""
        self.layers += sidewall(self.last, self.camera, sole)

    def lacing(
        self,
        first: float,
        last: float,
        rows: int,
        spread: float,
        color: str,
        width: float = 7.0,
        bow: bool = True,
        open_facing: bool = True,
    ) -> None:
        """Eyelets and crossed laces between u = `first` (low) and `last` (high), tied in a bow at the top."""
        us = np.linspace(first, last, rows)
        wide = np.linspace(spread * 0.82, spread, rows)
        scale = self.camera.scale
        for u, d in zip(us, wide, strict=True):
            for v in (0.5 + d, 0.5 - d):
                x, y = self.at(float(u), float(v), 0.1)
                self.layers.append(Button(x, y, 0.3 * scale, "eyelet"))
        for k in range(rows):
            v = np.linspace(0.5 + wide[k], 0.5 - wide[k], 9)
            if k == 0 or not open_facing:
                self._lace(np.full_like(v, us[k]), v, color, width)
            if k + 1 < rows and open_facing:
                rise = np.linspace(us[k], us[k + 1], 9)
                self._lace(rise, v, color, width)
                self._lace(rise, v[::-1], color, width)
        if bow:
            self._bow(float(us[-1]), color, width)

    def _lace(self, u: Array, v: Array, color: str, width: float) -> None:
        self.layers += [
            Line(p, "lace", width, 1.0, color) for p in drawn(self.surface(0.4), u, v, self.camera, back=True)
        ]

    def _bow(self, u: float, color: str, width: float) -> None:
        x, y = self.at(u, 0.5, 0.6)
        s, r = self.camera.scale, self.rng.uniform
        loops: list[list[Point]] = [
            [
                (x, y),
                (x + 1.2 * s, y - 1.3 * s),
                (x + 2.9 * s, y - 0.6 * s + r(-3, 3)),
                (x + 2.7 * s, y + 0.5 * s),
                (x + 1.2 * s, y + 0.3 * s),
                (x, y),
            ],
            [
                (x, y),
                (x - 1.1 * s, y - 0.7 * s),
                (x - 2.6 * s, y + 0.6 * s),
                (x - 2.4 * s, y + 1.8 * s + r(-3, 3)),
                (x - 1.1 * s, y + 1.0 * s),
                (x, y),
            ],
            [(x, y), (x + 0.9 * s, y + 1.3 * s), (x + 1.6 * s, y + 3.0 * s), (x + 1.4 * s + r(-4, 4), y + 4.0 * s)],
            [(x, y), (x - 0.2 * s, y + 1.5 * s), (x - 1.1 * s, y + 2.7 * s), (x - 1.6 * s + r(-4, 4), y + 3.3 * s)],
        ]
        self.layers += [Line(spline(points), "lace", width, 1.0, color) for points in reversed(loops)]
        self.layers.append(
            Line(spline([(x - 0.35 * s, y - 0.1 * s), (x + 0.35 * s, y + 0.2 * s)]), "lace", width * 1.5, 1.0, color)
        )

    def _rim(self, piece: Piece) -> list[str]:
        middle = piece.v.shape[1] // 2 - 1
        return drawn(self.surface(), piece.u[:, middle], piece.v[:, middle], self.camera, back=True)


def topline(last: Last, heights: Keys, gap: Keys | None = None) -> Callable[[Array], Array]:
    """u -> v of an opening whose edge stands `heights` cm above the seat; `gap` holds it off the ridge (in v) for a facing."""
    height = keyed(heights)
    slit = keyed(gap) if gap else None

    def v(u: Array) -> Array:
        edge = last.v_at(u, height(u))
        return np.minimum(edge, 0.5 - slit(u)) if slit else edge

    return v


def pitched(height: float, thickness: float, spring: float = 0.6) -> Keys:
    """The seat of a shoe with a heel of `height` cm over a sole of `thickness` cm."""
    rise = ((0.0, 1.0), (0.12, 0.985), (0.24, 0.9), (0.38, 0.62), (0.5, 0.31), (0.6, 0.09), (0.68, 0.0))
    keys = [(u, thickness + height * k) for u, k in rise]
    return (*keys, (0.82, thickness + spring * 0.12), (0.92, thickness + spring * 0.45), (1.0, thickness + spring))
