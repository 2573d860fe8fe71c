"""The look that a replayed talk is about: what another assistant told last, with what it offered since in the place of what it replaced.

A look is an edit of wanted garments, `+type` and `+SLOT.FIELD`. People come back to it turns later: "keep the olive jacket, the rest as is".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stylist import vocabulary as v
from stylist.edits import Edit, slots_of

_REFUSES = re.compile(
    r"(?:no|nah|nope|rather not)\b(?!\s+(?:problem|doubt|worries|complaints?|notes|questions?|changes?|need))|not that\b|(?:아니|싫|됐어|됐고)(?!.{0,8}(?:좋|괜찮|예쁘|완벽|그걸로))", re.IGNORECASE
)
_MOST_GONE = 0.5
_GENERIC = {"trousers": ("jeans", "chinos", "joggers", "leggings"), "jacket": ("blazer", "denim-jacket", "leather-jacket")}
"""Types whose name people also give to garments of these."""


def is_look(said: Edit) -> bool:
    """Whether the garments told of may be worn together: one a slot. Where two are told of, they are a choice."""
    slots = [v.SLOT_OF_TYPE[t] for t in said.get("+type", [])]
    return bool(slots) and len(set(slots)) == len(slots)


def less(look: Edit, slots: Iterable[str]) -> Edit:
    """The look without its garments of these slots."""
    gone = set(slots)
    types = [t for t in look.get("+type", []) if not slots_of([t]) & gone]
    left: Edit = {"+type": types} if types else {}
    kept = {v.SLOT_OF_TYPE[t] for t in types}
    return left | {key: value for key, value in look.items() if key != "+type" and key[1:].partition(".")[0] in kept}


def overlaid(look: Edit, said: Edit) -> Edit:
    """The look after garments were told of: their own where they dress the legs, else they take the place of the look's in their slots."""
    types = said.get("+type", [])
    slots = slots_of(types)
    if not types or "bottom" in slots:
        return dict(said) if types else look
    rest = less(look, slots)
    return {**rest, **said, "+type": [*rest.get("+type", []), *types]} if rest else dict(said)


def refused(said: Edit, edit: Edit, text: str) -> bool:
    """Whether the message turns down the one garment that was just offered; of several only some may be meant."""
    types = said.get("+type", [])
    if len(types) != 1:
        return False
    slots = slots_of(types)
    against = types[0] in edit.get("-type", []) or slots & {*edit.get("exclude", []), *edit.get("keep", [])}
    return bool(against or any(key.startswith(f"-{slot}.") for key in edit for slot in slots) or _REFUSES.match(text.strip()))


def is_left(look: Edit, edit: Edit) -> bool:
    """Whether the message turns from the look to something else: a new start, other clothes, another wearer or occasion, or it speaks
    against half of the look."""
    if "reset" in edit:
        return True
    if {"keep", "pick"}.isdisjoint(edit) and ("other" in edit.get("more", []) or not {"+gender", "=gender", "=occasion"}.isdisjoint(edit)):
        return True
    types = look.get("+type", [])
    return len(types) > 1 and len(set(types) & set(edit.get("-type", []))) > _MOST_GONE * len(types)


def after(look: Edit, edit: Edit) -> Edit:
    """The look as the message leaves it: less what it speaks against or has something else for."""
    if is_left(look, edit):
        return {}
    named = [t for key in ("+type", "=type") for t in edit.get(key, [])]
    others = slots_of(t for t in named if t not in look.get("+type", []))
    gone = others | {slot for t in edit.get("-type", []) if t in look.get("+type", []) for slot in slots_of([t])} | set(edit.get("exclude", []))
    left = less(look, gone)
    return {key: value for key, value in left.items() if not any(other[1:] == key[1:] and other[0] in "+=-" for other in edit if key != "+type")}


def called(edit: Edit, look: Edit) -> Edit:
    """The edit with the look's garment where it is called by a more general name: "the trousers are good" of chinos that were told of."""
    told = [t for t in look.get("+type", []) if t not in edit.get("-type", [])]
    meant = {name: next((t for t in told if t in kinds), None) for name, kinds in _GENERIC.items() if name not in told}
    changed = {key: [meant.get(t) or t for t in edit[key]] for key in ("+type", "=type") if key in edit}
    return edit | {key: list(dict.fromkeys(value)) for key, value in changed.items()} if any(changed[key] != edit[key] for key in changed) else edit
