"""From a state to what an outfit must be: which slots it fills, with which items, and what at least one item must have.

The promises of `stylist.state` hold exactly; the styling rules (`rules.py`) hold as far as a `Strictness` says.

- An outfit is a top and a bottom, or a dress or jumpsuit alone (it stands in `bottom` and covers `top`), and shoes;
  an outer layer where weather, season or the person asks for one; a bag and an accessory where they fit.
- A slot with a wish, a price or `include` must be filled; one with `include` False stays empty, and what is wished of it
  is moot. Without a top the outfit is a dress or jumpsuit where there may be one, else the bottom alone.
- Types of the top beside only dresses or jumpsuits contradict each other, since a dress leaves no room for a top: there
  the top with any bottom and the dress are alternatives. Where a dress is wanted and other things of the top, the dress
  has to have them.
- The anchor is the person's own choice: it stands whatever the wishes say and stands for what was wished of its slots.
- Accessories worn together (`DialogState.together`) take a place each, all obeying what is said of the slot.
- A kept item has to obey the wishes like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np

from stylist import vocabulary as v
from stylist.ranking import money
from stylist.ranking.data_files import load
from stylist.ranking.rules import MAIN_SLOTS, Rules
from stylist.ranking.seen import PLAIN, is_seen, shows
from stylist.ranking.table import ItemTable, home_slot
from stylist.state import MOST_ACCESSORIES, DialogState, SlotWishes, Wishes

ACCESSORY_PLACES: tuple[str, ...] = ("accessory", *(f"accessory {number}" for number in range(2, MOST_ACCESSORIES + 1)))
"""What accessories worn together fill, each one."""
COVER_FIELDS: tuple[str, ...] = ("color", "pattern", "material", "fit", "sleeve", "length", "style")
"""Fields that, wanted on the whole outfit, at least one item must have."""


class Strictness(IntEnum):
    """How many styling rules hold besides the promises; the composer goes down the list until something fits, at each level first with the
    colors and patterns wished for on what is seen first."""

    ALL = 4
    NO_LAYER = 3
    """An outer layer that season or a cool day suggests may be missing."""
    NO_FORMALITY = 2
    """Nor does the formality that an occasion asks for bind."""
    NO_OUTER = 1
    """Nor is an outer layer needed in the cold."""
    PROMISES = 0
    """Only what the person said binds."""


@dataclass(frozen=True)
class Cover:
    """A wish that at least one item must meet. `mask` is (n,) bool."""

    field: str
    values: tuple[str, ...]
    mask: np.ndarray


@dataclass(frozen=True)
class Shape:
    """One way to fill slots: `masks[slot]` is (n,) bool, for every slot filled, in the vocabulary's slot order."""

    masks: dict[str, np.ndarray]

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(self.masks)


@dataclass(frozen=True)
class Plan:
    """What any outfit for a state is: one of `shapes`, meeting every one of `covers`, at most `total` in all.

    `price` (n,) is what each item costs in `currency`, 0 for what the person owns, NaN where unknown (only admitted where
    no limit asks for it).
    """

    shapes: tuple[Shape, ...]
    covers: tuple[Cover, ...]
    price: np.ndarray
    currency: str
    total: float | None
    fixed: dict[str, int] = field(default_factory=dict)

    @property
    def possible(self) -> bool:
        """Whether some shape holds an item for every cover, whatever it costs."""
        return any(all(any((c.mask & m).any() for m in shape.masks.values()) for c in self.covers) for shape in self.shapes)


def admitted(state: DialogState, table: ItemTable) -> np.ndarray:
    """(n,) bool: items that no wish on the whole outfit forbids: avoided things, season, gender, formality, item price."""
    ok = ~avoided(state.avoid, table, state.slots)
    if state.want.season:
        ok &= table.has("season", state.want.season) | ~table.known("season")
    if state.want.gender:
        ok &= table.has("gender", {*state.want.gender, "unisex"})
    if state.want.formality:
        ok &= _formality_admits(state.want.formality, table)
    if state.want.pattern == PLAIN:
        patterned = table.known("pattern") & ~table.has("pattern", PLAIN)
        for slot, wishes in state.slots.items():
            if wishes.want.pattern:
                patterned &= ~table.in_slot(slot)
        ok &= ~patterned
    if state.budget.item is not None:
        ok &= table.price_in(state.budget.currency) <= state.budget.item + money.TOLERANCE
    if state.budget.total is not None:
        ok &= ~np.isnan(table.price_in(state.budget.currency))
    if state.rejected:
        rows = [table.index[i] for i in state.rejected if i in table.index]
        ok[rows] = False
    return ok


