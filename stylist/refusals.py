"""What a refusal is of: "no red" after a wish for shoes is of everything, "no red shoes" of the shoes.

What is refused is the tracker's to tell; it likes to see it on the garment that was spoken of last. A refusal whose own clause names no garment
holds for the whole look.
"""

from __future__ import annotations

import re

from stylist.edits import Edit
from stylist.mllm import lexicon

LONGEST = 2000
"""Characters of a message that are looked at."""
FIELDS = ("color", "pattern", "material")
_CLAUSE = re.compile(r"[.!?;,\n]|\b(?:and|but|so|with)\b|(?:고요?|지만|는데|구요?)[,\s]", re.IGNORECASE)
_GENERIC = {
    "trousers": (re.compile(r"\b(?:pants|trousers)\b|바지", re.IGNORECASE), ("jeans", "chinos", "joggers")),
    "coat": (re.compile(r"\bcoats\b|코트", re.IGNORECASE), ("trench-coat",)),
    "jacket": (re.compile(r"\bjackets\b|[재자]켓", re.IGNORECASE), ("denim-jacket", "leather-jacket", "puffer", "blazer")),
    "hat": (re.compile(r"\b(?:hats?|headwear)\b|모자", re.IGNORECASE), ("beanie",)),
}
"""Garments by whose name people refuse others too."""


def placed(edit: Edit, text: str, question: str = "") -> Edit:
    """The edit with the refusals on the whole look of which neither the words nor the stylist's question tie any to a garment, and with all that a
    general name refuses."""
    text = text[:LONGEST]
    edit = _with_kinds(edit, text)
    if not any(_slot(key) for key in edit):
        return edit
    mentions = lexicon.mentions(text)
    bare = not any(lexicon.slots(mention.values) for mention in mentions)
    asked = lexicon.slots(lexicon.named(question[-LONGEST:])) if bare else frozenset()
    moved = {(key[1:], value) for key, values in edit.items() if (slot := _slot(key)) and slot not in asked for value in values if _is_free(value, text, mentions)}
    made: Edit = {}
    for key, values in edit.items():
        slot, field = _slot(key), key.rpartition(".")[2]
        free = [value for value in values if slot and (key[1:], value) in moved]
        if key[0] in "+=" and any(name == key[1:] for name, _ in moved):  # one garment is not to be what is refused of it
            values = [value for value in values if (key[1:], value) not in moved]
            if not values:
                continue
        for name, some in ((key, [value for value in values if value not in free]), (f"-{field}", free)):
            if some or (name == key and not values):
                made[name] = list(dict.fromkeys([*made.get(name, []), *some]))
        if not slot:
            made[key] = values if key not in made or not isinstance(values, list) else list(dict.fromkeys([*made[key], *values]))
    return made


def _slot(key: str) -> str:
    """The slot of a refusal of a color, pattern or material there, "" for any other key."""
    slot, _, field = key[1:].partition(".")
    return slot if key[0] == "-" and field in FIELDS else ""


def _is_free(value: str, text: str, mentions: list[lexicon.Mention]) -> bool:
    """Whether a value is named, and nowhere in a clause that names a garment or a slot."""
    own = [mention for mention in mentions if value in mention.values]
    ends = [match.start() for match in _CLAUSE.finditer(text)]

    def clause(mention: lexicon.Mention) -> int:
        return sum(end < mention.start for end in ends)

    garments = {clause(mention) for mention in mentions if lexicon.slots(mention.values)}
    return bool(own) and all(clause(mention) not in garments for mention in own)


def _with_kinds(edit: Edit, text: str) -> Edit:
    refused = edit.get("-type", [])
    wanted = {t for key in ("+type", "=type", "~type") for t in edit.get(key, [])}
    named = lexicon.named(text)
    more = [kin for name, (words, kinds) in _GENERIC.items() if name in refused and words.search(text) for kin in kinds if kin not in wanted and kin not in named]
    return edit | {"-type": list(dict.fromkeys([*refused, *more]))} if more else edit
