"""Each kind of bad line that a FASCODE folder may hold: one clear line with file and number, or a counted skip."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

from stylist.errors import FascodeError
from stylist.fascode import acts
from stylist.fascode.baselines import baselines, overlap_scores
from stylist.fascode.commands import train
from stylist.fascode.files import TrainingDialog, Turn, read_evaluation, read_training
from stylist.fascode.items import ItemTable
from stylist.fascode.metadata import Report, read_metadata

EVALUATION = "; 0\nUS\t치마로 해주세요.\nR1\tSK-001 SE-001\nR2\tSK-002 SE-001\n"
TRAINING = "0\t<CO>\t반갑습니다.\tINTRO\n1\t<US>\t치마로 해주세요.\t\n"
METADATA = "SK-001\tB\tSK\tF\t짧은 치마\nSE-001\tS\tSE\tF\t낮은 굽\n"
READERS = {
    "e.dev": (read_evaluation, EVALUATION), "ddata.txt": (read_training, TRAINING), "mdata.txt": (read_metadata, METADATA),
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_a_file_cut_within_a_letter(tmp_path: Path, name: str) -> None:
    read, text = READERS[name]
    raw = text.encode("cp949")
    end = raw.rindex("굽".encode("cp949") if name == "mdata.txt" else "치".encode("cp949")) + 1
    (tmp_path / name).write_bytes(raw[:end])
    with pytest.raises(FascodeError, match=rf"{name}, line 2.*truncated") as fault:
        read(tmp_path / name)
    assert "\n" not in str(fault.value)


def test_a_file_cut_between_lines(tmp_path: Path) -> None:
    (tmp_path / "e.dev").write_text(EVALUATION.rsplit("R2", 1)[0], encoding="utf-8")
    with pytest.raises(FascodeError, match=r"e\.dev, line 1: case 0 has 1 candidate sets; expected at least two"):
        read_evaluation(tmp_path / "e.dev")
    (tmp_path / "mdata.txt").write_text(METADATA.rsplit("\t", 1)[0], encoding="utf-8")
    with pytest.raises(FascodeError, match=r"mdata\.txt, line 2: 4 columns"):
        read_metadata(tmp_path / "mdata.txt")
    (tmp_path / "ddata.txt").write_text(TRAINING.rsplit("\t", 2)[0], encoding="utf-8")
    with pytest.raises(FascodeError, match=r"ddata\.txt, line 2: expected turn number"):
        read_training(tmp_path / "ddata.txt")


@pytest.mark.parametrize("name", READERS)
def test_each_line_in_its_own_encoding(tmp_path: Path, name: str) -> None:
    read, text = READERS[name]
    lines = text.splitlines(keepends=True)
    mixed = [line.encode("utf-8" if number % 2 else "cp949") for number, line in enumerate(lines)]
    (tmp_path / name).write_bytes(b"".join(mixed))
    found = read(tmp_path / name)
    (tmp_path / name).write_text(text, encoding="utf-8")
    plain = read(tmp_path / name)
    assert getattr(found, "items", found) == getattr(plain, "items", plain)


def test_acts_with_items_that_the_metadata_lacks(table: ItemTable) -> None:
    report = Report()
    turns = (Turn("US", "치마요"), Turn("AC", "SK-001 SK-999 SE-001", ("SUCCESS",)))
    cases = list(acts.cases([TrainingDialog(turns, "ddata.txt, line 1")], table, 0, report))
    assert set(cases[0].candidates[0]) == {"SK-001", "SE-001"}
    assert report.sentences() == ["skipped 1 x item that the metadata lacks (SK-999) (first: ddata.txt, line 1)"]


def test_dialogs_that_teach_nothing_are_counted(table: ItemTable) -> None:
    report, silent, failed = (
        Report(),
        TrainingDialog((), "f, line 1"),
        TrainingDialog((Turn("AC", "SK-001 SE-001", ("FAIL",)),), "f, line 2"),
    )
    assert list(acts.cases([silent, failed], table, 0, report)) == []
    assert report.skipped == {"dialog without an outfit that was taken": 2}


@pytest.mark.parametrize("count", [2, 4, 6])
def test_other_numbers_of_candidates_are_ranked(tmp_path: Path, table: ItemTable, count: int) -> None:
    sets = "".join(f"R{n + 1}\tSK-00{n % 3 + 1} SE-00{n % 2 + 1}\n" for n in range(count))
    (tmp_path / "e.dev").write_text(f"; 0\nUS\t치마요\n{sets}", encoding="utf-8")
    cases, report = read_evaluation(tmp_path / "e.dev", table.metadata)
    assert len(cases[0].candidates) == count and not report.skipped
    assert all(-1 <= value <= 1 for value in baselines(cases, table).values())


def test_the_same_candidate_twice_is_a_tie(tmp_path: Path, table: ItemTable) -> None:
    text = EVALUATION.replace("R2\tSK-002 SE-001", "R2\tSE-001 SK-001\nR3\tSK-002 SE-001")
    (tmp_path / "e.dev").write_text(text, encoding="utf-8")
    cases, _ = read_evaluation(tmp_path / "e.dev", table.metadata)
    scores = overlap_scores(cases)[0]
    assert len(cases[0].candidates) == 3 and np.isclose(scores[0], scores[1])


def test_an_item_named_twice_counts_once_and_is_reported(tmp_path: Path, table: ItemTable) -> None:
    (tmp_path / "e.dev").write_text(EVALUATION.replace("R1\tSK-001", "R1\tSK-001 SK-001"), encoding="utf-8")
    cases, report = read_evaluation(tmp_path / "e.dev", table.metadata)
    assert cases[0].candidates[0] == ("SK-001", "SE-001")
    assert report.sentences() == [
        f"skipped 1 x item named twice in a candidate (it counts once) (first: {tmp_path / 'e.dev'}, line 3)"
    ]


def test_too_few_dialogs_leave_no_run_behind(without_dialogs: Path, tmp_path: Path) -> None:
    turns = ["0\t<US>\t치마요.\t", "1\t<AC>\tSK-001 SE-001\tSUGGEST_COORDI", "2\t<US>\t좋아요.\tUSER_SUCCESS"]
    (without_dialogs / "ddata.txt").write_text("\n".join(turns * 3) + "\n", encoding="utf-8")
    with pytest.raises(FascodeError, match=r"ddata\.txt: 3 dialogs to learn from; expected at least 20"):
        train(Namespace(data=without_dialogs, out=tmp_path / "run", seed=0))
    (without_dialogs / "ddata.txt").unlink()
    with pytest.raises(FascodeError, match="cases 5; expected at least 20"):
        train(Namespace(data=without_dialogs, out=tmp_path / "run", seed=0, cases=5))
    assert not (tmp_path / "run").exists()


def test_the_outfit_taken_is_the_goal_whatever_is_shown_after(table: ItemTable) -> None:
    turns = (
        Turn("US", "치마요"), Turn("AC", "SK-001 SE-001"), Turn("US", "아니요", ("USER_FAIL",)), Turn("AC", "SE-002"),
        Turn("US", "좋아요", ("USER_SUCCESS",)), Turn("AC", "SK-003 SE-003"), Turn("US", "아니요", ("USER_FAIL",)),
    )  # fmt: skip
    case = next(acts.cases([TrainingDialog(turns, "ddata.txt, line 1")], table, 0, Report()))
    assert case.candidates[:2] == (("SK-001", "SE-002"), ("SK-001", "SE-001"))
    assert [turn.text for turn in case.turns] == ["치마요"]


def test_an_empty_dialog_is_ranked_and_reported(tmp_path: Path, table: ItemTable) -> None:
    text = EVALUATION.replace("US\t치마로 해주세요.\n", "")
    (tmp_path / "e.dev").write_text(text, encoding="utf-8")
    cases, report = read_evaluation(tmp_path / "e.dev", table.metadata)
    assert len(cases) == 1 and cases[0].turns == ()
    assert report.sentences() == [
        f"skipped 1 x dialog without talk (its case is ranked all the same) (first: {tmp_path / 'e.dev'}, line 1)"
    ]
