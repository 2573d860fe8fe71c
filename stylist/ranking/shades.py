"""Prefers the very shade that was named: "brown oxfords" admits beige ones, whose family is brown, but brown ones come first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.state import DialogState, SlotWishes

QUIET = frozenset({"black", "white", "cream", "grey", "beige", "brown", "camel", "khaki", "navy", "gold", "silver"})
"""Colors that may come back anywhere in a look."""
REPEATED = 0.7  # what is left of the relevance of a garment that repeats a loud color wished for on another
_SMALL = ("shoes", "bag", "accessory")
ANOTHER_SHADE = 0.3  # what is left of the relevance of a garment in another shade of the wanted family

NEAR: dict[str, tuple[str, ...]] = {
    "black": ("grey", "navy"), "white": ("cream",), "cream": ("white", "beige"), "grey": ("silver", "black"), "silver": ("grey",), "beige": ("cream", "camel", "khaki"),
    "brown": ("camel", "beige"), "camel": ("beige", "brown"), "khaki": ("olive", "beige", "camel"), "red": ("burgundy",), "burgundy": ("red",), "orange": ("red", "yellow"),
    "yellow": ("gold", "orange"), "gold": ("yellow",), "green": ("olive",), "olive": ("green", "khaki"), "blue": ("navy", "light-blue"), "navy": ("blue", "black"),
    "light-blue": ("blue",), "purple": ("pink", "burgundy"), "pink": ("purple", "red"),
}  # fmt: skip
"""What people take for a color where it is not to be had, the nearest first."""


def only_named_shades(state: DialogState, items: Sequence[Item]) -> DialogState:
    """A state to try first, which takes no garment in another shade of the family that its slot's color wish names.

    It is the state itself where that changes nothing.
    """
    by_slot = {slot: set(state.slot(slot).want.color) for slot in v.SLOTS if state.slot(slot).want.color}
    others = [item.id for item in items if _only_kin(item, set().union(*(by_slot.get(slot, set()) for slot in item.covers)))]
    return state.model_copy(update={"rejected": (*state.rejected, *others)}) if others else state


def nearer(state: DialogState, slots: Sequence[str] = v.SLOTS) -> list[DialogState]:
    """The state with a color wished for on a garment of one of `slots` changed to the nearest, then to any near by, of each such garment in turn,
    then of all: who can't have a khaki parka would rather see an olive one than a red one."""
    made = []
    for most in (1, None):
        changed = {slot: wishes for slot in slots if (wishes := _near(state, slot, most)) is not None}
        single = [{slot: wishes} for slot, wishes in changed.items()] if len(changed) > 1 else []
        made += [state.model_copy(update={"slots": {**state.slots, **some}}) for some in (*single, changed) if some]
    return made


def _near(state: DialogState, slot: str, most: int | None) -> SlotWishes | None:
    wishes = state.slot(slot)
    gone = {*wishes.avoid.color, *state.avoid.color}
    near = [color for wanted in wishes.want.color for color in NEAR.get(wanted, ())[:most] if color not in gone and color not in wishes.want.color]
    return wishes.model_copy(update={"want": wishes.want.model_copy(update={"color": tuple(dict.fromkeys(near))})}) if near else None


def _only_kin(item: Item, named: set[str]) -> bool:
    return item.color not in named and any(item.color in v.shades(color) for color in named)


def _loud_kin(colors: set[str]) -> set[str]:
    """The loud colors of the families of these loud colors."""
    return {shade for color in colors - QUIET for shade in v.COLOR_FAMILIES[v.FAMILY_OF_COLOR[color]]} - QUIET


def prefer_named_shades(state: DialogState, items: Sequence[Item], relevance: np.ndarray) -> np.ndarray:
    """The items' relevance (n,) in 0..1, less where a garment only shares the family of a wanted color, or repeats a loud one.

    A wish on a slot concerns that slot's garments, one on the whole outfit those of slots without a color wish of their own. A red coat is no
    wish for a red bag: what a text says of one garment makes all red ones look relevant.
    """
    by_slot = {slot: set(state.slot(slot).want.color) for slot in v.SLOTS}
    whole = set(state.want.color)
    if not whole and not any(by_slot.values()):
        return relevance
    factors = np.ones(len(items))
    of_others, of_all = (_loud_kin(named) if "color" not in state.everywhere else set() for named in (set().union(*by_slot.values()), whole))
    for row, item in enumerate(items):
        own = set().union(*(by_slot[slot] for slot in item.covers))
        if _only_kin(item, own or whole):
            factors[row] = ANOTHER_SHADE
        elif not own and (item.color in of_others or (item.color in of_all and item.slot in _SMALL)):
            factors[row] = REPEATED
    return relevance * factors
