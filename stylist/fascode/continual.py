"""Continual learning over a sequence of seasons: plain fine-tuning, EWC and replay, and how much each forgets.

EWC: Kirkpatrick et al., "Overcoming catastrophic forgetting in neural networks", PNAS 2017. A season is a third of the
cases by how warm their goal sets are: winter first, then between, then summer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from stylist.fascode.features import AXES
from stylist.fascode.items import ItemTable
from stylist.fascode.paper import PaperConfig, PaperNet
from stylist.fascode.paper_scoring import recall
from stylist.fascode.paper_training import PaperData, batch_loss, new_net, train

SEASONS = ("winter", "between", "summer")
METHODS = ("plain", "ewc", "replay", "joint")
EWC_WEIGHT = 300.0
REPLAY_SHARE = 0.2
"""Share of each earlier season's cases that is kept and trained on again."""
METRIC = "recall@50"


@dataclass(frozen=True)
class Sequence:
    """What a method ends with. `after[i][j]`: METRIC on season j after learning season i."""

    net: PaperNet
    after: list[list[float]]

    @property
    def forgetting(self) -> float:
        """Mean over the earlier seasons of the best METRIC ever minus the last (Chaudhry et al., ECCV 2018)."""
        if len(self.after) < 2:
            return 0.0
        table = np.array(self.after)
        return float((table[:-1, :-1].max(0) - table[-1, :-1]).mean())

    @property
    def final(self) -> float:
        """Mean METRIC over all seasons in the end."""
        return float(np.mean(self.after[-1]))


def seasons(data: PaperData, table: ItemTable, cases: Tensor) -> list[Tensor]:
    """The cases in three equal parts: goals that are warm, between, cool by what their descriptions name."""
    warmth = np.append(table.concepts @ AXES[:, 0], 0.0)
    filled = (data.rows[cases, 0] != data.none).numpy()
    goal = warmth[data.rows[cases, 0].numpy()].sum(1) / np.maximum(filled.sum(1), 1)
    return [cases[torch.from_numpy(part)] for part in np.array_split(np.argsort(-goal, kind="stable"), len(SEASONS))]


def learn_sequence(
    method: str, data: PaperData, train_parts: list[Tensor], held_parts: list[Tensor], config: PaperConfig, seed: int
) -> Sequence:
    """Learns the seasons one after the other (`joint`: all at once, the bound) and measures every season after each."""
    if method not in METHODS:
        raise ValueError(f"method {method!r}; expected one of {', '.join(METHODS)}")
    net = new_net(data, config, seed)
    if method == "joint":
        train(net, data, torch.cat(train_parts), seed, name="all seasons")
        return Sequence(net, [[recall(net, data, part)[METRIC] for part in held_parts]])
    after: list[list[float]] = []
    memory: list[Tensor] = []
    anchors: list[tuple[dict[str, Tensor], dict[str, Tensor]]] = []
    for at, part in enumerate(train_parts):
        cases = torch.cat([part, *memory]) if method == "replay" else part
        train(
            net, data, cases, seed + at, penalty=(lambda now: ewc_penalty(now, anchors)) if method == "ewc" and at else None,
            name=f"{method}, {SEASONS[at]}",
        )  # fmt: skip
        after.append([recall(net, data, held)[METRIC] for held in held_parts])
        memory.append(part[torch.randperm(len(part))[: round(REPLAY_SHARE * len(part))]])
        if method == "ewc":
            anchors.append(
                (fisher(net, data, part), {name: value.detach().clone() for name, value in net.named_parameters()})
            )
    return Sequence(net, after)


def fisher(net: PaperNet, data: PaperData, cases: Tensor, batches: int = 16) -> dict[str, Tensor]:
    """The diagonal of the Fisher information, by squared gradients of small batches' losses; mean 1 over all parameters."""
    result = {name: torch.zeros_like(value) for name, value in net.named_parameters()}
    for batch in cases[torch.randperm(len(cases))].split(8)[:batches]:
        if len(batch) < 2:
            continue
        net.zero_grad()
        batch_loss(net, data, batch).backward()  # type: ignore[no-untyped-call]
        for name, value in net.named_parameters():
            if value.grad is not None:
                result[name] += value.grad.square()
    net.zero_grad()
    mean = sum(float(value.sum()) for value in result.values()) / sum(value.numel() for value in result.values())
    return {name: value / max(mean, 1e-12) for name, value in result.items()}


def ewc_penalty(net: PaperNet, anchors: list[tuple[dict[str, Tensor], dict[str, Tensor]]]) -> Tensor:
    """EWC_WEIGHT / 2 times the Fisher-weighted square distance from where each earlier season ended, mean over parameters."""
    total = sum(value.numel() for value in net.parameters())
    result = net.scale.new_zeros(())
    for information, before in anchors:
        for name, value in net.named_parameters():
            result = result + (information[name] * (value - before[name]).square()).sum()
    return EWC_WEIGHT / 2 * result / total
