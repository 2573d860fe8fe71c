"""A choice that the stylist's question offered, and the answer that only counts or names a part of it: "A blazer, a cardigan or a trench coat?" "the
last one, in beige", "the trench".

The words of the option take the place of its number or part, so that the tracker reads what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stylist.mllm import lexicon
from stylist.ranking.wording import fill

LONGEST = 300
"""Characters of a question that are looked at."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_FEWEST = 2
_LEAD = re.compile(
    r"^(?:(?:so|and|then|ok(?:ay)?|great|well|lovely|nice|sure)[,:]?\s+)*(?:(?:would|do|will|should|shall|could|can|are|is)\s+(?:you|it|that|we|i|this)\s+(?:\w+\s+){0,2}?"
    r"(?:like|prefer|rather\s+(?:have|wear)|rather|want|need|wear|go\s+for|be|after|see|feel\s+like|thinking(?:\s+of)?)|how\s+about|what\s+about|is\s+it|which\s+do\s+you\s+(?:prefer|like)[,:]?|maybe|more\s+of)\s+",
    re.IGNORECASE,
)
_OR = re.compile(r",?\s+or\s+(?:rather\s+|maybe\s+|perhaps\s+)?", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:instead|then|perhaps|maybe)$|\s+(?:for|with|on|in)\s+(?:you|it|that|this|the\s+(?:day|night|evening))$", re.IGNORECASE)
_KOREAN = re.compile(r"^(?P<list>.+?)\s*(?:중에서?|가운데|중)(?:는|은)?(?:\s|$)")
_KOREAN_OR = re.compile(r"\s*(?:,|아니면|또는|혹은)\s*|(?<=[가-힣])(?:이나|이랑|나|랑|하고|와|과)\s+")
_ONLY = r"(?:option|choice|number|no\.|answer)"
_COUNTED = re.compile(
    r"^(?P<lead>(?:(?:ok(?:ay)?|yes|yeah|yep|hm+|um+|oh|well|definitely|probably|maybe|actually|i(?:['’]d| would|['’]ll| will| think)?|like|love|prefer|take|have|choose|pick|want|say|go|going|let['’]?s|do|for|with)\b[,.!…]*\s+)*)"
    rf"(?:(?:the\s+)?(?P<sure>former|latter)|(?:{_ONLY}\s*#?(?P<numbered>one|two|three|four|[1-4]|[a-d]\b))|(?:the\s+|(?=(?:1st|2nd|3rd|4th|first|second)\s*[.!]*$))(?P<ordinal>first|second|third|fourth|last|1st|2nd|3rd|4th)(?:\s+(?:ones?|{_ONLY}|of\s+(?:those|these|them)))?)"
    r"(?=\s*(?:$|[,.!?;:…~)]|\b(?:please|pls|plz|thanks|then|but|in|i think|i guess|for sure|sounds good|would be|though|tbh)\b))",
    re.IGNORECASE,
)
_COUNTED_KOREAN = re.compile(
    r"^(?P<lead>(?:(?:음+|네|응|그럼|저는|난|나는|그냥)[,.~\s]+)*)(?:(?P<sure>전자|후자)|(?P<ordinal>(?:첫\s?번째|두\s?번째|세\s?번째|네\s?번째|마지막|[1-4]\s?번)(?:\s?(?:거|것|걸|꺼|쪽))?|(?:앞|뒤)(?:에|의)?\s?(?:거|것|걸|꺼|쪽)))"
    r"(?P<end>이?요|으?로요?|[이가](?=\s?(?:좋|낫|나아|맘에|마음에|예쁘)))?(?=\s*(?:$|[,.!~…ㅋㅎ])|\s(?:할|갈|해|주세요|부탁|가자|가요|좋|낫|나아|맘에|마음에|예쁘|입을))"
)
_PART = re.compile(
    r"^(?P<lead>(?:(?:ok(?:ay)?|yes|yeah|yep|hm+|um+|oh|well|definitely|probably|maybe|actually|i['’]d (?:like|prefer|say)|i(?:['’]ll| will) (?:take|have)|let['’]?s (?:do|go with|go for))[,.!…]*\s+)*)"
    r"(?:the\s+|an?\s+)?(?P<words>[a-z'’-]+(?:\s[a-z'’-]+)?)(?=\s*(?:$|[,.!;:…~)]))",
    re.IGNORECASE,
)
_PART_KOREAN = re.compile(r"^(?:(?:음+|네|응|그럼|저는|난|나는|그냥)[,.~\s]+)?(?P<word>[가-힣]{2,8}?)(?:이?요|으?로(?:요|\s?할게요|\s?해주세요)?|이\s?좋아요?|가\s?좋아요?)?(?=\s*(?:$|[.,!~]))")
_ANY = re.compile(
    r"^(?:(?:oh|hm+|um+|well|honestly)[,.]?\s+)?(?:whichever|either(?:\sone)?|any(?:\sof\s(?:those|them))?|both(?:\sare)?\s(?:fine|ok(?:ay)?|good)|don['’]?t mind|i don['’]?t mind|no preference|you (?:choose|pick|decide)|up to you"
    r"|아무거나|둘 다 (?:좋아|괜찮)[가-힣]*|상관\s?없[가-힣]*)(?:\s(?:is|works?|are)\s?(?:fine|ok(?:ay)?|good|great|for me)?)?(?=\s*(?:$|[.,!;~]|but\b|and\b))",
    re.IGNORECASE,
)
_VERBS = re.compile(r"\b(?:avoid|skip|without|not|never|n['’]t|leave|would|should|shall|do|does|have|has|is|are|were|need|like|mind)\b", re.IGNORECASE)
"""What an option holds no word of: a question that means something else by its "or"."""
_LONGEST_OPTION = 7  # words
_ORDINAL = re.compile(r"\bthe\s+(?:first|second|third|last|former|latter)\b|(?:전자|후자)", re.IGNORECASE)
_PLACES = {"former": 1, "first": 1, "1st": 1, "one": 1, "1": 1, "a": 1, "second": 2, "2nd": 2, "two": 2, "2": 2, "b": 2, "third": 3, "3rd": 3, "three": 3, "3": 3, "c": 3,
           "fourth": 4, "4th": 4, "four": 4, "4": 4, "d": 4, "latter": 0, "last": 0, "전자": 1, "후자": 0, "첫": 1, "두": 2, "세": 3, "네": 4, "앞": 1, "뒤": 0, "마": 0}  # fmt: skip
