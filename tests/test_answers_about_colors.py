"""What a color answers that the stylist asked for."""

from __future__ import annotations

import pytest

from stylist import edits
from stylist.edits import Edit
from stylist.session import Memory, move
from stylist.state import DialogState


@pytest.mark.parametrize(
    ("said", "edit", "text", "slot"),
    [
        ("Nice. Which colour?", {"+color": ["green"]}, "green", "outer"),
        ("Charcoal or camel?", {"+color": ["camel"]}, "camel", "outer"),
        ("어떤 색이 좋으세요?", {"+color": ["camel"]}, "카멜", "outer"),
        ("Which colour should the shoes be?", {"+color": ["green"]}, "green", None),
        ("Anything else?", {"+color": ["green"]}, "green please", None),
        ("Which colour?", {"+color": ["black"]}, "all black", None),
        ("Which colour?", {"+color": ["green"], "+shoes.color": ["white"]}, "green and white shoes", None),
    ],
)
def test_a_bare_color_is_of_the_garment_wished_for_just_before(said: str, edit: Edit, text: str, slot: str | None) -> None:
    before = edits.apply(DialogState(), {"+type": ["jacket"]})
    state = move(Memory(state=before, said=said, latest=("jacket",)), edit, text).state
    if slot:
        assert state.slot(slot).want.color == tuple(edit["+color"]) and not state.want.color
    else:
        assert not state.slot("outer").want.color and state.want.color == tuple(edit["+color"])
