"""A choice of one candidate per slot, as numbers: scores of candidates and of pairs, limits, and bounds on what can be had.

Knows nothing of garments. The value of a pick is the sum of its unary scores and of the scores of its pairs. Limits: a sum
of prices, covers (at least one pick has each bit), pairs that must not meet. Candidates of all slots lie one after another in
flat arrays, so that a bound for all of them takes few array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from stylist.ranking.reduced import Reduced

FORBIDDEN = -1.0e3
"""The score of a pair that must not meet; far below any real value, finite so that sums stay numbers."""
SWEEPS = 3
RATE_STEPS = 12


class Layout:
    """Where the candidates of each slot stand in flat arrays over all N: `starts` and `sizes` (S,), `slot` (N,)."""

    def __init__(self, sizes: Sequence[int] | np.ndarray) -> None:
        self.sizes = np.asarray(sizes, np.intp)
        self.ends = np.cumsum(self.sizes)
        self.starts = self.ends - self.sizes
        self.full = bool(self.sizes.all())

    @cached_property
    def slot(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @cached_property
    def slices(self) -> list[slice]:
        return [slice(a, b) for a, b in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    @property
    def picks(self) -> float:
        """How many picks there are."""
        return float(np.prod(self.sizes.astype(float)))

    def of(self, index: np.ndarray) -> Layout:
        """The layout of some of the candidates, by ascending numbers."""
        return Layout(np.bincount(self.slot[index], minlength=len(self.sizes)))


@dataclass
class Problem:
    """Slots 0..S-1 with n_s candidates each.

    `unary[s]` (n_s,); `pairs[s, t]` (n_s, n_t) for s < t, times `scale`, absent where all are 0; `price[s]` (n_s,) finite;
    `covers[s]` (n_s,) int bits; `needed` the bits that some pick must have. `tops[s]` (S, n_s) is the best pair of each
    candidate with any of each other slot, times `scale`; worked out where it is not given. No pick worth less than `floor` is
    asked for. `reduced` keeps what `reduced.reduced` left, and for which floor.
    """

    unary: list[np.ndarray]
    pairs: dict[tuple[int, int], np.ndarray]
    price: list[np.ndarray]
    budget: float = np.inf
    covers: list[np.ndarray] = field(default_factory=list)
    needed: int = 0
    scale: float = 1.0
    tops: list[np.ndarray] = field(default_factory=list)
    floor: float = -np.inf
    reduced: tuple[float, Reduced | None] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.size = len(self.unary)
        self.limited = bool(np.isfinite(self.budget))
        self.layout = Layout([len(u) for u in self.unary])
        if not self.tops:
            self.tops = [np.zeros((self.size, len(u))) for u in self.unary]
            for (s, t), score in self.pairs.items():
                self.tops[s][t] = score.max(axis=1) * self.scale
                self.tops[t][s] = score.max(axis=0) * self.scale

    @cached_property
    def worth(self) -> np.ndarray:
        """(N,) unary scores of all slots."""
        return np.concatenate(self.unary)

    @cached_property
    def cost(self) -> np.ndarray:
        """(N,) prices of all slots, empty without a budget."""
        return np.concatenate(self.price) if self.limited else np.zeros(0)

    @cached_property
    def bits(self) -> np.ndarray:
        """(N,) covers of all slots, empty where none is needed."""
        return np.concatenate(self.covers) if self.needed else np.zeros(0, np.int64)

    @cached_property
    def rate(self) -> float:
        """A price of money that makes the bound under the budget low; 0 without a budget."""
        if not self.limited:
            return 0.0
        best = np.concatenate(self.tops, axis=1).sum(axis=0)
        return price_rate(self.worth + best / 2, self.cost, self.layout, self.budget)

    @cached_property
    def reached(self) -> np.ndarray:
        """(N,): no pick that holds the candidate is worth more."""
        tops = np.concatenate(self.tops, axis=1)
        limits = Limits(self.cost, self.budget, self.rate, self.bits, self.needed)
        return limits.reach(self.worth, tops, self.layout)

    def bound(self) -> float:
        """A bound on any pick's value; minus infinity where a slot has no candidate that can stand in one."""
        return self._bound

    @cached_property
    def _bound(self) -> float:
        if not self.layout.full:
            return -np.inf
        return float(np.maximum.reduceat(self.reached, self.layout.starts).min()) if self.size else 0.0


@dataclass
class Limits:
    """What a pick has to keep, over flat candidates: `cost` (N,) at most `budget` in all, `rate` a price on money for bounds;
    `bits` (N,) of the covers, each of `needed` met by one candidate at least."""

    cost: np.ndarray
    budget: float
    rate: float
    bits: np.ndarray
    needed: int

    def reach(self, unary: np.ndarray, tops: np.ndarray | None, layout: Layout) -> np.ndarray:
        """(N,): no pick that holds the candidate is worth more; minus infinity where it cannot be paid for."""
        result = reach(unary, tops, layout, self.bits, self.needed)
        if not np.isfinite(self.budget):
            return result
        if self.rate:
            priced = reach(unary - self.rate * self.cost, tops, layout, self.bits, self.needed)
            result = np.minimum(result, priced + self.rate * self.budget)
        least = np.minimum.reduceat(self.cost, layout.starts)
        result[(least.sum() - least)[layout.slot] + self.cost > self.budget] = -np.inf
        return result


