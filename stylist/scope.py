"""How far a refusal reaches: over a whole list ("no pinks, purples or blues"), over the rest ("nothing else red"), and not over what stands beside it
("a tie without a pattern", "backpack not a handbag", "배낭은 꼭 있어야 하고 구두는 안 돼요").

What is refused is the tracker's to tell; it hears "no" near several words and may lay it on one too few or one too many.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.mllm.lexicon import Mention

LONGEST = 2000
"""Characters of a message that are looked at."""
FIELDS = ("type", "color", "pattern", "material")
_BETWEEN = re.compile(r"(?:[\s,/&]|\b(?:or|nor|and|no|any|the|plus|even)\b|(?:이?나|이랑|랑|하고|도|와|과|은|는|이든|든|고))*", re.IGNORECASE)
_APART = re.compile(r"\bbut\b|\bwith\b|\byes\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.!?;\n]+|,(?=\s)")
_WITH = re.compile(r"\swith\s(?:the\s|a\s|an\s|any\s)?[a-z]+", re.IGNORECASE)
_TAIL = re.compile(r"\bso (?:that )?(?:my|i|the|his|her|it|they|we|he|she)\b.*\b(?:not|never)\b.*|\bso (?:that )?(?:my|i|the|his|her|it|they|we|he|she)\b.*n['’]?t\b.*|\bwithout\b.*", re.IGNORECASE)
_CUE = re.compile(r"\b(?:no|not|nor|never|none|nothing|without|hate|avoid|except|skip|lose|drop|kill|scrap|instead|rather|off|out|over|stop|sick|tired|enough|too|dont|cant|wont|ditch|remove|take)\b|n['’]t\b", re.IGNORECASE)
_NOT_A = re.compile(r"(?:\sones?)?[,\s]+(?:and\s)?not\s(?:an?\s|the\s|another\s|some\s)?$", re.IGNORECASE)
_NO_FIRST = re.compile(r"\bno\s(?:[a-z]+\s)?$", re.IGNORECASE)
_NOT_FIRST = re.compile(r"\bnot\s(?:an?\s|the\s|in\s)?$", re.IGNORECASE)
_COMMA = re.compile(r",\s(?:an?\s|the\s|in\s|[a-z]+\s)?$|\sbut\s(?:an?\s|the\s|in\s)?$", re.IGNORECASE)
_DENIED = re.compile(r"(?:\b(?:no|not|without|hate|avoid|don['’]?t|skip|never|instead of|rather than)\b[^,.;!?]*)$", re.IGNORECASE)
_REQUIRED = re.compile(r"\s?(?:하나는|하나만은|하나|만큼은)?\s?(?:은|는|이|가|도)?\s?(?:꼭|무조건|반드시|당연히)?\s?(?:있어야|들어가야|들어갔으면|필요(?!\s?(?:없|하지|는 없))|필수|넣어|있으면 좋)")
_FINE_KO = re.compile(r"[은는]\s?(?:괜찮|좋)")
_BESIDE = re.compile(r"에\s$")
_REFUSED_KO = re.compile(r"[은는이가도을를]?\s?(?:색|거|건|것)?(?:은|는)?\s?(?:말고|빼|싫|안|제외|별로|못)")
_REST = (
    r"(?:(?:none|nothing)(?:\sof)?\s(?:it|them|the\s(?:rest|others?))|nothing\selse|no\sother(?:\sthings?)?|not\sanything\selse|(?:the\s)?(?:rest|others?)\s(?:not|can['’]?t be|shouldn['’]?t be|mustn['’]?t be))"
    r"(?:\s(?:is|are|should\sbe|can\sbe|to\sbe|in|be))*\s$"
)
_ANYWHERE_ELSE = re.compile(r"\s(?:anywhere else|elsewhere|on anything else)\b", re.IGNORECASE)
_NOTHING_ELSE = re.compile(_REST, re.IGNORECASE)
_ONE_PATTERN = re.compile(r"\b(?:everything|all) else\b[^.;!?]*\b(?:plain|solid)\b|\b(?:the )?(?:rest|others?)\b[^.;!?]*\b(?:plain|solid)\b|나머지[^.!?]*(?:무지|민무늬|단색)", re.IGNORECASE)
_PRINTED = re.compile(r"(?:\b(?:a|an|some|the|my|bold|bright|fun|pretty|cheerful|loud|nice|colou?rful)\s)+(?:printed|prints?|patterned)\b|\bprinted\b|프린트", re.IGNORECASE)
PRINTS = ("floral", "graphic", "animal", "dotted")
"""What "a print" may be, where none is named."""
_GRAPHIC = frozenset({"t-shirt", "sweatshirt", "hoodie", "tank-top"})
_LIGHT = ("white", "cream", "yellow", "pink", "light-blue", "orange", "beige", "gold", "silver", "red", "multicolor")
_BRIGHT = ("orange", "yellow", "pink", "multicolor")
_TONES = (
    (re.compile(r"\b(?:everything|all|only|just|keep it|strictly)\s(?:in\s|of it\s)?dark(?:\s(?:colou?rs|tones|clothes|stuff))?\b(?!\s(?:blue|green|red|brown|grey|gray|wash|denim|jeans|navy|purple|pink))|어두운\s?(?:색|톤|옷)(?:만|으로만|으로 통일)", re.IGNORECASE), _LIGHT),
    (re.compile(r"\b(?:no|nothing|not|avoid|hate|without)\s(?:too\s|any\s|anything\s|very\s)?(?:bright|loud|neon|flashy|garish)\b(?:\s(?:colou?rs|stuff|tones|things|shades))?|(?:튀는|화려한|밝은|쨍한|형광)\s?(?:색|컬러|거|건|옷)(?:은|는|상은|상)?\s?(?:싫|빼|말고|별로|안)", re.IGNORECASE), _BRIGHT),
)
"""Words for many colors at once, and the colors that they rule out."""
_ASIDE = re.compile(r"\s?(?:하나|한 ?개|하나만)?(?:를|을|도|은|는)?\s*\(\s*")
_ASIDE_ENDS = re.compile(r"\s*(?:은|는)?\s*(?:말고|빼고|제외)")
_KHAKI = re.compile(r"카키|국방색|군복색")
"""In Korean khaki is what an army wears: a refusal of it is one of olive."""


def placed(edit: Edit, text: str, worn: Mapping[str, Collection[str]] = MappingProxyType({})) -> Edit:
    """The edit with its refusals on all that the words refuse and on nothing that they ask for; `worn` are the colors by slot that are wished for
    already."""
    text = text[:LONGEST]
    korean = lexicon.language(text) == "ko"
    mentions = lexicon.mentions(text)
    edit = _dark(edit, text)
    if not mentions:
        return edit
    edit = _asked_for(edit, text, mentions, korean)
    edit = _beside_aside(edit, text, mentions) if korean else _rather(edit, text, mentions)
    edit = _whole_lists(edit, text, mentions)
    edit = _of_the_rest(edit, text, mentions, worn)
    edit = _printed(edit, text)
    edit = _of_one_mind(edit, text, mentions, korean)
    if _ONE_PATTERN.search(text):
        edit = _plain_beside(edit)
    if korean and _KHAKI.search(text) and any(key.endswith("color") and key[0] == "-" and "khaki" in values for key, values in edit.items()):
        edit = {key: list(dict.fromkeys([*values, "olive"])) if key[0] == "-" and key.endswith("color") and "khaki" in values else values for key, values in edit.items()}
    return edit


def _field(key: str) -> str:
    return key[1:].rpartition(".")[2]


def _clause_of(text: str, mention: Mention) -> tuple[int, int]:
    """Where the clause of a mention begins and ends."""
    start = max((match.end() for match in _CLAUSE.finditer(text) if match.end() <= mention.start), default=0)
    end = min((match.start() for match in _CLAUSE.finditer(text) if match.start() >= mention.end), default=len(text))
    return start, end


def _asked_for(edit: Edit, text: str, mentions: Sequence[Mention], korean: bool) -> Edit:
    """The edit with what it refuses wanted, where the words can only ask for it."""
    made: Edit = {}
    for key, values in edit.items():
        field = _field(key)
        if key[0] != "-" or field not in FIELDS:
            made[key] = list(dict.fromkeys([*made.get(key, []), *values])) if isinstance(values, list) else values
            continue
        if field == "type" and not korean:
            values = [x for x in values if not any(x in m.values and _WITH.match(text, m.end) and _NO_FIRST.search(text[: m.start]) for m in mentions)]  # "no trousers with holes"
        wrong = [x for x in values if (own := [m for m in mentions if x in m.values]) and all(_is_asked(text, m, mentions, korean) for m in own)]
        if left := [x for x in values if x not in wrong]:
            made[key] = left
        beside = [x for x in wrong if korean and all(_BESIDE.match(text[m.end : m.end + 2]) for m in mentions if x in m.values)]
        if wanted := [x for x in wrong if x not in beside]:
            made["+" + key[1:]] = list(dict.fromkeys([*made.get("+" + key[1:], []), *wanted]))
    return made


def _is_asked(text: str, mention: Mention, mentions: Sequence[Mention], korean: bool) -> bool:
    if korean:
        beside = _BESIDE.match(text[mention.end : mention.end + 2]) and any(0 < m.start - mention.end <= 3 for m in mentions)
        return bool(beside or _FINE_KO.match(text[mention.end : mention.end + 8]) or _REQUIRED.match(text[mention.end : mention.end + 24]))
    start, end = _clause_of(text, mention)
    before, after = text[start : mention.start], text[mention.end : end]
    tail = _TAIL.match(after.lstrip()) if after.strip() else None
    return bool(tail and not _CUE.search(before))


def _beside_aside(edit: Edit, text: str, mentions: Sequence[Mention]) -> Edit:
    """The edit with the first of "모자 하나 (비니 말고)" wanted, where the tracker heard only the refusal."""
    for one, other in itertools.pairwise(mentions):
        value = one.values[0]
        wanted = any(value in values for key, values in edit.items() if key[0] in "+=" and isinstance(values, list))
        if value in v.SLOT_OF_TYPE and not wanted and _ASIDE.fullmatch(text[one.end : other.start]) and _ASIDE_ENDS.match(text, other.end):
            edit = _less(edit, "-type", value)
            edit = edit | {"+type": [*edit.get("+type", []), value]}
    return edit


def _rather(edit: Edit, text: str, mentions: Sequence[Mention]) -> Edit:
    """The edit with the first of "backpack, not a handbag" wanted and the second refused, where the tracker heard only the refusal."""
    for one, other in itertools.pairwise(mentions):
        between = text[one.end : other.start]
        kinds = [v.SLOT_OF_TYPE.get(m.values[0]) for m in (one, other)]
        instead = _NO_FIRST.search(text[: one.start]) and kinds[0] is not None and kinds[0] == kinds[1] and len(mentions) == 2  # "no heels, flats"
        if (instead or _NOT_FIRST.search(text[: one.start])) and _COMMA.fullmatch(between) and (other is mentions[-1] or _CLAUSE.match(text, other.end)):
            one, other, between = other, one, " not "  # "not blue, red"
            edit = _less(edit, f"-{next((f for f in FIELDS if one.values[0] in v.VALUES[f]), '')}", one.values[0])
        elif not _NOT_A.fullmatch(between) or _DENIED.search(text[_clause_of(text, one)[0] : one.start]):
            continue
        field = next((f for f in FIELDS if one.values[0] in v.VALUES[f]), None)
        if field is None or any(x in values for key, values in edit.items() if isinstance(values, list) and key[0] in "+=" for x in one.values):
            continue
        kin = other.values[0] in v.VALUES[field] or (field == "type" and lexicon.slots(other.values) & lexicon.slots(one.values))
        if not kin:
            continue
        slots = lexicon.slots(one.values)
        gone = [slot for slot in edit.get("exclude", []) if slot not in slots]
        refused = [x for x in other.values[:1] if x in v.VALUES[field] and x != one.values[0]]
        edit = {key: values for key, values in edit.items() if key not in ("exclude", "act")} | ({"exclude": gone} if gone else {})
        edit = _less(edit, f"-{field}", one.values[0])
        edit |= {f"+{field}": [*edit.get(f"+{field}", []), one.values[0]]}
        if refused and not any(refused[0] in values for key, values in edit.items() if key[0] == "-" and isinstance(values, list)):
            edit |= {f"-{field}": [*edit.get(f"-{field}", []), *refused]}
    return edit


def _less(edit: Edit, key: str, value: str) -> Edit:
    left = [x for x in edit.get(key, []) if x != value]
    rest = {other: values for other, values in edit.items() if other != key}
    return rest | {key: left} if left else rest


def _of_one_mind(edit: Edit, text: str, mentions: Sequence[Mention], korean: bool) -> Edit:
    """The edit with a value that it wants and refuses in one place, and that the words name just once, only as they have it: nobody is asked which of
    two wishes counts where there is one."""
    for key in [key for key in edit if key[0] == "-" and _field(key) in FIELDS]:
        for value in [x for x in edit.get(key, []) if any(x in edit.get(sign + key[1:], []) for sign in "+=")]:
            own = [m for m in mentions if value in m.values]
            if len(own) != 1:
                continue
            start, end = _clause_of(text, own[0])
            before = text[start : own[0].start]
            refused = bool(_REFUSED_KO.match(text[own[0].end : own[0].end + 14])) if korean else bool(_CUE.search(before)) or bool(_CUE.search(text[own[0].end : end]))
            for other in (f"+{key[1:]}", f"={key[1:]}") if refused else (key,):
                edit = _less(edit, other, value)
    return edit


def _whole_lists(edit: Edit, text: str, mentions: Sequence[Mention]) -> Edit:
    """The edit with all members of a list refused of which it refuses one."""
    refused = {x: key for key, values in edit.items() if key[0] == "-" and _field(key) in FIELDS for x in values}
    wanted = {x for key, values in edit.items() if key[0] in "+=" and isinstance(values, list) for x in values}
    if not refused:
        return edit
    runs: list[list[Mention]] = []
    for mention in mentions:
        between = text[runs[-1][-1].end : mention.start] if runs else ""
        if runs and between.strip() and _BETWEEN.fullmatch(between) and not _APART.search(between):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    made = dict(edit)
    for run in runs:
        keys = {refused[x] for mention in run for x in mention.values if x in refused}
        joined = text[run[0].end : run[-1].start]
        if len(run) < 2 or len(keys) != 1 or (len(run) == 2 and not re.search(r"[a-z가-힣/&+]", joined, re.IGNORECASE)):  # "not blue, red"
            continue
        key = next(iter(keys))
        field = _field(key)
        closed = bool(_REFUSED_KO.match(text[run[-1].end : run[-1].end + 14]))  # "모자나 스카프, 벨트는 빼고"
        more = [mention.values[0] for mention in run if mention.values[0] in v.VALUES[field] and (closed or not wanted & set(mention.values))]
        made[key] = list(dict.fromkeys([*made[key], *more]))
        for other in [f"{sign}{key[1:]}" for sign in "+=" if closed and f"{sign}{key[1:]}" in made]:
            for value in more:
                made = _less(made, other, value)
    return made


def _of_the_rest(edit: Edit, text: str, mentions: Sequence[Mention], worn: Mapping[str, Collection[str]]) -> Edit:
    """The edit with a color that only one garment is to have refused of the others: "red shoes, nothing else red", "no red anywhere else"."""
    for mention in mentions:
        color = next((x for x in mention.values if x in v.COLORS), None)
        before = text[max(0, mention.start - 60) : mention.start]
        if color is None or not (_NOTHING_ELSE.search(before) or (_ANYWHERE_ELSE.match(text, mention.end) and re.search(r"\b(?:no|not|nothing)\b[^.!?]*$", before, re.IGNORECASE))):
            continue
        own = {slot for m in mentions if m.start < mention.start for slot in lexicon.slots(m.values)}
        own &= {key[1:].partition(".")[0] for key, values in edit.items() if key[0] in "+=" and key.endswith(".color") and color in values} or own
        own = own or {slot for slot, colors in worn.items() if color in colors}
        if not own:
            continue
        gone = {"+color", "=color", "-color", *(sign + f"{slot}.color" for sign in "+=" for slot in v.SLOTS if slot not in own), *(f"-{slot}.color" for slot in own)}
        made = {key: [x for x in values if x != color] if key in gone else values for key, values in edit.items()}
        for slot in sorted(own):
            if f"+{slot}.color" not in made and f"={slot}.color" not in made and color not in worn.get(slot, ()):
                made[f"+{slot}.color"] = [color]
        for slot in (slot for slot in v.SLOTS if slot not in own):
            made[f"-{slot}.color"] = list(dict.fromkeys([*made.get(f"-{slot}.color", []), color]))
        edit = {key: values for key, values in made.items() if values != []}
    return edit


def _dark(edit: Edit, text: str) -> Edit:
    """The edit of "everything dark" and "nothing bright", which are no values, with the colors refused that they rule out."""
    gone = [x for pattern, colors in _TONES if pattern.search(text) for x in colors]
    wanted = {x for key, values in edit.items() if key[0] in "+=" and isinstance(values, list) for x in values}
    more = [x for x in gone if x not in wanted]
    return edit | {"-color": list(dict.fromkeys([*edit.get("-color", []), *more]))} if more else edit


def named_types(edit: Edit, text: str, wanted: Sequence[str]) -> Edit:
    """The edit with the garment too of which it wants a color or the like, where the words name one kind of that slot: "the belt should be brown"."""
    text = text[:LONGEST]
    mentions = lexicon.mentions(text)
    every = {x for key, values in edit.items() if isinstance(values, list) for x in values} | set(edit.get("exclude", []))
    more: list[str] = []
    for slot in {key[1:].partition(".")[0] for key in edit if key[0] in "+=" and "." in key}:
        own = {m.values[0] for m in mentions if v.SLOT_OF_TYPE.get(m.values[0]) == slot}
        taken = any(v.SLOT_OF_TYPE.get(t) == slot for t in (*wanted, *every)) or slot in every
        if len(own) == 1 and not taken and all(len(m.values) == 1 for m in mentions if m.values[0] in own):
            more += own
    return {key: values for key, values in edit.items() if key != "act"} | {"+type": [*edit.get("+type", []), *sorted(more)]} if more else edit


def _printed(edit: Edit, text: str) -> Edit:
    """The edit with any print wanted where the words want just one: "a printed dress". A T-shirt's print is a graphic one."""
    if not _PRINTED.search(text) or {t for key in ("+type", "=type") for t in edit.get(key, [])} & _GRAPHIC:
        return edit
    return {key: list(PRINTS) if key[0] in "+=" and _field(key) == "pattern" and values == ["graphic"] else values for key, values in edit.items()}


def _plain_beside(edit: Edit) -> Edit:
    """The edit of one pattern beside plain clothes, which refuses all other patterns."""
    wanted = [x for key, values in edit.items() if key[0] in "+=" and _field(key) == "pattern" for x in values if x != "solid"]
    if not wanted:
        return edit
    made = {key: [x for x in values if x != "solid"] if key[0] in "+=" and _field(key) == "pattern" else values for key, values in edit.items()}
    made["-pattern"] = list(dict.fromkeys([*made.get("-pattern", []), *(x for x in v.VALUES["pattern"] if x not in ("solid", *wanted))]))
    return {key: values for key, values in made.items() if values != []}
