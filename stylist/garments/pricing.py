"""Prices as shops print them."""

from __future__ import annotations

import random

LOWEST, HIGHEST = 10.0, 400.0
_SPREAD = 0.06


def shop_price(target: float, rng: random.Random) -> float:
    """A price in USD near `target`, within `LOWEST`..`HIGHEST`: ends in .99, .95, .50 or .90 below 30, in 5 or 9 above 100."""
    wish = min(max(target * rng.uniform(1 - _SPREAD, 1 + _SPREAD), LOWEST), HIGHEST)
    if wish < 30:
        options = [whole + cents for whole in range(9, 31) for cents in (0.5, 0.9, 0.95, 0.99)]
    elif wish < 100:
        options = [float(whole) for whole in range(25, 106) if whole % 10 in (5, 9)]
        options += [whole + cents for whole in range(29, 101, 5) for cents in (0.9, 0.95)]
    else:
        options = [float(whole) for whole in range(95, 401) if whole % 10 in (5, 9)]
    inside = sorted(option for option in options if LOWEST <= option <= HIGHEST)
    nearest = sorted(inside, key=lambda option: (abs(option - wish), option))[:3]
    return round(rng.choice(nearest), 2)
