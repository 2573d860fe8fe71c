"""A choice of one candidate per slot, as numbers: scores of candidates and of pairs, limits, and bounds on what can be had.

Knows nothing of garments. The value of a pick is the sum of its unary scores and of the scores of its pairs. Limits: a sum
of prices, covers (at least one pick has each bit), pairs that must not meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

FORBIDDEN = -1.0e3
"""The score of a pair that must not meet; far below any real value, finite so that sums stay numbers."""
SWEEPS = 3
RATE_STEPS = 12


@dataclass
class Problem:
    """Slots 0..S-1 with n_s candidates each.

    `unary[s]` (n_s,); `pairs[s, t]` (n_s, n_t) for s < t, times `scale`, absent where all are 0; `price[s]` (n_s,) finite;
    `covers[s]` (n_s,) int bits; `needed` the bits that some pick must have. `tops[s]` (S, n_s) is the best pair of each
    candidate with any of each other slot, times `scale`; worked out where it is not given.
    """

    unary: list[np.ndarray]
    pairs: dict[tuple[int, int], np.ndarray]
    price: list[np.ndarray]
    budget: float = np.inf
    covers: list[np.ndarray] = field(default_factory=list)
    needed: int = 0
    scale: float = 1.0
    tops: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.size = len(self.unary)
        self.limited = bool(np.isfinite(self.budget))
        if not self.tops:
            self.tops = [np.zeros((self.size, len(u))) for u in self.unary]
            for (s, t), score in self.pairs.items():
                self.tops[s][t] = score.max(axis=1) * self.scale
                self.tops[t][s] = score.max(axis=0) * self.scale

    @cached_property
    def rate(self) -> float:
        """A price of money that makes the bound under the budget low; 0 without a budget."""
        if not self.limited:
            return 0.0
        worth = [u + top.sum(axis=0) / 2 for u, top in zip(self.unary, self.tops, strict=True)]
        return price_rate(worth, self.price, self.budget)

    def pair(self, edge: tuple[int, int], rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """(rows, columns) scores of the pairs of some candidates, a copy."""
        return self.pairs[edge].take(rows, axis=0).take(columns, axis=1) * np.float64(self.scale)

    def reach(self, unary: list[np.ndarray], rows: list[np.ndarray] | None = None) -> list[np.ndarray]:
        """Of each candidate in `rows`, all without them, a bound on any pick that holds it, with `unary` scores of those."""
        tops, covers, price = self.tops, self.covers, self.price
        if rows is not None:
            tops = [top.take(r, axis=1) for top, r in zip(tops, rows, strict=True)]
            covers = [c[r] for c, r in zip(covers, rows, strict=True)] if self.needed else covers
            price = [p[r] for p, r in zip(price, rows, strict=True)] if self.limited else price
        result = reach(unary, tops, covers, self.needed)
        if self.limited:
            priced = reach([u - self.rate * p for u, p in zip(unary, price, strict=True)], tops, covers, self.needed)
            least = [float(p.min()) for p in price]
            for s, bound in enumerate(priced):
                paid = np.minimum(result[s], bound + self.rate * self.budget)
                result[s] = np.where(sum(least) - least[s] + price[s] <= self.budget, paid, -np.inf)
        return result

    def bound(self) -> float:
        """A bound on any pick's value; minus infinity where a slot has no candidate that can stand in one."""
        if not all(map(len, self.unary)):
            return -np.inf
        return min((float(b.max()) for b in self.reach(self.unary)), default=0.0)


def reach(unary: list[np.ndarray], tops: list[np.ndarray] | None, covers: list[np.ndarray], needed: int) -> list[np.ndarray]:
    """For each slot (n_s,): no pick that holds the candidate is worth more. Without `tops` no pair is worth more than zero.

    The candidate's own pairs count as its best ones, and each of two other candidates takes half of their pair; what meeting
    the covers costs at least comes off.
    """
    size = len(unary)
    if tops is None:
        own, beside = unary, [u[None, :] for u in unary]
    else:
        sums = [top.sum(axis=0) for top in tops]
        own = [u + total for u, total in zip(unary, sums, strict=True)]
        beside = [(u + total / 2) - top / 2 for u, total, top in zip(unary, sums, tops, strict=True)]
    most = _filled([b.max(axis=1) for b in beside], size)
    result = [own[s] + rest for s, rest in enumerate(most.sum(axis=0) - most.diagonal())]
    losses: list[np.ndarray | None] = [None] * size
    bit = 1
    while bit <= needed:
        having = [(c & bit) != 0 for c in covers]
        meets = _filled([b[:, has].max(axis=1, initial=-np.inf) for b, has in zip(beside, having, strict=True)], size)
        lost = most - meets
        np.fill_diagonal(lost, np.inf)
        for s, least in enumerate(lost.min(axis=0)):
            loss = np.where(having[s], 0.0, least)
            before = losses[s]
            losses[s] = loss if before is None else np.maximum(before, loss)
        bit <<= 1
    return [bound if loss is None else bound - loss for bound, loss in zip(result, losses, strict=True)]


def _filled(rows: list[np.ndarray], size: int) -> np.ndarray:
    """(size, size) of a row a slot, each of one entry or of `size`."""
    return np.concatenate([row if len(row) == size else np.full(size, row[0]) for row in rows]).reshape(size, size)


def price_rate(worth: list[np.ndarray], price: list[np.ndarray], budget: float) -> float:
    """About the price of money that makes the budgeted bound least: where the best picks at that price cost the budget (the
    bound is convex in it; any price gives a bound)."""
    longest = max(map(len, worth))
    values, costs = np.full((len(worth), longest), -np.inf), np.zeros((len(worth), longest))
    for s, (u, c) in enumerate(zip(worth, price, strict=True)):
        values[s, : len(u)], costs[s, : len(c)] = u, c
    slots = np.arange(len(worth))
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
    unary: list[np.ndarray], pairs: dict[tuple[int, int], np.ndarray], sweeps: int = SWEEPS
) -> tuple[list[np.ndarray], dict[tuple[int, int], np.ndarray]]:  # fmt: skip
    """Scores of the same sums in which no pair is worth more than zero.

    Max-product message passing (MPLP, Globerson and Jaakkola, 2007): pair scores move into the unary ones, so that the sum
    of the best unary scores bounds any pick's value more tightly from sweep to sweep.
    """
    left = {e: np.zeros(len(unary[e[0]])) for e in pairs}
    right = {e: np.zeros(len(unary[e[1]])) for e in pairs}
    total = list(unary)
    for _ in range(sweeps):
        for edge, score in pairs.items():
            s, t = edge
            own_s, own_t = total[s] - left[edge], total[t] - right[edge]
            new_left = 0.5 * ((score + own_t).max(axis=1) - own_s)
            new_right = 0.5 * ((score + own_s[:, None]).max(axis=0) - own_t)
            total[s], total[t] = own_s + new_left, own_t + new_right
            left[edge], right[edge] = new_left, new_right
    return total, {e: p - left[e][:, None] - right[e] for e, p in pairs.items()}
