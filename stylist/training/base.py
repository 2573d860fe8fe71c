"""`stylist train base`: the bundled multimodal model, from word vectors to a model that tracks, describes and replies.

Two stages with one loop: first exchanges alone (to learn what people mean), then exchanges, replies and pictures together
(the tower is frozen; its tokens of every picture are made once, before).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
import yaml
from torch import Tensor

from stylist import paths
from stylist.errors import ModelError
from stylist.mllm import mini
from stylist.training import embeddings, lm, pairs, tokenizer
from stylist.training.exchanges import exchanges
from stylist.training.replies import replies


@dataclass(frozen=True)
class BaseConfig:
    """One run; written beside its weights."""

    seed: int = 1
    """Seed of weights, corpus and order."""
    hidden: int = 384
    """Width of the decoder; the teacher's word vectors have 384 dimensions."""
    layers: int = 6
    """Depth of the decoder."""
    threads: int = 1
    """CPU threads."""
    pictures: int = 6000
    """Views of drawn garments whose tokens are kept for the second stage."""
    reply_share: float = 0.3
    """Share of replies among the pairs of the second stage."""
    short_share: float = 0.0
    """Share of bare mentions among the first stage's exchanges, as first lessons in words."""
    korean_share: float = 0.33
    """Share of Korean ones among the exchanges."""
    unmarked: float = 0.35
    """Share of texts of which some words go without the lexicon's marks."""
    exchange_stage: lm.LoopConfig = field(default_factory=lm.LoopConfig)
    mixed_stage: lm.LoopConfig = field(default_factory=lm.LoopConfig)


def read_config(path: Path) -> BaseConfig:
    """A run's YAML; ModelError names a field that no run has."""
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    try:
        for stage in ("exchange_stage", "mixed_stage"):
            if stage in data:
                data[stage] = lm.LoopConfig(**data[stage])
        return BaseConfig(**data)
    except TypeError as fault:
        raise ModelError(f"{path}: {fault}") from None


def make_tokenizer(folder: Path, seed: int) -> None:
    """Builds the tokenizer from the corpus and the teacher's word list and saves it."""
    talk = list(itertools.islice(exchanges(seed), 40000))
    spoken = list(itertools.islice(replies(seed), 15000))
    english = [t for e in talk if e.language == "en" for t in (e.user.lower(), e.assistant.lower())]
    english += [t for r in spoken if r.facts.language == "en" for t in (r.reply, r.facts.to_json())]
    from stylist.training import phrases

    bank = phrases.load("en", "train")
    english += [f"{f.text} {f.plural}".lower() for forms in bank.forms.values() for f in forms] * 3
    korean = [t for e in talk if e.language == "ko" for t in (e.user, e.assistant)]
    korean += [r.reply for r in spoken if r.facts.language == "ko"]
    tokenizer.save(tokenizer.build(english, korean, embeddings.general_words()), folder)


def description(values: dict[str, str]) -> str:
    """The JSON that the model writes of a picture."""
    shown = {name: values[name] for name in ("type", "color", "pattern", "material") if name in values}
    return "[" + json.dumps(shown, separators=(",", ":")) + "]"


@torch.inference_mode()
def picture_bank(drawn: Path, tower: Any, count: int, seed: int) -> tuple[Tensor, list[str]]:
    """Tokens (count, tokens, width) in half precision of drawn garments on varied backgrounds, and what each shows."""
    from tqdm import tqdm

    from stylist.garments.backgrounds import paste
    from stylist.training import augment
    from stylist.training import drawn as drawings

    rng = random.Random(seed)
    made = [d for d in drawings.read(drawn) if not d.valid]
    chosen = [made[n % len(made)] for n in rng.sample(range(max(count, len(made))), count)]
    banks, texts = [], []
    for start in tqdm(range(0, count, 64), desc="pictures", file=sys.stderr):
        batch = chosen[start : start + 64]
        size = tower.config.image_size
        pixels = [torch.from_numpy(_array(paste(drawings.load(d), rng, size))) for d in batch]
        tokens = tower(augment.normalise(torch.stack(pixels).permute(0, 3, 1, 2))).last_hidden_state
        banks.append(tokens.half())
        texts += [description(d.values) for d in batch]
    return torch.cat(banks), texts


def _array(image: Any) -> Any:
    import numpy as np

    return np.array(image.convert("RGB"))


