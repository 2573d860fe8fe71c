"""PairNet: which two garments go together, learned from outfits that people put together: the baseline of `outfit_net`. The items'
numbers, the network, and the `Harmony` it gives. `fit` trains it. Knows nothing of files.

An item becomes one vector; two items' logit is a weighted product of their vectors plus a term of each alone. An outfit's score is
the mean over its pairs, as for the bundled harmony, and that mean is what training improves: the item taken out of an outfit is to
score above others of its type (softmax), and an outfit above one with every item replaced by another of its type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from stylist.catalog.items import Item
from stylist.ranking.item_features import attribute_features
from stylist.ranking.questions import area

VECTORS = ("text", "image", "histogram")
"""Kinds of vectors an item may come with, in the order of the features."""


@dataclass(frozen=True)
class PairConfig:
    """One run; written beside its weights."""

    seed: int = 0
    """Seed of the split, the weights, the negatives and the order."""
    epochs: int = 40
    """Passes over the outfits; the best by the held-out outfits is kept."""
    batch: int = 256
    """Outfits a step, fewer where that leaves less than `steps` of them an epoch."""
    steps: int = 10
    """Steps an epoch at least, as far as there are outfits."""
    hidden: int = 128
    """Width of the layer between an item's features and its vector."""
    size: int = 48
    """Length of an item's vector."""
    negatives: int = 7
    """Other items of the same type that the item taken out competes with."""
    learning_rate: float = 3e-3
    """Peak rate of AdamW."""
    weight_decay: float = 0.05
    """Of AdamW."""
    dropout: float = 0.3
    """Of features and of the hidden layer."""
    forget: float = 0.5
    """Chance that an item's own memory is left out of a step, so that items never seen are scored by their features."""
    remembered: int = 3
    """Outfits that an item must be worn in to have a memory. With fewer, having one would tell what was seen from what was not."""
    held_out: float = 0.1
    """Share of the outfits that only choose the epoch."""


def features(items: Sequence[Item], vectors: Mapping[str, np.ndarray], sizes: Mapping[str, int]) -> np.ndarray:
    """(items, n) float32: attributes, then each kind of vector in `sizes`, scaled to the weight of one attribute per ten entries;
    zeros where an item has none."""
    parts = [attribute_features(items)]
    for kind in VECTORS:
        if kind in sizes:
            rows = vectors.get(kind)
            rows = np.zeros((len(items), sizes[kind]), np.float32) if rows is None else np.asarray(rows, np.float32)
            parts.append(rows * np.float32(np.sqrt(sizes[kind] / 10)))
    return np.hstack(parts)


class PairNet(nn.Module):
    """Items' features, and for items it was trained on a memory of their own, to vectors; vectors to logits of pairs."""

    def __init__(self, inputs: int, memories: int, config: PairConfig) -> None:
        super().__init__()
        self.forget = config.forget
        self.body = nn.Sequential(
            nn.Dropout(config.dropout), nn.Linear(inputs, config.hidden), nn.GELU(),
            nn.Dropout(config.dropout), nn.Linear(config.hidden, config.size + 1),
        )  # fmt: skip
        self.memory = nn.Embedding(memories + 1, config.size + 1)
        nn.init.zeros_(self.memory.weight)
        self.weight = nn.Parameter(torch.randn(config.size) / config.size**0.5)
        self.bias = nn.Parameter(torch.zeros(()))
        self.sharpness = nn.Parameter(torch.tensor(2.3))

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        """(items, size + 1) from features (items, inputs) and memory rows (items,), 0 for an item that has none; the last entry
        is what the item adds to every pair."""
        known = memory > 0
        if self.training:
            known = known & (torch.rand(len(memory)) >= self.forget)
        return self.body(x) + self.memory(memory) * known[:, None]

    def pair_scores(self, a: Tensor, b: Tensor) -> Tensor:
        """(…, n, m) in 0..1 of item vectors (…, n, size + 1) and (…, m, size + 1)."""
        product = (a[..., :-1] * self.weight) @ b[..., :-1].transpose(-1, -2)
        return torch.sigmoid(product + a[..., -1:] + b[..., -1:].transpose(-1, -2) + self.bias)


