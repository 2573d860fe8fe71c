"""Dialogs made from the metadata alone, with three candidates each, in the shape of the evaluation files.

A goal outfit whose moods go together is drawn; a person asks for what its descriptions say, in a scene that suits it; a
coordinator asks and confirms. Candidates: the goal, the goal with one or two items swapped for similar ones, and with
items swapped for dissimilar ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from stylist.fascode.files import EvaluationCase, Turn
from stylist.fascode.items import TYPES, ItemTable
from stylist.fascode.lexicon import Lexicon, lexicon
from stylist.fascode.metadata import SLOT_CODES


@dataclass(frozen=True)
class SimulationConfig:
    """How dialogs are made. The defaults are set so that what needs no learning scores on them as on real cases."""

    coherence: float = 0.75
    """How strongly the moods, lines and colors of a goal outfit go together; 0 draws items independently."""
    scene_fit: float = 0.45
    """How strongly a scene is one that suits the goal outfit."""
    wish_fit: float = 0.7
    """How strongly a wish names what stands out in the goal rather than anything true of it."""
    verbatim: float = 0.05
    """Share of wishes on a garment in the words of a description line instead of the lexicon's."""
    similar: float = 0.8
    """How much alike the second candidate's items are to the goal's."""
    dissimilar: float = 0.35
    """How unlike the third candidate's items are."""
    two_swapped: float = 0.33
    """Share of second candidates with two items swapped (66 of 200 real cases)."""
    no_rate: float = 0.15
    """Share of confirmations that the person turns down."""


FILLED: tuple[tuple[str, float], ...] = (("OTBS", 332), ("TBS", 133), ("OBS", 105), ("BS", 30))
"""Slots filled in the candidates of 200 real cases."""


@lru_cache(maxsize=1)
def _templates() -> dict[str, list[str]]:
    result: dict[str, list[str]] = yaml.safe_load(
        (Path(__file__).parent / "data" / "templates.yaml").read_text(encoding="utf-8")
    )
    return result


