"""A color that every garment shall have: "all black", "head to toe in navy", "nothing but white".

A color wished for on the whole look is one that it shows. Whether a color is wished for is the tracker's to tell; this finds whether
the words mean every garment.
"""

from __future__ import annotations

import re

from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.state import DialogState, SlotWishes

LONGEST = 2000
"""Characters of a message that are looked at."""
_NEAR = 48
_THING = r"(?:outfit|look|thing|set|ensemble|fit)"
_BEFORE = re.compile(
    rf"(?:(?<!not\s)\ball[\s-]|\b(?:all|dressed?|wear(?:ing)?)\s(?:only\s)?in\s(?:nothing\sbut\s|only\s)?|\bhead[\s-]to[\s-](?:toe|foot)(?:\sin|,)?\s|\beverything(?:\s(?:in|is|should\sbe|has\sto\sbe|must\sbe|to\sbe))?\s"
    rf"|\bnothing\sbut\s|\b(?:whole|entire)\s{_THING}(?:\s(?:in|is|should\sbe|has\sto\sbe|must\sbe|to\sbe))?\s|\b(?:strictly|entirely|completely|totally|solely|exclusively|purely)\s(?:in\s)?"
    r"|\bmonochrome\s|(?:온통|전부|모두|전체(?:를|가|적으로)?|올|머리부터 발끝까지)\s?)(?:the\s|plain\s|pure\s)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"[\s,]*(?:(?:from\s)?head[\s-]to[\s-](?:toe|foot)|from\stop\sto\s(?:toe|bottom)|all\sover|everything|throughout|(?:on|for)\s(?:every\spiece|everything)|monochrome|(?:whole|entire)\s{_THING})\b"
    r"|(?:색)?\s?(?:일색|(?:으로|로)만|만(?:으)?로|(?:으)?로\s?(?:통일|전부|모두|다\s))",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\ball-(?=[a-z])|(?<![가-힣])올(?=[가-힣])", re.IGNORECASE)  # the lexicon finds no word inside another
_ALL = re.compile(r"all[\s-]", re.IGNORECASE)
_CLOTHES = ("outer", "top", "bottom", "shoes")


def colors(text: str) -> frozenset[str]:
    """The colors that the words ask of every garment."""
    language = "ko" if re.search("[가-힣]", text) else "en"
    found: set[str] = set()
    text = _JOINED.sub(lambda joined: joined[0].rstrip("-") + " ", text[:LONGEST])
    for mention in lexicon.load(language).find(text):
        start = all_.end() if (all_ := _ALL.match(text, mention.start)) else mention.start  # "all black" is a form of the lexicon's
        if _BEFORE.search(text[max(0, start - _NEAR) : start]) or _AFTER.match(text, mention.end):
            found.update(value for value in mention.values if value in v.VALUES["color"])
    return frozenset(found)


def spread(edit: Edit, text: str) -> Edit:
    """The edit with a color that it wishes for on the whole look, and that the words ask of every garment, on each garment that has no
    color of its own in it."""
    said = [value for key in ("+color", "=color") for value in edit.get(key, [])]
    if not said or not set(said) <= colors(text):
        return edit
    own = {key[1:].split(".")[0] for key in edit if key.endswith(".color")}
    return edit | {f"={slot}.color": list(said) for slot in v.SLOTS if slot not in own}


def lesser(state: DialogState) -> tuple[DialogState, ...]:
    """Where no outfit has a color everywhere: the state with it on clothes and shoes, then on what is seen of the look."""
    wanted = state.want.color
    same = [slot for slot in v.SLOTS if wanted and state.slot(slot).want.color == wanted]
    if len(same) < len(_CLOTHES):
        return ()
    return tuple(_freed(state, slots) for slots in ([s for s in same if s not in _CLOTHES], same))


def _freed(state: DialogState, slots: list[str]) -> DialogState:
    freed: dict[str, SlotWishes] = {slot: wishes.model_copy(update={"want": wishes.want.model_copy(update={"color": ()})}) if slot in slots else wishes
                                    for slot, wishes in state.slots.items()}  # fmt: skip
    return state.model_copy(update={"slots": {slot: wishes for slot, wishes in freed.items() if wishes}})
