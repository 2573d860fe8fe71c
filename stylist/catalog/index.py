"""Makes a catalogue from a table: reads it, checks the pictures, fills what a picture surely shows, computes vectors, and swaps the
finished folder in. A second run does again only what changed; the manifest remembers a hash of every row and picture."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from stylist import vocabulary as v
from stylist.catalog import pictures, readers
from stylist.catalog.encoders import Encoders, Reading, encode_items, item_text
from stylist.catalog.gaps import gaps
from stylist.catalog.items import Item
from stylist.catalog.report import ReadReport, Undecided, in_order
from stylist.catalog.store import (
    IMAGES,
    ITEMS,
    MANIFEST,
    VECTORS,
    Catalog,
    file_hash,
    item_line,
    replacing,
    write_index,
)
from stylist.errors import CatalogError, ImageError

CONFIDENT = {"type": 0.85, "color": 0.75, "pattern": 0.8}
"""Field -> the probability from which a picture fills it where the table says nothing."""
BATCH = 32
README = "README.md"
_OURS = {ITEMS, IMAGES, MANIFEST, VECTORS, README}


@dataclass
class _Entry:
    """An item in the making. `fields` are as the table has them; a type may lack until the picture was seen."""

    fields: dict[str, Any]
    undecided: Undecided | None = None
    row_hash: str = ""
    picture: Path | None = None
    picture_hash: str | None = None
    item: Item | None = None
    vector: np.ndarray | None = None

    def __post_init__(self) -> None:
        row = json.dumps(self.fields, sort_keys=True, default=list, ensure_ascii=False)
        self.row_hash = hashlib.sha256(row.encode()).hexdigest()[:16]

    @property
    def id(self) -> str:
        return str(self.fields["id"])


@dataclass
class _Before:
    """The catalogue that is brought up to date, as far as its vectors are still of use."""

    catalog: Catalog | None = None
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    images: np.ndarray | None = None
    texts: dict[str, np.ndarray] = field(default_factory=dict)


def build(source: str | Path, out: str | Path, format: str = "auto", encoders: Encoders | None = None) -> dict[str, Any]:
    """Reads `source` (see `readers.read`) into the catalogue folder `out` and returns the counts that `stylist index` prints.

    CatalogError names what is wrong with the table or the target. On any failure, an interrupt too, `out` stays as it was.
    """
    source, out = Path(source), Path(out)
    _check_target(out)
    encoders = encoders or Encoders.named()
    items, report = readers.read(source, format, settle=False)
    base = source if source.is_dir() else source.parent
    before = _before(out, encoders)
    entries = in_order([_Entry(item.model_dump()) for item in items], [(u.before, _Entry({**u.fields}, u)) for u in report.undecided])
    bad: list[str] = []
    with replacing(out) as fresh:
        (fresh / IMAGES).mkdir()
        if (out / README).is_file():
            shutil.copyfile(out / README, fresh / README)
        _take_pictures(entries, base, fresh, before, encoders, bad)
        kept = [entry for entry in entries if entry.item is not None]
        if not kept:
            raise CatalogError(f"{source}: the type of no item can be told; {report.first_reason()}")
        finished = [entry.item for entry in kept if entry.item is not None]
        (fresh / ITEMS).write_text("".join(map(item_line, finished)), encoding="utf-8")
        matrices = {"text": _text_vectors(finished, before, encoders), "image": _image_vectors(kept)}
        matrices = {name: matrix for name, matrix in matrices.items() if matrix.shape[1]}
        sources = {entry.id: {"row": entry.row_hash, "picture": entry.picture_hash, "type": _type_of(entry)} for entry in kept}
        write_index(fresh, finished, matrices, encoders.about(), {"source": source.name, "sources": sources})
    return _counts(report, before, entries, sources, out, bad)


def _check_target(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise CatalogError(f"{out}: expected a folder to write to, found a file")
    names = {p.name for p in out.iterdir()}
    if names and (ITEMS not in names or names - _OURS):
        other = sorted(names - _OURS) or sorted(names)
        raise CatalogError(f"{out}: holds other things ({', '.join(other[:3])}); expected an empty or new folder, or a catalogue")


def _before(out: Path, encoders: Encoders) -> _Before:
    """What of an earlier catalogue can be used again; nothing where it was made with other encoders."""
    if not (out / ITEMS).is_file():
        return _Before()
    try:
        catalog = Catalog.load(out)
    except CatalogError:
        return _Before()  # a broken catalogue is made anew
    about, sources = encoders.about(), catalog.manifest.get("sources", {})
    texts = catalog.vectors("text") if catalog.encoder("text") == about["text"] else None
    images = catalog.vectors("image") if catalog.encoder("image") == about["image"] else None
    by_text = {} if texts is None else {item_text(item): texts[row] for row, item in enumerate(catalog.items)}
    return _Before(catalog, sources, images, by_text)


def _take_pictures(entries: list[_Entry], base: Path, fresh: Path, before: _Before, encoders: Encoders, bad: list[str]) -> None:
    """Finds, checks and stores the pictures, and settles every entry's item and picture vector."""
    taken: set[str] = set()
    pending: list[tuple[_Entry, Any]] = []
    for entry in _progress(entries, "pictures"):
        entry.picture = pictures.find(base, entry.fields.get("image"), entry.id)
        if entry.picture is None:
            if entry.fields.get("image"):
                bad.append(f"item {entry.id}: no picture {entry.fields['image']}")
            _settle(entry, None, None)
            continue
        entry.picture_hash = file_hash(entry.picture)
        if _reuse(entry, fresh, before, taken):
            continue
        try:
            stored = pictures.check(entry.picture)
        except ImageError as error:
            bad.append(f"item {entry.id}: {error}")
            entry.picture_hash = None
            _settle(entry, None, None)
            continue
        name = pictures.file_name(entry.id, stored.ending, taken)
        entry.fields["image"], entry.picture = pictures.store(fresh, name, stored.data), fresh / IMAGES / name
        pending.append((entry, stored.image))
        if len(pending) == BATCH:
            _look(pending, encoders)
    _look(pending, encoders)


