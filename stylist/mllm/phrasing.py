"""Set phrases in plainer words, for the bundled model: "no patterns" says "plain", "no 3" after numbered looks "number 3".

A small model reads "no" before what is named as a refusal of it, and "no patterns, only plain" as a refusal of plain. Only what has one meaning
wherever it stands is told anew.
"""

from __future__ import annotations

import re

_PRINTS = r"(?:patterns?|prints?|patterning|patterned (?:stuff|things?|clothes|fabrics?))"
_PHRASES = (
    (re.compile(rf"\b(?:no|without(?: any)?|not any|zero|skip the|avoid(?:ing)?(?: all| any)?) (?:busy |loud |crazy |bold )?{_PRINTS}(?: (?:or|and|nor|/) {_PRINTS})?(?! (?:on|for|in|below|above|with)\b)\b", re.IGNORECASE), "plain"),
    (re.compile(r"\b(?:nothing|not|un) ?(?:patterned|printed)\b(?: or (?:patterned|printed)\b)?", re.IGNORECASE), "plain"),
)
_NUMBER = re.compile(r"\b(?:no|nr|num)\.? ?(?P<number>[1-5])(?=\s*(?:$|[,.!?;:]|but\b|with\b|and\b|in\b|please\b|pls\b|is\b|was\b|looks?\b))", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<!\d)[1-5]\s?[.):]|\b(?:look|outfit|option) [1-5a-e]\b", re.IGNORECASE)


def plainer(text: str, remark: str = "") -> str:
    """The message with its set phrases told in plainer words; `remark` is what the stylist said before."""
    for phrase, words in _PHRASES:
        text = phrase.sub(words, text)
    return _NUMBER.sub(r"number \g<number>", text) if _NUMBERED.search(remark) else text
