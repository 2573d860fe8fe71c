"""Turns what an outfit may be (`masks.Plan`) into search problems, one for each shape: candidates, scores and limits.

Few rows of a slot are searched first; `floor`, what the answer found among them is worth, then says which others can matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from stylist.ranking import dominance, money
from stylist.ranking.barred import barred, sides
from stylist.ranking.harmony import AttributeHarmony, Harmony
from stylist.ranking.masks import Plan, Shape
from stylist.ranking.problem import FORBIDDEN, Problem
from stylist.ranking.rules import Rules
from stylist.ranking.scoring import Weights
from stylist.ranking.table import ItemTable
from stylist.state import DialogState

FIRST_CANDIDATES = 24
MOST_CANDIDATES = 480
OF_EACH_KIND = 4
SLACK = 1.0e-5
"""What single precision may take from a bound."""
BARRED = FORBIDDEN * 1.0e3
"""Harmony of two items that must not meet: times a pair's weight it is still far below any outfit's score."""


@dataclass
class Candidate:
    """A shape made into a search problem. `rows[s]` are the table's rows that may fill slot s."""

    slots: tuple[str, ...]
    rows: list[np.ndarray]
    problem: Problem
    offset: float
    """What every outfit of the shape scores besides unary and pairs."""
    left_out: float = -np.inf
    """A bound on the score of any outfit with an item that was left out of `rows` to keep them few."""


