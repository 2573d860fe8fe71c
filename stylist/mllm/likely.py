"""Leaves out of a written edit what is likelier wrong than right.

A model that writes the likeliest word at each place writes too much: where it is torn between many things that may have been
meant, the likeliest of them may be unlikely still. Knows the notation of edits and how probable each token was, nothing of fashion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stylist.edits import Edit

LEAST = 0.3
"""The least probability of an entry that stands; chosen on exchanges of held-out phrases with another seed than any that is reported."""
WEIGHTS = (0.5, 0.5)
"""What the readings of a message clause by clause and whole count for. On single held-out messages the whole one is the better (.25, .75 and a
least of .25 chose themselves there), but long conversations lose with it what only one clause says: 53 % of `eval/cases/unseen.json`
held every check then, 65 % so."""
CERTAIN = ("act", "photo")
"""Keys whose entries stand however unsure: talk is answered in some way, a photo stands for something."""

_KEY = re.compile(r'"(?P<key>[^"]+)":(?P<list>\[?)')
_WORD = re.compile(r'"(?P<word>[^"]*)"')


@dataclass(frozen=True)
class Written:
    """A model's answer. `steps` are its tokens: where each ends in the text, and how probable it was among those allowed there."""

    text: str
    steps: tuple[tuple[int, float], ...] = ()


Chances = Mapping[tuple[str, str], float]
"""(key, word) of an edit's entries -> how probable each was."""


def chances(written: Written) -> dict[tuple[str, str], float]:
    """The probability of every entry of a written edit."""
    return {(key, word): chance for key, word, chance in entries(written.text, written.steps)}


def agreed(readings: Sequence[tuple[Edit, Chances]], weights: Sequence[float], least: float = LEAST) -> Edit:
    """What several readings of one message say together: the entries whose probability, averaged over the readings by `weights`, is at
    least `least`. Where one reading puts a word in one place and another in another, the likelier place stands."""
    scores: dict[tuple[str, str], float] = {}
    seen_by: dict[tuple[str, str], set[int]] = {}
    for number, ((edit, known), weight) in enumerate(zip(readings, weights, strict=True)):
        for key, value in edit.items():
            for word in value if isinstance(value, list) else [value]:
                entry = (key, str(word))
                scores[entry] = scores.get(entry, 0.0) + weight * known.get(entry, 1.0)
                seen_by.setdefault(entry, set()).add(number)
    kept: Edit = {}
    for (key, word), score in scores.items():
        rivals = (other for other in scores if other != (key, word) and other[1] == word and _subject(other[0]) == _subject(key) and not seen_by[other] & seen_by[key, word])
        if key not in CERTAIN and (score < least or any(scores[other] > score for other in rivals)):
            continue
        value = next(edit[key] for edit, _ in readings if key in edit)
        if isinstance(value, list):
            kept[key] = [*kept.get(key, []), word]
        elif key not in kept or score > scores[key, str(kept[key])]:
            kept[key] = value if str(value) == word else word
    return kept


def _subject(key: str) -> str:
    """What an entry speaks of, wherever it puts it: a field, an amount, or the key itself."""
    last = key.split(".")[-1].lstrip("+-=~")
    return "amount" if last in ("total", "item", "price") else last


def entries(text: str, steps: Sequence[tuple[int, float]]) -> Iterator[tuple[str, str, float]]:
    """Key, word and probability of each entry of an edit's JSON: the product over its tokens, from the end of the entry before."""
    start = place = 0
    while key := _KEY.search(text, place):
        place = key.end()
        while word := _WORD.match(text, place):
            chance = 1.0
            for end, probability in steps:
                if start < end <= word.end() - 1:
                    chance *= probability
            yield key["key"], word["word"], chance
            start, place = word.end() - 1, word.end()
            if not key["list"] or text[place : place + 1] != ",":
                break
            place += 1
