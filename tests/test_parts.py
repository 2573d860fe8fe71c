"""Single garments of several looks, shown here or told in words."""

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
    ],
)
def test_garments_of_looks_are_named(text: str, found: dict[str, int]) -> None:
    assert parts.named(text) == found


def test_a_garment_that_the_edit_speaks_against_is_left_alone() -> None:
    text = "swap the shoes from 2"
    assert parts.meant(text, {"pick": ["2"]}, 3) == {"shoes": 2}
    assert parts.meant(text, {"pick": ["2"], "swap": ["shoes"]}, 3) == {}
    assert parts.meant(text, {"-type": ["heels"], "pick": ["2"]}, 3) == {}
    assert parts.meant(text, {"pick": ["2"]}, 1) == {} and parts.meant(text, {}, 3) == {}


def _outfit(rank: int) -> Outfit:
    return Outfit(rank=rank, score=1, items=tuple(Item(id=f"{t}-{rank}", type=t, title=t) for t in ("jacket", "shirt", "jeans", "boots")))


def test_the_jacket_from_one_with_the_jeans_from_three() -> None:
    memory = Memory(shown=tuple(_outfit(rank) for rank in (1, 2, 3)))
    edit = {"pick": ["1"], "+type": ["jacket", "jeans"]}
    state = move(memory, edit, "the jacket from 1 with the jeans from 3").state
    assert state.keep == {"outer": "jacket-1", "bottom": "jeans-3"} and set(state.want.type) == {"jacket", "jeans"}
    alone = move(memory, {"pick": ["2"]}, "love the boots in the 2nd look, build something around those").state
    assert alone.keep == {"shoes": "boots-2"}


def test_told_garments_become_wishes() -> None:
    said = {1: {"+type": ["leather-jacket", "skirt"], "+outer.color": ["black"]}, 3: {"+type": ["blazer", "jeans"], "+bottom.color": ["blue"]}}
    made = parts.wishes(said, {"outer": 1, "bottom": 3}, ("color",))
    assert made == {"=type": ["leather-jacket", "jeans"], "=outer.color": ["black"], "=bottom.color": ["blue"]}
    assert set(edits.apply(DialogState(), made).want.type) == {"leather-jacket", "jeans"}
