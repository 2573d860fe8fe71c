"""Relaxations: the fewest wishes whose removal lets an outfit through."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken
from stylist.ranking.relax import _wishes, without
from stylist.state import Budget, DialogState, SlotWishes, Wishes


@pytest.fixture(scope="module")
def shop() -> Composer:
    def item(id: str, type: str, price: float, **fields: object) -> Item:
        return Item(id=id, type=type, slot=v.SLOT_OF_TYPE[type], price=price, **fields)  # type: ignore[arg-type]

    return Composer([
        item("shirt", "shirt", 30, color="white"),
        item("jeans", "jeans", 50, color="blue"),
        item("boots", "boots", 90, color="black", material="leather"),
        item("sneakers", "sneakers", 40, color="black"),
        item("coat", "coat", 120, color="black"),
    ])  # fmt: skip


def _compose(shop: Composer, state: DialogState):
    return shop.compose(state, np.full(len(shop.table), 0.5))


def test_a_budget_says_what_the_nearest_outfit_costs(shop: Composer) -> None:
    composition = _compose(shop, DialogState(want=Wishes(type=("coat", "boots")), budget=Budget(total=8)))
    assert not composition.outfits
    (relaxation,) = composition.relax
    assert relaxation.wishes[0].kind == "budget" and relaxation.wishes[0].field == "total"
    assert relaxation.total == 290
    assert "$8" in relaxation.text and "$290" in relaxation.text


def test_single_wishes_come_before_pairs(shop: Composer) -> None:
    state = DialogState(want=Wishes(type=("boots",), color=("red",)), avoid=Wishes(material=("leather",)))
    composition = _compose(shop, state)
    assert not composition.outfits
    assert {frozenset((w.kind, w.field) for w in r.wishes) for r in composition.relax} == {
        frozenset({("want", "color"), ("want", "type")}),
        frozenset({("want", "color"), ("avoid", "material")}),
    }
    for relaxation in composition.relax:
        freed = state
        for wish in relaxation.wishes:
            freed = without(freed, wish)
        assert _compose(shop, freed).outfits


def test_slot_wishes_and_kept_items_can_be_given_up(shop: Composer) -> None:
    composition = _compose(shop, DialogState(slots={"bag": SlotWishes(include=True)}))
    assert [(w.kind, w.slot) for r in composition.relax for w in r.wishes] == [("include", "bag")]
    composition = _compose(shop, DialogState(keep={"top": "gone"}, language="ko"))
    assert [w.kind for r in composition.relax for w in r.wishes] == ["keep"]
    assert composition.relax[0].text


def test_every_relaxation_of_random_states_lets_an_outfit_through(
    make_item: Callable[..., Item], make_state: Callable[..., DialogState]
) -> None:  # fmt: skip
    rng = random.Random(4)
    items = [make_item(rng, n) for n in range(120)]
    composer = Composer(items)
    relevance = np.full(len(items), 0.5)
    relaxed = 0
    for _ in range(25):
        state = make_state(rng, items)
        for relaxation in composer.compose(state, relevance, top_k=1).relax:
            freed = state
            for wish in relaxation.wishes:
                assert wish.text
                freed = without(freed, wish)
            assert composer.compose(freed, relevance, top_k=1).outfits
            relaxed += 1
    assert relaxed > 2


def _met(composer: Composer, state: DialogState) -> float | None:
    """The least total over all outfits that keep every promise, by trying them all; None where there is none."""
    by_slot: dict[str, list[Item | None]] = {slot: [None] for slot in v.SLOTS}
    for item in composer.table.items:
        by_slot[item.covers[0]].append(item)
    totals = []
    for choice in itertools.product(*by_slot.values()):
        items = tuple(item for item in choice if item is not None)
        outfit = Outfit(rank=1, score=0, items=items)
        if items and not broken(state, outfit):
            totals.append(sum(item.price or 0.0 for item in items))
    return min(totals, default=None)


@pytest.mark.parametrize(
    "state",
    [
        DialogState(want=Wishes(type=("coat", "boots")), budget=Budget(total=8)),
        DialogState(want=Wishes(type=("boots",), color=("red",)), avoid=Wishes(material=("leather",))),
        DialogState(want=Wishes(color=("black",), type=("jeans",)), avoid=Wishes(color=("black",)), budget=Budget(total=115)),
        DialogState(slots={"bag": SlotWishes(include=True)}, budget=Budget(item=35)),
    ],
)
def test_relaxations_are_the_smallest_by_trying_all(shop: Composer, state: DialogState) -> None:
    assert _met(shop, state) is None
    wishes = list(_wishes(state))
    for size in range(1, 3):
        expected = {}
        for group in itertools.combinations(wishes, size):
            freed = state
            for wish in group:
                freed = without(freed, wish)
            total = _met(shop, freed)
            if total is not None:
                expected[group] = total
        if expected:
            break
    found = {relaxation.wishes: relaxation.total for relaxation in _compose(shop, state).relax}
    assert found == {group: pytest.approx(total) for group, total in expected.items()}
