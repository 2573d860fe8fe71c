"""One conversation: the state, what was shown, and what a reference such as "the second one" or "swap the shoes" means.

Resolves edits against what was shown; holds nothing shared between people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stylist import accessories, anchors, answers, edits, everywhere, limits, suits
from stylist import parts as parts_
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.edits import Edit, slots_of
from stylist.mllm import lexicon, reading
from stylist.ranking.relax import Wish
from stylist.state import DialogState, SlotWishes

_HANGUL = re.compile(r"[가-힣]")
_WHOLE = re.compile(r"\b(?:whole|entire)\s(?:outfit|look|thing|set)|\beverything\s(?:in|should be|has to be|to be)\b|\b(?:make|turn)\severything\b|head to toe|전체|전부|온통|모두\s", re.IGNORECASE)
_LONGEST = 2000  # characters of a message in which a color is looked for
_LATIN = re.compile(r"[A-Za-z]")
MOST_QUESTIONS = 2  # in one conversation, beside those that have to be asked
_WISHING = ("show", "photo", "other")
_MAIN = ("bottom", "outer", "top", "shoes", "bag", "accessory")
_ONE = ("color", "pattern", "material", "season", "formality", "sleeve", "length", "fit", "style", "gender")
"""Fields of which a later turn's wish takes the place of an earlier one's."""
_BESIDE = re.compile(
    r"\btoo\b(?=\s*(?:$|[,.!?;]))|\b(?:also|as well|both|either|or|besides|another|extra|add|pop|touch|hint|splash|accents?|a bit of)\b|아니면|이나\s|도\s(?:좋|괜찮)|또(?!\s?다른)|추가|같이|함께",
    re.IGNORECASE,
)


def language_of(text: str, before: str = "en") -> str:
    """`ko` where the text holds mostly Hangul, `en` where Latin letters; a text without either keeps the language."""
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    if hangul == latin == 0:
        return before
    return "ko" if hangul * 2 > latin else "en"


@dataclass(frozen=True)
class Move:
    """What an edit means for the next outfits: the state to compose under and how the reply opens.

    `act` and `ask` are in the words of `mllm.facts`; `swapped` is the slot that a swap changed; `reference_total` is what
    the outfit referred to cost. `softer` are states to try where nothing fits `state`, the best first; `softest` those that leave out garments.
    """

    state: DialogState
    act: str = "show"
    ask: str | None = None
    swapped: str | None = None
    reference_total: float | None = None
    compares: bool = False
    softer: tuple[DialogState, ...] = ()
    softest: tuple[DialogState, ...] = ()
    gave_up: tuple[Wish, ...] = ()
    """Wishes that nothing met beside the rest, taken back so that something can be shown."""


@dataclass
class Memory:
    """What a session remembers beside the state: what was shown last, the assistant's last words, what they asked (None: nothing),
    and all that was asked so far."""

    state: DialogState = field(default_factory=DialogState)
    shown: tuple[Outfit, ...] = ()
    said: str = ""
    asked: str | None = None
    turns: int = 0
    asked_before: tuple[str, ...] = ()
    adopted: frozenset[tuple[str, str, str]] = frozenset()
    """Wishes (slot or "", field, value) that stand only as another assistant told of them."""
    doubtful: frozenset[tuple[str, str, str]] = frozenset()
    """Wishes that were perhaps not meant so."""
    whole: DialogState | None = None
    """All that is wished for, where `state` lacks some of it because nothing met it all."""
    gave_up: tuple[Wish, ...] = ()
    """What the replies last said to be left out."""
    latest: tuple[str, ...] = ()
    """The garments that were last wished for."""

    def begin(self) -> None:
        """Goes back to all that is wished for, as a new turn does: what nothing met may be met now."""
        self.state, self.whole = self.whole or self.state, None

    def told(self, said: str, asked: str | None) -> None:
        """Remembers the assistant's words and the question in them."""
        self.said, self.asked = said, asked
        if asked is not None:
            self.asked_before = tuple(dict.fromkeys([*self.asked_before, asked]))


