"""Whole outfits from a state, a catalogue and the items' relevance: the best ones that keep every promise, exactly.

Knows nothing of text or models: relevance comes in as numbers, reasons go out as shares that `explain` words.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stylist.catalog.items import Item, Outfit
from stylist.ranking import money, search
from stylist.ranking.candidates import Candidate, Question, candidates
from stylist.ranking.explain import reasons
from stylist.ranking.harmony import AttributeHarmony, Harmony
from stylist.ranking.masks import Strictness, plan
from stylist.ranking.relax import Relaxation, relaxations
from stylist.ranking.rules import MAIN_SLOTS, Rules
from stylist.ranking.scoring import Weights, shares
from stylist.ranking.search import Distance
from stylist.ranking.table import ItemTable
from stylist.state import DialogState

MIN_DIFFERENT_SLOTS = 2
TIME_LIMIT_S = 3.0
UNKNOWN_PRICE = 1.0e6
"""Stands for an unknown price in the search for the cheapest; any known one is better."""


Choice = tuple[tuple[str, ...], tuple[int, ...]]
"""The slots that an outfit fills and the table's rows that fill them."""


@dataclass(frozen=True)
class Composition:
    """The outfits, best first.

    `exact` is True where each is proven the best under the promises and the distance from those chosen before it; else
    `gap` bounds what was missed. `relax` says which wishes stand in the way where there is no outfit; `strictness` is the
    level of styling rules that held.
    """

    outfits: tuple[Outfit, ...]
    exact: bool = True
    gap: float = 0.0
    relax: tuple[Relaxation, ...] = ()
    strictness: Strictness = Strictness.ALL


