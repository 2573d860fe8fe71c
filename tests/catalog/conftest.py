"""A small table with pictures, and encoders that need no weights: texts by their words, pictures by their mean color."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stylist import vocabulary as v
from stylist.catalog.encoders import Encoders
from stylist.catalog.normalise import tokens

DIMENSIONS = 64
TABLE = """id,title,type,color,material,season,price,currency,image
a1,Navy linen-blend wide-leg trousers,,,,summer,49.50,USD,a1.png
a2,Red cotton tee,T-Shirts,,,spring|summer,"12,50",EUR,images/a2.png
a3,Wool coat in maroon,Coats,,,A/W,"1.299,00 €",,
a4,Pack of 3 socks,,,,,5,USD,
"""


def _unit(matrix: np.ndarray) -> np.ndarray:
    return (matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)).astype(np.float32)


class WordEncoder:
    """Counts hashed words; remembers how many texts it was given."""

    name = "words"

    def __init__(self) -> None:
        self.seen = 0

    def encode(self, texts: list[str]) -> np.ndarray:
        self.seen += len(texts)
        matrix = np.zeros((len(texts), DIMENSIONS))
        for row, text in enumerate(texts):
            for word in tokens(text):
                matrix[row, zlib.crc32(word.encode()) % DIMENSIONS] += 1
        return _unit(matrix)


class ColorEyes:
    """Sees the mean color as a vector; reads a T-shirt in red or blue."""

    name = "eyes"

    def __init__(self) -> None:
        self.seen = 0

    def look(self, pictures: list[Image.Image]) -> tuple[np.ndarray, list[dict[str, dict[str, float]]]]:
        self.seen += len(pictures)
        means = np.stack([np.asarray(p.convert("RGB"), np.float64).mean((0, 1)) for p in pictures])
        color = ["red" if mean[0] > mean[2] else "blue" for mean in means]
        rest = 0.1 / (len(v.TYPES) - 1)
        types = {t: 0.9 if t == "t-shirt" else rest for t in v.TYPES}
        return _unit(means - 127), [{"type": types, "color": {c: 0.95, "green": 0.05}, "pattern": {"solid": 1.0}} for c in color]


@pytest.fixture
def encoders() -> Encoders:
    return Encoders(WordEncoder(), ColorEyes())


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with `table.csv` and two pictures."""
    folder = tmp_path / "shop"
    (folder / "images").mkdir(parents=True)
    Image.new("RGB", (40, 50), (20, 30, 120)).save(folder / "a1.png")
    Image.new("RGB", (40, 50), (200, 20, 30)).save(folder / "images" / "a2.png")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    return folder
