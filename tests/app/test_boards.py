"""Boards: nothing leaves the page, every kind of picture has its place, the same items make the same board."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from stylist import vocabulary as v
from stylist.app.boards import HEIGHT, WIDTH, arrange, board, shape_of
from stylist.app.shelf import Shelf
from stylist.app.sprites import Sprite, cutout, sprite_of, title_card
from stylist.catalog.items import Item

CUTS = {"coat": ("maxi", None), "trousers": ("full", "cropped"), "dress": ("mini", "maxi"), "boots": ("knee", None)}


def _sprite(width: int, height: int, kind: str = "cutout") -> Sprite:
    return Sprite(Image.new("RGBA", (width, height), (90, 90, 90, 255)), kind, (90.0, 90.0, 90.0))  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(60, 500), (500, 500), (600, 120)])
@pytest.mark.parametrize("kind", ["cutout", "print"])
def test_no_sprite_leaves_the_page(shape: tuple[int, int], kind: str) -> None:
    for type_ in v.TYPES:
        for length in CUTS.get(type_, (None,)):
            others = ["shirt", "trousers", "loafers"] if type_ != "dress" else ["coat", "loafers"]
            items = [Item(id="x", type=type_, length=length)] + [Item(id=t, type=t) for t in others]
            for place in arrange(items, [_sprite(*shape, kind)] * len(items)):
                assert place.left >= -1 and place.top >= -1, type_
                assert place.left + place.width <= WIDTH + 1 and place.top + place.height <= HEIGHT + 1, type_


def test_real_scale_holds_between_garments() -> None:
    items = [Item(id="a", type="trousers"), Item(id="b", type="shirt"), Item(id="c", type="loafers")]
    tall = {
        place.slot: place.height for place in arrange(items, [_sprite(220, 500), _sprite(480, 450), _sprite(450, 300)])
    }
    assert tall["bottom"] > 1.25 * tall["top"] > 2 * tall["shoes"]


def test_every_combination_of_slots_has_a_layout() -> None:
    types = ("coat", "shirt", "skirt", "boots", "tote", "scarf", "dress")
    for count in range(1, 5):
        for chosen in itertools.combinations(types, count):
            items = [Item(id=t, type=t) for t in chosen]
            assert shape_of(items) and len(arrange(items, [_sprite(300, 300)] * len(items))) == len(items)


def test_board_lies_a_top_over_the_trousers(items: list[Item], catalogue_folder: Path) -> None:
    by_type = {item.type: item for item in items}
    outfit = [by_type["shirt"], by_type["trousers"], by_type["loafers"]]
    page = board(outfit, lambda item: catalogue_folder / str(item.image))
    assert page.size == (WIDTH, HEIGHT) and page.mode == "RGB"
    pixels = np.asarray(page).reshape(-1, 3).astype(int)
    navy = (np.abs(pixels - (30, 40, 80)).sum(1) < 30).mean()
    assert 0.05 < navy < 0.4


def test_missing_and_damaged_pictures_become_cards(items: list[Item], tmp_path: Path) -> None:
    broken = tmp_path / "broken.webp"
    broken.write_bytes(b"RIFF\x00\x00\x00\x00WEBPnothing")
    pictures = {"shirt-1": broken, "trousers-1": tmp_path / "absent.webp", "heels-1": None}
    outfit = [item for item in items if item.id in pictures]
    assert board(outfit, lambda item: pictures[item.id]).size == (WIDTH, HEIGHT)
    assert title_card("검은색 원피스", "black dress", []).image.size == title_card("Dress", "dress", []).image.size


def test_a_shop_photo_loses_a_plain_background_only_where_that_is_sure(tmp_path: Path) -> None:
    plain = Image.new("RGB", (300, 400), (250, 250, 250))
    ImageDraw.Draw(plain).ellipse((60, 60, 240, 340), fill=(40, 60, 120))
    clean = cutout(plain)
    assert clean is not None and clean.getchannel("A").getpixel((1, 1)) == 0
    assert abs(clean.width - 180) < 8 and abs(clean.height - 280) < 8
    pale = Image.new("RGB", (300, 400), (250, 250, 250))
    ImageDraw.Draw(pale).ellipse((60, 60, 240, 340), fill=(238, 238, 236))
    assert cutout(pale) is None
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    assert cutout(Image.fromarray(noise)) is None
    Image.fromarray(noise).save(tmp_path / "street.jpg")
    assert sprite_of(tmp_path / "street.jpg").kind == "print"


def test_shelf_draws_once_and_keeps_visitors_apart(items: list[Item], catalogue_folder: Path, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)

    def picture(item: Item) -> Path | None:
        return catalogue_folder / item.image if item.image else None

    first = shelf.put(items[2:5], picture)
    stamp = first.large.read_bytes()
    assert shelf.put(items[2:5], picture) == first and first.large.read_bytes() == stamp
    with Image.open(first.small) as small:
        assert small.width == 640
    mine, yours = (shelf.put(items[2:5], picture, (items[2].id,), "yours", visitor) for visitor in ("a", "b"))
    assert len({first.large, mine.large, yours.large}) == 3
