"""A question is asked where the answer would change what is shown, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking import asking
from stylist.ranking.composer import Composer
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
