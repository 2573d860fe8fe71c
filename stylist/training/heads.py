"""`stylist train heads`: ProjectionNet and TransferNet on simulated conversations over the bundled catalogue.

A conversation's target is a distribution over the items of each slot, by how many of its wishes an item meets; the query of the
slot learns to place its mass there (cross-entropy of two softmaxes). Conversations of held-out phrases measure it: how high
the items stand that meet the most wishes, beside an untrained text search.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import yaml
from torch.nn import functional as F
from tqdm import tqdm

from stylist import edits, paths
from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.catalog.store import Catalog
from stylist.encoders.text import TextEncoder
from stylist.errors import ModelError
from stylist.mllm.backbone import Backbone
from stylist.mllm.tracker import Tracker
from stylist.ranking.heads import Heads
from stylist.ranking.transfer import slot_scores
from stylist.state import DialogState
from stylist.stylist import conversation_vector
from stylist.training.exchanges import Exchange, exchanges


@dataclass(frozen=True)
class HeadsConfig:
    """One run; written beside its weights."""

    seed: int = 7
    """Seed of conversations, weights and order."""
    conversations: int = 4000
    """Simulated conversations to learn from."""
    held_out: int = 400
    """Conversations of held-out phrases to measure on."""
    epochs: int = 30
    """Passes over the conversations."""
    batch: int = 128
    """Conversations a step."""
    learning_rate: float = 2e-3
    """Peak rate of AdamW."""
    size: int = 128
    """Width of the item space."""
    sharpness: float = 8.0
    """How much of a target's mass the items that meet every wish get."""


def state_after(example: Exchange) -> DialogState:
    """The state that an exchange leaves."""
    state = edits.apply(DialogState(), example.before)
    change = {k: x for k, x in example.edit.items() if k not in ("keep", "swap", "pick", "photo", "act", "more")}
    return edits.apply(state, change)


class Agreement:
    """How well each item of a catalogue meets a state's wishes; one column of bools per value, made once."""

    def __init__(self, items: tuple[Item, ...]):
        self.count = len(items)
        self.slot = {slot: np.array([item.slot == slot for item in items]) for slot in v.SLOTS}
        self.column: dict[tuple[str, str], np.ndarray] = {}
        for field in v.FIELDS:
            for value in v.VALUES[field]:
                accepted = v.shades(value) if field == "color" else {value, "unisex"} if field == "gender" else {value}
                self.column[field, value] = np.array([bool(accepted & set(item.values(field))) for item in items])

    def _any(self, field: str, values: tuple[str, ...]) -> np.ndarray:
        return np.any([self.column[field, value] for value in values], axis=0)

    def __call__(self, state: DialogState) -> np.ndarray:
        """Share of the wishes for its slot that each item meets, less 1 where it has what is avoided: (n,) in -1..1."""
        wishes, met, broken = np.zeros(self.count), np.zeros(self.count), np.zeros(self.count, dtype=bool)
        everywhere = np.ones(self.count, dtype=bool)
        scopes = [(everywhere, state.want, state.avoid)]
        scopes += [(self.slot[slot], wish.want, wish.avoid) for slot, wish in state.slots.items()]
        for where, want, avoid in scopes:
            for field in v.FIELDS:
                if values := want.values(field):
                    place = where
                    if field == "type":
                        place = where & np.any([self.slot[v.SLOT_OF_TYPE[t]] for t in values], axis=0)
                    wishes += place
                    met += place & self._any(field, values)
                if values := avoid.values(field):
                    broken |= where & self._any(field, values)
        return met / np.maximum(wishes, 1) - broken


