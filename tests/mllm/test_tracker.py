"""How long messages are cut before they are read, and what is left of an edit that was cut short."""

import pytest

from stylist.mllm.tracker import read_edit, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("no black please", ["no black please"]),
        ("date night, red dress, no heels", ["date night,", "red dress,", "no heels"]),
        ("no pink, black or red", ["no pink, black or red"]),
        ("I'm vegan. work trip to Boston in october", ["I'm vegan.", "work trip to Boston in october"]),
        ("ok, jeans", ["ok, jeans"]),
        ("under 1,500 dollars", ["under 1,500 dollars"]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
    assert "".join(" ".join(sentences(text)).split()) == "".join(text.split())


def test_an_edit_cut_short_keeps_its_beginning() -> None:
    assert read_edit('{"-color":["pink"],"+type":["dre') == {"-color": ["pink"]}
    assert read_edit("{") == {} and read_edit('{"total":"200 USD"}') == {"total": "200 USD"}
