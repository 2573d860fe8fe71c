"""Mends slips of the keyboard before the bundled model reads a text: "jeens" -> "jeans", "wnat" -> "want".

A word that English has (symspellpy's dictionary) or that the model's tokenizer holds whole is never touched; another becomes
the commonest of the model's words one slip away (two in long words) that begins with the same letter. Latin letters only.
"""

from __future__ import annotations

import functools
import json
import math
import re
from importlib import resources
from typing import Any

from symspellpy import SymSpell, Verbosity

SHORTEST = 4  # letters; shorter words have too many neighbors
LONG = 8  # letters from which a word may hold two slips
COMMON = -10.05  # log score in the tokenizer above which a word stood in the training corpus

_WORD = re.compile(rf"(?<![\w@#$£€/:'’.-])[A-Za-z]{{{SHORTEST},24}}(?![\w'’@-])")


@functools.cache
def _english() -> frozenset[str]:
    lines = resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.split(" ", 1)[0] for line in lines)


class Speller:
    """Knows the words of one tokenizer."""

    def __init__(self, tokenizer: Any):
        vocabulary = json.loads(tokenizer.backend_tokenizer.to_str())["model"]["vocab"]
        words = {piece[1:]: score for piece, score in vocabulary if piece.startswith("▁") and piece[1:].isascii() and piece[1:].isalpha()}
        self._every = _english() | words.keys()
        self._near = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, score in words.items():
            if score > COMMON and len(word) >= SHORTEST - 1:
                self._near.create_dictionary_entry(word, round(1e9 * math.exp(score)))
        self._mended = functools.lru_cache(maxsize=4096)(self._mend)

    def correct(self, text: str) -> str:
        """The text with slips mended; a mended word stands in lower case."""
        return _WORD.sub(lambda match: self._mended(match[0].lower()) or match[0], text)

    def _mend(self, word: str) -> str | None:
        if {word, word.removesuffix("s"), word.removesuffix("es")} & self._every:
            return None
        near = self._near.lookup(word, Verbosity.CLOSEST, max_edit_distance=2 if len(word) >= LONG else 1)
        return next((hit.term for hit in near if hit.term[0] == word[0]), None)
