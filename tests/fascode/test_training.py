"""Simulation, features, ranker and commands, on the tiny example."""

from __future__ import annotations

import json
import shutil
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
import torch

from stylist.errors import FascodeError
from stylist.fascode import acts
from stylist.fascode.commands import evaluate, train
from stylist.fascode.features import BLIND, NAMES, case_features, requests
from stylist.fascode.files import EvaluationCase, read_evaluation, read_training
from stylist.fascode.items import Fitted, ItemTable
from stylist.fascode.metadata import Report
from stylist.fascode.networks import Matcher, ProjectionNet, TransferNet, listwise_loss
from stylist.fascode.simulate import Simulator


def arguments(data: Path, out: Path, **more: object) -> Namespace:
    return Namespace(data=data, out=out, dialogs=[], seed=3, **{"cases": 60, "epochs": 2, **more})


def test_simulated_cases_have_the_protocol_s_shape(table: ItemTable) -> None:
    cases = list(Simulator(table).cases(200, 1))
    changed = []
    for case in cases:
        goal, second, third = case.candidates
        assert case.turns[0].speaker == "CO" and any(turn.speaker == "US" for turn in case.turns)
        assert all("{" not in turn.text for turn in case.turns)
        assert len(goal) == len(second) == len(third)
        slots = [[table.metadata[item].slot for item in one] for one in case.candidates]
        assert slots[0] == slots[1] == slots[2] == sorted(slots[0], key="OTBS".index)
        changed.append(sum(a != b for a, b in zip(goal, second, strict=True)))
    assert set(changed) <= {0, 1, 2} and 0.5 < np.mean(np.array(changed) == 1) < 0.85
    assert cases == list(Simulator(table).cases(200, 1))


def test_features_do_not_depend_on_the_order_of_candidates(table: ItemTable) -> None:
    case = next(Simulator(table).cases(1, 5))
    wanted = requests([case.turns], table)
    rows = case_features(wanted, [case.candidates], table)[0]
    back = case_features(wanted, [case.candidates[::-1]], table)[0]
    assert rows.shape == (3, len(NAMES)) and np.isfinite(rows).all()
    np.testing.assert_allclose(rows, back[::-1], atol=1e-5)
    alone = case_features(wanted, [case.candidates[:1]], table)[0]
    np.testing.assert_allclose(rows[:1, :BLIND], alone[:, :BLIND], atol=1e-5)


def test_network_shapes() -> None:
    projection, transfer = ProjectionNet(10, 6, 8), TransferNet(12, 16, 8)
    assert projection(torch.zeros(5, 10), torch.zeros(5, 6)).shape == (5, 8)
    assert transfer(torch.zeros(5, 12)).shape == (5, 4, 8)
    kinds = [type(layer).__name__ for layer in transfer.blocks]
    assert (
        kinds.count("Linear") == kinds.count("BatchNorm1d") == kinds.count("ReLU") == 4 and kinds.count("Dropout") == 3
    )
    matcher = Matcher(10, 6, 12, 8, 16).eval()
    assert matcher.queries(torch.randn(3, 12)).norm(dim=-1).detach().numpy() == pytest.approx(np.ones((3, 4)), abs=1e-5)


def test_listwise_loss_by_hand() -> None:
    scores, mask = torch.tensor([[2.0, 1.0, 0.0]]), torch.ones(1, 3, dtype=torch.bool)
    e = np.exp(np.array([2.0, 1.0, 0.0]))
    assert listwise_loss(scores, mask).item() == pytest.approx(
        -np.log(e[0] / e.sum()) - np.log(e[1] / e[1:].sum()), abs=1e-5
    )
    two = torch.tensor([[True, True, False]])
    assert listwise_loss(scores, two).item() == pytest.approx(-np.log(e[0] / e[:2].sum()), abs=1e-5)


