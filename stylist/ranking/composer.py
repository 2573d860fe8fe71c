"""Whole outfits from a state, a catalogue and the items' relevance: the best ones that keep every promise, exactly.

Knows nothing of text or models: relevance comes in as numbers, reasons go out as shares that `explain` words.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stylist.catalog.items import Item, Outfit
from stylist.ranking import cheapest, money
from stylist.ranking.candidates import FIRST_CANDIDATES, MOST_CANDIDATES, SLACK, Question, candidates, limit
from stylist.ranking.choice import Choice, choose, looks
from stylist.ranking.explain import reasons
from stylist.ranking.harmony import AttributeHarmony, Harmony
from stylist.ranking.masks import Plan, Strictness, plan
from stylist.ranking.relax import Relaxation, relaxations
from stylist.ranking.rules import Rules
from stylist.ranking.scoring import Weights, shares
from stylist.ranking.seen import any_seen
from stylist.ranking.table import ItemTable
from stylist.state import DialogState

MIN_DIFFERENT_SLOTS = 2
ROUGH = 0.004
"""What each choice among the first candidates may fall short by: they only say what the answer is worth at least."""
FEW_CANDIDATES = 12
"""Of a slot, in a search that need not be exact."""
TIME_LIMIT_S = 3.0


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
        self._anchored: tuple[Item, ItemTable, Harmony] | None = None

    def compose(
        self,
        state: DialogState,
        relevance: np.ndarray,
        top_k: int = 5,
        min_different_slots: int | None = None,
        reference_total: float | None = None,
        time_limit_s: float | None = TIME_LIMIT_S,
        explain: bool = True,
    ) -> Composition:
        """The best `top_k` outfits for a state.

        `relevance` is (n_items,) in about 0..1 and clipped to it, 0 where it is no number. The outfits are chosen greedily: each is the best that
        is far enough from those before, with a little off for garments that appear again. Far enough is to differ in `MIN_DIFFERENT_SLOTS`
        main slots, or where no outfit does, in fewer, but in one at least. With `min_different_slots` any two surely differ in so many, in
        type, color or pattern of the items; where no other does there are fewer than `top_k`. `reference_total`, in the catalogue's currency, is what the outfit
        shown before cost: with `cheaper` preferred every total lies below it. `time_limit_s`, in seconds of this thread's
        processor time, so that a busy machine answers the same, holds for each level of strictness that is tried; past it
        the best so far is returned and `exact` is False. Without `explain` it is not worked out what to relax where nothing fits.
        """
        question = self.question(state, _clipped(relevance))
        below = self._below(state, reference_total)
        all_exact, widest = True, 0.0
        if top_k < 1:
            return Composition(())
        for strictness, seen in itertools.product(sorted(Strictness, reverse=True), _ways(state)):
            question.sense = strictness > Strictness.PROMISES
            deadline = time.thread_time() + time_limit_s if time_limit_s is not None else np.inf
            wanted = plan(state, question.table, question.rules, strictness, seen)
            value = self.weights.relevance * question.relevance + self.weights.fit * question.fit
            chosen, exact, gap = self._best(question, wanted, below, value, top_k, min_different_slots, deadline)
            all_exact, widest = all_exact and exact, max(widest, gap)
            if chosen:
                return Composition(self._outfits(question, chosen), all_exact, widest, strictness=strictness)
        found = relaxations(state, lambda other: self.cheapest(other, reference_total)) if explain else ()
        return Composition((), all_exact, widest, relax=found)

    def _best(
        self, question: Question, wanted: Plan, below: float | None, value: np.ndarray, top_k: int, apart: int | None, deadline: float
    ) -> tuple[list[Choice], bool, float]:  # fmt: skip
        """The choice from the items worth most, then again with all that could have been in a better one."""
        floor = -np.inf
        best: tuple[list[Choice], bool, float] = [], False, 0.0
        values: list[float] = []
        for most in (FIRST_CANDIDATES, MOST_CANDIDATES, MOST_CANDIDATES, MOST_CANDIDATES):
            # What looks the same may bar one item and not another, so that none surely stands for another.
            spare = top_k if apart is None else 0
            found = candidates(question, wanted, below, value, self.weights, self.weights.harmony, floor, most, spare)
            whole = np.isneginf(floor) and all(np.isneginf(c.left_out) for c in found)
            slack = ROUGH if most == FIRST_CANDIDATES and not whole else 0.0
            look = looks(question.table) if apart is not None else None
            far = MIN_DIFFERENT_SLOTS if apart is None else apart
            chosen, exact, gap, again, nearer = choose(found, self.weights, top_k, far, deadline, values, slack, apart is not None, look)
            # Below the floor outfits are missing from the problems: no choice may have needed them.
            missed = np.isfinite(floor) and (len(again) < top_k or nearer or min(again) < floor - SLACK / 2)
            if missed:
                exact, gap = False, max(gap, 1.0 if len(again) < top_k or nearer else floor - min(again))
            if chosen or not best[0]:
                best = chosen, exact, gap
            if whole or (most == MOST_CANDIDATES and not missed) or time.thread_time() > deadline:
                break
            values = again
            floor = min(again) if len(again) == top_k and not nearer else -np.inf
        return best

    def nearly_best(self, state: DialogState, relevance: np.ndarray) -> tuple[tuple[int, ...], float] | None:
        """Rows and score of an outfit about as good as the best, soon and without a proof; None where none was found."""
        question = self.question(state, _clipped(relevance))
        value = self.weights.relevance * question.relevance + self.weights.fit * question.fit
        for strictness, seen in itertools.product((Strictness.ALL, Strictness.NO_OUTER, Strictness.PROMISES), _ways(state)):
            question.sense = strictness > Strictness.PROMISES
            wanted = plan(state, question.table, question.rules, strictness, seen)
            found = candidates(question, wanted, None, value, self.weights, self.weights.harmony, most=FEW_CANDIDATES)
            chosen, _, _, values, _ = choose(found, self.weights, 1, 1, np.inf, (), ROUGH)
            if chosen:
                return chosen[0][1], values[0]
        return None

    def cheapest(self, state: DialogState, reference_total: float | None = None) -> tuple[bool, float | None]:
        """Whether any outfit keeps the promises of a state, and what the cheapest costs in the budget's currency (None
        where prices are unknown)."""
        table = self._with(state.anchor)[0] if state.anchor is not None else self.table
        wanted = plan(state, table, Rules(state), Strictness.PROMISES)
        possible, total = cheapest.cheapest(wanted, table, limit(wanted, self._below(state, reference_total)))
        return possible, None if total is None else round(total, 2)

    def possible(self, state: DialogState) -> bool:
        """Whether every slot that a state needs can be filled and every wish be met by an item, one by one: False surely is False."""
        table = self._with(state.anchor)[0] if state.anchor is not None else self.table
        wanted = plan(state, table, Rules(state), Strictness.PROMISES)
        return wanted.possible

    def rows(self, state: DialogState, outfit: Outfit) -> list[int]:
        """The rows of an outfit's items in the table of a question about the state."""
        anchor = state.anchor
        return [len(self.table) if anchor is not None and item.id == anchor.id else self.table.index[item.id] for item in outfit.items]

    def question(self, state: DialogState, relevance: np.ndarray) -> Question:
        """What is known of a state over the table: its rules, the items' relevance and fit, the anchor as the last row."""
        table, harmony = self.table, self.harmony
        if len(relevance) != len(table):
            raise ValueError(f"relevance: expected {len(table)} values, one an item, found {len(relevance)}")
        if state.anchor is not None:
            anchor = state.anchor
            known = table.index.get(anchor.id)
            table, harmony = self._with(anchor)
            own = relevance[known] if known is not None else float(relevance.mean()) if len(relevance) else 0.5
            relevance = np.append(relevance, own)
        return Question(state, table, harmony, Rules(state), relevance)

    def _with(self, anchor: Item) -> tuple[ItemTable, Harmony]:
        """Table and harmony with the anchor's row at the end, kept for the questions that follow with the same anchor."""
        if self._anchored is None or self._anchored[0] != anchor:
            self._anchored = anchor, self.table.extended(anchor), self.harmony.extended(anchor)
        return self._anchored[1:]

    def _below(self, state: DialogState, reference_total: float | None) -> float | None:
        """The limit that `cheaper` sets, in the budget's currency."""
        if reference_total is None or "cheaper" not in state.prefer:
            return None
        priced = np.flatnonzero(~np.isnan(self.table.price))
        source = str(self.table.currency[priced[0]]) if len(priced) else state.budget.currency
        amount = money.cost(reference_total, source, state.budget.currency)
        return None if amount is None else amount - 2 * money.TOLERANCE

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


def _ways(state: DialogState) -> tuple[bool, ...]:
    """Whether colors and patterns have to be on what is seen first: first so, then anywhere; at once anywhere where none is wished for."""
    return (True, False) if any_seen(state) else (False,)


def _clipped(relevance: np.ndarray) -> np.ndarray:
    return np.clip(np.nan_to_num(np.asarray(relevance, float), posinf=1.0, neginf=0.0), 0.0, 1.0)


def _shown(question: Question, row: int) -> Item:
    """The item as the outfit holds it; what the person owns has no price."""
    item = question.table.items[row]
    anchor = question.state.anchor
    if anchor is not None and row == len(question.table) - 1 and anchor.extra.get("owned"):
        return item.model_copy(update={"price": None})
    return item
