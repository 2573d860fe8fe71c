"""Prefers the cut that a person names with a garment, "pencil skirt", "chelsea boots", where titles of the catalogue name it too.

The vocabulary has one type for all of them; what tells them apart are the words that shops write.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.mllm import lexicon
from stylist.state import DialogState

NAMED = 0.35
"""What the relevance of a garment gains whose title has every word of the cut that was named."""
LONGEST = 4000
"""Characters of what was said that are looked at, from the end."""
BEFORE = 3  # words before a garment's name that may say its cut
_WORD = re.compile(r"t-shirt|[a-z]{3,}")
_STOP = frozenset({"light", "dark", "and", "the", "with", "for", "from", "print", "printed", "blend"})
_CLAUSE = re.compile(r"[.!?;,:\n]")
_NOT = re.compile(r"\b(?:no|not|without|never|instead|than)\b|n['’]t\b", re.IGNORECASE)


class Cuts:
    """The words of a catalogue's titles by garment, less those that name a value of the vocabulary or the garment itself."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._rows: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        known: dict[str, bool] = {}
        for row, item in enumerate(items):
            if item.type is None:
                continue
            for word in {_single(word) for word in _WORD.findall(item.title.lower())}:
                if word not in known:
                    known[word] = word in _STOP or any(value not in v.SLOT_OF_TYPE for value in lexicon.named(word))
                if not known[word]:
                    self._rows[item.type][word].append(row)
        for garment, words in self._rows.items():
            name = {_single(word) for word in _WORD.findall(garment)}
            self._rows[garment] = defaultdict(list, {word: rows for word, rows in words.items() if word not in name})

    def named(self, text: str, types: Sequence[str]) -> dict[str, frozenset[str]]:
        """The cuts that a text names of garments of these types: type -> words; the last mention of each counts."""
        found: dict[str, frozenset[str]] = {}
        text = text[-LONGEST:].lower()
        for mention in lexicon.load("en").find(text):
            garments = [t for t in mention.values if t in types]
            if not garments:
                continue
            before = _CLAUSE.split(text[: mention.start])[-1]
            words = {_single(word) for word in (*_WORD.findall(before)[-BEFORE:], *_WORD.findall(text[mention.start : mention.end]))}
            denied = bool(_NOT.search(before))
            for garment in garments:
                if denied:
                    found[garment] = found.get(garment, frozenset()) - words
                elif cut := frozenset(words & self._rows[garment].keys()):
                    found[garment] = cut
        return {garment: cut for garment, cut in found.items() if cut}

    def only(self, state: DialogState, texts: Sequence[str]) -> DialogState:
        """A state to try first, which takes no garment of another cut than was asked for; the state itself where none was."""
        cuts = self.named("\n".join(texts), state.want.type)
        others: list[str] = []
        fixed = {*state.keep.values(), *([state.anchor.id] if state.anchor is not None else [])}
        for garment, words in cuts.items():
            rows = set.intersection(*(set(self._rows[garment][word]) for word in words)) or set.union(*(set(self._rows[garment][word]) for word in words))
            others += [item.id for row, item in enumerate(self._items) if item.type == garment and row not in rows and item.id not in fixed]
        return state.model_copy(update={"rejected": tuple(dict.fromkeys((*state.rejected, *others)))}) if others else state

    def preferred(self, state: DialogState, texts: Sequence[str], relevance: np.ndarray) -> np.ndarray:
        """The items' relevance (n,) in 0..1, more where a title names the cut that was asked for."""
        cuts = self.named("\n".join(texts), state.want.type)
        if not cuts:
            return relevance
        relevance = np.array(relevance, float)
        for garment, words in cuts.items():
            for word in words:
                relevance[self._rows[garment][word]] += NAMED / len(words)
        return np.clip(relevance, 0.0, 1.0)


def _single(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
