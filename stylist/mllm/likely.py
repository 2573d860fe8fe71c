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
WEIGHED = 0.5
"""What the weigher counts for in each reading; the rest is the written edit's."""
CERTAIN = ("act", "photo")
"""Keys whose entries stand however unsure: talk is answered in some way, a photo stands for something."""

_WANTED = "+="
_KEY = re.compile(r'"(?P<key>[^"]+)":(?P<list>\[?)')
_WORD = re.compile(r'"(?P<word>[^"]*)"')


@dataclass(frozen=True)
class Written:
    """A model's answer. `steps` are its tokens: where each ends in the text, and how probable it was among those allowed there;
    `weighed` what a weigher, where the model has one, finds of every entry (`mllm.weigher`)."""

    text: str
    steps: tuple[tuple[int, float], ...] = ()
    weighed: Mapping[tuple[str, str], float] | None = None


Chances = Mapping[tuple[str, str], float]
"""(key, word) of an edit's entries -> how probable each was."""


@dataclass(frozen=True)
class Reading:
    """One reading of a message: its edit, how probable each entry was (1 where it does not say), and what it counts for. `lists_only` readings
    can't tell what is copied from the text: amounts and temperatures."""

    edit: Edit
    chances: Chances
    weight: float = 1.0
    lists_only: bool = False


def chances(written: Written) -> dict[tuple[str, str], float]:
    """The probability of every entry of a written edit."""
    return {(key, word): chance for key, word, chance in entries(written.text, written.steps)}


def weighed(chances: Chances, weight: float) -> Reading:
    """What a weigher found as a reading: of a value that it would rather add than replace, or the other way, it says the likelier
    with the chance that it is wanted at all."""
    edit: Edit = {}
    known: dict[tuple[str, str], float] = {}
    for (key, word), chance in chances.items():
        if key in CERTAIN:
            continue
        other = ("+" if key[0] == "=" else "=") + key[1:] if key[0] in _WANTED else ""
        rival = chances.get((other, word), 0.0)
        if rival > chance or (rival == chance and (other, word) in known):
            continue
        edit.setdefault(key, []).append(word)
        known[key, word] = min(1.0, chance + rival)
    return Reading(edit, known, weight, lists_only=True)


def agreed(readings: Sequence[Reading], least: float = LEAST) -> Edit:
    """What several readings of one message say together: the entries whose probability, averaged over the readings that can tell, is at
    least `least`. Whether a value is added or replaces others, the likelier readings decide. Where one reading puts a word in one place
    and another in another, the likelier place stands."""
    by_key: dict[tuple[str, str], float] = {}
    scores: dict[tuple[str, str], float] = {}
    seen_by: dict[tuple[str, str], set[int]] = {}
    for number, reading in enumerate(readings):
        for key, value in reading.edit.items():
            able = sum(other.weight for other in readings if isinstance(value, list) or not other.lists_only)
            for word in map(str, value if isinstance(value, list) else [value]):
                chance = reading.chances.get((key, word), 1.0)
                entry = (_meaning(key), word)
                by_key[key, word] = by_key.get((key, word), 0.0) + reading.weight * chance
                scores[entry] = scores.get(entry, 0.0) + reading.weight / able * chance
                if chance >= least:
                    seen_by.setdefault(entry, set()).add(number)
    kept: Edit = {}
    for key, word in by_key:
        entry = (_meaning(key), word)
        if any(by_key[other, word] > by_key[key, word] for other in _alike(key) if (other, word) in by_key):
            continue
        rivals = (other for other in scores if other != entry and other[1] == word and _subject(other[0]) == _subject(key)
                  and not seen_by.get(other, set()) & seen_by.get(entry, set()))  # fmt: skip
        if key not in CERTAIN and (scores[entry] < least or any(scores[other] > scores[entry] for other in rivals)):
            continue
        value = next(reading.edit[key] for reading in readings if key in reading.edit)
        if isinstance(value, list):
            kept[key] = [*kept.get(key, []), word]
        elif key not in kept or scores[entry] > scores[key, str(kept[key])]:
            kept[key] = value if str(value) == word else word
    return kept


def _meaning(key: str) -> str:
    """The key that stands for all that want the same: a value that replaces others is wanted as one that joins them."""
    return "+" + key[1:] if key[0] in _WANTED else key


def _alike(key: str) -> tuple[str, ...]:
    return tuple(sign + key[1:] for sign in _WANTED if sign != key[0]) if key[0] in _WANTED else ()


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
