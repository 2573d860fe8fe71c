"""Splits that share what they should not, questions whose distractors are of the same type, and baselines that score."""

from __future__ import annotations

import random

import numpy as np
import pytest

from eval import harmony as h
from stylist.catalog.items import Item
from stylist.ranking import pairwise
from stylist.ranking import questions as q
from stylist.ranking.harmony import Harmony, SetHarmony
from stylist.ranking.outfit_net import OutfitConfig
from stylist.ranking.outfit_training import learn
from stylist.ranking.products import Products

TYPES = ("shirt", "jeans", "boots")


@pytest.fixture
def products(tmp_path):
    return Products([Item(id=f"{kind}-{n}", slot="", type=kind, color=("red", "blue")[n % 2]) for kind in TYPES for n in range(12)], tmp_path)


@pytest.fixture
def outfits():
    rng = random.Random(2)
    found = []
    for number in range(300):
        found.append(tuple(f"{kind}-{2 * rng.randrange(6) + number % 2}" for kind in TYPES))
    return sorted({tuple(sorted(outfit)) for outfit in found})


def test_parts_by_outfit_share_no_outfit_and_parts_by_item_no_item(outfits):
    train, test = h.by_outfit(outfits, random.Random(0))
    assert sorted(train + test) == outfits and not set(train) & set(test)
    train, test = h.by_item(outfits, random.Random(0))
    assert train and test
    assert not {i for o in train for i in o} & {i for o in test for i in o}
    assert all(len(outfit) > 1 for outfit in train + test)


def test_distractors_are_of_the_same_type_and_offered(products, outfits):
    offered = {item.id for item in products.items if not item.id.endswith("1")}
    kept = [outfit for outfit in outfits if set(outfit) <= offered]
    asked = h.examination(kept, products, offered, random.Random(0))
    assert len(asked.questions) == len(kept)
    for question in asked.questions:
        assert len({id_.split("-")[0] for id_ in question.candidates}) == 1 and set(question.candidates) <= offered
        assert tuple(sorted((*question.outfit, question.candidates[question.answer]))) in kept
    assert len({question.answer for question in asked.questions}) > 1
    for real, false in zip(asked.pairs[::2], asked.pairs[1::2], strict=True):
        assert real.label and not false.label and set(false.items) <= offered
        assert [i.split("-")[0] for i in false.items] == [i.split("-")[0] for i in real.items]


def test_a_shared_color_is_found_by_all_but_popularity(products, outfits, monkeypatch):
    monkeypatch.setattr(h, "NEIGHBOURS", 4)
    train, test = h.by_outfit(outfits, random.Random(1))
    asked = h.examination(test, products, set(products.row), random.Random(1))
    color = np.array([[item.color == "red", item.color == "blue"] for item in products.items], np.float32)
    config = OutfitConfig(members=2, negatives=6)
    found: dict[str, Harmony | SetHarmony] = {
        "popularity": h.Popularity(products, train),
        "neighbours": h.Neighbours(products, train, color),
        "pairwise": h.pairs_trained(products.items, train, {"histogram": color}, pairwise.PairConfig(epochs=10)),
        "trained": learn(products.items, train, {"colors": color}, config).harmony(products.items, {"colors": color}, config),
    }
    figures = {name: asked.figures(harmony, products) for name, harmony in found.items()}
    # A quarter of the false outfits share a color by chance.
    assert min(figures[name]["auc"] for name in ("neighbours", "pairwise", "trained")) > 0.7
    assert figures["popularity"]["auc"] < 0.65


def test_a_blend_lies_between_and_leans_to_the_first():
    low, high = (q.VectorSimilarity(np.full((2, 1), value)) for value in (0.5, 1.0))
    scores = h.Blend(low, high).pair_scores(np.arange(2), np.arange(2))
    assert scores.shape == (2, 2) and (scores > 0.25).all() and (scores < 0.625).all()
