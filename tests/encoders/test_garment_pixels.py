import numpy as np
import pytest
from PIL import Image, ImageDraw

from stylist.encoders import foreground as fg
from stylist.encoders import pixel_color
from stylist.encoders.garment_pixels import Palette, palette


def picture(
    ground: str | tuple[int, int, int], shapes: list[tuple[tuple[int, int, int, int], tuple[int, int, int]]]
) -> np.ndarray:
    canvas = Image.new("RGB", (72, 96), ground)
    for box, color in shapes:
        ImageDraw.Draw(canvas).rectangle(box, fill=color)
    return fg.reduced(canvas)


def family(rgb: np.ndarray, type_: str | None = "t-shirt") -> str:
    chances = pixel_color.families(palette(rgb, type_))
    assert sum(chances.values()) == pytest.approx(1, abs=1e-6)
    return max(chances, key=lambda name: chances[name])


SKIN, HAIR, JEANS = (205, 160, 130), (35, 25, 22), (60, 80, 115)
PERSON = [
    ((28, 4, 44, 20), SKIN),
    ((28, 2, 44, 6), HAIR),
    ((14, 30, 20, 60), SKIN),
    ((52, 30, 58, 60), SKIN),
    ((24, 62, 48, 96), JEANS),
]


@pytest.mark.parametrize(
    ("color", "expected"), [((190, 25, 40), "red"), ((40, 120, 70), "green"), ((30, 28, 30), "black")]
)
def test_a_worn_top_is_named_not_skin_hair_or_jeans(color: tuple[int, int, int], expected: str) -> None:
    assert family(picture("white", [*PERSON, ((20, 22, 52, 62), color)])) == expected


def test_a_backdrop_that_shows_through_does_not_count() -> None:
    straps = [((10, y, 62, y + 3), (120, 70, 40)) for y in range(34, 66, 9)]
    found = palette(picture("white", straps), "sandals")
    assert found.on_white and found.lab[:, 0].max() < 90


def test_a_white_garment_on_white_is_white() -> None:
    assert family(picture("white", [((20, 22, 52, 70), (244, 244, 246))])) == "white"


def test_the_gap_between_legs_is_not_the_trousers() -> None:
    legs = [((20, 12, 52, 34), (35, 50, 95)), ((20, 34, 32, 90), (35, 50, 95)), ((40, 34, 52, 90), (35, 50, 95))]
    assert family(picture((190, 150, 110), legs), "jeans") == "blue"


@pytest.mark.parametrize("size", [(8, 8, 3), (96, 8, 3), (8, 96, 3)])
def test_any_picture_has_a_palette(size: tuple[int, int, int]) -> None:
    for rgb in (np.zeros(size, np.float32), np.random.default_rng(0).uniform(0, 255, size).astype(np.float32)):
        found = palette(rgb)
        assert found.share.sum() == pytest.approx(1) and np.isfinite(found.lab).all()


def test_dyes_tell_the_shades_of_a_family() -> None:
    navy = Palette(fg.to_lab(np.array([[31, 42, 70]], np.float32)), np.ones(1), 100.0, True)
    votes = pixel_color.words(navy)
    assert max(votes, key=lambda word: votes[word]) == "navy" and sum(votes.values()) == pytest.approx(1)