def _reuse(entry: _Entry, fresh: Path, before: _Before, taken: set[str]) -> bool:
    """Takes item and vector over from the earlier catalogue where neither row nor picture changed."""
    said = before.sources.get(entry.id)
    if said is None or before.catalog is None or before.images is None or entry.id not in before.catalog:
        return False
    if said["picture"] != entry.picture_hash or said["row"] != entry.row_hash:
        return False
    item = before.catalog.by_id(entry.id)
    old = before.catalog.image_path(item)
    if old is None:
        return False
    os.link(old, fresh / IMAGES / old.name)
    taken.add(old.name.lower())
    entry.item, entry.vector = item, before.images[before.catalog.row(entry.id)]
    return True


def _look(pending: list[tuple[_Entry, Any]], encoders: Encoders) -> None:
    """Reads a batch of pictures and empties it."""
    if pending:
        vectors, readings = encoders.vision.look([image for _, image in pending])
        for (entry, _), vector, reading in zip(pending, vectors, readings, strict=True):
            _settle(entry, reading, vector)
        pending.clear()


def _settle(entry: _Entry, reading: Reading | None, vector: np.ndarray | None) -> None:
    """Makes the item; without a type from words or picture it stays None, unless its slot is known."""
    fields = dict(entry.fields)
    if vector is None:
        fields["image"] = None
    filled: list[str] = []
    if reading is not None:
        slot = entry.undecided.slot if entry.undecided else None
        for name in ("type", "color", "pattern") if entry.undecided else ("color", "pattern"):
            if fields.get(name) is None and name not in fields.get("extra", {}):
                value = _confident(reading, name, slot)
                if value is not None:
                    fields[name] = value
                    filled.append(name)
    if entry.undecided is not None and "type" not in filled:
        if entry.undecided.as_slot_only() is None:
            return
        fields.update({"slot": entry.undecided.slot, "type": entry.undecided.slot})
    elif entry.undecided is not None:
        fields["slot"] = v.SLOT_OF_TYPE[fields["type"]]
    if filled:
        fields["extra"] = {**fields.get("extra", {}), "from_picture": filled}
    entry.item, entry.vector = Item.model_validate(fields), vector


def _confident(reading: Reading, name: str, slot: str | None) -> str | None:
    """The value a picture surely shows; for a type, among those of the slot where that is known."""
    chances = reading.get(name, {})
    if name == "type" and slot:
        chances = {t: p for t, p in chances.items() if v.SLOT_OF_TYPE[t] == slot}
        total = sum(chances.values())
        chances = {t: p / total for t, p in chances.items()} if total > 0.5 else {}
    if not chances:
        return None
    best = max(chances, key=lambda x: chances[x])
    return best if chances[best] >= CONFIDENT[name] else None


def _type_of(entry: _Entry) -> str:
    return entry.item.type if entry.item else ""


def _text_vectors(items: list[Item], before: _Before, encoders: Encoders) -> np.ndarray:
    """Unit vectors of the items' texts; only new texts are encoded."""
    texts = [item_text(item) for item in items]
    new = [row for row, text in enumerate(texts) if text not in before.texts]
    fresh: dict[int, np.ndarray] = {}
    for start in _progress(range(0, len(new), BATCH * 4), "texts"):
        rows = new[start : start + BATCH * 4]
        fresh.update(zip(rows, encode_items([items[row] for row in rows], encoders.text), strict=True))
    return np.stack([fresh[row] if row in fresh else before.texts[text] for row, text in enumerate(texts)]).astype(np.float32)


def _image_vectors(entries: list[_Entry]) -> np.ndarray:
    """Unit vectors of the pictures; zeros where there is none, and no columns where there is none at all."""
    size = next((len(e.vector) for e in entries if e.vector is not None), 0)
    return np.stack([np.zeros(size) if e.vector is None else e.vector for e in entries]).astype(np.float32)


def _progress(things: Iterable[Any], what: str) -> Iterator[Any]:
    return iter(tqdm(things, desc=what, file=sys.stderr, leave=False, disable=None))


def _counts(
    report: ReadReport, before: _Before, entries: list[_Entry], sources: dict[str, dict[str, Any]], out: Path, bad: list[str]
) -> dict[str, Any]:
    old = before.sources
    kept = [entry for entry in entries if entry.item is not None]
    from_picture = [entry.item.extra.get("from_picture", ()) for entry in kept if entry.item]
    public = report.public()
    notes = [*public.pop("notes"), *bad[:5], *gaps([entry.item for entry in kept if entry.item])]
    lost = [e.undecided.reason for e in entries if e.item is None and e.undecided]
    public.pop("undecided")
    return {
        "out": str(out),
        **public,
        "items": len(kept),
        "skipped": len(report.skipped) + len(lost),
        "added": sum(id_ not in old for id_ in sources),
        "updated": sum(id_ in old and old[id_] != about for id_, about in sources.items()),
        "unchanged": sum(old.get(id_) == about for id_, about in sources.items()),
        "removed": sum(id_ not in sources for id_ in old),
        "pictures": sum(entry.vector is not None for entry in kept),
        "bad_pictures": len(bad),
        "filled_from_pictures": {name: sum(name in f for f in from_picture) for name in CONFIDENT},
        "notes": notes,
    }
