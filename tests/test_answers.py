"""What the words and the question make of a tracked edit."""

from __future__ import annotations

import numpy as np
import pytest

from stylist import answers, edits
from stylist.edits import Edit
from stylist.mllm.tracker import Tracked
from stylist.state import DialogState


def _meant(edit: Edit, text: str, remark: str = "", doubtful: frozenset[tuple[str, str, str]] = frozenset(), before: Edit | None = None, own: str = "") -> Edit:
    return answers.by_its_words(Tracked(edit, np.zeros(1), doubtful), text, remark, edits.apply(DialogState(), before or {}), own)


def test_a_color_that_only_the_stylist_named_is_none_that_was_wished_for_beside_another() -> None:
    assert _meant({"+top.color": ["light-blue", "white"]}, "the shirt in light blue", "Grey blazer, white shirt?") == {"+top.color": ["light-blue"], "+type": ["shirt"]}
    assert _meant({"+top.color": ["white"]}, "yes, that shirt", "Grey blazer, white shirt?") == {"+top.color": ["white"], "+type": ["shirt"]}


@pytest.mark.parametrize(
    ("edit", "text", "after"),
    [
        ({"+type": ["crossbody"], "exclude": ["bag"]}, "that bag is huge, a little one to sling across", {"+type": ["crossbody"]}),
        ({"+type": ["leather-jacket"], "exclude": ["outer"]}, "a leather jacket? no wait, no jacket at all", {"exclude": ["outer"]}),
        ({"+bottom.pattern": ["solid"], "+type": ["trousers"]}, "trousers. no patterns", {"+pattern": ["solid"], "+type": ["trousers"]}),
    ],
)
def test_what_is_left_out_is_not_worn(edit: Edit, text: str, after: Edit) -> None:
    assert _meant(edit, text) == after


def test_a_doubtful_wish_gives_way_to_a_plain_refusal() -> None:
    edit = {"-pattern": ["floral"], "+bottom.pattern": ["floral"]}
    assert _meant(edit, "nothing floral, they are in floral", doubtful=frozenset({("bottom", "pattern", "floral")})) == {"-pattern": ["floral"]}
    assert _meant(edit, "a floral skirt, nothing else floral") == {**edit, "+type": ["skirt"]}


@pytest.mark.parametrize(
    ("text", "remark", "latest", "said"),
    [
        ("khaki ones, and a blue shirt", "Chinos it is. Any color?", ("chinos",), "khaki chinos, and a blue shirt"),
        ("white ones", "Sneakers, then?", ("dress",), "white sneakers"),
        ("the first one", "Any color?", ("dress",), "the first one"),
        ("khaki ones", "Any color?", ("dress", "coat"), "khaki ones"),
        ("The navy one, please", "Here are three dresses: navy, teal and coral.", (), "The navy dress, please"),
        ("The navy one, please", "Here are a dress and a coat.", (), "The navy one, please"),
        ("HATE the white jeans. black ones?", "Here's a denim jacket with white jeans.", (), "HATE the white jeans. black jeans?"),
        ("Ooh, the burgundy one", "A black tote or a burgundy crossbody would both work.", (), "Ooh, the burgundy crossbody bag"),
        ("only the sneakers ones", "Sandals in three and sneakers in two.", (), "only the sneakers"),
        ("this one and the red one", "1. navy dress 2. red skirt", (), "this one and the red skirt"),
    ],
)
def test_ones_are_the_garments_wished_for_just_before(text: str, remark: str, latest: tuple[str, ...], said: str) -> None:
    assert answers.in_full(text, remark, latest) == said


def test_a_refusal_stands_against_what_only_the_stylist_named() -> None:
    edit = {"+type": ["boots", "loafers"], "+shoes.color": ["black", "brown"]}
    assert _meant(edit, "black boots or brown loafers", before={"-color": ["brown"]}, own="whichever") == {"+type": ["boots", "loafers"], "+shoes.color": ["black"]}
    assert _meant({"+shoes.color": ["brown"]}, "brown is fine for the shoes", before={"-color": ["brown"]}) == {"+shoes.color": ["brown"]}


def test_what_answers_a_question_after_refusals_is_one() -> None:
    assert _meant({"+color": ["black"]}, "검정이요", "피하고 싶은 색이 있나요?") == {"-color": ["black"]}
    assert _meant({"+color": ["red"]}, "i like red", "Is there a color you would rather avoid?") == {"+color": ["red"]}
    assert _meant({"+color": ["red"]}, "red", "Which color?") == {"+color": ["red"]}


@pytest.mark.parametrize("text", ["put the hat back", "hat back in please", "the hat again", "모자 다시요"])
def test_what_was_taken_out_can_come_in_again(text: str) -> None:
    for edit in ({}, {"-type": ["hat"]}, {"act": ["praise"]}):
        assert _meant(edit, text, before={"-type": ["hat"]}) == {"+type": ["hat"]}
    assert _meant({}, text) == {}


def test_a_color_beside_another_is_none_that_was_wished_for() -> None:
    assert _meant({"+outer.color": ["white", "purple"]}, "white really, cream looks dirty next to lavender") == {"+outer.color": ["white"]}


def test_a_leather_jacket_has_two_names() -> None:
    assert _meant({"+type": ["jacket"], "+outer.material": ["suede"]}, "a suede jacket")["+type"] == ["jacket", "leather-jacket"]
    assert _meant({"+type": ["jacket"], "+outer.material": ["linen"]}, "a linen jacket")["+type"] == ["jacket"]


def test_a_color_answers_for_both_parts_of_a_suit() -> None:
    found = answers.of_what_was_asked({"+color": ["navy"]}, "midnight blue", "Which color?", ("blazer", "trousers"))
    assert found == {"+outer.color": ["navy"], "+bottom.color": ["navy"]}


def test_what_an_answer_begins_with_is_of_the_garment_that_was_asked_about() -> None:
    edit = {"+color": ["camel"], "+type": ["jeans"], "+bottom.color": ["navy"]}
    found = answers.of_what_was_asked(edit, "camel. dark jeans below", "Charcoal or camel?", ("turtleneck",))
    assert found == {"+top.color": ["camel"], "+type": ["jeans"], "+bottom.color": ["navy"]}
