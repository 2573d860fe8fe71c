"""The prefix language model reads a prompt both ways, writes from left to right, and gives the same step by step as at once."""

import pytest
import torch

from stylist.mllm.decoder import PrefixConfig, PrefixModel, prefix_mask

SIZES = {"vocab_size": 50, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 40}


@pytest.fixture(params=["eager", "sdpa"])
def model(request: pytest.FixtureRequest) -> PrefixModel:
    torch.manual_seed(3)
    made = PrefixModel(PrefixConfig(**SIZES)).eval()
    made.set_attn_implementation(request.param)
    return made


def _hidden(model: PrefixModel, ids: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
    with torch.no_grad():
        return torch.as_tensor(model(input_ids=ids, attention_mask=mask).last_hidden_state)


def test_a_prompt_is_read_in_both_directions(model: PrefixModel) -> None:
    one, other = torch.arange(1, 9)[None], torch.tensor([[1, 2, 3, 4, 5, 6, 7, 30]])
    assert not torch.allclose(_hidden(model, one)[:, 0], _hidden(model, other)[:, 0], atol=1e-4)


def test_an_answer_does_not_see_what_follows(model: PrefixModel) -> None:
    one, other = torch.arange(1, 9)[None], torch.tensor([[1, 2, 3, 4, 5, 6, 7, 30]])
    mask = prefix_mask(torch.tensor([4]), torch.ones(1, 8))
    assert torch.allclose(_hidden(model, one, mask)[:, :7], _hidden(model, other, mask)[:, :7], atol=1e-5)


def test_step_by_step_is_the_same_as_at_once(model: PrefixModel) -> None:
    ids = torch.arange(1, 11)[None]
    at_once = _hidden(model, ids, prefix_mask(torch.tensor([6]), torch.ones(1, 10)))
    with torch.no_grad():
        output = model(input_ids=ids[:, :6], use_cache=True)
        steps = [output.last_hidden_state]
        for place in range(6, 10):
            output = model(input_ids=ids[:, place : place + 1], past_key_values=output.past_key_values, use_cache=True)
            steps.append(output.last_hidden_state)
    assert torch.allclose(torch.cat(steps, dim=1), at_once, atol=1e-5)


def test_padding_changes_nothing(model: PrefixModel) -> None:
    ids = torch.arange(1, 9)[None]
    padded = torch.cat([ids, torch.zeros(1, 4, dtype=torch.long)], dim=1)
    real = torch.tensor([[1] * 8 + [0] * 4])
    assert torch.allclose(_hidden(model, padded, real)[:, :8], _hidden(model, ids), atol=1e-5)
    assert torch.allclose(_hidden(model, padded, prefix_mask(torch.tensor([8]), real))[:, :8], _hidden(model, ids), atol=1e-5)


def test_a_text_longer_than_the_places_is_read(model: PrefixModel) -> None:
    assert _hidden(model, torch.arange(60)[None] % 50).isfinite().all()
