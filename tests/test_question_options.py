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
        ("Should I avoid black or white?", ()),
        ("How about a skirt, or would you like something warmer?", ()),
        ("Do you have a budget or brand in mind?", ()),
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
        ("the first is for my mom, the second for me", "the first is for my mom, the second for me"),
        ("the last for now: a dress", "the last for now: a dress"),
        ("the first with pockets i bought was awful", "the first with pockets i bought was awful"),
        ("the latter in grey", "a trench coat in grey"),
    ],
)
def test_a_number_gives_way_to_the_words_of_its_option(text, expected):
    assert options.resolved("A blazer, a cardigan or a trench coat?", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("후자요", "니트요"), ("첫 번째 걸로요", "셔츠로요"), ("2번", "니트"), ("마지막 거", "니트"), ("전자가 좋아요", "셔츠가 좋아요"), ("네 번째", "네 번째"), ("앞머리 잘랐어요", "앞머리 잘랐어요"),
     ("마지막으로 하나만 더, 치마는 싫어요", "마지막으로 하나만 더, 치마는 싫어요"), ("두번째로 중요한 건 편안함이에요", "두번째로 중요한 건 편안함이에요"),
     ("앞이 막힌 신발이 좋아요", "앞이 막힌 신발이 좋아요"), ("앞에 거로 할게요", "셔츠로 할게요"), ("뒤에 것이 좋아요", "니트가 좋아요")],
)
def test_a_korean_number_gives_way_too(text, expected):
    assert options.resolved("셔츠와 니트 중 뭐가 편하세요?", text) == expected


def test_where_outfits_are_on_view_the_first_one_is_an_outfit():
    question = "Dress or trousers?"
    assert options.resolved(question, "the first one", ordinals=False) == "the first one"
    assert options.resolved(question, "the former", ordinals=False) == "Dress"
    assert options.resolved(question, "option 2 in black", ordinals=False) == "option 2 in black"
    assert options.resolved("Heels with it?", "the former") == "the former"


def test_endless_words_are_soon_looked_at():
    start = time.perf_counter()
    options.resolved("a, " * 5000 + " or b?", "ok " * 3000 + "the last one")
    options.resolved("Dress or trousers?", "i would " * 3000)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("question", "text", "meant"),
    [
        ("A cardigan, or a tweed blazer?", "the tweed, naturally", "a tweed blazer, naturally"),
        ("Slim trousers or wide trousers?", "trousers", "trousers"),
        ("With a tie or open collar?", "With tie.", "With tie."),
        ("Joggers or leggings?", "whichever. and a tote", "Joggers or leggings. and a tote"),
        ("Joggers, leggings or shorts?", "whichever", "whichever"),
        ("겉옷은 남색 블레이저와 회색 카디건 중에?", "카디건", "회색 카디건"),
    ],
)
def test_a_part_of_an_option_names_it_and_whichever_leaves_both(question: str, text: str, meant: str) -> None:
    assert options.resolved(question, text) == meant
