"""A stylist without a model for the page's tests: it hears a few words and answers with the events of a real session."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stylist import edits
from stylist.catalog.items import Item, Outfit, Why
from stylist.errors import StylistError
from stylist.state import DialogState


@dataclass(frozen=True)
class FakeAnswer:
    reply: str
    question: str | None
    outfits: tuple[Outfit, ...]
    state: DialogState
    quick_replies: tuple[str, ...]
    relax: tuple[tuple[str, DialogState], ...] = ()


class FakeCatalog:
    def __init__(self, items: list[Item], folder: Path) -> None:
        self.items, self.folder = items, folder

    def image_path(self, item: Item) -> Path | None:
        path = self.folder / item.image if item.image else None
        return path if path and path.is_file() else None


class FakeSession:
    def __init__(self, catalog: FakeCatalog, pause: float) -> None:
        self.catalog, self.pause = catalog, pause
        self.state = DialogState()
        self.saved: list[int] = []
        self.calls: list[tuple[Any, ...]] = []
        self._turn = itertools.count()

    def say(self, text: str, images: list[Path], top_k: int = 3) -> Iterator[tuple[str, Any]]:
        self.calls.append(("say", text, tuple(images)))
        if "impossible" in text:
            raise StylistError("nothing in the catalogue is both free and cashmere")
        if "crash" in text:
            raise RuntimeError("secret path /etc/passwd")
        edit: edits.Edit = {"+occasion": ["wedding-guest"]} if "wedding" in text else {}
        if "no black" in text:
            edit["-color"] = ["black"]
        if "boots" in text:
            edit["+type"] = ["boots"]
        if "150" in text:
            edit["total"] = "150 USD"
        state = edits.apply(self.state, edit)
        if "sold out" in text:
            yield "state", state
            yield "outfits", ()
            freed = state.model_copy(update={"avoid": DialogState().avoid})
            yield "done", FakeAnswer("Nothing keeps all of it.", None, (), state, (), (("no black", freed),))
            return
        if images:
            anchor = Item(id="photo-1-1", type="jacket", color="blue", image=str(images[0]), extra={"owned": True})
            state = state.model_copy(update={"anchor": anchor})
        yield from self._answer(
            state, top_k, "Here is a soft start, laid out for you. The first look leads with the longest line."
        )

    def swap(self, rank: int, slot: str) -> Iterator[tuple[str, Any]]:
        self.calls.append(("swap", rank, slot))
        yield from self._answer(self.state, 3, f"Another {slot} it is.")

    def similar(self, rank: int, slot: str) -> Iterator[tuple[str, Any]]:
        self.calls.append(("similar", rank, slot))
        yield from self._answer(self.state, 3, f"Something like the {slot}.")

    def direct(self, more: str) -> Iterator[tuple[str, Any]]:
        self.calls.append(("direct", more))
        yield from self._answer(self.state.model_copy(update={"prefer": (more,)}), 3, f"All of it, {more}.")

    def more_like(self, rank: int) -> Iterator[tuple[str, Any]]:
        self.calls.append(("more_like", rank))
        yield from self._answer(self.state, 3, f"More in the manner of look {rank}.")

    def set_state(self, state: DialogState) -> Iterator[tuple[str, Any]]:
        self.calls.append(("set_state", state))
        yield from self._answer(state, 3, "Noted, and laid out anew.")

    def save_look(self, rank: int) -> None:
        self.saved.append(rank)

    def _answer(self, state: DialogState, top_k: int, reply: str) -> Iterator[tuple[str, Any]]:
        self.state = state
        yield "state", state
        outfits = tuple(self._outfit(rank, next(self._turn), state) for rank in range(1, top_k + 1))
        yield "outfits", outfits
        for word in reply.split(" "):
            time.sleep(self.pause)
            yield "text", word + " "
        yield "done", FakeAnswer(reply, "Day or evening?", outfits, state, ("Day", "Evening", "Something cheaper"))

    def _outfit(self, rank: int, turn: int, state: DialogState) -> Outfit:
        shapes = (
            ("outer", "top", "bottom", "shoes", "bag"),
            ("dress", "shoes", "bag", "accessory"),
            ("top", "bottom", "shoes"),
        )
        chosen = []
        for slot in shapes[(rank - 1) % 3]:
            if state.anchor and slot == "outer":
                chosen.append(state.anchor)
                continue
            fitting = [
                i
                for i in self.catalog.items
                if (i.type == "dress" if slot == "dress" else i.slot == slot and i.type != "dress")
            ]
            fitting = [i for i in fitting if i.color not in state.avoid.color] or fitting
            fitting = [i for i in fitting if i.id == state.keep.get(i.slot)] or fitting
            if fitting:
                chosen.append(fitting[(turn * 7 + rank) % len(fitting)])
        why = tuple(
            Why(item=i.id, text=f"Goes with the rest: {i.color} beside a quiet tone.", contribution=0.2) for i in chosen
        )
        return Outfit(rank=rank, score=1.0 - rank / 10, items=tuple(chosen), why=why)


class FakeStylist:
    """`session()` and `catalog` as the facade has them. `pause` seconds lie between two words."""

    def __init__(self, items: list[Item], folder: Path, pause: float = 0.01) -> None:
        self.catalog, self._pause = FakeCatalog(items, folder), pause
        self.sessions: list[FakeSession] = []

    def session(self) -> FakeSession:
        self.sessions.append(FakeSession(self.catalog, self._pause))
        return self.sessions[-1]
