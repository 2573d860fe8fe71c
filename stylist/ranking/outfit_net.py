"""OutfitNet: how well an item goes with the others of an outfit, learned from outfits that people put together. The network, a few of
which answer together, and the `SetHarmony` they give. Knows nothing of training or files.

A reduced outfit transformer (after Sarkar 2023): each item asks for itself with a query of its product type, attends to the other items, and
the answer is multiplied with its own vector. Training compares it with others of its type in its place, which is what the score means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from stylist.catalog.items import Item
from stylist.ranking.harmony import SetHarmony
from stylist.ranking.harmony_colors import ColorPairs
from stylist.ranking.item_features import FeatureMap


@dataclass(frozen=True)
class OutfitConfig:
    """One run; written beside its weights."""

    seed: int = 0
    """Seed of the splits, the weights, the negatives and the order."""
    members: int = 8
    """Networks that learn with other random numbers and answer by their mean."""
    epochs: int = 10
    """Passes over the outfits of each member."""
    batch: int = 256
    """Outfits a step, fewer where that leaves less than `steps` of them an epoch."""
    steps: int = 10
    """Steps an epoch at least, as far as there are outfits."""
    hidden: int = 64
    """Width of the layer between an item's features and its vector."""
    size: int = 32
    """Length of an item's vector."""
    attention: int = 0
    """Heads with which an item attends to the others besides their mean; 0: the mean alone."""
    negatives: int = 24
    """Other items of the same type that each item competes with in a step."""
    longest: int = 16
    """Items of an outfit at most; of longer ones a random part each epoch."""
    learning_rate: float = 3e-3
    """Peak rate of AdamW."""
    weight_decay: float = 0.05
    """Of AdamW."""
    feature_dropout: float = 0.5
    """Of an item's features."""
    dropout: float = 0.3
    """Of the hidden layer."""
    forget: float = 0.5
    """Share of the steps in which all items are taken for never seen, so that such are scored by their features alone."""
    remembered: int = 3
    """Outfits that an item must be worn in to have a memory and for their number to count. With fewer, that would tell what was
    seen from what was not."""
    likeness: float = 0.35
    """Weight, beside the networks' scores, of how alike the palettes are."""
    matching: float = 0.25
    """Weight of which palettes are worn together."""
    held_out: float = 0.1
    """Share of the outfits that the first member does not learn from: they tell how well a run learned."""


@dataclass(frozen=True)
class Inputs:
    """Items as tensors: `features` (n, width), `kinds` (n,) numbers of product types, `memory` (n,) rows, 0 where an item has none,
    `worn` (n,) in how many outfits, 0 where it has no memory."""

    features: Tensor
    kinds: Tensor
    memory: Tensor
    worn: Tensor

    @classmethod
    def of(cls, items: Sequence[Item], vectors: Mapping[str, np.ndarray], features: FeatureMap, memory: Mapping[str, int]) -> Inputs:
        """Of items and their vectors, as `features` was fitted; `memory`: id -> in how many outfits, of those that have one."""
        row = {id_: n for n, id_ in enumerate(memory, 1)}
        rows = torch.tensor([row.get(item.id, 0) for item in items], dtype=torch.long)
        worn = torch.tensor([memory.get(item.id, 0) for item in items], dtype=torch.float32)
        return cls(torch.from_numpy(features.features(items, vectors)), torch.from_numpy(features.kinds(items)), rows, worn)

    def take(self, rows: Tensor) -> Inputs:
        return Inputs(self.features[rows], self.kinds[rows], self.memory[rows], self.worn[rows])