def reach(unary: np.ndarray, tops: np.ndarray | None, layout: Layout, bits: np.ndarray, needed: int) -> np.ndarray:
    """(N,): no pick that holds the candidate is worth more. Without `tops` (S, N) no pair is worth more than zero.

    The candidate's own pairs count as its best ones, and each of two other candidates takes half of their pair; what meeting
    the covers costs at least comes off.
    """
    if tops is None:
        own, beside = unary, unary[None, :]
    else:
        total = tops.sum(axis=0)
        own = unary + total
        beside = (unary + total / 2) - tops / 2
    # most[t, s]: the best of slot s where a candidate of slot t is fixed.
    most = np.maximum.reduceat(beside, layout.starts, axis=1)
    rest = most.sum(axis=1) - (most[0] if tops is None else most.diagonal())
    if not needed:
        return own + rest[layout.slot]
    loss = np.zeros(len(unary))
    size = len(layout.sizes)
    bit = 1
    while bit <= needed:
        having = (bits & bit) != 0
        lost = most - np.maximum.reduceat(np.where(having, beside, -np.inf), layout.starts, axis=1)
        lost = np.array(np.broadcast_to(lost, (size, size)))
        np.fill_diagonal(lost, np.inf)
        np.maximum(loss, np.where(having, 0.0, lost.min(axis=1)[layout.slot]), out=loss)
        bit <<= 1
    return own + rest[layout.slot] - loss


def price_rate(worth: np.ndarray, cost: np.ndarray, layout: Layout, budget: float) -> float:
    """About the price of money that makes the budgeted bound least: where the best picks at that price cost the budget (the
    bound is convex in it; any price gives a bound). `worth` and `cost` are (N,)."""
    values, costs = np.full((len(layout.sizes), int(layout.sizes.max())), -np.inf), np.zeros((len(layout.sizes), int(layout.sizes.max())))
    place = layout.slot, np.arange(len(worth)) - layout.starts[layout.slot]
    values[place], costs[place] = worth, cost
    slots = np.arange(len(layout.sizes))
    if costs[slots, values.argmax(axis=1)].sum() <= budget:
        return 0.0
    low, high = 0.0, 2.0 / max(budget, 1.0)
    for _ in range(RATE_STEPS):
        rate = (low + high) / 2
        if costs[slots, (values - rate * costs).argmax(axis=1)].sum() > budget:
            low = rate
        else:
            high = rate
    return (low + high) / 2


def tighten(
    unary: np.ndarray, tables: Sequence[np.ndarray], layout: Layout, sweeps: int = SWEEPS
) -> tuple[np.ndarray, list[np.ndarray]]:  # fmt: skip
    """Scores of the same sums in which no pair is worth more than zero.

    Max-product message passing (MPLP, Globerson and Jaakkola, 2007), all pairs of a slot with later ones at once, each with
    an equal part of the slot's own scores: pair scores move into the unary ones, so that the sum of the best unary scores
    bounds any pick's value more tightly from sweep to sweep. `unary` is (N,); `tables[s]` (n_s, candidates of later slots).
    """
    count = len(tables)
    left = [np.zeros((len(table), count - s - 1)) for s, table in enumerate(tables)]
    right = [np.zeros(table.shape[1]) for table in tables]
    total = unary.copy()
    space = np.empty(max(table.size for table in tables))
    for _ in range(sweeps):
        for s, table in enumerate(tables[:-1]):
            here, end = layout.slices[s], layout.slices[s].stop
            own, other = total[here] - left[s].sum(axis=1), total[end:] - right[s]
            part = own / (count - s - 1)
            moved = np.add(table, other, out=space[: table.size].reshape(table.shape))
            left[s] = 0.5 * (np.maximum.reduceat(moved, layout.starts[s + 1 :] - end, axis=1) - part[:, None])
            np.add(table, part[:, None], out=moved)
            right[s] = 0.5 * (moved.max(axis=0) - other)
            total[here] = own + left[s].sum(axis=1)
            total[end:] = other + right[s]
    return total, [_moved(table, left[s], right[s], [layout.slices[t] for t in range(s, count)]) for s, table in enumerate(tables)]


def _moved(table: np.ndarray, left: np.ndarray, right: np.ndarray, slices: Sequence[slice]) -> np.ndarray:
    """Pair scores of a slot, the first of `slices`, with those after it, less what was moved."""
    result = table - right
    for number, block in enumerate(slices[1:]):
        result[:, block.start - slices[0].stop : block.stop - slices[0].stop] -= left[:, number, None]
    return result
