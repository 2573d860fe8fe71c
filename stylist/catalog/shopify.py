"""Shopify's product export (CSV): several lines a product, one for each variant and picture. One item a product and color."""

from __future__ import annotations

import re
from pathlib import Path

from stylist.catalog.items import Item
from stylist.catalog.report import ReadReport
from stylist.catalog.rows import items_of_table
from stylist.catalog.table import Row, Table, read_csv, read_text
from stylist.errors import CatalogError

_COLUMNS = {
    "Title": "title",
    "Body (HTML)": "description",
    "Type": "type",
    "Product Type": "type",
    "Custom Product Type": "type",
    "Product Category": "category",
    "Standard Product Type": "category",
    "Variant Price": "price",
    "Price": "price",
    "Image Src": "image",
    "Product image URL": "image",
    "Vendor": "vendor",
}
_OPTIONS = {"color": "color", "colour": "color", "material": "material", "fabric": "material", "style": "style"}
_TAG = re.compile(r"<[^>]+>")


def is_export(path: Path) -> bool:
    """True for a CSV whose header has Shopify's columns."""
    lines = read_text(path).lstrip("\r\n").splitlines()
    return bool(lines) and re.search(r"(^|[,;\t])\"?Handle\"?[,;\t]", lines[0]) is not None and "Title" in lines[0]


def read(path: Path) -> tuple[list[Item], ReadReport]:
    """The items of an export; CatalogError names the line at fault."""
    table = read_csv(path)
    if "Handle" not in table.columns:
        raise CatalogError(f"{path}: line 1: no column Handle; expected Shopify's product export")
    products: dict[str, list[Row]] = {}
    handle = ""
    for row in table.rows:
        handle = row.cells.get("Handle", handle)
        if not handle:
            raise CatalogError(f"{path}: line {row.line}: column Handle: empty; expected the product's handle")
        products.setdefault(handle, []).append(row)
    rows = [row for handle, lines in products.items() for row in _variants(handle, lines)]
    columns = ("id", "title", "description", "type", "category", "price", "image", "color", "material", "style", "vendor")
    return items_of_table(Table(path, columns, rows))


def _variants(handle: str, lines: list[Row]) -> list[Row]:
    """A row for each color of a product, else one row; a status other than active is left out."""
    first = lines[0].cells
    if first.get("Status", "active").lower() in ("draft", "archived") or first.get("Published", "true").lower() == "false":
        return []
    shared = {ours: first[theirs] for theirs, ours in reversed(_COLUMNS.items()) if theirs in first}
    if "description" in shared:
        shared["description"] = " ".join(_TAG.sub(" ", shared["description"]).split())
    names = {n: _OPTIONS[first[f"Option{n} Name"].lower()] for n in "123" if first.get(f"Option{n} Name", "").lower() in _OPTIONS}
    chosen: dict[str, Row] = {}
    for line in lines:
        options = {field: line.cells[f"Option{n} Value"] for n, field in names.items() if f"Option{n} Value" in line.cells}
        if line is not lines[0] and not options:
            continue
        color = options.get("color", "")
        if color not in chosen:
            own = {"price": line.cells.get("Variant Price", line.cells.get("Price", "")), "image": line.cells.get("Variant Image", "")}
            cells = {**shared, **options, **{k: text for k, text in own.items() if text}, "id": handle}
            chosen[color] = Row(line.line, cells)
    if len(chosen) > 1:
        for color, row in chosen.items():
            row.cells["id"] = f"{handle}-{re.sub(r'[^a-z0-9]+', '-', color.lower()).strip('-')}"
    return list(chosen.values())
