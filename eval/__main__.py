"""`python -m eval`: prints the scorecard, as a table or as one JSON document."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval import scorecard
from eval.context import Context


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 where something was measured, 2 for bad arguments or where nothing could be."""
    context, only, as_json = _parsed(argv)
    found = scorecard.run(context, only)
    print(json.dumps(found, ensure_ascii=False, indent=1) if as_json else scorecard.as_table(found))
    return 0 if any("figures" in part for part in found.values()) else 2


def _parsed(argv: Sequence[str] | None) -> tuple[Context, list[str], bool]:
    parser = argparse.ArgumentParser(prog="python -m eval", description="The scorecard: every figure the project claims, on the data at hand.")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder with clothing-photos/ and fascode/, either of which may be absent")
    parser.add_argument("--only", metavar="NAME,...", help=f"some of: {', '.join(scorecard.MEASURED)}")
    parser.add_argument("--quick", action="store_true", help="small samples")
    parser.add_argument("--states", type=int, metavar="N", help="random states to check the promises on, such as 10000 (default: 4000, with --quick 40)")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="a case file to measure dialogs on, instead of the bundled one")
    parser.add_argument("--fascode-run", type=Path, metavar="RUN", help="a run of `stylist fascode train` (default: one is trained)")
    parser.add_argument("--model", metavar="NAME", help="another model, by name or folder")
    args = parser.parse_args(argv)
    only = [name.strip() for name in (args.only or "").split(",") if name.strip()]
    unknown = [name for name in only if name not in scorecard.MEASURED]
    if unknown:
        parser.error(f"--only: {unknown[0]!r} is not measured; expected some of {', '.join(scorecard.MEASURED)}")
    if args.data is not None and not args.data.is_dir():
        parser.error(f"--data: {args.data}: no such folder")
    if args.cases is not None and not args.cases.is_file():
        parser.error(f"--cases: {args.cases}: no such file")
    if args.states is not None and args.states < 1:
        parser.error(f"--states: {args.states} is no number of states; expected 1 or more")
    context = Context(args.data, args.cases, args.fascode_run, args.model, args.quick, args.states)
    return context, only, args.json


if __name__ == "__main__":
    sys.exit(main())
