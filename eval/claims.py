"""Replies to random states, read against what is shown: how much of what the model writes does not hold, and how much gets through."""

from __future__ import annotations

import random

import numpy as np

from eval.context import Context, Figures
from eval.states import random_state
from stylist.mllm.checker import sentences, unsupported
from stylist.mllm.facts import facts_of

PRIMARY = "unsupported"
SEED = 31
TOP_K = 3


def measure(context: Context) -> Figures:
    """Over the replies to random states of the bundled catalogue, in English and Korean: `unsupported`, the share of sentences of
    shown replies with a garment, color, pattern, material, price or number of outfits that is not there; `swapped/unsupported`, the
    check's own check: the same sentences read against the outfits of another reply; `distinct`, the share of different replies;
    `sentences`, how many a reply has."""
    rng, generator = random.Random(SEED), np.random.default_rng(SEED)
    stylist, items = context.stylist, context.catalog.items
    count = context.size(500, 30)
    told = []
    for number in context.track(range(count), "claims", count):
        state = random_state(rng, items).model_copy(update={"language": "ko" if number % 3 == 2 else "en"})
        composition = stylist.composer.compose(state, generator.random(len(items)), TOP_K)
        facts = facts_of(state, composition.outfits, "show" if composition.outfits else "empty", rng.choice((None, None, "occasion")))
        told.append((facts, stylist.responder.reply(facts, number)))
    faults = [bool(unsupported(sentence, facts)) for facts, reply in told for sentence in sentences(reply)]
    others = [(next(f for f, _ in told[n + 1 :] + told[:n] if f.language == facts.language and f.looks), reply) for n, (facts, reply) in enumerate(told)]
    swapped = [bool(unsupported(sentence, facts)) for facts, reply in others for sentence in sentences(reply)]
    return {
        "unsupported": float(np.mean(faults)), "swapped/unsupported": float(np.mean(swapped)), "distinct": len({reply for _, reply in told}) / count,
        "sentences": len(faults) / count, "replies": float(count), "seed": SEED,
    }  # fmt: skip
