"""The edit that one exchange makes to the state: the JSON that the tracker writes, and what it does to a `DialogState`.

An edit is one flat JSON object. A key is a sign and a place, a value a list of words:

    {"+occasion": ["wedding-guest"], "-color": ["pink"], "+bottom.color": ["red"], "total": "200 USD"}

`+` adds to what is wanted, `-` to what is avoided, `=` replaces what is wanted, `~` forgets (the value `any` forgets
the whole field). Types always stand on the whole outfit, since a type names its slot. Other keys: `total`, `item`,
`SLOT.price` (amounts), `temp`, `weather`, `include`, `exclude`, `keep`, `swap` (slots), `pick` (which shown outfit),
`photo` (what the photo is for), `more` (directions), `act` (talk that is no wish), `reset`.
The same notation writes a whole state, as the edit that makes it from nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from stylist import vocabulary as v
from stylist.errors import VocabularyError
from stylist.state import WEATHER, Budget, DialogState, SlotWishes, Wishes

_PLAIN = "solid"
SIGNS = ("=", "~", "+", "-")
WHOLE_FIELDS = v.FIELDS
SLOT_FIELDS = ("color", "pattern", "material", "formality", "sleeve", "length", "fit", "style")
MORE = ("cheaper", "warmer", "cooler", "dressier", "casual", "colorful", "plainer", "comfier", "other")
ACTS = ("greet", "thanks", "bye", "praise", "offtopic", "abuse", "override", "unsure", "vague")
PHOTO = ("anchor", "like", "which")
PICKS = ("1", "2", "3", "4", "5", "last")
AMOUNTS = ("total", "item", *(f"{slot}.price" for slot in v.SLOTS))
LISTS: dict[str, tuple[str, ...]] = {
    "weather": WEATHER,
    "include": v.SLOTS,
    "exclude": v.SLOTS,
    "keep": (*v.SLOTS, "all"),
    "swap": v.SLOTS,
    "more": MORE,
    "act": ACTS,
    "photo": PHOTO,
    "pick": PICKS,
}

Edit = dict[str, Any]

_AMOUNT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([A-Z]{3})?\s*$")
_TEMPERATURE = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*([CF])?\s*$")


def attribute_keys() -> dict[str, tuple[str, ...]]:
    """Every signed key -> the words it takes."""
    keys: dict[str, tuple[str, ...]] = {}
    for sign in SIGNS:
        for field in WHOLE_FIELDS:
            keys[sign + field] = words(field, sign)
        for slot in v.SLOTS:
            for field in SLOT_FIELDS:
                keys[f"{sign}{slot}.{field}"] = words(field, sign)
    return keys


def words(field: str, sign: str = "+") -> tuple[str, ...]:
    """The words a field takes under a sign: the vocabulary, and `any` for forgetting."""
    return (*v.VALUES[field], "any") if sign == "~" else v.VALUES[field]


def to_json(edit: Edit) -> str:
    """The compact JSON that the tracker is trained to write."""
    return json.dumps(edit, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Edit:
    """An edit from JSON text; VocabularyError where it is not one."""
    try:
        edit = json.loads(text)
    except json.JSONDecodeError as fault:
        raise VocabularyError(f"edit: not JSON: {fault.msg} at character {fault.pos}") from None
    if not isinstance(edit, dict):
        raise VocabularyError(f"edit: expected an object, found {type(edit).__name__}")
    return edit


def amount(text: str) -> tuple[float, str | None] | None:
    """`"150 USD"` -> (150.0, "USD"); None for "any" (the limit is forgotten)."""
    if text == "any":
        return None
    match = _AMOUNT.match(text)
    if not match:
        raise VocabularyError(f"edit: {text!r} is not an amount such as '150 USD'")
    return float(match[1]), match[2]


def celsius(text: str) -> float:
    """`"-8C"` -> -8.0, `"40F"` -> 4.4."""
    match = _TEMPERATURE.match(text)
    if not match:
        raise VocabularyError(f"edit: {text!r} is not a temperature such as '-8C'")
    degrees = float(match[1])
    return round((degrees - 32) / 1.8, 1) if match[2] == "F" else degrees


def merge(first: Edit, second: Edit) -> Edit:
    """Both edits as one, in the order of mention."""
    result = dict(first)
    for key, value in second.items():
        if isinstance(value, list) and isinstance(result.get(key), list):
            result[key] = list(dict.fromkeys([*result[key], *value]))
        else:
            result[key] = value
    return result


def of_main_garment(edit: Edit, types: Iterable[str]) -> Edit:
    """The edit of a reference to an outfit of these types: where a dress or the like is its main garment, "the second one but in
    green" means that."""
    if not set(types) & set(v.COVERS_TOP) or "pick" not in edit:
        return edit
    slot = v.SLOT_OF_TYPE[next(iter(v.COVERS_TOP))]
    return {f"{key[0]}{slot}.{key[1:]}" if key[0] in "+=" and key[1:] in ("color", "pattern", "material", "length") else key: value for key, value in edit.items()}


