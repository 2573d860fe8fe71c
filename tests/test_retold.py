"""Replayed dialogs whose assistant was someone else, over several turns, with a tracker that knows its lines."""

from types import SimpleNamespace

import pytest

from stylist import edits
from stylist.retold import Retold
from stylist.session import Memory, remember

AUTUMN = "Checked shirt, brown corduroy trousers, olive jacket, brown boots."
PUFFER = "A navy puffer instead?"
NIGHT = "Black satin dress, silver heels, black clutch. $240."
TWO = "1. Navy dress, flats. 2. Black trousers, a blouse, heels."
READ = {
    AUTUMN: {"+type": ["shirt", "trousers", "jacket", "boots"], "+top.pattern": ["checked"], "+bottom.color": ["brown"], "+outer.color": ["olive"], "+shoes.color": ["brown"]},
    PUFFER: {"+type": ["puffer"], "+outer.color": ["navy"]},
    NIGHT: {"+type": ["dress", "heels", "clutch"], "+bottom.color": ["black"], "+bottom.material": ["satin"], "+shoes.color": ["silver"], "+bag.color": ["black"], "total": "240 USD"},
    "Navy dress, flats.": {"+type": ["dress", "flats"], "+bottom.color": ["navy"]},
    "Black trousers, a blouse, heels.": {"+type": ["trousers", "blouse", "heels"], "+bottom.color": ["black"]},
    "Dress or trousers?": {"+type": ["dress", "trousers"]},
}


class Talk:
    def __init__(self):
        self.retold = Retold(SimpleNamespace(track=lambda state, assistant, words: SimpleNamespace(edit=READ[words])))  # type: ignore[arg-type]
        self.memory = Memory()

    def says(self, remark, edit, text):
        self.retold.hear(remark)
        made = self.retold.move(self.memory, edit, text, ())
        adopted = self.memory.adopted
        self.memory = remember(self.memory, made.state, (), remark, None)
        self.memory.adopted = adopted
        return made


def wanted(state):
    return sorted(state.want.type), {(slot, field): value for slot, wishes in state.slots.items() for field, values in (("color", wishes.want.color),) for value in values}


def test_a_look_is_kept_over_a_turn_that_only_asks():
    talk = Talk()
    talk.says("", {"+occasion": ["outdoor"]}, "an autumn walk")
    assert wanted(talk.says(AUTUMN, {"more": ["warmer"]}, "could it be warmer?").state) == ([], {})
    made = talk.says(PUFFER, {"+type": ["sweater"], "-type": ["shirt"], "keep": ["outer"]}, "no, keep the olive jacket, swap the shirt for a sweater")
    types, colors = wanted(made.state)
    assert "puffer" not in types and "jacket" in types and colors["outer", "color"] == "olive"


def test_what_was_offered_and_taken_joins_the_look():
    talk = Talk()
    talk.says("", {"+occasion": ["outdoor"]}, "an autumn walk")
    talk.says(AUTUMN, {"more": ["warmer"]}, "could it be warmer?")
    types, colors = wanted(talk.says(PUFFER, {"+type": ["sweater"], "-type": ["shirt"]}, "yes. and a sweater for the shirt").state)
    assert types == ["boots", "puffer", "sweater", "trousers"] and colors == {("outer", "color"): "navy", ("bottom", "color"): "brown", ("shoes", "color"): "brown"}


def test_a_change_of_one_garment_and_a_limit_keep_the_rest():
    talk = Talk()
    talk.says("", {"+occasion": ["date"]}, "date night")
    made = talk.says(NIGHT, {"more": ["cheaper"], "include": ["bag"]}, "love it, is there a cheaper bag")
    assert made.reference_total == 240.0 and wanted(made.state)[0] == ["clutch", "dress", "heels"]
    made = talk.says("Sure.", {"+shoes.color": ["black"]}, "can the heels be black too")
    assert wanted(made.state)[1] == {("bottom", "color"): "black", ("shoes", "color"): "black", ("bag", "color"): "black"}
    assert made.softer[-1].want.type == ("heels",), "what only the assistant named gives way"


@pytest.mark.parametrize("edit", [{"more": ["other"]}, {"reset": True}, {"+occasion": ["office"]}, {"+gender": ["men"]}])
def test_who_turns_to_something_else_keeps_nothing(edit):
    talk = Talk()
    talk.says("", {"+occasion": ["date"]}, "date night")
    talk.says(NIGHT, edit, "something else")
    made = talk.says("Sure.", {"+shoes.color": ["black"]}, "black shoes")
    assert wanted(made.state)[0] == []


def test_one_of_two_looks_is_picked_and_changed_on():
    talk = Talk()
    made = talk.says(TWO, {"pick": ["2"], "=shoes.color": ["red"]}, "the second one but the heels red")
    assert wanted(made.state) == (["blouse", "heels", "trousers"], {("bottom", "color"): "black", ("shoes", "color"): "red"})
    made = talk.says("Done.", {"+type": ["flats"]}, "flats after all")
    assert wanted(made.state)[0] == ["blouse", "flats", "trousers"]


def test_a_choice_is_no_look_and_talk_of_ones_own_needs_none():
    talk = Talk()
    assert wanted(talk.says("Dress or trousers?", {"+shoes.color": ["black"]}, "black shoes").state)[0] == []
    alone = Retold(SimpleNamespace())  # type: ignore[arg-type]
    assert alone.move(Memory(), {"+type": ["dress"]}, "a dress", ()).state == edits.apply(Memory().state, {"+type": ["dress"]})


def test_who_leaves_a_look_takes_nothing_of_it_along():
    talk = Talk()
    talk.says("", {"+occasion": ["date"]}, "date night")
    talk.says(NIGHT, {"+type": ["coat"]}, "with a coat")
    made = talk.says("Done.", {"more": ["other"], "+type": ["skirt"]}, "something else, with a skirt")
    assert wanted(made.state) == (["coat", "skirt"], {})
