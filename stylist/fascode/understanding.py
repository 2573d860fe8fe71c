"""What a dialog asks for: concepts, garment types and text, for and against, per slot. Rules of talk, no learning.

A coordinator's question counts through its answer: "yes" makes its words wishes, "no" makes them things to avoid, and a
question that offers a choice only tells which garment the answer is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from stylist.fascode.files import Turn
from stylist.fascode.lexicon import Lexicon, lexicon, squeeze

ALL_SLOTS = ""
"""The slot of a wish about the whole outfit."""


@dataclass
class Wishes:
    """Evidence of one dialog. Signs: positive wanted, negative avoided; sizes say how sure."""

    concepts: list[tuple[str, str, float]] = field(default_factory=list)
    """(slot or ALL_SLOTS, concept, weight)"""
    types: list[tuple[str, str, float]] = field(default_factory=list)
    """(slot, type code, weight)"""
    texts: list[tuple[str, str, float]] = field(default_factory=list)
    """(slot or ALL_SLOTS, text without spaces, weight)"""
    scenes: list[str] = field(default_factory=list)


def understand(turns: Sequence[Turn]) -> Wishes:
    """The wishes of a dialog; acts (AC) are passed over."""
    words, wishes, question = lexicon(), Wishes(), ""
    first = True
    for turn in turns:
        text = turn.text.strip()
        if turn.speaker == "CO":
            question = f"{question} {text}" if question else text
        elif turn.speaker == "US" and text:
            _answer(words, wishes, question, text, first)
            question, first = "", False
    return wishes


def polarity(text: str, words: Lexicon | None = None) -> int:
    """1 where a user's answer opens with a yes, -1 with a no, 0 with neither."""
    words, plain = words or lexicon(), squeeze(text).lstrip(".,!~? ")
    if any(plain.startswith(word) for word in words.no):
        return -1
    return int(any(plain.startswith(word) for word in words.yes))


def _answer(words: Lexicon, wishes: Wishes, question: str, answer: str, first: bool) -> None:
    asked = squeeze(question)
    focus = {garment.slot for garment in words.garments if garment.pattern.search(asked)}
    sure = polarity(answer, words)
    about = next(iter(focus)) if len(focus) == 1 and not first else ALL_SLOTS
    if sure and asked and not first and not words.open_question.search(asked):
        _sentence(words, wishes, asked, ALL_SLOTS, 0.8 if sure > 0 else -0.7, False)
    for sentence in re.split(r"[.!?\n]+", answer):
        plain = squeeze(sentence)
        if plain:
            _sentence(words, wishes, plain, about, 1.0, first)


def _sentence(words: Lexicon, wishes: Wishes, text: str, about: str, weight: float, first: bool) -> None:
    places = []
    for garment in words.garments:
        for found in garment.pattern.finditer(text):
            places.append((found.start(), found.end(), garment))
    slots = {garment.slot for _, _, garment in places}
    for _, end, garment in places:
        if garment.type:
            wishes.types.append((garment.slot, garment.type, -weight if words.negation.match(text, end) else weight))
    whole = bool(words.whole.search(text)) and first
    for concept in words.concepts:
        for found in concept.dialog_pattern.finditer(text):
            slot = _slot_of(found.end(), places, slots, about, whole)
            if slot and slot not in concept.slots:
                continue
            sign = -1.0 if words.negation.match(text, found.end()) else 1.0
            wishes.concepts.append((slot, concept.name, sign * weight))
    for scene in words.scenes:
        if weight > 0 and scene.pattern.search(text) and scene.name not in wishes.scenes:
            wishes.scenes.append(scene.name)
    slot = next(iter(slots)) if len(slots) == 1 and not whole else about if not slots else ALL_SLOTS
    wishes.texts.append((slot, text, weight))


def _slot_of(end: int, places: list, slots: set[str], about: str, whole: bool) -> str:  # type: ignore[type-arg]
    if whole or not slots:
        return ALL_SLOTS if whole else about
    if len(slots) == 1:
        return next(iter(slots))
    # Korean puts the quality before its garment; a topic ("the top ...") comes first instead
    after = [(start - end, garment.slot) for start, _, garment in places if start >= end - 1]
    before = [(end - its_end, garment.slot) for _, its_end, garment in places if its_end <= end]
    return min(after)[1] if after else min(before)[1] if before else ALL_SLOTS
