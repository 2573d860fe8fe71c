"""Composing against enumeration over everything that the independent checker lets through."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.bruteforce import outfits
from stylist import paths
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking.candidates import Candidate, Question, candidates
from stylist.ranking.composer import Composer
from stylist.ranking.masks import Plan
from stylist.ranking.promises import broken
from stylist.ranking.rules import MAIN_SLOTS, Rules
from stylist.ranking.scoring import Weights
from stylist.state import Budget, DialogState, SlotWishes, Wishes


def _catalogue(rng: random.Random, make_item: Callable[..., Item]) -> list[Item]:
    slots = [slot for slot in v.SLOTS for _ in range(rng.randint(1, 3))] + ["bottom", "top"]
    return [make_item(rng, number, slot) for number, slot in enumerate(slots)]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_best_outfit_is_the_best_there_is(
    seed: int, make_item: Callable[..., Item], make_state: Callable[..., DialogState]
) -> None:  # fmt: skip
    rng = random.Random(seed)
    items = _catalogue(rng, make_item)
    state = make_state(rng, items, rules=False)
    if state.slot("top").include is False or state.slot("bottom").include is False:
        state = state.model_copy(update={"slots": {}})
    assume(all(rule.kind != "avoid" for rule in Rules(state).active))
    composer = Composer(items)
    composer.test_relevance = np.random.default_rng(seed).random(len(items))  # type: ignore[attr-defined]
    composition = composer.compose(state, composer.test_relevance, top_k=3, time_limit_s=None)  # type: ignore[attr-defined]
    allowed = outfits(composer.question(state, np.asarray(composer.test_relevance)), composer.weights)  # type: ignore[attr-defined]
    if not allowed:
        assert not composition.outfits
        return
    assert composition.outfits and composition.exact
    best = max(score for _, score in allowed)
    assert composition.outfits[0].score == pytest.approx(best, abs=1e-8)
    for outfit in composition.outfits:
        assert broken(state, outfit) == []


def _different(a: Outfit, b: Outfit) -> int:
    def at(outfit: Outfit, slot: str) -> str | None:
        return next((i.id for i in outfit.items if i.covers[0] == slot), None)

    return sum(at(a, slot) != at(b, slot) for slot in MAIN_SLOTS)


def test_outfits_differ_in_as_many_main_slots_as_asked(make_item: Callable[..., Item]) -> None:
    rng = random.Random(3)
    items = [make_item(rng, n) for n in range(400)]
    composer = Composer(items)
    for apart in (1, 2, 3):
        outfits = composer.compose(
            DialogState(), np.random.default_rng(1).random(400), min_different_slots=apart
        ).outfits
        assert len(outfits) == 5
        assert [o.rank for o in outfits] == [1, 2, 3, 4, 5]
        assert all(a.score >= b.score for a, b in itertools.pairwise(outfits))
        assert all(_different(a, b) >= apart for a, b in itertools.combinations(outfits, 2))


def test_contributions_add_up_to_the_score_and_order_does_not_matter(make_item: Callable[..., Item]) -> None:
    rng = random.Random(9)
    items = [make_item(rng, n) for n in range(300)]
    relevance = np.random.default_rng(2).random(300)
    first = Composer(items).compose(DialogState(), relevance, top_k=1).outfits[0]
    assert sum(w.contribution for w in first.why) == pytest.approx(first.score)
    assert 0 <= first.score <= 1
    shuffled = list(range(300))
    rng.shuffle(shuffled)
    again = Composer([items[k] for k in shuffled]).compose(DialogState(), relevance[shuffled], top_k=1).outfits[0]
    assert {i.id for i in again.items} == {i.id for i in first.items}
    assert again.score == pytest.approx(first.score)


@pytest.fixture(scope="module")
def bundled() -> Composer:
    path = paths.catalogue() / "items.jsonl"
    if not path.is_file():
        pytest.skip("the bundled catalogue is not there")
    return Composer([Item.model_validate(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()])


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_outfit_of_the_bundled_catalogue_breaks_a_promise(
    seed: int, bundled: Composer, make_state: Callable[..., DialogState]
) -> None:  # fmt: skip
    rng = random.Random(seed)
    state = make_state(rng, list(bundled.table.items))
    relevance = np.random.default_rng(seed).random(len(bundled.table))
    reference = rng.choice((None, 200.0))
    composition = bundled.compose(state, relevance, reference_total=reference)
    for outfit in composition.outfits:
        assert broken(state, outfit, reference) == []
        assert sum(w.contribution for w in outfit.why) == pytest.approx(outfit.score)
        assert all(w.text for w in outfit.why)


def _types(outfit: Outfit) -> set[str]:
    return {i.type for i in outfit.items}


def _compose(bundled: Composer, state: DialogState, **options: object) -> tuple[Outfit, ...]:
    relevance = np.random.default_rng(0).random(len(bundled.table))
    return bundled.compose(state, relevance, **options).outfits  # type: ignore[arg-type]


def test_cold_brings_an_outer_layer_and_closed_shoes(bundled: Composer) -> None:
    for outfit in _compose(bundled, DialogState(temperature=-8, weather=("snow",), want=Wishes(formality=("casual",)))):
        assert "outer" in {i.slot for i in outfit.items}
        assert not _types(outfit) & {"sandals", "shorts", "tank-top", "heels"}


def test_heat_leaves_the_outer_layer_away_unless_it_is_wanted(bundled: Composer) -> None:
    assert all("outer" not in {i.slot for i in o.items} for o in _compose(bundled, DialogState(temperature=33)))
    wanted = _compose(bundled, DialogState(temperature=33, want=Wishes(type=("blazer",))))
    assert wanted and all("blazer" in _types(o) for o in wanted)


def test_wedding_guests_wear_no_hoodie_and_no_white_dress(bundled: Composer) -> None:
    for outfit in _compose(bundled, DialogState(want=Wishes(occasion=("wedding-guest",)))):
        assert not _types(outfit) & {"hoodie", "joggers", "leggings", "sweatshirt"}
        assert not any(i.type in v.COVERS_TOP and i.color in ("white", "cream") for i in outfit.items)


def test_what_an_occasion_rules_out_comes_when_it_is_asked_for(bundled: Composer) -> None:
    outfits = _compose(bundled, DialogState(want=Wishes(occasion=("wedding-guest",), type=("jeans",))))
    assert outfits and all("jeans" in _types(o) for o in outfits)


@pytest.mark.parametrize(
    ("want", "slots"),
    [
        ({"color": ("green",)}, {"outer", "top", "bottom"}),
        ({"color": ("light-blue",), "type": ("dress",)}, {"bottom"}),
        ({"pattern": ("striped",), "type": ("shirt",)}, {"top"}),
    ],
)
def test_a_color_or_pattern_is_on_the_clothes_that_are_spoken_of(bundled: Composer, want: dict[str, tuple[str, ...]], slots: set[str]) -> None:
    state = DialogState(want=Wishes(**want))
    outfits = bundled.compose(state, np.random.default_rng(3).random(len(bundled.table))).outfits
    name = next(iter(want))
    shown = [{item.slot for item in outfit.items if set(v.shades(want[name][0]) if name == "color" else want[name]) & set(item.values(name))} for outfit in outfits]
    assert outfits and all(found & slots for found in shown)


def test_jewelry_brings_gold_though_clothes_could(bundled: Composer) -> None:
    relevance = np.array([item.color == "gold" and item.slot == "accessory" for item in bundled.table.items], float)
    gold = bundled.compose(DialogState(want=Wishes(color=("gold",))), relevance).outfits
    assert gold and not any(item.color == "gold" for item in gold[0].items if item.slot in ("outer", "top", "bottom"))


def test_a_color_that_clothes_cannot_have_costs_nothing_else(bundled: Composer) -> None:
    clothes = {slot: SlotWishes(avoid=Wishes(color=("green", "olive"))) for slot in ("outer", "top", "bottom")}
    state = DialogState(want=Wishes(color=("green",), season=("autumn",)), slots=clothes)
    found = bundled.compose(state, np.full(len(bundled.table), 0.5))
    assert found.outfits and found.strictness == max(type(found.strictness))
    tight = DialogState(want=Wishes(color=("green",), season=("autumn",)), budget=Budget(total=60))
    cheap = bundled.compose(tight, np.full(len(bundled.table), 0.5)).outfits
    assert cheap and all(any(item.color in v.shades("green") and item.slot in ("outer", "top", "bottom") for item in outfit.items) for outfit in cheap)


def test_a_garment_with_its_own_color_leaves_the_wish_to_the_others(bundled: Composer) -> None:
    slots = {"bottom": SlotWishes(want=Wishes(color=("black",)))}
    state = DialogState(want=Wishes(type=("jeans",), color=("green",)), slots=slots)
    outfits = bundled.compose(state, np.random.default_rng(5).random(len(bundled.table))).outfits
    assert outfits and all(any(item.color in v.shades("green") and item.slot in ("outer", "top") for item in outfit.items) for outfit in outfits)


def test_a_top_and_a_dress_are_alternatives(bundled: Composer) -> None:
    for outfit in _compose(bundled, DialogState(want=Wishes(type=("dress", "shirt")))):
        assert _types(outfit) & {"dress", "shirt"}
    for outfit in _compose(bundled, DialogState(want=Wishes(type=("dress", "skirt", "shirt")))):
        assert {"skirt", "shirt"} <= _types(outfit)


def test_without_a_top_it_is_a_dress(bundled: Composer) -> None:
    for outfit in _compose(bundled, DialogState(slots={"top": SlotWishes(include=False)})):
        assert _types(outfit) & v.COVERS_TOP
    skirts = _compose(bundled, DialogState(want=Wishes(type=("skirt",)), slots={"top": SlotWishes(include=False)}))
    assert skirts and all("top" not in {i.slot for i in o.items} for o in skirts)


@pytest.mark.parametrize(("wanted", "avoided"), [("red", "red"), ("burgundy", "red")])
def test_red_shoes_and_no_other_red(bundled: Composer, wanted: str, avoided: str) -> None:
    state = DialogState(avoid=Wishes(color=(avoided,)), slots={"shoes": SlotWishes(want=Wishes(color=(wanted,)))})
    outfits = _compose(bundled, state)
    assert outfits
    for outfit in outfits:
        assert broken(state, outfit) == []
        for item in outfit.items:
            assert (item.color in v.shades(wanted)) if item.slot == "shoes" else (item.color not in v.shades(avoided))


def test_an_owned_anchor_stands_and_costs_nothing(bundled: Composer) -> None:
    anchor = Item(id="photo-1", slot="top", type="shirt", color="red", price=500.0, extra={"owned": True})
    outfits = _compose(bundled, DialogState(anchor=anchor, budget=Budget(total=150), avoid=Wishes(color=("red",))))
    assert outfits
    for outfit in outfits:
        assert "photo-1" in {i.id for i in outfit.items}
        assert outfit.total_price is not None and outfit.total_price <= 150


def test_cheaper_means_every_total_is_below(bundled: Composer) -> None:
    first = _compose(bundled, DialogState())[0]
    assert first.total_price is not None
    for outfit in _compose(bundled, DialogState(prefer=("cheaper",)), reference_total=first.total_price):
        assert outfit.total_price is not None and outfit.total_price < first.total_price


def test_kept_items_stay_and_rejected_ones_do_not_come_back(bundled: Composer) -> None:
    first = _compose(bundled, DialogState())[0]
    bottom = next(i for i in first.items if "bottom" in i.covers)
    others = tuple(i.id for i in first.items if i is not bottom)
    for outfit in _compose(bundled, DialogState(keep={"bottom": bottom.id}, rejected=others)):
        ids = {i.id for i in outfit.items}
        assert bottom.id in ids and not ids & set(others)


@pytest.mark.parametrize("slots", [("top",), ("top", "bottom"), ("shoes",)])
def test_a_slot_that_is_left_out_cannot_hold_a_kept_item_or_a_wanted_type(bundled: Composer, slots: tuple[str, ...]) -> None:
    left_out = {slot: SlotWishes(include=False) for slot in slots}
    item = next(item for item in bundled.table.items if item.slot == slots[0])
    for state in (DialogState(keep={item.slot: item.id}, slots=left_out), DialogState(want=Wishes(type=(item.type,)), slots=left_out)):
        composition = bundled.compose(state, np.full(len(bundled.table), 0.5), 3)
        assert not composition.outfits and composition.relax


def test_relevance_of_the_wrong_length_is_refused(bundled: Composer) -> None:
    with pytest.raises(ValueError, match="one an item"):
        bundled.compose(DialogState(), np.zeros(3))


def test_large_slots_are_trimmed_without_losing_the_best_or_said_to_be(
    make_item: Callable[..., Item], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    rng = random.Random(8)
    items = [make_item(rng, n) for n in range(500)]
    composer = Composer(items)
    state = DialogState(want=Wishes(color=("red",)), budget=Budget(total=200))
    for relevance in (np.random.default_rng(1).random(500), np.random.default_rng(1).random(500) * 0.1):
        whole = composer.compose(state, relevance, top_k=1, time_limit_s=None)
        with monkeypatch.context() as patch:
            patch.setattr("stylist.ranking.candidates.MOST_CANDIDATES", 12)
            few = composer.compose(state, relevance, top_k=1, time_limit_s=None)
        assert whole.exact and few.outfits and not broken(state, few.outfits[0])
        assert whole.outfits[0].score <= few.outfits[0].score + few.gap + 1e-9
        assert not few.exact or few.outfits[0].score == pytest.approx(whole.outfits[0].score)


def test_few_first_candidates_change_no_answer(
    make_item: Callable[..., Item], make_state: Callable[..., DialogState], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    rng, answered = random.Random(15), 0
    for seed in range(25):
        items = [make_item(rng, n) for n in range(150)]
        composer, relevance = Composer(items), np.random.default_rng(seed).random(150)
        state = make_state(rng, items) if seed % 2 else DialogState()
        found = []
        for first in (2, 480):
            monkeypatch.setattr("stylist.ranking.composer.FIRST_CANDIDATES", first)
            found.append(composer.compose(state, relevance, time_limit_s=None))
        few, many = found
        assert few.exact and many.exact
        assert [outfit.score for outfit in few.outfits] == pytest.approx([outfit.score for outfit in many.outfits], abs=1e-8)
        answered += bool(few.outfits)
    assert answered > 12


def test_what_was_searched_is_not_searched_again_for_a_rounding(
    make_item: Callable[..., Item], make_state: Callable[..., DialogState], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    floors: list[float] = []

    def counted(question: Question, wanted: Plan, below: float | None, value: np.ndarray, weights: Weights, harmony: float, floor: float, *rest: int) -> list[Candidate]:
        floors.append(floor)
        return candidates(question, wanted, below, value, weights, harmony, floor, *rest)

    monkeypatch.setattr("stylist.ranking.composer.candidates", counted)
    rng = random.Random(4)
    items = [make_item(rng, n) for n in range(200)]
    for seed in range(12):
        floors.clear()
        composer = Composer(items)
        composer.compose(make_state(rng, items) if seed % 2 else DialogState(), np.random.default_rng(seed).random(200))
        finite = [floor for floor in floors if np.isfinite(floor)]
        assert all(a - b > 1e-6 for a, b in itertools.pairwise(finite))
