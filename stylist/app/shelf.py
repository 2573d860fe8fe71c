"""Where drawn boards lie as files for the browser. A file's name cannot be guessed; boards with a person's photo are not shared."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from stylist.app.boards import WIDTH, PictureOf, board
from stylist.catalog.items import Item

SMALL_WIDTH = 640
MOST_FILES = 600
"""Boards kept on disk; the oldest go first."""


@dataclass(frozen=True)
class BoardFiles:
    """One board in two widths, JPEG."""

    large: Path
    small: Path


class Shelf:
    """Draws boards and keeps them in `folder`, by item ids."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._salt = secrets.token_hex(16)
        self._lock = threading.Lock()

    def put(
        self, items: Sequence[Item], picture_of: PictureOf, owned: Sequence[str] = (), tag: str = "", private: str = ""
    ) -> BoardFiles:
        """The board of an outfit, drawn unless it lies here already. `private` sets the boards of one visitor apart."""
        name = "|".join([self._salt, private, tag if owned else "", *owned, *(item.id for item in items)])
        stem = hashlib.sha256(name.encode()).hexdigest()[:40]
        files = BoardFiles(self.folder / f"{stem}.jpg", self.folder / f"{stem}-small.jpg")
        if files.large.is_file() and files.small.is_file():
            files.large.touch()
            return files
        page = board(items, picture_of, owned, tag)
        self._save(page, files.large)
        self._save(
            page.resize((SMALL_WIDTH, round(page.height * SMALL_WIDTH / WIDTH)), Image.Resampling.BOX), files.small
        )
        self._clear()
        return files

    @staticmethod
    def _save(page: Image.Image, path: Path) -> None:
        unfinished = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.part")
        page.save(unfinished, "JPEG", quality=88)
        unfinished.replace(path)

    def _clear(self) -> None:
        with self._lock:
            boards = sorted(self.folder.glob("*.jpg"), key=lambda p: p.stat().st_mtime if p.exists() else 0)
            for old in boards[: max(0, len(boards) - 2 * MOST_FILES)]:
                old.unlink(missing_ok=True)
