"""A question is asked where the answer would change what is shown, and only there."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking import asking
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken
from stylist.state import DialogState, Wishes


def _item(id: str, type: str, **fields: object) -> Item:
    return Item(id=id, type=type, slot=v.SLOT_OF_TYPE[type], **fields)  # type: ignore[arg-type]


def _decide(items: list[Item], state: DialogState, **options: object) -> asking.Decision:
    composer, relevance = Composer(items), np.full(len(items), 0.5)
    return asking.decide(composer, state, relevance, composer.compose(state, relevance).outfits, **options)  # type: ignore[arg-type]


ONE = [_item("shirt", "shirt", color="white"), _item("trousers", "trousers", color="navy"), _item("oxfords", "oxfords", color="black")]
BOTH = [
    *(_item(f"{kind}-{level}", kind, color=color, formality=level) for level in ("casual", "formal")
      for kind, color in (("shirt", "white"), ("trousers", "navy"), ("oxfords", "black"))),
]  # fmt: skip


ANSWERS = [(name, value) for name in ("occasion", "formality", "season", "color") for value in v.VALUES[name]]


def test_nothing_is_asked_where_there_is_one_outfit() -> None:
    decision = _decide(ONE, DialogState())
    assert decision.ask is None and decision.gain == 0 and decision.margin == pytest.approx(0)
    assert set(decision.stay.values()) <= {1.0}


def test_the_level_is_asked_where_it_parts_the_outfits(monkeypatch: pytest.MonkeyPatch) -> None:
    composer, relevance = Composer(BOTH), np.full(len(BOTH), 0.5)
    state = DialogState(want=Wishes(occasion=("everyday",), color=("white",), season=("summer",)))
    monkeypatch.setattr(asking, "answers", lambda *_: {"casual": 0.5, "formal": 0.5})
    shown = composer.compose(state.model_copy(update={"want": state.want.model_copy(update={"formality": ("casual",)})}), relevance).outfits
    decision = asking.decide(composer, state, relevance, shown)
    assert decision.ask == "formality" and decision.stay == {"formality": 0.5}
    assert decision.margin == pytest.approx(asking.weight("formality") * np.log(0.5)) and asking.weight("formality") != 1
    assert decision.gain > 0 and decision.satisfied < asking.satisfied(0.0)
    assert asking.decide(composer, state, relevance, shown, without=("formality",)).ask is None


def test_what_is_known_or_avoided_is_not_asked() -> None:
    state = DialogState(want=Wishes(color=("white",), occasion=("office",)), weather=("cold",), avoid=Wishes(formality=("casual",)))
    assert [name for name in ("occasion", "season", "color", "formality") if asking.known(state, name)] == ["occasion", "season", "color"]
    chances = asking.answers(state, "formality")
    assert "casual" not in chances and sum(chances.values()) == pytest.approx(1)


def test_answers_add_a_wish_and_no_matter_adds_none() -> None:
    assert asking.answered(DialogState(), "color", "red").want.color == ("red",)
    assert asking.answered(DialogState(), "color", asking.ANY) == DialogState()


def test_the_score_of_an_outfit_is_the_composers() -> None:
    composer, relevance = Composer(BOTH), np.linspace(0, 1, len(BOTH))
    for outfit in composer.compose(DialogState(), relevance).outfits:
        assert asking.score(composer, DialogState(), relevance, outfit) == pytest.approx(outfit.score)
        assert asking.does_for(composer, DialogState(), relevance, [outfit], outfit)


def test_an_outfit_meets_an_answer_where_it_keeps_its_promise(make_item: Callable[..., Item], make_state: Callable[..., DialogState]) -> None:
    rng, met = random.Random(2), [0, 0]
    for seed in range(40):
        items = [make_item(rng, number, slot) for number, slot in enumerate([slot for slot in v.SLOTS for _ in range(7)])]
        composer, state = Composer(items), make_state(rng, items)
        for outfit in composer.compose(state, np.random.default_rng(seed).random(len(items)), top_k=2).outfits:
            for name, value in ANSWERS:
                if not state.want.values(name):
                    kept = not broken(asking.answered(state, name, value), outfit)
                    assert asking.meets(state, outfit, name, value) == kept
                    met[kept] += 1
    assert min(met) > 50


def test_a_question_is_weighed_as_by_composing_under_each_answer(make_item: Callable[..., Item]) -> None:
    rng, same, count = random.Random(5), 0, 0
    for seed in range(4):
        items = [make_item(rng, number) for number in range(250)]
        composer, relevance, state = Composer(items), np.random.default_rng(seed).random(250), DialogState()
        shown = composer.compose(state, relevance, top_k=3).outfits
        stay = asking.decide(composer, state, relevance, shown).stay
        for name, chance in stay.items():
            total = kept = 0.0
            for value, share in asking.answers(state, name).items():
                after = asking.answered(state, name, value)
                best = composer.compose(after, relevance, top_k=1).outfits
                if best:
                    total += share
                    kept += share * (value == asking.ANY or asking.does_for(composer, after, relevance, shown, best[0]))
            same += abs(chance - kept / total) < 1e-9
            count += 1
    assert count >= 12 and same >= 0.75 * count
