"""FASCODE's photos as color histograms. A small, fixed description that needs no trained model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from tqdm import tqdm

Array = npt.NDArray[np.float32]
HUES, GRAYS, REGIONS = 12, 4, 3
DIM = (HUES * 2 + GRAYS) * REGIONS


def histograms(folder: Path, item_ids: Sequence[str]) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Color histograms (items, DIM) of `folder/<id>.jpg`, and which items have a readable photo; the others get zeros."""
    rows = np.zeros((len(item_ids), DIM), np.float32)
    present = np.zeros(len(item_ids), bool)
    if not folder.is_dir():
        return rows, present
    for index, item_id in enumerate(tqdm(item_ids, desc="photos", unit="photo", mininterval=2)):
        path = folder / f"{item_id}.jpg"
        try:
            with Image.open(path) as image:
                image.draft("RGB", (96, 96))
                pixels = np.asarray(image.convert("RGB").resize((48, 48)).convert("HSV"))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            continue
        rows[index] = histogram(pixels)
        present[index] = True
    return rows, present


def histogram(hsv: npt.NDArray[np.uint8]) -> Array:
    """Square root of the share of hues (light and dark) and grays, in the upper, middle and lower third of the photo's middle.

    The border is cut off and near-white pixels are not counted: both are mostly background.
    """
    inner = hsv[4:-4, 10:-10].astype(int)
    parts = []
    for region in np.array_split(inner, REGIONS):
        hue, saturation, value = (region[..., channel].ravel() for channel in range(3))
        gray = saturation < 40
        counts = np.zeros(HUES * 2 + GRAYS)
        colored = ~gray & (value > 40)
        np.add.at(counts, hue[colored] * HUES // 256 * 2 + (value[colored] > 150), 1)
        background = gray & (value > 242)
        dull = ~colored & ~background
        np.add.at(counts, HUES * 2 + np.minimum(value[dull] * GRAYS // 243, GRAYS - 1), 1)
        parts.append(counts / max(counts.sum(), 1))
    return np.sqrt(np.concatenate(parts) / REGIONS).astype(np.float32)
