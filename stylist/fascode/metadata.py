"""FASCODE's item metadata: five columns a row (item, slot, type code, aspect, description). Light: no numpy, no torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stylist.errors import FascodeError
from stylist.fascode import decoding

SLOT_CODES = ("O", "T", "B", "S")
"""Outer, top, bottom, shoes."""
SLOT_OF_TYPE = {
    **dict.fromkeys(("CT", "CD", "VT", "JK", "JP"), "O"),
    **dict.fromkeys(("KN", "SW", "SH", "BL"), "T"),
    **dict.fromkeys(("SK", "PT", "OP"), "B"),
    "SE": "S",
}
ASPECTS = {"F": "shape", "M": "material", "C": "color", "E": "mood"}


@dataclass(frozen=True)
class FascodeItem:
    """One garment: `lines` maps an aspect code (F, M, C, E) to its description lines in the file's order."""

    id: str
    slot: str
    type: str
    lines: Mapping[str, tuple[str, ...]]

    def text(self, aspects: Sequence[str] = tuple(ASPECTS)) -> str:
        """The lines of the given aspects, joined by line breaks."""
        return "\n".join(line for aspect in aspects for line in self.lines.get(aspect, ()))


@dataclass
class Report:
    """What reading left out: reason -> how often, and the first place of each."""

    skipped: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def skip(self, reason: str, place: str) -> None:
        self.skipped[reason] = self.skipped.get(reason, 0) + 1
        self.first.setdefault(reason, place)

    def sentences(self) -> list[str]:
        """One sentence a reason, for a log."""
        return [f"skipped {count} x {reason} (first: {self.first[reason]})" for reason, count in self.skipped.items()]


@dataclass(frozen=True)
class Metadata:
    """The items in the file's order, and their rows by id."""

    items: tuple[FascodeItem, ...]
    row: Mapping[str, int]
    report: Report

    def __contains__(self, item_id: object) -> bool:
        return item_id in self.row

    def __getitem__(self, item_id: str) -> FascodeItem:
        return self.items[self.row[item_id]]


def is_segmented(path: Path) -> bool:
    """True for the word-segmented form of a file (`.wst.` in its name)."""
    return ".wst" in path.name


def metadata_files(folder: Path) -> list[Path]:
    """The metadata files of a data folder; the plain form where both forms are there."""
    if not folder.is_dir():
        raise FascodeError(f"{folder}: no such folder; expected one that holds mdata*.txt and image/")
    found = sorted(folder.glob("mdata*.txt"))
    plain = [path for path in found if not is_segmented(path)]
    if not found:
        raise FascodeError(f"{folder}: holds no item metadata; expected mdata*.txt")
    return plain or found


def read_metadata(path: Path) -> Metadata:
    """Items from a data folder or one `mdata*.txt`, CP949 or UTF-8.

    Raises:
        FascodeError: a row without five columns, an unknown slot, type or aspect code, an item in two slots, no rows.
    """
    files = metadata_files(path) if path.is_dir() else [path]
    kinds: dict[str, tuple[str, str]] = {}
    texts: dict[str, dict[str, list[str]]] = {}
    report = Report()
    for file in files:
        for number, line in decoding.lines(file):
            if not line.strip():
                continue
            place = f"{file}, line {number}"
            item_id, slot, kind, aspect, text = _row(line, place)
            if kinds.setdefault(item_id, (slot, kind)) != (slot, kind):
                before = "/".join(kinds[item_id])
                raise FascodeError(
                    f"{place}: item {item_id} is {slot}/{kind} here and {before} before; expected one slot and type"
                )
            said = texts.setdefault(item_id, {code: [] for code in ASPECTS})[aspect]
            if not text:
                report.skip("row without a description", place)
            elif text in said:
                report.skip("repeated row", place)
            else:
                said.append(text.replace("_", "") if is_segmented(file) else text)
    if not kinds:
        raise FascodeError(f"{files[0]}: holds no item; expected rows of item, slot, type, aspect, description")
    items = tuple(
        FascodeItem(item_id, slot, kind, {code: tuple(said) for code, said in texts[item_id].items()})
        for item_id, (slot, kind) in kinds.items()
    )
    return Metadata(items, {item.id: row for row, item in enumerate(items)}, report)


def _row(line: str, place: str) -> tuple[str, str, str, str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != 5:
        raise FascodeError(
            f"{place}: {len(cells)} columns; expected five (item, slot, type, aspect, description) parted by tabs"
        )
    item_id, slot, kind, aspect, text = cells
    if not item_id:
        raise FascodeError(f"{place}: no item id in the first column")
    if slot not in SLOT_CODES:
        raise FascodeError(f"{place}: slot {slot!r}; expected one of {', '.join(SLOT_CODES)}")
    if SLOT_OF_TYPE.get(kind) != slot:
        known = ", ".join(code for code, its_slot in SLOT_OF_TYPE.items() if its_slot == slot)
        raise FascodeError(f"{place}: type {kind!r} in slot {slot}; expected one of {known}")
    if aspect not in ASPECTS:
        raise FascodeError(f"{place}: aspect {aspect!r}; expected one of {', '.join(ASPECTS)}")
    return item_id, slot, kind, aspect, text
