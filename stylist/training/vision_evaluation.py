"""Measures a vision tower: classes of held-out senders' photos, and the values of drawn garments it never saw.

    python -m stylist.training.vision_evaluation --model assets/vision --photos DIR --drawn DIR
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import torch
from torch import Tensor

from stylist.encoders.tower import READINGS, VisionTower
from stylist.training import augment, photos
from stylist.training.vision_data import UNKNOWN, DrawnSet, PhotoSet

PRIMARY = "photos/ten"


@torch.no_grad()
def readings(tower: VisionTower, pictures: Tensor, mirror: bool = True) -> dict[str, Tensor]:
    """Log-probabilities (pictures, values) per reading of uint8 pictures; `mirror` averages with the mirrored view."""
    tower.eval()
    rows: dict[str, list[Tensor]] = defaultdict(list)
    for start in range(0, len(pictures), 64):
        batch = augment.normalise(pictures[start : start + 64])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            pooled = tower(batch).pooler_output.float()
            if mirror:
                pooled = (pooled + tower(batch.flip(3)).pooler_output.float()) / 2
        for field, values in tower.read(pooled).items():
            rows[field].append(values)
    return {field: torch.cat(values) for field, values in rows.items()}


def photo_accuracy(tower: VisionTower, data: PhotoSet) -> dict[str, float]:
    """`photos/ten`: share of the ten classes' photos whose class is right; `photos/ten/CLASS` for each."""
    found = readings(tower, data.pictures)
    hits: dict[str, list[bool]] = defaultdict(list)
    for row, photo in enumerate(data.photos):
        if photo.label in photos.TEN:
            chances = {field: dict(zip(READINGS[field], found[field][row].exp().tolist(), strict=True)) for field in ("type", "sleeve")}
            right = photos.ten_class(chances) == photo.label
            hits[PRIMARY].append(right)
            hits[f"{PRIMARY}/{photo.label}"].append(right)
    return {key: sum(values) / len(values) for key, values in hits.items()}


def drawn_accuracy(tower: VisionTower, data: DrawnSet, seed: int = 5) -> dict[str, float]:
    """`drawn/FIELD`: share of held-out garments on unseen backgrounds whose value is right; `drawn-clean/FIELD` on white."""
    figures = {}
    for name, clean in (("drawn", False), ("drawn-clean", True)):
        found = readings(tower, data.all_views(tower.config.image_size, seed, clean), mirror=False)
        for field in READINGS:
            labels = data.labels[field]
            known = labels != UNKNOWN
            if known.any():
                figures[f"{name}/{field}"] = float((found[field].argmax(1) == labels)[known].float().mean())
    return figures


def main() -> None:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of the tower")
    parser.add_argument("--photos", type=Path, required=True, help="folder of the labeled photos")
    parser.add_argument("--drawn", type=Path, required=True, help="folder made by python -m stylist.training.drawn")
    options = parser.parse_args()
    tower = VisionTower.from_pretrained(options.model).float().eval()
    size = tower.config.image_size
    figures = photo_accuracy(tower, PhotoSet(options.photos, size, valid=True))
    print(json.dumps({**figures, **drawn_accuracy(tower, DrawnSet(options.drawn, valid=True))}, indent=1))


if __name__ == "__main__":
    main()
