"""Whether a question is worth asking: how well the margin's chance holds, and turns until simulated persons are satisfied.

A person has wishes that the first message holds only a part of. Each turn shows three outfits and may end on a question. The
person is satisfied where one of the three does for all wishes; else answers the question, or where there is none names, half the
time, one of the wishes that nothing shown meets.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.composer import relevance
from eval.context import Context, Figures
from stylist import vocabulary as v
from stylist.catalog.items import Outfit
from stylist.ranking import asking
from stylist.ranking.composer import Composer
from stylist.ranking.data_files import load
from stylist.ranking.promises import broken
from stylist.state import DialogState, Wishes

PRIMARY = "calibration_error"
SEED = 31
FITTED = 24
"""The seed of the persons that the calibration was fitted to."""
TOP_K = 3
MOST_TURNS = 8
BINS = 5
SPEAKS_UP = 0.5
"""Chance that an unsatisfied person who is not asked names a wish."""
FIRST = {"type": 0.4, "gender": 0.6, "color": 0.15, "occasion": 0.2, "season": 0.1}
"""Field -> chance that the first message names it."""


@dataclass(frozen=True)
class Person:
    """What is said first, and what all wishes are; the answers to fields without a wish are "no matter"."""

    said: DialogState
    wishes: DialogState
    relevance: np.ndarray


Choose = Callable[[Composer, DialogState, Person, Sequence[Outfit], set[str]], str | None]
"""The field to ask about, from the composer, the state, what is known of relevance, what is shown and what was asked before."""


@dataclass(frozen=True)
class Policy:
    """When to ask what; `running`: in two turns one after the other as well."""

    choose: Choose
    running: bool = False


def measure(context: Context) -> Figures:
    """`calibration_error`: mean distance between the chance of satisfaction that the margin gives with the first outfits and the
    share satisfied, over five equal groups of `looks` persons; `brier`, and `brier/base` of always saying the share of all; `auc` of telling
    the satisfied from the others; `satisfied/first`.

    `turns/POLICY`: outfits shown until satisfied, at most eight; `questions/POLICY` asked on the way; `satisfied/POLICY` in the end:
    `never` asks, `margin` asks as the stylist does, by the margin and never twice running, `every_turn` by the margin in any turn,
    `alternate` and `always` ask the next field not known in a fixed order, without a look at the outfits, every other turn and in
    any. `questions_saved` is the share of `always`' questions that `margin` does without, `turns_lost` what it takes longer.
    """
    people = persons(context, context.size(240, 8), SEED)
    composer = Composer(context.catalog.items)
    looks = first_looks(composer, context.track(people, "calibration", len(people)))
    figures = calibration(looks)
    people = people[: context.size(60, 8)]
    for name, policy in POLICIES.items():
        rng = random.Random(SEED)
        talks = [_talk(composer, person, policy, rng) for person in context.track(people, name, len(people))]
        turns, asked, content = (float(np.mean(column)) for column in zip(*talks, strict=True))
        figures |= {f"turns/{name}": turns, f"questions/{name}": asked, f"satisfied/{name}": content}
    figures["questions_saved"] = 1 - figures["questions/margin"] / max(figures["questions/always"], 1e-9)
    figures["turns_lost"] = figures["turns/margin"] - figures["turns/always"]
    return {**figures, "persons": float(len(people)), "seed": SEED}


def persons(context: Context, count: int, seed: int) -> list[Person]:
    """People whose wishes an outfit of the catalogue can meet."""
    rng, generator = random.Random(seed), np.random.default_rng(seed)
    items = context.catalog.items
    slots, vectors = np.array([item.slot for item in items]), context.catalog.vectors("text")
    known = None if vectors is None else np.asarray(vectors, np.float32)
    composer = Composer(items)
    found: list[Person] = []
    while len(found) < count:
        hidden = {name: _drawn(rng, load("asking")["answers"][name]) for name in ("occasion", "season", "color")}
        hidden = {name: value for name, value in hidden.items() if value != asking.ANY}
        admitted = asking.answers(DialogState(want=Wishes(**{k: (x,) for k, x in hidden.items()})), "formality")
        if (level := _drawn(rng, admitted)) != asking.ANY and rng.random() < 0.5:
            hidden["formality"] = level
        told = {"gender": rng.choice(v.GENDERS[:2])} if rng.random() < FIRST["gender"] else {}
        if rng.random() < FIRST["type"]:
            told["type"] = rng.choice(v.TYPES_BY_SLOT["top"] + v.TYPES_BY_SLOT["bottom"])
        told |= {name: value for name, value in hidden.items() if rng.random() < FIRST.get(name, 0.0)}
        said, wishes = (DialogState(want=Wishes(**{k: (x,) for k, x in part.items()})) for part in (told, {**hidden, **told}))
        scores = relevance(slots, known, generator)
        if composer.compose(wishes, scores, top_k=1).outfits:
            found.append(Person(said, wishes, scores))
    return found


def calibration(looks: Sequence[Look]) -> Figures:
    """How well the chance of satisfaction holds with the first outfits."""
    came = np.array([look.came for look in looks], float)
    chances = np.array([asking.satisfied(look.margin) for look in looks])
    order = np.argsort(chances, kind="stable")
    errors = [abs(chances[part].mean() - came[part].mean()) * len(part) for part in np.array_split(order, BINS) if len(part)]
    base = float(came.mean())
    yes, no = chances[came == 1], chances[came == 0]
    auc = float((yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2) if len(yes) and len(no) else 0.5
    return {
        "calibration_error": float(sum(errors) / len(looks)), "brier": float(((chances - came) ** 2).mean()),
        "brier/base": base * (1 - base), "auc": auc, "satisfied/first": base, "looks": float(len(looks)),
    }  # fmt: skip


@dataclass(frozen=True)
class Look:
    """A person's first outfits: the margin, the chances it is of, and whether they satisfied."""

    margin: float
    stay: Mapping[str, float]
    came: bool


