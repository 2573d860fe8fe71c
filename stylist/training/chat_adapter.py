"""LoRA adapters on any LLaVA-family chat model: the same two parts and corpora as the bundled model's, in the chat prompts that
tracker and responder use at work. QLoRA (Dettmers 2023) on 4-bit weights; several GPUs under `accelerate launch`.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import yaml
from PIL import Image
from torch import Tensor

from stylist import edits
from stylist.errors import ModelError
from stylist.mllm import checkpoints
from stylist.mllm.backbone import ADAPTERS, Backbone
from stylist.mllm.responder import Responder
from stylist.mllm.tracker import Tracker
from stylist.state import DialogState
from stylist.training.exchanges import exchanges
from stylist.training.replies import replies

TARGETS = r".*\.(?:language_model|text_model)\..*\.(?:q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"
"""The decoder's matrices in every family; tower and projector stay as they are."""


@dataclass(frozen=True)
class ChatAdapterConfig:
    """One run; written beside its weights."""

    name: str = "tracker"
    """tracker or stylist."""
    seed: int = 5
    """Seed of weights, corpus and order."""
    rank: int = 16
    """Rank of the low-rank update (Hu 2021)."""
    alpha: int = 32
    """Its scale; alpha / rank multiplies the update."""
    dropout: float = 0.05
    """Dropout before the update."""
    learning_rate: float = 2e-4
    """Peak rate of AdamW; rises over the warmup, then falls to nothing along a cosine."""
    warmup: float = 0.03
    """Share of the steps over which the rate rises."""
    steps: int = 1500
    """Optimizer steps, each over `rows * accumulate` examples a process."""
    rows: int = 4
    """Examples in one pass."""
    accumulate: int = 4
    """Passes in one step."""
    photo_share: float = 0.2
    """Share of the tracker's passes that hold exchanges with photos, where drawn pictures are given."""
    save_every: int = 250
    """Steps between two savings of the adapter."""


def read_config(path: Path | None, **changes: Any) -> ChatAdapterConfig:
    """A run's YAML, or the defaults, with `changes` where they are not None; ModelError names a field that no run has."""
    data = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path else {}
    try:
        config = ChatAdapterConfig(**{**data, **{name: value for name, value in changes.items() if value is not None}})
    except TypeError as fault:
        raise ModelError(f"{path}: {fault}") from None
    if config.name not in ADAPTERS:
        raise ModelError(f"name: {config.name!r} is not an adapter; expected {' or '.join(ADAPTERS)}")
    for field in ("rank", "steps", "rows", "accumulate", "save_every"):
        if getattr(config, field) < 1:
            raise ModelError(f"{field}: {getattr(config, field)} is no count; expected 1 or more")
    return config


@dataclass(frozen=True)
class Example:
    """A chat prompt, the photos that stand in it, and the answer to learn."""

    prompt: str
    answer: str
    photos: tuple[Image.Image, ...] = ()


class Examples:
    """Endless passes of examples, each of so many rows with the same number of photos."""

    def __init__(self, backbone: Backbone, config: ChatAdapterConfig, drawn: Path | None = None, part: str = "train", shift: int = 0):
        """`shift` sets apart the corpora of several processes, `part` (train or valid) the bank's phrases."""
        self.tracker, self.responder = Tracker(backbone), Responder(backbone)
        self.config, self.part = config, part
        self.seed = config.seed + 7919 * shift
        self.rng = random.Random(self.seed)
        self.drawn: list[Any] = []
        if drawn is not None:
            from stylist.training import drawn as drawings

            self.drawn = [picture for picture in drawings.read(drawn) if picture.valid == (part == "valid")]

    def passes(self) -> Iterator[list[Example]]:
        plain = self._replies() if self.config.name == "stylist" else self._exchanges(0)
        pictured = {count: self._exchanges(count) for count in (1, 2)} if self.drawn else {}
        while True:
            with_photos = self.config.name == "tracker" and pictured and self.rng.random() < self.config.photo_share
            source = pictured[self.rng.choice((1, 1, 1, 2))] if with_photos else plain
            yield list(itertools.islice(source, self.config.rows))

    def _replies(self) -> Iterator[Example]:
        for example in replies(self.seed, self.part):
            yield Example(self.responder.prompt(example.facts), example.reply)

    def _exchanges(self, photos: int) -> Iterator[Example]:
        for example in exchanges(self.seed + 1 + photos, self.part):
            if example.photos == photos:
                before = edits.apply(DialogState(), example.before)
                prompt = self.tracker.prompt(before, example.assistant, example.user, photos)
                yield Example(prompt, edits.to_json(example.edit), tuple(self._photo() for _ in range(photos)))

    def _photo(self) -> Image.Image:
        from stylist.garments.backgrounds import paste
        from stylist.training import drawn as drawings

        return paste(drawings.load(self.rng.choice(self.drawn)), self.rng, 336)


