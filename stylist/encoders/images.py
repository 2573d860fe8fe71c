"""Pictures from strangers, made safe: one RGB image or one clear ImageError. Knows nothing of models.

Whatever the file says it is, what comes out is upright RGB of at least `SMALLEST` pixels a side: EXIF rotation applied, the
first frame of an animation, transparency flattened on white, 16-bit grey scaled down. A picture smaller than that is enlarged
without smoothing (a single pixel still has a color that can be read); one longer than `LONGEST` is reduced.
"""

from __future__ import annotations

import io
import os
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from stylist.errors import ImageError

Source = str | os.PathLike[str] | bytes

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
SMALLEST = 16
LONGEST = 2048
SLIMMEST = 40
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
"""What is opened; formats of which Pillow runs foreign programs (EPS) or that hold no photo stay out."""

_EXPECTED = "expected a JPEG, PNG, WebP, GIF, BMP or TIFF picture"
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def load(source: Source, name: str | None = None) -> Image.Image:
    """The picture of a path or of bytes as RGB; ImageError names the file (`name` for bytes) and what was expected."""
    data, name = _bytes(source, name)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise ImageError(f"{name}: HEIC and AVIF pictures are not supported; {_EXPECTED}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise ImageError(f"{name}: {width} x {height} pixels are too many; expected at most {MAX_PIXELS // 10**6} megapixels")
            image.draft("RGB", (LONGEST, LONGEST))
            image.seek(0)
            image.load()
            return _repaired(_flat(ImageOps.exif_transpose(image)))
    except ImageError:
        raise
    except UnidentifiedImageError:
        raise ImageError(f"{name}: not an image; {_EXPECTED}") from None
    except Image.DecompressionBombError:
        raise ImageError(f"{name}: too many pixels; expected at most {MAX_PIXELS // 10**6} megapixels") from None
    except MemoryError:
        raise ImageError(f"{name}: too large for this machine's memory; {_EXPECTED}") from None
    except Exception as error:  # Pillow's decoders raise many kinds on damaged files
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ImageError(f"{name}: damaged or cut short ({reason}); {_EXPECTED}") from None


def _bytes(source: Source, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data, name = source, name or "picture"
    else:
        path = Path(source)
        name = name or str(path)
        try:
            if path.is_dir():
                raise ImageError(f"{name}: a folder; {_EXPECTED}")
            if path.exists() and not path.is_file():
                raise ImageError(f"{name}: not a regular file; {_EXPECTED}")
            with path.open("rb") as handle:
                data = handle.read(MAX_BYTES + 1)
        except FileNotFoundError:
            raise ImageError(f"{name}: no such file; {_EXPECTED}") from None
        except (OSError, ValueError) as error:
            raise ImageError(f"{name}: cannot be read ({getattr(error, 'strerror', None) or error}); {_EXPECTED}") from None
    if not data:
        raise ImageError(f"{name}: empty file; {_EXPECTED}")
    if len(data) > MAX_BYTES:
        raise ImageError(f"{name}: larger than {MAX_BYTES // 2**20} MB; expected a smaller picture")
    return data, name


def _flat(image: Image.Image) -> Image.Image:
    """RGB of any mode; what is transparent becomes white."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        numbers = np.nan_to_num(np.asarray(image, np.float64))
        top = 65535.0 if numbers.max() > 255 else 255.0
        return Image.fromarray((numbers.clip(0, top) * (255 / top)).astype(np.uint8), "L").convert("RGB")
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return image.convert("RGB")


def _repaired(image: Image.Image) -> Image.Image:
    """At least SMALLEST and at most LONGEST pixels a side, none over SLIMMEST times the other, so that no later resize meets a
    degenerate picture."""
    width, height = image.size
    if max(width, height) > LONGEST:
        scale = LONGEST / max(width, height)
        width, height = max(1, round(width * scale)), max(1, round(height * scale))
        image = image.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
    least = max(SMALLEST, -(-max(width, height) // SLIMMEST))
    if min(width, height) < least:
        image = image.resize((max(width, least), max(height, least)), Image.Resampling.NEAREST)
    return image


def letterbox(image: Image.Image, size: int) -> Image.Image:
    """The whole picture on a square of `size` pixels, bars in the mean color of its border, so that nothing is squashed."""
    edge = np.asarray(image.resize((64, 64), Image.Resampling.BOX))
    border = np.concatenate([edge[0], edge[-1], edge[:, 0], edge[:, -1]])
    red, green, blue = (int(c) for c in border.mean(0).round())
    return ImageOps.pad(image, (size, size), Image.Resampling.BICUBIC, color=(red, green, blue))
