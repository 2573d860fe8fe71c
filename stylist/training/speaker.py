"""One simulated person filling templates: noun phrases, attributes, amounts, slots, each with the wish it means."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from stylist import vocabulary as v
from stylist.training.phrases import PLACEHOLDER, Bank, Scene, article, josa

_ATTRIBUTES = {"color": 46, "pattern": 20, "material": 19, "fit": 7, "length": 8, "sleeve": 6, "style": 4, "formality": 4}
_NO_FIT = frozenset({"shoes", "bag", "accessory"})
_SLEEVED = frozenset({"outer", "top"})
_IMPLIED = {  # a noun that already says the material
    "jeans": ("denim",), "denim-jacket": ("denim", "leather"), "leather-jacket": ("leather", "denim", "suede"),
    "jacket": ("leather", "denim"), "sweater": ("knit",), "puffer": ("down",), "trousers": ("denim",),
}  # fmt: skip
TWO_COLORS = 0.07  # share of colors that are two: "black and white"
_OPTIONAL = {"outer": 30.0, "bag": 30.0, "accessory": 30.0, "top": 3.0, "bottom": 1.0, "shoes": 3.0}
_ORDINALS = {
    "en": {"1": ("first", "1st", "top"), "2": ("second", "2nd", "middle"), "3": ("third", "3rd"), "4": ("fourth", "4th"),
           "5": ("fifth", "5th"), "last": ("last", "bottom", "final")},
    "ko": {"1": ("첫 번째", "첫번째", "1번째", "맨 처음"), "2": ("두 번째", "두번째", "2번째"), "3": ("세 번째", "세번째", "3번째"),
           "4": ("네 번째", "네번째"), "5": ("다섯 번째",), "last": ("마지막", "맨 끝")},
}  # fmt: skip
_WORDS = {50: "fifty", 60: "sixty", 80: "eighty", 100: "a hundred", 120: "a hundred and twenty", 150: "one fifty",
          200: "two hundred", 250: "two fifty", 300: "three hundred", 400: "four hundred", 500: "five hundred",
          1000: "a grand"}  # fmt: skip


_DETERMINER = re.compile(r"^(?:an?|the|my|our|some|this) (?=\S+ ?\S)", re.IGNORECASE)


def shorn(text: str, rng: random.Random) -> str:
    """The event with or without its article: "a beach wedding", "beach wedding"."""
    return _DETERMINER.sub("", text) if rng.random() < 0.6 else text


@dataclass
class Bound:
    """What the placeholders of one filled template mean."""

    phrases: list[NounPhrase] = field(default_factory=list)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    avoided: list[tuple[str, str]] = field(default_factory=list)
    slots: list[tuple[str, str]] = field(default_factory=list)  # (placeholder, slot)
    money: str | None = None
    event: Scene | None = None
    pick: str | None = None


@dataclass(frozen=True)
class NounPhrase:
    """A garment in words: its type (None where only the slot is named), slot and attributes."""

    singular: str
    plural: str
    with_article: str
    type: str | None
    slot: str
    attributes: tuple[tuple[str, str], ...]


class Speaker:
    """Fills templates of one bank with one random generator. No color, type or slot is named twice in one message."""

    def __init__(self, bank: Bank, rng: random.Random):
        self.bank, self.rng, self.english = bank, rng, bank.language == "en"
        self.begin()

    def begin(self) -> None:
        """Forgets what this message has named so far."""
        self._used: set[tuple[str, str]] = set()
        self._used_slots: set[str] = set()

    def _fresh(self, field_name: str, values: tuple[str, ...]) -> str:
        free = [x for x in values if (field_name, x) not in self._used]
        if field_name == "color":
            free = [x for x in free if ("family", v.FAMILY_OF_COLOR[x]) not in self._used] or free
        value = self.rng.choice(free or list(values))
        self._used.add((field_name, value))
        if field_name == "color":
            self._used.add(("family", v.FAMILY_OF_COLOR[value]))
        return value

    def noun_phrase(self, slot: str | None = None, bare: bool = False, most: int = 3) -> NounPhrase:
        """A random garment phrase; `bare` without attributes, else up to `most` of them."""
        rng = self.rng
        if slot is None:
            free = [s for s in v.SLOTS if s not in self._used_slots]
            weights = {"outer": 20, "top": 22, "bottom": 34, "shoes": 22, "bag": 7, "accessory": 9}
            slot = rng.choices(free or v.SLOTS, weights=[weights[s] for s in (free or v.SLOTS)])[0]
        self._used_slots.add(slot)
        type_: str | None = None
        form = None
        if rng.random() < 0.06:
            form = self.bank.form(rng, "slot", slot, ("noun", "pair", "mass"))
        if form is None:
            type_ = self._fresh("type", v.TYPES_BY_SLOT[slot])
            form = self.bank.form(rng, "type", type_, ("noun", "pair"))
            assert form is not None
        attributes = [] if bare else self._attributes(slot, type_, most)
        before: list[tuple[int, str]] = []
        after: list[str] = []
        said: list[tuple[str, str]] = []
        for name, value in attributes:
            kinds = ("with",) if self.english and rng.random() < 0.25 else ("adj",)
            words = self.bank.form(rng, name, value, kinds) or self.bank.form(rng, name, value, ("adj", "with"))
            if words is None or words.text.lower() in form.text.lower():
                continue
            if f"{words.text} {form.text}".lower() in self.bank.type_words:
                continue  # the two words together name another garment ("down jacket")
            said.append((name, value))
            if words.kind == "with":
                after.append(words.text)
            else:
                order = {"material": 3, "color": 2, "pattern": 1 + rng.randrange(3)}.get(name, 0)
                text = words.text
                if name == "color" and rng.random() < TWO_COLORS:
                    text, second = self._and_another_color(text)
                    said.append(second)
                before.append((order, text))
        front = " ".join(text for _, text in sorted(before, key=lambda pair: pair[0]))
        tail = " ".join(after[:1]) if len(after) < 2 else " and ".join(after[:2])
        singular = " ".join(x for x in (front, form.text, tail) if x)
        plural = " ".join(x for x in (front, form.plural, tail) if x)
        if not self.english:
            with_article = singular
        elif form.kind in ("pair", "mass"):
            with_article = f"a pair of {plural}" if form.kind == "pair" and rng.random() < 0.25 else plural
            singular = plural
        else:
            with_article = f"{article(singular)} {singular}"
        return NounPhrase(singular, plural, with_article, type_, slot, tuple(said))

    def _attributes(self, slot: str, type_: str | None, most: int) -> list[tuple[str, str]]:
        count = min(most, self.rng.choices((0, 1, 2, 3), weights=(36, 40, 18, 6))[0])
        names = dict(_ATTRIBUTES)
        if slot in _NO_FIT:
            for name in ("fit", "sleeve", "length"):
                del names[name]
        elif slot not in _SLEEVED and type_ not in v.COVERS_TOP:
            del names["sleeve"]
        if slot in ("top", "accessory", "bag", "shoes"):
            names.pop("length", None)
        chosen: list[tuple[str, str]] = []
        for _ in range(count):
            name = self.rng.choices(list(names), weights=list(names.values()))[0]
            del names[name]
            value = self._fresh(name, v.VALUES[name])
            if name == "material" and value in _IMPLIED.get(type_ or "", ()):
                continue
            chosen.append((name, value))
        return chosen

    def attribute(self, name: str, kinds: tuple[str, ...], value: str | None = None) -> tuple[str, str, str]:
        """(field, value, words) of a random or given value, as one of the kinds of form."""
        for _ in range(20):
            chosen = value or self._fresh(name, v.VALUES[name])
            form = self.bank.form(self.rng, name, chosen, kinds[:1]) or self.bank.form(self.rng, name, chosen, kinds)
            if form:
                return name, chosen, form.plural if form.kind in ("noun", "pair") else form.text
        raise LookupError(f"no form of {name} as {kinds}")

    def _and_another_color(self, words: str) -> tuple[str, tuple[str, str]]:
        """Two colors of one thing: "black and white"; the words of both, and the second."""
        _, value, other = self.attribute("color", ("adj", "mass"))
        joiner = self.rng.choice((" and ", " and ", " & ", "/", " or ", ", ") if self.english else ("이랑/랑 ", "하고 ", ", ", "/"))
        return (words + joiner if self.english else josa(words + joiner)) + other, ("color", value)

    def avoidable(self) -> tuple[str, str, str]:
        """(field, value, words) of something one may not want."""
        name = self.rng.choices(("type", "color", "pattern", "material"), weights=(30, 35, 20, 15))[0]
        return self.attribute(name, ("noun", "pair") if name == "type" else ("mass", "adj"))

    def money(self) -> tuple[str, str]:
        """An amount as typed and as the tracker writes it: ("£80", "80 GBP"); no currency said, none written."""
        rng = self.rng
        if not self.english:
            if rng.random() < 0.85:
                man = rng.choice((*range(1, 31), 35, 40, 45, 50, 60, 70, 80, 100))
                text = rng.choice((f"{man}만원", f"{man}만 원", f"{man}만원", f"{man}만"))
                return text, f"{man * 10000} KRW"
            won = rng.randrange(10, 500) * 1000
            return rng.choice((f"{won:,}원", f"{won}원")), f"{won} KRW"
        if rng.random() < 0.06:
            figure = rng.choice(sorted(_WORDS))
            unit, code = rng.choice((("", ""), (" dollars", " USD"), (" pounds", " GBP"), (" bucks", " USD"), (" euros", " EUR")))
            return _WORDS[figure] + unit, f"{figure}{code}"
        figure = rng.choice((rng.randrange(8, 100), rng.randrange(2, 60) * 5, rng.randrange(4, 60) * 10, rng.randrange(1, 15) * 100,
                             rng.randrange(10, 1500)))  # fmt: skip
        text = str(figure) if figure < 1000 or rng.random() < 0.5 else f"{figure:,}"
        if rng.random() < 0.04:
            text = f"{figure}.{rng.choice(('00', '50', '99'))}"
            value = text.rstrip("0").rstrip(".")
        else:
            value = str(figure)
        style = rng.random()
        if style < 0.25:
            return text, value
        sign, word, code = rng.choices(
            (("$", rng.choice(("dollars", "bucks", "usd", "dollar")), "USD"), ("£", rng.choice(("pounds", "quid", "gbp")), "GBP"),
             ("€", rng.choice(("euros", "eur", "euro")), "EUR")), weights=(60, 25, 15))[0]  # fmt: skip
        shown = sign + text if style < 0.65 else (f"{text} {word}" if rng.random() < 0.8 else f"{text}{sign}")
        return shown, f"{value} {code}"

    def two_limits(self) -> tuple[str, list[tuple[NounPhrase, str]]]:
        """Limits of two garments in one breath, "40 on the top and 50 on the trousers", and what they are."""
        shapes = ("{} on {}", "{} for {}", "no more than {} on {}", "{} tops for {}", "{1} {0}", "{1} max {0}", "{1} under {0}", "{1} up to {0}", "{1}: {0}")
        korean = ("{1} {0}", "{1}은/는 {0} 이하", "{1} {0} 안쪽", "{1} 최대 {0}", "{1}에 {0}", "{1}은/는 {0}까지")
        shape, said, limits = self.rng.choice(shapes if self.english else korean), [], []
        for phrase in (self.noun_phrase(bare=True) for _ in range(2)):
            money, value = self.money()
            named = self.rng.choice((f"the {phrase.singular}", phrase.plural)) if self.english else phrase.singular
            said.append(shape.format(money, named))
            limits.append((phrase, value))
        text = self.rng.choice((", ", " and ", " & ") if self.english else (", ", " ")).join(said)
        return (text if self.english else josa(text)), limits

    def slot_words(self, slot: str, definite: bool) -> str:
        """A slot as people name it: "outerwear", or "the jacket" where definite."""
        form = self.bank.form(self.rng, "slot", slot, ("noun", "pair", "mass"))
        assert form is not None
        if not self.english:
            return form.text
        return f"the {form.text if form.kind == 'noun' else form.plural}" if definite else form.plural

    def fill(self, template: str, plain: bool = False, same_slot: bool = False, optional: bool = False) -> tuple[str, Bound]:
        """The template with every placeholder filled, and what was said.

        `plain` leaves garments without attributes; `same_slot` makes alternatives of the first two, or a garment and
        the one ({old}) that it replaces;
        `optional` prefers slots that an outfit can do without.
        """
        bound = Bound()
        shared = self.rng.choices(v.SLOTS, weights=(18, 20, 36, 20, 3, 3))[0] if same_slot else None
        last: dict[str, NounPhrase] = {}

        def put(name: str) -> str:
            base = name.rstrip("2") if name.startswith(("np", "a_np", "nps")) else name
            if base in ("np", "a_np", "nps"):
                key = "2" if name.endswith("2") else "1"
                if key not in last:
                    last[key] = self.noun_phrase(shared, bare=plain)
                    bound.phrases.append(last[key])
                phrase = last[key]
                return {"np": phrase.singular, "a_np": phrase.with_article, "nps": phrase.plural}[base]
            if name in ("type", "types", "a_type"):
                phrase = self.noun_phrase(bare=True)
                bound.phrases.append(phrase)
                return {"type": phrase.singular, "types": phrase.plural, "a_type": phrase.with_article}[name]
            if name in ("old", "olds", "a_old"):
                phrase = self.noun_phrase(shared, bare=True)
                return {"old": phrase.singular, "olds": phrase.plural, "a_old": phrase.with_article}[name]
            if name in v.VALUES:
                kinds = ("mass", "adj") if name in ("color", "pattern", "material", "season") else ("adj", "mass")
                if not self.english and self.rng.random() < 0.5:
                    kinds = ("mass", "adj")
                field_name, value, words = self.attribute(name, kinds)
                bound.attributes.append((field_name, value))
                if name == "color" and self.rng.random() < TWO_COLORS:
                    words, second = self._and_another_color(words)
                    bound.attributes.append(second)
                return words
            if name == "adj":
                chosen = self.rng.choices(list(_ATTRIBUTES), weights=list(_ATTRIBUTES.values()))[0]
                field_name, value, words = self.attribute(chosen, ("adj",))
                bound.attributes.append((field_name, value))
                return words
            if name in ("no1", "no2", "no3"):
                field_name, value, words = self.avoidable()
                bound.avoided.append((field_name, value))
                return words
            if name == "money":
                words, bound.money = self.money()
                return words
            if name == "event":
                bound.event = self.rng.choice([e for e in self.bank.events if e.kind == "np"])
                return bound.event.text
            if name in ("slot", "the_slot", "keep_slot", "swap_slot"):
                free = [s for s in v.SLOTS if s not in self._used_slots] or list(v.SLOTS)
                weights = [_OPTIONAL[s] if optional else 1.0 for s in free]
                slot = self.rng.choices(free, weights=weights)[0]
                self._used_slots.add(slot)
                bound.slots.append((name, slot))
                return self.slot_words(slot, name != "slot")
            if name in ("ordinal", "n"):
                bound.pick = self.rng.choices(("1", "2", "3", "4", "5", "last"), weights=(30, 30, 25, 5, 4, 6))[0]
                if name == "n":
                    bound.pick = bound.pick if bound.pick != "last" else "3"
                    return bound.pick
                return self.rng.choice(_ORDINALS[self.bank.language][bound.pick])
            raise LookupError(f"unknown placeholder {{{name}}}")

        text = PLACEHOLDER.sub(lambda match: put(match[1]), template)
        return (text if self.english else josa(text)), bound
