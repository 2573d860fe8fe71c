"""Whole messages as people type them, each with the edit it makes: told apart from templates, since nobody's wishes come at random.

Read from `phrases/LANGUAGE/messages.tsv`. So that one message teaches more than its own words, `varied` tells it with other
garments, colors, patterns and materials in the same places.
"""

from __future__ import annotations

import functools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.errors import StylistError
from stylist.state import DialogState
from stylist.training import phrases
from stylist.training.phrases import Bank, Form

_VARIED = ("type", "color", "pattern", "material")
_MOST_WORDS = 3
_PAIRS = ("을/를", "은/는", "이/가", "과/와", "으로/로", "이나/나", "이랑/랑", "이에요/예요", "이요/요", "이라/라")
_PARTICLE = re.compile("(?:" + "|".join(sorted((p for pair in _PAIRS for p in pair.split("/")), key=len, reverse=True)) + r")(?![가-힣])")
_ENDING = re.compile(_PARTICLE.pattern + r"|(?:에|도|만|의|하고|에다|말고|처럼|로만|같은|이고|인데|요)*(?![가-힣])")
_ARTICLE = re.compile(r"\b(an?)\s$", re.IGNORECASE)


@dataclass(frozen=True)
class Message:
    """What a person says after `assistant` (the stylist's words just before, "" at the start), and the edit that it makes."""

    text: str
    assistant: str
    edit: Edit


@functools.cache
def load(language: str, part: str = "train") -> tuple[Message, ...]:
    """The messages of a language and part (train, valid or all); StylistError names a line that is none."""
    path = phrases.FOLDER / language / "messages.tsv"
    made = []
    for number, (edit, text, *rest) in enumerate(phrases.rows(path, 2), 1):
        try:
            message = Message(text, rest[0] if rest else "", edits.from_json(edit))
            edits.apply(DialogState(), message.edit)
        except StylistError as fault:
            raise StylistError(f"{path}: entry {number}: {fault}") from None
        if part == "all" or phrases.held_out(text) == (part == "valid"):
            made.append(message)
    return tuple(made)


def varied(message: Message, bank: Bank, rng: random.Random, share: float = 0.5) -> Message:
    """The message with other values for some of its words, in its text and its edit alike; each with chance `share`.

    Only a word that stands for just one entry of the edit is changed, into a form of the same kind: a garment into one of its
    slot, a color into a color. English articles and Korean particles follow.
    """
    values = Counter(word for value in message.edit.values() if isinstance(value, list) for word in value)
    text, edit = message.text, dict(message.edit)
    for start, end, form, plural in reversed(_mentions(text, bank)):
        keys = [key for key, value in edit.items() if key[0] in edits.SIGNS and isinstance(value, list) and form.value in value]
        if len(keys) != 1 or values[form.value] != 1 or not keys[0].endswith(form.field) or rng.random() >= share:
            continue
        if text[start:end].lower() in message.assistant.lower():
            continue  # the two speak of the same thing
        taken = {word for value in edit.values() if isinstance(value, list) for word in value}
        chosen = _another(form, taken, bank, rng)
        if chosen is None:
            continue
        new = chosen.plural if plural else chosen.text
        before, after = text[:start], text[end:]
        if article := _ARTICLE.search(before):
            before = before[: article.start()] + phrases.article(new) + " "
        if particle := _PARTICLE.match(after):
            pair = next(pair for pair in _PAIRS if particle[0] in pair.split("/"))
            new, after = phrases.josa(new + pair), after[particle.end() :]
        text = before + new + after
        edit[keys[0]] = [chosen.value if word == form.value else word for word in edit[keys[0]]]
    return Message(text, message.assistant, edit)


def _another(form: Form, taken: set[str], bank: Bank, rng: random.Random) -> Form | None:
    """A form of the same kind of another value; a garment's is one of the same slot that covers as much."""
    values = [value for value in v.VALUES[form.field] if value not in taken]
    if form.field == "type":
        values = [t for t in values if v.SLOT_OF_TYPE[t] == v.SLOT_OF_TYPE[form.value] and (t in v.COVERS_TOP) == (form.value in v.COVERS_TOP)]
    return bank.form(rng, form.field, rng.choice(values), (form.kind,)) if values else None


def _mentions(text: str, bank: Bank) -> list[tuple[int, int, Form, bool]]:
    """Words of the text that are forms of one value only: where, which, and whether in the plural; the longest first at each place."""
    forms = _forms(bank.language)
    found: list[tuple[int, int, Form, bool]] = []
    words = list(re.finditer(r"[\w-]+", text))
    at = 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + count - 1].end()
            end = _stem(text, start, end, forms) if bank.language == "ko" else end
            if candidate := forms.get(text[start:end].lower()):
                found.append((start, end, *candidate))
                at += count
                break
        else:
            at += 1
    names = Counter(text[start:end].lower() for start, end, *_ in found)
    return [mention for mention in found if names[text[mention[0] : mention[1]].lower()] == 1]


def _stem(text: str, start: int, end: int, forms: Mapping[str, object]) -> int:
    """Where a Korean word ends before its particles: the longest form that only an ending follows."""
    for stop in range(end, start, -1):
        if text[start:stop].lower() in forms and _ENDING.fullmatch(text[stop:end]):
            return stop
    return end


@functools.cache
def _forms(language: str) -> dict[str, tuple[Form, bool]]:
    """Text -> its form and whether it is the plural, for texts that stand for one value."""
    every: dict[str, list[tuple[Form, bool]]] = defaultdict(list)
    for forms in phrases.load(language, "all").forms.values():
        for form in forms:
            if form.field in _VARIED:
                every[form.text.lower()].append((form, False))
                if form.plural != form.text:
                    every[form.plural.lower()].append((form, True))
    order = ("noun", "pair", "adj", "mass", "with")
    return {text: min(found, key=lambda f: order.index(f[0].kind)) for text, found in every.items() if len({form.value for form, _ in found}) == 1}
