"""Text as vectors, fitted on the metadata alone: character n-gram TF-IDF and its truncated SVD. Knows no dialog rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from stylist.fascode.lexicon import squeeze

Array = npt.NDArray[np.float32]


def ngrams(text: str, low: int = 2, high: int = 3) -> list[str]:
    """Character n-grams of each line without its spaces, so that word segmentation makes no difference."""
    result: list[str] = []
    for line in text.split("\n"):
        plain = squeeze(line)
        for n in range(low, high + 1):
            result.extend(plain[start : start + n] for start in range(len(plain) - n + 1))
    return result


class CharTfidf:
    """Sublinear TF-IDF over character 2- and 3-grams; rows have unit length."""

    def __init__(self, minimum: int = 3):
        self.minimum = minimum
        self.column: dict[str, int] = {}
        self.idf: Array = np.zeros(0, np.float32)

    def fit(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Learns the n-grams that at least `minimum` texts hold, and returns the texts' rows (texts, n-grams)."""
        counted = [Counter(ngrams(text)) for text in texts]
        seen = Counter(gram for counts in counted for gram in counts)
        kept = sorted(gram for gram, count in seen.items() if count >= min(self.minimum, max(1, len(texts) // 10)))
        self.column = {gram: index for index, gram in enumerate(kept)}
        self.idf = np.array([np.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in kept], np.float32)
        return self._rows(counted)

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Rows of other texts; n-grams that were not learned are passed over, a text of nothing else gets a zero row."""
        return self._rows([Counter(ngrams(text)) for text in texts])

    def _rows(self, counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
        indices: list[int] = []
        values: list[float] = []
        ends = [0]
        for counts in counted:
            known = [(self.column[gram], count) for gram, count in counts.items() if gram in self.column]
            columns = [index for index, _ in known]
            row = np.array([1 + np.log(count) for _, count in known], np.float64) * self.idf[columns]
            indices.extend(columns)
            values.extend(row / max(float(np.linalg.norm(row)), 1e-12))
            ends.append(len(indices))
        return sparse.csr_matrix((np.array(values, np.float32), indices, ends), shape=(len(counted), len(self.column)))


def truncated_svd(rows: sparse.csr_matrix, dim: int, generator: np.random.Generator, rounds: int = 2) -> Array:
    """Right singular vectors (n-grams, dim) of `rows` by randomized range finding (Halko, Martinsson, Tropp 2011).

    `rows @ result` are the reduced vectors. Fewer than `dim` columns where the matrix has no more.
    """
    width = min(dim + 8, *rows.shape)
    base = rows @ generator.standard_normal((rows.shape[1], width)).astype(np.float32)
    for _ in range(rounds):
        base, _ = np.linalg.qr(rows @ (rows.T @ base))
    base, _ = np.linalg.qr(base)
    _, _, right = np.linalg.svd(np.asarray(rows.T @ base).T, full_matrices=False)
    return np.ascontiguousarray(right[:dim].T.astype(np.float32))


def unit(rows: npt.NDArray[np.floating]) -> Array:
    """Rows scaled to length 1; zero rows stay zero."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), np.float32)
