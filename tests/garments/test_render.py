"""The engine that paints garments: the same bytes for the same spec, transparent ground, every fabric and pattern."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("skia")

from stylist import vocabulary
from stylist.errors import StylistError
from stylist.garments import backgrounds, fabrics, palette, patterns, svg
from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part, Shade
from stylist.garments.render import OUTLINES, draw, render

BODY = "M350 200 C400 220 600 220 650 200 L700 800 C600 830 400 830 300 800 Z"
SLEEVE = "M350 200 C280 220 230 300 180 480 L260 510 L335 360 Z"
SIZE = 96


def shirt() -> Garment:
    shade = Shade("M400 300 C420 400 420 500 400 600")
    lines = tuple(
        Line("M360 300 C420 340 560 340 640 300", kind=kind)
        for kind in ("seam", "stitch", "fold", "crease", "edge", "zip", "cord", "lace", "rib", "glint")
    )
    kinds = ("button", "snap", "rivet", "eyelet", "pearl")
    buttons = tuple(Button(500, 300 + 60 * i, kind=kind) for i, kind in enumerate(kinds))
    return Garment((Part(SLEEVE, role="sleeve", grain=20), Part(BODY, shades=(shade,)), *lines, *buttons))


def pixels(spec: GarmentSpec, size: int = SIZE) -> npt.NDArray[np.uint8]:
    return np.asarray(render(shirt(), spec, size))


def test_same_spec_gives_same_bytes_and_another_seed_others():
    spec = GarmentSpec("shirt", "navy", "floral", "linen", seed=4)
    assert render(shirt(), spec, SIZE).tobytes() == render(shirt(), spec, SIZE).tobytes()
    other = GarmentSpec("shirt", "navy", "floral", "linen", seed=5)
    assert render(shirt(), spec, SIZE).tobytes() != render(shirt(), other, SIZE).tobytes()


@pytest.mark.parametrize("size", [64, 512])
def test_size_and_transparent_ground(size):
    picture = render(shirt(), GarmentSpec("shirt", "red"), size)
    assert (picture.mode, picture.size) == ("RGBA", (size, size))
    alpha = np.asarray(picture)[..., 3]
    assert alpha[0].max() == 0 and alpha[-1].max() == 0
    assert alpha[size // 2, size // 2] == 255
    inside = (alpha > 127).mean()
    assert 0.2 < inside < 0.35


@pytest.mark.parametrize("color", [c for c in vocabulary.COLORS if c != "multicolor"])
def test_color_stays_near_its_dye(color):
    spec = GarmentSpec("shirt", color, seed=1)
    dye = np.asarray(palette.dye(color, random.Random(1), "cotton")) * 255
    picture = pixels(spec)[40:75, 36:60, :3].reshape(-1, 3)
    assert np.abs(np.median(picture, axis=0) - dye).max() < 40


@pytest.mark.parametrize("material", vocabulary.MATERIALS)
def test_every_material_draws_its_own_surface(material):
    picture = pixels(GarmentSpec("shirt", "blue", material=material, seed=2), 192)
    plain = pixels(GarmentSpec("shirt", "blue", material="cotton", seed=2), 192)
    assert picture[..., 3].max() == 255
    assert material == "cotton" or (picture != plain).mean() > 0.1


@pytest.mark.parametrize("pattern", [p for p in vocabulary.PATTERNS if p != "solid"])
@pytest.mark.parametrize("type_", ["shirt", "t-shirt", "blazer", "tie"])
def test_every_kind_of_every_pattern_draws(pattern, type_):
    plain = pixels(GarmentSpec(type_, "green", seed=3))
    for kind in sorted(set(patterns.kinds(pattern, type_))):
        printed = pixels(GarmentSpec(type_, "green", pattern, details={"print": kind}, seed=3))
        changed = np.abs(printed[..., :3].astype(int) - plain[..., :3]).max(axis=-1)[plain[..., 3] > 200]
        assert (changed > 6).mean() > 0.03, kind


def test_multicolor_is_of_many_hues():
    picture = pixels(GarmentSpec("shirt", "multicolor", "floral", seed=6))
    inside = picture[picture[..., 3] > 250][:, :3].astype(float)
    assert inside.std(axis=0).max() > 25


def test_lace_lets_one_see_through_its_sleeves():
    alpha = pixels(GarmentSpec("blouse", "white", material="lace"), 256)[..., 3]
    assert 20 < alpha[90:110, 66:76].mean() < 250
    assert alpha[150, 120] == 255


def test_hardware_takes_its_metal_and_not_the_cloth():
    buckle = Garment((Part("M400 400 H600 V600 H400 Z", role="metal"),))
    gold = np.asarray(render(buckle, GarmentSpec("belt", "blue", details={"hardware": "gold"}), SIZE))[48, 48]
    assert gold[0] > gold[2]


@pytest.mark.parametrize(
    "spec, word",
    [
        (GarmentSpec("shirt", "teal"), "teal"),
        (GarmentSpec("shirt", "red", material="felt"), "felt"),
        (GarmentSpec("shirt", "red", "plaid"), "plaid"),
        (GarmentSpec("shirt", "red", "striped", details={"print": "wiggly"}), "wiggly"),
    ],
)
def test_unknown_words_are_named(spec, word):
    with pytest.raises(StylistError, match=word):
        render(shirt(), spec, SIZE)


def test_unknown_type_is_named():
    with pytest.raises(StylistError, match="toga"):
        draw(GarmentSpec("toga", "red"), SIZE)


@pytest.mark.parametrize("d", ["M0 0 L10", "10 10 L20 20", "M0 0 X5", "L5 5"])
def test_broken_paths_are_refused(d):
    with pytest.raises(StylistError, match="path"):
        svg.path(d)


def test_path_grammar_relative_smooth_and_arc():
    box = svg.path("m10 10 h20v20 h-20 z M50,50a10 10 0 0 1 20 0z").computeTightBounds()
    assert (box.left(), box.top(), box.right(), round(box.bottom())) == (10, 10, 70, 50)
    smooth = svg.path("M0 0 C0 10 10 10 10 0 S20 -10 20 0").computeTightBounds()
    assert smooth.top() < -7


def test_every_fabric_has_a_weave():
    for name in fabrics.names():
        part = Part(BODY, material=name)
        tile = fabrics.weave(fabrics.fabric(part, GarmentSpec("shirt", "red")).weave)
        assert tile.width() == tile.height() == fabrics.TILE


@pytest.mark.parametrize("type_", sorted(OUTLINES))
def test_every_outline_fills_its_picture(type_):
    alpha = np.asarray(draw(GarmentSpec(type_, "camel", seed=9), SIZE))[..., 3]
    assert (alpha > 127).mean() > 0.02


def test_photos_are_varied_and_repeatable():
    picture = render(shirt(), GarmentSpec("shirt", "red"), 256)
    photos = [backgrounds.paste(picture, random.Random(seed), SIZE) for seed in range(40)]
    assert {(photo.mode, photo.size) for photo in photos} == {("RGB", (SIZE, SIZE))}
    assert len({photo.tobytes() for photo in photos}) == 40
    assert backgrounds.paste(picture, random.Random(7), SIZE).tobytes() == photos[7].tobytes()
