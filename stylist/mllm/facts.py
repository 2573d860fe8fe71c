"""What a reply may speak of: the facts handed to the stylist adapter, as compact JSON in the reply's language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stylist import vocabulary as v
from stylist.catalog.items import Item, Outfit
from stylist.mllm import lexicon
from stylist.names import item_name, value_name
from stylist.state import DialogState

ACTS = ("show", "empty", "swap", "cheaper", "warmer", "dressier", "casual", "other", "photo", "greet", "thanks", "bye", "offtopic", "override", "abuse")
ASKS = ("occasion", "budget", "color", "season", "formality", "gender", "contradiction", "photo")

LONGEST_SAID = 4000
"""Characters of what a person said that are looked at, from the end."""


@dataclass(frozen=True)
class Known:
    """What else is known of the first look's items, by their names in `looks[0]`; the model does not read it, but what may be said
    hangs on it. `families` are their color families; `wished` those the person named, each as they did; `easy` comfortable ones, where comfort was
    asked for."""

    families: Mapping[str, str] = field(default_factory=dict)
    wished: Mapping[str, str] = field(default_factory=dict)
    easy: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReplyFacts:
    """`act` of ACTS; `looks` item names per outfit, most telling first, of the first three; `count` how many outfits are shown (None: as
    many as `looks`); `ask` the question (of ASKS) to end on.

    `focus` is the garment the reply turns on: the one on the photo, or the one that a swap brought in. All texts are in `language` and, in English, items carry their article ("the navy wool blazer").
    """

    act: str
    language: str = "en"
    event: str | None = None
    season: str | None = None
    looks: tuple[tuple[str, ...], ...] = ()
    avoid: tuple[str, ...] = ()
    total: str | None = None
    budget: str | None = None
    slot: str | None = None
    focus: str | None = None
    relax: str | None = None
    ask: str | None = None
    count: int | None = None
    known: Known | None = None

    def to_json(self) -> str:
        """Compact JSON with the set fields only, as the model reads it."""
        data: dict[str, object] = {"act": self.act, "lang": self.language}
        for name in ("event", "season", "total", "budget", "slot", "focus", "relax", "ask"):
            if getattr(self, name) is not None:
                data[name] = getattr(self, name)
        if self.avoid:
            data["avoid"] = list(self.avoid)
        if self.looks:
            data["looks"] = [list(look) for look in self.looks]
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _shown(name: str, value: str, outfits: Sequence[Outfit]) -> bool:
    """Whether any item shown has the value: what is avoided of one garment may be worn in another, and is then not said to be left out."""
    values = v.shades(value) if name == "color" else (value,)
    return any(set(item.values(name)) & set(values) for outfit in outfits for item in outfit.items)


_EVENTS = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "everyday": r"\bevery ?day\b|일상|데일리|평소", "office": r"\boffice\b|\bwork(?:wear|ing day)?\b(?!\s?(?:out|do|conference|trip|party|event|drinks))|사무실|출근|회사",
        "interview": r"\binterview|면접", "date": r"\bdate(?:s| night)?\b(?!\s(?:of|is|for the))|\bdating\b|데이트|소개팅", "party": r"\bpart(?:y|ies)\b|파티",
        "wedding-guest": r"\bwedding|결혼식|하객", "travel": r"\btravel|\btrip\b|\bholiday\b|\bvacation\b|여행", "outdoor": r"\boutdoors?\b|\bhik(?:e|es|ing)\b|\bcamping\b|등산|캠핑|야외",
        "sport": r"\bgym\b|\bworkouts?\b|\bwork(?:ing)? out\b|\btraining\b|\byoga\b|\brunning\b|운동|헬스|요가", "beach": r"\bbeach|바다|바닷가|해변|해수욕", "school": r"\bschool\b|\buni\b|\buniversity\b|\bcollege\b|\bclass(?:es)?\b|학교|등교|개강|수업",
        "funeral": r"\bfuneral\b|장례", "festival": r"\bfestival|페스티벌|락페|축제", "dinner": r"\bdinner\b|저녁 식사|저녁 약속|디너", "concert": r"\bconcert|\bgig\b|콘서트|공연",
    }.items()
}
"""Occasion -> the words that name it as a reply would: an occasion read out of other words is not told back under its name."""
_EASY = frozenset({"sneakers", "flats", "loafers", "sandals", "joggers", "leggings", "t-shirt", "sweatshirt", "hoodie", "sweater", "cardigan"})
_TOLD = ("type", "color", "pattern", "material")
"""Fields of which a refusal reads well alone: "no boots or wool"."""
_TELLING = ("bottom", "top", "outer", "shoes", "bag", "accessory")


def _telling(items: Sequence[Item], most: int) -> list[Item]:
    return sorted(items, key=lambda item: _TELLING.index(item.slot))[:most]


def look_names(items: Sequence[Item], language: str, most: int = 4) -> tuple[str, ...]:
    """The items of an outfit in words, the most telling slots first."""
    return tuple(item_name(item, language, definite=True) for item in _telling(items, most))


def _known(state: DialogState, items: Sequence[Item], words: frozenset[str] | None) -> Known:
    named = {item_name(item, state.language, definite=True): item for item in _telling(items, 4)}
    return Known(
        families={name: v.FAMILY_OF_COLOR[item.color] for name, item in named.items() if item.color},
        wished={name: item_name(item.model_copy(update={"material": None}), state.language, definite=True) for name, item in named.items() if _asked_for(state, item, words)},
        easy=tuple(name for name, item in named.items() if item.type in _EASY) if "comfier" in state.prefer else (),
    )


def _asked_for(state: DialogState, item: Item, words: frozenset[str] | None) -> bool:
    """Whether the person named this garment, and its color and pattern too, in their own `words` where these are known: less would claim too much."""
    if words is not None and not {item.type, item.color, *([item.pattern] if item.pattern != "solid" else [])} <= {*words, None}:
        return False
    own = state.slot(item.slot).want
    shades = {shade for color in (*own.color, *state.want.color) for shade in v.shades(color)}
    plain = item.pattern in (None, "solid") or item.pattern in (*own.pattern, *state.want.pattern)
    return item.type in state.want.type and item.color in shades and plain


def _avoided_name(field: str, value: str, language: str) -> str:
    """A thing that is left out, in words that stand alone: "stripes", "dresses"."""
    return value_name(f"no_{field}", value, language) if field in ("pattern", "type") and language == "en" else value_name(field, value, language)


def price_text(amount: float, currency: str) -> str:
    """`184.0, "USD"` -> "$184"; won and other currencies after the figure."""
    figure = f"{amount:,.2f}".removesuffix(".00")
    sign = {"USD": "$", "GBP": "£", "EUR": "€"}.get(currency)
    if currency == "KRW":
        return f"{round(amount):,}원"
    return f"{sign}{figure}" if sign else f"{figure} {currency}"


def _comparable(state: DialogState, outfits: Sequence[Outfit]) -> bool:
    """Whether prices and budget are in one currency: "$114 within £90" says nothing to who does not know the rate."""
    return not outfits or outfits[0].currency.upper() == state.budget.currency.upper()


def facts_of(
    state: DialogState, outfits: Sequence[Outfit], act: str, ask: str | None = None, slot: str | None = None, relax: str | None = None,
    said: str | None = None,
) -> ReplyFacts:  # fmt: skip
    """The facts of a turn from the state and the outfits shown; `slot` is the one that a swap changed.

    `said` is what the person said so far: an occasion or season that they named otherwise than the vocabulary does ("drinks with clients", read as
    a party) is not told back to them under its name, nor a refusal of what they never named. None where that is not known.
    """
    language = state.language
    named = None if said is None else lexicon.named(said[-LONGEST_SAID:])
    occasion = next((value for value in state.want.occasion if said is None or _EVENTS[value].search(said[-LONGEST_SAID:])), None)
    season = next((value for value in state.want.season if named is None or value in named), None)
    pairs = [(f, x) for f, x in state.avoid.pairs() if f in _TOLD]
    avoided = [_avoided_name(f, x, language) for f, x in pairs if (named is None or x in named) and not _shown(f, x, outfits)]
    looks = []
    for number, outfit in enumerate(outfits[:3]):
        looks.append(look_names(outfit.items, language, 4 if number == 0 else 2))
    total = outfits[0].total_price if outfits else None
    focus = state.anchor
    if slot and outfits:
        focus = next((item for item in outfits[0].items if item.slot == slot), focus)
    return ReplyFacts(
        act=act,
        language=language,
        event=value_name("occasion", occasion, language) if occasion else None,
        season=value_name("season", season, language) if season else None,
        looks=tuple(looks),
        avoid=tuple(dict.fromkeys(avoided))[:3],
        total=price_text(total, outfits[0].currency) if total is not None else None,
        budget=price_text(state.budget.total, state.budget.currency) if state.budget.total is not None and _comparable(state, outfits) else None,
        slot=value_name("slot", slot, language) if slot else None,
        focus=item_name(focus, language, definite=True) if focus else None,
        relax=relax,
        ask=ask,
        count=len(outfits),
        known=_known(state, outfits[0].items, named) if outfits else None,
    )
