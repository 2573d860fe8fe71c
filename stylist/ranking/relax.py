"""Where nothing fits: the fewest wishes to give up so that something does, and what the nearest outfit would cost.

Knows the state and a way to ask whether a state can be met; nothing of how outfits are found.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from stylist import vocabulary as v
from stylist.ranking.conflicts import Demands, OutOfTime, Search
from stylist.ranking.rules import Rules
from stylist.ranking.wording import Wording, fill
from stylist.state import Budget, DialogState, SlotWishes, Wishes

MOST = 5
MOST_GIVEN_UP = 3
TIME_LIMIT_S = 1.5
_MONEY = ("budget", "price", "prefer")
SEPARATES = tuple(garment for garment in v.TYPES_BY_SLOT["bottom"] if garment not in v.COVERS_TOP)


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
    `currency`, None where prices are unknown; `text` says it in the person's language. `smallest` is True where it is proven
    that no fewer wishes are enough; False where time was up: then none of these can be kept beside the rest, that is all."""

    wishes: tuple[Wish, ...]
    total: float | None
    currency: str
    text: str
    smallest: bool = True


Cheapest = Callable[[DialogState], tuple[bool, float | None]]


def relaxations(state: DialogState, cheapest: Cheapest, time_limit_s: float = TIME_LIMIT_S) -> tuple[Relaxation, ...]:
    """The smallest sets of wishes, of any size, whose removal makes an outfit possible: the cheapest first, at most MOST.

    `cheapest(state)` tells whether a state can be met and the least total. Exact, unless `time_limit_s`, in seconds of this
    thread's processor time, is up: then some of the smallest sets may be missing, or where none was found the answer is one
    set that may not be the smallest, which its `smallest` says. Empty where no set is enough, or the state can be met.
    """
    wishes = list(_wishes(state))
    ask = _Questions(state, wishes, cheapest, time.thread_time() + time_limit_s)
    search = Search(len(wishes), _switches(state, wishes), ask.met, ask.hopeless)
    found: list[Demands] = []
    smallest = True
    try:
        found.extend(search.smallest())
    except OutOfTime:
        if not found:
            ask.deadline, smallest = float("inf"), False
            given = search.irreducible()
            found = [given] if given else []
    wording = Wording(state.language)
    made = [_relaxation([wishes[n] for n in sorted(given)], ask.total(given), state.budget.currency, wording, smallest) for given in found if given]
    made.sort(key=lambda r: r.total if r.total is not None else float("inf"))
    return tuple(made[:MOST])


class _Questions:
    """Asks once about each state that lacks some of the wishes; OutOfTime past `deadline` (time.thread_time)."""

    def __init__(self, state: DialogState, wishes: Sequence[Wish], cheapest: Cheapest, deadline: float) -> None:
        self.state, self.wishes, self.cheapest, self.deadline = state, wishes, cheapest, deadline
        self._answers: dict[Demands, tuple[bool, float | None]] = {}

    def met(self, given: Demands) -> bool:
        if given not in self._answers:
            self._answers[given] = self._ask(self._without(given))
        return self._answers[given][0]

    def total(self, given: Demands) -> float | None:
        return self._answers[given][1]

    def hopeless(self, given: Demands) -> bool:
        """As `conflicts.Search` asks it. Without a top an outfit is a dress where there may be one, else the bottom alone: with
        more wishes kept there may be none, so bottoms alone have to be hopeless too."""
        if self.met(given):
            return False
        left = self._without(given)
        if left.slot("top").include is not False:
            return True
        types = [t for t in left.want.type if v.SLOT_OF_TYPE[t] == "bottom"]
        separate = [t for t in types or SEPARATES if t not in v.COVERS_TOP]
        others = [t for t in left.want.type if t not in types]
        bare = left.model_copy(update={"want": left.want.model_copy(update={"type": (*others, *separate)})})
        return not separate or not self._ask(bare)[0]

    def _ask(self, state: DialogState) -> tuple[bool, float | None]:
        if time.thread_time() > self.deadline:
            raise OutOfTime
        return self.cheapest(state)

    def _without(self, given: Demands) -> DialogState:
        state = self.state
        for number in sorted(given):
            state = without(state, self.wishes[number])
        return state


