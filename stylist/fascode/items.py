"""Everything numeric that is known of the metadata's items, made once and kept in the run: `ItemTable`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file
from scipy import sparse

from stylist.errors import FascodeError
from stylist.fascode import images
from stylist.fascode.lexicon import lexicon
from stylist.fascode.metadata import SLOT_CODES, SLOT_OF_TYPE, Metadata
from stylist.fascode.vectors import CharTfidf, truncated_svd, unit

Array = npt.NDArray[np.float32]
TYPES = tuple(SLOT_OF_TYPE)


@dataclass
class ItemTable:
    """Rows are aligned with `metadata.items` (n of them)."""

    metadata: Metadata
    slot: npt.NDArray[np.int64]
    """(n,) index into SLOT_CODES"""
    type: npt.NDArray[np.int64]
    """(n,) index into TYPES"""
    tfidf: CharTfidf
    lines: sparse.csr_matrix
    """(n, n-grams) unit rows over all lines"""
    mood: sparse.csr_matrix
    """(n, n-grams) unit rows over mood lines"""
    basis: Array
    """(n-grams, d) reduces TF-IDF rows"""
    reduced: Array
    """(n, d) unit rows, all lines"""
    reduced_mood: Array
    """(n, d) unit rows, mood lines, centered"""
    concepts: Array
    """(n, concepts) how much an item stands out among the items of its slot"""
    related: Array
    """(n, concepts) the same by the concepts that go with a concept: what an item is likely to be though no line says it"""
    colors: Array
    """(n, images.DIM) color histograms"""
    photographed: npt.NDArray[np.bool_]
    popularity: Array
    """(n,) log of how often coordinators suggested the item in training dialogs; zeros without them"""

    @property
    def network_input(self) -> tuple[Array, Array]:
        """Text side (n, t) and image side (n, i) for ProjectionNet."""
        kind = np.eye(len(TYPES), dtype=np.float32)[self.type]
        text = np.concatenate([self.reduced * 4, self.reduced_mood * 4, self.concepts, self.related, kind], axis=1)
        return text, self.colors * 4


@dataclass
class Fitted:
    """What a run was fitted on, so that other metadata of the same kind get vectors in the same space."""

    tfidf: CharTfidf
    basis: Array
    item_ids: tuple[str, ...]
    colors: Array
    photographed: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, table: ItemTable) -> Fitted:
        """The fitted part of a table."""
        return cls(
            table.tfidf, table.basis, tuple(item.id for item in table.metadata.items), table.colors, table.photographed
        )

    def save(self, folder: Path) -> None:
        """Writes `vectors.safetensors` and `vectors.json`."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "idf": self.tfidf.idf,
            "basis": self.basis,
            "colors": self.colors,
            "photographed": self.photographed.astype(np.uint8),
        }
        partial = folder / "vectors.partial"
        save_file(arrays, partial)
        partial.replace(folder / "vectors.safetensors")
        words = {"ngrams": list(self.tfidf.column), "items": self.item_ids}
        (folder / "vectors.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Fitted:
        """Reads what `save` wrote; FascodeError where it is not there or does not fit together."""
        try:
            words = json.loads((folder / "vectors.json").read_text(encoding="utf-8"))
            arrays = load_file(folder / "vectors.safetensors")
        except (OSError, ValueError, SafetensorError):
            raise FascodeError(
                f"{folder}: holds no trained ranker (vectors.safetensors, vectors.json); expected a finished run of `stylist fascode train`"
            ) from None
        if not isinstance(words, dict) or {"ngrams", "items"} - set(words) or {"idf", "basis", "colors", "photographed"} - set(arrays):
            raise FascodeError(f"{folder}/vectors.json: not of this version; train again")
        tfidf = CharTfidf()
        tfidf.column = {gram: index for index, gram in enumerate(words["ngrams"])}
        tfidf.idf = arrays["idf"]
        if len(tfidf.column) != len(arrays["basis"]) or len(words["items"]) != len(arrays["colors"]):
            raise FascodeError(f"{folder}/vectors.json: does not fit vectors.safetensors; train again")
        return cls(tfidf, arrays["basis"], tuple(words["items"]), arrays["colors"], arrays["photographed"].astype(bool))


def build(
    metadata: Metadata, image_folder: Path, dim: int = 64, seed: int = 0, fitted: Fitted | None = None
) -> ItemTable:
    """Fits the text vectors on the metadata (or takes a run's) and reads photos; about ten seconds for 2,603 items.

    Photos are not read again where the metadata holds just the items that the run was trained on.
    """
    words, items = lexicon(), metadata.items
    slot = np.array([SLOT_CODES.index(item.slot) for item in items])
    kind = np.array([TYPES.index(item.type) for item in items])
    texts = [item.text() for item in items]
    if fitted is None:
        tfidf = CharTfidf()
        lines = tfidf.fit(texts)
        basis = truncated_svd(lines, dim, np.random.default_rng(seed))
    else:
        tfidf, basis = fitted.tfidf, fitted.basis
        lines = tfidf.transform(texts)
    mood = tfidf.transform([item.text("E") for item in items])
    profile = 1 - np.exp(-np.array([words.profile(item) for item in items], np.float32) / 1.5)
    concepts = _within_slot(profile, slot)
    related = _within_slot(concepts @ _company(concepts), slot)
    reduced_mood = mood @ basis
    ids = [item.id for item in items]
    if fitted is not None and fitted.item_ids == tuple(ids):
        colors, photographed = fitted.colors, fitted.photographed
    else:
        colors, photographed = images.histograms(image_folder, ids)
    return ItemTable(
        metadata, slot, kind, tfidf, lines, mood, basis, unit(lines @ basis), unit(reduced_mood - reduced_mood.mean(0)),
        concepts, related, colors, photographed, np.zeros(len(items), np.float32),
    )  # fmt: skip


def _within_slot(values: Array, slot: npt.NDArray[np.int64]) -> Array:
    result = np.zeros_like(values)
    for code in np.unique(slot):
        rows = slot == code
        spread = values[rows].std(0)
        result[rows] = np.where(spread > 1e-6, (values[rows] - values[rows].mean(0)) / np.maximum(spread, 0.08), 0)
    return np.clip(result, -2.5, 2.5).astype(np.float32)


def _company(concepts: Array) -> Array:
    together = (concepts.T @ concepts) / max(len(concepts), 1)
    np.fill_diagonal(together, 0)
    strong = np.where(np.abs(together) > 0.05, together, 0)
    return np.asarray(strong / np.maximum(np.abs(strong).sum(0, keepdims=True), 1e-6), np.float32)
