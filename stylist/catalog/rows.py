"""Rows of text cells to items: which column means what, what the words say, what is left open."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import yaml
from pydantic import ValidationError

from stylist import vocabulary as v
from stylist.catalog import normalise, prices
from stylist.catalog.items import Item
from stylist.catalog.normalise import DATA, NOT_WORN
from stylist.catalog.report import ReadReport, Undecided
from stylist.catalog.table import Row, Table
from stylist.errors import CatalogError

REQUIRED = "expected a column id and one of title, type, image"
GENERIC = {
    "jacket": ("blazer", "denim-jacket", "leather-jacket", "puffer", "jumper", "trench-coat"),
    "coat": ("trench-coat", "puffer"),
    "trousers": ("chinos", "joggers", "leggings", "jeans"),
    "t-shirt": ("polo", "tank-top"),
    "shirt": ("polo",),
    "sweater": ("turtleneck", "cardigan"),
    "sweatshirt": ("hoodie",),
}
"""A shop's broad type -> the finer ones that a title may make of it."""

IMPLIED_MATERIAL = {"denim-jacket": "denim", "jeans": "denim", "leather-jacket": "leather"}
_SINGLE = ("pattern", "material", "fit", "sleeve", "length")
_SHAPELESS = ("shoes", "bag", "accessory")
_CHILD = re.compile(r"\b(kids?|boys?|girls?|bab(y|ies)|infants?|toddlers?|child(ren)?|newborn)\b", re.I)


@cache
def _aliases() -> dict[str, list[str]]:
    return yaml.safe_load((DATA / "columns.yaml").read_text(encoding="utf-8"))


def columns_of(table: Table) -> dict[str, list[str]]:
    """Field of the contract -> the columns of the table that hold it, best first; CatalogError where a required one lacks."""
    plain = {re.sub(r"[\W_]+", "", c.lower()): c for c in reversed(table.columns)}
    found = {field: [plain[a] for a in aliases if a in plain] for field, aliases in _aliases().items()}
    found = {field: columns for field, columns in found.items() if columns}
    if "id" not in found or not found.keys() & {"title", "type", "image"}:
        lacking = "id" if "id" not in found else "title, type and image"
        raise CatalogError(f"{table.path}: no column {lacking}; {REQUIRED}; found {', '.join(table.columns) or 'none'}")
    return found


def items_of_table(table: Table) -> tuple[list[Item], ReadReport]:
    """The items of a table and the report on its rows; CatalogError names the line and column at fault."""
    columns = columns_of(table)
    report = ReadReport(rows=len(table.rows))
    items: list[Item] = []
    lines: dict[str, int] = {}
    for row in table.rows:
        reader = _RowReader(table, columns, row, report, len(items))
        id_ = reader.cell("id")
        if not id_:
            raise reader.fault("id", "empty; expected an id of its own for every item")
        if id_ in lines:
            raise reader.fault("id", f"{id_!r} stands on {table.place} {lines[id_]} already; expected it once")
        lines[id_] = row.line
        item = reader.read()
        if item is not None:
            items.append(item)
    report.items = len(items)
    return items, report