def conversations(config: HeadsConfig, backbone: Backbone, text: TextEncoder, items: tuple[Item, ...], part: str, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(vectors (count, conversation), agreement (count, items)) of simulated conversations that hold a wish."""
    tracker, agreement = Tracker(backbone), Agreement(items)
    stream = (e for e in exchanges(config.seed + (part == "valid"), part) if not e.photos and any(k[0] in "+-=" for k in (*e.edit, *e.before)))
    vectors, targets = [], []
    for example in tqdm(itertools.islice(stream, count), total=count, desc=f"conversations ({part})", file=sys.stderr):
        inputs = backbone.inputs(tracker.prompt(edits.apply(DialogState(), example.before), example.assistant, example.user, 0))
        hidden = backbone.pooled(inputs)
        vectors.append(conversation_vector(hidden, text.encode([example.user or "outfit"])[0]))
        targets.append(agreement(state_after(example)))
    return torch.from_numpy(np.stack(vectors)), torch.from_numpy(np.stack(targets)).float()


def _mean_agreement(scores: torch.Tensor, targets: torch.Tensor, slots: torch.Tensor, most: int = 5) -> float:
    """Mean agreement of the items that the scores put on top of each slot, as a share of the best possible."""
    shares = []
    for slot in range(len(v.SLOTS)):
        rows = torch.nonzero(slots == slot).flatten()
        told = targets[:, rows].amax(1) > 0  # conversations with a wish that something in this slot meets
        if not told.any():
            continue
        chosen = scores[:, rows][told].topk(most).indices
        got = targets[:, rows][told].gather(1, chosen).mean(1)
        best = targets[:, rows][told].topk(most).values.mean(1)
        worst = targets[:, rows][told].mean(1)
        shares.append(((got - worst) / (best - worst).clamp(min=1e-6)).mean())
    return float(torch.stack(shares).mean())


def train(config: HeadsConfig, catalog: Catalog, out: Path, backbone: Backbone | None = None, log: Callable[[str], None] | None = None) -> dict[str, float]:
    """Trains both networks and saves them; returns held-out figures: 0 is a random choice of items, 1 the best possible."""
    log = log or (lambda line: print(line, file=sys.stderr, flush=True))
    torch.manual_seed(config.seed)
    backbone, text = backbone or Backbone.load(), TextEncoder()
    items = catalog.items
    text_vectors, image_vectors = catalog.vectors("text"), catalog.vectors("image")
    if text_vectors is None or image_vectors is None:
        raise ModelError(f"{catalog.folder}: index the catalogue first; the heads learn from its text and image vectors")
    x, y = conversations(config, backbone, text, items, "train", config.conversations)
    x_valid, y_valid = conversations(config, backbone, text, items, "valid", config.held_out)
    item_text, item_image = torch.from_numpy(np.array(text_vectors)).float(), torch.from_numpy(np.array(image_vectors)).float()
    slots = torch.tensor([v.SLOTS.index(item.slot) for item in items])
    masks = [slots == s for s in range(len(v.SLOTS))]
    heads = Heads(item_text.shape[1], item_image.shape[1], x.shape[1], config.size)
    scale = torch.nn.Parameter(torch.tensor(2.5))
    optimizer = torch.optim.AdamW([*heads.parameters(), scale], lr=config.learning_rate, weight_decay=0.02)
    steps = config.epochs * (len(x) // config.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.learning_rate, total_steps=steps)
    for epoch in range(config.epochs):
        heads.train()
        total = 0.0
        for rows in torch.randperm(len(x)).split(config.batch):
            if len(rows) < config.batch:
                continue
            places = heads.projection(item_text, item_image)
            scores = slot_scores(heads.transfer(x[rows]), places, slots) * scale.exp()
            loss = torch.stack([_slot_loss(scores[:, m], y[rows][:, m], config.sharpness) for m in masks]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        if epoch % 5 == 4:
            log(f"epoch {epoch + 1}/{config.epochs} loss {total / max(1, len(x) // config.batch):.3f}")
    heads.eval()
    with torch.inference_mode():
        places = heads.projection(item_text, item_image)
        learned = _mean_agreement(slot_scores(heads.transfer(x_valid), places, slots), y_valid, slots)
        search = _mean_agreement(x_valid[:, -item_text.shape[1] :] @ item_text.T, y_valid, slots)
    figures = {"heads": learned, "text_search": search, "random": 0.0}
    heads.save(out, config=asdict(config), held_out=figures)
    log(json.dumps(figures))
    return figures


def _slot_loss(scores: torch.Tensor, target: torch.Tensor, sharpness: float) -> torch.Tensor:
    told = target.std(1) > 0
    if not told.any():
        return scores.sum() * 0.0
    return F.cross_entropy(scores[told], (target[told] * sharpness).softmax(-1))


def main() -> int:
    """The command line of `stylist train heads`."""
    parser = argparse.ArgumentParser(description="Trains the ranking heads.")
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "configs" / "heads.yaml", help="YAML of the run")
    parser.add_argument("--catalog", type=Path, default=paths.catalogue(), help="catalogue with text and image vectors")
    parser.add_argument("--out", type=Path, required=True, help="folder of the heads")
    args = parser.parse_args()
    torch.set_num_threads(1)
    try:
        config = HeadsConfig(**(yaml.safe_load(args.config.read_text(encoding="utf-8")) or {}))
    except TypeError as fault:
        raise ModelError(f"{args.config}: {fault}") from None
    train(config, Catalog.load(args.catalog), args.out)
    return 0