def _scope(key: str) -> tuple[str, str | None, str]:
    """`"+bottom.color"` -> ("+", "bottom", "color")."""
    place = key[1:]
    slot, _, field = place.rpartition(".")
    return key[0], slot or None, field


def _change(wishes: Wishes, field: str, values: Iterable[str]) -> Wishes:
    return Wishes(**{**{f: wishes.values(f) for f in v.FIELDS}, field: tuple(dict.fromkeys(values))})


def _clash(field: str, a: str, b: str) -> bool:
    """True where avoiding one makes wanting the other impossible."""
    if field == "color":
        return bool(v.shades(a) & v.shades(b))
    return a == b


def slots_of(types: Iterable[str]) -> set[str]:
    """The slots that garments of these types fill."""
    return {slot for t in types for slot in (("top", "bottom") if t in v.COVERS_TOP else (v.SLOT_OF_TYPE[t],))}


def _apply_sign(sign: str, field: str, values: list[str], want: Wishes, avoid: Wishes) -> tuple[Wishes, Wishes]:
    wanted, avoided = list(want.values(field)), list(avoid.values(field))
    if sign == "~":
        if "any" in values:
            return _change(want, field, ()), _change(avoid, field, ())
        wanted = [w for w in wanted if not any(_clash(field, w, x) for x in values)]
        avoided = [a for a in avoided if not any(_clash(field, a, x) for x in values)]
    elif sign == "-":
        wanted = [w for w in wanted if not any(_clash(field, w, x) for x in values)]
        avoided += values
    else:
        avoided = [a for a in avoided if not any(_clash(field, a, x) for x in values)]
        if sign == "=":
            replaced = slots_of(values) if field == "type" else set()
            wanted = [w for w in wanted if field == "type" and not _type_replaced(w, replaced)]
        wanted += values
    return _change(want, field, wanted), _change(avoid, field, avoided)


def _without(wishes: SlotWishes, slot: str, field: str, values: list[str], edit: Edit) -> SlotWishes:
    """A slot's wishes when `values` are now avoided everywhere: what it wanted of them before is taken back, unless this very
    message wants it there."""
    said = [*edit.get(f"+{slot}.{field}", []), *edit.get(f"={slot}.{field}", [])]
    left = [w for w in wishes.want.values(field) if w in said or not any(_clash(field, w, x) for x in values)]
    return wishes if len(left) == len(wishes.want.values(field)) else wishes.model_copy(update={"want": _change(wishes.want, field, left)})


_KINDS = {"material": {"leather": ("suede",), "wool": ("tweed",)}}
"""What people mean as well when they refuse a material."""


def _with_kinds(field: str, values: list[str], state: DialogState, edit: Edit) -> list[str]:
    """The refused values and what is a kind of one of them, unless it is wanted: suede is leather."""
    wanted = {*state.want.values(field), *(value for wishes in state.slots.values() for value in wishes.want.values(field))}
    wanted |= {value for key, said in edit.items() if key[0] in "+=~" and key.rpartition(".")[2].lstrip("+=~") == field for value in said}
    return list(dict.fromkeys([*values, *(kind for value in values for kind in _KINDS[field].get(value, ()) if kind not in wanted)]))


def _type_replaced(old: str, slots: set[str]) -> bool:
    return bool(slots_of([old]) & slots)


def _known(field: str, sign: str, values: Any) -> list[str]:
    values = [values] if isinstance(values, str) else list(values)
    for value in values:
        if value not in words(field, sign):
            raise VocabularyError(f"edit: {value!r} is not a {field} of the vocabulary")
    return values


def _without_other_prints(state: DialogState, edit: Edit) -> DialogState:
    """The state without the prints wished for before, where a plain look is wished for now; and without "plain" where a print is."""
    now = {*edit.get("+pattern", []), *edit.get("=pattern", [])}
    if not now:
        return state
    plain = now == {_PLAIN}
    left = [w for w in state.want.pattern if (w == _PLAIN) == plain or w in now]
    update: dict[str, Any] = {"want": _change(state.want, "pattern", left)}
    if plain:
        update["slots"] = {
            slot: wishes.model_copy(update={"want": _change(wishes.want, "pattern", [w for w in wishes.want.pattern if w == _PLAIN])}) for slot, wishes in state.slots.items()
        }  # fmt: skip
    return state.model_copy(update=update)


