"""The grammar of edits, so that whatever model writes one can only write a legal one, and its figures only from the text.

Written in llguidance's Lark dialect. Values are the vocabulary's; amounts and temperatures are the numbers found in what the
person said, so that a figure is copied, never made up.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from stylist import edits
from stylist import vocabulary as v

_CURRENCIES = {  # those of a country before the bare "dollars", "pesos" and signs that several share
    "CAD": r"ca?n?\s?\$|\$\s?ca[dn]\b|cad\b(?:\s?\$)?|\$?\s?cdn\b|canadian (?:dollars?|bucks?)\b|(?:dollars?|bucks?) canadian\b|canadian\b(?!\s(?:dollars?|bucks?))|loonies\b|캐나다\s?(?:달러|불)",
    "AUD": r"\bau?\$|au\s\$|\$\s?aud?\b|aud\b(?:\s?\$)?|(?:australian|aussie) (?:dollars?|bucks?)\b|(?:dollars?|bucks?) (?:australian|aussie)\b|(?:australian|aussie)\b(?!\s(?:dollars?|bucks?))|호주\s?달러",
    "NZD": r"nz\s?\$|\$\s?nzd?\b|nzd\b(?:\s?\$)?|(?:nz|kiwi|new zealand) (?:dollars?|bucks?)\b", "SGD": r"(?<!['’])\bs\$|\$\s?sgd\b|sgd\b(?:\s?\$)?|sing(?:apore)? dollars?\b",
    "HKD": r"hk\s?\$|\$\s?hkd\b|hkd\b(?:\s?\$)?|(?:hk|hong kong) dollars?\b", "TWD": r"nt\s?\$|twd\b(?:\s?\$)?|taiwan(?:ese)? dollars?\b", "BRL": r"\br\$|brl\b|reais\b",
    "INR": r"₹|inr\b|\brs\b\.?|(?<=\d)rs\b|rupees?\b|루피", "JPY": r"¥|円|jpy\b|yen\b|엔화|(?:(?<=[\d만천])|(?<=[\d만천] ))엔(?=$|[,.!?]|\s?(?:이하|까지|정도|안으로|이내|미만|으로|내외|대|쯤))",
    "CNY": r"cny\b|rmb\b|yuan\b|renminbi\b|kuai\b|위안", "CHF": r"chf\b|(?:swiss )?francs?\b|franken\b", "SEK": r"sek\b|(?:swedish )?krono[rn]\b", "NOK": r"nok\b|norwegian kroner\b",
    "DKK": r"dkk\b|danish kroner\b", "PLN": r"pln\b|zł|zl\b|zlot(?:y|ys|ych)\b", "CZK": r"czk\b|kč|koruna?\b", "HUF": r"huf\b|forints?\b", "TRY": r"₺|(?:turkish )?liras?\b",
    "ILS": r"₪|ils\b|nis\b|shekels?\b", "ZAR": r"zar\b|rands?\b|\br(?=$)", "THB": r"฿|thb\b|baht\b|바트", "MXN": r"mxn\b|mx\s?\$|mexican pesos?\b",
    "USD": r"us\s?\$|\$|usd\b|(?:us |american )?(?:dollars?|bucks?)\b|(?:미국\s?)?달러|(?<=\d)\s?불(?=$|[\s,.!?이까정안넘로대])", "GBP": r"£|gbp\b|pounds?\b|quid\b|파운드",
    "EUR": r"€|eur\b|euros?\b|유로", "KRW": r"₩|krw\b|won\b(?!['’]t)|원",
}  # fmt: skip
_WORDS = "|".join(f"(?P<{code}>{words})" for code, words in _CURRENCIES.items())
_START = "(?:(?<![a-z])(?=[a-z])|(?![a-z]))"  # no word begins inside another
_BEFORE = re.compile(f"{_START}(?:{_WORDS})\\s?$", re.IGNORECASE)
_AFTER = re.compile(f"\\s?{_START}(?:{_WORDS})", re.IGNORECASE)
_LEADS = re.compile(r"\s?(?:[a-z]{0,3}\s?[$£₹¥]|rs\.?|[a-z]{3})", re.IGNORECASE)
"""Signs and codes that stand before their figure where another figure follows: "size 10 ₹5000"."""
_CODES = ("CHF", "HKD", "AUD", "CAD", "NZD", "SGD", "USD", "EUR", "GBP", "INR", "JPY", "PLN", "SEK", "NOK", "DKK", "ZAR")

_NUMBER = re.compile(
    rf"(?:(?<![0-9A-Za-z_.])|(?<=\b(?:{'|'.join(_CODES)}))|(?<=\brs)|(?<=\brs\.)|(?<=\br)(?=\d{{3}}))(\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d{{1,2}})?\s?(k\b|만\s?(?:(\d)천)?|천)?",
    re.IGNORECASE,
)
_BELOW_ZERO = re.compile(r"[-−–]\s?\d|\b(?:minus|negative|below|sub-?zero|under zero|frost)\b|영하|마이너스", re.IGNORECASE)
_MINUS = re.compile(r"(?:^|[\s:])[-−–][$£€₩]?$|\b(?:minus|negative)\s$", re.IGNORECASE)
_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
          "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_HUNDRED = ("hundred", "hunned", "hunnid", "hundo")
_KOREAN_TENS = {"십만": 100_000, "이십만": 200_000, "삼십만": 300_000, "오십만": 500_000, "백만": 1_000_000, "오만": 50_000, "만": 10_000}

_FAR_LESS = 0.2
_NEXT = 12
_BESIDE = 4
_DENIED = re.compile(r"\b(?:not|isn['’]?t)\s+(?:around\s|about\s)?(?:[$£€₩]\s?)?$", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\s?(?:이|은|는)?\s?(?:아니고|아니구|아니라(?!도)|아니요?(?=[\s,.])|말고)|[\s,.…-]*\b(?:no,? wait|wait,? no|wait|sorry|i mean|i meant|make (?:it|that)|scratch that|actually)\b[\s,.:…-]*(?:it['’]?s\s|more like\s|make (?:it|that)\s|let['’]?s say\s|no\s|like\s)*"
    r"(?:[$£€₩]\s?)?\d",
    re.IGNORECASE,
)
"""What takes an amount back behind it: "200, sorry, 150", "200만원 아니고 20만원"."""

LEAST_AMOUNT = 5
"""No bare figure below it is an amount: "two shirts", "I haven't worn one". It may be a temperature."""

_MEASURE = re.compile(
    r"\s?(?:ft|foot|feet|cms?|mm|kgs?|lbs?|pounders?|stone|inch(?:es)?|percent|%|yo|y/o|years?|yrs?|months?|weeks?|wks?|days?|nights?|hours?|hrs?|minutes?|mins?"
    r"|pm|a\.m|p\.m|o'?clock|st|nd|rd|th|denier)(?![a-z])|['’]\s?\d|(?<=\d)(?:s|am)\b|\s?(?:살|세(?![가-힣])|사이즈|센티|킬로|키로|명|개월|시간|시(?![가-힣])|월|일(?![가-힣])|년|번째|번(?![가-힣])|대(?![가-힣])|학년|박)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:\b(?:sizes?|uk|eu|us|aged?|level|waist|chest|i'?m|im|i am|(?:s?he|she)'?s|turn(?:s|ing|ed)?)\s?"
    r"|\b(?:guy|male|man|woman|female|girl|boy|lady|dude|m|f|grand(?:ma|pa|mother|father|son|daughter)|granny|gran|nan|mum|mom|mother|dad|father|son|daughter|husband|wife|sister|brother|nephew|niece|teen)\s?[,/(]\s?|\d\s?['’]\s?|사이즈\s?|키\s?)$",
    re.IGNORECASE,
)
"""What stands behind, or before, a figure that is a measure, an age, a time or a number of something, and no amount of money."""
_LIMIT = re.compile(r"\b(?:under|below|max|budget|up to|less than|within|limit|spend|cap|at most|over|above|around|about)\W*$", re.IGNORECASE)
_LIMITED = re.compile(r"\s*(?:max|tops|budget|or (?:less|under)|at (?:most|the most)|limit|cap)\b", re.IGNORECASE)
_WEIGHED = re.compile(
    r"\b(?:weigh(?:s|ed|ing)?|weight|lost|gain(?:s|ed|ing)?|put on|heavier|lighter|i['’]?m|i am|(?:s?he|she)['’]?s)(?:\s(?:in|at|is|about|around|only|like|just|nearly|almost|over|under))*\s$"
    r"|\d\s?(?:ft|feet|foot|'|’)\s?\d{0,2}[\"”]?,?\s(?:and\s)?(?:about\s)?$",
    re.IGNORECASE,
)
_SPENT = re.compile(r"\s*(?:to spend|all in|in all|in total|each|apiece|per)\b", re.IGNORECASE)
"""What stands before pounds of a body, not of a purse."""
_OLDEST = 99
_NEAR = 40  # characters before a figure that are looked at
_YEARS = frozenset({*range(1950, 2000), *range(2001, 2036)})  # where no currency stands there; 2000 may be a budget
_CHAT = re.compile(r"(?:(?<=\s)|\s)[a-z]", re.IGNORECASE)  # "fit 4 under 100": for; "2 wear": to


def _spelled(text: str) -> list[tuple[float, int, int]]:
    """Numbers written in English words with where they stand: "two hundred and fifty", "one fifty", "a hundred", "a grand"."""
    found: list[tuple[float, int, int]] = []
    total = current = 0
    start = end = -1
    for match in re.finditer(r"[a-z]+|[^\sa-z-]", text.lower()):
        word = match[0]
        if word in _UNITS or word in _TENS:
            figure = _UNITS.get(word, 0) or _TENS[word]
            current = current * 100 + figure if start >= 0 and 0 < current < 10 <= figure else current + figure  # "one fifty" is 150
        elif word in _HUNDRED or word in ("grand", "thousand"):
            total += max(1, current) * (100 if word in _HUNDRED else 1000)
            current = 0
        elif word in ("and", "a") and start >= 0:
            continue
        else:
            if start >= 0:
                found.append((float(total + current), start, end))
            total, current, start = 0, 0, -1
            continue
        start, end = (match.start() if start < 0 else start), match.end()
    if start >= 0:
        found.append((float(total + current), start, end))
    return found


_NOTES = {"fiver": "5 pounds", "tenner": "10 pounds"}
_NOTE = re.compile(r"\b(?:an?\s)?(fiver|tenner)s?\b", re.IGNORECASE)


def numbers(text: str) -> tuple[str, ...]:
    """The amounts a person may have meant, as the tracker writes them: "150 USD" for "$150" or "150 bucks", "150" where no
    currency stands beside it; also "1,500", "1.5k", "10만원" and numbers in words."""
    text = _NOTE.sub(lambda note: _NOTES[note[1].lower()], text)
    found: list[tuple[float, int, int]] = []
    won: set[int] = set()  # where an amount in Korean units starts: ten thousands without a currency are won
    for match in _NUMBER.finditer(text):
        figure = float(match[1].replace(",", "") + (match[2] or ""))
        unit = (match[3] or "").lower()
        if unit == "k":
            figure *= 1000
        elif unit.startswith("만"):
            figure = figure * 10_000 + float(match[4] or 0) * 1000
        elif unit == "천":
            figure *= 1000
        if unit[:1] in ("만", "천"):
            won.add(match.start())
        found.append((figure, match.start(), match.end()))
    found += _spelled(text)
    for word, value in _KOREAN_TENS.items():
        spoken = [at for at in re.finditer(rf"(?<![가-힣\d])(?<!\d\s){word}", text)]
        found += [(float(value), at.start(), at.end()) for at in spoken]
        won |= {at.start() for at in spoken}
    amounts: list[tuple[str, float, int, int]] = []
    for figure, start, end in found:
        if figure >= 1e8:
            continue
        before = text[max(0, start - _NEAR) : start]
        behind, ahead = _AFTER.match(text, end), _BEFORE.search(before)
        if behind and _LEADS.fullmatch(behind[0]) and re.match(r"\s?\d", text[behind.end() :]):
            behind = None
        beside = behind if behind and (not ahead or ahead.lastgroup == "USD") else ahead or behind
        if beside and _MINUS.search(before):
            continue  # no budget is below nothing
        if beside and "pound" in beside[0].lower() and _WEIGHED.search(before) and not (_LIMITED.match(text, beside.end()) or _SPENT.match(text, beside.end())):
            continue
        code = beside.lastgroup if beside else "KRW" if start in won else None
        if code is None and not (_LIMIT.search(before) or _LIMITED.match(text, end)) and _is_no_amount(figure, before, text, end):
            continue
        shown = f"{figure:.2f}".rstrip("0").rstrip(".")
        amounts.append((f"{shown} {code}" if code else shown, figure, start, behind.end() if behind else end))
    left = [amount for number, (amount, *_) in enumerate(amounts) if not _taken_back(text, number, amounts)]
    return tuple(dict.fromkeys(left or [amount for amount, *_ in amounts]))


def _taken_back(text: str, number: int, amounts: Sequence[tuple[str, float, int, int]]) -> bool:
    """Whether the words take an amount back for another: "not 200 but 150", "200, sorry, 150". `amounts` are each one as it is written, its
    figure, and where it stands."""
    shown, figure, start, end = amounts[number]
    denied, corrected = _DENIED.search(text[max(0, start - _NEAR) : start]), _CORRECTED.match(text, end)
    if not denied and not corrected:
        return False
    warmth = degrees(text)
    others = [(other, value, at) for other, value, at, _ in amounts[max(0, number - _BESIDE) : number + _BESIDE + 1] if at != start and other not in warmth]
    if denied:
        return bool(others)
    for other, value, at in others:
        alike = " " in other or " " not in shown or value >= _FAR_LESS * figure
        if corrected and corrected.end() - 1 <= at <= corrected.end() + _NEXT and alike and not _MEASURE.match(text, at + len(other.split()[0])):
            return True
    return False


def _is_no_amount(figure: float, before: str, text: str, end: int) -> bool:
    """Whether a bare figure is a measure, an age, a size, a year, or a word in chat spelling."""
    counted = figure <= _OLDEST and _COUNTED.search(before)
    return bool(_MEASURE.match(text, end) or counted or (figure in (2, 4) and _CHAT.match(text, end)) or figure in _YEARS)


_DEGREES = re.compile(r"(?<![\d.,$£€₩])(\d{1,3})\s?(?:°|º|degrees?\b|celsius\b|fahrenheit\b|[FC]\b|도(?![가-힣]*록))", re.IGNORECASE)

_ARTICLE = re.compile(r"\ba\s$", re.IGNORECASE)
_SPOKEN_DEGREES = re.compile(r"\s(?:degrees?|celsius|fahrenheit)\b", re.IGNORECASE)


def degrees(text: str) -> tuple[str, ...]:
    """The figures that can only be temperatures, since a degree's unit stands behind them: "28F", "30 degrees", "10도"."""
    return tuple(dict.fromkeys(match[1] for match in _DEGREES.finditer(text)))


