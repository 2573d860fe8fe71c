"""Tells the bundled model which values of the vocabulary the words of a text may name: "plaid kicks" -> "plaid (checked) kicks (sneakers)".

The marks are a dictionary's gloss: whether a thing is wanted, avoided, somebody else's or not meant at all stays the model's to tell,
and it reads words that the table lacks as well as it can. Marks hold the very tokens that edits are written in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stylist import vocabulary as v

TABLE = Path(__file__).parent / "data" / "lexicon.tsv"
PARTS = ("none", "train", "all")

_HANGUL = re.compile(r"[가-힣]")
_INSIDE = re.compile(r"[\w가-힣-]")
_PARTICLE = re.compile(r"(?:[은는이가을를에도만과와로랑색의]|으로|하고|이랑|말고|처럼|한테)*(?![가-힣])")


@dataclass(frozen=True)
class Mention:
    """A stretch of a text, `text[start:end]`, and the values that it may name, the likeliest first."""

    start: int
    end: int
    values: tuple[str, ...]


class Lexicon:
    """Forms of one language -> values. Longest forms are found first; a blank of a form may be a hyphen or nothing in the text."""

    def __init__(self, forms: dict[str, tuple[str, ...]], korean: bool):
        self._values = {_squeezed(form): values for form, values in forms.items()}
        alternatives = "|".join(_flexible(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
        self._pattern = re.compile(f"(?:{alternatives or '(?!)'})" + ("" if korean else r"(?![\w-])"), re.IGNORECASE)
        self._korean = korean

    def forms(self) -> dict[str, tuple[str, ...]]:
        """The forms without their blanks and hyphens, in lower case, with the values that each may name."""
        return dict(self._values)

    def find(self, text: str) -> Iterator[Mention]:
        """The mentions of a text, from left to right; none begins inside a word, unless another just ended there (Korean compounds)."""
        at = last = 0
        while at < len(text):
            match = self._pattern.match(text, at) if not at or at == last or not _INSIDE.match(text[at - 1]) else None
            if match and not (self._korean and len(match[0]) == 1 and not _PARTICLE.match(text, match.end())):
                yield Mention(match.start(), match.end(), self._values[_squeezed(match[0])])
                at = match.end()
                last = at if self._korean else 0
            else:
                at += 1


@functools.cache
def load(language: str, part: str = "all") -> Lexicon:
    """The lexicon of a language; `part` "train" leaves out the forms that only validate, "all" is what works, "none" is empty."""
    if part not in PARTS:
        raise ValueError(f"part {part!r}: expected {' or '.join(PARTS)}")
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    forms = {form: tuple(values.split(",")) for lang, form, values, row_part in rows if lang == language and part in (row_part, "all")}
    return Lexicon(forms if part != "none" else {}, language == "ko")


def language(text: str) -> str:
    """The lexicon that a text is looked up in: `ko` where it holds any Hangul, else `en`."""
    return "ko" if _HANGUL.search(text) else "en"


def mentions(text: str) -> list[Mention]:
    """The mentions of a text in its own language, from left to right."""
    return list(load(language(text)).find(text))


def annotate(text: str, leave: Callable[[], bool] | None = None, part: str = "all") -> str:
    """The text with the values after every word that may name one, in brackets.

    A word for which `leave()` is true goes without: training lets the model meet words as it will meet those no list has.
    """
    pieces, last = [], 0
    for mention in load(language(text), part).find(text):
        if leave is None or not leave():
            pieces.append(f"{text[last : mention.end]} ({','.join(mention.values)})")
            last = mention.end
    after = "".join([*pieces, text[last:]])
    return re.sub(r"\)(?=[^\s,.!?;:)])", ") ", after)


def _squeezed(form: str) -> str:
    return re.sub(r"[\s-]+", "", form.lower())


def _flexible(form: str) -> str:
    return r"[\s-]?".join(re.escape(part) for part in re.split(r"[\s-]+", form) if part)


def slots(values: Iterable[str]) -> frozenset[str]:
    """The slots that values are: garments' own, and those that are called by their names."""
    return frozenset(v.SLOT_OF_TYPE.get(value, value) for value in values if value in v.SLOT_OF_TYPE or value in v.SLOTS)


def named(text: str) -> frozenset[str]:
    """The values of the vocabulary that words of the text, English or Korean, may stand for."""
    return frozenset(value for language in ("en", "ko") for mention in load(language).find(text) for value in mention.values)
