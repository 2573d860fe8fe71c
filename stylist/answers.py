"""What an answer means by the question that it answers: a bare "green" after "which color?" is said of the garment that was wished for just before.

Which values are wished for is the tracker's to tell; this finds what of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stylist import everywhere, refusals, scope, suits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.mllm.phrasing import plainer
from stylist.mllm.reading import last_sentence
from stylist.mllm.tracker import Tracked
from stylist.names import value_name
from stylist.state import DialogState

LONGEST = 2000
"""Characters of a message that are looked at."""
_ASKED = {
    "color": re.compile(r"\bcolou?rs?\b|\bshades?\b|색|컬러", re.IGNORECASE),
    "material": re.compile(r"\bfabrics?\b|\bmaterials?\b|\bcloth\b|소재|재질|원단", re.IGNORECASE),
    "pattern": re.compile(r"\bpatterns?\b|\bprints?\b|무늬|패턴", re.IGNORECASE),
}
_AVOIDS = re.compile(r"\b(?:avoid|rather not|don['’]?t (?:like|want|wear)|dislike|hate|leave out|off[- ]limits|not wear)\b|피하고|피해야|싫어하|싫은|빼고 싶|안 입", re.IGNORECASE)
_LIKES = re.compile(r"\b(?:no|not|none|nothing|like|love|want|only|except|but|any)\b|좋|없|아니|괜찮|빼|싫|말고", re.IGNORECASE)
_OTHERS = re.compile(r"(?:남자친구|여자친구|남친|여친|boyfriend|girlfriend|husband|wife|partner)(?:['’]s|의|네)?\s?(?:부모|어머|아버|가족|집|친구들|parents|family|mum|mom|mother|dad|father|folks|friends)", re.IGNORECASE)
_ONLY_KO = re.compile(r"만\s?(?:다른\s?)?[가-힣\s]{0,10}(?:으로|로|바꿔|교체)")
_NEXT_TO = re.compile(r"\b(?:next to|against|beside|alongside)\s(?:the\s|a\s|an\s|my\s)?$", re.IGNORECASE)
_HEAD = re.compile(r"[.,!;]\s")
_BARE = 5  # words
_NEAR = 30
_BACK_AFTER = re.compile(r"s?\s(?:back(?!\s?pack)(?:\s(?:in|on|please|pls|again))*|(?:on|in)\sagain|again)\s*(?:$|[,.!?;]|\b(?:and|please|pls|then|with)\b)|(?:을|를|도)?\s?다시(?!\s?(?:안|빼))", re.IGNORECASE)
_BACK_BEFORE = re.compile(r"(?:\b(?:put|bring|add|back to|bring back|add back|have|give me)\s(?:back\s)?(?:in\s)?(?:the|my|that|a)?\s?|다시\s)$", re.IGNORECASE)
_ONES = re.compile(r"(?P<words>(?:\b[a-z-]+\s){1,2})(?P<ones>ones?)\b(?!\s(?:of|more|thing|day|piece))", re.IGNORECASE)
_NO_NAMES = re.compile(r"\b(?:first|second|third|fourth|fifth|last|other|another|this|that|which|any|no|every|each|only|number|look|outfit)\s(?:\w+\s)?$", re.IGNORECASE)


def by_its_words(tracked: Tracked, text: str, remark: str, state: DialogState, own: str = "") -> Edit:
    """The edit with suits whole, without what only the stylist named, with its refusals where the words put them, and without doubtful wishes that
    these are against; `remark` is what the stylist said before."""
    plain = plainer(text, remark)
    edit = _worn_or_left_out(refusals.placed(unsaid(suits.completed(_brought_back(tracked.edit, text, state), text), text, remark), plain, last_sentence(remark)), text)
    edit = _of_its_cloth(_beside(scope.placed(edit, plain, {slot: wishes.want.color for slot, wishes in state.slots.items()}), plain))
    edit = _only_that(_of_the_wearer(edit, plain), plain)
    edit = scope.named_types(edit, plain, state.want.type)
    if plain != text and "plain" in plain and "+pattern" not in edit:  # "no patterns"
        edit = {("+pattern" if key.endswith(".pattern") and values == ["solid"] and key[0] in "+=" else key): values for key, values in edit.items()}
    edit = _of_what_is_avoided(_not_refused(edit, own or text, state), text, remark)
    against = {(slot, field, word) for slot, field, word in tracked.doubtful if slot and word in edit.get(f"-{field}", [])}
    if not against:
        return edit
    left = {key: [word for word in values if (*key[1:].rpartition(".")[::2], word) not in against] if key[0] in "+=" else values for key, values in edit.items()}
    return {key: values for key, values in left.items() if values != []}


def _of_its_cloth(edit: Edit) -> Edit:
    """The edit with a jacket of leather, suede or denim wanted by either of its names."""
    for key in ("+type", "=type"):
        cloth = {x for sign in "+=" for x in (*edit.get(f"{sign}outer.material", []), *edit.get(f"{sign}material", []))}
        kin = "leather-jacket" if cloth & {"leather", "suede"} else "denim-jacket" if "denim" in cloth else None
        if kin and "jacket" in edit.get(key, []) and kin not in edit[key]:
            edit = edit | {key: [*edit[key], kin]}
    return edit


def _of_the_wearer(edit: Edit, text: str) -> Edit:
    """The edit without a gender that only somebody else's family tells: to meet the boyfriend's parents says nothing of who dresses."""
    return {key: values for key, values in edit.items() if key[1:] != "gender"} if _OTHERS.search(text) else edit


def _only_that(edit: Edit, text: str) -> Edit:
    """The edit of "신발만 부츠로", which changes one garment of a look and keeps the rest."""
    keep = edit.get("keep", [])
    slots = {v.SLOT_OF_TYPE[t] for key in ("+type", "=type") for t in edit.get(key, []) if t in v.SLOT_OF_TYPE}
    return edit | {"keep": ["all"]} if keep and set(keep) <= slots and _ONLY_KO.search(text) else edit


def _beside(edit: Edit, text: str) -> Edit:
    """The edit without a color that is only what another is to go with: "white, cream looks dirty next to lavender"."""
    beside = {x for mention in lexicon.load("en").find(text[:LONGEST]) if _NEXT_TO.search(text[max(0, mention.start - _NEAR) : mention.start]) for x in mention.values}
    if not beside:
        return edit
    kept = {key: [x for x in values if x not in beside] if key[0] in "+=" and key.endswith(".color") and not set(values) <= beside else values for key, values in edit.items()}
    return {key: values for key, values in kept.items() if values != []}


def _not_refused(edit: Edit, own: str, state: DialogState) -> Edit:
    """The edit without what was refused before and only the stylist's words name: "whichever" of brown loafers and black boots wants no brown."""
    named = lexicon.named(own[:LONGEST])
    kept = {}
    for key, values in edit.items():
        field = key[1:].rpartition(".")[2]
        gone = [w for w in values if w in state.avoid.values(field) and w not in named] if key[0] in "+=" and field in ("color", "pattern", "material", "type") else []
        if left := [w for w in values if w not in gone] if gone else values:
            kept[key] = left
    return kept