def contradicts(edit: Edit) -> bool:
    """True where one message wants and avoids the same thing in the same place; "red shoes, no other red" is no contradiction."""
    for key, values in edit.items():
        if key[0] not in "+=" or not isinstance(values, list):
            continue
        against = edit.get("-" + key[1:], [])
        for value in values:
            if value in against:
                return True
    return False


def _slot_item(outfit: Outfit | None, slot: str) -> Item | None:
    if outfit is None:
        return None
    return next((item for item in outfit.items if slot in item.covers or item.slot == slot), None)


def _touched(edit: Edit) -> set[str]:
    """Slots that an edit's wishes change."""
    slots: set[str] = set()
    for key, values in edit.items():
        if key[0] in edits.SIGNS:
            place = key[1:].rpartition(".")
            if place[0]:
                slots.add(place[0])
            elif place[2] == "type":
                for value in values:
                    if value in v.SLOT_OF_TYPE:
                        slots |= {"bottom", "top"} if value in v.COVERS_TOP else {v.SLOT_OF_TYPE[value]}
        elif key.endswith(".price"):
            slots.add(key.split(".")[0])
        elif key in ("include", "exclude", "swap"):
            slots |= set(values)
    return slots


def _keep(outfit: Outfit, slots: Sequence[str], anchor: Item | None) -> dict[str, str]:
    kept = {}
    for slot in slots:
        item = _slot_item(outfit, slot)
        if item is not None and (anchor is None or item.id != anchor.id):
            kept[item.slot] = item.id
    return kept


def _act_of(edit: Edit, has_photo: bool, shown: bool) -> str:
    """How the reply opens; it speaks of a change only where something was shown before."""
    if "swap" in edit and shown:
        return "swap"
    more = edit.get("more", []) if shown else []
    for name in ("cheaper", "warmer", "dressier", "casual", "other"):
        if name in more:
            return name
    if has_photo:
        return "photo"
    talk = [a for a in edit.get("act", []) if a in ("greet", "thanks", "bye", "offtopic", "override", "abuse")]
    wishes = any(key != "act" for key in edit)
    return talk[0] if talk and not wishes else "show"


def move(memory: Memory, edit: Edit, text: str, seen: Sequence[Item] = ()) -> Move:
    """The next state from an edit, resolving what it refers to; `seen` are the garments of this turn's photos."""
    state = memory.state.model_copy(update={"language": language_of(text, memory.state.language)})
    parts, base = parts_.taken(memory.shown, text, edit)
    if parts:
        edit = parts_.rest(edit, [item.slot for item in parts])
    reference = _picked(memory.shown, edit)
    if reference is not None and not everywhere.colors(text):
        edit = edits.of_main_garment(edit, [item.type for item in reference.items])
    heard = text if lexicon.named(text[:_LONGEST]) & set(v.VALUES["color"]) else f"{text}\n{reading.last_sentence(memory.said)}"  # "all in black?" "yes"
    edit = answers.of_what_was_asked(everywhere.placed(everywhere.excepted(state, edit, text), text), text, memory.said, memory.latest)
    whole = bool(_WHOLE.search(text) or everywhere.colors(heard))
    if everywhere.colors(heard) and "+color" in edit:
        edit = edit | {"=color": edit["+color"]}
        del edit["+color"]
    edit = _newest(state, _of_everything(state, edit, everywhere.spared(text)[0]) if whole else _of_the_garment(state, edit), text)
    plain: dict[str, Any] = {k: x for k, x in edit.items() if k not in ("keep", "swap", "pick", "photo", "act")}
    photo = (edit.get("photo") or (["anchor"] if seen else [None]))[0] if seen else None
    anchor, plain = anchors.focus(photo, plain, seen) if seen else (None, plain)
    if "cheaper" not in edit.get("more", []) and {"keep", "swap", "pick"}.isdisjoint(edit) and (_touched(edit) or "more" in edit or "reset" in edit):
        state = state.model_copy(update={"keep": {s: i for s, i in state.keep.items() if s not in _touched(edit) and "more" not in edit and "reset" not in edit}})
    state, plain = limits.in_one_currency(state, plain)
    state = everywhere.meant(memory.state, edits.apply(state, plain), edit, heard, bool(_BESIDE.search(text)))
    if anchor is not None:
        state = anchors.around(state.model_copy(update={"anchor": anchor}), anchor, edit, memory.shown)
    if parts:
        state = edits.apply(state, {"=type": [item.type for item in parts if item.type in v.SLOT_OF_TYPE]})
        kept = _keep(base, [slot for slot in v.SLOTS if slot not in _touched(edit)], state.anchor) if base is not None else {}
        state = state.model_copy(update={"keep": {**state.keep, **kept, **{item.slot: item.id for item in parts}}})
    swapped = None
    if reference is not None:
        state, swapped = _refer(state, reference, edit, memory.shown)
    if "other" in edit.get("more", []) and memory.shown:
        seen_ids = {item.id for outfit in memory.shown for item in outfit.items if item.slot in ("top", "bottom")}
        fixed = set(state.keep.values()) | ({state.anchor.id} if state.anchor else set())
        state = state.model_copy(update={"rejected": tuple(dict.fromkeys([*state.rejected, *sorted(seen_ids - fixed)]))})
    state = accessories.meant(memory.state, _with_fitting_length(_release(state, edit)), text, memory.said)
    total = memory.shown[0].total_price if memory.shown else None
    asks = "contradiction" if contradicts(edit) else None
    return Move(state, _act_of(edit, bool(seen), bool(memory.shown)), asks, swapped, total, photo == "which")


