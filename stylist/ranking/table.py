"""Items as columns of small integers, so that wishes and rules over many items are array operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking import money

SINGLE: tuple[str, ...] = tuple(f for f in v.FIELDS if f not in v.MULTIVALUED)
_CODE: dict[str, dict[str | None, int]] = {
    field: {value: n for n, value in enumerate(v.VALUES[field])} | {None: -1} for field in v.FIELDS
}
_SLOT_CODE = {slot: n for n, slot in enumerate(v.SLOTS)}
WOMEN, MEN = (v.GENDERS.index(gender) for gender in ("women", "men"))
MOST_KEPT_BYTES = 32 << 20
"""Of masks that a table keeps, since one question asks for the same ones many times."""


def home_slot(item: Item) -> str:
    """The slot an item stands in: `bottom` for whatever covers the top as well."""
    return "bottom" if item.type in v.COVERS_TOP else item.slot


class ItemTable:
    """Columns over n items: `codes[field]` (n,) index into the vocabulary or -1 where unknown; `bits[field]` (n,) one bit
    a value for the fields that take several; `slot` (n,) index into SLOTS; `price` (n,) in `currency`, NaN where unknown.
    """

    _kept: dict[tuple[str, frozenset[str]], np.ndarray]
    _prices: dict[str, np.ndarray]

    def __init__(self, items: Sequence[Item]) -> None:
        self.items: tuple[Item, ...] = tuple(items)
        n = len(self.items)
        self.slot = np.fromiter((_SLOT_CODE[home_slot(i)] for i in self.items), np.int8, n)
        self.codes: dict[str, np.ndarray] = {}
        for field in SINGLE:
            code = _CODE[field]
            self.codes[field] = np.fromiter((code.get(getattr(i, field), -1) for i in self.items), np.int16, n)
        self.bits: dict[str, np.ndarray] = {}
        for field in sorted(v.MULTIVALUED):
            code = _CODE[field]
            self.bits[field] = np.fromiter(
                (sum(1 << code[x] for x in getattr(i, field)) for i in self.items), np.int32, n
            )
        self.price = np.fromiter((np.nan if i.price is None else i.price for i in self.items), np.float64, n)
        self.currency = np.array([i.currency.upper() for i in self.items], dtype=object)
        self._prices = {}
        self.covering = np.fromiter((i.type in v.COVERS_TOP for i in self.items), bool, n)
        self._kept = {}
        self.index: dict[str, int] = {}
        for position, item in enumerate(self.items):
            self.index.setdefault(item.id, position)

    def __len__(self) -> int:
        return len(self.items)

    def extended(self, item: Item) -> ItemTable:
        """A table with one item more, at the end; the columns of the others are copied, not worked out again."""
        one = ItemTable([item])
        table = ItemTable.__new__(ItemTable)
        table.items = (*self.items, item)
        table.slot = np.append(self.slot, one.slot)
        table.codes = {f: np.append(self.codes[f], one.codes[f]) for f in self.codes}
        table.bits = {f: np.append(self.bits[f], one.bits[f]) for f in self.bits}
        table.price = np.append(self.price, one.price)
        table.currency = np.append(self.currency, one.currency)
        table.covering = np.append(self.covering, one.covering)
        table.index = {**self.index, item.id: len(self.items)}
        table._kept, table._prices = {}, {}
        return table

    def in_slot(self, slot: str) -> np.ndarray:
        """(n,) bool: the items that stand in a slot."""
        return self.slot == _SLOT_CODE[slot]

    def known(self, field: str) -> np.ndarray:
        """(n,) bool: the items whose value of a field is known."""
        return self.bits[field] != 0 if field in self.bits else self.codes[field] >= 0

    def has(self, field: str, values: Iterable[str]) -> np.ndarray:
        """(n,) bool, not to be written to: the items that have one of the values; a color may be a family; False where unknown.

        `slot` is taken as a field too.
        """
        key = (field, frozenset(values))
        if key not in self._kept:
            if (len(self._kept) + 1) * len(self) > MOST_KEPT_BYTES:
                self._kept.clear()
            self._kept[key] = self._having(*key)
            self._kept[key].flags.writeable = False
        return self._kept[key]

    def _having(self, field: str, values: frozenset[str]) -> np.ndarray:
        if field == "slot":
            return _among(self.slot, [_SLOT_CODE[s] for s in values], len(v.SLOTS))
        if field == "color":
            values = frozenset(shade for value in values for shade in v.shades(value))
        wanted = [_CODE[field][value] for value in values]
        if field in self.bits:
            return (self.bits[field] & sum(1 << code for code in wanted)) != 0
        if len(wanted) == 1:
            return self.codes[field] == wanted[0]
        return _among(self.codes[field], wanted, len(v.VALUES[field]))

    def matches(self, matcher: dict) -> np.ndarray:
        """(n,) bool: the items that have one of the values in every field a rule's matcher names."""
        result = np.ones(len(self), bool)
        for field, values in matcher.items():
            if field != "weight":
                result &= self.has(field, values)
        return result

    def price_in(self, currency: str) -> np.ndarray:
        """(n,) prices in another currency with `money.MARGIN` for its rate, not to be written to; NaN where the price or a rate is unknown."""
        if currency not in self._prices:
            found = {source: money.cost(1.0, source, currency) for source in set(self.currency.tolist())}
            known = {source: np.nan if rate is None else rate for source, rate in found.items()}
            price = self.price * np.fromiter((known[source] for source in self.currency), np.float64, len(self))
            price.flags.writeable = False
            self._prices[currency] = price
        return self._prices[currency]


def _among(codes: np.ndarray, wanted: Sequence[int], size: int) -> np.ndarray:
    """(n,) bool: codes in -1..size-1 that are wanted."""
    table = np.zeros(size + 1, bool)
    table[wanted] = True
    return table[codes]
