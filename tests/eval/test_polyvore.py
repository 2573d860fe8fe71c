"""Polyvore's files: names become garments of their category, outfits share nothing between the parts, other files are refused."""

from __future__ import annotations

import json
import random

import pytest

from eval import polyvore
from eval.context import Missing


def _write(folder, garments, named):
    """`garments`: set -> {slot: (index, name)}; `named`: set -> {index: (category, picture)}."""
    slots = {one: {slot: {"index": n, "name": name} for slot, (n, name) in places.items()} for one, places in garments.items()}
    sets = [
        {"set_id": one, "items": [{"index": n, "name": "", "categoryid": c, "image": f"http://x?size=m&tid={t}"} for n, (c, t) in items.items()]}
        for one, items in named.items()
    ]
    (folder / polyvore.SLOTS).write_text(json.dumps(slots))
    (folder / polyvore.SETS).write_text(json.dumps(sets))


def test_garments_have_a_category_and_outfits_two_names(tmp_path):
    garments = {
        "a": {"upper": (2, "red silk blouse"), "bottom": (1, "blue jeans")},
        "b": {"upper": (1, "black top"), "shoe": (3, " ")},
    }
    _write(tmp_path, garments, {"a": {1: (28, "11"), 2: (17, "12")}, "b": {1: (11, "13"), 3: (43, "14")}})
    products, outfits = polyvore.read(tmp_path)
    assert outfits == [("11", "12")]
    assert {item.id: (item.title, item.extra["type"]) for item in products.items} == {
        "12": ("red silk blouse", "17"), "11": ("blue jeans", "28"), "13": ("black top", "11"),
    }  # fmt: skip
    assert next(item.color for item in products.items if item.id == "11") == "blue"


def test_parts_share_no_item():
    outfits = [(f"a{n}", f"b{n // 2}") for n in range(40)]
    train, test = polyvore.parts(outfits, random.Random(0))
    assert len(train) == 28 and 0 < len(test) < 12
    assert not {i for o in train for i in o} & {i for o in test for i in o}


def test_other_files_are_refused(tmp_path):
    with pytest.raises(Missing, match="expected polyvoreT_valid_names"):
        polyvore.read(tmp_path)
    _write(tmp_path, {"a": {"upper": (2, "blouse")}}, {"a": {1: (28, "11")}})
    with pytest.raises(Missing, match="as published"):
        polyvore.read(tmp_path)
