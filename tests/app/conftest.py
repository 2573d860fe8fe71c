"""A small catalogue with pictures drawn on the fly, and the stylist without a model."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from stylist.catalog.items import Item

sys.path.insert(0, str(Path(__file__).parent))

from fake_stylist import FakeStylist

_KINDS = (
    ("coat", "camel", (193, 154, 107), (300, 420)),
    ("blazer", "black", (25, 25, 28), (420, 430)),
    ("shirt", "white", (245, 245, 245), (420, 400)),
    ("sweater", "green", (40, 120, 80), (420, 380)),
    ("trousers", "navy", (30, 40, 80), (200, 460)),
    ("skirt", "pink", (220, 150, 170), (320, 420)),
    ("dress", "burgundy", (120, 30, 50), (280, 460)),
    ("boots", "brown", (110, 70, 40), (380, 330)),
    ("loafers", "black", (20, 20, 20), (420, 240)),
    ("tote", "beige", (210, 190, 160), (360, 400)),
    ("scarf", "red", (190, 40, 40), (200, 420)),
)


def drawn(path: Path, color: tuple[int, int, int], size: tuple[int, int]) -> None:
    """A block of color on a transparent square, as the catalogue's pictures are."""
    image = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
    left, top = (512 - size[0]) // 2, (512 - size[1]) // 2
    ImageDraw.Draw(image).rounded_rectangle((left, top, left + size[0], top + size[1]), 40, fill=(*color, 255))
    image.save(path, "WEBP", quality=60)


@pytest.fixture(scope="session")
def catalogue_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalogue")


@pytest.fixture(scope="session")
def items(catalogue_folder: Path) -> list[Item]:
    result = []
    for number, (type_, color, rgb, size) in enumerate(_KINDS):
        drawn(catalogue_folder / f"{type_}.webp", rgb, size)
        title = f"{color.capitalize()} {type_}" if number else "Camel coat <b>${1+1} {{value}}</b>"
        item = Item(
            id=f"{type_}-1", type=type_, color=color, price=20.0 + 10 * number, title=title, image=f"{type_}.webp"
        )
        result.append(item)
    result.append(Item(id="heels-1", type="heels", color="silver", price=55.0, title="Silver heels without a picture"))
    return result


@pytest.fixture
def stylist(items: list[Item], catalogue_folder: Path) -> FakeStylist:
    return FakeStylist(items, catalogue_folder, pause=0.0)
