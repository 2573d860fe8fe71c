"""Set phrases in plainer words."""

from __future__ import annotations

import pytest

from stylist.mllm.phrasing import plainer

LOOKS = "1) jeans and a tee. 2) a skirt. 3) a dress."


@pytest.mark.parametrize(
    ("text", "remark", "said"),
    [
        ("no patterns please", "", "plain please"),
        ("no prints or patterns at all, ok", "", "plain, ok"),
        ("no prints on the shirt", "", "no prints on the shirt"),
        ("still nothing patterned", "", "still plain"),
        ("closed toes please", "", "closed toes please no sandals."),
        ("i don't need closed toes", "", "i don't need closed toes"),
        ("no 3 but in red", LOOKS, "number 3 but in red"),
        ("no 3 but in red", "", "no 3 but in red"),
        ("3 is cool", LOOKS, "number 3 is nice"),
        ("2 in red", "", "2 in red"),
        ("a hundred and five degrees", "", "105 degrees"),
    ],
)
def test_what_has_one_meaning_is_told_anew(text: str, remark: str, said: str) -> None:
    assert plainer(text, remark) == said
