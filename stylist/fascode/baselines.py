"""Rankings to compare with: random, shared items, TF-IDF. Each scores shuffled candidates and learns nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stylist.fascode.features import NAMES, case_features, requests
from stylist.fascode.files import EvaluationCase
from stylist.fascode.items import ItemTable
from stylist.fascode.scoring import mean_wkt, ranks, weighted_kendall_tau

Scores = list[npt.NDArray[np.float64]]
TIE_DRAWS = 24
"""Ties are averaged over this many random orders."""


def overlap_scores(cases: Sequence[EvaluationCase]) -> Scores:
    """How many items a candidate shares with the other candidates; blind to the dialog."""
    return [
        np.array([
            sum(len(set(one) & set(other)) for position, other in enumerate(case.candidates) if position != at)
            for at, one in enumerate(case.candidates)
        ], float)
        for case in cases
    ]  # fmt: skip


def tfidf_scores(cases: Sequence[EvaluationCase], table: ItemTable) -> Scores:
    """Character n-gram TF-IDF likeness of the whole dialog to the candidate's item descriptions, mean over its items."""
    dialogs = table.tfidf.transform(["\n".join(turn.text for turn in case.turns) for case in cases])
    likeness = np.asarray((dialogs @ table.lines.T).todense())
    row = table.metadata.row
    return [
        np.array([likeness[at, [row[item] for item in one]].mean() for one in case.candidates])
        for at, case in enumerate(cases)
    ]  # fmt: skip


def yes_no_scores(cases: Sequence[EvaluationCase], table: ItemTable) -> Scores:
    """TF-IDF likeness of what the dialog wants less what it turns down, plus the likeness of the items' descriptions."""
    wanted = requests([case.turns for case in cases], table)
    names = [NAMES.index(name) for name in ("text_whole", "text_avoided", "lines_alike")]
    rows = case_features(wanted, [case.candidates for case in cases], table)
    return [(row[:, names] @ np.array([1.0, -1.0, 1.0])).astype(np.float64) for row in rows]


def tie_averaged_wkt(scores: Scores, seed: int) -> float:
    """Mean WKT of scores given in the true order, ties averaged."""
    generator = np.random.default_rng(seed)
    values = []
    for row in scores:
        draws = TIE_DRAWS if len(np.unique(np.round(row, 12))) < len(row) else 1
        values.append(
            np.mean(
                [
                    weighted_kendall_tau(range(len(row)), ranks(np.round(row, 12), generator).tolist())
                    for _ in range(draws)
                ]
            )
        )
    return float(np.mean(values))


def random_wkt(cases: Sequence[EvaluationCase], seed: int) -> float:
    """Mean WKT of one random ranking a case: about 0, as far from it as chance takes this many cases."""
    generator = np.random.default_rng(seed)
    return mean_wkt([generator.permutation(len(case.candidates)).tolist() for case in cases])


def baselines(cases: Sequence[EvaluationCase], table: ItemTable, seed: int = 0) -> dict[str, float]:
    """WKT of the three baselines."""
    return {
        "random": random_wkt(cases, seed),
        "overlap": tie_averaged_wkt(overlap_scores(cases), seed),
        "tfidf": tie_averaged_wkt(tfidf_scores(cases, table), seed),
    }
