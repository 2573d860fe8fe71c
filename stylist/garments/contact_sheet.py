"""All drawings of one type side by side: `python -m stylist.garments.contact_sheet CATALOGUE --type T --out PNG`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from stylist.errors import CatalogError, StylistError

GROUND = "#f6f4f0"
INK = "#4a4640"
_CAPTION = 16


def read_items(catalogue: Path) -> list[dict[str, Any]]:
    """The lines of the catalogue's `items.jsonl`; CatalogError names the file or line at fault."""
    path = catalogue / "items.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as fault:
        raise CatalogError(f"{path}: {fault.strerror}") from None
    items = []
    for number, line in enumerate(lines, 1):
        try:
            items.append(json.loads(line))
        except json.JSONDecodeError as fault:
            raise CatalogError(f"{path}: line {number}: not JSON: {fault.msg}") from None
    return items


def sheet(catalogue: Path, items: Sequence[dict[str, Any]], tile: int = 220, columns: int = 8) -> Image.Image:
    """The pictures of the items in rows, each with its id below; a missing picture leaves its place empty."""
    rows = -(-len(items) // columns)
    result = Image.new("RGB", (columns * tile, rows * (tile + _CAPTION)), GROUND)
    pen = ImageDraw.Draw(result)
    for number, item in enumerate(items):
        left, top = number % columns * tile, number // columns * (tile + _CAPTION)
        path = catalogue / (item.get("image") or "")
        if path.is_file():
            with Image.open(path) as picture:
                small = picture.convert("RGBA").resize((tile, tile), Image.Resampling.LANCZOS)
            result.paste(small, (left, top), small)
        pen.text((left + 6, top + tile), item["id"], fill=INK)
    return result


def main(arguments: list[str] | None = None) -> int:
    """The command; 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m stylist.garments.contact_sheet", description=__doc__)
    parser.add_argument("catalogue", type=Path, help="folder with items.jsonl and images/")
    parser.add_argument("--type", action="append", default=[], help="type to show (may be repeated; default: all)")
    parser.add_argument("--out", type=Path, required=True, help="picture to write")
    parser.add_argument("--tile", type=int, default=220, help="side of one picture in pixels (default 220)")
    parser.add_argument("--columns", type=int, default=8, help="pictures a row (default 8)")
    given = parser.parse_args(arguments)
    try:
        items = [item for item in read_items(given.catalogue) if not given.type or item["type"] in given.type]
        if not items:
            raise CatalogError(f"{given.catalogue}: holds no item of type {', '.join(given.type)}")
        sheet(given.catalogue, items, given.tile, given.columns).save(given.out)
    except StylistError as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
