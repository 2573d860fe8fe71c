"""Tunes what stands beside a trained tower: temperatures of its readings, and the thresholds of `describe`.

    python -m stylist.training.calibrate --model assets/vision --photos DIR --drawn DIR

Uses held-out senders' photos and held-out drawn garments only; pictures of several garments are laid out from the latter.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from stylist import vocabulary as v
from stylist.encoders import describe, images
from stylist.encoders.tower import READINGS, VisionTower
from stylist.encoders.vision import CALIBRATION, VisionEncoder
from stylist.garments.backgrounds import paste
from stylist.training.vision_data import UNKNOWN, DrawnSet, PhotoSet
from stylist.training.vision_evaluation import drawn_accuracy, photo_accuracy, readings

PRIOR = {"pattern": {"solid": 3.0, "dotted": 0.3}}
"""How much commoner a value is in people's photos than among the drawn garments, from 60 held-out photos labeled by eye."""

_LAYOUTS = (("top", "bottom"), ("top", "bottom", "shoes"), ("outer", "bottom", "shoes"), ("top", "shoes"), ("bottom", "bag"))
_SINGLE_WORTH = 3.0  # a photo of one garment taken for several is worse than a garment missed among several


def temperature(log_chances: Tensor, possible: Tensor) -> float:
    """The number that log-probabilities (n, values) are best divided by; `possible` (n, values) marks what may be true."""

    def loss(by: float) -> float:
        return -float((log_chances / by).log_softmax(1).masked_fill(~possible, -1e4).logsumexp(1).mean())

    return round(float(min(np.geomspace(0.5, 3.0, 40), key=loss)), 3)


def temperatures(tower: VisionTower, photos: PhotoSet, drawn: DrawnSet) -> dict[str, float]:
    """Field -> temperature: the type's from real photos, the others' from drawn garments on backgrounds."""
    found = {"type": temperature(readings(tower, photos.pictures)["type"], photos.possible["type"])}
    seen = readings(tower, drawn.all_views(tower.config.image_size, 6, False))
    for field in READINGS:
        labels = drawn.labels[field]
        known = labels != UNKNOWN
        if field != "type" and known.any():
            found[field] = temperature(seen[field][known], torch.nn.functional.one_hot(labels[known], len(READINGS[field])).bool())
    return found


def outfit_picture(drawn: DrawnSet, rng: random.Random, size: int = 384) -> tuple[Image.Image, tuple[str, ...]]:
    """A flat lay of several held-out garments, and their slots."""
    slots = rng.choice(_LAYOUTS)
    canvas = Image.new("RGBA", (size, size))
    side = round(size * (0.56 if len(slots) == 2 else 0.48))
    for number, slot in enumerate(slots):
        rows = [i for i, g in enumerate(drawn.garments) if v.SLOT_OF_TYPE[g.spec.type] == slot and g.spec.type not in v.COVERS_TOP]
        cutout = Image.fromarray(drawn.cutouts[rng.choice(rows)], "RGBA").resize((side, side), Image.Resampling.BICUBIC)
        x = (number % 2) * (size - side) if len(slots) > 2 or rng.random() < 0.5 else (size - side) // 2
        y = round(number * (size - side) / (len(slots) - 1))
        canvas.alpha_composite(cutout, (x, y))
    return paste(canvas, rng, size), slots


def tune(encoder: VisionEncoder, photos: PhotoSet, drawn: DrawnSet, count: int, seed: int = 9) -> tuple[describe.Thresholds, dict[str, float]]:
    """The thresholds that keep single garments single and find most garments of flat lays, and how well they do."""
    rng = random.Random(seed)
    singles = [describe.survey(images.load(p.path), encoder) for p in rng.sample(photos.photos, min(count, len(photos.photos)))]
    outfits = []
    for _ in range(count):
        picture, slots = outfit_picture(drawn, rng)
        outfits.append((describe.survey(picture, encoder), slots))

    def measure(limits: describe.Thresholds) -> dict[str, float]:
        one = sum(len(describe.choose(s, limits)) == 1 for s in singles) / len(singles)
        found = [({part.slot for part in describe.choose(s, limits)}, set(slots)) for s, slots in outfits]
        hit = sum(len(a & b) for a, b in found)
        return {"single": one, "recall": hit / sum(len(b) for _, b in found), "precision": hit / max(1, sum(len(a) for a, _ in found))}

    best, score = describe.Thresholds(), -1.0
    for piece, band, single in itertools.product((0.3, 0.4, 0.5, 0.6, 0.7), (0.6, 0.7, 0.8, 0.9, 0.97, 1.1), (0.5, 0.65, 0.8, 0.9, 1.1)):
        limits = replace(best, piece=piece, band=band, single=single)
        figures = measure(limits)
        worth = _SINGLE_WORTH * min(figures["single"], 0.97) + figures["recall"] + 0.5 * figures["precision"]
        if worth > score:
            best, score = limits, worth
    return best, {f"describe/{name}": value for name, value in measure(best).items()}


def main() -> None:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of the tower; calibration and thresholds are written there")
    parser.add_argument("--photos", type=Path, required=True, help="folder of the labeled photos")
    parser.add_argument("--drawn", type=Path, required=True, help="folder made by python -m stylist.training.drawn")
    parser.add_argument("--count", type=int, default=150, help="photos, and flat lays, that the thresholds are tuned on")
    options = parser.parse_args()
    tower = VisionTower.from_pretrained(options.model).float().eval()
    photos, drawn = PhotoSet(options.photos, tower.config.image_size, valid=True), DrawnSet(options.drawn, valid=True)
    found = temperatures(tower, photos, drawn)
    known = {"temperature": found, "prior": PRIOR}
    (options.model / CALIBRATION).write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    limits, figures = tune(VisionEncoder(options.model), photos, drawn, options.count)
    describe.write_thresholds(options.model, limits)
    figures |= {**photo_accuracy(tower, photos), **drawn_accuracy(tower, drawn)}
    print(json.dumps({"temperatures": found, "thresholds": limits.__dict__, "figures": figures}, indent=1))


if __name__ == "__main__":
    main()
