"""Reading dialog files, good and bad."""

import json
from pathlib import Path

import pytest

from stylist.dialog import Dialog, read_dialogs
from stylist.errors import DialogError

GOOD = {"turns": [{"role": "user", "text": "hi"}, {"role": "assistant", "text": "A dress?"}, {"role": "user", "text": "yes"}]}


def write(folder: Path, data: object) -> Path:
    path = folder / "dialog.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_one_dialog_and_a_list(tmp_path: Path) -> None:
    dialogs, is_list = read_dialogs(write(tmp_path, GOOD))
    assert not is_list and len(dialogs) == 1
    dialogs, is_list = read_dialogs(write(tmp_path, [GOOD, {**GOOD, "id": "b"}]))
    assert is_list and [d.id for d in dialogs] == [None, "b"]


def test_exchanges_pair_each_answer_with_what_was_asked() -> None:
    exchanges = Dialog.from_json(GOOD).exchanges()
    assert [(before, turn.text) for before, turn in exchanges] == [("", "hi"), ("A dress?", "yes")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("{not json", "line 1"),
        ({}, "turns"),
        ({"turns": []}, "turns"),
        ([1], "dialog 0"),
        ({"turns": [{"role": "user", "text": "a"}, {"role": "assistant", "text": "b"}]}, "last turn"),
        ({"turns": [{"role": "robot", "text": "a"}]}, "turns.0.role"),
        ({"turns": [{"role": "user", "text": "  "}]}, "text or images"),
        ({"turns": [{"role": "user", "text": "a", "images": ["missing.jpg"]}]}, "missing.jpg"),
    ],
)
def test_bad_files_say_where(tmp_path: Path, data: object, says: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(DialogError, match=says) as fault:
        read_dialogs(path)
    assert "dialog.json" in str(fault.value) and "\n" not in str(fault.value)


def test_a_missing_or_binary_file(tmp_path: Path) -> None:
    with pytest.raises(DialogError, match="no such file"):
        read_dialogs(tmp_path / "none.json")
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(DialogError, match="UTF-8"):
        read_dialogs(tmp_path / "b.json")
