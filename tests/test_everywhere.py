"""A color of everything is on every garment, as far as the catalogue goes."""

import pytest

from stylist import edits, everywhere
from stylist import vocabulary as v
from stylist.app import chips
from stylist.session import Memory, move
from stylist.state import DialogState


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("all black everything", {"black"}),
        ("the dress code is all-white", {"white"}),
        ("head to toe in navy pls", {"navy"}),
        ("nothing but black", {"black"}),
        ("the whole outfit should be green", {"green"}),
        ("올블랙으로 입고 싶어요", {"black"}),
        ("전부 흰색으로", {"white"}),
        ("검정으로만요", {"black"}),
        ("not all black please", set()),
        ("a black dress for all of us", set()),
        ("all my black jeans are old", set()),
        ("올해 산 검정 코트", set()),
    ],
)
def test_the_words_say_whether_every_garment_is_meant(text: str, found: set[str]) -> None:
    assert everywhere.colors(text) == found


def test_every_garment_without_a_color_of_its_own_gets_it() -> None:
    said = {"=color": ["black"], "+shoes.color": ["red"]}
    made = everywhere.spread(said, "all black, red shoes")
    state = edits.apply(DialogState(), made)
    assert {slot: state.slot(slot).want.color for slot in v.SLOTS} == {slot: ("red",) if slot == "shoes" else ("black",) for slot in v.SLOTS}
    assert everywhere.spread(said, "something black, red shoes") == said
    assert everywhere.spread({"-color": ["black"]}, "no all black") == {"-color": ["black"]}


def test_where_no_outfit_has_it_everywhere_less_is_tried() -> None:
    made = move(Memory(), {"=color": ["purple"]}, "everything in purple")
    clothes, seen = made.softer
    assert clothes.slot("bag").want.color == () and clothes.slot("top").want.color == ("purple",)
    assert not seen.slots and seen.want.color == ("purple",)
    assert not move(Memory(), {"=color": ["purple"]}, "something purple").softer


def test_one_chip_says_it_and_takes_it_back() -> None:
    state = move(Memory(), {"=color": ["black"]}, "all black").state
    (chip,) = chips.chips_of(state, "en")
    assert chip.label == "black" and chips.without(state, chip.key) == DialogState()
