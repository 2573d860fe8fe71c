"""Single garments of several looks, shown here or told in words."""

import time

import pytest

from stylist import edits, parts
from stylist.catalog.items import Item, Outfit
from stylist.session import Memory, move
from stylist.state import DialogState


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("can i get the jacket from 1 with the jeans from 3", {"outer": 1, "bottom": 3}),
        ("Love the boots in the 2nd look!!", {"shoes": 2}),
        ("look 1's jacket and the third one's shoes", {"outer": 1, "shoes": 3}),
        ("the dress in number 2 but green", {"bottom": 2}),
        ("1번 재킷이랑 3번 청바지로", {"outer": 1, "bottom": 3}),
        ("3번 코디에 신발만 1번 걸로", {"shoes": 1}),
        ("재킷은 1번, 바지는 3번", {"outer": 1, "bottom": 3}),
        ("shoes in 2 colors", {}),
        ("a jacket for 2 people", {}),
        ("do you have the boots in 2?", {}),
        ("일주일에 3번 입을 재킷 추천해줘", {}),
        ("1번 신발은 너무 비싸", {}),
        ("the shoes from look 1 are too high, the bag from look 3 is nice", {"bag": 3}),
    ],
)
def test_garments_of_looks_are_named(text: str, found: dict[str, int]) -> None:
    assert {slot: name.number for slot, name in parts.named(text).items()} == found


def _slots(text: str, edit: edits.Edit, count: int) -> set[str]:
    return set(parts.meant(text, edit, count))


def test_a_garment_that_the_edit_speaks_against_is_left_alone() -> None:
    text = "swap the shoes from look 2"
    assert _slots(text, {"pick": ["2"]}, 3) == {"shoes"}
    for edit in ({"pick": ["2"], "swap": ["shoes"]}, {"-type": ["heels"], "pick": ["2"]}, {"pick": ["2"], "=shoes.color": ["red"]}, {"keep": ["all"]}, {}):
        assert not _slots(text, edit, 3)
    assert not _slots(text, {"pick": ["2"]}, 1)


def _outfit(rank: int) -> Outfit:
    return Outfit(rank=rank, score=1, items=tuple(Item(id=f"{t}-{rank}", type=t, title=t) for t in ("jacket", "shirt", "jeans", "boots")))


MEMORY = Memory(shown=tuple(_outfit(rank) for rank in (1, 2, 3)))


def test_the_jacket_from_one_with_the_jeans_from_three() -> None:
    edit = {"pick": ["1"], "+type": ["jacket", "jeans"]}
    state = move(MEMORY, edit, "the jacket from 1 with the jeans from 3").state
    assert state.keep == {"outer": "jacket-1", "bottom": "jeans-3"} and set(state.want.type) == {"jacket", "jeans"}
    alone = move(MEMORY, {"pick": ["2"]}, "love the boots in the 2nd look, build something around those").state
    assert alone.keep == {"shoes": "boots-2"}
    kept = Memory(state=DialogState(keep={"bag": "tote-1"}), shown=MEMORY.shown)
    assert move(kept, edit, "the jacket from 1 with the jeans from 3").state.keep["bag"] == "tote-1"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("take look 3 and the shoes from look 1", {"pick": ["3"], "keep": ["shoes"]}),
        ("3번 코디에 신발만 1번 걸로", {"pick": ["3"], "include": ["shoes"]}),
        ("I like outfit 3, just use the shoes from 1 instead", {"pick": ["3", "1"]}),
    ],
)
def test_a_garment_joins_the_look_that_is_picked(text: str, edit: edits.Edit) -> None:
    assert move(MEMORY, edit, text).state.keep == {"outer": "jacket-3", "top": "shirt-3", "bottom": "jeans-3", "shoes": "boots-1"}


def test_a_garment_that_a_look_does_not_have_stays_a_wish() -> None:
    state = move(MEMORY, {"pick": ["1"], "+type": ["jacket", "skirt"]}, "the jacket from 1 with the skirt from 3").state
    assert state.keep == {"outer": "jacket-1"} and "skirt" in state.want.type


def test_long_words_are_looked_at_in_part_and_soon() -> None:
    started = time.perf_counter()
    move(MEMORY, {"pick": ["1"]}, "jacket " * 40_000)
    assert time.perf_counter() - started < 1.5


def test_told_garments_become_wishes() -> None:
    said = {1: {"+type": ["leather-jacket", "skirt"], "+outer.color": ["black"]}, 3: {"+type": ["blazer", "jeans"], "+bottom.color": ["blue"]}}
    made = parts.wishes(said, {"outer": parts.Named(1), "bottom": parts.Named(3)})
    assert made == {"=type": ["leather-jacket", "jeans"], "=outer.color": ["black"], "=bottom.color": ["blue"]}
    assert set(edits.apply(DialogState(), made).want.type) == {"leather-jacket", "jeans"}
    joined = parts.resolved(said, {"shoes": parts.Named(1)}, {"pick": ["3"]}, 3)
    assert joined == {}  # look 1 was told without shoes
    whole = parts.resolved(said, {"outer": parts.Named(1)}, {"pick": ["3"]}, 3)
    assert set(edits.apply(DialogState(), whole).want.type) == {"leather-jacket", "jeans"}
