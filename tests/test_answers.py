"""What the words and the question make of a tracked edit."""

from __future__ import annotations

import numpy as np
import pytest

from stylist import answers
from stylist.edits import Edit
from stylist.mllm.tracker import Tracked


def _meant(edit: Edit, text: str, remark: str = "", doubtful: frozenset[tuple[str, str, str]] = frozenset()) -> Edit:
    return answers.by_its_words(Tracked(edit, np.zeros(1), doubtful), text, remark)


def test_a_color_that_only_the_stylist_named_is_none_that_was_wished_for_beside_another() -> None:
    assert _meant({"+top.color": ["light-blue", "white"]}, "the shirt in light blue", "Grey blazer, white shirt?") == {"+top.color": ["light-blue"]}
    assert _meant({"+top.color": ["white"]}, "yes, that shirt", "Grey blazer, white shirt?") == {"+top.color": ["white"]}


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
    assert _meant(edit, "a floral skirt, nothing else floral") == edit


@pytest.mark.parametrize(
    ("text", "remark", "latest", "said"),
    [
        ("khaki ones, and a blue shirt", "Chinos it is. Any color?", ("chinos",), "khaki chinos, and a blue shirt"),
        ("white ones", "Sneakers, then?", ("dress",), "white ones"),
        ("the first one", "Any color?", ("dress",), "the first one"),
        ("khaki ones", "Any color?", ("dress", "coat"), "khaki ones"),
    ],
)
def test_ones_are_the_garments_wished_for_just_before(text: str, remark: str, latest: tuple[str, ...], said: str) -> None:
    assert answers.in_full(text, remark, latest) == said
