"""Lets no sentence through that names what is not in the facts: garments with their colors, patterns and materials, and prices."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from stylist import vocabulary as v
from stylist.mllm.facts import ReplyFacts
from stylist.names import value_name

_ATTRIBUTES = ("color", "pattern", "material")
_PRICE = re.compile(r"[$£€]\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?\s?(?:원|dollars|pounds|euros)")
_VERBS = re.compile(r"\bI(?:'ve)? checked\b|\bties (?:it|them|everything|the look)\b|\bdress(?:es|ed)?\b(?= (?:you|code|up|down|for|there|in|to|well|people|him|her|them|yourself))|(?<=people )dress|(?<=usually )dress"
                       r"|(?<=to )dress|(?<=we )dress|(?<=you )dress|(?<=everyone )dress", re.IGNORECASE)  # fmt: skip
_COUNTS = {
    "en": (re.compile(r"(?<!look )(?<!number )(?<!outfit )\b(?:(two)\b(?= (?:\w+ )?(?:looks|outfits|ideas|ways|options|suggestions|moods|with)\b)|(three|four|five|six)\b)", re.IGNORECASE),
           {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}),
    "ko": (re.compile(r"(두|세|네|다섯) ?(?=벌|가지|개(?!월)|룩|코디|스타일)|(셋)(?=[ 을이은다,.])"), {"두": 2, "세": 3, "셋": 3, "네": 4, "다섯": 5}),
}  # fmt: skip
_PLURAL = re.compile(r"\b(?:these|those|each(?! other)|(?:looks|outfits|ideas|ways|options|suggestions)|(?:look|number|outfit) (?:two|three))\b|두 번째|세 번째|나머지|각각", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")


@functools.cache
def _names(language: str) -> tuple[tuple[str, str, str], ...]:
    """(words, field, value) of everything that a sentence may claim, the longest words first."""
    found = [(value_name(f, x, language).lower(), f, x) for f in (*_ATTRIBUTES, "type") for x in v.VALUES[f]]
    if language == "en":  # as they are called where they are left out: "stripes", "scarves"
        found += [(value_name(f"no_{f}", x, language).lower(), f, x) for f in ("pattern", "type") for x in v.VALUES[f]]
    return tuple(sorted(dict.fromkeys(found), key=lambda entry: -len(entry[0])))


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    words = [re.escape(name) for name, _, _ in _names(language)]
    if language == "en":
        return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?:e?s)?(?![\w-])", re.IGNORECASE)
    long, short = ([w for w in words if (len(w) > 1) is is_long] for is_long in (True, False))
    # one syllable is a word of its own only before a space or a particle, and never inside another word
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(long)}|(?:{'|'.join(short)})(?=[ ,.과이을은의도에으로]|$))")


@dataclass(frozen=True)
class Mention:
    """A garment named in a text: its type (None where only attributes stand) and the attributes just before it."""

    type: str | None
    attributes: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def _lookup(words: str, language: str) -> tuple[str, str] | None:
    words = words.lower()
    for name, field_name, value in _names(language):
        if words == name or (language == "en" and words in (name + "s", name + "es")):
            return field_name, value
    return None


def mentions(text: str, language: str) -> list[Mention]:
    """Every garment or loose attribute that the text names."""
    found: list[Mention] = []
    pending: set[tuple[str, str]] = set()
    last_end = -1
    text = _VERBS.sub("", text) if language == "en" else text
    for match in _pattern(language).finditer(text):
        entry = _lookup(match[0], language)
        if entry is None:
            continue
        if pending and text[last_end : match.start()].strip(" ") not in ("", "and"):
            found.append(Mention(None, frozenset(pending)))
            pending = set()
        last_end = match.end()
        if entry[0] == "type":
            found.append(Mention(entry[1], frozenset(pending)))
            pending = set()
        else:
            pending.add(entry)
    if pending:
        found.append(Mention(None, frozenset(pending)))
    return found


def unsupported(sentence: str, facts: ReplyFacts) -> list[str]:
    """What the sentence claims that the facts do not hold, in words; empty for an honest sentence."""
    language = facts.language
    items = [name for look in facts.looks for name in look] + ([facts.focus] if facts.focus else [])
    shown = [mention for name in items for mention in mentions(name, language)]
    loose = {pair for text in (*facts.avoid, facts.relax or "", facts.slot or "") for m in mentions(text, language) for pair in _pairs(m)}
    loose |= {pair for mention in shown for pair in mention.attributes}
    faults = []
    for mention in mentions(sentence, language):
        if mention.type is None:
            faults += [f"{f} {x}" for f, x in mention.attributes if (f, x) not in loose]
        elif ("type", mention.type) in loose and mention.attributes <= loose:
            continue
        elif not mention.attributes and sentence.rstrip().endswith("?"):
            continue  # a question about jeans does not claim that any are shown
        elif not any(mention.type == s.type and mention.attributes <= s.attributes for s in shown):
            faults.append(" ".join([*(x for _, x in sorted(mention.attributes)), mention.type]))
    allowed = {_figure(p) for text in (facts.total, facts.budget, facts.relax) if text for p in _PRICE.findall(text)}
    faults += [price for price in _PRICE.findall(sentence) if _figure(price) not in allowed]
    return faults + miscounts(sentence, facts)


def miscounts(sentence: str, facts: ReplyFacts) -> list[str]:
    """Numbers of outfits that the sentence speaks of and that are not shown."""
    shown = len(facts.looks) if facts.count is None else facts.count
    if not shown:
        return []
    pattern, figures = _COUNTS[facts.language]
    said = [word for match in pattern.finditer(sentence) for word in match.groups() if word]
    wrong = [word for word in said if figures[word.lower()] != shown]
    return wrong or ([match[0] for match in _PLURAL.finditer(sentence)] if shown == 1 else [])


def _pairs(mention: Mention) -> set[tuple[str, str]]:
    return set(mention.attributes) | ({("type", mention.type)} if mention.type else set())


def _figure(price: str) -> float:
    return float(re.sub(r"[^\d.]", "", price) or 0)


def sentences(text: str) -> list[str]:
    """The text cut at sentence ends."""
    return [part for part in _END.split(text.strip()) if part]
