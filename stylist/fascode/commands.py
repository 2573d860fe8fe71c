"""`stylist fascode train` and `stylist fascode eval`: from files to a run folder, and from a run to figures and predictions."""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from stylist.errors import FascodeError
from stylist.fascode import acts, items
from stylist.fascode.baselines import baselines, tie_averaged_wkt
from stylist.fascode.files import EvaluationCase, read_evaluation, read_training
from stylist.fascode.items import ItemTable
from stylist.fascode.metadata import Report, metadata_files, read_metadata
from stylist.fascode.ranker import Ranker
from stylist.fascode.scoring import ranks, write_predictions
from stylist.fascode.simulate import SimulationConfig, Simulator
from stylist.fascode.training import LEAST_CASES, TrainingConfig, train_ranker

PRIMARY_HEAD = "shared"


def train(args: Namespace) -> dict[str, Any]:
    """`args`: data, out, dialogs (files), seed; and where given, cases (how many are simulated) and epochs."""
    dialogs = list(getattr(args, "dialogs", None) or [])
    config = TrainingConfig(seed=int(getattr(args, "seed", 0) or 0))
    config = replace(
        config,
        cases=getattr(args, "cases", None) or config.cases,
        epochs=getattr(args, "epochs", None) or config.epochs,
    )
    return train_run(Path(args.data), Path(args.out), [Path(path) for path in dialogs], config)


def evaluate(args: Namespace) -> dict[str, Any]:
    """`args`: run, data, dialogs (one file), predictions (or None), seed; and where given, form (`ranks` or `index`)."""
    predictions = getattr(args, "predictions", None)
    return evaluate_run(
        Path(args.run), Path(args.data), Path(args.dialogs), Path(predictions) if predictions else None,
        seed=int(getattr(args, "seed", 0) or 0), form=getattr(args, "form", None) or "ranks",
    )  # fmt: skip


def add_arguments(parser: ArgumentParser, which: str) -> None:
    """Options beyond the contract's, for `train` and `eval`."""
    if which == "train":
        parser.add_argument("--cases", type=int, metavar="N", help=f"simulated cases (default: {TrainingConfig.cases})")
        parser.add_argument(
            "--epochs", type=int, metavar="N", help=f"passes of the networks (default: {TrainingConfig.epochs})"
        )
    elif which == "eval":
        parser.add_argument(
            "--form",
            choices=("ranks", "index"),
            default="ranks",
            help="form of the prediction file (default: %(default)s)",
        )
    else:
        raise ValueError(f"{which!r}; expected train or eval")


def train_run(
    data: Path, out: Path, dialogs: Sequence[Path], config: TrainingConfig, simulation: SimulationConfig | None = None
) -> dict[str, Any]:
    """Trains a ranker and leaves in `out`: run.json (config, seed, figures), curve.jsonl, ranker.safetensors, ranker.json.

    Started again with the same settings, a run that was killed goes on after its last epoch and a finished one is
    returned as it is. FascodeError where `out` holds a run of other settings.
    """
    simulation = simulation or SimulationConfig()
    files = sorted({*dialogs, *data.glob("ddata*.txt")}) if data.is_dir() else list(dialogs)
    settings = {
        "training": asdict(config), "simulation": asdict(simulation), "dialogs": [path.name for path in files],
        "metadata": fingerprint(data),
    }  # fmt: skip
    settings = json.loads(json.dumps(settings))
    new = not out.exists()
    finished = _claim(out, settings)
    if finished:
        return finished
    report = Report()
    try:
        table = load_table(data)
        cases = training_cases(table, files, config, simulation, report)
    except FascodeError:
        (out / "started.json").unlink(missing_ok=True)
        if new:
            out.rmdir()
        raise
    ranker, figures = train_ranker(cases, table, config, out)
    items.Fitted.of(table).save(out)
    ranker.save(out)
    result = {**settings, "seed": config.seed, "cases": len(cases), **figures, "skipped": report.skipped}
    _write_json(out / "run.json", result)
    (out / "checkpoint.pt").unlink(missing_ok=True)
    (out / "started.json").unlink(missing_ok=True)
    return result


