"""Checks a finished outfit against what the person said, one promise after the other.

Written apart from `masks`, which makes outfits keep these promises, so that each can find the other's mistakes.
"""

from __future__ import annotations

from collections.abc import Iterable

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking import money
from stylist.ranking.data_files import load
from stylist.state import DialogState, SlotWishes, Wishes

ANY_ITEM = ("color", "pattern", "material", "fit", "sleeve", "length", "style")


def broken(state: DialogState, outfit: Outfit, reference_total: float | None = None) -> list[str]:
    """A line for each promise that the outfit breaks, empty where it keeps them all."""
    anchor = next((i for i in outfit.items if state.anchor is not None and i.id == state.anchor.id), None)
    others = [i for i in outfit.items if i is not anchor]
    return [
        *_anchor(state, anchor),
        *_complete(state, outfit.items, anchor),
        *(fault for item in others for fault in _item(state, item)),
        *_types(state, outfit.items, anchor),
        *_slots(state, outfit.items, anchor),
        *_anywhere(state, outfit.items),
        *_genders(outfit.items),
        *_budget(state, outfit.items, anchor, reference_total),
        *_kept(state, outfit.items, anchor),
    ]


def accessory(state: DialogState, item: Item) -> tuple[bool, bool]:
    """Whether an item may be an accessory of an outfit, by what holds for it alone, and whether it is also all that is wished of the slot."""
    wishes = state.slot("accessory")
    may = not (_item(state, item) or _avoided(item, wishes.avoid) or _slot_price(state, wishes, item))
    return may, may and not _slot_item(state, wishes, item)


def _place(item: Item) -> str:
    return item.covers[0]


def _in_slot(items: Iterable[Item], slot: str) -> Item | None:
    return next((i for i in items if _place(i) == slot), None)


def _anchor(state: DialogState, anchor: Item | None) -> list[str]:
    return ["the anchor is missing"] if state.anchor is not None and anchor is None else []


def _complete(state: DialogState, items: tuple[Item, ...], anchor: Item | None) -> list[str]:
    faults = []
    filled = [slot for item in items for slot in item.covers]
    places = {"accessory": len(state.accessories) if anchor is None or "accessory" not in anchor.covers else 1}
    faults += [f"{slot} is filled twice" for slot in set(filled) if filled.count(slot) > max(1, places.get(slot, 1))]
    if len({i.id for i in items}) < len(items):
        faults.append("an item stands there twice")
    for slot in ("top", "bottom", "shoes"):
        if slot not in filled and state.slot(slot).include is not False:
            faults.append(f"{slot} is empty")
    for slot in v.SLOTS:
        item = _in_slot(items, slot)
        if state.slot(slot).include is False and item is not None and item is not anchor:
            faults.append(f"{slot} was to stay empty, holds {item.id}")
    return faults


def _has(item: Item, field: str, values: Iterable[str]) -> bool:
    if field == "color":
        values = {shade for value in values for shade in v.shades(value)}
    return bool(set(item.values(field)) & set(values))


def _shades(field: str, values: Iterable[str]) -> set[str]:
    return {shade for value in values for shade in v.shades(value)} if field == "color" else set(values)


def _avoided(item: Item, avoid: Wishes, spared: Iterable[Wishes] = ()) -> list[str]:
    """What is avoided and the item has, less what the wishes on its own slots, `spared`, want there."""
    faults = []
    for field in v.FIELDS:
        wanted = {value for wishes in spared for value in _shades(field, wishes.values(field))}
        found = set(item.values(field)) & _shades(field, avoid.values(field)) - wanted
        if found:
            faults.append(f"{item.id}: {field} {sorted(found)} is avoided")
    implied = load("rules")["implied_materials"]
    made_of = implied["always"].get(item.type)
    if item.material is None:
        made_of = made_of or implied["unknown"].get(item.type)
    if made_of in avoid.material and not any(made_of in wishes.material for wishes in spared):
        faults.append(f"{item.id}: a {item.type} is made of {made_of}, which is avoided")
    return faults


def _wears(item: Item, field: str, values: tuple[str, ...]) -> bool:
    """Whether an item answers a wish that holds for it."""
    if not values or field == "occasion":
        return True
    if field == "season":
        return not item.season or _has(item, field, values)
    if field == "gender":
        return item.gender == "unisex" or item.gender in values
    return _has(item, field, values)


def _item(state: DialogState, item: Item) -> list[str]:
    spared = [state.slot(slot).want for slot in item.covers if state.slot(slot).include is not False]
    faults = _avoided(item, state.avoid, spared)
    for field in ("season", "gender"):
        if not _wears(item, field, state.want.values(field)):
            faults.append(f"{item.id}: {field} {item.values(field)} where {state.want.values(field)} is wanted")
    levels = [v.FORMALITY.index(f) for f in state.want.formality]
    if levels:
        own = None if item.formality is None else v.FORMALITY.index(item.formality)
        extra = _place(item) in ("bag", "accessory")
        distance = (0 if extra else 9) if own is None else min(abs(own - level) for level in levels)
        if distance > (1 if extra else 0):
            faults.append(f"{item.id}: formality {item.formality} where {state.want.formality} is wanted")
    if state.want.pattern == ("solid",) and item.pattern not in (None, "solid") and not any(state.slot(slot).want.pattern for slot in item.covers):
        faults.append(f"{item.id}: pattern {item.pattern} where the whole look is to be plain")
    if item.id in state.rejected:
        faults.append(f"{item.id} was rejected")
    if state.budget.item is not None and not _within(item, state.budget.item, state.budget.currency):
        faults.append(f"{item.id}: {item.price} {item.currency} passes the limit of an item")
    return faults