class Simulator:
    """Draws cases from a table of items; the same seed gives the same cases."""

    def __init__(self, table: ItemTable, config: SimulationConfig | None = None):
        self.table, self.config = table, config or SimulationConfig()
        self.words: Lexicon = lexicon()
        self.column = {concept.name: index for index, concept in enumerate(self.words.concepts)}
        self.rows = {code: np.flatnonzero(table.slot == SLOT_CODES.index(code)) for code in SLOT_CODES}
        self.dress = TYPES.index("OP")
        self.scene_weights = np.zeros((len(self.words.scenes), len(self.column)), np.float32)
        for at, scene in enumerate(self.words.scenes):
            for name, weight in scene.concepts.items():
                self.scene_weights[at, self.column[name]] = weight
        self.scene_weights /= np.linalg.norm(self.scene_weights, axis=1, keepdims=True)

    def cases(self, count: int, seed: int) -> Iterator[EvaluationCase]:
        """`count` cases, best candidate first; shuffle before anything scores them."""
        generator = np.random.default_rng(seed)
        for number in range(count):
            goal = self._goal(generator)
            second, third = self.swapped(goal, generator)
            sets = tuple(tuple(self.table.metadata.items[row].id for row in one) for one in (goal, second, third))
            yield EvaluationCase(
                str(number), tuple(self._talk(goal, generator)), sets, f"simulated case {number} of seed {seed}"
            )

    def _goal(self, generator: np.random.Generator) -> list[int]:
        weights = np.array([weight for _, weight in FILLED])
        slots = FILLED[generator.choice(len(FILLED), p=weights / weights.sum())][0]
        chosen: dict[str, int] = {}
        for code in generator.permutation(list(slots)):
            rows = self._bottoms(slots) if code == "B" else self.rows[code]
            if not len(rows):
                continue
            score = self._together(rows, list(chosen.values())) if chosen else np.zeros(len(rows))
            chosen[str(code)] = int(rows[_draw(score * self.config.coherence, generator)])
        return [chosen[code] for code in slots if code in chosen]

    def _bottoms(self, slots: str) -> npt.NDArray[np.int64]:
        rows = self.rows["B"]
        is_dress = self.table.type[rows] == self.dress
        fitting = rows[~is_dress] if "T" in slots else rows[is_dress]
        return fitting if len(fitting) else rows

    def _together(self, rows: npt.NDArray[np.int64], chosen: Sequence[int]) -> npt.NDArray[np.float64]:
        table = self.table
        parts = (
            table.reduced_mood[rows] @ table.reduced_mood[chosen].mean(0),
            table.reduced[rows] @ table.reduced[chosen].mean(0),
            table.colors[rows] @ table.colors[chosen].mean(0),
        )
        mood, lines, colors = (_standard(part) for part in parts)
        return 0.7 * mood + 0.4 * lines + 0.45 * colors

    def swapped(self, goal: list[int], generator: np.random.Generator) -> tuple[list[int], list[int]]:
        """The second and the third candidate of a goal outfit, as rows of the table."""
        count = 2 if len(goal) > 2 and generator.random() < self.config.two_swapped else 1
        places = list(generator.permutation(len(goal))[:count])
        second, third = list(goal), list(goal)
        for place in places:
            second[place] = self._other(goal[place], set(goal), self.config.similar, generator)
        kind = generator.random()
        if kind < 0.7:
            third_places = places
        elif kind < 0.92:
            third_places = [*places, *[place for place in generator.permutation(len(goal)) if place not in places][:1]]
        else:
            third_places = list(generator.permutation(len(goal))[: max(count, 1 + int(generator.random() < 0.6))])
        for place in third_places:
            third[place] = self._other(goal[place], {*goal, *second}, -self.config.dissimilar, generator)
        return second, third

    def _other(self, row: int, taken: set[int], likeness: float, generator: np.random.Generator) -> int:
        table = self.table
        rows = self.rows[SLOT_CODES[table.slot[row]]]
        if table.slot[row] == SLOT_CODES.index("B"):
            rows = rows[(table.type[rows] == self.dress) == (table.type[row] == self.dress)]
        rows = rows[~np.isin(rows, list(taken))]
        if not len(rows):
            return row
        alike = _standard(table.reduced[rows] @ table.reduced[row]) + 0.5 * (table.type[rows] == table.type[row])
        alike = alike + 0.5 * _standard(table.reduced_mood[rows] @ table.reduced_mood[row])
        return int(rows[_draw(likeness * alike, generator)])

    def _talk(self, goal: list[int], generator: np.random.Generator) -> Iterator[Turn]:
        say = _Speaker(generator)
        yield Turn("CO", say("greetings"))
        scene = self._scene(goal, generator)
        wish = self._whole_wish(goal, generator)
        kind = generator.random()
        name = "openings_scene_wish" if kind < 0.5 else "openings_scene" if kind < 0.8 else "openings_wish"
        yield Turn("US", say(name, scene=scene, wish=wish))
        if name == "openings_scene" and generator.random() < 0.25:
            yield Turn("US", say("seconds", wish=wish))
        bottom = next((row for row in goal if self.table.slot[row] == SLOT_CODES.index("B")), None)
        if bottom is not None and generator.random() < 0.85:
            yield from self._type_talk(bottom, say, generator)
        rounds = int(generator.choice([1, 2, 3], p=[0.45, 0.4, 0.15]))
        topics = list(generator.permutation(len(goal)))[:rounds]
        for topic in topics:
            yield from self._wish_talk(goal[topic], goal, say, generator)

    def _type_talk(self, row: int, say: _Speaker, generator: np.random.Generator) -> Iterator[Turn]:
        names = {kind: self._garment(kind, generator) for kind in ("SK", "PT", "OP")}
        own = names[TYPES[self.table.type[row]]]
        others = [name for kind, name in names.items() if name != own]
        if generator.random() < 0.6:
            shown = list(generator.permutation([own, *others[: int(generator.integers(1, 3))]]))
            yield Turn("CO", say("ask_types", types=", ".join(shown)))
            yield Turn("US", say("answer_type", garment=own))
        elif generator.random() < 0.75:
            yield Turn("CO", say("confirm_type", garment=own))
            yield Turn("US", say("yes"))
        else:
            yield Turn("CO", say("confirm_type", garment=str(generator.choice(others))))
            yield Turn("US", f"{say('no')} {say('answer_type', garment=own)}")

    def _wish_talk(self, row: int, goal: list[int], say: _Speaker, generator: np.random.Generator) -> Iterator[Turn]:
        item = self.table.metadata.items[row]
        general = (
            next(word.forms for word in self.words.garments if word.slot == item.slot and not word.type)
            if item.slot != "S"
            else ("신발",)
        )
        specific = generator.random() < (0.8 if item.slot == "B" else 0.45)
        garment = self._garment(item.type, generator) if specific else str(generator.choice(general))
        kind = generator.random()
        if item.slot == "O" and kind < 0.2:
            yield Turn("CO", say("ask_outer"))
            yield Turn(
                "US",
                say("yes")
                if generator.random() < 0.5
                else f"{say('yes')} {say('answer_wish', wish=self._wish(row, generator), garment=garment)}",
            )
        elif kind < 0.35:
            yield Turn("CO", say("ask_open", garment=garment))
            yield Turn("US", say("answer_wish", wish=self._wish(row, generator), garment=garment))
        elif kind < 0.5:
            yield Turn("CO", say("confirm_whole", wish=self._whole_wish(goal, generator)))
            yield Turn("US", say("yes"))
        elif generator.random() < self.config.no_rate:
            wrong = self._wish(row, generator, against=True)
            if generator.random() < 0.6:
                yield Turn("CO", say("confirm_wish", wish=wrong, garment=garment))
                yield Turn(
                    "US",
                    say("no")
                    if generator.random() < 0.4
                    else f"{say('no')} {say('answer_wish', wish=self._wish(row, generator), garment=garment)}",
                )
            else:
                yield Turn("CO", say("ask_open", garment=garment))
                yield Turn("US", say("answer_avoid", wish=wrong, garment=garment))
        else:
            yield Turn("CO", say("confirm_wish", wish=self._wish(row, generator), garment=garment))
            more = (
                f" {say('answer_wish', wish=self._wish(row, generator), garment=garment)}"
                if generator.random() < 0.2
                else ""
            )
            yield Turn("US", say("yes") + more)

    def _scene(self, goal: list[int], generator: np.random.Generator) -> str:
        fit = self.scene_weights @ self.table.concepts[goal].mean(0)
        scene = self.words.scenes[_draw(self.config.scene_fit * 2.5 * _standard(fit), generator)]
        return str(generator.choice(scene.forms))

    def _whole_wish(self, goal: list[int], generator: np.random.Generator) -> str:
        moods = [
            index
            for index, concept in enumerate(self.words.concepts)
            if "E" in concept.aspects and len(concept.slots) == 4
        ]
        fit = self.table.concepts[goal][:, moods].mean(0) + 0.5 * self.table.related[goal][:, moods].mean(0)
        concept = self.words.concepts[moods[_draw(self.config.wish_fit * 1.5 * _standard(fit), generator)]]
        return str(generator.choice(concept.forms))

    def _wish(self, row: int, generator: np.random.Generator, against: bool = False) -> str:
        item = self.table.metadata.items[row]
        if not against and generator.random() < self.config.verbatim:
            lines = [line for aspect in "FMC" for line in item.lines.get(aspect, ()) if len(line) <= 14]
            if lines:
                return str(generator.choice(lines))
        known = [index for index, concept in enumerate(self.words.concepts) if item.slot in concept.slots]
        own = self.table.concepts[row, known]
        score = -1.2 * own if against else 1.2 * self.config.wish_fit * own + 0.3 * self.table.related[row, known]
        concept = self.words.concepts[known[_draw(score, generator)]]
        return str(generator.choice(concept.forms))

    def _garment(self, kind: str, generator: np.random.Generator) -> str:
        return str(generator.choice(next(word.forms for word in self.words.garments if word.type == kind)))


class _Speaker:
    """Fills templates, with the particles that a garment's last letter takes."""

    def __init__(self, generator: np.random.Generator):
        self.generator = generator

    def __call__(self, name: str, **parts: Any) -> str:
        template = str(self.generator.choice(_templates()[name]))
        return template.format(**parts, **_particles(str(parts.get("garment", ""))))


def _particles(word: str) -> dict[str, str]:
    final = (ord(word[-1]) - 0xAC00) % 28 if word and "가" <= word[-1] <= "힣" else 0
    return {
        "sum": "을" if final else "를",
        "i": "이" if final else "가",
        "topic": "은" if final else "는",
        "ro": "으로" if final and final != 8 else "로",
    }


def _standard(values: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float64]:
    values = np.asarray(values, np.float64)
    return (values - values.mean()) / max(float(values.std()), 1e-6)


def _draw(scores: npt.NDArray[np.floating[Any]], generator: np.random.Generator) -> int:
    weights = np.exp(np.asarray(scores, np.float64) - np.max(scores))
    return int(generator.choice(len(weights), p=weights / weights.sum()))
