"""One table: baselines, the paper's system, what its authors wished for, our heads. `stylist fascode ablate`.

Everything is learned and weighed on simulated (or training) cases; the evaluation file is scored at the end and chooses nothing.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from stylist.errors import FascodeError
from stylist.fascode.baselines import Scores, overlap_scores, random_wkt, tfidf_scores, yes_no_scores
from stylist.fascode.bound import LinearBound, untrained_scores
from stylist.fascode.continual import METHODS, METRIC, learn_sequence, seasons
from stylist.fascode.experiments import study_config
from stylist.fascode.generation import decoder_scores, proposal_figures, train_decoder
from stylist.fascode.good_sets import harmony_scores, train_harmony
from stylist.fascode.paper import PaperConfig, PaperNet
from stylist.fascode.paper_scoring import paper_scores, recall, wkt
from stylist.fascode.paper_training import new_net, train
from stylist.fascode.study import Cell, Cells, Prepared, Study, markdown, mean_and_error, shown, write_json
from stylist.fascode.training import TrainingConfig, fit_head, train_ranker

Group = Callable[[Study, int], Cell]
PENALTY = 0.01
"""Of the weights that add columns of scores up; not chosen."""
EPOCHS_PER_SEASON = 0.5
"""A season is trained for this share of the epochs."""

ROWS: dict[str, str] = {
    "random": "random order",
    "overlap": "items shared with the other candidates",
    "tfidf": "TF-IDF of dialog and descriptions",
    "yes-no": "TF-IDF with yes/no handling + likeness of descriptions",
    "untrained": "the text encoder untrained: cosine of dialog and descriptions",
    "bound-error": "bound: linear map to the items' own vectors, by square error",
    "bound-inner": "bound: the same map, by inner product",
    "paper": "paper: ranked by its predicted set",
    "paper-query": "paper: ranked by the query",
    "contrastive-id": "paper with the id head repaired",
    "attention": "... + attention fusion",
    "contrast": "... + contrastive learning",
    "hard": "... + hard negatives (the other candidates)",
    "whitened": "... + text encoder adapted to the domain",
    "harmony": "... + harmony from good sets",
    "continual-plain": "... season after season, plain",
    "continual-ewc": "... season after season, EWC",
    "continual-replay": "... season after season, replay",
    "continual-joint": "... all seasons at once, as long",
    "harmony-alone": "harmony from good sets, blind to the dialog",
    "generative": "generative: likelihood of the set",
    "all": "attention + contrast + harmony + generative",
    "ours-blind": "our head, a candidate alone",
    "ours-shared": "our head, seeing the other candidates",
    "ours-and-all": "our head, shared + all of the options",
}
FIGURES = {
    "wkt": "WKT, evaluation file", "held_wkt": "WKT, held-out", "recall@10": "recall@10", METRIC: METRIC,
    "explained": "variance explained", "forgetting": "forgetting", "same_slots": "same slots", "same_type": "same type",
}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "contrastive-id": {},
    "attention": {"fusion": "attention"},
    "contrast": {"contrast": 0.5},
    "hard": {"hard": 1.0},
    "whitened": {},
}
"""What differs from the paper's configuration with the id head repaired; `whitened` differs in its embeddings."""


SUMS: dict[str, tuple[str, ...]] = {
    "harmony": ("contrastive-id", "harmony-alone"),
    "all": ("attention", "contrast", "harmony-alone", "generative"),
    "ours-and-all": ("ours-shared", "attention", "contrast", "harmony-alone", "generative"),
}
"""Rows that add other rows' scores up, weighed on cases that neither trained them nor are reported."""


def run(args: Namespace) -> dict[str, Any]:
    """`args`: data, dialogs (an evaluation file), out, seeds; and where given, only (groups parted by commas), cases, epochs,
    text_encoder, image_encoder, sentences."""
    only = [name.strip() for name in (getattr(args, "only", None) or "").split(",") if name.strip()]
    unknown = [name for name in only if name not in GROUPS]
    if unknown:
        raise FascodeError(f"--only: {unknown[0]!r}; expected some of {', '.join(GROUPS)}")
    return run_ablation(Study(Path(args.data), study_config(args), Path(args.dialogs)), Path(args.out), only)