def _formality_admits(levels: tuple[str, ...], table: ItemTable) -> np.ndarray:
    wanted = {v.FORMALITY.index(f) for f in levels}
    near = [f for n, f in enumerate(v.FORMALITY) if any(abs(n - w) <= 1 for w in wanted)]
    main = table.has("slot", MAIN_SLOTS)
    return np.where(main, table.has("formality", levels), table.has("formality", near) | ~table.known("formality"))


def avoided(wishes: Wishes, table: ItemTable, slots: Mapping[str, SlotWishes] | None = None) -> np.ndarray:
    """(n,) bool: items with an avoided value, or of a type that is made of an avoided material.

    What one of `slots` wants itself is not avoided there: "red shoes, no other red".
    """
    out = np.zeros(len(table), bool)
    for name in v.FIELDS:
        values = wishes.values(name)
        if values:
            out |= _has_or_implies(name, values, table) & ~_excused(name, values, table, slots or {})
    return out


def _has_or_implies(name: str, values: Collection[str], table: ItemTable) -> np.ndarray:
    hit = table.has(name, values)
    if name != "material":
        return hit
    implied = load("rules")["implied_materials"]
    made, perhaps = ([garment for garment, material in implied[kind].items() if material in values] for kind in ("always", "unknown"))
    return hit | table.has("type", made) | (table.has("type", perhaps) & ~table.known("material"))


def _excused(name: str, values: tuple[str, ...], table: ItemTable, slots: Mapping[str, SlotWishes]) -> np.ndarray:
    """(n,) bool: items of a slot that wants all that they have of the avoided values of a field."""
    result = np.zeros(len(table), bool)
    for slot, wishes in slots.items():
        wanted = wishes.want.values(name)
        if not wanted or wishes.include is False or not (name == "color" or set(wanted) & set(values)):
            continue
        stands = table.in_slot(slot) | table.covering if slot == "top" else table.in_slot(slot)
        result |= stands & (table.has(name, wanted) if name == "color" else ~_has_or_implies(name, set(values) - set(wanted), table))
    return result


def slot_admitted(wishes: SlotWishes, table: ItemTable, currency: str) -> np.ndarray:
    """(n,) bool: items that meet every wish on one slot; the caller restricts them to the slot."""
    ok = ~avoided(wishes.avoid, table)
    for name in v.FIELDS:
        values = wishes.want.values(name)
        if not values:
            continue
        if name == "season":
            ok &= table.has(name, values) | ~table.known(name)
        elif name == "gender":
            ok &= table.has(name, {*values, "unisex"})
        elif name != "occasion":
            ok &= table.has(name, values)
    if wishes.price is not None:
        ok &= table.price_in(currency) <= wishes.price + money.TOLERANCE
    return ok


def must_fill(wishes: SlotWishes) -> bool:
    """True where the slot must not stay empty."""
    return wishes.include is not False and bool(wishes.want or wishes.price is not None or wishes.include)


def plan(state: DialogState, table: ItemTable, rules: Rules, strictness: Strictness = Strictness.ALL, seen: bool = False) -> Plan:
    """What an outfit for the state may be. `table` holds the anchor's row last where the state has an anchor. With `seen`, colors and patterns
    wished for are on what is seen first."""
    builder = _Builder(state, table, rules, strictness)
    covers = [Cover(name, state.want.values(name), table.has(name, state.want.values(name))) for name in COVER_FIELDS if state.want.values(name)]
    if seen:
        fixed = [row for row in builder.fixed.values() if row >= 0]
        covers = [replace(c, mask=c.mask & shows(state, table, c.field, fixed)) if is_seen(c.field, c.values) else c for c in covers]
    price = table.price_in(state.budget.currency)
    if builder.anchor is not None:
        anchor = state.anchor
        assert anchor is not None
        if anchor.extra.get("owned") or anchor.price is None:
            price = price.copy()
            price[builder.anchor] = 0.0
    return Plan(builder.shapes(), tuple(covers), price, state.budget.currency, state.budget.total, builder.fixed)


