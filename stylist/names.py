"""How a vocabulary value or an item is called in plain words, English and Korean. Only names; sentences are made elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

from stylist.catalog.items import Item

_NAMES: dict[str, dict] = json.loads((Path(__file__).parent / "data" / "names.json").read_text(encoding="utf-8"))

LANGUAGES = tuple(_NAMES)


def value_name(field: str, value: str, language: str = "en") -> str:
    """`value_name("type", "jumper")` -> "blouson"; the value itself where it has no other name."""
    return str(_NAMES[language].get(field, {}).get(value, value))


def item_name(item: Item, language: str = "en", definite: bool = False) -> str:
    """An item in a few words, "navy wool blazer" or "네이비 울 블레이저"; `definite` puts "the" before an English one."""
    words = []
    if item.color and not (item.color == "multicolor" and item.pattern not in (None, "solid")):
        words.append(value_name("color", item.color, language))
    if item.pattern not in (None, "solid"):
        words.append(value_name("pattern", item.pattern or "", language))
    type_name = value_name("type", item.type, language)
    if item.material and item.type not in ("jeans", "denim-jacket", "leather-jacket", "sunglasses", "puffer"):
        material = value_name("material", item.material, language)
        if material.split()[0] not in type_name:
            words.append(material)
    words.append(type_name)
    text = " ".join(words)
    return f"the {text}" if definite and language == "en" else text


def is_plural(type_: str) -> bool:
    """True for garments that English speaks of in the plural (jeans, boots)."""
    return type_ in _NAMES["en"]["plural_types"]
