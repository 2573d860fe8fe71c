"""A generative model that proposes a whole set from the dialog: it writes one item a slot, each knowing those before.

An autoregressive decoder (a GRU over outer, top, bottom, shoes) whose words are the items and `none`; candidates are ranked
by their likelihood, and `propose` finds the likeliest sets by beam search.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from stylist.fascode.baselines import Scores
from stylist.fascode.paper_training import PaperData

DIM, EPOCHS, BATCH = 128, 20, 64


class SetDecoder(nn.Module):
    """Items are read through one layer, so that an item never seen in a set is judged by its description."""

    def __init__(self, sentences: int, text_dim: int, image_dim: int, dim: int = DIM):
        super().__init__()
        self.item = nn.Linear(sentences * text_dim + image_dim, dim)
        self.none = nn.Parameter(torch.randn(dim) * 0.1)
        self.dialog = nn.Linear(sentences * text_dim, dim)
        self.slot = nn.Parameter(torch.randn(4, dim) * 0.1)
        self.cell = nn.GRUCell(2 * dim, dim)
        self.query = nn.Linear(2 * dim, dim)
        self.drop = nn.Dropout(0.3)

    def items(self, data: PaperData) -> Tensor:
        """(items + 1, dim) vectors of all items; `none` has its own."""
        known = self.item(torch.cat([data.text[:-1].flatten(1), data.image[:-1]], dim=1))
        return functional.layer_norm(torch.cat([known, self.none[None]]), (known.shape[1],))

    def start(self, dialogs: Tensor) -> tuple[Tensor, Tensor]:
        """(n, sentences, d) -> what the dialog asks for (n, dim), and the first state (n, dim)."""
        asked = self.drop(torch.tanh(self.dialog(dialogs.flatten(1))))
        return asked, torch.zeros_like(asked)

    def step(self, slot: int, before: Tensor, asked: Tensor, state: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """Log-probabilities (n, m) over the slot's words (m, dim) and the next state, after the item `before` (n, dim)."""
        state = self.cell(torch.cat([before + self.slot[slot], asked], dim=1), state)
        logits = self.query(torch.cat([self.drop(state), asked], dim=1)) @ words.T / words.shape[1] ** 0.5
        return functional.log_softmax(logits, dim=1), state

    def likelihood(self, data: PaperData, dialogs: Tensor, rows: Tensor) -> Tensor:
        """(n,) log-likelihood of sets (n, 4) after their dialogs (n, sentences, d), the mean over slots."""
        vectors = self.items(data)
        asked, state = self.start(dialogs)
        before, total = torch.zeros_like(asked), asked.new_zeros(len(asked))
        for slot in range(4):
            fitting = data.fitting(slot)
            log_p, state = self.step(slot, before, asked, state, vectors[fitting])
            at = (fitting[None] == rows[:, slot, None]).int().argmax(1, keepdim=True)
            total = total + log_p.gather(1, at)[:, 0]
            before = vectors[rows[:, slot]]
        return total / 4


def train_decoder(data: PaperData, cases: Tensor, seed: int, epochs: int = EPOCHS) -> SetDecoder:
    """Maximum likelihood of the goals of the numbered cases."""
    torch.manual_seed(seed)
    net = SetDecoder(data.text.shape[1], data.text.shape[2], data.image.shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    for _ in tqdm(range(epochs), desc="decoder", unit="epoch", leave=False, mininterval=1):
        net.train()
        for batch in cases[torch.randperm(len(cases))].split(BATCH):
            loss = -net.likelihood(data, data.dialogs[batch], data.rows[batch, 0]).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
    return net.eval()


@torch.no_grad()
def decoder_scores(net: SetDecoder, data: PaperData, cases: Tensor) -> Scores:
    """Log-likelihood of each candidate."""
    rows = data.rows[cases]
    there = rows[:, :, 0] >= 0
    values = torch.zeros(there.shape)
    which = torch.nonzero(there)[:, 0]
    values[there] = net.likelihood(data, data.dialogs[cases[which]], rows[there])
    return [row[mask].double().numpy() for row, mask in zip(values, there, strict=True)]


@torch.no_grad()
def propose(net: SetDecoder, data: PaperData, case: int, width: int = 8) -> list[tuple[tuple[int, ...], float]]:
    """The likeliest sets for a dialog by beam search, best first: (rows of outer, top, bottom, shoes; log-likelihood)."""
    vectors = net.items(data)
    asked, state = net.start(data.dialogs[case : case + 1])
    sets = torch.zeros(1, 0, dtype=torch.long)
    before, total = torch.zeros_like(asked), torch.zeros(1)
    for slot in range(4):
        fitting = data.fitting(slot)
        log_p, state = net.step(slot, before, asked.expand(len(sets), -1), state, vectors[fitting])
        sums = (total[:, None] + log_p).flatten()
        total, best = sums.topk(min(width, len(sums)))
        beam, word = best // len(fitting), fitting[best % len(fitting)]
        sets = torch.cat([sets[beam], word[:, None]], dim=1)
        state, before = state[beam], vectors[word]
    return [(tuple(map(int, row)), float(value)) for row, value in zip(sets, total, strict=True)]


def proposal_figures(
    net: SetDecoder, data: PaperData, types: Tensor, cases: Tensor, width: int = 4
) -> dict[str, float]:
    """How the likeliest set resembles the goal: `same_slots` fills the same slots; `same_type` the share of the goal's items
    beside which it puts one of the same garment type; types (items + 1,)."""
    same_slots, same_type = [], []
    for case in cases.tolist():
        rows, goal = torch.tensor(propose(net, data, case, width)[0][0]), data.rows[case, 0]
        filled = goal != data.none
        same_slots.append(float(torch.equal(rows != data.none, filled)))
        same_type.append(float((types[rows] == types[goal])[filled].float().mean()))
    return {"same_slots": sum(same_slots) / len(same_slots), "same_type": sum(same_type) / len(same_type)}
