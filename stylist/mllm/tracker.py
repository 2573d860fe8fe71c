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
from stylist.mllm import grammar
from stylist.mllm.backbone import Backbone
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

    def __init__(self, backbone: Backbone):
        self.backbone = backbone

    def prompt(self, state: DialogState, assistant: str, text: str, photos: int) -> str:
        """The prompt of one exchange in the form that the model was trained on, or that chat models take."""
        assistant = sanitize_control_tokens(assistant)[-LONGEST_REMARK:]
        text = sanitize_control_tokens(text)[:LONGEST_TEXT]
        before = edits.to_json(edits.as_edit(state))
        if self.backbone.bundled:
            return render("tracker.mini", state=before, assistant=assistant.lower(), images=self.backbone.image_marks(photos), text=text.lower())
        asked = render("tracker.chat", state=before, assistant=assistant, text=text, photos=photos, fields=", ".join(v.FIELDS), slots=", ".join(v.SLOTS))
        content: list[dict[str, Any]] = [{"type": "image"} for _ in range(photos)] + [{"type": "text", "text": asked}]
        return str(self.backbone.processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True))

    def track(self, state: DialogState, assistant: str, text: str, images: Sequence[Image.Image] = ()) -> Tracked:
        """The edit that the message makes. `assistant` is what the stylist said just before."""
        inputs = self.backbone.inputs(self.prompt(state, assistant, text, len(images)), images)
        rules = grammar.edit_grammar(grammar.numbers(text), len(images))
        written = self.backbone.complete(inputs, "tracker", most=160, guide_grammar=rules)
        return Tracked(read_edit(written), self.backbone.pooled(inputs))


def read_edit(written: str) -> Edit:
    """The edit in what the model wrote; where its length limit cut it, the part before the cut."""
    for end in (len(written), *sorted((n for n, c in enumerate(written) if c == ","), reverse=True)):
        for closing in ("", "}", "]}"):
            try:
                return edits.from_json(written[:end] + closing)
            except edits.VocabularyError:
                continue
    return {}
