"""Relaxations: the fewest wishes whose removal lets an outfit through."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.bruteforce import outfits
from eval.states import random_state
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken
from stylist.ranking.relax import MOST, Wish, _wishes, lost, relaxations, to_give_up, without
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


def _small_catalogue(rng: random.Random, make_item: Callable[..., Item], most: int = 4) -> list[Item]:
    slots = [slot for slot in v.SLOTS for _ in range(rng.randint(rng.random() < 0.9, most))]
    return [make_item(rng, number, slot) for number, slot in enumerate(slots)]


def _smallest(wishes: list[Wish], met: Callable[[DialogState], bool], state: DialogState, most: int) -> set[frozenset[Wish]] | None:
    """The smallest sets by trying all of up to `most` wishes; None where there may be larger ones."""
    for size in range(1, len(wishes) + 1):
        if size > most:
            return None
        found = set()
        for group in itertools.combinations(wishes, size):
            freed = state
            for wish in group:
                freed = without(freed, wish)
            if met(freed):
                found.add(frozenset(group))
        if found:
            return found
    return set()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_relaxations_of_random_states_are_the_smallest(seed: int, make_item: Callable[..., Item]) -> None:
    """Over catalogues with all slots and without some, against trying all sets; the search for the cheapest has its own test."""
    rng = random.Random(seed)
    items = _small_catalogue(rng, make_item)
    if not items:
        return
    composer = Composer(items)
    state = random_state(rng, items)
    wishes = list(_wishes(state))
    if composer.cheapest(state)[0] or len(wishes) > 11:
        return
    expected = _smallest(wishes, lambda freed: composer.cheapest(freed)[0], state, 4)
    found = relaxations(state, composer.cheapest, time_limit_s=60.0)
    if expected is None:
        assert not found or len(found[0].wishes) > 4
        return
    assert {frozenset(r.wishes) for r in found} <= expected
    assert len(found) == min(MOST, len(expected)) and all(r.smallest for r in found)
    totals = [r.total if r.total is not None else float("inf") for r in found]
    assert totals == sorted(totals)


@pytest.mark.parametrize("seed", range(12))
def test_relaxations_of_random_states_are_the_smallest_over_all_outfits(seed: int, make_item: Callable[..., Item]) -> None:
    """Against trying all sets of wishes with all outfits, checked by rules of their own."""
    rng = random.Random(seed)
    items = [make_item(rng, number, slot) for number, slot in enumerate(slot for slot in v.SLOTS for _ in range(rng.randint(1, 2)))]
    composer = Composer(items)
    while True:
        state = random_state(rng, items)
        wishes = list(_wishes(state))
        if len(wishes) <= 7 and not composer.cheapest(state)[0]:
            break

    def met(freed: DialogState) -> bool:
        return bool(outfits(composer.question(freed, np.full(len(items), 0.5)), composer.weights))

    expected = _smallest(wishes, met, state, 7)
    found = relaxations(state, composer.cheapest, time_limit_s=60.0)
    assert {frozenset(r.wishes) for r in found} <= (expected or set()) and bool(found) == bool(expected)


def test_five_wishes_to_give_up(shop: Composer) -> None:
    state = DialogState(
        want=Wishes(color=("red",), pattern=("floral",), gender=("men",), type=("tote",)), avoid=Wishes(type=("jeans",)),
        slots={"accessory": SlotWishes(include=True)}, budget=Budget(total=500),
    )  # fmt: skip
    (relaxation,) = _compose(shop, state).relax
    assert {(w.kind, w.field or w.slot) for w in relaxation.wishes} == {
        ("want", "color"), ("want", "pattern"), ("want", "type"), ("avoid", "type"), ("include", "accessory")
    }  # fmt: skip
    assert relaxation.smallest and relaxation.total == 120
    assert relaxation.text.count(",") == 3 and " and " in relaxation.text


def test_where_time_is_up_the_answer_is_said_not_to_be_proven(shop: Composer) -> None:
    state = DialogState(want=Wishes(color=("red",), pattern=("floral",), type=("tote",)), avoid=Wishes(type=("jeans",)))
    (relaxation,) = relaxations(state, shop.cheapest, time_limit_s=0.0)
    assert not relaxation.smallest and len(relaxation.wishes) == 4
    freed = state
    for wish in relaxation.wishes:
        freed = without(freed, wish)
    assert shop.cheapest(freed)[0]


def test_what_cannot_be_met_at_all_and_what_can_have_no_relaxations(shop: Composer) -> None:
    shoeless = Composer([item for item in shop.table.items if item.slot != "shoes"])
    assert relaxations(DialogState(want=Wishes(color=("red",))), shoeless.cheapest) == ()
    assert relaxations(DialogState(want=Wishes(color=("red",))), shoeless.cheapest, time_limit_s=0.0) == ()
    assert relaxations(DialogState(want=Wishes(color=("black",))), shop.cheapest) == ()


@pytest.mark.parametrize(
    ("state", "given_up"),
    [
        # Avoiding black bars the boots as soon as the wish for black ones is gone.
        (DialogState(avoid=Wishes(color=("black", "white")), slots={"shoes": SlotWishes(want=Wishes(color=("black",)))}), {("avoid", "color")}),
        # Taking back the dress alone leaves the wishes on the top, which nothing meets either.
        (DialogState(want=Wishes(type=("dress",)), slots={"top": SlotWishes(want=Wishes(color=("white",)))}), {("want", "type")}),
        # Left out, the bag may be of any color.
        (DialogState(slots={"bag": SlotWishes(include=True, want=Wishes(color=("red",)))}), {("include", None), ("want", "color")}),
    ],
)
def test_wishes_that_lean_on_each_other(shop: Composer, state: DialogState, given_up: set[tuple[str, str | None]]) -> None:
    relaxation = _compose(shop, state).relax[0]
    assert {(w.kind, w.field) for w in relaxation.wishes} == given_up


def test_what_may_be_given_up_unasked(shop: Composer) -> None:
    wool = DialogState(want=Wishes(type=("coat", "boots")), slots={"outer": SlotWishes(want=Wishes(material=("wool",))), "shoes": SlotWishes(want=Wishes(material=("leather",)))})
    given = list(to_give_up(_compose(shop, wool).relax))
    assert [(wish.slot, wish.field) for wish in given[0]] == [("outer", "material")], "rather how a garment is than the garment"
    assert _compose(shop, without(wool, given[0][0])).outfits


def test_a_limit_a_refusal_and_what_is_kept_are_never_given_up_unasked(shop: Composer) -> None:
    poor = DialogState(want=Wishes(type=("coat",)), budget=Budget(total=90.0))
    assert _compose(shop, poor).relax and not list(to_give_up(_compose(shop, poor).relax)), "money would be enough"
    refused = DialogState(want=Wishes(type=("coat",)), avoid=Wishes(color=("black",)))
    for wishes in to_give_up(_compose(shop, refused).relax):
        assert all(wish.kind == "want" for wish in wishes)


def test_what_a_looser_state_lacks_is_named_by_its_values() -> None:
    before = DialogState(want=Wishes(color=("red", "blue")), slots={"top": SlotWishes(want=Wishes(material=("silk",)))})
    after = DialogState(want=Wishes(color=("red",)))
    assert [(wish.slot, wish.field, wish.values) for wish in lost(before, after)] == [(None, "color", ("blue",)), ("top", "material", ("silk",))]
    assert lost(after, before) == ()
