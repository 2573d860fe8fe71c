"""Cuts by the words of a catalogue's titles."""

from __future__ import annotations

import numpy as np

from stylist.catalog.items import Item
from stylist.ranking.cuts import Cuts
from stylist.state import DialogState, Wishes

ITEMS = [
    Item(id="a", slot="bottom", type="skirt", color="black", title="Black wool pencil skirt"),
    Item(id="b", slot="bottom", type="skirt", color="pink", title="Pink satin pleated skirt"),
    Item(id="c", slot="shoes", type="boots", color="brown", title="Chelsea boots in brown suede"),
    Item(id="d", slot="shoes", type="boots", color="black", title="Combat boots, black leather"),
]


def test_a_cut_is_read_beside_its_garment() -> None:
    cuts = Cuts(ITEMS)
    assert cuts.named("a pencil skirt with black chelsea boots", ("skirt", "boots")) == {"skirt": {"pencil"}, "boots": {"chelsea"}}
    assert cuts.named("a black wool skirt", ("skirt",)) == {}, "colors and materials are the tracker's"
    assert cuts.named("no pleated skirt", ("skirt",)) == {}
    assert cuts.named("combat boots. no combat boots", ("boots",)) == {}
    assert cuts.named("a pencil. and a skirt", ("skirt",)) == {}
    assert cuts.named("a pencil skirt", ("boots",)) == {}, "what is not wished for has no cut"


def test_the_named_cut_comes_first_and_alone_where_it_can() -> None:
    cuts = Cuts(ITEMS)
    state = DialogState(want=Wishes(type=("skirt",)))
    assert np.argmax(cuts.preferred(state, ["a pencil skirt"], np.full(4, 0.5))) == 0
    assert cuts.only(state, ["a pencil skirt"]).rejected == ("b",)
    assert cuts.only(state, ["a skirt"]) is state
    assert cuts.only(state.model_copy(update={"keep": {"bottom": "b"}}), ["a pencil skirt"]).rejected == (), "what is kept stays"


def test_a_later_mention_counts() -> None:
    assert Cuts(ITEMS).named("a pencil skirt\nrather a pleated skirt", ("skirt",)) == {"skirt": {"pleated"}}
