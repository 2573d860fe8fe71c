"""The phrase bank: what people and stylists say, as lines written by hand. Reads, splits and fills them; makes no dialogs.

Files lie in `phrases/LANGUAGE/`; a line of `acts.tsv` or `replies.tsv` is an act and a template with {placeholders}, a
line of `forms.tsv` a surface form of a vocabulary value. A fifth of the templates, events and less common forms
belongs to the `valid` part, chosen by a hash of the line, and never trains anything.
"""

from __future__ import annotations

import functools
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stylist import vocabulary as v
from stylist.errors import StylistError
from stylist.state import WEATHER

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES = ("en", "ko")
ALWAYS_TRAINED = 4  # the commonest forms of a value, which no corpus may lack

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_JOSA = re.compile(r"(\S)(을/를|은/는|이/가|과/와|으로/로|이나/나|이랑/랑|아/야|이에요/예요|이요/요|이라/라)")


@dataclass(frozen=True)
class Form:
    """A way to say a value: `kind` is noun, pair, mass, adj or with (see `phrases/README.md`); `rank` counts from the commonest."""

    field: str
    value: str
    kind: str
    text: str
    plural: str
    rank: int


@dataclass(frozen=True)
class Scene:
    """A piece of text with the values it implies: an event, weather, or for whom."""

    values: Mapping[str, tuple[str, ...]]
    kind: str
    text: str


def held_out(line: str) -> bool:
    """True for the fifth of all lines that only validates."""
    return zlib.crc32(line.encode()) % 5 == 0


def rows(path: Path, columns: int) -> list[list[str]]:
    """The cells of each line of a tab-separated file that is no comment; StylistError names a line with too few."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if len(cells) < columns:
            raise StylistError(f"{path}: line {number}: expected {columns} tab-separated columns, found {len(cells)}")
        found.append(cells)
    return found


def _values(text: str) -> dict[str, tuple[str, ...]]:
    return {k: tuple(vs.split("|")) for k, _, vs in (part.partition("=") for part in text.split(";") if part)}


@dataclass(frozen=True)
class Bank:
    """The lines of one language and one part (train, valid or all)."""

    language: str
    forms: Mapping[tuple[str, str], tuple[Form, ...]]
    by_field: Mapping[tuple[str, str], Mapping[str, tuple[Form, ...]]]
    acts: Mapping[str, tuple[str, ...]]
    replies: Mapping[str, tuple[str, ...]]
    events: tuple[Scene, ...]
    weather: tuple[Scene, ...]
    gender: tuple[Scene, ...]
    type_words: frozenset[str]

    def form(self, rng: random.Random, field: str, value: str | None, kinds: Sequence[str]) -> Form | None:
        """A random form of the value (of any value where None) with one of the kinds, commoner ones more often."""
        if value is None:
            choices = self.by_field.get((field, kinds[0]))
            if not choices:
                return None
            value = rng.choice(sorted(choices))
        forms = [f for f in self.forms.get((field, value), ()) if f.kind in kinds]
        if not forms:
            return None
        return rng.choices(forms, weights=[(1 + f.rank) ** -0.4 for f in forms])[0]


def _part_of(part: str, line: str) -> bool:
    return part == "all" or held_out(line) == (part == "valid")


def _choose(part: str, lines: list[str]) -> tuple[str, ...]:
    chosen = tuple(line for line in lines if _part_of(part, line))
    return chosen or tuple(lines)


@functools.cache
def load(language: str, part: str = "train") -> Bank:
    """The bank of a language (en, ko); `part` is train, valid or all. StylistError names a malformed line."""
    folder = FOLDER / language
    if language not in LANGUAGES or part not in ("train", "valid", "all"):
        raise StylistError(f"no phrase bank {language}/{part}; expected {'/'.join(LANGUAGES)} and train, valid or all")
    by_value: dict[tuple[str, str], list[Form]] = defaultdict(list)
    ranks: dict[tuple[str, str, str], int] = defaultdict(int)
    known = {**v.VALUES, "slot": v.SLOTS, "weather": WEATHER}
    for number, (field, value, kind, text, *rest) in enumerate(rows(folder / "forms.tsv", 4), 1):
        if field not in known or value not in known[field]:
            raise StylistError(f"{folder / 'forms.tsv'}: entry {number}: {field} {value!r} is not in the vocabulary")
        group = (field, value, kind)
        form = Form(field, value, kind, text, rest[0] if rest and rest[0] else text, ranks[group])
        ranks[group] += 1
        by_value[field, value].append(form)
    forms: dict[tuple[str, str], tuple[Form, ...]] = {}
    for key, candidates in by_value.items():
        if part == "train":
            keep = [f for f in candidates if f.rank < ALWAYS_TRAINED or not held_out(f.text.lower())]
        elif part == "valid":
            keep = [f for f in candidates if f.rank >= ALWAYS_TRAINED and held_out(f.text.lower())]
            keep += [f for f in candidates if f.rank < 2 or f.kind not in {k.kind for k in keep}]
        else:
            keep = candidates
        forms[key] = tuple(keep)
    by_field: dict[tuple[str, str], dict[str, tuple[Form, ...]]] = defaultdict(dict)
    for (field, value), candidates_ in forms.items():
        for kind in {f.kind for f in candidates_}:
            by_field[field, kind][value] = tuple(f for f in candidates_ if f.kind == kind)

    def grouped(name: str) -> dict[str, tuple[str, ...]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for act, text, *_ in rows(folder / name, 2):
            groups[act].append(text)
        return {act: _choose(part, lines) for act, lines in groups.items()}

    def scenes(name: str, columns: int) -> tuple[Scene, ...]:
        made = [Scene(_values(r[0]), r[1] if columns == 3 else "sentence", r[-1]) for r in rows(folder / name, columns)]
        return tuple(s for s in made if _part_of(part, s.text))

    return Bank(language, forms, by_field, grouped("acts.tsv"), grouped("replies.tsv"),
                scenes("events.tsv", 3), scenes("weather.tsv", 2), scenes("gender.tsv", 2),
                frozenset(f.text.lower() for (field, _), fs in by_value.items() if field == "type" for f in fs))  # fmt: skip


def article(noun_phrase: str) -> str:
    """`a` or `an` before an English phrase, by its first letter with the common exceptions."""
    first = noun_phrase.strip().lower()
    if re.match(r"(uni|use|eu|one\b|ugg)", first):
        return "a"
    return "an" if re.match(r"([aeiou]|hour|honest|x-)", first) else "a"


def josa(text: str) -> str:
    """Picks each Korean particle pair (을/를, 은/는, ...) by the final consonant of the syllable before it."""

    def pick(match: re.Match[str]) -> str:
        before, pair = match[1], match[2]
        with_final, without = pair.split("/")
        code = ord(before) - 0xAC00
        if not 0 <= code < 11172:
            price = re.search(r"[$£€][\d,.]*$", text[: match.start() + 1])  # read dollar, pound, euro: all end in a vowel
            return before + (with_final if before in "013678" and not price else without)
        final = code % 28
        if pair == "으로/로" and final == 8:
            return before + without
        return before + (with_final if final else without)

    return _JOSA.sub(pick, text)
