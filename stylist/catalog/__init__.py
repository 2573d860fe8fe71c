"""Catalogues: items, tables they come from, the store with its vectors, search."""

FORMATS: tuple[str, ...] = ("auto", "csv", "jsonl", "fascode", "shopify", "merchant")
"""Formats of tables that `readers.read` takes."""
