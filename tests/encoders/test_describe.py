from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stylist import vocabulary as v
from stylist.encoders import describe as d
from stylist.encoders import foreground as fg
from stylist.encoders.vision import Reading, VisionEncoder

WHOLE = (0.0, 0.0, 1.0, 1.0)


def reading(type_: str, confidence: float) -> Reading:
    rest = (1 - confidence) / (len(v.TYPES) - 1)
    found = {f: {x: 1 / len(v.VALUES[f]) for x in v.VALUES[f]} for f in ("color", "pattern", "material", "sleeve", "length")}
    return {**found, "type": {t: confidence if t == type_ else rest for t in v.TYPES}}


def seen(type_: str, confidence: float, box: d.Box = WHOLE) -> d.Seen:
    return d.Seen(box, reading(type_, confidence))


def survey(whole: d.Seen, pieces: tuple[d.Seen, ...] = (), bands: tuple[d.Seen, ...] = ()) -> d.Survey:
    ground = fg.Foreground(np.ones((8, 8), bool), np.zeros((8, 8, 3), np.float32), (WHOLE,))
    return d.Survey(whole, pieces, bands, ground)


LIMITS = d.Thresholds(piece=0.5, band=0.8, single=0.9)


def test_a_sure_whole_is_one_garment() -> None:
    parts = (seen("skirt", 0.95, (0, 0.5, 1, 1)), seen("shirt", 0.95, (0, 0, 1, 0.5)))
    assert [s.type for s in d.choose(survey(seen("dress", 0.95), parts, parts), LIMITS)] == ["dress"]


def test_pieces_of_different_slots_are_several_garments_largest_first() -> None:
    pieces = (seen("loafers", 0.7, (0, 0.8, 0.5, 1)), seen("shirt", 0.6, (0, 0, 1, 0.5)), seen("jeans", 0.4, (0, 0.5, 1, 0.8)))
    assert [s.type for s in d.choose(survey(seen("shirt", 0.5), pieces), LIMITS)] == ["shirt", "loafers"]


def test_two_shoes_are_one_item() -> None:
    pieces = (seen("boots", 0.7, (0, 0, 0.4, 1)), seen("sneakers", 0.6, (0.5, 0, 1, 1)))
    assert [s.type for s in d.choose(survey(seen("boots", 0.6), pieces), LIMITS)] == ["boots"]


def test_unsure_bands_change_nothing() -> None:
    bands = (seen("shirt", 0.7, (0, 0, 1, 0.5)), seen("skirt", 0.75, (0, 0.5, 1, 1)))
    assert [s.type for s in d.choose(survey(seen("dress", 0.4), bands=bands), LIMITS)] == ["dress"]


def test_a_dress_leaves_no_room_for_a_top() -> None:
    bands = (seen("shirt", 0.85, (0, 0, 1, 0.5)), seen("dress", 0.9, (0, 0, 1, 1)), seen("heels", 0.9, (0, 0.7, 1, 1)))
    assert {s.type for s in d.choose(survey(seen("dress", 0.4), bands=bands), LIMITS)} == {"dress", "heels"}


@pytest.mark.parametrize("size", [(16, 16), (300, 20), (20, 300), (120, 160)])
def test_every_picture_gives_well_formed_items(tiny_tower: Path, size: tuple[int, int]) -> None:
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 255, (size[1], size[0], 3), np.uint8))
    items = d.describe(picture, VisionEncoder(tiny_tower), d.Thresholds())
    assert items
    for item in items:
        assert item["slot"] == v.SLOT_OF_TYPE[item["type"]]
        assert item["color"] in v.COLORS and item["pattern"] in v.PATTERNS
        assert 0 <= item["confidence"] <= 1
        assert item["box"][0] < item["box"][2] and item["box"][1] < item["box"][3]
    assert len({item["slot"] for item in items}) == len(items)


def test_the_family_decides_before_the_shade() -> None:
    shades = {c: 0.0 for c in v.COLORS} | {"black": 0.3, "navy": 0.25, "blue": 0.2, "light-blue": 0.15, "grey": 0.1}
    assert d.named(shades) == ("navy", pytest.approx(0.6))


def test_pixels_and_head_agree_on_a_color() -> None:
    colors = np.full((96, 72, 3), 250, np.float32)
    colors[20:76, 14:58] = (35, 110, 60)
    found = fg.Foreground(np.ones((96, 72), bool), colors, (WHOLE,))
    head = {c: 0.5 if c == "navy" else 0.5 / (len(v.COLORS) - 1) for c in v.COLORS}
    one = d.Seen(WHOLE, {**reading("t-shirt", 0.9), "color": head})
    measured, read = (d.named(d.colors(one, found, weight))[0] for weight in (1.0, 0.0))
    assert v.FAMILY_OF_COLOR[measured] == "green" and read == "navy"


def test_thresholds_are_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    d.write_thresholds(tmp_path, d.Thresholds(piece=0.33))
    monkeypatch.setattr(d.paths, "asset", lambda name: tmp_path)
    d.thresholds.cache_clear()
    assert d.thresholds().piece == 0.33
    d.thresholds.cache_clear()
