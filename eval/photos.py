"""Classes of real photos by senders that trained nothing, and colors of photos: a shop's, and people's as named by eye."""

from __future__ import annotations

import csv
import random
import zlib
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
    shop's clothes and shoes whose color `describe` puts in the labeled family, `shop/clean` of those among them that nobody
    looked at while the method was made; `shop/pixels` by the pixels alone, `shop/head` by the tower alone. `color/family`: share of
    photos (the `test` rows of `color_labels.csv` in the data folder, which is no part of the project) whose family is one that
    their label names, `color/first` its first, `color/certain` among those whose label names one family alone."""
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
        **_eye_colors(context),
        **_shop_colors(context),
    }


def _eye_colors(context: Context) -> Figures:
    """Color families on people's photos against labels by eye; nothing where there are none."""
    table = (context.data or Path()) / "color_labels.csv"
    if context.data is None or not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["part"] == "test"]
    hits: dict[str, list[bool]] = defaultdict(list)
    for row in context.track(rows[: context.size(len(rows), 40)], "named photos"):
        picture = images.load(context.folder("clothing-photos") / "images" / row["image"])
        found = v.FAMILY_OF_COLOR[describe.describe(picture)[0]["color"]]
        families = list(dict.fromkeys(v.FAMILY_OF_COLOR[color] for color in row["color"].split("|")))
        hits["color/family"].append(found in families)
        hits["color/first"].append(found == families[0])
        if len(families) == 1:
            hits["color/certain"].append(found == families[0])
    return {**{name: sum(found) / len(found) for name, found in hits.items()}, "n_color": float(len(hits["color/family"]))}


def _shop_colors(context: Context) -> Figures:
    """Color families on shop photos, which trained nothing; nothing where the data is not there."""
    try:
        rows = list(_shop_photos(context.folder("shop-products")))
    except Missing:
        return {}
    chosen = random.Random(SEED).sample(rows, min(len(rows), context.size(600, 60)))
    limits = describe.thresholds()
    ways = {"color_family": limits, "pixels": replace(limits, pixels=1.0), "head": replace(limits, pixels=0.0)}
    hits: dict[str, list[bool]] = defaultdict(list)
    for path, color in context.track(chosen, "shop photos"):
        seen = describe.survey(images.load(path))
        for way, limit in ways.items():
            item = describe.items_of(seen, limit)[0]
            hits[way].append(v.FAMILY_OF_COLOR[item["color"]] == v.FAMILY_OF_COLOR[color])
    clean = [hit for hit, (path, _) in zip(hits["color_family"], chosen, strict=True) if not _looked_at(path.stem)]
    return {
        **{f"shop/{way}": sum(row) / len(row) for way, row in hits.items()},
        "shop/clean": sum(clean) / max(1, len(clean)),
        "n_shop": float(len(chosen)),
        "n_shop_clean": float(len(clean)),
    }


def _looked_at(product: str) -> bool:
    """Whether a product is of the half that the color method was developed on."""
    return zlib.crc32(f"shop {product}".encode()) % 2 == 0


def _shop_photos(folder: Path) -> Iterator[tuple[Path, str]]:
    table = folder / "products.csv"
    if not table.is_file():
        raise Missing(f"{table}: no such file")
    with table.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            path = folder / "images" / f"{row['id']}.jpg"
            if row["masterCategory"] in _SHOP_KINDS and row["baseColour"] in _SHOP_COLORS and path.is_file():
                yield path, _SHOP_COLORS[row["baseColour"]]
