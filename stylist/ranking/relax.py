"""Where nothing fits: the fewest wishes to give up so that something does, and what the nearest outfit would cost.

Knows the state and a way to ask whether a state can be met; nothing of how outfits are found.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from stylist import vocabulary as v
from stylist.ranking.wording import Wording, fill
from stylist.state import Budget, DialogState, SlotWishes, Wishes

MOST = 5
TIME_LIMIT_S = 1.5


@dataclass(frozen=True)
class Wish:
    """One thing the person said that can be taken back.

    `kind` is want, avoid, budget, price, include, keep, anchor, rejected or prefer; `slot` is None for the whole outfit;
    `field` is a vocabulary field, or `total` or `item` for a budget; `values` are what it says; `text` says it in words.
    """

    kind: str
    slot: str | None = None
    field: str | None = None
    values: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Relaxation:
    """Wishes that, taken back together, let an outfit through. `total` is what the cheapest such outfit costs in
    `currency`, None where prices are unknown; `text` says it in the person's language."""

    wishes: tuple[Wish, ...]
    total: float | None
    currency: str
    text: str


Cheapest = Callable[[DialogState], tuple[bool, float | None]]


def relaxations(state: DialogState, cheapest: Cheapest, time_limit_s: float = TIME_LIMIT_S) -> tuple[Relaxation, ...]:
    """Every smallest set of at most two wishes whose removal makes an outfit possible, the cheapest first, at most MOST.

    `cheapest(state)` tells whether a state can be met and the least total. Empty where giving up two wishes is not
    enough or the time is up before one is found.
    """
    wishes = list(_wishes(state))
    deadline = time.thread_time() + time_limit_s
    wording = Wording(state.language)
    for size in (1, 2):
        found = []
        for group in combinations(wishes, size):
            if time.thread_time() > deadline:
                break
            freed = state
            for wish in group:
                freed = without(freed, wish)
            possible, total = cheapest(freed)
            if possible:
                found.append(_relaxation(group, total, state.budget.currency, wording))
        if found:
            found.sort(key=lambda r: r.total if r.total is not None else float("inf"))
            return tuple(found[:MOST])
    return ()


def _relaxation(group: tuple[Wish, ...], total: float | None, currency: str, wording: Wording) -> Relaxation:
    text = wording.join([wish.text for wish in group])
    if total is not None and any(wish.kind in ("budget", "price") or wish.field == "cheaper" for wish in group):
        text = fill(wording.data["wish"]["needs"], words=text, limit=wording.money(total, currency))
    return Relaxation(group, total, currency, text)


def without(state: DialogState, wish: Wish) -> DialogState:
    """The state with one wish taken back."""
    if wish.kind in ("want", "avoid") and wish.field is not None:
        if wish.slot is None:
            return state.model_copy(update={wish.kind: _less(getattr(state, wish.kind), wish)})
        slot = state.slot(wish.slot)
        return _with_slot(state, wish.slot, slot.model_copy(update={wish.kind: _less(getattr(slot, wish.kind), wish)}))
    if wish.kind in ("price", "include") and wish.slot is not None:
        return _with_slot(state, wish.slot, state.slot(wish.slot).model_copy(update={wish.kind: None}))
    if wish.kind == "budget" and wish.field is not None:
        return state.model_copy(update={"budget": Budget(**{**state.budget.model_dump(), wish.field: None})})
    if wish.kind == "keep":
        return state.model_copy(update={"keep": {s: i for s, i in state.keep.items() if s != wish.slot}})
    if wish.kind == "anchor":
        return state.model_copy(update={"anchor": None})
    if wish.kind == "rejected":
        return state.model_copy(update={"rejected": ()})
    if wish.kind == "prefer":
        return state.model_copy(update={"prefer": tuple(p for p in state.prefer if p != wish.field)})
    raise ValueError(f"{wish.kind!r} is not a kind of wish")


def _less(wishes: Wishes, wish: Wish) -> Wishes:
    assert wish.field is not None
    rest = tuple(value for value in wishes.values(wish.field) if value not in wish.values)
    return wishes.model_copy(update={wish.field: rest})


def _with_slot(state: DialogState, slot: str, wishes: SlotWishes) -> DialogState:
    return state.model_copy(update={"slots": {**state.slots, slot: wishes}})


def _wishes(state: DialogState) -> Iterator[Wish]:
    """Everything that can be taken back, one by one: a field's wanted values go together, as they are alternatives;
    types go slot by slot, avoided values one at a time."""
    wording = Wording(state.language)
    say, currency = wording.data["wish"], state.budget.currency
    if state.budget.total is not None:
        yield Wish("budget", None, "total", text=fill(say["total"], limit=wording.money(state.budget.total, currency)))
    if state.budget.item is not None:
        yield Wish("budget", None, "item", text=fill(say["item"], limit=wording.money(state.budget.item, currency)))
    if "cheaper" in state.prefer:
        yield Wish("prefer", None, "cheaper", text=say["cheaper"])
    yield from _of(state.want, state.avoid, None, wording)
    for slot in v.SLOTS:
        wishes = state.slot(slot)
        name = wording.word("slot", slot)
        if wishes.price is not None:
            yield Wish("price", slot, text=fill(say["price"], limit=wording.money(wishes.price, currency), slot=name))
        if wishes.include is not None:
            key = "include" if wishes.include else "exclude"
            yield Wish("include", slot, values=(str(wishes.include).lower(),), text=fill(say[key], slot=name))
        yield from _of(wishes.want, wishes.avoid, slot, wording)
    for slot, item_id in state.keep.items():
        yield Wish("keep", slot, values=(item_id,), text=fill(say["keep"], slot=wording.word("slot", slot)))
    if state.anchor is not None:
        yield Wish("anchor", values=(state.anchor.id,), text=fill(say["anchor"], item=wording.name(state.anchor)))
    if state.rejected:
        yield Wish("rejected", values=state.rejected, text=say["rejected"])


def _of(want: Wishes, avoid: Wishes, slot: str | None, wording: Wording) -> Iterator[Wish]:
    say, suffix = wording.data["wish"], "" if slot is None else "_in"
    name = "" if slot is None else wording.word("slot", slot)
    for field in v.FIELDS:
        if field == "occasion":
            continue  # no promise hangs on it
        values = want.values(field)
        groups = [values] if field != "type" else [tuple(t for t in values if v.SLOT_OF_TYPE[t] == s) for s in v.SLOTS]
        for group in groups:
            if group:
                words = wording.either([wording.word(field, value) for value in group])
                yield Wish("want", slot, field, group, fill(say["want" + suffix], words=words, slot=name))
        for value in avoid.values(field):
            yield Wish(
                "avoid", slot, field, (value,), fill(say["avoid" + suffix], words=wording.word(field, value), slot=name)
            )
