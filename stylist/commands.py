"""The commands: which arguments each takes and what it calls. The table that lists them, and how results and errors come out,
stand in `cli`. Imports that cost time stand inside the handlers."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stylist.errors import StylistError
from stylist.loading import encoder_arguments, load_stylist, stylist_arguments

BAD_INPUT = 2
MOST_DIGITS = 18
"""Of a count: more is a slip of the keyboard, and thousands of them are no number that Python reads."""


@dataclass
class Result:
    """What a command answers: the JSON document, its form for people, and the exit status."""

    document: Any
    text: Callable[[], str]
    status: int = 0


Arguments = argparse.Namespace
Handler = Callable[[Arguments], Result]


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"stylist: {' '.join(message.split())}", file=sys.stderr, flush=True)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text[:MOST_DIGITS]!r} is not a count; expected a whole number from 1")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5 or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text[:MOST_DIGITS]!r} is not a port; expected a whole number from 1 to 65535")
    return int(text)


def json_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of a table")


def recommend_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dialog", type=Path, metavar="DIALOG.json", help="a dialog, or a list of dialogs")
    parser.add_argument("--catalog", type=Path, metavar="DIR", help="catalogue made by `stylist index` (default: the bundled one)")
    parser.add_argument("--top-k", type=_count, default=5, metavar="N", help="outfits for each dialog, at most 100 (default: %(default)s)")
    stylist_arguments(parser)
    json_flag(parser)


def run_recommend(args: Arguments) -> Result:
    from stylist.dialog import read_entries

    entries, is_list = read_entries(args.dialog)
    stylist = load_stylist(args) if any(not isinstance(entry, tuple) for entry in entries) else None
    answers: list[dict[str, Any]] = []
    status = 0
    for number, entry in enumerate(entries):
        if isinstance(entry, tuple):
            id_, error = entry
        else:
            id_, error = entry.id, None
            try:
                assert stylist is not None
                answer = stylist.recommend(entry, top_k=args.top_k)
            except StylistError as fault:
                if not is_list:
                    raise
                error = f"{args.dialog}: dialog {number}: {fault}"
        if error is None:
            answers.append({"id": id_, **answer} if id_ is not None else answer)
        else:
            complain(error)
            answers.append({"id": id_, "error": error})
            status = BAD_INPUT
    from stylist import printing

    return Result(answers if is_list else answers[0], lambda: printing.answers(answers), status)


def describe_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("photos", nargs="+", metavar="PHOTO", help="JPEG, PNG, WebP, GIF, BMP or TIFF")
    encoder_arguments(parser, "image-encoder")
    json_flag(parser)


def run_describe(args: Arguments) -> Result:
    from stylist import printing
    from stylist.encoders.describe import describe
    from stylist.encoders.images import load
    from stylist.encoders.vision import VisionEncoder
    from stylist.errors import ImageError

    encoder = VisionEncoder(args.image_encoder) if args.image_encoder else None
    answers: list[dict[str, Any]] = []
    for photo in args.photos:
        try:
            answers.append({"path": photo, "items": describe(load(photo), encoder)})
        except ImageError as error:
            complain(str(error))
            answers.append({"path": photo, "error": str(error)})
    return Result(answers, lambda: printing.descriptions(answers), BAD_INPUT if any("error" in a for a in answers) else 0)


def search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="what to look for")
    parser.add_argument("--image", metavar="PHOTO", help="a photo to look like; with TEXT, the photo as changed by it")
    parser.add_argument("--catalog", type=Path, metavar="DIR", help="catalogue made by `stylist index` (default: the bundled one)")
    parser.add_argument("--top-k", type=_count, default=10, metavar="N", help="items (default: %(default)s)")
    encoder_arguments(parser, "text-encoder", "image-encoder")
    json_flag(parser)


def run_search(args: Arguments) -> Result:
    if not args.text.strip() and not args.image:
        raise StylistError("search: nothing to look for; expected a TEXT, or --image PHOTO")
    from stylist import printing
    from stylist.catalog.encoders import Encoders
    from stylist.catalog.search import search
    from stylist.catalog.store import Catalog
    from stylist.encoders.images import load

    image = load(args.image) if args.image else None
    catalog = Catalog.load(args.catalog)
    found = search(catalog, args.text or None, image, args.top_k, Encoders.named(args.text_encoder, args.image_encoder))
    document = [{"id": item.id, "score": round(score, 4), **item.public()} for item, score in found]
    return Result(document, lambda: printing.found(document))


def index_arguments(parser: argparse.ArgumentParser) -> None:
    from stylist.catalog import FORMATS

    parser.add_argument("table", type=Path, metavar="CATALOG", help="a table (CSV, JSONL, …) or a FASCODE folder")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the catalogue to make or bring up to date")
    parser.add_argument("--format", choices=FORMATS, default="auto", help="format of the table (default: %(default)s)")
    encoder_arguments(parser, "text-encoder", "image-encoder")
    json_flag(parser)


def run_index(args: Arguments) -> Result:
    from stylist import printing
    from stylist.catalog.encoders import Encoders
    from stylist.catalog.index import build

    report = build(args.table, args.out, args.format, Encoders.named(args.text_encoder, args.image_encoder))
    return Result(report, lambda: printing.index_report(report))


def fascode_train_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with mdata*.txt and image/")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="folder for the trained head")
    parser.add_argument("--dialogs", type=Path, action="append", default=[], metavar="FILE", help="training dialogs (ddata*.txt); repeatable")
    parser.add_argument("--seed", type=int, default=0, help="seed of every random choice (default: %(default)s)")
    parser.add_argument("--cases", type=_count, metavar="N", help="dialogs to simulate where none are given")
    parser.add_argument("--epochs", type=_count, metavar="N", help="passes over the dialogs")
    json_flag(parser)


def fascode_eval_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, metavar="RUN", help="a folder that `stylist fascode train` made")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with mdata*.txt and image/")
    parser.add_argument("--dialogs", type=Path, required=True, metavar="FILE", help="evaluation file")
    parser.add_argument("--predictions", type=Path, metavar="OUT", help="writes the official prediction file")
    parser.add_argument("--seed", type=int, default=0, help="seed of the shuffle and of ties (default: %(default)s)")
    parser.add_argument("--form", choices=("ranks", "index"), default="ranks", help="form of the prediction file (default: %(default)s)")
    json_flag(parser)


def _study_arguments(parser: argparse.ArgumentParser, seeds: int) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with mdata*.txt and image/, and ddata*.txt where you have it")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results; the same again goes on where it was")
    parser.add_argument("--seeds", type=_count, default=seeds, metavar="N", help="seeds 0 to N-1 (default: %(default)s)")
    parser.add_argument("--cases", type=_count, metavar="N", help="dialogs to simulate a seed where there is no ddata*.txt")
    parser.add_argument("--epochs", type=_count, metavar="N", help="passes over the dialogs")
    parser.add_argument("--sentences", type=int, choices=(4, 16), default=4, help="sentence slots of an item and a dialog (default: %(default)s)")
    encoder_arguments(parser, "text-encoder")
    parser.add_argument("--image-encoder", metavar="NAME", help="histogram, bundled, or a name or folder (default: histogram)")
    json_flag(parser)


def fascode_experiments_arguments(parser: argparse.ArgumentParser) -> None:
    _study_arguments(parser, seeds=3)
    parser.add_argument("--dialogs", type=Path, metavar="FILE", help="evaluation file to score too")


def fascode_ablate_arguments(parser: argparse.ArgumentParser) -> None:
    _study_arguments(parser, seeds=5)
    parser.add_argument("--dialogs", type=Path, required=True, metavar="FILE", help="evaluation file to score")
    parser.add_argument("--only", metavar="NAME,...", help="some of the rows' groups: baselines, ours, paper, attention, ... (default: all)")


def harmony_train_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--items", type=Path, required=True, metavar="PRODUCTS", help="anything `stylist index` reads")
    parser.add_argument("--outfits", type=Path, required=True, metavar="OUTFITS.json", help='{"outfit id": ["item id", …]}')
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="folder for the trained head")
    parser.add_argument("--seed", type=int, default=0, help="seed of every random choice (default: %(default)s)")
    encoder_arguments(parser, "text-encoder", "image-encoder")
    json_flag(parser)


def harmony_eval_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, nargs="?", metavar="RUN", help="a folder that `stylist harmony train` made (default: the bundled head)")
    parser.add_argument("--items", type=Path, required=True, metavar="PRODUCTS", help="anything `stylist index` reads")
    parser.add_argument("--questions", type=Path, required=True, metavar="Q.jsonl", help="fill-in-the-blank questions")
    parser.add_argument("--pairs", type=Path, required=True, metavar="C.jsonl", help="outfits that go together or not")
    encoder_arguments(parser, "text-encoder", "image-encoder")
    json_flag(parser)


def delegate(module: str, function: str) -> Handler:
    """The handler that calls `module.function(args)`, which returns the document."""

    def handle(args: Arguments) -> Result:
        from stylist import printing

        document = getattr(importlib.import_module(module), function)(args) or {}
        return Result(document, lambda: printing.figures(document))

    return handle


TRAINERS: dict[str, tuple[str, str]] = {
    "tokenizer": ("stylist.training.tokenizer", "the words of the bundled model"),
    "base": ("stylist.training.base", "the bundled model's language part"),
    "adapter": ("stylist.training.adapter", "the LoRA adapters tracker and stylist"),
    "text-encoder": ("stylist.training.text_encoder", "the text encoder"),
    "vision": ("stylist.training.vision", "the vision tower"),
    "heads": ("stylist.training.heads", "the ranking heads"),
}
"""What `stylist train` trains -> the module whose `main()` reads the further arguments, and what it is."""


def train_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Further options belong to this training; its --help lists them."


def run_train(name: str) -> Handler:
    def handle(args: Arguments) -> Result:
        before = sys.argv
        sys.argv = [f"stylist train {name}", *args.rest]
        try:
            status = importlib.import_module(TRAINERS[name][0]).main()
        finally:
            sys.argv = before
        return Result(None, str, int(status or 0))

    return handle


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--catalog", type=Path, metavar="DIR", help="catalogue made by `stylist index` (default: the bundled one)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=7860, help="port to listen on (default: %(default)s)")
    parser.add_argument("--share", action="store_true", help="also open a public address through Gradio's relay")
    stylist_arguments(parser)


def run_serve(args: Arguments) -> Result:
    from stylist.app.blocks import serve

    serve(load_stylist(args), host=args.host, port=args.port, share=args.share)
    return Result(None, str)
