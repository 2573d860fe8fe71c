"""The paper's four experiments in one command: modalities, a missing modality, the reduced dimension, the number of blocks.

`stylist fascode experiments --data DATA --out DIR`. A cell is one configuration trained with one seed.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from stylist.fascode.curves import Panel, write_csv, write_svg
from stylist.fascode.embeddings import EmbeddingConfig
from stylist.fascode.paper import PaperConfig
from stylist.fascode.paper_scoring import absent, paper_scores, recall, similarity, wkt
from stylist.fascode.paper_training import new_net, train
from stylist.fascode.study import Cell, Cells, Study, StudyConfig, markdown, mean_and_error, shown, write_json

REPAIRED = {"identity": "contrastive"}
PAPER: dict[str, dict[str, Any]] = {
    "repaired": REPAIRED,
    "text": {**REPAIRED, "image": False},
    "never-missing": {**REPAIRED, "missing": 0.0},
    "dim-150": {**REPAIRED, "dim": 150},
    "dim-600": {**REPAIRED, "dim": 600},
    "blocks-1": {**REPAIRED, "blocks": 1},
    "blocks-2": {**REPAIRED, "blocks": 2},
    "blocks-6": {**REPAIRED, "blocks": 6},
    "paper": {},
}
"""Configurations by name: what differs from the paper's (text and image, 300, 4 blocks, softmax over ids).

The id head is repaired in all but one: with the paper's own every choice ranks near chance, and none can be told from another.
"""

MISSING = {f"{modality} {share}%": (modality, share / 100) for modality in ("text", "image") for share in (50, 100)}
WHOLE = "whole"

EXPERIMENTS: dict[str, list[tuple[str, str, str]]] = {
    "Text against text and image": [("text", "text", WHOLE), ("text and image", "repaired", WHOLE)],
    "A modality missing": [
        (f"{name}; {'nothing missing' if test == WHOLE else test + ' missing'}", variant, test)
        for test in (WHOLE, *MISSING)
        for name, variant in (("trained with p = .15", "repaired"), ("trained with p = 0", "never-missing"))
    ],
    "Reduced dimension": [("150", "dim-150", WHOLE), ("300", "repaired", WHOLE), ("600", "dim-600", WHOLE)],
    "Blocks of TransferNet": [
        ("1", "blocks-1", WHOLE), ("2", "blocks-2", WHOLE), ("4", "repaired", WHOLE), ("6", "blocks-6", WHOLE),
    ],
    "Item ids": [("softmax over all ids", "paper", WHOLE), ("against sampled items", "repaired", WHOLE)],
}  # fmt: skip
"""Title -> rows (label, configuration, what is missing in the test). The fifth repairs the paper's item-id head."""

FIGURES = {
    "wkt": "WKT, predicted set", "wkt_query": "WKT, query", "msd_similarity": "MSD similarity",
    "nearest@4": "nearest@4", "recall@10": "recall@10", "recall@50": "recall@50", "real_wkt": "WKT, evaluation file",
}  # fmt: skip


def run(args: Namespace) -> dict[str, Any]:
    """`args`: data, out, seeds; and where given, cases, epochs, dialogs (an evaluation file), text_encoder, image_encoder,
    sentences."""
    study = Study(Path(args.data), study_config(args), Path(args.dialogs) if getattr(args, "dialogs", None) else None)
    return run_experiments(study, Path(args.out))


def study_config(args: Namespace) -> StudyConfig:
    """The settings that the command line gives, over the defaults."""
    default = StudyConfig()
    embedding = EmbeddingConfig(
        getattr(args, "text_encoder", None), getattr(args, "image_encoder", None) or default.embedding.image_encoder,
        getattr(args, "sentences", None) or default.embedding.sentences,
    )  # fmt: skip
    return StudyConfig(
        cases=getattr(args, "cases", None) or default.cases, epochs=getattr(args, "epochs", None) or default.epochs,
        seeds=getattr(args, "seeds", None) or default.seeds, embedding=embedding,
    )  # fmt: skip


