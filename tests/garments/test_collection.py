"""What the bundled catalogue promises: that whoever asks, there is something to wear."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.errors import CatalogError
from stylist.garments import __main__ as command
from stylist.garments.collection import DATA, collection, models

WOMEN_AND_MEN = ("women", "men")
NEEDS = ("outer", "top", "bottom", "shoes")
PATTERNED = {
    "shirt": ("checked", "striped", "floral", "dotted"),
    "t-shirt": ("striped", "graphic"),
    "dress": ("floral", "striped", "dotted", "checked", "animal"),
    "skirt": ("floral", "checked", "animal", "dotted"),
    "blouse": ("floral", "dotted", "animal", "striped"),
    "scarf": ("checked", "striped", "floral", "dotted", "animal"),
    "tie": ("dotted", "striped", "checked", "floral"),
    "flats": ("animal", "striped", "dotted"),
    "sweater": ("striped",),
    "sweatshirt": ("graphic",),
    "hoodie": ("graphic", "camouflage"),
    "trousers": ("checked", "striped", "camouflage"),
    "shorts": ("camouflage", "floral"),
    "jacket": ("camouflage", "checked"),
    "leggings": ("animal", "graphic"),
}


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return [item for item, _ in collection(1)]


def wearable(items: list[Item], gender: str) -> list[Item]:
    return [item for item in items if item.gender in (gender, "unisex")]


def cheapest(items: list[Item], slot: str, types: tuple[str, ...] = ()) -> float:
    return min(i.price for i in items if i.price and slot in i.covers and (not types or i.type in types))


def test_size_and_ids(items: list[Item]) -> None:
    assert 960 <= len(items) <= 1400
    assert len({item.id for item in items}) == len(items)
    assert len({item.title for item in items}) > 0.97 * len(items)
    assert len({item.description for item in items}) > 0.9 * len(items)


def test_every_type_is_well_stocked(items: list[Item]) -> None:
    count = Counter(item.type for item in items)
    assert {t: count[t] for t in v.TYPES if count[t] < 12} == {}


def test_every_field_is_filled(items: list[Item]) -> None:
    for item in items:
        assert item.season and item.formality and item.color and item.pattern
        assert item.title and item.description and item.image == f"images/{item.id}.webp"
        assert 1 <= len(item.style) <= 3 and 2 <= len(item.occasion) <= 6, item.id
        assert item.material is not None or item.type in ("necklace", "earrings"), item.id
        if item.slot in ("outer", "top") or item.type in v.COVERS_TOP:
            assert item.sleeve, item.id
        if item.slot == "bottom":
            assert item.length and item.fit, item.id


def test_colors_patterns_and_materials_spread_over_slots(items: list[Item]) -> None:
    for field, least in (("color", 5), ("pattern", 4), ("material", 2)):
        for value in v.VALUES[field]:
            slots = {item.slot for item in items if getattr(item, field) == value}
            assert len(slots) >= least or (field == "material" and value in ("down", "tweed", "lace", "denim")), value


def test_every_color_of_the_common_types(items: list[Item]) -> None:
    for type_, missing in {
        "dress": 0,
        "trousers": 0,
        "shirt": 4,
        "t-shirt": 4,
        "blouse": 4,
        "sweater": 3,
        "sneakers": 3,
        "heels": 3,
    }.items():
        colors = {item.color for item in items if item.type == type_}
        assert len(set(v.COLORS) - colors) <= missing, type_
    assert {item.color for item in items if item.slot == "bag"} == set(v.COLORS)


def test_formal_dress_in_every_family(items: list[Item]) -> None:
    formal = {v.FAMILY_OF_COLOR[str(i.color)] for i in items if i.type == "dress" and i.formality == "formal"}
    assert formal == set(v.COLOR_FAMILIES)


@pytest.mark.parametrize("type_", PATTERNED)
def test_patterns_that_shoppers_ask_for(items: list[Item], type_: str) -> None:
    assert set(PATTERNED[type_]) <= {item.pattern for item in items if item.type == type_}


@pytest.mark.parametrize("gender", WOMEN_AND_MEN)
def test_whole_outfits_for_formality_season_and_occasion(items: list[Item], gender: str) -> None:
    own = wearable(items, gender)
    for slot in v.SLOTS:
        for formality in v.FORMALITY:
            assert sum(slot in i.covers and i.formality == formality for i in own) >= 3, (slot, formality)
        for season in v.SEASONS:
            assert sum(slot in i.covers and season in i.season for i in own) >= 20, (slot, season)
    for slot in NEEDS:
        for occasion in v.OCCASIONS:
            assert sum(slot in i.covers and occasion in i.occasion for i in own) >= 3, (slot, occasion)


def test_unisex_alone_dresses_for_every_formality(items: list[Item]) -> None:
    for formality in v.FORMALITY:
        for slot in ("top", "bottom", "shoes", "bag", "accessory"):
            assert any(i.gender == "unisex" and slot in i.covers and i.formality == formality for i in items), (
                slot,
                formality,
            )


@pytest.mark.parametrize("gender", WOMEN_AND_MEN)
def test_cheap_looks(items: list[Item], gender: str) -> None:
    own = wearable(items, gender)
    jeans = cheapest(own, "top") + cheapest(own, "bottom", ("jeans",)) + cheapest(own, "shoes")
    assert jeans < 60
    assert jeans + cheapest(own, "outer") < 130
    formal = [item for item in own if item.formality == "formal"]
    assert sum(cheapest(formal, slot) for slot in ("top", "bottom", "shoes")) < 200
    if gender == "women":
        assert cheapest(own, "bottom", ("dress",)) + cheapest(own, "shoes") < 60


def test_prices(items: list[Item]) -> None:
    prices = [item.price for item in items if item.price is not None]
    assert len(prices) == len(items)
    assert min(prices) >= 10 and 330 < max(prices) <= 400
    assert all(round(p * 100) % 100 in (0, 50, 90, 95, 99) for p in prices)
    wool = [i.price for i in items if i.type == "coat" and i.price and i.material == "wool"]
    assert min(i.price for i in items if i.type == "coat" and i.price and i.material == "cashmere") > max(wool)


@pytest.mark.parametrize("gender", WOMEN_AND_MEN)
def test_without_animals(items: list[Item], gender: str) -> None:
    own = [
        item
        for item in wearable(items, gender)
        if item.material in ("synthetic", "canvas", "cotton", "denim", "linen", "satin")
    ]
    for formality in v.FORMALITY:
        for slot in ("shoes", "bag", "outer"):
            assert any(i.slot == slot and i.formality == formality for i in own), (slot, formality)
        assert any(i.type == "belt" and i.formality == formality for i in own) or formality == "smart-casual", formality


def test_sane_formality(items: list[Item]) -> None:
    for item in items:
        if item.type in ("joggers", "leggings", "hoodie", "sweatshirt"):
            assert item.formality not in ("business", "formal"), item.id
        if item.type in ("blazer", "tie", "oxfords", "heels", "clutch"):
            assert item.formality != "sport", item.id
        if "funeral" in item.occasion:
            assert item.color in ("black", "navy", "grey") and item.pattern == "solid", item.id
        if item.type in v.COVERS_TOP and "wedding-guest" in item.occasion:
            assert item.color not in ("white", "cream"), item.id


def test_seasons_make_sense(items: list[Item]) -> None:
    for item in items:
        if item.type in ("sandals", "shorts") or item.material == "linen":
            assert "winter" not in item.season, item.id
        if item.type in ("puffer", "beanie", "boots"):
            assert "summer" not in item.season, item.id


def test_words_fit_attributes(items: list[Item]) -> None:
    for item in items:
        words = item.title.lower()
        if item.pattern == "solid":
            assert not any(w in words for w in ("striped", "floral", "polka", "leopard", "camo ")), item.title
        if item.material == "synthetic":
            assert "vegan" in words or "leather" not in words.replace("faux-leather", ""), item.title
        assert "  " not in item.title and "{" not in item.title + item.description
        assert 1 <= item.description.count(". ") + 1 <= 4, item.description


def test_equal_seeds_give_equal_metadata() -> None:
    first, second = collection(7), collection(7)
    assert first == second
    other = collection(8)
    assert [item.id for item, _ in other] == [item.id for item, _ in first]
    assert [item.title for item, _ in other] != [item.title for item, _ in first]


def test_specs_say_what_items_say() -> None:
    for item, spec in collection(3):
        assert (spec.type, spec.color, spec.pattern, spec.gender) == (item.type, item.color, item.pattern, item.gender)
        assert spec.sleeve == item.sleeve and spec.length == item.length


def test_models_name_only_known_words() -> None:
    assert sum(1 for _ in models()) > 250
    assert all(
        (DATA / f"{name}.yaml").is_file() for name in ("outer", "tops", "bottoms", "shoes", "bags", "accessories")
    )


def test_metadata_on_disk(tmp_path: Path) -> None:
    out = tmp_path / "catalogue"
    assert command.main(["--seed", "1", "--out", str(out), "--no-images"]) == 0
    first = (out / "items.jsonl").read_bytes()
    assert command.main(["--seed", "1", "--out", str(out), "--no-images"]) == 0
    assert (out / "items.jsonl").read_bytes() == first
    lines = first.decode().splitlines()
    assert Item.model_validate(json.loads(lines[0])) == collection(1)[0][0]
    assert len(lines) == len(collection(1))


def test_foreign_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    assert command.main(["--seed", "1", "--out", str(tmp_path)]) == 2
    assert "thesis.doc" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["thesis.doc"]
    with pytest.raises(CatalogError):
        command.write(tmp_path, 1, images=False)
