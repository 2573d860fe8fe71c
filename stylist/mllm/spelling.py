"""Mends slips of the keyboard before the bundled model reads a text: "jeens" -> "jeans", "wnat" -> "want".

A word that English has (symspellpy's dictionary) or that the model's tokenizer holds whole is never touched; another becomes
the commonest of the model's words one slip away (two in long words) that begins with the same letter. A Korean word of three syllables or more
that neither knows becomes the garment, color, pattern or material one letter away, if there is just one: "원피수" -> "원피스".
"""

from __future__ import annotations

import functools
import json
import math
import re
from importlib import resources
from typing import Any

from symspellpy import SymSpell, Verbosity

from stylist import vocabulary as v
from stylist.mllm import lexicon

SHORTEST = 4  # letters; shorter words have too many neighbors
LONG = 8  # letters from which a word may hold two slips
COMMON = -10.05  # log score in the tokenizer above which a word stood in the training corpus

_WORD = re.compile(rf"(?<![\w@#$£€/:'’.-])[A-Za-z]{{{SHORTEST},24}}(?![\w'’@-])")
_HANGUL = re.compile(r"[가-힣]{3,}")
_PARTICLES = re.compile(r"(?:이랑|하고|으로|에다|에서|까지|처럼|보다|은|는|이|가|을|를|에|도|만|과|와|로|랑|요|여|의|나)+$")
_FIRST, _MEDIALS, _FINALS = ord("가"), 588, 28
SHORTEST_KOREAN = 3  # syllables
_NAMES = frozenset(value for field in ("type", "color", "pattern", "material") for value in v.VALUES[field])


@functools.cache
def _korean() -> dict[str, tuple[int, ...]]:
    """The Korean words of garments, colors, patterns and materials, each with its letters."""
    forms = lexicon.load("ko").forms()
    return {form: _letters(form) for form, values in forms.items() if len(form) >= SHORTEST_KOREAN and re.fullmatch("[가-힣]+", form) and values[0] in _NAMES}


def _letters(word: str) -> tuple[int, ...]:
    """The letters of Korean syllables, each with its place in the syllable."""
    found = []
    for syllable in word:
        initial, rest = divmod(ord(syllable) - _FIRST, _MEDIALS)
        medial, final = divmod(rest, _FINALS)
        found += [initial, 100 + medial, *([200 + final] if final else [])]
    return tuple(found)


def _is_one_apart(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[same + 1 :] == other[same + 1 :] or one[same:] == other[same + 1 :] or one[same + 1 :] == other[same:]


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
        self._pieces = {piece.removeprefix("▁") for piece, _ in vocabulary}
        self._near = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, score in words.items():
            if score > COMMON and len(word) >= SHORTEST - 1:
                self._near.create_dictionary_entry(word, round(1e9 * math.exp(score)))
        self._mended = functools.lru_cache(maxsize=4096)(self._mend)
        self._mended_korean = functools.lru_cache(maxsize=4096)(self._mend_korean)

    def correct(self, text: str) -> str:
        """The text with slips mended; a mended word stands in lower case."""
        text = _WORD.sub(lambda match: self._mended(match[0].lower()) or match[0], text)
        return _HANGUL.sub(lambda match: self._mended_korean(match[0]), text) if _HANGUL.search(text) else text

    def _mend_korean(self, word: str) -> str:
        if next(lexicon.load("ko").find(word), None) is not None:
            return word
        for stem in dict.fromkeys((word, _PARTICLES.sub("", word))):
            if len(stem) < SHORTEST_KOREAN or stem in self._pieces:
                continue
            letters = _letters(stem)
            near = [form for form, other in _korean().items() if form[0] == stem[0] and _is_one_apart(letters, other)]
            if len(near) == 1:
                return near[0] + word[len(stem) :]
        return word

    def _mend(self, word: str) -> str | None:
        if {word, word.removesuffix("s"), word.removesuffix("es")} & self._every:
            return None
        near = self._near.lookup(word, Verbosity.CLOSEST, max_edit_distance=2 if len(word) >= LONG else 1)
        return next((hit.term for hit in near if hit.term[0] == word[0]), None)
