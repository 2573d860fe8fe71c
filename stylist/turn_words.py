"""Words around a turn that the model does not write: what a reply asked, what to give up where nothing fits, answers to tap."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from stylist import vocabulary as v
from stylist.mllm.facts import price_text
from stylist.mllm.responder import question_of
from stylist.names import value_name
from stylist.ranking.composer import Composition
from stylist.ranking.relax import Wish
from stylist.ranking.wording import Wording, fill
from stylist.state import DialogState

_ROUND = 100  # won
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
    r"|\b(?:for|to|at)\s(?:church|work|brunch|lunch|drinks|dinner|school|court|mass|prom|class|bed|home)\b|\b(?:school run|dog walk|moving house|errands)\b|\bwalk(?:ing)? the dog\b|[가-힣]{2,}\s(?:갈|할|볼|먹을)\s?때"
    r"|\b(?:trip|going|heading|flying|off)\s+(?:out\s+)?(?:to|on|for)\b|[가-힣]{2,}(?:에|에서|하러|보러)\s?(?:가|갈|간|입고|놀|열)|(?:모임|행사|여행|약속|파티|날)(?:이|에|가|때)",
    re.IGNORECASE,
)


def tells_where(text: str) -> bool:
    """Whether the words say what the clothes are for, whatever the vocabulary calls it: who told of their aunt's open house is not asked about the occasion."""
    return bool(_GOING.search(text[:LONGEST]))


_WHEN = re.compile(
    r"\b(?:to(?:day|night|morrow)|this (?:morning|afternoon|evening|week|weekend|month)|next (?:week|weekend|month)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|오늘|내일|모레|이번 ?주|다음 ?주|주말|[월화수목금토일]요일", re.IGNORECASE
)
_PLAIN = frozenset({"everyday", "school", "sport", "outdoor", "travel", "beach", "funeral", "festival"})
"""Occasions whose dress code nobody has to be asked about."""


def known_by_words(text: str, state: DialogState) -> tuple[str, ...]:
    """What need not be asked, since the words tell it: the occasion of who says where they go, the season of who says when, how formal a walk is."""
    where = tells_where(text)
    known = [("occasion", where), ("season", bool(_WHEN.search(text[:LONGEST]))), ("color", "funeral" in state.want.occasion)]
    known.append(("formality", (where and not state.want.occasion) or bool(set(state.want.occasion) & _PLAIN)))
    return tuple(name for name, is_known in known if is_known)


def relax_words(composition: Composition, state: DialogState) -> str:
    """What to relax in a few words: the values to give up together, for a budget what would be enough. Needs a composition that has something to relax."""
    first = composition.relax[0]
    wording = Wording(state.language)

    def said(wish: Wish) -> str:
        if wish.kind in ("budget", "price") and first.total is not None and len(first.wishes) == 1:
            total = math.ceil(first.total / _ROUND) * _ROUND if first.currency == "KRW" else first.total
            return fill(wording.data["give_up_budget"], total=price_text(total, first.currency))
        if wish.field and wish.values and wish.kind not in ("budget", "price"):
            return value_name(wish.field, wish.values[0], state.language)
        return wish.text

    return wording.join([said(wish) for wish in first.wishes])


def gave_up_words(wishes: Sequence[Wish], state: DialogState) -> str:
    """A sentence that says which wishes nothing met beside the rest: "brown for the trousers", not "for the bottom"."""
    wording = Wording(state.language)

    def said(wish: Wish) -> str:
        garments = [t for t in state.want.type if v.SLOT_OF_TYPE[t] == wish.slot]
        if wish.kind != "want" or wish.field is None or not wish.values or len(garments) != 1:
            return wish.text
        words = wording.either([wording.word(wish.field, value) for value in wish.values])
        return fill(wording.data["wish"]["want_in"], words=words, slot=wording.word("type", garments[0]))

    words = wording.join([said(wish) for wish in wishes])
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