def _within(item: Item, limit: float, currency: str) -> bool:
    cost = None if item.price is None else money.cost(item.price, item.currency, currency)
    return cost is not None and cost <= limit + money.TOLERANCE


def _types(state: DialogState, items: tuple[Item, ...], anchor: Item | None) -> list[str]:
    held = anchor.covers if anchor is not None else ()
    wanted = {slot: [t for t in state.want.type if v.SLOT_OF_TYPE[t] == slot] for slot in v.SLOTS if slot not in held}
    wanted = {slot: types for slot, types in wanted.items() if types}
    found = {i.type for i in items}
    tops, bottoms = wanted.get("top"), wanted.get("bottom")
    if tops and bottoms and set(bottoms) <= v.COVERS_TOP and state.slot("top").include is not False:
        del wanted["top"], wanted["bottom"]
        if not found & {*tops, *bottoms}:
            return [f"neither {tops} nor {bottoms} is there"]
    groups = [*(types for slot, types in wanted.items() if slot != "accessory"), *(state.accessories if "accessory" in wanted else ())]
    return [f"none of {types} is there" for types in groups if not found & set(types)]


def _slots(state: DialogState, items: tuple[Item, ...], anchor: Item | None) -> list[str]:
    faults = []
    for slot, wishes in state.slots.items():
        if wishes.include is False or (anchor is not None and slot in anchor.covers):
            continue
        own = [item for item in items if _place(item) == slot]
        if own:
            faults += [f"in {slot}: {fault}" for item in own for fault in _avoided(item, wishes.avoid)]
            missed = [_slot_item(state, wishes, item) for item in own]
            faults += [f"in {slot}: {fault}" for fault in min(missed, key=len)]  # of accessories worn together one has to be as wished for
            faults += [f"in {slot}: {fault}" for item in own[1:] for fault in _slot_price(state, wishes, item)]
        elif wishes.want or wishes.price is not None or wishes.include:
            dress = next((i for i in items if slot in i.covers), None)
            if dress is None or not set(state.want.type) & v.COVERS_TOP:
                faults.append(f"{slot} is empty where something is wished of it")
            else:
                faults += [f"for {slot}: {fault}" for fault in _slot_item(state, wishes, dress)]
    return faults


def _slot_item(state: DialogState, wishes: SlotWishes, item: Item) -> list[str]:
    faults = [
        f"{item.id}: {field} {item.values(field)} where {wishes.want.values(field)} is wanted"
        for field in v.FIELDS
        if not _wears(item, field, wishes.want.values(field))
    ]
    return [*faults, *_slot_price(state, wishes, item)]


def _slot_price(state: DialogState, wishes: SlotWishes, item: Item) -> list[str]:
    if wishes.price is not None and not _within(item, wishes.price, state.budget.currency):
        return [f"{item.id}: {item.price} {item.currency} passes the slot's limit"]
    return []


def _anywhere(state: DialogState, items: tuple[Item, ...]) -> list[str]:
    return [
        f"no item has {field} {state.want.values(field)}"
        for field in ANY_ITEM
        if state.want.values(field) and not any(_has(i, field, state.want.values(field)) for i in items)
    ]


def _genders(items: tuple[Item, ...]) -> list[str]:
    return ["things for women beside things for men"] if {"women", "men"} <= {i.gender for i in items} else []


def _budget(state: DialogState, items: tuple[Item, ...], anchor: Item | None, reference: float | None) -> list[str]:
    limit = state.budget.total
    cheaper = reference is not None and "cheaper" in state.prefer
    if limit is None and not cheaper:
        return []
    total, faults = 0.0, []
    for item in items:
        if item is anchor and (item.price is None or (state.anchor is not None and state.anchor.extra.get("owned"))):
            continue
        cost = None if item.price is None else money.cost(item.price, item.currency, state.budget.currency)
        if cost is None:
            faults.append(f"{item.id}: its price is unknown under a budget")
        else:
            total += cost
    if limit is not None and total > limit + money.TOLERANCE:
        faults.append(f"the total {total:.2f} passes {limit:.2f} {state.budget.currency}")
    if cheaper and reference is not None:
        source = next((i.currency for i in items if i.price is not None), state.budget.currency)
        bar = money.cost(reference, source, state.budget.currency)
        if bar is not None and total >= bar:
            faults.append(f"the total {total:.2f} is not below {bar:.2f} {state.budget.currency}")
    return faults


def _kept(state: DialogState, items: tuple[Item, ...], anchor: Item | None) -> list[str]:
    held = anchor.covers if anchor is not None else ()
    ids = {i.id for i in items}
    return [
        f"{kept} was to stay in {slot}" for slot, kept in state.keep.items() if slot not in held and kept not in ids
    ]
