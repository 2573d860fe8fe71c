"""How a ranking of candidates is scored (WKT) and written down (the official prediction forms). Knows no model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.stats import weightedtau

Array = npt.NDArray[np.float64]


def ranks(scores: Sequence[float] | Array, generator: np.random.Generator) -> npt.NDArray[np.int64]:
    """Rank of each candidate, 0 the best (highest score); ties are broken at random by `generator`."""
    values = np.asarray(scores, dtype=np.float64)
    order = np.lexsort((generator.random(len(values)), -values))
    result = np.empty(len(values), dtype=np.int64)
    result[order] = np.arange(len(values))
    return result


def weighted_kendall_tau(true_ranks: Sequence[int], predicted_ranks: Sequence[int]) -> float:
    """`scipy.stats.weightedtau` of the true and the predicted ranks, as FASCODE's challenge calls it."""
    return _tau(tuple(map(int, true_ranks)), tuple(map(int, predicted_ranks)))


@lru_cache(maxsize=4096)
def _tau(true_ranks: tuple[int, ...], predicted_ranks: tuple[int, ...]) -> float:
    return float(weightedtau(list(true_ranks), list(predicted_ranks)).statistic)


def mean_wkt(predicted: Sequence[Sequence[int]]) -> float:
    """Mean WKT over cases whose candidates stand best first: the true ranks are 0, 1, 2, ..."""
    return float(np.mean([weighted_kendall_tau(range(len(row)), row) for row in predicted]))


def shuffles(sizes: Sequence[int], seed: int) -> list[npt.NDArray[np.int64]]:
    """One random order of candidates a case: whatever scores them must not see the file's order."""
    generator = np.random.default_rng(seed)
    return [generator.permutation(size) for size in sizes]


def unshuffle(scores: Sequence[Array], orders: Sequence[npt.NDArray[np.int64]]) -> list[Array]:
    """Scores of shuffled candidates back in the file's order."""
    result = []
    for row, order in zip(scores, orders, strict=True):
        back = np.empty(len(row))
        back[order] = row
        result.append(back)
    return result


def permutation_index(row: Sequence[int]) -> int:
    """A ranking as one number: its place among all rankings in lexicographic order (012 -> 0, 021 -> 1, ... 210 -> 5)."""
    index, left = 0, sorted(row)
    for rank in row:
        place = left.index(rank)
        index = index * len(left) + place
        left.remove(rank)
    return index


def write_predictions(path: Path, predicted: Sequence[Sequence[int]], form: str = "ranks") -> None:
    """The official file, a case a line: `ranks` writes the rank of each candidate (`0 1 2`), `index` the permutation's."""
    if form == "ranks":
        rows = [" ".join(map(str, map(int, row))) for row in predicted]
    elif form == "index":
        rows = [str(permutation_index([int(rank) for rank in row])) for row in predicted]
    else:
        raise ValueError(f"form {form!r}; expected ranks or index")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_text("\n".join(rows) + "\n", encoding="utf-8")
    partial.replace(path)
