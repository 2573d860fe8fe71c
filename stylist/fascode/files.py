"""FASCODE's dialogs: evaluation files (`; n`, CO/US lines, R1..Rn) and training files (`ddata*`). No scoring here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stylist.errors import FascodeError
from stylist.fascode import decoding
from stylist.fascode.lexicon import lexicon
from stylist.fascode.metadata import Metadata, Report, is_segmented

CandidateSet = tuple[str, ...]
"""Item ids of one outfit (FASCODE: coordi-set)."""


@dataclass(frozen=True)
class Turn:
    """One line of talk. `speaker` is CO (coordinator), US (user) or AC (an act: the item ids shown)."""

    speaker: str
    text: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvaluationCase:
    """A dialog and its candidates in the file's order, best first in files that tell. `place` is file and line."""

    number: str
    turns: tuple[Turn, ...]
    candidates: tuple[CandidateSet, ...]
    place: str = ""


@dataclass(frozen=True)
class TrainingDialog:
    """A whole recorded conversation with acts and tags."""

    turns: tuple[Turn, ...]
    place: str = ""


TAGS = re.compile(
    r"INTRO|ASK_\w+|SUGGEST_\w+|WAIT|EXP_RES_\w+|CONFIRM_\w+|USER_SUCCESS(_PART)?|USER_FAIL|SUCCESS|FAIL|NONE|HELP|CLOSING"
)


def read_evaluation(path: Path, metadata: Metadata | None = None) -> tuple[list[EvaluationCase], Report]:
    """Cases of an evaluation file, plain or word-segmented (`.wst`).

    With `metadata`, cases that name items which it lacks are skipped and counted. A case without talk is kept: its
    candidates can still be ranked by what they are.

    Raises:
        FascodeError: a line that fits nowhere, fewer than two candidates, candidates out of order, no case at all.
    """
    report, cases = Report(), []
    for number, turns, candidates, line in _blocks(path, report):
        place = f"{path}, line {line}"
        if len(candidates) < 2:
            raise FascodeError(
                f"{place}: case {number} has {len(candidates)} candidate sets; expected at least two (R1, R2, ...)"
            )
        if metadata is not None:
            lacking = [item for candidate in candidates for item in candidate if item not in metadata]
            if lacking:
                report.skip(f"case that names an item which the metadata lacks ({lacking[0]})", place)
                continue
        if not any(turn.text for turn in turns):
            report.skip("dialog without talk (its case is ranked all the same)", place)
        cases.append(EvaluationCase(number, tuple(turns), tuple(candidates), place))
    if not cases:
        raise FascodeError(
            f"{path}: holds no case that can be ranked; expected `; n`, CO and US lines, and R1, R2, ... lines"
        )
    return cases, report


def _blocks(path: Path, report: Report) -> Iterator[tuple[str, list[Turn], list[CandidateSet], int]]:
    number, start = "", 0
    turns: list[Turn] = []
    candidates: list[CandidateSet] = []
    seen: set[str] = set()
    segmented = is_segmented(path)
    for at, line in decoding.lines(path):
        place = f"{path}, line {at}"
        if not line.strip():
            continue
        if line.lstrip().startswith(";"):
            if start:
                yield number, turns, candidates, start
            number, start, turns, candidates = line.strip(" ;\t"), at, [], []
            if number in seen:
                raise FascodeError(f"{place}: a second case {number!r}; expected each number once")
            seen.add(number)
            if number == "end":
                return
            continue
        head, _, rest = line.strip().partition("\t") if "\t" in line.strip() else line.strip().partition(" ")
        if not start:
            raise FascodeError(f"{place}: {head!r} before the first case; expected a line `; 0`")
        if head in ("CO", "US"):
            if candidates:
                raise FascodeError(
                    f"{place}: talk after the candidates of case {number}; expected `; n` before a new dialog"
                )
            turns.append(Turn(head, join_segments(rest) if segmented else rest.strip()))
        elif re.fullmatch(r"R\d+", head):
            if head != f"R{len(candidates) + 1}":
                raise FascodeError(f"{place}: {head} where R{len(candidates) + 1} was expected")
            items = tuple(dict.fromkeys(rest.split()))
            if not items:
                raise FascodeError(f"{place}: {head} names no item; expected item ids parted by spaces")
            if len(items) < len(rest.split()):
                report.skip("item named twice in a candidate (it counts once)", place)
            candidates.append(items)
        else:
            raise FascodeError(f"{place}: line begins with {head!r}; expected CO, US, R1, R2, ... or `; n`")
    if start:
        yield number, turns, candidates, start


def join_segments(text: str) -> str:
    """A word-segmented line as readable text: `_` joins parts of a word, and particles and endings join what is before."""
    words: list[str] = []
    particles = lexicon().particles
    for part in text.split():
        plain = part.replace("_", "")
        if words and (plain in particles or part.split("_")[0] in particles):
            words[-1] += plain
        else:
            words.append(plain)
    return " ".join(words)


def read_training(path: Path) -> tuple[list[TrainingDialog], Report]:
    """Dialogs of a `ddata*` file: turn number (restarts at 0), `<CO>|<US>|<AC>`, text, tags joined by `;`.

    An unknown tag is dropped and counted. FascodeError for a row that does not fit or a turn number out of order.
    """
    report, dialogs = Report(), []
    turns: list[Turn] = []
    start, expected = 0, 0
    for at, line in decoding.lines(path):
        if not line.strip():
            continue
        place = f"{path}, line {at}"
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) not in (3, 4) or not cells[0].isdigit():
            raise FascodeError(
                f"{place}: expected turn number, speaker, text and tags parted by tabs, found {len(cells)} columns"
            )
        speaker = cells[1].strip("<>")
        if speaker not in ("CO", "US", "AC"):
            raise FascodeError(f"{place}: speaker {cells[1]!r}; expected <CO>, <US> or <AC>")
        if cells[0] == "0":
            if turns:
                dialogs.append(TrainingDialog(tuple(turns), f"{path}, line {start}"))
            turns, start, expected = [], at, 0
        elif int(cells[0]) != expected or not start:
            raise FascodeError(f"{place}: turn {cells[0]} where turn {expected if start else 0} was expected")
        expected += 1
        tags = []
        for tag in filter(None, (tag.strip() for tag in cells[3].split(";"))) if len(cells) == 4 else ():
            if TAGS.fullmatch(tag):
                tags.append(tag)
            else:
                report.skip(f"unknown tag {tag!r}", place)
        turns.append(Turn(speaker, join_segments(cells[2]) if is_segmented(path) else cells[2], tuple(tags)))
    if turns:
        dialogs.append(TrainingDialog(tuple(turns), f"{path}, line {start}"))
    if not dialogs:
        raise FascodeError(f"{path}: holds no dialog; expected rows of turn number, <CO>|<US>|<AC>, text, tags")
    return dialogs, report
