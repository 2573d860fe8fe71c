"""The tracker: reads the last exchange over the state so far and writes the edit to it, under the grammar of edits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import grammar
from stylist.mllm.backbone import Backbone
from stylist.mllm.lexicon import normalise
from stylist.mllm.prompts import render, sanitize_control_tokens
from stylist.state import DialogState

LONGEST_TEXT = 1200  # characters of one message that are read
LONGEST_REMARK = 300  # characters of the assistant's turn that are read, from its end: the question stands there


@dataclass(frozen=True)
class Tracked:
    """The edit of one exchange and the model's pooled reading of it, (hidden,) float32."""

    edit: Edit
    vector: np.ndarray


class Tracker:
    """Turns exchanges into edits with one model."""

    def __init__(self, backbone: Backbone, sentence_by_sentence: bool | None = None):
        self.backbone = backbone
        self.sentence_by_sentence = backbone.bundled if sentence_by_sentence is None else sentence_by_sentence

    def prompt(self, state: DialogState, assistant: str, text: str, photos: int) -> str:
        """The prompt of one exchange in the form that the model was trained on, or that chat models take."""
        assistant = sanitize_control_tokens(assistant)[-LONGEST_REMARK:]
        text = sanitize_control_tokens(text)[:LONGEST_TEXT]
        before = edits.to_json(edits.as_edit(state))
        if self.backbone.bundled:
            said, heard = normalise(assistant).lower(), normalise(text).lower()
            return render("tracker.mini", state=before, assistant=said, images=self.backbone.image_marks(photos), text=heard)
        asked = render("tracker.chat", state=before, assistant=assistant, text=text, photos=photos, fields=", ".join(v.FIELDS), slots=", ".join(v.SLOTS))
        content: list[dict[str, Any]] = [{"type": "image"} for _ in range(photos)] + [{"type": "text", "text": asked}]
        return str(self.backbone.processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True))

    def track(self, state: DialogState, assistant: str, text: str, images: Sequence[Image.Image] = ()) -> Tracked:
        """The edit that the message makes. `assistant` is what the stylist said just before.

        A message of several sentences is read sentence by sentence, the assistant's words and the photos with the first:
        a small model reads short texts best, and the state carries what was said.
        """
        edit: Edit = {}
        parts = sentences(text) if self.sentence_by_sentence else [text]
        for number, part in enumerate(parts):
            shown = images if number == 0 else ()
            inputs = self.backbone.inputs(self.prompt(_after(state, edit), assistant if number == 0 else "", part, len(shown)), shown)
            rules = grammar.edit_grammar(grammar.numbers(part), len(shown))
            edit = edits.merge(edit, read_edit(self.backbone.complete(inputs, "tracker", most=160, guide_grammar=rules)))
        if len(edit) > 1:
            edit.pop("act", None)
        whole = self.backbone.inputs(self.prompt(state, assistant, text, len(images)), images)
        return Tracked(edit, self.backbone.pooled(whole))


def _after(state: DialogState, edit: Edit) -> DialogState:
    """The state that the next sentence is read over."""
    plain = {key: value for key, value in edit.items() if key not in ("act", "keep", "swap", "pick", "photo", "more")}
    return edits.apply(state, plain) if plain else state


_SENTENCE_END = re.compile(r"(?<=[.!?;,])\s+(?=\S)|\n+")
_NEGATION = re.compile(r"\b(?:no|not|nor|without|nothing|never|hate|avoid|except|anything but)\b|n['’]?t\b|싫|말고|빼|안 ", re.IGNORECASE)
SHORTEST_SENTENCE = 2  # words; shorter ones stay with their neighbor
SHORT_LIST = 3  # words; after a negation so short a clause may be its list going on: "no pink, black or red"
MOST_SENTENCES = 6


def sentences(text: str) -> list[str]:
    """The clauses of a message at sentence ends and commas, none of a single word: ["no black,", "under 150 all in"]."""
    parts: list[str] = []
    for part in _SENTENCE_END.split(text):
        short = parts and (len(part.split()) < SHORTEST_SENTENCE or len(parts[-1].split()) < SHORTEST_SENTENCE)
        listed = parts and parts[-1].endswith(",") and _NEGATION.search(parts[-1]) and len(part.split()) <= SHORT_LIST and not _NEGATION.search(part)
        if short or listed or len(parts) == MOST_SENTENCES:
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts or [text]


def read_edit(written: str) -> Edit:
    """The edit in what the model wrote; where its length limit cut it, the part before the cut."""
    for end in (len(written), *sorted((n for n, c in enumerate(written) if c == ","), reverse=True)):
        for closing in ("", "}", "]}"):
            try:
                return edits.from_json(written[:end] + closing)
            except edits.VocabularyError:
                continue
    return {}
