"""Where on a picture the garments lie, without a model: what differs from the picture's border, and its separate pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage
from scipy.cluster.vq import kmeans2

SIDE = 96
_BORDER_COLORS = 4
_LEAST_SHARE = 0.045  # of the picture, for a piece of its own


@dataclass(frozen=True)
class Foreground:
    """`mask` (h, w) bool and `colors` (h, w, 3) float RGB 0..255 of a reduced picture, `boxes` its pieces as shares of its sides.

    A box is (left, top, right, bottom) in 0..1, the largest piece first.
    """

    mask: npt.NDArray[np.bool_]
    colors: npt.NDArray[np.float32]
    boxes: tuple[tuple[float, float, float, float], ...]


def to_lab(rgb: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """CIE L*a*b* (D65) of sRGB colors 0..255, the last axis."""
    linear = np.where(rgb > 10.31, ((rgb / 255 + 0.055) / 1.055) ** 2.4, rgb / 255 / 12.92)
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ matrix.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1).astype(np.float32)


def reduced(picture: Image.Image, side: int = SIDE) -> npt.NDArray[np.float32]:
    """(h, w, 3) colors 0..255 of an RGB picture, its longer side `side` pixels."""
    scale = side / max(picture.size)
    size = (max(8, round(picture.width * scale)), max(8, round(picture.height * scale)))
    return np.asarray(picture.resize(size, Image.Resampling.BOX), np.float32)


def find(picture: Image.Image) -> Foreground:
    """The foreground of an RGB picture; everything where nothing stands out from the border."""
    colors = reduced(picture)
    size = (colors.shape[1], colors.shape[0])
    lab = to_lab(colors)
    rim = max(2, SIDE // 32)
    border = np.concatenate([lab[:rim].reshape(-1, 3), lab[-rim:].reshape(-1, 3), lab[:, :rim].reshape(-1, 3), lab[:, -rim:].reshape(-1, 3)])
    with np.errstate(divide="ignore", invalid="ignore"):  # a border of one color
        centers, labels = kmeans2(border, _BORDER_COLORS, minit="++", rng=np.random.default_rng(0))
    counts = np.bincount(labels, minlength=len(centers))
    centers = centers[counts > 0.1 * len(border)]
    distance = np.linalg.norm(lab[:, :, None] - centers, axis=-1).min(-1)
    mask = distance > max(9.0, _otsu(distance) * 0.8)
    mask = ndimage.binary_opening(ndimage.binary_closing(mask, iterations=2), iterations=1)
    mask = ndimage.binary_fill_holes(mask)
    pieces, count = ndimage.label(mask)
    boxes, kept, spans = [], np.zeros_like(mask), ndimage.find_objects(pieces)
    areas = ndimage.sum(mask, pieces, range(1, count + 1)) if count else []
    for number in np.argsort(areas)[::-1] + 1 if count else []:
        if areas[number - 1] < _LEAST_SHARE * mask.size:
            break
        rows, columns = spans[number - 1]
        boxes.append((columns.start / size[0], rows.start / size[1], columns.stop / size[0], rows.stop / size[1]))
        kept |= pieces == number
    if not boxes:
        return Foreground(np.ones_like(mask), colors, ((0.0, 0.0, 1.0, 1.0),))
    return Foreground(kept, colors, tuple(boxes))


def _otsu(values: npt.NDArray[np.float32]) -> float:
    """The threshold that splits the values into the two most different groups (Otsu 1979)."""
    counts, edges = np.histogram(values, 64)
    middle = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    total = np.cumsum(counts * middle)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (total / below - (total[-1] - total) / above) ** 2
    return float(middle[int(np.nan_to_num(between).argmax())])


def crop(picture: Image.Image, box: tuple[float, float, float, float], margin: float = 0.06) -> Image.Image:
    """The part of the picture in a box of shares, with a margin around it."""
    left, top, right, bottom = box
    w, h = picture.size
    x, y = margin * (right - left), margin * (bottom - top)
    area = (max(0.0, left - x) * w, max(0.0, top - y) * h, min(1.0, right + x) * w, min(1.0, bottom + y) * h)
    corners = (int(area[0]), int(area[1]), max(int(area[0]) + 1, round(area[2])), max(int(area[1]) + 1, round(area[3])))
    return picture.crop(corners)
