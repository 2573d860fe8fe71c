"""Smallest sets to give up, against trying all of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylist.ranking.conflicts import Demands, OutOfTime, Search


def _subsets(of: Iterable[int]) -> list[Demands]:
    of = sorted(of)
    return [frozenset(s) for s in chain.from_iterable(combinations(of, size) for size in range(len(of) + 1))]


def _by_trying_all(count: int, met: Callable[[Demands], bool]) -> set[Demands]:
    enough = [given for given in _subsets(range(count)) if met(given)]
    least = min(map(len, enough), default=0)
    return {given for given in enough if len(given) == least}


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_smallest_set_is_found_and_no_other(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randint(1, 9)
    switches = frozenset(rng.sample(range(count), rng.randint(0, min(3, count))))
    plain = sorted(set(range(count)) - switches)
    # Each choice of switches has conflicts of its own, or no order at all.
    clauses = {s: [frozenset(rng.sample(plain, rng.randint(0 if rng.random() < 0.1 else 1, len(plain)))) for _ in range(rng.randint(0, 5))] if plain else [] for s in _subsets(switches)}
    wild = {s: frozenset(g for g in _subsets(plain) if rng.random() < 0.1) if rng.random() < 0.2 else None for s in clauses}

    def met(given: Demands) -> bool:
        lawless = wild[given & switches]
        if lawless is not None:
            return given - switches in lawless
        return all(given & clause for clause in clauses[given & switches])

    def hopeless(given: Demands) -> bool:
        lawless = wild[given & switches]
        if lawless is not None:
            return not any(plainly <= given for plainly in lawless)
        return not met(given)

    found = list(Search(count, switches, met, hopeless).smallest())
    assert len(found) == len(set(found))
    assert set(found) == _by_trying_all(count, met)


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_nothing_of_the_fast_answer_can_be_taken_back(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randint(1, 9)
    clauses = [frozenset(rng.sample(range(count), rng.randint(1, count))) for _ in range(rng.randint(1, 6))]

    def met(given: Demands) -> bool:
        return all(given & clause for clause in clauses)

    found = Search(count, (), met, lambda given: not met(given)).irreducible()
    assert found is not None and met(found) and not any(met(found - {demand}) for demand in found)


def test_few_questions_are_asked_where_much_is_to_be_given_up() -> None:
    asked = 0

    def met(given: Demands) -> bool:
        nonlocal asked
        asked += 1
        return given >= {0, 5, 9, 13, 17, 21}

    search = Search(24, (), met, lambda given: not met(given))
    assert list(search.smallest()) == [frozenset({0, 5, 9, 13, 17, 21})]
    assert asked < 250  # of 190,051 sets of up to six


def test_what_was_found_before_the_time_was_up_counts() -> None:
    left = 30

    def met(given: Demands) -> bool:
        nonlocal left
        left -= 1
        if left < 0:
            raise OutOfTime
        return len(given) >= 2

    found = []
    with pytest.raises(OutOfTime):
        found.extend(Search(12, (), met, lambda given: not met(given)).smallest())
    assert all(len(given) == 2 for given in found)
