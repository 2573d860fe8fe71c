"""Finds the best pick of a `Problem`, exactly: which picks can meet the limits, and a depth-first search of those.

Candidates are first dropped by bounds, then pair scores moved into the unary ones; `branch` does both and walks the tree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stylist.ranking.branch import EPSILON, MOST_STEPS, Distance, Search
from stylist.ranking.problem import FORBIDDEN, Problem

SKETCH_STEPS = 40
"""Of a search of all candidates at once, before it is parted where limits make that worth it."""
MOST_COVER_CHOICES = 64
RARE_COVER = 0.35
"""Covers that fewer of the candidates meet than this share are worth a search for each slot that may meet them."""


@dataclass
class Found:
    """The best pick (a candidate number per slot), its value, and a bound on what any pick is worth."""

    pick: tuple[int, ...] | None
    value: float
    bound: float


def best(
    problem: Problem,
    penalty: list[np.ndarray] | None = None,
    distances: list[Distance] | None = None,
    above: float = -np.inf,
    deadline: float = np.inf,
) -> Found:
    """The best pick worth more than `above`, with `penalty[s]` (n_s,) taken off its value, far enough from `distances`.

    `pick` is None where there is none. Past `deadline` (time.thread_time) the best so far is returned with a bound above its
    value.
    """
    search = Search(problem, penalty, distances or [], above, deadline)
    patience = SKETCH_STEPS if problem.limited or problem.needed else MOST_STEPS
    if not search.run(patience=patience) and (search.pick is not None or _affordable(problem, distances, deadline)):
        unary = problem.unary if penalty is None else [u - p for u, p in zip(problem.unary, penalty, strict=True)]
        for masks in _cover_choices(problem, unary):
            search.run(np.concatenate(masks))
    # Where pairs are barred, moving scores can make the bound of what was left out looser than the problem's own.
    bound = max(min(search.left_out, problem.bound()), search.lower)
    return Found(search.pick, search.lower if search.pick is not None else -np.inf, bound)


def _affordable(problem: Problem, distances: list[Distance] | None, deadline: float) -> bool:
    """False where no pick can be paid for: found by the search for the cheapest, whose bound is the price itself."""
    if not problem.limited:
        return True
    scale = 1.0 / max(1.0, sum(float(p.max()) for p in problem.price))
    barred = {e: np.where(p * problem.scale <= FORBIDDEN / 2, FORBIDDEN, 0.0) for e, p in problem.pairs.items() if p.min() * problem.scale <= FORBIDDEN / 2}
    cheap = Problem([-p * scale for p in problem.price], barred, problem.price, np.inf, problem.covers, problem.needed)
    found = best(cheap, distances=distances, above=-problem.budget * scale - 2 * EPSILON, deadline=deadline)
    return found.pick is not None or found.bound > -problem.budget * scale


def _cover_choices(problem: Problem, unary: list[np.ndarray]) -> list[list[np.ndarray]]:
    """Masks of candidates per slot, one list for each way to say which slot meets which cover, most promising first.

    Together they hold every pick that meets the covers: fixing who meets a cover makes the bound tight.
    """
    choices = [[np.ones(len(u), bool) for u in unary]]
    bit = 1
    while bit <= problem.needed:
        having = [(problem.covers[s] & bit) != 0 for s in range(problem.size)]
        rare = sum(int(h.sum()) for h in having) < RARE_COVER * sum(len(h) for h in having)
        if rare and len(choices) * sum(h.any() for h in having) <= MOST_COVER_CHOICES:
            # The first slot that has it: so no pick stands in two lists.
            choices = [
                [m & having[s] if t == s else m & ~having[t] if t < s else m for t, m in enumerate(masks)]
                for masks in choices for s in range(problem.size) if (masks[s] & having[s]).any()
            ]  # fmt: skip
        bit <<= 1
    choices = [masks for masks in choices if all(m.any() for m in masks)]
    if len(choices) > 1:
        worth = [-sum(float(u[m].max()) for u, m in zip(unary, masks, strict=True)) for masks in choices]
        choices = [choices[k] for k in np.argsort(worth, kind="stable")]
    return choices