"""What counts -> the number of the option; 0 is the last."""


def offered(question: str) -> tuple[str, ...]:
    """The options of a remark's last sentence, () where it is no question of two options or more."""
    last = _SENTENCE.split(question.strip())[-1][-LONGEST:]
    if not last.rstrip(" )*~").endswith("?"):
        return ()
    words = last.rstrip(" )*~").rstrip("?").strip()
    if re.search("[가-힣]", words):
        listed = _KOREAN.match(words)
        found = _KOREAN_OR.split(listed["list"]) if listed else re.split(r"\s*(?:아니면|또는|혹은)\s*", words)
    else:
        first, *rest = _OR.split(_LEAD.sub("", words))
        found = [part for part in first.split(",") if part.strip()] + rest if rest else []
        found[-1:] = [_TAIL.sub("", part) for part in found[-1:]]
    options = tuple(part.strip(" ,.:;–—-") for part in found if part.strip(" ,.:;–—-"))
    plain = all(len(option.split()) <= _LONGEST_OPTION and not _VERBS.search(option) for option in options)
    return options if len(options) >= _FEWEST and plain else ()


def resolved(question: str, text: str, ordinals: bool = True) -> str:
    """The message with the option that it counts to in the place of its number. Without `ordinals`, where outfits are on view that "the first
    one" or "option two" may mean, only words that no outfit is called by: "the latter"."""
    options = offered(question)
    counted = (_COUNTED_KOREAN.match(text) or _COUNTED.match(text)) if options else None
    if counted is None:
        return (_either(options, text) or _named(options, text) or text) if options else text
    words = counted.groupdict()
    said = words.get("sure") or ((words.get("numbered") or words["ordinal"]) if ordinals else None)
    if said is None or _ORDINAL.search(text, counted.end()):
        return text
    said = said.lower()
    place = _PLACES.get(said, _PLACES.get(said[0]))
    if place is None or place > len(options):
        return text
    return counted["lead"] + _with_particle(options[place - 1], words.get("end") or "") + text[counted.end() :]


def _either(options: Sequence[str], text: str) -> str | None:
    """The message with both options in the place of words that leave the choice: "whichever" is "joggers or leggings"."""
    left = _ANY.match(text)
    if left is None or len(options) != _FEWEST:
        return None
    korean = bool(re.search("[가-힣]", options[0]))
    return (" 아니면 " if korean else " or ").join(options) + text[left.end() :]


def _named(options: Sequence[str], text: str) -> str | None:
    """The message with an option that it names in part in whole: "the tweed, naturally" after "a cardigan, or a tweed blazer?"."""
    if korean := _PART_KOREAN.match(text):
        meant = [option for option in options if option.endswith(" " + korean["word"])]
        return meant[0] + text[korean.end("word") :] if len(meant) == 1 else None
    said = _PART.match(text)
    if said is None:
        return None
    words = said["words"].lower().split()
    meant = [option for option in options if set(words) <= set(option.lower().split())]
    if len(meant) != 1 or lexicon.named(meant[0]) <= lexicon.named(said["words"]):
        return None
    return said["lead"] + meant[0] + text[said.end() :]


def _with_particle(option: str, ending: str) -> str:
    if ending in ("이", "가"):
        return fill("{option}이/가", option=option)
    if "로" in ending:
        return fill("{option}으로/로", option=option) + "요" * ending.endswith("요")
    return option + ending