def _newest(state: DialogState, edit: Edit, text: str) -> Edit:
    """The edit with a later wish in the place of an earlier one of its kind: who says "grey" two turns after "navy" means to see grey.
    Words such as "too" leave both, as alternatives."""
    if _BESIDE.search(text):
        return edit
    newest: Edit = {}
    for key, values in edit.items():
        slot, _, name = key[1:].rpartition(".")
        if key in ("+type", "=type"):
            newer = [t for t in values if key == "=type" or _takes_the_place(state, t, values)]
            if newer:
                newest["=type"] = list(dict.fromkeys([*newest.get("=type", []), *newer]))
            if left := [t for t in values if t not in newer]:
                newest[key] = left
            continue
        before = (state.slot(slot).want if slot else state.want).values(name) if key[0] == "+" and name in _ONE else ()
        other = "=" + key[1:]
        narrows = key[1:].endswith("color") and set(values) < set(before)  # "the blue one" of green and blue
        newest[other if before and (narrows or not set(before) & set(values)) and other not in edit else key] = values
    return _with_what_goes_along(state, newest)


def _takes_the_place(state: DialogState, type_: str, values: Sequence[str]) -> bool:
    """Whether a garment wished for now takes the place of those of its slots wished for before: who says "chinos" two turns after "jeans" means
    chinos. Several accessories may be worn."""
    if v.SLOT_OF_TYPE.get(type_) == "accessory":
        return False
    return any(t not in values and slots_of([t]) & slots_of([type_]) for t in state.want.type)


def _with_what_goes_along(state: DialogState, edit: Edit) -> Edit:
    """The edit that takes back with a garment what was wished of it alone: trousers in a mini skirt's place are not mini, and a dress in a white
    shirt's place needs nothing white above."""
    back: Edit = {}
    if set(edit.get("=type", [])) & v.COVERS_TOP and not any(key[1:].startswith("top.") for key in edit):
        back |= {f"~top.{field}": list(state.slot("top").want.values(field)) for field in edits.SLOT_FIELDS if state.slot("top").want.values(field)}
    for t in (t for t in edit.get("-type", []) if t in state.want.type):  # a tie that is not worn leaves no color behind
        slot = v.SLOT_OF_TYPE[t]
        others = [o for o in (*state.want.type, *edit.get("+type", []), *edit.get("=type", [])) if o != t and v.SLOT_OF_TYPE[o] == slot]
        if not others and not any(key[1:].startswith(f"{slot}.") for key in edit):
            back |= {f"~{slot}.{field}": list(state.slot(slot).want.values(field)) for field in edits.SLOT_FIELDS if state.slot(slot).want.values(field)}
    for slot in {v.SLOT_OF_TYPE[t] for t in edit.get("=type", []) if t not in state.want.type}:
        old = state.slot(slot).want.length
        if old and any(v.SLOT_OF_TYPE[t] == slot for t in state.want.type) and {f"+{slot}.length", f"={slot}.length"}.isdisjoint(edit):
            back[f"~{slot}.length"] = list(old)
    return back | edit


