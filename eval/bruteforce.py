"""The best outfit found the slow ways, apart from the composer: by trying every outfit, and by an integer program."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from stylist import vocabulary as v
from stylist.catalog.items import Outfit
from stylist.ranking.candidates import Candidate, Question
from stylist.ranking.masks import must_fill
from stylist.ranking.problem import FORBIDDEN, Problem
from stylist.ranking.promises import accessory, broken
from stylist.ranking.rules import unfit_pairs
from stylist.ranking.scoring import Weights
from stylist.state import DialogState


def best_score(question: Question, weights: Weights) -> float | None:
    """The score of the best of all outfits that keep every promise, those that styling sense keeps apart, and those whose color is not on
    what is seen first, only where there is no other; None where there is none. For states that bring no styling rules into play."""
    return max((score for _, score in outfits(question, weights)), default=None)


def outfits(question: Question, weights: Weights) -> list[tuple[tuple[int, ...], float]]:
    """All those outfits: rows of the question's table, and the score in 0..1 worked out from scratch."""
    found = _everything(question, weights)
    sensible = [entry for entry in found if _sensible(question, entry[0]) and _all_as_wished(question, entry[0])]
    return [entry for entry in sensible if _seen(question, entry[0])] or sensible or found


def _everything(question: Question, weights: Weights) -> list[tuple[tuple[int, ...], float]]:
    table, state = question.table, question.state
    pairs = np.asarray(question.harmony.pair_scores(np.arange(len(table)), np.arange(len(table))), float)
    by_slot: dict[str, list[tuple[int, ...]]] = {slot: [()] for slot in v.SLOTS}
    for row, item in enumerate(table.items):
        by_slot[item.covers[0]].append((row,))
    if not _wants_outer(state):
        by_slot["outer"] = [()]
    accessories = [rows[0] for rows in by_slot["accessory"] if rows]
    for count in range(2, len(state.accessories) + 1):
        by_slot["accessory"] += itertools.combinations(accessories, count)
    found = []
    for choice in itertools.product(*(by_slot[slot] for slot in v.SLOTS)):
        rows = tuple(row for part in choice for row in part)
        if not rows or (state.anchor is not None and len(table) - 1 not in rows):
            continue
        if not broken(state, Outfit(rank=1, score=0, items=tuple(table.items[row] for row in rows))):
            found.append((rows, _score(question, weights, rows, pairs)))
    return found


def _score(question: Question, weights: Weights, rows: Sequence[int], pairs: np.ndarray) -> float:
    index = list(rows)
    harmony = np.mean([pairs[a, b] for a, b in itertools.combinations(index, 2)]) if len(index) > 1 else 1.0
    extras = sum(weights.extras.get(slot, 0.0) for slot in {question.table.items[row].covers[0] for row in index})
    means = weights.relevance * question.relevance[index].mean() + weights.fit * question.fit[index].mean()
    return float(means + weights.harmony * harmony + weights.completeness * extras)


def _wants_outer(state: DialogState) -> bool:
    anchored = state.anchor is not None and "outer" in state.anchor.covers
    typed = any(v.SLOT_OF_TYPE[garment] == "outer" for garment in state.want.type)
    return anchored or typed or must_fill(state.slot("outer")) or "outer" in state.keep


def _sensible(question: Question, rows: Sequence[int]) -> bool:
    return all(unfit_pairs(question.table, np.array([a]), np.array([b]), question.rules.spared) is None for a, b in itertools.combinations(rows, 2))


def _all_as_wished(question: Question, rows: Sequence[int]) -> bool:
    """Whether each of several accessories is as is wished of them, save where none of its kind may be."""
    state, items = question.state, question.table.items
    kept = state.keep.get("accessory")
    for group in state.accessories if len(state.accessories) > 1 else ():
        kin = [item for item in items if item.type in group]
        kin = [item for item in kin if item.id == kept] or kin
        able = any(accessory(state, item)[1] for item in kin)
        if able and not any(accessory(state, items[row])[1] for row in rows if items[row].type in group):
            return False
    return True


