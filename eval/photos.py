"""Classes of real photos by senders that trained nothing, and colors of a shop's photos."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from eval.context import Context, Figures, Missing
from stylist import vocabulary as v
from stylist.encoders import describe, images
from stylist.encoders.vision import VisionEncoder
from stylist.training import photos

PRIMARY = "accuracy"
SEED = 3


_SHOP_COLORS = {
    **{name: name.lower() for name in ("Black", "White", "Blue", "Brown", "Grey", "Red", "Green", "Pink", "Purple", "Silver", "Yellow", "Beige", "Orange", "Gold", "Olive", "Cream", "Khaki", "Burgundy")},
    "Navy Blue": "navy", "Maroon": "burgundy", "Multi": "multicolor", "Charcoal": "grey", "Off White": "cream", "Mustard": "yellow", "Lavender": "purple",
    "Magenta": "pink", "Grey Melange": "grey", "Tan": "camel", "Turquoise Blue": "blue", "Coffee Brown": "brown", "Nude": "beige", "Skin": "beige", "Steel": "grey",
}  # fmt: skip
_SHOP_KINDS = ("Apparel", "Footwear")


def measure(context: Context) -> Figures:
    """`accuracy`: share of held-out senders' photos of the ten classes whose class is right; `accuracy/CLASS` for each,
    `mean_class` their mean. `majority` always says the commonest class of the other senders. `shop/color_family`: share of a
    shop's clothes and shoes whose color `describe` puts in the labeled family; `shop/pixels` by the pixels alone,
    `shop/head` by the tower alone."""
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
        **_shop_colors(context),
    }


def _shop_colors(context: Context) -> Figures:
    """Color families on shop photos, which trained nothing; nothing where the data is not there."""
    try:
        rows = list(_shop_photos(context.folder("shop-products")))
    except Missing:
        return {}
    chosen = random.Random(SEED).sample(rows, min(len(rows), context.size(600, 60)))
    limits = describe.thresholds()
    ways = {"color_family": limits, "pixels": replace(limits, pixels=1.0), "head": replace(limits, pixels=0.0)}
    hits = dict.fromkeys(ways, 0)
    for path, color in context.track(chosen, "shop photos"):
        seen = describe.survey(images.load(path))
        for way, limit in ways.items():
            item = describe.items_of(seen, limit)[0]
            hits[way] += v.FAMILY_OF_COLOR[item["color"]] == v.FAMILY_OF_COLOR[color]
    return {**{f"shop/{way}": count / len(chosen) for way, count in hits.items()}, "n_shop": float(len(chosen))}


def _shop_photos(folder: Path) -> Iterator[tuple[Path, str]]:
    table = folder / "products.csv"
    if not table.is_file():
        raise Missing(f"{table}: no such file")
    with table.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            path = folder / "images" / f"{row['id']}.jpg"
            if row["masterCategory"] in _SHOP_KINDS and row["baseColour"] in _SHOP_COLORS and path.is_file():
                yield path, _SHOP_COLORS[row["baseColour"]]
