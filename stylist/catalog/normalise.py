"""Shop words to vocabulary values: "maroon" is burgundy, "tees" are t-shirts, "A/W" is autumn and winter.

The words stand in `data/words.tsv`. What is not sure stays None: nothing is guessed. Knows nothing of tables or files of items.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from stylist import vocabulary as v
from stylist.errors import StylistError
from stylist.names import value_name

DATA = Path(__file__).parent / "data"

NOT_WORN = "-"
"""The type of what is no garment of the vocabulary: socks, watches, furniture."""

_TOKEN = re.compile(r"\d+/\d+|[^\W_]+|[,;:()\[\]|>»•+/]| [-–—] ")
_DETAIL = frozenset({"with", "featuring", "by", "from", "plus"})
_BREAKS = _DETAIL | {"in"}
_IRREGULAR = {"scarves": "scarf", "mens": "men", "womens": "women", "ladies": "lady", "gents": "gent", "this": "this", "shorts": "shorts"}
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True)
class Match:
    """A phrase found in a text: the value it stands for and the tokens it covers."""

    field: str
    value: str
    start: int
    end: int


def tokens(text: str) -> list[str]:
    """Words in lower case without accents and plural endings, and the punctuation that parts a title."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode() if not _has_hangul(text) else text.lower()
    plain = plain.replace("'", "").replace("&", " and ").replace(" w/ ", " with ")
    return [stem(t.strip()) for t in _TOKEN.findall(plain)]


def _has_hangul(text: str) -> bool:
    return any("가" <= c <= "힣" for c in text)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """One spelling for a word's singular and plural ("dresses" -> "dress", "hoodies" -> "hoody"); not always a real word."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-2] + "y" if len(word) > 4 and word.endswith("ie") else word


class Lexicon:
    """Phrases and what they stand for."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        """`rows` of field, value and phrase."""
        self._phrases: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._longest: dict[str, int] = {}  # first word of a phrase -> tokens of the longest phrase that begins so
        for field, value, phrase in rows:
            key = tuple(tokens(phrase))
            self._longest[key[0]] = max(self._longest.get(key[0], 1), len(key))
            meanings = self._phrases.setdefault(key, [])
            if (field, value) not in meanings:
                meanings.append((field, value))

    def find(self, words: list[str]) -> list[Match]:
        """The phrases of a tokenized text, from the left, the longest at each place; a phrase may have several meanings."""
        matches: list[Match] = []
        place = 0
        while place < len(words):
            for length in range(min(self._longest.get(words[place], 0), len(words) - place), 0, -1):
                meanings = self._phrases.get(tuple(words[place : place + length]))
                if meanings:
                    kinds = {field for field, _ in meanings}
                    if length > 1 and "type" in kinds and "ignore" not in kinds:
                        matches += self._modifiers(words[place : place + length - 1], place)
                    matches += [Match(field, value, place, place + length) for field, value in meanings]
                    place += length
                    break
            else:
                place += 1
        return matches

    def _modifiers(self, words: list[str], place: int) -> list[Match]:
        """What the words before the noun of a type's phrase say by themselves: "denim shorts" are of denim."""
        return [
            Match(m.field, m.value, m.start + place, m.end + place)
            for m in self.find(words)
            if m.field not in ("type", "slot", "ignore", "gender") and not (m.field == "color" and canonical("color", words[m.start]) is None)
        ]


def read_words(path: Path) -> list[tuple[str, str, str]]:
    """Rows of field, value and phrase from a file of `field<TAB>value<TAB>phrase, phrase`; StylistError names a bad line."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise StylistError(f"{path}: line {number}: expected field, value and phrases, parted by tabs")
        rows += [(columns[0], columns[1], phrase.strip()) for phrase in columns[2].split(",")]
    return rows


@cache
def lexicon() -> Lexicon:
    """The English shop words and the vocabulary's own values."""
    own = [(field, value, value.replace("-", " ")) for field, values in v.VALUES.items() for value in values]
    # The vocabulary's jumper is a blouson, a shop's a sweater; "short" and "long" alone speak of sleeves only in their column.
    own = [row for row in own if row[:2] not in {("type", "jumper"), ("sleeve", "short"), ("sleeve", "long")}]
    return Lexicon(own + read_words(DATA / "words.tsv"))