def _seen(question: Question, rows: Sequence[int]) -> bool:
    """Whether a color and a pattern wished for are on the clothes that the person speaks of, else on any, or on what is kept or their own."""
    state, items = question.state, [question.table.items[row] for row in rows]
    spoken = {v.SLOT_OF_TYPE[t] for t in state.want.type}
    for name in ("color", "pattern"):
        values = set(state.want.values(name))
        if not values or values <= {"gold", "silver"} or values == {"solid"}:
            continue
        meeting = {question.table.items[row].id for row in np.flatnonzero(question.table.has(name, tuple(values)))}
        free = {slot for slot in v.SLOTS if not state.slot(slot).want.values(name) and state.slot(slot).include is not False}
        for slots in ({"outer", "top", "bottom"} & spoken, {"outer", "top", "bottom"} | spoken, set(v.SLOTS)):
            if slots & free or slots == set(v.SLOTS):
                slots = slots & free or slots
                break
        own = {state.anchor.id} if state.anchor else set()
        if not any(item.id in meeting and (item.slot in slots or item.id in {*state.keep.values(), *own}) for item in items):
            return False
    return True


def by_integer_program(candidates: Sequence[Candidate], seconds: float) -> float | None:
    """The best value over several shapes by scipy's HiGHS, None where there is none; `seconds` limit each shape."""
    found = [(value, c.offset) for c in candidates if (value := _solve(c.problem, seconds)) is not None]
    return max((value + offset for value, offset in found), default=None)


def _solve(problem: Problem, seconds: float) -> float | None:
    """One binary a candidate; one share a pair of candidates, whose sums over either side are the binaries (the local polytope)."""
    starts = np.cumsum([0, *(len(u) for u in problem.unary)])
    gains = [np.concatenate(problem.unary)]
    rows: list[np.ndarray] = []
    columns: list[np.ndarray] = []
    signs: list[np.ndarray] = []
    width, height = int(starts[-1]), 0
    upper = [np.ones(width)]

    def put(row: np.ndarray, column: np.ndarray, sign: float) -> None:
        rows.append(row)
        columns.append(column)
        signs.append(np.full(len(row), sign))

    for (s, t), score in problem.pairs.items():
        n, m = score.shape
        share = width + np.arange(n * m)
        left, right = np.divmod(np.arange(n * m), m)
        put(height + left, share, 1.0)
        put(height + np.arange(n), starts[s] + np.arange(n), -1.0)
        put(height + n + right, share, 1.0)
        put(height + n + np.arange(m), starts[t] + np.arange(m), -1.0)
        score = score * problem.scale
        allowed = score.ravel() > FORBIDDEN / 2
        gains.append(np.where(allowed, score.ravel(), 0.0))
        upper.append(allowed.astype(float))
        width, height = width + n * m, height + n + m
    equal = sparse.csr_matrix((np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns))), (height, width)) if rows else None
    constraints = [LinearConstraint(equal, 0, 0)] if equal is not None else []
    one = np.zeros((problem.size, width))
    for s in range(problem.size):
        one[s, starts[s] : starts[s + 1]] = 1
    constraints.append(LinearConstraint(one, 1, 1))
    if np.isfinite(problem.budget):
        price = np.zeros((1, width))
        price[0, : starts[-1]] = np.concatenate(problem.price)
        constraints.append(LinearConstraint(price, -np.inf, problem.budget))
    bit = 1
    while bit <= problem.needed:
        having = np.zeros((1, width))
        having[0, : starts[-1]] = (np.concatenate(problem.covers) & bit) != 0
        constraints.append(LinearConstraint(having, 1, np.inf))
        bit <<= 1
    whole = np.zeros(width)
    whole[: starts[-1]] = 1
    solved = milp(-np.concatenate(gains), constraints=constraints, integrality=whole, bounds=Bounds(0, np.concatenate(upper)), options={"time_limit": seconds, "mip_rel_gap": 0.0})
    return -float(solved.fun) if solved.status == 0 else None
