"""`stylist train adapter`: the LoRA adapters `tracker` (dialog -> edit) and `stylist` (facts -> reply), here on the bundled model;
`chat_adapter` trains them on others."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
import yaml

from stylist import paths
from stylist.errors import ModelError
from stylist.training import base, lm, pairs
from stylist.training.exchanges import MESSAGE_SHARE, exchanges
from stylist.training.lm import Pair
from stylist.training.replies import replies

NAMES = ("tracker", "stylist")
_GROWN = 64.0


@dataclass(frozen=True)
class AdapterConfig:
    """One run; written beside its weights."""

    name: str = "tracker"
    """tracker or stylist."""
    seed: int = 5
    """Seed of corpus and order."""
    rank: int = 32
    """Rank of the low-rank update (Hu 2021)."""
    alpha: int = 64
    """Its scale; alpha / rank multiplies the update."""
    dropout: float = 0.0
    """Dropout before the update."""
    hidden_dropout: float = 0.1
    """Dropout of the base's own layers while the adapter learns; without it a step takes two thirds of the time."""
    words: bool = True
    """Whether the word vectors are updated too."""
    threads: int = 1
    """CPU threads."""
    unmarked: float = 0.35
    """Share of texts of which some words go without the lexicon's marks."""
    pictures: int = 1500
    """Views of drawn garments that the tracker's exchanges with photos draw from."""
    told: float = MESSAGE_SHARE
    """Share of the tracker's exchanges that are whole messages of the bank."""
    stored: str = "bfloat16"
    """Type of the weights on disk; `float8_e4m3fn` takes half the room of `bfloat16`."""
    weigher: bool = True
    """Whether the tracker learns to weigh every entry beside writing edits (`mllm.weigher`)."""
    loop: lm.LoopConfig = field(default_factory=lm.LoopConfig)


def read_config(path: Path) -> AdapterConfig:
    """A run's YAML; ModelError names a field that no run has."""
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    try:
        data["loop"] = lm.LoopConfig(**data.get("loop", {}))
        config = AdapterConfig(**data)
    except TypeError as fault:
        raise ModelError(f"{path}: {fault}") from None
    if config.name not in NAMES:
        raise ModelError(f"{path}: name: {config.name!r} is not an adapter; expected {' or '.join(NAMES)}")
    return config


def stream(config: AdapterConfig, encoder: pairs.Encoder, pictures: int) -> Iterator[Pair]:
    """The pairs that the adapter learns from, endless."""
    if config.name == "stylist":
        for example in replies(config.seed):
            yield encoder.reply(example)
    import random

    rng = random.Random(config.seed)
    for exchange in exchanges(config.seed + 1, told=config.told):
        if exchange.photos and not pictures:
            continue
        yield encoder.exchange(exchange, tuple(rng.randrange(pictures) for _ in range(exchange.photos)))


def shrink(folder: Path, dtype: torch.dtype) -> None:
    """Stores an adapter's weights in a smaller type; peft loads them in the model's own precision.

    Eight bits are finest around 1: there both factors of each update grow by `_GROWN`, and alpha makes up for it.
    """
    from safetensors.torch import load_file, save_file

    file, settings = folder / "adapter_model.safetensors", folder / "adapter_config.json"
    weights = load_file(file)
    if dtype.itemsize == 1:
        config = json.loads(settings.read_text(encoding="utf-8"))
        config["lora_alpha"] /= _GROWN**2
        settings.write_text(json.dumps(config, indent=2), encoding="utf-8")
        most = float(torch.finfo(dtype).max)
        weights = {name: (x.float() * _GROWN).clamp(-most, most) for name, x in weights.items()}
    save_file({name: x.to(dtype).contiguous() for name, x in weights.items()}, file, metadata={"format": "pt"})


def begin_from(peft: Any, folder: Path, alpha: float) -> None:
    """Puts the weights of a saved adapter of the same shape into one that trains with another `alpha`; ModelError where they don't fit."""
    from peft import set_peft_model_state_dict
    from safetensors.torch import load_file

    try:
        stored = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))["lora_alpha"]
        weights = load_file(folder / "adapter_model.safetensors")
        found: Any = set_peft_model_state_dict(peft, {name: x.float() * math.sqrt(stored / alpha) for name, x in weights.items()})
    except (OSError, KeyError, ValueError, RuntimeError) as fault:
        raise ModelError(f"{folder}: no adapter to begin from: {str(fault).splitlines()[0]}") from fault
    if found.unexpected_keys:
        raise ModelError(f"{folder}: an adapter of other matrices; expected the config's")


