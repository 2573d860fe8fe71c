"""What an outfit loses with the next best item in one item's place, exactly: every other item of the slot is tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stylist.catalog.items import Item, Outfit, Rival
from stylist.ranking import money
from stylist.ranking.candidates import Question
from stylist.ranking.composer import MIN_DIFFERENT_SLOTS, Composer
from stylist.ranking.masks import Plan, Strictness, plan
from stylist.ranking.promises import broken
from stylist.ranking.rules import MAIN_SLOTS
from stylist.ranking.scoring import Weights, shares
from stylist.ranking.shades import only_named_shades
from stylist.ranking.table import home_slot
from stylist.state import DialogState

EXACT = 1.0e-5
"""Scores that agree so far are the same: harmony is in single precision."""


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
    result: list[Replacement | None] = []
    for place, item in enumerate(outfit.items):
        result.append(None)
        if state.anchor is not None and item.id == state.anchor.id:
            continue
        others, losses = _losses(question, composer, rows, place)
        for k in np.argsort(losses, kind="stable"):
            other = question.table.items[others[k]]
            if not broken(state, _with(outfit, place, other), reference_total):
                result[-1] = Replacement(other.id, float(losses[k]))
                break
    return tuple(result)


def compared(
    composer: Composer, state: DialogState, relevance: np.ndarray, outfits: Sequence[Outfit],
    strictness: Strictness = Strictness.ALL, reference_total: float | None = None,
) -> tuple[tuple[Rival, ...], ...]:  # fmt: skip
    """For each item of each outfit the best other one in its place that keeps every promise and, as far as `strictness` says, the
    styling rules, as the outfits of one answer were composed under; a kept item is compared with those that might stand there else."""
    free = state.model_copy(update={"keep": {}})
    maker = _Rivals(composer, state, free, relevance, outfits, strictness, reference_total)
    return tuple(tuple(maker.rival(outfit, place) for place in range(len(outfit.items))) for outfit in outfits)


class _Rivals:
    """What the outfits of one answer share."""

    def __init__(
        self, composer: Composer, state: DialogState, free: DialogState, relevance: np.ndarray, outfits: Sequence[Outfit],
        strictness: Strictness, reference_total: float | None,
    ) -> None:  # fmt: skip
        self.composer, self.state, self.free, self.outfits, self.reference_total = composer, state, free, outfits, reference_total
        self.question = composer.question(free, np.clip(np.asarray(relevance, float), 0.0, 1.0))
        self.question.sense = strictness > Strictness.PROMISES
        table, rules = self.question.table, self.question.rules
        self.sensible = plan(free, table, rules, strictness)

    @cached_property
    def promised(self) -> Plan:
        """What the promises alone admit."""
        return plan(self.free, self.question.table, self.question.rules, Strictness.PROMISES)

    @cached_property
    def other_shades(self) -> set[str]:
        """Ids of what is in another shade of a family than the one named."""
        return set(only_named_shades(self.state, self.composer.table.items).rejected) - set(self.state.rejected)

    def rival(self, outfit: Outfit, place: int) -> Rival:
        item = outfit.items[place]
        if self.state.anchor is not None and item.id == self.state.anchor.id:
            return Rival(held="anchor")
        rows = self.composer.rows(self.free, outfit)
        others, losses = _losses(self.question, self.composer, rows, place)
        beside = np.array([row for k, row in enumerate(rows) if k != place], int)
        forbidden = self.question.forbidden(others, beside) if len(beside) and len(others) else None
        apart = np.zeros(len(others), bool) if forbidden is None else forbidden.any(axis=1)
        found = self._first(self.sensible, outfit, place, others, losses + np.where(apart, np.inf, 0.0), beside)
        if found is None:
            known = self._first(self.promised, outfit, place, others, losses, beside)
            kept = item.id in self.state.keep.values()
            return Rival(held="keep" if kept else "only" if known is None else "style")
        exchanged = [*rows[:place], found, *rows[place + 1 :]]
        loss = self._score(rows) - self._score(exchanged)  # what is said is the whole difference, from scratch
        return self._held(outfit, place, self.question.table.items[found], loss)

    def _score(self, rows: Sequence[int]) -> float:
        return score_of(self.question, rows, self.composer.weights)

    def _first(
        self, wanted: Plan, outfit: Outfit, place: int, others: np.ndarray, losses: np.ndarray, beside: np.ndarray
    ) -> int | None:  # fmt: skip
        """The row of the item that loses least among those that a plan admits."""
        slots = tuple(home_slot(item) for item in outfit.items)
        ok = np.isfinite(losses)
        admits = [shape.masks[slots[place]][others] for shape in wanted.shapes if shape.slots == slots]
        ok &= np.any(admits, axis=0) if admits else True
        for cover in wanted.covers:
            ok &= cover.mask[others] | cover.mask[beside].any()
        limit = self._limit(wanted)
        if np.isfinite(limit):
            ok &= np.nan_to_num(wanted.price[others], nan=np.inf) + np.nan_to_num(wanted.price[beside], nan=np.inf).sum() <= limit
        choices = np.flatnonzero(ok)
        for k in choices[np.argsort(losses[choices], kind="stable")]:
            other = self.question.table.items[others[k]]
            if not broken(self.free, _with(outfit, place, other), self.reference_total):
                return int(others[k])
        return None

    def _limit(self, wanted: Plan) -> float:
        """A limit on the total that no outfit may pass; the promises are checked to the cent besides."""
        limit = np.inf if wanted.total is None else wanted.total
        if self.reference_total is not None and "cheaper" in self.state.prefer:
            source = next((i.currency for outfit in self.outfits for i in outfit.items if i.price is not None), wanted.currency)
            limit = min(limit, money.cost(self.reference_total, source, wanted.currency) or np.inf)
        return limit + money.TOLERANCE

    def _held(self, outfit: Outfit, place: int, other: Item, loss: float) -> Rival:
        """The rival with the reason why it does not stand there, where it would do as well."""
        if outfit.items[place].id in self.state.keep.values():
            return Rival(item=other, loss=loss, held="keep")
        if loss >= -EXACT:
            return Rival(item=other, loss=max(0.0, loss))
        looks = [look for look in self.outfits if look is not outfit]
        repeated = next((look.rank for look in looks if other.id in {item.id for item in look.items}), None)
        if repeated is not None:
            return Rival(item=other, loss=loss, held="repeated", look=repeated)
        changed = _with(outfit, place, other)
        near = next((look.rank for look in looks if _different(look, changed) < MIN_DIFFERENT_SLOTS), None)
        if near is not None:
            return Rival(item=other, loss=loss, held="near", look=near)
        return Rival(item=other, loss=loss, held="shade" if other.id in self.other_shades else "other")


def exchanged_score(composer: Composer, state: DialogState, relevance: np.ndarray, outfit: Outfit, place: int, other: Item) -> float:
    """What an outfit scores with another item of the catalogue in one place, worked out from scratch."""
    question = composer.question(state, np.clip(np.asarray(relevance, float), 0.0, 1.0))
    rows = composer.rows(state, outfit)
    rows[place] = composer.table.index[other.id]
    return score_of(question, rows, composer.weights)


def score_of(question: Question, rows: Sequence[int], weights: Weights) -> float:
    """What the outfit of these rows of a question's table scores."""
    slots = [home_slot(question.table.items[row]) for row in rows]
    return sum(part.total for part in shares(rows, slots, question.relevance, question.fit, question.harmony, weights))


