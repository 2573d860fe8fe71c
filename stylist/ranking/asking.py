"""Whether to ask, and what: how far the outfits shown would still do under each answer that the person might give.

Knows the composer and the state; nothing of words or turns. Asking is by expected value: the question whose answer is expected
to raise the chance that the person is satisfied most, or none.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking import search
from stylist.ranking.candidates import candidates
from stylist.ranking.composer import FEW_CANDIDATES, Composer
from stylist.ranking.data_files import load
from stylist.ranking.masks import plan
from stylist.ranking.promises import broken
from stylist.ranking.replacements import score_of
from stylist.ranking.rules import MAIN_SLOTS
from stylist.ranking.seen import is_seen, seen_slots
from stylist.ranking.table import home_slot
from stylist.state import DialogState

ANY = "any"
LEAST_STAY = 1.0e-3


@dataclass(frozen=True)
class Decision:
    """`ask` is the field to ask about, None where no question is worth it. `stay[field]`: the chance that what is shown still does
    once the field is known. `margin`: the sum of their logarithms, each times its field's weight, 0 where nothing could change. `satisfied`: the calibrated
    chance that the person is satisfied with what is shown. `gain`: by how much the answer to `ask` is expected to raise it."""

    ask: str | None
    margin: float
    satisfied: float
    gain: float = 0.0
    stay: Mapping[str, float] = field(default_factory=dict)


def decide(composer: Composer, state: DialogState, relevance: np.ndarray, shown: Sequence[Outfit], without: Collection[str] = ()) -> Decision:
    """The question to ask beside the outfits `shown` for a state, if any; never one of the fields `without`, which were asked before.

    `relevance` is (n_items,) in 0..1, as the outfits were composed with. Composes roughly, once for each answer that something shown may meet.
    """
    data = load("asking")
    found = {name: _stay(composer, state, relevance, shown, name) for name in data["answers"] if name not in without and not known(state, name)}
    stay = {name: chance for name, chance in found.items() if chance is not None}
    parts = {name: weight(name) * math.log(max(chance, LEAST_STAY)) for name, chance in stay.items()}
    margin = sum(parts.values())
    now = satisfied(margin)
    gains = {name: satisfied(margin - part) - now for name, part in parts.items()}
    best = max(gains, key=lambda name: gains[name], default=None)
    if best is None or gains[best] < data["least_gain"]:
        return Decision(None, margin, now, 0.0, stay)
    return Decision(best, margin, now, gains[best], stay)


def weight(name: str) -> float:
    """How much a field's chance counts in the margin."""
    return float(load("asking")["calibration"]["weights"][name])


