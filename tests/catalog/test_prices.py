import pytest

from stylist.catalog.prices import parse
from stylist.errors import CatalogError


@pytest.mark.parametrize(
    ("cell", "column", "amount", "currency"),
    [
        ("12.50", None, 12.5, None),
        ("12,50", None, 12.5, None),
        ("$12.50", None, 12.5, "USD"),
        ("$12.50", "CAD", 12.5, "CAD"),
        ("1.299,00 €", None, 1299.0, "EUR"),
        ("1,299.00", None, 1299.0, None),
        ("1,299", None, 1299.0, None),
        ("1.299", "EUR", 1299.0, None),
        ("1 299,00 EUR", None, 1299.0, "EUR"),
        ("1'299.00 CHF", None, 1299.0, "CHF"),
        ("₩39,000", None, 39000.0, "KRW"),
        ("39.000원", None, 39000.0, "KRW"),
        ("USD 7", None, 7.0, "USD"),
        ("0.999", None, 0.999, None),
        (".99", None, 0.99, None),
        ("1.234.567", None, 1234567.0, None),
    ],
)
def test_amounts(cell, column, amount, currency):
    found, named, _ = parse(cell, column)
    assert (found, named) == (amount, currency)


@pytest.mark.parametrize("cell", ["1.299", "free", "-5", "$-5", "10-20", "12.50.1", "1,2,3", "nan", "inf", "12 apples 3", "€5$", "1.2,3.4"])
def test_what_is_not_sure_is_refused(cell):
    with pytest.raises(CatalogError, match="expected"):
        parse(cell)


def test_currencies_must_agree():
    with pytest.raises(CatalogError, match="EUR"):
        parse("5 €", "USD")