def training_cases(
    table: ItemTable, files: Sequence[Path], config: TrainingConfig, simulation: SimulationConfig, report: Report
) -> list[EvaluationCase]:
    """Cases of the training dialogs where there are some, else simulated ones."""
    if not files:
        if config.cases < LEAST_CASES:
            raise FascodeError(f"cases {config.cases}; expected at least {LEAST_CASES} to learn from")
        return list(Simulator(table, simulation).cases(config.cases, config.seed))
    dialogs = []
    for path in files:
        found, skipped = read_training(path)
        dialogs.extend(found)
        _tell(skipped.sentences())
    table.popularity = acts.popularity(dialogs, table)
    cases = list(acts.cases(dialogs, table, config.seed, report))
    _tell(report.sentences())
    if not cases:
        raise FascodeError(
            f"{files[0]}: no dialog ends with an outfit that was taken; expected <AC> lines and a SUCCESS tag"
        )
    if len(cases) < LEAST_CASES:
        raise FascodeError(f"{files[0]}: {len(cases)} dialogs to learn from; expected at least {LEAST_CASES}")
    return cases


def evaluate_run(
    run: Path, data: Path, dialogs: Path, predictions: Path | None = None, seed: int = 0, form: str = "ranks"
) -> dict[str, Any]:
    """WKT of a run on an evaluation file, with and without what candidates share, beside the baselines."""
    if predictions is not None and predictions.is_dir():
        raise FascodeError(f"{predictions}: a folder; expected a file to write the predictions to")
    table = load_table(data, items.Fitted.load(run))
    cases, report = read_evaluation(dialogs, table.metadata)
    _tell(report.sentences())
    ranker = Ranker.load(run, table)
    scores = {name: ranker.score(cases, name, seed) for name in ranker.heads}
    if predictions is not None:
        generator = np.random.default_rng(seed)
        write_predictions(predictions, [ranks(row, generator).tolist() for row in scores[PRIMARY_HEAD]], form)
    result: dict[str, Any] = {
        "cases": len(cases),
        "wkt": tie_averaged_wkt(scores[PRIMARY_HEAD], seed),
        "wkt_blind": tie_averaged_wkt(scores["blind"], seed),
        "baselines": baselines(cases, table, seed),
    }
    if report.skipped:
        result["skipped"] = report.skipped
    return result


def load_table(data: Path, fitted: items.Fitted | None = None) -> ItemTable:
    """The numeric table of a data folder's items, in a run's vector space where `fitted` is given."""
    metadata = read_metadata(data)
    _tell(metadata.report.sentences())
    return items.build(metadata, data / "image", fitted=fitted)


def fingerprint(data: Path) -> str:
    """A hash of the metadata files: a run knows what it was trained on."""
    digest = hashlib.sha256()
    for path in metadata_files(data):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _claim(out: Path, settings: dict[str, Any]) -> dict[str, Any] | None:
    if out.exists() and not out.is_dir():
        raise FascodeError(f"{out}: a file; expected a folder for the run")
    out.mkdir(parents=True, exist_ok=True)
    for name in ("run.json", "started.json"):
        if not (out / name).is_file():
            continue
        try:
            before = json.loads((out / name).read_text(encoding="utf-8"))
        except ValueError:
            before = None
        if not isinstance(before, dict):
            raise FascodeError(f"{out / name}: damaged; expected the settings of a run, or an empty folder")
        if any(before.get(key) != value for key, value in settings.items()):
            raise FascodeError(
                f"{out}: holds a run of other settings or other data; expected an empty folder or the same settings"
            )
        if name == "run.json":
            return dict(before)
        return None
    if any(out.iterdir()):
        raise FascodeError(f"{out}: is not empty and holds no run; expected an empty or new folder")
    _write_json(out / "started.json", settings)
    return None


def _write_json(path: Path, value: dict[str, Any]) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)


def _tell(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
