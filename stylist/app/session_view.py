"""One visitor's page: the session, what is shown of it, and the photos sent. Turns the session's events into what changed.

Nothing here is shared between visitors, and nothing here knows how a component of the page is made.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from stylist import vocabulary as v
from stylist.app.chips import with_total, without
from stylist.app.shelf import BoardFiles, Shelf
from stylist.app.words import words
from stylist.catalog.items import Item, Outfit
from stylist.edits import MORE
from stylist.encoders.images import load
from stylist.errors import ImageError, StylistError
from stylist.names import value_name
from stylist.state import DialogState

LONGEST_TEXT = 2000
MOST_PHOTOS = 4
MOST_SAVED = 24
TOP_K = 3
PATIENCE_S = 20.0
"""How long a change of the wishes waits for the answer being written; both hold, whichever came first."""

log = logging.getLogger(__name__)

Event = tuple[str, Any]
Changes = frozenset[str]
"""Which parts of the page changed, of: chat, looks, wishes, quick, saved."""


class Busy(StylistError):
    """The visitor's page is still answering."""


class Session(Protocol):
    """What the page asks of a conversation; each of the first six yields the events of one answer."""

    def say(self, text: str, images: Sequence[Path] = (), top_k: int = 3) -> Iterable[Event]: ...
    def swap(self, rank: int, slot: str) -> Iterable[Event]: ...
    def similar(self, rank: int, slot: str) -> Iterable[Event]: ...
    def direct(self, more: str) -> Iterable[Event]: ...
    def more_like(self, rank: int) -> Iterable[Event]: ...
    def set_state(self, state: DialogState) -> Iterable[Event]: ...
    def save_look(self, rank: int) -> Any: ...