class Composer:
    """Composes outfits from a fixed list of items. `harmony` scores pairs of the same items, by position."""

    def __init__(
        self, items: Sequence[Item], harmony: Harmony | None = None, weights: Weights | None = None
    ) -> None:  # fmt: skip
        self.table = ItemTable(items)
        self.harmony: Harmony = harmony if harmony is not None else AttributeHarmony(self.table)
        self.weights = weights or Weights.bundled()

    def compose(
        self,
        state: DialogState,
        relevance: np.ndarray,
        top_k: int = 5,
        min_different_slots: int = MIN_DIFFERENT_SLOTS,
        reference_total: float | None = None,
        time_limit_s: float | None = TIME_LIMIT_S,
    ) -> Composition:
        """The best `top_k` outfits for a state, any two of which differ in `min_different_slots` main slots.

        `relevance` is (n_items,) in about 0..1 and clipped to it. The outfits are chosen greedily: each is the best that
        is far enough from those before, with a little off for garments that appear again; where none is, the next may
        differ in fewer slots, but in one at least. `reference_total`, in the catalogue's currency, is what the outfit
        shown before cost: with `cheaper` preferred every total lies below it. `time_limit_s`, in seconds of this thread's
        processor time, so that a busy machine answers the same, holds for each level of strictness that is tried; past it
        the best so far is returned and `exact` is False.
        """
        question = self._question(state, np.clip(np.asarray(relevance, float), 0.0, 1.0))
        below = self._below(state, reference_total)
        all_exact, widest = True, 0.0
        for strictness in sorted(Strictness, reverse=True):
            question.sense = strictness > Strictness.PROMISES
            deadline = time.thread_time() + time_limit_s if time_limit_s is not None else np.inf
            wanted = plan(state, question.table, question.rules, strictness)
            value = self.weights.relevance * question.relevance + self.weights.fit * question.fit
            found = candidates(question, wanted, below, value, self.weights, self.weights.harmony)
            chosen, exact, gap = self._choose(found, top_k, min_different_slots, deadline)
            all_exact, widest = all_exact and exact, max(widest, gap)
            if chosen:
                return Composition(self._outfits(question, chosen), all_exact, widest, strictness=strictness)
        return Composition(
            (), all_exact, widest, relax=relaxations(state, lambda other: self.cheapest(other, reference_total))
        )

    def cheapest(self, state: DialogState, reference_total: float | None = None) -> tuple[bool, float | None]:
        """Whether any outfit keeps the promises of a state, and what the cheapest costs in the budget's currency (None
        where prices are unknown)."""
        question = self._question(state, np.zeros(len(self.table)))
        question.sense = False
        wanted = plan(state, question.table, question.rules, Strictness.PROMISES)
        below = self._below(state, reference_total)
        price = np.nan_to_num(wanted.price, nan=UNKNOWN_PRICE)
        scale = 1.0 / max(1.0, 6 * float(price.max(initial=1.0)))
        least, known = -np.inf, True
        for candidate in candidates(question, wanted, below, -price * scale, self.weights, 0.0):
            found = search.best(candidate.problem, above=least)
            if found.pick is not None:
                least = found.value
                rows = [candidate.rows[s][c] for s, c in enumerate(found.pick)]
                known = not np.isnan(wanted.price[rows]).any()
        if not np.isfinite(least):
            return False, None
        return True, round(-least / scale, 2) if known else None

    def _question(self, state: DialogState, relevance: np.ndarray) -> Question:
        table, harmony = self.table, self.harmony
        if len(relevance) != len(table):
            raise ValueError(f"relevance: expected {len(table)} values, one an item, found {len(relevance)}")
        if state.anchor is not None:
            anchor = state.anchor
            known = table.index.get(anchor.id)
            table, harmony = table.extended(anchor), harmony.extended(anchor)
            own = relevance[known] if known is not None else float(relevance.mean()) if len(relevance) else 0.5
            relevance = np.append(relevance, own)
        return Question(state, table, harmony, Rules(state), relevance)

    def _below(self, state: DialogState, reference_total: float | None) -> float | None:
        """The limit that `cheaper` sets, in the budget's currency."""
        if reference_total is None or "cheaper" not in state.prefer:
            return None
        priced = np.flatnonzero(~np.isnan(self.table.price))
        source = str(self.table.currency[priced[0]]) if len(priced) else state.budget.currency
        amount = money.convert(reference_total, source, state.budget.currency)
        return None if amount is None else amount - 2 * money.TOLERANCE

    def _choose(
        self, candidates: list[Candidate], top_k: int, apart: int, deadline: float
    ) -> tuple[list[Choice], bool, float]:  # fmt: skip
        """Greedy choice of the best, each far enough from those before: (slots, rows) each, whether exact, the gap."""
        chosen: list[Choice] = []
        exact, gap = True, 0.0
        bounds = [c.problem.quick_bound() + c.offset for c in candidates]
        tight = [False] * len(candidates)
        apart = max(1, min(apart, _free_main_slots(candidates)))
        while len(chosen) < top_k and candidates:
            best: Choice | None = None
            value, missed = -np.inf, -np.inf
            for number in sorted(range(len(candidates)), key=lambda k: -bounds[k]):
                candidate = candidates[number]
                if bounds[number] <= value:
                    continue
                if not tight[number]:
                    bounds[number] = candidate.problem.bound() + candidate.offset
                    tight[number] = True
                    if bounds[number] <= value:
                        continue
                found = search.best(
                    candidate.problem, self._penalty(candidate, chosen), self._distances(candidate, chosen, apart),
                    value - candidate.offset, deadline,
                )  # fmt: skip
                if found.pick is not None:
                    value = found.value + candidate.offset
                    best = (candidate.slots, tuple(int(candidate.rows[s][c]) for s, c in enumerate(found.pick)))
                missed = max(missed, found.bound + candidate.offset)
            if best is not None:
                missed = max(missed, *(c.left_out for c in candidates))
            if np.isfinite(value) and missed > value + 1e-6:
                exact, gap = False, max(gap, missed - value)
            elif best is None and np.isfinite(missed) and time.thread_time() > deadline:
                exact, gap = False, max(gap, 1.0)
            if best is not None:
                chosen.append(best)
            elif apart > 1 and chosen:
                apart -= 1
            else:
                break
        return chosen, exact, gap

    def _penalty(
        self, candidate: Candidate, chosen: list[Choice]
    ) -> list[np.ndarray] | None:  # fmt: skip
        if not chosen:
            return None
        seen = [row for _, rows in chosen for row in rows]
        return [
            self.weights.repeat.get(slot, 0.0) * sum((rows == row).astype(float) for row in seen)
            for slot, rows in zip(candidate.slots, candidate.rows, strict=True)
        ]

    def _distances(
        self, candidate: Candidate, chosen: list[Choice], apart: int
    ) -> list[Distance]:  # fmt: skip
        """Outfits differ in a main slot where their items there differ, an empty slot and a filled one among them."""
        result = []
        for slots, rows in chosen:
            before = dict(zip(slots, rows, strict=True))
            same: list[np.ndarray | None] = []
            for slot, own in zip(candidate.slots, candidate.rows, strict=True):
                same.append(own == before[slot] if slot in MAIN_SLOTS and slot in before else None)
            both_empty = sum(slot not in before and slot not in candidate.slots for slot in MAIN_SLOTS)
            result.append(Distance(same, len(MAIN_SLOTS) - both_empty - apart))
        return result

    def _outfits(
        self, question: Question, chosen: list[Choice]
    ) -> tuple[Outfit, ...]:  # fmt: skip
        made = []
        for slots, rows in chosen:
            parts = shares(rows, slots, question.relevance, question.fit, question.harmony, self.weights)
            items = tuple(_shown(question, row) for row in rows)
            why = reasons(
                question.state,
                question.rules,
                items,
                parts,
                question.harmony.pair_scores(np.array(rows), np.array(rows)),
            )
            made.append(Outfit(rank=1, score=sum(p.total for p in parts), items=items, why=why))
        made.sort(key=lambda outfit: -outfit.score)
        return tuple(outfit.model_copy(update={"rank": rank}) for rank, outfit in enumerate(made, 1))


def _shown(question: Question, row: int) -> Item:
    """The item as the outfit holds it; what the person owns has no price."""
    item = question.table.items[row]
    anchor = question.state.anchor
    if anchor is not None and row == len(question.table) - 1 and anchor.extra.get("owned"):
        return item.model_copy(update={"price": None})
    return item


def _free_main_slots(candidates: list[Candidate]) -> int:
    """The most main slots in which two outfits could differ."""
    choices: dict[str, set[int]] = {}
    for candidate in candidates:
        for slot in MAIN_SLOTS:
            rows = candidate.rows[candidate.slots.index(slot)] if slot in candidate.slots else np.array([-1])
            choices.setdefault(slot, set()).update(rows[:2].tolist())
    return sum(len(rows) > 1 for rows in choices.values())
