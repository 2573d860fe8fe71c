"""The slow ways agree with each other and with the composer; random catalogues look like the bundled one."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from eval import composer as c
from eval.bruteforce import best_score, by_integer_program
from eval.context import Context
from stylist.ranking.candidates import candidates
from stylist.ranking.composer import Composer
from stylist.ranking.masks import plan
from stylist.state import Budget, DialogState, Wishes


@pytest.mark.parametrize("state", [DialogState(), DialogState(budget=Budget(total=150)), DialogState(want=Wishes(color=("blue",)))])
def test_trying_all_and_the_integer_program_find_the_same(state):
    items = Context().catalog.items
    for seed in range(2):
        rng = random.Random(seed)
        few = [rng.choice([item for item in items if item.slot == slot]) for slot in ("top", "top", "bottom", "bottom", "shoes", "shoes", "bag")]
        few = list({item.id: item for item in few}.values())
        composer = Composer(few)
        relevance = np.random.default_rng(seed).random(len(few))
        question = composer.question(state, relevance)
        tried = best_score(question, composer.weights)
        worth = composer.weights.relevance * question.relevance + composer.weights.fit * question.fit
        problems = candidates(question, plan(state, question.table, question.rules), None, worth, composer.weights, composer.weights.harmony)
        found = composer.compose(state, relevance, top_k=1).outfits
        assert by_integer_program(problems, 10.0) == (tried if tried is None else pytest.approx(tried, abs=1e-6))
        assert (found[0].score if found else None) == (tried if tried is None else pytest.approx(tried, abs=1e-6))


def test_random_catalogues_have_the_distribution_of_the_bundled_one():
    items = Context().catalog.items
    made, sources = c.catalogue(items, 4000, random.Random(1))
    assert len({item.id for item in made}) == len(made) == len(sources)
    for field in ("slot", "type", "color", "gender"):
        before, after = (Counter(getattr(item, field) for item in group) for group in (items, made))
        assert max(abs(before[x] / len(items) - after[x] / len(made)) for x in before) < 0.03
    assert len({(i.type, i.color, i.pattern, i.material, i.price) for i in made}) > 3000


def test_relevance_is_spread_over_every_slot():
    slots = np.array(["top", "top", "shoes", "shoes", "shoes"])
    scores = c.relevance(slots, np.eye(5, dtype=np.float32), np.random.default_rng(0))
    for slot in ("top", "shoes"):
        assert scores[slots == slot].min() == 0 and scores[slots == slot].max() == pytest.approx(1)


def test_the_row_on_a_few_catalogues(monkeypatch):
    monkeypatch.setattr(Context, "size", lambda self, full, quick: 2)
    monkeypatch.setattr(c, "SIZES", ((300, 2, 2),))
    monkeypatch.setattr(c, "PROGRAM_ITEMS", 24)
    figures = c.measure(Context(progress=False))
    assert figures["exact"] == figures["milp/equal"] == 1
    assert figures["300/broken"] == 0 and figures["300/median"] > 0
    assert c.PRIMARY in figures
