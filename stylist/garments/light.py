"""Light on cloth: how a flat silhouette becomes a rounded, wrinkled body under a soft light from the upper left."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

Field = npt.NDArray[np.float32]
_TO_LIGHT = (-0.62, -0.78)


def box_blur(field: Field, radius: int) -> Field:
    """Two passes of a box filter of `2 * radius + 1` in both directions, edges repeated: near enough to a Gaussian."""
    return _blur_axis(_blur_axis(field, radius, 0), radius, 1)


def resized(field: Field, width: int, height: int) -> Field:
    """The field at another size, bicubic."""
    image = Image.fromarray(field).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(image, dtype=np.float32)


@lru_cache(maxsize=8)
def noise(seed: int, size: int, cell: int, stretch: float = 1.0) -> Field:
    """Smooth noise on a `size` square, deviation about 1; features `cell` pixels wide, `stretch` times as tall."""
    rng = np.random.Generator(np.random.PCG64(seed))
    rows = max(3, int(size / (cell * stretch)) + 2)
    columns = max(3, int(size / cell) + 2)
    field = resized(rng.standard_normal((rows, columns)).astype(np.float32), size, size)
    return np.asarray((field - field.mean()) / (field.std() + 1e-6), dtype=np.float32)


@dataclass(frozen=True)
class Drape:
    """Heights of the folds in a garment's cloth on a square canvas, deviation about 1: soft ones and broken ones."""

    soft: Field
    crisp: Field

    def piece(self, top: int, left: int, rows: int, columns: int, crisp: float) -> Field:
        """A window of the folds; what lies beyond the canvas is flat."""
        window = (slice(top, top + rows), slice(left, left + columns))
        field = self.soft[window] * (1 - crisp) + self.crisp[window] * crisp
        result = np.zeros((rows, columns), np.float32)
        result[: field.shape[0], : field.shape[1]] = field
        return result


def drape(rng: random.Random, size: int) -> Drape:
    """Folds for one garment on a `size` square canvas: long ones that run down, and crumples across them."""
    seed = rng.getrandbits(30)
    long_folds = noise(seed, size, max(2, size // 8), 3.0)
    crumples = noise(seed + 1, size, max(2, size // 13), 1.4)
    broken = noise(seed + 2, size, max(2, size // 9), 0.8)
    soft = long_folds + 0.3 * crumples
    ridges = 1.2 - 2.4 * np.abs(0.7 * crumples + 0.55 * broken + 0.3 * long_folds)
    return Drape(soft.astype(np.float32), (0.45 * long_folds + 0.5 * np.maximum(ridges, -1.0)).astype(np.float32))


@dataclass(frozen=True)
class Relief:
    """How a part's surface lies: `slope` towards the light (-1..1), nearness to the silhouette (`rim`), its rise."""

    slope: Field
    rim: Field
    rise_x: Field
    rise_y: Field


def relief(mask: Field, volume: float, folds: Field, scale: float, grain: float, roundness: float) -> Relief:
    """The surface of a part rounded across its grain, as cloth around a body is, and by `roundness` (0..1) along it.

    `mask` is the part's coverage 0..1, `folds` the heights of its folds in canvas units, `scale` pixels a unit, `grain`
    in degrees.
    """
    height, width = mask.shape
    angle = math.radians(grain)
    across, along = abs(math.cos(angle)), abs(math.sin(angle))
    span = height * along + width * across if roundness < 0.7 else min(height, width)
    wide = max(2, int(span * 0.12))
    narrow = max(1, int(6 * scale))
    sideways = 1.0 if across >= along else roundness
    lengthways = 1.0 if along > across else roundness
    inside_wide = _inside(mask, wide, sideways, lengthways)
    inside_narrow = np.clip(2 * box_blur(mask, narrow) - 1, 0, 1)
    dome = volume * (inside_wide * wide * 1.55 + inside_narrow * narrow * 0.5) + folds * scale
    rise_y, rise_x = np.gradient(box_blur(dome, 1))
    slope = rise_x * -_TO_LIGHT[0] + rise_y * -_TO_LIGHT[1]
    steep = np.sqrt(1 + rise_x * rise_x + rise_y * rise_y)
    rim = (1 - 0.25 * inside_narrow - 0.75 * inside_wide) * min(1.0, 2 * volume)
    return Relief(*(field.astype(np.float32) for field in (slope / steep, rim, rise_x, rise_y)))


def _inside(mask: Field, radius: int, sideways: float, lengthways: float) -> Field:
    """How deep inside the silhouette, 0..1, seen by a blur of different reach in the two directions."""
    rows, columns = max(1, int(radius * lengthways)), max(1, int(radius * sideways))
    padded = np.pad(mask, ((rows, rows), (columns, columns)))
    blurred = _blur_axis(_blur_axis(padded, rows, 0), columns, 1)
    return np.clip(2 * blurred[rows:-rows, columns:-columns] - 1, 0, 1)


def _blur_axis(field: Field, radius: int, axis: int) -> Field:
    width = 2 * radius + 1
    for _ in range(2):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (radius + 1, radius)
        total = np.cumsum(np.pad(field, pad, mode="edge"), axis=axis, dtype=np.float64)
        count = total.shape[axis]
        high = total[width:] if axis == 0 else total[:, width:]
        low = total[: count - width] if axis == 0 else total[:, : count - width]
        field = ((high - low) / width).astype(np.float32)
    return field


def lobe(field: Field, center: float, width: float) -> Field:
    """A bell around `center`, 1 at its top: the answer of a glossy surface to its slope."""
    x = (field - center) / width
    return np.asarray(1 / (1 + x * x) ** 2, np.float32)
