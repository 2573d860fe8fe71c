"""Google Merchant feeds: tab-separated text, or XML (RSS 2.0 or Atom with the `g:` names)."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from stylist.catalog.items import Item
from stylist.catalog.report import ReadReport
from stylist.catalog.rows import items_of_table
from stylist.catalog.table import Row, Table, clean, read_csv, read_text
from stylist.errors import CatalogError

_COLUMNS = {
    "id": "id",
    "title": "title",
    "description": "description",
    "link": "url",
    "image link": "image",
    "product type": "type",
    "google product category": "category",
    "color": "color",
    "pattern": "pattern",
    "material": "material",
    "gender": "gender",
    "age group": "age",
    "sale price": "sale price",
    "price": "price",
    "item group id": "group",
    "brand": "brand",
}


def is_feed(path: Path) -> bool:
    """True for a text feed: its header has `image_link` or `google_product_category`."""
    lines = read_text(path).lstrip("\r\n").splitlines()
    return bool(lines) and re.search(r"\b(image[_ ]link|google[_ ]product[_ ]category)\b", lines[0]) is not None


def read(path: Path) -> tuple[list[Item], ReadReport]:
    """The items of a feed; CatalogError names the line (of XML, the entry) at fault."""
    text = read_text(path).lstrip()
    is_xml = text.startswith("<")
    rows = [_renamed(row) for row in (_xml_rows(path, text) if is_xml else read_csv(path).rows)]
    columns = tuple(dict.fromkeys(c for row in rows for c in row.cells))
    return items_of_table(Table(path, columns, rows, "entry" if is_xml else "line"))


def _renamed(row: Row) -> Row:
    cells = {}
    for name, text in row.cells.items():
        plain = name.lower().removeprefix("g:").replace("_", " ").strip()
        cells[_COLUMNS.get(plain, plain)] = text
    if "sale price" in cells:
        cells["price"] = cells.pop("sale price")
    return Row(row.line, cells)


def _xml_rows(path: Path, text: str) -> list[Row]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise CatalogError(f"{path}: declares a document type; expected a plain RSS or Atom feed")
    try:
        root = ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as fault:
        raise CatalogError(f"{path}: line {fault.position[0]}: not XML; expected an RSS or Atom feed") from None
    rows = []
    for number, entry in enumerate((e for e in root.iter() if _name(e) in ("item", "entry")), 1):
        cells: dict[str, str] = {}
        for child in entry:
            cell = clean(child.text or child.get("href"))
            if cell:
                cells.setdefault(_name(child), cell)
        rows.append(Row(number, cells))
    if not rows:
        raise CatalogError(f"{path}: holds no item; expected an RSS or Atom feed of products")
    return rows


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
