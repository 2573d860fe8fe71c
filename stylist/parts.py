"""Single garments of several looks: "the jacket from 1 with the jeans from 3", "look 2 but the shoes from 1".

An edit picks whole looks; this finds which garment of which look the words name. Whether one is wanted at all is the tracker's to
tell: a garment that its edit speaks against is left alone, and so is one that the words complain of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stylist import edits, told
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.edits import Edit
from stylist.mllm import lexicon

LONGEST = 2000
"""Characters of a message that are looked at."""
_NEAR = 40
_TWO = 2
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
             "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, **dict(zip("abcde", range(1, 6), strict=True))}  # fmt: skip
_NOUN = r"(?:look|outfit|option|number|no\.|set)"
_NTH = r"first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th"
_TIMES = r"(?!\s?(?:입|신|정도|이상|씩|넘))"  # "3번 입을": worn three times
_AFTER = re.compile(
    r"(?:\s+(?:from|of|in|out of|off|on)\s+(?:"
    rf"(?:the\s+)?(?P<ordinal>{_NTH})\b(?=\s*(?:{_NOUN}|one|picture|board|$|[,.!?;&+]|and\b|with\b|plus\b|but\b|instead\b))"
    rf"|(?:the\s+)?{_NOUN}\s*#?(?P<named>[1-5]|one|two|three|four|five)\b"
    r"|#(?P<hash>[1-5])|(?:(?:look|outfit|option)\s+)?(?-i:(?P<letter>[A-E]))(?=\s*(?:$|[,.!?;&+]|and\b|with\b|plus\b|but\b|please\b)))"
    r"|\s+(?:from|of)\s+(?P<bare>[1-5])(?=\s*(?:$|[,.!?;&+]|and\b|with\b|plus\b|but\b|please\b|pls\b|thanks\b|instead\b))"
    rf"|(?:은|는|만|도)\s?(?P<korean>[1-5])\s?번{_TIMES})",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?P<ordinal>{_NTH})(?:\s+(?:{_NOUN}|one))?['’]s|{_NOUN}\s*#?(?P<named>[1-5])['’]s"
    r"|(?<!주일에 )(?<!하루에 )(?<!달에 )(?<!년에 )(?P<count>[1-5])\s?번(?:째)?(?:\s?(?:코디|룩|거|것))?(?:의|에서|에\s?있는|에)?"
    r"|(?P<counted>첫|두|세|네|다섯)\s?번째(?:\s?(?:코디|룩|거|것))?(?:의|에서|에\s?있는|에)?)"
    r"\s+(?:(?!입|신을)[\w가-힣]+\s)?$",
    re.IGNORECASE,
)
_BLAMED = re.compile(r"(?:은|는|이|가)?\s+(?:(?:is|are|was|were|look|looks|seems?)\s+)?(?:way\s+|a bit\s+)?(?:too\b|not\b|costs?\b|너무|별로|비싸)", re.IGNORECASE)
_ALIKE = ({"jeans", "trousers", "chinos", "joggers", "leggings"}, {"dress", "jumpsuit"}, set(v.TYPES_BY_SLOT["outer"]), set(v.TYPES_BY_SLOT["top"]),
          set(v.TYPES_BY_SLOT["shoes"]), set(v.TYPES_BY_SLOT["bag"]))  # fmt: skip
"""Types that people call by each other's names."""


@dataclass(frozen=True)
class Named:
    """A garment that the words name: of look `number`; `types` may be meant, none where only the slot is named."""

    number: int
    types: frozenset[str] = frozenset()

    def fits(self, type_: str) -> bool:
        """Whether a garment of this type may be called so."""
        return not self.types or any(type_ == t or any(type_ in group and t in group for group in _ALIKE) for t in self.types)


def named(text: str) -> dict[str, Named]:
    """Slot -> the garment of that slot that the text names; the first of each slot."""
    found: dict[str, Named] = {}
    text = text[:LONGEST]
    for mention in lexicon.mentions(text):
        slot = next((v.SLOT_OF_TYPE.get(value, value) for value in mention.values if value in v.SLOT_OF_TYPE or value in v.SLOTS), None)
        after = _AFTER.match(text, mention.end)
        match = after or _BEFORE.search(text[max(0, mention.start - _NEAR) : mention.start])
        if slot is None or not match or _BLAMED.match(text, after.end() if after else mention.end):
            continue
        said = next(group for group in match.groups() if group).lower()
        types = frozenset(value for value in mention.values if value in v.SLOT_OF_TYPE)
        found.setdefault(slot, Named(int(said) if said.isdecimal() else _ORDINALS[said], types))
    return found


