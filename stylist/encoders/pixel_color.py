"""The color of a garment from its pixels alone: each foreground pixel votes for the nearest dye of the palette."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stylist import vocabulary as v
from stylist.encoders.foreground import Foreground, to_lab

_DYES = Path(__file__).parents[1] / "garments" / "data" / "palette.json"
_NO_DYE = ("multicolor", "gold", "silver")  # a print, and two that look grey or yellow where they do not shine
_SPREAD = 14.0  # how far, in CIE Lab, a dye's vote reaches


@cache
def _dyes() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """(dyes, 3) Lab colors and (dyes,) the index of the color word each belongs to."""
    table: dict[str, list[str]] = json.loads(_DYES.read_text(encoding="utf-8"))["dyes"]
    pairs = [(v.COLORS.index(word), shade) for word, shades in table.items() if word in v.COLORS and word not in _NO_DYE for shade in shades]
    rgb = np.array([list(bytes.fromhex(shade.lstrip("#"))) for _, shade in pairs], np.float32)
    return to_lab(rgb), np.array([word for word, _ in pairs])


def measure(foreground: Foreground) -> dict[str, float]:
    """Share of the garment's pixels per color of the vocabulary, softly: pixels near two dyes vote for both."""
    pixels = to_lab(foreground.colors[foreground.mask])
    if len(pixels) > 1500:
        pixels = pixels[:: len(pixels) // 1500 + 1]
    dyes, words = _dyes()
    distance = ((pixels[:, None] - dyes[None]) ** 2).sum(-1)
    nearness = np.exp(-(distance - distance.min(1, keepdims=True)) / (2 * _SPREAD**2))
    votes = np.zeros((len(pixels), len(v.COLORS)))
    for index in range(len(v.COLORS)):
        if (words == index).any():
            votes[:, index] = nearness[:, words == index].max(1)
    votes /= votes.sum(1, keepdims=True)
    return dict(zip(v.COLORS, map(float, votes.mean(0)), strict=True))
