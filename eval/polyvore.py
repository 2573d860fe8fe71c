"""Outfits of Polyvore of which only the garments' names are at hand: the same questions as of `eval/harmony.py`, from text alone.

Every name stands in one outfit or few, so that no item of a question was seen in training whichever way the outfits are split.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.context import Missing
from stylist.ranking.products import Products, read_products

SLOTS, SETS = "polyvoreT_valid_names.json", "valid_no_dup.json"
TEST_OUTFITS = 0.3

Outfit = tuple[str, ...]


def read(folder: Path) -> tuple[Products, list[Outfit]]:
    """The named garments, Polyvore's category as their product type, and the outfits of two or more of them; Missing where a file is not there
    or not as published."""
    try:
        slots, sets = (json.loads((folder / name).read_text(encoding="utf-8")) for name in (SLOTS, SETS))
        rows, outfits = _garments(slots, sets)
    except (OSError, ValueError, LookupError, TypeError) as fault:
        raise Missing(f"{folder}: {fault}; expected {SLOTS} and {SETS} as published") from None
    with tempfile.TemporaryDirectory() as place:
        table = Path(place) / "items.jsonl"
        table.write_text("".join(json.dumps({"id": id_, "title": name}) + "\n" for id_, (name, _) in rows.items()), encoding="utf-8")
        products = read_products(table)
    items = [item.model_copy(update={"extra": {"type": rows[item.id][1]}}) for item in products.items]
    known = {item.id for item in items}
    kept = (tuple(id_ for id_ in outfit if id_ in known) for outfit in outfits)
    return Products(items, folder), sorted({outfit for outfit in kept if len(outfit) > 1})


def _garments(slots: Mapping[str, Any], sets: Sequence[Mapping[str, Any]]) -> tuple[dict[str, tuple[str, str]], list[Outfit]]:
    """Item id -> name and category, of the garments that have a name; and outfits of their ids. A picture's number is the id."""
    listed = {(one["set_id"], item["index"]): item for one in sets for item in one["items"]}
    rows, outfits = {}, []
    for name, places in slots.items():
        outfit = []
        for place in places.values():
            if place["name"].strip():
                item = listed[name, place["index"]]
                id_ = item["image"].rpartition("tid=")[2]
                rows[id_] = (place["name"], str(item["categoryid"]))
                outfit.append(id_)
        outfits.append(tuple(sorted(set(outfit))))
    return rows, outfits


def parts(outfits: Sequence[Outfit], rng: random.Random) -> tuple[list[Outfit], list[Outfit]]:
    """Outfits to learn from and to test on, of which those that share an item with the former are left out."""
    mixed = rng.sample(outfits, len(outfits))
    held = round(TEST_OUTFITS * len(mixed))
    seen = {id_ for outfit in mixed[held:] for id_ in outfit}
    return mixed[held:], [outfit for outfit in mixed[:held] if not seen & set(outfit)]