def _of_what_is_avoided(edit: Edit, text: str, remark: str) -> Edit:
    """The edit of a bare answer to what the person would rather not wear."""
    question = last_sentence(remark)
    if not _AVOIDS.search(question) or not question.rstrip(" )~").endswith("?") or len(text.split()) > _BARE or _LIKES.search(text):
        return edit
    return {("-" + key[1:] if key[0] in "+=" and key[1:].rpartition(".")[2] in ("color", "pattern", "material", "type") else key): values for key, values in edit.items()}


def _brought_back(edit: Edit, text: str, state: DialogState) -> Edit:
    """The edit with a garment that was taken out and is to be in again: "put the hat back", "비니 다시"."""
    language = lexicon.language(text)
    text = text[:LONGEST]
    back = []
    for mention in lexicon.load(language).find(text):
        types = [t for t in mention.values if t in state.avoid.type]
        before, after = text[max(0, mention.start - _NEAR) : mention.start], text[mention.end : mention.end + _NEAR]
        if types and (_BACK_AFTER.match(after) or _BACK_BEFORE.search(before)):
            back += types[:1]
    if not back:
        return edit
    made = {key: [t for t in values if t not in back] if key in ("-type", "~type") else values for key, values in edit.items() if key != "act"}
    made["+type"] = list(dict.fromkeys([*made.get("+type", []), *back]))
    return {key: values for key, values in made.items() if values != []}


def _worn_or_left_out(edit: Edit, text: str) -> Edit:
    """The edit with what stands last of a garment that it wants and a slot that it leaves out: "that bag is huge, a little crossbody" wants one, "a
    leather jacket? no jacket at all" none."""
    exclude = edit.get("exclude", [])
    types = [t for t in edit.get("+type", []) if v.SLOT_OF_TYPE[t] in exclude]
    if not types:
        return edit
    mentions = lexicon.mentions(text[:LONGEST])
    left_out = set()
    for t in types:
        own = max((mention.end for mention in mentions if t in mention.values), default=LONGEST)
        if any(mention.start >= own and v.SLOT_OF_TYPE[t] in lexicon.slots(mention.values) for mention in mentions):
            left_out.add(t)
    worn = {v.SLOT_OF_TYPE[t] for t in types if t not in left_out}
    made = edit | {"+type": [t for t in edit["+type"] if t not in left_out], "exclude": [slot for slot in exclude if slot not in worn]}
    return {key: values for key, values in made.items() if values != []}


