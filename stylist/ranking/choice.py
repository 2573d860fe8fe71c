"""The k best outfits that are far enough from each other, chosen greedily over the candidates' search problems."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from stylist.ranking import search
from stylist.ranking.candidates import Candidate
from stylist.ranking.rules import MAIN_SLOTS
from stylist.ranking.scoring import Weights
from stylist.ranking.search import Distance

HINT_SLACK = 1.0e-5

Choice = tuple[tuple[str, ...], tuple[int, ...]]
"""The slots that an outfit fills and the table's rows that fill them."""


class _Bounds:
    """What the outfits of each candidate are worth at most, as far as it is known."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self.candidates = candidates
        self.values = [c.problem.bound() + c.offset for c in candidates]
        self._found: dict[int, float] = {}

    def order(self) -> list[int]:
        """The candidates' numbers, most promising first."""
        return sorted(range(len(self.values)), key=lambda number: -self.of(number))

    def found(self, number: int, bound: float) -> None:
        """What a search has proven; it holds for the choices to come, which have more to keep away from."""
        self._found[number] = bound

    def forget(self) -> None:
        """Forgets what searches have proven: the choices to come may come nearer to those before."""
        self._found.clear()

    def of(self, number: int) -> float:
        return self._found.get(number, self.values[number])


def choose(
    candidates: list[Candidate], weights: Weights, top_k: int, apart: int, deadline: float, hints: Sequence[float], slack: float = 0.0
) -> tuple[list[Choice], bool, float, list[float], bool]:  # fmt: skip
    """Greedy choice of the best, each far enough from those before: (slots, rows) each, whether exact, the gap, what each was
    worth when it was chosen, and whether some are nearer than `apart`. `hints` are values that each choice probably reaches; each
    may be worth up to `slack` less than the best."""
    chosen: list[Choice] = []
    values: list[float] = []
    exact, gap = True, 0.0
    bounds = _Bounds(candidates)
    apart = asked = max(1, min(apart, _free_main_slots(candidates)))
    while len(chosen) < top_k and candidates:
        hint = hints[len(chosen)] - HINT_SLACK if len(chosen) < len(hints) else -np.inf
        best, value, missed = _next(bounds, weights, chosen, apart, deadline, hint, slack)
        if best is None and np.isfinite(hint):
            best, value, missed = _next(bounds, weights, chosen, apart, deadline, -np.inf, slack)
        if best is not None:
            missed = max(missed, *(c.left_out for c in candidates))
        if best is not None and missed > value + 1e-6:
            exact, gap = False, max(gap, missed - value)
        elif best is None and np.isfinite(missed) and time.thread_time() > deadline:
            exact, gap = False, max(gap, 1.0)
        if best is not None:
            chosen.append(best)
            values.append(value)
        elif apart > 1 and chosen:
            apart -= 1
            bounds.forget()
        else:
            break
    return chosen, exact, gap, values, apart < asked


def _next(
    bounds: _Bounds, weights: Weights, chosen: list[Choice], apart: int, deadline: float, above: float, slack: float
) -> tuple[Choice | None, float, float]:  # fmt: skip
    """The best outfit worth more than `above` that is far enough from those chosen, its value, and a bound on what any is worth."""
    best: Choice | None = None
    value, missed = above, -np.inf
    for number in bounds.order():
        candidate = bounds.candidates[number]
        least = value + slack if best is not None else value
        if bounds.of(number) <= least:
            break
        found = search.best(
            candidate.problem, _penalty(weights, candidate, chosen), _distances(candidate, chosen, apart),
            least - candidate.offset, deadline,
        )  # fmt: skip
        if found.pick is not None:
            value = found.value + candidate.offset
            best = (candidate.slots, tuple(int(candidate.rows[s][c]) for s, c in enumerate(found.pick)))
        bounds.found(number, found.bound + candidate.offset)
        missed = max(missed, found.bound + candidate.offset)
    return best, value, missed


def _penalty(
    weights: Weights, candidate: Candidate, chosen: list[Choice]
) -> list[np.ndarray] | None:  # fmt: skip
    if not chosen:
        return None
    penalty = [np.zeros(len(rows)) for rows in candidate.rows]
    for slots, seen in chosen:
        before = dict(zip(slots, seen, strict=True))
        for own, slot, rows in zip(penalty, candidate.slots, candidate.rows, strict=True):
            if slot in before:
                own[rows == before[slot]] += weights.repeat.get(slot, 0.0)
    return penalty


def _distances(
    candidate: Candidate, chosen: list[Choice], apart: int
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


def _free_main_slots(candidates: list[Candidate]) -> int:
    """The most main slots in which two outfits could differ."""
    choices: dict[str, set[int]] = {}
    for candidate in candidates:
        for slot in MAIN_SLOTS:
            rows = candidate.rows[candidate.slots.index(slot)] if slot in candidate.slots else np.array([-1])
            choices.setdefault(slot, set()).update(rows[:2].tolist())
    return sum(len(rows) > 1 for rows in choices.values())
