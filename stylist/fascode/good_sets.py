"""Harmony learned from good sets: which items go together, told from sets with items swapped at random. Sees no dialog."""

from __future__ import annotations

from itertools import combinations

import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from stylist.fascode.baselines import Scores
from stylist.fascode.paper_training import PaperData

DIM, EPOCHS, BATCH, WRONG = 48, 12, 64, 8


class HarmonyNet(nn.Module):
    """An item's text and image to a direction for each slot that it may stand beside; a set's harmony is the mean over its
    pairs."""

    def __init__(self, sentences: int, text_dim: int, image_dim: int, dim: int = DIM):
        super().__init__()
        self.reduce = nn.Linear(sentences * text_dim + image_dim, dim)
        self.beside = nn.Linear(dim, 4 * dim)
        self.dim = dim

    def forward(self, text: Tensor, image: Tensor, filled: Tensor) -> Tensor:
        """(n, 4, sentences, text_dim), (n, 4, image_dim), (n, 4) -> (n,)"""
        base = torch.tanh(self.reduce(torch.cat([text.flatten(2), image], dim=2)))
        toward = functional.normalize(self.beside(base).view(len(base), 4, 4, self.dim), dim=-1)
        total, pairs = base.new_zeros(len(base)), base.new_zeros(len(base))
        for one, other in combinations(range(4), 2):
            both = (filled[:, one] & filled[:, other]).float()
            total = total + both * (toward[:, one, other] * toward[:, other, one]).sum(-1)
            pairs = pairs + both
        return total / pairs.clamp(min=1)


def train_harmony(data: PaperData, cases: Tensor, seed: int, epochs: int = EPOCHS) -> HarmonyNet:
    """Learns from the goals of the numbered cases: each is told from WRONG copies with one item drawn anew."""
    torch.manual_seed(seed)
    net = HarmonyNet(data.text.shape[1], data.text.shape[2], data.image.shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    for _ in tqdm(range(epochs), desc="harmony", unit="epoch", leave=False, mininterval=1):
        for batch in cases[torch.randperm(len(cases))].split(BATCH):
            good = data.rows[batch, 0]
            sets = torch.stack([good, *(swap_one(good, data) for _ in range(WRONG))], dim=1)
            logits = harmony(net, data, sets.flatten(0, 1)).view(len(batch), -1) * 8
            loss = functional.cross_entropy(logits, torch.zeros(len(batch), dtype=torch.long))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return net.eval()


def harmony(net: HarmonyNet, data: PaperData, rows: Tensor) -> Tensor:
    """(n,) harmony of sets (n, 4)."""
    result: Tensor = net(data.text[rows], data.image[rows], rows != data.none)
    return result


def swap_one(rows: Tensor, data: PaperData) -> Tensor:
    """(n, 4) copies of the sets with one filled slot's item drawn anew among the items of the slot."""
    result = rows.clone()
    place = torch.multinomial((rows != data.none).float() + 1e-9, 1).flatten()
    for slot in range(4):
        mine = torch.nonzero(place == slot).flatten()
        items = data.fitting(slot)[:-1]
        if len(mine) and len(items):
            result[mine, slot] = items[torch.randint(len(items), (len(mine),))]
    return result


@torch.no_grad()
def harmony_scores(net: HarmonyNet, data: PaperData, cases: Tensor) -> Scores:
    """Harmony of each candidate."""
    rows = data.rows[cases]
    there = rows[:, :, 0] >= 0
    values = torch.zeros(there.shape)
    values[there] = harmony(net, data, rows[there])
    return [row[mask].double().numpy() for row, mask in zip(values, there, strict=True)]
