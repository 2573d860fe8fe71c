"""What a garment's surface looks like: how strongly the vision tower's early layers answer over the garment, and how unevenly. Fabric,
knit and print are told by these where the tower's last layer tells what kind of garment it is (Gatys 2015 on textures).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from stylist.encoders.images import letterbox
from stylist.encoders.tower import VisionTower
from stylist.ranking.palette import garment_mask

BLOCKS = (2, 4, 7, 10)
"""The last blocks of four stages of the tower."""
MARGIN = 0.04
"""Of the picture, left around the garment."""
LEAST = 1e-3
"""Weight of what is not the garment, so that a garment lost in a coarse grid still counts."""


def textures(tower: VisionTower, loaded: Sequence[Image.Image]) -> np.ndarray:
    """(pictures, 2 * channels) float32 of RGB pictures: of each layer the mean and the deviation of its channels over the garment."""
    size = tower.config.image_size
    cut = [_garment(picture, size) for picture in loaded]
    with torch.inference_mode():
        pixels = torch.from_numpy(np.stack([square for square, _ in cut])).permute(0, 3, 1, 2)
        masks = torch.from_numpy(np.stack([mask for _, mask in cut]))[:, None]
        x = tower.stem((pixels / 255 - 0.5) / 0.25)
        parts: list[Tensor] = []
        for number, block in enumerate(tower.blocks):
            if number > BLOCKS[-1]:
                break
            x = block(x)
            if number in BLOCKS:
                parts += _moments(x, masks)
        return np.asarray(torch.cat(parts, 1).numpy(), np.float32)


def _moments(grid: Tensor, masks: Tensor) -> tuple[Tensor, Tensor]:
    """Means and deviations (n, channels) of (n, channels, h, w) weighted by masks (n, 1, height, width)."""
    weight = torch.nn.functional.adaptive_avg_pool2d(masks, (grid.shape[2], grid.shape[3])) + LEAST
    weight = weight / weight.sum((2, 3), keepdim=True)
    mean = (grid * weight).sum((2, 3), keepdim=True)
    variance = ((grid - mean) ** 2 * weight).sum((2, 3))
    return mean[..., 0, 0], variance.clamp(min=1e-6).sqrt()


def _garment(picture: Image.Image, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The picture cut to the garment, on a square (size, size, 3) in 0..255, and where the garment lies there (size, size) in 0..1."""
    found = garment_mask(picture)
    high, wide = found.shape
    rows, columns = np.nonzero(found)
    left, top = max(0, columns.min() / wide - MARGIN), max(0, rows.min() / high - MARGIN)
    right, bottom = min(1, (columns.max() + 1) / wide + MARGIN), min(1, (rows.max() + 1) / high + MARGIN)
    box = (int(left * picture.width), int(top * picture.height), int(np.ceil(right * picture.width)), int(np.ceil(bottom * picture.height)))
    mask = Image.fromarray((found * 255).astype(np.uint8)).resize(picture.size, Image.Resampling.BILINEAR).crop(box)
    side = max(mask.size)
    square = Image.new("L", (side, side))
    square.paste(mask, ((side - mask.width) // 2, (side - mask.height) // 2))
    return (
        np.asarray(letterbox(picture.crop(box), size), np.float32),
        np.asarray(square.resize((size, size), Image.Resampling.BILINEAR), np.float32) / 255,
    )
