"""One conversation: takes in messages, tracks them, composes, and answers. What it needs of models and catalogue the `Stylist` holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from stylist import answers, everywhere, loosening, options, unstocked
from stylist import session as memory_
from stylist.answer import Answer, Event
from stylist.catalog.items import Item, Outfit
from stylist.edits import Edit
from stylist.encoders import images as pictures
from stylist.encoders.describe import describe
from stylist.mllm import lexicon
from stylist.mllm.facts import LONGEST_SAID, facts_of
from stylist.mllm.responder import question_of
from stylist.ranking.asking import decide
from stylist.ranking.composer import Composition
from stylist.ranking.explain import with_rivals
from stylist.ranking.relax import to_give_up, without
from stylist.ranking.replacements import compared
from stylist.ranking.shades import nearer, only_named_shades, prefer_named_shades
from stylist.retold import Retold
from stylist.state import DialogState
from stylist.turn_words import gave_up_words, known_by_words, quick_replies, relax_words

if TYPE_CHECKING:
    from stylist.stylist import Stylist

UNSURE_PHOTO = 0.35
"""A photo's garment read with less certainty is asked about."""


class Session:
    """One conversation with a stylist."""

    def __init__(self, stylist: Stylist):
        self.stylist = stylist
        self.memory = memory_.Memory()
        self.saved: list[Outfit] = []
        self.retold = Retold(stylist.tracker)
        self._said_by_user: list[str] = []
        self._meant_by_user: list[str] = []
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
        unmet = unstocked.nothing_else(text) and bool(self.memory.shown) and not opened  # what is not to be had changes nothing
        tracked = memory_.replace(tracked, edit={} if unmet else answers.by_its_words(tracked, meant, said, self.memory.state, text))
        seen, unsure = self._seen(opened, images)
        self.memory.begin()
        made = self.retold.move(self.memory, tracked.edit, meant, seen)
        made, self.memory.doubtful = loosening.with_doubts(made, self.memory.doubtful, tracked)
        if unsure and made.ask is None:
            made = memory_.replace(made, ask="photo")
        if unmet or (set(tracked.edit) == {"act"} and self.memory.shown):  # talk that is no wish moves no garment
            relevance = self._relevance
        else:
            self._said_by_user.append(text)
            self._meant_by_user.append(meant)
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
        return self.stylist.cuts.preferred(state, self._meant_by_user, relevance)

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
        cut = self.stylist.cuts.only(made.state, self._meant_by_user)
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
