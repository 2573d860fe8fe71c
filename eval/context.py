"""What the evaluators measure on: the stylist, loaded once, the user's data folder and the sizes of the samples."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from stylist.errors import StylistError

if TYPE_CHECKING:
    from stylist.catalog.store import Catalog
    from stylist.stylist import Stylist

Figures = dict[str, float]
"""Name -> value, flat; parts of a name are separated by `/`."""

T = TypeVar("T")


class Missing(StylistError):
    """What a figure is measured on is not there; the scorecard says so in its row."""


@dataclass
class Context:
    """`data` is a folder with `clothing-photos/` and `fascode/`, either of which may be absent; `cases` a further case file;
    `quick` makes every sample small; `states` is the number of random states for the promises, None for the usual one. `model` is as in `stylist recommend --model`."""

    data: Path | None = None
    cases: Path | None = None
    fascode_run: Path | None = None
    model: str | None = None
    quick: bool = False
    states: int | None = None
    progress: bool = field(default_factory=lambda: sys.stderr.isatty())

    @cached_property
    def stylist(self) -> Stylist:
        """The whole stylist over the bundled catalogue; ModelError or CatalogError where it cannot be loaded."""
        from stylist.stylist import Stylist

        return Stylist.load(self.model, self.catalog)

    @cached_property
    def catalog(self) -> Catalog:
        """The bundled catalogue."""
        from stylist.catalog.store import Catalog

        return Catalog.load()

    def folder(self, name: str) -> Path:
        """A folder of the user's data; Missing where there is none."""
        if self.data is None:
            raise Missing(f"needs --data DIR, a folder that holds {name}/")
        if not (self.data / name).is_dir():
            raise Missing(f"{self.data / name}: no such folder")
        return self.data / name

    def size(self, full: int, quick: int) -> int:
        """The size of a sample."""
        return quick if self.quick else full

    def track(self, things: Iterable[T], name: str, total: int | None = None) -> Iterable[T]:
        """The things, with a progress bar on standard error."""
        from tqdm import tqdm

        return tqdm(things, desc=name, total=total, file=sys.stderr, disable=not self.progress, leave=False)