class PairwiseHarmony:
    """A trained PairNet over items, as `Harmony`."""

    def __init__(self, net: PairNet, items: Sequence[Item], vectors: Mapping[str, np.ndarray], sizes: Mapping[str, int], memory: Mapping[str, int]) -> None:
        self.net, self.sizes, self.memory = net.eval(), dict(sizes), memory
        self.vectors = self._embed(items, vectors)

    @torch.inference_mode()
    def _embed(self, items: Sequence[Item], vectors: Mapping[str, np.ndarray]) -> np.ndarray:
        rows = torch.tensor([self.memory.get(item.id, 0) for item in items], dtype=torch.long)
        return self.net(torch.from_numpy(features(items, vectors, self.sizes)), rows).double().numpy()

    def pair_scores(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a), len(b)) in 0..1."""
        left, right = self.vectors[np.asarray(a)], self.vectors[np.asarray(b)]
        weight = self.net.weight.detach().double().numpy()
        logits = (left[:, :-1] * weight) @ right[:, :-1].T + left[:, -1:] + right[:, -1] + self.net.bias.item()
        return 1 / (1 + np.exp(-np.clip(logits, -60, 60)))

    def most(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a),) ones: no score is higher."""
        return np.ones(len(a))

    def extended(self, item: Item) -> PairwiseHarmony:
        """The same over one item more, of which only the attributes are known."""
        other = PairwiseHarmony.__new__(PairwiseHarmony)
        other.net, other.sizes, other.memory = self.net, self.sizes, self.memory
        other.vectors = np.vstack([self.vectors, self._embed([item], {})])
        return other


