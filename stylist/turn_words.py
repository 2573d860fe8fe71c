"""Words around a turn that the model does not write: what a reply asked, what to give up where nothing fits, answers to tap."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stylist.mllm.facts import price_text
from stylist.mllm.responder import question_of
from stylist.names import value_name
from stylist.ranking.composer import Composition
from stylist.ranking.relax import Wish
from stylist.ranking.wording import Wording, fill
from stylist.state import DialogState

LONGEST = 4000
"""Characters of what a person said that are looked at."""


def asked_in(reply: str) -> str | None:
    """What a reply asked: a field where it ends in one of the bank's questions, `other` for any other question, None for none."""
    from stylist.training import phrases  # the bank belongs to the training floor, as in `mllm.reply_grammar`

    question = question_of(reply)
    if question is None:
        return None
    for language in phrases.LANGUAGES:
        for act, lines in phrases.load(language, "all").replies.items():
            if act.startswith("r_ask_") and question in lines:
                return act.removeprefix("r_ask_")
    return "other"


_GOING = re.compile(
    r"\b(?:for|to|at|attending|hosting|throwing|it['’]?s|having|seeing|this is)\s+(?:a|an|the|my|our|his|her|their|some)\s+(?!outfit|look|change|bit|lot|little|few|skirt|dress|jacket|shirt|top|bag|pair|start)[a-z]"
    r"|\b(?:trip|going|heading|flying|off)\s+(?:out\s+)?(?:to|on|for)\b|[가-힣]{2,}(?:에|에서|하러|보러)\s?(?:가|갈|간|입고|놀|열)|(?:모임|행사|여행|약속|파티|날)(?:이|에|가|때)",
    re.IGNORECASE,
)


def tells_where(text: str) -> bool:
    """Whether the words say what the clothes are for, whatever the vocabulary calls it: who told of their aunt's open house is not asked about the occasion."""
    return bool(_GOING.search(text[:LONGEST]))


def relax_words(composition: Composition, state: DialogState) -> str:
    """What to relax in a few words: the values to give up together, for a budget what would be enough. Needs a composition that has something to relax."""
    first = composition.relax[0]
    wording = Wording(state.language)

    def said(wish: Wish) -> str:
        if wish.kind in ("budget", "price") and first.total is not None and len(first.wishes) == 1:
            return fill(wording.data["give_up_budget"], total=price_text(first.total, first.currency))
        if wish.field and wish.values and wish.kind not in ("budget", "price"):
            return value_name(wish.field, wish.values[0], state.language)
        return wish.text

    return wording.join([said(wish) for wish in first.wishes])


def gave_up_words(wishes: Sequence[Wish], language: str) -> str:
    """A sentence that says which wishes nothing met beside the rest."""
    wording = Wording(language)
    words = wording.join([wish.text for wish in wishes])
    return fill(wording.pick("gave_up", words), words=words)


def quick_replies(state: DialogState, ask: str | None) -> tuple[str, ...]:
    """A few answers to tap, from the vocabulary, fitting what was asked."""
    language = state.language
    if ask == "occasion":
        return tuple(value_name("occasion", o, language) for o in ("office", "wedding-guest", "date", "everyday", "travel"))
    if ask == "season":
        return tuple(value_name("season", s, language) for s in ("spring", "summer", "autumn", "winter"))
    if ask == "formality":
        return tuple(value_name("formality", f, language) for f in ("casual", "smart-casual", "business", "formal"))
    if ask == "color":
        return tuple(value_name("color", c, language) for c in ("black", "navy", "cream", "red", "green") if c not in state.avoid.color)
    return ()
