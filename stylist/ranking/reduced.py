"""The candidates of a `Problem` that a good enough pick may hold, with pair scores moved into the unary ones.

What does not depend on a single search is worked out once for a problem and kept with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from stylist.ranking.problem import FORBIDDEN, SWEEPS, Layout, Limits, Problem, price_rate, tighten

EPSILON = 1e-9
WORTH_AGAIN = 0.7
"""Moving scores once more is worth its time where no more than this share of the candidates was left."""


@dataclass
class Reduced:
    """Some candidates, slots with few of them first: the tree over them stays narrow where the bound is loose.

    `index` (N,) says which of the problem's flat candidates they are, `order` (S,) which of its slots. `unary` (N,), and
    `tables[s]` (n_s, candidates of later slots) the pair scores, none above zero once `tightened`.
    """

    order: list[int]
    index: np.ndarray
    layout: Layout
    unary: np.ndarray
    tables: list[np.ndarray]
    limits: Limits

    def alive(self, unary: np.ndarray, lower: float) -> np.ndarray:
        """(N,) bool: candidates that a pick worth more than `lower` may hold, by scores among which no pair's is above zero."""
        return self.limits.reach(unary, None, self.layout) > max(lower + EPSILON, FORBIDDEN / 2)

    def kept(self, alive: np.ndarray, unary: np.ndarray) -> Reduced | None:
        """Those candidates alone, with other unary scores; None where a slot has none left."""
        index = np.flatnonzero(alive)
        layout = self.layout.of(index)
        if not layout.full:
            return None
        if len(index) == len(alive):
            return replace(self, unary=unary)
        tables = []
        for s, here in enumerate(layout.slices):
            rows, columns = index[here] - self.layout.starts[s], index[here.stop :] - self.layout.ends[s]
            tables.append(self.tables[s].take(rows, axis=0).take(columns, axis=1))
        limits = self.limits
        if len(limits.cost) or len(limits.bits):
            cost, bits = (a[index] if len(a) else a for a in (limits.cost, limits.bits))
            limits = replace(limits, cost=cost, bits=bits)
        return Reduced(self.order, self.index[index], layout, unary[index], tables, limits)

    def tightened(self, sweeps: int = SWEEPS) -> Reduced:
        """The same sums with no pair above zero, and with the price of money in it where there is a budget."""
        limits = self.limits
        if not np.isfinite(limits.budget):
            unary, tables = tighten(self.unary, self.tables, self.layout, sweeps)
            return replace(self, unary=unary, tables=tables)
        paid = limits.rate * limits.cost
        unary, tables = tighten(self.unary - paid, self.tables, self.layout, sweeps)
        unary += paid
        rate = price_rate(unary, limits.cost, self.layout, limits.budget)
        return replace(self, unary=unary, tables=tables, limits=replace(limits, rate=rate))


def reduced(problem: Problem, floor: float) -> Reduced | None:
    """The candidates that a pick worth more than `floor` may hold, kept for the searches to come; None where a slot has none."""
    if problem.reduced is not None and problem.reduced[0] <= floor:
        return problem.reduced[1]
    floor = min(floor, problem.floor)
    found = _reduced(problem, floor)
    problem.reduced = floor, found
    return found


def _reduced(problem: Problem, floor: float) -> Reduced | None:
    alive = problem.reached > max(floor + EPSILON, FORBIDDEN / 2)
    rows = [np.flatnonzero(alive[here]) for here in problem.layout.slices]
    sizes = [len(r) for r in rows]
    if not all(sizes):
        return None
    order = sorted(range(problem.size), key=sizes.__getitem__)
    index = np.concatenate([rows[s] + problem.layout.slices[s].start for s in order])
    bits = problem.bits[index] if problem.needed else problem.bits
    cost = problem.cost[index] if problem.limited else problem.cost
    limits = Limits(cost, problem.budget, problem.rate, bits, problem.needed)
    layout = Layout([sizes[s] for s in order])
    found = Reduced(order, index, layout, problem.worth[index], _tables(problem, order, rows, layout), limits)
    if not problem.pairs:
        return found
    found = found.tightened()
    if not np.isfinite(floor):
        return found
    less = found.kept(found.alive(found.unary, floor), found.unary)
    if less is None or len(less.index) > WORTH_AGAIN * len(index):
        return less
    less = less.tightened()
    return less.kept(less.alive(less.unary, floor), less.unary)


def _tables(problem: Problem, order: list[int], rows: list[np.ndarray], layout: Layout) -> list[np.ndarray]:
    tables = []
    for a, s in enumerate(order):
        end = layout.slices[a].stop
        table = np.zeros((len(rows[s]), len(layout.slot) - end))
        for b in range(a + 1, len(order)):
            t = order[b]
            edge = (min(s, t), max(s, t))
            if edge in problem.pairs:
                score = problem.pairs[edge].take(rows[edge[0]], axis=0).take(rows[edge[1]], axis=1)
                here = layout.slices[b]
                part = table[:, here.start - end : here.stop - end]
                np.multiply(score if s < t else score.T, problem.scale, out=part, dtype=np.float64)
        tables.append(table)
    return tables
