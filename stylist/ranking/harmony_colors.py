"""Which colors are worn together, without a network: how alike two garments' palettes are, and how far what sets each palette apart from others
of its product type varies together within outfits (canonical correlation, shrunk; Hotelling 1936).

Both have next to nothing to learn by heart, so that they hold for items, and seasons, that no outfit was seen of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stylist.ranking.item_features import ITEMS_PER_COMPONENT, components

KIND = "colors"
"""The kind of vectors that palettes are."""
COMPONENTS = 32
SHRINK = 1.0
"""Added to each component's variance, which is 1."""
PRIOR = 3.0
"""Items of any type that a type's mean palette is taken with."""
SAMPLE = 2000
"""Items at most whose pairs give the spreads."""


@dataclass(frozen=True)
class ColorMatch:
    """Fitted once, kept beside the networks."""

    centers: np.ndarray
    """(types + 1, dim): mean palette of each product type, numbered as `FeatureMap.kinds`; 0 is of all items."""
    axes: np.ndarray
    """(dim, components) to uncorrelated numbers of spread 1."""
    match: np.ndarray
    """(components, components), symmetric: what of one garment goes with what of another."""
    spreads: np.ndarray
    """(2,): deviation of likeness and of match between two worn items."""

    @classmethod
    def fitted(cls, palettes: np.ndarray, kinds: np.ndarray, types: int, outfits: Sequence[np.ndarray]) -> ColorMatch | None:
        """From palettes (items, dim), zeros where an item has none, product types (items,) up to `types`, and outfits as rows; None of
        too few items."""
        palettes = np.asarray(palettes, np.float64)
        known = (palettes != 0).any(axis=1)
        worn = np.unique(np.concatenate(outfits))
        worn = worn[known[worn]]
        count = min(COMPONENTS, len(worn) // ITEMS_PER_COMPONENT)
        if not count:
            return None
        mean = palettes[worn].mean(axis=0)
        own = [palettes[worn[kinds[worn] == kind]] for kind in range(1, types + 1)]
        centers = np.stack([mean, *((rows.sum(axis=0) + PRIOR * mean) / (len(rows) + PRIOR) for rows in own)])
        _, axes = components(palettes[worn] - centers[kinds[worn]], count, spread=1.0)
        x = np.where(known[:, None], (palettes - centers[kinds]) @ axes, 0)
        match = _together(x, outfits)
        fitted = cls(centers.astype(np.float32), axes, match.astype(np.float32), np.ones(2, np.float32))
        sample = worn[np.linspace(0, len(worn) - 1, min(SAMPLE, len(worn))).astype(int)]
        pairs = np.triu_indices(len(sample), 1)
        deviations = [float(part[pairs].std()) for part in ColorPairs(fitted, palettes[sample], kinds[sample]).parts(np.arange(len(sample)), np.arange(len(sample)))]
        if min(deviations) < 1e-9:
            return None  # nothing varies
        return cls(fitted.centers, fitted.axes, fitted.match, np.array(deviations, np.float32))

    @classmethod
    def of(cls, tensors: Mapping[str, np.ndarray]) -> ColorMatch:
        """From what `tensors` gave."""
        return cls(*(tensors[name] for name in ("centers", "axes", "match", "spreads")))

    def tensors(self) -> dict[str, np.ndarray]:
        """By name."""
        return {"centers": self.centers, "axes": np.ascontiguousarray(self.axes), "match": self.match, "spreads": self.spreads}


def _together(x: np.ndarray, outfits: Sequence[np.ndarray]) -> np.ndarray:
    """Shrunk match (components, components) of x (items, components). An item worn in n outfits counts the root of n times."""
    worn = np.bincount(np.concatenate(outfits), minlength=len(x))
    weight = 1 / np.sqrt(np.maximum(worn, 1))
    total, weights = np.zeros((x.shape[1], x.shape[1])), 0.0
    for rows in outfits:
        w = weight[rows]
        weighted = x[rows] * w[:, None]
        whole = weighted.sum(axis=0)
        total += np.outer(whole, whole) - weighted.T @ weighted
        weights += w.sum() ** 2 - (w**2).sum()
    rows = x[worn > 0]
    inverse = np.linalg.inv(rows.T @ rows / len(rows) + SHRINK * np.eye(x.shape[1]))
    return np.asarray(inverse @ (total / max(weights, 1e-12)) @ inverse)


class ColorPairs:
    """A ColorMatch over items: scores two of them by row number; one without a picture is like the mean and matches nothing."""

    def __init__(self, fitted: ColorMatch, palettes: np.ndarray, kinds: np.ndarray) -> None:
        palettes = np.asarray(palettes, np.float64)
        known = (palettes != 0).any(axis=1)[:, None]
        self.spreads = fitted.spreads
        self.palettes = np.where(known, palettes, fitted.centers[0])
        self.own = np.where(known, (palettes - fitted.centers[kinds]) @ fitted.axes, 0)
        self.asked = self.own @ fitted.match

    def parts(self, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Likeness and match (len(a), len(b)), each in its spread between worn items."""
        return self.palettes[a] @ self.palettes[b].T / self.spreads[0], self.asked[a] @ self.own[b].T / self.spreads[1]

    def pair_scores(self, a: np.ndarray, b: np.ndarray, likeness: float, match: float) -> np.ndarray:
        """(len(a), len(b)), the two parts weighted; symmetric."""
        alike, together = self.parts(a, b)
        return np.asarray(likeness * alike + match * together)
