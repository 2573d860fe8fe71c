"""Turns what an outfit may be (`masks.Plan`) into search problems, one for each shape: candidates, scores and limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from stylist.ranking import money
from stylist.ranking.harmony import Harmony
from stylist.ranking.masks import Plan, Shape
from stylist.ranking.problem import FORBIDDEN, Problem
from stylist.ranking.rules import Rules, unfit_pairs
from stylist.ranking.scoring import Weights
from stylist.ranking.table import ItemTable
from stylist.state import DialogState

WOMEN, MEN = 0, 1
MOST_PAIRS = 15
"""Pairs in the largest outfit, six items."""
MOST_CANDIDATES = 320
OF_EACH_KIND = 4


@dataclass
class Candidate:
    """A shape made into a search problem. `rows[s]` are the table's rows that may fill slot s."""

    slots: tuple[str, ...]
    rows: list[np.ndarray]
    problem: Problem
    offset: float
    """What every outfit of the shape scores besides unary and pairs."""
    left_out: float = -np.inf
    """A bound on the score of any outfit with an item that was left out of `rows` to keep them few."""


@dataclass
class Question:
    """One question: the table with the anchor, and everything an item is worth by itself."""

    state: DialogState
    table: ItemTable
    harmony: Harmony
    rules: Rules
    relevance: np.ndarray
    sense: bool = True
    """Whether pairs that styling sense keeps apart are forbidden."""
    _forbidden: dict[tuple[bytes, bytes, bool], np.ndarray | None] = field(default_factory=dict)

    def forbidden(self, a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
        """(len(a), len(b)) bool of pairs that must not meet, kept for the shapes that share it; None where there are none."""
        key = (a.tobytes(), b.tobytes(), self.sense)
        if key not in self._forbidden:
            self._forbidden[key] = _forbidden(self.table, a, b, self.sense)
        return self._forbidden[key]

    @cached_property
    def fit(self) -> np.ndarray:
        return self.rules.fit(self.table)


def _limit(wanted: Plan, below: float | None) -> float:
    limit = np.inf if wanted.total is None else wanted.total
    return min(limit, np.inf if below is None else below) + money.TOLERANCE


def _rows(
    question: Question, wanted: Plan, shape: Shape, limit: float, value: np.ndarray, bits: np.ndarray
) -> tuple[list[np.ndarray], list[float]] | None:  # fmt: skip
    """The rows that may fill each slot of a shape, and the best value that `_trim` left out of each (-inf where none);
    None where a slot has none or a cover cannot be met."""
    rows, left_out = [], []
    for mask in shape.masks.values():
        if np.isfinite(limit):
            mask = mask & (np.nan_to_num(wanted.price, nan=np.inf) <= limit)
        all_rows = np.flatnonzero(mask)
        if not len(all_rows):
            return None
        rows.append(_trim(question, wanted, all_rows, value, bits))
        rest = np.setdiff1d(all_rows, rows[-1], assume_unique=True) if len(rows[-1]) < len(all_rows) else all_rows[:0]
        left_out.append(float(value[rest].max(initial=-np.inf)))
    left = _consistent(question, rows)
    if left is None or not all(any(cover.mask[r].any() for r in left) for cover in wanted.covers):
        return None
    return left, left_out


def _trim(question: Question, wanted: Plan, rows: np.ndarray, value: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """At most about MOST_CANDIDATES of a slot's rows: those worth most, and of every kind the dearest and the cheapest.

    A kind is a gender and a set of covers met. Since the cheapest of each kind stays, a promise that can be kept with all
    rows can be kept with these; what else may be lost is bounded by `Candidate.left_out`.
    """
    if len(rows) <= MOST_CANDIDATES:
        return rows
    keep = [rows[np.argsort(-value[rows], kind="stable")[:MOST_CANDIDATES]]]
    kind = bits[rows] * 8 + question.table.codes["gender"][rows]
    price = np.nan_to_num(wanted.price[rows], nan=np.inf)
    for one in np.unique(kind):
        group = np.flatnonzero(kind == one)
        keep.append(rows[group[np.argsort(-value[rows[group]], kind="stable")[:OF_EACH_KIND]]])
        keep.append(rows[group[np.argsort(price[group], kind="stable")[:OF_EACH_KIND]]])
    return np.unique(np.concatenate(keep))


def _consistent(question: Question, rows: list[np.ndarray]) -> list[np.ndarray] | None:
    """The rows left when those that can meet nothing of another slot are dropped, until nothing changes; None where a
    slot has none left."""
    barred = {}
    for s in range(len(rows)):
        for t in range(s + 1, len(rows)):
            forbidden = question.forbidden(rows[s], rows[t])
            if forbidden is not None:
                barred[s, t] = forbidden
    keep = [np.ones(len(r), bool) for r in rows]
    changed = bool(barred)
    while changed:
        changed = False
        for (s, t), forbidden in barred.items():
            met_s = ~(forbidden | ~keep[t][None, :]).all(axis=1) & keep[s]
            met_t = ~(forbidden | ~keep[s][:, None]).all(axis=0) & keep[t]
            changed |= not (np.array_equal(met_s, keep[s]) and np.array_equal(met_t, keep[t]))
            keep[s], keep[t] = met_s, met_t
    return [r[k] for r, k in zip(rows, keep, strict=True)] if all(k.any() for k in keep) else None


def candidates(
    question: Question, wanted: Plan, below: float | None, value: np.ndarray, weights: Weights, pair_weight: float
) -> list[Candidate]:  # fmt: skip
    """A search problem per shape that can be filled.

    `value` (n,) is what each item is worth by itself. With a `pair_weight`, harmony's, outfits score means of values and
    pairs; without one the plain sum of values. `below` is a limit on the total besides the budget.
    """
    limit = _limit(wanted, below)
    bits = np.zeros(len(question.table), np.int64)
    for number, cover in enumerate(wanted.covers):
        bits |= cover.mask.astype(np.int64) << number
    made: dict[tuple[bytes, bytes], np.ndarray | None] = {}
    result = []
    for shape in wanted.shapes:
        found = _rows(question, wanted, shape, limit, value, bits)
        if found is None:
            continue
        rows, trimmed = found
        n = len(rows)
        share = 1.0 / n if pair_weight else 1.0
        per_pair = pair_weight / (n * (n - 1) / 2) if n > 1 else 0.0
        pairs = {}
        for s in range(n):
            for t in range(s + 1, n):
                key = (rows[s].tobytes(), rows[t].tobytes())
                if key not in made:
                    made[key] = _pair(question, rows[s], rows[t], pair_weight)
                score = made[key]
                if score is not None:
                    pairs[s, t] = score * per_pair if pair_weight else score
        price = [np.nan_to_num(wanted.price[r]) if np.isfinite(limit) else np.zeros(len(r)) for r in rows]
        problem = Problem(
            [value[r] * share for r in rows],
            pairs,
            price,
            limit,
            [bits[r] for r in rows],
            (1 << len(wanted.covers)) - 1,
        )
        extras = weights.completeness * sum(weights.extras.get(slot, 0.0) for slot in shape.slots)
        offset = extras + (weights.harmony if n == 1 else 0.0)
        tops = [max(float(value[r].max()), t) for r, t in zip(rows, trimmed, strict=True)]
        lost = max((sum(tops) - top + t for top, t in zip(tops, trimmed, strict=True)), default=-np.inf)
        result.append(Candidate(shape.slots, rows, problem, offset, lost * share + pair_weight + offset))
    return result


def _pair(question: Question, a: np.ndarray, b: np.ndarray, pair_weight: float) -> np.ndarray | None:
    """(len(a), len(b)) harmony, far below zero where two items must not meet; None where all would be zero."""
    forbidden = question.forbidden(a, b)
    if not pair_weight:
        return None if forbidden is None else np.where(forbidden, FORBIDDEN, 0.0)
    score = np.array(question.harmony.pair_scores(a, b), float)
    if forbidden is not None:
        # That many pairs at most share the weight: the sum must still fall far below any outfit's.
        score[forbidden] = FORBIDDEN * MOST_PAIRS / pair_weight
    return score


def _forbidden(table: ItemTable, a: np.ndarray, b: np.ndarray, sense: bool) -> np.ndarray | None:
    """(len(a), len(b)) bool of pairs that must not meet: women's with men's, and with `sense` the rules' unfit pairs."""
    result: np.ndarray | None = None
    left, right = table.codes["gender"][a], table.codes["gender"][b]
    if {WOMEN, MEN} <= {*np.unique(left).tolist(), *np.unique(right).tolist()}:
        mixed = ((left == WOMEN)[:, None] & (right == MEN)) | ((left == MEN)[:, None] & (right == WOMEN))
        result = mixed if mixed.any() else None
    unfit = unfit_pairs(table, a, b) if sense else None
    if unfit is not None:
        result = unfit if result is None else result | unfit
    return result
