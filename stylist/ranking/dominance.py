"""Which of a slot's items no answer needs, since enough others do better in any outfit they could stand in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stylist.ranking.harmony import AttributeHarmony

AT_ONCE = 1 << 14
"""Comparisons, after which items that are surpassed often enough are compared no more."""
BEST = 24
BEST_OF_A_KIND = 8
PRICE_SHARES = (0.2, 0.5)
"""Under a limit the best among so large a share of the items, the cheapest, are compared with besides."""


@dataclass(frozen=True)
class Items:
    """Items of a slot. `rows` (n,) of the table, `value` (n,) what each is worth by itself; an item may take another's place where
    it has every bit of its `gains` (n,), none but its `faults` (n,) and is no dearer (`price` (n,), None without a limit)."""

    rows: np.ndarray
    value: np.ndarray
    gains: np.ndarray
    faults: np.ndarray
    price: np.ndarray | None

    def rivals(self) -> np.ndarray:
        """Places of items that others are compared with: those worth most, of all, of every kind and among the cheap ones."""
        order = np.argsort(-self.value, kind="stable")
        chosen = [order[:BEST]]
        kind = self.gains[order] << 32 | self.faults[order]
        kinds = np.unique(kind)
        if len(kinds) > 1:
            chosen += [order[kind == one][:BEST_OF_A_KIND] for one in kinds]
        if self.price is not None:
            price = self.price[order]
            chosen += [order[price <= np.quantile(price, share)][:BEST_OF_A_KIND] for share in PRICE_SHARES]
        return np.concatenate(chosen)


def needed(items: Items, harmony: AttributeHarmony, weight: float, most: int) -> np.ndarray:
    """(n,) bool: the items that are not surpassed by `most` others.

    One item surpasses another where it may take its place and is worth more in any outfit: by itself by more than it could lose with
    partners, whose harmony counts `weight` in the mean over an outfit's pairs. With fewer than `most` outfits chosen already, each
    with one item of the slot, one of those that surpass an item is in none of them, so it would be chosen before it.
    """
    rivals = items.rivals()
    rivals = rivals[np.sort(np.unique(rivals, return_index=True)[1])]
    left, count = np.arange(len(items.rows)), np.zeros(len(items.rows), int)
    while len(rivals) and len(left):
        size = max(most, AT_ONCE // len(left))
        over, rivals = rivals[:size], rivals[size:]
        # Of an outfit's n items each has 1/n of its value, and n - 1 of the n (n - 1) / 2 pairs.
        better = items.value[over] - items.value[left, None] > 2 * weight * harmony.lead(items.rows[left], items.rows[over])
        better &= items.gains[left, None] & ~items.gains[over] == 0
        better &= items.faults[over] & ~items.faults[left, None] == 0
        if items.price is not None:
            better &= items.price[over] <= items.price[left, None]
        count[left] += better.sum(axis=1)
        left = left[count[left] < most]
    return count < most
