"""Trains OutfitNets on outfits: every item of an outfit is to score above others of its type in its place, and the outfit above one
of other items of the same types. Knows nothing of files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from stylist.catalog.items import Item
from stylist.ranking.harmony_colors import KIND, ColorMatch, ColorPairs
from stylist.ranking.item_features import FeatureMap, product_type
from stylist.ranking.outfit_net import Inputs, LearnedHarmony, OutfitConfig, OutfitNet, outfit_scores
from stylist.ranking.pairwise import Negatives
from stylist.ranking.questions import area

State = dict[str, Any]
"""`done`, the finished members' weights, and `figures`, the first one's on what it held out; and of the member at work, where it has
begun, `epoch`, `net`, `optimizer`, `schedule`."""


def split(count: int, config: OutfitConfig, member: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the outfits that a member learns from and of those it holds out, of `count`: the first holds out some, by which a run
    is judged, the others none, for there are never enough outfits."""
    order = np.random.default_rng([config.seed, member]).permutation(count)
    held = 0 if member else max(1, round(config.held_out * count))
    return order[held:], order[:held]


def remembered(outfits: Sequence[Sequence[str]], config: OutfitConfig) -> dict[str, int]:
    """Id -> in how many outfits it is worn, of those items that get a memory: worn often enough."""
    counts = Counter(id_ for outfit in outfits for id_ in set(outfit))
    return {id_: count for id_, count in sorted(counts.items()) if count >= config.remembered}


def padded(outfits: Sequence[np.ndarray], longest: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Rows (outfits, places) and which of them are filled; of an outfit longer than `longest` a random part."""
    parts = [o if len(o) <= longest else generator.choice(o, longest, replace=False) for o in outfits]
    places = max(map(len, parts))
    rows = np.stack([np.pad(o, (0, places - len(o))) for o in parts])
    return rows, np.arange(places) < np.array([len(o) for o in parts])[:, None]


class Step:
    """One batch: its outfits and the items they compete with, embedded each once."""

    def __init__(self, net: OutfitNet, inputs: Inputs, rows: np.ndarray, filled: np.ndarray, others: np.ndarray, recall: bool) -> None:
        """`rows` and `filled` (outfits, places); `others` (outfits, places, negatives) of the same types; `recall` as for `embed`."""
        self.net, self.filled = net, torch.from_numpy(filled)
        needed, place = np.unique(np.concatenate([rows.ravel(), others.ravel()]), return_inverse=True)
        taken = inputs.take(torch.from_numpy(needed))
        embedded = net.embed(taken, recall)
        where = torch.from_numpy(place.reshape(-1))
        here = where[: rows.size].view(rows.shape)
        self.own, self.kinds = embedded[here], taken.kinds[here]
        if recall:  # an outfit of which is asked is not among those that its items are known from
            worn = taken.worn[here]
            less = net.renown((worn - 1).clamp(min=0)) - net.renown(worn)
            self.own = torch.cat([self.own[..., :-1], self.own[..., -1:] + less[..., None]], -1)
        self.others = embedded[where[rows.size :].view(others.shape)]
        self.same = torch.from_numpy(others == rows[..., None])

    def places(self) -> Tensor:
        """(outfits, places, 1 + negatives) scores of each place's item, first, and of those that compete with it."""
        wanted = self.net.wanted(self.own, self.kinds, self.filled)
        own, others = self.net.scores(self.own, wanted), self.net.scores(self.others, wanted[:, :, None])
        return torch.cat([own[..., None], others.masked_fill(self.same, -1e4)], -1)

    def wholes(self, number: int = 0) -> tuple[Tensor, Tensor]:
        """(outfits,) scores of the outfits, and of those made of the `number`-th of each place's competitors."""
        real = outfit_scores(self.net, self.own, self.kinds, self.filled)
        return real, outfit_scores(self.net, self.others[:, :, number], self.kinds, self.filled)

    def loss(self) -> Tensor:
        """Both tasks' losses, added."""
        scores, full = self.places(), self.filled.float()
        each = F.cross_entropy(scores.flatten(0, 1), torch.zeros(full.numel(), dtype=torch.long), reduction="none").view(full.shape)
        real, false = self.wholes()
        return (each * full).sum() / full.sum() + F.softplus(false[None, :] - real[:, None]).mean()


@torch.inference_mode()
def held_out_figures(net: OutfitNet, inputs: Inputs, batches: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], recall: bool) -> dict[str, float]:
    """`fitb` with four candidates, over every place, and `auc`, over fixed batches of rows, filled and three others of each."""
    net.eval()
    right, real, false = [], [], []
    for rows, filled, others in batches:
        step = Step(net, inputs, rows, filled, others, recall)
        scores = step.places()[step.filled & ~step.same.any(-1)]
        best = scores >= scores.max(1, keepdim=True).values - 1e-6
        right.append((best[:, 0] / best.sum(1)).numpy())
        wholes = step.wholes()
        real.append(wholes[0].numpy())
        false.append(wholes[1].numpy())
    answers, labels = np.concatenate(right), np.repeat([1, 0], sum(map(len, real)))
    return {"fitb": float(answers.mean()) if len(answers) else 0.25, "auc": area(np.concatenate(real + false), labels)}