def train(config: AdapterConfig, model_folder: Path, out: Path, drawn: Path | None = None, start: Path | None = None) -> dict[str, float]:
    """Trains one adapter and saves it in `out` in peft's format; returns the last held-out scores.

    Without `drawn` pictures the tracker learns from exchanges without photos only. `start` is an adapter's folder to begin from.
    """
    from peft import LoraConfig, get_peft_model

    from stylist.mllm import mini, weigher

    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    model: Any = mini.load(model_folder, paths.asset("vision"))
    model.name_or_path = "stylist-mini"
    for layer in model.model.language_model.modules():
        if isinstance(layer, torch.nn.Dropout):
            layer.p = config.hidden_dropout
    model.model.language_model.set_attn_implementation("eager" if config.name == "tracker" else "sdpa")
    processor = mini.processor(model_folder)
    encoder = pairs.Encoder(processor.tokenizer, model.config.image_seq_length, unmarked=config.unmarked, seed=config.seed)
    bank = None
    if config.name == "tracker" and drawn is not None:
        bank, _ = base.picture_bank(drawn, model.model.vision_tower, config.pictures, config.seed)
    lora = LoraConfig(
        r=config.rank, lora_alpha=config.alpha, lora_dropout=config.dropout, bias="none",
        target_modules=rf".*language_model.*\.(query|key|value|dense{'|word_embeddings' if config.words else ''})",
    )  # fmt: skip
    peft: Any = get_peft_model(model, lora)
    if start is not None:
        begin_from(peft, start, config.alpha)
    if config.weigher and config.name == "tracker":
        hidden = model.config.text_config.hidden_size
        begun = weigher.load(start, hidden) if start is not None else None
        model.weigher = begun or weigher.Weigher(hidden)
        if begun is None:
            model.weigher.begin(weigher.names_of_values(processor.tokenizer, model.get_input_embeddings().weight.detach()))
    print(f"{config.name}: {sum(p.numel() for p in peft.parameters() if p.requires_grad):,} trainable parameters", file=sys.stderr)

    def evaluate() -> dict[str, float]:
        plain = pairs.Encoder(processor.tokenizer, model.config.image_seq_length)
        return base.held_out_scores(peft, plain) if config.name == "tracker" else {}

    pad = processor.tokenizer.pad_token_id
    run = out.parent / f".{out.name}-run"
    curve = lm.train(peft, stream(config, encoder, len(bank) if bank is not None else 0), config.loop, run, pad, bank, evaluate)
    peft.save_pretrained(str(out), save_embedding_layers=False)
    if hasattr(model, "weigher"):
        weigher.save(model.weigher, out)
    shrink(out, getattr(torch, config.stored))
    scores = evaluate()
    (out / "run.json").write_text(json.dumps({"config": asdict(config), "scores": scores, "curve": curve[-200:]}, indent=1), encoding="utf-8")
    return scores


def is_bundled(model: str) -> bool:
    """True for a folder that holds a stylist-mini, which has its own prompts and loop; other models are trained as chat models."""
    config = Path(model) / "config.json"
    if not config.is_file():
        return False
    try:
        kind = json.loads(config.read_text(encoding="utf-8")).get("vision_config", {}).get("model_type", "")
    except (ValueError, AttributeError):
        raise ModelError(f"{config}: damaged; expected the configuration of a model") from None
    return str(kind).startswith("stylist")


def main() -> int:
    """The command line of `stylist train adapter`."""
    parser = argparse.ArgumentParser(description="Trains a LoRA adapter on the bundled model or on any LLaVA-family model.")
    parser.add_argument("--config", type=Path, help="YAML of the run, such as stylist/training/configs/tracker.yaml (optional with another --model)")
    parser.add_argument("--model", default=str(paths.asset("mini")), help="base model: a folder or a name on the Hub (default: the bundled one)")
    parser.add_argument("--drawn", type=Path, help="drawn garments for exchanges with photos (tracker)")
    parser.add_argument("--start", type=Path, help="adapter of the bundled model to begin from, such as adapters/tracker")
    parser.add_argument("--out", type=Path, required=True, help="folder of the adapter")
    chat = parser.add_argument_group("with another --model", "each of these stands before the YAML; run under `accelerate launch` for several GPUs")
    chat.add_argument("--name", choices=NAMES, help="which adapter to train")
    chat.add_argument("--steps", type=int, help="optimizer steps")
    chat.add_argument("--rows", type=int, help="examples in one pass")
    chat.add_argument("--learning-rate", type=float, help="peak rate of AdamW")
    chat.add_argument("--four-bit", action="store_true", help="QLoRA: the base in 4-bit weights (needs an NVIDIA GPU)")
    args = parser.parse_args()
    changes = {name: getattr(args, name) for name in ("name", "steps", "rows", "learning_rate") if getattr(args, name) is not None}
    if is_bundled(args.model):
        if args.config is None or changes or args.four_bit:
            parser.error("the bundled model takes --config with a YAML, and none of the options for other models")
        scores: dict[str, Any] = train(read_config(args.config), Path(args.model), args.out, args.drawn, args.start)
    else:
        from stylist.training import chat_adapter

        scores = chat_adapter.train(chat_adapter.read_config(args.config, **changes), args.model, args.out, args.drawn, args.four_bit)
    print(json.dumps(scores), file=sys.stderr)
    return 0
