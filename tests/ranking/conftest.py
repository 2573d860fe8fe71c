"""Random items and states, the same for the same generator."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.state import WEATHER, Budget, DialogState, SlotWishes, Wishes

SLOT_FIELDS = ("color", "pattern", "material", "formality", "sleeve", "length", "fit", "style")


def _item(rng: random.Random, number: int, slot: str | None = None) -> Item:
    garment = rng.choice(v.TYPES_BY_SLOT[slot] if slot else v.TYPES)

    def maybe(values: tuple[str, ...], known: float = 0.85) -> str | None:
        return rng.choice(values) if rng.random() < known else None

    return Item(
        id=f"i{number}",
        slot=v.SLOT_OF_TYPE[garment],
        type=garment,
        color=maybe(v.COLORS),
        pattern=maybe(("solid", "solid", "solid", *v.PATTERNS)),
        material=maybe(v.MATERIALS),
        season=tuple(rng.sample(v.SEASONS, rng.randint(0, 3))),
        formality=maybe(v.FORMALITY),
        gender=rng.choice(("unisex", "unisex", "women", "men")),
        fit=maybe(v.FITS, 0.5),
        sleeve=maybe(v.SLEEVES, 0.5),
        length=maybe(v.LENGTHS, 0.5),
        style=tuple(rng.sample(v.STYLES, rng.randint(0, 2))),
        occasion=tuple(rng.sample(v.OCCASIONS, rng.randint(0, 3))),
        price=float(rng.randint(5, 120)) if rng.random() < 0.92 else None,
        currency=rng.choice(("USD", "USD", "USD", "EUR")),
        title=garment,
    )


def _wishes(rng: random.Random, chance: float, fields: tuple[str, ...]) -> Wishes:
    chosen = {}
    for field in fields:
        if rng.random() < chance:
            chosen[field] = tuple(rng.sample(v.VALUES[field], rng.randint(1, min(3, len(v.VALUES[field])))))
    return Wishes(**chosen)


def _state(rng: random.Random, items: list[Item], rules: bool = True) -> DialogState:
    fields = v.FIELDS if rules else tuple(f for f in v.FIELDS if f not in ("occasion", "season"))
    slots = {}
    for slot in v.SLOTS:
        if rng.random() < 0.15:
            slots[slot] = SlotWishes(
                want=_wishes(rng, 0.08, SLOT_FIELDS),
                avoid=_wishes(rng, 0.08, SLOT_FIELDS),
                price=rng.choice((None, None, 40.0, 80.0)),
                include=rng.choice((None, None, None, True, False)),
            )
    anchor = rng.choice(items) if rng.random() < 0.2 else None
    if anchor is not None and rng.random() < 0.6:
        anchor = anchor.model_copy(update={"id": "photo", "extra": {"owned": rng.random() < 0.7}})
    kept = rng.choice(items)
    return DialogState(
        want=_wishes(rng, 0.06, fields),
        avoid=_wishes(rng, 0.08, fields),
        budget=Budget(
            total=rng.choice((None, None, None, 80.0, 150.0, 300.0)),
            item=rng.choice((None, None, None, None, 60.0)),
            currency=rng.choice(("USD", "USD", "EUR")),
        ),
        slots=slots,
        anchor=anchor,
        weather=tuple(rng.sample(WEATHER, 1)) if rules and rng.random() < 0.2 else (),
        temperature=rng.choice((None, None, None, -8.0, 5.0, 13.0, 24.0, 33.0)) if rules else None,
        keep={kept.covers[0]: kept.id} if rng.random() < 0.1 else {},
        rejected=tuple(i.id for i in rng.sample(items, min(3, len(items)))) if rng.random() < 0.2 else (),
        prefer=rng.choice(((), (), ("cheaper",), ("warmer",), ("dressier",))) if rules else (),
        language=rng.choice(("en", "ko")),
    )


@pytest.fixture(scope="session")
def make_item() -> Callable[..., Item]:
    """(rng, number, slot=None) -> a random item."""
    return _item


@pytest.fixture(scope="session")
def make_state() -> Callable[..., DialogState]:
    """(rng, items, rules=True) -> a random state; without `rules` none that brings styling rules into play."""
    return _state
