"""Contrastive learning: a dialog near its items, items of a set near each other, similar items near each other.

InfoNCE within a batch (van den Oord et al., "Representation learning with contrastive predictive coding", 2018). Items of a
set agree in a projection of their places, not in the places themselves: a coat should not stand where its shoes do.
"""

from __future__ import annotations

from itertools import combinations

import torch
from torch import Tensor
from torch.nn import functional

from stylist.fascode.paper import PaperNet

TEMPERATURE = 0.1


def contrast_loss(net: PaperNet, queries: Tensor, places: Tensor, rows: Tensor, alike: Tensor, none: int) -> Tensor:
    """The mean of the three losses.

    queries (n, 4, dim), places (n, 4, dim) of the goals' items, rows (n, 4) which items they are, alike (n, 4, dim) places of
    an item similar to each, none: the row that means an empty slot.
    """
    filled = rows != none
    asked = [
        info_nce(net.nearness(queries[:, slot], places[:, slot]), rows[:, slot], filled[:, slot]) for slot in range(4)
    ]
    similar = [
        info_nce(net.nearness(places[:, slot], alike[:, slot]), rows[:, slot], filled[:, slot]) for slot in range(4)
    ]
    directions = functional.normalize(net.together(places), dim=-1)
    sets = [
        info_nce(
            directions[:, one] @ directions[:, other].T / TEMPERATURE, rows[:, other], filled[:, one] & filled[:, other]
        )
        for one, other in combinations(range(4), 2)
    ]
    return torch.stack([*asked, *similar, *sets]).sum() / 4


def info_nce(logits: Tensor, rows: Tensor, counts: Tensor) -> Tensor:
    """Cross-entropy of the diagonal of logits (n, n) over the cases that count (n,); 0 where fewer than two do.

    Another case with the same item (rows (n,) of the columns) is no wrong answer and is left out.
    """
    if int(counts.sum()) < 2:
        return logits.new_zeros(())
    logits, rows = logits[counts][:, counts], rows[counts]
    same = (rows[:, None] == rows[None]) & ~torch.eye(len(rows), dtype=torch.bool, device=rows.device)
    return functional.cross_entropy(logits.masked_fill(same, -1e9), torch.arange(len(rows), device=rows.device))
