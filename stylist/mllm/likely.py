"""Leaves out of a written edit what is likelier wrong than right.

A model that writes the likeliest word at each place writes too much: where it is torn between many things that may have been
meant, the likeliest of them may be unlikely still. Knows the notation of edits and how probable each token was, nothing of fashion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from stylist.edits import Edit

LEAST = 0.3
"""The least probability of an entry that stands; chosen on exchanges of held-out phrases with another seed than any that is reported."""
WEIGHTS = (0.35, 0.65)
"""What the readings of a message clause by clause and whole count for. Chosen over half each on the four files of `eval/cases`, where
it is a little better, and on single held-out messages, which the whole reading knows better."""
WEIGHED = 0.5
"""What the weigher counts for in each reading; the rest is the written edit's."""
SURE = 0.5
DRASTIC = ("reset",)
"""Keys that undo all that was said: their least probability is `SURE`."""
DOUBTFUL = 0.6
"""Below this probability a wish that stands gives way where no outfit meets it."""
CERTAIN = ("act", "photo")
"""Keys whose entries stand however unsure: talk is answered in some way, a photo stands for something."""

_WANTED = "+="
_OPPOSITES = ({"keep", "swap"}, {"include", "exclude"})
_CLEARLY = 1.4  # how much likelier one of two opposites is where the other does not count
_KEY = re.compile(r'"(?P<key>[^"]+)":(?P<list>\[?)')
_WORD = re.compile(r'"(?P<word>[^"]*)"|(?P<true>true)')


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
    """The edit of `agreement`."""
    return agreement(readings, least)[0]


def agreement(readings: Sequence[Reading], least: float = LEAST) -> tuple[Edit, Chances]:
    """What several readings of one message say together: the entries whose probability, averaged over the readings that can tell, is at
    least `least`; and these probabilities, `=` told as `+`. Whether the values of a place are added or replace others, the likelier readings
    decide. Where readings put a word in two places, or want and avoid it, the likelier stands; no weigher adds the opposite of what was written."""
    scores: dict[tuple[str, str], float] = {}
    signs: dict[str, dict[str, float]] = {}
    seen_by: dict[tuple[str, str], set[int]] = {}
    written: set[tuple[str, str]] = set()
    for number, reading in enumerate(readings):
        for key, value in reading.edit.items():
            able = [other.weight for other in readings if isinstance(value, list) or not other.lists_only]
            share = reading.weight / sum(able) if sum(able) else 1 / len(able)
            for word in map(str, value if isinstance(value, list) else [value]):
                chance, entry = reading.chances.get((key, word), 1.0), (_meaning(key), word)
                scores[entry] = scores.get(entry, 0.0) + share * chance
                by_sign = signs.setdefault(_meaning(key), {})
                by_sign[key] = by_sign.get(key, 0.0) + share * chance
                if chance >= least:
                    seen_by.setdefault(entry, set()).add(number)
                if not reading.lists_only:
                    written.add(entry)
    kept: Edit = {}
    for meaning, word in scores:
        entry = (meaning, word)
        if meaning not in CERTAIN and (scores[entry] < (SURE if meaning in DRASTIC else least) or _beaten(entry, scores, seen_by, written)):
            continue
        key = max(signs[meaning], key=lambda sign: signs[meaning][sign])
        value = next(reading.edit[other] for reading in readings for other in signs[meaning] if other in reading.edit)
        if isinstance(value, list):
            kept[key] = [*kept.get(key, []), word]
        elif key not in kept or scores[entry] > scores[meaning, str(kept[key])]:
            kept[key] = next((reading.edit[key] for reading in readings if str(reading.edit.get(key)) == word), word)
    return kept, scores


def _beaten(
    entry: tuple[str, str], scores: Chances, seen_by: Mapping[tuple[str, str], set[int]], written: Set[tuple[str, str]]
) -> bool:
    """Whether another place of the same word, or its opposite, is to stand in the entry's place."""
    meaning, word = entry
    for other in scores:
        if other == entry or other[1] != word or _subject(other[0]) != _subject(meaning):
            continue
        opposed = _opposed(other[0], meaning)
        if not seen_by.get(other, set()) & seen_by.get(entry, set()):
            needed = 1.0
        elif opposed:  # one message that wants and avoids the same is asked about, unless it clearly means one of them
            needed = 1.0 if other in written and entry not in written else _CLEARLY
        else:
            continue
        if scores[other] > needed * scores[entry]:
            return True
    return False


def _opposed(one: str, other: str) -> bool:
    """Whether two keys want and avoid in the same place, or keep and give up the same slot."""
    return {one, other} in _OPPOSITES or (one[1:] == other[1:] and {one[0], other[0]} in ({"+", "-"}, {"~", "-"}))


def _meaning(key: str) -> str:
    """The key that stands for all that want the same: a value that replaces others is wanted as one that joins them."""
    return "+" + key[1:] if key[0] in _WANTED else key


def _subject(key: str) -> str:
    """What an entry speaks of, wherever it puts it: a field, an amount, or the key itself."""
    last = key.split(".")[-1].lstrip("+-=~")
    return "amount" if last in ("total", "item", "price") else "slot" if last in ("include", "exclude") else "garment" if last in ("keep", "swap") else last


def entries(text: str, steps: Sequence[tuple[int, float]]) -> Iterator[tuple[str, str, float]]:
    """Key, word and probability of each entry of an edit's JSON: the product over its tokens, from the end of the entry before."""
    start = place = 0
    while key := _KEY.search(text, place):
        place = key.end()
        while word := _WORD.match(text, place):
            chance = 1.0
            for end, probability in steps:
                if start < end <= word.end() - (word["true"] is None):  # the quote at its end says nothing
                    chance *= probability
            yield key["key"], "True" if word["true"] else word["word"], chance
            start, place = word.end() - (word["true"] is None), word.end()
            if not key["list"] or text[place : place + 1] != ",":
                break
            place += 1
