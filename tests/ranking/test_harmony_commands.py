"""`stylist harmony train` and `eval`: runs that learn, stop, go on and answer, and what they say of bad input."""

from __future__ import annotations

import json
import random
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stylist.errors import CatalogError, ModelError
from stylist.ranking import commands, outfit_training
from stylist.ranking.outfit_net import OutfitConfig


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
        items=tmp_path / "items.csv", outfits=tmp_path / "outfits.json", out=tmp_path / "run", seed=3, epochs=5,
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
    learn: Any = outfit_training.learn

    def stopped(*args: Any) -> Any:
        after = args[-1]

        def after_epoch(state: dict[str, Any], figures: dict[str, float]) -> None:
            after(state, figures)
            if len(state["done"]) == 1 and state["epoch"] == 3:
                raise KeyboardInterrupt

        return learn(*args[:-1], after_epoch)

    monkeypatch.setattr(outfit_training, "learn", stopped)
    with pytest.raises(KeyboardInterrupt):
        commands.train(shop)
    with pytest.raises(ModelError, match="finished"):
        commands.evaluate(Namespace(**{**vars(shop), "run": shop.out}))
    monkeypatch.setattr(outfit_training, "learn", learn)
    commands.train(shop)
    assert (shop.out / "head.safetensors").read_bytes() == weights
    assert len((shop.out / "curve.jsonl").read_text().splitlines()) == OutfitConfig().members * 5

    with pytest.raises(ModelError, match="other settings"):
        commands.train(Namespace(**{**vars(shop), "seed": 4}))


def test_pictures_are_looked_at_and_a_broken_one_is_named(shop: Namespace, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shop.items.parent
    lines = [line.split(",") for line in shop.items.read_text().splitlines()[1:]]
    shop.items.write_text("id,type,color,image\n" + "".join(f"{name},{kind},{color},{name}.png\n" for name, kind, color in lines))
    for name, _, color in lines:
        Image.new("RGB", (24, 36), color).save(folder / f"{name}.png")
    (folder / "boots-red-0.png").write_bytes(b"\x89PNG no more")
    shop.epochs = 2
    trained = commands.train(shop)
    assert {"colors", "outline"} <= set(trained["vectors"])
    said = capsys.readouterr().err
    assert "boots-red-0.png" in said and "shirt-red-0.png" not in said
    assert commands.evaluate(shop)["baselines"].keys() == {"chance", "bundled", "color", "histogram"}


@pytest.mark.parametrize(
    ("outfits", "message"),
    [
        ({str(n): ["shirt-red-0", "jeans-red-0"] for n in range(9)}, "outfits.json: 9 outfits of two or more items; expected at least 10"),
        ({str(n): ["shirt-red-0"] for n in range(30)}, "outfits.json: 0 outfits of two or more items"),
        ({"7": ["shirt-red-0", "cape-1"]}, "outfits.json: outfit '7': items: no item 'cape-1'"),
        ({"7": "shirt-red-0"}, "outfit '7': items: found"),
        ({}, "holds no outfits"),
        ([], "expected an object"),
    ],
)
def test_outfits_that_cannot_be_learned_from(shop: Namespace, outfits: object, message: str) -> None:
    shop.outfits.write_text(json.dumps(outfits))
    with pytest.raises(CatalogError, match=message):
        commands.train(shop)
    assert not (shop.out / "head.safetensors").exists()


def test_a_table_without_the_columns_and_no_table(shop: Namespace) -> None:
    shop.items.write_text("name,price\nshirt,3\n")
    with pytest.raises(CatalogError, match=r"items\.csv.*id"):
        commands.train(shop)
    shop.items.unlink()
    with pytest.raises(CatalogError, match=r"items\.csv"):
        commands.train(shop)


def test_questions_of_unknown_items_and_a_folder_that_is_no_run(shop: Namespace) -> None:
    with pytest.raises(ModelError, match="expected a folder that `stylist harmony train` finished"):
        commands.evaluate(shop)
    shop.run = None
    shop.questions.write_text('{"outfit": ["cape-1"], "candidates": ["shirt-red-0", "shirt-blue-0"], "answer": 0}\n')
    with pytest.raises(CatalogError, match="line 1: outfit: no item 'cape-1'"):
        commands.evaluate(shop)


def test_weights_that_are_not_the_runs(shop: Namespace) -> None:
    shop.epochs = 1
    commands.train(shop)
    (shop.out / "head.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be used"):
        commands.evaluate(shop)
