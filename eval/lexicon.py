"""The baseline of the tracker: looks up the longest known words in a message and wants whatever they name.

It knows every form that the tracker was trained on, and amounts with a currency; it hears no negation, question or reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.training import phrases

_MONEY = re.compile(r"(?P<sign>[$£€])\s?(?P<before>\d+(?:\.\d+)?)|(?P<after>\d+(?:\.\d+)?)\s?(?P<word>dollars|bucks|usd|달러|만\s?원)", re.IGNORECASE)
_CURRENCY = {"$": "USD", "£": "GBP", "€": "EUR"}

Meaning = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Words:
    pattern: re.Pattern[str]
    meanings: Mapping[str, Meaning]


class Lexicon:
    """Words of each language and the values they stand for."""

    def __init__(self, words: Mapping[str, Mapping[str, Meaning]]):
        self._words = {language: _Words(_longest(table, language), table) for language, table in words.items()}

    @classmethod
    def from_phrases(cls) -> Lexicon:
        """From the `train` part of the phrase bank: forms, and events and weather as whole phrases."""
        tables: dict[str, dict[str, Meaning]] = {}
        for language in phrases.LANGUAGES:
            bank = phrases.load(language, "train")
            table: dict[str, Meaning] = {}
            ranked = sorted((form for forms in bank.forms.values() for form in forms), key=lambda form: form.rank)
            for form in ranked:
                for text in (form.text, form.plural):
                    table.setdefault(text.lower(), {form.field: (form.value,)})
            for scene in (*bank.events, *bank.weather, *bank.gender):
                if "{" not in scene.text:
                    table.setdefault(scene.text.lower(), {k: x for k, x in scene.values.items() if k != "temp"})
            tables[language] = table
        return cls(tables)

    def edit(self, text: str, language: str) -> Edit:
        """The edit that wants everything the message names; an attribute just before a garment is wished of its slot."""
        words = self._words[language]
        text = text.lower()
        result: Edit = {}
        found = list(words.pattern.finditer(text))
        for number, match in enumerate(found):
            following = found[number + 1] if number + 1 < len(found) else None
            touching = following is not None and not text[match.end() : following.start()].strip()
            slot = _slot(words.meanings[following[0]]) if touching and following is not None else None
            for field, values in words.meanings[match[0]].items():
                _add(result, field, values, slot)
        money = _MONEY.search(text)
        if money:
            amount = money["before"] or money["after"]
            won = bool(money["word"]) and money["word"].startswith("만")
            result["total"] = f"{float(amount) * 10000:.0f} KRW" if won else f"{amount} {_CURRENCY.get(money['sign'] or '$', 'USD')}"
        return result


def _longest(table: Mapping[str, Meaning], language: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{alternatives})(?![a-z])" if language == "en" else f"(?:{alternatives})")


def _slot(meaning: Meaning) -> str | None:
    return v.SLOT_OF_TYPE[meaning["type"][0]] if "type" in meaning else None


def _add(edit: Edit, field: str, values: tuple[str, ...], slot: str | None) -> None:
    if field in ("slot", "weather"):
        key = "include" if field == "slot" else "weather"
    elif field in v.FIELDS:
        key = f"+{slot}.{field}" if slot and field in edits.SLOT_FIELDS else f"+{field}"
    else:
        return
    edit[key] = list(dict.fromkeys([*edit.get(key, []), *values]))
