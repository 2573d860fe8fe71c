"""Set phrases in plainer words, for the bundled model: "no patterns" says "plain", "closed toes" "no sandals", "no laces" "no oxfords", "no 3" after numbered looks "number 3".

A small model reads "no" before what is named as a refusal of it, and "no patterns, only plain" as a refusal of plain. Only what has one meaning
wherever it stands is told anew.
"""

from __future__ import annotations

import re

from stylist import vocabulary as v
from stylist.mllm import grammar, lexicon

_PRINTS = r"(?:patterns?|prints?|patterning|patterned (?:stuff|things?|clothes|fabrics?))"
_PHRASES = (
    (re.compile(rf"\b(?:no|without(?: any)?|not any|zero|skip the|avoid(?:ing)?(?: all| any)?) (?:busy |loud |crazy |bold )?{_PRINTS}(?: (?:or|and|nor|/) {_PRINTS})?(?: (?:at all|whatsoever|anywhere))?(?! (?:on|for|in|below|above|with)\b)\b", re.IGNORECASE), "plain"),
    (re.compile(r"\b(?:nothing|not|un) ?(?:patterned|printed)\b(?: or (?:patterned|printed)\b)?", re.IGNORECASE), "plain"),
)
_SHADES = re.compile(r"\b(?P<of>(?:earthy|neutral|warm|warmer|cool|cooler|muted|dark|darker|light|lighter|pastel|pale|deep|rich|bright|brighter|soft|softer|jewel|autumn|autumnal|spring|natural|any|other|these|those|different|similar|in|some) (?:[a-z]+ )?)?shades\b(?(of)(?: of)?| of)", re.IGNORECASE)
_CHEAPER_KO = re.compile(r"(?:더|좀|조금|더 좀)\s?싸게")
_UNEQUAL = re.compile(r"\s?(?:!=|=/=|≠)\s?")
_TOO_MUCH = re.compile(r"\b(?:way |far |bit )?too (?:much|many) (?P<what>[a-z]+)(?: in (?:there|it|these|this|them))?\b", re.IGNORECASE)
_LETTERED = re.compile(r"\b(?i:look|outfit|option) [A-E]\b|(?:^|[\s(])[A-E]\)")
_LETTER = re.compile(r"^(?:(?:look|option|outfit)\s)?(?P<letter>[A-Ea-e])(?=\s*(?:$|[.,!]|please\b|pls\b|but\b|with\b))")
_NO_LACES = re.compile(r"\b(?:no|without|not|never|cannot|can['’]?t|no longer|won['’]?t|hate|struggle with)\b[^.,;!?]{0,30}\b(?:laces|lace[- ]?ups?|shoelaces)\b(?: (?:any more|anymore))?", re.IGNORECASE)
_CLOSED = re.compile(
    r"\bclosed[- ]?toe(?:d|s)?\b|\bclosed shoes\b|\bcovered toes\b|\b(?:my |her |his |the )?toes (?:(?:must|should|have to|has to|need to|needs to|got to|gotta) (?:be|stay) )?covered\b|\bcover(?:s|ing)? (?:my|her|his|the) toes\b|\bno (?:open[- ]toe(?:d|s)?|toes (?:showing|out))\b|발가락\s?(?:안\s?보이|가려|덮)",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|without|don['’]?t)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_FIRST = re.compile(r"^(?:(?:i (?:like|love|prefer)|ok(?:ay)?|hm+|oh|love)[,.]?\s)?(?P<number>[1-5])(?=\s+(?:is|looks?|but|with|please|pls|it)\b|\s*[,.!]|\s*$)(?!\s*[.,]\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:no|nr|num)\.? ?(?P<number>[1-5])(?=\s*(?:$|[,.!?;:]|but\b|with\b|and\b|in\b|please\b|pls\b|is\b|was\b|looks?\b))", re.IGNORECASE)
_PRAISED = re.compile(r"^(.*?number [1-5] (?:is|looks?)(?: (?:really|so|pretty))?) (?:cool|hot|warm)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<!\d)[1-5]\s?[.):]|\b(?:look|outfit|option) [1-5a-e]\b", re.IGNORECASE)


def _less(match: re.Match[str]) -> str:
    """ "Too much beige" says no beige, "too much fabric" nothing of the kind."""
    named = lexicon.named(match["what"])
    return f"no {match['what']}" if any(value in v.COLORS or value in v.PATTERNS for value in named) else match[0]


def plainer(text: str, remark: str = "") -> str:
    """The message with its set phrases told in plainer words; `remark` is what the stylist said before."""
    for phrase, words in _PHRASES:
        text = phrase.sub(words, text)
    text = _CHEAPER_KO.sub("더 저렴하게", _UNEQUAL.sub(" not ", text))
    text = _TOO_MUCH.sub(_less, text)
    text = _SHADES.sub(lambda match: match[0].replace("shades", "colors"), text)
    text = _NO_LACES.sub("no oxfords", text)
    text = grammar.with_degrees_in_figures(text)
    closed = _CLOSED.search(text)
    if closed and not _NOT.search(text[: closed.start()]):
        text += " 샌들은 빼고." if re.search("[가-힣]", closed[0]) else " no sandals."
    if _LETTERED.search(remark) and (lettered := _LETTER.match(text)):
        text = f"number {ord(lettered['letter'].lower()) - ord('a') + 1}{text[lettered.end('letter') :]}"
    if _NUMBERED.search(remark) and (first := _FIRST.match(text)):
        text = text[: first.start("number")] + "number " + text[first.start("number") :]
        text = _PRAISED.sub(r"\1 nice", text)
    return _NUMBER.sub(r"number \g<number>", text) if _NUMBERED.search(remark) else text
