"""A shop's products as outfits name them, and their vectors: text, picture and color histogram, kept so that each is made once."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save
from tqdm import tqdm

from stylist import vocabulary as v
from stylist.catalog import pictures, readers
from stylist.catalog.encoders import Encoders, encode_items, identity, item_text
from stylist.catalog.items import Item
from stylist.catalog.rows import columns_of
from stylist.catalog.store import file_hash, write_atomically
from stylist.catalog.table import read_csv, read_records
from stylist.errors import ImageError
from stylist.ranking.palette import COLORS, palette

if TYPE_CHECKING:
    from PIL import Image

    from stylist.encoders.tower import VisionTower

CACHE = "vectors.safetensors"
PICTURES_AT_ONCE = 32
SAVE_EVERY = 1024
BINS = 4
"""Of each of red, green and blue in a picture's histogram."""


@dataclass
class Products:
    """The items of a table in its order, and where their pictures lie."""

    items: list[Item]
    folder: Path
    row: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.row = {item.id: row for row, item in enumerate(self.items)}

    def only(self, ids: set[str]) -> Products:
        """Those of some ids, in the same order."""
        return Products([item for item in self.items if item.id in ids], self.folder)

    def picture(self, item: Item) -> Path | None:
        return pictures.find(self.folder, item.image, item.id)


def read_products(path: Path) -> Products:
    """Every item of a table, of those too whose type `stylist index` would not take: outfits name them all the same.

    What they are stands in `extra`; for the rules they are accessories. CatalogError as for `stylist index`.
    """
    items, report = readers.read(path)
    items += [Item(**u.fields, slot=u.slot or "accessory", type=u.slot or "accessory") for u in report.undecided]
    source = path / "items.jsonl" if path.is_dir() and report.format != "fascode" else path
    if report.skipped and report.format in ("csv", "jsonl"):
        table = read_csv(source) if report.format == "csv" else read_records(source)
        columns, known = columns_of(table), {item.id for item in items}
        for line in table.rows:
            cell = {name: next((line.cells[c] for c in columns.get(name, ()) if c in line.cells), "") for name in ("id", "title", "type", "color", "image")}
            if cell["id"] not in known:
                color = cell["color"] if cell["color"] in v.COLORS else None
                extra = {"type": cell["type"] or cell["title"]}
                items.append(Item(id=cell["id"], slot="accessory", type="accessory", title=cell["title"], color=color, image=cell["image"] or None, extra=extra))
    return Products(items, source if source.is_dir() else source.parent)


class VectorCache:
    """Vectors by what they were made from, in one file: a table that grew costs only its new rows."""

    def __init__(self, path: Path | None, encoders: Mapping[str, Any]) -> None:
        self.path, self.encoders = path, json.dumps(encoders, sort_keys=True)
        self.known: dict[str, dict[str, np.ndarray]] = {}
        if path is not None and path.is_file():
            try:
                with safe_open(path, framework="np") as file:
                    about = file.metadata() or {}
                    if about.get("encoders") == self.encoders:
                        for kind, keys in json.loads(about["keys"]).items():
                            self.known[kind] = dict(zip(keys, file.get_tensor(kind).astype(np.float32), strict=True))
            except (SafetensorError, OSError, KeyError, ValueError):
                self.known = {}  # made anew

    def save(self) -> None:
        """Writes what is known; where the folder takes no files, goes without."""
        if self.path is None:
            return
        about = {"encoders": self.encoders, "keys": json.dumps({kind: list(rows) for kind, rows in self.known.items()})}
        tensors = {kind: np.stack(list(rows.values())).astype(np.float16) for kind, rows in self.known.items() if rows}
        try:
            write_atomically(self.path, save(tensors, about))
        except OSError as fault:
            tell(f"{self.path}: vectors not kept: {fault.strerror}")

    def gather(self, kind: str, keys: Sequence[str | None]) -> np.ndarray | None:
        """(keys, dim) float32, zeros where a key is not known; None where none is."""
        rows = [self.known.get(kind, {}).get(key) if key else None for key in keys]
        size = next((len(row) for row in rows if row is not None), 0)
        return np.stack([np.zeros(size, np.float32) if row is None else row for row in rows]) if size else None


