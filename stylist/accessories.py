"""Accessories that are worn together: "a scarf and a beanie" asks for both, "a scarf or a belt" for one of them.

Which are wished for is the tracker's to tell; this reads from the words whether several are alternatives.
"""

from __future__ import annotations

import re

from stylist import vocabulary as v
from stylist.mllm import lexicon
from stylist.state import DialogState

LONGEST = 2000
"""Characters of a text that are looked at."""
_FEWEST = 2
_SAME_PLACE = (frozenset({"hat", "beanie"}),)
_BOTH = re.compile(r"\bboth\b(?!\s(?:fine|ok|good|are fine|work))|둘\s?다(?!\s(?:괜찮|좋))", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|either|versus|vs)\b|/|또는|아니면|혹은|든(?:지|가)|(?<=[가-힣])이?나(?=[\s,])", re.IGNORECASE)


def meant(before: DialogState, after: DialogState, *texts: str) -> DialogState:
    """`after` with the accessories that are wished for together: what this turn adds joins what was wished for before, unless one of `texts` (the
    message, what it answers) names it as an alternative; a hat and a beanie always are."""
    wanted = [t for t in after.want.type if v.SLOT_OF_TYPE[t] == "accessory"]
    if len(wanted) < _FEWEST:
        return after if not after.together else after.model_copy(update={"together": ()})
    old = [group for group in before.accessories if len(group) > 1]
    either = [frozenset(group) for group in old] + [pair for text in texts for pair in _alternatives(text, wanted)] + list(_SAME_PLACE)
    new = [t for t in wanted if t not in before.want.type]
    if _BOTH.search(texts[0][:LONGEST] if texts else "") and either:
        either, new = list(_SAME_PLACE), wanted
    together: list[str] = []
    for t in wanted:
        apart = any(t in pair and other in pair for pair in either for other in wanted if other != t)
        if not apart and (new or t in before.together):
            together.append(t)
    return after if tuple(together) == after.together else after.model_copy(update={"together": tuple(together)})


def _alternatives(text: str, wanted: list[str]) -> list[frozenset[str]]:
    """Sets of the wanted accessories that one word names, or that stand on two sides of an "or"."""
    found: list[frozenset[str]] = []
    last: tuple[int, frozenset[str]] | None = None
    text = text[:LONGEST]
    for mention in lexicon.mentions(text):
        named = frozenset(mention.values) & frozenset(wanted)
        if not named:
            continue
        if len(named) > 1:
            found.append(named)
        if last is not None and _OR.search(text[last[0] - 1 : mention.start + 1]):
            found.append(last[1] | named)
        last = mention.end, named
    return found
