"""Shoes in space: the last as a curved surface, a camera that looks down on it, and the visible pieces as smooth paths.

A shoe stands with its heel at x = 0 and its toe at x = `length` (cm), y towards the viewer, z up. Points of the surface are
named by (u, v): u from heel 0 to toe 1, v from the near edge of the sole 0 over the ridge of the foot 0.5 to the far edge 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stylist.garments.shapes.splines import Point, interpolate, loop, spline

Array = npt.NDArray[np.float64]
Keys = Sequence[Point]


@dataclass(frozen=True)
class Camera:
    """An orthographic view: `yaw` turns the toe (which points left) towards the viewer, `tilt` raises the eye (degrees)."""

    yaw: float
    tilt: float
    scale: float
    dx: float
    dy: float

    def project(self, points: Array) -> Array:
        """(..., 3) cm -> (..., 2) canvas units."""
        right, depth = self._turned(points)
        tilt = math.radians(self.tilt)
        up = points[..., 2] * math.cos(tilt) - depth * math.sin(tilt)
        return np.stack([right * self.scale + self.dx, -up * self.scale + self.dy], axis=-1)

    def facing(self, normals: Array) -> Array:
        """(..., 3) outward normals -> (...), positive where the viewer sees the outside."""
        _, depth = self._turned(normals)
        tilt = math.radians(self.tilt)
        return depth * math.cos(tilt) + normals[..., 2] * math.sin(tilt)

    def _turned(self, points: Array) -> tuple[Array, Array]:
        c, s = math.cos(math.radians(self.yaw)), math.sin(math.radians(self.yaw))
        return -c * points[..., 0] + s * points[..., 1], s * points[..., 0] + c * points[..., 1]


@dataclass(frozen=True)
class Last:
    """The form that a shoe is built on.

    `lateral` and `medial` are half-widths along u, `toe` the exponent of the toe's curve (1.3 pointed, 2 round, 3 square),
    `toe_start` where it begins, `seat` the height of the feather edge, `ridge` of the instep above the seat; `box` how steep
    the walls are along u (1 round, 0.4 upright). `foot` is 1 when the lateral side faces the viewer, else -1.
    """

    length: float
    lateral: Keys
    medial: Keys
    toe: float
    toe_start: float
    toe_shift: float
    seat: Keys
    ridge: Keys
    box: Keys
    foot: int = 1
    heel_lean: float = 0.1

    def edges(self, u: Array, grow: float = 0.0) -> tuple[Array, Array, Array]:
        """x, y of the near and y of the far edge of the footprint, `grow` cm outside it."""
        outer, inner = (self.lateral, self.medial) if self.foot > 0 else (self.medial, self.lateral)
        near, far = along(outer, u), -along(inner, u)
        t = np.clip((u - self.toe_start) / (1 - self.toe_start), 0, 1)
        shrink = (1 - t**self.toe) ** (1 / self.toe)
        tip = -self.toe_shift * self.foot
        h = np.clip(1 - u / 0.15, 0, 1)
        rounding = np.sqrt(np.clip(1 - h**2.4, 0, 1))
        middle = 0.5 * (near + far) * (1 - t) + tip * t**1.3
        half = 0.5 * (near - far) * shrink * rounding
        x = u * self.length
        if grow:
            half = half + grow * np.minimum(1, shrink * 3) * np.minimum(1, rounding * 3)
            x = x + grow * (np.clip((u - 0.93) / 0.07, 0, 1) ** 2 - np.clip((0.05 - u) / 0.05, 0, 1) ** 2)
        return x, middle + half, middle - half

    def floor(self, u: Array) -> Array:
        """The height of the feather edge."""
        return along(self.seat, u)

    def points(self, u: Array, v: Array, lift: float = 0.0) -> Array:
        """Points of the surface (..., 3), `lift` cm outside it."""
        x, near, far = self.edges(u)
        seat = self.floor(u)
        height = along(self.ridge, u)
        angle = np.pi * v
        c, s = np.cos(angle), np.clip(np.sin(angle), 0, 1)
        across = np.sign(c) * np.abs(c) ** along(self.box, u)
        half, middle = 0.5 * (near - far), 0.5 * (near + far)
        rise = s**0.9 * height
        back = self.heel_lean * rise * np.clip(1 - u / 0.22, 0, 1) ** 2
        bulge = 0.35 * np.sin(np.clip(rise / 5.0, 0, 1) * np.pi) * np.clip(1 - u / 0.15, 0, 1)
        out = np.stack([x + back - bulge, middle + half * across, seat + rise], axis=-1)
        if lift:
            out = out + lift * _unit(np.stack([0.25 * (u - 0.5), across, s**1.2], axis=-1))
        return out

    def v_at(self, u: Array, height: Array) -> Array:
        """The v on the near side that lies `height` cm above the seat; 0.5 where the ridge is lower."""
        ratio = np.clip(height / np.maximum(along(self.ridge, u), 1e-6), 0, 1)
        return np.arcsin(ratio ** (1 / 0.9)) / np.pi


Surface = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Piece:
    """A grid of (u, v) on a surface. `gap` marks cells that are open: it is the index of the cell row in v, with a mask in u."""

    u: Array
    v: Array
    open_cells: npt.NDArray[np.bool_] | None = None


def patch(
    u: Callable[[Array, Array], Array], v: Callable[[Array, Array], Array], count: tuple[int, int] = (30, 24)
) -> Piece:
    """A piece from two maps of the unit square, denser at both ends of s."""
    s = (1 - np.cos(np.linspace(0, np.pi, count[0]))) / 2
    grid_s, grid_t = np.meshgrid(s, np.linspace(0, 1, count[1]), indexing="ij")
    us = np.clip(u(grid_s, grid_t), 0.0, 1.0)
    return Piece(us, v(us, grid_t))


def shell(
    topline: Callable[[Array], Array], start: float = 0.0, end: float = 1.0, count: tuple[int, int] = (46, 13)
) -> Piece:
    """Both walls from the sole to the topline, joined over the ridge where `topline` (u -> v) reaches 0.5."""
    u = start + (end - start) * (1 - np.cos(np.linspace(0, np.pi, count[0]))) / 2
    top = np.minimum(topline(u), 0.5)
    t = np.linspace(0, 1, count[1])
    near = top[:, None] * t[None, :]
    grid_v = np.concatenate([near, 1 - near[:, ::-1]], axis=1)
    grid_u = np.repeat(u[:, None], grid_v.shape[1], axis=1)
    holes = np.zeros((len(u) - 1, grid_v.shape[1] - 1), bool)
    holes[:, count[1] - 1] = (top[:-1] < 0.499) | (top[1:] < 0.499)
    return Piece(grid_u, grid_v, holes)


def seen(surface: Surface, piece: Piece, camera: Camera, inside: bool = False, corner: float = 38.0) -> str | None:
    """The path of what the viewer sees of a piece from outside (or of its inside); None where nothing shows."""
    points = surface(piece.u, piece.v)
    facing = camera.facing(normals(surface, piece.u, piece.v)) * (-1 if inside else 1)
    screen = camera.project(points)
    loops = _region(facing, screen, piece.open_cells)
    paths = [loop(thin(points_), corner) for points_ in loops if len(points_) > 3 and _area(points_) > 6.0]
    return " ".join(paths) or None


def drawn(surface: Surface, u: Array, v: Array, camera: Camera, back: bool = False) -> list[str]:
    """The stretches of a curve on the surface that the viewer sees, as open paths; `back` draws all of it."""
    screen = camera.project(surface(u, v))
    if back:
        return [spline(thin([(float(x), float(y)) for x, y in screen]))]
    visible = camera.facing(normals(surface, u, v)) > 0
    runs: list[list[Point]] = [[]]
    for (x, y), show in zip(screen, visible, strict=True):
        if show:
            runs[-1].append((float(x), float(y)))
        elif runs[-1]:
            runs.append([])
    return [spline(thin(run)) for run in runs if len(run) > 1]


def normals(surface: Surface, u: Array, v: Array) -> Array:
    """Outward normals by finite differences, kept off the poles at heel and toe."""
    step = 1e-3
    u, v = np.clip(u, 0.004, 0.996), np.clip(v, 0.002, 0.998)
    along_u = surface(u + step, v) - surface(u - step, v)
    along_v = surface(u, v + step) - surface(u, v - step)
    return _unit(np.cross(along_v, along_u))


def thin(points: Sequence[Point], gap: float = 3.0) -> list[Point]:
    """Points at least `gap` apart; both ends stay."""
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) >= gap:
            kept.append(point)
    if len(points) > 1:
        if len(kept) > 1 and math.dist(points[-1], kept[-1]) < gap:
            kept.pop()
        if math.dist(points[-1], kept[0]) > 0.5 or len(kept) == 1:
            kept.append(points[-1])
    return kept


def _region(facing: Array, screen: Array, holes: npt.NDArray[np.bool_] | None) -> list[list[Point]]:
    """Outlines of the part of a grid where `facing` > 0: cells are clipped, and edges that two cells share cancel."""
    rows, columns = facing.shape
    positive = facing > 0
    places: dict[int, Point] = {}
    edges: set[tuple[int, int]] = set()

    def node(i: int, j: int) -> int:
        key = (i * columns + j) * 3
        if key not in places:
            places[key] = (float(screen[i, j, 0]), float(screen[i, j, 1]))
        return key

    def crossing(a: tuple[int, int], b: tuple[int, int]) -> int:
        first, second = min(a, b), max(a, b)
        key = (first[0] * columns + first[1]) * 3 + (1 if first[0] != second[0] else 2)
        if key not in places:
            fa, fb = facing[first], facing[second]
            t = float(fa / (fa - fb))
            pa, pb = screen[first], screen[second]
            places[key] = (float(pa[0] + (pb[0] - pa[0]) * t), float(pa[1] + (pb[1] - pa[1]) * t))
        return key

    all_four = positive[:-1, :-1] & positive[1:, :-1] & positive[1:, 1:] & positive[:-1, 1:]
    some = positive[:-1, :-1] | positive[1:, :-1] | positive[1:, 1:] | positive[:-1, 1:]
    if holes is not None:
        all_four, some = all_four & ~holes, some & ~holes
    framed = np.pad(all_four, 1)
    around = ((1, 0, (0, 0), (1, 0)), (2, 1, (1, 0), (1, 1)), (1, 2, (1, 1), (0, 1)), (0, 1, (0, 1), (0, 0)))
    for di, dj, (ai, aj), (bi, bj) in around:
        neighbor = framed[di : di + rows - 1, dj : dj + columns - 1]
        for i, j in np.argwhere(all_four & ~neighbor).tolist():
            edges.add((node(i + ai, j + aj), node(i + bi, j + bj)))
    for i, j in np.argwhere(some & ~all_four).tolist():
        corners = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
        signs = [bool(positive[c]) for c in corners]
        polygon: list[int] = []
        for k in range(4):
            a, b = corners[k], corners[(k + 1) % 4]
            if signs[k]:
                polygon.append(node(*a))
            if signs[k] != signs[(k + 1) % 4]:
                polygon.append(crossing(a, b))
        for k in range(len(polygon)):
            edge = (polygon[k], polygon[(k + 1) % len(polygon)])
            if edge[::-1] in edges:
                edges.remove(edge[::-1])
            else:
                edges.add(edge)
    return _chained(edges, places)


def _chained(edges: set[tuple[int, int]], places: dict[int, Point]) -> list[list[Point]]:
    after: dict[int, list[int]] = {}
    for a, b in sorted(edges):
        after.setdefault(a, []).append(b)
    loops = []
    while after:
        start = min(after)
        at, points = start, []
        while at in after:
            points.append(places[at])
            ahead = after[at].pop()
            if not after[at]:
                del after[at]
            at = ahead
        loops.append(points)
    return loops


def _area(points: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))) / 2


def along(keys: Keys, u: Array) -> Array:
    """Values of `keys` at u: monotone cubic, evaluated on a fine table."""
    table = _table(tuple(keys))
    return np.interp(u, table[0], table[1])


_TABLES: dict[tuple[Point, ...], tuple[Array, Array]] = {}


def _table(keys: tuple[Point, ...]) -> tuple[Array, Array]:
    if keys not in _TABLES:
        at = np.linspace(0, 1, 401)
        _TABLES[keys] = (at, np.array([interpolate(keys, float(x)) for x in at]))
    return _TABLES[keys]


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))
