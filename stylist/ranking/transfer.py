"""TransferNet: the conversation vector -> one query vector per slot in the item space (Song 2022). Knows nothing of items."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from stylist import vocabulary as v


class TransferNet(nn.Module):
    """Blocks of linear, batch norm, ReLU and dropout, then one head per slot.

    conversation (batch, conversation_size) -> unit vectors (batch, slots, size), slots in the vocabulary's order.
    """

    def __init__(
        self, conversation_size: int, size: int = 128, hidden: int = 384, blocks: int = 4, dropout: float = 0.2
    ):
        super().__init__()
        layers: list[nn.Module] = []
        width = conversation_size
        for _ in range(blocks):
            layers += [nn.Linear(width, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(dropout)]
            width = hidden
        self.blocks = nn.Sequential(*layers)
        self.heads = nn.Linear(hidden, len(v.SLOTS) * size)
        self.size = size

    def forward(self, conversation: Tensor) -> Tensor:
        queries = self.heads(self.blocks(conversation))
        return F.normalize(queries.view(len(conversation), len(v.SLOTS), self.size), dim=-1)


def slot_scores(queries: Tensor, items: Tensor, slots: Tensor) -> Tensor:
    """Cosine of each item with the query of its own slot: queries (batch, slots, size), items (n, size), slots (n,) -> (batch, n)."""
    every = torch.einsum("bsd,nd->bsn", queries, items)
    return every.gather(1, slots.view(1, 1, -1).expand(len(queries), 1, -1)).squeeze(1)
