"""Why each item stands in its outfit: its share of the score, and true sentences on the wishes it meets, its partners and its rivals.

Every sentence is checked against the item before it is said; the phrases are data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit, Rival, Why
from stylist.ranking import money
from stylist.ranking.data_files import load
from stylist.ranking.harmony import lab
from stylist.ranking.rules import Rules
from stylist.ranking.scoring import Share
from stylist.ranking.table import home_slot
from stylist.ranking.wording import Wording, fill
from stylist.state import DialogState

SAID_FIELDS: tuple[str, ...] = ("color", "pattern", "material", "fit", "sleeve", "length", "style", "formality")
MOST_REASONS = 2
MOST_SEASONS = 2
"""What is worn in more seasons than these is not praised for one of them."""
CLOSE_HUES, OPPOSITE_HUES = 35.0, 150.0
"""Degrees between two colors' hues in CIELAB."""
GOOD_PAIR = 0.75
"""A pair is praised from this harmony on."""
FAR, CLOSE = 0.03, 0.002
"""Of an outfit's score: with the next best item it loses much from the one on, about nothing up to the other."""
MOST_RIVALS = 2
"""Items of an outfit whose reasons speak of what could stand in their place."""
_SENTENCE = re.compile(r"[.!?](?=\s|$)")


def reasons(
    state: DialogState, rules: Rules, items: Sequence[Item], parts: Sequence[Share], pairs: np.ndarray
) -> tuple[Why, ...]:  # fmt: skip
    """One `Why` an item. `pairs` is (n, n) harmony between the items; contributions add up to the outfit's score."""
    wording = Wording(state.language)
    result = []
    for number, (item, part) in enumerate(zip(items, parts, strict=True)):
        said = _wishes_met(state, rules, item, wording)[:MOST_REASONS]
        partner = _partner(number, items, pairs, wording)
        if partner and len(said) < MOST_REASONS:
            said.append(partner)
        if not said:
            said.append(wording.name(item)[:1].upper() + wording.name(item)[1:] + ".")
        result.append(Why(item=item.id, text=" ".join(said), contribution=part.total))
    return tuple(result)


def with_rivals(state: DialogState, outfit: Outfit, rivals: Sequence[Rival]) -> Outfit:
    """The outfit with an item's rival in each reason, and where that tells something, a sentence on it."""
    wording = Wording(state.language)
    telling = {place: kind for place, rival in enumerate(rivals) if (kind := telling_of(rival, state)) is not None}
    first = sorted(telling, key=lambda place: (_TELLING.index(telling[place]), -(rivals[place].loss or 0.0)))
    said = 0
    texts = {}
    for place in first:
        kind, why = telling[place], outfit.why[place]
        if said == MOST_RIVALS or (kind in _FILLING and len(_SENTENCE.findall(why.text)) >= MOST_REASONS):
            continue
        texts[place] = f"{why.text} {fill(wording.pick(kind, why.item), look=str(rivals[place].look))}"
        said += 1
    reasons = tuple(
        why.model_copy(update={"rival": rival, "text": texts.get(place, why.text)})
        for place, (why, rival) in enumerate(zip(outfit.why, rivals, strict=True))
    )
    return outfit.model_copy(update={"why": reasons})


_TELLING = ("rival_only", "rival_far", "rival_style", "rival_close", "rival_repeated")
_FILLING = ("rival_close", "rival_repeated")
"""Said only beside few other reasons."""


def telling_of(rival: Rival, state: DialogState) -> str | None:
    """The phrase that a rival's numbers bear out, None where they tell nothing."""
    if rival.item is None:
        # Without a wish it is the shelf that is bare, not the person that is particular.
        limited = state.budget.total is not None or state.budget.item is not None
        wishes = bool(state.want or state.avoid or limited or any(state.slots.values()))
        return {"only": "rival_only", "style": "rival_style"}.get(rival.held or "") if wishes else None
    if rival.loss is None or rival.held in ("keep", "near", "shade", "other"):
        return None
    if rival.held == "repeated":
        return "rival_repeated" if rival.loss < 0 and rival.look is not None else None
    if rival.loss >= FAR:
        return "rival_far"
    return "rival_close" if 0 <= rival.loss <= CLOSE else None


def _wishes_met(state: DialogState, rules: Rules, item: Item, wording: Wording) -> list[str]:
    """Sentences on what the person said and the item answers, the most particular first."""
    said: list[str] = []
    if state.anchor is not None and item.id == state.anchor.id:
        return [wording.pick("anchor", item.id)]
    if item.id in state.keep.values():
        said.append(wording.pick("kept", item.id))
    said += _asked(state, item, wording)
    said += _price(state, item, wording)
    said += _rules_met(rules, item, wording)
    if len(item.season) <= MOST_SEASONS and set(item.season) & set(state.want.season):
        seasons = [wording.word("season", s) for s in state.want.season if s in item.season]
        said.append(fill(wording.pick("season", item.id), words=wording.join(seasons)))
    return said


