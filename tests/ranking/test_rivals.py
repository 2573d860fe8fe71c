"""What could stand in an item's place: found by trying all, said only where the numbers bear it out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import numpy as np
import pytest

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit, Rival, Why
from stylist.ranking.composer import Composer
from stylist.ranking.data_files import load
from stylist.ranking.explain import CLOSE, FAR, MOST_RIVALS, telling_of, with_rivals
from stylist.ranking.masks import Strictness
from stylist.ranking.promises import broken
from stylist.ranking.replacements import compared, exchanged_score, next_best
from stylist.state import DialogState, Wishes


def _changed(outfit: Outfit, place: int, other: Item) -> Outfit:
    return Outfit(rank=1, score=0, items=tuple(other if k == place else item for k, item in enumerate(outfit.items)))


def _item(id: str, type: str, **fields: object) -> Item:
    return Item(id=id, type=type, slot=v.SLOT_OF_TYPE[type], **fields)  # type: ignore[arg-type]


def test_a_rival_changes_the_score_by_what_is_said_and_keeps_every_promise(
    make_item: Callable[..., Item], make_state: Callable[..., DialogState]
) -> None:
    rng, seen = random.Random(3), set[str | None]()
    for seed in range(40):
        items = [make_item(rng, number, slot) for number, slot in enumerate([slot for slot in v.SLOTS for _ in range(7)])]
        composer, relevance, state = Composer(items), np.random.default_rng(seed).random(len(items)), make_state(rng, items)
        free = state.model_copy(update={"keep": {}})
        made = composer.compose(state, relevance, top_k=3)
        for outfit, rivals in zip(made.outfits, compared(composer, state, relevance, made.outfits, made.strictness), strict=True):
            for place, rival in enumerate(rivals):
                seen.add(rival.held)
                item = outfit.items[place]
                others = [o for o in items if o.covers == item.covers and o.id != item.id]
                if rival.held == "only":
                    assert all(broken(free, _changed(outfit, place, other)) for other in others)
                elif rival.item is not None and rival.loss is not None:
                    assert rival.item.id != item.id and not broken(free, _changed(outfit, place, rival.item))
                    exchanged = exchanged_score(composer, state, relevance, outfit, place, rival.item)
                    assert outfit.score - exchanged == pytest.approx(rival.loss, abs=2e-5)
                    assert rival.held or rival.loss >= 0
                if rival.look is not None:
                    assert rival.look != outfit.rank and rival.look in {look.rank for look in made.outfits}
                if rival.held == "repeated" and rival.item is not None:
                    assert rival.item in next(look for look in made.outfits if look.rank == rival.look).items
    assert {None, "only", "repeated", "anchor"} <= seen


def test_without_styling_rules_a_rival_is_the_next_best_by_trying_all(make_item: Callable[..., Item], make_state: Callable[..., DialogState]) -> None:
    rng, count = random.Random(8), 0
    for seed in range(30):
        items = [make_item(rng, number, slot) for number, slot in enumerate([slot for slot in v.SLOTS for _ in range(6)])]
        composer, relevance = Composer(items), np.random.default_rng(seed).random(len(items))
        state = make_state(rng, items, rules=False).model_copy(update={"keep": {}})
        for outfit in composer.compose(state, relevance, top_k=1).outfits:
            rivals = compared(composer, state, relevance, [outfit], Strictness.PROMISES)[0]
            for found, rival in zip(next_best(composer, state, relevance, outfit), rivals, strict=True):
                assert (found is None) == (rival.item is None)
                if found is not None:
                    assert rival.loss == pytest.approx(max(0.0, found.loss), abs=2e-5) or rival.held
                    count += 1
    assert count > 20


def test_what_the_person_keeps_is_told_apart_from_what_has_no_rival() -> None:
    items = [_item("white", "shirt", color="white"), _item("blue", "shirt", color="blue"), _item("jeans", "jeans"), _item("boots", "boots")]
    composer, relevance = Composer(items), np.array([0.2, 0.9, 0.5, 0.5])
    kept = DialogState(keep={"top": "white"})
    outfits = composer.compose(kept, relevance, top_k=1).outfits
    top, bottom, _ = compared(composer, kept, relevance, outfits)[0]
    assert top.held == "keep" and top.item is not None and top.item.id == "blue" and top.loss is not None and top.loss < 0
    assert bottom.held == "only" and bottom.item is None
    own = DialogState(anchor=items[0].model_copy(update={"id": "photo", "extra": {"owned": True}}))
    rivals = compared(composer, own, relevance, composer.compose(own, relevance, top_k=1).outfits)[0]
    assert rivals[0].held == "anchor"
    avoiding = DialogState(want=Wishes(color=("white",)))
    outfits = composer.compose(avoiding, relevance, top_k=1).outfits
    top = compared(composer, avoiding, relevance, outfits)[0][0]
    assert top.held == "only"
    text = with_rivals(avoiding, outfits[0], compared(composer, avoiding, relevance, outfits)[0]).why[0].text
    assert any(sentence in text for sentence in load("phrases")["en"]["rival_only"])


GIVEN = DialogState(want=Wishes(color=("white",)))
SOME = _item("other", "shirt")


@pytest.mark.parametrize(
    ("rival", "kind"),
    [
        (Rival(held="only"), "rival_only"), (Rival(held="style"), "rival_style"), (Rival(held="anchor"), None), (Rival(held="keep"), None),
        (Rival(item=SOME, loss=FAR), "rival_far"), (Rival(item=SOME, loss=FAR - 1e-6), None), (Rival(item=SOME, loss=CLOSE), "rival_close"),
        (Rival(item=SOME, loss=CLOSE + 1e-6), None), (Rival(item=SOME, loss=-0.01, held="repeated", look=2), "rival_repeated"),
        (Rival(item=SOME, loss=-0.01, held="other"), None), (Rival(item=SOME, loss=FAR, held="keep"), None),
    ],
)  # fmt: skip
def test_a_sentence_is_said_where_its_numbers_hold(rival: Rival, kind: str | None) -> None:
    assert telling_of(rival, GIVEN) == kind


def test_a_bare_shelf_is_not_called_a_particular_person() -> None:
    assert telling_of(Rival(held="only"), DialogState()) is None


@pytest.mark.parametrize("language", ["en", "ko"])
def test_sentences_are_added_to_the_reasons_and_change_no_share(language: str) -> None:
    items = tuple(_item(f"{n}", t) for n, t in enumerate(("shirt", "jeans", "boots", "tote")))
    why = tuple(Why(item=item.id, text="One. Two." if item.id == "3" else "One.", contribution=0.2) for item in items)
    outfit = Outfit(rank=1, score=0.8, items=items, why=why)
    state = GIVEN.model_copy(update={"language": language})
    rivals = (Rival(item=SOME, loss=0.001), Rival(held="only"), Rival(item=SOME, loss=-0.01, held="repeated", look=3), Rival(item=SOME, loss=0.0))
    told = with_rivals(state, outfit, rivals)
    phrases = load("phrases")[language]
    assert [w.rival for w in told.why] == list(rivals)
    assert [w.contribution for w in told.why] == [0.2] * 4
    assert sum(w.text != "One." for w in told.why[:3]) == MOST_RIVALS and told.why[3].text == "One. Two."
    assert told.why[1].text.removeprefix("One. ") in phrases["rival_only"] and told.why[0].text.removeprefix("One. ") in phrases["rival_close"]
    assert not re.search(r"[{}]", " ".join(w.text for w in told.why))


def test_the_printed_reason_keeps_its_form_and_says_the_next_best() -> None:
    plain = Why(item="a", text="t", contribution=0.1)
    assert plain.public() == {"item": "a", "text": "t", "contribution": 0.1}
    assert plain.model_copy(update={"rival": Rival(held="only")}).public() == plain.public()
    told = plain.model_copy(update={"rival": Rival(item=SOME, loss=0.01)}).public()
    assert told == {**plain.public(), "next_best": "other", "loss": 0.01}
