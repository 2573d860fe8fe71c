"""The tracker on phrases that trained nothing: does the state after an exchange stand as it should?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eval.context import Context, Figures
from eval.lexicon import Lexicon
from stylist import edits
from stylist.edits import Edit
from stylist.errors import VocabularyError
from stylist.mllm.tracker import Tracker
from stylist.state import DialogState
from stylist.training.exchanges import Exchange, exchanges

PRIMARY = "joint"
SEED = 4242
REFERENCES = ("keep", "swap", "pick", "more")

Fact = tuple[str, str]


def measure(context: Context) -> Figures:
    """Over text exchanges of the phrase bank's `valid` part, all, for each language, and for templates (`/phrases`) and whole
    messages as people type them (`/messages`) apart:

    `joint`: share of exchanges after which the whole state, and what the message refers to, is right (joint goal
    accuracy); `slot_f1`: F1 of the changes to the state, summed over exchanges. The tracker's lexicon lacks the forms that only validate;
    `known/...` are the same with the whole lexicon, as it works. `lexicon/...` are the same of a keyword
    matcher that ignores negation, `nothing/joint` of a tracker that changes nothing.
    """
    chosen = sample(context.size(600, 60))
    working, lexicon = context.stylist.tracker, Lexicon.from_phrases()
    tracker = Tracker(context.stylist.backbone, lexicon="train")
    systems: dict[str, dict[str, Tally]] = {"": {}, "known/": {}, "lexicon/": {}, "nothing/": {}}
    for exchange in context.track(chosen, "tracking"):
        before = edits.apply(DialogState(), exchange.before)
        written = {
            "": tracker.track(before, exchange.assistant, exchange.user).edit,
            "known/": working.track(before, exchange.assistant, exchange.user).edit,
            "lexicon/": lexicon.edit(exchange.user, exchange.language),
            "nothing/": Edit(),
        }
        for name, edit in written.items():
            kind = "/messages" if exchange.acts == ("message",) else "/phrases"
            for key in ("", f"/{exchange.language}", kind):
                systems[name].setdefault(key, Tally()).add(before, exchange.edit, edit)
    figures: Figures = {}
    for name, tallies in systems.items():
        for key, tally in tallies.items():
            figures[f"{name}joint{key}"] = tally.joint
            if name != "nothing/":
                figures[f"{name}slot_f1{key}"] = tally.f1
    counts = {f"n{key}": float(tally.exchanges) for key, tally in systems[""].items()}
    return {**figures, **counts, "seed": SEED}


def sample(count: int) -> list[Exchange]:
    """The first exchanges without photos of the `valid` part."""

    def texts() -> Iterator[Exchange]:
        for exchange in exchanges(SEED, part="valid"):
            if not exchange.photos and exchange.user.strip():
                yield exchange

    stream = texts()
    return [next(stream) for _ in range(count)]


def goal(before: DialogState, edit: Edit) -> set[Fact]:
    """The state after the edit as facts, and what the edit refers to; an edit that is none leaves the state as it was."""
    try:
        after = edits.apply(before, edit)
    except VocabularyError:
        after, edit = before, Edit()
    return set(_facts(edits.as_edit(after))) | set(_facts({k: edit[k] for k in REFERENCES if k in edit}))


def _facts(edit: Edit) -> Iterator[Fact]:
    for key, value in edit.items():
        for word in value if isinstance(value, list) else [value]:
            yield key, str(word)


@dataclass
class Tally:
    """Counts over exchanges."""

    exchanges: int = 0
    right: int = 0
    hits: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, before: DialogState, gold: Edit, written: Edit) -> None:
        """Counts one exchange."""
        start, expected, reached = goal(before, Edit()), goal(before, gold), goal(before, written)
        wanted, found = _changes(start, expected), _changes(start, reached)
        self.exchanges += 1
        self.right += expected == reached
        self.hits += len(wanted & found)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def joint(self) -> float:
        return self.right / self.exchanges if self.exchanges else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * self.hits / total if total else 1.0


def _changes(start: Iterable[Fact], end: Iterable[Fact]) -> set[tuple[str, Fact]]:
    start, end = set(start), set(end)
    return {("gained", fact) for fact in end - start} | {("lost", fact) for fact in start - end}
