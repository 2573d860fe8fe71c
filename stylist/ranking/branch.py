"""The tree of a branch and bound over a `Problem`: walks many partial picks at a time and keeps the best pick.

The bound: a partial pick is worth at most its value and, over the open slots, the best unary given what is picked; no pair left is
worth more than zero. Under a budget the same holds with a price put on money; an open cover takes off what meeting it costs at least.
Picks whose bound does not pass the best value found are cut.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from stylist.ranking.problem import FORBIDDEN, Problem, tighten

CHUNK = 128
DIVE = 16
SMALL = 2.0e4
"""So many picks are enumerated without tightening their scores again."""
SKETCH_STEPS = 40
RATE_STEPS = 12
MOST_STEPS = 1 << 60
EPSILON = 1e-9


@dataclass
class Distance:
    """A pick already made. `same[slot]` is (n candidates,) bool, or None where the slot does not count; a new pick may
    share at most `allowed` of them."""

    same: list[np.ndarray | None]
    allowed: int


class Search:
    """Keeps the best pick over several runs, each over its own candidates."""

    def __init__(
        self, problem: Problem, unary: list[np.ndarray], pairs: dict[tuple[int, int], np.ndarray],
        distances: list[Distance], above: float, deadline: float,
    ) -> None:  # fmt: skip
        self.problem, self.all_unary, self.all_pairs = problem, unary, pairs
        self.distances, self.deadline = distances, deadline
        self.lower = above
        self.pick: tuple[int, ...] | None = None
        self.left_out = -np.inf
        self.patience = MOST_STEPS
        self.limited = bool(np.isfinite(problem.budget))

    def sketch(self) -> bool:
        """A short plain search of all candidates: True where it was enough to prove the best."""
        if (
            not self._load([np.arange(len(u)) for u in self.all_unary], self.all_unary, self.all_pairs)
            or not self._cut()
        ):
            return True
        self.patience = SKETCH_STEPS
        self._start(diving=False)
        done = self.patience >= 0
        self.patience = MOST_STEPS
        return done

    def run(self, masks: list[np.ndarray]) -> None:
        """Searches the candidates under `masks`."""
        if not self._load([np.flatnonzero(m) for m in masks], self.all_unary, self.all_pairs) or not self._cut():
            return
        if np.prod([float(len(u)) for u in self.u]) > SMALL:
            self._retighten()
            if not self._cut():
                return
        if self.pick is None:
            self._start(diving=True)
            if not self._cut():
                return
        self._start(diving=False)

    def _load(self, rows: list[np.ndarray], unary: list[np.ndarray], pairs: dict[tuple[int, int], np.ndarray]) -> bool:
        problem = self.problem
        self.rows = rows
        self.u = [u[r] for u, r in zip(unary, rows, strict=True)]
        self.cost = [p[r] for p, r in zip(problem.price, rows, strict=True)]
        self.bits = [c[r] for c, r in zip(problem.covers, rows, strict=True)] if problem.needed else []
        self.same = [
            [None if same is None else same[r].astype(np.int8) for same, r in zip(d.same, rows, strict=True)]
            for d in self.distances
        ]
        whole = all(len(r) == len(u) for r, u in zip(rows, unary, strict=True))
        self.p = dict(pairs) if whole else {(s, t): p[np.ix_(rows[s], rows[t])] for (s, t), p in pairs.items()}
        self.rate = self._price_rate() if self.limited and all(len(r) for r in rows) else 0.0
        return all(len(r) for r in rows)

    def _keep(self, keep: list[np.ndarray]) -> None:
        """Drops candidates: `keep[s]` are indices into what slot s holds now."""
        self.rows = [r[k] for r, k in zip(self.rows, keep, strict=True)]
        self.u = [u[k] for u, k in zip(self.u, keep, strict=True)]
        self.cost = [c[k] for c, k in zip(self.cost, keep, strict=True)]
        self.bits = [b[k] for b, k in zip(self.bits, keep, strict=True)] if self.problem.needed else []
        self.same = [[None if d is None else d[k] for d, k in zip(same, keep, strict=True)] for same in self.same]
        self.p = {(s, t): p[np.ix_(keep[s], keep[t])] for (s, t), p in self.p.items()}

    def _cut(self) -> bool:
        """Drops candidates that no good enough pick holds; False where a slot has none left."""
        while True:
            keep = self._alive()
            if not all(k.any() for k in keep):
                return False
            if all(k.all() for k in keep):
                return True
            self._keep([np.flatnonzero(k) for k in keep])

    def _alive(self) -> list[np.ndarray]:
        tops = [float(u.max()) for u in self.u]
        total, result = sum(tops), []
        for s, u in enumerate(self.u):
            result.append(total - tops[s] + u > self.lower + EPSILON)
        for s, t in self.problem.barred:
            result[s] = result[s] & (self.p[s, t].max(axis=1) > FORBIDDEN / 2)
            result[t] = result[t] & (self.p[s, t].max(axis=0) > FORBIDDEN / 2)
        if self.limited:
            priced = [u - self.rate * c for u, c in zip(self.u, self.cost, strict=True)]
            tops = [float(q.max()) for q in priced]
            total = sum(tops) + self.rate * self.problem.budget
            least = [float(c.min()) for c in self.cost]
            for s, q in enumerate(priced):
                affordable = sum(least) - least[s] + self.cost[s] <= self.problem.budget
                result[s] = result[s] & affordable & (total - tops[s] + q > self.lower + EPSILON)
        return result

    def _retighten(self) -> None:
        """Message passing over the candidates left, with the price of money in it where there is a budget."""
        priced = [u - self.rate * c for u, c in zip(self.u, self.cost, strict=True)]
        tight, self.p = tighten(priced, self.p)
        self.u = [q + self.rate * c for q, c in zip(tight, self.cost, strict=True)]
        if self.limited:
            self.rate = self._price_rate()

    def _start(self, diving: bool) -> None:
        """Walks the tree; diving takes only the first few children everywhere, for a good pick soon."""
        self.diving = diving
        size = self.problem.size
        # Slots with few candidates first: the tree stays narrow where the bound is loose.
        order = sorted(range(size), key=lambda s: len(self.u[s]))
        self.tree_order = order
        self.tree_u = [self.u[s] for s in order]
        self.tree_cost = [self.cost[s] for s in order]
        self.tree_bits = [self.bits[s] for s in order] if self.problem.needed else []
        self.tree_same = [[same[s] for s in order] for same in self.same]
        self.tree_p: dict[tuple[int, int], np.ndarray] = {}
        for a in range(size):
            for b in range(a + 1, size):
                s, t = order[a], order[b]
                if (min(s, t), max(s, t)) in self.p:
                    self.tree_p[a, b] = np.ascontiguousarray(self.p[s, t] if s < t else self.p[t, s].T)
        self.cheapest = [0.0] * (size + 1)
        for a in reversed(range(size)):
            self.cheapest[a] = self.cheapest[a + 1] + float(self.tree_cost[a].min())
        start = np.zeros(1)
        self._expand(
            0, np.zeros((1, 0), np.int32), start, start.copy(), np.zeros(1, np.int64),
            np.zeros((1, len(self.distances)), np.int8), [u[None, :] for u in self.tree_u],
        )  # fmt: skip

    def _price_rate(self) -> float:
        """About the price of money that makes the budgeted bound least: where the best picks at that price cost the budget (the
        bound is convex in it; any price gives a bound)."""
        longest = max(map(len, self.u))
        worth, cost = np.full((len(self.u), longest), -np.inf), np.zeros((len(self.u), longest))
        for s, (u, c) in enumerate(zip(self.u, self.cost, strict=True)):
            worth[s, : len(u)], cost[s, : len(c)] = u, c
        slots = np.arange(len(self.u))
        low, high = 0.0, 2.0 / max(self.problem.budget, 1.0)
        for _ in range(RATE_STEPS):
            rate = (low + high) / 2
            if cost[slots, (worth - rate * cost).argmax(axis=1)].sum() > self.problem.budget:
                low = rate
            else:
                high = rate
        return (low + high) / 2

    def _expand(
        self, depth: int, picked: np.ndarray, value: np.ndarray, cost: np.ndarray, bits: np.ndarray, shared: np.ndarray,
        open_: list[np.ndarray],
    ) -> None:  # fmt: skip
        """Fills slot `depth` for m partial picks. `open_[j]` (m, n) is what each candidate of slot depth + j would add."""
        size = self.problem.size
        child = value[:, None] + open_[0]
        bound = child
        if depth + 1 < size:
            bound = child + sum(o.max(axis=1) for o in open_[1:])[:, None]
        ok = bound > self.lower + EPSILON
        if self.limited:
            ok &= cost[:, None] + self.tree_cost[depth][None, :] + self.cheapest[depth + 1] <= self.problem.budget
        for number, distance in enumerate(self.distances):
            same = self.tree_same[number][depth]
            if same is not None:
                ok &= shared[:, number][:, None] + same[None, :] <= distance.allowed
        if self.problem.needed and depth + 1 == size:
            ok &= (bits[:, None] | self.tree_bits[depth][None, :]) & self.problem.needed == self.problem.needed
        rows, columns = np.nonzero(ok)
        if not len(rows):
            return
        bounds = bound[rows, columns]
        if depth + 1 == size:
            best = int(bounds.argmax())
            # A forbidden pair inside the pick shows as a value no allowed pick can have.
            if bounds[best] > FORBIDDEN / 2:
                self.lower = float(bounds[best])
                local = [*picked[rows[best]].tolist(), int(columns[best])]
                pick = [0] * size
                for position, slot in enumerate(self.tree_order):
                    pick[slot] = int(self.rows[slot][local[position]])
                self.pick = tuple(pick)
            return
        order = np.argsort(-bounds, kind="stable")
        rows, columns, bounds = rows[order], columns[order], bounds[order]
        width = DIVE if self.diving or self.pick is None else CHUNK
        start = 0
        while start < len(rows):
            if bounds[start] <= self.lower + EPSILON or self.patience < 0:
                return
            self.patience -= 1
            if time.thread_time() > self.deadline:
                self.left_out = max(self.left_out, float(bounds[start]))
                return
            part = slice(start, start + width)
            start += width
            width = min(width * 2, CHUNK) if self.pick is None else CHUNK
            self._descend(depth, picked, child, cost, bits, shared, open_, rows[part], columns[part])
            if self.diving:
                return

    def _descend(
        self, depth: int, picked: np.ndarray, child: np.ndarray, cost: np.ndarray, bits: np.ndarray, shared: np.ndarray,
        open_: list[np.ndarray], rows: np.ndarray, columns: np.ndarray,
    ) -> None:  # fmt: skip
        """Goes one slot deeper with a chunk of children, after cutting them by the bound that knows their pairs."""
        value = child[rows, columns]
        rest = []
        for j, o in enumerate(open_[1:], depth + 1):
            rest.append(o[rows] + self.tree_p[depth, j][columns] if (depth, j) in self.tree_p else o[rows])
        tops = [r.max(axis=1) for r in rest]
        bound = value + sum(tops)
        new_cost = cost[rows] + self.tree_cost[depth][columns]
        if self.limited and self.rate:
            priced = sum(
                (r - self.rate * self.tree_cost[depth + 1 + j][None, :]).max(axis=1) for j, r in enumerate(rest)
            )
            bound = np.minimum(bound, value + priced + self.rate * (self.problem.budget - new_cost))
        new_bits = bits[rows]
        if self.problem.needed:
            new_bits = new_bits | self.tree_bits[depth][columns]
            bound = bound - self._cover_loss(depth, new_bits, rest, tops)
        new_shared = shared[rows].copy()
        for number in range(len(self.distances)):
            same = self.tree_same[number][depth]
            if same is not None:
                new_shared[:, number] += same[columns]
        keep = np.flatnonzero(bound > self.lower + EPSILON)
        if len(keep):
            new_picked = np.concatenate([picked[rows[keep]], columns[keep, None].astype(np.int32)], axis=1)
            self._expand(
                depth + 1,
                new_picked,
                value[keep],
                new_cost[keep],
                new_bits[keep],
                new_shared[keep],
                [r[keep] for r in rest],
            )

    def _cover_loss(self, depth: int, bits: np.ndarray, rest: list[np.ndarray], tops: list[np.ndarray]) -> np.ndarray:
        """(m,): what meeting the open covers costs at least; infinite where no open slot can meet one."""
        loss = np.zeros(len(bits))
        missing = self.problem.needed & ~bits
        bit = 1
        while bit <= self.problem.needed:
            lacking = np.flatnonzero(missing & bit)
            if len(lacking):
                least = np.full(len(lacking), np.inf)
                for j, values in enumerate(rest):
                    can = (self.tree_bits[depth + 1 + j] & bit) != 0
                    if can.any():
                        least = np.minimum(
                            least, tops[j][lacking] - values[np.ix_(lacking, np.flatnonzero(can))].max(axis=1)
                        )
                loss[lacking] = np.maximum(loss[lacking], least)
            bit <<= 1
        return loss
