"""Which items the bundled catalogue holds: their attributes, prices, words and what is to be drawn. Knows nothing of drawing.

The models and their colorways stand in `data/*.yaml`. The seed varies prices, wording and the seeds of the drawings; which
garments exist, and their attributes, do not depend on it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.errors import CatalogError
from stylist.garments.parts import GarmentSpec
from stylist.garments.pricing import shop_price
from stylist.garments.wording import describe, entitle

DATA = Path(__file__).parent / "data"
FILES = ("outer", "tops", "bottoms", "shoes", "bags", "accessories")
_MAX_OCCASIONS = 6
_MAX_STYLES = 3
_METALS = ("gold", "silver")
_CUT_FIELDS = ("gender", "formality", "fit", "sleeve", "length")
_USE_FIELDS = ("season", "occasion", "style")


@dataclass(frozen=True)
class Look:
    """A colorway of a model. `price` is given only where it differs from what the model's price and the material say."""

    color: str
    pattern: str
    material: str | None
    price: float | None


@dataclass(frozen=True)
class Model:
    """One cut, offered in several colorways. `attributes` are the fields that all of them share; `drawn` is the fabric of its
    picture where that is not its material, as for imitation leather."""

    type: str
    name: str
    attributes: dict[str, Any]
    material: str | None
    details: dict[str, str]
    price: float
    looks: tuple[Look, ...]
    says: tuple[str, ...]
    drawn: str | None = None


def _sorted_words(text: str, fields: tuple[str, ...], where: str) -> dict[str, list[str]]:
    """The words of `text` by the first of `fields` whose vocabulary holds them."""
    found: dict[str, list[str]] = {field: [] for field in fields}
    for word in text.split():
        field = next((f for f in fields if word in v.VALUES[f]), None)
        if field is None:
            raise CatalogError(f"{where}: {word!r} is no value of {', '.join(fields)}")
        found[field].append(word)
    return found


def _look(text: str, material: str | None, where: str) -> Look:
    color, pattern, fabric, price = None, "solid", material, None
    for word in text.split():
        if word in v.COLORS and color is None:
            color = word
        elif word in v.PATTERNS:
            pattern = word
        elif word in v.MATERIALS:
            fabric = word
        elif word.replace(".", "", 1).isdigit():
            price = float(word)
        else:
            raise CatalogError(f"{where}: looks: {word!r} is no color, pattern, material or price")
    if color is None:
        raise CatalogError(f"{where}: looks: {text!r} names no color")
    return Look(color, pattern, fabric, price)


def _model(type_: str, data: dict[str, Any], where: str) -> Model:
    where = f"{where}: {type_}: {data.get('name', 'a model without a name')}"
    missing = {"name", "is", "when", "material", "details", "price", "looks", "says"} - set(data)
    if missing:
        raise CatalogError(f"{where}: lacks {', '.join(sorted(missing))}")
    cut = _sorted_words(data["is"], _CUT_FIELDS, where)
    seasons = v.SEASONS if "all" in data["when"].split() else ()
    use = _sorted_words(" ".join(w for w in data["when"].split() if w != "all"), _USE_FIELDS, where)
    attributes: dict[str, Any] = {field: (cut[field] or [None])[0] for field in _CUT_FIELDS}
    attributes |= {
        "season": tuple(s for s in v.SEASONS if s in (seasons or use["season"])),
        "occasion": tuple(use["occasion"]),
        "style": tuple(use["style"][:_MAX_STYLES]),
    }
    for field in ("gender", "formality", "season", "occasion", "style"):
        if not attributes[field]:
            raise CatalogError(f"{where}: names no {field}")
    material = None if data["material"] == "none" else data["material"]
    return Model(
        type=type_,
        name=data["name"],
        attributes=attributes,
        material=material,
        details=dict(pair.split("=") for pair in data["details"].split()),
        price=float(data["price"]),
        looks=tuple(_look(text, material, where) for text in data["looks"].split(",")),
        says=tuple(s.strip() for s in data["says"].split(" | ")),
        drawn=data.get("drawn"),
    )


