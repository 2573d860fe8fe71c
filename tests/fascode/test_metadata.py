"""Item metadata: columns, codes, encodings, and the lexicon's reading of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stylist.errors import FascodeError
from stylist.fascode.lexicon import lexicon, squeeze
from stylist.fascode.metadata import FascodeItem, read_metadata


def test_example(example: Path) -> None:
    metadata = read_metadata(example)
    assert {item.slot for item in metadata.items} == set("OTBS")
    item = metadata["CT-001"]
    assert item.type == "CT" and "긴소매" in item.lines["F"]
    assert "CT-999" not in metadata


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("CT-001\tO\tCT\tF", "4 columns"),
        ("CT-001\tQ\tCT\tF\t긴소매", "slot 'Q'"),
        ("CT-001\tO\tSK\tF\t긴소매", "type 'SK' in slot O; expected one of CT"),
        ("CT-001\tO\tCT\tZ\t긴소매", "aspect 'Z'"),
        ("\tO\tCT\tF\t긴소매", "no item id"),
        ("CT-000\tO\tJK\tF\t긴소매", "one slot and type"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "mdata.txt"
    path.write_bytes(("CT-000\tO\tCT\tF\t긴소매\n" + row + "\n").encode("cp949"))
    with pytest.raises(FascodeError, match=says) as fault:
        read_metadata(path)
    assert "mdata.txt, line 2" in str(fault.value)


def test_folder_without_metadata(tmp_path: Path) -> None:
    with pytest.raises(FascodeError, match=r"expected mdata\*\.txt"):
        read_metadata(tmp_path)
    with pytest.raises(FascodeError, match=r"no such folder|cannot be read"):
        read_metadata(tmp_path / "none")


def test_repeated_row_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "mdata.txt"
    path.write_text("CT-000\tO\tCT\tF\t긴소매\n" * 2, encoding="utf-8")
    metadata = read_metadata(path)
    assert metadata.report.skipped == {"repeated row": 1}
    assert metadata["CT-000"].lines["F"] == ("긴소매",)


def test_concepts_of_an_item() -> None:
    words = lexicon()
    item = FascodeItem("SE-1", "S", "SE", {"F": ("굽이 낮은 플랫 슈즈",), "E": ("편안한", "달라붙지 않는")})
    named = {concept.name for concept, count in zip(words.concepts, words.profile(item), strict=True) if count}
    assert {"low_heel", "comfortable"} <= named
    assert not named & {"slim", "short_bottom", "high_heel"}


def test_scenes_name_known_concepts() -> None:
    words = lexicon()
    names = {concept.name for concept in words.concepts}
    assert len(names) == len(words.concepts)
    for scene in words.scenes:
        assert set(scene.concepts) <= names, scene.name
        assert any(scene.pattern.search(squeeze(form)) for form in scene.forms), scene.name
