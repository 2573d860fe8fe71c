"""What an outfit is worth: the weights, and the exact score of a set of items with each item's share of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from stylist.ranking.data_files import load
from stylist.ranking.harmony import Harmony


@dataclass(frozen=True)
class Weights:
    """How much each part says. The four parts are in 0..1 and their weights add up to 1, so a score is in 0..1.

    `relevance`, `fit`: means over the items. `harmony`: mean over the pairs. `completeness`: the sum of `extras` of the
    slots that are filled, which add up to 1 as well. `repeat` is what a garment costs per slot when it already stands in
    an outfit of the answer; it guides the choice and is not in the score.
    """

    relevance: float
    harmony: float
    fit: float
    completeness: float
    extras: dict[str, float] = field(default_factory=dict)
    repeat: dict[str, float] = field(default_factory=dict)

    @classmethod
    def bundled(cls) -> Weights:
        """The weights of `data/score.yaml`."""
        data = load("score")
        return cls(**data["weights"], extras=data["extras"], repeat=data["repeat"])


@dataclass(frozen=True)
class Share:
    """One item's part of its outfit's score: the sum over the items is the score."""

    relevance: float
    harmony: float
    fit: float
    completeness: float

    @property
    def total(self) -> float:
        return self.relevance + self.harmony + self.fit + self.completeness


def shares(
    rows: Sequence[int], slots: Sequence[str], relevance: np.ndarray, fit: np.ndarray, harmony: Harmony, weights: Weights
) -> list[Share]:  # fmt: skip
    """Each item's exact share of its outfit's score: its own relevance and fit, half of each of its pairs, its extra.

    A single item goes with itself: its harmony is 1.
    """
    n = len(rows)
    index = np.asarray(rows)
    if n > 1:
        pairs = np.array(harmony.pair_scores(index, index), float)
        np.fill_diagonal(pairs, 0.0)
        own = pairs.sum(axis=1) / (n * (n - 1))
    else:
        own = np.ones(1)
    return [
        Share(
            weights.relevance * float(relevance[row]) / n,
            weights.harmony * float(own[k]),
            weights.fit * float(fit[row]) / n,
            weights.completeness * weights.extras.get(slots[k], 0.0),
        )
        for k, row in enumerate(rows)
    ]


def losses(parts: Sequence[Share], weights: Weights) -> list[float]:
    """What an outfit's score loses when one item is taken out of it, for each item, from the shares of them all.

    Negative where the rest scores more: scores are means. Taking out the only item loses the whole score.
    """
    n = len(parts)
    score = sum(part.total for part in parts)
    if n == 1:
        return [score]
    relevance, harmony, fit, extras = (sum(getattr(part, name) for part in parts) for name in ("relevance", "harmony", "fit", "completeness"))
    result = []
    for part in parts:
        means = (relevance - part.relevance + fit - part.fit) * n / (n - 1)
        # Half of each of an item's pairs stands in its own share, the other half in its partners'.
        together = (harmony - 2 * part.harmony) * n / (n - 2) if n > 2 else weights.harmony
        result.append(score - means - together - (extras - part.completeness))
    return result
