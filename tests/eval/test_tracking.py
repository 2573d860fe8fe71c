"""The tracker's figures against answers worked out by hand, and its baseline."""

from __future__ import annotations

import pytest

from eval.lexicon import Lexicon
from eval.tracking import Tally, goal, sample
from stylist import edits
from stylist.state import DialogState

BEFORE = edits.apply(DialogState(), {"+type": ["jeans"], "+occasion": ["date"]})


def test_the_same_state_by_another_edit_is_right():
    tally = Tally()
    tally.add(BEFORE, {"=type": ["skirt"]}, {"~type": ["jeans"], "+type": ["skirt"]})
    assert (tally.joint, tally.f1) == (1.0, 1.0)


def test_changes_are_counted_not_what_stood_before():
    tally = Tally()
    tally.add(BEFORE, {"-color": ["black", "red"]}, {"-color": ["black"], "+color": ["pink"]})
    assert tally.joint == 0.0
    assert (tally.hits, tally.found, tally.wanted) == (1, 2, 2)
    assert tally.f1 == pytest.approx(0.5)


def test_what_a_message_refers_to_is_part_of_the_goal():
    assert goal(BEFORE, {"swap": ["shoes"]}) != goal(BEFORE, {})
    assert goal(BEFORE, {"act": ["thanks"]}) == goal(BEFORE, {})


def test_an_edit_outside_the_vocabulary_changes_nothing():
    assert goal(BEFORE, {"+color": ["mauve"]}) == goal(BEFORE, {})


def test_the_sample_is_the_same_each_time():
    assert sample(5) == sample(5)


def test_lexicon_takes_the_longest_words_and_ignores_negation():
    table = {
        "denim jacket": {"type": ("denim-jacket",)}, "jacket": {"type": ("jacket",)}, "red": {"color": ("red",)},
        "wedding": {"occasion": ("wedding-guest",)}, "shoes": {"slot": ("shoes",)},
    }  # fmt: skip
    lexicon = Lexicon({"en": table})
    assert lexicon.edit("no red denim jacket for the wedding", "en") == {
        "+outer.color": ["red"], "+type": ["denim-jacket"], "+occasion": ["wedding-guest"],
    }  # fmt: skip
    assert lexicon.edit("bored shoes under $80", "en") == {"include": ["shoes"], "total": "80 USD"}


def test_lexicon_of_the_phrase_bank_reads_both_languages():
    lexicon = Lexicon.from_phrases()
    assert "jeans" in lexicon.edit("i want jeans", "en")["+type"]
    assert lexicon.edit("20만원", "ko") == {"total": "200000 KRW"}
