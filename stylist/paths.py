"""Where the bundled files lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def bundled(kind: str) -> Path:
    """The folder of bundled files of one kind, `assets` or `adapters`."""
    checkout = PACKAGE.parent / kind
    if (PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return PACKAGE / f"_{kind}"


def catalogue() -> Path:
    """The bundled catalogue."""
    return bundled("assets") / "catalogue"


def asset(name: str) -> Path:
    """A folder of `assets`: `mini` (the multimodal model), `text-encoder`, `vision`, `heads`, `catalogue`."""
    return bundled("assets") / name


def adapter(name: str) -> Path:
    """A folder of `adapters`: `tracker` or `stylist`."""
    return bundled("adapters") / name
