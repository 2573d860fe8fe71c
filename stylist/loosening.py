"""States to compose under where nothing fits: without what the tracker doubts, what was kept, what was more likely inferred than said.

What is wanted gives way here; limits and refusals never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from stylist import told
from stylist import vocabulary as v
from stylist.mllm.tracker import Tracked
from stylist.ranking.relax import Wish, lost
from stylist.ranking.rules import MAIN_SLOTS
from stylist.session import Move
from stylist.state import DialogState, Wishes

_SAID = ("occasion", "gender")
"""Fields that no promise hangs on, or that give way in another place."""
_MANY = 2
"""Garments of the main slots that a person names, from which on these say enough."""
LOOKS = ("type", "color", "pattern", "material")
"""What people insist on more than on the season or the formality of a garment."""
_WEIGHTIEST = ("type", "color", "pattern", "material", "length", "fit", "sleeve")
"""What is wished for of a garment, as much as people insist on it."""


def with_doubts(made: Move, before: frozenset[told.Detail], tracked: Tracked) -> tuple[Move, frozenset[told.Detail]]:
    """The move with softer states without the wishes that were perhaps not meant so, and those wishes: of now and of before, unless they were
    said again plainly."""
    plain = {(*key[1:].rpartition(".")[::2], word) for key, value in tracked.edit.items() if key[0] in "+=" and isinstance(value, list) for word in value} - tracked.doubtful
    doubts = frozenset((slot, field, word) for slot, field, word in (before - plain) | tracked.doubtful if word in (made.state.slot(slot).want if slot else made.state.want).values(field))
    details = frozenset(doubt for doubt in doubts if doubt[1] != "type")
    softer = (*(told.freed(made.state, frozenset({doubt})) for doubt in sorted(details)), told.freed(made.state, details)) if details else ()
    softest = (*(told.freed(made.state, frozenset({doubt})) for doubt in sorted(doubts - details)), told.freed(made.state, doubts)) if doubts else ()
    return replace(made, softer=(*made.softer, *softer), softest=(*softest, *made.softest)), doubts


def unnamed(state: DialogState, named: frozenset[str], told_of: frozenset[told.Detail] = frozenset()) -> DialogState:
    """The state without what no word of the person's names of how garments are, nor another assistant told of: it was inferred."""
    details = ((slot, field, word) for slot, want in _wanted(state) for field, word in want.pairs() if field not in (*_SAID, "type") and word not in named)
    return told.freed(state, frozenset(details) - told_of)


def unnamed_garments(state: DialogState, named: frozenset[str]) -> Iterator[DialogState]:
    """The state without one garment that no word of the person's names, then without all of them."""
    types = frozenset(("", "type", word) for word in state.want.type if word not in named)
    yield from (told.freed(state, frozenset({detail})) for detail in sorted(types) if len(types) > 1)
    if types:
        yield told.freed(state, types)


def restored(before: DialogState, after: DialogState, possible: Callable[[DialogState], bool]) -> DialogState:
    """The looser state with all that it lost and need not have lost: garments first, then what they look like, each where it is still possible."""
    state = after
    for wish in sorted(lost(before, after), key=lambda wish: _WEIGHTIEST.index(wish.field) if wish.field in _WEIGHTIEST else len(_WEIGHTIEST)):
        if wish.field is None:
            continue
        place = state.slot(wish.slot).want if wish.slot else state.want
        if wish.field == "color" and place.color:  # a color near by stands there
            continue
        fuller = _with(state, wish)
        if fuller != state and possible(fuller):
            state = fuller
    return state


def to_tell(before: DialogState, after: DialogState, told_of: frozenset[told.Detail], named: frozenset[str]) -> tuple[Wish, ...]:
    """What the looser state lacks of the person's own wishes, as the reply has to tell: less what only another told of, and what was inferred
    and not named. Who names the clothes sees for which season and how formal they are."""
    shown = sum(v.SLOT_OF_TYPE[t] in MAIN_SLOTS for t in after.want.type) >= _MANY
    silent = ("formality", "season") if shown else ()
    own = (wish for wish in lost(before, after) if not all((wish.slot or "", wish.field, value) in told_of for value in wish.values))
    return tuple(wish for wish in own if wish.field not in silent and (wish.field == "type" or not named.isdisjoint(wish.values)))


def _with(state: DialogState, wish: Wish) -> DialogState:
    """The state with one wanted thing more, and nothing else changed."""
    own = state.slot(wish.slot) if wish.slot else None
    want = own.want if own is not None else state.want
    field = str(wish.field)
    more = want.model_copy(update={field: tuple(dict.fromkeys((*want.values(field), *wish.values)))})
    if own is None:
        return state.model_copy(update={"want": more})
    return state.model_copy(update={"slots": {**state.slots, str(wish.slot): own.model_copy(update={"want": more})}})


def _wanted(state: DialogState) -> Iterator[tuple[str, Wishes]]:
    yield "", state.want
    yield from ((slot, wishes.want) for slot, wishes in state.slots.items())


def freed(state: DialogState) -> Iterator[DialogState]:
    """The state without what was kept, then without what was rejected, then without what is more often
    inferred than said: whose clothes they are, the formality that an occasion brought with it, that of one garment."""
    if state.keep:
        yield state.model_copy(update={"keep": {}})
    if state.rejected:
        yield state.model_copy(update={"rejected": ()})
    if state.want.gender:
        yield state.model_copy(update={"want": state.want.model_copy(update={"gender": ()})})
    yield from less_formal(state)


def less_formal(state: DialogState, named: frozenset[str] = frozenset()) -> Iterator[DialogState]:
    """The state without the formality that an occasion may have brought with it, and without that of single garments; what is `named` stays."""
    if state.want.formality and state.want.occasion and named.isdisjoint(state.want.formality):
        yield state.model_copy(update={"want": state.want.model_copy(update={"formality": ()})})
    if any(wishes.want.formality for wishes in state.slots.values()):
        slots = {slot: wishes.model_copy(update={"want": wishes.want.model_copy(update={"formality": ()})}) for slot, wishes in state.slots.items()}
        yield state.model_copy(update={"slots": {slot: wishes for slot, wishes in slots.items() if wishes}})
