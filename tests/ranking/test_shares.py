"""Shares and losses: they add up, and an item taken out changes the score by what was said."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken
from stylist.ranking.replacements import next_best
from stylist.ranking.scoring import Share, losses, shares
from stylist.ranking.table import home_slot
from stylist.state import DialogState


def _score(composer: Composer, rows: list[int], relevance: np.ndarray, fit: np.ndarray) -> float:
    """From scratch: means over items and pairs, and the extras."""
    w = composer.weights
    pairs = [float(composer.harmony.pair_scores(np.array([a]), np.array([b]))[0, 0]) for a, b in itertools.combinations(rows, 2)]
    extras = sum(w.extras.get(home_slot(composer.table.items[row]), 0.0) for row in rows)
    means = w.relevance * relevance[rows].mean() + w.fit * fit[rows].mean()
    return float(means + w.harmony * (np.mean(pairs) if pairs else 1.0) + w.completeness * extras)


@pytest.mark.parametrize("slots", [("shoes",), ("bottom", "shoes"), ("top", "bottom", "shoes"), v.SLOTS])
def test_an_item_taken_out_changes_the_score_by_what_was_said(slots: tuple[str, ...], make_item: Callable[..., Item]) -> None:
    rng, generator = random.Random(6), np.random.default_rng(6)
    composer = Composer([make_item(rng, number, slot) for number, slot in enumerate(slots)])
    rows = list(range(len(slots)))
    for _ in range(10):
        relevance, fit = generator.random((2, len(slots)))
        parts = shares(rows, [home_slot(item) for item in composer.table.items], relevance, fit, composer.harmony, composer.weights)
        whole = _score(composer, rows, relevance, fit)
        assert sum(part.total for part in parts) == pytest.approx(whole, abs=1e-6)
        for row, loss in zip(rows, losses(parts, composer.weights), strict=True):
            rest = [other for other in rows if other != row]
            assert whole - loss == pytest.approx(_score(composer, rest, relevance, fit) if rest else 0.0, abs=1e-6)


def test_the_reasons_of_an_outfit_say_its_shares(make_item: Callable[..., Item]) -> None:
    rng = random.Random(12)
    composer = Composer([make_item(rng, number) for number in range(200)])
    relevance = np.random.default_rng(12).random(200)
    outfits = composer.compose(DialogState(), relevance, top_k=3).outfits
    assert outfits
    for outfit in outfits:
        rows = [composer.table.index[item.id] for item in outfit.items]
        fit = composer.question(DialogState(), relevance).fit
        assert outfit.score == pytest.approx(_score(composer, rows, relevance, fit), abs=1e-6)
        assert [why.item for why in outfit.why] == [item.id for item in outfit.items]
        parts = [Share(why.contribution, 0.0, 0.0, 0.0) for why in outfit.why]
        assert sum(part.total for part in parts) == pytest.approx(outfit.score)


def test_the_next_best_in_an_items_place_is_the_best_by_trying_all(make_item: Callable[..., Item], make_state: Callable[..., DialogState]) -> None:
    rng, replaced = random.Random(21), 0
    for seed in range(12):
        items = [make_item(rng, number, slot) for number, slot in enumerate([slot for slot in v.SLOTS for _ in range(6)])]
        composer, relevance = Composer(items), np.random.default_rng(seed).random(len(items))
        state = make_state(rng, items, rules=False)
        for outfit in composer.compose(state, relevance, top_k=1).outfits:
            fit = composer.question(state, relevance).fit
            for item, found in zip(outfit.items, next_best(composer, state, relevance, outfit), strict=True):
                if state.anchor is not None:
                    continue
                tried = {}
                for other in items:
                    changed = tuple(other if one is item else one for one in outfit.items)
                    if other.covers == item.covers and other.id != item.id and not broken(state, Outfit(rank=1, score=0, items=changed)):
                        tried[other.id] = _score(composer, [composer.table.index[one.id] for one in changed], relevance, fit)
                assert (found is None) == (not tried)
                if found is not None:
                    assert outfit.score - found.loss == pytest.approx(max(tried.values()), abs=1e-6)
                    assert tried[found.item] == pytest.approx(max(tried.values()), abs=1e-6)
                    replaced += 1
    assert replaced > 5
