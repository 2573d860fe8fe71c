"""What the paper measures: nearest items of each type, the predicted coordi-set, candidates ranked by mean square error.

Beside weighted Kendall's tau: how similar the two networks' outputs are, and recall@k of the items.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from stylist.fascode.baselines import Scores, tie_averaged_wkt
from stylist.fascode.paper import PaperNet, square_differences
from stylist.fascode.paper_training import PaperData

NEAREST = 4
RECALL_AT = (1, 10, 50)
CHUNK = 1024


@torch.no_grad()
def all_places(net: PaperNet, data: PaperData, there: Tensor | None = None) -> Tensor:
    """(items + 1, dim) places of all items; `there` (items + 1, 2) says whose text and whose image may be used."""
    net.eval()
    parts = []
    for at in range(0, len(data.text), CHUNK):
        part = slice(at, at + CHUNK)
        parts.append(net.places(data.text[part], data.image[part], None if there is None else there[part]))
    return torch.cat(parts)


@torch.no_grad()
def nearest_items(queries: Tensor, places: Tensor, data: PaperData, count: int = NEAREST) -> Tensor:
    """(cases, 4, count) rows of the nearest items of each slot, `none` among them; queries (cases, 4, dim)."""
    result = []
    for slot in range(4):
        fitting = data.fitting(slot)
        far = square_differences(queries[:, slot], places[fitting])
        found = far.topk(min(count, len(fitting)), dim=1, largest=False).indices
        if found.shape[1] < count:
            found = torch.cat([found, found[:, -1:].expand(-1, count - found.shape[1])], dim=1)
        result.append(fitting[found])
    return torch.stack(result, dim=1)


@torch.no_grad()
def candidate_scores(queries: Tensor, places: Tensor, rows: Tensor) -> Scores:
    """Minus the mean square error between what is asked for, (cases, 4, dim), and each candidate's items; rows (cases, k, 4)."""
    there = rows[:, :, 0] >= 0
    error = (queries[:, None] - places[rows.clamp(min=0)]).square().mean((2, 3))
    return [-row[mask].double().numpy() for row, mask in zip(error, there, strict=True)]


@torch.no_grad()
def paper_scores(net: PaperNet, data: PaperData, cases: Tensor, there: Tensor | None = None) -> tuple[Scores, Scores]:
    """Scores by the predicted coordi-set (the nearest item of each slot), as in the paper, and by the queries themselves."""
    places = all_places(net, data, there)
    queries = net.queries(data.dialogs[cases])
    predicted = places[nearest_items(queries, places, data, 1)[:, :, 0]]
    rows = data.rows[cases]
    return candidate_scores(predicted, places, rows), candidate_scores(queries, places, rows)


@torch.no_grad()
def similarity(net: PaperNet, data: PaperData, cases: Tensor) -> dict[str, float]:
    """Mean square difference between queries and the goals' places, and the similarity 1 / (1 + difference)."""
    rows = data.rows[cases, 0]
    used, where = rows.unique(return_inverse=True)
    places = net.places(data.text[used], data.image[used])[where]
    difference = float((net.queries(data.dialogs[cases]) - places).square().mean())
    return {"msd": difference, "msd_similarity": 1 / (1 + difference)}


@torch.no_grad()
def recall(net: PaperNet, data: PaperData, cases: Tensor) -> dict[str, float]:
    """recall@k of the goal's items among the items of their slot, filled slots alone.

    By the two-layer head's logits where it names ids, else by distance; `chance@10` is a random order's. `nearest@4`: the share
    of filled slots whose right item is among the four nearest, by distance.
    """
    places, queries = all_places(net, data), net.queries(data.dialogs[cases])
    goals = data.rows[cases, 0]
    ranks, sizes = [], []
    for slot in range(4):
        filled = goals[:, slot] != data.none
        fitting = data.fitting(slot)[:-1]
        if not filled.any() or not len(fitting):
            continue
        asked, right = queries[filled, slot], goals[filled, slot]
        if net.config.identity == "softmax":
            scores = net.identity(asked)[:, fitting]
        else:
            scores = net.nearness(asked, places[fitting])
        own = scores.gather(1, (fitting[None] == right[:, None]).int().argmax(1, keepdim=True))
        ranks.append((scores > own).sum(1).double())
        sizes.append(torch.full((len(right),), float(len(fitting))))
    rank, size = torch.cat(ranks).numpy(), torch.cat(sizes).numpy()
    found = {f"recall@{k}": float((rank < k).mean()) for k in RECALL_AT}
    near = (nearest_items(queries, places, data) == goals[:, :, None]).any(2)[goals != data.none]
    return {**found, "nearest@4": float(near.float().mean()), "chance@10": float(np.minimum(1, 10 / size).mean())}


def wkt(scores: Scores, seed: int) -> float:
    """Mean weighted Kendall's tau, ties averaged; scores in the true order."""
    return tie_averaged_wkt(scores, seed)


def absent(items: int, share: float, modality: str, seed: int) -> Tensor:
    """(items + 1, 2) marks `share` of the items' texts or images as not there; `none` keeps both."""
    if modality not in ("text", "image"):
        raise ValueError(f"modality {modality!r}; expected text or image")
    there = torch.ones(items + 1, 2, dtype=torch.bool)
    gone = torch.from_numpy(np.random.default_rng(seed).permutation(items)[: round(share * items)])
    there[gone, 0 if modality == "text" else 1] = False
    return there
