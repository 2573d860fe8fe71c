"""Titles and descriptions as a shop prints them, put together from hand-written parts. Decides no attribute."""

from __future__ import annotations

import random
import re
from typing import Any

from stylist import vocabulary as v

_RELAXED = ("sport", "casual")
_CLOTHES = ("outer", "top", "bottom")


def _layer(table: dict[str, list[str]], *keys: str) -> list[str]:
    """The entry of the first key that the table holds, else that of `any`."""
    return next((table[key] for key in keys if key in table), table["any"])


def _names_fabric(name: str, tables: dict[str, Any]) -> bool:
    """Whether a model's name already says what it is made of."""
    words = set(re.split(r"[\s-]+", name.lower()))
    return bool(words & set(v.MATERIALS)) or bool(words & set(tables["wording"]["fabric_names"]))


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def entitle(
    type_: str, name: str, color: str, pattern: str, material: str | None, tables: dict[str, Any], rng: random.Random
) -> str:
    """A title with color and, where the name does not say them already, fabric and pattern."""
    wording = tables["wording"]
    fabric = ""
    if material is not None and not _names_fabric(name, tables):
        fabric = rng.choice(_layer(tables["materials"][material]["words"], type_, v.SLOT_OF_TYPE[type_]))
    adjective = noun = ""
    if pattern != "solid":
        words = wording["pattern_words"][pattern]
        adjective, noun = rng.choice(words["adjectives"]), rng.choice(words["nouns"])
        if pattern in name.lower():
            pattern = "solid"
    templates = wording["titles"]["solid" if pattern == "solid" else "patterned"]
    filled = {"name": name, "fabric": fabric, "pattern": adjective, "print": noun}
    shade = rng.choice(wording["color_words"][color])
    template = rng.choice([t for t in templates if not (t.endswith("{fabric}") and (not fabric or "-" in fabric))])
    return _upper_first(" ".join(template.format(color=shade, **filled).split()).replace(" ,", ","))


def describe(
    type_: str,
    says: tuple[str, ...],
    formality: str,
    material: str | None,
    tables: dict[str, Any],
    rng: random.Random,
) -> str:
    """One to three sentences: the cut, then often the fabric or how it is worn."""
    worn = _worn(type_, formality, tables)
    fabric: list[str] = []
    if material is not None:
        table = tables["materials"][material]["says"]
        slot = v.SLOT_OF_TYPE[type_]
        keys = (type_, "sport_clothes" if formality == "sport" and slot in _CLOTHES else slot)
        fabric = _layer(table, *keys)
    tail: list[str] = []
    draw = rng.random()
    if draw < 0.34:
        tail = [rng.choice(worn)]
    elif draw < 0.62 and fabric:
        tail = [rng.choice(fabric)]
    elif draw < 0.88:
        tail = [rng.choice(fabric), rng.choice(worn)] if fabric else [rng.choice(worn)]
        rng.shuffle(tail)
    return " ".join([rng.choice(says), *tail])


def _worn(type_: str, formality: str, tables: dict[str, Any]) -> list[str]:
    for name, types in tables.items():
        if name not in ("materials", "wording") and type_ in types:
            worn: dict[str, list[str]] = types[type_]["worn"]
            return worn["any"] + worn.get("relaxed" if formality in _RELAXED else "dressy", [])
    return []
