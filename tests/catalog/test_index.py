import json

import numpy as np
import pytest
from PIL import Image

from stylist.catalog.index import build
from stylist.catalog.store import Catalog
from stylist.errors import CatalogError


def test_build_fills_from_pictures_and_stores_vectors(shop, tmp_path, encoders):
    report = build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    catalog = Catalog.load(tmp_path / "out")
    assert [i.id for i in catalog] == ["a1", "a2", "a3"]
    assert (report["items"], report["added"], report["pictures"], report["skipped"]) == (3, 3, 2, 1)
    assert catalog.items[1].pattern == "solid" and catalog.items[1].extra["from_picture"] == ["pattern"]
    assert catalog.items[0].color == "navy"  # the words say so; the picture is not asked
    assert catalog.image_path(catalog.items[1]) is not None
    assert catalog.items[2].image is None and not catalog.vectors("image")[2].any()
    np.testing.assert_allclose(np.linalg.norm(catalog.vectors("text"), axis=1), 1, atol=1e-3)


def test_second_run_does_only_what_changed(shop, tmp_path, encoders):
    build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    first = Catalog.load(tmp_path / "out")
    encoders.text.seen = encoders.vision.seen = 0
    report = build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    assert (report["unchanged"], report["added"], report["updated"], report["removed"]) == (3, 0, 0, 0)
    assert encoders.text.seen == encoders.vision.seen == 0
    assert Catalog.load(tmp_path / "out").items == first.items

    table = (shop / "table.csv").read_text().replace("Red cotton tee", "Blue cotton tee").replace("a3,Wool coat", "a9,Wool coat")
    (shop / "table.csv").write_text(table)
    report = build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    assert (report["unchanged"], report["added"], report["updated"], report["removed"]) == (1, 1, 1, 1)
    assert encoders.vision.seen == 1 and encoders.text.seen <= 2
    assert [i.id for i in Catalog.load(tmp_path / "out")] == ["a1", "a2", "a9"]

    Image.new("RGB", (9, 9), (1, 250, 2)).save(shop / "a1.png")
    report = build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    assert (report["unchanged"], report["updated"]) == (2, 1)


def test_a_picture_settles_the_type_and_a_bad_one_is_counted(shop, tmp_path, encoders):
    (shop / "b.jpg").write_bytes(b"not a picture")
    (shop / "t.csv").write_text("id,title,image\n1,Thing,a1.png\n2,Other thing,\n3,Red tee,b.jpg\n4,Blue jeans,gone.jpg\n")
    report = build(shop / "t.csv", tmp_path / "out", encoders=encoders)
    catalog = Catalog.load(tmp_path / "out")
    assert [(i.id, i.type, i.color) for i in catalog] == [("1", "t-shirt", "blue"), ("3", "t-shirt", "red"), ("4", "jeans", "blue")]
    assert report["bad_pictures"] == 2 and report["skipped"] == 1 and report["filled_from_pictures"]["type"] == 1


def test_hostile_ids_become_plain_file_names(shop, tmp_path, encoders):
    rows = [{"id": "../../x", "type": "boots", "image": "a1.png"}, {"id": "A1", "type": "boots", "image": "a1.png"}]
    rows.append({"id": "a1", "type": "boots", "image": "a1.png"})
    (shop / "t.jsonl").write_text("\n".join(map(json.dumps, rows)))
    build(shop / "t.jsonl", tmp_path / "out", encoders=encoders)
    catalog = Catalog.load(tmp_path / "out")
    names = [catalog.image_path(i).name.lower() for i in catalog]
    assert len(set(names)) == 3 and all("/" not in n and not n.startswith(".") for n in names)


def test_large_pictures_are_reduced(shop, tmp_path, encoders):
    Image.new("RGB", (3000, 1500), (9, 9, 200)).save(shop / "a1.png")
    build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    catalog = Catalog.load(tmp_path / "out")
    with Image.open(catalog.image_path(catalog.items[0])) as stored:
        assert stored.size == (1024, 512)


def test_other_folders_are_left_alone(shop, tmp_path, encoders):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("x")
    with pytest.raises(CatalogError, match=r"thesis\.doc"):
        build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    assert (tmp_path / "out" / "thesis.doc").exists()


def test_nothing_is_left_of_a_failed_run(shop, tmp_path, encoders, monkeypatch):
    def fail(texts):
        raise KeyboardInterrupt

    monkeypatch.setattr(encoders.text, "encode", fail)
    with pytest.raises(KeyboardInterrupt):
        build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    assert [p.name for p in tmp_path.iterdir()] == ["shop"]


def test_a_catalogue_can_be_indexed_in_place(shop, tmp_path, encoders):
    build(shop / "table.csv", tmp_path / "out", encoders=encoders)
    for name in ("manifest.json", "vectors.safetensors"):
        (tmp_path / "out" / name).unlink()
    before = Catalog.load(tmp_path / "out").items
    build(tmp_path / "out", tmp_path / "out", encoders=encoders)
    again = Catalog.load(tmp_path / "out")
    assert [(i.id, i.type, i.color, i.price) for i in again] == [(i.id, i.type, i.color, i.price) for i in before]
    assert again.vectors("text") is not None and again.image_path(again.items[0]) is not None
