"""Items as the few numbers that outfits are learned from: what varies among the items worn in them. Knows nothing of networks.

Thousands of outfits hold more items than they show each item: a network that is given all that an encoder says learns the items by
heart. So each kind of vector is cut to its first principal components, and attributes to those that are neither rare nor common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stylist import vocabulary as v
from stylist.catalog.items import Item

COMPONENTS = {"pooled": 64, "texture": 48, "image": 32, "text": 16, "colors": 16, "outline": 14}
"""Kinds of vectors an item may come with, in the order of the features, and how many components of each are kept."""
ITEMS_PER_COMPONENT = 4
"""As many worn items at least for each component."""
WEIGHT = 0.5
"""Spread of a component; that of an attribute is up to 1."""
ATTRIBUTE_WEIGHT = 2.0
RAREST = 0.005
"""Share of the worn items that have an attribute or lack it, at least."""


def product_type(item: Item) -> str:
    """The shop's own word for what the item is, or its type: negatives share it."""
    return str(item.extra.get("type") or item.type).strip().lower()


def attribute_names() -> list[tuple[str, str]]:
    """Columns of `attribute_features`: slots, color families and each field's values."""
    names = [("slot", slot) for slot in v.SLOTS] + [("family", family) for family in v.COLOR_FAMILIES]
    return names + [(field, value) for field in v.FIELDS for value in v.VALUES[field]]


def attribute_features(items: Sequence[Item]) -> np.ndarray:
    """(items, n) float32: a 1 for each value of the vocabulary that an item has, its slot and its color's family."""
    column = {name: n for n, name in enumerate(attribute_names())}
    result = np.zeros((len(items), len(column)), np.float32)
    for row, item in enumerate(items):
        has = [("slot", item.slot), *((field, value) for field in v.FIELDS for value in item.values(field))]
        if item.color:
            has.append(("family", v.FAMILY_OF_COLOR.get(item.color, "")))
        for name in has:
            if name in column:
                result[row, column[name]] = 1
    return result


@dataclass(frozen=True)
class FeatureMap:
    """From items and their vectors to features; fitted once, kept beside the network."""

    types: tuple[str, ...]
    """Product types of the worn items; 0 stands for any other, n for the n-th."""
    columns: tuple[int, ...]
    """Attributes that are used."""
    centers: Mapping[str, np.ndarray]
    """Kind -> (dim,) mean."""
    matrices: Mapping[str, np.ndarray]
    """Kind -> (dim, components)."""

    @classmethod
    def fitted(cls, items: Sequence[Item], vectors: Mapping[str, np.ndarray], worn: np.ndarray) -> FeatureMap:
        """Of the items `worn` (n,) rows; kinds of which they have no vector are left out."""
        share = attribute_features([items[row] for row in worn]).mean(axis=0)
        named = attribute_names()
        columns = tuple(n for n, (field, _) in enumerate(named) if field not in ("slot", "type") and RAREST <= share[n] <= 1 - RAREST)
        centers, matrices = {}, {}
        for kind, most in COMPONENTS.items():
            known = np.asarray(vectors[kind], np.float64)[worn] if kind in vectors else np.zeros((0, 0))
            known = known[(known != 0).any(axis=1)] if len(known) else known
            count = min(most, len(known) // ITEMS_PER_COMPONENT)
            if count:
                centers[kind], matrices[kind] = components(known, count)
        return cls(tuple(sorted({product_type(items[row]) for row in worn})), columns, centers, matrices)

    @property
    def width(self) -> int:
        """Numbers per item."""
        return len(self.columns) + sum(matrix.shape[1] for matrix in self.matrices.values())

    def features(self, items: Sequence[Item], vectors: Mapping[str, np.ndarray]) -> np.ndarray:
        """(items, width) float32; zeros, the mean, where an item has no vector of a kind."""
        parts = [ATTRIBUTE_WEIGHT * attribute_features(items)[:, list(self.columns)]]
        for kind, matrix in self.matrices.items():
            rows = np.asarray(vectors.get(kind, np.zeros((len(items), len(matrix)))), np.float32)
            known = (rows != 0).any(axis=1)[:, None]
            parts.append(np.where(known, (rows - self.centers[kind]) @ matrix, 0).clip(-3, 3))
        return np.hstack(parts).astype(np.float32)

    def kinds(self, items: Sequence[Item]) -> np.ndarray:
        """(items,) int: the number of each item's product type."""
        number = {name: n for n, name in enumerate(self.types, 1)}
        return np.array([number.get(product_type(item), 0) for item in items])


def components(rows: np.ndarray, count: int, spread: float = WEIGHT) -> tuple[np.ndarray, np.ndarray]:
    """Mean (dim,) and matrix (dim, count) to uncorrelated numbers of a spread; fewer where the rest does not vary."""
    center = rows.mean(axis=0)
    variance, axes = np.linalg.eigh((rows - center).T @ (rows - center) / len(rows))
    variance, axes = variance[::-1][:count], axes[:, ::-1][:, :count]
    kept = variance > 1e-6 * max(float(variance[0]), 1e-12)
    # The sign of an axis is arbitrary; fixed, so that a run repeats on another machine.
    axes = axes[:, kept] * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])[kept]
    return center.astype(np.float32), (axes * (spread / np.sqrt(variance[kept]))).astype(np.float32)
