"""The vision tower: EfficientNet-Lite0 (Tan 2019) over garment photos. Gives image tokens to the multimodal model, an embedding
in the text encoder's space, and readings of type, color, pattern and the like. Knows nothing of text or files.

It is an ordinary transformers model (`model_type` stylist-vision), so that `LlavaForConditionalGeneration` takes it as its
`vision_tower`; importing this module registers it with the auto classes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

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
        image_size: int = 160,
        embedding_size: int = 256,
        patch_size: int = 32,
        hidden_size: int = 320,
        pooled_size: int = 1280,
        dropout: float = 0.2,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.image_size = image_size
        self.embedding_size = embedding_size
        self.patch_size = patch_size
        self.hidden_size = hidden_size
        self.pooled_size = pooled_size
        self.dropout = dropout


STAGES = (  # kernel, stride of the first block, expansion, width, blocks: EfficientNet-Lite0
    (3, 1, 1, 16, 1), (3, 2, 6, 24, 2), (5, 2, 6, 40, 2), (3, 2, 6, 80, 3), (5, 1, 6, 112, 3), (5, 2, 6, 192, 4), (3, 1, 6, 320, 1),
)  # fmt: skip
STEM = 32


class Convolution(nn.Sequential):
    """Convolution, batch norm and, where `active`, ReLU6. Pads as TensorFlow's SAME does, which the first weights were trained with."""

    def __init__(self, width_in: int, width: int, kernel: int = 1, stride: int = 1, groups: int = 1, active: bool = True):
        convolution = nn.Conv2d(width_in, width, kernel, stride, 0 if stride > 1 else kernel // 2, groups=groups, bias=False)
        norm = nn.BatchNorm2d(width, eps=1e-3, momentum=0.03)
        super().__init__(convolution, norm, *([nn.ReLU6()] if active else []))
        self.kernel, self.stride = kernel, stride

    def forward(self, x: Tensor) -> Tensor:  # (batch, width_in, h, w) -> (batch, width, h / stride, w / stride)
        if self.stride > 1:
            high, wide = ((math.ceil(n / self.stride) - 1) * self.stride + self.kernel - n for n in x.shape[2:])
            high, wide = max(high, 0), max(wide, 0)
            x = nn.functional.pad(x, (wide // 2, wide - wide // 2, high // 2, high - high // 2))
        return super().forward(x)


class Block(nn.Module):
    """Inverted residual: widen, filter each channel, narrow (Sandler 2018)."""

    def __init__(self, width_in: int, width: int, kernel: int, stride: int, expansion: int):
        super().__init__()
        inner = width_in * expansion
        widen = [Convolution(width_in, inner)] if expansion > 1 else []
        self.path = nn.Sequential(*widen, Convolution(inner, inner, kernel, stride, groups=inner), Convolution(inner, width, active=False))
        self.skips = stride == 1 and width_in == width

    def forward(self, x: Tensor) -> Tensor:  # (batch, width_in, h, w) -> (batch, width, h / stride, w / stride)
        y = self.path(x)
        return x + y if self.skips else y


@dataclass
class VisionOutput(BaseModelOutputWithPooling):
    """`pooler_output` (batch, pooled_size), `hidden_states` one entry of (batch, tokens, hidden_size)."""


class VisionTower(PreTrainedModel):
    """The network. `forward` gives tokens; `embed` unit vectors in the text space; `read` the log-probabilities of READINGS."""

    config: VisionConfig
    config_class = VisionConfig
    base_model_prefix = "vision_tower"
    main_input_name = "pixel_values"
    _no_split_modules = ["Block"]  # noqa: RUF012

    def __init__(self, config: VisionConfig):
        super().__init__(config)
        self.stem = Convolution(3, STEM, 3, 2)
        blocks, width_in = [], STEM
        for kernel, stride, expansion, width, count in STAGES:
            for index in range(count):
                blocks.append(Block(width_in, width, kernel, stride if index == 0 else 1, expansion))
                width_in = width
        self.blocks = nn.Sequential(*blocks)
        self.widen = Convolution(width_in, config.pooled_size)
        self.drop = nn.Dropout(config.dropout)
        self.projection = nn.Linear(config.pooled_size, config.embedding_size)
        self.heads = nn.ModuleDict({f"{field}_head": nn.Linear(config.pooled_size, len(values)) for field, values in READINGS.items()})
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
        grid = self.blocks(self.stem(pixel_values))  # (batch, hidden, h, w)
        tokens = grid.flatten(2).transpose(1, 2)
        return VisionOutput(last_hidden_state=tokens, pooler_output=self.widen(grid).mean((2, 3)), hidden_states=(tokens,))

    def embed(self, pooled: Tensor) -> Tensor:
        """Unit vectors (batch, embedding_size) from the pooled output."""
        return nn.functional.normalize(self.projection(pooled).float(), dim=-1)

    def read(self, pooled: Tensor) -> dict[str, Tensor]:
        """Log-probabilities (batch, values) of each reading from the pooled output."""
        pooled = self.drop(pooled)
        return {field: self.heads[f"{field}_head"](pooled).float().log_softmax(-1) for field in READINGS}


AutoConfig.register("stylist-vision", VisionConfig, exist_ok=True)
AutoModel.register(VisionConfig, VisionTower, exist_ok=True)
