"""The learned harmony: features, scores blind to order, outfits that are not among what its items are known from, and palettes."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
import torch
from PIL import Image

from stylist.catalog.items import Item
from stylist.encoders.tower import VisionConfig, VisionTower
from stylist.ranking import outfit_training as training
from stylist.ranking import questions as q
from stylist.ranking.harmony_colors import ColorMatch, ColorPairs
from stylist.ranking.harmony_texture import textures
from stylist.ranking.item_features import FeatureMap
from stylist.ranking.outfit_net import Inputs, LearnedHarmony, OutfitConfig, OutfitNet
from stylist.ranking.palette import COLORS, SIZE, palette


def _net(features: FeatureMap, memories: int, config: OutfitConfig) -> OutfitNet:
    torch.manual_seed(0)
    net = OutfitNet(features.width, len(features.types), memories, config)
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, 0, 0.2)
    return net.eval()


@pytest.fixture
def items(make_item: Callable[..., Item]) -> list[Item]:
    rng = random.Random(1)
    return [make_item(rng, n) for n in range(30)]


@pytest.mark.parametrize("attention", [0, 4])
def test_scores_are_blind_to_the_order_of_items_and_candidates(items: list[Item], attention: int) -> None:
    rng = random.Random(2)
    features = FeatureMap.fitted(items, {}, np.arange(30))
    memory = {items[3].id: 5}
    harmony = LearnedHarmony([_net(features, 1, OutfitConfig(attention=attention)) for _ in range(2)], Inputs.of(items, {}, features, memory))
    for _ in range(20):
        outfit = rng.sample(range(30), 5)
        mixed, candidates = rng.sample(outfit, 5), rng.sample(range(30), 4)
        assert q.outfit_score(harmony, outfit) == q.outfit_score(harmony, mixed)
        before = q.candidate_scores(harmony, outfit, candidates)
        assert (q.candidate_scores(harmony, mixed, candidates[::-1]) == before[::-1]).all()
        assert len(set(before)) > 1


@pytest.mark.parametrize("attention", [0, 4])
def test_what_a_place_wants_does_not_depend_on_what_lies_there_or_on_padding(items: list[Item], attention: int) -> None:
    features = FeatureMap.fitted(items, {}, np.arange(30))
    net = _net(features, 0, OutfitConfig(attention=attention))
    vectors, kinds = torch.randn(1, 4, 33), torch.tensor([[1, 2, 3, 4]])
    filled = torch.tensor([[True, True, True, False]])
    wanted = net.wanted(vectors, kinds, filled)
    changed = vectors.clone()
    changed[0, 1], changed[0, 3] = 9, -9
    after = net.wanted(changed, kinds, filled)
    assert torch.allclose(wanted[0, 1], after[0, 1], atol=1e-5)
    assert not torch.allclose(wanted[0, 0], after[0, 0], atol=1e-3)
    assert torch.allclose(net.wanted(vectors[:, :3], kinds[:, :3], filled[:, :3])[0], wanted[0, :3], atol=1e-5)


def test_features_are_uncorrelated_and_the_mean_where_an_item_has_no_vector(items: list[Item]) -> None:
    rng = np.random.default_rng(0)
    rows = (rng.normal(size=(30, 3)) @ rng.normal(size=(3, 12))).astype(np.float32)
    features = FeatureMap.fitted(items, {"pooled": rows}, np.arange(30))
    assert features.matrices["pooled"].shape == (12, 3)
    rows[4] = 0
    x = features.features(items, {"pooled": rows})[:, -3:]
    assert x.shape == (30, 3) and (x[4] == 0).all()
    assert features.features(items, {}).shape == (30, features.width)
    assert features.kinds([Item(id="x", slot="top", type="shirt", extra={"type": "never seen"})]).tolist() == [0]


def test_an_outfit_does_not_count_among_those_its_items_are_known_from(items: list[Item]) -> None:
    features = FeatureMap.fitted(items, {}, np.arange(30))
    config = OutfitConfig(remembered=3)
    net = _net(features, 3, config)
    memory = {items[0].id: 3, items[1].id: 9, items[2].id: 4}
    inputs = Inputs.of(items, {}, features, memory)
    rows, others = np.array([[0, 1, 5]]), np.array([[[2], [2], [6]]])
    step = training.Step(net, inputs, rows, np.ones((1, 3), bool), others, True)
    plain = net.embed(inputs.take(torch.tensor([0, 1, 5])))
    less = (plain - step.own[0])[:, -1] / net.renown_weight
    assert less.tolist() == pytest.approx([np.log(4 / 3), np.log(10 / 9), 0], abs=1e-5)
    assert torch.allclose(step.others[0, 0, 0], net.embed(inputs.take(torch.tensor([2])))[0])


def test_the_first_member_alone_holds_out_and_items_worn_often_are_remembered() -> None:
    config = OutfitConfig()
    learning, held = training.split(20, config, 0)
    assert len(held) == 2 and sorted([*learning, *held]) == list(range(20))
    learning, held = training.split(20, config, 1)
    assert not len(held) and sorted(learning) == list(range(20))
    assert training.remembered([("a", "b"), ("a", "c"), ("a", "b", "a")], config) == {"a": 3}


def test_of_long_outfits_a_part_is_taken() -> None:
    rows, filled = training.padded([np.arange(1, 9), np.array([11, 12])], 4, np.random.default_rng(0))
    assert rows.shape == (2, 4) and set(rows[0]) <= set(range(1, 9)) and len(set(rows[0])) == 4
    assert filled.tolist() == [[True] * 4, [True, True, False, False]]


def test_a_palette_is_of_the_garment_alone() -> None:
    def photo(garment: str, ground: str) -> np.ndarray:
        picture = Image.new("RGB", (90, 120), ground)
        picture.paste(garment, (30, 30, 60, 90))
        return palette(picture)

    red, blue = photo("red", "white"), photo("blue", "white")
    assert red.shape == (SIZE,) and np.linalg.norm(red[:COLORS]) == pytest.approx(1, abs=1e-3)
    assert red[:COLORS] @ blue[:COLORS] < 0.2 < 0.99 < red[:COLORS] @ photo("red", "#dddddd")[:COLORS]
    assert np.isfinite(palette(Image.new("RGB", (1, 400), "white"))).all()


def test_a_texture_is_of_the_garment_wherever_it_lies() -> None:
    torch.manual_seed(0)
    tower = VisionTower(VisionConfig(image_size=64)).eval()
    stripes = Image.fromarray(np.tile(np.array([[[220, 30, 30]], [[30, 30, 220]]], np.uint8).repeat(3, 0), (10, 30, 1)))

    def photo(garment: Image.Image, left: int) -> Image.Image:
        picture = Image.new("RGB", (160, 240), "white")
        picture.paste(garment, (left, 80))
        return picture

    here, there, plain = textures(tower, [photo(stripes, 20), photo(stripes, 90), photo(Image.new("RGB", stripes.size, "red"), 20)])
    assert here.shape == (2 * (24 + 40 + 80 + 112),) and np.isfinite(here).all()
    assert np.linalg.norm(here - there) < 0.2 * np.linalg.norm(here - plain)
    assert np.isfinite(textures(tower, [Image.new("RGB", (8, 300), "white"), Image.new("RGB", (8, 8), "black")])).all()


def _palettes(rng: np.random.Generator, groups: np.ndarray) -> np.ndarray:
    """(items, 8) unit vectors: each near the corner of its group."""
    rows = np.eye(8)[groups] + rng.uniform(0, 0.2, (len(groups), 8))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_colors_worn_together_match_though_they_are_not_alike() -> None:
    rng = np.random.default_rng(0)
    kinds, groups = np.repeat([1, 2], 60), np.tile(np.arange(4), 30)
    palettes = _palettes(rng, groups + 4 * (kinds == 2))  # what one type is, the other never is: nothing is alike
    outfits = [np.array([n, 60 + 4 * rng.integers(10) + groups[n]]) for n in range(40) for _ in range(4)]
    fitted = ColorMatch.fitted(palettes, kinds, 2, outfits)
    assert fitted is not None
    pairs = ColorPairs(fitted, palettes, kinds)
    unseen, others = np.arange(40, 60), np.arange(100, 120)
    right = groups[unseen][:, None] == groups[others]
    _, match = pairs.parts(unseen, others)
    assert match[right].mean() > match[~right].mean() + 1
    scores = pairs.pair_scores(np.arange(120), np.arange(120), 0.3, 0.2)
    assert np.allclose(scores, scores.T)

    again = ColorPairs(ColorMatch.of(fitted.tensors()), palettes, kinds)
    assert np.allclose(again.pair_scores(unseen, others, 0.3, 0.2), pairs.pair_scores(unseen, others, 0.3, 0.2))


def test_an_item_without_a_picture_matches_nothing_and_few_items_fit_nothing() -> None:
    rng = np.random.default_rng(1)
    kinds, groups = np.repeat([1, 2], 20), np.tile(np.arange(4), 10)
    palettes = _palettes(rng, groups)
    palettes[5] = 0
    fitted = ColorMatch.fitted(palettes, kinds, 2, [np.array([n, 20 + n]) for n in range(20)])
    assert fitted is not None
    likeness, match = ColorPairs(fitted, palettes, kinds).parts(np.array([5]), np.arange(40))
    assert (match == 0).all() and np.isfinite(likeness).all() and likeness.std() < 1
    assert ColorMatch.fitted(palettes, kinds, 2, [np.array([1, 22])]) is None
    assert ColorMatch.fitted(np.ones((40, 8), np.float32), kinds, 2, [np.array([n, 20 + n]) for n in range(20)]) is None


def test_colors_count_in_the_scores_of_sets_in_any_order(items: list[Item]) -> None:
    features = FeatureMap.fitted(items, {}, np.arange(30))
    palettes = _palettes(np.random.default_rng(2), np.arange(30) % 4)
    fitted = ColorMatch.fitted(palettes, features.kinds(items), len(features.types), [np.array([n, (n + 4) % 30]) for n in range(30)])
    assert fitted is not None
    nets, inputs = [_net(features, 0, OutfitConfig())], Inputs.of(items, {}, features, {})
    plain = LearnedHarmony(nets, inputs)
    colored = LearnedHarmony(nets, inputs, ColorPairs(fitted, palettes, features.kinds(items)))
    outfit, candidates = np.array([7, 3, 12]), np.array([1, 2, 9])
    added = colored.candidate_scores(outfit, candidates) - plain.candidate_scores(outfit, candidates)
    expected = colored.colors.pair_scores(candidates, outfit, OutfitConfig().likeness, OutfitConfig().matching).mean(axis=1) if colored.colors else None
    assert np.allclose(added, expected) and added.std() > 0
    assert q.outfit_score(colored, [7, 3, 12]) == q.outfit_score(colored, [12, 7, 3]) != q.outfit_score(plain, [7, 3, 12])
