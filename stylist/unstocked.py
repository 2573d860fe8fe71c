"""Garments that people ask for and the vocabulary has no type of: gloves, a watch, a swimsuit. The reply says that there are none here.

Nothing is composed by these words; a catalogue whose titles name such a thing is not spoken of so.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from stylist.mllm import lexicon
from stylist.ranking.wording import Wording, fill

LONGEST = 2000
"""Characters of a message that are looked at."""
_NOT = re.compile(r"\b(?:no|not|never|without|skip|lose|hate|don['’]?t|doesn['’]?t|can['’]?t|won['’]?t|isn['’]?t|my|his|her|our|their|your|already|always|wore|wearing|wear|wears|hides?|covers?|in hand|got|own|season)\b|말고|없이|빼|싫|안 |필요 ?없|있어(?!요?\s?\?)|있으|있는|제 |내 ", re.IGNORECASE)
"""What in the same clause makes it unsure that the thing is asked for."""
_CLAUSE = re.compile(r"[,.!;:\n]+|(?<=\?)\s+|\b(?:but|so)\b|(?:지만|는데|고요)[,\s]", re.IGNORECASE)
_VERB = re.compile(r"\b(?:to|i|we|you|they|let['’]?s|ll|just|and|will|can|gonna)\s$", re.IGNORECASE)
_ACTS = frozenset({"watch", "ring"})  # words that are as often verbs
_INSIDE = re.compile(r"\s?-?(?:party|pattern|print|style|strap|out|tower|weather|bag|drawer|hole|holes)\b", re.IGNORECASE)


@functools.cache
def _words(language: str) -> re.Pattern[str]:
    things: dict[str, list[str]] = Wording(language).data["unstocked"]["things"]
    forms = sorted({form for own in things.values() for form in own}, key=len, reverse=True)
    edges = (r"(?<![가-힣])", r"(?=(?:은|는|이|가|을|를|도|랑|이랑|하고|과|와|까지|만|요)?(?:[^가-힣]|$))") if language == "ko" else (r"\b", r"\b")
    return re.compile(f"{edges[0]}(?:{'|'.join(map(re.escape, forms))}){edges[1]}", re.IGNORECASE)


def asked_for(text: str) -> tuple[str, ...]:
    """The things that a message asks for and no type of the vocabulary covers, by their names in its language."""
    language = lexicon.language(text)
    things: dict[str, list[str]] = Wording(language).data["unstocked"]["things"]
    found: list[str] = []
    for clause in _CLAUSE.split(text[:LONGEST]):
        known = [(mention.start, mention.end) for mention in lexicon.load(language).find(clause)]
        for match in _words(language).finditer(clause):
            word = match[0].lower()
            verb = word in _ACTS and (not match.start() or _VERB.search(clause[: match.start()]))
            taken = any(start <= match.start() < end for start, end in known)
            if not (verb or taken or _NOT.search(clause) or _INSIDE.match(clause, match.end())):
                found += [name for name, own in things.items() if word in own]
    return tuple(dict.fromkeys(found))


def nothing_else(text: str) -> bool:
    """Whether a message asks for such things and names nothing else: no garment, no value, no figure. What a tracker reads in it would be a guess."""
    text = text[:LONGEST]
    language = lexicon.language(text)
    rest = _words(language).sub(" ", text)
    return bool(asked_for(text)) and not lexicon.named(rest) and not re.search(r"\d", rest)


def told(things: Iterable[str], titles: Iterable[str], language: str) -> str:
    """A sentence that says which of the things are not to be had, "" where the titles of the catalogue's items name each."""
    wording = Wording(language)
    known = " ".join(titles).lower()
    missing = [thing for thing in things if not any(form in known for form in wording.data["unstocked"]["things"].get(thing, [thing]))]
    if not missing:
        return ""
    words = wording.either(missing)
    return fill(wording.pick("unstocked", words, "told"), words=words)
