"""Words of Korean fashion talk -> concepts that items and dialogs share. The words are data; this only finds them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from stylist.fascode.metadata import SLOT_CODES, FascodeItem

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Concept:
    """A quality of garments: how descriptions name it, how people ask for it (`forms`: before a garment's name)."""

    name: str
    slots: frozenset[str]
    aspects: frozenset[str]
    item_pattern: re.Pattern[str]
    dialog_pattern: re.Pattern[str]
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """An occasion, place, season or activity, and the concepts (with weights) that suit it."""

    name: str
    pattern: re.Pattern[str]
    concepts: dict[str, float]
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Garment:
    """A word for a slot, or for one type of it (`type` is empty for the whole slot)."""

    slot: str
    type: str
    pattern: re.Pattern[str]
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything of `data/` that reading a dialog needs."""

    concepts: tuple[Concept, ...]
    scenes: tuple[Scene, ...]
    garments: tuple[Garment, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    negation: re.Pattern[str]
    negator_reach: int
    open_question: re.Pattern[str]
    whole: re.Pattern[str]
    particles: frozenset[str]

    def profile(self, item: FascodeItem) -> list[float]:
        """How often an item's lines name each concept; 0 for concepts of other slots. A negated line does not count."""
        counts = [0.0] * len(self.concepts)
        for aspect, said in item.lines.items():
            for line in said:
                for index in _named(line, aspect, item.slot):
                    counts[index] += 1.0
        return counts


def squeeze(text: str) -> str:
    """Text for matching: lower case, without spaces and the marks of word segmentation."""
    return re.sub(r"[\s_]+", "", text.lower())


def _any(words: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(squeeze(word) for word in sorted(words, key=len, reverse=True)))


def _table(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The bundled lexicon, read once."""
    concepts = tuple(
        Concept(
            row["concept"], frozenset(SLOT_CODES if row["slots"] == "*" else row["slots"]), frozenset(row["aspects"]),
            _any(row["item_patterns"].split("|")), _any(row["dialog_patterns"].split("|")), tuple(row["forms"].split("|")),
        )
        for row in _table("concepts.tsv")
    )  # fmt: skip
    scenes = []
    for row in _table("scenes.tsv"):
        pairs = (pair.split(":") for pair in row["concepts"].split("|"))
        weights = {name: float(weight) for name, weight in pairs}
        scenes.append(Scene(row["scene"], _any(row["patterns"].split("|")), weights, tuple(row["forms"].split("|"))))
    garments = tuple(
        Garment(row["slot"], row["type"], _any(row["patterns"].split("|")), tuple(row["forms"].split("|")))
        for row in _table("garments.tsv")
    )
    words = yaml.safe_load((_DATA / "answers.yaml").read_text(encoding="utf-8"))
    reach = int(words["negator_reach"])
    negators = "|".join(re.escape(squeeze(word)) for word in words["negators"])
    return Lexicon(
        concepts, tuple(scenes), garments, tuple(words["yes"]), tuple(words["no"]),
        re.compile(rf".{{0,{reach}}}?(?:{negators})"), reach, _any(words["open_questions"]), _any(words["whole"]),
        frozenset(words["particles"]),
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def _named(line: str, aspect: str, slot: str) -> tuple[int, ...]:
    words, plain, result = lexicon(), squeeze(line), []
    for index, concept in enumerate(words.concepts):
        if aspect in concept.aspects and slot in concept.slots:
            found = concept.item_pattern.search(plain)
            if found and not words.negation.match(plain, found.end()):
                result.append(index)
    return tuple(result)
