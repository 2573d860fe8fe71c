"""Which details the garments of the upper body can have, and what a spec chooses among them."""

from __future__ import annotations

from stylist.garments.parts import GarmentSpec

CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "t-shirt": {
        "neckline": ("crew", "v", "scoop", "boat", "square", "henley", "mock"),
        "pockets": ("none", "chest"),
        "shoulder": ("set-in", "raglan"),
    },
    "tank-top": {"neckline": ("scoop", "crew", "v", "square", "halter", "sweetheart"), "strap": ("wide", "spaghetti")},
    "polo": {"closure": ("half-buttons", "half-zip"), "pockets": ("none", "chest")},
    "shirt": {
        "collar": ("point", "button-down", "band", "notch"),
        "closure": ("buttons", "half-buttons"),
        "pockets": ("none", "chest", "flap"),
    },
    "blouse": {
        "neckline": ("v", "crew", "square", "off-shoulder", "boat"),
        "collar": ("none", "peter-pan", "point", "band"),
        "closure": ("none", "buttons", "half-buttons", "tie", "wrap"),
        "head": ("plain", "puff"),
    },
    "sweater": {
        "neckline": ("crew", "v", "boat", "mock", "scoop"),
        "closure": ("none", "half-zip"),
        "shoulder": ("set-in", "raglan"),
    },
    "sweatshirt": {
        "neckline": ("crew", "mock"),
        "closure": ("none", "half-zip"),
        "pockets": ("none", "kangaroo"),
        "shoulder": ("set-in", "raglan"),
    },
    "turtleneck": {"neckline": ("turtle", "mock")},
    "coat": {
        "collar": ("notch", "peak", "shawl", "funnel", "point", "peter-pan", "stand", "hood", "none"),
        "closure": ("buttons", "double-breasted", "tie"),
        "pockets": ("welt", "flap", "patch"),
    },
    "trench-coat": {},
    "puffer": {"collar": ("stand", "hood", "funnel")},
    "jacket": {
        "collar": ("point", "none", "stand", "hood"),
        "closure": ("zip", "buttons"),
        "pockets": ("flap", "patch", "welt", "chest", "none"),
    },
    "blazer": {
        "collar": ("notch", "peak", "shawl"),
        "closure": ("buttons", "double-breasted"),
        "pockets": ("flap", "patch", "welt"),
    },
    "denim-jacket": {"collar": ("point", "none")},
    "leather-jacket": {"collar": ("notch", "stand", "point")},
    "jumper": {"collar": ("stand", "hood", "point"), "closure": ("zip", "buttons")},
    "hoodie": {"closure": ("none", "zip"), "pockets": ("kangaroo", "none")},
    "cardigan": {"neckline": ("v", "crew"), "collar": ("none", "shawl"), "pockets": ("patch", "none")},
    "vest": {"closure": ("buttons", "double-breasted", "zip", "none")},
}
"""Type -> detail -> the values its outline draws in different ways; the first is the default."""


def chosen(spec: GarmentSpec, detail: str) -> str:
    """The value of a detail; the default of the type if the spec names none, or one that the type cannot have."""
    legal = CHOICES[spec.type][detail]
    value = spec.details.get(detail, legal[0])
    return value if value in legal else legal[0]
