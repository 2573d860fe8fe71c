"""`stylist train adapter`: the LoRA adapters `tracker` (dialog -> edit) and `stylist` (facts -> reply) on the bundled model."""

from __future__ import annotations

import argparse
import json
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
from stylist.training.exchanges import exchanges
from stylist.training.lm import Pair
from stylist.training.replies import replies

NAMES = ("tracker", "stylist")


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
    threads: int = 1
    """CPU threads."""
    pictures: int = 1500
    """Views of drawn garments that the tracker's exchanges with photos draw from."""
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
    for exchange in exchanges(config.seed + 1):
        if exchange.photos and not pictures:
            continue
        yield encoder.exchange(exchange, tuple(rng.randrange(pictures) for _ in range(exchange.photos)))


def train(config: AdapterConfig, model_folder: Path, out: Path, drawn: Path | None = None) -> dict[str, float]:
    """Trains one adapter and saves it in `out` in peft's format; returns the last held-out scores.

    Without `drawn` pictures the tracker learns from exchanges without photos only.
    """
    from peft import LoraConfig, get_peft_model
    from transformers import LlavaForConditionalGeneration

    import stylist.encoders.tower  # noqa: F401  (registers the vision tower)
    from stylist.mllm import mini

    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    model: Any = LlavaForConditionalGeneration.from_pretrained(model_folder, dtype=torch.float32)
    model.name_or_path = "stylist-mini"
    model.model.language_model.set_attn_implementation("eager" if config.name == "tracker" else "sdpa")
    processor = mini.processor(model_folder)
    encoder = pairs.Encoder(processor.tokenizer)
    bank = None
    if config.name == "tracker" and drawn is not None:
        bank, _ = base.picture_bank(drawn, model.model.vision_tower, config.pictures, config.seed)
    lora = LoraConfig(
        r=config.rank, lora_alpha=config.alpha, lora_dropout=config.dropout, bias="none",
        target_modules=r".*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj|embed_tokens)",
    )  # fmt: skip
    peft = get_peft_model(model, lora)
    print(f"{config.name}: {sum(p.numel() for p in peft.parameters() if p.requires_grad):,} trainable parameters", file=sys.stderr)

    def evaluate() -> dict[str, float]:
        return base.held_out_scores(peft, encoder) if config.name == "tracker" else {}

    pad = processor.tokenizer.pad_token_id
    run = out.parent / f".{out.name}-run"
    curve = lm.train(peft, stream(config, encoder, len(bank) if bank is not None else 0), config.loop, run, pad, bank, evaluate)
    peft.save_pretrained(str(out), save_embedding_layers=False)
    scores = evaluate()
    (out / "run.json").write_text(json.dumps({"config": asdict(config), "scores": scores, "curve": curve[-200:]}, indent=1), encoding="utf-8")
    return scores


def main() -> int:
    """The command line of `stylist train adapter`."""
    parser = argparse.ArgumentParser(description="Trains a LoRA adapter on the bundled model.")
    parser.add_argument("--config", type=Path, required=True, help="YAML of the run, such as stylist/training/configs/tracker.yaml")
    parser.add_argument("--model", type=Path, default=paths.asset("mini"), help="folder of the base model")
    parser.add_argument("--drawn", type=Path, help="drawn garments for exchanges with photos (tracker)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the adapter")
    args = parser.parse_args()
    print(json.dumps(train(read_config(args.config), args.model, args.out, args.drawn)), file=sys.stderr)
    return 0
