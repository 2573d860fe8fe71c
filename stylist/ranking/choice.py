"""The k best outfits that are far enough from each other, chosen greedily over the candidates' search problems."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from functools import partial

import numpy as np

from stylist import vocabulary as v
from stylist.ranking import search
from stylist.ranking.candidates import Candidate
from stylist.ranking.rules import MAIN_SLOTS
from stylist.ranking.scoring import Weights
from stylist.ranking.search import Distance
from stylist.ranking.table import ItemTable

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


def looks(table: ItemTable) -> np.ndarray:
    """(n,) a number for each look: rows with the same one are of the same type, color and pattern, as far as those are known."""
    seen: dict[tuple[str, str, str], int] = {}
    own = [(item.type, item.color or item.id, item.pattern or item.id) for item in table.items]
    return np.array([seen.setdefault(key, len(seen)) for key in own], np.int64)


def choose(
    candidates: list[Candidate], weights: Weights, top_k: int, apart: int, deadline: float, hints: Sequence[float], slack: float = 0.0,
    strict: bool = False, look: np.ndarray | None = None,
) -> tuple[list[Choice], bool, float, list[float], bool]:  # fmt: skip
    """Greedy choice of the best, each far enough from those before: (slots, rows) each, whether exact, the gap, what each was
    worth when it was chosen, and whether some are nearer than `apart`. `hints` are values that each choice probably reaches; each
    may be worth up to `slack` less than the best.

    Far enough is to differ in `apart` main slots, in all slots where no main slot is filled. With `strict` any two chosen do, and
    there are fewer than `top_k` where no other outfit is far enough from all before; else the next may be nearer, though never
    the same in all of these slots. Greedy means that the first may stand in the way of more: each is the best next one, not
    part of the largest set. Items with the same `look` (n,) count as the same; without it only the same row does.
    """
    chosen: list[Choice] = []
    values: list[float] = []
    exact, gap = True, 0.0
    bounds = _Bounds(candidates)
    counted = _counted([candidate.slots for candidate in candidates])
    apart = asked = max(1, apart if strict else min(apart, _free_slots(candidates, counted, look)))
    while len(chosen) < top_k and candidates:
        hint = hints[len(chosen)] - HINT_SLACK if len(chosen) < len(hints) else -np.inf
        distance = partial(_distances, chosen=chosen, apart=apart, counted=counted, look=look)
        best, value, missed = _next(bounds, weights, chosen, distance, deadline, hint, slack)
        if best is None and np.isfinite(hint):
            best, value, missed = _next(bounds, weights, chosen, distance, deadline, -np.inf, slack)
        if best is not None:
            missed = max(missed, *(c.left_out for c in candidates))
        if best is not None and missed > value + 1e-6:
            exact, gap = False, max(gap, missed - value)
        elif best is None and np.isfinite(missed) and time.thread_time() > deadline:
            exact, gap = False, max(gap, 1.0)
        if best is not None:
            chosen.append(best)
            values.append(value)
        elif apart > 1 and chosen and not strict:
            apart -= 1
            bounds.forget()
        else:
            break
    return chosen, exact, gap, values, apart < asked


def _next(
    bounds: _Bounds, weights: Weights, chosen: list[Choice], distances: Callable[[Candidate], list[Distance]], deadline: float,
    above: float, slack: float,
) -> tuple[Choice | None, float, float]:  # fmt: skip
    """The best outfit worth more than `above` that is far enough from those chosen, its value, and a bound on what any is worth."""
    best: Choice | None = None
    value, missed = above, -np.inf
    for number in bounds.order():
        candidate = bounds.candidates[number]
        least = value + slack if best is not None else value
        if bounds.of(number) <= least:
            break
        keep_away = distances(candidate)
        if any(distance.allowed < 0 for distance in keep_away):  # so few slots that no outfit of the shape is far enough
            bounds.found(number, -np.inf)
            continue
        found = search.best(candidate.problem, _penalty(weights, candidate, chosen), keep_away, least - candidate.offset, deadline)
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
                np.add(own, weights.repeat.get(slot, 0.0), out=own, where=rows == before[slot])
    return penalty


def _distances(
    candidate: Candidate, chosen: list[Choice], apart: int, counted: Sequence[str], look: np.ndarray | None
) -> list[Distance]:  # fmt: skip
    """Outfits differ in a slot of `counted` where their items there differ, an empty slot and a filled one among them."""
    result = []
    for slots, rows in chosen:
        before = dict(zip(slots, rows, strict=True))
        same: list[np.ndarray | None] = []
        for slot, own in zip(candidate.slots, candidate.rows, strict=True):
            if slot not in counted or slot not in before:
                same.append(None)
            else:
                same.append(own == before[slot] if look is None else look[own] == look[before[slot]])
        both_empty = sum(slot not in before and slot not in candidate.slots for slot in counted)
        result.append(Distance(same, len(counted) - both_empty - apart))
    return result


def _counted(shapes: Collection[Collection[str]]) -> tuple[str, ...]:
    """The slots in which outfits of these shapes have to differ: the main ones, or all where some fill no main one."""
    return MAIN_SLOTS if all(not set(MAIN_SLOTS).isdisjoint(slots) for slots in shapes) else v.SLOTS


def _free_slots(candidates: list[Candidate], counted: Sequence[str], look: np.ndarray | None) -> int:
    """The most slots of `counted` in which two outfits could differ."""
    choices: dict[str, set[int]] = {}
    for candidate in candidates:
        for slot in counted:
            rows = candidate.rows[candidate.slots.index(slot)] if slot in candidate.slots else np.array([-1])
            choices.setdefault(slot, set()).update(rows[:2].tolist() if look is None or slot not in candidate.slots else look[rows].tolist())
    return sum(len(rows) > 1 for rows in choices.values())