class Negatives:
    """Other items of the same product type, all equally likely; only those in `pool` (items,) bool where one is given."""

    def __init__(self, types: Sequence[str], pool: np.ndarray | None = None) -> None:
        _, kind = np.unique(np.asarray(types), return_inverse=True)
        self.inside = np.ones(len(types), bool) if pool is None else pool
        drawn = np.flatnonzero(self.inside)
        self.order = drawn[np.argsort(kind[drawn], kind="stable")]
        self.place = np.zeros(len(types), int)
        self.place[self.order] = np.arange(len(self.order))
        counts = np.bincount(kind[drawn], minlength=int(kind.max()) + 1)
        self.count, self.start = counts[kind], (np.cumsum(counts) - counts)[kind]

    def draw(self, rows: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """For each row another of its type; itself where there is no other."""
        inside, count = self.inside[rows], self.count[rows]
        others = count - inside
        step = (generator.random(rows.shape) * others).astype(int)
        # From the row's own place onwards, so that it never meets itself.
        place = np.where(inside, (self.place[rows] - self.start[rows] + 1 + step) % np.maximum(count, 1), step)
        chosen = self.order[np.minimum(self.start[rows] + place, len(self.order) - 1)]
        return np.where(others > 0, chosen, rows)


@dataclass(frozen=True)
class Batch:
    """Outfits as rows of items: `rows` (n, longest), `filled` (n, longest) bool; of each, `out` (n,) is the position taken out,
    `others` (n, negatives) compete with it, and `replaced` (n, longest) are other items of the same types."""

    rows: np.ndarray
    filled: np.ndarray
    out: np.ndarray
    others: np.ndarray
    replaced: np.ndarray


def batch(outfits: Sequence[np.ndarray], negatives: Negatives, count: int, generator: np.random.Generator) -> Batch:
    """Outfits with negatives of the same type."""
    longest = max(map(len, outfits))
    rows = np.stack([np.pad(o, (0, longest - len(o))) for o in outfits])
    filled = np.arange(longest) < np.array([len(o) for o in outfits])[:, None]
    out = (generator.random(len(rows)) * filled.sum(axis=1)).astype(int)
    taken = rows[np.arange(len(rows)), out]
    others = negatives.draw(np.repeat(taken[:, None], count, axis=1), generator)
    return Batch(rows, filled, out, others, negatives.draw(rows, generator))


def batch_scores(net: PairNet, vectors: Tensor, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Scores of the candidates (n, 1 + negatives), the right one first, of the outfits (n,) and of the replaced outfits (n,)."""
    index = np.arange(len(batch.rows))
    partners = torch.from_numpy(batch.filled & (np.arange(batch.rows.shape[1]) != batch.out[:, None])).float()
    candidates = np.hstack([batch.rows[index, batch.out][:, None], batch.others])
    whole = vectors[torch.from_numpy(batch.rows)]
    matrix = net.pair_scores(vectors[torch.from_numpy(candidates)], whole)
    chosen = (matrix * partners[:, None, :]).sum(-1) / partners.sum(-1, keepdim=True)
    filled = torch.from_numpy(batch.filled)
    pairs = torch.triu(filled[:, :, None] & filled[:, None, :], 1).float()

    def mean(outfit: Tensor) -> Tensor:
        return (net.pair_scores(outfit, outfit) * pairs).sum((1, 2)) / pairs.sum((1, 2))

    return chosen, mean(whole), mean(vectors[torch.from_numpy(batch.replaced)])


def loss(net: PairNet, vectors: Tensor, batch: Batch) -> Tensor:
    """Both tasks' losses, added."""
    chosen, real, false = batch_scores(net, vectors, batch)
    sharp = net.sharpness.clamp(max=3.7).exp()
    blank = F.cross_entropy(sharp * chosen, torch.zeros(len(chosen), dtype=torch.long))
    return blank + F.softplus(sharp * (false[None, :] - real[:, None])).mean()


@torch.inference_mode()
def held_out_figures(net: PairNet, x: Tensor, memory: Tensor, batches: Sequence[Batch]) -> dict[str, float]:
    """`fitb` with ties shared and `auc` over fixed batches."""
    vectors = net.eval()(x, memory)
    right, scores, labels = [], [], []
    for fixed in batches:
        chosen, real, false = batch_scores(net, vectors, fixed)
        best = chosen >= chosen.max(dim=1, keepdim=True).values - 1e-6
        right.append((best[:, 0] / best.sum(1)).numpy())
        scores += [real.numpy(), false.numpy()]
        labels += [np.ones(len(real)), np.zeros(len(false))]
    return {"fitb": float(np.concatenate(right).mean()), "auc": area(np.concatenate(scores), np.concatenate(labels))}


def split(count: int, config: PairConfig) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the outfits to learn from and of those held out, of `count`."""
    order = np.random.default_rng(config.seed).permutation(count)
    held = max(1, round(config.held_out * count))
    return order[held:], order[:held]


def remembered(outfits: Sequence[Sequence[str]], config: PairConfig) -> list[str]:
    """Ids of the items that get a memory: those worn often enough in the outfits to learn from.

    The held-out ones do not count: what is worn only there is met as a negative alone, and its memory would learn just that.
    """
    learning, _ = split(len(outfits), config)
    counts = Counter(id_ for number in learning for id_ in set(outfits[number]))
    return sorted(id_ for id_, count in counts.items() if count >= config.remembered)


def fit(
    net: PairNet, x: np.ndarray, memory: np.ndarray, outfits: Sequence[np.ndarray], types: Sequence[str], config: PairConfig,
    before: dict[str, Any] | None, after_epoch: Callable[[dict[str, Any], dict[str, float]], None],
) -> dict[str, Any]:  # fmt: skip
    """Trains `net` on outfits of two or more rows of `x` (items, inputs) and returns the last state: `best` holds the weights to keep.

    `after_epoch` gets the state, with which `before` goes on where a run stopped, and the epoch's figures.
    """
    learning, held = split(len(outfits), config)
    worn = np.zeros(len(types), bool)
    worn[np.concatenate([outfits[i] for i in learning])] = True
    # What was not seen in any outfit is no worse for it: taken as a negative it would be scored below what was seen.
    everything, negatives = Negatives(types), Negatives(types, worn)
    size = min(config.batch, max(1, len(learning) // config.steps))
    fixed_generator = np.random.default_rng(config.seed + 1)
    fixed = [batch([outfits[i] for i in held], everything, 3, fixed_generator) for _ in range(3)]
    inputs, rows = torch.from_numpy(x), torch.from_numpy(memory)
    optimizer = torch.optim.AdamW(net.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    steps = config.epochs * -(-len(learning) // size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.learning_rate, total_steps=steps + 1, pct_start=0.1)
    state: dict[str, Any] = before or {"epoch": 0, "best": None, "best_score": -1.0, "best_epoch": 0}
    if before:
        net.load_state_dict(before["net"])
        optimizer.load_state_dict(before["optimizer"])
        schedule.load_state_dict(before["schedule"])
    for epoch in range(state["epoch"], config.epochs):
        # Each epoch has generators of its own, so that a run that was stopped goes on as if it had not been.
        generator = np.random.default_rng([config.seed, epoch])
        torch.manual_seed(config.seed * 100_003 + epoch)
        order, total = generator.permutation(learning), 0.0
        net.train()
        for start in range(0, len(order), size):
            chosen = [outfits[i] for i in order[start : start + size]]
            value = loss(net, net(inputs, rows), batch(chosen, negatives, config.negatives, generator))
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
            total += value.item() * len(chosen)
        measured = held_out_figures(net, inputs, rows, fixed)
        state.update(epoch=epoch + 1, net=net.state_dict(), optimizer=optimizer.state_dict(), schedule=schedule.state_dict())
        if measured["fitb"] + measured["auc"] > state["best_score"]:
            state.update(best_score=measured["fitb"] + measured["auc"], best_epoch=epoch + 1, best={k: t.clone() for k, t in net.state_dict().items()})
        after_epoch(state, {"epoch": epoch + 1, "loss": total / max(1, len(order)), **measured})
    return state
