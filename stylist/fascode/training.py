"""Learns the ranker from cases: first the networks, then linear heads on cases that the networks have not seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from stylist.errors import FascodeError
from stylist.fascode.features import BLIND, requests
from stylist.fascode.files import EvaluationCase
from stylist.fascode.items import ItemTable
from stylist.fascode.networks import Matcher, listwise_loss
from stylist.fascode.ranker import COLUMNS, HEADS, LinearHead, Ranker
from stylist.fascode.scoring import mean_wkt, ranks

LEAST_CASES = 20


@dataclass(frozen=True)
class TrainingConfig:
    """One run. Saved beside its weights."""

    cases: int = 1500
    """Simulated cases, unless training dialogs are given."""
    epochs: int = 8
    """Passes of the networks over their share of the cases."""
    batch: int = 64
    learning_rate: float = 2e-3
    network_share: float = 0.6
    """Share of the cases that the networks learn from; the heads learn from the rest."""
    contrast: float = 0.3
    """Weight of telling the goal's items from other goals' items in the same slot."""
    dim: int = 128
    hidden: int = 192
    penalties: tuple[float, ...] = (0.003, 0.01, 0.03, 0.1, 0.3)
    """L2 penalties of the heads, chosen among by cross-validation."""
    folds: int = 5
    seed: int = 0


@dataclass
class Prepared:
    """Cases as arrays; candidates are padded to the longest case, items to the longest candidate."""

    conversation: Tensor
    """(cases, dialog_dim)"""
    items: Tensor
    """(cases, candidates, items) rows of the table, -1 where none"""


def prepare(cases: Sequence[EvaluationCase], table: ItemTable) -> Prepared:
    """What the networks read of `cases`."""
    wanted = requests([case.turns for case in cases], table)
    conversation = torch.from_numpy(np.stack([request.network_input(table.basis) for request in wanted]))
    most = max(len(case.candidates) for case in cases)
    longest = max(len(one) for case in cases for one in case.candidates)
    items = torch.full((len(cases), most, longest), -1, dtype=torch.long)
    for at, case in enumerate(cases):
        for place, one in enumerate(case.candidates):
            items[at, place, : len(one)] = torch.tensor([table.metadata.row[item] for item in one])
    return Prepared(conversation, items)


def train_networks(
    data: Prepared, table: ItemTable, config: TrainingConfig, folder: Path, log: Callable[[dict[str, float]], None]
) -> Matcher:
    """Trains ProjectionNet and TransferNet; a checkpoint after each epoch lets a killed run go on where it was."""
    torch.manual_seed(config.seed)
    text, image = (torch.from_numpy(part) for part in table.network_input)
    matcher = Matcher(text.shape[1], image.shape[1], data.conversation.shape[1], config.dim, config.hidden)
    optimizer = torch.optim.AdamW(matcher.parameters(), lr=config.learning_rate, weight_decay=0.02)
    slot = torch.from_numpy(table.slot)
    checkpoint, start = folder / "checkpoint.pt", 0
    if checkpoint.is_file():
        saved = torch.load(checkpoint, weights_only=True)
        matcher.load_state_dict(saved["matcher"])
        optimizer.load_state_dict(saved["optimizer"])
        start = int(saved["epoch"])
    for epoch in tqdm(range(start, config.epochs), desc="networks", unit="epoch", initial=start, total=config.epochs):
        matcher.train()
        torch.manual_seed(config.seed * 1000 + epoch)
        losses = []
        for batch in torch.randperm(len(data.items)).split(config.batch):
            if len(batch) < 2:
                continue
            loss = _network_loss(matcher, data, batch, text, image, slot, config.contrast)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(matcher.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
        log({"epoch": epoch + 1, "loss": float(np.mean(losses)) if losses else 0.0})
        partial = checkpoint.with_suffix(".partial")
        torch.save({"matcher": matcher.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}, partial)
        partial.replace(checkpoint)
    return matcher.eval()


def _network_loss(
    matcher: Matcher, data: Prepared, batch: Tensor, text: Tensor, image: Tensor, slot: Tensor, contrast: float
) -> Tensor:
    items = data.items[batch]  # (cases, candidates, items)
    present = items >= 0
    used, where = items.clamp(min=0).unique(return_inverse=True)
    places = matcher.items(text[used], image[used])[where]  # (cases, candidates, items, dim)
    queries = matcher.queries(data.conversation[batch])  # (cases, 4, dim)
    slots = slot[items.clamp(min=0)]
    asked = queries[torch.arange(len(batch))[:, None, None], slots]
    near = matcher.closeness(asked, places) * present
    scores = near.sum(-1) / present.sum(-1).clamp(min=1)
    loss = listwise_loss(scores * 3, present.any(-1))
    for code in range(4):
        mine, at = torch.nonzero(present[:, 0] & (slots[:, 0] == code), as_tuple=True)
        if len(mine) > 1:
            goals = places[mine, 0, at]
            logits = matcher.closeness(queries[mine, code][:, None], goals[None])
            loss = loss + contrast / 4 * functional.cross_entropy(logits, torch.arange(len(mine)))
    return loss


def fit_head(rows: Sequence[npt.NDArray[np.float32]], penalty: float, columns: npt.NDArray[np.bool_]) -> LinearHead:
    """Weights by the listwise loss with an L2 penalty, LBFGS; columns that are not allowed get weight zero."""
    flat = np.concatenate(rows)
    mean, spread = flat.mean(0), flat.std(0)
    spread = np.where(spread > 1e-6, spread, 1).astype(np.float32)
    most = max(map(len, rows))
    data = torch.zeros(len(rows), most, flat.shape[1])
    mask = torch.zeros(len(rows), most, dtype=torch.bool)
    for at, row in enumerate(rows):
        data[at, : len(row)] = torch.from_numpy((row - mean) / spread * columns)
        mask[at, : len(row)] = True
    weight = torch.zeros(flat.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weight], max_iter=40, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = listwise_loss(data @ weight, mask) + penalty * weight.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[arg-type]
    return LinearHead(mean.astype(np.float32), spread, (weight.detach().numpy() * columns).astype(np.float32))


def head_wkt(head: LinearHead, rows: Sequence[npt.NDArray[np.float32]], seed: int) -> float:
    """Mean WKT of a head over cases given in their true order."""
    generator = np.random.default_rng(seed)
    return mean_wkt([ranks(head.contributions(row).sum(1), generator).tolist() for row in rows])


def choose_head(
    rows: Sequence[npt.NDArray[np.float32]], columns: npt.NDArray[np.bool_], config: TrainingConfig
) -> tuple[LinearHead, float, float]:
    """The head with the penalty that cross-validates best on `rows`: (head, penalty, cross-validated WKT)."""
    fold = np.random.default_rng(config.seed).permutation(len(rows)) % config.folds
    best = (-2.0, config.penalties[0])
    for penalty in config.penalties:
        values = []
        for held in range(config.folds):
            inside = [row for row, its in zip(rows, fold, strict=True) if its != held]
            outside = [row for row, its in zip(rows, fold, strict=True) if its == held]
            if inside and outside:
                values.append(head_wkt(fit_head(inside, penalty, columns), outside, config.seed))
        best = max(best, (float(np.mean(values)) if values else -1.0, penalty))
    return fit_head(rows, best[1], columns), best[1], best[0]


def train_ranker(
    cases: Sequence[EvaluationCase], table: ItemTable, config: TrainingConfig, folder: Path
) -> tuple[Ranker, dict[str, float]]:
    """The whole of it. `folder` gets the curve (curve.jsonl) and checkpoints; the caller saves the ranker.

    Returns the ranker and the cross-validated WKT of both heads on the cases that the networks did not see.
    """
    if len(cases) < LEAST_CASES:
        raise FascodeError(f"{len(cases)} training cases; expected at least {LEAST_CASES}")
    order = np.random.default_rng(config.seed).permutation(len(cases))
    cut = int(len(cases) * config.network_share)
    curve = folder / "curve.jsonl"

    def log(entry: dict[str, float]) -> None:
        with curve.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    matcher = train_networks(prepare([cases[at] for at in order[:cut]], table), table, config, folder, log)
    ranker = Ranker(table, matcher, {})
    rows = ranker.columns([cases[at] for at in order[cut:]])
    figures: dict[str, float] = {}
    for name in HEADS:
        columns = np.ones(len(COLUMNS), bool)
        if name == "blind":
            columns[BLIND + 1 :] = False
        ranker.heads[name], penalty, wkt = choose_head(rows, columns, config)
        figures[f"{name}_wkt"], figures[f"{name}_penalty"] = wkt, penalty
    log(figures)
    return ranker, figures
