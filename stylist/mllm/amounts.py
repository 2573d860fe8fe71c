"""Amounts that words beside them say to be for the whole outfit: "200 for everything incl. shoes", "총 30만원".

Whether there is a limit, and on what, is the model's to tell; where the words name the whole, its place is no guess.
"""

from __future__ import annotations

import re

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import grammar, lexicon

_CLAUSE = re.compile(r"(?<=[.!?;])\s+|,\s+(?!000)|\n+|\s(?:but|though|while)\s|(?:고요?|지만|는데|구요?)[,\s]+", re.IGNORECASE)
_WHOLE = re.compile(
    r"^\s*(?:my |the |with a |a )?budget(?: is| of|:)?\s(?!(?:for|on)\b)|\b(?:(?:for|on|of) (?:everything|(?:the )?(?:lot|whole (?:lot|thing|look|outfit|set|ensemble|fit)|(?:entire|full|complete) (?:look|outfit|thing|set))|all of it|all (?:the )?pieces)|(?:everything|all|whole (?:outfit|look|thing|lot)) (?:together|combined|included|in)"
    r"|(?:in|grand) total|total|altogether|all[- ]in|in all|overall|head[- ]to[- ]toe|(?:(?:whole|entire|full|complete) (?:outfit|look|thing|set|ensemble)))\b"
    r"|(?<![가-힣])총(?:액|합|예산)?(?=\s?\d|\s|$)|(?<![가-힣])(?:다|모두|전부|전체|싹)\s?(?:해서|합쳐서?|합해서?|더해서)|합쳐서|합해서|통틀어|(?:신발|구두|운동화|가방|액세서리|모자|아우터|외투|코트)까지(?!만)|(?<=[가-힣])룩(?=\s|$|으로|을|좀)|(?<![가-힣])(?:전부|전체|전체적으로|모두|풀\s?(?:코디|착장|세트|장착))(?=[\s로으은는,.!?]|$)",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:each|per|apiece|a piece|every (?:piece|item)|any one|no (?:item|piece)|nothing)\b|각각|각자|하나당|개당|씩|품목당|벌당|한 (?:벌|개)", re.IGNORECASE)


_SINGLE = re.compile(r"\b(?:each|apiece|per (?:piece|item)|(?:any|every) (?:(?:one|single) )?(?:piece|item|thing|garment)|any one|no (?:one |single )?(?:item|piece|thing)|(?:a|one) single (?:piece|item|thing)|nothing)\b|각각|하나당|개당|품목당", re.IGNORECASE)
_PARTS = re.compile(r"(?<=[.!?;])\s+|,\s+(?!000)|\n+|\s(?:but|though|while|and)\s|(?:고요?|지만|는데|구요?)[,\s]+", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:under|below|over|above|max(?:imum)?|budget|up to|less than|within|limit|at (?:the )?most|(?:no|not|nothing) (?:more|over|above)|tops|cap(?:ped)?|or less)\b|이내|안쪽|안에|안으로|이하|까지|넘지|안\s?넘|미만|으로(?!\s?(?:산|샀))",
    re.IGNORECASE,
)

_UNDER = re.compile(r"\b(?:under|below|max|up to|at most|within|no more than)\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:at least|minimum(?: of)?|no less than|not less than)\s(?=[$£€\d])|최소\s?(?=\d)", re.IGNORECASE)
_NO_MATTER = re.compile(r"\b(?:budget|money|price|cost)s? (?:doesn['’]?t|does not|don['’]?t|isn['’]?t|is not|no longer)\s(?:really\s)?(?:matter|an issue|a problem|important)|\bforget (?:about )?the (?:budget|limit)s?\b|(?:예산|가격|돈)은?\s?(?:이제\s?)?상관\s?없", re.IGNORECASE)
_PAID = re.compile(r"\b(?:paid|spent|cost|costs|bought|were|was|worth)\b|샀|들었|썼", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|with)\s(?=.*\d)", re.IGNORECASE)
_FUNDS = re.compile(r"\b(?:to my name|to spend|is all i(?:['’]ve| have)? ?(?:got)?|i(?:['’]ve| have)(?: only| just)?(?: got)? (?:about |around )?(?=[$£€\d]|a |one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty))\b|(?:원|달러|유로|파운드)(?:으로|밖에|뿐|만으로|가지고)", re.IGNORECASE)
LONGEST = 2000
"""Characters of a message that are looked at."""
_NEAR = 40
_FOR = re.compile(r"\s(?:max(?:imum)?\s|tops\s|or less\s|at most\s)?(?:for|on)\s(?:the|my|a|an|some|her|his)\s(?:[a-z]+\s)?$", re.IGNORECASE)
_AT_END = r"(?:\d|k|[$£€]|quid|bucks?|dollars?|pounds?|euros?|usd|gbp|eur|won)\s*$"
_KOREAN_FOR = re.compile(r"(?:은|는|만)\s(?=\d)")
_MORE = re.compile(r"\s*(?:,|and\b|&|\+|plus\b|with\b|이?랑|하고|와|과)\s*(?!(?:the\s)?(?:rest|others?|everything|anything|whatever|i)\b|나머지)[a-z가-힣]", re.IGNORECASE)


