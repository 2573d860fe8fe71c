"""Limits in several currencies."""

from __future__ import annotations

from stylist import edits
from stylist.limits import in_one_currency
from stylist.ranking import money
from stylist.state import DialogState


def test_a_limit_of_before_keeps_its_worth() -> None:
    before = edits.apply(DialogState(), {"shoes.price": "60 USD"})
    state, edit = in_one_currency(before, {"total": "100 GBP"})
    after = edits.apply(state, edit)
    assert after.budget.currency == "GBP" and after.budget.total == 100
    assert abs((after.slot("shoes").price or 0) - (money.convert(60, "USD", "GBP") or 0)) < 0.01


def test_limits_of_one_message_are_brought_into_one_currency() -> None:
    _, edit = in_one_currency(DialogState(), {"bottom.price": "40 EUR", "shoes.price": "80000 KRW"})
    assert edit["shoes.price"] == "80000 KRW" and edit["bottom.price"].endswith("KRW") and float(edit["bottom.price"].split()[0]) > 40_000
    assert in_one_currency(DialogState(), {"total": "100"})[1] == {"total": "100"}
