"""Checks against answers worked out by hand, and what a case file must look like."""

from __future__ import annotations

import json

import pytest

from eval import casefile
from eval.checks import held, matches
from stylist.errors import DialogError


def item(**fields):
    return {"id": "x", "slot": "top", "type": "shirt", "color": "navy", "pattern": "solid", "price": 30.0, "season": ["spring"], **fields}


def answer(*outfits, **fields):
    shown = [{"rank": n, "total_price": None, "items": list(items)} for n, items in enumerate(outfits, 1)]
    return {"state": {}, "reply": "", "question": None, "outfits": shown, **fields}


SHOES = item(slot="shoes", type="boots", color="black", price=50.0, season=[])
DRESS = item(slot="bottom", type="dress", color="red", price=20.0)


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ({"color": ["navy", "red"]}, True),
        ({"color": ["blue"]}, False),
        ({"color_family": ["blue"]}, True),
        ({"type": ["shirt"], "color": ["red"]}, False),
        ({"max_price": 30}, True),
        ({"max_price": 29.9}, False),
        ({"season": ["winter"]}, False),
        ({"season": ["spring", "winter"]}, True),
        ({"material": ["silk"]}, False),
    ],
)
def test_matches(match, expected):
    assert matches(item(), match) is expected


def test_no_season_is_all_year():
    assert matches(SHOES, {"season": ["winter"]})


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ({"kind": "nonempty"}, True),
        ({"kind": "empty"}, False),
        ({"kind": "each_outfit_has", "match": {"type": ["boots"]}}, True),
        ({"kind": "each_outfit_has", "match": {"type": ["dress"]}}, False),
        ({"kind": "no_item", "match": {"color": ["red"]}}, False),
        ({"kind": "no_item", "match": {"color": ["green"]}}, True),
        ({"kind": "all_items", "match": {"max_price": 50}}, True),
        ({"kind": "all_items", "match": {"color": ["black", "navy"]}}, False),
        ({"kind": "total_at_most", "value": 80}, True),
        ({"kind": "total_at_most", "value": 79}, False),
        ({"kind": "covers", "slots": ["top", "shoes"]}, True),
        ({"kind": "covers", "slots": ["outer"]}, False),
    ],
)
def test_outfits(check, expected):
    assert held(check, answer([item(), SHOES], [DRESS, SHOES])) is expected


def test_a_dress_covers_top_and_bottom():
    assert held({"kind": "covers", "slots": ["top", "bottom", "shoes"]}, answer([DRESS, SHOES]))


def test_the_stated_total_counts_where_it_is_larger():
    shown = answer([item()])
    shown["outfits"][0]["total_price"] = 99.0
    assert not held({"kind": "total_at_most", "value": 50}, shown)


def test_without_outfits_only_empty_holds():
    nothing = answer()
    assert held({"kind": "empty"}, nothing)
    assert not held({"kind": "no_item", "match": {"color": ["red"]}}, nothing)
    assert not held({"kind": "empty"}, {"error": "no"})
    assert not held({"kind": "empty"}, None)


@pytest.mark.parametrize(
    ("path", "wanted", "expected"),
    [
        ("want.type", ["dress"], True),
        ("want.color", ["red"], False),
        (["want.color", "slots.shoes.want.color"], ["black"], True),
        ("slots.*.price", [40], True),
        ("budget.total", [100], True),
        ("slots.bag.want.color", ["black"], False),
    ],
)
def test_state_has(path, wanted, expected):
    state = {"want": {"type": ["dress"]}, "budget": {"total": 100.0}, "slots": {"shoes": {"want": {"color": ["black"]}, "price": 40.0}}}
    assert held({"kind": "state_has", "path": path, "any_of": wanted}, answer(state=state)) is expected


def test_words_of_the_reply_and_the_question():
    shown = answer(reply="What may it COST?", question=" ")
    assert held({"kind": "reply_any", "words": ["cost", "price"]}, shown)
    assert not held({"kind": "asks"}, shown)
    assert held({"kind": "asks"}, answer(question="Which color?"))


@pytest.mark.parametrize(("file", "least"), [(casefile.BUNDLED, 150), (casefile.BLIND, 100), (casefile.UNSEEN, 100), (casefile.FRESH, 100), (casefile.STRANGERS, 100)])
def test_the_bundled_cases_are_sound(file, least):
    cases = casefile.read(file)
    assert len({case.id for case in cases}) == len(cases) >= least
    assert {case.language for case in cases} == {"en", "ko"}
    assert all(sum(turn.role == "user" for turn in case.dialog.turns) <= 8 for case in cases)


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ([{"kind": "asks"}], "exactly one of nonempty and empty"),
        ([{"kind": "nonempty"}], "2 to 6 checks"),
        ([{"kind": "nonempty"}, {"kind": "no_item", "match": {"color": ["mauve"]}}], "not in the vocabulary"),
        ([{"kind": "nonempty"}, {"kind": "no_item", "match": {"max_price": 3}}], "max_price"),
        ([{"kind": "nonempty"}, {"kind": "covers"}], "lacks slots"),
        ([{"kind": "nonempty"}, {"kind": "state_has", "path": "want.type"}], "lacks any_of"),
        ([{"kind": "nonempty"}, {"kind": "sings"}], "unknown kind"),
    ],
)
def test_unsound_cases_are_refused(tmp_path, checks, message):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([{"id": "a", "lang": "en", "tags": [], "turns": [{"role": "user", "text": "hi"}], "checks": checks}]))
    with pytest.raises(DialogError, match=message):
        casefile.read(path)
