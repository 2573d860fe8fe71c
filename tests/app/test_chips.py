"""Chips: every wish has one, taking one back removes that wish and no other."""

from __future__ import annotations

import pytest

from stylist import edits
from stylist.app.chips import chips_of, with_total, without
from stylist.catalog.items import Item
from stylist.errors import VocabularyError
from stylist.state import DialogState

EDIT = {
    "+occasion": ["dinner"], "+color": ["blue", "navy"], "-color": ["black"], "+shoes.style": ["classic"], "-bottom.pattern": ["floral"],
    "+type": ["boots"], "include": ["bag"], "exclude": ["accessory"], "shoes.price": "80 USD", "item": "100 USD", "total": "300 USD",
    "weather": ["rain", "cold"], "temp": "4C", "more": ["cheaper"],
}  # fmt: skip


def _state() -> DialogState:
    state = edits.apply(DialogState(), EDIT)
    return state.model_copy(update={"anchor": Item(id="p", type="jacket", color="blue"), "keep": {"top": "shirt-1"}})


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_chip_removes_exactly_itself(language: str) -> None:
    state = _state()
    chips = chips_of(state, language)
    assert len({chip.key for chip in chips}) == len(chips) == 17
    for chip in chips:
        left = {c.key for c in chips_of(without(state, chip.key), language)}
        assert left == {c.key for c in chips} - {chip.key}


def test_wanted_and_avoided_are_told_apart() -> None:
    kinds = {chip.label: chip.kind for chip in chips_of(_state(), "en")}
    assert kinds["no black"] == "avoid" and kinds["navy"] == "want" and kinds["bottoms: no floral"] == "avoid"
    assert kinds["without accessory"] == "avoid" and kinds["shoes: at most $80"] == "limit"


@pytest.mark.parametrize("key", ["", "want", "want/*/hat/x", "avoid/nose/color/red", "include/nose", "__class__"])
def test_a_key_that_names_no_wish_is_refused(key: str) -> None:
    with pytest.raises(VocabularyError):
        without(_state(), key)


def test_the_budget_keeps_its_currency() -> None:
    state = edits.apply(DialogState(), {"total": "200 EUR"})
    assert with_total(state, 150).budget.model_dump() == {"total": 150, "item": None, "currency": "EUR"}
    assert with_total(state, 0).budget.total is None