class OutfitNet(nn.Module):
    """`embed` items, then `wanted` vectors of every place of outfits; their product with an item's vector, plus what the item adds
    anywhere, is how well it goes there."""

    def __init__(self, width: int, kinds: int, memories: int, config: OutfitConfig) -> None:
        super().__init__()
        self.config = config
        hidden, size = config.hidden, config.size
        self.inner = nn.Linear(width, hidden)
        self.outer = nn.Linear(hidden, size + 1)
        self.kind_hidden = _embedding(kinds + 1, hidden, 0.02)
        self.kind_scale = _embedding(kinds + 1, size, 0)
        self.kind_shift = _embedding(kinds + 1, size, 0.02)
        self.memory = _embedding(memories + 1, size + 1, 0)
        self.renown_weight = nn.Parameter(torch.ones(()))
        self.mix = nn.Linear(size, size)
        self.query_scale = _embedding(kinds + 1, size, 0)
        self.level = nn.Linear(size, 1)
        if config.attention:
            self.query = _embedding(kinds + 1, size, 0.1)
            self.attend = nn.MultiheadAttention(size, config.attention, dropout=config.dropout, batch_first=True)
            nn.init.zeros_(self.attend.out_proj.weight)

    def embed(self, items: Inputs, recall: bool = True) -> Tensor:
        """(items, size + 1); the last entry is what an item adds in any outfit. Without `recall`, as if none was ever seen."""
        x = F.dropout(items.features, self.config.feature_dropout, self.training)
        hidden = F.gelu(self.inner(x) + self.kind_hidden(items.kinds))
        out = self.outer(F.dropout(hidden, self.config.dropout, self.training))
        vector = out[:, :-1] * (1 + self.kind_scale(items.kinds)) + self.kind_shift(items.kinds)
        result = torch.cat([vector, out[:, -1:]], 1)
        if not recall:
            return result
        known = items.memory > 0
        if self.training:
            known = known & (torch.rand(len(known)) >= self.config.dropout)
        result = result + self.memory(items.memory) * known[:, None]
        return torch.cat([result[:, :-1], result[:, -1:] + self.renown(items.worn)[:, None]], 1)

    def renown(self, worn: Tensor) -> Tensor:
        """What it adds to an item to be worn in so many outfits: the logarithm, by which the softmax over others of its type expects it."""
        return self.renown_weight * torch.log((1 + worn) / self.config.remembered).clamp(min=0)

    def wanted(self, vectors: Tensor, kinds: Tensor, filled: Tensor) -> Tensor:
        """(outfits, places, size + 1): what each place asks of its item, from the other items alone; the last entry makes places of
        unlike outfits comparable. `vectors` (outfits, places, size + 1), `kinds` and `filled` (outfits, places)."""
        vectors, full = vectors[..., :-1], filled[..., None].float()
        others = (full.sum(1, keepdim=True) - full).clamp(min=1)
        asked = self.mix(((vectors * full).sum(1, keepdim=True) - vectors * full) / others)
        if self.config.attention:
            hidden = torch.eye(filled.shape[1], dtype=torch.bool) | ~filled[:, None, :]
            hidden = hidden & ~hidden.all(-1, keepdim=True)  # where there is no other item, any: an empty softmax is not a number
            heads = hidden.repeat_interleave(self.config.attention, 0)
            asked = asked + self.attend(self.query(kinds), vectors, vectors, attn_mask=heads, need_weights=False)[0]
        asked = asked * (1 + self.query_scale(kinds))
        return torch.cat([asked, self.level(asked)], -1)

    def scores(self, vectors: Tensor, wanted: Tensor) -> Tensor:
        """(…) of item vectors and wanted vectors (…, size + 1)."""
        product = (vectors[..., :-1] * wanted[..., :-1]).sum(-1) / self.config.size**0.5
        return product + vectors[..., -1] + wanted[..., -1]


def _embedding(count: int, size: int, spread: float) -> nn.Embedding:
    """Small or zero weights: what is said of few items is to count little."""
    layer = nn.Embedding(count, size)
    nn.init.normal_(layer.weight, 0, spread) if spread else nn.init.zeros_(layer.weight)
    return layer


def outfit_scores(net: OutfitNet, vectors: Tensor, kinds: Tensor, filled: Tensor) -> Tensor:
    """(outfits,): the mean over their items of how well each goes with the others."""
    scores = net.scores(vectors, net.wanted(vectors, kinds, filled)) * filled
    return scores.sum(1) / filled.sum(1)


class LearnedHarmony(SetHarmony):
    """Trained networks over items: scores sets of them by row number. What `colors` says of two is added, where it is given."""

    def __init__(self, nets: Sequence[OutfitNet], inputs: Inputs, colors: ColorPairs | None = None) -> None:
        self.nets, self.kinds, self.colors = [net.eval() for net in nets], inputs.kinds, colors
        with torch.inference_mode():
            self.vectors = [net.embed(inputs) for net in self.nets]

    @torch.inference_mode()
    def candidate_scores(self, outfit: np.ndarray, candidates: np.ndarray) -> np.ndarray:
        """(candidates,): how well each goes with the outfit's items."""
        rows = torch.from_numpy(np.array([[*np.sort(outfit), candidate] for candidate in candidates]))
        filled = torch.ones(rows.shape, dtype=torch.bool)
        total = np.zeros(len(rows))
        for net, vectors in zip(self.nets, self.vectors, strict=True):
            chosen = vectors[rows]
            total += net.scores(chosen, net.wanted(chosen, self.kinds[rows], filled))[:, -1].double().numpy()
        return total / len(self.nets) + (self._colors(candidates, np.sort(outfit)).mean(axis=1) if self.colors else 0)

    @torch.inference_mode()
    def outfit_score(self, rows: np.ndarray) -> float:
        """The mean over the items of how well each goes with the others."""
        index = torch.from_numpy(np.sort(rows))[None]
        filled = torch.ones(index.shape, dtype=torch.bool)
        scores = [outfit_scores(net, vectors[index], self.kinds[index], filled) for net, vectors in zip(self.nets, self.vectors, strict=True)]
        return float(torch.stack(scores).double().mean()) + (_pairs_mean(self._colors(np.sort(rows), np.sort(rows))) if self.colors else 0)

    def _colors(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        config = self.nets[0].config
        return self.colors.pair_scores(a, b, config.likeness, config.matching) if self.colors else np.zeros((len(a), len(b)))


def _pairs_mean(scores: np.ndarray) -> float:
    """The mean of (n, n) symmetric scores over the pairs of unlike rows."""
    return float(scores[np.triu_indices(len(scores), 1)].mean())
