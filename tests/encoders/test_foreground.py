import numpy as np
from PIL import Image, ImageDraw

from stylist.encoders import foreground as fg


def test_two_pieces_largest_first() -> None:
    picture = Image.new("RGB", (200, 300), (230, 220, 200))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 20, 160, 150), fill=(160, 20, 30))
    draw.rectangle((60, 200, 140, 270), fill=(20, 30, 90))
    found = fg.find(picture)
    assert len(found.boxes) == 2
    assert np.allclose(found.boxes[0], (0.2, 20 / 300, 0.8, 0.5), atol=0.04)
    assert found.boxes[1][1] > 0.6


def test_a_picture_without_a_foreground_is_one_piece() -> None:
    found = fg.find(Image.new("RGB", (50, 80), "white"))
    assert found.boxes == ((0.0, 0.0, 1.0, 1.0),) and found.mask.all()


def test_crop_stays_inside_and_is_never_empty() -> None:
    picture = Image.new("RGB", (40, 40))
    assert fg.crop(picture, (0.0, 0.0, 1.0, 1.0)).size == (40, 40)
    assert min(fg.crop(picture, (0.99, 0.99, 0.995, 0.995)).size) >= 1


def test_lab_of_known_colors() -> None:
    lab = fg.to_lab(np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0]], np.float32))
    assert np.allclose(lab, [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.2]], atol=0.3)