def _losses(question: Question, composer: Composer, rows: Sequence[int], place: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows of all other items that could lie in an item's place, and what the outfit's score loses with each."""
    table, weights, row, n = question.table, composer.weights, rows[place], len(rows)
    others = np.flatnonzero((table.slot == table.slot[row]) & (table.covering == table.covering[row]))
    others = others[(others != row) & (others < len(composer.table))]
    value = (weights.relevance * question.relevance + weights.fit * question.fit) / n
    losses = value[row] - value[others]
    if n > 1:
        beside = np.array([r for k, r in enumerate(rows) if k != place], int)
        per_pair = weights.harmony / (n * (n - 1) / 2)
        pairs = np.asarray(question.harmony.pair_scores(np.append(others, row), beside), float).sum(axis=1)
        losses += per_pair * (pairs[-1] - pairs[:-1])
    return others, losses


def _with(outfit: Outfit, place: int, other: Item) -> Outfit:
    items = tuple(other if k == place else item for k, item in enumerate(outfit.items))
    return Outfit.model_construct(rank=outfit.rank, score=0.0, items=items, why=())


def _different(a: Outfit, b: Outfit) -> int:
    """In how many main slots two outfits differ."""
    first, second = ({home_slot(item): item.id for item in outfit.items} for outfit in (a, b))
    return sum(first.get(slot) != second.get(slot) for slot in MAIN_SLOTS)
