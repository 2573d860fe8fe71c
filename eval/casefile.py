"""Case files: dialogs with checks on their outcome. Reads them, and says what is wrong with one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.checks import ARGUMENT, VALUES, Check
from stylist.dialog import Dialog
from stylist.errors import DialogError

BUNDLED = Path(__file__).parent / "cases" / "dialogs.json"
BLIND = Path(__file__).parent / "cases" / "blind.json"
"""Dialogs written without sight of the stylist; their first score was blind, since then their misses have been looked at and mended."""
UNSEEN = Path(__file__).parent / "cases" / "unseen.json"
"""The same by another author, later; looked at since."""
FRESH = Path(__file__).parent / "cases" / "fresh.json"
"""The same by a fourth author; looked at once since their first score."""
STRANGERS = Path(__file__).parent / "cases" / "strangers.json"
"""The same by a fifth author; looked at since, those with even numbers last."""
GUESTS = Path(__file__).parent / "cases" / "guests.json"
"""The same by two more authors; of these only those with odd numbers have been looked at."""
CALLERS = Path(__file__).parent / "cases" / "callers.json"
"""The same by two more, a day later; likewise."""
MOST_CHECKS = 6


@dataclass(frozen=True)
class Case:
    """A dialog, what it is about (`tags`), and the checks that its last answer must keep."""

    id: str
    language: str
    tags: tuple[str, ...]
    dialog: Dialog
    checks: tuple[Check, ...]


def read(path: Path) -> list[Case]:
    """The cases of a file; DialogError names the case and the check at fault."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise DialogError(f"{path}: {fault.strerror}") from None
    except ValueError as fault:
        raise DialogError(f"{path}: not JSON ({fault})") from None
    if not isinstance(data, list):
        raise DialogError(f"{path}: expected a list of cases")
    cases = []
    for number, entry in enumerate(data):
        where = f"{path}: case {entry.get('id', number) if isinstance(entry, dict) else number}"
        missing = {"id", "lang", "tags", "turns", "checks"} - set(entry if isinstance(entry, dict) else ())
        if missing:
            raise DialogError(f"{where}: lacks {', '.join(sorted(missing))}")
        dialog = Dialog.from_json({"id": entry["id"], "turns": entry["turns"]}, path.parent, where)
        for wrong in faults(entry["checks"]):
            raise DialogError(f"{where}: {wrong}")
        cases.append(Case(entry["id"], entry["lang"], tuple(entry["tags"]), dialog, tuple(entry["checks"])))
    ids = [case.id for case in cases]
    twice = next((i for i in ids if ids.count(i) > 1), None)
    if twice is not None:
        raise DialogError(f"{path}: case {twice}: the id is used twice")
    return cases


def faults(checks: Sequence[Any]) -> Iterator[str]:
    """What is wrong with the checks of one case, line by line."""
    kinds = [check.get("kind") for check in checks]
    if ("nonempty" in kinds) == ("empty" in kinds):
        yield "expected exactly one of nonempty and empty"
    if not 2 <= len(kinds) <= MOST_CHECKS and "empty" not in kinds:
        yield f"expected 2 to {MOST_CHECKS} checks, found {len(kinds)}"
    for check in checks:
        kind = check.get("kind")
        if kind not in ARGUMENT:
            yield f"unknown kind of check {kind!r}; expected one of {', '.join(ARGUMENT)}"
            continue
        needed = ARGUMENT[kind]
        if (needed and not check.get(needed)) or (kind == "state_has" and not check.get("any_of")):
            yield f"{kind} lacks {needed if needed and not check.get(needed) else 'any_of'}"
        for field, wanted in check.get("match", {}).items():
            if field == "max_price":
                if kind == "no_item" or not isinstance(wanted, int | float):
                    yield f"{kind}: max_price takes a number, and not in no_item"
            elif field not in VALUES:
                yield f"{kind}: {field!r} is not a field; expected one of {', '.join(VALUES)}, max_price"
            elif not isinstance(wanted, list) or not set(wanted) <= set(VALUES[field]):
                yield f"{kind}: {field} {wanted} is not in the vocabulary"
        if kind == "covers" and not set(check["slots"]) <= set(VALUES["slot"]):
            yield f"covers: {check['slots']} are not slots"
