"""Runs the evaluators and lays their figures out. Knows what is measured, not how."""

from __future__ import annotations

import importlib
import math
import sys
import time
from collections.abc import Sequence
from typing import Any

from eval.context import Context, Figures
from stylist.errors import StylistError
from stylist.printing import table

MEASURED: dict[str, str] = {
    "dialogs": "dialogs with every check kept",
    "tracking": "state after an exchange, held-out phrases",
    "ablation": "the tracker without one of its parts",
    "human": "requests and feedback that real people typed",
    "photos": "class of a photo, held-out senders",
    "claims": "sentences of replies that claim what is not shown",
    "fascode": "FASCODE, weighted Kendall's tau",
    "speed": "seconds a turn on this machine",
    "promises": "outfits that break a promise",
    "composer": "best outfit as by trying all",
    "harmony": "fill in the blank, outfits never seen",
    "questions": "calibration of the margin",
    "retrieval": "held-out words, search by attributes",
}
"""Module of an evaluator (with `measure` and `PRIMARY`) -> what its primary figure says, in the order of the scorecard."""


def run(context: Context, only: Sequence[str] = ()) -> dict[str, Any]:
    """Name -> {`measures`, `primary`, `figures`, `seconds`}, or {`measures`, `missing`} where the data or a model is not there."""
    return {name: _row(context, name) for name in MEASURED if not only or name in only}


def _row(context: Context, name: str) -> dict[str, Any]:
    print(f"measuring {name}", file=sys.stderr)
    start = time.perf_counter()
    try:
        evaluator = importlib.import_module(f"eval.{name}")
        figures: Figures = evaluator.measure(context)
    except StylistError as fault:
        return {"measures": MEASURED[name], "missing": str(fault)}
    rounded = {key: round(float(value), 4) for key, value in figures.items() if math.isfinite(value)}
    return {"measures": MEASURED[name], "primary": evaluator.PRIMARY, "figures": rounded, "seconds": round(time.perf_counter() - start, 1)}


def as_table(scorecard: dict[str, Any]) -> str:
    """A row a figure, the primary one of each part first."""
    rows: list[tuple[str, str, str]] = []
    notes: list[str] = []
    for name, part in scorecard.items():
        if "missing" in part:
            notes.append(f"{name}: not measured: {part['missing']}")
            continue
        figures, primary = part["figures"], part["primary"]
        rows.append((name, f"{primary} ({part['measures']})", _number(figures[primary])))
        rows += [("", key, _number(value)) for key, value in figures.items() if key != primary]
    return "\n".join([*([table(("part", "figure", "value"), rows)] if rows else []), *notes])


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and abs(value) > 1 else f"{value:.3f}"
