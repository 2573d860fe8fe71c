"""Seconds per turn on this machine."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

import numpy as np

from eval import casefile
from eval.context import Context, Figures

PRIMARY = "first_words/median"
TOP_K = 3


def measure(context: Context) -> Figures:
    """Over opening messages of the bundled cases, each a new conversation, after one that warms up: seconds until the
    outfits stand (`outfits`), until the first words of the reply (`first_words`) and until its end (`reply`), median and
    p90; `dialogs_per_second` of `recommend`, one after the other, in one process; `peak_gb`: the most memory that the process held
    so far, which counts other parts of the scorecard that ran before (none with `--only speed`)."""
    import resource

    import torch

    texts = [case.dialog.turns[0].text for case in casefile.read(casefile.BUNDLED) if len(case.dialog.turns) == 1]
    count = context.size(20, 5)
    step = max(1, len(texts) // count)
    stages: dict[str, list[float]] = {"outfits": [], "first_words": [], "reply": []}
    _turn(context, texts[-1])
    for text in context.track(texts[: step * count : step], "speed", count):
        for stage, seconds in _turn(context, text).items():
            stages[stage].append(seconds)
    figures = {f"{stage}/{name}": value for stage, times in stages.items() for name, value in _summary(times).items()}
    return {
        **figures,
        "dialogs_per_second": len(stages["reply"]) / sum(stages["reply"]),
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9,
        "n": float(len(stages["reply"])),
        "cpus": float(os.cpu_count() or 1),
        "threads": float(torch.get_num_threads()),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan"),
    }


def _turn(context: Context, text: str) -> dict[str, float]:
    session = context.stylist.session()
    start = time.perf_counter()
    at: dict[str, float] = {}
    for kind, _ in session.say(text, top_k=TOP_K):
        name = {"outfits": "outfits", "text": "first_words", "done": "reply"}.get(kind)
        if name:
            at.setdefault(name, time.perf_counter() - start)
    at.setdefault("first_words", at["reply"])
    return at


def _summary(times: Sequence[float]) -> dict[str, float]:
    return {"median": float(np.median(times)), "p90": float(np.percentile(times, 90))}
