"""Makes `stylist/mllm/data/lexicon.tsv`: words for garments, colors, occasions and the like -> the values that they may name.

    python -m stylist.training.lexicon

From the phrase bank's forms, the words shops use (`catalog/data/words.tsv`), and the words of the bank's events that nearly always stand
for one occasion. Forms that only validate are marked, so that the stylist can be measured without them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict

from stylist import vocabulary as v
from stylist.catalog.normalise import DATA
from stylist.mllm.lexicon import TABLE
from stylist.training import phrases

MOST_VALUES = 3
"""Values that a form is marked with at most, those first for which it is the commoner form."""
EVENTS = 4
"""Events that a word must stand in to be taken for the word of an occasion."""
SURE = 0.85
"""Share of those events that must be of the same occasion."""

OTHERWISE = frozenset(["all", "us", "he", "she", "down", "works", "york", "extra", "everyone", "performance", "writing", "pictures", "term", "skin", "waterproof"])
"""Forms that nearly always mean something else where they stand alone."""
OCCASIONS = {"en": {**{o: o for o in v.OCCASIONS}, "wedding": "wedding-guest", "work": "office", "job interview": "interview"},
             "ko": {"출근": "office", "회사": "office", "면접": "interview", "데이트": "date", "파티": "party", "결혼식": "wedding-guest", "여행": "travel", "운동": "sport",
                    "바닷가": "beach", "해변": "beach", "학교": "school", "장례식": "funeral", "축제": "festival", "콘서트": "concert", "소개팅": "date"}}  # fmt: skip
"""The plainest words of occasions, which the bank's events hold in longer phrases."""

SAYINGS = {"en": {"for my ears": "beanie", "my ears covered": "beanie", "cover my ears": "beanie", "ears warm": "beanie", "high shoes": "heels", "groomsman": "men",
                  "bag you wear across": "crossbody", "bags you wear across": "crossbody", "bag across my body": "crossbody", "bag to wear across": "crossbody", "vegan leather": "synthetic", "faux leather": "synthetic", "fake leather": "synthetic",
                  **{f"{color}s": color for color in ("black", "white", "grey", "brown", "red", "green", "blue", "pink", "yellow", "purple")}, "grays": "grey"},
           "ko": {"높은 신발": "heels", "높은 구두": "heels", "굽 높은 거": "heels", "굽 높은 신발": "heels", "귀 덮는 거": "beanie", "샌달": "sandals", "국방색": "olive", "군복색": "olive"}}  # fmt: skip
"""What names something without its word."""

_MEANINGS = frozenset(value for field in ("color", "pattern", "material") for value in v.VALUES[field])
_WORD = re.compile(r"[a-z][a-z'-]{3,}|[가-힣]{2,}")
_ASIDE = re.compile(r"[^\w\s'&/%.+-]")


def entries(language: str, part: str) -> dict[str, tuple[str, ...]]:
    """Form in lower case -> the values it may name, as the bank's `part` knows them."""
    bank = phrases.load(language, part)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for forms in bank.forms.values():
        for form in forms:
            for text in {form.text.lower(), form.plural.lower()}:
                found[text].setdefault(form.value, form.rank)
    made = {text: tuple(sorted(values, key=lambda value: values[value])[:MOST_VALUES]) for text, values in found.items()}
    if language == "en":
        for text, value in _shop_words():
            if not _says_more(text, value, made):
                made.setdefault(text, (value,))
                made.setdefault(_plural(text), (value,))
    for word, occasion in [*_words_of_occasions(bank), *OCCASIONS[language].items()]:
        if not {*made.get(word, ())} & {*v.TYPES, *v.SLOTS}:
            made[word] = tuple(dict.fromkeys((occasion, *made.get(word, ()))))[:MOST_VALUES]
    made = {**{text: (value,) for text, value in SAYINGS[language].items()}, **made}
    return {text: values for text, values in made.items() if text not in {"", *OTHERWISE} and not _ASIDE.search(text) and (len(text) > 1 or language == "ko")}


def _shop_words() -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in (DATA / "words.tsv").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(word.strip().lower(), value) for field, value, words in rows if field in v.FIELDS and value in v.VALUES[field] for word in words.split(",")]


def _says_more(text: str, value: str, known: dict[str, tuple[str, ...]]) -> bool:
    """True for a garment behind a word of its own meaning: "corduroy trousers" are trousers, and of corduroy."""
    words = text.split(" ")
    halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
    return any(known.get(garment) == (value,) and set(known.get(before, ())) & _MEANINGS for before, garment in halves)


def _plural(word: str) -> str:
    return word if word.endswith("s") else word + ("es" if word.endswith(("ch", "sh", "x")) else "s")


def _words_of_occasions(bank: phrases.Bank) -> list[tuple[str, str]]:
    """Words of events that nearly always stand for one occasion: "wedding", "interview"."""
    anywhere = {word for lines in bank.acts.values() for line in lines for word in _WORD.findall(line.lower())}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for event in bank.events:
        occasion = event.values.get("occasion", ("",))[0]
        for word in set(_WORD.findall(event.text.lower())) - anywhere:
            seen[word][occasion] += 1
    sure = ((word, *counts.most_common(1)[0], counts.total()) for word, counts in seen.items())
    return [(word, occasion) for word, occasion, most, total in sure if occasion and total >= EVENTS and most >= SURE * total]


def main() -> int:
    """Writes the table."""
    lines = ["# language\tform\tvalues\tpart; made by python -m stylist.training.lexicon\n"]
    for language in phrases.LANGUAGES:
        known = entries(language, "train")
        for form, values in sorted(entries(language, "all").items()):
            part = "train" if form in known else "valid"
            lines.append(f"{language}\t{form}\t{','.join(known.get(form, values))}\t{part}\n")
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("".join(lines), encoding="utf-8")
    print(f"{TABLE.name}: {len(lines) - 1} forms", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
