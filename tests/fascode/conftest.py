"""The tiny example in FASCODE's format, and its table of items, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stylist.fascode import items
from stylist.fascode.items import ItemTable
from stylist.fascode.metadata import read_metadata

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "assets" / "fascode-example"
REAL = ROOT.parent / "shared" / "data" / "fascode"


@pytest.fixture(scope="session")
def example() -> Path:
    return EXAMPLE


@pytest.fixture(scope="session")
def table() -> ItemTable:
    return items.build(read_metadata(EXAMPLE), EXAMPLE / "image", dim=16)


@pytest.fixture
def without_dialogs(tmp_path: Path) -> Path:
    """A data folder that holds metadata alone."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(EXAMPLE / "mdata.txt", folder)
    return folder


@pytest.fixture(scope="session")
def real() -> Path:
    if not REAL.is_dir():
        pytest.skip("the real FASCODE files are not here")
    return REAL
