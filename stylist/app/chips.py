"""The tracked wishes as chips: what each says, and the state without it. A wish that is wanted never looks like one avoided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stylist import vocabulary as v
from stylist.app.words import words
from stylist.errors import VocabularyError
from stylist.mllm.facts import price_text
from stylist.names import item_name, value_name
from stylist.state import Budget, DialogState, SlotWishes, Wishes

Kind = Literal["want", "avoid", "limit"]


@dataclass(frozen=True)
class Chip:
    """One tracked wish: `key` names it for `without`, `label` says it."""

    key: str
    kind: Kind
    label: str


def chips_of(state: DialogState, language: str) -> list[Chip]:
    """Every wish of the state that the person can take back; the total budget has a field of its own."""
    say = words(language)
    chips = []
    if state.anchor is not None:
        chips.append(Chip("anchor", "want", say["anchor"].format(item=item_name(state.anchor, language))))
    chips += _whole_chips(state, language) + _wish_chips(state.avoid, "avoid", None, language)
    for slot in v.SLOTS:
        chips += _slot_chips(state, slot, language)
    chips += [Chip(f"keep/{slot}", "want", say["keep_slot"].format(slot=_slot(slot, language))) for slot in state.keep]
    chips += [Chip(f"prefer/{word}", "want", say["prefer"].get(word, word)) for word in state.prefer]
    if state.budget.item is not None:
        amount = price_text(state.budget.item, state.budget.currency)
        chips.append(Chip("item", "limit", say["at_most_item"].format(amount=amount)))
    chips += [Chip(f"weather/{word}", "limit", value_name("weather", word, language)) for word in state.weather]
    if state.temperature is not None:
        chips.append(Chip("temperature", "limit", say["degrees"].format(degrees=f"{state.temperature:g}")))
    return chips


def _whole_chips(state: DialogState, language: str) -> list[Chip]:
    """Wishes on the whole look; a color or material of everything says so."""
    chips = _wish_chips(state.want, "want", None, language)
    if not state.everywhere:
        return chips
    say = words(language)["everywhere"]
    of_all = tuple(f"want/*/{field}/" for field in state.everywhere)
    return [Chip(chip.key, chip.kind, say.format(label=chip.label)) if chip.key.startswith(of_all) else chip for chip in chips]


def _slot(slot: str, language: str) -> str:
    return value_name("slot", slot, language)


def _wish_chips(wishes: Wishes, kind: Literal["want", "avoid"], slot: str | None, language: str) -> list[Chip]:
    say = words(language)
    result = []
    for field, value in wishes.pairs():
        label = value_name(field, value, language)
        if kind == "avoid":
            label = say["not_wanted"].format(label=label)
        if slot:
            label = say["in_slot"].format(slot=_slot(slot, language), label=label)
        result.append(Chip(f"{kind}/{slot or '*'}/{field}/{value}", kind, label))
    return result


def _slot_chips(state: DialogState, slot: str, language: str) -> list[Chip]:
    say, wishes, name = words(language), state.slot(slot), _slot(slot, language)
    result = _wish_chips(wishes.want, "want", slot, language) + _wish_chips(wishes.avoid, "avoid", slot, language)
    if wishes.include is True:
        result.append(Chip(f"include/{slot}", "want", say["with_slot"].format(slot=name)))
    if wishes.include is False:
        result.append(Chip(f"include/{slot}", "avoid", say["without_slot"].format(slot=name)))
    if wishes.price is not None:
        amount = price_text(wishes.price, state.budget.currency)
        result.append(Chip(f"price/{slot}", "limit", say["at_most_slot"].format(slot=name, amount=amount)))
    return result


def without(state: DialogState, key: str) -> DialogState:
    """The state without the wish of a chip. VocabularyError for a key that no chip has."""
    match key.split("/"):
        case ["anchor"]:
            return state.model_copy(update={"anchor": None})
        case ["item"]:
            return state.model_copy(update={"budget": state.budget.model_copy(update={"item": None})})
        case ["temperature"]:
            return state.model_copy(update={"temperature": None})
        case ["weather", word]:
            return state.model_copy(update={"weather": tuple(w for w in state.weather if w != word)})
        case ["prefer", word]:
            return state.model_copy(update={"prefer": tuple(w for w in state.prefer if w != word)})
        case ["keep", slot]:
            return state.model_copy(update={"keep": {s: i for s, i in state.keep.items() if s != slot}})
        case ["include" | "price" as name, slot] if slot in v.SLOTS:
            return _with_slot(state, slot, state.slot(slot).model_copy(update={name: None}))
        case ["want" | "avoid" as kind, "*", field, value] if field in v.FIELDS:
            return state.model_copy(update={kind: _less(getattr(state, kind), field, value)})
        case ["want" | "avoid" as kind, slot, field, value] if slot in v.SLOTS and field in v.FIELDS:
            wishes = state.slot(slot)
            return _with_slot(state, slot, wishes.model_copy(update={kind: _less(getattr(wishes, kind), field, value)}))
    raise VocabularyError(f"wish: {key!r} names no tracked wish")


def _less(wishes: Wishes, field: str, value: str) -> Wishes:
    return wishes.model_copy(update={field: tuple(w for w in wishes.values(field) if w != value)})


def _with_slot(state: DialogState, slot: str, wishes: SlotWishes) -> DialogState:
    slots = {**state.slots, slot: wishes}
    return state.model_copy(update={"slots": {s: w for s, w in slots.items() if w}})


def with_total(state: DialogState, total: float | None) -> DialogState:
    """The state with another budget for the whole outfit; None or 0 for no limit."""
    return state.model_copy(update={"budget": Budget(**{**state.budget.model_dump(), "total": total or None})})
