"""The language part of `stylist-mini`: BERT's layers as a prefix language model (Dong 2019, UniLM).

The prompt is read in both directions, the answer is written from left to right after it. That lets a small sentence encoder's
weights be the start of a model that writes.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from transformers import AutoConfig, AutoModel, BertConfig, BertModel

MODEL_TYPE = "stylist-prefix-lm"
_NEVER = -1e9


class PrefixConfig(BertConfig):
    """BERT's sizes; `is_decoder` gives it a cache of keys and values."""

    model_type = MODEL_TYPE

    def __init__(self, **options: Any):
        super().__init__(**{"is_decoder": True, **options})


def prefix_mask(lengths: Tensor, real: Tensor) -> Tensor:
    """What each place may look at, (batch, 1, length, length), 0 or a large negative number, to be added to the scores.

    `lengths` (batch,) are those of the prompts, `real` (batch, length) is 0 where there is padding.
    """
    places = torch.arange(real.shape[1], device=real.device)
    seen = (places[None, None, :] < lengths[:, None, None]) | (places[None, None, :] <= places[None, :, None])
    seen = seen & real.bool()[:, None, :]
    return torch.zeros(seen.shape, device=real.device).masked_fill(~seen, _NEVER)[:, None]


class PrefixModel(BertModel):
    """BERT without its pooler, whose first pass reads everything at once and whose further passes go on from there."""

    config_class = PrefixConfig

    def __init__(self, config: PrefixConfig):
        super().__init__(config, add_pooling_layer=False)

    def forward(  # type: ignore[override]
        self, input_ids: Tensor | None = None, attention_mask: Tensor | None = None, inputs_embeds: Tensor | None = None,
        past_key_values: Any = None, **options: Any,
    ) -> Any:  # fmt: skip
        """`attention_mask` is None, one of padding (batch, length), or what `prefix_mask` makes. All places past the last share it."""
        given = inputs_embeds if inputs_embeds is not None else input_ids
        assert given is not None
        before = past_key_values.get_seq_length() if past_key_values is not None else 0
        places = torch.arange(before, before + given.shape[1], device=given.device)
        options["position_ids"] = places.clamp(max=self.config.max_position_embeddings - 1)[None]
        if not before and (attention_mask is None or attention_mask.ndim == 2):
            real = torch.ones(given.shape[:2], device=given.device) if attention_mask is None else attention_mask
            attention_mask = prefix_mask(torch.full((len(real),), real.shape[1], device=real.device), real)
            attention_mask = attention_mask.to(inputs_embeds.dtype if inputs_embeds is not None else self.dtype)
        return super().forward(
            input_ids=input_ids, attention_mask=attention_mask, inputs_embeds=inputs_embeds, past_key_values=past_key_values, **options
        )


AutoConfig.register(MODEL_TYPE, PrefixConfig)
AutoModel.register(PrefixConfig, PrefixModel)
