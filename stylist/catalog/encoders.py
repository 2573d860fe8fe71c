"""The text and the image encoder of a catalogue as one thing: what made its vectors, and what reads a query."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from stylist.catalog.items import Item
from stylist.catalog.store import file_hash
from stylist.names import value_name

if TYPE_CHECKING:
    from PIL import Image

Reading = dict[str, dict[str, float]]
"""Field -> value -> probability."""


class Text(Protocol):
    """Texts to unit vectors (texts, dim)."""

    name: str

    def encode(self, texts: list[str]) -> np.ndarray: ...


class Vision(Protocol):
    """Pictures to unit vectors (pictures, dim) and readings."""

    name: str

    def look(self, pictures: list[Image.Image]) -> tuple[np.ndarray, list[Reading]]: ...


@dataclass(frozen=True)
class Encoders:
    """Both encoders; models load when first used."""

    text: Text
    vision: Vision

    @classmethod
    def named(cls, text: str | None = None, vision: str | None = None) -> Encoders:
        """Encoders by name or folder, the bundled ones by default."""
        from stylist.encoders.text import TextEncoder
        from stylist.encoders.vision import VisionEncoder

        return cls(TextEncoder(text), VisionEncoder(vision))

    def about(self) -> dict[str, dict[str, Any]]:
        """What the manifest says of them: for `text` and `image` the name, and a hash of the weights where they lie in a folder."""
        return {"text": identity(self.text.name), "image": identity(self.vision.name)}

    @property
    def share_space(self) -> bool:
        """True where a text's and a picture's vectors can be compared: a pair that was trained together."""
        from stylist import paths

        ours = {str(paths.asset("text-encoder")), str(paths.asset("vision"))}
        return {self.text.name, self.vision.name} == ours or self.text.name == self.vision.name


def identity(name: str) -> dict[str, Any]:
    """Name and hash of an encoder; two folders with the same files have the same identity but for the name."""
    folder = Path(name)
    return {"name": folder.name if folder.is_dir() else name, "hash": _folder_hash(name) if folder.is_dir() else None}


@cache
def _folder_hash(name: str) -> str:
    digest = hashlib.sha256()
    folder = Path(name)
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in (".safetensors", ".json", ".txt", ".model", ".bin")):
        digest.update(f"{file.relative_to(folder).as_posix()} {file_hash(file)}\n".encode())
    return digest.hexdigest()


def item_text(item: Item) -> str:
    """What the text encoder reads of an item: its title, and the attributes that the title may not say."""
    named = [value_name(f, x) for f in ("color", "pattern", "material", "length", "sleeve", "fit", "type") for x in item.values(f) if x != "solid"]
    return f"{item.title or ' '.join(named)}. {' '.join(named)}. {item.description[:300]}".strip()


def encode_items(items: Sequence[Item], encoder: Text) -> np.ndarray:
    """Unit vectors (items, dim) of the items' texts."""
    return encoder.encode([item_text(item) for item in items])
