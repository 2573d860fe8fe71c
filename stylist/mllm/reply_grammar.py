"""The grammar of the bundled model's replies: an opening, what is shown and why, a question, each one of the bank's sentences
filled with the facts of the turn.

The model chooses and orders; it cannot garble a word or claim what is not there. Larger models write freely and are checked.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from stylist.mllm.facts import Known, ReplyFacts

_OPENINGS = ("greet", "thanks", "bye", "offtopic", "override", "abuse", "empty", "swap", "cheaper", "warmer", "dressier", "casual", "other")
FEWEST = 6  # sentences to choose from, where there are as many
_BRIEF = ("bye", "override", "abuse", "empty")


def plan(facts: ReplyFacts) -> tuple[list[str], list[list[str]], list[str]]:
    """The acts that may open, those that may follow (a sentence of each group), and those that may close."""
    if facts.act in _OPENINGS:
        opening = [f"r_{facts.act}"]
    elif facts.act == "photo":
        opening = ["r_open_photo"]
    else:
        opening = ["r_open_event" if facts.event else "r_open_plain"]
    groups: list[list[str]] = []
    if facts.looks and facts.act not in _BRIEF:
        if facts.act != "swap":
            groups.append(["r_lead"])
        known = facts.known or Known()
        reasons = ["r_item_color"]
        reasons += ["r_item_comfort"] if known.easy else []
        reasons += ["r_item_occasion"] if facts.event else []
        reasons += ["r_item_season"] if facts.season else []
        promises = (["r_avoid"] if facts.avoid else []) + (["r_budget"] if facts.budget else [])
        kept = (["r_item_comfort"] if known.easy else ["r_item_wished"]) if known.easy or (known.wished and facts.act != "swap") else []
        groups += [acts for acts in (promises, kept) if acts][: 1 if facts.ask else 2] or [reasons]
    if facts.ask:
        closing = [{"contradiction": "r_contradiction", "photo": "r_photo_unsure"}.get(facts.ask, f"r_ask_{facts.ask}")]
    else:
        closing = ["r_close"] if facts.looks and facts.act not in _BRIEF else []
    return opening, groups, closing


def reply_grammar(facts: ReplyFacts, seed: int = 0) -> str | None:
    """The Lark grammar of a reply to these facts, None where the bank has no sentence for them.

    It offers half of the sentences that fit, by `seed`: a model left to itself says its favorite ones again and again.
    """
    from stylist.training.replies import (
        ReplyWriter,  # the bank belongs to the training floor; this is its only reader here
    )

    rng = random.Random(seed)
    writer = ReplyWriter(facts.language, "all", rng)
    opening, groups, closing = plan(facts)

    def filled(acts: Sequence[str]) -> list[str]:
        sentences = [writer.fill(line, act, facts) for act in acts for line in writer.bank.replies.get(act, ())]
        return list(dict.fromkeys(s for s in sentences if s and (not facts.ask or acts == closing or not s.endswith("?"))))

    def some(sentences: list[str]) -> list[str]:
        return rng.sample(sentences, max(FEWEST, len(sentences) // 2)) if len(sentences) > FEWEST else sentences

    parts = [some(choices) for choices in (filled(acts) for acts in (opening, *groups)) if choices]
    asked = some([s for s in filled(closing) if s.endswith("?")] if facts.ask else filled(closing))
    if not parts and not asked:
        return None
    rules = [f"part{n}: {' | '.join(json.dumps(' ' + s, ensure_ascii=False) for s in choices)}" for n, choices in enumerate(parts)]
    start = " ".join(f"part{n}" for n in range(len(parts)))
    if asked:
        rules.append(f"closing: {' | '.join(json.dumps(' ' + s, ensure_ascii=False) for s in asked)}")
        start += " closing" if facts.ask else " closing?"
    return f"start: {start}\n" + "\n".join(rules) + "\n"
