"""Amounts in different currencies, compared by a static table of dated rates."""

from __future__ import annotations

from stylist.ranking.data_files import load

TOLERANCE = 0.005
"""Half a cent: sums of floats may pass a limit by this much."""


MARGIN = 1.07
"""What an item may cost more by the day's rate and the bank's fee than by the table: a limit in another currency shall hold when it is bought."""


def usd_per_unit(currency: str) -> float | None:
    """US dollars for one unit of a currency (ISO 4217); None where the table has no rate."""
    rate = load("currencies")["usd_per_unit"].get(currency.upper())
    return None if rate is None else float(rate)


def convert(amount: float, source: str, target: str) -> float | None:
    """`amount` of `source` in `target`; exact where both are the same currency, None where a rate is missing."""
    if source.upper() == target.upper():
        return amount
    a, b = usd_per_unit(source), usd_per_unit(target)
    return None if a is None or b is None else amount * a / b


def cost(amount: float, source: str, target: str) -> float | None:
    """What a price counts for beside a limit in `target`: by the table and with `MARGIN`, exactly itself where both are the same, None where a
    rate is missing."""
    known = convert(amount, source, target)
    return known if known is None or source.upper() == target.upper() else known * MARGIN
