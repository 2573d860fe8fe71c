"""Random states over a catalogue: wishes of every kind, many of them hard to keep, the same for the same generator."""

from __future__ import annotations

import random
from collections.abc import Sequence

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.edits import MORE, SLOT_FIELDS
from stylist.state import WEATHER, Budget, DialogState, SlotWishes, Wishes

_WANTED = {"type": 0.4, "color": 0.25, "pattern": 0.08, "material": 0.08, "season": 0.15, "formality": 0.12, "occasion": 0.45,
           "sleeve": 0.03, "length": 0.03, "fit": 0.04, "style": 0.06, "gender": 0.35}  # fmt: skip
_AVOIDED = {"type": 0.3, "color": 0.4, "pattern": 0.25, "material": 0.25, "fit": 0.05, "style": 0.05, "length": 0.05}


def random_state(rng: random.Random, items: Sequence[Item]) -> DialogState:
    """A state that a person might reach; nothing promises that an outfit can keep it."""
    want = _wishes(rng, _WANTED)
    avoid = _without(_wishes(rng, _AVOIDED, most=3), want)
    slots = {slot: _slot(rng) for slot in v.SLOTS if rng.random() < 0.12}
    if len(avoid.color) == 3:  # "red shoes, no other red"
        slots["shoes"] = SlotWishes(want=Wishes(color=avoid.color[:1]))
    total = rng.choice((60.0, 120.0, 180.0, 250.0, 400.0)) if rng.random() < 0.4 else None
    item = rng.choice((40.0, 75.0, 120.0)) if rng.random() < 0.12 else None
    chosen = rng.choice(items)
    anchored = rng.random() < 0.1
    kept = rng.choice(items)
    keep = {kept.slot: kept.id} if rng.random() < 0.1 and not set(kept.covers) & set(chosen.covers if anchored else ()) else {}
    return DialogState(
        want=want, avoid=avoid, slots={slot: wishes for slot, wishes in slots.items() if wishes},
        budget=Budget(total=total, item=item, currency=rng.choice(("USD", "USD", "USD", "EUR", "GBP"))),
        anchor=chosen if anchored else None, keep=keep,
        weather=tuple(rng.sample(WEATHER, 1)) if rng.random() < 0.2 else (),
        temperature=float(rng.randint(-12, 36)) if rng.random() < 0.12 else None,
        prefer=(rng.choice(MORE),) if rng.random() < 0.15 else (),
    )  # fmt: skip


def _wishes(rng: random.Random, chances: dict[str, float], most: int = 2) -> Wishes:
    return Wishes(**{
        field: tuple(rng.sample(v.VALUES[field], rng.randint(1, min(most, len(v.VALUES[field])) if field != "gender" else 1)))
        for field, chance in chances.items() if rng.random() < chance
    })  # fmt: skip


def _without(avoid: Wishes, want: Wishes) -> Wishes:
    """What is avoided, less what would make a wish impossible by itself."""
    return Wishes(**{field: tuple(x for x in avoid.values(field) if not _clash(field, x, want)) for field in v.FIELDS})


def _clash(field: str, value: str, want: Wishes) -> bool:
    if field == "color":
        return any(v.shades(value) & v.shades(wanted) for wanted in want.color)
    return value in want.values(field)


def _slot(rng: random.Random) -> SlotWishes:
    chances = {field: 0.12 for field in SLOT_FIELDS if field != "formality"}
    want = _wishes(rng, chances, most=1)
    return SlotWishes(
        want=want, avoid=_without(_wishes(rng, chances, most=1), want),
        price=rng.choice((30.0, 60.0, 100.0)) if rng.random() < 0.2 else None,
        include=rng.choice((True, False, None, None)),
    )  # fmt: skip
