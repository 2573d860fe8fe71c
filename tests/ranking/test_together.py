"""Accessories worn together, against enumeration over everything that the independent checker lets through."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.bruteforce import outfits
from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken
from stylist.ranking.rules import Rules
from stylist.state import Budget, DialogState, SlotWishes, Wishes

TYPES = ("scarf", "beanie", "belt")


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_best_outfit_holds_each_of_them(seed: int, make_item: Callable[..., Item], make_state: Callable[..., DialogState]) -> None:
    rng = random.Random(seed)
    slots = [slot for slot in v.SLOTS if slot != "accessory" for _ in range(rng.randint(1, 2))]
    items = [make_item(rng, number, slot) for number, slot in enumerate(slots)]
    items += [make_item(rng, 100 + n, "accessory").model_copy(update={"type": rng.choice(TYPES)}) for n in range(5)]
    state = make_state(rng, items, rules=False)
    others = tuple(t for t in state.want.type if v.SLOT_OF_TYPE[t] != "accessory")
    wanted = rng.sample(TYPES, rng.randint(2, 3))
    own = SlotWishes(want=Wishes(color=tuple(rng.sample(v.COLORS, 4)))) if rng.random() < 0.5 else SlotWishes()
    state = state.model_copy(
        update={
            "want": state.want.model_copy(update={"type": (*others, *wanted)}),
            "together": tuple(wanted[: rng.randint(1, 3)]),
            "slots": {"accessory": own} if own else {},
        }
    )
    assume(all(rule.kind != "avoid" for rule in Rules(state).active))
    relevance = np.random.default_rng(seed).random(len(items))
    composer = Composer(items)
    composition = composer.compose(state, relevance, top_k=3, time_limit_s=None)
    allowed = outfits(composer.question(state, relevance), composer.weights)
    assert bool(allowed) == bool(composition.outfits)
    if allowed:
        assert composition.exact
        assert composition.outfits[0].score == pytest.approx(max(score for _, score in allowed), abs=1e-8)
    for outfit in composition.outfits:
        assert broken(state, outfit) == []


def _wardrobe(*accessories: tuple[str, str, float]) -> list[Item]:
    plain = [("top", "shirt"), ("bottom", "jeans"), ("shoes", "boots")]
    items = [Item(id=t, slot=slot, type=t, color="black", price=20.0, title=t) for slot, t in plain]
    return items + [Item(id=f"{t}-{color}", slot="accessory", type=t, color=color, price=price, title=t) for t, color, price in accessories]


def _held(items: list[Item], state: DialogState) -> list[list[str]]:
    composition = Composer(items).compose(state, np.full(len(items), 0.5))
    return [[i.id for i in outfit.items if i.slot == "accessory"] for outfit in composition.outfits]


def test_a_color_holds_for_each_that_there_is_in_it() -> None:
    items = _wardrobe(("scarf", "red", 10), ("scarf", "navy", 10), ("belt", "brown", 10))
    both = DialogState(want=Wishes(type=("scarf", "belt")), together=("scarf", "belt"), slots={"accessory": SlotWishes(want=Wishes(color=("navy",)))})
    assert _held(items, both)[0] == ["scarf-navy", "belt-brown"]
    items += _wardrobe(("belt", "navy", 10))[3:]
    assert _held(items, both)[0] == ["scarf-navy", "belt-navy"]


def test_what_is_dear_for_all_of_them_gives_way_to_the_money() -> None:
    items = _wardrobe(("scarf", "navy", 10), ("scarf", "red", 5), ("belt", "navy", 50), ("belt", "brown", 5))
    wishes = {"accessory": SlotWishes(want=Wishes(color=("navy",)))}
    state = DialogState(want=Wishes(type=("scarf", "belt")), together=("scarf", "belt"), slots=wishes, budget=Budget(total=80))
    assert _held(items, state)[0] == ["scarf-navy", "belt-brown"]


def test_where_one_is_not_to_be_had_only_it_is_to_relax() -> None:
    items = _wardrobe(("scarf", "navy", 10))
    composition = Composer(items).compose(DialogState(want=Wishes(type=("scarf", "tie")), together=("scarf", "tie")), np.full(len(items), 0.5))
    assert not composition.outfits
    assert [[(wish.field, wish.values) for wish in one.wishes] for one in composition.relax] == [[("type", ("tie",))]]


def test_alternatives_stay_alternatives() -> None:
    items = _wardrobe(("scarf", "navy", 10), ("belt", "brown", 10))
    assert all(len(held) == 1 for held in _held(items, DialogState(want=Wishes(type=("scarf", "belt")))))
