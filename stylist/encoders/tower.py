"""The vision tower: a small residual network over garment photos. Gives image tokens to the multimodal model, an embedding
in the text encoder's space, and readings of type, color, pattern and the like. Knows nothing of text or files.

It is an ordinary transformers model (`model_type` stylist-vision), so that `LlavaForConditionalGeneration` takes it as its
`vision_tower`; importing this module registers it with the auto classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import BaseModelOutputWithPooling

from stylist import vocabulary as v

READINGS: dict[str, tuple[str, ...]] = {
    field: v.VALUES[field] for field in ("type", "color", "pattern", "material", "sleeve", "length")
}
"""Heads of the tower: what it reads from a photo, each a softmax over the vocabulary's values."""


class VisionConfig(PretrainedConfig):
    """Sizes of the tower. `image_size` pixels a side give (image_size / 32)^2 tokens of `hidden_size`."""

    model_type = "stylist-vision"

    def __init__(
        self,
        image_size: int = 128,
        widths: tuple[int, ...] = (48, 96, 192, 320),
        depths: tuple[int, ...] = (2, 2, 2, 2),
        embedding_size: int = 256,
        patch_size: int = 32,
        hidden_size: int = 320,
        dropout: float = 0.1,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.image_size = image_size
        self.widths = list(widths)
        self.depths = list(depths)
        self.embedding_size = embedding_size
        self.patch_size = patch_size
        self.hidden_size = hidden_size
        self.dropout = dropout


class Block(nn.Module):
    """Residual block of two 3x3 convolutions with squeeze-and-excitation (He 2016, Hu 2018)."""

    def __init__(self, width_in: int, width: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(width_in, width, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.squeeze = nn.Conv2d(width, width // 8, 1)
        self.excite = nn.Conv2d(width // 8, width, 1)
        self.skip: nn.Module = nn.Identity()
        if stride != 1 or width_in != width:
            self.skip = nn.Sequential(
                nn.AvgPool2d(stride, ceil_mode=True) if stride > 1 else nn.Identity(),
                nn.Conv2d(width_in, width, 1, bias=False),
                nn.BatchNorm2d(width),
            )

    def forward(self, x: Tensor) -> Tensor:  # (batch, width_in, h, w) -> (batch, width, h / stride, w / stride)
        y = torch.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        gate = torch.sigmoid(self.excite(torch.relu(self.squeeze(y.mean((2, 3), keepdim=True)))))
        return torch.relu(self.skip(x) + y * gate)


@dataclass
class VisionOutput(BaseModelOutputWithPooling):
    """`pooler_output` (batch, hidden_size), `hidden_states` one entry of (batch, tokens, hidden_size)."""


class VisionTower(PreTrainedModel):
    """The network. `forward` gives tokens; `embed` unit vectors in the text space; `read` the log-probabilities of READINGS."""

    config: VisionConfig
    config_class = VisionConfig
    base_model_prefix = "vision_tower"
    main_input_name = "pixel_values"
    _no_split_modules = ["Block"]  # noqa: RUF012

    def __init__(self, config: VisionConfig):
        super().__init__(config)
        first = config.widths[0]
        self.stem = nn.Sequential(
            nn.Conv2d(3, first // 2, 3, 2, 1, bias=False), nn.BatchNorm2d(first // 2), nn.ReLU(),
            nn.Conv2d(first // 2, first, 3, 1, 1, bias=False), nn.BatchNorm2d(first), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
        )  # fmt: skip
        stages, width_in = [], first
        for number, (width, depth) in enumerate(zip(config.widths, config.depths, strict=True)):
            for index in range(depth):
                stages.append(Block(width_in, width, 2 if number and not index else 1))
                width_in = width
        self.stages = nn.Sequential(*stages)
        self.drop = nn.Dropout(config.dropout)
        self.projection = nn.Linear(config.hidden_size, config.embedding_size)
        self.heads = nn.ModuleDict({f"{field}_head": nn.Linear(config.hidden_size, len(values)) for field, values in READINGS.items()})
        self.post_init()

    @property
    def patch_size(self) -> int:
        return self.config.patch_size

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)
            nn.init.zeros_(module.bias)
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

    def forward(self, pixel_values: Tensor, **kwargs: object) -> VisionOutput:
        """Tokens of a batch of normalised pictures (batch, 3, image_size, image_size)."""
        grid = self.stages(self.stem(pixel_values))  # (batch, hidden, h, w)
        tokens = grid.flatten(2).transpose(1, 2)
        return VisionOutput(last_hidden_state=tokens, pooler_output=tokens.mean(1), hidden_states=(tokens,))

    def embed(self, pooled: Tensor) -> Tensor:
        """Unit vectors (batch, embedding_size) from the pooled output."""
        return nn.functional.normalize(self.projection(pooled).float(), dim=-1)

    def read(self, pooled: Tensor) -> dict[str, Tensor]:
        """Log-probabilities (batch, values) of each reading from the pooled output."""
        pooled = self.drop(pooled)
        return {field: self.heads[f"{field}_head"](pooled).float().log_softmax(-1) for field in READINGS}


AutoConfig.register("stylist-vision", VisionConfig, exist_ok=True)
AutoModel.register(VisionConfig, VisionTower, exist_ok=True)