def with_degrees_in_figures(text: str) -> str:
    """The text with "a hundred and five degrees" as "105 degrees"."""
    for figure, start, end in reversed(_spelled(text)):
        if _SPOKEN_DEGREES.match(text, end):
            text = f"{_ARTICLE.sub('', text[:start])}{figure:g}{text[end:]}"
    return text


def _quoted(values: Sequence[str]) -> str:
    return " | ".join(json.dumps(f'"{value}"') for value in values)


@functools.cache
def _fixed_rules() -> tuple[str, tuple[str, ...]]:
    rules, pairs = [], []
    for field in v.FIELDS:
        rules.append(f"v_{field}: {_quoted(v.VALUES[field])}")
        rules.append(f"f_{field}: {_quoted(edits.words(field, '~'))}")
    for name, values in edits.LISTS.items():
        rules.append(f"l_{name}: {_quoted(values)}")
        pairs.append(json.dumps(f'"{name}":[') + f' l_{name} ("," l_{name})* "]"')
    for key in edits.attribute_keys():
        rule = f"{'f' if key[0] == '~' else 'v'}_{key[1:].split('.')[-1]}"
        pairs.append(json.dumps(f'"{key}":[') + f' {rule} ("," {rule})* "]"')
    pairs.append('"\\"reset\\":true"')
    return "\n".join(rules), tuple(pairs)


