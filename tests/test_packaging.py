"""The package: light to import, its bundled files found, the Space's requirements those of the package."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from stylist import paths

ROOT = Path(__file__).resolve().parent.parent


def test_importing_the_package_loads_no_torch_and_no_gradio() -> None:
    code = "import stylist, stylist.cli, stylist.state, sys; print(sorted({'torch', 'gradio', 'transformers'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_spaces_requirements_are_the_packages() -> None:
    tomllib = pytest.importorskip("tomllib")
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [d for d in wanted if not d.startswith("gradio")]
    version = re.search(r"sdk_version: (\d+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert version and f"gradio>={version[1]}" in " ".join(wanted)


@pytest.mark.parametrize("part", ["mini", "text-encoder", "vision", "heads", "catalogue"])
def test_every_bundled_part_has_a_card(part: str) -> None:
    assert (paths.asset(part) / "README.md").is_file()


@pytest.mark.parametrize("adapter", ["tracker", "stylist"])
def test_every_adapter_has_a_card(adapter: str) -> None:
    assert (paths.adapter(adapter) / "README.md").is_file()
    assert (paths.adapter(adapter) / "adapter_config.json").is_file()


def test_no_bundled_file_needs_large_file_storage() -> None:
    big = [p for folder in ("assets", "adapters") for p in (ROOT / folder).rglob("*") if p.is_file() and p.stat().st_size > 10_000_000]
    assert big == []
