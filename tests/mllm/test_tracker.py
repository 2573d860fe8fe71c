"""How long messages are cut before they are read, and what is left of an edit that was cut short."""

import pytest

from stylist.mllm.reading import LONGEST_SENTENCE, clauses, last_sentence
from stylist.mllm.tracker import read_edit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("no black please", ["no black please"]),
        ("date night, red dress, no heels", ["date night,", "red dress,", "no heels"]),
        ("no pink, black or red", ["no pink, black or red"]),
        ("I'm vegan. work trip to Boston in october", ["I'm vegan.", "work trip to Boston in october"]),
        ("ok, jeans", ["ok, jeans"]),
        ("under 1,500 dollars", ["under 1,500 dollars"]),
        ("navy trousers and white sneakers", ["navy trousers", "white sneakers"]),
        ("a black and white shirt", ["a black and white shirt"]),
        ("no jeans and skirts", ["no jeans and skirts"]),
        ("keep the jeans and swap the boots", ["keep the jeans and swap the boots"]),
        ("체크 셔츠랑 청바지 추천", ["체크 셔츠", "청바지 추천"]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_cutting_at_punctuation_loses_nothing() -> None:
    text = "date night, red dress, no heels. something warm; 80 max"
    assert "".join(" ".join(clauses(text)).split()) == "".join(text.split())


def test_an_edit_cut_short_keeps_its_beginning() -> None:
    assert read_edit('{"-color":["pink"],"+type":["dre') == {"-color": ["pink"]}
    assert read_edit("{") == {} and read_edit('{"total":"200 USD"}') == {"total": "200 USD"}


@pytest.mark.parametrize(
    ("remark", "read"),
    [
        ("Here are three looks. Would you like heels or flats?", "Would you like heels or flats?"),
        ("Here are three looks. The coat is warm.", "The coat is warm."),
        ("잘 어울려요. 치마로 보여 드릴까요", "치마로 보여 드릴까요"),
        ("", ""),
        ("x" * 900, "x" * LONGEST_SENTENCE),
    ],
)
def test_the_last_sentence_of_a_remark_is_read(remark: str, read: str) -> None:
    assert last_sentence(remark) == read


def test_no_clause_of_a_long_message_is_lost():
    text = "I need jeans and a t-shirt for the weekends, please. " + "the office is small, " * 30 + "jeans and a hoodie too, my budget is $150 in all."
    parts = clauses(text)
    assert len(parts) <= 16 and parts[-1].endswith("$150 in all.") and parts[0].startswith("I need jeans")
