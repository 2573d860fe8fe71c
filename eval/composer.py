"""The composer: exact against trying every outfit and against an integer program, promises kept, and how long it takes."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import numpy as np

from eval.bruteforce import best_score, by_integer_program
from eval.context import Context, Figures
from eval.states import random_state
from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.ranking.candidates import candidates
from stylist.ranking.composer import Composer
from stylist.ranking.masks import plan
from stylist.ranking.promises import broken
from stylist.state import DialogState

PRIMARY = "exact"
SEED = 41
TOP_K = 5
SMALL_SLOTS = 2
"""Items of each slot in a catalogue that is tried out whole, and one top and one bottom more."""
PROGRAM_ITEMS = 60
PROGRAM_SECONDS = 20.0
EQUAL = 1.0e-6
SIZES = ((2603, 1000, 20), (100_000, 200, 4))
"""Items of a catalogue, states asked of it, and with `--quick`."""


def measure(context: Context) -> Figures:
    """`exact`: share of small random catalogues and states where the best outfit scores as the best of all outfits, or there is
    none either way; `exact/answered` how many have one.

    `milp/equal`: the same against HiGHS over the same candidates, `milp/seconds` and `milp/composer_seconds` the medians of both.

    `N/median`, `N/p95`: milliseconds to the five best of N items, over random states, most of them with wishes that are hard to
    keep; `N/cpu_median`, `N/cpu_p95` the same of this process' own time; `N/answered_median` over states that have an outfit;
    `N/proven` share of the answers proven the best, `N/gap` the largest score that another might have missed; `N/broken`
    promises broken in any outfit.
    """
    items = context.catalog.items
    figures = {**_against_all(context, items), **_against_program(context, items)}
    for count, full, quick in SIZES:
        figures |= _times(context, count, context.size(full, quick))
    return {**figures, "seed": SEED}


def catalogue(items: Sequence[Item], count: int, rng: random.Random) -> tuple[list[Item], np.ndarray]:
    """`count` items with the distribution of `items`, and which of those each was made from, (count,): colors, patterns and
    materials come from others of the same type, prices differ."""
    by_type: dict[str, list[Item]] = {}
    for item in items:
        by_type.setdefault(item.type, []).append(item)
    made, sources = [], []
    for number in range(count):
        source = rng.randrange(len(items))
        item, others = items[source], by_type[items[source].type]
        changed = {field: getattr(rng.choice(others), field) for field in ("color", "pattern", "material")}
        price = None if item.price is None else round(item.price * rng.uniform(0.6, 1.6), 2)
        made.append(item.model_copy(update={**changed, "price": price, "id": f"i{number}"}))
        sources.append(source)
    return made, np.array(sources)


def relevance(slots: np.ndarray, vectors: np.ndarray | None, generator: np.random.Generator) -> np.ndarray:
    """(n,) in 0..1 as the heads give it: nearness to a random item of each slot, spread over the slot; random numbers without
    `vectors` (n, dim)."""
    result = generator.random(len(slots))
    if vectors is None:
        return result
    for slot in np.unique(slots):
        rows = np.flatnonzero(slots == slot)
        raw = vectors[rows] @ vectors[generator.choice(rows)] + 0.03 * generator.standard_normal(len(rows))
        result[rows] = (raw - raw.min()) / max(1e-9, float(raw.max() - raw.min()))
    return result


def without_rules(state: DialogState) -> DialogState:
    """The state less what brings styling rules into play and less top or bottom left out, which rules fill otherwise."""
    want = state.want.model_copy(update={"occasion": (), "season": (), "formality": (), "gender": ()})
    slots = {slot: wishes for slot, wishes in state.slots.items() if slot not in ("top", "bottom") or wishes.include is not False}
    return state.model_copy(update={"want": want, "slots": slots, "weather": (), "temperature": None, "prefer": ()})


def _against_all(context: Context, items: Sequence[Item]) -> Figures:
    rng, generator = random.Random(SEED), np.random.default_rng(SEED)
    by_slot = {slot: [item for item in items if item.slot == slot] for slot in v.SLOTS}
    count = context.size(3000, 100)
    equal = answered = 0
    for _ in context.track(range(count), "exactness", count):
        slots = [slot for slot in v.SLOTS for _ in range(rng.randint(1, SMALL_SLOTS))] + ["top", "bottom"]
        few = list({item.id: item for item in (rng.choice(by_slot[slot]) for slot in slots)}.values())
        state = without_rules(random_state(rng, few))
        if rng.random() < 0.7:  # with all its wishes hardly any state has an outfit in so few items
            state = state.model_copy(update={"want": state.want.model_copy(update={"type": (), "color": (), "material": ()})})
        composer = Composer(few)
        scores = generator.random(len(few))
        found = composer.compose(state, scores, top_k=1, time_limit_s=None)
        best = best_score(composer.question(state, scores), composer.weights)
        answered += best is not None
        own = found.outfits[0].score if found.outfits else None
        equal += (own is None) == (best is None) and (own is None or best is None or abs(own - best) <= EQUAL)
    return {"exact": equal / count, "exact/catalogues": float(count), "exact/answered": float(answered)}


def _against_program(context: Context, items: Sequence[Item]) -> Figures:
    rng, generator = random.Random(SEED + 1), np.random.default_rng(SEED + 1)
    own_seconds, program_seconds, equal = [], [], []
    count = context.size(20, 2)
    for _ in context.track(range(count), "integer program", count):
        few, _ = catalogue(items, PROGRAM_ITEMS, rng)
        state = DialogState(budget=without_rules(random_state(rng, few)).budget)
        composer = Composer(few)
        scores = generator.random(len(few))
        start = time.perf_counter()
        found = composer.compose(state, scores, top_k=1, time_limit_s=None)
        own_seconds.append(time.perf_counter() - start)
        question = composer.question(state, scores)
        worth = composer.weights.relevance * question.relevance + composer.weights.fit * question.fit
        problems = candidates(question, plan(state, question.table, question.rules), None, worth, composer.weights, composer.weights.harmony)
        start = time.perf_counter()
        best = by_integer_program(problems, PROGRAM_SECONDS)
        program_seconds.append(time.perf_counter() - start)
        own = found.outfits[0].score if found.outfits else None
        equal.append((own is None) == (best is None) and (own is None or best is None or abs(own - best) <= EQUAL))
    return {
        "milp/equal": float(np.mean(equal)), "milp/items": float(PROGRAM_ITEMS), "milp/cases": float(count),
        "milp/seconds": float(np.median(program_seconds)), "milp/composer_seconds": float(np.median(own_seconds)),
    }  # fmt: skip


def _times(context: Context, count: int, states: int) -> Figures:
    rng, generator = random.Random(SEED + 2), np.random.default_rng(SEED + 2)
    made, sources = catalogue(context.catalog.items, count, rng)
    text = context.catalog.vectors("text")
    vectors = None if text is None else np.asarray(text, np.float32)[sources]
    slots = np.array([item.slot for item in made])
    composer = Composer(made)
    composer.compose(DialogState(), generator.random(count), TOP_K)
    wall, own, answered, proven, gaps = [], [], [], [], []
    violations = 0
    for _ in context.track(range(states), f"{count} items", states):
        state, scores = random_state(rng, made), relevance(slots, vectors, generator)
        start, spent = time.perf_counter(), time.process_time()
        composition = composer.compose(state, scores, TOP_K)
        own.append(1000 * (time.process_time() - spent))
        wall.append(1000 * (time.perf_counter() - start))
        answered.append(bool(composition.outfits))
        proven.append(composition.exact)
        gaps.append(composition.gap)
        violations += sum(len(broken(state, outfit)) for outfit in composition.outfits)
    with_outfits = np.array(own)[np.array(answered)]
    return {
        f"{count}/median": float(np.median(wall)), f"{count}/p95": float(np.percentile(wall, 95)),
        f"{count}/cpu_median": float(np.median(own)), f"{count}/cpu_p95": float(np.percentile(own, 95)),
        f"{count}/answered_median": float(np.median(with_outfits)) if len(with_outfits) else float("nan"),
        f"{count}/answered": float(np.mean(answered)), f"{count}/proven": float(np.mean(proven)), f"{count}/gap": float(max(gaps)),
        f"{count}/broken": float(violations), f"{count}/states": float(states),
    }  # fmt: skip
