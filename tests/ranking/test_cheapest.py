"""The cheapest outfit against trying every outfit that the independent checker lets through."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking.cheapest import cheapest
from stylist.ranking.composer import Composer
from stylist.ranking.masks import Strictness, plan
from stylist.ranking.rules import Rules
from stylist.state import Budget, DialogState, Wishes


def _least(composer: Composer, state: DialogState, limit: float) -> tuple[bool, float | None]:
    """As `cheapest`, by trying every pick of every shape; an unknown price is worse than any known one."""
    table = composer.table
    wanted = plan(state, table, Rules(state), Strictness.PROMISES)
    gender = [item.gender for item in table.items]
    totals = []
    for shape in wanted.shapes:
        for pick in itertools.product(*(np.flatnonzero(mask) for mask in shape.masks.values())):
            rows = list(pick)
            if {"women", "men"} <= {gender[row] for row in rows} or not all(cover.mask[rows].any() for cover in wanted.covers):
                continue
            unknown = int(np.isnan(wanted.price[rows]).sum())
            if unknown and np.isfinite(limit):
                continue
            totals.append((unknown, float(np.nansum(wanted.price[rows]))))
    if not totals or min(totals)[1] > limit:
        return False, None
    return True, None if min(totals)[0] else min(totals)[1]


@pytest.mark.parametrize("seed", range(60))
def test_the_cheapest_is_the_cheapest_of_all(seed: int, make_item: Callable[..., Item], make_state: Callable[..., DialogState]) -> None:
    rng = random.Random(seed)
    slots = [slot for slot in v.SLOTS for _ in range(rng.randint(1, 4))]
    items = [make_item(rng, number, slot) for number, slot in enumerate(slots)]
    composer = Composer(items)
    budget = Budget(total=rng.choice((None, None, 60.0, 120.0, 250.0)))
    state = make_state(rng, items) if seed % 3 == 0 else DialogState(want=Wishes(color=("red",), pattern=("solid",)), budget=budget)
    state = state.model_copy(update={"anchor": None, "budget": budget})
    wanted = plan(state, composer.table, Rules(state), Strictness.PROMISES)
    limit = np.inf if budget.total is None else budget.total + 0.005
    possible, total = cheapest(wanted, composer.table, limit)
    expected = _least(composer, state, limit)
    assert possible == expected[0]
    assert total == (None if expected[1] is None else pytest.approx(expected[1]))
    assert composer.cheapest(state)[0] == possible
