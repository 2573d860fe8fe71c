"""The pictures of a catalogue in the making: found beside the table, checked, stored small enough to show."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stylist.catalog.store import IMAGES, write_atomically

if TYPE_CHECKING:
    from PIL import Image

LONGEST = 1024
"""Pixels of the longer side of a stored picture; larger ones are reduced."""
KEPT_BYTES = 1_500_000
_AS_IT_IS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".JPG", ".JPEG", ".PNG")
_FOLDERS = ("", "images", "image", "photos", "pictures")


@dataclass(frozen=True)
class Stored:
    """A picture that was checked: its bytes as they go into the catalogue, and the RGB image for the encoder."""

    data: bytes
    ending: str
    image: Image.Image


def find(base: Path, cell: str | None, id_: str) -> Path | None:
    """The picture of an item: the path of its cell from `base`, the same name in a folder of pictures there, or one named by
    the item's id. An address on the web has no picture here but by its name."""
    names = []
    if cell:
        first = cell.split("|")[0].strip()
        web = re.match(r"^\w+://", first) is not None
        names = [first.split("?")[0].rsplit("/", 1)[-1]] if web else [first, first.replace("\\", "/").rsplit("/", 1)[-1]]
    if re.fullmatch(r"[\w.\- ]+", id_):
        names += [id_ + ending for ending in _ENDINGS]
    for name in filter(None, names):
        for folder in _FOLDERS:
            path = base / folder / name
            if _is_file(path):
                return path
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name no file system takes
        return False


def check(path: Path) -> Stored:
    """The picture of a file, kept as it is where it is small and of a usual format; ImageError where it is no picture."""
    from PIL import Image

    from stylist.encoders.images import load

    image = load(path)
    data = path.read_bytes()
    with Image.open(io.BytesIO(data)) as probe:
        format_, size, upright = probe.format or "", probe.size, probe.getexif().get(0x0112, 1) == 1
    if format_ in _AS_IT_IS and max(size) <= LONGEST and len(data) <= KEPT_BYTES and upright:
        return Stored(data, _AS_IT_IS[format_], image)
    small = image.copy()
    small.thumbnail((LONGEST, LONGEST))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=88)
    return Stored(buffer.getvalue(), ".jpg", image)


def file_name(id_: str, ending: str, taken: set[str]) -> str:
    """A name for an item's picture that every file system takes, not yet in `taken` (lower case), which it joins."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", id_).strip("-.")[:80]
    if slug != id_ or (slug + ending).lower() in taken:
        slug = f"{slug or 'item'}-{hashlib.sha256(id_.encode()).hexdigest()[:8]}"
    taken.add((slug + ending).lower())
    return slug + ending


def store(folder: Path, name: str, data: bytes) -> str:
    """Writes a picture into the `images` of a catalogue's folder; its path as an item has it."""
    write_atomically(folder / IMAGES / name, data)
    return f"{IMAGES}/{name}"
