"""Promises kept: outfits for random states over the bundled catalogue, each checked by rules written apart from the composer."""

from __future__ import annotations

import random
import time

import numpy as np

from eval.context import Context, Figures
from eval.states import random_state
from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken

PRIMARY = "broken"
SEED = 29
TOP_K = 5
STATES, QUICK_STATES = 4000, 40


def measure(context: Context) -> Figures:
    """`broken`: share of the composed outfits that break a promise; `violations`: how many promises in all; `unanswered`:
    share of states without an outfit; `random/broken`: share of outfits drawn at random, one item a main slot, that break a
    promise to the same states; `seconds/...` per state. `context.states` says how many states."""
    rng, generator = random.Random(SEED), np.random.default_rng(SEED)
    items = context.catalog.items
    composer = Composer(items)
    outfits, faulty, violations, empty, drawn = 0, 0, 0, 0, 0
    seconds: list[float] = []
    count = context.states or context.size(STATES, QUICK_STATES)
    for _ in context.track(range(count), "promises", count):
        state = random_state(rng, items)
        start = time.perf_counter()
        composition = composer.compose(state, generator.random(len(items)), TOP_K)
        seconds.append(time.perf_counter() - start)
        empty += not composition.outfits
        for outfit in composition.outfits:
            faults = broken(state, outfit)
            outfits += 1
            faulty += bool(faults)
            violations += len(faults)
        drawn += bool(broken(state, _random_outfit(rng, items)))
    return {
        "broken": faulty / max(1, outfits), "violations": float(violations), "unanswered": empty / count, "random/broken": drawn / count,
        "seconds/median": float(np.median(seconds)), "seconds/p90": float(np.percentile(seconds, 90)),
        "states": float(count), "outfits": float(outfits), "seed": SEED,
    }  # fmt: skip


def _random_outfit(rng: random.Random, items: tuple[Item, ...]) -> Outfit:
    slots = ("top", "bottom", "shoes")
    chosen = {slot: rng.choice([item for item in items if item.slot == slot]) for slot in slots}
    if chosen["bottom"].type in v.COVERS_TOP:
        del chosen["top"]
    return Outfit(rank=1, score=0.0, items=tuple(chosen.values()))
