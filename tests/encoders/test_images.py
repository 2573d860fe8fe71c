import contextlib
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stylist.encoders import images
from stylist.errors import ImageError


def encoded(image: Image.Image, format_: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0")
    parts = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (chunk, data, b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture
def photo() -> Image.Image:
    rng = np.random.default_rng(0)
    return Image.fromarray(rng.integers(0, 255, (60, 40, 3), np.uint8), "RGB")


def test_load_reads_a_path_and_bytes_alike(photo: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "shirt.png"
    path.write_bytes(encoded(photo))
    assert images.load(path).tobytes() == images.load(path.read_bytes()).tobytes() == photo.tobytes()


@pytest.mark.parametrize("data, said", [
    (b"", "empty file"),
    (b"hello, I am a text", "not an image"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not an image"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not an image"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "AVIF"),
])  # fmt: skip
def test_what_is_no_picture_is_one_clear_line(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "strange.jpg"
    path.write_bytes(data)
    with pytest.raises(ImageError, match=said) as caught:
        images.load(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="no such file"):
        images.load(tmp_path / "none.jpg")
    with pytest.raises(ImageError, match="a folder"):
        images.load(tmp_path)
    with pytest.raises(ImageError, match="cannot be read"):
        images.load("nul\0byte.jpg")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"])
def test_truncated_files_are_refused(photo: Image.Image, format_: str) -> None:
    data = encoded(photo.resize((200, 200)), format_)
    with pytest.raises(ImageError, match=r"wardrobe\.jpg"):
        images.load(data[: len(data) // 2], "wardrobe.jpg")


def test_corrupt_bytes_never_raise_anything_else(photo: Image.Image) -> None:
    rng = np.random.default_rng(1)
    for format_ in ("JPEG", "PNG", "WEBP", "GIF", "TIFF"):
        data = bytearray(encoded(photo, format_))
        for _ in range(30):
            broken = bytearray(data)
            for at in rng.integers(0, len(broken), 12):
                broken[at] = rng.integers(0, 256)
            with contextlib.suppress(ImageError):
                assert images.load(bytes(broken)).mode == "RGB"


def test_decompression_bombs_are_refused_before_decoding() -> None:
    with pytest.raises(ImageError, match=r"bomb\.png.*(megapixels)"):
        images.load(png_header(60000, 60000), "bomb.png")
    with pytest.raises(ImageError, match="megapixels"):
        images.load(png_header(9000, 9000))


def test_files_over_the_size_limit_are_refused(photo: Image.Image, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(images, "MAX_BYTES", 1000)
    path = tmp_path / "big.png"
    path.write_bytes(encoded(photo))
    with pytest.raises(ImageError, match="larger than"):
        images.load(path)


def test_exif_rotation_is_applied() -> None:
    picture = Image.new("RGB", (80, 40), "blue")
    picture.paste("red", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter clockwise for viewing
    loaded = images.load(encoded(picture, "JPEG", exif=exif, quality=95))
    assert loaded.size == (40, 80)
    assert loaded.getpixel((20, 10))[0] > 200 and loaded.getpixel((20, 70))[2] > 200


def test_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (30, 30), c) for c in ("red", "green", "blue")]
    for format_ in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], format_, save_all=True, append_images=frames[1:], duration=50)
        red, green, blue = images.load(data).getpixel((15, 15))
        assert red > 200 and green < 60 and blue < 60


@pytest.mark.parametrize("mode, color, format_, expected", [
    ("CMYK", (0, 255, 255, 0), "JPEG", (254, 0, 0)),
    ("L", 128, "PNG", (128, 128, 128)),
    ("1", 1, "PNG", (255, 255, 255)),
    ("LA", (0, 0), "PNG", (255, 255, 255)),
    ("LA", (0, 255), "PNG", (0, 0, 0)),
    ("RGBA", (255, 0, 0, 0), "PNG", (255, 255, 255)),
    ("RGBA", (0, 0, 255, 255), "WEBP", (0, 0, 255)),
    ("I;16", 65535, "PNG", (255, 255, 255)),
    ("I;16", 32896, "PNG", (128, 128, 128)),
    ("I", 40000, "TIFF", (155, 155, 155)),
    ("F", 128.0, "TIFF", (128, 128, 128)),
])  # fmt: skip
def test_every_mode_becomes_rgb(mode: str, color: object, format_: str, expected: tuple[int, ...]) -> None:
    loaded = images.load(encoded(Image.new(mode, (20, 20), color), format_))
    assert loaded.mode == "RGB"
    assert np.allclose(loaded.getpixel((10, 10)), expected, atol=3)


def test_palette_with_transparency_is_flattened_on_white() -> None:
    picture = Image.new("P", (20, 20), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    picture.paste(1, (0, 0, 10, 20))
    loaded = images.load(encoded(picture, "PNG", transparency=0))
    assert loaded.getpixel((15, 10)) == (255, 255, 255) and loaded.getpixel((5, 10)) == (255, 0, 0)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (15, 15)])
def test_tiny_pictures_are_enlarged(size: tuple[int, int]) -> None:
    loaded = images.load(encoded(Image.new("RGB", size, (10, 200, 30))))
    assert min(loaded.size) >= images.SMALLEST
    assert loaded.getpixel((0, 0)) == (10, 200, 30)


def test_large_pictures_are_reduced_to_the_longest_side() -> None:
    assert images.load(encoded(Image.new("RGB", (5000, 1000), "pink"))).size == (2048, 410)


def test_letterbox_keeps_proportions_and_fills_with_the_border_color() -> None:
    picture = Image.new("RGB", (100, 50), (200, 100, 50))
    picture.paste("black", (40, 15, 60, 35))
    boxed = images.letterbox(picture, 128)
    assert boxed.size == (128, 128)
    assert boxed.getpixel((64, 5)) == (200, 100, 50)
    black = np.argwhere(np.asarray(boxed).max(-1) < 60)
    height, width = black.max(0) - black.min(0) + 1
    assert abs(int(height) - int(width)) <= 2


@pytest.mark.parametrize("size", [(5000, 1), (1, 3000), (2048, 8)])
def test_a_line_is_no_degenerate_picture(size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "line.png")
    assert images.letterbox(images.load(tmp_path / "line.png"), 64).size == (64, 64)
