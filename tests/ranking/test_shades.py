"""The very shade that was named comes before others of its family, slot by slot."""

import numpy as np

from stylist import edits
from stylist.catalog.items import Item
from stylist.ranking.shades import ANOTHER_SHADE, only_named_shades, prefer_named_shades
from stylist.state import DialogState

ITEMS = [
    Item(id="a", type="oxfords", color="brown"),
    Item(id="b", type="oxfords", color="beige"),
    Item(id="c", type="trousers", color="beige"),
    Item(id="d", type="dress", color="camel"),
    Item(id="e", type="oxfords", color="black"),
]


def _preferred(edit: edits.Edit) -> list[float]:
    return list(prefer_named_shades(edits.apply(DialogState(), edit), ITEMS, np.ones(len(ITEMS))))


def test_a_wish_on_a_slot_concerns_that_slot() -> None:
    assert _preferred({"+shoes.color": ["brown"]}) == [1, ANOTHER_SHADE, 1, 1, 1]


def test_a_wish_on_the_whole_outfit_concerns_all() -> None:
    assert _preferred({"+color": ["brown"]}) == [1, ANOTHER_SHADE, ANOTHER_SHADE, ANOTHER_SHADE, 1]
    assert _preferred({"+color": ["brown"], "+shoes.color": ["beige"]}) == [1, 1, ANOTHER_SHADE, ANOTHER_SHADE, 1]


def test_without_a_color_nothing_changes() -> None:
    assert _preferred({"-color": ["brown"]}) == [1] * 5


def test_other_shades_of_a_slot_are_left_out_first() -> None:
    state = edits.apply(DialogState(), {"+shoes.color": ["brown"]})
    assert only_named_shades(state, ITEMS).rejected == ("b",)
    plain = edits.apply(DialogState(), {"+color": ["brown"]})
    assert only_named_shades(plain, ITEMS) is plain
