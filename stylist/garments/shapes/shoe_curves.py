"""Curves and strips on the surface of a last."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from stylist.garments.shapes.last import Array, Keys, Piece, along, patch
from stylist.garments.shapes.splines import Point, interpolate


def through(points: Sequence[Point], count: int = 40) -> tuple[Array, Array]:
    """A smooth curve through a few points as two arrays of coordinates."""
    t = np.linspace(0, 1, count)
    at = np.cumsum([0.0, *(math.dist(a, b) for a, b in pairwise(points))])
    at = at / at[-1]
    return tuple(
        np.array([interpolate(list(zip(at.tolist(), [p[k] for p in points], strict=True)), float(x)) for x in t])
        for k in (0, 1)
    )  # type: ignore[return-value]


def keyed(keys: Keys) -> Callable[[Array], Array]:
    """A function of an array from keys."""
    return lambda u: along(keys, u)


def direction(a: Point, b: Point) -> Point:
    """The unit vector from a to b."""
    length = max(1e-6, math.dist(a, b))
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def turned(piece: Piece) -> Piece:
    """The piece with its inner side out."""
    return Piece(piece.u[:, ::-1], piece.v[:, ::-1])


def band(u_back: Keys, u_front: Keys, v0: float, v1: float) -> Piece:
    """The strip of a last between two edges, each u by v, from v0 to v1."""
    back, front = keyed(u_back), keyed(u_front)

    def v(u: Array, t: Array) -> Array:
        return v0 + (v1 - v0) * t

    def u(s: Array, t: Array) -> Array:
        at = v0 + (v1 - v0) * t
        return back(at) + (front(at) - back(at)) * s

    return patch(u, v, (7, 44))
