"""Which garments go together, from their attributes: a score in 0..1 for any two items, by table look-ups.

A set's harmony is the mean over its pairs. `pair_scores` is the interface that learned heads share.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from copy import copy
from functools import cache, cached_property
from typing import Any, Protocol

import numpy as np

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking.data_files import load
from stylist.ranking.table import ItemTable

DENSE_LIMIT = 4096
"""Up to so many different attribute combinations the whole matrix is kept (64 MB)."""
ROUNDING = 1.0e-6
"""What sums in single precision may differ by."""


class Harmony(Protocol):
    """Scores pairs of the items it was made for, by row number."""

    def pair_scores(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a), len(b)) in 0..1 for row numbers `a` and `b`; symmetric in its arguments."""
        ...

    def most(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a),): no pair of row a[i] with any of `b` scores higher."""
        ...

    def extended(self, item: Item) -> Harmony:
        """The same over one item more, at the end."""
        ...


class SetHarmony(ABC):
    """Scores sets of the items it was made for, by row number, whatever the order of the rows."""

    @abstractmethod
    def candidate_scores(self, outfit: np.ndarray, candidates: np.ndarray) -> np.ndarray:
        """(len(candidates),): how well each goes with the items `outfit`."""

    @abstractmethod
    def outfit_score(self, rows: np.ndarray) -> float:
        """How well two or more items go together."""


class AttributeHarmony:
    """Harmony from colors, formality, seasons, patterns, styles, materials and types, weighted by `data/harmony.yaml`."""

    def __init__(self, items: Sequence[Item] | ItemTable) -> None:
        self.table = items if isinstance(items, ItemTable) else ItemTable(items)
        columns = _columns(self.table)
        unique, self._combo = np.unique(columns, axis=0, return_inverse=True)
        self._combo = self._combo.reshape(-1)
        self._unique = unique.astype(np.int32)
        self._dense: np.ndarray | None = None
        if len(unique) <= DENSE_LIMIT:
            self._dense = _scores(self._unique, self._unique)
        self._present: _Present | None = None

    def pair_scores(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a), len(b)) float32 in 0..1."""
        left, right = self._combo[np.asarray(a)], self._combo[np.asarray(b)]
        if self._dense is not None:
            return self._dense[left].take(right, axis=1)
        present = self.present
        return _scores(present.codes[left], present.codes[right], present.scores)

    @property
    def present(self) -> _Present:
        """The tables over the values that there are."""
        if self._present is None:
            self._present = _Present(self._unique)
        return self._present

    def most(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a),): the sum of the best that each attribute could find among `b`, never below the best pair."""
        left, right = self._unique[self._combo[np.asarray(a)]], self._unique[self._combo[np.asarray(b)]]
        total = np.full(len(left), ROUNDING)
        for column, table in enumerate(_tables()):
            total += table[:, np.flatnonzero(np.bincount(right[:, column]))].max(axis=1).take(left[:, column])
        return total

    def lead(self, a: np.ndarray, over: np.ndarray) -> np.ndarray:
        """(len(a), len(over)) float32: by no more than this does a pair of a[i] score above the pair of over[j] with the same item.

        The sum of the most that each attribute could make up, whatever of all the items they are paired with.
        """
        codes = self.present.codes
        left, right = codes[self._combo[np.asarray(a)]], codes[self._combo[np.asarray(over)]]
        total = np.full((len(left), len(right)), ROUNDING, np.float32)
        for column, table in enumerate(self.present.leads):
            total += table[:, right[:, column]].take(left[:, column], axis=0)
        return total

    def extended(self, item: Item) -> AttributeHarmony:
        """The same over one item more, at the end."""
        other = AttributeHarmony.__new__(AttributeHarmony)
        other.table = self.table.extended(item)
        row = _columns(ItemTable([item])).astype(np.int32)
        other._unique = np.vstack([self._unique, row])
        other._combo = np.append(self._combo, len(self._unique))
        other._dense = None
        other._present = None if self._present is None else self._present.extended(row[0])
        if self._dense is not None:
            edge = _scores(row, other._unique)[0]
            other._dense = np.pad(self._dense, ((0, 1), (0, 1)))
            other._dense[-1, :], other._dense[:, -1] = edge, edge
        return other

    def outfit(self, rows: Sequence[int]) -> float:
        """The mean over the pairs of a set of items; 1 for fewer than two."""
        if len(rows) < 2:
            return 1.0
        scores = self.pair_scores(np.asarray(rows), np.asarray(rows))
        return float(scores[np.triu_indices(len(rows), 1)].mean())


def _columns(table: ItemTable) -> np.ndarray:
    """(n, 7): color, formality, season bits, pattern, style bits, material (shifted past slots it is ignored in), type."""
    material = table.codes["material"].astype(np.int32) + 1
    ignored = table.has("slot", load("harmony")["material"]["ignored_slots"])
    material = np.where(ignored, len(v.MATERIALS) + 1, material)
    return np.stack(
        [
            table.codes["color"] + 1,
            table.codes["formality"] + 1,
            table.bits["season"],
            table.codes["pattern"] + 1,
            table.bits["style"],
            material,
            table.codes["type"] + 1,
        ],
        axis=1,
    )


def _scores(a: np.ndarray, b: np.ndarray, tables: Sequence[np.ndarray] | None = None) -> np.ndarray:
    """(len(a), len(b)) from attribute columns, or the columns that `tables` go by."""
    total = np.zeros((len(a), len(b)), np.float32)
    part = np.empty_like(total)
    for column, table in enumerate(tables or _tables()):
        total += table[a[:, column]].take(b[:, column], axis=1, out=part, mode="clip")
    return total


class _Present:
    """The attribute tables over the values that some combination has: `codes` (combinations, columns) numbers a column's values,
    `scores` are the columns' tables, and `leads` say by how much at most one of two values scores above the other with any value."""

    def __init__(self, unique: np.ndarray) -> None:
        self.codes = np.zeros(unique.shape, np.intp)
        self.values: list[np.ndarray] = []
        for column in range(unique.shape[1]):
            values, self.codes[:, column] = np.unique(unique[:, column], return_inverse=True)
            self.values.append(values)
        self.scores = [table[np.ix_(values, values)] for table, values in zip(_tables(), self.values, strict=True)]

    def extended(self, row: np.ndarray) -> _Present | None:
        """With one combination more, at the end; None where one of its values is new."""
        if not all(value in values for value, values in zip(row, self.values, strict=True)):
            return None
        other = copy(self)
        other.codes = np.vstack([self.codes, [np.searchsorted(values, value) for value, values in zip(row, self.values, strict=True)]])
        return other

    @cached_property
    def leads(self) -> list[np.ndarray]:
        return [np.stack([(one - scores).max(axis=1) for one in scores]) for scores in self.scores]