class SessionView:
    """What one visitor sees. `history` holds chat messages, `outfits` and `boards` run in parallel."""

    def __init__(
        self, session: Session, image_path: Callable[[Item], Path | None], shelf: Shelf, language: str = "en"
    ) -> None:
        self.session, self.shelf, self.language = session, shelf, language
        self.history: list[dict[str, Any]] = []
        self.state = DialogState(language=language)
        self.outfits: tuple[Outfit, ...] = ()
        self.boards: list[BoardFiles | None] = []
        self.quick: tuple[str, ...] = tuple(words(language)["starters"])
        self.saved: list[tuple[Outfit, BoardFiles]] = []
        self.saved_ranks: set[int] = set()
        self.asked = False
        self.relax: tuple[tuple[str, DialogState], ...] = ()
        """Where nothing fits: wishes to give up, in words, and the state without them."""
        self._image_path = image_path
        self._token = secrets.token_hex(8)
        self._folder: Path | None = None
        self._photos: set[Path] = set()
        self._busy = threading.Lock()

    def __deepcopy__(self, memo: dict[int, Any]) -> SessionView:
        return self  # one visitor, one page: a copy would answer twice

    @property
    def busy(self) -> bool:
        """True while an answer is being written."""
        return self._busy.locked()

    @property
    def owned(self) -> tuple[str, ...]:
        """Ids of the shown items that the person has already."""
        shown = [item for outfit in self.outfits for item in outfit.items]
        return tuple(dict.fromkeys(item.id for item in shown if item.extra.get("owned")))

    def close(self) -> None:
        """Removes the visitor's photos from the disk."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def speak(self, language: str) -> None:
        """Changes the language of the page; suggestions stay in the language of the conversation once it has begun."""
        self.language = language
        if not self.history:
            self.quick = tuple(words(language)["starters"])
            self.state = self.state.model_copy(update={"language": language})

    def say(self, text: str, files: Iterable[str | Path] = ()) -> Iterator[Changes]:
        """A message with photos. Photos that cannot be used are named in the chat; the rest is answered."""
        with self._turn():
            say = words(self.language)
            text, notes = text.strip(), []
            if len(text) > LONGEST_TEXT:
                text = text[:LONGEST_TEXT]
                notes.append(say["too_long"].format(count=LONGEST_TEXT))
            photos, faults = self._checked(list(files))
            notes += faults
            for photo in photos:
                self._add("user", {"path": str(photo)})
            if text:
                self._add("user", text)
            for note in notes:
                self._add("assistant", note)
            if text or photos:
                yield from self._play(lambda: self.session.say(text, images=photos, top_k=TOP_K))
            elif notes:
                yield frozenset({"chat"})

    def swap(self, rank: int, slot: str, similar: bool = False) -> Iterator[Changes]:
        """Another piece for one slot of a shown outfit, one like it with `similar`."""
        if slot not in v.SLOTS or rank not in {outfit.rank for outfit in self.outfits}:
            return
        with self._turn():
            label = words(self.language)["similar_label" if similar else "swap_label"]
            self._add("user", label.format(slot=value_name("slot", slot, self.language), rank=rank))
            yield from self._play(lambda: (self.session.similar if similar else self.session.swap)(rank, slot))

    def keep(self, rank: int, garment: str) -> Iterator[Changes]:
        """Fixes a shown garment, by its id or slot, in every look, or lets it go again."""
        item = next((i for o in self.outfits if o.rank == rank for i in o.items if garment in (i.id, i.slot) and i.id not in self.owned), None)
        if item is None:
            return
        slot = item.slot
        with self._turn(PATIENCE_S):
            others = {s: i for s, i in self.state.keep.items() if s != slot}
            chosen = others if self.state.keep.get(slot) == item.id else {**others, slot: item.id}
            yield from self._play(lambda: self.session.set_state(self.state.model_copy(update={"keep": chosen})))

    def direct(self, more: str) -> Iterator[Changes]:
        """All looks anew in one direction of `edits.MORE`."""
        if more not in MORE:
            return
        with self._turn():
            self._add("user", words(self.language)["direct"].get(more, more))
            yield from self._play(lambda: self.session.direct(more))

    def more_like(self, rank: int) -> Iterator[Changes]:
        """Looks near a shown one."""
        if rank not in {outfit.rank for outfit in self.outfits}:
            return
        with self._turn():
            self._add("user", words(self.language)["more_like_said"].format(rank=rank))
            yield from self._play(lambda: self.session.more_like(rank))

    def forget(self, key: str) -> Iterator[Changes]:
        """Takes one wish back; `key` is a chip's."""
        with self._turn(PATIENCE_S):
            yield from self._play(lambda: self.session.set_state(without(self.state, key)))

    def give_up(self, number: int) -> Iterator[Changes]:
        """Takes back the wishes of one entry of `relax`."""
        if not 0 <= number < len(self.relax):
            return
        with self._turn(PATIENCE_S):
            text, state = self.relax[number]
            self._add("user", words(self.language)["give_up_said"].format(wishes=text))
            yield from self._play(lambda: self.session.set_state(state))

    def budget(self, total: float | None) -> Iterator[Changes]:
        """Another budget for the whole outfit; nothing happens where it is the old one."""
        if (total or None) == self.state.budget.total:
            return
        with self._turn(PATIENCE_S):
            yield from self._play(lambda: self.session.set_state(with_total(self.state, total)))

    def save(self, rank: int) -> Iterator[Changes]:
        """Puts a shown outfit aside."""
        for outfit, files in zip(self.outfits, self.boards, strict=True):
            if (
                outfit.rank == rank
                and files is not None
                and rank not in self.saved_ranks
                and len(self.saved) < MOST_SAVED
            ):
                self.session.save_look(rank)
                self.saved.append((outfit, files))
                self.saved_ranks.add(rank)
                yield frozenset({"looks", "saved"})

    @contextmanager
    def _turn(self, wait_s: float = 0.0) -> Iterator[None]:
        """Holds the page for one answer; Busy where one is still being written after `wait_s` seconds."""
        if not self._busy.acquire(timeout=wait_s):
            raise Busy(words(self.language)["busy"])
        try:
            yield
        finally:
            self._busy.release()

    def _add(self, role: str, content: Any) -> None:
        self.history.append({"role": role, "content": content})

    def _checked(self, files: list[str | Path]) -> tuple[list[Path], list[str]]:
        """Uploads as clean upright JPEG copies (no metadata), and a sentence for each that is no usable picture."""
        say = words(self.language)
        photos, faults = [], []
        for number, upload in enumerate(files[:MOST_PHOTOS]):
            try:
                picture = load(upload, Path(upload).name)
            except ImageError as fault:
                faults.append(say["bad_photo"].format(reason=fault))
                continue
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="stylist-visitor-"))
            path = self._folder / f"{secrets.token_hex(8)}-{number}.jpg"
            picture.save(path, "JPEG", quality=92)
            photos.append(path)
            self._photos.add(path)
        if len(files) > MOST_PHOTOS:
            faults.append(say["too_many_photos"].format(count=MOST_PHOTOS))
        return photos, faults

    def _play(self, answer: Callable[[], Iterable[Event]]) -> Iterator[Changes]:
        """One answer, event by event. Boards are drawn once the first words stand on the page, so that nobody waits for them."""
        self.quick = ()
        said: int | None = None
        yield frozenset({"chat", "quick"})
        try:
            for kind, value in answer():
                if kind == "state":
                    self.state = value
                    yield frozenset({"wishes"})
                elif kind == "outfits":
                    self.asked, self.relax = True, ()
                    self.outfits, self.boards = tuple(value), [None] * len(value)
                    self.saved_ranks = set()
                    yield frozenset({"looks"})
                elif kind == "text":
                    if said is None:
                        said = len(self.history)
                        self._add("assistant", "")
                    self.history[said]["content"] += value
                    yield frozenset({"chat"})
                    if None in self.boards:
                        self._draw()
                        yield frozenset({"looks"})
                elif kind == "done":
                    yield from self._finish(value, said)
        except StylistError as fault:
            self._add("assistant", words(self.language)["sorry"].format(reason=fault))
            yield frozenset({"chat", "quick"})
        except Exception:
            log.exception("an answer failed")
            self._add("assistant", words(self.language)["unexpected"])
            yield frozenset({"chat", "quick"})
        if None in self.boards:
            self._draw()
            yield frozenset({"looks"})

    def _finish(self, answer: Any, said: int | None) -> Iterator[Changes]:
        reply = answer.reply
        if answer.question and answer.question not in reply:
            reply = f"{reply} {answer.question}".strip()
        if said is None:
            said = len(self.history)
            self._add("assistant", "")
        self.history[said]["content"] = reply
        self.state = answer.state
        changed = {"chat", "quick", "wishes"}
        if tuple(answer.outfits) != self.outfits:
            self.outfits, self.boards, self.saved_ranks = tuple(answer.outfits), [None] * len(answer.outfits), set()
        if None in self.boards:
            self._draw()
            changed.add("looks")
        self.quick, self.relax = tuple(answer.quick_replies), tuple(answer.relax)
        if self.relax:
            changed.add("looks")
        yield frozenset(changed)

    def _picture_of(self, item: Item) -> Path | None:
        """The visitor's own photo of a garment, else the catalogue's picture."""
        if item.image is not None and Path(item.image) in self._photos:
            return Path(item.image)
        return self._image_path(item)

    def _draw(self) -> None:
        tag = words(self.language)["tag"]
        for number, outfit in enumerate(self.outfits):
            if self.boards[number] is None:
                owned = tuple(item.id for item in outfit.items if item.id in self.owned)
                photos = [item.image for item in outfit.items if item.image and Path(item.image) in self._photos]
                private = "|".join([self._token, *photos]) if photos else ""
                self.boards[number] = self.shelf.put(outfit.items, self._picture_of, owned, tag, private)
