"""A branch and bound over a `Problem`: drops candidates by their bounds, walks many partial picks at a time, keeps the best pick.

The bound: a partial pick is worth at most its value and, over the open slots, the best unary given what is picked; no pair left is
worth more than zero. Under a budget the same holds with a price put on money; an open cover takes off what meeting it costs at least.
Picks whose bound does not pass the best value found are cut.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from stylist.ranking.problem import FORBIDDEN, Problem, price_rate, reach, tighten

CHUNK = 128
DIVE = 16
SMALL = 2.0e4
"""So many picks are enumerated without moving pair scores about much."""
ROUNDS = 1
"""Of dropping candidates by bounds, each with the bounds of those left."""
WORTH_AGAIN = 0.7
"""Another round is worth its time where no more than this share of the candidates was left."""
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
        self, problem: Problem, unary: list[np.ndarray], distances: list[Distance], above: float, deadline: float
    ) -> None:  # fmt: skip
        self.problem, self.unary = problem, unary
        self.distances, self.deadline = distances, deadline
        self.lower = above
        self.pick: tuple[int, ...] | None = None
        self.left_out = -np.inf
        self.patience = MOST_STEPS
        self.limited = problem.limited

    def run(self, masks: list[np.ndarray] | None = None, patience: int = MOST_STEPS) -> bool:
        """Searches the candidates under `masks`, all without; False where `patience` steps were not enough to prove the best."""
        rows = self._reachable([np.flatnonzero(m) for m in masks] if masks is not None else None)
        if rows is None:
            return True
        self._load(rows)
        if not self._settle():
            return True
        self.patience = patience
        if self.pick is None and self._picks() > SMALL:
            self._start(diving=True)
            if not self._cut():
                return True
        self._start(diving=False)
        done = self.patience >= 0
        self.patience = MOST_STEPS
        return done

    def _reachable(self, rows: list[np.ndarray] | None) -> list[np.ndarray] | None:
        """Of `rows`, those that a good enough pick may hold, by bounds that need no pair scores; None where a slot has none."""
        unary = self.unary if rows is None else [u[r] for u, r in zip(self.unary, rows, strict=True)]
        for _ in range(ROUNDS):
            alive = [bound > self.lower + EPSILON for bound in self.problem.reach(unary, rows)]
            keep = [np.flatnonzero(a) for a in alive]
            if not all(map(len, keep)):
                return None
            before = sum(map(len, unary))
            rows = keep if rows is None else [r[k] for r, k in zip(rows, keep, strict=True)]
            unary = [u[k] for u, k in zip(unary, keep, strict=True)]
            if sum(map(len, rows)) > WORTH_AGAIN * before:
                break
        return rows

    def _load(self, rows: list[np.ndarray]) -> None:
        problem = self.problem
        self.rows = rows
        self.u = [u[r] for u, r in zip(self.unary, rows, strict=True)]
        self.cost = [p[r] for p, r in zip(problem.price, rows, strict=True)] if self.limited else []
        self.bits = [c[r] for c, r in zip(problem.covers, rows, strict=True)] if problem.needed else []
        self.same = [
            [None if same is None else same[r].astype(np.int8) for same, r in zip(d.same, rows, strict=True)]
            for d in self.distances
        ]
        self.p = {(s, t): problem.pair((s, t), rows[s], rows[t]) for s, t in problem.pairs}
        self.rate = problem.rate

    def _picks(self) -> float:
        return float(np.prod([float(len(u)) for u in self.u]))

    def _settle(self) -> bool:
        """Moves pair scores into the unary ones until no pair is worth more than zero, dropping what cannot be in a good enough
        pick; False where a slot has no candidate left."""
        for _ in range(ROUNDS):
            before = sum(map(len, self.u))
            if self._picks() <= SMALL:
                self._level()
                return self._cut()
            self._retighten()
            if not self._cut():
                return False
            if sum(map(len, self.u)) > WORTH_AGAIN * before:
                break
        return True

    def _level(self) -> None:
        """Moves each pair score of a candidate of one slot down to its best."""
        self.u = list(self.u)
        for (s, t), score in self.p.items():
            best = score.max(axis=1)
            self.u[s] = self.u[s] + best
            self.p[s, t] = score - best[:, None]

    def _retighten(self) -> None:
        """Message passing over the candidates left, with the price of money in it where there is a budget."""
        if not self.limited:
            self.u, self.p = tighten(self.u, self.p)
            return
        priced = [u - self.rate * c for u, c in zip(self.u, self.cost, strict=True)]
        tight, self.p = tighten(priced, self.p)
        self.u = [q + self.rate * c for q, c in zip(tight, self.cost, strict=True)]
        self.rate = price_rate(self.u, self.cost, self.problem.budget)

    def _keep(self, keep: list[np.ndarray]) -> None:
        """Drops candidates: `keep[s]` are indices into what slot s holds now."""
        self.rows = [r[k] for r, k in zip(self.rows, keep, strict=True)]
        self.u = [u[k] for u, k in zip(self.u, keep, strict=True)]
        self.cost = [c[k] for c, k in zip(self.cost, keep, strict=True)] if self.limited else []
        self.bits = [b[k] for b, k in zip(self.bits, keep, strict=True)] if self.problem.needed else []
        self.same = [[None if d is None else d[k] for d, k in zip(same, keep, strict=True)] for same in self.same]
        self.p = {(s, t): p.take(keep[s], axis=0).take(keep[t], axis=1) for (s, t), p in self.p.items()}

    def _cut(self) -> bool:
        """Drops candidates that no good enough pick holds; False where a slot has none left."""
        for _ in range(ROUNDS):
            alive = self._alive()
            if not all(a.any() for a in alive):
                return False
            if all(a.all() for a in alive):
                return True
            self._keep([np.flatnonzero(a) for a in alive])
        return True

    def _alive(self) -> list[np.ndarray]:
        result = [bound > self.lower + EPSILON for bound in reach(self.u, None, self.bits, self.problem.needed)]
        if self.limited:
            budget = self.problem.budget
            priced = [u - self.rate * c for u, c in zip(self.u, self.cost, strict=True)]
            least = [float(c.min()) for c in self.cost]
            for s, bound in enumerate(reach(priced, None, self.bits, self.problem.needed)):
                affordable = sum(least) - least[s] + self.cost[s] <= budget
                result[s] &= affordable & (bound + self.rate * budget > self.lower + EPSILON)
        return result

    def _start(self, diving: bool) -> None:
        """Walks the tree; diving takes only the first few children everywhere, for a good pick soon."""
        self.diving = diving
        size = self.problem.size
        # Slots with few candidates first: the tree stays narrow where the bound is loose.
        order = sorted(range(size), key=lambda s: len(self.u[s]))
        self.tree_order = order
        self.tree_u = [self.u[s] for s in order]
        self.tree_cost = [self.cost[s] for s in order] if self.limited else []
        self.tree_bits = [self.bits[s] for s in order] if self.problem.needed else []
        self.tree_same = [[same[s] for s in order] for same in self.same]
        self.tree_p: dict[tuple[int, int], np.ndarray] = {}
        for a in range(size):
            for b in range(a + 1, size):
                s, t = order[a], order[b]
                if (min(s, t), max(s, t)) in self.p:
                    self.tree_p[a, b] = self.p[s, t] if s < t else self.p[t, s].T
        self.cheapest = [0.0] * (size + 1)
        if self.limited:
            for a in reversed(range(size)):
                self.cheapest[a] = self.cheapest[a + 1] + float(self.tree_cost[a].min())
        start = np.zeros(1)
        self._expand(
            0, np.zeros((1, 0), np.int32), start, start.copy(), np.zeros(1, np.int64),
            np.zeros((1, len(self.distances)), np.int8), [u[None, :] for u in self.tree_u],
        )  # fmt: skip

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
        new_cost = cost[rows] + self.tree_cost[depth][columns] if self.limited else cost[rows]
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