def says_below_zero(text: str) -> bool:
    """True where a temperature in the text may be a negative one: "minus 8", "-8", "영하 10도", "ten below"."""
    return bool(_BELOW_ZERO.search(text))


def edit_grammar(figures: Sequence[str], photos: int = 0, below_zero: bool = False, warmth: Sequence[str] = ()) -> str:
    """The Lark grammar of an edit whose amounts and temperatures are among `figures`, those of `warmth` temperatures only; without
    photos no edit speaks of one."""
    rules, pairs = _fixed_rules()
    if not photos:
        pairs = tuple(p for p in pairs if not p.startswith('"\\"photo'))
    amounts = ['"any\\""']
    temperatures = []
    if money := [figure for figure in figures if figure not in warmth]:
        rules += f"\nfigure: {' | '.join(json.dumps(figure) for figure in money)}"
        amounts.append('figure "\\""')
    if figures:
        whole = [figure for figure in figures if figure.isdigit() and len(figure) <= 3]
        if whole:
            rules += f"\ndegrees: {' | '.join(json.dumps(figure) for figure in whole)}"
            temperatures.append('"\\"temp\\":\\"" ' + ('"-"? ' if below_zero else "") + 'degrees ("C" | "F") "\\""')
    priced = [json.dumps(f'"{key}":"') + " amount" for key in edits.AMOUNTS]
    body = "\n    | ".join([*pairs, *priced, *temperatures])
    return f'start: "{{" (pair ("," pair)*)? "}}"\npair: {body}\n{rules}\namount: {" | ".join(amounts)}\n'


