"""What of an outfit is seen first: where a color or a pattern that the person wishes for on the whole look belongs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stylist import vocabulary as v
from stylist.ranking.table import ItemTable
from stylist.state import DialogState

CLOTHES = ("outer", "top", "bottom")
METALS = frozenset({"gold", "silver"})
PLAIN = ("solid",)
"""The pattern wish that means every item: a plain look is one without patterns, but where a slot wants one."""


def is_seen(name: str, values: Sequence[str]) -> bool:
    """True of a wish on the whole outfit that its clothes should meet, not a bag or shoes alone: "something in green"; jewelry's colors are as
    good there, and a plain look is every item's matter."""
    return name in ("color", "pattern") and not set(values) <= METALS and tuple(values) != PLAIN


def seen_slots(state: DialogState, name: str) -> frozenset[str]:
    """The slots that a wish for a color or pattern means: the clothes that the person speaks of ("a dress", then "blue"), else any clothes and
    what is spoken of; none that has its own."""
    own = {slot for slot in v.SLOTS if state.slot(slot).want.values(name) or state.slot(slot).include is False}
    spoken = {v.SLOT_OF_TYPE[t] for t in state.want.type}
    for slots in (spoken & set(CLOTHES), {*CLOTHES, *spoken}):
        if slots - own:
            return frozenset(slots - own)
    return frozenset(v.SLOTS)


def shows(state: DialogState, table: ItemTable, name: str, fixed: Sequence[int]) -> np.ndarray:
    """(n,) bool: items of `seen_slots`, and what is there anyway (`fixed` rows, the anchor)."""
    found = np.any([table.in_slot(slot) for slot in seen_slots(state, name)], axis=0)
    found[list(fixed)] = True
    if state.anchor is not None:
        found[len(table) - 1] = True
    return np.asarray(found)


def any_seen(state: DialogState) -> bool:
    """Whether the state holds such a wish."""
    return any(is_seen(name, state.want.values(name)) for name in ("color", "pattern") if state.want.values(name))
