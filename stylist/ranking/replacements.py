"""What an outfit loses with the next best item in one item's place, exactly: every other item of the slot is tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stylist.catalog.items import Outfit
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken
from stylist.ranking.scoring import shares
from stylist.ranking.table import home_slot
from stylist.state import DialogState


@dataclass(frozen=True)
class Replacement:
    """The item that would stand in another's place, and what the outfit's score loses by it; negative where it gains."""

    item: str
    loss: float


def next_best(
    composer: Composer, state: DialogState, relevance: np.ndarray, outfit: Outfit, reference_total: float | None = None
) -> tuple[Replacement | None, ...]:
    """For each item the best other one in its place, the rest staying, that keeps every promise; None where there is none.

    A dress is replaced by dresses and jumpsuits alone. `relevance` is (n_items,) in 0..1, as the outfit was composed with.
    """
    question = composer.question(state, np.clip(np.asarray(relevance, float), 0.0, 1.0))
    rows = composer.rows(state, outfit)
    slots = [home_slot(item) for item in outfit.items]
    parts = shares(rows, slots, question.relevance, question.fit, question.harmony, composer.weights)
    score = sum(part.total for part in parts)
    n, weights, table = len(rows), composer.weights, question.table
    value = (weights.relevance * question.relevance + weights.fit * question.fit) / n
    result: list[Replacement | None] = []
    for place, row in enumerate(rows):
        item = outfit.items[place]
        others = np.flatnonzero(table.in_slot(slots[place]) & (table.covering == table.covering[row]))
        others = others[(others != row) & (others < len(composer.table))]
        if not len(others) or (state.anchor is not None and item.id == state.anchor.id):
            result.append(None)
            continue
        beside = np.array([r for k, r in enumerate(rows) if k != place], int)
        harmony = np.zeros(len(others))
        lost = 0.0
        if n > 1:
            per_pair = weights.harmony / (n * (n - 1) / 2)
            harmony = per_pair * np.asarray(question.harmony.pair_scores(others, beside), float).sum(axis=1)
            lost = per_pair * float(np.asarray(question.harmony.pair_scores(np.array([row]), beside), float).sum())
        scores = score - value[row] - lost + value[others] + harmony
        result.append(None)
        for k in np.argsort(-scores, kind="stable"):
            items = tuple(table.items[others[k]] if m == place else one for m, one in enumerate(outfit.items))
            if not broken(state, Outfit(rank=1, score=0.0, items=items), reference_total):
                result[-1] = Replacement(items[place].id, score - float(scores[k]))
                break
    return tuple(result)