@functools.lru_cache(maxsize=64)
def _matcher(tables: Any, grammar: str) -> Any:
    """A grammar made ready, to be copied for each sequence; ValueError where it is none."""
    import llguidance

    matcher = llguidance.LLMatcher(tables, grammar)
    if matcher.is_error():
        raise ValueError(matcher.get_error())
    return matcher


class Guide:
    """Allows, token by token, only what the grammar allows. One per sequence; shares the tokenizer's tables."""

    def __init__(self, tables: Any, grammar: str):
        self._matcher = _matcher(tables, grammar).deep_copy()

    def allowed(self) -> np.ndarray:
        """Which tokens may come next, (vocabulary,) of bool."""
        bits = np.frombuffer(self._matcher.compute_bitmask(), dtype=np.uint8)
        return np.unpackbits(bits, bitorder="little").astype(bool)

    def accept(self, token: int) -> None:
        self._matcher.consume_token(token)

    @property
    def done(self) -> bool:
        return bool(self._matcher.is_stopped())


def tables(tokenizer: Any, end_id: int | None = None, size: int | None = None) -> Any:
    """llguidance's view of a Hugging Face fast tokenizer; `size` is the model's vocabulary where it is padded."""
    import llguidance.hf

    return llguidance.hf.from_tokenizer(tokenizer, n_vocab=size, eos_token=end_id)
