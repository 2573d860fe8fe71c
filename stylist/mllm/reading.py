"""How the bundled model is given an exchange to read: the clauses of a message, the question it may answer, the prompt.

Training and tracking share these functions, so that the model meets at work what it learned from.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm.lexicon import annotate, named
from stylist.mllm.prompts import render, sanitize_control_tokens
from stylist.names import value_name

SHORTEST_CLAUSE = 2  # words; shorter ones stay with their neighbor
SHORT_LIST = 3  # words; after a negation so short a clause may be its list going on: "no pink, black or red"
MOST_CLAUSES = 16
LONGEST_SENTENCE = 240  # characters of the stylist's last sentence

_CLAUSE_END = re.compile(r"(?<=[.!?;,])\s+(?=\S)|\n+")
_ANSWER = re.compile(r"\S+[.!;]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_NEGATION = re.compile(r"\b(?:no|not|nor|without|nothing|never|hate|avoid|except|anything but)\b|n['’]?t\b|싫|말고|빼|안 ", re.IGNORECASE)
_EXCHANGES = re.compile(r"\b(?:swap|instead|replace|change|switch|trade|keep|rather|between|goes?|match(?:es)?)\b|대신|바꿔|바꾸|어울", re.IGNORECASE)


def clauses(text: str, remark: str = "") -> list[str]:
    """The clauses of a message at sentence ends and commas, none of a single word: ["no black,", "under 150 all in"]; save a first one that
    answers the stylist's `remark` by a name: ["camel.", "dark jeans below"]."""
    parts: list[str] = []
    for part in _CLAUSE_END.split(text):
        alone = len(parts) == 1 and _answers(parts[0], remark)
        short = parts and not alone and (len(part.split()) < SHORTEST_CLAUSE or len(parts[-1].split()) < SHORTEST_CLAUSE)
        listed = parts and parts[-1].endswith(",") and _NEGATION.search(parts[-1]) and len(part.split()) <= SHORT_LIST and not _NEGATION.search(part)
        if short or listed:
            parts[-1] += " " + part
        else:
            parts.append(part)
    pieces = [piece for part in parts or [text] for piece in _listed_garments(part)]
    return pieces if len(pieces) <= MOST_CLAUSES else [*pieces[: MOST_CLAUSES - 1], " ".join(pieces[MOST_CLAUSES - 1 :])]


def wholes(text: str, remark: str = "") -> list[str]:
    """A message to be read whole; what it begins with apart, where that answers the stylist's `remark` by a name."""
    first, *rest = _CLAUSE_END.split(text, maxsplit=1)
    return [first, *rest] if rest and _answers(first, remark) else [text]


def _answers(clause: str, remark: str) -> bool:
    """Whether a clause is a sentence of one word that names a value after a remark: "camel."."""
    return bool(remark and _ANSWER.fullmatch(clause) and named(clause))


@functools.cache
def _garment_list() -> re.Pattern[str]:
    """Where a list of garments goes on: after a garment's word, before a clause that names another."""
    english = {value_name("type", t, "en").lower().split()[-1] for t in v.SLOT_OF_TYPE}
    nouns = "|".join(sorted({form for word in english for form in (word, f"{word}s", f"{word}es")}, key=len, reverse=True))
    korean = "|".join(sorted({value_name("type", t, "ko") for t in v.SLOT_OF_TYPE} | {"바지", "치마", "니트"}, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<=\s)|^)(?P<en>(?:{nouns}))\s+(?:and|plus|&|\+)\s+(?=.*\b(?:{nouns})\b)|(?P<ko>(?:{korean}))(?:이?랑|하고|에다?|와|과)\s+(?=.*(?:{korean}))",
        re.IGNORECASE,
    )


def _listed_garments(clause: str) -> list[str]:
    """A clause that lists garments, cut between them: a small model keeps the first of a list and drops the rest."""
    if _NEGATION.search(clause) or _EXCHANGES.search(clause):
        return [clause]
    parts, start = [], 0
    for match in _garment_list().finditer(clause):
        end = match.end("en") if match["en"] else match.end("ko")
        parts.append(clause[start:end])
        start = match.end()
    return [*parts, clause[start:]]


def last_sentence(remark: str) -> str:
    """What the stylist's remark ends on: the question that an answer's meaning hangs on, or what it showed last, which "the same in blue" is
    about. At most its last `LONGEST_SENTENCE` characters."""
    return _SENTENCE_END.split(remark.strip())[-1][-LONGEST_SENTENCE:]


def exchange_prompt(before: Edit, remark: str, text: str, images: str, leave: Callable[[], bool] | None = None, lexicon: str = "all") -> str:
    """The prompt of one exchange. `images` are the marks that stand for its photos; `leave` and `lexicon` (its part) as in `lexicon.annotate`."""
    remark = annotate(sanitize_control_tokens(last_sentence(remark)), leave, lexicon).lower()
    heard = annotate(sanitize_control_tokens(text), leave, lexicon).lower()
    return render("tracker.mini", state=edits.to_json(before), assistant=remark, images=images, text=heard)
