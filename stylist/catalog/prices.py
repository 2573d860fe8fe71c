"""Amounts as shops write them: "$12.50", "12,50", "1.299,00 €". What could mean two amounts is refused, never guessed.

The rules: of two kinds of separators the last parts the cents; a repeated separator parts thousands; a single one with one or
two digits after it parts cents; a single comma with three digits after it parts thousands. A single point with three digits
after it ("1.299") parts thousands only in a currency that writes cents with a comma or has none; otherwise it is refused.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from stylist.catalog.normalise import DATA
from stylist.errors import CatalogError

EXPECTED = "expected an amount such as 12.50"
LONGEST = 20
"""Characters of a figure that can still be a price."""

_AMOUNT = re.compile(r"^(?P<before>[^\d.,+-]*)(?P<figure>\d[\d.,'’\s]*|[.,]\d+)(?P<after>\D*)$")


@cache
def _tables() -> dict[str, Any]:
    return yaml.safe_load((DATA / "currencies.yaml").read_text(encoding="utf-8"))


def currency(text: str) -> str:
    """The ISO 4217 code of a symbol or code; CatalogError where it is neither."""
    word = text.strip().upper()
    code = word if word in _tables()["codes"] else _tables()["symbols"].get(word)
    if code is None:
        raise CatalogError(f"{text!r} is not a currency; expected a code such as USD")
    return str(code)


def parse(text: str, column_currency: str | None = None) -> tuple[float, str | None, bool]:
    """The amount, the currency the cell names (None where it names none), and whether the writing was repaired.

    `column_currency` is what the table's currency column says; it must agree with the cell. CatalogError for a negative
    amount, a range, words, and what is ambiguous.
    """
    cell = text.strip().replace(" ", " ").replace(" ", " ")
    if cell.startswith(("-", "−")) or re.match(r"^[^\d]*[-−]\s*\d", cell):
        raise CatalogError(f"{text!r} is negative; {EXPECTED}")
    match = _AMOUNT.match(cell)
    if not match:
        raise CatalogError(f"{text!r} is not an amount; {EXPECTED}")
    words = [w for w in (match["before"].strip(), match["after"].strip(" .-–")) if w]
    if len(words) > 1:
        raise CatalogError(f"{text!r} is not an amount; {EXPECTED}")
    named = currency(words[0]) if words else None
    if named and column_currency and named != column_currency:
        if not (words[0] == "$" and column_currency in _tables()["dollars"]) and not (words[0] == "¥" and column_currency == "CNY"):
            raise CatalogError(f"{text!r} is in {named} but its currency column says {column_currency}; expected one currency")
        named = column_currency
    written = match["figure"].strip()
    if re.search(r"[\s'’]", written) and not re.fullmatch(r"\d{1,3}([\s'’]\d{3})+([.,]\d+)?", written):
        raise CatalogError(f"{text!r} is not an amount; {EXPECTED}")
    figure = re.sub(r"[\s'’]", "", written)
    if len(figure) > LONGEST:
        raise CatalogError(f"{text[:LONGEST]!r}… is not an amount; {EXPECTED}")
    number = _number(figure, named or column_currency, text)
    return number, named, not re.fullmatch(r"\d+(\.\d+)?", cell)


def _number(figure: str, code: str | None, text: str) -> float:
    kinds = [c for c in ".," if c in figure]
    if not kinds:
        return float(figure)
    if len(kinds) == 2:
        cents = max(kinds, key=figure.rfind)
        whole, _, fraction = figure.rpartition(cents)
        thousands = kinds[0] if kinds[1] == cents else kinds[1]
        if cents in whole or not _grouped(whole, thousands) or not fraction:
            raise CatalogError(f"{text!r} mixes points and commas; {EXPECTED}")
        return float(whole.replace(thousands, "") + "." + fraction)
    mark = kinds[0]
    whole, _, fraction = figure.rpartition(mark)
    if mark in whole:
        if not _grouped(figure, mark):
            raise CatalogError(f"{text!r} is not an amount; {EXPECTED}")
        return float(figure.replace(mark, ""))
    if len(fraction) == 3 and whole not in ("", "0") and len(whole) <= 3:
        if mark == "," or code in _tables()["without_cents"] or code in _tables()["comma_decimals"]:
            return float(whole + fraction)
        raise CatalogError(f"{text!r} may mean {whole}{fraction} or {whole}.{fraction}; expected it written as {whole}{fraction} or {whole}.{fraction[:2]}")
    if mark == "," and len(fraction) > 3:
        raise CatalogError(f"{text!r} is not an amount; {EXPECTED}")
    return float((whole or "0") + "." + (fraction or "0"))


def _grouped(figure: str, mark: str) -> bool:
    """True where the mark parts groups of three digits."""
    return re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})*|\d+", figure) is not None
