"""The facade: joins the model, the catalogue, the heads and the composer into one stylist. One turn goes through here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from stylist import answers, everywhere, loosening, options, paths, unstocked
from stylist import session as memory_
from stylist.answer import Answer, Event
from stylist.catalog.items import Item, Outfit
from stylist.catalog.store import Catalog
from stylist.dialog import Dialog
from stylist.edits import Edit
from stylist.encoders import images as pictures
from stylist.encoders.describe import describe
from stylist.encoders.text import TextEncoder
from stylist.encoders.vision import VisionEncoder
from stylist.errors import ModelError, StylistError
from stylist.mllm import lexicon
from stylist.mllm.backbone import Backbone
from stylist.mllm.facts import LONGEST_SAID, facts_of
from stylist.mllm.models import Model
from stylist.mllm.remote import Remote
from stylist.mllm.responder import Responder, question_of
from stylist.mllm.tracker import Tracker
from stylist.ranking.asking import decide
from stylist.ranking.composer import Composer, Composition
from stylist.ranking.cuts import Cuts
from stylist.ranking.explain import with_rivals
from stylist.ranking.heads import Heads, ItemSpace
from stylist.ranking.relax import to_give_up, without
from stylist.ranking.replacements import compared
from stylist.ranking.shades import nearer, only_named_shades, prefer_named_shades
from stylist.retold import Retold
from stylist.state import DialogState
from stylist.turn_words import asked_in, gave_up_words, known_by_words, quick_replies, relax_words

UNSURE_PHOTO = 0.35
"""A photo's garment read with less certainty is asked about."""

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