@cache
def _tables() -> tuple[np.ndarray, ...]:
    """One square table per column of `_columns`, each already times its weight."""
    data = load("harmony")
    parts = {
        "color": _color(data["color"]),
        "formality": _formality(data["formality"]),
        "season": _season(data["season"]),
        "pattern": _pattern(data["pattern"]),
        "style": _style(data["style"]),
        "material": _material(data["material"]),
        "type": _type(data["type"]),
    }
    weights = data["weights"]
    total = sum(weights.values())
    return tuple((np.clip(part, 0, 1) * (weights[name] / total)).astype(np.float32) for name, part in parts.items())


def lab(hex_color: str) -> tuple[float, float, float]:
    """CIELAB (D65) of an sRGB color such as `#2a5fb4`."""
    rgb = np.array([int(hex_color[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    xyz = matrix @ linear / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return float(116 * f[1] - 16), float(500 * (f[0] - f[1])), float(200 * (f[1] - f[2]))


def _color(data: dict[str, Any]) -> np.ndarray:
    size = len(v.COLORS) + 1
    table = np.full((size, size), float(data["unknown"]))
    neutral = set(data["neutral"])
    for a in v.COLORS:
        for b in v.COLORS:
            table[v.COLORS.index(a) + 1, v.COLORS.index(b) + 1] = _color_pair(data, neutral, a, b)
    for a, b, score in data["pairs"]:
        i, j = v.COLORS.index(a) + 1, v.COLORS.index(b) + 1
        table[i, j] = table[j, i] = score
    return table


def _color_pair(data: dict[str, Any], neutral: set[str], a: str, b: str) -> float:
    if "multicolor" in (a, b):
        other = b if a == "multicolor" else a
        kind = "multicolor" if other == "multicolor" else "neutral" if other in neutral else "color"
        return data["multicolor"][kind]
    if a == b:
        return data["same_neutral" if a in neutral else "same_color"]
    if a in neutral and b in neutral:
        return data["neutral_pair"]
    if a in neutral or b in neutral:
        return data["neutral_with_color"]
    (l1, a1, b1), (l2, a2, b2) = lab(data["hex"][a]), lab(data["hex"][b])
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    angle = abs(np.degrees(np.arctan2(b1, a1) - np.arctan2(b2, a2))) % 360
    score = float(np.interp(min(angle, 360 - angle), data["hue_angle"], data["hue_score"]))
    cost = (1 - score) * min(1.0, c1 * c2 / data["full_chroma"] ** 2)
    return 1 - cost * (1 - data["lightness_relief"] * abs(l1 - l2) / 100)


def _formality(data: dict[str, Any]) -> np.ndarray:
    size = len(v.FORMALITY) + 1
    table = np.full((size, size), float(data["unknown"]))
    level = np.arange(size - 1)
    table[1:, 1:] = np.array(data["distance"])[np.abs(level[:, None] - level[None, :])]
    return table


def _popcount(numbers: np.ndarray) -> np.ndarray:
    return np.array([int(n).bit_count() for n in numbers.ravel()], np.float64).reshape(numbers.shape)


def _season(data: dict[str, Any]) -> np.ndarray:
    bits = np.arange(1 << len(v.SEASONS))
    everything = len(bits) - 1
    filled = np.where(bits == 0, everything, bits)
    shared = _popcount(filled[:, None] & filled[None, :])
    least = np.minimum(_popcount(filled)[:, None], _popcount(filled)[None, :])
    table = np.where(shared > 0, shared / least, data["none_shared"])
    table[0, :] = table[:, 0] = data["unknown"]
    return table


def _style(data: dict[str, Any]) -> np.ndarray:
    bits = np.arange(1 << len(v.STYLES))
    shared = (bits[:, None] & bits[None, :]) != 0
    clash = np.zeros_like(shared)
    for a, b in data["clashes"]:
        has_a, has_b = (bits >> v.STYLES.index(a)) & 1, (bits >> v.STYLES.index(b)) & 1
        clash |= (has_a[:, None] & has_b[None, :]).astype(bool) | (has_b[:, None] & has_a[None, :]).astype(bool)
    table = np.where(shared, data["shared"], np.where(clash, data["clash"], data["none_shared"]))
    table[0, :] = table[:, 0] = data["unknown"]
    return table


def _pattern(data: dict[str, Any]) -> np.ndarray:
    size = len(v.PATTERNS) + 1
    table = np.full((size, size), float(data["unknown"]))
    loud = np.array([data["loudness"][p] for p in v.PATTERNS])
    quiet = loud == 0
    both = 1 - data["mixing"] * np.sqrt(loud[:, None] * loud[None, :])
    both[np.diag_indices(size - 1)] += data["same_scale"]
    both = np.where(quiet[:, None] | quiet[None, :], data["one_solid"], both)
    table[1:, 1:] = np.where(quiet[:, None] & quiet[None, :], data["both_solid"], both)
    return table


def _material(data: dict[str, Any]) -> np.ndarray:
    size = len(v.MATERIALS) + 2
    table = np.full((size, size), float(data["unknown"]))
    warmth = np.array([data["warmth"][m] for m in v.MATERIALS])
    table[1:-1, 1:-1] = 1 - data["warmth_cost"] * np.abs(warmth[:, None] - warmth[None, :])
    for material in data["strong"]:
        row = v.MATERIALS.index(material) + 1
        table[row, row] = data["same_strong"]
    table[-1, :] = table[:, -1] = data["ignored"]
    return table


def _type(data: dict[str, Any]) -> np.ndarray:
    size = len(v.TYPES) + 1
    table = np.full((size, size), float(data["otherwise"]))
    for a, b, score in data["pairs"]:
        i, j = v.TYPES.index(a) + 1, v.TYPES.index(b) + 1
        table[i, j] = table[j, i] = score
    return table
