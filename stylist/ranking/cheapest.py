"""What the cheapest outfit of a plan costs. Prices alone count, so of each slot the cheapest item of every kind is enough.

A kind is all that tells items of a slot apart besides their price: the gender they are for, and the covers they meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stylist.ranking.masks import Plan, Shape
from stylist.ranking.table import MEN, WOMEN, ItemTable

UNKNOWN_PRICE = 1.0e6
"""Stands for an unknown price; any known one is better."""
ANYONE = 2
"""For neither women nor men alone."""

Totals = dict[int, float]
"""Covers met, as bits, and the least that meets them."""


@dataclass(frozen=True)
class _Kind:
    gender: int
    covers: int
    known: bool
    price: float
    """The least of any item of the kind."""


def cheapest(wanted: Plan, table: ItemTable, limit: float) -> tuple[bool, float | None]:
    """Whether any outfit of a plan costs `limit` at most, and what the cheapest costs (None where a price in it is unknown).

    Women's and men's items do not meet; no other rule on pairs holds.
    """
    slots = {id(mask): mask for shape in wanted.shapes for mask in shape.masks.values()}
    kinds = {key: _kinds(mask, wanted, table, limit) for key, mask in slots.items()}
    needed = (1 << len(wanted.covers)) - 1
    least = _least(wanted.shapes, kinds, needed)
    if not np.isfinite(least) or least > limit:
        return False, None
    if all(kind.known for own in kinds.values() for kind in own):
        return True, least
    known = {key: [kind for kind in own if kind.known] for key, own in kinds.items()}
    return True, least if _least(wanted.shapes, known, needed) <= least else None


def _kinds(mask: np.ndarray, wanted: Plan, table: ItemTable, limit: float) -> list[_Kind]:
    """The kinds among the items under `mask` (n,), without items that cost more than `limit` by themselves."""
    rows = np.flatnonzero(mask)
    price = wanted.price[rows]
    if np.isfinite(limit):
        paid = price <= limit
        rows, price = rows[paid], price[paid]
    known = ~np.isnan(price)
    gender = table.codes["gender"][rows]
    # The number of a kind: its covers, then whether the price is known, then the gender.
    number = np.where((gender == WOMEN) | (gender == MEN), gender, ANYONE).astype(np.intp) * 2 + known
    for cover in reversed(wanted.covers):
        number = number * 2 + cover.mask[rows]
    count = len(wanted.covers)
    least = np.full(6 << count, np.inf)
    np.minimum.at(least, number, np.where(known, price, UNKNOWN_PRICE))
    return [
        _Kind(n >> count + 1, n & (1 << count) - 1, bool(n >> count & 1), float(least[n])) for n in np.flatnonzero(np.isfinite(least)).tolist()
    ]


def _least(shapes: Sequence[Shape], kinds: Mapping[int, Sequence[_Kind]], needed: int) -> float:
    """The least total of an outfit of any of the shapes that meets the covers `needed`; infinite where there is none."""
    least = np.inf
    for other in (WOMEN, MEN):
        own = {key: [kind for kind in among if kind.gender != other] for key, among in kinds.items()}
        # What the first slots cost is shared by the shapes that begin with them.
        begun: dict[tuple[int, ...], Totals] = {(): {0: 0.0}}
        for shape in shapes:
            path: tuple[int, ...] = ()
            for mask in shape.masks.values():
                before, path = begun[path], (*path, id(mask))
                if path not in begun:
                    begun[path] = _with(before, own[id(mask)])
            least = min(least, begun[path].get(needed, np.inf))
    return least


def _with(totals: Totals, kinds: Sequence[_Kind]) -> Totals:
    """Totals with one slot more."""
    result: Totals = {}
    for met, total in totals.items():
        for kind in kinds:
            covers, cost = met | kind.covers, total + kind.price
            if cost < result.get(covers, np.inf):
                result[covers] = cost
    return result