class _Builder:
    def __init__(self, state: DialogState, table: ItemTable, rules: Rules, strictness: Strictness) -> None:
        self.state, self.table, self.rules, self.strictness = state, table, rules, strictness
        self.anchor = len(table) - 1 if state.anchor is not None else None
        self.anchored: tuple[str, ...] = state.anchor.covers if state.anchor is not None else ()
        self.types = {
            slot: tuple(t for t in state.want.type if v.SLOT_OF_TYPE[t] == slot)
            for slot in v.SLOTS
            if slot not in self.anchored
        }
        ok = admitted(state, table)
        if strictness > Strictness.PROMISES:
            ok &= ~rules.forbidden(table)
        if strictness > Strictness.NO_FORMALITY:
            ok &= ~rules.off_formality(table)
        if self.anchor is not None:
            ok[self.anchor] = False
            if state.anchor is not None and state.anchor.gender != "unisex":
                ok &= table.has("gender", [state.anchor.gender, "unisex"])
        self.ok = ok
        self.fixed = self._fixed()
        self.slot_ok = {slot: self._slot_mask(slot) for slot in v.SLOTS}
        self.typed = {slot: self._typed(slot) for slot in v.SLOTS}

    def _fixed(self) -> dict[str, int]:
        fixed: dict[str, int] = {}
        for slot, item_id in self.state.keep.items():
            if slot not in self.anchored:
                row = self.table.index.get(item_id, -1)
                place = home_slot(self.table.items[row]) if row >= 0 else slot
                # A kept dress may stand under `top` as well; it is one garment.
                if place not in self.anchored:
                    fixed[place] = row if fixed.get(place, row) == row else -1  # two kept items of one slot: none will do
        if self.anchor is not None and self.state.anchor is not None:
            fixed[home_slot(self.state.anchor)] = self.anchor
        return fixed

    def _slot_mask(self, slot: str) -> np.ndarray:
        """Admissible items of a slot, a dress or jumpsuit under `bottom`."""
        if slot in self.anchored:
            mask = np.zeros(len(self.table), bool)
            if self.anchor is not None and self.fixed.get(slot) == self.anchor:
                mask[self.anchor] = True
            return mask
        mask = self.ok & self.table.in_slot(slot)
        wishes = self.state.slot(slot)
        if wishes.include is not False:
            mask &= slot_admitted(wishes, self.table, self.state.budget.currency)
        if slot in self.fixed:
            only = np.zeros(len(self.table), bool)
            if self.fixed[slot] >= 0:
                only[self.fixed[slot]] = True
            mask &= only
        return mask

    def _typed(self, slot: str) -> np.ndarray:
        mask = self.slot_ok[slot]
        return mask & self.table.has("type", self.types[slot]) if self.types.get(slot) else mask

    def _ways(self, slot: str) -> list[dict[str, np.ndarray]]:
        """The items that may fill a slot; of several accessories worn together those of each, by the places that they take. One of these at least is
        as is wished of the slot, and above `Strictness.PROMISES` each of a type that has such items: with "a gold belt and a tie" no tie is gold
        where there is none."""
        groups = self.state.accessories
        if slot != "accessory" or len(groups) < 2 or slot in self.anchored:
            return [{slot: self.typed[slot]}]
        table, wishes = self.table, self.state.slot(slot)
        as_wished = slot_admitted(wishes, table, self.state.budget.currency)
        allowed = self.ok & table.in_slot(slot) & slot_admitted(wishes.model_copy(update={"want": Wishes()}), table, self.state.budget.currency)
        own = [allowed & table.has("type", group) for group in groups]
        if (row := self.fixed.get(slot)) is not None:  # what is kept takes the place of its type
            kept = np.arange(len(table)) == row
            own = [mask & kept if row < 0 or table.items[row].type in group or not any(m[row] for m in own) else mask for mask, group in zip(own, groups, strict=True)]
        able = [number for number, mask in enumerate(own) if (mask & as_wished).any()]
        chosen = [able] if self.strictness > Strictness.PROMISES else [[number] for number in able]
        if not able or not wishes.want:
            chosen = [list(range(len(own)))]
        return [{place: own[n] & as_wished if n in some else own[n] for n, place in enumerate(ACCESSORY_PLACES[: len(own)])} for some in chosen]

    def _demand(self, slot: str) -> str:
        """`must`, `may` or `no` for outer, shoes, bag and accessory."""
        if slot in self.anchored:
            return "must"
        wishes = self.state.slot(slot)
        if self.types[slot] or slot in self.fixed:
            return "must" if wishes.include is not False else "never"
        if wishes.include is False:
            return "no"
        if must_fill(wishes) or slot == "shoes":
            return "must"
        if slot == "outer":
            if self.rules.outer == "require":
                return "must" if self.strictness > Strictness.NO_OUTER else "may"
            if self.rules.outer == "fill":
                return "must" if self.strictness > Strictness.NO_LAYER else "may"
            if self.rules.outer == "may":
                return "may"
            return "no"
        return "may"

    def _bodies(self) -> list[dict[str, np.ndarray]]:
        """The ways to dress between shoulders and ankles."""
        table = self.table
        top, bottom = self.state.slot("top"), self.state.slot("bottom")
        top_types, bottom_types = self.types.get("top", ()), self.types.get("bottom", ())
        only_covering = bool(bottom_types) and set(bottom_types) <= v.COVERS_TOP
        separate = self.slot_ok["bottom"] & ~table.covering
        covering = self.typed["bottom"] & table.covering
        if self.anchored and "bottom" in self.anchored and "top" in self.anchored:
            return [{"bottom": self.slot_ok["bottom"]}]
        bodies: list[dict[str, np.ndarray]] = []
        no_top, no_bottom = top.include is False, bottom.include is False
        if no_bottom and "bottom" not in self.anchored:
            if bottom_types or "bottom" in self.fixed or (no_top and (top_types or "top" in self.fixed)):
                return []
            return [{}] if no_top and "top" not in self.anchored else [{"top": self.typed["top"]}]
        top_anchored = "top" in self.anchored
        contradiction = only_covering and bool(top_types) and not no_top
        # A dress: no top beside it, so nothing may be fixed or typed there, unless that is what the contradiction is.
        top_free = not top_anchored and "top" not in self.fixed and (not top_types or contradiction)
        demanded_top = must_fill(top) and not no_top
        if top_free and "bottom" not in self.anchored:
            if not demanded_top:
                bodies.append({"bottom": covering})
            elif only_covering:
                meets = slot_admitted(top.model_copy(update={"avoid": Wishes()}), table, self.state.budget.currency)
                bodies.append({"bottom": covering & meets})
        if no_top and not top_anchored:
            if top_types or "top" in self.fixed:
                return []
            if not (covering.any() and not self._wants_separate()):
                bodies = [{"bottom": self.typed["bottom"] & ~table.covering}]
            return bodies
        if not only_covering:
            bodies.append({"top": self.typed["top"], "bottom": self.typed["bottom"] & ~table.covering})
        elif contradiction:
            bodies.append({"top": self.typed["top"], "bottom": separate})
        return bodies

    def _wants_separate(self) -> bool:
        types = self.types.get("bottom", ())
        return "bottom" in self.anchored or (bool(types) and not set(types) & v.COVERS_TOP)

    def shapes(self) -> tuple[Shape, ...]:
        """Every combination of body and optional slots whose slots all have a candidate."""
        demands = {slot: self._demand(slot) for slot in ("outer", "shoes", "bag", "accessory")}
        if "never" in demands.values():
            return ()
        result = []
        for body in self._bodies():
            options: list[dict[str, np.ndarray]] = [dict(body)]
            for slot, demand in demands.items():
                if demand == "no":
                    continue
                with_slot = [{**o, **way} for way in self._ways(slot) for o in options]
                options = with_slot if demand == "must" else with_slot + options
            for option in options:
                if option and all(mask.any() for mask in option.values()):
                    result.append(Shape({slot: option[slot] for slot in (*v.SLOTS, *ACCESSORY_PLACES[1:]) if slot in option}))
        return tuple(result)