class _RowReader:
    """Reads one row; notes what it repairs, keeps and leaves out."""

    def __init__(self, table: Table, columns: dict[str, list[str]], row: Row, report: ReadReport, before: int) -> None:
        self.table, self.columns, self.row, self.report = table, columns, row, report
        self.before = before
        self.place = f"{table.place} {row.line}"

    def cell(self, field: str) -> str:
        """The text of a field; '' where the table or the row has none."""
        return next((self.row.cells[c] for c in self.columns.get(field, ()) if c in self.row.cells), "")

    def fault(self, field: str, message: str) -> CatalogError:
        column = self.columns.get(field, [field])[0]
        return CatalogError(f"{self.table.path}: {self.place}: column {column}: {message}")

    def read(self) -> Item | None:
        """The item; None where the row is left out or its type is open, which the report then says."""
        if not (self.cell("title") or self.cell("type") or self.cell("image")):
            raise self.fault("title", "empty, and so are type and image; expected at least one of them")
        if _CHILD.search(" ".join((self.cell("gender"), self.cell("age")))):
            self.report.skipped.append(f"{self.place}: for children; expected clothes for adults")
            return None
        title = normalise.title_values(self.cell("title"))
        slot = self._slot()
        kind = self._type(title.pop("type", None), slot)
        if kind == NOT_WORN:
            text = self.cell("type") or self.cell("title") or self.cell("category")
            self.report.skipped.append(f"{self.place}: {text!r} is no type of the vocabulary")
            return None
        if v.SLOT_OF_TYPE.get(kind or "", kind or slot) in _SHAPELESS:
            title = {field: x for field, x in title.items() if field not in ("length", "fit", "sleeve")}
        fields = self._fields(title, kind if kind in v.TYPES else None)
        if kind in v.TYPES:
            if slot and slot != v.SLOT_OF_TYPE[kind]:
                self.report.repaired.append(f"{self.place}: slot: a {kind} sits in {v.SLOT_OF_TYPE[kind]}, not {slot}")
            return self._item({**fields, "type": kind, "slot": v.SLOT_OF_TYPE[kind]})
        slot = kind or slot
        text = self.cell("type") or self.cell("title") or self.cell("image")
        self.report.undecided.append(
            Undecided(self.row.line, fields, slot, f"{self.place}: the type cannot be told from {text!r}", self.before)
        )
        return None

    def _item(self, fields: dict[str, Any]) -> Item:
        try:
            return Item.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            raise self.fault(str(first["loc"][0]) if first["loc"] else "id", first["msg"].removeprefix("Value error, ")) from None

    def _slot(self) -> str | None:
        text = self.cell("slot")
        if not text:
            return None
        stems = {normalise.stem(s): s for s in v.SLOTS} | {"accessory": "accessory"}
        slot = stems.get(normalise.stem(text.strip().lower()))
        if slot is None:
            raise self.fault("slot", f"{text!r} is not a slot; expected one of {', '.join(v.SLOTS)}")
        return slot

    def _type(self, in_title: str | None, slot: str | None) -> str | None:
        """A type, a slot where only that is known, NOT_WORN, or None."""
        cell = self.cell("type")
        exact = normalise.canonical("type", cell)
        if exact:
            return exact
        named = normalise.value("type", cell) if cell else None
        broad = [_one_type(self.row.cells[c]) for f in ("category", "style") for c in self.columns.get(f, ()) if c in self.row.cells]
        if named == NOT_WORN or (named is None and NOT_WORN in broad):
            return NOT_WORN
        if named in v.TYPES:
            return in_title if in_title in GENERIC.get(named, ()) else named
        known_slot = named or slot or next((b for b in broad if b in v.SLOTS), None)
        choices = [c for c in (in_title, *broad) if c and c not in v.SLOTS]
        for choice in choices:
            if choice == NOT_WORN and named is None:
                return NOT_WORN
            if choice in v.TYPES and known_slot in (None, v.SLOT_OF_TYPE[choice]):
                return choice
        if named is None and in_title in v.SLOTS and slot in (None, in_title):
            return in_title
        return known_slot

    def _fields(self, title: dict[str, str], type_: str | None) -> dict[str, Any]:
        extra = _extra(self.row.cells.get("extra", ""))
        fields: dict[str, Any] = {"id": self.cell("id"), "title": " ".join(self.cell("title").split())}
        for field in ("description", "image", "url"):
            if self.cell(field):
                fields[field] = self.cell(field)
        color = self._value("color", extra) or (None if self.cell("color") else title.get("color"))
        if color is None and not self.cell("color") and type_:
            color = normalise.described_color(self.cell("description"), type_)
        fields["color"] = color
        for field in _SINGLE:
            fields[field] = self._value(field, extra) or (None if self.cell(field) else title.get(field))
        if fields["material"] is None and type_ in IMPLIED_MATERIAL:
            fields["material"] = IMPLIED_MATERIAL[type_]
        fields["formality"] = self._formality(extra) or title.get("formality")
        for field in ("season", "style", "occasion"):
            fields[field] = self._values(field, extra)
        if self.cell("formality"):
            uses = normalise.values("occasion", self.cell("formality")) if fields["formality"] is None else ()
            fields["occasion"] = tuple(dict.fromkeys((*fields["occasion"], *uses)))
        if not fields["style"] and "style" in title:
            fields["style"] = (title["style"],)
        fields["gender"] = self._value("gender", extra) or title.get("gender", "unisex")
        fields.update(self._price())
        known = {c for columns in self.columns.values() for c in columns}
        extra.update({c: text for c, text in self.row.cells.items() if c not in known and not (c == "extra" and text.startswith("{"))})
        for field in ("type", "category"):
            for column in self.columns.get(field, ()):
                if column in self.row.cells and self.row.cells[column] != type_:
                    extra.setdefault(column if column != "type" else "type", self.row.cells[column])
        fields["extra"] = extra
        return fields

    def _keep(self, field: str, text: str, extra: dict[str, Any]) -> None:
        extra[field] = text
        key = f"{field}: {text}"
        self.report.kept_as_text[key] = self.report.kept_as_text.get(key, 0) + 1

    def _value(self, field: str, extra: dict[str, Any]) -> str | None:
        text = self.cell(field)
        found = normalise.value(field, text) if text else None
        if text and (found is None or normalise.canonical(field, text) is None):
            extra[field] = text
            if found is None:
                self._keep(field, text, extra)
        return found

    def _formality(self, extra: dict[str, Any]) -> str | None:
        text = self.cell("formality")
        if text and normalise.value("formality", text) is None and normalise.values("occasion", text):
            return None
        return self._value("formality", extra)

    def _values(self, field: str, extra: dict[str, Any]) -> tuple[str, ...]:
        """Values of a cell parted by `|`; parts that name none stay as text."""
        found: list[str] = []
        unknown: list[str] = []
        for part in filter(None, (p.strip() for p in self.cell(field).split("|"))):
            values = normalise.values(field, part)
            found += values
            if not values and not _everything(part) and not (field == "style" and _one_type(part)):
                unknown.append(part)
        if unknown:
            self._keep(field, "|".join(unknown), extra)
        return tuple(dict.fromkeys(found))

    def _price(self) -> dict[str, Any]:
        code = None
        if self.cell("currency"):
            try:
                code = prices.currency(self.cell("currency"))
            except CatalogError as error:
                raise self.fault("currency", str(error)) from None
        text = self.cell("price")
        if not text:
            return {"currency": code} if code else {}
        try:
            amount, named, repaired = prices.parse(text, code)
        except CatalogError as error:
            raise self.fault("price", str(error)) from None
        if repaired:
            self.report.repaired.append(f"{self.place}: price: read {text!r} as {amount:.2f} {named or code or ''}".rstrip())
        return {"price": amount, "currency": named or code or "USD"}


def _extra(text: str) -> dict[str, Any]:
    """The further fields of an item that was written as JSON before."""
    try:
        found = json.loads(text) if text.startswith("{") else {}
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _everything(text: str) -> bool:
    """True for what means no restriction, as "all seasons"."""
    return bool(re.match(r"^(all|any|every|year)\b", text.strip().lower()))


@cache
def _one_type(text: str) -> str | None:
    """The type or slot of a category's name if it names only one."""
    words = normalise.tokens(text)
    found = {m.value for m in normalise.lexicon().find(words) if m.field in ("type", "slot")}
    return found.pop() if len(found) == 1 else None