def _of_the_garment(state: DialogState, edit: Edit) -> Edit:
    """The edit with "make it green" meant of the garment that was to be black: a replacement on the whole outfit of what only garments
    were given is one of the main garment's."""
    moved: Edit = {}
    for key, values in edit.items():
        field = key[1:]
        slots = [slot for slot in _MAIN if state.slot(slot).want.values(field)] if key[0] == "=" and field in edits.SLOT_FIELDS else []
        if slots and not state.want.values(field) and f"={slots[0]}.{field}" not in edit and f"+{slots[0]}.{field}" not in edit:
            moved |= {f"={slot}.{field}": values for slot in (("outer", "bottom") if suits.is_worn(state, field) else slots[:1])}
        else:
            moved[key] = values
    return moved


def _of_everything(state: DialogState, edit: Edit, spared: Collection[str] = ()) -> Edit:
    """The edit with "make the whole outfit green" meant of every garment but those of `spared` slots: what one garment was to be is taken back."""
    back: Edit = {}
    for key in edit:
        for slot in [name for name in _MAIN if name not in spared] if key[0] == "=" and key[1:] in edits.SLOT_FIELDS else ():
            own = [w for w in state.slot(slot).want.values(key[1:]) if w not in state.slot(slot).avoid.values(key[1:])]
            if own and not {f"={slot}.{key[1:]}", f"+{slot}.{key[1:]}"} & set(edit):
                back[f"~{slot}.{key[1:]}"] = own
    return back | edit


def _with_fitting_length(state: DialogState) -> DialogState:
    """The state with a long dress or skirt wished for as "maxi", and long trousers as "full": people say either of both."""
    wishes = state.slot("bottom")
    types = [t for t in state.want.type if v.SLOT_OF_TYPE[t] == "bottom"]
    if not types or not {"full", "maxi"} & set(wishes.want.length):
        return state
    skirts = [t for t in types if t in ("dress", "skirt")]
    names = ["maxi"] * bool(skirts) + ["full"] * (len(skirts) < len(types))
    length = tuple(dict.fromkeys(name for word in wishes.want.length for name in (names if word in ("full", "maxi") else [word])))
    if length == wishes.want.length:
        return state
    wishes = wishes.model_copy(update={"want": wishes.want.model_copy(update={"length": length})})
    return state.model_copy(update={"slots": {**state.slots, "bottom": wishes}})


def _picked(shown: Sequence[Outfit], edit: Edit) -> Outfit | None:
    """The outfit that the edit refers to: the one picked, else the first where something is kept or swapped."""
    if not shown or {"pick", "keep", "swap"}.isdisjoint(edit):
        return None
    pick = (edit.get("pick") or ["1"])[0]
    index = len(shown) - 1 if pick == "last" else int(pick) - 1
    return shown[min(index, len(shown) - 1)]