def run_ablation(study: Study, out: Path, only: Sequence[str] = ()) -> dict[str, Any]:
    """Leaves results.json and table.md in `out`, and its cells, and returns the table.

    `only` some of GROUPS are computed, or all; cells that `out` holds of the others stand in the table too.
    """
    cells = Cells(out, {"command": "ablate", **study.settings})
    found: dict[str, list[Cell]] = {name: [] for name in ROWS}
    progress = tqdm(total=study.config.seeds * len(only or GROUPS), desc="ablation", unit="cell", file=sys.stderr)
    for seed in range(study.config.seeds):
        rows: Cell = {}
        for group, compute in GROUPS.items():
            name = f"{group}-{seed}"
            if not only or group in only:
                rows.update(cells.get(name, lambda compute=compute, seed=seed: compute(study, seed)))  # type: ignore[misc]
                progress.update()
            elif name in cells:
                rows.update(cells.get(name, dict))
        for name, parts in SUMS.items():
            if all(part in rows for part in parts):
                rows[name] = _row(_weighed([rows[part]["scores"] for part in parts]), seed)
        for name in ROWS:
            if name in rows:
                found[name].append(rows[name])
    progress.close()
    means = {
        name: {key: mean_and_error([row[key] for row in of]) for key in of[0] if key != "scores"}
        for name, of in found.items() if of
    }  # fmt: skip
    seeds = {name: len(found[name]) for name in means}
    write_json(out / "results.json", {"settings": study.settings, "seeds": seeds, "rows": means})
    lines = [
        [ROWS[name], str(seeds[name]), *(shown(row.get(key), seeds[name]) for key in FIGURES)]
        for name, row in means.items()
    ]
    (out / "table.md").write_text(markdown(["", "seeds", *FIGURES.values()], lines), encoding="utf-8")
    return {
        "seeds": study.config.seeds,
        "wkt": {ROWS[name]: shown(row["wkt"], seeds[name]) for name, row in means.items()},
    }


def _baselines(study: Study, seed: int) -> Cell:
    prepared = study.prepared(seed)
    parts = [prepared.of(part) for part in _parts(prepared)]
    return {
        "random": {"held_wkt": random_wkt(parts[1], seed), "wkt": random_wkt(parts[2], seed)},
        "overlap": _row([overlap_scores(part) for part in parts], seed),
        "tfidf": _row([tfidf_scores(part, study.table) for part in parts], seed),
        "yes-no": _row([yes_no_scores(part, study.table) for part in parts], seed),
    }


def _bound(study: Study, seed: int) -> Cell:
    prepared = study.prepared(seed)
    bound = LinearBound(prepared.data, prepared.many)
    by_error, by_inner = zip(*(bound.scores(part) for part in _parts(prepared)), strict=True)
    explained = {"explained": bound.explained(prepared.held)}
    return {
        "untrained": _row([untrained_scores(prepared.data, part) for part in _parts(prepared)], seed),
        "bound-error": {**_row(by_error, seed), **explained}, "bound-inner": {**_row(by_inner, seed), **explained},
    }  # fmt: skip


def _paper(study: Study, seed: int) -> Cell:
    prepared = study.prepared(seed)
    net = _trained(study, prepared, PaperConfig(epochs=study.config.epochs), seed, "paper")
    by_set, by_query = zip(*(paper_scores(net, prepared.data, part) for part in _parts(prepared)), strict=True)
    found = _recalls(net, prepared)
    return {"paper": {**_row(by_set, seed), **found}, "paper-query": {**_row(by_query, seed), **found}}


def _option(name: str) -> Group:
    def compute(study: Study, seed: int) -> Cell:
        prepared = study.prepared(seed, whitened=name == "whitened")
        config = replace(PaperConfig(epochs=study.config.epochs, identity="contrastive"), **OPTIONS[name])
        net = _trained(study, prepared, config, seed, name)
        return {name: {**_row(_by_query(net, prepared), seed), **_recalls(net, prepared)}}

    return compute


