"""What the paper's inputs allow without its networks: the encoders' own vectors, and one linear map fitted in closed form.

A bound to hold the trained configuration against: nothing here can collapse, stop too early or memorise ids.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from stylist.fascode.baselines import Scores
from stylist.fascode.paper_scoring import candidate_scores
from stylist.fascode.paper_training import PaperData

PENALTY = 1000.0
"""L2 penalty of the map; not chosen."""


def untrained_scores(data: PaperData, cases: Tensor) -> Scores:
    """Cosine of a dialog's mean vector and each candidate's items' mean vectors, summed; the items' mean is taken off."""
    items = data.text.mean(1) - data.text[:-1].mean((0, 1))
    items[data.none] = 0
    asked = data.dialogs.mean(1) - data.dialogs.mean((0, 1))
    return _inner(asked[cases][:, None].expand(-1, 4, -1), functional.normalize(items, dim=1), data.rows[cases])


class LinearBound:
    """Ridge regression from a dialog's vectors to the text and image of the item wanted in each slot, as they are."""

    def __init__(self, data: PaperData, cases: Tensor):
        """Fitted on the numbered cases."""
        places = torch.cat([data.text.flatten(1), data.image], dim=1)
        for slot in range(4):
            fitting = data.fitting(slot)[:-1]
            if len(fitting):
                places[fitting] -= places[fitting].mean(0)
        places[data.none] = 0
        asked = data.dialogs[cases].flatten(1)
        self.data, self.places, self.mean = data, places, asked.mean(0)
        asked = asked - self.mean
        square = asked.T @ asked + PENALTY * torch.eye(asked.shape[1])
        goals = places[data.rows[cases, 0]]  # (n, 4, d)
        self.weight = torch.linalg.solve(square, asked.T @ goals.flatten(1))

    def queries(self, cases: Tensor) -> Tensor:
        """(cases, 4, d)"""
        asked = self.data.dialogs[cases].flatten(1) - self.mean
        return (asked @ self.weight).view(len(cases), 4, -1)

    def explained(self, cases: Tensor) -> float:
        """Share of the variance of the goals' places that the queries explain; 0 where the mean does as well."""
        goals = self.places[self.data.rows[cases, 0]]
        return float(1 - (self.queries(cases) - goals).square().sum() / goals.square().sum())

    def scores(self, cases: Tensor) -> tuple[Scores, Scores]:
        """By minus the mean square error, as the paper ranks, and by the inner product."""
        queries, rows = self.queries(cases), self.data.rows[cases]
        return candidate_scores(queries, self.places, rows), _inner(queries, self.places, rows)


def _inner(queries: Tensor, places: Tensor, rows: Tensor) -> Scores:
    values = (queries[:, None] * places[rows.clamp(min=0)]).sum((2, 3))
    return [row[there].double().numpy() for row, there in zip(values, rows[:, :, 0] >= 0, strict=True)]
