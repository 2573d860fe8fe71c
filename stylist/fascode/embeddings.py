"""Items and dialogs as sentence vectors in slots, and photos as vectors: what the paper's system reads. Learns nothing.

Song, "Multimodal Representation Learning for Fashion-Item Recommendation System": an item is its aspects' vectors, one
after the other (768 x 4 with KoELECTRA; 768 x 16 with more sentences each), and its photo's vector.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image
from tqdm import tqdm

from stylist.errors import FascodeError, StylistError
from stylist.fascode.files import EvaluationCase
from stylist.fascode.items import ItemTable
from stylist.fascode.metadata import ASPECTS

Array = npt.NDArray[np.float32]


class Sentences(Protocol):
    """Texts to unit vectors (texts, dim)."""

    def encode(self, texts: list[str]) -> Array: ...


@dataclass(frozen=True)
class EmbeddingConfig:
    """Which encoders, and how many sentence slots."""

    text_encoder: str | None = None
    """Name or folder of a sentence encoder; the bundled one (256 numbers, not KoELECTRA's 768) where None."""
    image_encoder: str = "histogram"
    """`histogram` (colors of the photo), `bundled` (the vision tower), or the name or folder of an image encoder."""
    sentences: int = 4
    """Sentence slots of an item and of a dialog: a multiple of the four aspects (4 and 16 in the paper)."""
    whiten: bool = False
    """Adapts the text encoder to the domain without training: its vectors are whitened on the metadata's lines."""

    def __post_init__(self) -> None:
        if self.sentences < len(ASPECTS) or self.sentences % len(ASPECTS):
            raise ValueError(f"sentences {self.sentences}; expected a multiple of {len(ASPECTS)}")


class Embeddings:
    """Vectors of a table's n items. Row n is `none`: the slot stays empty. It serves every slot, so 2,603 items make 2,604
    vectors."""

    def __init__(self, table: ItemTable, config: EmbeddingConfig, text: Sentences, images: Array):
        """`images` (n, i): a photo's vector, zeros where there is none."""
        self.table, self.config, self._lines = table, config, _Lines(text)
        self._lines.learn(_item_lines(table), "lines of items")
        self._fit()
        self.image = np.concatenate([images, np.zeros((1, images.shape[1]), np.float32)])
        spread = float(self.image.std())
        self.image /= spread if spread > 1e-6 else 1
        none = len(table.slot)
        self.by_slot = [np.append(np.flatnonzero(table.slot == code), none) for code in range(4)]
        """For each slot the rows that can fill it, `none` last."""

    def whitened(self) -> Embeddings:
        """The same items by the text encoder adapted to the domain; texts are not encoded again."""
        result = copy(self)
        result.config = replace(self.config, whiten=True)
        result._fit()
        return result

    def _fit(self) -> None:
        items = self.table.metadata.items
        raw = self._lines[_item_lines(self.table)]
        self._mean = raw.mean(0)
        self._whitening = whitening(raw - self._mean) if self.config.whiten else None
        each = self.config.sentences // len(ASPECTS)
        self.text = np.zeros((len(items) + 1, self.config.sentences, raw.shape[1]), np.float32)
        for row, item in enumerate(items):
            for place, aspect in enumerate(ASPECTS):
                self.text[row, place * each : (place + 1) * each] = self._dealt(item.lines.get(aspect, ()), each)

    @property
    def none(self) -> int:
        """The row of `none`."""
        return len(self.text) - 1

    def dialogs(self, cases: Sequence[EvaluationCase]) -> Array:
        """(cases, sentences, d): each dialog's lines dealt in order into the sentence slots, a slot the mean of its lines."""
        said = [[turn.text for turn in case.turns if turn.text.strip() and turn.speaker != "AC"] for case in cases]
        self._lines.learn({text for lines in said for text in lines}, "lines of dialogs")
        return np.stack([self._dealt(lines, self.config.sentences) for lines in said])

    def rows(self, cases: Sequence[EvaluationCase]) -> npt.NDArray[np.int64]:
        """(cases, most candidates, 4) the item in each slot of each candidate, `none` where empty; -1 beyond the last candidate.

        Where a candidate names two items of one slot the first counts.
        """
        most = max(len(case.candidates) for case in cases)
        result = np.full((len(cases), most, 4), -1, np.int64)
        for at, case in enumerate(cases):
            result[at, : len(case.candidates)] = self.none
            for place, candidate in enumerate(case.candidates):
                for item in reversed(candidate):
                    row = self.table.metadata.row[item]
                    result[at, place, self.table.slot[row]] = row
        return result

    def _dealt(self, lines: Sequence[str], slots: int) -> Array:
        """(slots, d) the lines in order, as evenly as they go; zeros where a slot gets none. Numbers are of size about one."""
        result = np.zeros((slots, len(self._mean)), np.float32)
        if lines:
            vectors = self._lines[lines] - self._mean
            vectors = vectors @ self._whitening if self._whitening is not None else vectors * np.sqrt(vectors.shape[1])
            for slot, part in enumerate(np.array_split(vectors, slots)):
                if len(part):
                    result[slot] = part.mean(0)
        return result


class _Lines:
    """Vectors of the lines met so far; each is encoded once, whoever shares them."""

    def __init__(self, encoder: Sentences):
        self.encoder = encoder
        self.row: dict[str, int] = {}
        self.vectors: Array = np.zeros((0, 0), np.float32)

    def learn(self, texts: Iterable[str], what: str) -> None:
        """Encodes what is new, texts of like length together."""
        new = sorted({text for text in texts if text not in self.row}, key=lambda text: (len(text), text))
        if not new:
            return
        starts = tqdm(range(0, len(new), 512), desc=what, mininterval=2)
        added = np.concatenate([self.encoder.encode(new[at : at + 512]) for at in starts]).astype(np.float32)
        self.row.update({text: len(self.vectors) + at for at, text in enumerate(new)})
        self.vectors = np.concatenate([self.vectors.reshape(-1, added.shape[1]), added])

    def __getitem__(self, texts: Sequence[str]) -> Array:
        """(texts, d)"""
        return np.asarray(self.vectors[[self.row[text] for text in texts]])


def _item_lines(table: ItemTable) -> list[str]:
    return sorted({line for item in table.metadata.items for said in item.lines.values() for line in said})


def embed(table: ItemTable, config: EmbeddingConfig, image_folder: Path) -> Embeddings:
    """Loads the encoders and reads the items. Raises ModelError where an encoder cannot be loaded."""
    from stylist.encoders.text import TextEncoder

    if config.image_encoder == "histogram":
        images = table.colors.copy()
    else:
        images = photo_vectors(table, image_folder, None if config.image_encoder == "bundled" else config.image_encoder)
    return Embeddings(table, config, TextEncoder(config.text_encoder), images)


def photo_vectors(table: ItemTable, folder: Path, name: str | None, batch: int = 32) -> Array:
    """(items, d) of `folder/<id>.jpg` by an image encoder; zeros where a photo is absent or damaged.

    Raises FascodeError where there is no photo at all.
    """
    from stylist.encoders.images import load
    from stylist.encoders.vision import VisionEncoder

    encoder = VisionEncoder(name)
    result = np.zeros((len(table.slot), encoder.dimension), np.float32)
    found: list[tuple[int, Image.Image]] = []

    def flush() -> None:
        if found:
            result[[row for row, _ in found]] = encoder.embed([image for _, image in found])
            found.clear()

    for row, item in enumerate(tqdm(table.metadata.items, desc="photos", unit="photo", mininterval=2)):
        try:
            found.append((row, load(str(folder / f"{item.id}.jpg"))))
        except (StylistError, OSError):
            continue
        if len(found) == batch:
            flush()
    flush()
    if not result.any():
        raise FascodeError(f"{folder}: holds no readable photo <item id>.jpg; expected some for the image encoder")
    return result


def whitening(rows: Array, floor: float = 1e-3) -> Array:
    """(d, d) that makes the covariance of centered `rows` the identity, small axes damped.

    Su et al., "Whitening sentence representations for better semantics and faster retrieval", 2021.
    """
    values, axes = np.linalg.eigh(np.cov(rows.T.astype(np.float64)))
    return np.asarray(axes / np.sqrt(np.maximum(values, 0) + floor * values.max()), np.float32)
