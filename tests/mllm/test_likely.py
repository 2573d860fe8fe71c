"""What a model wrote half in doubt is left out; what it was sure of stays as it was written."""

import pytest

from stylist.edits import to_json
from stylist.mllm.likely import Reading, Written, agreed, chances, entries, weighed

EDIT = {"+occasion": ["office"], "-color": ["pink", "red"], "total": "80 USD", "act": ["vague"]}


def _steps(text: str, doubtful: dict[str, float]) -> tuple[tuple[int, float], ...]:
    """One token a character, certain but for the first letter of each doubtful word."""
    doubts = {text.index(word) + 1: chance for word, chance in doubtful.items()}
    return tuple((end, doubts.get(end, 1.0)) for end in range(1, len(text) + 1))


def _left(doubtful: dict[str, float]) -> dict[str, object]:
    text = to_json(EDIT)
    return agreed([Reading(EDIT, chances(Written(text, _steps(text, doubtful))))], 0.4)


def test_nothing_is_left_out_where_nothing_is_in_doubt() -> None:
    assert _left({}) == EDIT and agreed([Reading(EDIT, chances(Written(to_json(EDIT))))]) == EDIT


@pytest.mark.parametrize(
    ("doubt", "gone"),
    [
        ({"office": 0.3}, {"+occasion": None}),
        ({"+occasion": 0.3}, {"+occasion": None}),
        ({"pink": 0.3}, {"-color": ["red"]}),
        ({"red": 0.3}, {"-color": ["pink"]}),
        ({"-color": 0.3}, {"-color": ["red"]}),
        ({"80": 0.3}, {"total": None}),
        ({"office": 0.6, "80": 0.5}, {}),
        ({"vague": 0.1}, {}),
    ],
)
def test_what_is_in_doubt_is_left_out(doubt: dict[str, float], gone: dict[str, object]) -> None:
    assert _left(doubt) == {key: gone.get(key, value) for key, value in EDIT.items() if gone.get(key, value) is not None}


def test_the_entries_chances_multiply_to_the_texts() -> None:
    text = '{"+occasion":["office"],"-color":["pink","red"]}'
    steps = _steps(text, {"office": 0.5, "pink": 0.25, "red": 0.5})
    found = list(entries(text, steps))
    assert [(key, word) for key, word, _ in found] == [("+occasion", "office"), ("-color", "pink"), ("-color", "red")]
    assert [chance for *_, chance in found] == [0.5, 0.25, 0.5]


def test_two_readings_keep_what_both_or_one_of_them_surely_says() -> None:
    first = Reading({"+type": ["jeans"], "-color": ["red"]}, {("+type", "jeans"): 0.9, ("-color", "red"): 0.4}, 0.6)
    second = Reading({"+type": ["jeans", "boots"]}, {("+type", "jeans"): 0.8, ("+type", "boots"): 0.5}, 0.4)
    assert agreed([first, second], 0.3) == {"+type": ["jeans"]}
    assert agreed([first, second], 0.2) == {"+type": ["jeans", "boots"], "-color": ["red"]}


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        ({"+type": ["sandals"]}, {"-type": ["sandals"]}),
        ({"-type": ["sandals"], "+type": ["boots"]}, {"-type": ["sandals"], "+type": ["boots"]}),
    ],
)
def test_where_two_readings_put_a_word_in_two_places_the_likelier_stands(other: dict[str, list[str]], kept: dict[str, list[str]]) -> None:
    assert agreed([Reading({"-type": ["sandals"]}, {}, 0.6), Reading(other, {}, 0.4)], 0.3) == kept


def test_one_amount_has_one_meaning() -> None:
    sure = {("total", "40 USD"): 0.9, ("shoes.price", "40 USD"): 0.95}
    assert agreed([Reading({"total": "40 USD"}, sure, 0.5), Reading({"shoes.price": "40 USD"}, sure, 0.5)], 0.3) == {"shoes.price": "40 USD"}
    both = {"total": "90", "shoes.price": "40"}
    assert agreed([Reading(both, {}, 0.5), Reading(both, {}, 0.5)], 0.3) == both


def test_a_weigher_joins_in_what_it_can_tell_and_leaves_figures_to_the_writing() -> None:
    written = Reading({"+type": ["jeans"], "total": "90"}, {("+type", "jeans"): 0.9, ("total", "90"): 0.5}, 0.5)
    found = weighed({("-color", "red"): 0.8, ("+type", "boots"): 0.4, ("act", "vague"): 0.9}, 0.5)
    assert found.lists_only
    assert agreed([written, found], 0.3) == {"+type": ["jeans"], "total": "90", "-color": ["red"]}


def test_whether_a_value_joins_or_replaces_is_one_question_and_whether_it_is_wanted_another() -> None:
    found = weighed({("=color", "red"): 0.3, ("+color", "red"): 0.25}, 1.0)
    assert found.edit == {"=color": ["red"]} and agreed([found], 0.5) == {"=color": ["red"]}
    written = Reading({"+color": ["red"]}, {("+color", "red"): 0.5}, 0.5)
    assert agreed([written, Reading(found.edit, {("=color", "red"): 0.9}, 0.5)], 0.6) == {"=color": ["red"]}


def test_a_weigher_adds_no_opposite_of_what_was_written() -> None:
    written = Reading({"keep": ["shoes"], "swap": ["bag"]}, {}, 0.5)
    found = weighed({("keep", "shoes"): 0.7, ("swap", "shoes"): 0.65, ("swap", "bag"): 0.9}, 0.5)
    assert agreed([written, found], 0.3) == {"keep": ["shoes"], "swap": ["bag"]}
    both = Reading({"+color": ["red"], "-color": ["red"]}, {})
    assert agreed([both]) == both.edit, "who contradicts themselves is asked"


def test_all_values_of_a_place_are_added_or_all_replace() -> None:
    written = Reading({"+color": ["black", "gold"]}, {("+color", "black"): 0.55, ("+color", "gold"): 0.45}, 0.5)
    found = weighed({("+color", "black"): 0.5, ("=color", "black"): 0.4, ("=color", "gold"): 0.8, ("+color", "gold"): 0.15}, 0.5)
    assert agreed([written, found], 0.3) == {"+color": ["black", "gold"]}
    assert agreed([Reading(written.edit, written.chances, 0.2), weighed({("=color", "black"): 0.9, ("=color", "gold"): 0.8}, 0.8)], 0.3) == {"=color": ["black", "gold"]}


def test_starting_over_has_to_be_sure_and_figures_never_hang_on_weights() -> None:
    text = '{"reset":true,"+type":["dress"]}'
    steps = tuple((end, 0.45 if end == text.index("true") + 4 else 1.0) for end in range(1, len(text) + 1))
    assert dict(chances(Written(text, steps))) == {("reset", "True"): 0.45, ("+type", "dress"): 1.0}
    edit = {"reset": True, "+type": ["dress"]}
    assert agreed([Reading(edit, chances(Written(text, steps)))]) == {"+type": ["dress"]}
    assert agreed([Reading(edit, {})]) == edit
    assert agreed([Reading({"total": "90", "+type": ["dress"]}, {}, 0.0), weighed({("+type", "boots"): 0.9}, 1.0)]) == {"total": "90", "+type": ["boots"]}
