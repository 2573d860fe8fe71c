"""Harmony from attributes."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from stylist.catalog.items import Item
from stylist.ranking import harmony as h
from stylist.ranking.harmony import AttributeHarmony, lab


def _score(a: Item, b: Item) -> float:
    return float(AttributeHarmony([a, b]).pair_scores(np.array([0]), np.array([1]))[0, 0])


def _item(**fields: object) -> Item:
    return Item(**{"id": str(fields), "slot": "", "type": "shirt", "color": "white", "pattern": "solid", **fields})  # type: ignore[arg-type]


def test_lab_of_known_colors() -> None:
    assert lab("#ffffff") == pytest.approx((100, 0, 0), abs=0.05)
    assert lab("#ff0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.1)
    assert lab("#0000ff") == pytest.approx((32.30, 79.19, -107.86), abs=0.1)


def test_scores_are_symmetric_and_between_zero_and_one(make_item: Callable[..., Item]) -> None:
    rng = random.Random(0)
    harmony = AttributeHarmony([make_item(rng, n) for n in range(120)])
    rows = np.arange(120)
    scores = harmony.pair_scores(rows, rows)
    assert scores.min() >= 0 and scores.max() <= 1
    assert np.allclose(scores, scores.T)


def test_large_catalogues_score_as_small_ones(make_item: Callable[..., Item], monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(1)
    items = [make_item(rng, n) for n in range(90)]
    small = AttributeHarmony(items)
    monkeypatch.setattr(h, "DENSE_LIMIT", 5)
    large = AttributeHarmony(items)
    assert large._dense is None and small._dense is not None
    a, b = np.array([3, 7, 50]), np.arange(90)
    assert np.allclose(small.pair_scores(a, b), large.pair_scores(a, b))
    extra = make_item(rng, 90)
    together = AttributeHarmony([*items, extra])
    for harmony in (small.extended(extra), large.extended(extra)):
        assert np.allclose(harmony.pair_scores(np.array([90]), b), together.pair_scores(np.array([90]), b))


def test_neutrals_go_with_colors_better_than_clashing_colors_do() -> None:
    jeans = _item(type="jeans", color="green")
    assert _score(_item(color="white"), jeans) > _score(_item(color="red"), jeans) + 0.1


def test_a_color_that_comes_back_goes_better_than_another() -> None:
    for color, other in (("black", "grey"), ("red", "orange"), ("gold", "silver")):
        boots = _item(type="boots", color=color)
        assert _score(_item(color=color), boots) > _score(_item(color=other), boots)


def test_two_loud_patterns_cost() -> None:
    skirt = _item(type="skirt", pattern="floral")
    assert _score(_item(pattern="solid"), skirt) > _score(_item(pattern="animal"), skirt) + 0.05


def test_distance_in_formality_costs() -> None:
    trousers = _item(type="trousers", formality="formal")
    scores = [_score(_item(formality=f), trousers) for f in ("formal", "business", "smart-casual", "casual", "sport")]
    assert scores == sorted(scores, reverse=True)


def test_a_set_scores_the_mean_of_its_pairs(make_item: Callable[..., Item]) -> None:
    rng = random.Random(2)
    harmony = AttributeHarmony([make_item(rng, n) for n in range(3)])
    pairs = harmony.pair_scores(np.arange(3), np.arange(3))
    assert harmony.outfit([0, 1, 2]) == pytest.approx((pairs[0, 1] + pairs[0, 2] + pairs[1, 2]) / 3)
    assert harmony.outfit([1]) == 1.0
