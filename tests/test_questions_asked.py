"""A stylist that asks, and never interrogates: no model, the real session, composer and question's worth."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from stylist import conversation
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.conversation import Session
from stylist.edits import Edit
from stylist.mllm.facts import ASKS, ReplyFacts
from stylist.mllm.tracker import Tracked
from stylist.ranking import asking
from stylist.ranking.composer import Composer
from stylist.ranking.cuts import Cuts
from stylist.ranking.data_files import load
from stylist.session import Memory, Move, may_ask
from stylist.state import DialogState, Wishes
from stylist.training import phrases
from stylist.turn_words import asked_in, quick_replies

FIELDS = tuple(load("asking")["answers"])
COLORS = ("black", "white", "blue", "green", "red", "brown")


def _items() -> list[Item]:
    rng, items = random.Random(1), []
    for number in range(140):
        garment = rng.choice(("shirt", "blouse", "trousers", "jeans", "skirt", "heels", "sneakers", "oxfords", "blazer", "coat", "tote", "belt"))
        items.append(Item(
            id=f"i{number}", type=garment, slot=v.SLOT_OF_TYPE[garment], color=rng.choice(COLORS), formality=rng.choice(v.FORMALITY[1:]),
            season=tuple(rng.sample(v.SEASONS, 2)), price=50.0,
        ))  # fmt: skip
    return items


ITEMS = _items()


class _Talk:
    """A session without a model: `edits` are what the person means turn by turn, the reply ends on the question of its facts."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.facts: list[ReplyFacts] = []
        meant = iter(edits)
        stylist: Any = SimpleNamespace(
            catalog=ITEMS_CATALOG, composer=Composer(ITEMS), cuts=Cuts(ITEMS), relevance=lambda *_: np.linspace(0.2, 0.8, len(ITEMS)),
            tracker=SimpleNamespace(track=lambda *_: Tracked(edit=next(meant), vector=np.zeros(1))),
            responder=SimpleNamespace(stream=self._reply),
        )  # fmt: skip
        self.session = Session(stylist)
        self.turns = [list(self.session.say(f"turn {number}")) for number in range(len(edits))]

    def _reply(self, facts: ReplyFacts, seed: int) -> Iterator[str]:
        self.facts.append(facts)
        yield "Here it is."
        if facts.ask is not None:
            yield f" {phrases.load('en', 'all').replies[f'r_ask_{facts.ask}'][0]}" if facts.ask in FIELDS else " Which one is it?"

    @property
    def asked(self) -> list[str | None]:
        return [facts.ask for facts in self.facts]


class _Catalog(list[Item]):
    @property
    def items(self) -> list[Item]:
        return self


ITEMS_CATALOG = _Catalog(ITEMS)
CHATTER: list[Edit] = [
    {"+type": ["shirt"]}, {"+type": ["skirt"]}, {"-color": ["green"]}, {"+season": ["summer"]}, {"+occasion": ["office"]},
    {"more": ["other"]}, {"+color": ["blue"]}, {"act": ["praise"]}, {"act": ["thanks"]}, {"total": "400 USD"}, {"swap": ["shoes"]},
    {"more": ["cheaper"]}, {"+type": ["oxfords"]}, {"act": ["vague"]},
]  # fmt: skip


def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every field not asked and not known would be asked about."""

    def ask(composer: Composer, state: DialogState, relevance: np.ndarray, shown: Sequence[Outfit], without: Sequence[str] = ()) -> asking.Decision:
        left = [name for name in FIELDS if name not in without and not asking.known(state, name)]
        return asking.Decision(left[0] if left else None, 0.0, 0.5)

    monkeypatch.setattr(conversation, "decide", ask)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("eager", [True, False])
def test_nobody_is_interrogated(seed: int, eager: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if eager:
        _eager(monkeypatch)
    rng = random.Random(seed)
    edits = [CHATTER[0], *rng.choices(CHATTER, k=9)]
    talk = _Talk(edits)
    said = [turn[-1][1] for turn in talk.turns]
    for before, after in zip(talk.asked, talk.asked[1:], strict=False):
        assert before is None or after is None, "asked in two turns running"
    fields = [ask for ask in talk.asked if ask is not None]
    assert len(fields) == len(set(fields)), "asked the same again"
    for edit, ask, answer in zip(edits, talk.asked, said, strict=True):
        assert ask is None or not asking.known(answer.state, ask), "asked what was said"
        assert ask is None or not set(edit) <= {"act"}, "answered talk with a question"
        assert ask is None or not {"swap", "keep", "pick"} & set(edit)
        assert answer.reply.count("?") == (ask is not None) == (answer.question is not None)
        assert bool(answer.quick_replies) == (ask in FIELDS)
    if eager:
        assert fields, "it does ask"


def test_the_question_that_matters_is_asked_after_the_outfits_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def ask(*arguments: Any) -> asking.Decision:
        asked.append(tuple(arguments[-1]))
        return asking.Decision("color", -1.0, 0.3, 0.1)

    monkeypatch.setattr(conversation, "decide", ask)
    talk = _Talk([])
    talk.session.stylist.tracker.track = lambda *_: Tracked(edit={"+type": ["shirt"]}, vector=np.zeros(1))  # type: ignore[method-assign, assignment, return-value]
    events = talk.session.say("a shirt")
    assert [next(events)[0], next(events)[0]] == ["state", "outfits"] and not asked
    answer = list(events)[-1][1]
    assert asked == [()] and answer.question is not None and answer.quick_replies == quick_replies(answer.state, "color")
    assert talk.session.memory.asked_before == ("color",)


def test_what_has_to_be_asked_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "decide", lambda *_: pytest.fail("there is a question already"))
    assert _Talk([{"+color": ["red"], "-color": ["red"]}]).asked == ["contradiction"]
    assert _Talk([{"act": ["greet"]}]).asked == ["occasion"]


def test_talk_praise_and_directions_are_no_time_to_ask() -> None:
    made = Move(DialogState(want=Wishes(type=("shirt",))))
    assert may_ask(Memory(), made, {"+type": ["shirt"]})
    assert may_ask(Memory(), Move(made.state, act="photo"), {})
    assert not may_ask(Memory(asked="season"), made, {"+type": ["shirt"]})
    assert not may_ask(Memory(), made, {"act": ["praise"]}) and not may_ask(Memory(), made, {"keep": ["all"]})
    for act in ("thanks", "bye", "swap", "cheaper", "greet", "offtopic", "override", "abuse"):
        assert not may_ask(Memory(), Move(made.state, act=act), {"+type": ["shirt"]})


def test_every_question_has_words_in_both_languages_and_is_known_again() -> None:
    assert set(FIELDS) <= set(ASKS)
    for language in phrases.LANGUAGES:
        for name in FIELDS:
            lines = [line for line in phrases.load(language, "all").replies[f"r_ask_{name}"] if line.endswith("?")]
            assert lines and all(asked_in(f"Fine. {line}") == name for line in lines)
            assert quick_replies(DialogState(language=language), name)
    assert asked_in("Here are three looks.") is None and asked_in("Do you like cats?") == "other"
