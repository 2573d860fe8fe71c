"""Amounts stand where the words beside them say."""

from __future__ import annotations

import time

import pytest

from stylist.edits import Edit
from stylist.mllm.amounts import placed


@pytest.mark.parametrize(
    ("edit", "text", "after"),
    [
        ({"shoes.price": "200 GBP"}, "she likes green. max £200 for everything incl. shoes", {"total": "200 GBP"}),
        ({"bottom.price": "300000 KRW"}, "치마는 남색으로 하고 총 30만원 안에서요", {"total": "300000 KRW"}),
        ({}, "4천원 안으로 풀착장 돼요?", {"total": "4000 KRW"}),
        ({"item": "250"}, "at most 250 on all the pieces together", {"total": "250"}),
        ({"total": "200 USD", "shoes.price": "200 USD"}, "200 dollars total, shoes too", {"total": "200 USD"}),
        ({"outer.price": "120", "total": "300"}, "coat under 120, whole outfit under 300", {"outer.price": "120", "total": "300"}),
        ({"item": "50 USD"}, "no piece over $50 in the whole outfit", {"item": "50 USD"}),
        ({}, "my whole outfit cost me $500 last time", {}),
        ({"total": "40 GBP", "bottom.price": "60"}, "40 quid for the vest top, 60 for the leggings", {"top.price": "40 GBP", "bottom.price": "60"}),
        ({"total": "90000 KRW"}, "니트는 9만원 넘으면 안 돼요", {"top.price": "90000 KRW"}),
        ({"total": "160 USD"}, "$160 all in, but I refuse to pay over 60 for any single thing", {"total": "160 USD", "item": "60"}),
        ({}, "three euros to my name. Coat and boots", {"total": "3 EUR"}),
        ({"shoes.price": "50"}, "120 euros for everything and shoes not more than 50 of it", {"shoes.price": "50", "total": "120 EUR"}),
        ({}, "paid 120 euros for everything I wore last year", {}),
        ({"outer.price": "400"}, "charcoal suit, budget 400", {"total": "400"}),
        ({"total": "80"}, "budget 80 for the shoes", {"shoes.price": "80"}),
        ({"total": "250"}, "under 100 for the bomber, 250 for everything", {"total": "250", "outer.price": "100"}),
        ({"shoes.price": "80"}, "at least 80 for the shoes", {}),
        ({"temp": "-20C", "total": "20"}, "they are saying -20!!", {"temp": "-20C"}),
        ({"total": "150"}, "150 for a dress, heels and a bag", {"total": "150"}),
    ],
)
def test_the_words_beside_an_amount_say_what_it_is_for(edit: Edit, text: str, after: Edit) -> None:
    assert placed(edit, text) == after


def test_endless_words_are_soon_looked_at() -> None:
    started = time.perf_counter()
    placed({"total": "200 USD"}, "200 dollars for the coat " * 80)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("text", ["the budget doesn't matter anymore", "예산 상관없어요"])
def test_every_limit_goes_where_money_does_not_matter(text: str) -> None:
    found = placed({}, text)
    assert found["total"] == "any" and found["shoes.price"] == "any"
