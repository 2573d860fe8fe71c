"""Which accessories are worn together, and which are alternatives."""

from __future__ import annotations

import pytest

from stylist import accessories
from stylist.state import DialogState, Wishes


def _after(before: DialogState, types: tuple[str, ...], *texts: str) -> DialogState:
    return accessories.meant(before, before.model_copy(update={"want": Wishes(type=types)}), *texts)


@pytest.mark.parametrize(
    ("text", "types", "groups"),
    [
        ("a scarf and a belt please", ("scarf", "belt"), (("scarf",), ("belt",))),
        ("a scarf or a belt, you choose", ("scarf", "belt"), (("scarf", "belt"),)),
        ("sunglasses, plus a scarf or a belt", ("sunglasses", "scarf", "belt"), (("sunglasses",), ("scarf", "belt"))),
        ("목도리랑 벨트 둘 다요", ("scarf", "belt"), (("scarf",), ("belt",))),
        ("목도리나 벨트 하나만", ("scarf", "belt"), (("scarf", "belt"),)),
        ("something warm on my head", ("hat", "beanie"), (("hat", "beanie"),)),
        ("a scarf", ("scarf",), (("scarf",),)),
    ],
)
def test_the_words_tell_both_from_either(text: str, types: tuple[str, ...], groups: tuple[tuple[str, ...], ...]) -> None:
    assert _after(DialogState(), types, text).accessories == groups


def test_a_later_one_joins_those_before_and_one_taken_back_leaves_the_rest() -> None:
    scarf = _after(DialogState(), ("scarf",), "with a scarf")
    both = _after(scarf, ("scarf", "earrings"), "earrings too")
    assert both.accessories == (("scarf",), ("earrings",))
    assert _after(both, ("earrings",), "no scarf after all").accessories == (("earrings",),)


def test_alternatives_stay_so_in_later_turns() -> None:
    either = _after(DialogState(), ("scarf", "belt"), "a scarf or a belt")
    assert _after(either, ("scarf", "belt"), "make the shoes red").accessories == (("scarf", "belt"),)
    assert _after(either, ("scarf", "belt", "tie"), "and a tie").accessories == (("tie",), ("scarf", "belt"))


def test_a_choice_in_the_question_is_one_in_the_answer() -> None:
    assert _after(DialogState(), ("hat", "scarf"), "either is fine", "A hat or a scarf?").accessories == (("hat", "scarf"),)


def test_both_are_no_longer_alternatives() -> None:
    either = _after(DialogState(), ("sunglasses", "scarf"), "sunglasses or a scarf")
    assert len(either.accessories) == 1
    assert _after(either, ("sunglasses", "scarf"), "both actually").accessories == (("sunglasses",), ("scarf",))
