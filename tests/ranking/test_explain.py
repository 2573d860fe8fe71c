"""Reasons: worded from data, and true."""

from __future__ import annotations

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking.composer import Composer
from stylist.ranking.data_files import load
from stylist.ranking.explain import color_relation
from stylist.ranking.wording import Wording, fill
from stylist.state import DialogState, SlotWishes, Wishes


def _item(id: str, type: str, **fields: object) -> Item:
    return Item(id=id, type=type, slot=v.SLOT_OF_TYPE[type], **fields)  # type: ignore[arg-type]


ITEMS = [
    _item("shirt", "shirt", color="navy", pattern="striped", material="cotton", price=30.0, season=("autumn",)),
    _item("jeans", "jeans", color="white", price=50.0),
    _item("boots", "boots", color="black", material="leather", price=60.0),
]


def _why(state: DialogState) -> dict[str, str]:
    outfit = Composer(ITEMS).compose(state, np.full(3, 0.5), top_k=1).outfits[0]
    return {why.item: why.text for why in outfit.why}


def test_wishes_that_are_met_are_named() -> None:
    why = _why(DialogState(want=Wishes(type=("shirt",), color=("blue",)), slots={"shoes": SlotWishes(price=70)}))
    assert "shirt" in why["shirt"] and "navy" in why["shirt"].lower() and "blue" in why["shirt"]
    assert "$60" in why["boots"] and "$70" in why["boots"]
    assert "asked" not in why["jeans"] and "wanted" not in why["jeans"]


def test_korean_particles_follow_the_sound() -> None:
    assert fill("{a}을/를", a="셔츠") == "셔츠를"
    assert fill("{a}과/와", a="가방") == "가방과"
    assert fill("{a}으로/로", a="힐") == "힐로"
    assert fill("{a}예요/이에요", a="재킷") == "재킷이에요"
    why = _why(DialogState(want=Wishes(type=("shirt",)), language="ko"))
    assert "셔츠" in why["shirt"] and "/" not in "".join(why.values())


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [("navy", "navy", "tonal"), ("white", "navy", "neutrals"), ("white", "red", "neutral"), ("red", "orange", "close"),
     ("multicolor", "red", None), (None, "red", None)],
)  # fmt: skip
def test_color_relations(a: str | None, b: str | None, relation: str | None) -> None:
    assert color_relation(a, b) == relation


def test_both_languages_have_the_same_phrases() -> None:
    phrases = load("phrases")
    assert set(phrases["en"]) == set(phrases["ko"])
    assert set(phrases["en"]["wish"]) == set(phrases["ko"]["wish"])
    for language in ("en", "ko"):
        wording = Wording(language)
        assert all(wording.word(field, value) for field in v.FIELDS for value in v.VALUES[field])