def canonical(field: str, text: str) -> str | None:
    """The vocabulary value that `text` spells out, whatever its case, spaces or underscores."""
    word = "-".join(re.split(r"[\s_-]+", text.strip().lower()))
    return word if word in v.VALUES.get(field, ()) else None


@lru_cache(maxsize=65536)
def value(field: str, text: str) -> str | None:
    """The one value that a cell of a table names; None where it names none, or several that compete.

    For a type, `-` says that the thing is worn but no type of the vocabulary, or not worn at all, and a slot's name that
    only the slot is known. Of several colors the first counts, of a composition the largest share.
    """
    exact = canonical(field, text)
    if exact:
        return exact
    if field == "type":
        return _deepest_type(text)
    if field == "material" and "%" in text:
        return _largest_share(text)
    found = [m.value for m in lexicon().find(tokens(text)) if m.field == field]
    if not found:
        return None
    return found[0] if field == "color" or len(set(found)) == 1 else None


@lru_cache(maxsize=65536)
def values(field: str, text: str) -> tuple[str, ...]:
    """Every value that a cell names, for fields that take several."""
    exact = canonical(field, text)
    if exact:
        return (exact,)
    return tuple(dict.fromkeys(m.value for m in lexicon().find(tokens(text)) if m.field == field))


def _deepest_type(text: str) -> str | None:
    """Of a path such as "Women > Clothing > Dresses", the type nearest its end."""
    for part in reversed(re.split(r"\s*[>|/»]\s*", text)):
        found = head_type(part)
        if found is not None:
            return found
    return None


def _largest_share(text: str) -> str | None:
    """"80% cotton, 20% polyester" -> cotton."""
    best: tuple[float, str] | None = None
    parts = _PERCENT.split(text)
    for share, words in zip(parts[1::2], parts[2::2], strict=True):
        found = [m.value for m in lexicon().find(tokens(words)) if m.field == "material"]
        if found and (best is None or float(share.replace(",", ".")) > best[0]):
            best = float(share.replace(",", ".")), found[0]
    return best[1] if best else None


def _segments(words: list[str]) -> list[tuple[int, int]]:
    """Start and end of the stretches of a title between commas, brackets, "with" and the like."""
    edges = [-1, *(n for n, w in enumerate(words) if w in _BREAKS or not w[0].isalnum()), len(words)]
    return [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]


def _head(words: list[str], matches: list[Match]) -> Match | None:
    """The phrase that says what the thing is: the last noun of a title's first stretch that holds one."""
    for start, end in _segments(words):
        nouns = [m for m in matches if m.field in ("type", "slot") and start <= m.start < end]
        if nouns:
            return nouns[-1]
    return None


def head_type(text: str) -> str | None:
    """The type a title names ("navy coat with a belt" is a coat); `-` and slots as in `value`."""
    words = tokens(text)
    head = _head(words, lexicon().find(words))
    return head.value if head else None


_BEFORE = ("pattern", "length", "fit", "sleeve", "formality", "style")
_TRIM = frozenset(["trim", "trimmed", "trimming", "lining", "lined", "sole", "soled", "button", "buckle", "strap", "detail", "detailing", "accent", "stitching", "logo", "collar", "cuff", "effect", "look"])


