"""A color of everything is on every garment, as far as the catalogue goes."""

import pytest

from stylist import edits, everywhere
from stylist import vocabulary as v
from stylist.app import chips
from stylist.catalog.items import Item, Outfit
from stylist.session import Memory, move
from stylist.state import DialogState, Wishes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("all black everything", {"black"}),
        ("the dress code is all-white", {"white"}),
        ("head to toe in navy pls", {"navy"}),
        ("nothing but black", {"black"}),
        ("the whole outfit should be green", {"green"}),
        ("all of it in beige", {"beige"}),
        ("everything in a light blue", {"light-blue"}),
        ("keep the sneakers, everything else black", {"black"}),
        ("black only", {"black"}),
        ("올블랙으로 입고 싶어요", {"black"}),
        ("전부 흰색으로", {"white"}),
        ("검정으로만요", {"black"}),
        ("위아래 다 검정", {"black"}),
        ("all black 으로 입을래", {"black"}),
        ("not all black please", set()),
        ("anything but all black", set()),
        ("my closet is all black, what should i wear to a wedding", set()),
        ("almost all black, one pop of color", set()),
        ("all black except the shoes", {"black"}),
        ("I want all clothes black", {"black"}),
        ("everything i wear black except for the shoes, those brown", {"black"}),
        ("a leopard skirt, the rest plain black", {"black"}),
        ("나머지는 검정으로", {"black"}),
        ("all my clothes are black", set()),
        ("a black dress for all of us", set()),
        ("all my black jeans are old", set()),
        ("옷장이 온통 검정이라 밝은 옷 입고 싶어요", set()),
        ("올해 산 검정 코트", set()),
        ("nothing white, all black please", {"black"}),
        ("i stick to black white or grey, nothing else", {"black", "grey"}),
        ("흰색도 말고 전부 검정으로 해주세요", {"black"}),
        ("전부 검정은 아니고 포인트만", set()),
        ("not head to toe black", set()),
    ],
)
def test_the_words_say_whether_every_garment_is_meant(text: str, found: set[str]) -> None:
    assert everywhere.colors(text) == found


ITEMS = [Item(id=f"{slot}-{color}", slot=slot, type=v.TYPES_BY_SLOT[slot][0], title=slot, color=color) for slot in v.SLOTS for color in ("black", "red", "white")]


def _left(state: DialogState) -> dict[str, set[str]]:
    """The colors of each slot that the strictest way leaves."""
    strictest = next(everywhere.ways(state, ITEMS))
    return {slot: {str(item.color) for item in ITEMS if item.slot == slot and item.id not in strictest.rejected} for slot in v.SLOTS}


def test_every_garment_without_a_color_of_its_own_gets_it() -> None:
    state = move(Memory(), {"=color": ["black"], "+shoes.color": ["red"]}, "all black, red shoes").state
    every = {"black", "red", "white"}
    assert _left(state) == {slot: every if slot == "shoes" else {"black"} for slot in v.SLOTS}
    _, clothes, plain = everywhere.ways(state, ITEMS)
    assert {item.slot for item in ITEMS if item.id in clothes.rejected} == {"outer", "top", "bottom"} and plain == state
    plain = move(Memory(), {"=color": ["black"], "+shoes.color": ["red"]}, "something black, red shoes").state
    assert list(everywhere.ways(plain, ITEMS)) == [plain]


def test_what_one_garment_was_to_be_is_taken_back_with_everything() -> None:
    before = edits.apply(DialogState(), {"+type": ["jeans", "shirt"], "+bottom.color": ["blue"], "+top.color": ["white"]})
    for text in ("actually make it all black", "make everything black"):
        state = move(Memory(state=before), {"=color": ["black"]}, text).state
        assert not state.slot("bottom").want.color and set(map(tuple, _left(state).values())) == {("black",)}


@pytest.mark.parametrize(
    ("edit", "text", "stays"),
    [
        ({"=color": ["navy"]}, "actually i want navy", False),
        ({"=color": ["navy"]}, "make the whole outfit navy", True),
        ({"~color": ["any"]}, "any color is fine", False),
        ({"+color": ["red"]}, "add a pop of red", True),
        ({"+type": ["skirt"]}, "with a skirt", True),
        ({"reset": True}, "start over", False),
    ],
)
def test_another_color_is_not_on_everything_unless_it_is_said(edit: edits.Edit, text: str, stays: bool) -> None:
    black = move(Memory(), {"=color": ["black"]}, "all black outfit").state
    assert black.everywhere and bool(move(Memory(state=black), edit, text).state.everywhere) is stays


