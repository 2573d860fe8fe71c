"""What a dialog asks for: yes and no, negation, slots, choices."""

from __future__ import annotations

from stylist.fascode.files import Turn
from stylist.fascode.understanding import polarity, understand


def talk(*lines: str) -> list[Turn]:
    return [Turn(line[:2], line[3:]) for line in lines]


def wishes(*lines: str) -> dict[tuple[str, str], float]:
    return {(slot, name): weight for slot, name, weight in understand(talk("US 옷을 골라주세요", *lines)).concepts}


def test_yes_makes_the_question_a_wish_and_no_a_thing_to_avoid() -> None:
    yes = wishes("CO 굽이 낮은 신발을 보여드릴까요?", "US 네, 좋아요.")
    no = wishes("CO 굽이 낮은 신발을 보여드릴까요?", "US 아니요.")
    assert yes["S", "low_heel"] > 0 > no["S", "low_heel"]


def test_a_no_with_another_wish() -> None:
    read = understand(talk("US 옷이요", "CO 바지로 골라드릴까요?", "US 아니요. 치마로 해주세요."))
    weights = {kind: weight for _, kind, weight in read.types}
    assert weights["PT"] < 0 < weights["SK"]


def test_a_choice_counts_only_by_its_answer() -> None:
    read = understand(talk("US 옷이요", "CO 치마, 바지 중 어떤 옷이 좋으세요?", "US 네, 바지요."))
    assert [kind for _, kind, _ in read.types] == ["PT"]


def test_an_answer_without_a_garment_is_about_the_one_asked_for() -> None:
    assert wishes("CO 어떤 신발을 원하세요?", "US 앞코가 뾰족한 거요.")["S", "pointed"] == 1


def test_negated_words_are_avoided() -> None:
    assert wishes("US 너무 화려한 건 말고요.")["", "flashy"] < 0
    assert wishes("CO 어둡지 않은 원피스는요?", "US 네.")["B", "dark"] < 0
    assert wishes("US 검은색은 싫어요.")["", "black"] < 0


def test_two_garments_in_one_sentence() -> None:
    read = wishes("US 따뜻한 코트랑 짧은 치마가 좋아요.")
    assert ("O", "warm") in read and ("B", "short_bottom") in read and ("B", "warm") not in read


def test_scenes_and_polarity_and_silence() -> None:
    assert understand(talk("US 친구 결혼식에 가요.")).scenes[0] == "결혼식"
    assert [polarity(text) for text in ("네.", " 아니요", "치마요")] == [1, -1, 0]
    assert understand([]).concepts == []


def test_segmented_talk_reads_as_plain_talk() -> None:
    plain = understand(talk("US 굽이 낮은 구두로 추천해주세요"))
    cut = understand(talk("US 굽 이 낮_은 구두 로 추천_해 주 세 요"))
    assert plain.concepts == cut.concepts and plain.types == cut.types
