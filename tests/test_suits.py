"""A suit is a blazer and trousers of one cloth."""

from __future__ import annotations

import pytest

from stylist.edits import Edit
from stylist.suits import completed

BLAZER = {"+type": ["blazer"], "+outer.color": ["navy"]}


@pytest.mark.parametrize(
    ("edit", "text", "after"),
    [
        (BLAZER, "a navy suit", {"+type": ["blazer", "trousers"], "+outer.color": ["navy"], "+bottom.color": ["navy"]}),
        (BLAZER, "남색 정장이요", {"+type": ["blazer", "trousers"], "+outer.color": ["navy"], "+bottom.color": ["navy"]}),
        ({"+type": ["blazer"], "+color": ["grey"]}, "grey suit", {"+type": ["blazer", "trousers"], "+outer.color": ["grey"], "+bottom.color": ["grey"]}),
        (BLAZER, "a navy blazer, it suits me", BLAZER),
        ({"+type": ["blazer", "skirt"]}, "a skirt suit", {"+type": ["blazer", "skirt"]}),
        ({"+type": ["jumpsuit"]}, "a jumpsuit", {"+type": ["jumpsuit"]}),
        ({"+formality": ["business"], "+color": ["grey"]}, "grey suit please", {"+formality": ["business"], "+type": ["blazer", "trousers"], "+outer.color": ["grey"], "+bottom.color": ["grey"]}),
        ({"+formality": ["business"]}, "정장 보여줘", {"+formality": ["business"], "+type": ["blazer", "trousers"]}),
        ({"+formality": ["business"]}, "not a suit", {"+formality": ["business"]}),
        ({"-type": ["blazer"]}, "no suit", {"-type": ["blazer"]}),
    ],
)
def test_the_word_brings_the_trousers(edit: Edit, text: str, after: Edit) -> None:
    assert completed(edit, text) == after


@pytest.mark.parametrize("text", ["navy suit for a job interview", "네이비 정장 필요해 면접용", "i want a navy suit"])
def test_a_suit_is_wished_for_among_other_words(text: str) -> None:
    assert completed({"+occasion": ["interview"]}, text)["+type"] == ["blazer", "trousers"]


@pytest.mark.parametrize("text", ["no suit please", "it's a suit and tie event", "is a suit too much?", "whatever suits me", "정장 느낌은 싫어요"])
def test_a_suit_that_is_only_spoken_of_is_not_wished_for(text: str) -> None:
    assert "+type" not in completed({"+occasion": ["interview"]}, text)


def test_a_skirt_suit_has_a_skirt() -> None:
    assert completed({}, "I need a skirt suit")["+type"] == ["blazer", "skirt"]