def meant(text: str, edit: Edit, count: int) -> dict[str, Named]:
    """The garments to take, by slot, of `count` looks: of several looks, or of one where the edit refers to one; nothing that the
    edit speaks against."""
    if not count:
        return {}
    found = {slot: name for slot, name in named(text).items() if name.number <= count and not _against(edit, slot)}
    numbers = {str(name.number) for name in found.values()} | set(edit.get("pick", []))
    refers = not {"pick", "keep"}.isdisjoint(edit) or any(v.SLOT_OF_TYPE.get(t) in found for t in edit.get("+type", []))
    return found if found and (len(numbers) > 1 or (refers and "all" not in edit.get("keep", []))) else {}


def _against(edit: Edit, slot: str) -> bool:
    types = {v.SLOT_OF_TYPE.get(t) for t in edit.get("-type", [])}
    swapped = edit.get("swap", []) if len(edit.get("pick", [])) < _TWO else []  # of two looks named, the swap is the other's garment
    return slot in types or slot in (*swapped, *edit.get("exclude", [])) or any(key.startswith((f"-{slot}.", f"={slot}.", f"+{slot}.")) for key in edit)


def taken(shown: Sequence[Outfit], text: str, edit: Edit) -> tuple[list[Item], Outfit | None]:
    """The garments that the words name of the looks shown, and the look that they are to join, where another one is picked."""
    parts = meant(text, edit, len(shown))
    items = [item for slot, name in parts.items() for item in shown[name.number - 1].items if item.slot == slot and name.fits(item.type)]
    base = _base(parts, edit, len(shown))
    return items, shown[base - 1] if items and base else None


def picked(edit: Edit, count: int) -> list[int]:
    """The numbers of the looks that an edit picks, of `count`."""
    return [int(pick) for pick in edit.get("pick", []) if pick.isdecimal() and int(pick) <= count]


def _base(parts: Mapping[str, Named], edit: Edit, count: int) -> int | None:
    """The look that the garments join: one picked that none of them is of."""
    return next((number for number in picked(edit, count) if number not in {name.number for name in parts.values()}), None)


def rest(edit: Edit, slots: Sequence[str]) -> Edit:
    """The edit without its reference to looks and without what names the garments of these slots."""
    left: Edit = {}
    for key, value in edit.items():
        if key in ("pick", "keep", "swap"):
            continue
        if key in ("+type", "=type"):
            value = [t for t in value if v.SLOT_OF_TYPE.get(t) not in slots]
        if key == "include":
            value = [slot for slot in value if slot not in slots]
        if value:
            left[key] = value
    return left


def wishes(said: Mapping[int, Edit], parts: Mapping[str, Named]) -> Edit:
    """Looks that were told in words: `said[number]` is what the tracker read of one. The garments of `parts` as wishes."""
    found: Edit = {}
    for slot, name in parts.items():
        garments = said.get(name.number, {})
        types = [t for t in garments.get("+type", []) if v.SLOT_OF_TYPE[t] == slot and name.fits(t)]
        if types:
            found = edits.merge(found, {"=type": types} | {f"={slot}.{field}": garments[f"+{slot}.{field}"] for field in told.KEPT_FIELDS if f"+{slot}.{field}" in garments})
    return found


def resolved(said: Mapping[int, Edit], parts: Mapping[str, Named], edit: Edit, count: int) -> Edit:
    """The edit with the garments of `parts` as wishes, of `count` looks that were told in words; {} where no such garment was told."""
    kept = wishes(said, parts)
    if not kept:
        return {}
    left, base = rest(edit, list(parts)), _base(parts, edit, count)
    if base is not None and said[base].get("+type"):  # "look 3 with the shoes of look 1"
        left = told.resolved({"keep": ["all"], "swap": list(parts)} | left, said[base])
    return edits.merge(left, kept)
