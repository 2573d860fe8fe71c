import json
import re

import pytest

from stylist.catalog import FORMATS, readers
from stylist.errors import CatalogError


def write(tmp_path, text, name="t.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_formats_are_the_readers():
    assert readers.FORMATS == FORMATS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path, encoding, delimiter):
    rows = [["id", "title", "price"], ["é1", 'Navy "wide" tröusers pants', "12,50"], ["2", "Red\ntee", ""]]
    text = "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    items, report = readers.read(write(tmp_path, text, encoding=encoding))
    assert [i.id for i in items] == ["é1", "2"]
    assert (items[0].type, items[0].price) == ("trousers", 12.5)
    assert (items[1].type, items[1].color, items[1].title) == ("t-shirt", "red", "Red tee")
    assert "12,50" in report.repaired[0]


def test_table_of_the_fixture(shop):
    items, report = readers.read(shop / "table.csv")
    trousers, tee, coat = items
    assert (trousers.type, trousers.color, trousers.material, trousers.slot) == ("trousers", "navy", "linen", "bottom")
    assert (tee.type, tee.color, tee.price, tee.currency, tee.season) == ("t-shirt", "red", 12.5, "EUR", ("spring", "summer"))
    assert (coat.color, coat.price, coat.currency, coat.season) == ("burgundy", 1299.0, "EUR", ("autumn", "winter"))
    assert len(report.skipped) == 1 and "socks" in report.skipped[0]


def test_aliases_and_text_outside_the_vocabulary(tmp_path):
    text = "productId,productDisplayName,articleType,baseColour,usage,gender,brand\n1,Fine kurta shirt,Shirts,Zorblax,Ethnic,Men,Acme\n"
    (item,), report = readers.read(write(tmp_path, text))
    assert (item.type, item.color, item.gender) == ("shirt", None, "men")
    assert item.extra["color"] == "Zorblax" and item.extra["brand"] == "Acme" and item.extra["formality"] == "Ethnic"
    assert report.kept_as_text["color: Zorblax"] == 1


def test_jsonl_json_and_yaml(tmp_path):
    rows = [{"id": 1, "title": "Blue jeans", "season": ["autumn", "winter"], "price": 60}, {"id": "b", "type": "boots", "price": None}]
    jsonl = readers.read(write(tmp_path, "\n".join(map(json.dumps, rows)), "t.jsonl"))[0]
    listed = readers.read(write(tmp_path, json.dumps(rows), "t.json"))[0]
    yaml = readers.read(write(tmp_path, "- id: 1\n  title: Blue jeans\n  price: 60\n  season: [autumn, winter]\n- {id: b, type: boots}\n", "t.yaml"))[0]
    assert jsonl == listed == yaml
    assert jsonl[0].material == "denim" and jsonl[0].season == ("autumn", "winter") and jsonl[0].price == 60


def test_generic_types_are_refined_and_slots_kept(tmp_path):
    text = "id,title,type\n1,Quilted denim jacket,Jackets\n2,Brown casual shoe,Shoes\n3,Silver bracelet,\n4,Thing,\n5,plain jacket,jacket\n"
    items, report = readers.read(write(tmp_path, text))
    assert [(i.id, i.type) for i in items] == [("1", "denim-jacket"), ("2", "shoes"), ("5", "jacket")]
    assert len(report.skipped) == 1 and len(report.undecided) == 1
    unsettled, report = readers.read(write(tmp_path, text), settle=False)
    assert len(unsettled) == 2 and [u.slot for u in report.undecided] == ["shoes", None]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("id,title\n", "no rows"),
        ("title,type\nx,dress\n", "no column id"),
        ("id,price\n1,2\n", "title, type and image"),
        ("id,title\n1,Red tee\n1,Blue tee\n", r"line 3: column id: '1' stands on line 2 already"),
        ("id,title\n,Red tee\n", "line 2: column id: empty"),
        ("id,title,slot\n1,Red tee,hand\n", "line 2: column slot: 'hand' is not a slot; expected one of outer, top"),
        ("id,title,price\n1,Red tee,cheap\n", "line 2: column price: 'cheap'"),
        ("id,title,price,currency\n1,Red tee,5,doubloon\n", "line 2: column currency"),
        ("id,title,price\n1,Red tee,5,extra\n", "line 2: 4 cells; expected 3"),
        ('id,title\n1,"Red\n2,Blue tee\n', "line 2"),
        ("id,title,price\n1,,5\n", "line 2: column title: empty"),
        ("id,title,title\n1,a,b\n", "stands twice"),
        ("id,title\n1,Umbrella\n", "none of the 1 rows"),
    ],
)
def test_bad_tables_name_the_place(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(CatalogError, match=re.escape(str(path)) + ".*" + message) as error:
        readers.read(path)
    assert "\n" not in str(error.value)


def test_broken_json_line_and_missing_file(tmp_path):
    with pytest.raises(CatalogError, match="line 2: not JSON"):
        readers.read(write(tmp_path, '{"id": 1, "type": "boots"}\n{"id": 2,\n', "t.jsonl"))
    with pytest.raises(CatalogError, match="no such file"):
        readers.read(tmp_path / "absent.csv")
    with pytest.raises(CatalogError, match="not a text file"):
        (tmp_path / "x.csv").write_bytes(b"\x89PNG\x00\x00")
        readers.read(tmp_path / "x.csv")


def test_shopify(tmp_path):
    text = (
        "Handle,Title,Body (HTML),Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Price,Image Src\n"
        "tee,Basic tee,<p>Soft <b>cotton</b></p>,Tees,Color,Navy,Size,S,19.00,https://x.test/files/tee.jpg?v=1\n"
        "tee,,,,,Navy,,M,19.00,\n"
        "tee,,,,,Maroon,,S,21.00,\n"
        "tee,,,,,,,,,https://x.test/files/back.jpg\n"
        "bag,Canvas tote,,Bags,Title,Default Title,,,30,\n"
    )
    items, report = readers.read(write(tmp_path, text))
    assert report.format == "shopify"
    assert [(i.id, i.type, i.color, i.price) for i in items] == [
        ("tee-navy", "t-shirt", "navy", 19.0),
        ("tee-maroon", "t-shirt", "burgundy", 21.0),
        ("bag", "tote", None, 30.0),
    ]
    assert items[0].description == "Soft cotton"


def test_merchant_text_and_xml(tmp_path):
    text = "id\ttitle\timage_link\tprice\tsale_price\tgoogle_product_category\tage_group\n1\tRed wrap dress\thttps://x.test/a.jpg\t50.00 USD\t39.00 USD\tApparel & Accessories > Clothing > Dresses\tadult\n2\tRed tee\t\t5 USD\t\t\tkids\n"
    items, report = readers.read(write(tmp_path, text, "feed.tsv"))
    assert [(i.id, i.type, i.color, i.price, i.currency) for i in items] == [("1", "dress", "red", 39.0, "USD")]
    assert report.format == "merchant" and "children" in report.skipped[0]
    xml = (
        '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>1</g:id><title>Red wrap dress</title>'
        "<g:price>39.00 USD</g:price><g:image_link>https://x.test/a.jpg</g:image_link></item></channel></rss>"
    )
    assert readers.read(write(tmp_path, xml, "feed.xml"))[0][0].price == 39.0
    with pytest.raises(CatalogError, match="document type"):
        readers.read(write(tmp_path, '<!DOCTYPE a [<!ENTITY b "c">]><rss/>', "bomb.xml"))
