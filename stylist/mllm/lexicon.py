"""Normalises words before the bundled model reads them: "plaid kicks" -> "checked sneakers". It swaps a rarer word for the
commonest one of the same meaning and kind; what is wanted, avoided or meant at all stays the model's to tell."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "lexicon.tsv"
_HANGUL = re.compile(r"[가-힣]")


@functools.cache
def _entries(language: str) -> dict[str, str]:
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {form: common for lang, form, common in rows if lang == language}


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(_entries(language), key=len, reverse=True))
    return re.compile(rf"(?<![\w가-힣-])(?:{forms})" + (r"(?![\w-])" if language == "en" else ""), re.IGNORECASE)


def normalise(text: str, leave: Callable[[], bool] | None = None) -> str:
    """The text with rarer garment words replaced; Korean words also where a particle follows them.

    A word for which `leave()` is true stays: training lets the model meet words as it will meet those no list has.
    """
    language = "ko" if _HANGUL.search(text) else "en"

    def swap(match: re.Match[str]) -> str:
        return match[0] if leave is not None and leave() else _entries(language)[match[0].lower()]

    return _pattern(language).sub(swap, text)
