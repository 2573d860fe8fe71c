"""A branch and bound over a `Problem`: drops candidates by their bounds, walks many partial picks at a time, keeps the best pick.

The bound: a partial pick is worth at most its value and, over the open slots, the best unary given what is picked; no pair left is
worth more than zero. Under a budget the same holds with a price put on money; an open cover takes off what meeting it costs at least.
Picks whose bound does not pass the best value found are cut.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from stylist.ranking.problem import FORBIDDEN, Problem
from stylist.ranking.reduced import EPSILON, Reduced, reduced

CHUNK = 128
DIVE = 16
SMALL = 2.0e4
"""So many picks are enumerated without moving pair scores about once more."""
SWEEPS_AGAIN = 1
FEW_GONE = 0.9
"""With more than this share of the candidates left the bounds are about as tight as they were."""
MOST_STEPS = 1 << 60


@dataclass
class Distance:
    """A pick already made. `same[slot]` is (n candidates,) bool, or None where the slot does not count; a new pick may
    share at most `allowed` of them."""

    same: list[np.ndarray | None]
    allowed: int


@dataclass
class _Picks:
    """m partial picks: `picked` (m, depth), `value`, `cost`, `bits` (m,), `shared` (m, distances) slots with picks already made;
    `open` (m, n) is what each candidate of a slot not yet filled would add, `tops` (m, slots) the most of each such slot."""

    picked: np.ndarray
    value: np.ndarray
    cost: np.ndarray
    bits: np.ndarray
    shared: np.ndarray
    open: np.ndarray
    tops: np.ndarray


class Search:
    """Keeps the best pick over several runs, each over its own candidates."""

    def __init__(
        self, problem: Problem, penalty: list[np.ndarray] | None, distances: list[Distance], above: float, deadline: float
    ) -> None:  # fmt: skip
        self.problem, self.deadline = problem, deadline
        self.penalty = None if penalty is None else np.concatenate(penalty)
        self.allowed = np.array([d.allowed for d in distances])
        self.same = _same(problem, distances)
        self.lower = above
        self.pick: tuple[int, ...] | None = None
        self.left_out = -np.inf
        self.patience = MOST_STEPS

    def run(self, mask: np.ndarray | None = None, patience: int = MOST_STEPS) -> bool:
        """Searches the candidates under `mask` (N,), all without; False where `patience` steps were not enough to prove the best."""
        whole = reduced(self.problem, self.lower)
        if whole is None:
            return True
        unary = whole.unary if self.penalty is None else whole.unary - self.penalty[whole.index]
        alive = whole.alive(unary, self.lower)
        if mask is not None:
            alive &= mask[whole.index]
        left = whole.kept(alive, unary)
        if left is not None and left.layout.picks > SMALL and len(left.index) <= FEW_GONE * len(whole.index):
            # The bounds are loose after candidates are gone and others penalized.
            left = left.tightened(SWEEPS_AGAIN)
            left = left.kept(left.alive(left.unary, self.lower), left.unary)
        if left is None:
            return True
        self.patience = patience
        if not np.isfinite(self.lower) and left.layout.picks > SMALL:
            self._start(left, diving=True)
            left = left.kept(left.alive(left.unary, self.lower), left.unary)
            if left is None:
                return True
        self._start(left, diving=False)
        done = self.patience >= 0
        self.patience = MOST_STEPS
        return done

    def _start(self, left: Reduced, diving: bool) -> None:
        """Walks the tree; diving takes only the first few children everywhere, for a good pick soon."""
        self.left, self.diving = left, diving
        self.same_left = self.same[left.index]
        least = np.minimum.reduceat(left.limits.cost, left.layout.starts) if self.problem.limited else np.zeros(self.problem.size)
        self.cheapest = [*np.cumsum(least[::-1])[::-1].tolist(), 0.0]
        zero = np.zeros(1)
        tops = np.maximum.reduceat(left.unary, left.layout.starts)[None, :]
        start = _Picks(
            np.zeros((1, 0), np.int32), zero, zero, np.zeros(1, np.int64), np.zeros((1, len(self.allowed)), np.int64),
            left.unary[None, :], tops,
        )  # fmt: skip
        self._expand(0, start)

    def _expand(self, depth: int, picks: _Picks) -> None:
        """Fills slot `depth`."""
        left, limits = self.left, self.left.limits
        here = left.layout.slices[depth]
        child = picks.value[:, None] + picks.open[:, : here.stop - here.start]
        last = depth + 1 == self.problem.size
        bound = child if last else child + picks.tops[:, 1:].sum(axis=1)[:, None]
        ok = bound > self.lower + EPSILON
        if self.problem.limited:
            ok &= picks.cost[:, None] + limits.cost[here] + self.cheapest[depth + 1] <= self.problem.budget
        for number, allowed in enumerate(self.allowed):
            ok &= picks.shared[:, number, None] + self.same_left[here, number] <= allowed
        if self.problem.needed and last:
            ok &= (picks.bits[:, None] | limits.bits[here]) & self.problem.needed == self.problem.needed
        rows, columns = np.nonzero(ok)
        if not len(rows):
            return
        bounds = bound[rows, columns]
        if last:
            best = int(bounds.argmax())
            self._found(float(bounds[best]), [*picks.picked[rows[best]].tolist(), int(columns[best])])
            return
        order = np.argsort(-bounds, kind="stable")
        rows, columns, bounds = rows[order], columns[order], bounds[order]
        values = child[rows, columns]
        width = DIVE if not np.isfinite(self.lower) or self.diving else CHUNK
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
            width = min(width * 2, CHUNK)
            self._descend(depth, picks, values[part], rows[part], columns[part])
            if self.diving:
                return

    def _found(self, value: float, local: list[int]) -> None:
        # A forbidden pair inside the pick shows as a value no allowed pick can have.
        if value <= FORBIDDEN / 2:
            return
        self.lower = value
        left, layout = self.left, self.problem.layout
        pick = [0] * self.problem.size
        for position, slot in enumerate(left.order):
            flat = left.index[left.layout.slices[position].start + local[position]]
            pick[slot] = int(flat - layout.starts[slot])
        self.pick = tuple(pick)

    def _descend(self, depth: int, picks: _Picks, value: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
        """Goes one slot deeper with a chunk of children, after cutting them by the bound that knows their pairs."""
        left, limits, problem = self.left, self.left.limits, self.problem
        here = left.layout.slices[depth]
        after = slice(here.stop, None)
        starts = left.layout.starts[depth + 1 :] - here.stop
        rest = picks.open[:, here.stop - here.start :][rows]
        rest += left.tables[depth][columns]
        tops = np.maximum.reduceat(rest, starts, axis=1)
        bound = tops.sum(axis=1)
        cost, bits, shared = picks.cost[rows], picks.bits[rows], picks.shared[rows]
        if problem.needed:
            bits = bits | limits.bits[here][columns]
            bound -= self._cover_loss(bits, limits.bits[after], rest, tops, starts)
        if problem.limited:
            cost = cost + limits.cost[here][columns]
            if limits.rate:
                priced = rest - limits.rate * limits.cost[after]
                tops_priced = np.maximum.reduceat(priced, starts, axis=1)
                paid = tops_priced.sum(axis=1) + limits.rate * (problem.budget - cost)
                # What a cover costs differs once money has a price: each bound takes off its own.
                if problem.needed:
                    paid -= self._cover_loss(bits, limits.bits[after], priced, tops_priced, starts)
                np.minimum(bound, paid, out=bound)
        bound += value
        if len(self.allowed):
            shared = shared + self.same_left[here][columns]
        keep = np.flatnonzero(bound > self.lower + EPSILON)
        if not len(keep):
            return
        picked = np.concatenate([picks.picked[rows[keep]], columns[keep, None].astype(np.int32)], axis=1)
        if len(keep) == len(rows):
            self._expand(depth + 1, _Picks(picked, value, cost, bits, shared, rest, tops))
        else:
            self._expand(depth + 1, _Picks(picked, value[keep], cost[keep], bits[keep], shared[keep], rest[keep], tops[keep]))

    def _cover_loss(self, met: np.ndarray, bits: np.ndarray, rest: np.ndarray, tops: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """(m,): what meeting the open covers costs at least; infinite where no open slot can meet one."""
        loss = np.zeros(len(met))
        missing = self.problem.needed & ~met
        bit = 1
        while bit <= self.problem.needed:
            lacking = np.flatnonzero(missing & bit)
            if len(lacking):
                meets = np.maximum.reduceat(np.where((bits & bit) != 0, rest[lacking], -np.inf), starts, axis=1)
                loss[lacking] = np.maximum(loss[lacking], (tops[lacking] - meets).min(axis=1))
            bit <<= 1
        return loss


def _same(problem: Problem, distances: list[Distance]) -> np.ndarray:
    """(N, distances): 1 where a candidate stands in a pick already made, in a slot that counts."""
    columns = [
        np.concatenate([np.zeros(len(u), np.int8) if same is None else same.astype(np.int8) for u, same in zip(problem.unary, d.same, strict=True)])
        for d in distances
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((len(problem.layout.slot), 0), np.int8)
