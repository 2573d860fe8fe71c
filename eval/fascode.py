"""The ranking head on FASCODE's evaluation dialogs, beside the baselines."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from pathlib import Path

from eval.context import Context, Figures, Missing

PRIMARY = "wkt"
SEED = 0


def measure(context: Context) -> Figures:
    """`wkt`: mean weighted Kendall's tau over every evaluation file that is not word-segmented, a case counting the same in
    each; `wkt_blind` without what candidates share; `random`, `overlap`, `tfidf` the baselines.

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
    return {**means, "n": float(cases), "seed": SEED}
