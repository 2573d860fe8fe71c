"""A catalogue on disk: items, their pictures and their vectors. Knows nothing of models or of the tables it came from.

A catalogue's folder holds `items.jsonl` (an `Item` a line), `images/`, and, once indexed, `vectors.safetensors` (a matrix
for each encoder, rows in the order of the items) and `manifest.json` (what made it). The vectors carry the hash of the
items they belong to, so that a table edited by hand never meets vectors of other rows.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from pydantic import ValidationError

from stylist import paths
from stylist.catalog.items import Item
from stylist.errors import CatalogError

FORMAT = 1
ITEMS, IMAGES, MANIFEST, VECTORS = "items.jsonl", "images", "manifest.json", "vectors.safetensors"

Vectors = Mapping[str, np.ndarray]


class Catalog:
    """Items in a fixed order, with pictures and vectors. Immutable; safe to share between threads."""

    def __init__(
        self,
        items: Iterable[Item],
        folder: Path | None = None,
        vectors: Vectors | None = None,
        manifest: Mapping[str, Any] | None = None,
    ) -> None:
        self.items: tuple[Item, ...] = tuple(items)
        self.folder = folder
        self.manifest: dict[str, Any] = dict(manifest or {})
        self._row = {item.id: row for row, item in enumerate(self.items)}
        if len(self._row) != len(self.items):
            raise CatalogError("catalogue: two items have the same id")
        self._vectors: dict[str, np.ndarray | None] = {name: self._checked(name, v) for name, v in (vectors or {}).items()}
        self._lock = Lock()

    @classmethod
    def load(cls, folder: str | Path | None = None) -> Catalog:
        """The catalogue in a folder, the bundled one by default; CatalogError names the file and line at fault."""
        folder = Path(folder) if folder is not None else paths.catalogue()
        if folder.is_file():
            raise CatalogError(f"{folder}: expected the folder of a catalogue, found a file; `stylist index` makes one from it")
        if not (folder / ITEMS).is_file():
            raise CatalogError(f"{folder / ITEMS}: no such file; expected a catalogue made by `stylist index`")
        items = read_items(folder / ITEMS)
        if not items:
            raise CatalogError(f"{folder / ITEMS}: holds no items; expected at least one")
        return cls(items, folder, manifest=_read_manifest(folder / MANIFEST))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def by_id(self, id: str) -> Item:
        """The item of an id; CatalogError if there is none."""
        return self.items[self.row(id)]

    def row(self, id: str) -> int:
        """The position of an item, which is its row in every matrix of vectors."""
        try:
            return self._row[id]
        except KeyError:
            raise CatalogError(f"catalogue {self.folder or ''}: no item {id!r}") from None

    def __contains__(self, id: object) -> bool:
        return id in self._row

    def image_path(self, item: Item) -> Path | None:
        """Where the picture of an item lies; None where it has none, the file is missing, or the path leaves the folder."""
        if item.image is None or self.folder is None:
            return None
        path = Path(os.path.normpath(self.folder / item.image))
        inside = path.is_relative_to(os.path.normpath(self.folder))
        return path if inside and path.is_file() else None

    def vectors(self, name: str) -> np.ndarray | None:
        """The matrix of one encoder, float32 (items, dimensions), rows in the order of `items`; None where there is none.

        Vectors that were made for other items than these count as none.
        """
        with self._lock:
            if name not in self._vectors:
                self._vectors[name] = self._read_vectors(name)
            return self._vectors[name]

    def encoder(self, name: str) -> dict[str, Any]:
        """What the manifest says about the encoder of a matrix: `name` and `hash`; empty where it says nothing."""
        return dict(self.manifest.get("encoders", {}).get(name, {}))

    def save(
        self, folder: str | Path, vectors: Vectors | None = None, encoders: Mapping[str, Any] | None = None, **manifest: Any
    ) -> Catalog:
        """Writes a catalogue with these vectors (kept as float16) and returns it as loaded from there.

        `encoders` maps a matrix to its encoder's `name` and `hash`; further keywords go into the manifest. Into the
        catalogue's own folder, only vectors and manifest are written. Elsewhere a whole folder is made beside the target
        and swapped in at the end, so that a failure leaves what was there.
        """
        folder = Path(folder)
        matrices = {name: self._checked(name, matrix) for name, matrix in (vectors or {}).items()}
        if self.folder is not None and folder.exists() and folder.samefile(self.folder):
            write_index(folder, self.items, matrices, encoders or {}, manifest)
            return Catalog.load(folder)
        with replacing(folder) as fresh:
            (fresh / IMAGES).mkdir()
            (fresh / ITEMS).write_text("".join(item_line(item) for item in self.items), encoding="utf-8")
            for item in self.items:
                source = self.image_path(item)
                if source is not None and item.image is not None:
                    place_picture(source, fresh / item.image)
            write_index(fresh, self.items, matrices, encoders or {}, manifest)
        return Catalog.load(folder)

    def _checked(self, name: str, matrix: np.ndarray) -> np.ndarray:
        matrix = np.asarray(matrix, np.float32)
        if matrix.ndim != 2 or len(matrix) != len(self.items):
            raise CatalogError(f"vectors {name!r}: expected {len(self.items)} rows, one an item, found shape {matrix.shape}")
        return matrix

    def _read_vectors(self, name: str) -> np.ndarray | None:
        path = None if self.folder is None else self.folder / VECTORS
        if path is None or not path.is_file():
            return None
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(path, framework="np") as file:
                if (file.metadata() or {}).get("items") != file_hash(path.parent / ITEMS) or name not in file.keys():  # noqa: SIM118
                    return None
                return self._checked(name, file.get_tensor(name))
        except SafetensorError as fault:
            raise CatalogError(f"{path}: damaged ({fault}); expected vectors written by `stylist index`") from None


def write_index(
    folder: Path, items: Sequence[Item], matrices: Vectors, encoders: Mapping[str, Any], manifest: Mapping[str, Any] | None = None
) -> None:
    """Writes vectors (as float16) and manifest beside the `items.jsonl` of a folder; see `Catalog.save`."""
    items_hash = file_hash(folder / ITEMS)
    if matrices:
        from safetensors.numpy import save

        data = save({name: np.ascontiguousarray(matrix, np.float16) for name, matrix in matrices.items()}, {"items": items_hash})
        write_atomically(folder / VECTORS, data)
    about = {
        "format": FORMAT,
        "items": len(items),
        "images": sum(item.image is not None for item in items),
        "items_sha256": items_hash,
        "encoders": dict(encoders),
        "vectors": {name: list(matrix.shape) for name, matrix in matrices.items()},
        **(manifest or {}),
    }
    write_atomically(folder / MANIFEST, (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode())


def read_items(path: Path) -> list[Item]:
    """The items of an `items.jsonl`; CatalogError names the line and field at fault."""
    items: list[Item] = []
    seen: dict[str, int] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as fault:
        raise CatalogError(f"{path}: not UTF-8 text (byte {fault.start})") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = Item.model_validate_json(line)
        except ValidationError as fault:
            first = next((e for e in fault.errors() if e["loc"] == ("type",)), fault.errors()[0])  # the slot follows from the type
            if first["type"] == "json_invalid":
                raise CatalogError(f"{path}: line {number}: not JSON; expected one item an object a line") from None
            place = ".".join(str(step) for step in first["loc"])
            message = first["msg"].removeprefix("Value error, ").removeprefix(f"{place}: ")
            raise CatalogError(f"{path}: line {number}: {place + ': ' if place else ''}{message}") from None
        if item.id in seen:
            raise CatalogError(f"{path}: line {number}: id {item.id!r} stands on line {seen[item.id]} already; expected it once")
        seen[item.id] = number
        items.append(item)
    return items


def item_line(item: Item) -> str:
    """The item as a line of `items.jsonl`: set fields only."""
    data = {key: value for key, value in item.model_dump(mode="json").items() if value not in (None, "", [], {})}
    return json.dumps(data, ensure_ascii=False) + "\n"


def _read_manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        manifest = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise CatalogError(f"{path}: not JSON; expected the manifest that `stylist index` writes") from None
    if not isinstance(manifest, dict):
        raise CatalogError(f"{path}: expected a JSON object, found {type(manifest).__name__}")
    encoders = manifest.get("encoders", {})
    if not isinstance(encoders, dict) or not all(isinstance(about, dict) for about in encoders.values()):
        raise CatalogError(f"{path}: encoders: expected an object of objects; run `stylist index` again")
    if manifest.get("format", FORMAT) != FORMAT:
        raise CatalogError(f"{path}: format {manifest['format']!r} is not known; expected {FORMAT}: run `stylist index` again")
    return manifest


def file_hash(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def place_picture(source: Path, target: Path) -> None:
    """Puts a picture of one catalogue into another: a hard link where the file system can, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source.resolve(), target)
    except FileExistsError:
        pass
    except OSError:
        shutil.copyfile(source, target)


def write_atomically(path: Path, data: bytes) -> None:
    """Writes a file that is either the old one or the new one whole, whatever happens meanwhile."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of `folder` when the block ends well, and vanishes when it does not."""
    if folder.exists() and not folder.is_dir():
        raise CatalogError(f"{folder}: expected a folder to write to, found a file")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.new-"))
    except OSError as fault:
        raise CatalogError(f"{folder}: cannot be written: {fault.strerror}") from None
    old = fresh.with_name(fresh.name.replace(".new-", ".old-"))
    try:
        fresh.chmod(0o755)
        yield fresh
        if folder.exists():
            folder.rename(old)
        try:
            fresh.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
