"""Tables as they come: CSV with any usual delimiter and encoding, JSONL, a JSON or YAML list. Gives rows of text cells and the line
each began on; knows nothing of what the columns mean."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stylist.errors import CatalogError

_DELIMITERS = ",;\t|"
_NOTHING = frozenset({"", "na", "n/a", "nan", "none", "null", "-", "--", "unknown", "not specified", "#n/a"})
_LARGEST_CELL = 10_000_000
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # JSON can hold half a surrogate pair, a file cannot


@dataclass(frozen=True)
class Row:
    """One row: the line of the file it began on, and its cells as text by column name; empty cells are left out."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Column names in order, and the rows; `place` is what a row's number counts."""

    path: Path
    columns: tuple[str, ...]
    rows: list[Row]
    place: str = "line"


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 with a mark, or CP1252; CatalogError where it is none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CatalogError(f"{path}: no such file; expected a table of items") from None
    except IsADirectoryError:
        raise CatalogError(f"{path}: a folder; expected a table of items") from None
    except OSError as fault:
        raise CatalogError(f"{path}: cannot be read: {fault.strerror}") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data:
        raise CatalogError(f"{path}: not a text file; expected a table of items")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CatalogError(f"{path}: neither UTF-8 nor CP1252 text; expected one of them")


def read_csv(path: Path) -> Table:
    """A table with a header line; CatalogError for an empty table, a row that is too long, or an open quote."""
    text = read_text(path)
    if not text.strip():
        raise CatalogError(f"{path}: empty; expected a header line with the columns id, title, type, …")
    header_line = text.lstrip("\r\n").splitlines()[0]
    delimiter = max(_DELIMITERS, key=header_line.count)
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: tuple[str, ...] | None = None
    rows: list[Row] = []
    begun = 1
    try:
        for cells in reader:
            line, begun = begun, reader.line_num + 1
            if not any(c.strip() for c in cells):
                continue
            if columns is None:
                columns = _header(path, line, cells)
                continue
            if len(cells) > len(columns) and any(c.strip() for c in cells[len(columns) :]):
                raise CatalogError(
                    f"{path}: line {line}: {len(cells)} cells; expected {len(columns)}, one a column (a cell that holds {delimiter!r} needs quotes)"
                )
            rows.append(Row(line, {c: text for c, cell in zip(columns, cells, strict=False) if (text := clean(cell))}))
    except csv.Error as fault:
        raise CatalogError(f"{path}: line {begun}: {fault}; expected every quoted cell to be closed") from None
    return Table(path, columns or (), _some(path, rows))


def _header(path: Path, line: int, cells: list[str]) -> tuple[str, ...]:
    names = [c.strip() for c in cells]
    while names and not names[-1]:
        names.pop()
    repeated = next((n for n in names if n and names.count(n) > 1), None)
    if repeated is not None:
        raise CatalogError(f"{path}: line {line}: column {repeated!r} stands twice; expected each once")
    return tuple(name or f"column {number}" for number, name in enumerate(names, 1))


def clean(value: Any) -> str:
    """A cell as text: lists joined by `|`, what means nothing ("N/A", null) as ''."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "|".join(filter(None, (clean(part) for part in value)))
    if isinstance(value, (bool, dict)):
        return json.dumps(value, ensure_ascii=False)
    text = _HALF_CHARACTER.sub("\ufffd", str(value)).strip()
    return "" if text.lower() in _NOTHING else text


def read_records(path: Path) -> Table:
    """A table of objects: JSONL, a JSON list, or a YAML list, by its content and ending."""
    text = read_text(path)
    if not text.strip():
        raise CatalogError(f"{path}: empty; expected an object for each item")
    if path.suffix.lower() in (".yaml", ".yml"):
        pairs: Iterator[tuple[int, Any]] = enumerate(_yaml_list(path, text), 1)
        place = "entry"
    elif text.lstrip().startswith("["):
        pairs, place = enumerate(_json_list(path, text), 1), "entry"
    else:
        pairs, place = _json_lines(path, text), "line"
    rows: list[Row] = []
    columns: dict[str, None] = {}
    for number, record in pairs:
        if not isinstance(record, dict):
            raise CatalogError(f"{path}: {place} {number}: expected an object, found {type(record).__name__}")
        columns.update(dict.fromkeys(map(str, record)))
        try:
            rows.append(Row(number, {str(name): text for name, cell in record.items() if (text := clean(cell))}))
        except RecursionError:
            raise CatalogError(f"{path}: {place} {number}: lists in lists without end; expected text, numbers or lists of them") from None
    return Table(path, tuple(columns), _some(path, rows), place)


def _json_lines(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as fault:
                raise CatalogError(f"{path}: line {number}: not JSON ({fault.msg}); expected one object a line") from None
            except (RecursionError, ValueError):  # lists in lists without end, a number of thousands of digits
                raise CatalogError(f"{path}: line {number}: no JSON that can be read; expected one object a line") from None


def _json_list(path: Path, text: str) -> list[Any]:
    try:
        return list(json.loads(text))
    except json.JSONDecodeError as fault:
        raise CatalogError(f"{path}: line {fault.lineno}: not JSON ({fault.msg}); expected a list of objects") from None
    except (RecursionError, ValueError):
        raise CatalogError(f"{path}: no JSON that can be read; expected a list of objects") from None


def _yaml_list(path: Path, text: str) -> list[Any]:
    import yaml

    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (RecursionError, ValueError):
        raise CatalogError(f"{path}: no YAML that can be read; expected a list of items") from None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise CatalogError(f"{path}: line {mark.line + 1 if mark else 1}: not YAML; expected a list of items") from None
    if not isinstance(data, list):
        raise CatalogError(f"{path}: expected a list of items, found {type(data).__name__}")
    return data


def _some(path: Path, rows: list[Row]) -> list[Row]:
    if not rows:
        raise CatalogError(f"{path}: no rows; expected at least one item below the header")
    return rows