def title_values(title: str) -> dict[str, str]:
    """The attributes a title is sure of, by field; the type as in `head_type`.

    Colors and materials count before the noun ("navy wool coat") or as a stretch of their own after it ("coat, navy",
    "coat in navy"); what follows "with" belongs to a detail. Of several colors the one nearest the noun is taken.
    """
    words = tokens(title)
    matches = lexicon().find(words)
    head = _head(words, matches)
    found: dict[str, str] = {}
    if head is not None:
        found["type"] = head.value
    end = head.end if head else len(words)
    stretch = next(((a, b) for a, b in _segments(words) if head and a <= head.start < b), (0, len(words)))
    near = [m for m in matches if stretch[0] <= m.start < stretch[1] and m.end <= end and m is not head and not _is_trim(words, m)]
    colors = [m for m in near if m.field == "color"]
    if not colors and head is not None:
        near += _standing_alone(words, matches, end)
        colors = [m for m in near if m.field == "color"]
    if colors:
        found["color"] = _main_color(words, colors)
    materials = [m.value for m in near if m.field == "material"]
    if materials:
        found["material"] = materials[-1]
    for field in _BEFORE:
        choices = {m.value for m in matches if m.field == field and (m.start < stretch[1] or field in ("sleeve", "pattern"))}
        if len(choices) == 1:
            found[field] = choices.pop()
    genders = {m.value for m in matches if m.field == "gender" and m.value != "unisex" and len(words[m.start]) > 1}
    if genders:
        found["gender"] = genders.pop() if len(genders) == 1 else "unisex"
    return found


def _is_trim(words: list[str], match: Match) -> bool:
    return match.field in ("color", "material") and match.end < len(words) and words[match.end] in _TRIM


def _standing_alone(words: list[str], matches: list[Match], end: int) -> list[Match]:
    """Colors and materials that fill a stretch after the noun and belong to no detail: "coat, navy", "boots in black leather"."""
    result: list[Match] = []
    for a, b in _segments(words):
        inside = [m for m in matches if a <= m.start < b and m.field in ("color", "material", "pattern")]
        if a >= end and words[a - 1] not in _DETAIL and len({n for m in inside for n in range(m.start, m.end)}) == b - a:
            result += inside
    return result


def _main_color(words: list[str], colors: list[Match]) -> str:
    """The color nearest the noun; the first of a pair ("black and white", "navy/red")."""
    group = [colors[-1]]
    for earlier in reversed(colors[:-1]):
        between = words[earlier.end : group[0].start]
        if all(w in ("and", "/", "+", ",") for w in between):
            group.insert(0, earlier)
        else:
            break
    return group[0].value


def wishes(text: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The values a query names by field, wanted and unwanted ("no black", "without stripes"), English or Korean."""
    words = tokens(text)
    found: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for m in lexicon().find(words):
        if m.field in v.VALUES and m.value in v.VALUES[m.field] and not (m.field == "gender" and len(words[m.start]) == 1):
            unwanted = any(w in _NEGATIONS for w in words[max(0, m.start - 2) : m.start])
            found[unwanted].setdefault(m.field, []).append(m.value)
    if _has_hangul(text):
        for field, value_ in _korean(text):
            found[0].setdefault(field, []).append(value_)
    wanted, avoided = ({f: tuple(dict.fromkeys(x)) for f, x in side.items()} for side in found)
    return wanted, avoided


_NEGATIONS = frozenset({"no", "not", "without", "except", "never", "non", "isnt", "arent"})
_SEARCHED = ("type", "color", "pattern", "material", "season", "sleeve", "length", "fit", "style", "formality")


@cache
def _korean_names() -> list[tuple[str, str, str]]:
    """(name, field, value) of the Korean names, the longest first."""
    named = [(value_name(f, x, "ko"), f, x) for f in _SEARCHED for x in v.VALUES[f]]
    return sorted(((n, f, x) for n, f, x in named if len(n) > 1 and _has_hangul(n)), key=lambda row: -len(row[0]))


def _korean(text: str) -> list[tuple[str, str]]:
    found = []
    for name, field, value_ in _korean_names():
        if name in text:
            found.append((field, value_))
            text = text.replace(name, " ")
    return found


def described_color(description: str, type_: str) -> str | None:
    """The color that a description puts right before the garment's own noun ("this beige backpack"), if it does."""
    words = tokens(description)
    matches = lexicon().find(words)
    for head in (m for m in matches if m.field == "type" and m.value == type_):
        near = [m.value for m in matches if m.field == "color" and head.start - 4 <= m.start < head.start and m.end <= head.start]
        if len(set(near)) == 1 and all(w[0].isalnum() and w not in _BREAKS for w in words[head.start - 4 : head.start]):
            return near[0]
    return None