def first_looks(composer: Composer, people: Iterable[Person]) -> list[Look]:
    """What each person's first outfits are worth."""
    found = []
    for person in people:
        shown = composer.compose(person.said, person.relevance, TOP_K).outfits
        decision = asking.decide(composer, person.said, person.relevance, shown)
        found.append(Look(decision.margin, decision.stay, _content(composer, person, shown)))
    return found


def fitted(looks: Sequence[Look]) -> tuple[dict[str, float], float]:
    """Weights of the fields' chances and the shift of the logistic curve, by maximum likelihood with a little pull towards zero."""
    from scipy.optimize import minimize

    fields = list(load("asking")["answers"])
    x = np.array([[math.log(max(look.stay.get(name, 1.0), asking.LEAST_STAY)) for name in fields] + [1.0] for look in looks])
    came = np.array([look.came for look in looks], float)

    def cost(w: np.ndarray) -> float:
        return float(np.logaddexp(0, x @ w).sum() - (came * (x @ w)).sum() + 0.01 * (w @ w))

    *weights, shift = minimize(cost, np.zeros(len(fields) + 1)).x
    return {name: round(float(one), 2) for name, one in zip(fields, weights, strict=True)}, round(float(shift), 2)


def _drawn(rng: random.Random, chances: dict[str, float]) -> str:
    return rng.choices(list(chances), list(chances.values()))[0]


def _content(composer: Composer, person: Person, shown: Sequence[Outfit]) -> bool:
    best = composer.compose(person.wishes, person.relevance, top_k=1).outfits[0]
    return asking.does_for(composer, person.wishes, person.relevance, shown, best)


def _talk(composer: Composer, person: Person, policy: Policy, rng: random.Random) -> tuple[int, int, bool]:
    """Turns, questions asked and whether the person ended satisfied."""
    state, asked, running = person.said, set[str](), False
    for turn in range(1, MOST_TURNS + 1):
        shown = composer.compose(state, person.relevance, TOP_K).outfits
        if _content(composer, person, shown):
            return turn, len(asked), True
        ask = None if running and not policy.running else policy.choose(composer, state, person, shown, asked)
        running = ask is not None
        if ask is not None:
            asked.add(ask)
            wished = person.wishes.want.values(ask)
            state = asking.answered(state, ask, wished[0] if wished else asking.ANY)
        elif rng.random() < SPEAKS_UP:
            missing = [name for name in load("asking")["answers"] if _unmet(person, state, name, shown)]
            if missing:
                name = rng.choice(missing)
                state = asking.answered(state, name, person.wishes.want.values(name)[0])
    return MOST_TURNS, len(asked), False


def _unmet(person: Person, state: DialogState, name: str, shown: Sequence[Outfit]) -> bool:
    """Whether a wish not yet said is one that nothing shown meets."""
    if asking.known(state, name) or not person.wishes.want.values(name):
        return False
    if name == "occasion":
        return True
    alone = DialogState(want=Wishes(**{name: person.wishes.want.values(name)}))
    return all(broken(alone, outfit) for outfit in shown)


def _margin(composer: Composer, state: DialogState, person: Person, shown: Sequence[Outfit], asked: set[str]) -> str | None:
    return asking.decide(composer, state, person.relevance, shown, without=asked).ask


def _always(composer: Composer, state: DialogState, person: Person, shown: Sequence[Outfit], asked: set[str]) -> str | None:
    return next((name for name in load("asking")["answers"] if name not in asked and not asking.known(state, name)), None)


POLICIES: dict[str, Policy] = {
    "never": Policy(lambda *_: None), "margin": Policy(_margin), "every_turn": Policy(_margin, running=True),
    "alternate": Policy(_always), "always": Policy(_always, running=True),
}  # fmt: skip


if __name__ == "__main__":
    stylist = Context()
    weights, shift = fitted(first_looks(Composer(stylist.catalog.items), persons(stylist, 300, FITTED)))
    print(f"calibration: {{weights: {weights}, shift: {shift}}}")
