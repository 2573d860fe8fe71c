"""The words that the page itself says, by language; the texts stand in `data/words.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_WORDS: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "words.yaml").read_text("utf-8"))

LANGUAGES: dict[str, str] = {code: table["language"] for code, table in _WORDS.items()}
"""Language code -> its own name."""


def words(language: str) -> dict[str, Any]:
    """The page's words; English where the language is not known."""
    return _WORDS.get(language, _WORDS["en"])


def preferred(accept_language: str) -> str:
    """The first of the languages of an Accept-Language header that the page speaks, else English."""
    for part in accept_language.lower().split(","):
        code = part.split(";")[0].strip().split("-")[0]
        if code in _WORDS:
            return code
    return "en"
