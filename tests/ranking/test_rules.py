"""Masks and rules on single items, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking import money
from stylist.ranking.data_files import load
from stylist.ranking.masks import admitted, slot_admitted
from stylist.ranking.rules import Rules, unfit_pairs, weather_words
from stylist.ranking.table import ItemTable
from stylist.state import Budget, DialogState, SlotWishes, Wishes


def _item(id: str, type: str, **fields: object) -> Item:
    return Item(id=id, type=type, slot=v.SLOT_OF_TYPE[type], **fields)  # type: ignore[arg-type]


def _admits(state: DialogState, item: Item) -> bool:
    return bool(admitted(state, ItemTable([item]))[0])


def test_a_family_that_is_avoided_takes_its_shades_along() -> None:
    state = DialogState(avoid=Wishes(color=("blue",)))
    assert not _admits(state, _item("a", "shirt", color="navy"))
    assert _admits(DialogState(avoid=Wishes(color=("navy",))), _item("a", "shirt", color="blue"))


def test_avoided_materials_forbid_what_is_made_of_them() -> None:
    leather, denim = DialogState(avoid=Wishes(material=("leather",))), DialogState(avoid=Wishes(material=("denim",)))
    assert not _admits(leather, _item("a", "leather-jacket", material="synthetic"))
    assert not _admits(denim, _item("a", "denim-jacket"))
    assert not _admits(denim, _item("a", "jeans"))
    assert _admits(denim, _item("a", "jeans", material="cotton"))


def test_season_and_gender_hold_for_every_item() -> None:
    state = DialogState(want=Wishes(season=("winter",), gender=("men",)))
    assert _admits(state, _item("a", "shirt"))
    assert _admits(state, _item("a", "shirt", season=("autumn", "winter"), gender="men"))
    assert not _admits(state, _item("a", "shirt", season=("summer",)))
    assert not _admits(state, _item("a", "shirt", gender="women"))


def test_formality_is_exact_on_main_slots_and_near_on_the_others() -> None:
    state = DialogState(want=Wishes(formality=("business",)))
    assert _admits(state, _item("a", "shirt", formality="business"))
    assert not _admits(state, _item("a", "shirt", formality="formal"))
    assert not _admits(state, _item("a", "shirt"))
    assert _admits(state, _item("a", "tote", formality="formal"))
    assert _admits(state, _item("a", "tote"))
    assert not _admits(state, _item("a", "tote", formality="casual"))


def test_prices_are_compared_in_one_currency() -> None:
    assert money.convert(10, "USD", "USD") == 10
    assert money.convert(10, "XXX", "USD") is None
    assert money.cost(3, "USD", "usd") == 3 and money.cost(3, "XXX", "USD") is None
    assert money.cost(3, "USD", "GBP") == pytest.approx(money.MARGIN * money.convert(3, "USD", "GBP"))
    state = DialogState(budget=Budget(item=50, currency="USD"))
    assert _admits(state, _item("a", "shirt", price=50.0))
    assert not _admits(state, _item("a", "shirt", price=49.0, currency="EUR"))
    assert _admits(state, _item("a", "shirt", price=50000.0, currency="KRW"))
    assert not _admits(state, _item("a", "shirt"))
    table = ItemTable([_item("a", "shirt", price=30.0), _item("b", "shirt", price=31.0)])
    assert slot_admitted(SlotWishes(price=30), table, "USD").tolist() == [True, False]


@pytest.mark.parametrize(
    ("temperature", "word"),
    [(-8, "freezing"), (0, "freezing"), (10, "cold"), (14, "cool"), (20, "mild"), (25, "warm"), (26, "hot")],
)
def test_temperatures_are_weather(temperature: float, word: str) -> None:
    assert weather_words(DialogState(temperature=temperature, weather=("hot", "rain"))) == (word, "rain")


def test_what_is_asked_for_is_not_ruled_out() -> None:
    table = ItemTable([_item("a", "jeans", formality="casual"), _item("b", "dress", color="white", formality="formal")])
    wedding = DialogState(want=Wishes(occasion=("wedding-guest",)))
    assert Rules(wedding).forbidden(table).tolist() == [True, True]
    jeans = DialogState(want=Wishes(occasion=("wedding-guest",), type=("jeans",)))
    assert Rules(jeans).forbidden(table).tolist() == [False, True]
    white = DialogState(want=Wishes(occasion=("wedding-guest",), color=("white",)))
    assert Rules(white).forbidden(table).tolist() == [True, False]


def test_fit_prefers_what_suits_the_occasion() -> None:
    table = ItemTable(
        [_item("a", "blazer", formality="business", color="navy"), _item("b", "vest", formality="casual", color="pink")]
    )
    fit = Rules(DialogState(want=Wishes(occasion=("interview",)))).fit(table)
    assert 0 <= fit[1] < fit[0] <= 1


def test_ties_stand_over_shirts_only() -> None:
    table = ItemTable(
        [_item("a", "tie"), _item("b", "shirt"), _item("c", "t-shirt"), _item("d", "dress"), _item("e", "jeans")]
    )
    barred = unfit_pairs(table, np.array([0]), np.array([1, 2, 3, 4]))
    assert (barred is not None and barred.tolist() == [[False, True, True, False]]) or barred.tolist() == [
        [False, True, True, False]
    ]


def test_tables_hold_vocabulary_words_only() -> None:
    rules = load("rules")
    assert set(rules["occasions"]) == set(v.OCCASIONS)
    matchers = []
    for group in (
        *rules["occasions"].values(),
        *rules["weather"].values(),
        *rules["prefer"].values(),
        rules["default"],
    ):
        for part in ("forbid", "discourage", "favor"):
            matchers += group.get(part) or []
        v.check("formality", [*group.get("formality", []), *group.get("best", [])])
        v.check("season", group.get("season", []))
    for matcher in matchers:
        for field, values in matcher.items():
            if field == "color":
                assert all(v.is_color_word(value) for value in values)
            elif field == "slot":
                assert set(values) <= set(v.SLOTS)
            elif field != "weight":
                v.check(field, values)
    for a, b, score in load("harmony")["type"]["pairs"]:
        v.check("type", [a, b])
        assert 0 <= score <= 1
    assert sum(load("score")["weights"].values()) == pytest.approx(1)
    assert sum(load("score")["extras"].values()) == pytest.approx(1)


def test_who_avoids_florals_gets_no_lace_unless_asked_for() -> None:
    table = ItemTable([_item("a", "blouse", material="lace", pattern="solid"), _item("b", "blouse", material="silk", pattern="solid")])
    avoided = DialogState(avoid=Wishes(pattern=("floral",)))
    assert Rules(avoided).forbidden(table).tolist() == [True, False]
    assert Rules(DialogState()).forbidden(table).tolist() == [False, False]
    asked = avoided.model_copy(update={"slots": {"top": SlotWishes(want=Wishes(material=("lace",)))}})
    assert Rules(asked).forbidden(table).tolist() == [False, False]


def test_loud_patterns_stay_apart_unless_both_are_asked_for() -> None:
    table = ItemTable([_item("a", "skirt", pattern="floral"), _item("b", "shirt", pattern="checked"), _item("c", "shirt", pattern="solid")])
    barred = unfit_pairs(table, np.array([0]), np.array([1, 2]))
    assert barred is not None and barred.tolist() == [[True, False]]
    both = Rules(DialogState(slots={"top": SlotWishes(want=Wishes(pattern=("checked",))), "bottom": SlotWishes(want=Wishes(pattern=("floral",)))}))
    assert unfit_pairs(table, np.array([0]), np.array([1, 2]), both.spared) is None


def test_men_get_a_jacket_where_one_belongs_and_no_clutch() -> None:
    table = ItemTable([_item("a", "clutch", gender="unisex"), _item("b", "crossbody", gender="unisex")])
    rules = Rules(DialogState(want=Wishes(gender=("men",), formality=("formal",))))
    assert rules.outer == "fill" and rules.forbidden(table).tolist() == [True, False]
    assert Rules(DialogState(want=Wishes(gender=("women",), formality=("formal",)))).outer == "may"