def vectors_of(products: Products, encoders: Encoders | None, text: bool, image: bool, run: Path | None) -> dict[str, np.ndarray]:
    """Kind -> (items, dim): `text` and a picture's vectors where asked for, `histogram`, `colors` and `outline` where there are
    pictures. The bundled tower's vectors are `pooled` and `texture`, of other encoders it is `image`."""
    about = {"text": identity(encoders.text.name) if encoders and text else None, "image": identity(encoders.vision.name) if encoders and image else None}
    cache = VectorCache(run / CACHE if run else None, about)
    keys: dict[str, list[str | None]] = {}
    if encoders and text:
        keys["text"] = [hashlib.sha256(item_text(item).encode()).hexdigest()[:24] for item in products.items]
        known = cache.known.setdefault("text", {})
        new = {key: item for key, item in zip(keys["text"], products.items, strict=True) if key not in known}
        if new:
            known.update(zip(map(str, new), encode_items(list(new.values()), encoders.text), strict=True))
            cache.save()
    found = [products.picture(item) for item in products.items]
    pictured = [file_hash(path)[:24] if path else None for path in found]
    places = {key: path for key, path in zip(pictured, found, strict=True) if key and path}
    tower = _tower(encoders) if encoders and image else None
    kinds: tuple[str, ...] = ("histogram", "colors", "outline")
    kinds += ("pooled", "texture") if tower else ("image",) if encoders and image else ()
    keys |= dict.fromkeys(kinds, pictured)
    _look(places, cache, kinds, encoders, tower)
    gathered = {kind: cache.gather(kind, keys[kind]) for kind in keys if kind in (*kinds, "text")}
    return {kind: matrix for kind, matrix in gathered.items() if matrix is not None}


def _tower(encoders: Encoders) -> VisionTower | None:
    """The network of a vision encoder of our kind. What its vector is projected from, 1,280 numbers, tells garments apart better."""
    from stylist.encoders.tower import VisionTower
    from stylist.encoders.vision import VisionEncoder

    found = getattr(encoders.vision.backend, "tower", None) if isinstance(encoders.vision, VisionEncoder) else None
    return found if isinstance(found, VisionTower) else None


def _pooled(tower: VisionTower, loaded: Sequence[Image.Image]) -> np.ndarray:
    """(pictures, pooled_size) float32."""
    import torch

    from stylist.encoders.images import letterbox

    squares = np.stack([np.asarray(letterbox(picture, tower.config.image_size), np.float32) for picture in loaded])
    with torch.inference_mode():
        pixels = (torch.from_numpy(squares).permute(0, 3, 1, 2) / 255 - 0.5) / 0.25
        return np.asarray(tower(pixels).pooler_output.numpy(), np.float32)


def _look(places: Mapping[str, Path], cache: VectorCache, kinds: Sequence[str], encoders: Encoders | None, tower: VisionTower | None) -> None:
    """Histograms, palettes and the encoder's vectors of pictures that the cache does not know."""
    from stylist.encoders.images import load

    new = [key for key in places if any(key not in cache.known.get(kind, {}) for kind in kinds)]
    bar = tqdm(total=len(new), desc="pictures", file=sys.stderr, leave=False, disable=None)
    for start in range(0, len(new), PICTURES_AT_ONCE):
        loaded = []
        for key in new[start : start + PICTURES_AT_ONCE]:
            try:
                loaded.append((key, load(places[key])))
            except ImageError as fault:
                tell(str(fault))
        for key, picture in loaded:
            cache.known.setdefault("histogram", {})[key] = histogram(np.asarray(picture.resize((48, 48)), np.float32))
            numbers = palette(picture)
            cache.known.setdefault("colors", {})[key] = numbers[:COLORS]
            cache.known.setdefault("outline", {})[key] = numbers[COLORS:]
        names = [key for key, _ in loaded]
        if loaded and tower:
            from stylist.ranking.harmony_texture import textures

            shown = [picture for _, picture in loaded]
            cache.known.setdefault("pooled", {}).update(zip(names, _pooled(tower, shown), strict=True))
            cache.known.setdefault("texture", {}).update(zip(names, textures(tower, shown), strict=True))
        elif loaded and encoders and "image" in kinds:
            rows, _ = encoders.vision.look([picture for _, picture in loaded])
            cache.known.setdefault("image", {}).update(zip(names, rows, strict=True))
        bar.update(PICTURES_AT_ONCE)
        if start // SAVE_EVERY != (start + PICTURES_AT_ONCE) // SAVE_EVERY or start + PICTURES_AT_ONCE >= len(new):
            cache.save()
    bar.close()


def histogram(pixels: np.ndarray) -> np.ndarray:
    """Unit vector (BINS ** 3,) of roots of the shares of RGB bins over a picture (height, width, 3) in 0..255, without what looks
    like its border; the product of two is the Bhattacharyya coefficient."""
    border = np.median(np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]), axis=0)
    garment = pixels[np.abs(pixels - border).max(axis=-1) > 24]
    chosen = garment if len(garment) > 0.02 * pixels.shape[0] * pixels.shape[1] else pixels.reshape(-1, 3)
    bins = np.minimum(chosen / (256 / BINS), BINS - 1).astype(int)
    counts = np.bincount(bins @ np.array([BINS * BINS, BINS, 1]), minlength=BINS**3)
    return np.sqrt(counts / counts.sum()).astype(np.float32)


def tell(line: str) -> None:
    """A line of progress on standard error."""
    print(line, file=sys.stderr, flush=True)
