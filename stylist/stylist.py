"""The facade: joins the model, the catalogue, the heads and the composer into one stylist. A turn goes through `conversation.Session`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch

from stylist import paths
from stylist.answer import Answer
from stylist.catalog.items import Outfit
from stylist.catalog.store import Catalog
from stylist.conversation import Session
from stylist.dialog import Dialog
from stylist.encoders.text import TextEncoder
from stylist.encoders.vision import VisionEncoder
from stylist.errors import ModelError, StylistError
from stylist.mllm.backbone import Backbone
from stylist.mllm.models import Model
from stylist.mllm.remote import Remote
from stylist.mllm.responder import Responder
from stylist.mllm.tracker import Tracker
from stylist.ranking.composer import Composer
from stylist.ranking.cuts import Cuts
from stylist.ranking.heads import Heads, ItemSpace
from stylist.turn_words import asked_in

MOST_OUTFITS = 100
"""Outfits that one answer holds at most; nobody looks at more, and each is compared with those before it."""


class Stylist:
    """Everything loaded. `session()` starts a conversation; `recommend` answers a dialog at once."""

    def __init__(self, backbone: Model, catalog: Catalog, text: TextEncoder, vision: VisionEncoder, heads: Heads | None):
        self.backbone, self.catalog, self.text, self.vision = backbone, catalog, text, vision
        self.tracker, self.responder = Tracker(backbone), Responder(backbone)
        self.composer = Composer(catalog.items)
        self._heads = heads

    @classmethod
    def load(
        cls, model: str | None = None, catalog: str | Path | Catalog | None = None, text_encoder: str | None = None, image_encoder: str | None = None,
        adapters: dict[str, str] | None = None, device: str | None = None, four_bit: bool = False, server: str | None = None,
    ) -> Stylist:  # fmt: skip
        """The bundled stylist, or one with another model, catalogue or encoders; CatalogError or ModelError where one can't be had.

        `model` is a name on the Hub or a folder; with `server`, the base URL of an OpenAI-compatible API, its name there. A URL
        as `model` is a server whose only model is meant. `adapters` maps tracker and stylist to names, folders or the server's models.
        """
        store = catalog if isinstance(catalog, Catalog) else Catalog.load(catalog or paths.catalogue())
        _check_device(device)
        if server is None and model is not None and model.lower().startswith(("http://", "https://")):
            server, model = model, None
        if server is not None and four_bit:
            raise ModelError("4-bit weights are the server's own matter; expected no --four-bit beside --server")
        backbone: Model = Remote.connect(server, model, adapters) if server is not None else Backbone.load(model, adapters, device, four_bit)
        heads = Heads.load() if (paths.asset("heads") / "config.json").is_file() else None
        return cls(backbone, store, TextEncoder(text_encoder), VisionEncoder(image_encoder), heads)

    @cached_property
    def space(self) -> ItemSpace | None:
        """The catalogue in the item space; None where the heads were trained for other vectors."""
        if self._heads is None:
            return None
        try:
            return ItemSpace(self.catalog, self._heads)
        except ModelError:
            return None

    @cached_property
    def cuts(self) -> Cuts:
        """The words for cuts in the catalogue's titles."""
        return Cuts(self.catalog.items)

    def session(self) -> Session:
        """A new conversation; nothing of it is shared with others."""
        return Session(self)

    def recommend(self, dialog: Dialog, top_k: int = 5) -> dict[str, Any]:
        """The answer to a dialog's last turn, as `stylist recommend --json` prints it."""
        return self.answer(dialog, top_k).public()

    def stream(self, dialog: Dialog, top_k: int = 5) -> Iterator[str]:
        """The reply to a dialog's last turn as it is written."""
        top_k = _outfits_asked(top_k)
        session, last = self._replayed(dialog, top_k)
        for kind, value in session.say(last.text, list(last.images), top_k):
            if kind == "text":
                yield value

    def answer(self, dialog: Dialog, top_k: int = 5) -> Answer:
        """The whole answer to a dialog's last turn; earlier turns are read, not answered.

        `top_k` is cut to `MOST_OUTFITS`; StylistError where it is below 1.
        """
        top_k = _outfits_asked(top_k)
        session, last = self._replayed(dialog, top_k)
        for kind, value in session.say(last.text, list(last.images), top_k):
            if kind == "done":
                return value
        raise AssertionError("a turn always ends")

    def _replayed(self, dialog: Dialog, top_k: int) -> tuple[Session, Any]:
        session = self.session()
        exchanges = dialog.exchanges()
        for number, (before, turn) in enumerate(exchanges):
            session.memory.told(before or session.memory.said, asked_in(before or ""))
            session.retold.hear(before)
            if number < len(exchanges) - 1:
                session.listen(turn.text, list(turn.images), top_k)
        return session, exchanges[-1][1]

    def relevance(self, text: str, hidden: np.ndarray) -> np.ndarray:
        """How well each item fits what was said, (n,) in 0..1, before any promise is looked at."""
        if self.space is None or len(hidden) + self.text.dimension != self.space.heads.sizes["conversation"]:
            vectors = self.catalog.vectors("text")
            if vectors is None or vectors.shape[1] != self.text.dimension:
                return np.full(len(self.catalog), 0.5)
            return np.clip(vectors @ self.text.encode([text or "outfit"])[0], 0, 1)
        return self.space.scores(conversation_vector(hidden, self.text.encode([text or "outfit"])[0]))


    def nearness(self, outfit: Outfit) -> np.ndarray:
        """How near each item's text is to the outfit's item of the same slot, (n,) in 0..1; 0 for other slots."""
        near = np.zeros(len(self.catalog))
        vectors = self.catalog.vectors("text")
        if vectors is None:
            return near
        slots = np.array([item.slot for item in self.catalog])
        for item in outfit.items:
            if item.id in self.catalog:
                same = slots == item.slot
                near[same] = np.maximum(near[same], np.clip(vectors[same] @ vectors[self.catalog.row(item.id)], 0, 1))
        return near


def _outfits_asked(top_k: int) -> int:
    if isinstance(top_k, bool) or not isinstance(top_k, int):
        raise StylistError(f"top_k: {top_k!r} is no number of outfits; expected a whole number, 1 or more")
    if top_k < 1:
        raise StylistError(f"top_k: {top_k} is no number of outfits; expected 1 or more")
    return min(top_k, MOST_OUTFITS)


def _check_device(device: str | None) -> None:
    """ModelError where this machine or this build of torch does not have the device."""
    if device is None:
        return
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as fault:
        reason = str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
        raise ModelError(f"device {device!r}: cannot be used here ({reason}); expected cpu, cuda, cuda:1, mps, ...") from None


def conversation_vector(hidden: np.ndarray, text: np.ndarray) -> np.ndarray:
    """The model's pooled hidden state beside the text encoder's vector, each of unit length: (hidden + text,)."""
    return np.concatenate([hidden / max(1e-6, float(np.linalg.norm(hidden))), text]).astype(np.float32)
