"""A suit: one word for a blazer and trousers of one cloth.

Whether one is wished for is the tracker's to tell, which knows it as a blazer; this adds what the word says beside.
"""

from __future__ import annotations

import re

from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.state import DialogState

_SUIT = re.compile(r"(?<![\w-])(?:(?:trouser|pant|pants|business|dress|power|linen|pinstripe|three-piece|two-piece)[- ]?)?suits?\b(?!\s(?:me|you|him|her|us|them|my|your|his|the|a|an)\b)|(?<![가-힣])정장(?!\s?(?:바지|치마|원피스|구두|셔츠|자켓|재킷|느낌|스타일|풍))|수트|슈트", re.IGNORECASE)
_ALONE = re.compile(r"(?:(?:a|an|the|my|i need|i want|need|want|actually|ok|maybe)\s)*(?:(?!no\b|not\b)[a-z-]+\s){0,2}suit(?:\s(?:please|pls|again))?[\s.!?]*|(?:[가-힣]+\s)?(?:정장|수트|슈트)(?:\s?(?:이요|요|으로요?|로요?|보여\s?줘요?|보여\s?주세요|추천해?\s?주?세?요?))?[\s.!?]*", re.IGNORECASE)
_NO_SUIT = re.compile(r"\b(?:no|not|never|without|than|hate|isn['’]?t|don['’]?t|skirt|swim|track|jump|wet|bathing|birthday|law)\s?(?:\w+\s){0,3}$|말고|싫", re.IGNORECASE)
_CODE = re.compile(r"\s?(?:and tie|or something|too much|ok\b|okay|needed|required|expected|necessary|느낌|스타일|풍|말고|은? ?(?:싫|부담|말고)|까지는)", re.IGNORECASE)
_WANTS = re.compile(r"\b(?:an?|new|need|want|get|buy|wear|looking for|find)\s(?:[a-z]+\s)?$", re.IGNORECASE)
_WANTS_KO = re.compile(r"\s?(?:한 ?벌|하나|을|를)?\s?(?:필요|사고|입고|찾|추천|보여|원해)")
_FOR = re.compile(r"\sfor\b", re.IGNORECASE)
_SKIRT = re.compile(r"\bskirt suits?\b|치마 정장", re.IGNORECASE)
_CLOTH = ("color", "pattern", "material")


def _named_alone(edit: Edit, text: str) -> Edit:
    """The edit of a few words that are nothing but a suit's, "grey suit please", with its blazer: the tracker takes them for a dress code."""
    types = [t for key in ("+type", "=type", "-type") for t in edit.get(key, [])]
    alone = _ALONE.fullmatch(text.strip()) or _wished_for(text[:2000])
    return {**edit, "+type": ["blazer"]} if alone and not types and "exclude" not in edit else edit


def _wished_for(text: str) -> bool:
    """Whether the words ask for a suit among others: "navy suit for a job interview", "네이비 정장 필요해 면접용"."""
    for suit in _SUIT.finditer(text):
        before, after = text[max(0, suit.start() - 24) : suit.start()], text[suit.end() : suit.end() + 12]
        clause = re.split(r"[.,!?;]", text[: suit.start()])[-1]
        if _NO_SUIT.search(clause) or _CODE.match(after):
            continue
        cloth = any(value in v.COLORS or value in v.PATTERNS or value in v.MATERIALS for value in lexicon.named(before.split(",")[-1]))
        if cloth or _WANTS.search(before) or _WANTS_KO.match(after) or (not clause.strip() and _FOR.match(after)):
            return True
    return False


def is_worn(state: DialogState, field: str) -> bool:
    """Whether the state wants a blazer and trousers alike in a field, as a suit's are."""
    own = [state.slot(slot).want.values(field) for slot in ("outer", "bottom")]
    return {"blazer", "trousers"} <= set(state.want.type) and bool(own[0]) and own[0] == own[1]


def completed(edit: Edit, text: str) -> Edit:
    """The edit with the trousers of a suit that it wants the blazer of, both of its color, pattern and material; of one that has another garment
    for the legs, or speaks against these, nothing is changed."""
    edit = _named_alone(edit, text)
    if not _SUIT.search(text[:2000]) or "blazer" not in (*edit.get("+type", []), *edit.get("=type", [])):
        return edit
    types = [t for key in ("+type", "=type") for t in edit.get(key, [])]
    legs = [t for t in types if v.SLOT_OF_TYPE[t] == "bottom"]
    if _SKIRT.search(text) and not legs and "skirt" not in edit.get("-type", []):
        return {**edit, **{key: [*edit[key], "skirt"] for key in ("+type", "=type") if "blazer" in edit.get(key, [])}}
    if set(legs) - {"trousers"} or "trousers" in edit.get("-type", []) or "bottom" in edit.get("exclude", []) or _SKIRT.search(text):
        return edit
    key = "+type" if "blazer" in edit.get("+type", []) else "=type"
    made = {**edit, key: [*edit[key], *(["trousers"] if not legs else [])]}
    for field in _CLOTH:
        own = {slot: next((made[sign + f"{slot}.{field}"] for sign in "+=" if f"{sign}{slot}.{field}" in made), None) for slot in ("outer", "bottom")}
        cloth = own["outer"] or own["bottom"] or made.get(f"+{field}")
        for slot in ("outer", "bottom"):
            if cloth and own[slot] is None and f"-{slot}.{field}" not in made:
                made[f"+{slot}.{field}"] = list(cloth)
        if cloth and cloth is made.get(f"+{field}"):
            made.pop(f"+{field}")
    return made
