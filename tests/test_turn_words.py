"""Words around a turn that the model does not write."""

import time

import pytest

from stylist.mllm.facts import price_text
from stylist.ranking.relax import Wish
from stylist.state import DialogState, Wishes
from stylist.turn_words import gave_up_words, known_by_words, quick_replies, tells_where


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my aunt's having an open house on saturday", True),
        ("something for the opera", True),
        ("we are going to oslo in january", True),
        ("엄마랑 온천에 가요", True),
        ("a red skirt please", False),
        ("i'm looking for a skirt", False),
        ("show me the warmest things you have", False),
        ("따뜻한 코트", False),
        ("", False),
    ],
)
def test_who_says_what_the_clothes_are_for_is_not_asked(text, told):
    assert tells_where(text) is told


def test_endless_words_are_soon_looked_at():
    start = time.perf_counter()
    tells_where("for the " * 50000)
    tells_where("가" * 50000)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_was_given_up_is_named(language):
    said = gave_up_words([Wish("want", "shoes", "material", ("lace",), "lace for the shoes"), Wish("want", None, "color", ("red",), "red")], DialogState(language=language))
    assert "lace for the shoes" in said and "red" in said and said.endswith(".")


def test_what_was_given_up_is_told_of_the_garment_that_was_wished_for():
    wish = Wish("want", "bottom", "color", ("brown",), "brown for the bottom")
    assert "brown for the trousers" in gave_up_words([wish], DialogState(want=Wishes(type=("trousers",))))
    assert "brown for the bottom" in gave_up_words([wish], DialogState(want=Wishes(type=("trousers", "skirt"))))


@pytest.mark.parametrize(
    ("text", "state", "known"),
    [
        ("for church on Sunday", DialogState(), {"occasion", "season", "formality"}),
        ("a funeral on monday", DialogState(want=Wishes(occasion=("funeral",))), {"season", "color", "formality"}),
        ("a wedding", DialogState(want=Wishes(occasion=("wedding-guest",))), set()),
        ("강아지 산책 갈 때 내일", DialogState(), {"occasion", "season", "formality"}),
        ("something blue", DialogState(), set()),
    ],
)
def test_nobody_is_asked_what_they_said(text, state, known):
    assert set(known_by_words(text, state)) == known


def test_won_are_told_whole():
    assert price_text(214_566.21, "KRW") == "214,566원"


def test_no_color_is_offered_that_was_refused():
    assert "black" in quick_replies(DialogState(), "color")
    assert quick_replies(DialogState(avoid=Wishes(color=("black",))), "color") == quick_replies(DialogState(), "color")[1:]
