import pytest
from PIL import Image

from stylist.catalog import readers
from stylist.catalog.fascode import sure_color, sure_material, sure_pattern
from stylist.errors import CatalogError

ROWS = [
    ("CT-1", "O", "CT", "F", "박시 실루엣"),
    ("CT-1", "O", "CT", "M", "울 70% + 나일론 30%"),
    ("CT-1", "O", "CT", "M", "안감 폴리 100%"),
    ("CT-1", "O", "CT", "C", "짙은 네이비 단색"),
    ("CT-1", "O", "CT", "C", "단추 골드"),
    ("CT-1", "O", "CT", "E", "단정한"),
    ("SE-1", "S", "SE", "C", "블랙"),
]


def table(rows):
    return "".join(" \t".join(row) + "\n" for row in rows)


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig"])
def test_folder(tmp_path, encoding):
    (tmp_path / "mdata.txt").write_bytes(table(ROWS).encode(encoding))
    (tmp_path / "mdata.wst.txt").write_bytes(b"\xff not read")
    (tmp_path / "image").mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "image" / "CT-1.jpg")
    items, report = readers.read(tmp_path)
    coat, shoes = items
    assert report.format == "fascode" and report.items == 2
    assert (coat.slot, coat.type, coat.color, coat.pattern, coat.material) == ("outer", "coat", "navy", "solid", "wool")
    assert (coat.image, shoes.image) == ("image/CT-1.jpg", None)
    assert coat.extra["mood"] == ["단정한"] and coat.extra["shape"] == ["박시 실루엣"]
    assert (shoes.slot, shoes.type) == ("shoes", "shoes") and shoes.title == "블랙 신발"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("CT-1", "O", "CT", "F")], "line 1: 4 columns"),
        ([*ROWS, ("CT-2", "X", "CT", "F", "a")], "line 8: slot 'X'"),
        ([*ROWS, ("CT-2", "O", "ZZ", "F", "a")], "line 8: type 'ZZ'"),
        ([*ROWS, ("CT-2", "O", "CT", "Q", "a")], "line 8: aspect 'Q'"),
        ([*ROWS, ("CT-1", "T", "BL", "F", "a")], "line 8: item CT-1 is T BL here"),
        ([], "no rows"),
    ],
)
def test_bad_rows_name_file_and_line(tmp_path, rows, message):
    (tmp_path / "mdata.txt").write_text(table(rows), encoding="utf-8")
    with pytest.raises(CatalogError, match="mdata.txt: " + message):
        readers.read(tmp_path)


def test_mixed_encodings_and_empty_folder(tmp_path):
    with pytest.raises(CatalogError, match="no mdata"):
        readers.read(tmp_path, "fascode")
    (tmp_path / "mdata.txt").write_bytes(table(ROWS).encode("cp949") + b"CT-2\tO\tCT\tF\t\xff\xff\n")
    with pytest.raises(CatalogError, match="line 8: neither CP949 nor UTF-8"):
        readers.read(tmp_path)


def test_only_what_is_sure():
    assert sure_color(["아이보리 바탕에 그레이 체크"]) == "cream"
    assert sure_color(["스카이 블루 단색"]) == "light-blue"
    assert sure_color(["화이트와 블루의 배색", "스카이 블루"]) == "light-blue"
    assert sure_color(["화이트 컬러", "핑크"]) is None
    assert sure_pattern(["체크 무늬", "블랙"]) == "checked"
    assert sure_pattern(["단색", "스트라이프"]) is None
    assert sure_material(["면 40%, 폴리에스터 60%"]) == "synthetic"
    assert sure_material(["데님", "면 100%"]) == "denim"
    assert sure_material(["울샴푸로 세탁", "앞면 절개"]) is None
