"""Captions: a garment's attribute values in words, English or Korean, in many ways. Makes text only; knows no model."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping
from pathlib import Path

from stylist.catalog.items import Item
from stylist.names import item_name
from stylist.training.phrases import Bank, article, josa

TEMPLATES = Path(__file__).parent / "captions.tsv"
_SAID = {"color": 0.92, "pattern": 0.9, "material": 0.55, "sleeve": 0.18, "length": 0.18, "fit": 0.12, "style": 0.1}
_ORDER = {"fit": 0, "style": 0, "length": 1, "sleeve": 1, "pattern": 2, "color": 2, "material": 3}


@functools.cache
def _templates() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in TEMPLATES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, template = line.split("\t")
            found.setdefault(language, []).append(template)
    return {language: tuple(lines) for language, lines in found.items()}


def phrase(values: Mapping[str, str], bank: Bank, rng: random.Random, full: bool = False) -> tuple[str, str]:
    """(singular, plural) words for a garment: its type's name with some of its attributes, `full` with color and pattern always.

    `values` holds one value per field; `solid` is rarely said and other fields of `_SAID` with their share.
    """
    noun = bank.form(rng, "type", values["type"], ("noun", "pair", "mass"))
    if noun is None:
        raise LookupError(f"no {bank.language} form of type {values['type']!r}")
    before: list[tuple[float, str]] = []
    after: list[str] = []
    for field, share in _SAID.items():
        value = values.get(field)
        if value is None or (field == "pattern" and value == "solid" and rng.random() > 0.06):
            continue
        if rng.random() > (1.0 if full and field in ("color", "pattern") else share):
            continue
        kinds = ("with",) if bank.language == "en" and rng.random() < 0.2 else ("adj",)
        words = bank.form(rng, field, value, kinds) or bank.form(rng, field, value, ("adj", "with", "mass"))
        if words is None or words.text.lower() in noun.text.lower():
            continue
        if f"{words.text} {noun.text}".lower() in bank.type_words:
            continue  # the two words together name another garment ("down jacket")
        if words.kind == "with" and not after:
            after.append(words.text)
        elif words.kind != "with":
            before.append((_ORDER[field] + rng.random() * 0.9, words.text))
    front = " ".join(text for _, text in sorted(before))
    singular = " ".join(x for x in (front, noun.text, *after) if x)
    return singular, " ".join(x for x in (front, noun.plural, *after) if x)


def caption(values: Mapping[str, str], bank: Bank, rng: random.Random, full: bool = False) -> str:
    """A sentence or phrase about one garment with these values in the bank's language; see `phrase`."""
    singular, plural = phrase(values, bank, rng, full)
    text = rng.choice(_templates()[bank.language])
    if bank.language == "en":
        counted = plural if singular == plural else f"{article(singular)} {singular}"
        return text.replace("{a_np}", counted).replace("{nps}", plural).replace("{np}", singular)
    return josa(text.replace("{np}", singular))


def names(item: Item) -> tuple[str, str]:
    """The item's plain name in English and in Korean: a pair that means the same."""
    return item_name(item, "en"), item_name(item, "ko")
