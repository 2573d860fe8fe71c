"""Replies for the stylist adapter: facts of a turn over random garments, and the two to four sentences that speak of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.mllm.checker import miscounts
from stylist.mllm.facts import Known, ReplyFacts, look_names, price_text
from stylist.names import item_name, value_name
from stylist.training import phrases
from stylist.training.phrases import PLACEHOLDER, Bank, josa

_ACT_WEIGHTS = {
    "show": 52, "empty": 6, "swap": 6, "cheaper": 3, "warmer": 3, "dressier": 3, "casual": 2, "other": 4, "photo": 7, "greet": 3, "thanks": 3,
    "bye": 2, "offtopic": 4, "override": 3, "abuse": 2,
}  # fmt: skip
_DENIES = re.compile(r"\b(?:no|any|don't want|don't like|won't find|rather not have|none of the looks has|nothing here has|do without|any|avoid|trace of|put up with|hint of|without)\b[^.]*\{avoid\}", re.IGNORECASE)
_ECHOES = re.compile(r"\b(?:tone of \{item\} returns|picks? up|echo|matched|carries over|small palette|answer the color|lean on each other|agree)\b|같은 (?:색|톤)|비슷한 (?:색|톤)|톤이 맞")
_CONTRASTS = re.compile(r"\b(?:contrast|quiet|set off|against|brings? (?:out|each other out)|stands out|doesn't feel heavy|warms up|balance the)\b|대비")
_ALONE = {"greet", "thanks", "bye", "offtopic", "override", "abuse", "empty"}


@dataclass(frozen=True)
class ReplyExample:
    """Facts and the reply they lead to."""

    facts: ReplyFacts
    reply: str


def random_item(rng: random.Random, slot: str) -> Item:
    """An item of no catalogue, its attributes drawn freely."""
    type_ = rng.choice(v.TYPES_BY_SLOT[slot])
    return Item(
        id="x", slot=slot, type=type_, color=rng.choice(v.COLORS), pattern=rng.choice(v.PATTERNS) if rng.random() < 0.35 else "solid",
        material=rng.choice(v.MATERIALS) if rng.random() < 0.85 else None,
    )  # fmt: skip


def random_look(rng: random.Random) -> list[Item]:
    """A random outfit: top and bottom or a dress, shoes, and now and then the rest."""
    bottom = random_item(rng, "bottom")
    items = [bottom] if bottom.type in v.COVERS_TOP else [bottom, random_item(rng, "top")]
    items.append(random_item(rng, "shoes"))
    for slot, share in (("outer", 0.5), ("bag", 0.4), ("accessory", 0.3)):
        if rng.random() < share:
            items.append(random_item(rng, slot))
    return items


class ReplyWriter:
    """Writes reply examples of one language and part of the bank, from one random generator."""

    def __init__(self, language: str, part: str, rng: random.Random):
        self.bank: Bank = phrases.load(language, part)
        self.rng, self.language = rng, language

    def example(self) -> ReplyExample:
        rng, language = self.rng, self.language
        act = rng.choices(list(_ACT_WEIGHTS), weights=list(_ACT_WEIGHTS.values()))[0]
        shown = act not in _ALONE or (act in ("greet", "offtopic", "thanks") and rng.random() < 0.5)
        looks = [random_look(rng) for _ in range(rng.choice((1, 2, 3, 3, 3)))] if shown else []
        names = tuple(look_names(look, language, 4 if n == 0 else 2) for n, look in enumerate(looks))
        budget = rng.randrange(40, 900) if rng.random() < 0.4 else None
        currency = "KRW" if language == "ko" and rng.random() < 0.5 else rng.choice(("USD", "USD", "GBP", "EUR"))
        total = round(min(budget or 1e9, rng.randrange(30, 900)) - rng.choice((0, 0.01, 5.5)), 2) if looks else None
        scale = 1000 if currency == "KRW" else 1
        avoided = [rng.choice((("color", v.COLORS), ("pattern", v.PATTERNS), ("material", v.MATERIALS), ("type", v.TYPES)))
                   for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]  # fmt: skip
        facts = ReplyFacts(
            act=act, language=language,
            event=value_name("occasion", rng.choice(v.OCCASIONS), language) if rng.random() < 0.6 else None,
            season=value_name("season", rng.choice(v.SEASONS), language) if rng.random() < 0.35 else None,
            looks=names,
            avoid=tuple(dict.fromkeys(value_name(f, rng.choice(values), language) for f, values in avoided)),
            total=price_text(total * scale, currency) if total is not None else None,
            budget=price_text(float(budget * scale), currency) if budget else None,
            slot=value_name("slot", rng.choice(v.SLOTS), language) if act == "swap" else None,
            focus=self._focus(act, names),
            relax=self._relax() if act == "empty" else None,
            ask=self._question(act),
        )  # fmt: skip
        return ReplyExample(facts, self.reply(facts))

    def _focus(self, act: str, names: tuple[tuple[str, ...], ...]) -> str | None:
        if act == "photo":
            return item_name(random_item(self.rng, self.rng.choice(v.SLOTS)), self.language, definite=True)
        return self.rng.choice(names[0]) if act == "swap" else None

    def _question(self, act: str) -> str | None:
        if act in ("bye", "thanks", "empty", "override", "abuse") or self.rng.random() < 0.6:
            return None
        if act == "photo" and self.rng.random() < 0.4:
            return "photo"
        return self.rng.choice(("occasion", "occasion", "budget", "color", "season", "formality", "gender", "contradiction"))

    def _relax(self) -> str:
        rng = self.rng
        kind = rng.random()
        if kind < 0.4:
            return price_text(float(rng.randrange(20, 400)), "USD")
        name, values = rng.choice((("color", v.COLORS), ("type", v.TYPES), ("pattern", v.PATTERNS), ("material", v.MATERIALS)))
        return value_name(name, rng.choice(values), self.language)

    def reply(self, facts: ReplyFacts) -> str:
        """Two to four sentences that speak of these facts, put together from the bank."""
        rng = self.rng
        acts: list[str] = []
        if facts.act in ("greet", "thanks", "bye", "offtopic", "override", "abuse", "empty") or facts.act in ("swap", "cheaper", "warmer", "dressier", "casual", "other"):
            acts.append(f"r_{facts.act}")
        elif facts.act == "photo":
            acts.append("r_open_photo")
        else:
            acts.append("r_open_event" if facts.event else "r_open_plain")
        if facts.looks and facts.act != "empty":
            middle = ["r_lead"] if facts.act not in ("swap",) or rng.random() < 0.5 else []
            choices = ["r_item_color", "r_item_comfort"]
            choices += ["r_item_occasion"] * 2 if facts.event else []
            choices += ["r_item_season"] * 2 if facts.season else []
            if rng.random() < 0.75:
                middle.append(rng.choice(choices))
            if facts.avoid and rng.random() < 0.7:
                middle.append("r_avoid")
            elif facts.budget and rng.random() < 0.8:
                middle.append("r_budget")
            elif len(facts.looks) > 1 and rng.random() < 0.4:
                middle.append("r_alt")
            elif facts.total and rng.random() < 0.2:
                middle.append("r_total")
            acts += middle[: 2 if facts.act in ("greet", "thanks", "offtopic") else 3]
        if facts.ask:
            acts.append("r_contradiction" if facts.ask == "contradiction" else "r_photo_unsure" if facts.ask == "photo" else f"r_ask_{facts.ask}")
        elif facts.looks and len(acts) < 4 and rng.random() < 0.35:
            acts.append("r_close")
        sentences = [self._sentence(act, facts) for act in acts]
        return " ".join(s for s in sentences if s)

    def _sentence(self, act: str, facts: ReplyFacts) -> str:
        lines = self.bank.replies.get(act, ())
        for _ in range(8):
            if not lines:
                return ""
            text = self.fill(self.rng.choice(lines), act, facts)
            if text:
                return text
        return ""

    def fill(self, template: str, act: str, facts: ReplyFacts) -> str | None:
        """The template with the facts in its places, None where they lack one or hold another number of outfits."""
        first = list(facts.looks[0]) if facts.looks else []
        if act == "r_alt":
            first = [look[0] for look in facts.looks[1:]] if len(facts.looks) > 2 else []
        if act in ("r_open_photo", "r_swap") and facts.focus:
            first = [facts.focus, *(name for name in first if name != facts.focus)]
        if act in ("r_item_color", "r_item_occasion", "r_item_season", "r_item_comfort"):
            self.rng.shuffle(first)
        if facts.known is not None:
            first = _fitting(template, act, first, facts.known)
        values = {
            "event": facts.event, "season": facts.season, "total": facts.total, "budget": facts.budget, "slot": facts.slot, "reason": facts.relax,
            "avoid": _listed(facts.avoid, self.language, "or" if _DENIES.search(template) else "and"),
            "outfit": "the first look" if self.language == "en" else "첫 번째 코디",
        }  # fmt: skip
        if act == "r_item_wished" and facts.known is not None:
            first = [facts.known.wished[name] for name in first]
        for number, name in enumerate(("item", "item2", "item3")):
            values[name] = first[number] if len(first) > number else None
        if any(values.get(name) is None for name in PLACEHOLDER.findall(template)):
            return None
        text = PLACEHOLDER.sub(lambda match: str(values[match[1]]), template)
        text = josa(text) if self.language == "ko" else text
        return None if miscounts(text, facts) else text[:1].upper() + text[1:]


def _fitting(template: str, act: str, names: list[str], known: Known) -> list[str]:
    """Of the names those of which the sentence is true, in their order."""
    if act == "r_item_wished":
        return [name for name in names if name in known.wished]
    if act == "r_item_comfort":
        return [name for name in names if name in known.easy]
    if act == "r_item_color":
        colored = [name for name in names if name in known.families]
        alike = bool(_ECHOES.search(template))
        if not alike and not _CONTRASTS.search(template):
            return colored
        pairs = ((a, b) for a in colored for b in colored if a != b and (known.families[a] == known.families[b]) == alike)
        return list(next(pairs, ()))
    return names


def replies(seed: int, part: str = "train", korean: float = 0.3) -> Iterator[ReplyExample]:
    """An endless stream of reply examples; `korean` is the share of Korean ones."""
    rng = random.Random(seed)
    writers = {language: ReplyWriter(language, part, rng) for language in phrases.LANGUAGES}
    while True:
        yield writers["ko" if rng.random() < korean else "en"].example()


def _listed(words: Sequence[str], language: str, last: str) -> str | None:
    """`a, b or c`; None where there is nothing."""
    if language == "ko" or len(words) < 2:
        return ", ".join(words) or None
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
