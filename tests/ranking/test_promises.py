"""The checker finds each kind of broken promise."""

from __future__ import annotations

import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking.promises import broken
from stylist.state import Budget, DialogState, SlotWishes, Wishes


def _item(type: str, **fields: object) -> Item:
    return Item(id=type, type=type, slot=v.SLOT_OF_TYPE[type], **fields)  # type: ignore[arg-type]


OUTFIT = Outfit(
    rank=1,
    score=0.5,
    items=(
        _item("shirt", color="navy", material="cotton", formality="casual", gender="men", price=30.0),
        _item("jeans", color="blue", material="denim", formality="casual", season=("autumn",), price=50.0),
        _item("boots", color="black", material="leather", formality="casual", price=60.0),
    ),
)


def test_a_state_without_wishes_is_kept() -> None:
    assert broken(DialogState(), OUTFIT) == []


@pytest.mark.parametrize(
    "state",
    [
        DialogState(avoid=Wishes(color=("blue",))),
        DialogState(avoid=Wishes(material=("denim",))),
        DialogState(want=Wishes(type=("skirt",))),
        DialogState(want=Wishes(type=("tote",))),
        DialogState(want=Wishes(color=("red",))),
        DialogState(want=Wishes(season=("summer",))),
        DialogState(want=Wishes(gender=("women",))),
        DialogState(want=Wishes(formality=("formal",))),
        DialogState(budget=Budget(total=100)),
        DialogState(budget=Budget(item=55)),
        DialogState(slots={"shoes": SlotWishes(price=50)}),
        DialogState(slots={"shoes": SlotWishes(want=Wishes(color=("brown",)))}),
        DialogState(slots={"shoes": SlotWishes(avoid=Wishes(material=("leather",)))}),
        DialogState(slots={"shoes": SlotWishes(include=False)}),
        DialogState(slots={"outer": SlotWishes(include=True)}),
        DialogState(rejected=("boots",)),
        DialogState(keep={"shoes": "sneakers"}),
        DialogState(anchor=_item("coat")),
    ],
)
def test_each_broken_promise_is_found(state: DialogState) -> None:
    assert broken(state, OUTFIT)


def test_incomplete_and_contradictory_outfits_are_found() -> None:
    bare = OUTFIT.model_copy(update={"items": OUTFIT.items[:2]})
    assert broken(DialogState(), bare) == ["shoes is empty"]
    mixed = OUTFIT.model_copy(update={"items": (*OUTFIT.items, _item("tote", gender="women"))})
    assert broken(DialogState(), mixed) == ["things for women beside things for men"]
    dress = OUTFIT.model_copy(update={"items": (OUTFIT.items[0], _item("dress"), OUTFIT.items[2])})
    assert broken(DialogState(), dress) == ["top is filled twice"]


def test_cheaper_holds_for_the_total() -> None:
    state = DialogState(prefer=("cheaper",))
    assert broken(state, OUTFIT, reference_total=150.0) == []
    assert len(broken(state, OUTFIT, reference_total=140.0)) == 1


def test_what_a_slot_wants_itself_is_not_avoided_there() -> None:
    state = DialogState(avoid=Wishes(color=("black",), material=("leather",)), slots={"shoes": SlotWishes(want=Wishes(color=("black",), material=("leather",)))})
    assert broken(state, OUTFIT) == []
    assert broken(state.model_copy(update={"avoid": Wishes(color=("black", "blue"))}), OUTFIT)
    dark = OUTFIT.model_copy(update={"items": (OUTFIT.items[0].model_copy(update={"color": "black"}), *OUTFIT.items[1:])})
    assert broken(state, dark) == ["shirt: color ['black'] is avoided"]
    left_out = DialogState(avoid=state.avoid, slots={"shoes": SlotWishes(want=Wishes(color=("black",)), include=False)})
    assert any("avoided" in fault for fault in broken(left_out, OUTFIT))
