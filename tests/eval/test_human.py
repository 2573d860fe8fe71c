"""How people's own words are scored: readings of annotations, what counts as found, which feedback names a color plainly."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eval import human
from stylist.edits import Edit


def test_an_annotation_may_have_several_readings() -> None:
    wanted = human._wanted({"type": "hat", "color": "black, dark blue", "pattern": "vertical striples"})
    assert wanted is not None
    assert frozenset({("type", "hat"), ("type", "beanie")}) in wanted and frozenset({("color", "black")}) in wanted
    assert frozenset({("color", "navy"), ("color", "blue")}) in wanted and frozenset({("pattern", "striped")}) in wanted
    assert human._wanted({"type": "coat", "pattern": "twin colors"}) is None


def test_what_was_not_asked_for_counts_against() -> None:
    tally = [0, 0, 0]
    wanted = human._wanted({"type": "shoes", "color": "grey"})
    assert wanted is not None
    human._count(tally, human._facts({"include": ["shoes"], "+shoes.color": ["grey"], "-color": ["black"], "+pattern": ["floral"]}), wanted)
    assert tally == [2, 3, 2]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("is belted and is navy blue", {("color", "navy")}),
        ("has polka dots on white", {("pattern", "dotted"), ("color", "white")}),
        ("is less black", None),
        ("is longer", None),
    ],
)
def test_feedback_counts_where_it_names_a_color_plainly(tmp_path: Path, text: str, facts: set[human.Fact] | None) -> None:
    (tmp_path / "all.train.json").write_text(json.dumps([{"target": ["u", "t"], "reference": [["u", [text], "r"]]}]))
    assert list(human._feedback(tmp_path)) == ([] if facts is None else [(text, facts)])


class _Tracker:
    def track(self, state: Any, assistant: str, text: str) -> Any:
        edit: Edit = {"+type": ["coat"]} if "coat" in text else {"+color": ["navy"]}
        return SimpleNamespace(edit=edit)


def test_figures_of_a_tracker_that_knows_coats(tmp_path: Path) -> None:
    def turn(text: str, slots: dict[str, str]) -> dict[str, Any]:
        return {"transcript": text, "system_transcript": "Sure.", "transcript_annotated": {"act": "REQUEST:GET", "act_attributes": {"slot_values": slots}}}

    for folder in ("simmc2", "multiturn-fashioniq"):
        (tmp_path / folder).mkdir()
    talk = [turn("a coat please", {"type": "coat"}), turn("a grey coat", {"type": "coat", "color": "grey"})]
    (tmp_path / "simmc2" / "fashion_and_furniture_dev.json").write_text(json.dumps({"dialogue_data": [{"domain": "fashion", "dialogue": talk}]}))
    (tmp_path / "multiturn-fashioniq" / "all.train.json").write_text(json.dumps([{"target": [], "reference": [["u", ["is navy"], "r"]]}]))
    context: Any = SimpleNamespace(
        stylist=SimpleNamespace(tracker=_Tracker()), quick=False, folder=lambda name: tmp_path / name, size=lambda full, quick: full, track=lambda things, *_: things
    )
    figures = human.measure(context)
    assert figures["simmc2/slot_f1/first"] == 1.0 and figures["simmc2/slot_f1"] == pytest.approx(0.8)
    assert figures["fashioniq/landed"] == 1.0 and figures["n_simmc2"] == 2
