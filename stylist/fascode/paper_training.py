"""Trains the paper's networks on cases: SGD with momentum, mean square error and item ids, and the options' losses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from stylist.fascode.contrast import contrast_loss
from stylist.fascode.embeddings import Embeddings
from stylist.fascode.files import EvaluationCase
from stylist.fascode.networks import listwise_loss
from stylist.fascode.paper import PaperConfig, PaperNet, sampled_identity_loss

Entry = dict[str, float]


@dataclass(frozen=True)
class PaperData:
    """Cases and items as tensors."""

    dialogs: Tensor
    """(cases, sentences, d)"""
    rows: Tensor
    """(cases, candidates, 4) item of each slot, best candidate first; the last row of `text` where empty, -1 no candidate"""
    text: Tensor
    """(items + 1, sentences, d)"""
    image: Tensor
    """(items + 1, i)"""
    slot: Tensor
    """(items + 1,) index of the slot, 4 for `none`"""

    @classmethod
    def of(cls, cases: Sequence[EvaluationCase], embeddings: Embeddings) -> PaperData:
        """The tensors of some cases."""
        slot = torch.cat([torch.from_numpy(embeddings.table.slot), torch.tensor([4])])
        return cls(
            torch.from_numpy(embeddings.dialogs(cases)), torch.from_numpy(embeddings.rows(cases)),
            torch.from_numpy(embeddings.text), torch.from_numpy(embeddings.image), slot,
        )  # fmt: skip

    @property
    def none(self) -> int:
        """The row that means an empty slot."""
        return len(self.text) - 1

    def fitting(self, slot: int) -> Tensor:
        """Rows that can fill a slot, `none` last."""
        return torch.nonzero((self.slot == slot) | (self.slot == 4)).flatten()


def new_net(data: PaperData, config: PaperConfig, seed: int) -> PaperNet:
    """Untrained networks for the data's sizes."""
    torch.manual_seed(seed)
    sentences, text_dim = data.text.shape[1:]
    return PaperNet(config, sentences, text_dim, data.image.shape[1], len(data.text))


def train(
    net: PaperNet, data: PaperData, cases: Tensor, seed: int, watch: Callable[[], Entry] | None = None,
    penalty: Callable[[PaperNet], Tensor] | None = None, name: str = "paper",
) -> list[Entry]:  # fmt: skip
    """Trains `net` in place on the numbered cases and returns a line an epoch: the loss, and what `watch` measures.

    `penalty` is added to each batch's loss (continual learning).
    """
    config = net.config
    optimizer = torch.optim.SGD(net.parameters(), lr=config.learning_rate, momentum=config.momentum)
    torch.manual_seed(seed)
    curve = []
    for epoch in tqdm(range(config.epochs), desc=name, unit="epoch", leave=False, mininterval=1):
        net.train()
        losses = []
        for batch in cases[torch.randperm(len(cases))].split(config.batch):
            if len(batch) < 2:
                continue
            loss = batch_loss(net, data, batch)
            if penalty is not None:
                loss = loss + penalty(net)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            losses.append(loss.item())
        net.eval()
        curve.append({"epoch": epoch + 1, "loss": sum(losses) / max(len(losses), 1), **(watch() if watch else {})})
    net.eval()
    return curve


def batch_loss(net: PaperNet, data: PaperData, batch: Tensor) -> Tensor:
    """Mean square error between the two networks' outputs, the item ids, and the options' losses where they are on.

    Each item is projected once a batch.
    """
    config, goals = net.config, data.rows[batch, 0]  # (n, 4)
    sets = data.rows[batch] if config.hard or config.contrast else goals[:, None]  # (n, candidates, 4), -1 none
    drawn = torch.randint(data.none, (config.samples if config.identity == "contrastive" else 0,))
    used, where = torch.cat([sets.clamp(min=0).flatten(), drawn]).unique(return_inverse=True)
    known = net.places(data.text[used], data.image[used])
    shown = known[where[: sets.numel()]].view(*sets.shape, -1)  # (n, candidates, 4, dim)
    places, queries = shown[:, 0], net.queries(data.dialogs[batch])
    loss = functional.mse_loss(queries, places)
    if config.identity == "softmax":
        for outputs in (queries, places):
            loss = loss + functional.cross_entropy(net.identity(outputs).flatten(0, 1), goals.flatten())
    else:
        loss = loss + _sampled(net, data, queries, places, goals, known, used)
    if config.contrast:
        # the second candidate is the goal with items swapped for similar ones
        loss = loss + config.contrast * contrast_loss(net, queries, places, goals, shown[:, 1], data.none)
    if config.hard:
        error = (queries[:, None] - shown).square().mean((2, 3))
        loss = loss + config.hard * listwise_loss(-4 * net.scale.exp() * error, sets[:, :, 0] >= 0)
    return loss


def _sampled(
    net: PaperNet, data: PaperData, queries: Tensor, places: Tensor, goals: Tensor, known: Tensor, used: Tensor
) -> Tensor:
    """The items at hand, `used` (m,) with places `known` (m, dim), are the wrong answers of the slots that they can fill."""
    loss = queries.new_zeros(())
    for slot in range(4):
        can = (data.slot[used] == slot) | (data.slot[used] == 4)
        fits = used[None, can] != goals[:, slot, None]
        loss = loss + sampled_identity_loss(net, queries[:, slot], places[:, slot], known[can], fits)
    return loss / 4
