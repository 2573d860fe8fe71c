"""What happened to the rows of a table that was read. Knows nothing of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from stylist.catalog.items import Item

_T = TypeVar("_T")


@dataclass(frozen=True)
class Undecided:
    """A row whose type the words do not tell. `fields` are the item's other fields; `slot` is set where that much is known;
    `before` counts the items that come before it in the table."""

    line: int
    fields: dict[str, Any]
    slot: str | None
    reason: str
    before: int = 0

    def as_slot_only(self) -> Item | None:
        """The item with its slot as its type, as FASCODE has "shoes"; None where not even the slot is sure."""
        if self.slot is None or self.slot == "accessory":
            return None
        return Item(**self.fields, slot=self.slot, type=self.slot)


@dataclass
class ReadReport:
    """Counts, and notes of the form "line 3: price: read '12,50' as 12.5"."""

    format: str = ""
    rows: int = 0
    items: int = 0
    undecided: list[Undecided] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    kept_as_text: dict[str, int] = field(default_factory=dict)
    """`field: value` outside the vocabulary -> how often."""

    def first_reason(self) -> str:
        """Why the first row that was left out was left out."""
        if self.skipped:
            return self.skipped[0]
        return self.undecided[0].reason if self.undecided else "expected at least one"

    def public(self) -> dict[str, Any]:
        """Counts and the first notes of each kind, for printing."""
        return {
            "format": self.format,
            "rows": self.rows,
            "items": self.items,
            "undecided": len(self.undecided),
            "skipped": len(self.skipped),
            "repaired": len(self.repaired),
            "kept_as_text": sum(self.kept_as_text.values()),
            "notes": [*self.skipped[:5], *(u.reason for u in self.undecided[:5]), *self.repaired[:5]],
        }


def in_order(items: Sequence[_T], undecided: Iterable[tuple[int, _T]]) -> list[_T]:
    """Items with the undecided ones put back where the table has them; `undecided` are pairs of `before` and a thing."""
    result: list[_T] = []
    start = 0
    for before, thing in undecided:
        result += items[start:before]
        result.append(thing)
        start = before
    return [*result, *items[start:]]