@dataclass(frozen=True)
class Learned:
    """What a run leaves: the members' weights, the first one's figures on the outfits it held out, what features are made with,
    which items have a memory, and which colors go together where there are pictures."""

    weights: list[dict[str, Tensor]]
    figures: dict[str, float]
    features: FeatureMap
    memory: dict[str, int]
    colors: ColorMatch | None

    def harmony(self, items: Sequence[Item], vectors: Mapping[str, np.ndarray], config: OutfitConfig) -> LearnedHarmony:
        """The networks over items and their vectors."""
        nets = [OutfitNet(self.features.width, len(self.features.types), len(self.memory), config) for _ in self.weights]
        for net, weights in zip(nets, self.weights, strict=True):
            net.load_state_dict(weights)
        palettes = vectors.get(KIND)
        colors = ColorPairs(self.colors, palettes, self.features.kinds(items)) if self.colors and palettes is not None else None
        return LearnedHarmony(nets, Inputs.of(items, vectors, self.features, self.memory), colors)


def learn(
    items: Sequence[Item], outfits: Sequence[tuple[str, ...]], vectors: Mapping[str, np.ndarray], config: OutfitConfig,
    before: State | None = None, after_epoch: Callable[[State, dict[str, float]], None] = lambda *_: None,
) -> Learned:  # fmt: skip
    """From items, their vectors and outfits of two or more of their ids; `before` and `after_epoch` as for `fit`."""
    row = {item.id: n for n, item in enumerate(items)}
    rows = [np.array([row[id_] for id_ in ids]) for ids in outfits]
    features = FeatureMap.fitted(items, vectors, np.unique(np.concatenate(rows)))
    memory = remembered(outfits, config)
    inputs = Inputs.of(items, vectors, features, memory)
    types = [product_type(item) for item in items]
    state = fit(lambda: OutfitNet(features.width, len(features.types), len(memory), config), inputs, rows, types, config, before, after_epoch)
    colors = ColorMatch.fitted(vectors[KIND], features.kinds(items), len(features.types), rows) if KIND in vectors else None
    return Learned(state["done"], state["figures"], features, memory, colors)


def fit(
    new_net: Callable[[], OutfitNet], inputs: Inputs, outfits: Sequence[np.ndarray], types: Sequence[str], config: OutfitConfig,
    before: State | None, after_epoch: Callable[[State, dict[str, float]], None],
) -> State:  # fmt: skip
    """The last state, the members' weights in it, learned from outfits of two or more rows of `inputs`, whose product types are `types`.

    `after_epoch` gets the state, with which `before` goes on where a run stopped, and the epoch's figures.
    """
    state: State = before or {"done": []}
    for member in range(len(state["done"]), config.members):
        _fit_member(member, new_net, inputs, outfits, types, config, state, after_epoch)
        state = {"done": [*state["done"], state["net"]], "figures": state["figures"]}
    return state


def _fit_member(
    member: int, new_net: Callable[[], OutfitNet], inputs: Inputs, outfits: Sequence[np.ndarray], types: Sequence[str],
    config: OutfitConfig, state: State, after_epoch: Callable[[State, dict[str, float]], None],
) -> None:  # fmt: skip
    """Trains one member from where `state` stands and leaves its weights there, as `net`."""
    learning, held = split(len(outfits), config, member)
    worn = np.zeros(len(types), bool)
    worn[np.concatenate([outfits[i] for i in learning])] = True
    # What was not seen in any outfit is no worse for it: taken as a negative it would be scored below what was seen.
    negatives = Negatives(types, worn)
    fixed = _fixed([outfits[i] for i in held], Negatives(types), config, np.random.default_rng([config.seed, member, 1]))
    torch.manual_seed(config.seed * 1009 + member)
    net = new_net()
    size = min(config.batch, max(1, len(learning) // config.steps))
    steps = config.epochs * -(-len(learning) // size)
    optimizer = torch.optim.AdamW(net.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.learning_rate, total_steps=steps + 1, pct_start=0.15)
    if "net" in state:
        for part, name in ((net, "net"), (optimizer, "optimizer"), (schedule, "schedule")):
            part.load_state_dict(state[name])
    for epoch in range(state.get("epoch", 0), config.epochs):
        # Each epoch has generators of its own, so that a run that was stopped goes on as if it had not been.
        generator = np.random.default_rng([config.seed, member, 2, epoch])
        torch.manual_seed((config.seed * 1009 + member) * 1009 + epoch + 1)
        order, total = generator.permutation(learning), 0.0
        net.train()
        for start in range(0, len(order), size):
            rows, filled = padded([outfits[i] for i in order[start : start + size]], config.longest, generator)
            others = negatives.draw(np.repeat(rows[..., None], config.negatives, axis=-1), generator)
            value = Step(net, inputs, rows, filled, others, bool(generator.random() >= config.forget)).loss()
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
            total += value.item() * len(rows)
        measured: dict[str, float] = {}
        if fixed:
            measured = held_out_figures(net, inputs, fixed, True)
            measured |= {f"unseen_{name}": value for name, value in held_out_figures(net, inputs, fixed, False).items()}
            state["figures"] = measured
        state.update(epoch=epoch + 1, net=net.state_dict(), optimizer=optimizer.state_dict(), schedule=schedule.state_dict())
        after_epoch(state, {"member": member + 1, "epoch": epoch + 1, "loss": total / max(1, len(order)), **measured})


def _fixed(outfits: Sequence[np.ndarray], everything: Negatives, config: OutfitConfig, generator: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Three draws of the held-out outfits with three others of each place's type, the same for every epoch."""
    drawn = []
    for _ in range(3):
        for start in range(0, len(outfits), 512):
            rows, filled = padded(outfits[start : start + 512], config.longest, generator)
            drawn.append((rows, filled, everything.draw(np.repeat(rows[..., None], 3, axis=-1), generator)))
    return drawn
