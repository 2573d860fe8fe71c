"""What a catalogue lacks that outfits need. Knows nothing of states: what is said here holds for everyone who asks."""

from __future__ import annotations

from collections.abc import Collection

from stylist import vocabulary as v
from stylist.catalog.items import Item


def missing_slots(items: Collection[Item]) -> tuple[str, ...]:
    """The slots of `top`, `bottom` and `shoes` that no outfit can fill, since no item covers them."""
    covered = {slot for item in items for slot in item.covers}
    return tuple(slot for slot in ("top", "bottom", "shoes") if slot not in covered)


def gaps(items: Collection[Item]) -> list[str]:
    """A line for each thing that many will ask for in vain: a slot without an item, prices that are not known."""
    found = []
    dresses = sum(item.type in v.COVERS_TOP for item in items)
    for slot in missing_slots(items):
        found.append(f"no item fills the slot {slot}; every outfit needs one unless the {slot} is left out")
    if not missing_slots(items) and not any("top" in item.covers and item.type not in v.COVERS_TOP for item in items):
        found.append(f"no item fills the slot top but {dresses} dresses and jumpsuits; every outfit has to be one of them")
    unpriced = sum(item.price is None for item in items)
    if items and unpriced == len(items):
        found.append("no item has a price; nothing can be shown to who names a budget")
    elif unpriced:
        found.append(f"{unpriced} of {len(items)} items have no price; they are left out where a budget is named")
    return found
