"""ProjectionNet and TransferNet of Song, "Multimodal Representation Learning for Fashion-Item Recommendation System".

ProjectionNet places items, TransferNet places what a conversation asks of each slot, both in one item space.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

SLOTS = 4


class ProjectionNet(nn.Module):
    """An item's text and image, each reduced to `dim`, fused by one linear layer into the item space.

    In training, text or image is left out with probability `missing` (never both), so that either alone suffices.
    """

    def __init__(self, text_dim: int, image_dim: int, dim: int, missing: float = 0.15):
        super().__init__()
        self.text, self.image = nn.Linear(text_dim, dim), nn.Linear(image_dim, dim)
        self.fusion = nn.Linear(2 * dim, dim)
        self.missing = missing

    def forward(self, text: Tensor, image: Tensor) -> Tensor:
        """(n, text_dim), (n, image_dim) -> (n, dim)"""
        left, right = self.text(text), self.image(image)
        if self.training and self.missing:
            draw = torch.rand(len(text), 1, device=text.device)
            left, right = left * (draw >= self.missing), right * (draw < 1 - self.missing)
        result: Tensor = self.fusion(functional.relu(torch.cat([left, right], dim=1)))
        return result


class TransferNet(nn.Module):
    """Four blocks of linear, batch norm and ReLU with dropout between, then a place in the item space for each slot."""

    def __init__(self, in_dim: int, hidden: int, dim: int, blocks: int = 4, dropout: float = 0.2):
        super().__init__()
        layers: list[nn.Module] = []
        for block in range(blocks):
            if block:
                layers.append(nn.Dropout(dropout))
            layers += [nn.Linear(in_dim if block == 0 else hidden, hidden), nn.BatchNorm1d(hidden), nn.ReLU()]
        self.blocks, self.out = nn.Sequential(*layers), nn.Linear(hidden, SLOTS * dim)
        self.dim = dim

    def forward(self, conversation: Tensor) -> Tensor:
        """(n, in_dim) -> (n, 4, dim): outer, top, bottom, shoes"""
        result: Tensor = self.out(self.blocks(conversation))
        return result.view(-1, SLOTS, self.dim)


class Matcher(nn.Module):
    """Both networks and the closeness of their outputs: minus the squared distance of directions, as a learned multiple."""

    def __init__(self, text_dim: int, image_dim: int, dialog_dim: int, dim: int = 128, hidden: int = 192):
        super().__init__()
        self.projection = ProjectionNet(text_dim, image_dim, dim)
        self.transfer = TransferNet(dialog_dim, hidden, dim)
        self.log_scale = nn.Parameter(torch.tensor(1.5))

    def items(self, text: Tensor, image: Tensor) -> Tensor:
        """Places of items, (n, dim) of length 1."""
        return functional.normalize(self.projection(text, image), dim=-1)

    def queries(self, conversation: Tensor) -> Tensor:
        """Places asked for, (n, 4, dim) of length 1."""
        return functional.normalize(self.transfer(conversation), dim=-1)

    def closeness(self, queries: Tensor, places: Tensor) -> Tensor:
        """Minus half the squared distance of unit vectors (their cosine less one), scaled; broadcasts, last axis dim."""
        return self.log_scale.exp() * ((queries * places).sum(-1) - 1)


def listwise_loss(scores: Tensor, mask: Tensor) -> Tensor:
    """Plackett-Luce negative log likelihood of the columns' order, best first; `mask` (n, k) marks real candidates.

    ListMLE: Xia et al., "Listwise approach to learning to rank", ICML 2008.
    """
    scores = scores.masked_fill(~mask, -1e9)
    later = torch.logcumsumexp(scores.flip(1), dim=1).flip(1)
    return ((later - scores) * mask)[:, :-1].sum(1).mean()
