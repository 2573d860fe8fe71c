"""An adapter learns on stylist-mini and comes back from the disk as it was stored."""

import functools
import json
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file

import stylist.training.base  # noqa: F401
from stylist import paths, training
from stylist.mllm import mini
from stylist.training import adapter, lm, pairs
from stylist.training.exchanges import exchanges

WORDS = paths.asset("mini")
pytestmark = pytest.mark.skipif(not (WORDS / "tokenizer.json").is_file(), reason="no bundled tokenizer")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    mini.save(mini.new_model(WORDS, seed=2, hidden=32, layers=2), folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((WORDS / name).read_bytes())
    return folder


def _logits(model: Any) -> torch.Tensor:
    with torch.no_grad():
        return torch.as_tensor(model(input_ids=torch.arange(5, 25)[None]).logits)


@pytest.mark.parametrize("stored", ["bfloat16", "float8_e4m3fn"])
def test_an_adapter_learns_and_loads_again(base: Path, tmp_path: Path, stored: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lm, "batches", functools.partial(lm.batches, pool=200))
    monkeypatch.setattr(training.base, "held_out_scores", functools.partial(training.base.held_out_scores, count=40))
    plain: Any = mini.load(base)
    encoder = pairs.Encoder(mini.processor(base).tokenizer, plain.config.image_seq_length)
    untrained = training.base.held_out_scores(plain, encoder)["held_out_loss"]
    next(exchanges(1))  # the bank is read before the clock runs
    loop = lm.LoopConfig(minutes=0.3, learning_rate=2e-2, tokens_per_batch=600)
    config = adapter.AdapterConfig(rank=8, alpha=64, stored=stored, pictures=0, loop=loop)
    assert adapter.train(config, base, tmp_path / "tracker")["held_out_loss"] < untrained - 0.05
    before = _logits(plain)
    loaded = PeftModel.from_pretrained(plain, str(tmp_path / "tracker")).eval()
    after = _logits(loaded)
    assert not torch.allclose(before, after, atol=1e-3)
    with loaded.disable_adapter():
        assert torch.allclose(_logits(loaded), before, atol=1e-5)


def test_training_goes_on_from_an_adapter_and_its_weigher(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lm, "batches", functools.partial(lm.batches, pool=200))
    monkeypatch.setattr(training.base, "held_out_scores", functools.partial(training.base.held_out_scores, count=40))
    loop = lm.LoopConfig(minutes=0.1, learning_rate=2e-2, tokens_per_batch=600)
    config = adapter.AdapterConfig(rank=8, alpha=64, stored="float8_e4m3fn", pictures=0, loop=loop)
    first = adapter.train(config, base, tmp_path / "first")
    still = adapter.AdapterConfig(rank=8, alpha=64, pictures=0, loop=lm.LoopConfig(minutes=1e-6))
    again = adapter.train(still, base, tmp_path / "again", start=tmp_path / "first")
    assert again["held_out_loss"] == pytest.approx(first["held_out_loss"], rel=0.05)
    assert again["weigher_f1"] == pytest.approx(first["weigher_f1"], abs=0.05)
    with pytest.raises(adapter.ModelError, match="nowhere"):
        adapter.train(still, base, tmp_path / "none", start=tmp_path / "nowhere")


def test_a_config_of_unknown_fields_is_named(tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text("name: tracker\nranck: 3\n")
    with pytest.raises(adapter.ModelError, match="ranck"):
        adapter.read_config(tmp_path / "run.yaml")


def test_eight_bits_change_an_update_by_a_few_percent(tmp_path: Path) -> None:
    torch.manual_seed(0)
    factors = {"x.lora_A.weight": torch.rand(16, 96) * 0.1 - 0.05, "x.lora_B.weight": torch.randn(64, 16) * 0.004}
    save_file(factors, tmp_path / "adapter_model.safetensors")
    (tmp_path / "adapter_config.json").write_text('{"lora_alpha": 32, "r": 16}')
    adapter.shrink(tmp_path, torch.float8_e4m3fn)
    stored = load_file(tmp_path / "adapter_model.safetensors")
    assert all(x.dtype == torch.float8_e4m3fn for x in stored.values())
    scale = json.loads((tmp_path / "adapter_config.json").read_text())["lora_alpha"] / 16
    before = 2 * factors["x.lora_B.weight"] @ factors["x.lora_A.weight"]
    after = scale * stored["x.lora_B.weight"].float() @ stored["x.lora_A.weight"].float()
    assert ((after - before).norm() / before.norm()).item() < 0.05