def _refer(state: DialogState, reference: Outfit, edit: Edit, shown: Sequence[Outfit]) -> tuple[DialogState, str | None]:
    swap = list(edit.get("swap", []))
    keep = list(edit.get("keep", []))
    touched = _touched(edit)
    if "pick" in edit and not swap and not keep:
        restyled = any(key[1:] in ("color", "pattern", "material", "style", "formality") for key in edit if key[0] in "+=")
        if restyled:  # the same garments in another color: their types stay, the items go
            types = [item.type for item in reference.items if item.slot in ("top", "bottom", "outer", "shoes") and item.type in v.SLOT_OF_TYPE]
            return edits.apply(state, {"=type": types}), None
        keep = ["all"]
    state = edits.apply(state, {"=type": _restyled(reference, edit)})
    slots = [slot for slot in v.SLOTS if slot not in touched and slot not in swap] if "all" in keep or (swap and not keep) else keep
    rejected = list(state.rejected)
    for slot in swap:
        rejected += [item.id for outfit in shown for item in outfit.items if item.slot == slot]
    kept = {slot: item for slot, item in _keep(reference, slots, state.anchor).items() if slot not in touched and slot not in swap}
    update = {"keep": {**{s: i for s, i in state.keep.items() if s not in swap}, **kept}, "rejected": tuple(dict.fromkeys(r for r in rejected if r not in kept.values()))}
    return state.model_copy(update=update), swap[0] if swap else None


def _restyled(reference: Outfit, edit: Edit) -> list[str]:
    """Types of the garments that are to be of another color or the like: they stay what they are, unless the edit names another."""
    named = {v.SLOT_OF_TYPE[t] for key in ("+type", "=type", "-type") for t in edit.get(key, []) if t in v.SLOT_OF_TYPE}
    slots = {key[1:].split(".")[0] for key in edit if key[0] in edits.SIGNS and "." in key}
    items = (_slot_item(reference, slot) for slot in v.SLOTS if slot in slots - named - set(edit.get("swap", [])))
    return [item.type for item in items if item is not None and item.type in v.SLOT_OF_TYPE]


def _release(state: DialogState, edit: Edit) -> DialogState:
    """Drops kept and anchored garments that this message speaks against."""
    keep = {slot: item for slot, item in state.keep.items() if state.slot(slot).include is not False}
    anchor = state.anchor
    if anchor is not None and (anchor.type in edit.get("-type", []) or anchor.slot in edit.get("exclude", []) or anchor.slot in edit.get("swap", [])):
        anchor = None
    slots = dict(state.slots)
    for slot in keep:  # a kept garment fills its slot, whatever was said of the slot before
        if slots.get(slot, SlotWishes()).include is False:
            slots.pop(slot)
    return state.model_copy(update={"keep": keep, "anchor": anchor, "slots": slots})


def question_to_ask(memory: Memory, made: Move) -> str | None:
    """What has to be asked after this turn, None mostly: a contradiction, or nothing to go on; the latter never twice running."""
    if made.ask:
        return made.ask
    if not made.state.is_empty:
        return None
    if made.act in ("thanks", "bye", "override", "abuse", "swap") or memory.asked is not None:
        return "occasion" if made.act in ("greet", "offtopic") else None
    return "occasion"


def may_ask(memory: Memory, made: Move, edit: Edit) -> bool:
    """Whether a question that is only worth its answer may end this turn: it answers wishes, is no reply to talk, praise or a
    direction, nothing was asked in the turn before, and not too much before that."""
    if len(memory.asked_before) >= MOST_QUESTIONS:
        return False
    wishes = made.act == "photo" or bool(set(edit) - {"act"})
    return memory.asked is None and made.act in _WISHING and wishes and not {"keep", "pick"} & set(edit)


def with_rejected(state: DialogState, items: Sequence[Item]) -> DialogState:
    """The state with these items never to be shown again."""
    return state.model_copy(update={"rejected": tuple(dict.fromkeys([*state.rejected, *(i.id for i in items)]))})


def remember(memory: Memory, state: DialogState, shown: tuple[Outfit, ...], said: str, asked: str | None, wished: DialogState | None = None) -> Memory:
    """The memory after a turn; `wished` is the state before any of it was given up."""
    whole = wished if wished is not None and wished != state else None
    new = tuple(t for t in (wished or state).want.type if t not in (memory.whole or memory.state).want.type)
    return replace(memory, latest=new or memory.latest, state=state, shown=shown or memory.shown, said=said, asked=asked, turns=memory.turns + 1, whole=whole)
