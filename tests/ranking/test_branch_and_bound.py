"""The search against enumeration."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylist.ranking.problem import FORBIDDEN, Layout, Problem, tighten
from stylist.ranking.reduced import reduced
from stylist.ranking.search import Distance, best


def _problem(rng: np.random.Generator) -> Problem:
    sizes = rng.integers(1, 6, rng.integers(1, 6))
    levels = rng.choice([3, 1000])  # few levels make many ties
    unary = [rng.integers(0, levels, n) / levels for n in sizes]
    pairs = {}
    for s, t in itertools.combinations(range(len(sizes)), 2):
        if rng.random() < 0.9:
            pairs[s, t] = rng.integers(0, levels, (sizes[s], sizes[t])) / levels
            if rng.random() < 0.3:
                pairs[s, t][rng.random(pairs[s, t].shape) < 0.3] = FORBIDDEN
    needed = int(rng.choice([0, 1, 3]))
    return Problem(
        unary,
        pairs,
        [rng.integers(0, 50, n).astype(float) for n in sizes],
        float(rng.choice([np.inf, 60.0, 120.0])),
        [rng.integers(0, 4, n) * (rng.random(n) < 0.4) for n in sizes],
        needed,
    )


def _enumerate(problem: Problem, penalty: list[np.ndarray], distances: list[Distance]) -> float:
    most = -np.inf
    for pick in itertools.product(*(range(len(u)) for u in problem.unary)):
        pairs = [p[pick[s], pick[t]] for (s, t), p in problem.pairs.items()]
        bits = 0
        for s, c in enumerate(pick):
            bits |= int(problem.covers[s][c])
        if (
            min(pairs, default=0) <= FORBIDDEN / 2
            or sum(problem.price[s][c] for s, c in enumerate(pick)) > problem.budget
            or bits & problem.needed != problem.needed
            or any(
                sum(bool(d.same[s][c]) for s, c in enumerate(pick) if d.same[s] is not None) > d.allowed
                for d in distances
            )
        ):
            continue
        most = max(most, sum(problem.unary[s][c] - penalty[s][c] for s, c in enumerate(pick)) + sum(pairs))
    return most


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_finds_what_enumeration_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = _problem(rng)
    penalty = [rng.random(len(u)) * 0.1 for u in problem.unary]
    distances = [
        Distance(
            [rng.random(len(u)) < 0.4 if rng.random() < 0.8 else None for u in problem.unary], int(rng.integers(0, 3))
        )
        for _ in range(rng.integers(0, 3))
    ]
    expected = _enumerate(problem, penalty, distances)
    found = best(problem, penalty, distances)
    if np.isinf(expected):
        assert found.pick is None
    else:
        assert found.value == pytest.approx(expected, abs=1e-8)
        assert found.bound <= found.value + 1e-8
        assert problem.bound() >= expected - 1e-8


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_tightening_keeps_sums_and_leaves_no_pair_above_zero(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = _problem(rng)
    layout = Layout([len(u) for u in problem.unary])
    tables = [
        np.concatenate([np.zeros((len(u), 0))] + [problem.pairs.get((s, t), np.zeros((len(u), n))) for t, n in enumerate(layout.sizes) if t > s], axis=1)
        for s, u in enumerate(problem.unary)
    ]
    unary, tight = tighten(problem.worth, tables, layout)
    for table in tight:
        assert table.max(initial=0.0) <= 1e-9
    for pick in itertools.islice(itertools.product(*map(range, layout.sizes)), 50):
        flat = [layout.starts[s] + c for s, c in enumerate(pick)]
        before, after = (
            sum(u[n] for n in flat) + sum(p[pick[s], flat[t] - layout.ends[s]] for s, p in enumerate(pairs) for t in range(s + 1, len(pick)))
            for u, pairs in ((problem.worth, tables), (unary, tight))
        )
        assert after == pytest.approx(before, abs=1e-6)


def _limited(rng: np.random.Generator) -> tuple[Problem, float]:
    """A problem of several hundred thousand picks with a budget and a cover that few meet, and what its best pick is worth."""
    sizes = [16, 14, 18, 15, 12]
    unary = [rng.random(n) / 5 for n in sizes]
    pairs = {(s, t): rng.random((sizes[s], sizes[t])) / 30 for s, t in itertools.combinations(range(5), 2)}
    price = [rng.integers(5, 60, n).astype(float) + 30 * u for n, u in zip(sizes, unary, strict=True)]
    covers = [(rng.random(n) < 0.15).astype(np.int64) for n in sizes]
    covers[0][0] = 1
    problem = Problem(unary, pairs, price, float(rng.integers(90, 130)), covers, 1)
    axes = np.ix_(*map(np.arange, sizes))
    value = sum((u[axis] for u, axis in zip(unary, axes, strict=True)), np.zeros(sizes))
    value = value + sum(p[axes[s], axes[t]] for (s, t), p in pairs.items())
    cost = sum((p[axis] for p, axis in zip(price, axes, strict=True)), np.zeros(sizes))
    met = sum((c[axis] for c, axis in zip(covers, axes, strict=True)), np.zeros(sizes, np.int64))
    return problem, float(np.where((cost <= problem.budget) & (met > 0), value, -np.inf).max())


@pytest.mark.parametrize("below", [1e-6, 1e-3, 0.05, np.inf])
@pytest.mark.parametrize("seed", range(12))
def test_budget_and_cover_together_are_exact_from_any_floor(seed: int, below: float) -> None:
    problem, most = _limited(np.random.default_rng(seed))
    found = best(problem, above=most - below)
    assert found.value == pytest.approx(most, abs=1e-9)
    assert found.bound <= found.value + 1e-9
    assert best(problem, above=most + 1e-6).pick is None


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_between_searches_changes_no_answer(seed: int) -> None:
    problem, most = _limited(np.random.default_rng(seed))
    floored = replace(problem, floor=most - 0.05, reduced=None)
    rng = np.random.default_rng(seed)
    for above in (most - 1e-3, most - 0.04, most - 0.2):
        penalty = [rng.random(len(u)) * 0.02 for u in problem.unary]
        fresh = best(replace(problem, reduced=None), penalty, above=above)
        for kept in (problem, floored):
            again = best(kept, penalty, above=above)
            assert (again.pick is None) == (fresh.pick is None)
            assert again.pick is None or again.value == pytest.approx(fresh.value, abs=1e-9)


def test_large_problem_is_exact_within_its_bound() -> None:
    rng = np.random.default_rng(5)
    sizes = [30, 35, 40, 25]
    unary = [rng.random(n) / 4 for n in sizes]
    pairs = {(s, t): rng.random((sizes[s], sizes[t])) / 12 for s, t in itertools.combinations(range(4), 2)}
    problem = Problem(unary, pairs, [np.zeros(n) for n in sizes], covers=[np.zeros(n, np.int64) for n in sizes])
    found = best(problem)
    total = (
        unary[0][:, None, None, None] + unary[1][None, :, None, None] + unary[2][None, None, :, None] + unary[3]
        + pairs[0, 1][:, :, None, None] + pairs[0, 2][:, None, :, None] + pairs[0, 3][:, None, None, :]
        + pairs[1, 2][None, :, :, None] + pairs[1, 3][None, :, None, :] + pairs[2, 3][None, None, :, :]
    )  # fmt: skip
    assert found.value == pytest.approx(total.max(), abs=1e-9)


def test_past_its_deadline_it_says_what_it_may_have_missed() -> None:
    rng = np.random.default_rng(0)
    sizes = [80] * 5
    unary = [rng.random(n) / 50 for n in sizes]
    pairs = {e: rng.random((80, 80)) for e in itertools.combinations(range(5), 2)}
    problem = Problem(unary, pairs, [np.zeros(n) for n in sizes], covers=[np.zeros(n, np.int64) for n in sizes])
    found = best(problem, deadline=0.0)
    assert found.pick is None or found.bound > found.value
    assert found.bound <= problem.bound()


def test_candidates_that_go_with_nothing_are_gone_without_a_floor() -> None:
    rng = np.random.default_rng(3)
    sizes = [12, 14, 13]
    pairs = {e: rng.random((sizes[e[0]], sizes[e[1]])) for e in itertools.combinations(range(3), 2)}
    pairs[0, 1][:4] = FORBIDDEN
    pairs[1, 2][:, 5:] = FORBIDDEN
    problem = Problem([rng.random(n) for n in sizes], pairs, [np.zeros(n) for n in sizes], covers=[np.zeros(n, np.int64) for n in sizes])
    left = reduced(problem, -np.inf)
    assert left is not None and sorted(left.layout.sizes.tolist()) == [5, 8, 14]
    assert left.alive(left.unary, -np.inf).all()