def _asked(state: DialogState, item: Item, wording: Wording) -> list[str]:
    """Attributes wanted on the whole or of the item's slot; the type takes the colors and so on into one phrase."""
    slot = state.slot(home_slot(item)).want
    exact: list[tuple[str, str]] = []
    families: list[tuple[str, str]] = []
    for field in SAID_FIELDS:
        wanted = dict.fromkeys((*slot.values(field), *state.want.values(field)))
        for value in item.values(field):
            if value in wanted:
                exact.append((field, value))
            elif field == "color":
                families += [(value, w) for w in wanted if value in v.shades(w)][:1]
    said = []
    if state.want.occasion:  # how formal the occasion is was mostly not said but goes with it
        implied = [wording.word(field, value) for field, value in exact if field == "formality" and value in state.want.formality]
        exact = [(field, value) for field, value in exact if field != "formality" or value not in state.want.formality]
        said += [fill(wording.pick("implied", item.id), words=wording.join(implied))] if implied else []
    adjectives = [wording.word(field, value) for field, value in exact]
    if item.type in (*state.want.type, *slot.type):
        before = [wording.word(f, x) for f, x in exact if f in ("color", "pattern", "material")]
        adjectives = [wording.word(f, x) for f, x in exact if f not in ("color", "pattern", "material")]
        words = " ".join([*before, wording.word("type", item.type)])
        said.append(fill(wording.pick("asked_type", item.id), words=words))
    if adjectives:
        said.append(fill(wording.pick("asked", item.id), words=wording.join(adjectives)))
    for value, wish in families:
        names = {"words": wording.word("color", value), "wish": wording.word("color", wish)}
        said.append(fill(wording.pick("asked_family", item.id), **names))
    return said


def _price(state: DialogState, item: Item, wording: Wording) -> list[str]:
    slot_limit = state.slot(home_slot(item)).price
    limit = slot_limit if slot_limit is not None else state.budget.item
    if limit is None or item.price is None:
        return []
    cost = money.cost(item.price, item.currency, state.budget.currency)
    if cost is None or cost > limit + money.TOLERANCE:
        return []
    words = {"price": wording.money(item.price, item.currency), "limit": wording.money(limit, state.budget.currency)}
    return [fill(wording.pick("price", item.id), **words)]


def _matches(item: Item, matcher: dict) -> bool:
    for field, values in matcher.items():
        if field == "weight":
            continue
        own = {home_slot(item)} if field == "slot" else set(item.values(field))
        if field == "color":
            values = {shade for value in values for shade in v.shades(value)}
        if not own & set(values):
            return False
    return True


def _rules_met(rules: Rules, item: Item, wording: Wording) -> list[str]:
    """Occasions, weather and directions that favor the item and hold nothing against it."""
    met: dict[str, list[str]] = {"occasion": [], "weather": [], "prefer": []}
    for rule in rules.active:
        against = [*rule.matchers("discourage"), *rule.matchers("forbid")]
        favored = any(_matches(item, m) for m in rule.matchers("favor")) and not any(_matches(item, m) for m in against)
        if rule.kind == "occasion" and rule.name in item.occasion and not any(_matches(item, m) for m in against):
            favored = True
        if favored and rule.kind in met:
            met[rule.kind].append(rule.name)
    said = []
    for kind, names in met.items():
        if kind == "prefer":
            words = [wording.data["directions"][n] for n in names if n in wording.data["directions"]]
        else:
            words = [wording.word(kind, n) for n in names]
        if words:
            said.append(fill(wording.pick(kind, item.id), words=wording.join(words)))
    return said


def _partner(number: int, items: Sequence[Item], pairs: np.ndarray, wording: Wording) -> str | None:
    """The item it goes with best, and why where colors, formality or style say so."""
    if len(items) < 2:
        return None
    scores = [(-1.0 if k == number else float(pairs[number, k])) for k in range(len(items))]
    best = int(np.argmax(scores))
    if scores[best] < GOOD_PAIR:
        return None
    item, other = items[number], items[best]
    why = _relation(item, other, wording)
    words = {"other": wording.name(other), "words": why or ""}
    return fill(wording.pick("goes_with_why" if why else "goes_with", item.id + other.id), **words)


def _relation(item: Item, other: Item, wording: Wording) -> str | None:
    seed = other.id + item.id
    kind = color_relation(item.color, other.color)
    if kind:
        return wording.pick("relation", seed, kind)
    shared = [s for s in item.style if s in other.style]
    if shared:
        return fill(wording.pick("relation", seed, "style"), style=wording.word("style", shared[0]))
    if item.formality is not None and item.formality == other.formality:
        return wording.pick("relation", seed, "formality")
    return None


def color_relation(a: str | None, b: str | None) -> str | None:
    """How two vocabulary colors go together: tonal, neutrals, neutral, close, opposite, or None for no such reason."""
    if a is None or b is None or "multicolor" in (a, b):
        return None
    data = load("harmony")["color"]
    neutral = set(data["neutral"])
    if a == b:
        return "tonal"
    if a in neutral and b in neutral:
        return "neutrals"
    if a in neutral or b in neutral:
        return "neutral"
    (_, a1, b1), (_, a2, b2) = lab(data["hex"][a]), lab(data["hex"][b])
    angle = abs(np.degrees(np.arctan2(b1, a1) - np.arctan2(b2, a2))) % 360
    angle = min(angle, 360 - angle)
    if angle <= CLOSE_HUES:
        return "close"
    return "opposite" if angle >= OPPOSITE_HUES else None
