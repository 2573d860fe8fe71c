"""Reading evaluation and training dialogs, and saying clearly what is wrong with a broken file."""

from __future__ import annotations

from pathlib import Path

import pytest

from stylist.errors import FascodeError
from stylist.fascode.files import join_segments, read_evaluation, read_training
from stylist.fascode.metadata import read_metadata

CASE = "; 0\nCO\t반갑습니다.\nUS\t치마로 해주세요.\nR1\tSK-001 SE-001\nR2\tSK-002 SE-001\n"


def write(path: Path, text: str, encoding: str = "cp949") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_example_reads_whole(example: Path) -> None:
    metadata = read_metadata(example)
    cases, report = read_evaluation(example / "ac_eval_example.dev", metadata)
    assert len(cases) == 6 and not report.skipped
    assert [len(case.candidates) for case in cases] == [3] * 6
    assert cases[0].turns[0].speaker == "CO" and cases[0].turns[1].text.startswith("회사에")
    dialogs, report = read_training(example / "ddata.example.txt")
    assert len(dialogs) == 24 and not report.skipped
    assert dialogs[0].turns[0].tags == ("INTRO",)


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig"])
def test_encodings_give_the_same(tmp_path: Path, encoding: str) -> None:
    cases, _ = read_evaluation(write(tmp_path / "e.dev", CASE, encoding))
    assert cases[0].turns[1].text == "치마로 해주세요."
    assert cases[0].candidates == (("SK-001", "SE-001"), ("SK-002", "SE-001"))


def test_mixed_encodings_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "e.dev"
    path.write_bytes(CASE.encode("cp949") + CASE.replace("; 0", "; 1").encode("utf-8"))
    cases, _ = read_evaluation(path)
    assert [case.turns[0].text for case in cases] == ["반갑습니다.", "반갑습니다."]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("; 0\nUS\t네.\nR1\tSK-001\n", 1, "at least two"),
        ("; 0\nUS\t네.\n; 1\nUS\t네.\nR1\tA\nR2\tB\n", 1, "at least two"),
        ("US\t네.\n", 1, "before the first case"),
        ("; 0\nUS\t네.\nR1\tSK-001\nR3\tSK-002\n", 4, "R2 was expected"),
        ("; 0\nUS\t네.\nR1\tSK-001\nR2\n", 4, "names no item"),
        ("; 0\nXX\t네.\n", 2, "expected CO, US"),
        (CASE + CASE, 6, "second case"),
        (CASE + "US\t더요.\n", 6, "talk after the candidates"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = write(tmp_path / "bad.dev", text)
    with pytest.raises(FascodeError, match=says) as fault:
        read_evaluation(path)
    assert f"bad.dev, line {line}" in str(fault.value) and "\n" not in str(fault.value)


def test_damaged_bytes_and_empty_and_missing(tmp_path: Path) -> None:
    (tmp_path / "half.dev").write_bytes(CASE.encode("cp949") + b"US\t\xb0\n")
    with pytest.raises(FascodeError, match=r"half\.dev, line 6.*truncated"):
        read_evaluation(tmp_path / "half.dev")
    with pytest.raises(FascodeError, match="no case"):
        read_evaluation(write(tmp_path / "empty.dev", ""))
    with pytest.raises(FascodeError, match="cannot be read"):
        read_evaluation(tmp_path / "none.dev")


def test_unknown_item_skips_its_case_and_counts_it(tmp_path: Path, example: Path) -> None:
    text = CASE + "; 1\nUS\t네.\nR1\tSK-999 SE-001\nR2\tSK-002 SE-001\n; 2\nR1\tSK-001\nR2\tSK-002\n; end\n"
    cases, report = read_evaluation(write(tmp_path / "e.dev", text), read_metadata(example))
    assert [case.number for case in cases] == ["0", "2"]
    assert any("SK-999" in sentence and "line 6" in sentence for sentence in report.sentences())
    assert any("without talk" in sentence for sentence in report.sentences())


def test_repeated_item_in_a_candidate_counts_once(tmp_path: Path) -> None:
    cases, _ = read_evaluation(write(tmp_path / "e.dev", CASE.replace("SK-001 SE-001", "SK-001 SE-001 SK-001")))
    assert cases[0].candidates[0] == ("SK-001", "SE-001")


def test_segmented_text_is_joined() -> None:
    assert join_segments("치마 로 추천_해 주 세 요") == "치마로 추천해주세요"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0\t<CO>\t네\tINTRO\n2\t<US>\t네\t\n", "line 2: turn 2 where turn 1"),
        ("0\t<ZZ>\t네\tINTRO\n", "line 1: speaker"),
        ("네\n", "line 1: expected turn number"),
        ("", "no dialog"),
    ],
)
def test_training_faults(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(FascodeError, match=says):
        read_training(write(tmp_path / "ddata.txt", text))


def test_unknown_tag_is_dropped_and_counted(tmp_path: Path) -> None:
    dialogs, report = read_training(
        write(tmp_path / "ddata.txt", "0\t<CO>\t네\tINTRO;DANCE\n1\t<US>\t네\tUSER_SUCCESS\n")
    )
    assert dialogs[0].turns[0].tags == ("INTRO",)
    assert report.skipped == {"unknown tag 'DANCE'": 1}


def test_real_files(real: Path) -> None:
    metadata = read_metadata(real)
    assert len(metadata.items) == 2603
    for name in ("ac_eval_t1.dev", "ac_eval_t1.wst.dev"):
        cases, _ = read_evaluation(real / name, metadata)
        assert len(cases) == 60
