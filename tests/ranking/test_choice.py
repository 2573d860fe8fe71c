"""The choice of outfits that keep apart, pick by pick against trying every outfit of small catalogues."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.states import random_state
from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking.candidates import Candidate, candidates
from stylist.ranking.choice import Choice, choose, looks
from stylist.ranking.composer import Composer
from stylist.ranking.masks import Strictness, plan
from stylist.ranking.problem import FORBIDDEN
from stylist.ranking.rules import MAIN_SLOTS
from stylist.state import Budget, DialogState, SlotWishes, Wishes

BARE = DialogState(slots={slot: SlotWishes(include=False) for slot in MAIN_SLOTS})


def _made(composer: Composer, state: DialogState, relevance: np.ndarray) -> list[Candidate]:
    question = composer.question(state, relevance)
    question.sense = False
    wanted = plan(state, question.table, question.rules, Strictness.PROMISES)
    return candidates(question, wanted, None, composer.weights.relevance * question.relevance, composer.weights, composer.weights.harmony)


def _all(made: list[Candidate]) -> list[tuple[Choice, float]]:
    """Every outfit of the candidates and what it is worth."""
    found = []
    for candidate in made:
        problem = candidate.problem
        for pick in product(*(range(len(rows)) for rows in candidate.rows)):
            bits = 0
            for slot, column in enumerate(pick):
                bits |= int(problem.covers[slot][column]) if problem.needed else 0
            pairs = [float(score[pick[s], pick[t]]) * problem.scale for (s, t), score in problem.pairs.items()]
            if sum(problem.price[s][c] for s, c in enumerate(pick)) > problem.budget or bits != problem.needed or min(pairs, default=0) < FORBIDDEN / 2:
                continue
            worth = candidate.offset + sum(pairs) + sum(float(problem.unary[s][c]) for s, c in enumerate(pick))
            found.append(((candidate.slots, tuple(int(candidate.rows[s][c]) for s, c in enumerate(pick))), worth))
    return found


def _penalty(composer: Composer, choice: Choice, before: list[Choice]) -> float:
    own = dict(zip(*choice, strict=True))
    return sum(composer.weights.repeat.get(s, 0.0) for other in before for s, row in zip(*other, strict=True) if own.get(s) == row)


def _differing(a: Choice, b: Choice, look: np.ndarray | None, counted: tuple[str, ...]) -> int:
    left, right = (dict(zip(slots, rows if look is None else [int(look[row]) for row in rows], strict=True)) for slots, rows in (a, b))
    return sum(left.get(slot) != right.get(slot) for slot in counted)


def _shop(rng: random.Random, make_item: Callable[..., Item]) -> list[Item]:
    """Few colors and no two materials, so that many items look the same."""
    slots = [slot for slot in v.SLOTS for _ in range(rng.randint(1, 3))]
    items = [make_item(rng, number, slot) for number, slot in enumerate(slots)]
    return [item.model_copy(update={"color": rng.choice(("red", "blue")), "pattern": "solid"}) for item in items]


def _states(rng: random.Random, items: list[Item]) -> DialogState:
    kind = rng.random()
    if kind < 0.15:
        return BARE
    if kind < 0.3:
        return DialogState(slots={slot: SlotWishes(include=False) for slot in rng.sample(MAIN_SLOTS, 3)})
    if kind < 0.5:
        kept = rng.sample(items, 2)
        return DialogState(keep={item.slot: item.id for item in kept}, budget=Budget(total=rng.choice((None, 200.0))))
    if kind < 0.7:
        return DialogState(want=Wishes(color=("red",)), budget=Budget(total=rng.choice((150.0, 300.0))))
    return random_state(rng, items) if kind < 0.9 else DialogState()


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_each_is_the_best_that_is_far_enough_and_no_two_are_nearer(seed: int, make_item: Callable[..., Item]) -> None:
    rng = random.Random(seed)
    items = _shop(rng, make_item)
    composer = Composer(items)
    state = _states(rng, items)
    table = composer.question(state, np.zeros(len(items))).table
    made = _made(composer, state, np.random.default_rng(seed).random(len(items)))
    everything = _all(made)
    look = looks(table) if rng.random() < 0.5 else None
    apart, top_k = rng.randint(1, 5), rng.randint(1, 6)
    counted = MAIN_SLOTS if all(set(c.slots) & set(MAIN_SLOTS) for c in made) else v.SLOTS
    chosen, exact, gap, values, nearer = choose(made, composer.weights, top_k, apart, np.inf, (), strict=True, look=look)
    assert exact and gap == 0 and not nearer
    assert all(_differing(a, b, look, counted) >= apart for a, b in combinations(chosen, 2))
    for number in range(top_k):
        before = chosen[:number]
        allowed = [worth - _penalty(composer, one, before) for one, worth in everything if all(_differing(one, b, look, counted) >= apart for b in before)]
        if number == len(chosen):
            assert not allowed  # fewer than asked, as there is no other
            break
        assert values[number] == pytest.approx(max(allowed), abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_where_nearer_ones_may_follow_they_follow_late_and_never_repeat(seed: int, make_item: Callable[..., Item]) -> None:
    rng = random.Random(seed)
    items = _shop(rng, make_item)
    composer = Composer(items)
    state = _states(rng, items)
    made = _made(composer, state, np.random.default_rng(seed).random(len(items)))
    everything = _all(made)
    counted = MAIN_SLOTS if all(set(c.slots) & set(MAIN_SLOTS) for c in made) else v.SLOTS
    chosen, exact, _, values, nearer = choose(made, composer.weights, 6, 2, np.inf, ())
    assert exact and all(_differing(a, b, None, counted) >= 1 for a, b in combinations(chosen, 2))
    for number in range(1, len(chosen)):
        before = chosen[:number]
        least = min(_differing(chosen[number], b, None, counted) for b in before)
        if least < 2 and nearer:
            assert not [one for one, _ in everything if all(_differing(one, b, None, counted) >= 2 for b in before)]
        allowed = [worth - _penalty(composer, one, before) for one, worth in everything if all(_differing(one, b, None, counted) >= least for b in before)]
        assert least >= 2 or values[number] == pytest.approx(max(allowed), abs=1e-5)
    if len(chosen) < 6:
        assert not [one for one, _ in everything if all(_differing(one, b, None, counted) >= 1 for b in chosen)]


def test_what_looks_the_same_counts_as_the_same_to_the_eye(make_item: Callable[..., Item]) -> None:
    def item(number: int, garment: str, color: str) -> Item:
        return Item(id=f"i{number}", type=garment, slot=v.SLOT_OF_TYPE[garment], color=color, pattern="solid", price=10.0)

    items = [item(n, garment, color) for n, (garment, color) in enumerate(product(("shirt", "jeans", "boots"), ("red", "red", "blue")))]
    composer = Composer(items)
    made = _made(composer, DialogState(), np.random.default_rng(0).random(len(items)))
    by_row = choose(made, composer.weights, 27, 1, np.inf, (), strict=True)[0]
    by_look = choose(made, composer.weights, 27, 1, np.inf, (), strict=True, look=looks(composer.table))[0]
    assert (len(by_row), len(by_look)) == (27, 8)


def test_outfits_without_a_main_slot_are_not_shown_twice(make_item: Callable[..., Item]) -> None:
    rng = random.Random(1)
    items = [make_item(rng, number, slot) for number, slot in enumerate(("bag", "bag", "accessory", "top"))]
    outfits = Composer(items).compose(BARE, np.random.default_rng(0).random(4), top_k=10).outfits
    shown = [tuple(item.id for item in outfit.items) for outfit in outfits]
    assert len(shown) == len(set(shown)) == 5  # a bag, another, an accessory, either bag with it
