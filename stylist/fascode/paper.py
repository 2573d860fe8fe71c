"""The founding paper's system as a configuration, and its networks with the options that its authors wished for.

Song, "Multimodal Representation Learning for Fashion-Item Recommendation System": ProjectionNet places an item by its text
and photo, TransferNet places what a dialog asks of each slot, and the mean square error between the two is made small.
Knows nothing of files, training loops or scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from stylist.fascode.networks import TransferNet

FUSIONS, IDENTITIES = ("linear", "attention"), ("softmax", "contrastive")


@dataclass(frozen=True)
class PaperConfig:
    """The defaults are the paper's, save `epochs`, which it does not give."""

    dim: int = 300
    """The reduced dimension: 150, 300 or 600."""
    blocks: int = 4
    """Blocks of TransferNet: linear, batch norm, ReLU, with dropout between."""
    hidden: int = 600
    """Width of the blocks."""
    dropout: float = 0.2
    missing: float = 0.15
    """How often training leaves out an item's text, and how often its image; never both."""
    image: bool = True
    """Text and image, or text alone."""
    fusion: str = "linear"
    """`linear` as in the paper, or `attention` over the sentence slots and the image."""
    identity: str = "softmax"
    """Item ids: `softmax` by two layers over all ids as in the paper, or `contrastive`: against sampled items' places."""
    samples: int = 128
    """Items drawn a batch as wrong answers of the contrastive identity loss, beside the items of the batch itself."""
    hard: float = 0.0
    """Weight of telling a goal from the other candidates of its case (items swapped for similar and dissimilar ones)."""
    contrast: float = 0.0
    """Weight of contrastive learning: dialog to items, items of a set, similar items."""
    epochs: int = 3
    batch: int = 64
    learning_rate: float = 0.01
    momentum: float = 0.9

    def __post_init__(self) -> None:
        if self.fusion not in FUSIONS:
            raise ValueError(f"fusion {self.fusion!r}; expected one of {', '.join(FUSIONS)}")
        if self.identity not in IDENTITIES:
            raise ValueError(f"identity {self.identity!r}; expected one of {', '.join(IDENTITIES)}")


class LinearFusion(nn.Module):
    """ProjectionNet: text and image each to `dim` by one layer, fused by one linear layer."""

    def __init__(self, sentences: int, text_dim: int, image_dim: int, dim: int):
        super().__init__()
        self.text = nn.Linear(sentences * text_dim, dim)
        self.image = nn.Linear(image_dim, dim) if image_dim else None
        self.fusion = nn.Linear(2 * dim if image_dim else dim, dim)

    def forward(self, text: Tensor, image: Tensor, there: Tensor) -> Tensor:
        """(n, sentences, text_dim), (n, image_dim), (n, 2) whether text and image are there -> (n, dim)"""
        parts = [self.text(text.flatten(1)) * there[:, :1]]
        if self.image is not None:
            parts.append(self.image(image) * there[:, 1:])
        result: Tensor = self.fusion(torch.cat(parts, dim=1))
        return result


class AttentionFusion(nn.Module):
    """One transformer layer over the sentence slots and the image; a learned token gathers the item's place."""

    def __init__(self, sentences: int, text_dim: int, image_dim: int, dim: int, heads: int = 2):
        super().__init__()
        self.text = nn.Linear(text_dim, dim)
        self.image = nn.Linear(image_dim, dim) if image_dim else None
        self.kind = nn.Parameter(torch.randn(sentences + 2, dim) * 0.02)
        self.layer = nn.TransformerEncoderLayer(dim, heads, 2 * dim, dropout=0.0, batch_first=True, norm_first=True)
        self.fusion = nn.Linear(dim, dim)

    def forward(self, text: Tensor, image: Tensor, there: Tensor) -> Tensor:
        """As LinearFusion. An empty sentence slot (zeros) and what is not there are not attended to."""
        gather = self.kind[0].expand(len(text), 1, -1)
        tokens, hidden = [gather, self.text(text) + self.kind[1:-1]], [torch.zeros_like(there[:, :1])]
        hidden.append((text.abs().sum(-1) == 0) | ~there[:, :1])
        if self.image is not None:
            tokens.append((self.image(image) + self.kind[-1])[:, None])
            hidden.append(~there[:, 1:])
        mixed = self.layer(torch.cat(tokens, dim=1), src_key_padding_mask=torch.cat(hidden, dim=1))
        result: Tensor = self.fusion(mixed[:, 0])
        return result


class PaperNet(nn.Module):
    """ProjectionNet, TransferNet and the two layers that name an item's id."""

    def __init__(self, config: PaperConfig, sentences: int, text_dim: int, image_dim: int, items: int):
        """`items` counts `none` too."""
        super().__init__()
        self.config = config
        fusion = AttentionFusion if config.fusion == "attention" else LinearFusion
        self.projection = fusion(sentences, text_dim, image_dim if config.image else 0, config.dim)
        self.transfer = TransferNet(sentences * text_dim, config.hidden, config.dim, config.blocks, config.dropout)
        self.identity = nn.Sequential(nn.Linear(config.dim, config.dim), nn.ReLU(), nn.Linear(config.dim, items))
        self.together = nn.Linear(config.dim, 64)
        self.scale = nn.Parameter(torch.tensor(2.0))

    def places(self, text: Tensor, image: Tensor, there: Tensor | None = None) -> Tensor:
        """(n, sentences, text_dim), (n, image_dim), (n, 2) -> (n, dim) where items stand. In training, modalities drop out."""
        if there is None:
            there = torch.ones(len(text), 2, dtype=torch.bool, device=text.device)
        if self.training and self.config.missing and self.config.image:
            draw = torch.rand(len(text), device=text.device)
            drop = torch.stack([draw < self.config.missing, draw >= 1 - self.config.missing], dim=1)
            there = there & ~drop
        result: Tensor = self.projection(text, image, there)
        return result

    def queries(self, dialogs: Tensor) -> Tensor:
        """(n, sentences, text_dim) -> (n, 4, dim) where the items asked for should stand."""
        result: Tensor = self.transfer(dialogs.flatten(1))
        return result

    def nearness(self, queries: Tensor, places: Tensor) -> Tensor:
        """(n, dim), (m, dim) -> (n, m): minus the mean square difference, as a learned multiple."""
        return -self.scale.exp() * square_differences(queries, places)


def square_differences(left: Tensor, right: Tensor) -> Tensor:
    """(n, dim), (m, dim) -> (n, m) mean square difference over the dimensions."""
    return torch.cdist(left, right, compute_mode="use_mm_for_euclid_dist").square() / left.shape[1]


def sampled_identity_loss(net: PaperNet, queries: Tensor, goals: Tensor, wrong: Tensor, fits: Tensor) -> Tensor:
    """Cross-entropy of the id asked for, over sampled items instead of all (sampled softmax, drawn evenly: no correction).

    queries (n, dim), goals (n, dim) places of the right items, wrong (m, dim) places of sampled items, fits (n, m) whether a sampled item can fill the slot and is not the right one.
    """
    right = -net.scale.exp() * (queries - goals).square().mean(1, keepdim=True)
    others = net.nearness(queries, wrong).masked_fill(~fits, -1e9)
    logits = torch.cat([right, others], dim=1)
    return functional.cross_entropy(logits, torch.zeros(len(queries), dtype=torch.long, device=queries.device))