def held_out_scores(model: Any, encoder: pairs.Encoder, count: int = 300) -> dict[str, float]:
    """Loss and share of whole answers right, given the answer's earlier tokens, on exchanges of held-out phrases; where the model has a
    weigher, also the F1 of the entries that it finds likelier than not, and the share of exchanges that it has right."""
    stream = (e for e in exchanges(99, "valid") if not e.photos)
    made = [encoder.exchange(e) for e in itertools.islice(stream, count)]
    pad = encoder.tokenizer.pad_token_id
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    weigher = getattr(inner, "weigher", None)
    losses, right, hits, told, said, all_right = [], 0, 0, 0, 0, 0
    with torch.inference_mode():
        for start in range(0, count, 60):
            batch = made[start : start + 60]
            ids, labels, mask = lm.collate(batch, pad)
            hidden, words, prompts = lm.read(model, ids, labels, mask)
            logits = inner.lm_head(hidden[:, :-1])
            losses.append(float(lm.answer_loss(model, hidden, labels)))
            right += int(((logits.argmax(-1) == labels[:, 1:]) | (labels[:, 1:] == -100)).all(1).sum())
            if weigher is not None:
                for row, pair in zip(weigher(hidden, words, prompts), batch, strict=True):
                    found, meant = set(row.gt(0).nonzero()[:, 0].tolist()), set(pair.entries or ())
                    hits, told, said = hits + len(found & meant), told + len(found), said + len(meant)
                    all_right += found == meant
    scores = {"held_out_loss": sum(losses) / len(losses), "held_out_exact": right / count}
    if weigher is not None:
        scores |= {"weigher_f1": 2 * hits / max(1, told + said), "weigher_exact": all_right / count}
    return scores


def freeze_vision(model: Any, projector: bool) -> None:
    """Leaves the tower as its own training made it; `projector` False freezes the projector too."""
    for parameter in model.model.vision_tower.parameters():
        parameter.requires_grad = False
    for parameter in model.model.multi_modal_projector.parameters():
        parameter.requires_grad = projector


def train(config: BaseConfig, out: Path, drawn: Path, tower_folder: Path, start: Path | None = None) -> None:
    """Both stages, resumable; ends with the model, its processor and its config in `out/model`.

    `start` is the folder of a model to go on from, with its tokenizer.
    """
    from stylist.encoders.tower import VisionTower

    torch.set_num_threads(config.threads)
    words = start or out / "tokenizer"
    if not (words / "tokenizer.json").is_file():
        make_tokenizer(words, config.seed)
    model: Any = mini.new_model(words, config.seed, config.hidden, config.layers) if start is None else mini.load(start)
    model.model.language_model.set_attn_implementation("eager")  # short rows: plain attention is the faster one on a CPU
    made = mini.processor(words)
    if start is None:
        embeddings.initialise(model, made.tokenizer)
    encoder = pairs.Encoder(made.tokenizer, model.config.image_seq_length, unmarked=config.unmarked, seed=config.seed)
    pad = made.tokenizer.pad_token_id

    def evaluate() -> dict[str, float]:
        return held_out_scores(model, pairs.Encoder(made.tokenizer, model.config.image_seq_length))

    first = out / "exchange-stage" / "model.pt"
    freeze_vision(model, projector=False)
    if first.is_file():
        model.load_state_dict(torch.load(first, weights_only=True))
    else:
        lm.train(model, pairs.text_pairs(encoder, config.seed, reply_share=0.0, short=config.short_share, korean=config.korean_share), config.exchange_stage, first.parent, pad, evaluate=evaluate)
        torch.save(model.state_dict(), first)
    tower = VisionTower.from_pretrained(tower_folder).float().eval()
    mini.put_tower(model, tower)
    freeze_vision(model, projector=True)
    bank, texts = picture_bank(drawn, tower, config.pictures, config.seed)
    stream = pairs.text_pairs(encoder, config.seed + 10, reply_share=config.reply_share, descriptions=texts, pictures=True, korean=config.korean_share)
    curve = lm.train(model, stream, config.mixed_stage, out / "mixed-stage", pad, bank, evaluate)
    save(model, made, config, out / "model", curve)


def save(model: Any, processor: Any, config: BaseConfig, folder: Path, curve: list[dict[str, float]]) -> None:
    """The model as it ships: half precision, small shards, processor, run config and curve."""
    model.model.language_model.set_attn_implementation("sdpa")
    mini.save(model, folder)
    processor.save_pretrained(folder)
    (folder / "run.json").write_text(json.dumps({"config": asdict(config), "curve": curve[-200:]}, indent=1), encoding="utf-8")


def main() -> int:
    """The command line of `stylist train base`."""
    parser = argparse.ArgumentParser(description="Trains the bundled model's language part.")
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "configs" / "base.yaml", help="YAML of the run")
    parser.add_argument("--drawn", type=Path, required=True, help="drawn garments made by python -m stylist.training.drawn")
    parser.add_argument("--vision", type=Path, default=paths.asset("vision"), help="trained vision tower")
    parser.add_argument("--start", type=Path, help="folder of a model to go on from, such as assets/mini")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run; its `model` is what ships as assets/mini")
    args = parser.parse_args()
    train(read_config(args.config), args.out, args.drawn, args.vision, args.start)
    return 0
