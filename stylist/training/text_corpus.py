"""What the text encoder learns from: texts for distillation, labeled forms of vocabulary values, pairs that mean the same.

Only text this project makes and product texts that may train; the `valid` part of the phrase bank never comes in.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.errors import StylistError
from stylist.names import value_name
from stylist.training import captions, phrases
from stylist.training.speaker import Speaker

_CLOTHED = ("apparel", "footwear", "accessories")


@dataclass(frozen=True)
class Form:
    """A text that means one vocabulary value; `label` is `field value`."""

    text: str
    label: str
    language: str

    @property
    def field(self) -> str:
        return self.label.split(" ", 1)[0]


def forms(part: str) -> list[Form]:
    """The forms of every value in both languages, and events under their occasion; valid holds no text of train."""
    found: dict[tuple[str, str], Form] = {}
    for language in phrases.LANGUAGES:
        bank = phrases.load(language, part)
        for (field, value), entries in bank.forms.items():
            for entry in entries:
                for text in {entry.text, entry.plural}:
                    found[text.lower(), field] = Form(text, f"{field} {value}", language)
        for scene in bank.events:
            occasions = scene.values.get("occasion", ())
            if len(occasions) == 1:
                found[scene.text.lower(), "occasion"] = Form(scene.text, f"occasion {occasions[0]}", language)
        if part != "valid":
            for field in v.FIELDS:
                for value in v.VALUES[field]:
                    name = value_name(field, value, language)
                    found.setdefault((name.lower(), field), Form(name, f"{field} {value}", language))
    if part == "valid":
        known = {(f.text.lower(), f.field) for f in forms("train")}
        return [form for key, form in found.items() if key not in known]
    return list(found.values())


def items(catalogue: Path) -> list[Item]:
    """The items of a catalogue folder; StylistError where it has none."""
    table = catalogue / "items.jsonl"
    if not table.is_file():
        raise StylistError(f"{table}: no such file; expected the bundled catalogue")
    lines = table.read_text(encoding="utf-8").splitlines()
    return [Item(**{k: x for k, x in json.loads(line).items() if k in Item.model_fields}) for line in lines if line]


def products(table: Path) -> list[tuple[str, str]]:
    """(name, description) of the garments of a product file in YAML; StylistError where it is not one."""
    if not table.is_file():
        raise StylistError(f"{table}: no such file; expected a YAML list of products")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(table.read_text(encoding="utf-8"), loader)
    return [(r["name"], r["description"]) for r in rows if r.get("category") in _CLOTHED and r.get("description")]


def utterances(language: str, count: int, rng: random.Random) -> list[str]:
    """What people say to a stylist: templates of the bank, filled."""
    bank = phrases.load(language)
    speaker = Speaker(bank, rng)
    acts = [act for act in bank.acts if not act.startswith("a_")]
    texts: list[str] = []
    while len(texts) < count:
        speaker.begin()
        act = rng.choice(acts)
        try:
            texts.append(speaker.fill(rng.choice(bank.acts[act]))[0])
        except (LookupError, IndexError, KeyError, ValueError):
            continue  # a template that needs more context than one message gives
    return texts


def english(catalogue: list[Item], shop: list[tuple[str, str]], words: list[str], rng: random.Random) -> list[str]:
    """English texts whose teacher vectors the encoder copies, without repeats."""
    texts = [t for item in catalogue for t in (item.title, item.description, captions.names(item)[0])]
    texts += [t for name, description in shop for t in (name, description[:220], f"{name}. {description[:120]}")]
    texts += [f.text for f in forms("train") if f.language == "en"]
    texts += utterances("en", 4000, rng) + words
    return list(dict.fromkeys(t for t in texts if t))


def translations(catalogue: list[Item]) -> list[tuple[str, str]]:
    """(Korean, English) texts that mean the same: items' names and the values' names."""
    pairs = [captions.names(item)[::-1] for item in catalogue]
    pairs += [(value_name(f, x, "ko"), value_name(f, x, "en")) for f in v.FIELDS for x in v.VALUES[f]]
    return list(dict.fromkeys(pairs))


def garment(rng: random.Random, catalogue: list[Item]) -> dict[str, str]:
    """Attribute values of a plausible garment: an item's, its color and pattern often changed."""
    item = rng.choice(catalogue)
    fields = ("type", "color", "pattern", "material", "sleeve", "length", "fit")
    values: dict[str, str] = {f: getattr(item, f) for f in fields if getattr(item, f)}
    if item.style:
        values["style"] = rng.choice(item.style)
    if rng.random() < 0.6:
        values["color"] = rng.choice(v.COLORS)
    if rng.random() < 0.3:
        values["pattern"] = rng.choice(v.PATTERNS)
    return values


def pairs(seed: int, catalogue: list[Item]) -> Iterator[tuple[str, str, str]]:
    """Endless (text, text, key) that mean the same garment: captions across languages, and item texts with captions."""
    rng = random.Random(seed)
    banks = {language: phrases.load(language) for language in phrases.LANGUAGES}
    while True:
        if rng.random() < 0.3:
            item = rng.choice(catalogue)
            values: Mapping[str, str] = {f: x for f in ("type", "color", "pattern", "material", "sleeve", "length", "fit")
                                         if (x := getattr(item, f))}  # fmt: skip
            text = rng.choice((item.title, f"{item.title}. {item.description}", item.title))
        else:
            values = garment(rng, catalogue)
            text = captions.caption(values, banks["en"], rng, full=True)
        other = captions.caption(values, banks["ko" if rng.random() < 0.6 else "en"], rng, full=True)
        yield text, other, " ".join(values.get(f, "") for f in ("type", "color", "pattern"))