@dataclass
class Question:
    """One question: the table with the anchor, and everything an item is worth by itself."""

    state: DialogState
    table: ItemTable
    harmony: Harmony
    rules: Rules
    relevance: np.ndarray
    sense: bool = True
    """Whether pairs that styling sense keeps apart are forbidden."""
    _sides: dict[bool, np.ndarray] = field(default_factory=dict)

    def forbidden(self, a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
        """(len(a), len(b)) bool of pairs that must not meet; None where there are none."""
        return barred(self.sides[a], self.sides[b])

    @property
    def sides(self) -> np.ndarray:
        """(n,) as `barred.sides`."""
        if self.sense not in self._sides:
            self._sides[self.sense] = sides(self.table, self.sense, self.rules.spared)
        return self._sides[self.sense]

    @cached_property
    def fit(self) -> np.ndarray:
        return self.rules.fit(self.table)


def limit(wanted: Plan, below: float | None) -> float:
    """What an outfit may cost, in the budget's currency."""
    total = np.inf if wanted.total is None else wanted.total
    return min(total, np.inf if below is None else below) + money.TOLERANCE


@dataclass
class _Pool:
    """The rows that may fill a slot: `all` of them, and `rows`, those that are searched. `bound[shape]` (all,) is what an outfit
    of that shape with the row scores at most."""

    all: np.ndarray
    rows: np.ndarray
    bound: dict[int, np.ndarray] = field(default_factory=dict)

    def left_out(self, shape: int) -> float:
        """The bound of the best row that is not searched."""
        return float(self.bound[shape][self.others].max(initial=-np.inf))

    @cached_property
    def others(self) -> np.ndarray:
        """(all,) bool: the rows that are not searched."""
        return np.isin(self.all, self.rows, assume_unique=True, invert=True)


@dataclass
class _Pairs:
    """Harmony of the rows of two pools: `score` (a, b), and the best of each row of either, `left` (a,) and `right` (b,)."""

    score: np.ndarray
    left: np.ndarray
    right: np.ndarray


@dataclass
class _Columns:
    """Of the rows of a pool that are searched: their `value`, `price`, covers met as `bits`, all `met` by any, `sides` of rules."""

    value: np.ndarray
    price: np.ndarray
    bits: np.ndarray
    met: int
    sides: np.ndarray


class _Maker:
    """Makes the problems of one plan; pools and pair scores are shared by the shapes that need them."""

    def __init__(
        self, question: Question, wanted: Plan, below: float | None, value: np.ndarray, weights: Weights, pair_weight: float, spare: int
    ) -> None:  # fmt: skip
        self.spare = spare
        self.question, self.wanted, self.value, self.weights, self.pair_weight = question, wanted, value, weights, pair_weight
        self.limit = limit(wanted, below)
        self.bits = np.zeros(len(question.table), np.int64)
        for number, cover in enumerate(wanted.covers):
            self.bits |= cover.mask.astype(np.int64) << number
        self.pools: dict[int, _Pool] = {}
        self.shapes: list[tuple[Shape, list[_Pool]]] = []
        for shape in wanted.shapes:
            pools = [self._pool(mask) for mask in shape.masks.values()]
            if all(len(pool.all) for pool in pools):
                self.shapes.append((shape, pools))
        self._kept: dict[int, _Columns] = {}
        self._pairs: dict[tuple[int, int], _Pairs | None] = {}

    def _pool(self, mask: np.ndarray) -> _Pool:
        key = id(mask)  # the plan keeps it
        if key not in self.pools:
            rows = np.flatnonzero(mask)
            if np.isfinite(self.limit):
                rows = rows[np.nan_to_num(self.wanted.price[rows], nan=np.inf) <= self.limit]
            self.pools[key] = _Pool(rows, rows)
        return self.pools[key]

    def parts(self, shape: Shape) -> tuple[float, float, float]:
        """What an item's value, a pair's harmony and the shape itself count for in an outfit's score."""
        n = len(shape.slots)
        extras = self.weights.completeness * sum(self.weights.extras.get(slot, 0.0) for slot in shape.slots)
        if not self.pair_weight:
            return 1.0, 0.0, extras
        per_pair = self.pair_weight / (n * (n - 1) / 2) if n > 1 else 0.0
        return 1.0 / n, per_pair, extras + (self.weights.harmony if n == 1 else 0.0)

    def narrow(self, floor: float, most: int) -> None:
        """Leaves in each pool the rows that an outfit worth `floor` may hold, about `most` of them at the most."""
        self._bound_by_value(floor)
        if np.isfinite(floor):
            self._bound_by_harmony()
        for pool in self.pools.values():
            best = np.max([b for b in pool.bound.values()], axis=0) if pool.bound else np.zeros(0)
            left = pool.all[best >= floor - SLACK] if len(best) else pool.all[:0]
            if self.spare and np.isfinite(floor) and len(left) > self.spare:
                left = self._needed(pool, left)
            pool.rows = self._trim(left, most)

    def _needed(self, pool: _Pool, rows: np.ndarray) -> np.ndarray:
        """The rows without those that enough others surpass; these are gone for good."""
        harmony = self.question.harmony
        if not isinstance(harmony, AttributeHarmony):
            return rows
        price = self.wanted.price[rows] if np.isfinite(self.limit) else None
        items = dominance.Items(rows, self.value[rows], self.bits[rows], self.question.sides[rows], price)
        needed = dominance.needed(items, harmony, self.pair_weight, self.spare)
        keep = ~np.isin(pool.all, rows[~needed], assume_unique=True)
        pool.all = pool.all[keep]
        pool.bound = {number: bound[keep] for number, bound in pool.bound.items()}
        return rows[needed]

    def _bound_by_value(self, floor: float) -> None:
        """Bounds that take every pair to go together perfectly; rows below `floor` by them are gone for good."""
        for number, (shape, pools) in enumerate(self.shapes):
            share, _, offset = self.parts(shape)
            tops = [float(self.value[pool.all].max()) for pool in pools]
            for pool, top in zip(pools, tops, strict=True):
                rest = share * (sum(tops) - top) + self.pair_weight + offset
                pool.bound[number] = share * self.value[pool.all] + rest
        if np.isfinite(floor):
            for pool in self.pools.values():
                if pool.bound:
                    keep = np.max(list(pool.bound.values()), axis=0) >= floor - SLACK
                    pool.all = pool.all[keep]
                    pool.bound = {number: bound[keep] for number, bound in pool.bound.items()}

    def _bound_by_harmony(self) -> None:
        """Lowers the bounds to what each row's best partners of the other slots allow."""
        pools = [pool for pool in self.pools.values() if pool.bound]
        if any(not len(pool.all) for pool in pools):
            return
        rows = np.concatenate([pool.all for pool in pools])
        ends = np.cumsum([len(pool.all) for pool in pools])[:-1]
        most = {id(t): np.split(self.question.harmony.most(rows, t.all), ends) for t in pools}
        place = {id(pool): n for n, pool in enumerate(pools)}
        for number, (shape, own) in enumerate(self.shapes):
            share, per_pair, offset = self.parts(shape)
            best = [share * self.value[pool.all] for pool in own]
            # Each of two partners takes half of their pair's score.
            half = [b + sum(most[id(t)][place[id(s)]] for t in own if t is not s) * (per_pair / 2) for s, b in zip(own, best, strict=True)]
            for k, s in enumerate(own):
                rest = [half[j] - per_pair / 2 * most[id(s)][place[id(t)]] for j, t in enumerate(own) if j != k]
                bound = 2 * half[k] - best[k] + sum(float(r.max()) for r in rest) + offset
                s.bound[number] = np.minimum(s.bound[number], bound)

    def _trim(self, rows: np.ndarray, most: int) -> np.ndarray:
        """About `most` of the rows: those worth most, and of every kind the best and the cheapest.

        A kind is a gender and a set of covers met. Since the cheapest of each kind stays, a promise that can be kept with all
        rows can be kept with these.
        """
        if len(rows) <= most:
            return rows
        keep = [rows[_first(-self.value[rows], most)]]
        kind = self.bits[rows] * 8 + self.question.table.codes["gender"][rows]
        price = np.nan_to_num(self.wanted.price[rows], nan=np.inf) if np.isfinite(self.limit) else None
        for one in np.unique(kind):
            group = rows[kind == one]
            keep.append(group[_first(-self.value[group], OF_EACH_KIND)])
            if price is not None:
                keep.append(group[_first(price[kind == one], OF_EACH_KIND)])
        return np.unique(np.concatenate(keep))

    def _columns(self, pool: _Pool) -> _Columns:
        """The columns of the rows that are searched."""
        if id(pool) not in self._kept:
            rows, bits = pool.rows, self.bits[pool.rows]
            price = np.nan_to_num(self.wanted.price[rows]) if np.isfinite(self.limit) else np.zeros(len(rows))
            self._kept[id(pool)] = _Columns(self.value[rows], price, bits, int(np.bitwise_or.reduce(bits, initial=0)), self.question.sides[rows])
        return self._kept[id(pool)]

    def pair(self, a: _Pool, b: _Pool) -> _Pairs | None:
        """Harmony of the rows of two pools, BARRED where two items must not meet; None where all would be zero."""
        key = (id(a), id(b))
        if key not in self._pairs:
            forbidden = barred(self._columns(a).sides, self._columns(b).sides)
            score = None
            if self.pair_weight:
                score = np.array(self.question.harmony.pair_scores(a.rows, b.rows), np.float32)
            elif forbidden is not None:
                score = np.zeros(forbidden.shape, np.float32)
            if score is not None and forbidden is not None:
                np.copyto(score, BARRED, where=forbidden)
            self._pairs[key] = None if score is None else _Pairs(score, score.max(axis=1), score.max(axis=0))
        return self._pairs[key]

    def candidate(self, number: int, floor: float) -> Candidate | None:
        """The problem of a shape; None where no outfit of it is worth `floor`."""
        shape, pools = self.shapes[number]
        share, per_pair, offset = self.parts(shape)
        n = len(pools)
        left_out = max(pool.left_out(number) for pool in pools)
        rows = [pool.rows for pool in pools]
        own = [self._columns(pool) for pool in pools]
        needed = (1 << len(self.wanted.covers)) - 1
        if not all(map(len, rows)) or np.bitwise_or.reduce([columns.met for columns in own]) != needed:
            return None
        scale = per_pair or 1.0
        pairs = {(s, t): found for s in range(n) for t in range(s + 1, n) if (found := self.pair(pools[s], pools[t])) is not None}
        tops = [np.zeros((n, len(r))) for r in rows]
        for (s, t), found in pairs.items():
            np.multiply(found.left, scale, out=tops[s][t])
            np.multiply(found.right, scale, out=tops[t][s])
        problem = Problem(
            [columns.value * share for columns in own],
            {edge: found.score for edge, found in pairs.items()},
            [columns.price for columns in own],
            self.limit,
            [columns.bits for columns in own],
            needed,
            scale,
            tops,
            floor - offset - SLACK,
        )
        return Candidate(shape.slots, rows, problem, offset, left_out) if problem.bound() >= floor - offset - SLACK else None


def _first(values: np.ndarray, count: int) -> np.ndarray:
    """The places of the `count` least values."""
    return np.argpartition(values, count)[:count] if len(values) > count else np.arange(len(values))


def candidates(
    question: Question, wanted: Plan, below: float | None, value: np.ndarray, weights: Weights, pair_weight: float,
    floor: float = -np.inf, most: int = MOST_CANDIDATES, spare: int = 0,
) -> list[Candidate]:  # fmt: skip
    """A search problem per shape that can be filled.

    `value` (n,) is what each item is worth by itself. With a `pair_weight`, harmony's, outfits score means of values and
    pairs; without one the plain sum of values. `below` is a limit on the total besides the budget. Outfits worth less than
    `floor` may be missing from the problems, and those with an item that is not among about `most` of its slot: what they can
    be worth, `Candidate.left_out` bounds. With `spare` and a floor, outfits may be missing with an item that `spare` others surpass:
    among as many choices, each far enough from those before by the items themselves, none is ever the best.
    """
    maker = _Maker(question, wanted, below, value, weights, pair_weight, spare)
    maker.narrow(floor, most)
    made = [maker.candidate(number, floor) for number in range(len(maker.shapes))]
    return [candidate for candidate in made if candidate is not None]
