"""The canonical words for garments. Everything else speaks in these; nothing here knows about models or files of items.

The values are the public contract and stand in `data/vocabulary.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from stylist.errors import VocabularyError

_RAW = json.loads((Path(__file__).parent / "data" / "vocabulary.json").read_text(encoding="utf-8"))

SLOTS: tuple[str, ...] = tuple(_RAW["slots"])
TYPES_BY_SLOT: dict[str, tuple[str, ...]] = {slot: tuple(types) for slot, types in _RAW["types"].items()}
TYPES: tuple[str, ...] = tuple(t for types in TYPES_BY_SLOT.values() for t in types)
SLOT_OF_TYPE: dict[str, str] = {t: slot for slot, types in TYPES_BY_SLOT.items() for t in types}
COVERS_TOP: frozenset[str] = frozenset(_RAW["covers_top"])
COLORS: tuple[str, ...] = tuple(_RAW["colors"])
COLOR_FAMILIES: dict[str, tuple[str, ...]] = {family: tuple(shades) for family, shades in _RAW["color_families"].items()}
FAMILY_OF_COLOR: dict[str, str] = {shade: family for family, shades in COLOR_FAMILIES.items() for shade in shades}
PATTERNS: tuple[str, ...] = tuple(_RAW["patterns"])
MATERIALS: tuple[str, ...] = tuple(_RAW["materials"])
SEASONS: tuple[str, ...] = tuple(_RAW["seasons"])
FORMALITY: tuple[str, ...] = tuple(_RAW["formality"])
OCCASIONS: tuple[str, ...] = tuple(_RAW["occasions"])
SLEEVES: tuple[str, ...] = tuple(_RAW["sleeves"])
LENGTHS: tuple[str, ...] = tuple(_RAW["lengths"])
FITS: tuple[str, ...] = tuple(_RAW["fits"])
STYLES: tuple[str, ...] = tuple(_RAW["styles"])
GENDERS: tuple[str, ...] = ("women", "men", "unisex")
FASCODE_TYPES: dict[str, str] = dict(_RAW["fascode_types"])
FASCODE_SLOTS: dict[str, str] = {"O": "outer", "T": "top", "B": "bottom", "S": "shoes"}

VALUES: dict[str, tuple[str, ...]] = {
    "type": TYPES,
    "color": COLORS,
    "pattern": PATTERNS,
    "material": MATERIALS,
    "season": SEASONS,
    "formality": FORMALITY,
    "occasion": OCCASIONS,
    "sleeve": SLEEVES,
    "length": LENGTHS,
    "fit": FITS,
    "style": STYLES,
    "gender": GENDERS,
}
"""Field of an item or a wish -> the values it may take."""

FIELDS: tuple[str, ...] = tuple(VALUES)
MULTIVALUED: frozenset[str] = frozenset({"season", "occasion", "style"})
"""Fields of which one item may carry several values."""


def is_color_word(value: str) -> bool:
    """True for a shade or a family."""
    return value in FAMILY_OF_COLOR or value in COLOR_FAMILIES


def shades(value: str) -> frozenset[str]:
    """The shades that a color wish admits.

    A shade that also names its family (`blue`, `red`) means the whole family, as people mean it: someone who says
    "no blue" does not want navy either. A shade of its own (`navy`) means only itself.
    """
    if value in COLOR_FAMILIES:
        return frozenset(COLOR_FAMILIES[value])
    if value in FAMILY_OF_COLOR:
        return frozenset({value})
    raise VocabularyError(f"color: {value!r} is neither a shade nor a family of the vocabulary")


def check(field: str, values: Iterable[str]) -> tuple[str, ...]:
    """`values` as a tuple without repeats, in order; VocabularyError for a field or value that is not in the vocabulary."""
    if field not in VALUES:
        raise VocabularyError(f"{field!r} is not a field of the vocabulary; expected one of {', '.join(FIELDS)}")
    result = tuple(dict.fromkeys(values))
    for value in result:
        if value not in VALUES[field]:
            raise VocabularyError(f"{field}: {value!r} is not in the vocabulary; expected one of {', '.join(VALUES[field])}")
    return result
