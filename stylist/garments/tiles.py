"""Squares that repeat without a seam: noise on them, and colors painted by fields."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import skia

from stylist.garments.palette import RGB

Tile = npt.NDArray[np.float32]


def blurred(field: Tile, across: int, along: int) -> Tile:
    """Box means over `across` columns and `along` rows of a field that repeats."""
    for axis, width in ((1, across), (0, along)):
        if width > 1:
            total = np.cumsum(np.concatenate([field, np.take(field, range(width), axis)], axis), axis, dtype=np.float64)
            first = np.take(total, range(field.shape[axis]), axis)
            field = ((np.take(total, range(width, width + field.shape[axis]), axis) - first) / width).astype(np.float32)
    return field


def grain(rng: np.random.Generator, side: int, across: int, along: int) -> Tile:
    """Noise that repeats on a `side` square, its features about `across` x `along` pixels, mean 0 and deviation 1."""
    field = rng.standard_normal((side, side)).astype(np.float32)
    field = blurred(blurred(field, across, along), max(1, across // 2), max(1, along // 2))
    return np.asarray((field - field.mean()) / field.std(), np.float32)


def wave(coordinate: Tile, period: float) -> Tile:
    """A cosine of the coordinate."""
    return np.cos(coordinate * np.float32(2 * math.pi / period))


def cells(rng: np.random.Generator, side: int, count: int) -> tuple[Tile, Tile]:
    """Distances, in cells, to the nearest and second nearest of jittered points on a `count` x `count` grid."""
    jitter = rng.uniform(0.12, 0.88, (count, count, 2)).astype(np.float32)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) * np.float32(count / side)
    column, row = x.astype(np.int64), y.astype(np.int64)
    near = np.full((side, side), 9, np.float32)
    second = near.copy()
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            point = jitter[(row + dy) % count, (column + dx) % count]
            away = np.hypot(column + dx + point[..., 0] - x, row + dy + point[..., 1] - y).astype(np.float32)
            second = np.minimum(second, np.maximum(near, away))
            near = np.minimum(near, away)
    return near, second


def painted(ground: RGB, layers: Sequence[tuple[Tile, RGB]]) -> skia.Image:
    """An image of `ground` with each color laid over it where its field (coverage 0..1) says."""
    side = layers[0][0].shape[0]
    value = np.broadcast_to(np.asarray(ground, np.float32), (side, side, 3)).copy()
    for share, color in layers:
        value += (np.asarray(color, np.float32) - value) * np.clip(share, 0, 1)[..., None]
    pixels = np.full((side, side, 4), 255, np.uint8)
    pixels[..., :3] = np.clip(value * 255 + 0.5, 0, 255)
    return skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType).withDefaultMipmaps()
