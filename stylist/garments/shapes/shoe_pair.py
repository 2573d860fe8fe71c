"""A pair of shoes as it stands on the canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np

from stylist.garments.parts import Garment, GarmentSpec, Part
from stylist.garments.shapes.last import Camera
from stylist.garments.shapes.splines import Layer, placed, points_of

Maker = Callable[[GarmentSpec, Camera, int, Random], list[Layer]]


def pair(
    spec: GarmentSpec,
    make: Maker,
    yaw: float = 27.0,
    tilt: float = 21.0,
    apart: float = 11.5,
    ahead: float = 2.0,
    spread: float = 6.0,
) -> Garment:
    """Both shoes: the nearer one, and its fellow behind it, `apart` cm to its side and `ahead` cm further towards the toe."""
    rng = Random(spec.seed)
    yaw, tilt = yaw + rng.uniform(-2.0, 2.0), tilt + rng.uniform(-1.0, 1.0)
    near = Camera(yaw, tilt, 27.0, 0.0, 0.0)
    far = Camera(yaw + spread, tilt, 27.0, 0.0, 0.0)
    x, y = near.project(np.array([ahead, -apart, 0.0]))
    far = replace(far, dx=float(x), dy=float(y))
    layers = [*make(spec, far, -1, rng), *make(spec, near, 1, rng)]
    return fitted(layers)


def fitted(layers: list[Layer], room: float = 920.0) -> Garment:
    """Layers in the middle of the canvas, as large as `room` allows."""
    points = [p for layer in layers if isinstance(layer, Part) for p in points_of(layer.path)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = min(room / (right - left), room / (bottom - top), 1.6)
    return Garment(tuple(placed(layers, scale, 500 - (left + right) / 2 * scale, 500 - (top + bottom) / 2 * scale)))
