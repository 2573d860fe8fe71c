"""Outfit questions: fill in the blank, and outfits that go together or not. Reads their files and scores any `Harmony` on them.

Knows nothing of how a harmony was made. Scores do not depend on the order in which a line names its items or candidates.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import rankdata

from stylist.catalog.items import Item
from stylist.errors import CatalogError
from stylist.ranking.harmony import AttributeHarmony, Harmony, SetHarmony

DECIMALS = 6
"""Scores that agree so far are ties: sums of the same numbers differ further back."""


@dataclass(frozen=True)
class Question:
    """Which of the candidates completes the outfit? `answer` is the right one's position."""

    outfit: tuple[str, ...]
    candidates: tuple[str, ...]
    answer: int


@dataclass(frozen=True)
class LabeledOutfit:
    """A set of items and whether it goes together."""

    items: tuple[str, ...]
    label: bool


def read_questions(path: Path, known: Container[str]) -> list[Question]:
    """The questions of a JSONL file; CatalogError names the line and field at fault, an item that is not `known` among them."""
    questions = []
    for place, data in _objects(path, '{"outfit": ["id", …], "candidates": ["id", …], "answer": 0}'):
        outfit = _ids(place, data, "outfit", known)
        candidates = _ids(place, data, "candidates", known)
        if len(candidates) < 2:
            raise CatalogError(f"{place}: candidates: {len(candidates)} given; expected two or more")
        answer = data.get("answer")
        if type(answer) is not int or not 0 <= answer < len(candidates):
            raise CatalogError(f"{place}: answer: {_shown(answer)} is no position among the candidates; expected 0 to {len(candidates) - 1}")
        if len(set(candidates)) < len(candidates):
            raise CatalogError(f"{place}: candidates: an item stands there twice; expected each once")
        questions.append(Question(outfit, candidates, answer))
    return questions


def read_pairs(path: Path, known: Container[str]) -> list[LabeledOutfit]:
    """The labeled outfits of a JSONL file; CatalogError as for `read_questions`, and where one of the labels 0 and 1 is missing."""
    outfits = []
    for place, data in _objects(path, '{"items": ["id", …], "label": 1}'):
        items = _ids(place, data, "items", known)
        label = data.get("label")
        if type(label) not in (int, bool) or label not in (0, 1):
            raise CatalogError(f"{place}: label: {_shown(label)}; expected 1 (goes together) or 0 (does not)")
        outfits.append(LabeledOutfit(items, bool(label)))
    for label in (0, 1):
        if all(outfit.label != label for outfit in outfits):
            raise CatalogError(f"{path}: no line with label {label}; expected lines of both labels, 0 and 1")
    return outfits


def read_outfits(path: Path, known: Container[str]) -> dict[str, tuple[str, ...]]:
    """Outfit id -> its items, each once; CatalogError names the outfit at fault."""
    expected = '{"outfit id": ["item id", …]}'
    try:
        data = json.loads(_text(path))
    except json.JSONDecodeError as fault:
        raise CatalogError(f"{path}: line {fault.lineno}: not JSON ({fault.msg}); expected {expected}") from None
    if not isinstance(data, dict):
        raise CatalogError(f"{path}: {_shown(data)}; expected an object {expected}")
    if not data:
        raise CatalogError(f"{path}: holds no outfits; expected {expected}")
    return {name: _ids(f"{path}: outfit {name!r}", {"items": ids}, "items", known) for name, ids in data.items()}


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CatalogError(f"{path}: no such file") from None
    except UnicodeDecodeError as fault:
        raise CatalogError(f"{path}: not UTF-8 text (byte {fault.start})") from None
    except OSError as fault:
        raise CatalogError(f"{path}: cannot be read: {fault.strerror}") from None
    if not text.strip():
        raise CatalogError(f"{path}: empty; expected at least one line")
    return text


