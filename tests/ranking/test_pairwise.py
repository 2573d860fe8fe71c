"""The learned harmony: negatives, scores blind to order, and runs that learn, stop, go on and answer."""

from __future__ import annotations

import json
import random
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from stylist.catalog.items import Item
from stylist.errors import ModelError
from stylist.ranking import commands, pairwise
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


@pytest.fixture
def shop(tmp_path: Path) -> Namespace:
    """Outfits whose garments share their color, which no item's type tells."""
    rng = random.Random(0)
    kinds, colors = ("shirt", "jeans", "boots", "coat"), ("red", "green", "blue", "white")
    rows = [(f"{kind}-{color}-{n}", kind, color) for kind in kinds for color in colors for n in range(3)]
    (tmp_path / "items.csv").write_text("id,type,color\n" + "".join(",".join(row) + "\n" for row in rows))

    def outfit(color: str) -> list[str]:
        return [f"{kind}-{color}-{rng.randrange(3)}" for kind in kinds]

    outfits = {str(n): outfit(colors[n % 4]) for n in range(160)}
    (tmp_path / "outfits.json").write_text(json.dumps(outfits))
    with (tmp_path / "q.jsonl").open("w") as questions, (tmp_path / "c.jsonl").open("w") as pairs:
        for n in range(40):
            first, *rest = outfit(colors[n % 4])
            candidates = [f"shirt-{color}-{first[-1]}" for color in colors]
            print(json.dumps({"outfit": rest, "candidates": candidates, "answer": n % 4}), file=questions)
            print(json.dumps({"items": [first, *rest], "label": 1}), file=pairs)
            print(json.dumps({"items": [f"{kind}-{colors[(n + k) % 4]}-0" for k, kind in enumerate(kinds)], "label": 0}), file=pairs)
    return Namespace(
        items=tmp_path / "items.csv", outfits=tmp_path / "outfits.json", out=tmp_path / "run", seed=3, epochs=12,
        text_encoder="none", image_encoder="none", run=tmp_path / "run", questions=tmp_path / "q.jsonl", pairs=tmp_path / "c.jsonl",
    )  # fmt: skip


def test_a_run_stops_goes_on_to_the_same_weights_and_answers(shop: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    trained = commands.train(shop)
    assert trained["outfits"] == 160
    assert {"head.safetensors", "config.json", "curve.jsonl"} <= {p.name for p in shop.out.iterdir()}
    answer = commands.evaluate(shop)
    assert answer["questions"] > 0 and answer["pairs"] > 0
    assert answer["baselines"].keys() == {"chance", "bundled", "color"}
    # Chance is .25 and .5; that colors are shared is all there is to learn.
    assert answer["fitb"] > 0.8 and answer["auc"] > 0.9
    # Here some of the candidates share the color by chance, and score as the right one does.
    assert trained["held_out"]["fitb"] > 0.5
    weights = (shop.out / "head.safetensors").read_bytes()
    assert commands.train(shop) == trained

    shop.out = shop.out.with_name("again")
    fit = pairwise.fit

    def stopped(*args: Any) -> Any:
        *rest, after = args

        def after_epoch(state: dict[str, Any], figures: dict[str, float]) -> None:
            after(state, figures)
            if state["epoch"] == 5:
                raise KeyboardInterrupt

        return fit(*rest, after_epoch)

    monkeypatch.setattr(pairwise, "fit", stopped)
    with pytest.raises(KeyboardInterrupt):
        commands.train(shop)
    with pytest.raises(ModelError, match="finished"):
        commands.evaluate(Namespace(**{**vars(shop), "run": shop.out}))
    monkeypatch.setattr(pairwise, "fit", fit)
    commands.train(shop)
    assert (shop.out / "head.safetensors").read_bytes() == weights
    assert len((shop.out / "curve.jsonl").read_text().splitlines()) == 12

    with pytest.raises(ModelError, match="other settings"):
        commands.train(Namespace(**{**vars(shop), "seed": 4}))
