"""An adapter starts as the difference of two models, their norms included, and comes back from the disk as it was stored."""

from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import LlamaConfig, LlamaModel

from stylist.training.adapter import shrink, start_toward

MODULES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "embed_tokens", "lm_head"]
SIZE = 32


class Tiny(torch.nn.Module):
    """A decoder that names its parts as the bundled model does."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        config = LlamaConfig(vocab_size=40, hidden_size=SIZE, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2)
        self.model = torch.nn.Module()
        self.model.language_model = LlamaModel(config)
        self.lm_head = torch.nn.Linear(SIZE, 40, bias=False)
        for name, weight in self.named_parameters():
            if name.endswith("norm.weight"):
                torch.nn.init.uniform_(weight, 0.5, 1.5)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        hidden = self.model.language_model(ids).last_hidden_state
        return torch.as_tensor(self.lm_head(hidden))


def _adapted(seed: int) -> Any:
    return get_peft_model(Tiny(seed), LoraConfig(r=SIZE, lora_alpha=1, target_modules=MODULES))  # type: ignore[arg-type]


def test_a_full_rank_adapter_is_the_other_model(tmp_path: Path) -> None:
    other = Tiny(1).eval()
    torch.save(other.state_dict(), tmp_path / "other.pt")
    adapted = _adapted(2).eval()
    ids = torch.arange(12)[None]
    with torch.no_grad():
        assert not torch.allclose(adapted(ids), other(ids), atol=1e-2)
        start_toward(adapted, tmp_path / "other.pt")
        assert torch.allclose(adapted(ids), other(ids), atol=1e-3)


@pytest.mark.parametrize(("dtype", "near"), [(torch.bfloat16, 0.02), (torch.float8_e4m3fn, 0.12)])
def test_a_stored_adapter_loads_again(tmp_path: Path, dtype: torch.dtype, near: float) -> None:
    torch.save(Tiny(1).state_dict(), tmp_path / "other.pt")
    adapted = _adapted(2).eval()
    start_toward(adapted, tmp_path / "other.pt")
    adapted.save_pretrained(str(tmp_path / "adapter"), save_embedding_layers=False)
    shrink(tmp_path / "adapter", dtype)
    loaded = PeftModel.from_pretrained(Tiny(2), str(tmp_path / "adapter")).eval()  # type: ignore[arg-type]
    ids = torch.arange(12)[None]
    with torch.no_grad():
        wanted, found = adapted(ids), loaded(ids)
    assert (wanted - found).abs().mean() < near * wanted.abs().mean()
