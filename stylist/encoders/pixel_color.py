"""What people call the colors of a garment's pixels: a small naming model in CIE Lab, learned from photos named by eye.

A cluster of pixels is given chances of the eleven families by a network of a thousand weights (`assets/vision/colors.json`, made
by `stylist.training.vision_colors`), which also sees how bright the picture is and whether the backdrop is white; the garment's
are their mean. Within a family the nearest dye of the palette gives the word (navy or light-blue). Knows nothing of pictures.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stylist import paths
from stylist import vocabulary as v
from stylist.encoders.foreground import to_lab
from stylist.encoders.garment_pixels import Palette
from stylist.errors import ModelError

NAMES = "colors.json"
FAMILIES = tuple(family for family in v.COLOR_FAMILIES if family != "multicolor")
_DYES = Path(__file__).parents[1] / "garments" / "data" / "palette.json"
_NO_DYE = ("multicolor", "gold", "silver")  # a print, and two that look grey or yellow where they do not shine
_SPREAD = 14.0  # how far, in CIE Lab, a dye's vote reaches

Layer = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


def inputs(lab: npt.NDArray[np.float32], brightest: float, on_white: bool) -> npt.NDArray[np.float64]:
    """(colors, 8) what the naming model sees of colors (colors, 3): Lab, chroma, the light, and hue drawn apart near grey."""
    light = np.tile([np.clip((brightest - 90) / 10, -1.5, 1.0), float(on_white)], (len(lab), 1))
    chroma = np.hypot(lab[:, 1], lab[:, 2])[:, None]
    return np.concatenate(
        [lab / [30, 25, 25] - [1.7, 0, 0], chroma / 30 - 0.7, light, np.arcsinh(lab[:, 1:] / 4) / 2], 1
    )


@cache
def _networks() -> tuple[tuple[Layer, ...], ...]:
    """The bundled naming models, whose chances are averaged: each some layers of weights (out, in) and biases."""
    file = paths.asset("vision") / NAMES
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        if known["families"] != list(FAMILIES):
            raise ValueError(f"families {known['families']}")
        return tuple(tuple((np.array(w, float), np.array(b, float)) for w, b in layers) for layers in known["networks"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file}: {error}; expected the naming model of stylist.training.vision_colors") from None


def families(found: Palette) -> dict[str, float]:
    """The chance of each family of colors but multicolor; they sum to one."""
    x = inputs(found.lab, found.brightest, found.on_white)
    total = np.zeros(len(FAMILIES))
    for layers in _networks():
        h = x
        for weights, bias in layers[:-1]:
            h = np.tanh(h @ weights.T + bias)
        logits = h @ layers[-1][0].T + layers[-1][1]
        chances = np.exp(logits - logits.max(1, keepdims=True))
        total += found.share @ (chances / chances.sum(1, keepdims=True))
    return dict(zip(FAMILIES, map(float, total / total.sum()), strict=True))


@cache
def dyes() -> tuple[npt.NDArray[np.float32], tuple[str, ...]]:
    """(dyes, 3) Lab colors and the color word each belongs to."""
    table: dict[str, list[str]] = json.loads(_DYES.read_text(encoding="utf-8"))["dyes"]
    pairs = [
        (word, shade) for word, shades in table.items() if word in v.COLORS and word not in _NO_DYE for shade in shades
    ]
    rgb = np.array([list(bytes.fromhex(shade.lstrip("#"))) for _, shade in pairs], np.float32)
    return to_lab(rgb), tuple(word for word, _ in pairs)


def words(found: Palette) -> dict[str, float]:
    """The chance of each color of the vocabulary from the nearness of its dyes alone."""
    shades, names = dyes()
    distance = ((found.lab[:, None] - shades[None]) ** 2).sum(-1)
    nearness = np.exp(-(distance - distance.min(1, keepdims=True)) / (2 * _SPREAD**2))  # (clusters, dyes)
    votes = np.zeros((len(found.lab), len(v.COLORS)))
    for index, word in enumerate(v.COLORS):
        mine = [i for i, name in enumerate(names) if name == word]
        if mine:
            votes[:, index] = nearness[:, mine].max(1)
    votes /= votes.sum(1, keepdims=True)
    return dict(zip(v.COLORS, map(float, found.share @ votes), strict=True))
