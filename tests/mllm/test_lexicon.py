"""Words are marked with the values that they may name; nothing else of a text changes."""

import re

import pytest

from stylist import vocabulary as v
from stylist.mllm import lexicon
from stylist.mllm.lexicon import annotate
from stylist.state import WEATHER


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("maroon slacks and brogues", "maroon (burgundy) slacks (trousers) and brogues (oxfords)"),
        ("Trainers no more than 70", "Trainers (sneakers) no more than 70"),
        ("T shirt, jean jacket", "T shirt (t-shirt), jean jacket (denim-jacket)"),
        ("anything but black", "anything but black (black)"),
        ("corduroy trousers, a denim skirt", "corduroy (corduroy) trousers (trousers), a denim (denim) skirt (skirt)"),
        ("my cat is called Misty", "my cat is called Misty"),
        ("땡땡이 치마", "땡땡이 (dotted) 치마 (skirt)"),
        ("검정바지랑 흰 셔츠", "검정 (black) 바지 (trousers) 랑 흰 (white) 셔츠 (shirt)"),
        ("", ""),
    ],
)
def test_words_are_marked(typed: str, read: str) -> None:
    assert annotate(typed) == read


def test_a_word_is_not_found_inside_another() -> None:
    assert annotate("the capital of Redland, a hatchback") == "the capital of Redland, a hatchback"


def test_words_that_are_left_go_without_marks() -> None:
    assert annotate("maroon slacks", leave=lambda: True) == "maroon slacks"


def test_forms_that_only_validate_are_unknown_to_training() -> None:
    rows = [line.split("\t") for line in lexicon.TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("en\t")]
    held = [(row[1], row[2]) for row in rows if row[3] == "valid"]
    assert len(held) > 100
    assert all(f"({values})" in annotate(form) for form, values in held)
    unknown = [form for form, values in held if f"({values})" not in annotate(form, part="train")]
    assert len(unknown) > 100, "forms whose parts tell nothing either"
    assert annotate("maroon slacks", part="none") == "maroon slacks"


def test_every_mark_is_a_word_of_the_contract() -> None:
    known = {value for values in v.VALUES.values() for value in values} | set(v.SLOTS) | set(WEATHER)
    rows = [line.split("\t") for line in lexicon.TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert {value for row in rows for value in row[2].split(",")} <= known


def test_marks_hold_the_tokens_that_edits_are_written_in() -> None:
    from stylist import paths
    from stylist.mllm import mini

    tokenizer = mini.processor(paths.asset("mini")).tokenizer
    for value in (*v.TYPES, *v.COLORS, *v.PATTERNS):
        marked = tokenizer.tokenize(f"x ({value})")
        assert value in [piece.strip("▁") for piece in marked], re.escape(value)
