"""Words for garments, wishes and amounts in the person's language, from `data/phrases.yaml`."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any

from stylist.catalog.items import Item
from stylist.names import item_name, value_name
from stylist.ranking.data_files import load

_PARTICLES = {
    "이/가": "이가",
    "을/를": "을를",
    "과/와": "과와",
    "은/는": "은는",
    "으로/로": ("으로", "로"),
    "이라/라": ("이라", "라"),
    "예요/이에요": ("이에요", "예요"),
}
_FILL = re.compile(r"\{(\w+)\}(이/가|을/를|과/와|은/는|으로/로|이라/라|예요/이에요)?")


def _final(word: str) -> int:
    """The final consonant of a word's last sound: 0 none, 8 ㄹ; digits and Latin letters by how they are read aloud."""
    last = word.rstrip(")] ")[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    return {"0": 21, "1": 8, "3": 16, "6": 1, "7": 8, "8": 8, "l": 8, "m": 16, "n": 4}.get(last.lower(), 0)


def fill(template: str, **words: str) -> str:
    """A template with its placeholders filled; `{Words}` capitalizes, particles after a placeholder are chosen."""

    def put(match: re.Match[str]) -> str:
        name, particle = match[1], match[2]
        word = words[name] if name in words else words[name.lower()]
        if name[0].isupper():
            word = word[:1].upper() + word[1:]
        if particle is None:
            return word
        closed, open_ = _PARTICLES[particle]
        final = _final(word)
        takes_open = final == 0 or (particle == "으로/로" and final == 8)
        return word + (open_ if takes_open else closed)

    return re.sub(r"\s{2,}", " ", _FILL.sub(put, template)).strip()


class Wording:
    """The phrases of one language, `en` or `ko`."""

    def __init__(self, language: str) -> None:
        data = load("phrases")
        self.language = language if language in ("en", "ko") else "en"
        self.data: dict[str, Any] = data[self.language]

    def word(self, field: str, value: str) -> str:
        """A value in words."""
        return self.data["words"].get(field, {}).get(value) or value_name(field, value, self.language)

    def pick(self, name: str, seed: str, *path: str) -> str:
        """One of a phrase's variants, always the same for the same seed."""
        variants: Any = self.data[name]
        for step in path:
            variants = variants[step]
        return variants[zlib.crc32(seed.encode()) % len(variants)]

    def join(self, words: Sequence[str]) -> str:
        """Words in a row: `a, b and c`."""
        comma, last = self.data["list"]
        return words[0] if len(words) == 1 else comma.join(words[:-1]) + last + words[-1]

    def either(self, words: Sequence[str]) -> str:
        """Alternatives: `a or b`."""
        return self.data["alternatives"].join(words)

    def name(self, item: Item) -> str:
        """`the navy striped wool coat`."""
        return item_name(item, self.language, definite=True)

    def money(self, amount: float, currency: str) -> str:
        """`$65`, `65,000원`, `120 CHF`."""
        phrases = load("phrases")
        signs = {**phrases["currency_signs"], **(phrases["currency_signs_ko"] if self.language == "ko" else {})}
        figure = f"{amount:,.2f}".removesuffix(".00")
        before, after = signs.get(currency, ("", f" {currency}"))
        return before + figure + after
