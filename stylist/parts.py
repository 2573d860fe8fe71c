"""Single garments of several looks: "the jacket from 1 with the jeans from 3", "I love the boots in the second look".

An edit picks whole looks; this finds which garment of which look the words name. Whether one is wanted at all is the tracker's to
tell: a garment that its edit speaks against is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stylist import edits
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.edits import Edit
from stylist.mllm import lexicon

_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
             "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5}  # fmt: skip
_NOUN = r"(?:look|outfit|option|number|no\.|set)"
_AFTER = re.compile(
    r"(?:\s+(?:from|of|in|out of|off|on)\s+(?:"
    rf"(?:the\s+)?(?P<ordinal>first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th)\b(?=\s*(?:{_NOUN}|one|picture|board|$|[,.!?;&+]|and\b|with\b|plus\b|but\b))"
    rf"|(?:the\s+)?{_NOUN}\s*#?(?P<named>[1-5]|one|two|three|four|five)\b"
    r"|#?(?P<bare>[1-5])(?=\s*(?:$|[,.!?;&+]|and\b|with\b|plus\b|but\b|please\b|pls\b|thanks\b|instead\b)))"
    r"|(?:은|는|만|도)\s?(?P<korean>[1-5])\s?번)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?P<ordinal>first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th)(?:\s+(?:{_NOUN}|one))?['’]s"
    rf"|{_NOUN}\s*#?(?P<named>[1-5])['’]s"
    r"|(?P<count>[1-5])\s?번(?:째)?(?:\s?(?:코디|룩|거|것))?(?:의|에서|에\s?있는|에)?"
    r"|(?P<counted>첫|두|세|네|다섯)\s?번째(?:\s?(?:코디|룩|거|것))?(?:의|에서|에\s?있는|에)?)"
    r"\s+(?:[\w가-힣]+\s)?$",
    re.IGNORECASE,
)


def named(text: str) -> dict[str, int]:
    """Slot -> number of the look whose garment of that slot the text names; the first that is named of each slot."""
    found: dict[str, int] = {}
    for mention in lexicon.load("ko" if re.search("[가-힣]", text) else "en").find(text):
        slot = next((v.SLOT_OF_TYPE.get(value, value) for value in mention.values if value in v.SLOT_OF_TYPE or value in v.SLOTS), None)
        match = _AFTER.match(text, mention.end) or _BEFORE.search(text[: mention.start])
        if slot is not None and match:
            said = next(group for group in match.groups() if group).lower()
            found.setdefault(slot, int(said) if said.isdecimal() else _ORDINALS[said])
    return found


def meant(text: str, edit: Edit, count: int) -> dict[str, int]:
    """The garments to take, slot -> number of the look, of `count` looks: of several looks, or of one where the edit refers to one;
    nothing that the edit speaks against."""
    found = {slot: number for slot, number in named(text).items() if number <= count and not _against(edit, slot)}
    refers = not {"pick", "keep"}.isdisjoint(edit) or any(v.SLOT_OF_TYPE.get(t) in found for t in edit.get("+type", []))
    return found if len(set(found.values())) > 1 or (refers and "all" not in edit.get("keep", [])) else {}


def _against(edit: Edit, slot: str) -> bool:
    types = {v.SLOT_OF_TYPE.get(t) for t in edit.get("-type", [])}
    return slot in types or slot in (*edit.get("swap", []), *edit.get("exclude", [])) or any(key.startswith((f"-{slot}.", f"={slot}.", f"+{slot}.")) for key in edit)


def items(shown: Sequence[Outfit], parts: Mapping[str, int]) -> list[Item]:
    """The garments themselves, of the looks that were shown."""
    chosen = ((slot, shown[number - 1]) for slot, number in parts.items() if number <= len(shown))
    return [item for slot, outfit in chosen for item in outfit.items if item.slot == slot]


def rest(edit: Edit, slots: Sequence[str]) -> Edit:
    """The edit without its reference to looks and without what names the garments of these slots."""
    left: Edit = {}
    for key, value in edit.items():
        if key in ("pick", "keep", "swap"):
            continue
        if key in ("+type", "=type"):
            value = [t for t in value if v.SLOT_OF_TYPE.get(t) not in slots]
        if value or value is True:
            left[key] = value
    return left


def wishes(said: Mapping[int, Edit], parts: Mapping[str, int], fields: Sequence[str]) -> Edit:
    """Looks that were told in words: `said[number]` is what the tracker read of one. The garments of `parts` as wishes, with these fields."""
    found: Edit = {}
    for slot, number in parts.items():
        told = said.get(number, {})
        types = [t for t in told.get("+type", []) if v.SLOT_OF_TYPE[t] == slot]
        if types:
            found = edits.merge(found, {"=type": types} | {f"={slot}.{name}": told[f"+{slot}.{name}"] for name in fields if f"+{slot}.{name}" in told})
    return found