def run_experiments(study: Study, out: Path) -> dict[str, Any]:
    """Leaves results.json, table.md, curves.csv and curves.svg in `out`, and its cells, and returns the results."""
    cells = Cells(out, {"command": "experiments", **study.settings})
    found: dict[str, list[Cell]] = {name: [] for name in PAPER}
    todo = [(seed, name) for seed in range(study.config.seeds) for name in PAPER]
    for seed, name in tqdm(todo, desc="experiments", unit="cell", file=sys.stderr):
        found[name].append(cells.get(f"{name}-{seed}", lambda name=name, seed=seed: _cell(study, name, seed)))  # type: ignore[misc]
    tables = {title: _rows(rows, found) for title, rows in EXPERIMENTS.items()}
    result = {"settings": study.settings, "seeds": study.config.seeds, "experiments": tables}
    write_json(out / "results.json", result)
    (out / "table.md").write_text(_page(tables, study), encoding="utf-8")
    _curves(found, out)
    return {
        "seeds": study.config.seeds,
        **{title: {row: cell["wkt"]["mean"] for row, cell in rows.items()} for title, rows in tables.items()},
    }


def _cell(study: Study, name: str, seed: int) -> Cell:
    config = replace(PaperConfig(epochs=study.config.epochs), **PAPER[name])
    prepared = study.prepared(seed)
    data = prepared.data
    net = new_net(data, config, seed)
    curve = train(
        net, data, prepared.many, seed, lambda: similarity(net, data, prepared.held), name=f"{name}, seed {seed}"
    )
    tests = {}
    for test, gone in {
        WHOLE: None,
        **(MISSING if config.image and name in ("repaired", "never-missing") else {}),
    }.items():
        there = absent(data.none, gone[1], gone[0], seed) if gone else None
        scores, by_query = paper_scores(net, data, prepared.held, there)
        tests[test] = {"wkt": wkt(scores, seed), "wkt_query": wkt(by_query, seed)}
        if len(prepared.real):
            tests[test]["real_wkt"] = wkt(paper_scores(net, data, prepared.real, there)[0], seed)
    tests[WHOLE].update(similarity(net, data, prepared.held))
    tests[WHOLE].update(recall(net, data, prepared.held))
    return {"config": config.__dict__, "seed": seed, "tests": tests, "curve": curve}


def _rows(rows: Sequence[tuple[str, str, str]], found: dict[str, list[Cell]]) -> dict[str, Cell]:
    result = {}
    for label, variant, test in rows:
        measured = [cell["tests"][test] for cell in found[variant]]
        result[label] = {name: mean_and_error([one[name] for one in measured]) for name in measured[0]}
    return result


def _page(tables: dict[str, dict[str, Cell]], study: Study) -> str:
    source = ", ".join(study.training_files) or "simulated dialogs"
    count = study.config.seeds
    spread = f"mean ± standard error of {count} seeds" if count > 1 else "one seed"
    parts = [f"Held-out cases of {source}, {spread}; the id head is repaired in all but the row that says softmax.\n"]
    for title, rows in tables.items():
        names = [name for name in FIGURES if any(name in row for row in rows.values())]
        lines = [[label, *(shown(row.get(name), study.config.seeds) for name in names)] for label, row in rows.items()]
        parts += [f"## {title}\n", markdown(["", *(FIGURES[name] for name in names)], lines)]
    return "\n".join(parts)


def _curves(found: dict[str, list[Cell]], out: Path) -> None:
    write_csv(
        out / "curves.csv",
        [
            {"configuration": name, "seed": cell["seed"], **line}
            for name, of in found.items()
            for cell in of
            for line in cell["curve"]
        ],
    )
    panels = []
    for title, rows in EXPERIMENTS.items():
        lines = {}
        for label, variant, test in rows:
            if test == WHOLE:
                epochs = zip(*(cell["curve"] for cell in found[variant]), strict=True)
                points = [
                    (one[0]["epoch"], mean_and_error([line["msd_similarity"] for line in one])["mean"])
                    for one in epochs
                ]
                lines[label.removesuffix("; nothing missing")] = points
        panels.append(Panel(title, lines))
    write_svg(out / "curves.svg", panels, "epoch", "held-out MSD similarity")
