"""A color that every garment shall have, or a material that all cloth shall be of: "all black", "head to toe in navy", "linen everything".

A color wished for on the whole look is one that it shows. Whether one is wished for is the tracker's to tell; this finds whether
the words mean every garment, and makes the states to compose under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.state import DialogState

LONGEST = 2000
"""Characters of a message that are looked at."""
_NEAR = 48
_THING = r"(?:outfit|look|thing|set|ensemble|fit)"
_BE = r"(?:\s(?:in|is|should\sbe|has\sto\sbe|must\sbe|to\sbe))?"
_JOINED = re.compile(r"\ball-(?=[a-z])|(?<![가-힣])(?:올|풀)(?=[가-힣])", re.IGNORECASE)  # the lexicon finds no word inside another
_LED = re.compile(r"(?:all[\s-]|in\s)+", re.IGNORECASE)  # "all black" and "in black" are forms of the lexicon's
_BEFORE = re.compile(
    rf"(?:\ball[\s-]|\b(?:all(?:\sof\sit)?|dressed?|wear(?:ing)?)\s(?:only\s)?in\s(?:nothing\sbut\s|only\s)?|\btotal(?:ly)?\s|\bhead[\s-]to[\s-](?:toe|foot)(?:\sin|,)?\s"
    rf"|\b(?:everything|every\s(?:piece|item))(?:\selse)?{_BE}\s|\bnothing\sbut\s|\bonly\s|\b100\s?(?:%|percent)\s|\b(?:whole|entire)\s{_THING}{_BE}\s|\b(?:strictly|entirely|completely|solely|exclusively|purely)\s(?:in\s)?"
    r"|\bmonochrome\s|\bstick(?:ing)?\sto\s|(?:온통|전부|모두|다|위아래|전체(?:를|가|적으로)?|올|풀|머리부터 발끝까지)\s?(?:다\s)?)(?:an?\s|the\s|plain\s|pure\s)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"[\s,]*(?:(?:from\s)?head[\s-]to[\s-](?:toe|foot)|from\stop\sto\s(?:toe|bottom)|all\sover|everything|throughout|(?:on|for)\s(?:every\spiece|everything)|monochrome|(?:whole|entire)\s{_THING}|only(?=\s*(?:$|[,.!?]))|nothing\selse)\b"
    r"|\s?100\s?(?:%|프로|퍼센트)|(?:색)?\s?(?:일색|(?:으로|로)만|만(?:으)?로|만\s?입|(?:으)?로\s?(?:통일|전부|모두|다\s))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_NOT_SO = re.compile(
    r"\b(?:always|usually|closet|wardrobe|wore|was|almost|nearly|mostly|except|apart from|other than|but (?:the|my|with)|friends?|everyone)\b|옷장|제외|항상|맨날|거의",
    re.IGNORECASE,
)
"""What in the same sentence makes it unsure that a wish is meant, or that it is of everything."""
_NOT_BEFORE = re.compile(r"(?:\b(?:not?|never|anything but|instead of|rather than|too|isn'?t|don'?t (?:want|like)|won'?t wear|can'?t (?:do|wear))\s(?:be\s|in\s|want\s|it\s)?)$", re.IGNORECASE)
_NOT_AFTER = re.compile(r"[가-힣]{0,3}\s?(?:말고|아니|싫|빼고|부담)")
_SLOTS = {"color": (v.SLOTS, ("outer", "top", "bottom", "shoes")), "material": (("outer", "top", "bottom"), ("top", "bottom"))}
"""Field -> the slots that everything means, the most first: shoes and bags are rarely of cloth."""


def colors(text: str) -> frozenset[str]:
    """The colors that the words plainly ask of every garment."""
    return named(text, "color")


def named(text: str, field: str) -> frozenset[str]:
    """The values of a field, color or material, that the words plainly ask of every garment."""
    language = "ko" if re.search("[가-힣]", text) else "en"
    found: set[str] = set()
    for sentence in _SENTENCE.split(text[:LONGEST]):
        if _NOT_SO.search(sentence):
            continue
        said = _JOINED.sub(lambda joined: joined[0].rstrip("-") + " ", sentence)
        for part in ("en", "ko") if language == "ko" else ("en",):
            for mention in lexicon.load(part).find(said):
                start = led.end() if (led := _LED.match(said, mention.start)) else mention.start
                before = said[max(0, start - _NEAR) : start]
                led_in, trailing = _BEFORE.search(before), _AFTER.match(said, mention.end)
                against = _NOT_BEFORE.search(before[: led_in.start()] if led_in else before) or _NOT_AFTER.match(said, mention.end)
                if (led_in or trailing) and not against:
                    found.update(value for value in mention.values if value in v.VALUES[field])
    return frozenset(found)


def meant(before: DialogState, after: DialogState, edit: Edit, text: str, beside: bool) -> DialogState:
    """`after`, the state that the edit makes, with the fields whose wishes are for every garment: where the words say so, which keeps no
    garment of before, and as before where no other value takes their place (`beside`: it joins them)."""
    now = [field for field in _SLOTS if {value for sign in "+=" for value in edit.get(sign + field, [])} & named(text, field)]
    stays = [field for field in before.everywhere if after.want.values(field) and (beside or after.want.values(field) == before.want.values(field))]
    fields = tuple(field for field in _SLOTS if field in (*now, *stays))
    if now:
        return after.model_copy(update={"everywhere": fields, "keep": {}})
    return after if after.everywhere == fields else after.model_copy(update={"everywhere": fields})


def ways(state: DialogState, items: Sequence[Item]) -> Iterator[DialogState]:
    """The states to compose under, the strictest first: without the items of other colors or materials, but in slots that have one of their own
    or hold what is the person's or to be kept; then so for fewer slots; then the state as it stands."""
    fields = [field for field in state.everywhere if state.want.values(field)]
    for slots_of in zip(*(_SLOTS[field] for field in fields), strict=True) if fields else ():
        others: list[str] = []
        for field, slots in zip(fields, slots_of, strict=True):
            free = {slot for slot in slots if not _own(state, slot, field)}
            others += [item.id for item in items if item.slot in free and item.values(field) and set(item.values(field)).isdisjoint(state.want.values(field))]
        yield state.model_copy(update={"rejected": tuple(dict.fromkeys((*state.rejected, *others)))})
    yield state


def _own(state: DialogState, slot: str, field: str) -> bool:
    wishes = state.slot(slot)
    fixed = slot in state.keep or (state.anchor is not None and state.anchor.slot == slot)
    return fixed or bool(wishes.want.values(field)) or bool(set(wishes.avoid.values(field)) & set(state.want.values(field)))