def _switches(state: DialogState, wishes: Sequence[Wish]) -> list[int]:
    """The wishes that, taken back, may make another one harder to meet; to take back any other only helps.

    A slot left out makes what is wished of it moot; the anchor fills its slots; a dress that is wanted makes room for what
    is wished of a top; what a slot wants is not avoided there; an outer layer may be there only because it is wanted; what is wished of accessories worn together
    holds for those that can have it.
    """
    layers = {Rules(s).outer for s in (state, state.model_copy(update={"want": state.want.model_copy(update={"season": ()})}))}
    bare = bool(layers & {"", "empty"})
    bottoms = {t for t in state.want.type if v.SLOT_OF_TYPE[t] == "bottom"}
    dressed = bool(bottoms) and bottoms <= v.COVERS_TOP
    kept = len(set(state.keep) & {"top", "bottom"}) > 1
    return [number for number, wish in enumerate(wishes) if _is_switch(state, wish, bare, dressed, kept)]


def _is_switch(state: DialogState, wish: Wish, bare: bool, dressed: bool, kept: bool) -> bool:
    slot = v.SLOT_OF_TYPE[wish.values[0]] if wish.field == "type" and wish.slot is None else wish.slot
    if wish.kind == "anchor" or (wish.kind == "include" and wish.values == ("false",)):
        return True
    if wish.kind == "avoid" or slot is None:
        return bare and wish.kind == "want" and wish.field == "season"
    if slot == "outer" and bare:
        return True
    if slot == "accessory" and wish.field == "type" and state.together:
        return True
    if wish.kind == "want" and wish.slot is None:
        return dressed and slot in ("top", "bottom")
    if wish.kind == "want" and wish.field is not None:
        return bool(state.avoid.values(wish.field))
    return wish.kind == "keep" and kept


def _relaxation(group: Sequence[Wish], total: float | None, currency: str, wording: Wording, smallest: bool) -> Relaxation:
    text = wording.join([wish.text for wish in group])
    if total is not None and any(wish.kind in ("budget", "price") or wish.field == "cheaper" for wish in group):
        text = fill(wording.data["wish"]["needs"], words=text, limit=wording.money(total, currency))
    return Relaxation(tuple(group), total, currency, text, smallest)


def to_give_up(found: Sequence[Relaxation]) -> Iterator[tuple[Wish, ...]]:
    """Sets of wishes that may be taken back unasked, so that the nearest outfits can be shown: few, and wanted things only, rather how a garment
    is than the garment. None where money would be enough: a limit is a limit, and only the person can say that it was too low."""
    if any(all(wish.kind in _MONEY for wish in one.wishes) for one in found):
        return
    able = [one.wishes for one in found if len(one.wishes) <= MOST_GIVEN_UP and all(wish.kind == "want" for wish in one.wishes)]
    yield from sorted(able, key=lambda wishes: (sum(wish.field == "type" for wish in wishes), len(wishes)))


def lost(before: DialogState, after: DialogState) -> tuple[Wish, ...]:
    """What is wanted in the first state and not in the second."""
    wording = Wording(before.language)
    places = ((None, before.want, after.want), *((slot, before.slot(slot).want, after.slot(slot).want) for slot in v.SLOTS))
    found: list[Wish] = []
    for slot, old, new in places:
        missing = Wishes(**{field: tuple(value for value in old.values(field) if value not in new.values(field)) for field in v.FIELDS})
        found += _of(missing, Wishes(), slot, wording, before.together)
    return tuple(found)


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
    yield from _of(state.want, state.avoid, None, wording, state.together)
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


def _garments(types: Sequence[str], together: Collection[str]) -> list[tuple[str, ...]]:
    """Types that can be taken back only with each other: alternatives of one slot."""
    each = [(t,) for t in types if t in together]
    return [*(tuple(t for t in types if v.SLOT_OF_TYPE[t] == s and t not in together) for s in v.SLOTS), *each]


def _of(want: Wishes, avoid: Wishes, slot: str | None, wording: Wording, together: Collection[str] = ()) -> Iterator[Wish]:
    say, suffix = wording.data["wish"], "" if slot is None else "_in"
    name = "" if slot is None else wording.word("slot", slot)
    for field in v.FIELDS:
        if field == "occasion":
            continue  # no promise hangs on it
        values = want.values(field)
        groups = [values] if field != "type" else _garments(values, together)
        for group in groups:
            if group:
                words = wording.either([wording.word(field, value) for value in group])
                yield Wish("want", slot, field, group, fill(say["want" + suffix], words=words, slot=name))
        for value in avoid.values(field):
            yield Wish(
                "avoid", slot, field, (value,), fill(say["avoid" + suffix], words=wording.word(field, value), slot=name)
            )
