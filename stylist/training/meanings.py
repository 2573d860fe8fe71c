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
    return merge(edit, _of_slot(phrase, sign))


def avoided_phrase(phrase: NounPhrase) -> Edit:
    """What of a garment phrase is not wanted: its attributes where it has some, else the garment."""
    if phrase.attributes:
        return _of_slot(phrase, "-")
    return {"-type": [phrase.type]} if phrase.type else {"exclude": [phrase.slot]}


def _of_slot(phrase: NounPhrase, sign: str) -> Edit:
    """The attributes of a garment phrase on its slot; a field may be said twice ("black and white")."""
    return listed(sign, [(f"{phrase.slot}.{field}", value) for field, value in phrase.attributes])


def listed(sign: str, pairs: list[tuple[str, str]]) -> Edit:
    """(field, value) pairs under one sign; a field may stand with its slot."""
    edit: Edit = {}
    for field, value in pairs:
        edit = merge(edit, {sign + field: [value]})
    return edit


def event_edit(bound: Bound) -> Edit:
    """What the event of a template implies, less what the template says otherwise: "a beach week in autumn" is no summer."""
    said = {field for field, _ in bound.attributes}
    implied = scene_edit(bound.event.values) if bound.event else Edit()
    return {key: values for key, values in implied.items() if key[1:] not in said or key[1:] == "occasion"}


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
