"""A multimodal model behind an OpenAI-compatible server (vLLM with its adapters, and others), with the surface of the model at hand.

Edits are asked for under a JSON schema and checked all the same; what the server lacks of the protocol is done without.
"""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from PIL import Image

from stylist import edits
from stylist.errors import ModelError
from stylist.mllm.chat_server import ChatServer, Refused
from stylist.mllm.edit_rules import EditRules
from stylist.mllm.likely import Written
from stylist.mllm.tracker import read_edit

ADAPTERS = ("tracker", "stylist")
KEY_VARIABLE = "STYLIST_API_KEY"
LONGEST_SIDE = 1024
MOST_PHOTO_BYTES = 600_000
EDIT_TRIES = 2

_FORMATS = ("json_schema", "json_object", "none")


class Remote:
    """A server's model; `adapters` says which of tracker and stylist have a model of their own there."""

    bundled = False
    tokenizer: Any = None
    control_tokens: tuple[str, ...] = ()

    def __init__(self, server: ChatServer, model: str, adapters: Mapping[str, str] | None = None):
        self.server, self.model = server, model
        self._names = dict(adapters or {})
        if unknown := sorted(set(self._names) - set(ADAPTERS)):
            raise ModelError(f"adapter {unknown[0]!r}: expected {' or '.join(ADAPTERS)}")
        self.adapters = tuple(self._names)
        self.name = f"{model} at {server.name}"
        self._format = 0
        self._refused: set[str] = set()

    @classmethod
    def connect(cls, url: str, model: str | None = None, adapters: Mapping[str, str] | None = None) -> Remote:
        """The model of that name on the server, or its only one. Models named tracker and stylist there are its adapters
        where `adapters` names no other; {} switches them off.

        The key, where the server wants one, stands in the environment variable STYLIST_API_KEY. ModelError where the server
        can't be reached, refuses the key, or serves several models and none is named.
        """
        server = ChatServer(url, os.environ.get(KEY_VARIABLE))
        listed = server.models()
        names = [entry["id"] for entry in listed]
        if adapters != {}:
            adapters = {name: name for name in ADAPTERS if name in names} | dict(adapters or {})
        if model is None:
            whole = [entry["id"] for entry in listed if not entry.get("parent") and entry["id"] not in adapters.values()]
            if len(whole) != 1:
                raise ModelError(f"{server.name}: serves {', '.join(whole[:8]) or 'no model that it names'}; expected --model with one of its names")
            model = whole[0]
        return cls(server, model, adapters)

    def image_marks(self, count: int) -> str:
        raise NotImplementedError("a server's prompts carry their photos beside the text")

    def chat(self, text: str, photos: int = 0) -> str:
        """The prompt as it is; the server sets it into its chat template."""
        return text

    def inputs(self, prompt: str, images: Sequence[Image.Image] = ()) -> list[dict[str, Any]]:
        """The messages of one request, photos as data URLs before the text."""
        if not images:
            return [{"role": "user", "content": prompt}]
        photos: list[dict[str, Any]] = [{"type": "image_url", "image_url": {"url": data_url(image)}} for image in images]
        return [{"role": "user", "content": [*photos, {"type": "text", "text": prompt}]}]

    def complete(self, inputs: list[dict[str, Any]], adapter: str | None, most: int = 96, rules: EditRules | None = None) -> str:
        """The likeliest answer as one text; with rules, an edit as compact JSON that keeps them. ModelError where none comes."""
        for attempt in range(EDIT_TRIES):
            temperature = 0.0 if attempt == 0 else 0.5
            text = self._adapting(lambda t=temperature, n=attempt: self.server.ask(self._body(inputs, adapter, most, t, n, rules)))
            if rules is None:
                return text
            edit = legal_edit(text, rules)
            if edit is not None:
                return edits.to_json(edit)
        raise ModelError(f"{self.name}: answers with no edit of the schema; expected a JSON object, found {text[:60]!r}")

    def weighed(self, inputs: list[dict[str, Any]], adapter: str | None, most: int = 96, rules: EditRules | None = None) -> Written:
        """As `complete`; servers do not tell how probable a token of a constrained answer was."""
        return Written(self.complete(inputs, adapter, most, rules))

    def write(
        self, inputs: list[dict[str, Any]], adapter: str | None, most: int = 96, guide_grammar: str | None = None,
        temperature: float = 0.0, seed: int = 0,
    ) -> Iterator[str]:  # fmt: skip
        """Yields the answer as the server streams it."""
        while True:
            try:
                yield from self.server.stream(self._body(inputs, adapter, most, temperature, seed, None))
                return
            except Refused as fault:
                if not self._learn(fault):
                    raise

    def pooled(self, inputs: list[dict[str, Any]], adapter: str | None = None) -> np.ndarray:
        """Nothing, (0,): servers give no hidden states, and the conversation vector is the text encoder's alone."""
        return np.zeros(0, dtype=np.float32)

    def _body(
        self, messages: list[dict[str, Any]], adapter: str | None, most: int, temperature: float, seed: int, rules: EditRules | None
    ) -> dict[str, Any]:
        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        body: dict[str, Any] = {"model": self._names.get(adapter or "", self.model), "messages": messages, limit: most}
        body |= {name: value for name, value in (("temperature", temperature), ("seed", seed)) if name not in self._refused}
        form = _FORMATS[self._format] if rules else "none"
        if rules and form == "json_schema":
            body["response_format"] = {"type": form, "json_schema": {"name": "edit", "schema": rules.schema, "strict": False}}
        elif form == "json_object":
            body["response_format"] = {"type": form}
        return body

    def _adapting(self, ask: Any) -> str:
        while True:
            try:
                return str(ask())
            except Refused as fault:
                if not self._learn(fault):
                    raise

    def _learn(self, fault: Refused) -> bool:
        """True where the server named a part of the request that can be left out, which is then left out for good."""
        if fault.status not in (400, 422):
            return False
        said = fault.said.lower()
        if any(word in said for word in ("response_format", "json_schema", "schema", "grammar", "guided")) and self._format < len(_FORMATS) - 1:
            self._format += 1
            return True
        for name in ("max_tokens", "temperature", "seed"):
            if name in said and name not in self._refused:
                self._refused.add(name)
                return True
        return False


def legal_edit(text: str, rules: EditRules) -> edits.Edit | None:
    """The part of the edit in an answer that the rules allow, {} for an empty one; None where there is no edit or nothing of it is legal."""
    begin, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[begin : end + 1]) if begin >= 0 else None
    except ValueError:
        found = read_edit(text[begin:]) or None  # cut at its length limit
    if not isinstance(found, dict):
        return None
    legal = rules.legal(found)
    return legal if legal or not found else None


def data_url(image: Image.Image) -> str:
    """The picture as a JPEG data URL of at most about `MOST_PHOTO_BYTES`, without what a camera notes beside it."""
    picture = image.convert("RGBA")
    flat = Image.new("RGB", picture.size, (255, 255, 255))
    flat.paste(picture, mask=picture.getchannel("A"))
    side = LONGEST_SIDE
    while True:
        small = flat.copy()
        small.thumbnail((side, side))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=85)
        if out.tell() <= MOST_PHOTO_BYTES or side <= 128:
            return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode("ascii")
        side //= 2
