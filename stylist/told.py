"""Outfits that were told in words, where a dialog is replayed whose assistant was someone else: "1. Navy dress, flats. 2. Jeans, ...".

A reference such as "the second one but in green" means those, which no composer has seen. This finds the words of each outfit and
what of it a reference keeps; which garments the words name is read by the tracker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stylist import edits, standing
from stylist import vocabulary as v
from stylist.catalog.items import Outfit
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.mllm.grammar import numbers
from stylist.ranking import shades
from stylist.state import DialogState

REFERENCES = frozenset({"pick", "keep", "swap"})
LONGEST = 2000
"""Characters of the assistant's words that are read."""
_FEWEST_GARMENTS = 2  # that may be a look
_CHOICE = re.compile(r"\bor\b|아니면|또는|혹은|중에?\s", re.IGNORECASE)
_AGREES = re.compile(
    r"(?:(?:ok(?:ay)?|yes|yeah|yep|yup|sure|great|perfect|cool|fine|alright|right|good|lovely|deal|then|ha(?:ha)*|oh|ooh|well|please|pls|thanks?|thank you)[\s,.!]*)*"
    r"(?:(?:let['’]?s )?(?:do|take|go (?:with|for)|book|have)(?: with)? (?:it|that|this|so|those)|go(?: ahead)?|go for it|works(?: for me)?|sold|done|that['’]?s (?:it|the one|perfect|great)|i['’]?ll (?:take|have) (?:it|that|them)|exactly that|agreed)?"
    r"[\s,.!]*(?:then|please|pls|thanks?|thank you)?[\s.!:)]*|(?:네+|넵|넹|응+|ㅇㅇ|좋아요?|좋네요?|그래요?|그걸로|그렇게|그대로|할게요|해주세요|주세요|갈게요|부탁(?:드려|해)요|오케이|ㅇㅋ)(?:[\s,.!~]*(?:네+|넵|좋아요?|그걸로|그렇게|그대로|할게요|해주세요|주세요|갈게요|부탁(?:드려|해)요))*[\s,.!~ㅎㅋ]*",
    re.IGNORECASE,
)
_NEAR = 30
_LEFT_OUT = re.compile(r"(?:\b(?:left out|leave out|took out|taken out|removed|skipped|dropped)\s(?:the\s|all\s|any\s)?|(?:^|[.!]\s)(?:ok(?:ay)?,?\s|sure,?\s|right,?\s)?no\s)$", re.IGNORECASE)
_LEFT_OUT_KO = re.compile(r"(?:은|는|을|를|도)?\s?(?:뺄게요|뺐어요|빼고|제외하고|제외했|빼 드렸|빼두었|말고)")
_ASKS = re.compile(r"[^.!?]*\?")
_PRESENTS = re.compile(r"(?:here|these|those|i have|i['’]ve|i found|we have|this one|look)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_FEWEST = 4  # words that may be an outfit
KEPT_FIELDS = ("color", "pattern", "material", "length", "sleeve", "fit")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
            "첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, **dict(zip("①②③④⑤", range(1, 6), strict=True)), **dict(zip("abcde", range(1, 6), strict=True))}  # fmt: skip
_MARKS = tuple(
    re.compile(rf"(?:(?<=[\s(*])|^)(?:{mark})\s*", re.IGNORECASE | re.MULTILINE)
    for mark in (
        r"(?:look|outfit|option|number|no\.|코디|룩)\s*#?(?P<n>[1-5]|one|two|three|four|five)\b\s*(?:\([^)]{1,30}\))?\s*[:.)*\-–—,]*",
        r"(?:look|outfit|option)\s*(?P<n>[A-Ea-e])(?=\s*[:.)*–—(]|\s-\s)\s*(?:\([^)]{1,30}\))?\s*[:.)*\-–—,]*",
        r"[#*]{0,3}(?P<n>[1-5])\**\s?[.):](?!\d)\**",
        r"#(?P<n>[1-5])\b\s*[:.)\-–—,]?",
        r"(?:the\s+)?(?P<n>first|second|third|fourth|fifth)(?:\s+(?:one|look|outfit|option))?\s*(?::|,|\b(?:is|has|with|wears|pairs|features)\b|-|–|—|(?=\ban?\b))",
        r"(?P<n>[1-5])\s?번(?:\s?(?:코디|룩|째))?\s*(?:[:.,]|은|는|에는)?",
        r"(?P<n>첫|두|세|네|다섯)\s?번째(?:\s?(?:코디|룩))?\s*(?:[:.,]|은|는|에는)",
        r"(?P<n>[1-5])(?:\ufe0f?\u20e3)\s*[:.)\-–—]?",
        r"\(?(?P<n>[①②③④⑤])",
        r"^[ \t]*(?P<n>[1-5])\s?[-–—](?=\s+\D)",
        r"\(?(?P<n>[A-Ea-e])\)",
        r"(?P<n>[A-E])\s?안\s*[:.,은는]",
    )
)
"""The ways in which looks are numbered, each in its own words; a text keeps to one."""


def looks(words: str) -> tuple[str, ...]:
    """The words of each outfit, in the order of their numbers; all the words where none is numbered, nothing where there are none.

    What stands before a second outfit is the first, though no number says so; a number that is left out is an outfit without words.
    """
    words = words[:LONGEST]
    kinds = [texts for texts in (_numbered(words, marks) for marks in _MARKS) if texts]
    several = [texts for texts in kinds if len(texts) > 1]
    if several:  # the outermost numbers: "Look 1: a) blazer b) jeans"
        outer: list[str] = min(several, key=lambda texts: words.find(texts[0]))
        return tuple(outer)
    return tuple(kinds[0]) if kinds else (words.strip(),) if words.strip() else ()


def _numbered(words: str, marks: re.Pattern[str]) -> list[str]:
    """The texts behind the marks of one kind, whose numbers go up from 1; [] where they do not. What stands before a second look at a line's
    start is the first."""
    found: list[tuple[int, int, int]] = []
    for mark in marks.finditer(words):
        said = mark["n"].lower()
        number = int(said) if said.isdecimal() else _NUMBERS[said]
        starts_line = not words[: mark.start()].rstrip(" *#(").strip() or words[: mark.start()].rstrip(" *#(").endswith("\n")
        last = found[-1][0] if found else 0
        if not found and number == 2 and starts_line and len(words[: mark.start()].split()) >= _FEWEST:
            found.append((1, 0, 0))
            last = 1
        if number == last + 1 or (found and number > last and starts_line):
            found.append((number, mark.start(), mark.end()))
    if not found:
        return []
    ends = [start for _, start, _ in found[1:]] + [len(words)]
    texts = {number: words[behind:end].strip(" *\n\t") for (number, _, behind), end in zip(found, ends, strict=True)}
    return [texts.get(number, "") for number in range(1, max(texts) + 1)]


def chosen(told: Sequence[str], edit: Edit) -> str:
    """The words of the outfit that the edit refers to: the one picked, else the first."""
    pick = (edit.get("pick") or ["1"])[0]
    return told[-1] if pick == "last" else told[min(int(pick), len(told)) - 1]


Detail = tuple[str, str, str]
"""(slot, field, value) of a wish; the slot of a wish on the whole look, as of a wanted type, is ""."""


def accepted(edit: Edit, text: str = "") -> Edit:
    """The edit of one who only praises, thanks or agrees: of the one look that is told, it keeps all."""
    agrees = set(edit) <= {"act"} and bool(text.strip() and _AGREES.fullmatch(text.strip()))
    return {"keep": ["all"]} if agrees or edit in ({"act": ["praise"]}, {"act": ["thanks"]}) else edit


def is_choice(words: str) -> bool:
    """Whether the words offer a choice of garments, which is no look."""
    return bool(_CHOICE.search(words))


def statements(words: str) -> str:
    """The words without their questions: "A coat it is." of "A coat it is. Skirt or trousers?"."""
    return " ".join(part for part in _SENTENCES.split(words.strip()) if not part.rstrip(" )*~").endswith("?"))


def acknowledged(words: str) -> Edit:
    """The refusals that another assistant says to have kept: "I have left out beige.", "No suede loafers.", "체크는 뺄게요"."""
    words = words[:LONGEST]
    korean = lexicon.language(words) == "ko"
    found: Edit = {}
    for mention in lexicon.mentions(words):
        kept = _LEFT_OUT_KO.match(words, mention.end) if korean else _LEFT_OUT.search(words[max(0, mention.start - _NEAR) : mention.start])
        field = next((name for name in ("color", "pattern", "type") if mention.values[0] in v.VALUES[name]), None)
        if kept and field is not None and not _ASKS.match(words, mention.end):
            found.setdefault(f"-{field}", []).append(mention.values[0])
    return found


def is_shown(words: str) -> bool:
    """Whether the words present looks, which of all they may hold name some garments only."""
    return bool(_PRESENTS.match(words.strip()))


def refines(edit: Edit, look: Edit, stated: bool = False) -> bool:
    """Whether an edit may change a part of the look that is told: "the loafers should be black" after "beige trousers, a blouse, brown
    loafers". A direction alone ("warmer") names no part. A look of one garment counts where it was `stated`: "A blazer, then. Which color?"."""
    wishes = set(edit) - {"act", "more"}
    return len(look.get("+type", [])) >= (1 if stated else _FEWEST_GARMENTS) and bool(wishes) and wishes.isdisjoint(REFERENCES) and not standing.is_left(look, edit)


def refined(edit: Edit, look: Edit, state: DialogState, adopted: frozenset[Detail] = frozenset()) -> Edit:
    """The edit with the garments of the look in the slots that neither it nor the state has something else for. What the state only has
    as it was told of before (`adopted`) gives way to what is told of now."""
    own = [t for t in state.want.type if ("", "type", t) not in adopted]
    against = {*state.avoid.type, *edit.get("-type", [])}
    taken = edits.slots_of([t for key in ("+type", "=type") for t in edit.get(key, [])] + own)
    gone = set(edit.get("exclude", [])) | {slot for slot in v.SLOTS if state.slot(slot).include is False}
    types = [t for t in look["+type"] if t not in against and not edits.slots_of([t]) & (taken | gone)]
    before = [t for t in state.want.type if t not in own and t not in types and edits.slots_of([t]) & edits.slots_of(types)]
    kept: Edit = {"~type": before, "+type": types}
    named = {*own, *edit.get("+type", []), *edit.get("=type", [])}
    ours = {v.SLOT_OF_TYPE[t] for t in types} | {v.SLOT_OF_TYPE[t] for t in look["+type"] if t in named}
    for key, value in look.items():
        slot, _, field = key[1:].partition(".")
        if slot not in ours or field not in KEPT_FIELDS or any(other[1:] in (key[1:], field) for other in edit):
            continue
        said = [w for w in state.slot(slot).want.values(field) if (slot, field, w) not in adopted]
        if len(said) > 1 and set(value) & set(said):  # of "orange or yellow" the one that was taken up
            kept["=" + key[1:]] = [w for w in said if w in value]
        if not said and set(value).isdisjoint((*state.slot(slot).avoid.values(field), *state.avoid.values(field))):
            kept["=" + key[1:]] = value
    return edits.merge({key: value for key, value in kept.items() if value}, edit)


def adopted(known: frozenset[Detail], before: DialogState, after: DialogState, text: str) -> frozenset[Detail]:
    """The details that were wished for only as another assistant told of them: those `known` and those new in the state after a message
    that does not name them. Another's words are no promise of what is to be had here, so these give way where no outfit has them."""
    said = lexicon.named(text[:LONGEST])
    return frozenset(detail for detail in known | (_details(after) - _details(before)) if detail[2] not in said)


def _details(state: DialogState) -> set[Detail]:
    of_slots = {(slot, field, value) for slot, wishes in state.slots.items() for field in KEPT_FIELDS for value in wishes.want.values(field)}
    return of_slots | {("", "type", t) for t in state.want.type}


def without(state: DialogState, details: frozenset[Detail]) -> tuple[DialogState, ...]:
    """The state with less and less of these wishes: without what a garment is made and cut like, in a color near by, without all that says how one
    garment is, without one garment, then without all of either."""
    of_garments = frozenset(d for d in details if d[0])
    cut = frozenset(d for d in of_garments if d[1] != "color")
    slots = [slot for slot in v.SLOTS if any(d[0] == slot for d in of_garments)]
    each_cut = [found for slot in slots if (found := frozenset(d for d in cut if d[0] == slot))]
    each = [frozenset(d for d in of_garments if d[0] == slot) for slot in slots]
    colors = [slot for slot in slots if any(d[0] == slot and d[1] == "color" for d in of_garments)]
    near = [shades.nearer(freed(state, gone), colors) for gone in (frozenset[Detail](), cut)]
    garments = [frozenset({d, *(other for other in of_garments if other[0] == v.SLOT_OF_TYPE.get(d[2]))}) for d in sorted(details - of_garments)]
    colored = [one for some in near for one in some]
    chosen = (*(each_cut if len(each_cut) > 1 else ()), cut)
    rest = (*(each if len(each) > 1 else ()), *garments, of_garments, *(frozenset({*of_garments, *garment}) for garment in garments), details)
    states = (*(freed(state, gone) for gone in chosen if gone), *colored, *(freed(state, gone) for gone in rest if gone))
    return tuple(other for number, other in enumerate(states) if other != state and other not in states[:number])


def freed(state: DialogState, details: frozenset[Detail]) -> DialogState:
    """The state without these wishes."""
    back: Edit = {}
    for slot, field, value in sorted(details):
        if value in (state.slot(slot).want if slot else state.want).values(field):
            back.setdefault(f"~{slot}.{field}" if slot else f"~{field}", []).append(value)
    return edits.apply(state, back).model_copy(update={"prefer": state.prefer}) if back else state


def price(words: str) -> float | None:
    """What the outfit costs as it was told, None where no amount or more than one stands there."""
    amounts = [edits.amount(text) for text in numbers(words) if " " in text]
    return amounts[0][0] if len(amounts) == 1 and amounts[0] and amounts[0][0] > 0 else None


def garments(read: Edit) -> Edit:
    """What the tracker read in an outfit's words, less all that is not of a garment."""
    return {key: value for key, value in read.items() if key == "+type" or (key[0] == "+" and "." in key and key.split(".")[-1] in KEPT_FIELDS)}


def shown(said: Edit, outfits: Sequence[Outfit], edit: Edit) -> bool:
    """Whether the words tell of the outfit that was composed here, as they do where one's own conversation is replayed."""
    if not outfits:
        return False
    pick = (edit.get("pick") or ["1"])[0]
    outfit = outfits[-1] if pick == "last" else outfits[min(int(pick), len(outfits)) - 1]
    items = {item.type: item for item in outfit.items}
    for t in said.get("+type", []):
        if t not in items or any(items[t].color != c for c in said.get(f"+{v.SLOT_OF_TYPE[t]}.color", [])):
            return False
    return True


def resolved(edit: Edit, said: Edit) -> Edit:
    """The edit with the told outfit's garments (`said`) in the place of its reference, as wishes for each garment that stays."""
    edit = edits.of_main_garment(standing.called(edit, said), said["+type"])
    slots = _staying(edit)
    named = [t for key in ("+type", "=type", "-type") for t in edit.get(key, [])]
    replaced = edits.slots_of(t for t in named if t not in said["+type"] or t in edit.get("-type", []))
    slots -= replaced
    changed = {key[1:] for key in edit if key[0] in "+=-~"}
    kept: Edit = {"=type": [t for t in said["+type"] if v.SLOT_OF_TYPE[t] in slots and not (t in v.COVERS_TOP and "top" in replaced)]}
    for key, value in said.items():
        slot, _, field = key[1:].partition(".")
        if field in KEPT_FIELDS and slot in slots and key[1:] not in changed and field not in changed:
            kept["=" + key[1:]] = value
    rest = {key: value for key, value in edit.items() if key not in REFERENCES}
    return edits.merge({key: value for key, value in kept.items() if value}, rest)


def _staying(edit: Edit) -> set[str]:
    """The slots whose garments a reference keeps."""
    keep, swap = edit.get("keep", []), edit.get("swap", [])
    every = "all" in keep or not keep
    return (set(v.SLOTS) if every else set(keep)) - set(swap) - set(edit.get("exclude", []))
