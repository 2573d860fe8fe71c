"""Classes of real photos by senders that trained nothing."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

from eval.context import Context, Figures, Missing
from stylist.encoders import images
from stylist.encoders.vision import VisionEncoder
from stylist.training import photos

PRIMARY = "accuracy"
SEED = 3


def measure(context: Context) -> Figures:
    """`accuracy`: share of held-out senders' photos of the ten classes whose class is right; `accuracy/CLASS` for each,
    `mean_class` their mean. `majority` always says the commonest class of the other senders."""
    found = [photo for photo in photos.read(context.folder("clothing-photos")) if photo.label in photos.TEN]
    commonest = Counter(photo.label for photo in found if not photos.held_out(photo.sender)).most_common(1)
    held_out = [photo for photo in found if photos.held_out(photo.sender)]
    if not held_out or not commonest:
        raise Missing(f"{context.folder('clothing-photos')}: no photos of held-out senders")
    if context.quick:
        held_out = random.Random(SEED).sample(held_out, min(len(held_out), 150))
    encoder = VisionEncoder()
    right: dict[str, list[bool]] = defaultdict(list)
    for photo in context.track(held_out, "photos"):
        reading = encoder.read([images.load(photo.path)])[0]
        right[photo.label].append(photos.ten_class(reading) == photo.label)
    hits = [hit for row in right.values() for hit in row]
    by_class = {label: sum(row) / len(row) for label, row in sorted(right.items())}
    return {
        "accuracy": sum(hits) / len(hits),
        "mean_class": sum(by_class.values()) / len(by_class),
        "majority": sum(photo.label == commonest[0][0] for photo in held_out) / len(held_out),
        "n": float(len(hits)),
        "senders": float(len({photo.sender for photo in held_out})),
        "seed": SEED,
        **{f"accuracy/{label}": share for label, share in by_class.items()},
    }
