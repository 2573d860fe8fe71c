import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from stylist.catalog.items import Item
from stylist.catalog.store import Catalog, replacing
from stylist.errors import CatalogError

ITEMS = [Item(id="a", type="dress", color="red", slot="bottom"), Item(id="b", type="boots", slot="shoes", image="images/b.png")]


def test_round_trip_and_alignment(tmp_path):
    matrix = np.eye(2, 8, dtype=np.float32)
    saved = Catalog(ITEMS).save(tmp_path / "c", {"text": matrix}, {"text": {"name": "x", "hash": "1"}})
    loaded = Catalog.load(tmp_path / "c")
    assert loaded.items == saved.items == tuple(ITEMS)
    assert loaded.by_id("b").type == "boots" and "a" in loaded and "z" not in loaded
    np.testing.assert_allclose(loaded.vectors("text"), matrix)
    assert loaded.vectors("image") is None
    assert loaded.encoder("text")["hash"] == "1"
    assert loaded.image_path(loaded.items[1]) is None  # no such file
    loaded.save(tmp_path / "c", {"text": matrix * 2})  # vectors alone, in place
    np.testing.assert_allclose(Catalog.load(tmp_path / "c").vectors("text"), matrix * 2)
    assert [p.name for p in tmp_path.iterdir()] == ["c"]


def test_vectors_of_other_items_do_not_count(tmp_path):
    Catalog(ITEMS).save(tmp_path / "c", {"text": np.eye(2)})
    table = tmp_path / "c" / "items.jsonl"
    table.write_text("".join(reversed(table.read_text().splitlines(keepends=True))))
    assert Catalog.load(tmp_path / "c").vectors("text") is None


def test_wrong_rows_and_unknown_id():
    with pytest.raises(CatalogError, match="expected 2 rows"):
        Catalog(ITEMS, vectors={"text": np.eye(3)})
    with pytest.raises(CatalogError, match="no item 'z'"):
        Catalog(ITEMS).by_id("z")


def test_reading_from_many_threads(tmp_path):
    Catalog(ITEMS).save(tmp_path / "c", {"text": np.eye(2, 4)})
    catalog = Catalog.load(tmp_path / "c")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: catalog.vectors("text"), range(32)))
    assert all(f is found[0] for f in found)


def test_image_paths_stay_inside(tmp_path):
    (tmp_path / "c" / "images").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "c" / "images" / "b.png").write_bytes(b"x")
    catalog = Catalog([*ITEMS, Item(id="c", type="tie", slot="accessory", image="../secret.png")], tmp_path / "c")
    assert catalog.image_path(catalog.items[1]) == tmp_path / "c" / "images" / "b.png"
    assert catalog.image_path(catalog.items[2]) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no items"),
        ('{"id": "a", "type": "dress"}\n{"id": ', "line 2: not JSON"),
        ('{"id": "a", "type": "frock", "slot": "bottom"}', "line 1: type: .*frock"),
        ('{"id": "a", "type": "dress"}\n{"id": "a", "type": "dress"}', "line 2: id 'a' stands on line 1 already"),
        ('{"id": "a", "type": "dress", "price": "dear"}', "line 1: price"),
    ],
)
def test_broken_tables_name_the_line(tmp_path, content, message):
    (tmp_path / "items.jsonl").write_text(content)
    with pytest.raises(CatalogError, match=f"items.jsonl: {message}"):
        Catalog.load(tmp_path)


def test_missing_folder_and_file(tmp_path):
    with pytest.raises(CatalogError, match="no such file"):
        Catalog.load(tmp_path / "absent")
    (tmp_path / "t.csv").write_text("id")
    with pytest.raises(CatalogError, match="stylist index"):
        Catalog.load(tmp_path / "t.csv")
    (tmp_path / "items.jsonl").write_text(json.dumps({"id": "a", "type": "dress"}))
    (tmp_path / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(CatalogError, match="format 99"):
        Catalog.load(tmp_path)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_folder(tmp_path, error):
    target = tmp_path / "c"
    target.mkdir()
    (target / "old").write_text("old")
    with pytest.raises(error), replacing(target) as fresh:
        (fresh / "new").write_text("new")
        raise error
    assert [p.name for p in tmp_path.iterdir()] == ["c"] and (target / "old").read_text() == "old"
