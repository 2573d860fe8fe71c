"""Leaving out items that enough others surpass changes no answer."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from stylist.catalog.items import Item
from stylist.ranking import dominance
from stylist.ranking.barred import barred, sides
from stylist.ranking.composer import Composer
from stylist.ranking.dominance import Items, needed
from stylist.ranking.harmony import AttributeHarmony
from stylist.ranking.rules import unfit_pairs
from stylist.state import Budget, DialogState, Wishes


def test_an_item_leads_another_by_no_more_than_is_said(make_item: Callable[..., Item]) -> None:
    rng = random.Random(0)
    items = [make_item(rng, n) for n in range(150)]
    for harmony in (AttributeHarmony(items[:-1]).extended(items[-1]), _extended_late(items)):
        rows = np.arange(150)
        scores = harmony.pair_scores(rows, rows)
        assert ((scores[:, None, :] - scores[None, :, :]).max(axis=2) <= harmony.lead(rows, rows)).all()


def _extended_late(items: list[Item]) -> AttributeHarmony:
    """Extended after its tables were made."""
    harmony = AttributeHarmony(items[:-1])
    harmony.lead(np.arange(2), np.arange(2))
    return harmony.extended(items[-1])


def test_what_others_surpass_is_worth_less_with_any_partners(make_item: Callable[..., Item]) -> None:
    rng, generator = random.Random(1), np.random.default_rng(1)
    harmony = AttributeHarmony([make_item(rng, n) for n in range(400)])
    rows, beside, value = np.arange(300), np.arange(300, 400), generator.random(300)
    items = Items(rows, value, generator.integers(0, 4, 300), generator.integers(0, 4, 300), generator.integers(5, 90, 300).astype(float))
    kept = needed(items, harmony, 0.3, 3)
    assert 0 < kept.sum() < 300
    pairs = np.asarray(harmony.pair_scores(rows, beside), float)
    for row in np.flatnonzero(~kept):
        may = (items.gains[row] & ~items.gains == 0) & (items.faults & ~items.faults[row] == 0) & (items.price <= items.price[row])
        for _ in range(20):
            partners = generator.choice(100, 4, replace=False)
            worth = value / 5 + 0.3 / 10 * pairs[:, partners].sum(axis=1)
            assert (may & (worth > worth[row])).sum() >= 3


@pytest.mark.parametrize("seed", range(24))
def test_no_answer_needs_what_is_left_out(seed: int, make_item: Callable[..., Item], monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    items = [make_item(rng, n) for n in range(400)]
    relevance = np.random.default_rng(seed).random(400) ** 2
    wants = (Wishes(), Wishes(color=("black",)), Wishes(gender=("women",)), Wishes(occasion=("everyday",)))
    state = DialogState(want=wants[seed % 4], budget=Budget(total=rng.choice((None, 150.0))))
    composer, left_out = Composer(items), []

    def counted(*args: object) -> np.ndarray:
        kept = needed(*args)  # type: ignore[arg-type]
        left_out.append(int((~kept).sum()))
        return kept

    answers = []
    for function in (counted, lambda items, *_: np.ones(len(items.rows), bool)):
        monkeypatch.setattr(dominance, "needed", function)
        answers.append(composer.compose(state, relevance, time_limit_s=None))
    few, many = answers
    assert few.exact and many.exact and sum(left_out) > 0
    assert [outfit.score for outfit in few.outfits] == pytest.approx([outfit.score for outfit in many.outfits], abs=1e-9)


@pytest.mark.parametrize("sense", [True, False])
def test_what_is_barred_is_what_the_rules_and_gender_keep_apart(sense: bool, make_item: Callable[..., Item]) -> None:
    rng = random.Random(2)
    table = Composer([make_item(rng, n) for n in range(500)]).table
    genders = np.array([item.gender for item in table.items])
    for left in ("top", "accessory", "bottom"):
        a, b = np.flatnonzero(table.in_slot(left)), np.flatnonzero(~table.in_slot(left))
        expected = (genders[a][:, None] == "women") & (genders[b] == "men") | (genders[a][:, None] == "men") & (genders[b] == "women")
        unfit = unfit_pairs(table, a, b) if sense else None
        found = barred(sides(table, sense)[a], sides(table, sense)[b])
        assert found is not None and (found == (expected if unfit is None else expected | unfit)).all()
    anyone = np.flatnonzero(genders == "unisex")[:5]
    assert barred(sides(table, False)[anyone], sides(table, False)[a]) is None
