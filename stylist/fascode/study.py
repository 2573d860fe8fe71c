"""What the experiments and the ablation share: cases per seed as tensors, resumable cells, means with standard errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from stylist.errors import FascodeError
from stylist.fascode.commands import fingerprint, load_table, training_cases
from stylist.fascode.embeddings import EmbeddingConfig, Embeddings, embed
from stylist.fascode.files import EvaluationCase, read_evaluation
from stylist.fascode.items import ItemTable
from stylist.fascode.metadata import Report
from stylist.fascode.paper_training import PaperData
from stylist.fascode.simulate import SimulationConfig, Simulator
from stylist.fascode.training import TrainingConfig

Cell = dict[str, Any]
MORE_SEED = 1_000_000
FIT, WEIGH = 0.7, 0.15
"""Shares of the cases that networks are fitted on and that their scores are weighed on; the rest is held out."""


@dataclass(frozen=True)
class StudyConfig:
    """What makes two studies comparable; a folder holds the cells of one."""

    cases: int = 2150
    """Simulated cases a seed, unless the data folder holds training dialogs; our head is fitted on FIT of them."""
    more: int = 4
    """So many times `cases` are simulated beside them, the same for every seed, for the paper's networks and their options:
    what learns places of items needs more dialogs than a head does."""
    epochs: int = 3
    seeds: int = 3
    embedding: EmbeddingConfig = field(default_factory=EmbeddingConfig)


@dataclass(frozen=True)
class Prepared:
    """The cases of one seed. `fit`, `weigh`, `held`, `real` and `many` number rows of `data`; `real` are the evaluation file's.

    `many` is `fit` and what was simulated beside it.
    """

    cases: list[EvaluationCase]
    data: PaperData
    fit: Tensor
    weigh: Tensor
    held: Tensor
    real: Tensor
    many: Tensor

    def of(self, numbers: Tensor) -> list[EvaluationCase]:
        """The numbered cases."""
        return [self.cases[at] for at in numbers.tolist()]


class Study:
    """Loads things when a cell first needs them, so that a finished study is read without loading anything."""

    def __init__(self, data: Path, config: StudyConfig, evaluation: Path | None = None):
        """`evaluation`: a file of evaluation dialogs that is scored and trains and chooses nothing."""
        if evaluation is not None and not evaluation.is_file():
            raise FascodeError(f"{evaluation}: no such file; expected evaluation dialogs")
        self.folder, self.config, self.evaluation = data, config, evaluation
        self.metadata_hash = fingerprint(data)
        self._prepared: tuple[int, bool, Prepared] | None = None
        self._simulated: tuple[int, list[EvaluationCase]] | None = None

    @property
    def settings(self) -> Cell:
        """What a folder of cells must agree on."""
        name = self.evaluation.name if self.evaluation else None
        settings = {
            **asdict(self.config),
            "metadata": self.metadata_hash,
            "evaluation": name,
            "training": self.training_files,
        }
        settings.pop("seeds")
        return dict(json.loads(json.dumps(settings)))

    @property
    def training_files(self) -> list[str]:
        """Names of the training dialogs in the data folder; none here means simulated ones."""
        return sorted(path.name for path in self.folder.glob("ddata*.txt"))

    @cached_property
    def table(self) -> ItemTable:
        """The items."""
        return load_table(self.folder)

    @cached_property
    def embeddings(self) -> Embeddings:
        """The items' vectors."""
        return embed(self.table, self.config.embedding, self.folder / "image")

    @cached_property
    def whitened(self) -> Embeddings:
        """The same by the text encoder adapted to the metadata."""
        return self.embeddings.whitened()

    @cached_property
    def more_cases(self) -> list[EvaluationCase]:
        """What is simulated beside the cases of the seeds; nothing where there are training dialogs."""
        if self.training_files:
            return []
        return list(Simulator(self.table).cases(self.config.more * self.config.cases, MORE_SEED))

    @cached_property
    def real_cases(self) -> list[EvaluationCase]:
        """The evaluation file's cases."""
        return read_evaluation(self.evaluation, self.table.metadata)[0] if self.evaluation else []

    def learned_cases(self, seed: int) -> list[EvaluationCase]:
        """What is learned from and held out."""
        if self._simulated is None or self._simulated[0] != seed:
            files = [self.folder / name for name in self.training_files]
            config = TrainingConfig(cases=self.config.cases, seed=seed)
            self._simulated = seed, training_cases(self.table, files, config, SimulationConfig(), Report())
        return self._simulated[1]

    def prepared(self, seed: int, whitened: bool = False) -> Prepared:
        """The cases of a seed, split at random."""
        if self._prepared is None or self._prepared[:2] != (seed, whitened):
            learned = self.learned_cases(seed)
            if len(learned) < 20:
                raise FascodeError(f"{len(learned)} cases; expected at least 20 for a study")
            cases = [*learned, *self.real_cases, *self.more_cases]
            order = torch.from_numpy(np.random.default_rng(seed).permutation(len(learned)))
            fit, weigh, held = torch.tensor_split(order, [int(FIT * len(order)), int((FIT + WEIGH) * len(order))])
            real = torch.arange(len(learned), len(learned) + len(self.real_cases))
            more = torch.arange(len(learned) + len(real), len(cases))
            data = PaperData.of(cases, self.whitened if whitened else self.embeddings)
            self._prepared = seed, whitened, Prepared(cases, data, fit, weigh, held, real, torch.cat([fit, more]))
        return self._prepared[2]


class Cells:
    """A folder of results, a file each, so that a killed study goes on where it was."""

    def __init__(self, out: Path, settings: Cell):
        """FascodeError where `out` holds a study of other settings, or something else."""
        if out.exists() and not out.is_dir():
            raise FascodeError(f"{out}: a file; expected a folder for the results")
        known = out / "settings.json"
        if known.is_file():
            try:
                before = json.loads(known.read_text(encoding="utf-8"))
            except ValueError:
                raise FascodeError(f"{known}: damaged; expected the settings of a study, or an empty folder") from None
            if before != settings:
                raise FascodeError(
                    f"{out}: holds a study of other settings or other data; expected an empty folder or the same"
                )
        elif out.is_dir() and any(out.iterdir()):
            raise FascodeError(f"{out}: is not empty and holds no study; expected an empty or new folder")
        self.folder = out / "cells"
        self.folder.mkdir(parents=True, exist_ok=True)
        write_json(known, settings)

    def __contains__(self, name: str) -> bool:
        return (self.folder / f"{name}.json").is_file()

    def get(self, name: str, compute: Callable[[], Cell]) -> Cell:
        """The cell's result, computed where it is not there."""
        path = self.folder / f"{name}.json"
        if path.is_file():
            try:
                return dict(json.loads(path.read_text(encoding="utf-8")))
            except ValueError:
                path.unlink()
        result = compute()
        write_json(path, result)
        return result


def write_json(path: Path, value: Any) -> None:
    """Writes the whole file or none of it."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)


def mean_and_error(values: Sequence[float]) -> dict[str, float]:
    """`mean`, and `error`: the standard error of the mean over seeds (0 for one seed)."""
    error = float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0
    return {"mean": float(np.mean(values)), "error": error}


def markdown(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of docs."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines) + "\n"


def shown(figure: dict[str, float] | None, seeds: int = 2) -> str:
    """`.512 ± .010`, or nothing; one seed has no error."""
    if figure is None:
        return ""
    if seeds == 1:
        return _short(figure["mean"])
    return f"{_short(figure['mean'])} ± {_short(figure['error'])}"


def _short(value: float) -> str:
    return f"{value:.3f}".replace("0.", ".", 1)
