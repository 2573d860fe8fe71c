"""ProjectionNet: text and image vectors of an item -> the item space (Song 2022, "Multimodal representation learning for
fashion-item recommendation"). Made once per catalogue; knows nothing of conversations."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ProjectionNet(nn.Module):
    """One linear layer per modality and one that fuses them. A modality that is missing comes as zeros.

    text (batch, text_size), image (batch, image_size) -> unit vectors (batch, size).
    """

    def __init__(self, text_size: int, image_size: int, size: int = 128, drop_modality: float = 0.15):
        super().__init__()
        self.text = nn.Linear(text_size, size)
        self.image = nn.Linear(image_size, size)
        self.fuse = nn.Linear(2 * size, size)
        self.drop_modality = drop_modality

    def forward(self, text: Tensor, image: Tensor) -> Tensor:
        if self.training and self.drop_modality:  # so that an item lacking either is still placed
            keep = torch.rand(len(text), 2, device=text.device) >= self.drop_modality
            text, image = text * keep[:, :1], image * keep[:, 1:]
        fused = self.fuse(torch.relu(torch.cat([self.text(text), self.image(image)], dim=-1)))
        return F.normalize(fused, dim=-1)
