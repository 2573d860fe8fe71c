"""The tracker on what real people typed, which trains nothing: shop requests of SIMMC 2.1 and feedback on clothes of
Multiturn Fashion IQ. Their annotations are mapped to the vocabulary here; a value may have several readings."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from eval.context import Context, Figures, Missing
from eval.lexicon import Lexicon
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.state import DialogState

PRIMARY = "simmc2/slot_f1"
SEED = 17

Fact = tuple[str, str]
Facts = list[frozenset[Fact]]
"""What was asked for; each entry is a set of readings of which one must be found."""

_TYPES: dict[str, tuple[str, ...]] = {
    "tshirt": ("t-shirt",), "tank top": ("tank-top",), "shirt, vest": ("vest", "shirt"), "hat": ("hat", "beanie"), "jacket": ("jacket", "blazer"),
    "trousers": ("trousers", "chinos"), "suit": ("blazer",),
}  # fmt: skip
_SHADES: dict[str, tuple[str, ...]] = {
    "dark blue": ("navy", "blue"), "light grey": ("grey",), "dark grey": ("grey",), "violet": ("purple",), "maroon": ("burgundy",), "golden": ("gold",),
    "dark green": ("green", "olive"), "dirty green": ("olive", "green", "khaki"), "dark brown": ("brown",), "light red": ("red", "pink"),
    "dark red": ("burgundy", "red"), "light blue": ("light-blue",),
}  # fmt: skip
_PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "plain": (("pattern", "solid"),), "plaid": (("pattern", "checked"),), "checkered": (("pattern", "checked"),), "camouflage": (("pattern", "camouflage"),),
    "floral": (("pattern", "floral"),), "leafy design": (("pattern", "floral"), ("pattern", "graphic")), "multicolored": (("color", "multicolor"),),
    "text": (("pattern", "graphic"),), "design": (("pattern", "graphic"),), "dotted": (("pattern", "dotted"),), "denim": (("material", "denim"),),
    "spots": (("pattern", "dotted"),), "light spots": (("pattern", "dotted"),), "leather": (("material", "leather"),), "knit": (("material", "knit"),),
    "velvet": (("material", "velvet"),), "canvas": (("material", "canvas"),),
}  # fmt: skip
_SAID = {
    **{c: ("color", c) for c in ("black", "white", "grey", "beige", "brown", "red", "burgundy", "orange", "yellow", "green", "blue", "navy", "purple", "pink", "gold", "silver")},
    "gray": ("color", "grey"), "navy blue": ("color", "navy"), "light blue": ("color", "light-blue"), "stripes": ("pattern", "striped"), "striped": ("pattern", "striped"),
    "floral": ("pattern", "floral"), "flowers": ("pattern", "floral"), "polka dots": ("pattern", "dotted"), "polka dot": ("pattern", "dotted"),
    "plaid": ("pattern", "checked"), "checkered": ("pattern", "checked"), "leopard": ("pattern", "animal"), "animal print": ("pattern", "animal"),
    "solid": ("pattern", "solid"),
}  # fmt: skip
_WORDS = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _SAID), key=len, reverse=True)) + r")\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:no|not|less|without|isn't|instead of|rather than|lighter|darker|than|off)\b", re.IGNORECASE)


def measure(context: Context) -> Figures:
    """`simmc2/slot_f1`: F1 of the types, colors and patterns that requests ask for (`first` ones and `later` ones apart);
    `fashioniq/landed`: share of plainly named colors and patterns of feedback that stand among the wishes after it. `lexicon/...`
    are the same of a keyword matcher."""
    tracker, lexicon = context.stylist.tracker, Lexicon.from_phrases()
    figures: Figures = {}
    requests = list(_requests(context.folder("simmc2")))
    if context.quick:
        requests = random.Random(SEED).sample(requests, 60)
    counts: dict[str, list[int]] = {}
    for place, before, text, wanted in context.track(requests, "simmc2"):
        for system, edit in (("", tracker.track(DialogState(), before, text).edit), ("lexicon/", lexicon.edit(text, "en"))):
            for key in ("", f"/{place}"):
                tally = counts.setdefault(f"{system}simmc2/slot_f1{key}", [0, 0, 0])
                _count(tally, _facts(edit), wanted)
    for key, (hits, found, asked) in counts.items():
        figures[key] = 2 * hits / max(1, found + asked)
    feedback = list(_feedback(context.folder("multiturn-fashioniq")))
    chosen = random.Random(SEED).sample(feedback, min(len(feedback), context.size(400, 60)))
    for system in ("", "lexicon/"):
        landed = said = 0
        for text, facts in context.track(chosen, "fashioniq"):
            edit = lexicon.edit(text, "en") if system else tracker.track(DialogState(), "", text).edit
            landed += len(facts & _facts(edit))
            said += len(facts)
        figures[f"{system}fashioniq/landed"] = landed / max(1, said)
    return {"simmc2/slot_f1": figures.pop("simmc2/slot_f1"), **figures, "n_simmc2": float(len(requests)), "n_fashioniq": float(len(chosen)), "seed": SEED}


def _facts(edit: Edit) -> set[Fact]:
    """The wanted types, colors, patterns and materials of an edit, wherever they are wanted; bare `shoes` count as a type."""
    facts = {("type", slot) for slot in edit.get("include", []) if slot == "shoes"}
    for key, values in edit.items():
        field = key[1:].rpartition(".")[2]
        if key[0] in "+=" and field in ("type", "color", "pattern", "material"):
            facts |= {(field, value) for value in values}
    return facts


def _count(tally: list[int], found: set[Fact], wanted: Facts) -> None:
    readings = {fact for options in wanted for fact in options}
    hits = sum(any(fact in found for fact in options) for options in wanted)
    extra = [fact for fact in found if fact not in readings and fact[0] != "material"]
    tally[0] += hits
    tally[1] += hits + len(extra)
    tally[2] += len(wanted)


def _requests(folder: Path) -> Iterator[tuple[str, str, str, Facts]]:
    """(first or later, the assistant's turn before, the request, what it asks for) of the fashion dialogs."""
    source = folder / "fashion_and_furniture_dev.json"
    if not source.is_file():
        raise Missing(f"{source}: no such file")
    for dialog in json.loads(source.read_text(encoding="utf-8"))["dialogue_data"]:
        said = ""
        for number, turn in enumerate(dialog["dialogue"]):
            told = turn["transcript_annotated"]
            slots = told["act_attributes"]["slot_values"]
            if dialog["domain"] == "fashion" and told["act"] == "REQUEST:GET" and {"type", "color", "pattern"} & set(slots):
                wanted = _wanted(slots)
                if wanted is not None:
                    yield "later" if number else "first", said, turn["transcript"], wanted
            said = turn["system_transcript"]


def _wanted(slots: dict[str, str]) -> Facts | None:
    """The readings of an annotation; None where a value has none in the vocabulary."""
    facts: Facts = []
    if kind := slots.get("type"):
        types = _TYPES.get(kind, (kind,))
        if kind == "shoes":
            types = ("shoes", *v.TYPES_BY_SLOT["shoes"])
        facts.append(frozenset(("type", t) for t in types))
    for color in filter(None, slots.get("color", "").split(", ")):
        facts.append(frozenset(("color", c) for c in _SHADES.get(color, (color,))))
    if pattern := slots.get("pattern"):
        readings = _PATTERNS.get(pattern) or ((("pattern", "striped"),) if "strip" in pattern else None)
        if readings is None:
            return None
        facts.append(frozenset(readings))
    return facts


def _feedback(folder: Path) -> Iterator[tuple[str, set[Fact]]]:
    """Sentences of feedback that name a color or pattern plainly, and those names."""
    source = folder / "all.train.json"
    if not source.is_file():
        raise Missing(f"{source}: no such file")
    for session in json.loads(source.read_text(encoding="utf-8")):
        for _, sentences, _ in session["reference"]:
            for text in sentences:
                facts = {_SAID[match[0].lower()] for match in _WORDS.finditer(text)}
                if facts and not _AGAINST.search(text):
                    yield text, facts
