"""The candidate ranker: features weighted by a linear head, and the networks' closeness, added up to a score.

Two heads stand side by side: `blind` sees one candidate alone, `shared` sees what the candidates of a case share too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from stylist.errors import FascodeError
from stylist.fascode.features import BLIND, NAMES, Request, case_features, requests
from stylist.fascode.files import CandidateSet, EvaluationCase
from stylist.fascode.items import ItemTable
from stylist.fascode.networks import Matcher
from stylist.fascode.scoring import shuffles, unshuffle

Array = npt.NDArray[np.float64]
COLUMNS = ("network", *NAMES)
HEADS = ("blind", "shared")


@dataclass
class LinearHead:
    """Standardization and weights over COLUMNS."""

    mean: npt.NDArray[np.float32]
    spread: npt.NDArray[np.float32]
    weight: npt.NDArray[np.float32]

    def contributions(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """(candidates, columns): what each column adds to the score."""
        return (rows - self.mean) / self.spread * self.weight


class Ranker:
    """Scores candidates of dialogs over one table of items."""

    def __init__(self, table: ItemTable, matcher: Matcher, heads: dict[str, LinearHead]):
        self.table, self.matcher, self.heads = table, matcher.eval(), heads
        self._places: torch.Tensor | None = None

    @torch.no_grad()
    def places(self) -> torch.Tensor:
        """Places of all items, (n, dim), computed once."""
        if self._places is None:
            text, image = self.table.network_input
            self._places = self.matcher.items(torch.from_numpy(text), torch.from_numpy(image))
        return self._places

    @torch.no_grad()
    def columns(self, cases: Sequence[EvaluationCase]) -> list[npt.NDArray[np.float32]]:
        """For each case (candidates, len(COLUMNS))."""
        wanted = requests([case.turns for case in cases], self.table)
        sets = [case.candidates for case in cases]
        known = case_features(wanted, sets, self.table)
        close = self._closeness(wanted, sets)
        return [np.concatenate([near[:, None], rows], axis=1) for near, rows in zip(close, known, strict=True)]

    def _closeness(
        self, wanted: Sequence[Request], sets: Sequence[Sequence[CandidateSet]]
    ) -> list[npt.NDArray[np.float32]]:
        conversation = torch.from_numpy(np.stack([request.network_input(self.table.basis) for request in wanted]))
        queries, places = self.matcher.queries(conversation), self.places()
        row = self.table.metadata.row
        flat = [(at, candidate) for at, case in enumerate(sets) for candidate in case]
        which = torch.tensor([at for at, candidate in flat for _ in candidate])
        items = torch.tensor([row[item] for _, candidate in flat for item in candidate])
        owner = torch.tensor([at for at, (_, candidate) in enumerate(flat) for _ in candidate])
        near = self.matcher.closeness(queries[which, torch.from_numpy(self.table.slot)[items]], places[items])
        sums = torch.zeros(len(flat)).index_add_(0, owner, near)
        means = (sums / torch.tensor([len(candidate) for _, candidate in flat])).numpy()
        return np.split(means, np.cumsum([len(case) for case in sets])[:-1])

    def score(self, cases: Sequence[EvaluationCase], head: str = "shared", seed: int = 0) -> list[Array]:
        """Scores in the cases' own order; inside, candidates stand in a random order drawn from `seed`."""
        orders = shuffles([len(case.candidates) for case in cases], seed)
        mixed = [
            EvaluationCase(case.number, case.turns, tuple(case.candidates[at] for at in order), case.place)
            for case, order in zip(cases, orders, strict=True)
        ]
        scores = [self.heads[head].contributions(rows).sum(1).astype(np.float64) for rows in self.columns(mixed)]
        return unshuffle(scores, orders)

    def why(self, case: EvaluationCase, head: str = "shared", top: int = 4) -> list[list[tuple[str, float]]]:
        """For each candidate the columns that add or take most, against the mean of the case's candidates."""
        parts = self.heads[head].contributions(self.columns([case])[0])
        parts = parts - parts.mean(0)
        return [[(COLUMNS[at], float(row[at])) for at in np.argsort(-np.abs(row))[:top]] for row in parts]

    def save(self, folder: Path) -> None:
        """Weights to `folder/ranker.safetensors` and the sizes to `folder/ranker.json`."""
        tensors = {f"matcher.{name}": value.contiguous() for name, value in self.matcher.state_dict().items()}
        for name, head in self.heads.items():
            for part in ("mean", "spread", "weight"):
                tensors[f"{name}.{part}"] = torch.from_numpy(np.ascontiguousarray(getattr(head, part)))
        tensors["popularity"] = torch.from_numpy(self.table.popularity)
        partial = folder / "ranker.safetensors.partial"
        save_file(tensors, partial)
        partial.replace(folder / "ranker.safetensors")
        sizes = {"columns": list(COLUMNS), "blind_columns": BLIND + 1, **matcher_sizes(self.matcher)}
        (folder / "ranker.json").write_text(json.dumps(sizes, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, table: ItemTable) -> Ranker:
        """A saved ranker over `table`; FascodeError where the run is incomplete or was made by another version."""
        if not (folder / "ranker.safetensors").is_file() or not (folder / "ranker.json").is_file():
            raise FascodeError(
                f"{folder}: holds no trained ranker (ranker.safetensors, ranker.json); expected a finished run of `stylist fascode train`"
            )
        try:
            sizes = json.loads((folder / "ranker.json").read_text(encoding="utf-8"))
            tensors = load_file(folder / "ranker.safetensors")
        except (ValueError, SafetensorError):
            raise FascodeError(f"{folder}: ranker.json or ranker.safetensors is damaged; train again") from None
        if not isinstance(sizes, dict) or tuple(sizes.get("columns", ())) != COLUMNS:
            raise FascodeError(f"{folder}/ranker.json: its columns are not this version's; train again")
        try:
            matcher = Matcher(*(sizes[name] for name in ("text_dim", "image_dim", "dialog_dim", "dim", "hidden")))
            matcher.load_state_dict(
                {name.removeprefix("matcher."): value for name, value in tensors.items() if name.startswith("matcher.")}
            )
            heads = {
                name: LinearHead(*(tensors[f"{name}.{part}"].numpy() for part in ("mean", "spread", "weight")))
                for name in HEADS
            }
        except (RuntimeError, KeyError, TypeError):
            raise FascodeError(
                f"{folder}/ranker.safetensors: its weights do not fit ranker.json; train again"
            ) from None
        if "popularity" in tensors and len(tensors["popularity"]) == len(table.popularity):
            table.popularity = tensors["popularity"].numpy()
        return cls(table, matcher, heads)


def matcher_sizes(matcher: Matcher) -> dict[str, int]:
    """The arguments that make a Matcher of the same shape."""
    first = matcher.transfer.blocks[0]
    assert isinstance(first, torch.nn.Linear)
    return {
        "text_dim": matcher.projection.text.in_features, "image_dim": matcher.projection.image.in_features,
        "dialog_dim": first.in_features, "dim": matcher.transfer.dim, "hidden": first.out_features,
    }  # fmt: skip
