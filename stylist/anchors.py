"""The garment of a photo that an outfit is built around, or that another is to be like.

Which of both is meant is the tracker's to tell; this finds the garment and makes room for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stylist import edits
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.edits import Edit, slots_of
from stylist.state import DialogState

_LIKE = ("color", "pattern", "material", "length", "sleeve")


def focus(photo: str | None, plain: dict[str, Any], seen: Sequence[Item]) -> tuple[Item | None, dict[str, Any]]:
    """The garment of the photos that is meant, and the rest of the edit. A type that the person names is believed over the photo's."""
    named = [t for t in plain.get("+type", []) if t in v.SLOT_OF_TYPE]
    chosen = seen[0]
    if photo == "anchor" and named:
        slots = {v.SLOT_OF_TYPE[t] for t in named}
        chosen = next((item for item in seen if item.type in named), None) or next((item for item in seen if item.slot in slots), seen[0])
        if chosen.slot in slots and chosen.type not in named:
            chosen = chosen.model_copy(update={"type": next(t for t in named if v.SLOT_OF_TYPE[t] == chosen.slot)})
        rest = [t for t in named if t != chosen.type]
        plain = {k: x for k, x in plain.items() if k != "+type"} | ({"+type": rest} if rest else {})
    if photo != "like":
        return chosen, plain
    like: dict[str, Any] = {"=type": [chosen.type]}
    for name in _LIKE:
        said = plain.pop(f"+{name}", None) or plain.pop(f"={name}", None)
        own = list(chosen.values(name)) if name in ("color", "pattern") else []
        if said or own:
            like[f"={chosen.slot}.{name}"] = said or own
    return None, like | plain


def around(state: DialogState, anchor: Item, edit: Edit, shown: Sequence[Outfit]) -> DialogState:
    """The state without what was wished for or kept before in the places that the photo's garment takes: a dress leaves none for a T-shirt."""
    said = {t for key in ("+type", "=type") for t in edit.get(key, [])}
    taken = set(anchor.covers)
    gone = {item.id for outfit in shown for item in outfit.items if taken & set(item.covers)}
    types = [t for t in state.want.type if t not in said and t != anchor.type and v.SLOT_OF_TYPE[t] != "accessory" and slots_of([t]) & taken]
    state = edits.apply(state, {"~type": types}).model_copy(update={"prefer": state.prefer}) if types else state
    return state.model_copy(update={"keep": {slot: item for slot, item in state.keep.items() if item not in gone}})
