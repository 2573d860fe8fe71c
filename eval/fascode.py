"""The ranking head on FASCODE's evaluation dialogs, beside the baselines, and how fast it scores them."""

from __future__ import annotations

import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from eval.context import Context, Figures, Missing

if TYPE_CHECKING:
    from stylist.fascode.files import EvaluationCase
    from stylist.fascode.ranker import Ranker

PRIMARY = "wkt"
SEED = 0
DIALOGS, THREADS, ROUNDS = 200, 2, 3

T = TypeVar("T")


def measure(context: Context) -> Figures:
    """`wkt`: mean weighted Kendall's tau over every evaluation file that is not word-segmented, a case counting the same in
    each; `wkt_blind` without what candidates share; `random`, `overlap`, `tfidf` the baselines.

    `batched_per_second` and `naive_per_second`: dialogs scored in one call and one after the other, both with the items'
    places at hand; `same_rankings` the share of them that both rank alike.

    The run is `fascode_run`; where none is given, one is trained with the default settings and thrown away.
    """
    data = context.folder("fascode")
    files = [path for path in sorted(data.glob("ac_eval*.dev")) if ".wst" not in path.name]
    if not files:
        raise Missing(f"{data}: no evaluation file ac_eval*.dev")
    if context.fascode_run is not None:
        return _evaluated(context.fascode_run, data, files)
    from stylist.fascode import commands

    with tempfile.TemporaryDirectory(prefix="fascode-") as folder:
        commands.train(Namespace(data=str(data), out=str(Path(folder) / "run"), dialogs=[], seed=SEED))
        return _evaluated(Path(folder) / "run", data, files)


def _evaluated(run: Path, data: Path, files: list[Path]) -> Figures:
    from stylist.fascode import commands

    found = [commands.evaluate(Namespace(run=str(run), data=str(data), dialogs=str(path), predictions=None, seed=SEED)) for path in files]
    rows = [({"wkt": r["wkt"], "wkt_blind": r.get("wkt_blind"), **r["baselines"]}, r["cases"]) for r in found]
    cases = sum(count for _, count in rows)
    names = [name for name, value in rows[0][0].items() if value is not None]
    means = {name: sum(row[name] * count for row, count in rows) / cases for name in names}
    return {**means, "n": float(cases), "seed": SEED, **_speed(run, data, files)}


def _speed(run: Path, data: Path, files: list[Path]) -> Figures:
    from stylist.fascode.commands import load_table
    from stylist.fascode.files import read_evaluation
    from stylist.fascode.items import Fitted
    from stylist.fascode.ranker import Ranker

    table = load_table(data, Fitted.load(run))
    cases = [case for path in files for case in read_evaluation(path, table.metadata)[0]]
    return speed(Ranker.load(run, table), [cases[at % len(cases)] for at in range(DIALOGS)])


def speed(ranker: Ranker, cases: list[EvaluationCase]) -> Figures:
    """Dialogs a second on THREADS cores, the best of ROUNDS, batched and one by one, and whether both say the same."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    try:
        ranker.score(cases[:2])
        batched, quick = _timed(lambda: ranker.score(cases))
        naive, slow = _timed(lambda: [ranker.score([case])[0] for case in cases])
    finally:
        torch.set_num_threads(before)
    same = [np.array_equal(np.argsort(one), np.argsort(other)) for one, other in zip(batched, naive, strict=True)]
    return {
        "batched_per_second": len(cases) / quick,
        "naive_per_second": len(cases) / slow,
        "same_rankings": float(np.mean(same)),
        "largest_difference": max(float(np.abs(one - other).max()) for one, other in zip(batched, naive, strict=True)),
        "threads": float(THREADS),
    }


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return result, min(seconds)
