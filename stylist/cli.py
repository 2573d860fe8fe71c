"""The command line: one table of commands, one way out for results and errors.

A handler returns a `Result`; whatever it or a library prints meanwhile goes to standard error, so that standard output holds
the result alone. Errors of the user are one line and exit status 2, an interrupt is 130.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TextIO

from stylist import commands, loading
from stylist.commands import BAD_INPUT, Handler, complain
from stylist.errors import StylistError

INTERRUPTED, BROKEN = 130, 1


@dataclass(frozen=True)
class Command:
    """A row of the table. `words` is how it is called; a command of two words belongs to a group."""

    words: tuple[str, ...]
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    handler: Handler


class _Parser(argparse.ArgumentParser):
    """Reports a wrong argument in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}; see {self.prog} --help\n")


COMMANDS: tuple[Command, ...] = (
    Command(("recommend",), "compose outfits for a dialog", commands.recommend_arguments, commands.run_recommend),
    Command(("describe",), "say which garments are on photos", commands.describe_arguments, commands.run_describe),
    Command(("search",), "find items by words, by a photo, or by both", commands.search_arguments, commands.run_search),
    Command(("index",), "make a catalogue from a table and its pictures", commands.index_arguments, commands.run_index),
    Command(("fascode", "train"), "learn the ranking head", commands.fascode_train_arguments, commands.delegate("stylist.fascode.commands", "train")),
    Command(("fascode", "eval"), "score an evaluation file", commands.fascode_eval_arguments, commands.delegate("stylist.fascode.commands", "evaluate")),
    Command(("fascode", "experiments"), "run the four experiments of the founding paper", commands.fascode_experiments_arguments, commands.delegate("stylist.fascode.experiments", "run")),
    Command(("fascode", "ablate"), "compare every way of ranking in one table", commands.fascode_ablate_arguments, commands.delegate("stylist.fascode.ablation", "run")),
    Command(("harmony", "train"), "learn which garments go together", commands.harmony_train_arguments, commands.delegate("stylist.ranking.commands", "train")),
    Command(("harmony", "eval"), "answer outfit questions", commands.harmony_eval_arguments, commands.delegate("stylist.ranking.commands", "evaluate")),
    *(Command(("train", name), f"train {what}", commands.train_arguments, commands.run_train(name)) for name, (_, what) in commands.TRAINERS.items()),
    Command(("serve",), "start the chat", commands.serve_arguments, commands.run_serve),
)

GROUPS = {
    "fascode": "the FASCODE benchmark: train, eval, experiments, ablate",
    "harmony": "outfit questions: train, eval",
    "train": f"train the bundled weights: {', '.join(commands.TRAINERS)}",
}


def parser() -> argparse.ArgumentParser:
    """The parser of every command in the table."""
    top = _Parser(prog="stylist", description="A conversational fashion stylist: it talks, looks at photos and composes whole outfits.")
    outermost = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    groups: dict[str, Any] = {}
    for command in COMMANDS:
        *group, name = command.words
        place = outermost
        if group:
            if group[0] not in groups:
                outer = outermost.add_parser(group[0], help=GROUPS[group[0]], description=GROUPS[group[0]])
                groups[group[0]] = outer.add_subparsers(dest="subcommand", metavar="COMMAND", required=True, parser_class=_Parser)
            place = groups[group[0]]
        own = place.add_parser(name, help=command.help, description=command.help.capitalize(), add_help=group != ["train"])
        command.arguments(own)
        own.set_defaults(handler=command.handler, command_words=command.words)
    return top


@contextmanager
def _only_results() -> Iterator[TextIO]:
    """Yields the real standard output and sends everything else that is printed, by libraries too, to standard error."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # no standard output at all
        yield sys.stdout
        return
    os.dup2(2, 1)
    before, sys.stdout = sys.stdout, sys.stderr
    try:
        with open(os.dup(kept), "w", encoding="utf-8", newline="\n", errors="backslashreplace") as out:
            yield out
    finally:
        sys.stdout = before
        os.dup2(kept, 1)
        os.close(kept)


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; what a training's own parser will read stands in `rest`."""
    top = parser()
    args, rest = top.parse_known_args(argv)
    if rest and args.command != "train":
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    args.rest = rest
    return args


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    args = _parsed(argv)
    loading.quiet_libraries()
    try:
        with _only_results() as out:
            result = args.handler(args)
            if result.document is not None:
                as_json = getattr(args, "json", False)
                print(json.dumps(result.document, ensure_ascii=False, indent=1) if as_json else result.text(), file=out)
        return int(result.status)
    except StylistError as error:
        complain(str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return BROKEN
    except OSError as error:
        complain(f"{error.filename or 'file system'}: {error.strerror or error}")
        return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
