"""Which pixels of a picture are the garment's, softly and without a model: clusters of color in CIE Lab, each with its share.

A garment lies where people point the camera, so every pixel starts from a chance that its place gives it, lower toward the edges;
a few rounds of expectation-maximisation then move whole clusters to the garment or to what surrounds it (skin, hair, other
clothes, floor). A flat backdrop, as shops use, is left out at once; what shows through sandals too. Knows no names of colors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.vq import kmeans2

from stylist.encoders.foreground import to_lab

CLUSTERS = 20
_ROUNDS = 4
_SAMPLE = 1500  # pixels that clusters are found on
_DARK_COUNTS_LESS = np.array([0.7, 1.0, 1.0], np.float32)  # folds change lightness, not hue
_CENTER = (0.5, 0.52, 0.14, 0.18)  # x, y and their spreads, as shares of the picture's sides
_OF_LEGS = (0.5, 0.42, 0.16, 0.18)  # above the gap between two legs
_LEGS = ("jeans", "trousers", "chinos", "joggers", "leggings", "shorts")
_FLAT_REACH, _FLAT_SHARE, _BACKDROP_REACH = 3.0, 0.6, 2.5  # CIE Lab; share of the border
_LEAST_GARMENT = 0.06  # of the picture: with less left, the backdrop was the garment


@dataclass(frozen=True)
class Palette:
    """`lab` (clusters, 3) CIE Lab and `share` (clusters,) of the garment's pixels, which sum to one; `brightest` lightness of
    the picture, 0..100; `on_white`: whether the backdrop is a flat white."""

    lab: npt.NDArray[np.float32]
    share: npt.NDArray[np.float64]
    brightest: float
    on_white: bool


def palette(rgb: npt.NDArray[np.float32], type_: str | None = None) -> Palette:
    """The colors of the garment on a small picture (h, w, 3) of sRGB 0..255; `type_` tells where such a garment lies."""
    lab = to_lab(rgb)
    flat = lab.reshape(-1, 3)
    rim = np.concatenate(
        [lab[:2].reshape(-1, 3), lab[-2:].reshape(-1, 3), lab[:, :2].reshape(-1, 3), lab[:, -2:].reshape(-1, 3)]
    )
    ground = np.median(rim, axis=0)
    backdrop = _backdrop(flat, rim, ground)
    labels, count = _clusters(flat, backdrop)
    chance = _membership(_place(lab.shape[0], lab.shape[1], type_).reshape(-1), labels, count, backdrop)
    weight = chance**2 * ~backdrop
    if weight.sum() <= 0:
        weight = np.ones(len(flat))
    sums = np.stack([np.bincount(labels, weight * flat[:, axis], count) for axis in range(3)], 1)
    mass = np.bincount(labels, weight, count)
    kept = mass > 1e-9 * mass.sum()
    brightest = float(np.percentile(flat[:, 0], 97))
    on_white = bool(ground[0] > 93 and (np.linalg.norm(rim - ground, axis=1) < _FLAT_REACH).mean() > _FLAT_SHARE)
    return Palette(
        (sums[kept] / mass[kept, None]).astype(np.float32), mass[kept] / mass[kept].sum(), brightest, on_white
    )


def _backdrop(
    flat: npt.NDArray[np.float32], rim: npt.NDArray[np.float32], ground: npt.NDArray[np.float32]
) -> npt.NDArray[np.bool_]:
    """(pixels,) what has the one color that most of the border has; nothing where the border varies or no garment would be left."""
    nothing = np.zeros(len(flat), bool)
    if (np.linalg.norm(rim - ground, axis=1) < _FLAT_REACH).mean() <= _FLAT_SHARE:
        return nothing
    found: npt.NDArray[np.bool_] = np.linalg.norm(flat - ground, axis=1) < _BACKDROP_REACH
    return found if (~found).mean() >= _LEAST_GARMENT else nothing


def _clusters(flat: npt.NDArray[np.float32], backdrop: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], int]:
    """(pixels,) numbers of clusters, and how many there are; the backdrop is the last."""
    scaled = flat * _DARK_COUNTS_LESS
    sample = scaled[~backdrop]
    sample = sample[:: max(1, len(sample) // _SAMPLE)]
    centers = np.unique(sample, axis=0)
    if len(centers) > CLUSTERS:
        with np.errstate(divide="ignore", invalid="ignore"):  # an empty cluster
            centers, _ = kmeans2(sample, CLUSTERS, iter=6, minit="++", rng=np.random.default_rng(0))
        centers = centers[np.isfinite(centers).all(1)]
    squares = (scaled**2).sum(1)[:, None] - 2 * scaled @ centers.T + (centers**2).sum(1)[None]
    labels = squares.argmin(1)
    labels[backdrop] = len(centers)
    return labels, len(centers) + 1


def _place(height: int, width: int, type_: str | None) -> npt.NDArray[np.float64]:
    """(height, width) the chance that a pixel shows the garment, from its place alone."""
    x, y, wide, high = _OF_LEGS if type_ in _LEGS else _CENTER
    across = ((np.arange(width) + 0.5) / width - x) / wide
    down = ((np.arange(height) + 0.5) / height - y) / high
    return np.clip(0.92 * np.exp(-0.5 * (down[:, None] ** 2 + across[None] ** 2)), 0.01, 0.97)


def _membership(
    place: npt.NDArray[np.float64], labels: npt.NDArray[np.int64], count: int, backdrop: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """(pixels,) the chance of being the garment's, from the place and from the clusters found there and elsewhere."""
    place = np.where(backdrop, 0.001, place)
    chance = place
    for _ in range(_ROUNDS):
        garment = np.bincount(labels, chance, count) + 1e-3
        around = np.bincount(labels, 1 - chance, count) + 1e-3
        odds = ((garment / garment.sum()) / (around / around.sum()))[labels]
        chance = place * odds / (place * odds + 1 - place)
    return chance