def of_what_was_asked(edit: Edit, text: str, remark: str, latest: Sequence[str]) -> Edit:
    """The edit with the color, material or pattern that answers the stylist's `remark` on the one garment that was wished for just before
    (`latest`), where neither names a garment; "all of it in navy" stays."""
    slots = {v.SLOT_OF_TYPE[t] for t in latest}
    question = last_sentence(remark)
    about = lexicon.named(question)
    if set(latest) == {"blazer", "trousers"}:
        return _of_the_suit(edit, text, question)
    if len(slots) != 1 or not question or everywhere.colors(text) or lexicon.slots(about) - slots:
        return edit
    head = _HEAD.split(text.strip(), maxsplit=1)[0]  # "camel. dark jeans below"
    first = lexicon.named(head) if len(head.split()) <= _BARE and not lexicon.slots(lexicon.named(head)) and question.endswith("?") else frozenset()
    elsewhere = bool(lexicon.slots(lexicon.named(text[:LONGEST])) - slots)
    slot = next(iter(slots))
    moved: Edit = {}
    for key, values in edit.items():
        field = key[1:]
        asked = field in _ASKED and key[0] in "+=" and bool(_ASKED[field].search(question) or about & set(v.VALUES[field]))
        others = any(other[0] in "+=" and other.endswith("." + field) for other in edit)
        alone = set(values) <= first and not any(other[0] in "+=" and other[1:] == f"{slot}.{field}" for other in edit) if asked else False
        taken = asked and (others or elsewhere) and not alone
        moved[f"{key[0]}{slot}.{field}" if asked and not taken else key] = values
    return moved


def _of_the_suit(edit: Edit, text: str, question: str) -> Edit:
    """The edit with a color that answers a question for one on both parts of the suit that was wished for just before."""
    if not question.endswith("?") or not _ASKED["color"].search(question) or lexicon.slots(lexicon.named(text[:LONGEST])) - {"accessory"}:
        return edit
    colors = next((edit[key] for key in ("+color", "=color", "+bottom.color", "+outer.color") if key in edit), None)
    if colors is None:
        return edit
    rest = {key: values for key, values in edit.items() if key not in ("+color", "=color", "+bottom.color", "+outer.color")}
    return rest | {"+outer.color": list(colors), "+bottom.color": list(colors)}


def unsaid(edit: Edit, text: str, remark: str) -> Edit:
    """The edit without the colors and the like that only the stylist named, beside one that the person did: "the shirt in light blue" after "a white
    shirt" wants none in white."""
    own, theirs = lexicon.named(text[:LONGEST]), lexicon.named(remark[-LONGEST:])
    kept: Edit = {}
    for key, values in edit.items():
        echoed = [w for w in values if w in theirs and w not in own] if key[0] in "+=" and "." in key else []
        kept[key] = [w for w in values if w not in echoed] if echoed and any(w in own for w in values) else values
    return kept


def in_full(text: str, remark: str, latest: Sequence[str]) -> str:
    """The message with the garment in the place of "one" and "ones": that named before in the message ("HATE the white jeans. black ones?"), that which
    the stylist's `remark` names of this color ("a black tote or a burgundy crossbody": "the burgundy one"), or where a question names none, the
    one that was wished for just before (`latest`): "khaki ones" after "Any color?"."""
    text, said = text[:LONGEST], text[LONGEST:]
    pieces, last = [], 0
    for ones in _ONES.finditer(text):
        own = lexicon.named(ones["words"])
        if any(word in v.SLOT_OF_TYPE for word in lexicon.named(ones["words"].split()[-1])):  # "only the sneakers ones"
            pieces.append(text[last : ones.end("words")].rstrip())
            last = ones.end()
            continue
        looks = own & {value for field in ("color", "pattern", "material") for value in v.VALUES[field]}
        meant = None if not looks or _NO_NAMES.search(ones["words"]) else _meant(looks, text[: ones.start()], remark, latest)
        if meant is not None:
            pieces.append(text[last : ones.start("ones")] + value_name("type" if meant in v.SLOT_OF_TYPE else "slot", meant, "en").lower())
            last = ones.end("ones")
    return "".join([*pieces, text[last:]]) + said


def _meant(looks: frozenset[str], before: str, remark: str, latest: Sequence[str]) -> str | None:
    """The garment that "ones" of these looks stands for, None where that can't be told."""
    own = [value for mention in lexicon.load("en").find(before) for value in mention.values[:1] if value in v.SLOT_OF_TYPE]
    if own:
        return own[-1]
    question = last_sentence(remark)
    asks = question.rstrip(" )~").endswith("?")
    remark = question if asks else remark[-LONGEST:]
    mentions = list(lexicon.load("en").find(remark))
    told = [value for mention in mentions for value in mention.values[:1] if value in v.SLOT_OF_TYPE]
    for number, mention in enumerate(mentions):
        if looks & set(mention.values[:1]):
            behind = next((value for other in mentions[number + 1 :] for value in other.values[:1] if value in v.SLOT_OF_TYPE), None)
            if behind is not None:
                return behind
    if told:
        return told[0] if len(set(told)) == 1 else None
    return latest[0] if len(latest) == 1 and asks else None