def apply(state: DialogState, edit: Edit) -> DialogState:
    """The state after the edit. `keep`, `swap`, `pick` and `photo` need what was shown: `stylist.session` resolves them.

    Raises VocabularyError for a key or value that no edit has.
    """
    if edit.get("reset"):
        state = DialogState(language=state.language)
    state = _without_other_prints(state, edit)
    want, avoid, budget = state.want, state.avoid, state.budget
    slots = dict(state.slots)
    changes: dict[str, Any] = {"prefer": ()}
    for key, value in edit.items():
        if key[0] in SIGNS:
            sign, slot, field = _scope(key)
            if field not in v.FIELDS or (slot is not None and slot not in v.SLOTS):
                raise VocabularyError(f"edit: {key!r} is not a place in the state")
            values = _known(field, sign, value)
            if slot is None:
                if sign == "-" and field in _KINDS:
                    values = _with_kinds(field, values, state, edit)
                want, avoid = _apply_sign(sign, field, values, want, avoid)
                if sign == "-" and field in SLOT_FIELDS:
                    slots = {name: _without(wishes, name, field, values, edit) for name, wishes in slots.items()}
                if field == "type" and sign in "+=":
                    for t in values:  # a type that is wanted brings its slot back
                        if slots.get(v.SLOT_OF_TYPE[t], SlotWishes()).include is False:
                            slots[v.SLOT_OF_TYPE[t]] = slots[v.SLOT_OF_TYPE[t]].model_copy(update={"include": None})
            else:
                old = slots.get(slot, SlotWishes())
                slot_want, slot_avoid = _apply_sign(sign, field, values, old.want, old.avoid)
                slots[slot] = old.model_copy(update={"want": slot_want, "avoid": slot_avoid})
        elif key in AMOUNTS:
            parsed = amount(value)
            figure = parsed[0] if parsed else None
            if key in ("total", "item"):
                update: dict[str, Any] = {key: figure}
                if parsed and parsed[1]:
                    update["currency"] = parsed[1]
                budget = Budget(**{**budget.model_dump(), **update})
            else:
                slot = key.split(".")[0]
                slots[slot] = slots.get(slot, SlotWishes()).model_copy(update={"price": figure})
                if parsed and parsed[1]:
                    budget = Budget(**{**budget.model_dump(), "currency": parsed[1]})
        elif key in ("include", "exclude"):
            for slot in value:
                slots[slot] = slots.get(slot, SlotWishes()).model_copy(update={"include": key == "include"})
            if key == "exclude":  # what shall be left out is no longer wanted there
                said = (*edit.get("+type", []), *edit.get("=type", []))
                want = _change(want, "type", [t for t in want.type if v.SLOT_OF_TYPE[t] not in value or t in v.COVERS_TOP or t in said])
        elif key == "weather":
            changes["weather"] = tuple(value)
        elif key == "temp":
            changes["temperature"] = celsius(value)
        elif key == "more":
            changes["prefer"] = tuple(value)
        elif key not in ("act", "keep", "swap", "pick", "photo", "reset"):
            raise VocabularyError(f"edit: unknown key {key!r}")
    kept_slots = {slot: wishes for slot, wishes in slots.items() if wishes}
    return state.model_copy(update={"want": want, "avoid": avoid, "budget": budget, "slots": kept_slots, **changes})


def as_edit(state: DialogState) -> Edit:
    """The edit that makes `state` from an empty one (without anchor, kept and rejected items)."""
    edit: Edit = {}
    for sign, wishes in (("+", state.want), ("-", state.avoid)):
        for field in v.FIELDS:
            if wishes.values(field):
                edit[sign + field] = list(wishes.values(field))
    for slot in v.SLOTS:
        slot_wishes = state.slot(slot)
        for sign, wishes in (("+", slot_wishes.want), ("-", slot_wishes.avoid)):
            for field in v.FIELDS:
                if wishes.values(field):
                    edit[f"{sign}{slot}.{field}"] = list(wishes.values(field))
        if slot_wishes.price is not None:
            edit[f"{slot}.price"] = _figure(slot_wishes.price, state.budget.currency)
    for name, include in (("include", True), ("exclude", False)):
        chosen = [slot for slot in v.SLOTS if state.slot(slot).include is include]
        if chosen:
            edit[name] = chosen
    for name, figure in (("total", state.budget.total), ("item", state.budget.item)):
        if figure is not None:
            edit[name] = _figure(figure, state.budget.currency)
    if state.weather:
        edit["weather"] = list(state.weather)
    if state.temperature is not None:
        edit["temp"] = f"{state.temperature:g}C"
    return edit


def _figure(value: float, currency: str) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + f" {currency}"
