"""Results of the commands as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Left-aligned columns under a header; numbers to the right."""
    lines = [list(map(str, headers)), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    numeric = [all(_is_number(row[n]) for row in lines[1:]) and len(lines) > 1 for n in range(len(headers))]
    text = []
    for row in lines:
        cells = (_pad(cell, width, right) for cell, width, right in zip(row, widths, numeric, strict=True))
        text.append("  ".join(cells).rstrip())
    return "\n".join(text)


def _width(text: str) -> int:
    """Columns on a terminal: Hangul and its kin take two."""
    return sum(2 if "ᄀ" <= c <= "ᅟ" or "⺀" <= c <= "꓏" or "가" <= c <= "힣" or "＀" <= c <= "｠" else 1 for c in text)


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _is_number(text: str) -> bool:
    return text == "" or text.replace(".", "", 1).replace("-", "", 1).isdigit()


def _price(item: dict[str, Any]) -> str:
    return "" if item.get("price") is None else f"{item['price']:.2f} {item.get('currency', 'USD')}"


def answers(found: list[dict[str, Any]]) -> str:
    """Each answer of `recommend`: the reply, then its outfits."""
    return "\n\n".join(_answer(answer) for answer in found)


def _answer(answer: dict[str, Any]) -> str:
    parts = [f"# {answer['id']}"] if answer.get("id") is not None else []
    if "error" in answer:
        return "\n".join([*parts, f"error: {answer['error']}"])
    parts.append(answer["reply"])
    if answer.get("question") and answer["question"] not in answer["reply"]:
        parts.append(answer["question"])
    for outfit in answer["outfits"]:
        total = "" if outfit.get("total_price") is None else f", {outfit['total_price']:.2f} {outfit.get('currency', 'USD')}"
        parts.append(f"\nOutfit {outfit['rank']} (score {outfit['score']:.2f}{total})")
        rows = [(i["slot"], i.get("title") or i["type"], i.get("color") or "", _price(i), i["id"]) for i in outfit["items"]]
        parts.append(table(("slot", "item", "color", "price", "id"), rows))
        parts += [f"  - {why['text']}" for why in outfit.get("why", ())]
    return "\n".join(parts)


def descriptions(found: list[dict[str, Any]]) -> str:
    """What `describe` saw on each photo."""
    rows = []
    for photo in found:
        for seen in photo.get("items", ()):
            row = [photo["path"], *(str(seen.get(f) or "") for f in ("slot", "type", "color", "pattern"))]
            rows.append([*row, f"{seen.get('confidence', 0):.2f}"])
        if not photo.get("items"):
            rows.append([photo["path"], photo.get("error", "no garment"), "", "", "", ""])
    return table(("photo", "slot", "type", "color", "pattern", "confidence"), rows)


def found(items: list[dict[str, Any]]) -> str:
    """The items of `search`."""
    if not items:
        return "nothing found"
    rows = [(f"{i['score']:.3f}", i["id"], i["type"], i.get("color") or "", i.get("title", ""), _price(i)) for i in items]
    return table(("score", "id", "type", "color", "title", "price"), rows)


def index_report(report: dict[str, Any]) -> str:
    """What `index` did."""
    notes = report.get("notes", [])
    figures_ = "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in report.items() if name != "notes")
    return figures_ + "".join(f"\n  {note}" for note in notes)


def figures(document: dict[str, Any], indent: str = "") -> str:
    """A document of named figures, nested ones below their name."""
    lines = []
    for name, value in document.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", figures(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {value:.4f}" if isinstance(value, float) else f"{indent}{name}: {value}")
    return "\n".join(lines)
