"""A picture of a garment made ready to be laid on a board: cut out where that is sure, else a print with a white rim.

Knows nothing of outfits or layouts. Pictures of a catalogue may be transparent drawings, photos of a shop or nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from stylist.app.lettering import font_for, is_latin, wrapped
from stylist.encoders.images import load

LONGEST = 620
"""Pixels of a sprite's longer side: no garment is larger on a board."""
TOLERANCE = 26.0
"""How far (RGB distance) a pixel of the background may lie from the border's median color."""
INK = (70, 62, 55)
RIM = (252, 250, 246)


@dataclass(frozen=True)
class Sprite:
    """`image` is RGBA, trimmed to what is seen; `color` the mean RGB of it; a `cutout` lies at real scale."""

    image: Image.Image
    kind: Literal["cutout", "print", "card"]
    color: tuple[float, float, float]


def sprite_of(path: Path) -> Sprite:
    """The sprite of a picture file; ImageError where it cannot be read. Kept for the files used last."""
    return _cached(path, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=96)
def _cached(path: Path, changed: int) -> Sprite:
    transparent = _transparent(path)
    if transparent is not None:
        return Sprite(transparent, "cutout", mean_color(transparent))
    photo = load(path)
    photo.thumbnail((LONGEST, LONGEST), Image.Resampling.BICUBIC)
    clean = cutout(photo)
    if clean is not None:
        return Sprite(clean, "cutout", mean_color(clean))
    return printed(photo)


def _transparent(path: Path) -> Image.Image | None:
    """A drawing with an alpha channel that is in use, trimmed; None for anything else."""
    try:
        with Image.open(path, formats=("WEBP", "PNG")) as image:
            if image.mode not in ("RGBA", "LA", "PA") or max(image.size) > 4096:
                return None
            image.load()
            clear = image.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    alpha = clear.getchannel("A")
    box = alpha.point(lambda a: 255 if a > 8 else 0).getbbox()
    least: Any = alpha.resize((32, 32), Image.Resampling.BOX).getextrema()[0]
    if box is None or least > 200:
        return None
    clear = clear.crop(box)
    clear.thumbnail((LONGEST, LONGEST), Image.Resampling.BICUBIC)
    return clear


def mean_color(image: Image.Image) -> tuple[float, float, float]:
    """The mean RGB of the opaque pixels."""
    small = np.asarray(image.convert("RGBA").resize((24, 24), Image.Resampling.BOX), np.float32)
    weight = small[..., 3:] / 255
    red, green, blue = (small[..., :3] * weight).sum((0, 1)) / max(float(weight.sum()), 1e-3)
    return float(red), float(green), float(blue)


def cutout(photo: Image.Image) -> Image.Image | None:
    """The garment without its background where the photo's border is of one color, else None (also where in doubt)."""
    pixels = np.asarray(photo.convert("RGB"), np.float32)
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    ground = np.median(rim, axis=0)
    far = np.sqrt(((pixels - ground) ** 2).sum(-1))
    rim_far = np.sqrt(((rim - ground) ** 2).sum(-1))
    if (rim_far < TOLERANCE).mean() < 0.94:
        return None
    regions, _ = ndimage.label(far < TOLERANCE)
    outside = np.unique(np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]]))
    garment = ~np.isin(regions, outside[outside > 0])
    garment = ndimage.binary_opening(garment, iterations=1)
    parts, count = ndimage.label(garment)
    if not count:
        return None
    sizes = ndimage.sum_labels(garment, parts, np.arange(1, count + 1))
    garment = np.isin(parts, 1 + np.flatnonzero(sizes >= 0.03 * sizes.max()))
    share = garment.mean()
    filled = ndimage.binary_fill_holes(garment).mean()
    if not 0.06 < share < 0.88 or share < 0.8 * filled or _too_pale(far, garment):
        return None
    mask = Image.fromarray((ndimage.binary_erosion(garment) * 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(0.9)
    )
    result = photo.convert("RGB")
    result.putalpha(mask)
    return result.crop(mask.getbbox())


def _too_pale(far: np.ndarray, garment: np.ndarray) -> bool:
    """True for a garment so close to its background's color that its outline cannot be trusted."""
    inner = ndimage.binary_erosion(garment, iterations=2) & ~ndimage.binary_erosion(garment, iterations=6)
    return not inner.any() or float(np.quantile(far[inner], 0.25)) < 1.35 * TOLERANCE


def printed(photo: Image.Image) -> Sprite:
    """The photo as a print: rounded corners and a white rim."""
    margin, radius = round(0.035 * max(photo.size)), round(0.04 * max(photo.size))
    size = (photo.width + 2 * margin, photo.height + 2 * margin)
    sheet = Image.new("RGBA", size, (*RIM, 255))
    sheet.paste(photo.convert("RGB"), (margin, margin), _rounded(photo.size, max(2, radius - margin)))
    sheet.putalpha(_rounded(size, radius))
    return Sprite(sheet, "print", mean_color(photo))


def title_card(title: str, name: str, fonts: Sequence[str]) -> Sprite:
    """A card for a garment without a picture: what it is called, below a hanger. `name` is the Latin fallback."""
    size = (360, 400)
    card = Image.new("RGBA", size, (*RIM, 255))
    draw = ImageDraw.Draw(card)
    draw.rounded_rectangle((14, 14, size[0] - 15, size[1] - 15), 14, outline=(214, 203, 188), width=2)
    _hanger(draw, size[0] / 2, 118)
    text = title or name
    font = font_for(is_latin(text), 32, tuple(fonts))
    if font is None:
        text, font = name, font_for(True, 32, ())
    if font is not None:
        lines = wrapped(text, font, size[0] - 64, 4)
        for number, line in enumerate(lines):
            draw.text((size[0] / 2, 218 + 42 * number), line, font=font, fill=INK, anchor="mm")
    card.putalpha(_rounded(size, 22))
    return Sprite(card, "card", RIM)


def _hanger(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    color, width = (168, 148, 126), 6
    draw.arc((x - 16, y - 62, x + 16, y - 30), 150, 400, fill=color, width=width)
    draw.line(
        [(x, y - 30), (x, y - 16), (x - 92, y + 34), (x + 92, y + 34), (x, y - 16)],
        fill=color,
        width=width,
        joint="curve",
    )


def _rounded(size: tuple[int, int], radius: int) -> Image.Image:
    large = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, size[0] * 2 - 1, size[1] * 2 - 1), radius * 2, fill=255)
    return large.resize(size, Image.Resampling.BOX)
