"""stylist: a conversational fashion stylist. Importing this package is light; models load when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stylist.catalog.store import Catalog
    from stylist.dialog import Dialog
    from stylist.stylist import Stylist

__version__ = "0.1.0"
__all__ = ["Catalog", "Dialog", "Stylist", "__version__"]

_PLACES = {"Catalog": "stylist.catalog.store", "Dialog": "stylist.dialog", "Stylist": "stylist.stylist"}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        from importlib import import_module

        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'stylist' has no attribute {name!r}")