def test_one_chip_says_it_and_takes_it_back() -> None:
    state = move(Memory(), {"=color": ["black"]}, "all black").state
    (chip,) = chips.chips_of(state, "en")
    assert chip.label == "all black" and chips.without(state, chip.key).is_empty


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("linen everything. tuscany. august.", {"linen"}),
        ("Only cotton fabric please", {"cotton"}),
        ("100% wool please", {"wool"}),
        ("면 100% 로만 입어요", {"cotton"}),
        ("전부 린넨으로요", {"linen"}),
        ("a linen shirt", set()),
        ("not all linen please", set()),
    ],
)
def test_a_material_may_be_meant_of_every_cloth(text: str, found: set[str]) -> None:
    assert everywhere.named(text, "material") == found


def test_a_material_of_everything_is_that_of_all_cloth_but_not_of_shoes_and_bags() -> None:
    items = [Item(id=f"{slot}-{material}", slot=slot, type=v.TYPES_BY_SLOT[slot][0], title=slot, material=material) for slot in v.SLOTS for material in ("linen", "wool")]
    state = move(Memory(), {"+material": ["linen"], "+outer.material": ["wool"]}, "linen everything, a wool coat").state
    assert state.everywhere == ("material",) and state.public()["everywhere"] == ["material"]
    strictest = next(everywhere.ways(state, items))
    assert set(strictest.rejected) == {"top-wool", "bottom-wool"}
    (chip,) = [chip for chip in chips.chips_of(state, "en") if chip.label.startswith("all ")]
    assert chip.label == "all linen"
    both = move(Memory(state=state), {"=color": ["white"]}, "all white").state
    assert both.everywhere == ("color", "material") and len(list(everywhere.ways(both, items))) == 3


@pytest.mark.parametrize(
    ("edit", "text", "apart"),
    [
        ({"=color": ["black"]}, "all black except the shoes", ("shoes",)),
        ({"+shoes.color": ["black"]}, "all black except the shoes", ("shoes",)),
        ({"-color": ["black"]}, "all black except the shoes", ("shoes",)),
        ({"+type": ["skirt"], "+shoes.color": ["black"]}, "skirt. everything else plain black", ("bottom",)),
        ({"+color": ["black"]}, "all black", ()),
        ({"+color": ["black"], "+type": ["skirt"], "+bottom.color": ["red"]}, "빨간 치마, 나머지는 검정으로", ("bottom",)),
    ],
)
def test_what_the_words_except_may_be_of_any_color(edit: edits.Edit, text: str, apart: tuple[str, ...]) -> None:
    state = move(Memory(), edit, text).state
    assert state.everywhere == ("color",) and state.apart == apart and state.want.color == ("black",)
    left = _left(state)
    assert all(left[slot] == {"black"} for slot in v.SLOTS if slot not in apart)
    assert all(left[slot] == {"black", "red", "white"} for slot in apart)


def test_only_narrows_down_what_was_wished_for() -> None:
    before = edits.apply(DialogState(), {"+type": ["dress"], "+color": ["orange", "light-blue"]})
    assert not move(Memory(state=before), {"=color": ["orange"]}, "coral only").state.everywhere
    assert move(Memory(), {"=color": ["orange"]}, "coral only").state.everywhere


def test_the_reply_can_tell_what_is_not_on_everything() -> None:
    black, red = (tuple(item for item in ITEMS if item.color == color and item.slot in ("top", "bottom", "shoes")) for color in ("black", "red"))
    state = move(Memory(), {"=color": ["black"]}, "all black").state
    outfits = [Outfit(rank=1, score=0, items=black), Outfit(rank=2, score=0, items=(*black[:2], red[2]))]
    assert everywhere.missed(state, outfits[:1]) == ()
    assert [wish.text for wish in everywhere.missed(state, outfits)] == ["black on every piece"]
    apart = move(Memory(), {"=color": ["black"]}, "all black except the shoes").state
    assert everywhere.missed(apart, outfits) == ()


def test_everything_takes_the_place_of_what_garments_were_to_be_but_those_excepted() -> None:
    before = edits.apply(DialogState(), {"+type": ["blazer", "trousers", "loafers"], "+outer.color": ["navy"], "+bottom.color": ["navy"], "+shoes.color": ["brown"]})
    state = move(Memory(state=before), {"+color": ["black"]}, "all black except the shoes").state
    assert state.everywhere and not state.slot("outer").want.color and not state.slot("bottom").want.color
    assert state.slot("shoes").want.color == ("brown",)


def test_what_is_spared_of_a_color_is_not_left_out() -> None:
    black = DialogState(want=Wishes(color=("black",)), everywhere=("color",))
    assert everywhere.excepted(black, {"exclude": ["shoes"]}, "신발 빼고") == {}
    assert everywhere.excepted(DialogState(), {"exclude": ["shoes"]}, "신발 빼고") == {"exclude": ["shoes"]}
    assert everywhere.spared("all in beige but not the bag")[0] == {"bag"}
