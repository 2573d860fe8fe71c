"""No sentence passes that names what is not shown."""

from dataclasses import replace

import pytest

from stylist.mllm.checker import mentions, sentences, unsupported
from stylist.mllm.facts import ReplyFacts

FACTS = ReplyFacts(
    act="show", looks=(("the navy wool blazer", "the white jeans", "the brown leather boots"),), avoid=("black",), total="$184", budget="$200"
)


@pytest.mark.parametrize(
    "honest",
    [
        "The navy wool blazer goes well with the white jeans.",
        "I left black out, as you asked.",
        "All in it comes to $184, under your $200.",
        "The boots and the blazer like each other.",
        "Let me dress you for the office.",
        "Would a skirt do as well?",
    ],
)
def test_honest_sentences_pass(honest: str) -> None:
    assert unsupported(honest, FACTS) == []


@pytest.mark.parametrize(
    "claim",
    [
        "The red wool blazer is lovely.",
        "I chose the navy jeans.",
        "The white silk jeans are soft.",
        "With the skirt it is perfect.",
        "It costs $150.",
        "A touch of pink lifts it.",
    ],
)
def test_claims_without_ground_are_caught(claim: str) -> None:
    assert unsupported(claim, FACTS)


def test_korean() -> None:
    facts = ReplyFacts(act="show", language="ko", looks=(("네이비 울 블레이저", "화이트 청바지"),), total="184,000원")
    assert unsupported("네이비 울 블레이저에 화이트 청바지를 입어 보세요.", facts) == []
    assert unsupported("레드 원피스가 예뻐요.", facts)
    assert unsupported("모두 99,000원이에요.", facts)
    assert unsupported("겨울에 잘 어울려요.", facts) == []  # 울 inside a word is no wool


def test_mentions_bind_attributes_to_their_garment() -> None:
    found = mentions("the navy wool blazer and white jeans", "en")
    assert [(m.type, {x for _, x in m.attributes}) for m in found] == [("blazer", {"navy", "wool"}), ("jeans", {"white"})]


def test_sentences() -> None:
    assert sentences("One. Two! Three?") == ["One.", "Two!", "Three?"]


@pytest.mark.parametrize(
    ("sentence", "count", "honest"),
    [
        ("Here are three looks to start from.", 3, True),
        ("Here are three looks to start from.", 5, False),
        ("These three came out best.", 2, False),
        ("Look two has the blazer, look three the jeans.", 3, True),
        ("Here are two ideas.", 3, False),
        ("Here is one idea.", 1, True),
        ("See if one of these speaks to you.", 1, False),
    ],
)
def test_outfits_are_counted(sentence: str, count: int, honest: bool) -> None:
    assert (unsupported(sentence, replace(FACTS, count=count)) == []) is honest


def test_korean_outfits_are_counted() -> None:
    facts = ReplyFacts(act="show", language="ko", looks=(("흰 셔츠",),) * 3, count=5)
    assert unsupported("세 가지 코디를 준비했습니다.", facts)
    assert not unsupported("세 가지 코디를 준비했습니다.", replace(facts, count=3))