def test_train_and_evaluate(without_dialogs: Path, example: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    done = train(arguments(without_dialogs, run))
    assert done["cases"] == 60 and "shared_wkt" in done and done["seed"] == 3
    assert {path.name for path in run.iterdir()} == {
        "run.json", "curve.jsonl", "ranker.json", "ranker.safetensors", "vectors.json", "vectors.safetensors",
    }  # fmt: skip
    assert train(arguments(without_dialogs, run)) == json.loads((run / "run.json").read_text())
    with pytest.raises(FascodeError, match="other settings"):
        train(arguments(without_dialogs, run, epochs=3))
    given = Namespace(
        run=run, data=without_dialogs, dialogs=example / "ac_eval_example.dev", predictions=tmp_path / "p.txt", seed=0
    )
    figures = evaluate(given)
    assert (
        figures["cases"] == 6
        and -1 <= figures["wkt"] <= 1
        and set(figures["baselines"]) == {"random", "overlap", "tfidf"}
    )
    assert [sorted(map(int, line.split())) for line in (tmp_path / "p.txt").read_text().splitlines()] == [[0, 1, 2]] * 6
    assert evaluate(given) == figures


def test_a_killed_run_goes_on_where_it_was(
    without_dialogs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stylist.fascode import training

    whole = train(arguments(without_dialogs, tmp_path / "whole"))
    real_save, saves = torch.save, []

    def save_once(*args: object, **more: object) -> None:
        if saves:
            raise KeyboardInterrupt
        saves.append(1)
        real_save(*args, **more)

    monkeypatch.setattr(training.torch, "save", save_once)
    with pytest.raises(KeyboardInterrupt):
        train(arguments(without_dialogs, tmp_path / "killed"))
    monkeypatch.undo()
    assert not (tmp_path / "killed" / "run.json").exists()
    again = train(arguments(without_dialogs, tmp_path / "killed"))
    assert again["shared_wkt"] == pytest.approx(whole["shared_wkt"])


def test_training_dialogs(example: Path, table: ItemTable, tmp_path: Path) -> None:
    dialogs, _ = read_training(example / "ddata.example.txt")
    shown = acts.shown_outfits(dialogs[0], table, Report())
    assert len(shown) == 2 and len(set(shown[0][1]) ^ set(shown[1][1])) == 2
    cases = list(acts.cases(dialogs, table, 0, Report()))
    assert len(cases) == 24 and cases[0].candidates[:2] == (shown[1][1], shown[0][1])
    assert acts.popularity(dialogs, table).max() > 0
    assert train(arguments(example, tmp_path / "run"))["dialogs"] == ["ddata.example.txt"]


def test_a_dress_empties_the_top(table: ItemTable) -> None:
    from stylist.fascode.files import TrainingDialog, Turn

    turns = (Turn("AC", "BL-001 SK-001 SE-001"), Turn("AC", "OP-001"), Turn("AC", "BL-002"))
    shown = [items for _, items in acts.shown_outfits(TrainingDialog(turns), table, Report())]
    assert shown == [("BL-001", "SK-001", "SE-001"), ("OP-001", "SE-001"), ("BL-002", "SE-001")]


def test_any_number_of_candidates_is_ranked(
    without_dialogs: Path, example: Path, table: ItemTable, tmp_path: Path
) -> None:
    from stylist.fascode.commands import load_table
    from stylist.fascode.ranker import COLUMNS, Ranker

    train(arguments(without_dialogs, tmp_path / "run"))
    ranker = Ranker.load(tmp_path / "run", load_table(without_dialogs, Fitted.load(tmp_path / "run")))
    case = read_evaluation(example / "ac_eval_example.dev")[0][0]
    for count in (2, 3, 5):
        sets = (case.candidates * 2)[:count] if count <= 3 else (*case.candidates, *case.candidates[:2])
        scores = ranker.score([EvaluationCase("0", case.turns, sets)], seed=1)[0]
        assert len(scores) == count and np.isfinite(scores).all()
    silent = EvaluationCase("1", (), case.candidates)
    batch = ranker.score([case, silent])
    np.testing.assert_allclose(batch[0], ranker.score([case])[0], atol=1e-4)
    why = ranker.why(case)
    assert len(why) == 3 and all(name in COLUMNS for reasons in why for name, _ in reasons)


def test_refusals(without_dialogs: Path, example: Path, tmp_path: Path) -> None:
    with pytest.raises(FascodeError, match="no such folder"):
        train(arguments(tmp_path / "none", tmp_path / "run"))
    (tmp_path / "full").mkdir()
    shutil.copy(example / "mdata.txt", tmp_path / "full")
    with pytest.raises(FascodeError, match="not empty"):
        train(arguments(without_dialogs, tmp_path / "full"))
    with pytest.raises(FascodeError, match="no trained ranker"):
        evaluate(Namespace(run=tmp_path / "nothing", data=without_dialogs, dialogs=example / "ac_eval_example.dev"))
