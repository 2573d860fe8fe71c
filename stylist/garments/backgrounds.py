"""Drawn garments as people photograph them: laid on floors and beds, under any lamp, by any telephone.

For training pictures only: the catalogue's own stay on a transparent ground. How garments are drawn is not known here.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Pixels = npt.NDArray[np.float32]
_Scene = Callable[[np.random.Generator, int], Pixels]


def paste(picture: Image.Image, rng: random.Random, size: int = 128) -> Image.Image:
    """A photo-like RGB picture, `size` pixels square, of an RGBA picture on a varied background.

    Place, size, turn, perspective, shadow, light, color cast, blur, sensor noise and JPEG damage all come from `rng`.
    """
    numbers = np.random.Generator(np.random.PCG64(rng.getrandbits(64)))
    scene = rng.choices(_SCENES, weights=_WEIGHTS)[0](numbers, size)
    garment = _placed(picture, rng, size)
    pixels = np.asarray(garment, np.float32)
    alpha = pixels[..., 3:] * np.float32(1 / 255)
    scene *= 1 - _shadow(garment, rng, size)[..., None] * np.float32(rng.uniform(0.2, 0.75))
    photo = scene * (1 - alpha) + pixels[..., :3] * np.float32(1 / 255) * alpha
    return _taken(_lit(photo, rng, size), rng, numbers)


def _placed(picture: Image.Image, rng: random.Random, size: int) -> Image.Image:
    """The picture turned, scaled, moved and seen at a slant, on a `size` square."""
    factor = max(1, min(picture.size) // (2 * size) + (1 if min(picture.size) > 3 * size else 0))
    small = picture.convert("RGBA").reduce(factor) if factor > 1 else picture.convert("RGBA")
    width, height = small.size
    zoom = rng.uniform(0.68, 1.18)
    angle = math.radians(rng.gauss(0, 11) if rng.random() < 0.85 else rng.uniform(-180, 180))
    if rng.random() < 0.5:
        small = small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    shift_x, shift_y = rng.uniform(-0.09, 0.09), rng.uniform(-0.09, 0.09)
    cos, sin = math.cos(angle) / zoom, math.sin(angle) / zoom
    step_x, step_y = width / size, height / size
    center = size / 2
    middle_x, middle_y = width * (0.5 - shift_x), height * (0.5 - shift_y)
    slant_x, slant_y = rng.uniform(-0.0011, 0.0011) * 128 / size, rng.uniform(-0.0011, 0.0011) * 128 / size
    base = 1 - slant_x * center - slant_y * center
    a, b = cos * step_x + slant_x * middle_x, -sin * step_x + slant_y * middle_x
    d, e = sin * step_y + slant_x * middle_y, cos * step_y + slant_y * middle_y
    c = middle_x * base - (cos - sin) * step_x * center
    f = middle_y * base - (sin + cos) * step_y * center
    data = tuple(v / base for v in (a, b, c, d, e, f, slant_x, slant_y))
    return small.transform((size, size), Image.Transform.PERSPECTIVE, data, Image.Resampling.BILINEAR)


def _shadow(garment: Image.Image, rng: random.Random, size: int) -> Pixels:
    """Darkness under the garment, 0..1: far and soft on a wall, near and dense on a floor."""
    reach = rng.uniform(0.005, 0.045) * size
    turn = rng.uniform(0, 2 * math.pi)
    soft = garment.getchannel("A").filter(ImageFilter.GaussianBlur(reach * rng.uniform(0.6, 1.3)))
    moved = np.roll(np.asarray(soft, np.float32), (int(reach * math.sin(turn)), int(reach * math.cos(turn))), (0, 1))
    return moved * np.float32(1 / 255)


def _lit(photo: Pixels, rng: random.Random, size: int) -> Pixels:
    """Uneven light, exposure, contrast and the color of the lamp."""
    y, x = _axes(size)
    turn, fall = rng.uniform(0, 2 * math.pi), rng.uniform(0, 0.38)
    light = 1 + fall * ((x - 0.5) * math.cos(turn) + (y - 0.5) * math.sin(turn))
    if rng.random() < 0.3:
        edge = (x - 0.5) * math.cos(turn + 1) + (y - 0.5) * math.sin(turn + 1) - rng.uniform(-0.35, 0.35)
        light = light * (1 - rng.uniform(0.1, 0.4) * np.clip(edge * rng.uniform(3, 20) + 0.5, 0, 1))
    if rng.random() < 0.4:
        light = light * (1 - rng.uniform(0.1, 0.5) * ((x - 0.5) ** 2 + (y - 0.5) ** 2))
    warm, tint = rng.gauss(0, 0.055), rng.gauss(0, 0.02)
    cast = np.asarray((1 + warm, 1 + tint, 1 - warm), np.float32) * np.float32(rng.uniform(0.72, 1.14))
    photo = photo * light[..., None].astype(np.float32) * cast
    contrast = rng.uniform(0.78, 1.15)
    return (photo - 0.5) * np.float32(contrast) + np.float32(0.5 + rng.uniform(-0.03, 0.05))


def _taken(photo: Pixels, rng: random.Random, numbers: np.random.Generator) -> Image.Image:
    """What lens, sensor and file make of it."""
    if rng.random() < 0.6:
        photo = photo + numbers.standard_normal(photo.shape, np.float32) * np.float32(rng.uniform(0.004, 0.035))
    image = Image.fromarray((np.clip(photo, 0, 1) * 255 + 0.5).astype(np.uint8))
    if rng.random() < 0.4:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.1) * image.width / 128))
    if rng.random() < 0.7:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=rng.randint(38, 93))
        image = Image.open(file).convert("RGB")
    return image


def _axes(size: int) -> tuple[Pixels, Pixels]:
    line = np.linspace(0, 1, size, dtype=np.float32)
    return line[:, None], line[None, :]


def _noise(numbers: np.random.Generator, size: int, rows: float, columns: float | None = None) -> Pixels:
    """Smooth noise with about so many features down and across, deviation about 1."""
    shape = (max(2, int(rows)), max(2, int(columns or rows)))
    field = Image.fromarray(numbers.standard_normal(shape, np.float32))
    return np.asarray(field.resize((size, size), Image.Resampling.BICUBIC), np.float32)


def _color(numbers: np.random.Generator, low: float = 0.15, high: float = 0.95, vivid: float = 0.25) -> Pixels:
    grey = numbers.uniform(low, high)
    return np.clip(grey + numbers.uniform(-vivid, vivid, 3), 0.03, 1).astype(np.float32)


def _tinted(field: Pixels, color: Pixels) -> Pixels:
    return np.asarray(field[..., None] * color, np.float32)


def _wall(numbers: np.random.Generator, size: int) -> Pixels:
    y, x = _axes(size)
    field = 1 + numbers.uniform(-0.25, 0.25) * y + numbers.uniform(-0.2, 0.2) * x + 0.02 * _noise(numbers, size, 30)
    scene = _tinted(field + 0.03 * _noise(numbers, size, 4), _color(numbers, 0.45, 0.97, 0.12))
    if numbers.random() < 0.3:
        line = int(size * numbers.uniform(0.6, 0.9))
        scene[line:] = _color(numbers, 0.2, 0.7, 0.1) * (1 + 0.05 * _noise(numbers, size, 20))[line:, :, None]
    return scene


def _studio(numbers: np.random.Generator, size: int) -> Pixels:
    scene = np.full((size, size, 3), numbers.uniform(0.88, 1.0), np.float32)
    return scene * (1 + numbers.uniform(-0.02, 0.02, 3)).astype(np.float32)


def _paper(numbers: np.random.Generator, size: int) -> Pixels:
    return _tinted(
        1 + 0.015 * _noise(numbers, size, size // 2) + 0.02 * _noise(numbers, size, 3), _color(numbers, 0.3, 0.9, 0.35)
    )


def _wood(numbers: np.random.Generator, size: int) -> Pixels:
    upright = numbers.random() < 0.5
    _, x = _axes(size)
    planks = int(numbers.integers(2, 8))
    column = np.minimum((x[0] * planks).astype(np.int64), planks - 1)
    rings = np.sin(_noise(numbers, size, 3, 9) * 9 + x * 40) * 0.05
    fiber = _noise(numbers, size, 6, size // 2) * 0.07
    tone = numbers.uniform(0.8, 1.15, planks).astype(np.float32)[column][None, :]
    gap = np.where(np.abs((x * planks) % 1 - 0.5) > 0.5 - 0.02 * planks / 4, 0.55, 1.0)
    wood = np.asarray((0.62, 0.45, 0.3), np.float32) * np.float32(numbers.uniform(0.4, 1.4))
    wood = wood + (wood.mean() - wood) * np.float32(numbers.uniform(0, 0.7))
    scene = _tinted((1 + rings + fiber) * tone * gap, wood)
    return scene if upright else np.ascontiguousarray(scene.transpose(1, 0, 2))


def _sheet(numbers: np.random.Generator, size: int) -> Pixels:
    height = _noise(numbers, size, 4, 3) + 0.3 * _noise(numbers, size, 7, 11)
    ridges = -np.sqrt(0.02 + (0.6 * _noise(numbers, size, 3, 7) + 0.5 * height) ** 2)
    down, along = np.gradient(height + ridges)
    weave = 0.03 * _noise(numbers, size, size, size // 8) + 0.03 * _noise(numbers, size, size // 8, size)
    field = 1 + np.clip((along * 0.7 + down * 0.8) * size / 40, -0.35, 0.2) * numbers.uniform(0.25, 0.9) + weave
    scene = _tinted(field.astype(np.float32), _color(numbers, 0.45, 0.97, 0.12))
    if numbers.random() < 0.25:
        _, x = _axes(size)
        stripes = (np.sin((x + 0.02 * height) * numbers.uniform(20, 90)) > 0.2)[..., None]
        scene = np.where(stripes, scene * _color(numbers, 0.5, 0.95, 0.2), scene)
    return np.asarray(scene, np.float32)


def _carpet(numbers: np.random.Generator, size: int) -> Pixels:
    pile = 0.16 * _noise(numbers, size, size) + 0.1 * _noise(numbers, size, size // 4) + 0.06 * _noise(numbers, size, 6)
    scene = _tinted(1 + pile, _color(numbers, 0.2, 0.85, 0.2))
    if numbers.random() < 0.35:
        motif = (_noise(numbers, size, 9) > 0.6)[..., None]
        scene = np.where(motif, scene * _color(numbers, 0.4, 1.1, 0.3), scene)
    return np.asarray(scene, np.float32)


def _tiles(numbers: np.random.Generator, size: int) -> Pixels:
    y, x = _axes(size)
    count = numbers.uniform(2, 7)
    u, v = (x * count + numbers.random()) % 1, (y * count + numbers.random()) % 1
    grout = (np.minimum(np.minimum(u, 1 - u), np.minimum(v, 1 - v)) < 0.025)[..., None]
    marble = 1 + 0.05 * np.sin(_noise(numbers, size, 4) * 4) + 0.02 * _noise(numbers, size, 30)
    scene = _tinted(marble.astype(np.float32), _color(numbers, 0.35, 0.95, 0.12))
    if numbers.random() < 0.3:
        check = ((np.floor(x * count) + np.floor(y * count)) % 2 > 0)[..., None]
        scene = np.where(check, scene, scene * _color(numbers, 0.3, 0.8, 0.1))
    return np.asarray(np.where(grout, scene * np.float32(numbers.uniform(0.55, 1.15)), scene), np.float32)


def _grass(numbers: np.random.Generator, size: int) -> Pixels:
    blades = 0.28 * _noise(numbers, size, size // 3, size) + 0.22 * _noise(numbers, size, size // 6, size // 2)
    field = 1 + blades + 0.15 * _noise(numbers, size, 6)
    earth = (np.clip(_noise(numbers, size, 7) * 0.5 - 0.4, 0, 0.8))[..., None]
    green = np.asarray((0.33, 0.47, 0.2), np.float32) * numbers.uniform(0.7, 1.3, 3).astype(np.float32)
    soil = np.asarray((0.42, 0.33, 0.23), np.float32)
    return _tinted(field, np.float32(1) * green) * (1 - earth) + _tinted(field, soil) * earth


def _clutter(numbers: np.random.Generator, size: int) -> Pixels:
    """A shelf, a rail or a desk: boxes, garments and books out of focus."""
    scene = _wall(numbers, size)
    for _ in range(int(numbers.integers(5, 16))):
        width, height = (numbers.uniform(0.05, 0.45, 2) * size).astype(int) + 2
        left, top = (numbers.uniform(-0.15, 0.95, 2) * size).astype(int)
        left, top = max(0, int(left)), max(0, int(top))
        block = scene[top : top + height, left : left + width]
        shade = np.linspace(1.1, 0.8, block.shape[1], dtype=np.float32)[None, :, None]
        block[:] = _color(numbers, 0.1, 0.95, 0.3) * shade
    image = Image.fromarray((np.clip(scene, 0, 1) * 255).astype(np.uint8))
    image = image.rotate(float(numbers.uniform(-12, 12)), Image.Resampling.BILINEAR)
    margin = size // 6
    image = image.resize((size, size), Image.Resampling.BILINEAR, (margin, margin, size - margin, size - margin))
    image = image.filter(ImageFilter.GaussianBlur(numbers.uniform(0.5, 3.0) * size / 128))
    return np.asarray(image, np.float32) * np.float32(1 / 255)


_SCENES: tuple[_Scene, ...] = (_wall, _studio, _paper, _wood, _sheet, _carpet, _tiles, _grass, _clutter)
_WEIGHTS = (3, 3, 2, 3, 4, 2, 2, 1, 3)
