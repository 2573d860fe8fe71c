"""The scorecard: what is missing says so, and the parts that need no weights measure."""

from __future__ import annotations

import json
import random

import pytest

from eval import dialogs, promises, scorecard
from eval.__main__ import main
from eval.casefile import Case
from eval.context import Context
from eval.states import random_state
from stylist.dialog import Dialog
from stylist.errors import ModelError


def test_missing_data_is_said_and_nothing_invented(capsys):
    assert main(["--only", "photos,fascode", "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"photos", "fascode"}
    assert all("figures" not in part and "--data" in part["missing"] for part in found.values())


@pytest.mark.parametrize("arguments", [["--only", "nonsense"], ["--data", "/no/such/folder"], ["--cases", "/no/such/file"]])
def test_bad_arguments(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert arguments[0] in capsys.readouterr().err.splitlines()[-1]


def test_random_states_repeat_and_differ():
    items = Context().catalog.items
    first = [random_state(random.Random(7), items) for _ in range(2)]
    assert first[0] == first[1]
    rng = random.Random(7)
    assert len({random_state(rng, items).model_dump_json() for _ in range(20)}) > 15


def test_promises_on_a_few_states(monkeypatch):
    monkeypatch.setattr(Context, "size", lambda self, full, quick: 4)
    figures = promises.measure(Context(progress=False))
    assert figures["states"] == 4
    assert figures["broken"] == figures["violations"] == 0
    assert promises.PRIMARY in figures


def test_as_many_states_as_asked_for_are_checked():
    assert promises.measure(Context(states=2, progress=False))["states"] == 2


def _case(number, checks, tags=("budget",)):
    dialog = Dialog.from_json({"turns": [{"role": "user", "text": "hello"}]})
    return Case(f"c{number}", "en", tags, dialog, tuple(checks))


def test_dialogs_are_scored_whole_and_by_check():
    cases = [_case(1, [{"kind": "empty"}, {"kind": "asks"}]), _case(2, [{"kind": "empty"}], ("vague",))]
    figures = dialogs.score(cases, lambda dialog: {"state": {}, "reply": "", "question": None, "outfits": []})
    assert figures["whole"] == 0.5
    assert figures["checks"] == pytest.approx(2 / 3)
    assert (figures["whole/budget"], figures["whole/vague"], figures["n"]) == (0.0, 1.0, 2.0)


def test_a_dialog_that_fails_keeps_no_check():
    def fail(dialog):
        raise ModelError("no model")

    figures = dialogs.score([_case(1, [{"kind": "empty"}])], fail)
    assert (figures["whole"], figures["errors"]) == (0.0, 1.0)


def test_table_puts_the_primary_figure_first():
    text = scorecard.as_table({
        "speed": {"measures": "seconds", "primary": "b", "figures": {"a": 2.0, "b": 0.5}},
        "photos": {"measures": "class", "missing": "needs --data DIR"},
    })  # fmt: skip
    lines = text.splitlines()
    assert lines[1].split() == ["speed", "b", "(seconds)", "0.500"]
    assert lines[-1] == "photos: not measured: needs --data DIR"