def _harmony(study: Study, seed: int) -> Cell:
    prepared = study.prepared(seed)
    net = train_harmony(prepared.data, prepared.many, seed, study.config.epochs)
    return {"harmony-alone": _row([harmony_scores(net, prepared.data, part) for part in _parts(prepared)], seed)}


def _generative(study: Study, seed: int) -> Cell:
    prepared = study.prepared(seed)
    net = train_decoder(prepared.data, prepared.many, seed, study.config.epochs)
    types = torch.cat([torch.from_numpy(study.table.type), torch.tensor([-1])])
    scores = [decoder_scores(net, prepared.data, part) for part in _parts(prepared)]
    return {"generative": {**_row(scores, seed), **proposal_figures(net, prepared.data, types, prepared.held[:60])}}


def _continual(method: str) -> Group:
    def compute(study: Study, seed: int) -> Cell:
        prepared = study.prepared(seed)
        config = PaperConfig(epochs=max(1, round(study.config.epochs * EPOCHS_PER_SEASON)), identity="contrastive")
        fit, held = (seasons(prepared.data, study.table, part) for part in (prepared.many, prepared.held))
        learned = learn_sequence(method, prepared.data, fit, held, config, seed)
        row = {**_row(_by_query(learned.net, prepared), seed), METRIC: learned.final}
        return {f"continual-{method}": row if method == "joint" else {**row, "forgetting": learned.forgetting}}

    return compute


def _ours(study: Study, seed: int) -> Cell:
    prepared = study.prepared(seed)
    learned = prepared.of(prepared.fit)
    with tempfile.TemporaryDirectory() as folder:
        ranker, _ = train_ranker(learned, study.table, TrainingConfig(cases=len(learned), seed=seed), Path(folder))
    parts = [prepared.of(part) for part in _parts(prepared)]
    return {f"ours-{head}": _row([ranker.score(part, head, seed) for part in parts], seed) for head in ranker.heads}


GROUPS: dict[str, Group] = {
    "baselines": _baselines, "ours": _ours, "bound": _bound, "paper": _paper, **{name: _option(name) for name in OPTIONS}, "harmony": _harmony,
    "generative": _generative, **{f"continual-{method}": _continual(method) for method in METHODS},
}  # fmt: skip
"""What is trained once gives one or two rows; a group and a seed make a cell."""


def _parts(prepared: Prepared) -> tuple[Tensor, Tensor, Tensor]:
    return prepared.weigh, prepared.held, prepared.real


def _by_query(net: PaperNet, prepared: Prepared) -> list[Scores]:
    return [paper_scores(net, prepared.data, part)[1] for part in _parts(prepared)]


def _trained(study: Study, prepared: Prepared, config: PaperConfig, seed: int, name: str) -> PaperNet:
    net = new_net(prepared.data, config, seed)
    train(net, prepared.data, prepared.many, seed, name=f"{name}, seed {seed}")
    return net


def _row(parts: Sequence[Scores], seed: int) -> Cell:
    """WKT of the scores of the held-out cases and of the evaluation file's, and the scores, for sums."""
    _, held, real = parts
    scores = [[np.asarray(case).tolist() for case in part] for part in parts]
    return {"wkt": wkt(real, seed), "held_wkt": wkt(held, seed), "scores": scores}


def _recalls(net: PaperNet, prepared: Prepared) -> dict[str, float]:
    found = recall(net, prepared.data, prepared.held)
    return {name: found[name] for name in ("recall@10", METRIC)}


def _weighed(rows: Sequence[Sequence[Sequence[Sequence[float]]]]) -> list[Scores]:
    """The weighed sum of rows' scores, each given for the cases to weigh them on, the held-out and the evaluation's."""
    parts = [
        [np.stack(case, axis=1).astype(np.float32) for case in zip(*part, strict=True)]
        for part in zip(*rows, strict=True)
    ]
    head = fit_head(parts[0], PENALTY, np.ones(len(rows), bool))
    return [[head.contributions(case).sum(1).astype(np.float64) for case in part] for part in parts]
