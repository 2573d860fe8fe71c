"""A color that every garment shall have, or a material that all cloth shall be of: "all black", "head to toe in navy", "linen everything".

A color wished for on the whole look is one that it shows. Whether one is wished for is the tracker's to tell; this finds whether
the words mean every garment, and makes the states to compose under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.ranking.relax import Wish
from stylist.ranking.wording import Wording, fill
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
    rf"|\b(?:everything(?:\si(?:['’]m)?\swear(?:ing)?)?|every\s(?:single\s)?(?:piece|item|garment|thing)|all\s(?:of\s)?(?:(?:the|my|his|her)\s)?(?:clothes|clothing|garments|pieces|items))(?:\selse)?{_BE}\s"
    rf"|(?:^|\b(?:and|the|but|with|keep)\s|[,;:–—-]\s*)(?:rest|all\selse)(?:\sof\s(?:it|them|the\s{_THING}))?(?:\s(?:can|could|may))?(?:\sbe)?{_BE}(?:\s(?:just|all|simply|plain))?\s|\bnothing\sbut\s|\bonly\s|\b100\s?(?:%|percent)\s|\b(?:whole|entire)\s{_THING}{_BE}\s|\b(?:strictly|entirely|completely|solely|exclusively|purely)\s(?:in\s)?"
    r"|\bmonochrome\s|\bstick(?:ing)?\sto\s|(?:온통|전부|모두|다|위아래|나머지(?:는|도)?|나머진|전체(?:를|가|적으로)?|올|풀|머리부터 발끝까지)\s?(?:다\s)?)(?:an?\s|the\s|plain\s|pure\s)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"[\s,]*(?:(?:from\s)?head[\s-]to[\s-](?:toe|foot)|from\stop\sto\s(?:toe|bottom)|all\sover|everything|throughout|(?:on|for)\s(?:every\spiece|everything)|monochrome|(?:whole|entire)\s{_THING}|only(?=\s*(?:$|[,.!?]))|nothing\selse)\b"
    r"|\s?100\s?(?:%|프로|퍼센트)|(?:색)?\s?(?:일색|(?:으로|로)만|만(?:으)?로|만\s?입|(?:으)?로\s?(?:통일|전부|모두|다\s))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_NOT_SO = re.compile(
    r"\b(?:always|usually|closet|wardrobe|wore|was|almost|nearly|mostly|friends?|everyone)\b|옷장|항상|맨날|거의",
    re.IGNORECASE,
)
"""What in the same sentence makes it unsure that a wish is meant, or that it is of everything."""
_EXCEPT = re.compile(r"\b(?:except|apart from|aside from|other than|besides|bar|but)(?:\s(?:for|with|not))?\s(?:the|my|his|her|a|an)?\s?$|\b(?:except|apart from|aside from|other than)(?:\sfor)?\s$", re.IGNORECASE)
_EXCEPT_AFTER = re.compile(r"(?:은|는|만|을|를)?\s?(?:빼고|제외|말고)")
_ELSE = re.compile(r"\b(?:else|rest)\b|나머[지진]", re.IGNORECASE)
_NARROWED = re.compile(r"[\s,]*only\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(r"(?:\b(?:not?|never|anything but|instead of|rather than|too|isn'?t|don'?t (?:want|like)|won'?t wear|can'?t (?:do|wear))\s(?:be\s|in\s|want\s|it\s)?)$", re.IGNORECASE)
_NOT_AFTER = re.compile(r"[가-힣]{0,3}\s?(?:말고|아니|싫|빼고|부담)")
_SLOTS = {"color": (v.SLOTS, ("outer", "top", "bottom", "shoes")), "material": (("outer", "top", "bottom"), ("top", "bottom"))}
"""Field -> the slots that everything means, the most first: shoes and bags are rarely of cloth."""


def colors(text: str) -> frozenset[str]:
    """The colors that the words plainly ask of every garment."""
    return named(text, "color")


def named(text: str, field: str) -> frozenset[str]:
    """The values of a field, color or material, that the words plainly ask of every garment."""
    language = lexicon.language(text)
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


def spared(text: str) -> tuple[frozenset[str], bool]:
    """The slots that the words leave out of everything, "all black except the shoes", "a red skirt, everything else black"; and whether they speak
    of a rest at all."""
    ko = bool(re.search("[가-힣]", text))
    text = text[:LONGEST]
    rest = _ELSE.search(text)
    found: set[str] = set()
    for mention in lexicon.load("ko" if ko else "en").find(text):
        slots = lexicon.slots(mention.values)
        left_out = _EXCEPT.search(text[max(0, mention.start - _NEAR) : mention.start]) or (ko and _EXCEPT_AFTER.match(text, mention.end))
        if slots and (left_out or (rest and mention.end <= rest.start())):
            found |= slots
    return frozenset(found), rest is not None


def placed(edit: Edit, text: str) -> Edit:
    """The edit with a color of everything else on the whole look, where it stands on a garment of which the words say nothing, or that they except;
    and without the plain of a rest on what they except."""
    said = named(text, "color") if any(key.endswith("color") for key in edit) else frozenset()
    if not said:
        return edit
    except_for, rest = spared(text)
    colors = lexicon.named(text[:LONGEST]) & set(v.VALUES["color"])
    spoken = lexicon.slots(lexicon.named(text))
    moved: Edit = {}
    for key, values in edit.items():
        slot = key[1:].partition(".")[0]
        excepted = slot in except_for and colors <= said
        if rest and slot in except_for and key.endswith(".pattern") and values == ["solid"]:
            continue
        if ((key[0] in "+=" and key.endswith(".color") and (slot not in spoken or excepted)) or (key == "-color" and except_for)) and set(values) <= said:
            moved["+color"] = list(dict.fromkeys([*moved.get("+color", []), *values]))
        else:
            moved[key] = list(dict.fromkeys([*moved[key], *values])) if key in moved else values
    return moved


def excepted(state: DialogState, edit: Edit, text: str) -> Edit:
    """The edit without a slot left out, where the words leave it out of a color of everything: "all black, 가방만 빼고" has a bag."""
    if "exclude" not in edit or not (state.everywhere or colors(text)):
        return edit
    slots, _ = spared(text)
    left = [slot for slot in edit["exclude"] if slot not in slots]
    return {key: values for key, values in edit.items() if key != "exclude"} | ({"exclude": left} if left else {})


def meant(before: DialogState, after: DialogState, edit: Edit, text: str, beside: bool) -> DialogState:
    """`after`, the state that the edit makes, with the fields whose wishes are for every garment: where the words say so, which keeps no
    garment of before, and as before where no other value takes their place (`beside`: it joins them)."""
    now = [field for field in _SLOTS if {value for sign in "+=" for value in edit.get(sign + field, [])} & named(text, field) and not _narrows(before, field, edit, text)]
    stays = [field for field in before.everywhere if after.want.values(field) and (beside or after.want.values(field) == before.want.values(field))]
    fields = tuple(field for field in _SLOTS if field in (*now, *stays))
    more = spared(text)[0] if fields and not now and before.everywhere else frozenset()
    apart = tuple(slot for slot in v.SLOTS if slot in before.apart or slot in more) if fields else ()
    if now:
        slots, rest = spared(text)
        slots = slots | frozenset(v.SLOT_OF_TYPE[t] for t in before.want.type if rest)
        apart, after = tuple(slot for slot in v.SLOTS if slot in slots), after.model_copy(update={"keep": {}})
    return after if (after.everywhere, after.apart) == (fields, apart) else after.model_copy(update={"everywhere": fields, "apart": apart})


def _narrows(before: DialogState, field: str, edit: Edit, text: str) -> bool:
    """Whether "only" narrows down what was wished for before: "coral or turquoise", then "coral only"."""
    old = before.want.values(field)
    return len(old) > 1 and bool(_NARROWED.search(text)) and {value for sign in "+=" for value in edit.get(sign + field, [])} <= set(old)


def missed(state: DialogState, outfits: Sequence[Outfit]) -> tuple[Wish, ...]:
    """What was to be on every garment, and is not on all clothes and shoes of the outfits."""
    wording = Wording(state.language)
    found = []
    for field in state.everywhere:
        values = state.want.values(field)
        _, slots = _SLOTS[field]
        items = [item for outfit in outfits for item in outfit.items if item.slot in slots and not _own(state, item.slot, field) and item.values(field)]
        shades = {shade for value in values for shade in v.shades(value)} if field == "color" else set(values)
        if any(shades.isdisjoint(item.values(field)) for item in items):
            words = wording.either([wording.word(field, value) for value in values])
            found.append(Wish("want", None, field, values, fill(wording.data["wish"]["want_everywhere"], words=words)))
    return tuple(found)


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
    return fixed or slot in state.apart or bool(wishes.want.values(field)) or bool(set(wishes.avoid.values(field)) & set(state.want.values(field)))
