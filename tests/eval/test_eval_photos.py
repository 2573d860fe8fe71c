from pathlib import Path

import pytest
from PIL import Image

from eval import photos
from eval.context import Context


def test_named_photos_count_only_the_test_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "clothing-photos" / "images"
    folder.mkdir(parents=True)
    for name in "abc":
        Image.new("RGB", (20, 20)).save(folder / f"{name}.jpg")
    rows = ["image,color,part", "a.jpg,navy,test", "b.jpg,grey|light-blue,test", "c.jpg,red,dev"]
    (tmp_path / "color_labels.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(photos.describe, "describe", lambda picture: [{"color": "blue"}])
    found = photos._eye_colors(Context(data=tmp_path))
    assert found == {"color/family": 1.0, "color/first": 0.5, "color/certain": 1.0, "n_color": 2.0}


def test_without_labels_there_is_no_figure(tmp_path: Path) -> None:
    assert photos._eye_colors(Context(data=tmp_path)) == {}


def test_the_halves_of_the_shop_are_fixed() -> None:
    looked = [photos._looked_at(str(number)) for number in range(1000, 3000)]
    assert looked == [photos._looked_at(str(number)) for number in range(1000, 3000)]
    assert 0.45 < sum(looked) / len(looked) < 0.55
