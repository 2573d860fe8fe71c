"""Answers that count to one of the options of a question."""

import time

import pytest

from stylist import options


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("A blazer, a cardigan or a trench coat?", ("A blazer", "a cardigan", "a trench coat")),
        ("Lovely. Would you prefer a dress or trousers?", ("a dress", "trousers")),
        ("Then brown. Oxfords or loafers?", ("Oxfords", "loafers")),
        ("Trousers with a blouse, or a skirt with a sweater?", ("Trousers with a blouse", "a skirt with a sweater")),
        ("셔츠와 니트 중 뭐가 편하세요?", ("셔츠", "니트")),
        ("치마랑 바지 중에 어떤 게 좋으세요?", ("치마", "바지")),
        ("원피스 아니면 투피스?", ("원피스", "투피스")),
        ("Heels with it?", ()),
        ("A dress or a skirt would be nice.", ()),
        ("", ()),
    ],
)
def test_the_options_of_a_question(question, expected):
    assert options.offered(question) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the last one. in beige pls", "a trench coat. in beige pls"),
        ("The first ones, but warm", "A blazer, but warm"),
        ("hmm the latter", "hmm a trench coat"),
        ("option two, nothing green", "a cardigan, nothing green"),
        ("i'd go with the second", "i'd go with a cardigan"),
        ("the first time i wore a blazer i froze", "the first time i wore a blazer i froze"),
        ("the last party was awful", "the last party was awful"),
        ("option five", "option five"),
        ("the fourth one", "the fourth one"),
        ("a cardigan", "a cardigan"),
    ],
)
def test_a_number_gives_way_to_the_words_of_its_option(text, expected):
    assert options.resolved("A blazer, a cardigan or a trench coat?", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("후자요", "니트요"), ("첫 번째 걸로요", "셔츠로요"), ("2번", "니트"), ("마지막 거", "니트"), ("전자가 좋아요", "셔츠가 좋아요"), ("네 번째", "네 번째"), ("앞머리 잘랐어요", "앞머리 잘랐어요")],
)
def test_a_korean_number_gives_way_too(text, expected):
    assert options.resolved("셔츠와 니트 중 뭐가 편하세요?", text) == expected


def test_where_outfits_are_on_view_the_first_one_is_an_outfit():
    question = "Dress or trousers?"
    assert options.resolved(question, "the first one", ordinals=False) == "the first one"
    assert options.resolved(question, "the former", ordinals=False) == "Dress"
    assert options.resolved("Heels with it?", "the former") == "the former"


def test_endless_words_are_soon_looked_at():
    start = time.perf_counter()
    options.resolved("a, " * 5000 + " or b?", "ok " * 3000 + "the last one")
    options.resolved("Dress or trousers?", "i would " * 3000)
    assert time.perf_counter() - start < 2