@cache
def tables() -> dict[str, Any]:
    """The data files by name, as parsed; CatalogError names the file that cannot be read."""
    result = {}
    for name in (*FILES, "materials", "wording"):
        path = DATA / f"{name}.yaml"
        try:
            result[name] = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as fault:
            raise CatalogError(f"{path}: not readable as YAML: {str(fault).splitlines()[0]}") from None
    return result


def models() -> Iterator[Model]:
    """Every model of the data files, in the order of the files."""
    for name in FILES:
        for type_, entry in tables()[name].items():
            if type_ not in v.TYPES:
                raise CatalogError(f"{DATA / name}.yaml: {type_!r} is no type of the vocabulary")
            for data in entry["models"]:
                yield _model(type_, data, f"{name}.yaml")


def _seasons(model: Model, look: Look) -> tuple[str, ...]:
    """The model's seasons; those the material also suits where it is not the model's usual one."""
    seasons: tuple[str, ...] = model.attributes["season"]
    if look.material is None or look.material == model.material:
        return seasons
    suited = tables()["materials"][look.material]["seasons"].split()
    return tuple(s for s in seasons if s in suited) or seasons


def _occasions(model: Model, look: Look) -> tuple[str, ...]:
    """The model's occasions that color and pattern allow, two to six of them."""
    rules = tables()["wording"]

    def allowed(occasion: str) -> bool:
        if look.color not in rules["occasion_colors"].get(occasion, v.COLORS):
            return False
        if look.pattern not in rules["occasion_patterns"].get(occasion, v.PATTERNS):
            return False
        brides = rules["wedding_guest_not"]
        return not (occasion == "wedding-guest" and model.type in brides["types"] and look.color in brides["colors"])

    kept = [o for o in model.attributes["occasion"] if allowed(o)]
    kept += [o for o in rules["fallback_occasions"] if o not in kept][: max(0, 2 - len(kept))]
    if len(kept) > _MAX_OCCASIONS and "funeral" in kept:  # the rarest use must not be the one cut off
        kept.remove("funeral")
        kept.insert(0, "funeral")
    return tuple(kept[:_MAX_OCCASIONS])


def collection(seed: int) -> list[tuple[Item, GarmentSpec]]:
    """The whole catalogue, in a fixed order; equal seeds give equal items, images named `images/<id>.webp`."""
    result: list[tuple[Item, GarmentSpec]] = []
    count: dict[str, int] = {}
    for model in models():
        for look in model.looks:
            count[model.type] = count.get(model.type, 0) + 1
            identity = f"{model.type}-{count[model.type]:03d}"
            rng = random.Random(f"{seed}:{identity}")
            material = look.material
            fields = model.attributes | {"season": _seasons(model, look), "occasion": _occasions(model, look)}
            spec = GarmentSpec(
                type=model.type,
                color=look.color,
                pattern=look.pattern,
                material=_drawn(model, look),
                fit=fields["fit"] or "regular",
                sleeve=fields["sleeve"],
                length=fields["length"],
                gender=fields["gender"],
                details=_details(model, look),
                seed=rng.randrange(2**31),
            )
            item = Item(
                id=identity,
                slot=v.SLOT_OF_TYPE[model.type],
                type=model.type,
                color=look.color,
                pattern=look.pattern,
                material=material,
                price=shop_price(look.price or model.price * _dearer(look.material, model.material), rng),
                title=entitle(model.type, model.name, look.color, look.pattern, material, tables(), rng),
                description=describe(model.type, model.says, fields["formality"], material, tables(), rng),
                image=f"images/{identity}.webp",
                **fields,
            )
            result.append((item, spec))
    return result


def _details(model: Model, look: Look) -> dict[str, str]:
    """The model's details; a gold or silver piece has hardware of that metal."""
    if look.color in _METALS and "hardware" in model.details:
        return model.details | {"hardware": look.color}
    return model.details


def _drawn(model: Model, look: Look) -> str:
    """The fabric to draw: imitations look like what they imitate."""
    if model.drawn is not None:
        return model.drawn
    if look.material == "synthetic" and model.material == "leather":
        return "leather"
    return look.material or "synthetic"


def _dearer(material: str | None, usual: str | None) -> float:
    """How much dearer than in its usual material a model is."""
    fabrics = tables()["materials"]
    if material is None or usual is None:
        return 1.0
    return float(fabrics[material]["price"]) / float(fabrics[usual]["price"])
