"""Outfit questions: files, scores that are blind to order, figures worked out by hand, and the commands."""

from __future__ import annotations

import json
import random
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from stylist.catalog.items import Item
from stylist.errors import CatalogError, StylistError
from stylist.ranking import commands
from stylist.ranking import questions as q
from stylist.ranking.harmony import AttributeHarmony

KNOWN = {"a", "b", "c", "d"}


def _write(path: Path, *lines: object) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{broken", "line 2: not JSON"),
        ("[1]", "line 2: found [1]; expected an object"),
        ({"candidates": ["a", "b"], "answer": 0}, "line 2: no outfit"),
        ({"outfit": "a", "candidates": ["a", "b"], "answer": 0}, 'line 2: outfit: found "a"'),
        ({"outfit": ["zz"], "candidates": ["a", "b"], "answer": 0}, "line 2: outfit: no item 'zz'"),
        ({"outfit": ["c"], "candidates": ["a", "zz"], "answer": 0}, "line 2: candidates: no item 'zz'"),
        ({"outfit": ["c"], "candidates": ["a"], "answer": 0}, "line 2: candidates: 1 given"),
        ({"outfit": ["c"], "candidates": ["a", "a"], "answer": 0}, "line 2: candidates: an item stands there twice"),
        ({"outfit": ["c"], "candidates": ["a", "b"], "answer": 2}, "line 2: answer: found 2"),
        ({"outfit": ["c"], "candidates": ["a", "b"], "answer": -1}, "expected 0 to 1"),
        ({"outfit": ["c"], "candidates": ["a", "b"], "answer": True}, "line 2: answer"),
        ({"outfit": ["c"], "candidates": ["a", "b"]}, "line 2: answer"),
    ],
)
def test_a_faulty_question_is_named(tmp_path: Path, line: object, expected: str) -> None:
    good = {"outfit": ["c"], "candidates": ["a", "b"], "answer": 1}
    with pytest.raises(CatalogError) as error:
        q.read_questions(_write(tmp_path / "q.jsonl", good, line), KNOWN)
    assert expected in str(error.value) and "q.jsonl" in str(error.value)


def test_faulty_pairs_and_outfits_are_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    with pytest.raises(CatalogError, match="line 1: label: found 2"):
        q.read_pairs(_write(path, {"items": ["a", "b"], "label": 2}), KNOWN)
    with pytest.raises(CatalogError, match="no line with label 0"):
        q.read_pairs(_write(path, {"items": ["a", "b"], "label": 1}), KNOWN)
    with pytest.raises(CatalogError, match="empty"):
        q.read_pairs(_write(path, ""), KNOWN)
    with pytest.raises(CatalogError, match="no such file"):
        q.read_pairs(tmp_path / "none", KNOWN)
    with pytest.raises(CatalogError, match="outfit 'x': items: no item 'zz'"):
        q.read_outfits(_write(path, {"x": ["a", "zz"]}), KNOWN)


def test_ties_are_shared() -> None:
    assert q.credit(np.array([0.1, 0.7, 0.2]), 1) == 1
    assert q.credit(np.array([0.1, 0.7, 0.2]), 0) == 0
    assert q.credit(np.array([0.5, 0.5, 0.2, 0.5]), 3) == pytest.approx(1 / 3)


def test_area_worked_out_by_hand() -> None:
    assert q.area(np.array([3.0, 1.0, 2.0, 2.0]), np.array([1, 0, 1, 0])) == pytest.approx(3.5 / 4)
    assert q.area(np.ones(6), np.array([1, 0, 1, 0, 0, 0])) == 0.5


def test_scores_are_blind_to_order(make_item: Callable[..., Item]) -> None:
    rng = random.Random(3)
    harmony = AttributeHarmony([make_item(rng, n) for n in range(40)])
    for _ in range(30):
        rows = rng.sample(range(40), 9)
        outfit, candidates = rows[:5], rows[5:]
        mixed, order = rng.sample(outfit, 5), rng.sample(range(4), 4)
        before = q.candidate_scores(harmony, outfit, candidates)
        assert (q.candidate_scores(harmony, mixed, [candidates[k] for k in order]) == before[order]).all()
        alone = [q.candidate_scores(harmony, outfit, [candidate])[0] for candidate in candidates]
        assert (np.array(alone) == before).all()
        assert q.outfit_score(harmony, outfit) == q.outfit_score(harmony, mixed)


def test_the_bundled_harmony_answers(tmp_path: Path) -> None:
    items = tmp_path / "items.csv"
    items.write_text("id,title,type,color\n1,red dress,dress,red\n2,white shirt,shirt,white\n3,a soap,soap,white\n4,blue jeans,jeans,blue\n")
    questions = _write(
        tmp_path / "q.jsonl",
        {"outfit": ["2", "3"], "candidates": ["1", "4"], "answer": 1},
        {"outfit": [], "candidates": ["1", "4"], "answer": 1},
    )
    pairs = _write(tmp_path / "c.jsonl", {"items": ["2", "4"], "label": 1}, {"items": ["1", "4"], "label": 0}, {"items": ["1"], "label": 0})
    answer = commands.evaluate(Namespace(run=None, items=items, questions=questions, pairs=pairs))
    assert {"fitb", "auc", "questions", "pairs", "skipped", "baselines"} == answer.keys()
    assert (answer["questions"], answer["pairs"], answer["skipped"]) == (1, 2, {"questions": 1, "pairs": 1})
    assert answer["baselines"]["chance"] == {"fitb": 0.5, "auc": 0.5}
    with pytest.raises(StylistError, match="expected a folder that `stylist harmony train` finished"):
        commands.evaluate(Namespace(run=tmp_path / "none", items=items, questions=questions, pairs=pairs))
