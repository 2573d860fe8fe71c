"""Catalogues and states that cannot be met or make no sense: a clear answer, never a crash or a broken promise."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from pydantic import ValidationError

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking.composer import Composer, Composition
from stylist.ranking.promises import broken
from stylist.state import Budget, DialogState, SlotWishes, Wishes


def _item(number: int, type: str, **fields: object) -> Item:
    return Item(id=f"{type}-{number}", type=type, slot=v.SLOT_OF_TYPE[type], **fields)  # type: ignore[arg-type]


def _compose(items: list[Item], state: DialogState, **options: object) -> Composition:
    return Composer(items).compose(state, np.full(len(items), 0.5), **options)  # type: ignore[arg-type]


SHOP = [_item(n, garment, price=20.0 + n) for garment in ("shirt", "jeans", "boots") for n in range(3)]


def test_a_catalogue_without_shoes_has_no_outfit_and_no_wish_is_blamed() -> None:
    composition = _compose([item for item in SHOP if item.slot != "shoes"], DialogState(want=Wishes(color=("red",))))
    assert composition.outfits == () and composition.relax == ()


def test_a_catalogue_without_shoes_dresses_who_leaves_them_out() -> None:
    state = DialogState(slots={"shoes": SlotWishes(include=False)})
    outfit = _compose([item for item in SHOP if item.slot != "shoes"], state).outfits[0]
    assert {item.slot for item in outfit.items} == {"top", "bottom"} and not broken(state, outfit)


def test_a_wish_on_a_slot_that_the_catalogue_lacks_is_named() -> None:
    composition = _compose(SHOP, DialogState(want=Wishes(type=("tote",))))
    assert composition.outfits == ()
    assert [[(wish.kind, wish.values) for wish in one.wishes] for one in composition.relax] == [[("want", ("tote",))]]


def test_an_empty_catalogue() -> None:
    composition = _compose([], DialogState(want=Wishes(type=("coat",)), budget=Budget(total=10)))
    assert composition.outfits == () and composition.relax == ()


def test_without_prices_a_budget_is_what_stands_in_the_way() -> None:
    items = [item.model_copy(update={"price": None}) for item in SHOP]
    outfits = _compose(items, DialogState()).outfits
    assert outfits and outfits[0].total_price is None
    composition = _compose(items, DialogState(budget=Budget(total=100)))
    assert composition.outfits == ()
    assert [[wish.kind for wish in one.wishes] for one in composition.relax] == [["budget"]]
    assert composition.relax[0].total is None and composition.relax[0].text


def test_a_negative_budget_is_refused_and_nothing_costs_nothing() -> None:
    with pytest.raises(ValidationError, match="total"):
        Budget(total=-1)
    composition = _compose(SHOP, DialogState(budget=Budget(total=0)))
    assert composition.outfits == () and composition.relax[0].total == 60


@pytest.mark.parametrize(
    ("state", "given_up"),
    [
        (DialogState(keep={"shoes": "boots-0"}, rejected=("boots-0",)), {"keep", "rejected"}),
        (DialogState(keep={"shoes": "boots-0"}, slots={"shoes": SlotWishes(include=False)}), {"keep", "include"}),
        (DialogState(keep={"top": "shirt-1"}, avoid=Wishes(type=("shirt",))), set()),
        (DialogState(want=Wishes(type=("boots",)), avoid=Wishes(type=("boots",))), {"want", "avoid"}),
        (DialogState(keep={"bottom": "no-such-item"}), {"keep"}),
    ],
)
def test_locks_that_contradict_each_other_name_what_to_give_up(state: DialogState, given_up: set[str]) -> None:
    items = [*SHOP, _item(9, "sneakers", price=30.0)]
    composition = _compose(items, state)
    assert composition.outfits == ()
    assert {wish.kind for one in composition.relax for wish in one.wishes} >= given_up
    for one in composition.relax:
        assert one.text


@pytest.mark.parametrize("keep", [{"top": "dress-1", "bottom": "jeans-0"}, {"bottom": "jeans-0", "top": "dress-1"}])
def test_two_kept_items_of_one_slot_contradict_each_other(keep: dict[str, str]) -> None:
    composition = _compose([*SHOP, _item(1, "dress", price=50.0)], DialogState(keep=keep))
    assert composition.outfits == ()
    assert {wish.kind for one in composition.relax for wish in one.wishes} == {"keep"} and len(composition.relax) == 2


@pytest.mark.parametrize(
    ("keep", "state", "given_up"),
    [
        ({"top": "shirt-0"}, DialogState(budget=Budget(item=10)), {"budget"}),
        ({"top": "shirt-2"}, DialogState(budget=Budget(total=61)), {"budget", "keep"}),
        ({"shoes": "boots-0"}, DialogState(slots={"shoes": SlotWishes(price=5)}), {"price"}),
        ({"top": "shirt-0", "bottom": "dress-1"}, DialogState(), {"keep"}),
    ],
)
def test_locked_items_over_a_limit_name_the_lock_or_the_limit(keep: dict[str, str], state: DialogState, given_up: set[str]) -> None:
    composition = _compose([*SHOP, _item(1, "dress", price=50.0)], state.model_copy(update={"keep": keep}))
    assert composition.outfits == ()
    assert {wish.kind for one in composition.relax for wish in one.wishes} == given_up


def test_no_outfits_and_ten_thousand_outfits(make_item: Callable[..., Item]) -> None:
    assert _compose(SHOP, DialogState(), top_k=0).outfits == ()
    outfits = _compose(SHOP, DialogState(), top_k=10_000, min_different_slots=1).outfits
    assert len({tuple(item.id for item in outfit.items) for outfit in outfits}) == len(outfits) == 27
    assert [outfit.rank for outfit in outfits] == list(range(1, 28))


def test_relevance_that_is_no_number_counts_as_nothing() -> None:
    rng = random.Random(0)
    relevance = np.array([rng.choice((np.nan, np.inf, -np.inf, 0.5)) for _ in SHOP])
    outfits = Composer(SHOP).compose(DialogState(), relevance).outfits
    assert outfits and all(0 <= outfit.score <= 1 for outfit in outfits)
