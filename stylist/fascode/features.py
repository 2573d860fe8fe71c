"""What is known of a candidate outfit against a dialog, as numbers: relevance per slot, harmony, and shared items.

Sums of these, weighted by the ranker, are the score; `NAMES` says what each column is, so a score can be explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from stylist.fascode.files import CandidateSet, Turn
from stylist.fascode.items import TYPES, ItemTable
from stylist.fascode.lexicon import lexicon
from stylist.fascode.metadata import SLOT_CODES, SLOT_OF_TYPE
from stylist.fascode.understanding import ALL_SLOTS, Wishes, understand

Array = npt.NDArray[np.float32]

RELEVANCE = (
    "slot_wish", "whole_wish", "scene", "avoided", "slot_wish_related", "whole_wish_related", "scene_related",
    "type_wanted", "type_conflict", "text_whole", "text_slot", "text_avoided", "text_reduced", "missing_slot",
)  # fmt: skip
HARMONY = (
    "mood_alike", "lines_alike", "reduced_mood_alike", "concepts_alike", "color_alike", "mood_least_alike",
    "season_clash", "dress_code_clash", "popularity",
)  # fmt: skip
SLOT_OF = np.array([SLOT_CODES.index(SLOT_OF_TYPE[kind]) for kind in TYPES])
SHARED = ("shared_items", "alike_to_others")
NAMES = (*RELEVANCE, *HARMONY, *SHARED)
BLIND = len(RELEVANCE) + len(HARMONY)
"""Columns before this one see one candidate alone."""


@dataclass(frozen=True)
class Request:
    """A dialog as vectors (C concepts, V n-grams); index 0..3 of the first axis is a slot, 4 the whole outfit."""

    want: Array
    """(5, C) positive evidence"""
    avoid: Array
    """(5, C) negative evidence, as positive numbers"""
    scene: Array
    """(C,) concepts of the scenes named"""
    types: Array
    """(types,) positive wanted, negative avoided"""
    slots_asked: npt.NDArray[np.bool_]
    """(4,) slots that the person asked to be filled"""
    text: sparse.csr_matrix
    """(5, V) TF-IDF of what is wanted"""
    text_avoid: sparse.csr_matrix
    """(1, V)"""

    def network_input(self, basis: Array) -> Array:
        """One row for TransferNet."""
        reduced = np.asarray(self.text @ basis, np.float32) * 3
        parts = (self.want.ravel(), self.avoid.sum(0), self.scene, self.types, self.slots_asked, reduced.ravel())
        return np.concatenate([np.asarray(part, np.float32).ravel() for part in parts])


def requests(dialogs: Sequence[Sequence[Turn]], table: ItemTable) -> list[Request]:
    """The dialogs as vectors."""
    words = lexicon()
    column = {concept.name: index for index, concept in enumerate(words.concepts)}
    scenes = {scene.name: scene for scene in words.scenes}
    read = [understand(turns) for turns in dialogs]
    texts = table.tfidf.transform([text for wishes in read for text in _texts(wishes)])
    return [_request(wishes, texts[6 * at : 6 * at + 6], column, scenes) for at, wishes in enumerate(read)]


def _texts(wishes: Wishes) -> list[str]:
    parts: list[list[str]] = [[] for _ in range(6)]
    for slot, text, weight in wishes.texts:
        if weight < 0:
            parts[5].append(text)
        else:
            parts[4].append(text)
            if slot != ALL_SLOTS:
                parts[SLOT_CODES.index(slot)].append(text)
    return ["\n".join(part) for part in parts]


def _request(wishes: Wishes, texts: sparse.csr_matrix, column: dict[str, int], scenes: dict) -> Request:  # type: ignore[type-arg]
    want, avoid = np.zeros((5, len(column)), np.float32), np.zeros((5, len(column)), np.float32)
    for slot, name, weight in wishes.concepts:
        row = 4 if slot == ALL_SLOTS else SLOT_CODES.index(slot)
        where = want if weight > 0 else avoid
        where[row, column[name]] = max(where[row, column[name]], abs(weight))
    scene = np.zeros(len(column), np.float32)
    for name in wishes.scenes:
        for concept, weight in scenes[name].concepts.items():
            scene[column[concept]] = max(scene[column[concept]], weight)
    types, asked = np.zeros(len(TYPES), np.float32), np.zeros(4, bool)
    for slot, kind, weight in wishes.types:
        types[TYPES.index(kind)] = weight
        asked[SLOT_CODES.index(slot)] |= weight > 0
    for slot, _, weight in wishes.texts:
        if slot != ALL_SLOTS and weight > 0:
            asked[SLOT_CODES.index(slot)] = True
    return Request(want, avoid, scene, types, asked, texts[:5], texts[5:])


def case_features(
    wanted: Sequence[Request], candidates: Sequence[Sequence[CandidateSet]], table: ItemTable
) -> list[Array]:
    """For each case the features (candidates, len(NAMES)) of its candidates; no column depends on their order."""
    rows = [[np.array([table.metadata.row[item] for item in candidate]) for candidate in case] for case in candidates]
    pairs = _Pairs(table, rows)
    return [_case(request, case, table, pairs) for request, case in zip(wanted, rows, strict=True)]


def _case(request: Request, case: list[npt.NDArray], table: ItemTable, pairs: _Pairs) -> Array:
    relevance = item_relevance(request, np.concatenate(case), table)
    parts = np.split(relevance, np.cumsum([len(items) for items in case])[:-1])
    return np.stack(
        [_one(request, part.mean(0), items, case, table, pairs) for part, items in zip(parts, case, strict=True)]
    ).astype(np.float32)


def item_relevance(request: Request, items: npt.NDArray[np.int64], table: ItemTable) -> Array:
    """(items, len(RELEVANCE) - 1) relevance of single items to a request."""
    slot = table.slot[items]
    own, related = table.concepts[items], table.related[items]
    slot_want, whole, avoid = request.want[slot], request.want[4], request.avoid[slot] + request.avoid[4]
    size = np.sqrt(1 + slot_want.sum(1))
    whole_size, scene_size = np.sqrt(1 + whole.sum()), np.sqrt(1 + np.square(request.scene).sum())
    wanted_types = request.types > 0
    slot_has_type = np.array([wanted_types[code == SLOT_OF].any() for code in slot])
    weight = request.types[table.type[items]]
    text = table.lines[items]
    by_slot = np.asarray(text.multiply(request.text[slot]).sum(1)).ravel()
    reduced = _unit_rows(request.text @ table.basis)
    return np.stack([
        (own * slot_want).sum(1) / size, own @ whole / whole_size, own @ request.scene / scene_size, (own * avoid).sum(1),
        (related * slot_want).sum(1) / size, related @ whole / whole_size, related @ request.scene / scene_size,
        (weight > 0).astype(np.float32), (weight < 0) + (slot_has_type & (weight <= 0)).astype(np.float32),
        np.asarray((text @ request.text[4].T).todense()).ravel(), by_slot,
        np.asarray((text @ request.text_avoid.T).todense()).ravel(),
        table.reduced[items] @ reduced[4] + (table.reduced[items] * reduced[slot]).sum(1),
    ], axis=1)  # fmt: skip


def _one(
    request: Request, relevance: Array, items: npt.NDArray, case: list[npt.NDArray], table: ItemTable, pairs: _Pairs
) -> npt.NDArray:
    filled = np.isin(np.arange(4), table.slot[items])
    missing = float((request.slots_asked & ~filled).sum())
    alike = np.array([pairs.values[pairs.row[pair]] for pair in combinations(sorted(items), 2)]).reshape(-1, 5)
    mean = alike.mean(0) if len(alike) else np.zeros(5)
    least = alike[:, 0].min() if len(alike) else 0.0
    clash = (table.concepts[items] @ AXES).std(0)
    others = [other for other in case if other is not items]
    shared = (
        np.mean([len(np.intersect1d(items, other)) / max(len(items), len(other)) for other in others])
        if others
        else 0.0
    )
    soft = np.mean([_alike(table, items, other) for other in others]) if others else 0.0
    return np.array([*relevance, missing, *mean, least, *clash, table.popularity[items].mean(), shared, soft])


def _alike(table: ItemTable, items: npt.NDArray, other: npt.NDArray) -> float:
    values = table.reduced[items] @ table.reduced[other].T
    same = table.slot[items][:, None] == table.slot[other][None, :]
    return float(np.where(same, values, 0).max(1).mean())


def _axes() -> Array:
    names = {concept.name: index for index, concept in enumerate(lexicon().concepts)}
    axes = np.zeros((len(names), 2), np.float32)
    for column, (plus, minus) in enumerate(
        ((("warm",), ("cool",)), (("formal", "neat", "elegant", "office"), ("casual", "sporty", "comfortable")))
    ):
        axes[[names[name] for name in plus], column] = 1 / len(plus)
        axes[[names[name] for name in minus], column] = -1 / len(minus)
    return axes


AXES = _axes()
"""(C, 2) warm against cool, dressed up against casual."""


class _Pairs:
    """Likeness of every two items that stand together in some candidate, each pair counted once."""

    def __init__(self, table: ItemTable, cases: Sequence[Sequence[npt.NDArray]]):
        found = {pair for case in cases for items in case for pair in combinations(sorted(items), 2)}
        ordered = sorted(found)
        self.row = {pair: index for index, pair in enumerate(ordered)}
        left, right = np.array(ordered, int).reshape(-1, 2).T
        dense = np.stack([
            (table.reduced_mood[left] * table.reduced_mood[right]).sum(1),
            np.tanh((table.concepts[left] * table.concepts[right]).mean(1)),
            (table.colors[left] * table.colors[right]).sum(1),
        ], axis=1)  # fmt: skip
        mood = np.asarray(table.mood[left].multiply(table.mood[right]).sum(1))
        lines = np.asarray(table.lines[left].multiply(table.lines[right]).sum(1))
        self.values = np.concatenate([mood, lines, dense], axis=1)


def _unit_rows(rows: npt.NDArray) -> Array:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)