class Session:
    """One conversation with a stylist."""

    def __init__(self, stylist: Stylist):
        self.stylist = stylist
        self.memory = memory_.Memory()
        self.saved: list[Outfit] = []
        self.retold = Retold(stylist.tracker)
        self._said_by_user: list[str] = []
        self._unstocked: tuple[str, ...] = ()
        self._relevance = np.full(len(stylist.catalog), 0.5)

    @property
    def state(self) -> DialogState:
        return self.memory.state

    def listen(self, text: str, images: Sequence[str | Path] = (), top_k: int = 3) -> tuple[memory_.Move, Edit, Composition, bool]:
        """Takes in a message: tracks it and composes, without writing a reply. Raises ImageError and changes nothing for a bad picture."""
        stylist = self.stylist
        opened = [pictures.load(path) for path in images]
        said = self.memory.said if self.retold.heard or self.memory.asked is not None else ""  # one's own remarks end on no proposal
        meant = answers.in_full(options.resolved(said, text, ordinals=self.retold.heard and len(self.retold.looks) <= 1), said, self.memory.latest)
        tracked = stylist.tracker.track(self.memory.state, said, meant, opened)
        tracked = memory_.replace(tracked, edit=answers.by_its_words(tracked, meant, said, self.memory.state, text))
        seen, unsure = self._seen(opened, images)
        self.memory.begin()
        made = self.retold.move(self.memory, tracked.edit, meant, seen)
        made, self.memory.doubtful = loosening.with_doubts(made, self.memory.doubtful, tracked)
        if unsure and made.ask is None:
            made = memory_.replace(made, ask="photo")
        if set(tracked.edit) == {"act"} and self.memory.shown:  # talk that is no wish moves no garment
            relevance = self._relevance
        else:
            self._said_by_user.append(text)
            relevance = stylist.relevance(" ".join(self._said_by_user[-4:]), tracked.vector)
        wished = made.state
        composition, made = self._compose(made, relevance, top_k, seen)
        self._relevance = relevance
        memory = self.memory
        self.memory = memory_.remember(memory, made.state, composition.outfits, memory.said, memory.asked, wished)
        self.memory.turns = memory.turns + 1
        self._before = memory
        return made, tracked.edit, composition, unsure

    def say(self, text: str, images: Sequence[str | Path] = (), top_k: int = 3) -> Iterator[Event]:
        """Takes in a message and answers it, as events."""
        made, edit, composition, _ = self.listen(text, images, top_k)
        self._unstocked = unstocked.asked_for(text)
        ask = memory_.question_to_ask(self._before, made) if composition.outfits else made.ask
        yield from self._answer(made, composition, ask, edit, memory_.may_ask(self._before, made, edit))

    def swap(self, rank: int, slot: str, top_k: int = 3) -> Iterator[Event]:
        """Another garment in one slot of the outfit of this rank, the rest kept."""
        yield from self._act({"pick": [str(min(max(rank, 1), 5))], "swap": [slot]}, top_k)

    def similar(self, rank: int, slot: str, top_k: int = 3) -> Iterator[Event]:
        """As `swap`, for a garment that reads like the one it replaces."""
        look = next((o for o in self.memory.shown if o.rank == rank), None)
        if look is not None and (alike := tuple(item for item in look.items if item.slot == slot)):
            self._relevance = (self._relevance + self.stylist.nearness(look.model_copy(update={"items": alike}))) / 2
        yield from self.swap(rank, slot, top_k)

    def direct(self, more: str, top_k: int = 3) -> Iterator[Event]:
        """A direction over what was shown: cheaper, warmer, dressier, ... of `edits.MORE`."""
        yield from self._act({"more": [more]}, top_k)

    def more_like(self, rank: int, top_k: int = 3) -> Iterator[Event]:
        """Other outfits near the shown one of this rank: none of its tops and bottoms again, but garments that read like its own."""
        look = next((o for o in self.memory.shown if o.rank == rank), None)
        made = memory_.move(self.memory, {"more": ["other"]}, "", ())
        if look is not None:
            self._relevance = (self._relevance + self.stylist.nearness(look)) / 2
        yield from self._recompose(made, top_k, {"more": ["other"]})

    def set_state(self, state: DialogState, top_k: int = 3) -> Iterator[Event]:
        """Outfits for a state that the person edited by hand."""
        made = memory_.Move(state)
        yield from self._recompose(made, top_k, {})

    def save_look(self, rank: int) -> Outfit | None:
        """Remembers the shown outfit of this rank; None where there is none."""
        outfit = next((o for o in self.memory.shown if o.rank == rank), None)
        if outfit is not None:
            self.saved.append(outfit)
        return outfit

    def _act(self, edit: Edit, top_k: int) -> Iterator[Event]:
        self.memory.begin()
        yield from self._recompose(memory_.move(self.memory, edit, "", ()), top_k, edit)

    def _recompose(self, made: memory_.Move, top_k: int, edit: Edit) -> Iterator[Event]:
        self._unstocked = ()
        wished = made.state
        composition, made = self._compose(made, self._relevance, top_k, ())
        self.memory = memory_.remember(self.memory, made.state, composition.outfits, self.memory.said, None, wished)
        yield from self._answer(made, composition, None, edit)

    def _compose(self, made: memory_.Move, relevance: np.ndarray, top_k: int, seen: Sequence[Item]) -> tuple[Composition, memory_.Move]:
        relevance = self._preferred(made.state, relevance)
        if made.compares and len(seen) > 1:  # which of the photographed garments goes better: the one with the better outfit
            tried = []
            for item in seen:
                candidate = memory_.replace(made, state=made.state.model_copy(update={"anchor": item}))
                tried.append((self._composed(candidate, relevance, top_k), candidate))
            return max(tried, key=lambda pair: pair[0].outfits[0].score if pair[0].outfits else -1.0)
        composition = self._composed(made, relevance, top_k)
        if composition.outfits:
            return composition, made
        for loosened in self._loosened(made, composition):
            if loosened != made.state and self._possible(loosened, made):
                nearest = loosening.restored(made.state, loosened, lambda state: self._possible(state, made))
                freed = memory_.replace(made, state=nearest, gave_up=loosening.to_tell(made.state, nearest, self.memory.adopted, self._named))
                again = self._composed(freed, relevance, top_k, explain=False)
                if again.outfits:
                    return again, freed
        return composition, made

    def _preferred(self, state: DialogState, relevance: np.ndarray) -> np.ndarray:
        """The items' relevance with the shades and cuts first that the person named."""
        relevance = prefer_named_shades(state, self.stylist.catalog.items, relevance)
        return self.stylist.cuts.preferred(state, self._said_by_user, relevance)

    @property
    def _named(self) -> frozenset[str]:
        """The values that the person's words name, of this turn and those before."""
        return lexicon.named(" ".join(self._said_by_user)[-LONGEST_SAID:])

    def _possible(self, state: DialogState, made: memory_.Move) -> bool:
        return self.stylist.composer.cheapest(state, made.reference_total)[0]

    def _loosened(self, made: memory_.Move, composition: Composition) -> Iterator[DialogState]:
        """States to try where nothing fits, the nearest first: how garments are gives way before what they are."""
        named = self._named
        if made.state.want.gender == ("unisex",):  # who wants no talk of gender is not kept from half of the shop
            yield made.state.model_copy(update={"want": made.state.want.model_copy(update={"gender": ()})})
        for state in (made.state, *made.softer):
            yield state
            yield from loosening.less_formal(state, named)
            yield loosening.unnamed(state, named, self.memory.adopted)
        given = [(wishes, reduce(without, wishes, made.state)) for wishes in to_give_up(composition.relax)]
        yield from (state for wishes, state in given if all(wish.field not in loosening.LOOKS for wish in wishes))
        yield from nearer(made.state)
        yield from (other for state in loosening.less_formal(made.state, named) for other in nearer(state))
        yield from loosening.unnamed_garments(made.state, named)
        yield from (state for wishes, state in given if all(wish.field != "type" for wish in wishes))
        yield from made.softest
        yield from loosening.freed(made.state)
        yield from loosening.freed(made.softer[-1]) if made.softer else ()
        yield from (state for _, state in given)

    def _composed(self, made: memory_.Move, relevance: np.ndarray, top_k: int, explain: bool = True) -> Composition:
        """Outfits with the colors on every garment that is meant, in the very shades and cuts that were named, or where there are none, with less."""
        composition = Composition(())
        cut = self.stylist.cuts.only(made.state, self._said_by_user)
        for state in (*(everywhere.ways(cut, self.stylist.catalog.items) if cut is not made.state else ()), *everywhere.ways(made.state, self.stylist.catalog.items)):
            strict = only_named_shades(state, self.stylist.catalog.items)
            for tried in (strict, state) if strict is not state else (state,):
                composition = self.stylist.composer.compose(tried, relevance, top_k, reference_total=made.reference_total, explain=explain)
                if composition.outfits:
                    return composition
        return composition

    def _seen(self, opened: Sequence[Image.Image], paths_: Sequence[str | Path]) -> tuple[list[Item], bool]:
        """The garments on this turn's photos, each photo's most prominent first, and whether the reading is unsure."""
        seen: list[Item] = []
        unsure = False
        for number, image in enumerate(opened):
            found = describe(image, self.stylist.vision)
            for rank, reading in enumerate(found):
                values = {k: x for k, x in reading.items() if k in ("slot", "type", "color", "pattern", "material", "sleeve", "length")}
                seen.append(Item(id=f"photo-{number + 1}-{rank + 1}", image=str(paths_[number]), title="", extra={"owned": True}, **values))
            if not found or found[0].get("confidence", 0.0) < UNSURE_PHOTO:
                unsure = True
        return seen, unsure

    def _answer(self, made: memory_.Move, composition: Composition, ask: str | None, edit: Edit, may_ask: bool = False) -> Iterator[Event]:
        """The events of a turn. With `may_ask` a question is thought about where none has to be asked, once the outfits stand."""
        yield "state", made.state
        outfits = self._compared(made, composition)
        if outfits:
            self.memory.shown = outfits
        yield "outfits", outfits
        if ask is None and may_ask and outfits:
            relevance = self._preferred(made.state, self._relevance)
            known = known_by_words(" ".join(self._said_by_user), made.state)
            ask = decide(self.stylist.composer, made.state, relevance, outfits, (*self.memory.asked_before, *known)).ask
        act = made.act if outfits or made.act in ("thanks", "bye", "override", "abuse") else "empty"
        relax = None
        if act == "empty" and composition.relax:
            relax = relax_words(composition, made.state)
        facts = facts_of(made.state, outfits, act, ask, made.swapped, relax, " ".join(self._said_by_user))
        seed = zlib.crc32(" ".join([*self._said_by_user[-3:], act, str(self.memory.turns)]).encode())
        gave_up = (*made.gave_up, *everywhere.missed(made.state, outfits))
        pieces = [gave_up_words(gave_up, made.state) + " "] if outfits and gave_up and gave_up != self.memory.gave_up else []
        self.memory.gave_up = gave_up
        if outfits and (missing := unstocked.told(self._unstocked, (item.title for item in self.stylist.catalog), made.state.language)):
            pieces.append(missing + " ")
        for piece in pieces:
            yield "text", piece
        for piece in self.stylist.responder.stream(facts, seed):
            pieces.append(piece)
            yield "text", piece
        reply = "".join(pieces)
        question = question_of(reply) if ask else None
        self.memory.told(reply, ask)
        relaxed = tuple((one.text, reduce(without, one.wishes, made.state)) for one in composition.relax) if act == "empty" else ()
        yield "done", Answer(made.state, reply, question, outfits, quick_replies(made.state, ask), edit, relaxed)

    def _compared(self, made: memory_.Move, composition: Composition) -> tuple[Outfit, ...]:
        """The outfits with what could stand in each item's place."""
        relevance = self._preferred(made.state, self._relevance)
        rivals = compared(self.stylist.composer, made.state, relevance, composition.outfits, composition.strictness, made.reference_total)
        return tuple(with_rivals(made.state, outfit, found) for outfit, found in zip(composition.outfits, rivals, strict=True))
