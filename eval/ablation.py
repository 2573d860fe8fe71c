"""What each part of the tracker is worth: the same exchanges without marks, adapter, grammar, clauses or pictures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from eval import tracking
from eval.context import Context, Figures
from stylist import edits
from stylist.encoders.images import load
from stylist.mllm.edit_rules import EditRules
from stylist.mllm.likely import Written
from stylist.mllm.tracker import Tracker
from stylist.state import DialogState
from stylist.training.exchanges import Exchange, exchanges

PRIMARY = "slot_f1"
SEED = 4243


@dataclass(frozen=True)
class _Without:
    """A tracker that lacks one part."""

    marks: bool = True
    adapter: bool = True
    grammar: bool = True
    clauses: bool = True
    whole: bool = True
    doubt: bool = True
    weigher: bool = True
    writing: bool = True
    pictures: bool = True


class _Lacking(Tracker):
    def __init__(self, backbone: Any, parts: _Without):
        super().__init__(backbone, clause_by_clause=parts.clauses, lexicon="train" if parts.marks else "none")
        self.parts = parts

        self.least = self.least if parts.doubt else 0.0
        self.twice = parts.clauses and parts.whole
        self.faintest = self.faintest if parts.doubt else 0.5  # of a weigher all is in doubt that is less likely
        self.weighed = self.weighed if parts.weigher and parts.writing else 1.0 if parts.weigher else 0.0

    def written(self, inputs: Any, longest: int, rules: EditRules) -> Written:
        return self.backbone.weighed(inputs, "tracker" if self.parts.adapter else None, longest, rules if self.parts.grammar else None)


def measure(context: Context) -> Figures:
    """`slot_f1` and `joint` of held-out exchanges for the whole tracker; `without_.../slot_f1` and `/joint` where it lacks one part:
    the lexicon's `marks`, the LoRA `adapter`, the `grammar` (what is no edit is left out), the reading by `clauses` or as a `whole`, the leaving out of what is in `doubt`,
    the `weigher`, or the `writing` of edits but for what is copied from the text.
    `photos/slot_f1`: exchanges with photos; `without_pictures/photos/slot_f1`: the same with the photos left out."""
    backbone = context.stylist.backbone
    plain = tracking.sample(context.size(200, 30))
    figures: Figures = {}
    for name, parts in (("", _Without()), ("without_marks/", _Without(marks=False)), ("without_adapter/", _Without(adapter=False)),
                        ("without_grammar/", _Without(grammar=False)), ("without_clauses/", _Without(clauses=False)), ("without_whole/", _Without(whole=False)),
                        ("without_doubt/", _Without(doubt=False)), ("without_weigher/", _Without(weigher=False)), ("without_writing/", _Without(writing=False))):  # fmt: skip
        tally = _tally(context, _Lacking(backbone, parts), plain, f"ablation {name}", [])
        figures |= {f"{name}slot_f1": tally.f1, f"{name}joint": tally.joint}
    shown = _with_photos(context.size(100, 15))
    pictures = _pictures(context, 40)
    for name, used in (("photos/", pictures), ("without_pictures/photos/", [])):
        figures[f"{name}slot_f1"] = _tally(context, _Lacking(backbone, _Without()), shown, f"ablation {name}", used).f1
    return {**figures, "n": float(len(plain)), "n_photos": float(len(shown)), "seed": SEED}


def _tally(context: Context, tracker: Tracker, chosen: Sequence[Exchange], name: str, pictures: Sequence[Image.Image]) -> tracking.Tally:
    tally, rng = tracking.Tally(), random.Random(SEED)
    for exchange in context.track(chosen, name):
        before = edits.apply(DialogState(), exchange.before)
        images = [rng.choice(pictures) for _ in range(exchange.photos)] if pictures else []
        tally.add(before, exchange.edit, tracker.track(before, exchange.assistant, exchange.user, images).edit)
    return tally


def _with_photos(count: int) -> list[Exchange]:
    stream = exchanges(SEED, part="valid")
    found: list[Exchange] = []
    while len(found) < count:
        exchange = next(stream)
        if exchange.photos:
            found.append(exchange)
    return found


def _pictures(context: Context, count: int) -> list[Image.Image]:
    """Pictures of the bundled catalogue."""
    places = [place for item in context.catalog.items if (place := context.catalog.image_path(item))]
    return [load(place) for place in random.Random(SEED).sample(places, min(count, len(places)))]
