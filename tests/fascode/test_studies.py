"""The two studies as commands: files, resuming, refusals."""

from __future__ import annotations

import csv
import json
from argparse import Namespace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fake_encoder import FakeTextEncoder

from stylist.errors import FascodeError
from stylist.fascode import ablation, experiments
from stylist.fascode.curves import Panel, write_svg
from stylist.fascode.study import Cells, mean_and_error, shown


@pytest.fixture(autouse=True)
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stylist.encoders.text.TextEncoder", FakeTextEncoder)


def arguments(data: Path, out: Path, **more: object) -> Namespace:
    return Namespace(data=data, out=out, seeds=2, cases=40, epochs=1, dialogs=None, **more)


def test_experiments(without_dialogs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        experiments, "PAPER", {name: {**what, "hidden": 16} for name, what in experiments.PAPER.items()}
    )
    out = tmp_path / "out"
    done = experiments.run(arguments(without_dialogs, out))
    assert set(done) == {"seeds", *experiments.EXPERIMENTS}
    results = json.loads((out / "results.json").read_text())
    missing = results["experiments"]["A modality missing"]
    assert len(missing) == 10 and all(-1 <= row["wkt"]["mean"] <= 1 for row in missing.values())
    assert "recall@10" in results["experiments"]["Item ids"]["against sampled items"]
    page = (out / "table.md").read_text()
    assert page.count("## ") == len(experiments.EXPERIMENTS) and "mean ± standard error of 2 seeds" in page
    with (out / "curves.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * len(experiments.PAPER) and float(rows[0]["msd_similarity"]) > 0
    assert ElementTree.parse(out / "curves.svg").getroot().tag.endswith("svg")

    def fail(*_: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(experiments, "_cell", fail)
    assert experiments.run(arguments(without_dialogs, out)) == done
    (out / "cells" / "paper-1.json").unlink()
    with pytest.raises(AssertionError, match="computed again"):
        experiments.run(arguments(without_dialogs, out))
    with pytest.raises(FascodeError, match="other settings"):
        experiments.run(arguments(without_dialogs, out, sentences=16))


def test_ablation(without_dialogs: Path, example: Path, tmp_path: Path) -> None:
    given = arguments(without_dialogs, tmp_path / "out")
    given.dialogs, given.seeds = example / "ac_eval_example.dev", 1
    done = ablation.run(given)
    assert list(done["wkt"]) == list(ablation.ROWS.values())
    rows = json.loads((tmp_path / "out" / "results.json").read_text())["rows"]
    assert all({"wkt", "held_wkt"} <= set(row) for row in rows.values())
    assert {"forgetting", "recall@50"} <= set(rows["continual-ewc"]) and "same_type" in rows["generative"]
    table = (tmp_path / "out" / "table.md").read_text().splitlines()
    assert len(table) == len(ablation.ROWS) + 2 and len({line.count("|") for line in table}) == 1
    given.only, given.seeds = "baselines", 2
    assert list(ablation.run(given)["wkt"]) == list(ablation.ROWS.values())
    seeds = json.loads((tmp_path / "out" / "results.json").read_text())["seeds"]
    assert seeds["tfidf"] == 2 and seeds["paper"] == seeds["all"] == 1
    given.out = tmp_path / "other"
    assert list(ablation.run(given)["wkt"]) == [
        ablation.ROWS[name] for name in ("random", "overlap", "tfidf", "yes-no")
    ]
    given.only = "baselines, magic"
    with pytest.raises(FascodeError, match="'magic'; expected some of baselines"):
        ablation.run(given)
    given.only, given.dialogs = None, example / "none.dev"
    with pytest.raises(FascodeError, match="no such file"):
        ablation.run(given)


def test_more_is_simulated_for_the_paper_s_networks_alone(without_dialogs: Path, example: Path) -> None:
    config = experiments.study_config(Namespace(cases=40))
    study = experiments.Study(without_dialogs, config, example / "ac_eval_example.dev")
    one, two = study.prepared(0), study.prepared(1)
    assert len(one.many) == len(one.fit) + config.more * 40 and set(one.fit.tolist()) < set(one.many.tolist())
    for part in (one.weigh, one.held, one.real):
        assert not set(part.tolist()) & set(one.many.tolist())
    assert [case.turns for case in one.of(one.real)] == [case.turns for case in study.real_cases]
    assert one.cases[-1].turns == two.cases[-1].turns and one.cases[0].turns != two.cases[0].turns


def test_training_dialogs_are_learned_from_where_they_are(example: Path, tmp_path: Path) -> None:
    study = experiments.Study(example, experiments.study_config(Namespace(cases=500)))
    assert study.settings["training"] == ["ddata.example.txt"]
    prepared = study.prepared(0)
    assert len(prepared.cases) == 24 and sorted([*prepared.fit, *prepared.weigh, *prepared.held]) == list(range(24))


def test_cells(tmp_path: Path) -> None:
    cells, calls = Cells(tmp_path / "out", {"a": 1}), []
    for _ in range(2):
        assert cells.get("one", lambda: calls.append(1) or {"x": 2}) == {"x": 2}
    (tmp_path / "out" / "cells" / "one.json").write_text("{tru")
    cells.get("one", lambda: calls.append(1) or {"x": 2})
    assert len(calls) == 2
    with pytest.raises(FascodeError, match="other settings"):
        Cells(tmp_path / "out", {"a": 2})
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(FascodeError, match="not empty"):
        Cells(tmp_path / "full", {})
    with pytest.raises(FascodeError, match="a file"):
        Cells(tmp_path / "full" / "letter.txt", {})


def test_means_and_their_errors() -> None:
    assert mean_and_error([1.0, 3.0]) == {"mean": 2.0, "error": pytest.approx(1.0)}
    assert mean_and_error([0.5])["error"] == 0
    assert shown({"mean": -0.1, "error": 0.02}) == "-.100 ± .020" and shown(None) == ""
    assert shown({"mean": 0.25, "error": 0.0}, seeds=1) == ".250"
    assert shown({"mean": 1.0, "error": 0.1}) == "1.000 ± .100"


def test_a_chart_s_lines_stay_inside_it(tmp_path: Path) -> None:
    write_svg(tmp_path / "c.svg", [Panel("a < b", {"one": [(1, 5.0), (2, 7.0)], "flat": [(1, 6.0)]})], "x", "y")
    root = ElementTree.parse(tmp_path / "c.svg").getroot()
    lines = [element.attrib["points"] for element in root.iter() if element.tag.endswith("polyline")]
    assert len(lines) == 2
    for point in " ".join(lines).split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= float(root.attrib["width"]) and 0 <= y <= float(root.attrib["height"])