def _objects(path: Path, expected: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place and content of each line that is not blank."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path}: line {number}"
        try:
            data = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            raise CatalogError(f"{place}: not JSON; expected {expected}") from None
        if not isinstance(data, dict):
            raise CatalogError(f"{place}: {_shown(data)}; expected an object {expected}")
        yield place, data


def _ids(place: str, data: dict[str, Any], field: str, known: Container[str]) -> tuple[str, ...]:
    """The ids of a field; numbers count as their text, as a table's cells do."""
    if field not in data:
        raise CatalogError(f"{place}: no {field}; expected a list of item ids")
    value = data[field]
    if not isinstance(value, list):
        raise CatalogError(f"{place}: {field}: {_shown(value)}; expected a list of item ids")
    ids = []
    for entry in value:
        if not isinstance(entry, str) and type(entry) is not int:
            raise CatalogError(f"{place}: {field}: {_shown(entry)}; expected an item's id")
        if str(entry) not in known:
            raise CatalogError(f"{place}: {field}: no item {str(entry)!r}; expected ids of the items given")
        ids.append(str(entry))
    return tuple(ids) if field == "candidates" else tuple(dict.fromkeys(ids))


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"found {text if len(text) <= 40 else text[:39] + '…'}"


def candidate_scores(harmony: Harmony | SetHarmony, outfit: Sequence[int], candidates: Sequence[int]) -> np.ndarray:
    """(candidates,) harmony of each with the items of a partial outfit, the mean where pairs are scored; rows in, in any order."""
    if isinstance(harmony, SetHarmony):
        return np.round(harmony.candidate_scores(np.asarray(outfit), np.asarray(candidates)), DECIMALS)
    partners = np.sort(np.asarray(outfit))
    scores = [harmony.pair_scores(np.array([candidate]), partners).mean(dtype=float) for candidate in candidates]
    return np.round(np.array(scores, float), DECIMALS)


def outfit_score(harmony: Harmony | SetHarmony, rows: Sequence[int]) -> float:
    """Harmony of two or more items, the mean over the pairs where pairs are scored; rows in any order."""
    if isinstance(harmony, SetHarmony):
        return round(harmony.outfit_score(np.asarray(rows)), DECIMALS)
    index = np.sort(np.asarray(rows))
    scores = np.asarray(harmony.pair_scores(index, index), float)
    return float(np.round(scores[np.triu_indices(len(index), 1)].mean(), DECIMALS))


def credit(scores: np.ndarray, answer: int) -> float:
    """1 where the answer's score is alone the highest; of k that share the highest, it gets 1/k."""
    best = scores == scores.max()
    return float(best[answer] / best.sum())


def area(scores: np.ndarray, labels: np.ndarray) -> float:
    """Area under the ROC curve: the chance that a random positive scores above a random negative, ties counting half."""
    positive = labels.astype(bool)
    n, m = int(positive.sum()), int((~positive).sum())
    if not n or not m:
        raise ValueError("expected positives and negatives")
    return float((rankdata(scores)[positive].sum() - n * (n + 1) / 2) / (n * m))


def figures(harmony: Harmony | SetHarmony, row: Callable[[str], int], questions: Sequence[Question], pairs: Sequence[LabeledOutfit]) -> dict[str, float]:
    """`fitb` (accuracy) and `auc` of a harmony; `row` gives an item's row number."""
    credits = [
        credit(candidate_scores(harmony, [row(i) for i in q.outfit], [row(i) for i in q.candidates]), q.answer) for q in questions
    ]
    scores = np.array([outfit_score(harmony, [row(i) for i in pair.items]) for pair in pairs])
    return {"fitb": round(float(np.mean(credits)), 4), "auc": round(area(scores, np.array([pair.label for pair in pairs])), 4)}


def chance(questions: Sequence[Question]) -> dict[str, float]:
    """What guessing is expected to reach."""
    return {"fitb": round(float(np.mean([1 / len(q.candidates) for q in questions])), 4), "auc": 0.5}


def color_only(items: Iterable[Item]) -> Harmony:
    """The bundled harmony of items of which nothing but the color word is known."""
    return AttributeHarmony([Item(id=item.id, slot="top", type="top", color=item.color) for item in items])


class VectorSimilarity:
    """Harmony as the cosine of unit vectors (items, dim), such as color histograms; where a vector is all zeros, the mean of the others."""

    def __init__(self, vectors: np.ndarray) -> None:
        self.vectors = np.asarray(vectors, float)
        self.known = (self.vectors != 0).any(axis=1)
        center = self.vectors[self.known].mean(axis=0) if self.known.any() else self.vectors.sum(axis=0)
        self.vectors = np.where(self.known[:, None], self.vectors, center)

    def pair_scores(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a), len(b)) in 0..1 for vectors without negative entries."""
        return np.clip(self.vectors[a] @ self.vectors[b].T, 0, 1)

    def most(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(len(a),) ones: no score is higher."""
        return np.ones(len(a))

    def extended(self, item: Item) -> VectorSimilarity:
        """The same over one item more, whose vector is not known."""
        return VectorSimilarity(np.vstack([self.vectors, np.zeros((1, self.vectors.shape[1]))]))
