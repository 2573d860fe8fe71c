"""The look that a replayed talk is about, over several turns."""

import pytest

from stylist import standing

LOOK = {"+type": ["shirt", "trousers", "jacket", "boots"], "+top.pattern": ["checked"], "+bottom.material": ["corduroy"], "+outer.color": ["olive"]}


def test_what_is_offered_takes_the_place_of_what_it_replaces():
    puffer = {"+type": ["puffer"], "+outer.color": ["navy"]}
    look = standing.overlaid(LOOK, puffer)
    assert look["+type"] == ["shirt", "trousers", "boots", "puffer"] and look["+outer.color"] == ["navy"] and look["+bottom.material"] == ["corduroy"]
    assert standing.overlaid(LOOK, {"+type": ["dress"], "+bottom.color": ["red"]}) == {"+type": ["dress"], "+bottom.color": ["red"]}, "what dresses the legs is a new look"
    assert standing.overlaid({}, puffer) == puffer and standing.overlaid(LOOK, {}) == LOOK
    dressed = standing.overlaid({"+type": ["dress", "heels"], "+bottom.color": ["black"]}, {"+type": ["blouse"]})
    assert dressed["+type"] == ["heels", "blouse"], "a blouse is not worn over the dress"


@pytest.mark.parametrize(
    ("edit", "text", "refused"),
    [
        ({"keep": ["outer"]}, "keep the olive one", True),
        ({"-type": ["puffer"]}, "a puffer is too sporty", True),
        ({"-outer.color": ["navy"]}, "navy is boring", True),
        ({"+type": ["sweater"]}, "no, just a sweater", True),
        ({"+type": ["sweater"]}, "아니 스웨터", True),
        ({"+type": ["sweater"]}, "yes, and a sweater", False),
        ({"+type": ["sweater"]}, "nothing but a sweater below", False),
        ({"+type": ["sweater"]}, "no problem, and a sweater", False),
        ({"+type": ["sweater"]}, "아니 좋아요, 스웨터도", False),
    ],
)
def test_an_offer_may_be_refused(edit, text, refused):
    assert standing.refused({"+type": ["puffer"], "+outer.color": ["navy"]}, edit, text) is refused


def test_a_word_against_one_garment_refuses_no_whole_look():
    assert not standing.refused(LOOK, {"-type": ["shirt"]}, "not the shirt")


@pytest.mark.parametrize(
    ("edit", "types"),
    [
        ({"+type": ["sweater"], "-type": ["shirt"]}, ["trousers", "jacket", "boots"]),
        ({"+shoes.color": ["black"]}, ["shirt", "trousers", "jacket", "boots"]),
        ({"exclude": ["outer"]}, ["shirt", "trousers", "boots"]),
        ({"+type": ["dress"]}, ["jacket", "boots"]),
        ({"-type": ["shirt", "trousers", "boots"]}, None),
        ({"reset": True}, None),
        ({"more": ["other"]}, None),
        ({"=occasion": ["office"]}, None),
        ({"+gender": ["men"], "keep": ["all"]}, ["shirt", "trousers", "jacket", "boots"]),
    ],
)
def test_the_look_follows_what_the_person_says(edit, types):
    assert standing.after(LOOK, edit).get("+type") == types


def test_the_look_forgets_what_was_changed_on_a_garment():
    look = standing.after(LOOK, {"=outer.color": ["brown"]})
    assert "+outer.color" not in look and look["+top.pattern"] == ["checked"]


def test_a_general_name_calls_the_garment_that_was_told_of():
    assert standing.called({"+type": ["trousers", "loafers"]}, {"+type": ["chinos", "sneakers"]}) == {"+type": ["chinos", "loafers"]}
    assert standing.called({"+type": ["trousers"]}, LOOK) == {"+type": ["trousers"]}
    assert standing.called({"+type": ["trousers", "chinos"]}, {"+type": ["chinos"]}) == {"+type": ["chinos"]}


def test_two_garments_of_a_slot_are_a_choice():
    assert standing.is_look(LOOK) and not standing.is_look({"+type": ["blazer", "cardigan"]}) and not standing.is_look({})
