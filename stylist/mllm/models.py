"""What tracker and responder ask of a multimodal model, wherever it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from PIL import Image

from stylist.mllm.edit_rules import EditRules
from stylist.mllm.likely import Written


class Model(Protocol):
    """`mllm.backbone.Backbone` here, `mllm.remote.Remote` on a server. What `inputs` makes is handed back as it is.

    `bundled` is True for stylist-mini, whose prompts are its own; others take a chat's.
    """

    bundled: bool
    tokenizer: Any

    @property
    def control_tokens(self) -> tuple[str, ...]: ...
    def image_marks(self, count: int) -> str: ...
    def chat(self, text: str, photos: int = 0) -> str: ...
    def inputs(self, prompt: str, images: Sequence[Image.Image] = ()) -> Any: ...
    def complete(self, inputs: Any, adapter: str | None, most: int = 96, rules: EditRules | None = None) -> str: ...
    def weighed(self, inputs: Any, adapter: str | None, most: int = 96, rules: EditRules | None = None) -> Written: ...
    def write(
        self, inputs: Any, adapter: str | None, most: int = 96, guide_grammar: str | None = None, temperature: float = 0.0, seed: int = 0
    ) -> Iterator[str]: ...
    def pooled(self, inputs: Any, adapter: str | None = None) -> np.ndarray: ...