def collate(backbone: Backbone, examples: list[Example]) -> dict[str, Tensor]:
    """The model's inputs with `labels`, which are -100 outside the answers.

    Prompts are padded on the left and answers on the right, so that a prompt is cut into tokens as it is at work, and the
    answer's tokens follow it as they are written there.
    """
    tokenizer, pad = backbone.tokenizer, backbone.tokenizer.pad_token_id
    prompts = backbone.batch([example.prompt for example in examples], [example.photos for example in examples])
    answers = [[*tokenizer(example.answer, add_special_tokens=False)["input_ids"], tokenizer.eos_token_id] for example in examples]
    longest = max(map(len, answers))
    device = prompts["input_ids"].device
    ids = torch.tensor([answer + [pad] * (longest - len(answer)) for answer in answers], device=device)
    written = torch.tensor([[1] * len(answer) + [0] * (longest - len(answer)) for answer in answers], device=device)
    rows, width = prompts["input_ids"].shape
    added = {"input_ids": ids, "attention_mask": written}
    inputs = dict(prompts)
    for name, value in prompts.items():
        if value.shape == (rows, width):  # what runs along the tokens: ids, mask, kinds of tokens
            more = added.get(name, torch.zeros_like(ids))
            inputs[name] = torch.cat([value, more.to(value)], dim=1)
    learned = torch.where(written.bool(), ids, -100)
    inputs["labels"] = torch.cat([torch.full((rows, width), -100, device=device), learned], dim=1)
    return inputs


def loss(model: Any, inputs: dict[str, Tensor]) -> Tensor:
    """Mean cross-entropy of the answers' tokens; the output layer runs over the answers' columns alone."""
    labels = inputs["labels"]
    columns = int((labels != -100).any(0).nonzero()[0])
    logits = model(**{name: x for name, x in inputs.items() if name != "labels"}, use_cache=False, logits_to_keep=labels.shape[1] - columns + 1).logits
    return torch.nn.functional.cross_entropy(logits[:, :-1].float().flatten(0, 1), labels[:, columns:].flatten(), ignore_index=-100)


def train(config: ChatAdapterConfig, source: str, out: Path, drawn: Path | None = None, four_bit: bool = False) -> dict[str, Any]:
    """Trains one adapter on the model `source` and saves it in `out` in peft's format, with the run and its curve; returns the last scores.

    Without `drawn` pictures the tracker learns from exchanges without photos. ModelError where the model can't be loaded.
    """
    from accelerate import Accelerator
    from accelerate.utils import set_seed
    from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training

    accelerator = Accelerator(gradient_accumulation_steps=config.accumulate, mixed_precision="bf16" if torch.cuda.is_available() else "no")
    set_seed(config.seed)
    device = str(accelerator.device)
    model, processor = checkpoints.load(source, False, device, four_bit)
    backbone = Backbone(model, processor, (), False, source)
    if four_bit:
        model = prepare_model_for_kbit_training(model, gradient_checkpointing_kwargs={"use_reentrant": False})
    lora = LoraConfig(r=config.rank, lora_alpha=config.alpha, lora_dropout=config.dropout, bias="none", target_modules=TARGETS)
    peft: Any = get_peft_model(model, lora)
    count = sum(p.numel() for p in peft.parameters() if p.requires_grad)
    stepper: Any = torch.optim.AdamW([p for p in peft.parameters() if p.requires_grad], lr=config.learning_rate, betas=(0.9, 0.95), weight_decay=0.0)
    prepared, stepper = accelerator.prepare(peft, stepper)
    stream = Examples(backbone, config, drawn, shift=accelerator.process_index).passes()
    curve: list[dict[str, float]] = []
    _log(accelerator, f"{config.name}: {count:,} trainable parameters on {accelerator.num_processes} x {device}")
    prepared.train()
    started = time.time()
    for step in range(config.steps):
        for group in stepper.param_groups:
            group["lr"] = config.learning_rate * _rate(step, config)
        total = 0.0
        for _ in range(config.accumulate):
            with accelerator.accumulate(prepared):
                value = loss(prepared, collate(backbone, next(stream)))
                accelerator.backward(value)
                if accelerator.sync_gradients:
                    accelerator.clip_grad_norm_(prepared.parameters(), 1.0)
                stepper.step()
                stepper.zero_grad()
            total += float(value.detach())
        curve.append({"step": step + 1, "loss": total / config.accumulate, "seconds": time.time() - started})
        if (step + 1) % 10 == 0 or step + 1 == config.steps:
            _log(accelerator, f"step {step + 1} loss {curve[-1]['loss']:.4g} after {curve[-1]['seconds']:.0f} s")
        if (step + 1) % config.save_every == 0 and accelerator.is_main_process:
            peft.save_pretrained(str(out), save_embedding_layers=False)
    scores: dict[str, Any] = {"held_out_loss": held_out(backbone, peft, config), "last_loss": curve[-1]["loss"], "parameters": count}
    accelerator.wait_for_everyone()
    if accelerator.is_main_process:
        peft.save_pretrained(str(out), save_embedding_layers=False)
        run = {"model": source, "config": asdict(config), "four_bit": four_bit, "scores": scores, "curve": curve}
        (out / "run.json").write_text(json.dumps(run, indent=1), encoding="utf-8")
    return scores


@torch.inference_mode()
def held_out(backbone: Backbone, model: Any, config: ChatAdapterConfig, passes: int = 8) -> float:
    """Mean loss on a few passes over phrases that never train."""
    model.eval()
    stream = Examples(backbone, config, part="valid", shift=1).passes()
    losses = [float(loss(model, collate(backbone, next(stream)))) for _ in range(passes)]
    return sum(losses) / len(losses)


def _rate(step: int, config: ChatAdapterConfig) -> float:
    warm = max(1, round(config.warmup * config.steps))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, config.steps - warm)))


def _log(accelerator: Any, text: str) -> None:
    if accelerator.is_main_process:
        print(text, file=sys.stderr, flush=True)
