"""The vision tower's training pictures in memory: photos with partial labels, drawn garments on backgrounds with full ones."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from stylist.encoders import images
from stylist.encoders.tower import READINGS
from stylist.garments.backgrounds import paste
from stylist.training import drawn, photos

UNKNOWN = -1


def pixels(picture: Image.Image) -> Tensor:
    """uint8 (3, height, width)."""
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1)


class PhotoSet:
    """Photos of a dataset folder, letterboxed to `size`, with a mask of possible values per reading."""

    def __init__(self, folder: Path, size: int, valid: bool):
        self.photos = [p for p in photos.read(folder) if photos.held_out(p.sender) == valid]
        self.pictures = torch.stack([pixels(images.letterbox(images.load(p.path), size)) for p in self.photos])  # uint8
        self.possible = {
            field: torch.tensor([[not p.values.get(field) or x in p.values[field] for x in values] for p in self.photos])
            for field, values in READINGS.items()
        }
        counts: dict[str, int] = {}
        for photo in self.photos:
            counts[photo.label] = counts.get(photo.label, 0) + 1
        self.weights = torch.tensor([counts[p.label] ** -0.5 for p in self.photos])


class DrawnSet:
    """Drawn garments; `batch` pastes some anew and takes the others from a pool of pasted ones."""

    def __init__(self, folder: Path, valid: bool, pool: int = 0, crowd: float = 0.0):
        self.garments = [g for g in drawn.read(folder) if g.valid == valid]
        self.cutouts = [np.array(drawn.load(g)) for g in self.garments]
        self.labels = {
            field: torch.tensor([values.index(g.values[field]) if field in g.values else UNKNOWN for g in self.garments])
            for field, values in READINGS.items()
        }
        self.pool_size, self.crowd = pool, crowd
        self.pool: list[tuple[int, Tensor]] = []

    def view(self, row: int, rng: random.Random, size: int, clean: float) -> Tensor:
        """uint8 (3, size, size): the garment on white with the chance `clean`, else photographed somewhere."""
        cutout = Image.fromarray(self.cutouts[row], "RGBA")
        if rng.random() < self.crowd:
            cutout = self._among_others(cutout, rng)
        if rng.random() < clean:
            ground = Image.new("RGBA", cutout.size, (rng.randint(236, 255),) * 3 + (255,))
            return pixels(Image.alpha_composite(ground, cutout).convert("RGB").resize((size, size), Image.Resampling.BILINEAR))
        return pixels(paste(cutout, rng, size))

    def _among_others(self, cutout: Image.Image, rng: random.Random) -> Image.Image:
        """The garment in the middle, one to three others reaching in from the edges, behind it."""
        side = cutout.width
        whole = Image.new("RGBA", (side, side))
        for _ in range(rng.randint(1, 3)):
            other = Image.fromarray(self.cutouts[rng.randrange(len(self.cutouts))], "RGBA")
            reach = round(side * rng.uniform(0.4, 0.75))
            x, y = rng.uniform(-0.5, 1), rng.choice((rng.uniform(-0.4, -0.2), rng.uniform(0.75, 0.9)))
            if rng.random() < 0.5:
                x, y = y, x
            whole.alpha_composite(_shifted(other.resize((reach, reach)), side, round(x * side), round(y * side)))
        main = cutout.resize((round(side * 0.85),) * 2)
        whole.alpha_composite(main, (round(side * 0.075),) * 2)
        return whole

    def batch(self, count: int, fresh: int, rng: random.Random, size: int, clean: float) -> tuple[Tensor, Tensor]:
        """(pictures uint8 (count, 3, size, size), rows (count,)) drawn at random."""
        chosen: list[tuple[int, Tensor]] = []
        for number in range(count):
            if number < fresh or len(self.pool) < self.pool_size:
                row = rng.randrange(len(self.garments))
                entry = (row, self.view(row, rng, size, clean))
                if len(self.pool) < self.pool_size:
                    self.pool.append(entry)
                elif self.pool_size:
                    self.pool[rng.randrange(self.pool_size)] = entry
            else:
                entry = rng.choice(self.pool)
            chosen.append(entry)
        return torch.stack([picture for _, picture in chosen]), torch.tensor([row for row, _ in chosen])

    def all_views(self, size: int, seed: int, clean: bool) -> Tensor:
        """uint8 (garments, 3, size, size): every garment once, on backgrounds that the seed decides."""
        rng = random.Random(seed)
        return torch.stack([self.view(row, rng, size, float(clean)) for row in range(len(self.garments))])


def _shifted(picture: Image.Image, side: int, x: int, y: int) -> Image.Image:
    """The picture at (x, y), which may lie outside, on a transparent square."""
    ground = Image.new("RGBA", (side, side))
    ground.paste(picture, (x, y))
    return ground


def background(rng: random.Random, size: int) -> Tensor:
    """uint8 (3, size, size): a place where no garment lies."""
    return pixels(paste(Image.new("RGBA", (size, size)), rng, size))
