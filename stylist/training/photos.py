"""Real photos with noisy class labels (the CC0 clothing dataset): reads, splits by sender, maps classes to the vocabulary."""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass
from pathlib import Path

from stylist import vocabulary as v
from stylist.errors import StylistError

_OUTER = ("coat", "trench-coat", "puffer", "jacket", "denim-jacket", "leather-jacket", "jumper", "vest", "cardigan")
_LONG = ("t-shirt", "sweater", "sweatshirt", "turtleneck", "polo")  # no cardigan: what two classes share draws both to itself

CLASSES: dict[str, dict[str, tuple[str, ...]]] = {
    "T-Shirt": {"type": ("t-shirt",), "sleeve": ("short",)},
    "Longsleeve": {"type": _LONG, "sleeve": ("long",)},
    "Shirt": {"type": ("shirt",)},
    "Polo": {"type": ("polo",)},
    "Blouse": {"type": ("blouse",)},
    "Top": {"type": ("tank-top", "blouse", "t-shirt")},
    "Undershirt": {"type": ("tank-top",), "sleeve": ("sleeveless",)},
    "Hoodie": {"type": ("hoodie",), "sleeve": ("long",)},
    "Outwear": {"type": _OUTER},
    "Blazer": {"type": ("blazer",), "sleeve": ("long",)},
    "Pants": {"type": ("jeans", "trousers", "chinos", "joggers", "leggings")},
    "Shorts": {"type": ("shorts",)},
    "Skirt": {"type": ("skirt",)},
    "Dress": {"type": ("dress",)},
    "Shoes": {"type": v.TYPES_BY_SLOT["shoes"]},
    "Hat": {"type": ("hat", "beanie")},
}
"""Label of the dataset -> the vocabulary values it leaves possible; other labels (Not sure, Other, Skip, Body) say too little."""

TEN: tuple[str, ...] = ("T-Shirt", "Longsleeve", "Shirt", "Outwear", "Pants", "Shorts", "Skirt", "Dress", "Shoes", "Hat")
"""The ten classes that photo accuracy is measured on."""


@dataclass(frozen=True)
class Photo:
    """A labeled photo; `values` are the possible vocabulary values per field."""

    path: Path
    sender: str
    label: str
    values: dict[str, tuple[str, ...]]


def held_out(sender: str) -> bool:
    """True for the fifth of senders whose photos only validate."""
    return zlib.crc32(f"sender {sender}".encode()) % 5 == 0


def read(folder: Path) -> list[Photo]:
    """The usable photos of a folder with `labels.csv` and `images/`; StylistError where it is not one."""
    table = folder / "labels.csv"
    if not table.is_file():
        raise StylistError(f"{table}: no such file; expected the clothing dataset's labels with columns image,sender_id,label")
    photos = []
    with table.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            path = folder / "images" / f"{row['image']}.jpg"
            if row["label"] in CLASSES and path.is_file():
                photos.append(Photo(path, row["sender_id"], row["label"], CLASSES[row["label"]]))
    return photos


def ten_class(readings: dict[str, dict[str, float]]) -> str:
    """The one of TEN that the tower's probabilities favor: types of a class summed, long sleeves told from short ones."""
    types, sleeves = readings["type"], readings["sleeve"]
    long = sleeves["long"] + 0.5 * sleeves["three-quarter"]
    scores = {
        "T-Shirt": (types["t-shirt"] + types["polo"]) * (1 - long) + types["tank-top"],
        "Longsleeve": (types["t-shirt"] + types["polo"]) * long + sum(types[t] for t in ("sweater", "sweatshirt", "turtleneck", "hoodie")),
        "Shirt": types["shirt"] + types["blouse"],
        "Outwear": sum(types[t] for t in (*_OUTER, "blazer")),
        "Pants": sum(types[t] for t in CLASSES["Pants"]["type"]),
        "Shorts": types["shorts"],
        "Skirt": types["skirt"],
        "Dress": types["dress"] + types["jumpsuit"],
        "Shoes": sum(types[t] for t in v.TYPES_BY_SLOT["shoes"]),
        "Hat": types["hat"] + types["beanie"],
    }
    return max(scores, key=lambda name: scores[name])
