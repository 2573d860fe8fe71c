"""Which models, encoders and catalogue a command works with: the options for them, and the stylist that they ask for."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import warnings
from typing import Any

from stylist.errors import ModelError


def encoder_arguments(parser: argparse.ArgumentParser, *names: str) -> None:
    """Options for the encoders and the device, of `text-encoder`, `image-encoder` and `device` those named."""
    helps = {
        "text-encoder": ("NAME", "text encoder: a name or folder (default: the bundled one)"),
        "image-encoder": ("NAME", "image encoder: a name or folder (default: the bundled one)"),
        "device": ("DEVICE", "where models run: cpu, cuda, cuda:1, mps (default: a GPU where there is one)"),
    }
    for name in names:
        metavar, text = helps[name]
        parser.add_argument(f"--{name}", metavar=metavar, help=text)


def stylist_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of everything that `load_stylist` loads, the catalogue apart."""
    parser.add_argument(
        "--model", metavar="NAME",
        help="multimodal model: a name on the Hub or a folder; with --server, its name there; the URL of a server that serves one model "
        "(default: $STYLIST_MODEL, else the bundled one)",
    )  # fmt: skip
    parser.add_argument(
        "--server", metavar="URL",
        help="base URL of an OpenAI-compatible server that runs the model, such as http://host:8000/v1; its key stands in $STYLIST_API_KEY "
        "(default: $STYLIST_SERVER, where no --model is given)",
    )  # fmt: skip
    parser.add_argument(
        "--adapter", type=_adapter, action="append", metavar="PART=NAME",
        help="LoRA adapter for the part tracker or stylist: a folder or a name on the Hub, or the server's name for it; repeatable",
    )  # fmt: skip
    parser.add_argument("--four-bit", action="store_true", help="load the model given by --model in 4-bit weights (needs an NVIDIA GPU)")
    encoder_arguments(parser, "text-encoder", "image-encoder", "device")


def _adapter(text: str) -> tuple[str, str]:
    part, _, place = text.partition("=")
    if part not in ("tracker", "stylist") or not place:
        raise argparse.ArgumentTypeError(f"{text!r} is no adapter; expected tracker=NAME or stylist=NAME")
    return part, place


def load_stylist(args: argparse.Namespace) -> Any:
    """The stylist that the options ask for, else the environment: STYLIST_MODEL and STYLIST_SERVER."""
    names = ("model", "server", "catalog", "text_encoder", "image_encoder", "device")
    options = {name: getattr(args, name) for name in names if getattr(args, name, None) is not None}
    if not {"model", "server"} & set(options):  # named here, the model is not mixed with one named there
        options |= {name: value for name in ("model", "server") if (value := os.environ.get(f"STYLIST_{name.upper()}"))}
    if getattr(args, "four_bit", False):
        options["four_bit"] = True
    if getattr(args, "adapter", None):
        options["adapters"] = dict(args.adapter)
    _check_folder(options.get("model"))
    if "catalog" in options:  # read first: what is wrong with it is known before the models' libraries are loaded
        from stylist.catalog.gaps import gaps
        from stylist.catalog.store import Catalog

        options["catalog"] = Catalog.load(folder := options["catalog"])
        for gap in gaps(options["catalog"].items):
            print(f"stylist: {folder}: {gap}", file=sys.stderr, flush=True)
    from stylist.stylist import Stylist

    return Stylist.load(**options)


def _check_folder(model: str | None) -> None:
    """ModelError where `model` can only be a folder and there is none: the Hub's names have no such form."""
    if model and not model.lower().startswith(("http://", "https://")) and (model[0] in "/.~" or model.count("/") > 1) and not os.path.isdir(os.path.expanduser(model)):
        raise ModelError(f"{model}: no such folder; expected a model's folder, or its name on the Hub (owner/name)")


def quiet_libraries() -> None:
    """Lets no library print advice or progress of its own between ours; call it before they are imported."""
    for name, value in (
        ("TRANSFORMERS_VERBOSITY", "error"),
        ("HF_HUB_DISABLE_PROGRESS_BARS", "1"),
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
        ("TOKENIZERS_PARALLELISM", "false"),
        ("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1"),
    ):
        os.environ.setdefault(name, value)
    warnings.simplefilter("ignore")
    for name in ("bitsandbytes", "transformers", "sentence_transformers", "huggingface_hub", "torch"):
        logging.getLogger(name).setLevel(logging.ERROR)
