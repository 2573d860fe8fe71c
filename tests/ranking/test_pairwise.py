"""The pairwise head: negatives, memories, and scores blind to order."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import torch

from stylist.catalog.items import Item
from stylist.ranking import pairwise
from stylist.ranking import questions as q


def test_negatives_share_the_type_and_are_others() -> None:
    types = np.array(["shirt", "boots", "shirt", "hat", "shirt", "boots"])
    negatives = pairwise.Negatives(types.tolist())
    generator = np.random.default_rng(0)
    rows = np.tile(np.arange(6), (200, 1))
    drawn = negatives.draw(rows, generator)
    assert (types[drawn] == types[rows]).all()
    assert ((drawn != rows) | (types[rows] == "hat")).all()
    assert set(drawn[:, 0]) == {2, 4}


def test_negatives_come_from_the_pool() -> None:
    types = np.array(["shirt", "boots", "shirt", "hat", "shirt", "boots"])
    negatives = pairwise.Negatives(types.tolist(), np.array([True, False, True, False, False, True]))
    drawn = negatives.draw(np.tile(np.arange(6), (200, 1)), np.random.default_rng(0))
    assert [set(drawn[:, row]) for row in range(6)] == [{2}, {5}, {0}, {3}, {0, 2}, {5}]


def test_what_is_worn_only_where_it_is_held_out_has_no_memory() -> None:
    config = pairwise.PairConfig(remembered=2)
    learning, held = pairwise.split(20, config)
    outfits = [("often", f"once-{n}", *(("held",) if n in held else ())) for n in range(20)]
    assert len(held) == 2 and not set(learning) & set(held)
    assert pairwise.remembered(outfits, config) == ["often"]


def test_scores_are_symmetric_and_blind_to_order(make_item: Callable[..., Item]) -> None:
    rng = random.Random(1)
    items = [make_item(rng, n) for n in range(30)]
    torch.manual_seed(0)
    net = pairwise.PairNet(pairwise.features(items, {}, {}).shape[1], 0, pairwise.PairConfig())
    harmony = pairwise.PairwiseHarmony(net, items, {}, {}, {})
    rows = np.arange(30)
    scores = harmony.pair_scores(rows, rows)
    assert scores.min() >= 0 and scores.max() <= 1 and np.allclose(scores, scores.T)
    assert np.allclose(harmony.extended(items[3]).pair_scores(np.array([30]), rows), scores[3])
    for _ in range(20):
        outfit = rng.sample(range(30), 5)
        mixed, candidates = rng.sample(outfit, 5), rng.sample(range(30), 4)
        assert q.outfit_score(harmony, outfit) == q.outfit_score(harmony, mixed)
        before = q.candidate_scores(harmony, outfit, candidates)
        assert (q.candidate_scores(harmony, mixed, candidates[::-1]) == before[::-1]).all()
