"""Finds items by words, by a photo, or by a photo as changed by words. An exact scan over unit vectors, helped by the words that
surely name an attribute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from stylist import vocabulary as v
from stylist.catalog import normalise
from stylist.catalog.encoders import Encoders, Reading, encode_items
from stylist.catalog.items import Item
from stylist.catalog.store import Catalog
from stylist.errors import CatalogError
from stylist.names import value_name

if TYPE_CHECKING:
    from PIL import Image

WEIGHTS = {"type": 0.5, "color": 0.4, "pattern": 0.3, "material": 0.25, "gender": 0.3}
OTHER_WEIGHT = 0.12
"""What an attribute adds to a cosine when the item has it, or takes away when the item has another; unknown changes nothing."""
NEAR_COLOR = 0.6
"""Share of the color weight for another shade of the same family."""
PHOTO_SHARE = 0.6
"""How much an attribute that was read from the photo counts beside one that was said."""
_READ = ("type", "color", "pattern", "material", "sleeve", "length")
_LIKELY, _SURE = 0.1, 0.4
"""Least probability of a value of the photo that counts, and of the best one for the field to count; a type always does."""

Wanted = Mapping[str, Mapping[str, float]]


def search(
    catalog: Catalog, text: str | None = None, image: Image.Image | None = None, top_k: int = 10, encoders: Encoders | None = None
) -> list[tuple[Item, float]]:
    """The `top_k` items that fit best, with scores, best first; ties in the order of the catalogue.

    With both, the photo as changed by the text: what the text names replaces what the photo shows, the rest stays like it.
    CatalogError where neither is given.
    """
    text = (text or "").strip()
    if not text and image is None:
        raise CatalogError("search: expected a text, an image, or both")
    encoders = encoders or Encoders.named()
    said, unwanted = normalise.wishes(text)
    wanted: dict[str, dict[str, float]] = {field: dict.fromkeys(values, 1.0) for field, values in said.items()}
    scores = np.zeros(len(catalog.items))
    if image is not None:
        vectors, readings = encoders.vision.look([image])
        shown = _shown(readings[0])
        scores += _photo_scores(catalog, encoders, vectors[0], shown, said)
        for field, chances in shown.items():
            if field not in said and not (field in ("sleeve", "length") and "type" in said):
                wanted[field] = {value: PHOTO_SHARE * p for value, p in chances.items()}
    else:
        scores += _text_matrix(catalog, encoders) @ encoders.text.encode([text])[0]
    scores += attribute_scores(catalog.items, wanted)
    scores -= 2 * np.maximum(attribute_scores(catalog.items, {f: dict.fromkeys(x, 1.0) for f, x in unwanted.items()}), 0)
    best = np.argsort(-scores, kind="stable")[: max(top_k, 0)]
    return [(catalog.items[row], float(scores[row])) for row in best]


def _shown(reading: Reading) -> dict[str, dict[str, float]]:
    """What the photo shows: per field the values that are likely, with their probability."""
    likely = {field: {x: p for x, p in reading.get(field, {}).items() if p >= _LIKELY} for field in _READ}
    return {field: chances for field, chances in likely.items() if chances and (field == "type" or max(chances.values()) >= _SURE)}


def _photo_scores(
    catalog: Catalog, encoders: Encoders, vector: np.ndarray, shown: Wanted, said: Mapping[str, tuple[str, ...]]
) -> np.ndarray:
    """Cosines of the items' pictures with the photo, moved by the difference that the text makes to it."""
    before = {field: max(chances, key=lambda x: chances[x]) for field, chances in shown.items()}
    after = {**before, **{field: values[0] for field, values in said.items() if field in _READ}}
    pictures = _image_matrix(catalog, encoders)
    if pictures is None and not encoders.share_space:
        return _text_matrix(catalog, encoders) @ encoders.text.encode([_caption(after)])[0]
    target = vector
    if after != before and encoders.share_space:
        old, new = encoders.text.encode([_caption(before), _caption(after)])
        target = vector + new - old
        target = target / max(float(np.linalg.norm(target)), 1e-6)
    scores = np.zeros(len(catalog.items))
    if pictures is not None:
        scores += pictures @ target
    if encoders.share_space:
        scores = (scores + _text_matrix(catalog, encoders) @ target) / (1 + (pictures is not None))
    return scores


def _caption(values: Mapping[str, str]) -> str:
    order = ("color", "pattern", "material", "length", "sleeve", "type")
    return " ".join(value_name(f, values[f]) for f in order if f in values and values[f] != "solid") or "clothes"


def _made_by(catalog: Catalog, name: str, encoders: Encoders) -> bool:
    """True where the catalogue's vectors are of this encoder, as far as its manifest says."""
    said, ours = catalog.encoder(name), encoders.about()[name]
    return not said or (said.get("hash") == ours["hash"] and (ours["hash"] is not None or said.get("name") == ours["name"]))


def _text_matrix(catalog: Catalog, encoders: Encoders) -> np.ndarray:
    matrix = catalog.vectors("text") if _made_by(catalog, "text", encoders) else None
    return encode_items(catalog.items, encoders.text) if matrix is None else matrix


def _image_matrix(catalog: Catalog, encoders: Encoders) -> np.ndarray | None:
    """The pictures' vectors; None where the catalogue was not indexed, or with another encoder."""
    return catalog.vectors("image") if _made_by(catalog, "image", encoders) else None


def attribute_scores(items: tuple[Item, ...], wanted: Wanted) -> np.ndarray:
    """For each item the sum over fields: plus the weight of a wanted value it has, minus the weight where it has others only."""
    scores = np.zeros(len(items))
    for field, values in wanted.items():
        weight, least = WEIGHTS.get(field, OTHER_WEIGHT), -max(values.values(), default=0.0)
        for row, item in enumerate(items):
            own = item.values(field)
            if not own or (field == "gender" and "unisex" in own):
                continue
            scores[row] += weight * max((_agreement(field, x, values) for x in own), default=least)
    return scores


def _agreement(field: str, value: str, wanted: Mapping[str, float]) -> float:
    """How far one value of an item meets the wanted ones, from minus the surest of them to plus its own."""
    if value in wanted:
        return wanted[value]
    if field == "color":
        kin = [p for w, p in wanted.items() if v.FAMILY_OF_COLOR.get(w) == v.FAMILY_OF_COLOR.get(value)]
        if kin:
            return NEAR_COLOR * max(kin)
    if field == "type" and v.SLOT_OF_TYPE.get(value, value) in {v.SLOT_OF_TYPE[w] for w in wanted}:
        return -0.5 * max(wanted.values())
    return -max(wanted.values())
