"""What a photo shows of a garment without a model: how its colors spread over CIELAB, and how much of the photo it fills and where.

What lies at the photo's border, and all that looks like it, is taken for background and left out: its shade says where a photo was
taken, not what goes with the garment.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from stylist.encoders.foreground import reduced, to_lab

SIDE = 64
"""Pixels of the longer side of the reduced photo."""
UNLIKE = 14.0
"""Difference from the border, in a channel of 0..255, from which on a pixel is the garment's."""
FEWEST = 20
"""Pixels taken for the garment at least: those most unlike the border."""
LIGHTNESS = np.linspace(0.05, 0.95, 6)
OPPONENT = np.array([-0.6, -0.25, -0.08, 0.08, 0.25, 0.6])
WIDTH = 0.12
"""Of the bell around each center, so that shades that are nearly alike share bins."""
COLORS = len(LIGHTNESS) * len(OPPONENT) ** 2
SIZE = COLORS + 14


def palette(picture: Image.Image) -> np.ndarray:
    """(SIZE,) float32 of an RGB picture: COLORS roots of the shares of soft bins over L*, a* and b* (a unit vector), then mean,
    spread and lightness quantiles of the colors, and the garment's share and extent."""
    pixels, garment = _garment(picture)
    lab = to_lab(pixels[garment])
    scaled = np.clip(lab / np.array([100, 60, 60], np.float32), [0, OPPONENT[0], OPPONENT[0]], [1, OPPONENT[-1], OPPONENT[-1]])
    bells = [_bells(scaled[:, n], centers) for n, centers in enumerate((LIGHTNESS, OPPONENT, OPPONENT))]
    share = np.einsum("nl,nab->lab", bells[0], bells[1][:, :, None] * bells[2][:, None, :]) / len(lab)
    high, wide = garment.shape
    rows, columns = np.nonzero(garment)
    extent = [rows.min() / high, (rows.max() + 1) / high, columns.min() / wide, (columns.max() + 1) / wide]
    spread = [*lab.mean(0) / [50, 30, 30], *lab.std(0) / [20, 15, 15], *np.percentile(lab[:, 0], [10, 50, 90]) / 50]
    return np.concatenate([np.sqrt(share.ravel()), spread, [garment.mean()], extent]).astype(np.float32)


def garment_mask(picture: Image.Image) -> np.ndarray:
    """(height, width) bool, some pixel true: which pixels of the picture, its longer side reduced to SIDE, are unlike its border."""
    return _garment(picture)[1]


def _garment(picture: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    """The reduced photo (height, width, 3) in 0..255 and which of its pixels are unlike its border (height, width) bool."""
    pixels = reduced(picture, SIDE)
    border = np.concatenate([pixels[:2].reshape(-1, 3), pixels[-2:].reshape(-1, 3), pixels[:, 0], pixels[:, -1]])
    unlike = np.abs(pixels - np.median(border, axis=0)).max(axis=-1)
    garment = unlike > UNLIKE
    if garment.sum() < FEWEST:
        garment = unlike >= np.sort(unlike, axis=None)[-FEWEST]
    return pixels, garment


def _bells(values: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """(n, centers): how each of the values (n,) is shared among the centers."""
    near = np.exp(-(((values[:, None] - centers) / WIDTH) ** 2)) + 1e-6
    return np.asarray(near / near.sum(axis=1, keepdims=True))