def placed(edit: Edit, text: str) -> Edit:
    """The edit with its amounts where the words beside them say that they belong."""
    if _NO_MATTER.search(text):
        edit = {key: value for key, value in edit.items() if key not in edits.AMOUNTS and key != "act"} | {key: "any" for key in edits.AMOUNTS}
    return _of_each(_of_garments(_of_the_whole(_no_least(_no_degrees(edit), text), text), text), text)


def _no_least(edit: Edit, text: str) -> Edit:
    """The edit without amounts that are the least to be spent: "at least 80 for the shoes" is no limit."""
    gone = {figure for least in _LEAST.finditer(text) for figure in grammar.numbers(text[least.end() : least.end() + _NEAR])[:1]}
    gone = {*gone, *(figure.split()[0] for figure in gone)}
    return {key: value for key, value in edit.items() if key not in edits.AMOUNTS or str(value).split()[0] not in gone} if gone else edit


def _no_degrees(edit: Edit) -> Edit:
    """The edit without a bare amount that is its temperature as well: "they are saying -20!!"."""
    degrees = str(edit.get("temp", "")).strip("-CF")
    return {key: value for key, value in edit.items() if key not in edits.AMOUNTS or value != degrees} if degrees else edit


def _of_each(edit: Edit, text: str) -> Edit:
    """The edit with an amount that no single piece may cost, where the model heard none: "I refuse to pay over 60 for any single thing"."""
    every = [value for key, value in edit.items() if key in edits.AMOUNTS]
    known = grammar.numbers(text) if "item" not in edit else ()
    for clause in _PARTS.split(text) if known else ():
        said = [figure for figure in grammar.numbers(clause) if figure in known]
        if len(said) == 1 and said[0] not in every and _SINGLE.search(clause) and _LIMIT.search(clause):
            return {key: value for key, value in edit.items() if key != "act"} | {"item": said[0]}
    return edit


def _of_garments(edit: Edit, text: str) -> Edit:
    """The edit with a total that stands right beside one garment's name as that garment's limit: "35 quid for the tank", "니트는 10만원 넘으면"."""
    total = edit.get("total")
    every = [value for key, value in edit.items() if key in edits.AMOUNTS]
    if total is None or total == "any":
        return edit
    language = lexicon.language(text)
    mentions = [mention for mention in lexicon.load(language).find(text[:LONGEST]) if lexicon.slots(mention.values)]
    for mention in mentions:
        slot = next(v.SLOT_OF_TYPE.get(word, word) for word in mention.values if word in v.SLOT_OF_TYPE or word in v.SLOTS)
        before, after = text[max(0, mention.start - _NEAR) : mention.start], text[mention.end : mention.end + _NEAR]
        ahead, behind = _FOR.search(before), _KOREAN_FOR.match(after)
        said = before[: ahead.start()] if ahead else after[behind.end() :] if behind else ""
        figures = grammar.numbers(said)
        alone = not _MORE.match(after) and f"{slot}.price" not in edit
        beside = (figures[-1] if ahead else figures[0]) if figures else None
        if alone and beside is not None and beside != total and ahead and beside not in every and _UNDER.search(said):
            edit = edit | {f"{slot}.price": beside}  # "under 100 for the bomber, 250 for everything"
            continue
        if alone and figures and beside == total and (not ahead or re.search(_AT_END, said, re.IGNORECASE)) and (not behind or re.match(r"\s?\d", said)):
            return {key: value for key, value in edit.items() if key != "total"} | {f"{slot}.price": total}
    return edit


def _of_the_whole(edit: Edit, text: str) -> Edit:
    """The edit with an amount that its words call one for the whole as `total`, wherever the model put it, or left it out. A clause that holds two
    amounts, or speaks of each piece, tells nothing."""
    every = [value for key, value in edit.items() if key in edits.AMOUNTS]
    known = grammar.numbers(text)
    for clause in (part for whole in _CLAUSE.split(text) for part in (_AND.split(whole) if len(grammar.numbers(whole)) > 1 else [whole])) if known else ():
        said = [figure for figure in grammar.numbers(clause) if figure in known]
        funds = not every and len(said) == 1 == len(known) and " " in said[0] and _FUNDS.search(clause)
        if funds:
            return {key: value for key, value in edit.items() if key != "act"} | {"total": said[0]}
        if len(said) != 1 or not _WHOLE.search(clause) or _EACH.search(clause):
            continue
        amount = said[0]
        if " " not in amount and amount not in every:  # a bare figure may be anything
            continue
        wrong = [key for key, value in edit.items() if key in edits.AMOUNTS and key != "total" and value == amount]
        if "total" not in edit and (wrong or (amount not in every and (_LIMIT.search(clause) or (" " in amount and not _PAID.search(clause))))):
            edit = {key: value for key, value in edit.items() if key not in wrong and key != "act"} | {"total": amount}
        elif edit.get("total") == amount:
            edit = {key: value for key, value in edit.items() if key not in wrong}
    return edit
