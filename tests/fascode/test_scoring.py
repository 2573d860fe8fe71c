"""WKT against the values worked out for three candidates, ties, and the prediction file."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from stylist.fascode.baselines import baselines, overlap_scores, tie_averaged_wkt
from stylist.fascode.files import EvaluationCase, read_evaluation
from stylist.fascode.items import ItemTable
from stylist.fascode.scoring import (
    mean_wkt,
    permutation_index,
    ranks,
    shuffles,
    unshuffle,
    weighted_kendall_tau,
    write_predictions,
)

VALUES = {(0, 1, 2): 1, (1, 0, 2): 0.5455, (0, 2, 1): 0.1818, (1, 2, 0): -0.3636, (2, 0, 1): -0.3636, (2, 1, 0): -1}


def test_values_for_three_candidates() -> None:
    for row, value in VALUES.items():
        assert weighted_kendall_tau((0, 1, 2), row) == pytest.approx(value, abs=1e-4)
    assert mean_wkt(list(VALUES)) == pytest.approx(0, abs=1e-9)


def test_two_candidates_and_many() -> None:
    assert weighted_kendall_tau((0, 1), (0, 1)) == 1 and weighted_kendall_tau((0, 1), (1, 0)) == -1
    assert weighted_kendall_tau(range(5), range(5)) == pytest.approx(1)


def test_ranks_and_ties() -> None:
    assert ranks([0.1, 0.9, 0.5], np.random.default_rng(0)).tolist() == [2, 0, 1]
    first = [ranks([1.0, 1.0, 0.0], np.random.default_rng(seed)).tolist() for seed in range(30)]
    assert {tuple(row) for row in first} == {(0, 1, 2), (1, 0, 2)}


def test_shuffle_and_back() -> None:
    orders = shuffles([3, 2, 5], 4)
    rows = [np.arange(len(order), dtype=float)[order] for order in orders]
    assert [row.tolist() for row in unshuffle(rows, orders)] == [[0, 1, 2], [0, 1], [0, 1, 2, 3, 4]]


def test_prediction_file(tmp_path: Path) -> None:
    rows = list(permutations(range(3)))
    write_predictions(tmp_path / "p.txt", rows)
    assert (tmp_path / "p.txt").read_text().splitlines()[1] == "0 2 1"
    write_predictions(tmp_path / "i.txt", rows, "index")
    assert (tmp_path / "i.txt").read_text().split() == list("012345")
    assert permutation_index([0, 1]) == 0
    with pytest.raises(ValueError, match="ranks or index"):
        write_predictions(tmp_path / "x.txt", rows, "other")


def test_baselines(example: Path, table: ItemTable) -> None:
    cases, _ = read_evaluation(example / "ac_eval_example.dev", table.metadata)
    assert set(baselines(cases, table)) == {"random", "overlap", "tfidf"}
    alike = EvaluationCase("0", (), (("a", "b", "c"), ("a", "b", "d"), ("a", "e", "f")))
    assert overlap_scores([alike])[0].tolist() == [3, 3, 2]
    assert tie_averaged_wkt([np.ones(3)] * 40, 0) == pytest.approx(0, abs=0.1)


def test_real_overlap_is_the_known_one(real: Path) -> None:
    cases, _ = read_evaluation(real / "ac_eval_t1.dev")
    assert 0.1 < tie_averaged_wkt(overlap_scores(cases), 0) < 0.35
