"""Leaves out of a written edit what is likelier wrong than right.

A model that writes the likeliest word at each place writes too much: where it is torn between many things that may have been
meant, the likeliest of them may be unlikely still. Knows the notation of edits and how probable each token was, nothing of fashion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stylist.edits import Edit

LEAST = 0.4
"""The least probability of an entry that stands; chosen on exchanges of held-out phrases with another seed than any that is reported."""
CERTAIN = ("act", "photo")
"""Keys whose entries stand however unsure: talk is answered in some way, a photo stands for something."""

_KEY = re.compile(r'"(?P<key>[^"]+)":(?P<list>\[?)')
_WORD = re.compile(r'"(?P<word>[^"]*)"')


@dataclass(frozen=True)
class Written:
    """A model's answer. `steps` are its tokens: where each ends in the text, and how probable it was among those allowed there."""

    text: str
    steps: tuple[tuple[int, float], ...] = ()


def likely(edit: Edit, written: Written, least: float = LEAST) -> Edit:
    """The edit without the entries that were written with less than `least` probability."""
    chances = {(key, word): chance for key, word, chance in entries(written.text, written.steps)}
    kept: Edit = {}
    for key, value in edit.items():
        if key in CERTAIN:
            kept[key] = value
        elif isinstance(value, list):
            if words := [word for word in value if chances.get((key, word), 1.0) >= least]:
                kept[key] = words
        elif chances.get((key, value), 1.0) >= least:
            kept[key] = value
    return kept


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
