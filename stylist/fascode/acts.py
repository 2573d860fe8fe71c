"""Cases out of training dialogs (`ddata*`): what was shown and taken, cut to what an evaluation dialog holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from stylist.fascode.files import CandidateSet, EvaluationCase, TrainingDialog, Turn
from stylist.fascode.items import TYPES, ItemTable
from stylist.fascode.metadata import SLOT_CODES, Report
from stylist.fascode.simulate import Simulator

TAKEN = frozenset({"USER_SUCCESS", "USER_SUCCESS_PART", "SUCCESS"})
"""Tags of a turn that takes the running outfit."""
_ITEM = re.compile(r"[A-Z]{2}-\d+")


def shown_outfits(dialog: TrainingDialog, table: ItemTable, report: Report) -> list[tuple[int, CandidateSet]]:
    """The running outfit after each act: (turn, items in slot order). A dress empties the top, a top takes a dress off.

    Item ids that the metadata lacks are passed over and counted.
    """
    running: dict[int, str] = {}
    dress, result = TYPES.index("OP"), []
    for at, turn in enumerate(dialog.turns):
        if turn.speaker != "AC":
            continue
        for item in _ITEM.findall(turn.text):
            if item not in table.metadata:
                report.skip(f"item that the metadata lacks ({item})", dialog.place)
                continue
            row = table.metadata.row[item]
            slot = int(table.slot[row])
            if table.type[row] == dress:
                running.pop(SLOT_CODES.index("T"), None)
            below = running.get(SLOT_CODES.index("B"))
            if slot == SLOT_CODES.index("T") and below and table.type[table.metadata.row[below]] == dress:
                running.pop(SLOT_CODES.index("B"))
            running[slot] = item
        if running:
            result.append((at, tuple(running[slot] for slot in sorted(running))))
    return result


def cases(dialogs: Sequence[TrainingDialog], table: ItemTable, seed: int, report: Report) -> Iterator[EvaluationCase]:
    """One case a dialog that ends well: the outfit last taken, the likest of those shown before it, or the goal with items
    swapped for similar ones, and the goal with items swapped for dissimilar ones."""
    generator = np.random.default_rng(seed)
    simulator = Simulator(table)
    for number, dialog in enumerate(dialogs):
        taken = max((at for at, turn in enumerate(dialog.turns) if not TAKEN.isdisjoint(turn.tags)), default=-1)
        shown = [(at, one) for at, one in shown_outfits(dialog, table, report) if at <= taken]
        if not shown:
            report.skip("dialog without an outfit that was taken", dialog.place)
            continue
        goal = shown[-1][1]
        if len(goal) < 2:
            report.skip("dialog that ends with fewer than two items", dialog.place)
            continue
        before = [one for _, one in shown[:-1] if one != goal and len(one) == len(goal)]
        second, third = simulator.swapped([table.metadata.row[item] for item in goal], generator)
        made = [tuple(table.metadata.items[row].id for row in one) for one in (second, third)]
        if before:
            made[0] = max(reversed(before), key=lambda one: len(set(one) & set(goal)))
        # an evaluation dialog ends before the first outfit is shown
        talk = tuple(turn for turn in dialog.turns[: shown[0][0]] if turn.speaker in ("CO", "US"))
        if not any(turn.speaker == "US" for turn in talk):
            talk = tuple(turn for turn in dialog.turns if turn.speaker in ("CO", "US"))[:8]
        yield EvaluationCase(
            str(number), tuple(Turn(turn.speaker, turn.text) for turn in talk), (goal, *made), dialog.place
        )


def popularity(dialogs: Sequence[TrainingDialog], table: ItemTable) -> np.ndarray:
    """(items,) log of one plus how often an item was in an outfit shown."""
    counts = np.zeros(len(table.slot), np.float32)
    for dialog in dialogs:
        for item in {item for turn in dialog.turns if turn.speaker == "AC" for item in _ITEM.findall(turn.text)}:
            if item in table.metadata:
                counts[table.metadata.row[item]] += 1
    return np.log1p(counts).astype(np.float32)
