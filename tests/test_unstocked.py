"""Things that people ask for and no type of the vocabulary covers."""

from __future__ import annotations

import pytest

from stylist.unstocked import asked_for, nothing_else, told


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("boots and warm gloves", ("gloves",)),
        ("a nice watch to go with it", ("watches",)),
        ("I want to watch a film in jeans", ()),
        ("no gloves please", ()),
        ("my watch is gold", ()),
        ("an outfit for a watch party", ()),
        ("cycling tights", ()),
        ("장갑도 필요해요", ("장갑",)),
        ("스타킹은 싫어요", ()),
        ("장갑도 있어?", ("장갑",)),
        ("반지하 살아서 추워요", ()),
        ("I always wear a watch", ()),
    ],
)
def test_only_what_is_asked_for_counts(text: str, things: tuple[str, ...]) -> None:
    assert asked_for(text) == things


def test_what_names_nothing_else_is_told_from_what_does() -> None:
    assert nothing_else("and some gloves maybe") and nothing_else("장갑도 있어?")
    assert not nothing_else("gloves and a scarf") and not nothing_else("red gloves") and not nothing_else("a dress") and not nothing_else("gloves under 20")


def test_a_catalogue_that_has_the_thing_is_not_spoken_of_so() -> None:
    assert "gloves" in told(("gloves",), ["Wool coat"], "en")
    assert told(("gloves",), ["Leather gloves, black"], "en") == ""
