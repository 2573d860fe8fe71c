"""The tracker: reads the last exchange over the state so far and writes the edit to it, under the grammar of edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import amounts
from stylist.mllm.edit_rules import EditRules
from stylist.mllm.likely import (
    DOUBTFUL,
    LEAST,
    WEIGHED,
    WEIGHTS,
    Chances,
    Reading,
    Written,
    agreement,
    chances,
    weighed,
)
from stylist.mllm.models import Model
from stylist.mllm.phrasing import plainer
from stylist.mllm.prompts import render, sanitize_control_tokens
from stylist.mllm.reading import clauses, exchange_prompt, wholes
from stylist.mllm.spelling import Speller
from stylist.state import DialogState

LONGEST_TEXT = 2000  # characters of one message that are read
LONGEST_WHOLE = 1200  # characters of one that are read whole beside its clauses
FEW_WORDS = 6
FAREWELLS = ("thanks", "bye")
SURELY = 0.985
"""The chance from which few words are talk whatever was asked: "thank you so much!", but not "yes thanks"."""
LONGEST_EDIT = 160  # tokens of one edit
LONGEST_REMARK = 300  # characters of the assistant's turn that a chat model reads, from its end: the question stands there


@dataclass(frozen=True)
class Tracked:
    """The edit of one exchange and the model's pooled reading of it, (hidden,) float32; `doubtful` are the wishes of the edit, (slot or "", field,
    value), of which the model is not sure."""

    edit: Edit
    vector: np.ndarray
    doubtful: frozenset[tuple[str, str, str]] = frozenset()


class Tracker:
    """Turns exchanges into edits with one model."""

    def __init__(self, backbone: Model, clause_by_clause: bool | None = None, lexicon: str = "all"):
        """`lexicon` is the part of the lexicon that marks words for the bundled model: "train" leaves out the forms that only validate."""
        self.backbone, self.lexicon = backbone, lexicon
        self.least = LEAST if backbone.bundled else 0.0  # others were not measured for it
        self.twice = backbone.bundled
        self.weighed, self.faintest = WEIGHED, 0.0
        self.clause_by_clause = backbone.bundled if clause_by_clause is None else clause_by_clause
        self.speller = Speller(backbone.tokenizer) if backbone.bundled else None

    def prompt(self, state: DialogState, assistant: str, text: str, photos: int) -> str:
        """The prompt of one exchange in the form that the model was trained on, or that chat models take."""
        if self.backbone.bundled:
            return exchange_prompt(edits.as_edit(state), assistant, text, self.backbone.image_marks(photos), lexicon=self.lexicon)
        assistant = " ".join(sanitize_control_tokens(assistant, self.backbone.control_tokens).split())[-LONGEST_REMARK:]
        text = " ".join(sanitize_control_tokens(text, self.backbone.control_tokens).split())
        before = edits.to_json(edits.as_edit(state))
        asked = render("tracker.chat", state=before, assistant=assistant, text=text, photos=photos, fields=", ".join(v.FIELDS), slots=", ".join(v.SLOTS))
        return self.backbone.chat(asked, photos)

    def track(self, state: DialogState, assistant: str, text: str, images: Sequence[Image.Image] = ()) -> Tracked:
        """The edit that the message makes. `assistant` is what the stylist said just before.

        The bundled model reads a message twice, clause by clause and whole: a small model loses less in short texts and
        mistakes less in whole ones. No clause's meaning hangs on the state, so it reads them without.
        """
        text = text[:LONGEST_TEXT]
        if self.speller is not None:
            text = plainer(self.speller.correct(text), assistant)
        parts = clauses(text, assistant) if self.clause_by_clause else [text]
        before = DialogState() if self.clause_by_clause else state
        ways = [parts, wholes(text[:LONGEST_WHOLE], assistant)] if len(parts) > 1 and self.twice else [parts]
        weights = WEIGHTS if len(ways) > 1 else (1.0,)
        readings = [reading for way, weight in zip(ways, weights, strict=True) for reading in self._read(before, assistant, way, images, weight)]
        edit, sure = agreement(readings, self.least)
        edit = amounts.placed(edit, text)
        doubtful = frozenset((*key[1:].rpartition(".")[::2], word) for (key, word), chance in sure.items() if key[0] == "+" and chance < DOUBTFUL and self.twice)
        if len(edit) > 1:
            edit.pop("act", None)
        if self.twice and assistant and not images and len(text.split()) <= FEW_WORDS and set(edit) - {"act"}:
            edit = self._talk(text) or edit
        whole = self.backbone.inputs(self.prompt(state, assistant, text[:LONGEST_WHOLE], len(images)), images)
        return Tracked(edit, self.backbone.pooled(whole), doubtful)

    def _talk(self, text: str) -> Edit:
        """The edit of a few words that are nothing but thanks or a farewell when they are read without the question before them; {} else."""
        alone = self._read(DialogState(), "", [text], (), 1.0)[0]
        plain = [act for act in FAREWELLS if alone.edit == {"act": [act]} and alone.chances.get(("act", act), 0.0) >= SURELY]
        return {"act": plain} if plain else {}

    def _read(self, state: DialogState, assistant: str, parts: Sequence[str], images: Sequence[Image.Image], weight: float) -> list[Reading]:
        """A message read in these parts, the stylist's question and the photos with the first: what the model wrote, and what it weighed
        where it can."""
        longest = LONGEST_EDIT if self.backbone.bundled else 2 * LONGEST_EDIT  # other tokenizers cut the keys finer
        edit: Edit = {}
        known: dict[tuple[str, str], float] = {}
        found: dict[tuple[str, str], float] | None = None
        for number, part in enumerate(parts):
            shown = images if number == 0 else ()
            inputs = self.backbone.inputs(self.prompt(state, assistant if number == 0 else "", part, len(shown)), shown)
            rules = EditRules.of(part, len(shown))
            written = self.written(inputs, longest, rules)
            edit = edits.merge(edit, rules.legal(read_edit(written.text)))
            _raise(known, chances(written))
            if written.weighed is not None:
                found = found or {}
                _raise(found, {entry: chance for entry, chance in written.weighed.items() if chance >= self.faintest})
        if found is None:
            return [Reading(edit, known, weight)]
        return [Reading(edit, known, weight * (1 - self.weighed)), weighed(found, weight * self.weighed)]

    def written(self, inputs: Any, longest: int, rules: EditRules) -> Written:
        """What the model writes for one clause, in at most `longest` tokens."""
        return self.backbone.weighed(inputs, "tracker", longest, rules)


def _raise(known: dict[tuple[str, str], float], chances: Chances) -> None:
    """Takes over the chances that are higher than those known."""
    for entry, chance in chances.items():
        known[entry] = max(chance, known.get(entry, 0.0))


def read_edit(written: str) -> Edit:
    """The edit in what the model wrote; where its length limit cut it, the part before the cut."""
    for end in (len(written), *sorted((n for n, c in enumerate(written) if c == ","), reverse=True)):
        for closing in ("", "}", "]}"):
            try:
                return edits.from_json(written[:end] + closing)
            except edits.VocabularyError:
                continue
    return {}
