"""The state and the edits that change it."""

import pytest
from pydantic import ValidationError

from stylist import edits
from stylist.errors import VocabularyError
from stylist.state import DialogState, SlotWishes, Wishes

FULL = {
    "+type": ["dress"], "+occasion": ["wedding-guest"], "-color": ["pink"], "+bottom.color": ["red"], "-shoes.pattern": ["animal"],
    "shoes.price": "60 USD", "exclude": ["bag"], "total": "200 USD", "weather": ["cold"], "temp": "-8C",
}  # fmt: skip


def test_an_edit_becomes_the_state_that_the_contract_shows() -> None:
    data = edits.apply(DialogState(), FULL).public()
    assert data["want"] == {"type": ["dress"], "occasion": ["wedding-guest"]}
    assert data["avoid"] == {"color": ["pink"]}
    assert data["budget"] == {"total": 200.0, "item": None, "currency": "USD"}
    assert data["slots"]["bottom"] == {"want": {"color": ["red"]}, "avoid": {}}
    assert data["slots"]["shoes"]["price"] == 60.0
    assert data["slots"]["bag"]["include"] is False
    assert data["anchor"] is None
    assert data["temperature"] == -8.0


def test_a_state_written_as_an_edit_makes_the_same_state_again() -> None:
    state = edits.apply(DialogState(), FULL)
    assert edits.apply(DialogState(), edits.as_edit(state)) == state
    assert edits.from_json(edits.to_json(edits.as_edit(state))) == edits.as_edit(state)


@pytest.mark.parametrize(
    ("before", "edit", "want", "avoid"),
    [
        ({"+color": ["red"]}, {"-color": ["red"]}, (), ("red",)),
        ({"-color": ["black"]}, {"+color": ["black"]}, ("black",), ()),
        ({"+color": ["red"]}, {"=color": ["blue"]}, ("blue",), ()),
        ({"+color": ["red"]}, {"+color": ["blue"]}, ("red", "blue"), ()),
        ({"+color": ["red"], "-color": ["pink"]}, {"~color": ["any"]}, (), ()),
        ({"+color": ["navy"]}, {"-color": ["blue"]}, (), ("blue",)),  # a family takes its shades along
        ({"+color": ["blue"]}, {"-color": ["navy"]}, (), ("navy",)),
    ],
)
def test_signs(before: edits.Edit, edit: edits.Edit, want: tuple[str, ...], avoid: tuple[str, ...]) -> None:
    state = edits.apply(edits.apply(DialogState(), before), edit)
    assert (state.want.color, state.avoid.color) == (want, avoid)


def test_a_replaced_type_leaves_other_slots_alone() -> None:
    state = edits.apply(DialogState(), {"+type": ["jeans", "blazer", "sneakers"]})
    assert set(edits.apply(state, {"=type": ["skirt"]}).want.type) == {"skirt", "blazer", "sneakers"}
    with_top = edits.apply(DialogState(), {"+type": ["dress", "heels"]})
    assert set(edits.apply(with_top, {"=type": ["shirt"]}).want.type) == {"heels", "shirt"}  # a shirt can't go under a dress


def test_wanting_a_type_brings_back_its_slot() -> None:
    state = edits.apply(DialogState(), {"exclude": ["bag"]})
    assert state.slot("bag").include is False
    assert edits.apply(state, {"+type": ["tote"]}).slot("bag").include is None


@pytest.mark.parametrize("edit", [{"+color": ["teal"]}, {"+nose.color": ["red"]}, {"total": "lots"}, {"temp": "warm"}, {"hello": 1}])
def test_what_no_edit_says_is_refused(edit: edits.Edit) -> None:
    with pytest.raises(VocabularyError):
        edits.apply(DialogState(), edit)


def test_fahrenheit_and_forgotten_budgets() -> None:
    assert edits.apply(DialogState(), {"temp": "41F"}).temperature == 5.0
    state = edits.apply(DialogState(), {"total": "90 GBP"})
    assert (state.budget.total, state.budget.currency) == (90.0, "GBP")
    assert edits.apply(state, {"total": "any"}).budget.total is None


def test_the_state_refuses_what_the_vocabulary_lacks() -> None:
    with pytest.raises(ValidationError):
        Wishes(color=("teal",))
    with pytest.raises(ValidationError):
        DialogState(slots={"nose": SlotWishes()})
    with pytest.raises(ValidationError):
        SlotWishes(price=-1)


def test_what_is_now_avoided_everywhere_is_no_longer_wanted_in_a_slot() -> None:
    before = edits.apply(DialogState(), {"+type": ["dress"], "+bottom.color": ["red"]})
    after = edits.apply(before, {"-color": ["red"], "=type": ["skirt"]})
    assert after.avoid.color == ("red",) and "bottom" not in after.slots
    both = edits.apply(DialogState(), {"+shoes.color": ["red"], "-color": ["red"]})
    assert both.slot("shoes").want.color == ("red",)


def test_a_plain_look_and_a_print_replace_each_other() -> None:
    printed = edits.apply(DialogState(), {"+type": ["dress"], "+bottom.pattern": ["floral"], "+pattern": ["striped"]})
    plain = edits.apply(printed, {"+pattern": ["solid"]})
    assert plain.want.pattern == ("solid",) and not plain.slot("bottom").want.pattern
    assert edits.apply(plain, {"+pattern": ["checked"]}).want.pattern == ("checked",)
    both = edits.apply(DialogState(), {"+pattern": ["solid"], "+top.pattern": ["striped"]})
    assert both.want.pattern == ("solid",) and both.slot("top").want.pattern == ("striped",)


def test_what_is_left_out_is_no_longer_wanted() -> None:
    before = edits.apply(DialogState(), {"+type": ["leather-jacket", "jeans"]})
    assert edits.apply(before, {"exclude": ["outer"]}).want.type == ("jeans",)
    assert edits.apply(before, {"exclude": ["outer"], "+type": ["leather-jacket"]}).want.type == ("leather-jacket", "jeans"), "a contradiction is asked about"
    assert edits.apply(edits.apply(DialogState(), {"+type": ["dress"]}), {"exclude": ["bottom"]}).want.type == ("dress",)


def test_who_refuses_leather_refuses_suede_unless_they_want_it() -> None:
    assert edits.apply(DialogState(), {"-material": ["leather", "silk"]}).avoid.material == ("leather", "silk", "suede")
    assert edits.apply(DialogState(), {"-material": ["wool"]}).avoid.material == ("wool", "tweed")
    assert edits.apply(DialogState(), {"-material": ["leather"], "+shoes.material": ["suede"]}).avoid.material == ("leather",)
    later = edits.apply(edits.apply(DialogState(), {"-material": ["leather"]}), {"+material": ["suede"]})
    assert later.avoid.material == ("leather",)
    assert edits.apply(DialogState(), {"-shoes.material": ["leather"]}).slot("shoes").avoid.material == ("leather",)
