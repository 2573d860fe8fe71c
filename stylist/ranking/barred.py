"""Which items must not meet: women's and men's, and what styling sense keeps apart. As bits, so that many pairs are one operation."""

from __future__ import annotations

import numpy as np

from stylist.ranking.data_files import load
from stylist.ranking.table import MEN, WOMEN, ItemTable

FIRST_SIDES = 0x15555555
"""Every other bit."""


def sides(table: ItemTable, sense: bool, spared: frozenset[int] = frozenset()) -> np.ndarray:
    """(n,) int bits, two a rule on pairs: its one side and its other. What has fewer of them meets all that an item meets.

    The rules keep women's items from men's, and with `sense` apart what `rules.unfit_pairs` does.
    """
    gender = table.codes["gender"]
    found = [gender == WOMEN, gender == MEN]
    if sense:
        for owner, slots in load("rules")["needs"].items():
            for slot, types in slots.items():
                placed = table.in_slot(slot) | table.covering if slot == "top" else table.in_slot(slot)
                found += [table.has("type", [owner]), placed & ~table.has("type", types)]
        found += [table.matches(side) for number, pair in enumerate(load("rules")["apart"]) if number not in spared for side in pair]
    assert len(found) <= 30, "more rules on pairs than bits"
    bits = np.zeros(len(table), np.int32)
    for number, side in enumerate(found):
        bits |= side.astype(np.int32) << number
    return bits


def barred(a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
    """(len(a), len(b)) bool: pairs on the two sides of some rule, by their `sides`; None where there are none."""
    other = (a & FIRST_SIDES) << 1 | (a >> 1) & FIRST_SIDES
    if not np.bitwise_or.reduce(other, initial=0) & np.bitwise_or.reduce(b, initial=0):
        return None
    return (other[:, None] & b) != 0
