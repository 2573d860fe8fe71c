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
