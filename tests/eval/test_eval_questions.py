"""Calibration worked out by hand, and persons who get what they want."""

from __future__ import annotations

import numpy as np
import pytest

from eval import questions
from eval.context import Context
from stylist.ranking import asking


def test_the_curve_is_found_again():
    generator = np.random.default_rng(0)
    chances = np.exp(-3 * generator.random((20_000, 2)))
    came = generator.random(20_000) < 1 / (1 + np.exp(-(np.log(chances) @ [1.5, 0.5] + 1)))
    looks = [questions.Look(0.0, {"occasion": float(a), "color": float(b)}, bool(c)) for (a, b), c in zip(chances, came, strict=True)]
    weights, shift = questions.fitted(looks)
    assert weights["occasion"] == pytest.approx(1.5, abs=0.2) and weights["color"] == pytest.approx(0.5, abs=0.2)
    assert weights["season"] == pytest.approx(0, abs=0.01) and shift == pytest.approx(1, abs=0.2)


def test_calibration_by_hand(monkeypatch):
    looks = [questions.Look(margin, {}, came) for margin, came in ((-1.0, False), (0.0, True), (0.0, True), (-1.0, True), (0.0, True))]
    monkeypatch.setattr(questions, "BINS", 1)
    monkeypatch.setattr(asking, "satisfied", lambda margin: 1 + margin / 2)
    figures = questions.calibration(looks)
    assert figures["satisfied/first"] == pytest.approx(0.8)
    assert figures["calibration_error"] == pytest.approx(0.0)
    assert figures["brier"] == pytest.approx(0.1) and figures["brier/base"] == pytest.approx(0.16)
    assert figures["auc"] == pytest.approx(7 / 8)


def test_the_row_on_a_few_persons(monkeypatch):
    monkeypatch.setattr(Context, "size", lambda self, full, quick: 3)
    figures = questions.measure(Context(progress=False))
    assert questions.PRIMARY in figures
    for name in questions.POLICIES:
        assert 1 <= figures[f"turns/{name}"] <= questions.MOST_TURNS
    assert figures["questions/never"] == 0