def satisfied(margin: float) -> float:
    """The calibrated chance in 0..1 that belongs to a margin."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, margin + load("asking")["calibration"]["shift"]))))


def known(state: DialogState, name: str) -> bool:
    """True where the person has said enough of a field not to be asked."""
    if state.want.values(name) or any(wishes.want.values(name) for wishes in state.slots.values()):
        return True
    return name == "season" and bool(state.weather or state.temperature is not None)


def answered(state: DialogState, name: str, value: str) -> DialogState:
    """The state after an answer; the same for ANY."""
    return state if value == ANY else state.model_copy(update={"want": state.want.model_copy(update={name: (value,)})})


def answers(state: DialogState, name: str) -> dict[str, float]:
    """What may be answered, with chances that add up to 1: less what the person avoids, and levels that the occasion admits."""
    chances = dict(load("asking")["answers"][name])
    if name == "formality" and state.want.occasion:
        rules = load("rules")["occasions"]
        levels = {level for occasion in state.want.occasion for level in rules.get(occasion, {}).get("formality", ())}
        chances = {value: chance for value, chance in chances.items() if value == ANY or not levels or value in levels}
    chances = {value: chance for value, chance in chances.items() if value not in state.avoid.values(name)}
    total = sum(chances.values())
    return {value: chance / total for value, chance in chances.items()}


def _stay(composer: Composer, state: DialogState, relevance: np.ndarray, shown: Sequence[Outfit], name: str) -> float | None:
    """The chance that an outfit shown does under the answer; answers that leave no outfit are not counted; None where all do."""
    total = kept = 0.0
    for value, chance in answers(state, name).items():
        does = True
        if value != ANY:
            after = answered(state, name, value)
            meeting = [outfit for outfit in shown if meets(state, outfit, name, value)]
            if not meeting and not composer.possible(after):
                continue
            does = bool(meeting) and (_only_narrows(state, name, value, meeting, shown) or _still_does(composer, after, relevance, meeting))
        total += chance
        kept += chance * does
    return kept / total if total else None


def meets(state: DialogState, outfit: Outfit, name: str, value: str) -> bool:
    """Whether an outfit that keeps the promises of a state still does after an answer; what an occasion asks for is sense, no promise."""
    if name == "occasion":
        return True
    if name == "color":
        return any(item.color in v.shades(value) for item in outfit.items)
    others = [item for item in outfit.items if state.anchor is None or item.id != state.anchor.id]
    if name == "season":
        return all(not item.season or value in item.season for item in others)
    return all(_dressed(item, v.FORMALITY.index(value)) for item in others)


def _dressed(item: Item, level: int) -> bool:
    """Whether an item is of a level of formality; a bag or an accessory may be one off, or of none that is known."""
    extra = home_slot(item) not in MAIN_SLOTS
    if item.formality is None:
        return extra
    return abs(v.FORMALITY.index(item.formality) - level) <= extra


def _only_narrows(state: DialogState, name: str, value: str, meeting: Sequence[Outfit], shown: Sequence[Outfit]) -> bool:
    """True where an answer only takes outfits away, so that the best one left is worth no more than the best one shown."""
    if name != "color":
        return False
    slots = seen_slots(state, name) if is_seen(name, (value,)) else v.SLOTS
    left = [o.score for o in meeting if any(item.color in v.shades(value) and item.slot in slots for item in o.items)]
    return bool(left) and max(left) >= max(o.score for o in shown) - load("asking")["tolerance"]


def _still_does(composer: Composer, state: DialogState, relevance: np.ndarray, shown: Sequence[Outfit]) -> bool:
    """As `does_for`, of outfits that keep the promises, without the best one: asks only whether any outfit is too far above them."""
    question = composer.question(state, np.clip(np.asarray(relevance, float), 0.0, 1.0))
    odd = question.rules.forbidden(question.table) | question.rules.off_formality(question.table)
    scores, seen = [], False
    first = plan(state, question.table, question.rules, seen=True)
    for outfit in shown:
        rows = composer.rows(state, outfit)
        if not odd[rows].any():
            scores.append(score_of(question, rows, composer.weights))
            seen = seen or all(cover.mask[rows].any() for cover in first.covers)
    if scores and not seen and first.possible:  # what was asked for is on a bag alone, and could be on what is seen first
        return False
    wanted = first if seen else plan(state, question.table, question.rules)
    if not scores or not wanted.shapes:  # sense is not kept, or cannot be: the best there is says how far that is excused
        best = composer.nearly_best(state, relevance)
        return best is None or _does(composer, state, relevance, shown, *best)
    floor = max(scores) + load("asking")["tolerance"]
    value = composer.weights.relevance * question.relevance + composer.weights.fit * question.fit
    found = candidates(question, wanted, None, value, composer.weights, composer.weights.harmony, floor, FEW_CANDIDATES)
    return all(search.best(candidate.problem, above=floor - candidate.offset).pick is None for candidate in found)


def does_for(composer: Composer, state: DialogState, relevance: np.ndarray, shown: Sequence[Outfit], best: Outfit) -> bool:
    """True where an outfit shown keeps the promises of a state, fits it, and scores nearly as `best`, its best one."""
    return _does(composer, state, relevance, shown, composer.rows(state, best), best.score)


def _does(composer: Composer, state: DialogState, relevance: np.ndarray, shown: Sequence[Outfit], best: Sequence[int], most: float) -> bool:
    """The same for the rows and the score of the best."""
    question = composer.question(state, np.clip(np.asarray(relevance, float), 0.0, 1.0))
    odd = question.rules.forbidden(question.table) | question.rules.off_formality(question.table)
    for outfit in shown:
        if broken(state, outfit):
            continue
        rows = composer.rows(state, outfit)
        if odd[rows].sum() > odd[list(best)].sum():
            continue
        if score_of(question, rows, composer.weights) >= most - load("asking")["tolerance"]:
            return True
    return False


def score(composer: Composer, state: DialogState, relevance: np.ndarray, outfit: Outfit) -> float:
    """What an outfit of the composer's items would score for a state."""
    question = composer.question(state, np.clip(np.asarray(relevance, float), 0.0, 1.0))
    return score_of(question, composer.rows(state, outfit), composer.weights)
