"""Dialogs with every check kept, of the bundled cases or of a case file, beside one that heeds nothing that is said."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eval import casefile
from eval.casefile import Case
from eval.checks import held
from eval.context import Context, Figures
from stylist.dialog import Dialog
from stylist.errors import StylistError

HALF_SEEN = ("guests", "callers")
PRIMARY = "whole"
SEED = 11
TOP_K = 5

Answering = Callable[[Dialog], dict[str, Any]]


def measure(context: Context) -> Figures:
    """`whole`: share of dialogs that keep every check; `checks`: share of checks kept; `whole/TAG` for each tag.

    `blind/...`, `unseen/...`, `fresh/...`, `strangers/...`, `guests/...` and `callers/...` are the same of bundled dialogs that were written blind and
    looked at since; of the last two only those with odd numbers, so that `guests/even/...` and `callers/even/...` are of dialogs at which nobody has
    looked. `random/...` are the same of
    outfits composed from an empty state with random relevance; `errors` counts dialogs that raised one. With `quick` a random sample of the cases.
    """
    cases = casefile.read(context.cases or casefile.BUNDLED)
    if context.quick:
        cases = random.Random(SEED).sample(cases, min(len(cases), 30))

    def answer(dialog: Dialog) -> dict[str, Any]:
        return context.stylist.recommend(dialog, TOP_K)

    figures = score(context.track(cases, "dialogs"), answer)
    written_blind = {"blind": casefile.BLIND, "unseen": casefile.UNSEEN, "fresh": casefile.FRESH, "strangers": casefile.STRANGERS, "guests": casefile.GUESTS, "callers": casefile.CALLERS}
    for name, file in written_blind.items() if context.cases is None else ():
        others = casefile.read(file)[: context.size(140, 10)]
        found = score(context.track(others, f"{name} dialogs"), answer)
        figures |= {f"{name}/{key}": found[key] for key in ("whole", "checks", "errors", "whole/en", "whole/ko", "whole/multi-turn") if key in found} | {f"{name}/n": float(len(others))}
        if name in HALF_SEEN:
            even = score([case for case in others if int(case.id[-1]) % 2 == 0], answer)
            figures |= {f"{name}/even/whole": even["whole"], f"{name}/even/checks": even["checks"]}
    chance = score(cases, random_stylist(context))
    return {**figures, "random/whole": chance["whole"], "random/checks": chance["checks"], "seed": SEED}


def random_stylist(context: Context) -> Answering:
    """Answers every dialog with outfits composed from an empty state with random relevance."""
    from stylist.ranking.composer import Composer
    from stylist.state import DialogState

    composer, generator, state = Composer(context.catalog.items), np.random.default_rng(SEED), DialogState()

    def answer(dialog: Dialog) -> dict[str, Any]:
        outfits = composer.compose(state, generator.random(len(context.catalog)), TOP_K).outfits
        return {"state": state.public(), "reply": "", "question": None, "outfits": [outfit.public() for outfit in outfits]}

    return answer


def score(cases: Any, answering: Answering) -> Figures:
    """Answers the cases and checks the answers; a dialog that raises a StylistError keeps no check."""
    whole: dict[str, list[bool]] = defaultdict(list)
    kept: list[bool] = []
    errors = 0
    for case in cases:
        try:
            answer: dict[str, Any] | None = answering(case.dialog)
        except StylistError:
            answer, errors = None, errors + 1
        results = [held(check, answer) for check in case.checks]
        kept += results
        for key in _keys(case):
            whole[key].append(all(results))
    figures: Figures = {"whole": _share(whole["all"]), "checks": _share(kept)}
    figures |= {"n": float(len(whole["all"])), "n_checks": float(len(kept)), "errors": float(errors)}
    return figures | {f"whole/{key}": _share(whole[key]) for key in sorted(whole) if key != "all"}


def _keys(case: Case) -> list[str]:
    return ["all", case.language, "single-turn" if len(case.dialog.turns) == 1 else "multi-turn", *case.tags]


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
