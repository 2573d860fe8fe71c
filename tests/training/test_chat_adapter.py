"""Adapters are trained on any family with the prompts that are used at work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

from stylist.errors import ModelError
from stylist.mllm.backbone import Backbone
from stylist.training import adapter, chat_adapter
from stylist.training.chat_adapter import ChatAdapterConfig, Examples, collate, loss, read_config

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "mllm"))
import tiny_models

FAST = {"rank": 8, "alpha": 16, "dropout": 0.0, "learning_rate": 2e-2, "rows": 2, "accumulate": 1}


@pytest.fixture(scope="module")
def llava(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.build("llava", tmp_path_factory.mktemp("models"))


def test_only_the_answers_are_learned_and_prompts_are_those_used_at_work(llava: Path) -> None:
    backbone = Backbone.load(str(llava), device="cpu")
    examples = next(Examples(backbone, ChatAdapterConfig(rows=3)).passes())
    made = collate(backbone, examples)
    end = backbone.tokenizer.eos_token_id
    for row, example in enumerate(examples):
        prompt = backbone.inputs(example.prompt)["input_ids"][0]
        learned = made["labels"][row] != -100
        answer = made["input_ids"][row][learned]
        assert backbone.tokenizer.decode(answer[:-1]) == example.answer and answer[-1] == end
        seen = made["input_ids"][row][made["attention_mask"][row].bool()]
        assert seen[: len(prompt)].tolist() == prompt.tolist() and len(seen) == len(prompt) + len(answer)
    with torch.inference_mode():
        whole = backbone.model(**made).loss
        assert float(loss(backbone.model, made)) == pytest.approx(float(whole), rel=1e-4)


def test_photos_are_part_of_a_batch(llava: Path, tmp_path: Path) -> None:
    pytest.importorskip("skia")
    from stylist.training import drawn

    backbone = Backbone.load(str(llava), device="cpu")
    drawn.build(tmp_path, 4, 1)
    passes = Examples(backbone, ChatAdapterConfig(rows=2, photo_share=1.0), tmp_path).passes()
    examples = next(passes)
    made = collate(backbone, examples)
    assert examples[0].photos and len(made["pixel_values"]) == sum(len(e.photos) for e in examples)
    assert torch.isfinite(loss(backbone.model, made))


def test_training_lowers_the_loss_and_the_adapter_is_used(llava: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_adapter, "held_out", lambda *_: 0.0)
    out = tmp_path / "stylist"
    config = tmp_path / "run.yaml"
    config.write_text("".join(f"{name}: {value}\n" for name, value in FAST.items()))
    monkeypatch.setattr(sys, "argv", ["stylist", "--model", str(llava), "--config", str(config), "--name", "stylist", "--steps", "12", "--out", str(out)])
    assert adapter.main() == 0
    import json

    curve = [row["loss"] for row in json.loads((out / "run.json").read_text())["curve"]]
    assert len(curve) == 12 and sum(curve[-3:]) / 3 < 0.9 * curve[0]
    adapted = Backbone.load(str(llava), {"stylist": str(out)}, device="cpu")
    examples = next(Examples(adapted, read_config(config, name="stylist"), part="valid").passes())
    made = collate(adapted, examples)
    with torch.inference_mode():
        with adapted.using("stylist"):
            trained = float(loss(adapted.model, made))
        with adapted.using(None):
            plain = float(loss(adapted.model, made))
    assert trained < 0.9 * plain


def test_a_run_of_nothing_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "run.yaml"
    for text, reason in (("shape: round", "shape"), ("name: singer", "tracker or stylist"), ("steps: 0", "steps: 0")):
        config.write_text(text)
        with pytest.raises(ModelError, match=reason):
            read_config(config)
    with pytest.raises(ModelError, match="cannot be loaded"):
        chat_adapter.train(ChatAdapterConfig(), str(tmp_path), tmp_path / "out")
    assert not (tmp_path / "out").exists()
