"""Reads a shop's table into items: `read(path, format)`. Formats: csv, jsonl, fascode, shopify, merchant, or auto.

Values outside the vocabulary go to the nearest where that is sure (`normalise`) and stay as text in `Item.extra`. A row whose
type cannot be told is not guessed: it comes back in the report, and a picture may settle it when the catalogue is indexed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from stylist.catalog import fascode, merchant, shopify
from stylist.catalog.items import Item
from stylist.catalog.report import ReadReport, in_order
from stylist.catalog.rows import items_of_table
from stylist.catalog.table import read_csv, read_records
from stylist.errors import CatalogError

Reader = Callable[[Path], tuple[list[Item], ReadReport]]

READERS: dict[str, Reader] = {
    "csv": lambda path: items_of_table(read_csv(path)),
    "jsonl": lambda path: items_of_table(read_records(path)),
    "fascode": fascode.read,
    "shopify": shopify.read,
    "merchant": merchant.read,
}
FORMATS: tuple[str, ...] = ("auto", *READERS)

_RECORDS = (".jsonl", ".ndjson", ".json", ".yaml", ".yml")


def read(path: str | Path, format: str = "auto", settle: bool = True) -> tuple[list[Item], ReadReport]:
    """The items of a table, in its order, and what happened to each row. CatalogError names file, line and column at fault.

    Of a row that tells only its slot ("shoes", "top") an item is made whose type is the slot, unless `settle` is False: then it
    stays among the report's undecided rows, for the one who can look at its picture. A table of which no row becomes an item or may become one by its picture is a CatalogError too.
    """
    path = Path(path)
    if format not in FORMATS:
        raise CatalogError(f"format: {format!r} is not known; expected one of {', '.join(FORMATS)}")
    if path.is_dir() and (path / "items.jsonl").is_file():
        path = path / "items.jsonl"  # a catalogue's own folder
    chosen = detect(path) if format == "auto" else format
    if path.is_dir() and chosen != "fascode":
        raise CatalogError(f"{path}: a folder; expected a table, or a folder with mdata*.txt")
    items, report = READERS[chosen](path)
    report.format = chosen
    if not items and not report.undecided:
        raise CatalogError(f"{path}: none of the {report.rows} rows is a garment whose type can be told; {report.first_reason()}")
    if settle:
        told = [(u.before, item) for u in report.undecided if (item := u.as_slot_only()) is not None]
        report.undecided = [u for u in report.undecided if u.as_slot_only() is None]
        items = in_order(items, told)
        report.items = len(items)
    return items, report


def detect(path: Path) -> str:
    """The format of a file or folder by its name and first lines; CatalogError where there is nothing to read."""
    if not path.exists():
        raise CatalogError(f"{path}: no such file; expected a table of items")
    if path.is_dir() or fascode.is_metadata(path):
        return "fascode"
    if path.suffix.lower() in _RECORDS:
        return "jsonl"
    if path.suffix.lower() in (".xml", ".rss", ".atom") or merchant.is_feed(path):
        return "merchant"
    return "shopify" if shopify.is_export(path) else "csv"
