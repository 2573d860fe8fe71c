"""Limits in several currencies, brought into one: "heels max 60 dollars" stands beside "100 pounds in all"."""

from __future__ import annotations

from stylist import edits
from stylist.edits import Edit
from stylist.ranking import money
from stylist.state import DialogState


def in_one_currency(state: DialogState, edit: Edit) -> tuple[DialogState, Edit]:
    """State and edit with every limit in the currency of the total that the edit sets, else of its last limit. Where no rate is known nothing is
    changed."""
    said = {key: parsed for key in edits.AMOUNTS if isinstance(edit.get(key), str) and (parsed := edits.amount(edit[key])) and parsed[1]}
    if not said:
        return state, edit
    target = str(said["total"][1] if "total" in said else said[[key for key in edit if key in said][-1]][1])
    made = dict(edit)
    for key, (figure, code) in said.items():
        changed = money.convert(figure, str(code), target)
        made[key] = edit[key] if changed is None or code == target else f"{changed:.2f} {target}"
    source = state.budget.currency
    if source == target or money.convert(1.0, source, target) is None:
        return state, made

    def moved(amount: float | None) -> float | None:
        return None if amount is None else round(float(money.convert(amount, source, target) or amount), 2)

    slots = {slot: wishes.model_copy(update={"price": moved(wishes.price)}) for slot, wishes in state.slots.items()}
    budget = state.budget.model_copy(update={"total": moved(state.budget.total), "item": moved(state.budget.item), "currency": target})
    limited = budget.total is not None or budget.item is not None or any(wishes.price is not None for wishes in slots.values())
    return (state.model_copy(update={"budget": budget, "slots": slots}) if limited else state), made
