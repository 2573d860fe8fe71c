"""What the parts of a filled template mean, as edits to the state. Knows nothing of acts or of how messages are put together."""

from __future__ import annotations

from collections.abc import Iterator

from stylist import vocabulary as v
from stylist.edits import Edit, merge
from stylist.training.speaker import Bound, NounPhrase


def wanted_phrase(phrase: NounPhrase, sign: str = "+") -> Edit:
    """A garment phrase that is wanted, with its attributes on its slot; `sign` as in `edits`."""
    edit: Edit = {}
    if phrase.type:
        edit[f"{sign}type"] = [phrase.type]
    elif not phrase.attributes:
        edit["include"] = [phrase.slot]
    for field, value in phrase.attributes:
        edit[f"{sign}{phrase.slot}.{field}"] = [value]
    return edit


def avoided_phrase(phrase: NounPhrase) -> Edit:
    """What of a garment phrase is not wanted: its attributes where it has some, else the garment."""
    if phrase.attributes:
        return {f"-{phrase.slot}.{field}": [value] for field, value in phrase.attributes}
    return {"-type": [phrase.type]} if phrase.type else {"exclude": [phrase.slot]}


def listed(sign: str, pairs: list[tuple[str, str]]) -> Edit:
    """(field, value) pairs under one sign."""
    edit: Edit = {}
    for field, value in pairs:
        edit = merge(edit, {sign + field: [value]})
    return edit


def scene_edit(values: object) -> Edit:
    """What an event, weather or gender implies."""
    edit: Edit = {}
    for key, words in dict(values).items():  # type: ignore[call-overload]
        if key in v.FIELDS:
            edit["+" + key] = list(words)
        elif key == "weather":
            edit["weather"] = list(words)
        elif key == "temp":
            edit["temp"] = words[0]
    return edit


def slots_edit(bound: Bound, key: str) -> Edit:
    """The slots that a template named, under one key."""
    return {key: [slot for _, slot in bound.slots]} if bound.slots else {}


def merge_all(parts: Iterator[Edit]) -> Edit:
    """The edits as one, in their order."""
    edit: Edit = {}
    for part in parts:
        edit = merge(edit, part)
    return edit
