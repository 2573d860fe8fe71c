"""The loop that trains the multimodal model and its adapters on prompt-and-answer pairs. Knows nothing of where pairs come from.

Only the answer's tokens are learned. Batches hold pairs of like length, a fixed number of tokens each.
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

from stylist.errors import ModelError
from stylist.mllm import weigher as weighers
from stylist.mllm.decoder import prefix_mask


@dataclass(frozen=True)
class Pair:
    """Token ids of prompt and answer; `picture` is a row of the picture bank whose tokens fill the prompt's image places, or None."""

    prompt: Sequence[int]
    answer: Sequence[int]
    picture: tuple[int, ...] = ()
    entries: tuple[int, ...] | None = None
    """Numbers of the answer's entries (`mllm.weigher`), None where the answer is no edit."""


@dataclass(frozen=True)
class LoopConfig:
    """One run of the loop; saved beside the weights it made."""

    seed: int = 0
    """Seed of the order of batches."""
    minutes: float = 30.0
    """Wall-clock length of the run; the learning rate follows it, so that a slow machine ends as cleanly as a fast one."""
    learning_rate: float = 1.5e-3
    """Peak rate of AdamW."""
    embedding_rate: float = 0.3
    """Share of the rate for input embeddings, so that words the corpus lacks keep their place among those it has."""
    muon: bool = False
    """Trains the decoder's matrices with Muon (Jordan 2024; in torch from 2.9) at AdamW's scale of updates; the rest with AdamW."""
    weight_decay: float = 0.05
    """Decay of matrices (embeddings and norms have none)."""
    tokens_per_batch: int = 5000
    """Padded tokens a step."""
    warmup: float = 0.03
    """Share of the run over which the rate rises."""
    floor: float = 0.03
    """Share of the peak rate to which it falls by the end of the run, along a cosine."""
    checkpoint_minutes: float = 4.0
    """How often the run is saved so that it resumes after a kill."""
    weigher_rate: float = 2.0
    """Share of the rate for the weigher, which begins from nothing."""
    weigher_share: float = 0.15
    """What the weigher's loss (nats of a whole edit) counts for beside the answer's (nats of a token), where the model has one."""


def batches(pairs: Iterator[Pair], tokens_per_batch: int, rng: random.Random, pool: int = 3000) -> Iterator[list[Pair]]:
    """Batches of pairs of like length, shuffled, from a stream."""
    while True:
        chunk = [next(pairs) for _ in range(pool)]
        chunk.sort(key=lambda p: len(p.prompt) + len(p.answer))
        made: list[list[Pair]] = []
        current: list[Pair] = []
        for pair in chunk:
            length = len(pair.prompt) + len(pair.answer)
            if current and (len(current) + 1) * length > tokens_per_batch:
                made.append(current)
                current = []
            current.append(pair)
        made.append(current)
        rng.shuffle(made)
        yield from made


class _Batches(IterableDataset[Any]):
    def __init__(self, stream: Iterator[list[Pair]]):
        self.stream = stream

    def __iter__(self) -> Iterator[list[Pair]]:
        return self.stream


def ahead(stream: Iterator[list[Pair]], count: int = 64) -> Iterator[list[Pair]]:
    """The stream, made by another process up to `count` batches ahead, since writing dialogs takes a fifth of a step's time."""
    if not sys.platform.startswith("linux"):
        return stream
    return iter(DataLoader(_Batches(stream), batch_size=None, num_workers=1, prefetch_factor=count, multiprocessing_context="fork", collate_fn=list))


def collate(batch: list[Pair], pad: int) -> tuple[Tensor, Tensor, Tensor]:
    """(ids, labels, mask), each (batch, length), padded on the right; labels are -100 outside the answer."""
    length = -(-max(len(p.prompt) + len(p.answer) for p in batch) // 8) * 8  # few shapes: kernels and memory are reused
    ids = torch.full((len(batch), length), pad)
    labels = torch.full((len(batch), length), -100)
    mask = torch.zeros((len(batch), length), dtype=torch.long)
    for row, pair in enumerate(batch):
        whole = [*pair.prompt, *pair.answer]
        ids[row, : len(whole)] = torch.tensor(whole)
        labels[row, len(pair.prompt) : len(whole)] = torch.tensor(list(pair.answer))
        mask[row, : len(whole)] = 1
    return ids, labels, mask


def read(model: Any, ids: Tensor, labels: Tensor, mask: Tensor, picture_tokens: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The last hidden states and the word vectors (batch, length, hidden), and which places are the prompts' (batch, length).

    `picture_tokens` (pictures, tokens, vision width) fill the image places of `ids` in order.
    """
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    core = inner.model
    words = embeds = core.get_input_embeddings()(ids)
    if picture_tokens is not None and len(picture_tokens):
        places = ids == inner.config.image_token_id
        projected = core.multi_modal_projector(picture_tokens).to(embeds.dtype)
        embeds = embeds.masked_scatter(places.unsqueeze(-1), projected.reshape(-1, projected.shape[-1]))
    prompts = (labels != -100).int().argmax(1)
    hidden = core.language_model(inputs_embeds=embeds, attention_mask=prefix_mask(prompts, mask), use_cache=False).last_hidden_state
    return hidden, words, torch.arange(ids.shape[1], device=ids.device)[None] < prompts[:, None]


def answer_loss(model: Any, hidden: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy of the answers' tokens. The output layer runs only where there is something to learn, which is most of the
    saving over the model's own loss."""
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    learned = labels[:, 1:] != -100
    logits = inner.lm_head(hidden[:, :-1][learned])
    return F.cross_entropy(logits.float(), labels[:, 1:][learned])


def optimizers(model: nn.Module, config: LoopConfig) -> list[torch.optim.Optimizer]:
    """AdamW for all that is trained, or Muon for the decoder's matrices and AdamW for the rest. Each group has its `share` of the rate."""
    hidden: list[nn.Parameter] = []
    matrices: list[nn.Parameter] = []
    embeddings: list[nn.Parameter] = []
    rest: list[nn.Parameter] = []
    fresh: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if "weigher." in name:
            fresh.append(parameter)
        elif "word_embeddings" in name:
            embeddings.append(parameter)
        elif parameter.ndim >= 2:
            (hidden if config.muon and ".layer." in name else matrices).append(parameter)
        else:
            rest.append(parameter)
    groups = [
        {"params": matrices, "weight_decay": config.weight_decay, "share": 1.0},
        {"params": embeddings, "weight_decay": 0.0, "share": config.embedding_rate},
        {"params": rest, "weight_decay": 0.0, "share": 1.0},
        {"params": fresh, "weight_decay": 0.0, "share": config.weigher_rate},
    ]
    made: list[torch.optim.Optimizer] = [torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.95), eps=1e-7)]
    if hidden:
        if not hasattr(torch.optim, "Muon"):
            raise ModelError("muon: this torch has none; it takes torch 2.9 or newer, or `muon: false`")
        group = {"params": hidden, "share": 1.0}
        made.append(torch.optim.Muon([group], lr=config.learning_rate, weight_decay=config.weight_decay, adjust_lr_fn="match_rms_adamw"))
    return made


def train(
    model: Any, pairs: Iterator[Pair], config: LoopConfig, folder: Path, pad: int, bank: Tensor | None = None,
    evaluate: Callable[[], dict[str, float]] | None = None, log: Callable[[str], None] | None = None,
) -> list[dict[str, float]]:  # fmt: skip
    """Trains for `config.minutes`, resuming from `folder/checkpoint.pt` where there is one; returns and saves the curve.

    `bank` (pictures, tokens, vision width) are the tower's tokens that `Pair.picture` points into. The curve is also written to
    `folder/curve.jsonl`, the config to `folder/loop.json`.
    """
    log = log or (lambda text: print(text, file=sys.stderr, flush=True))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "loop.json").write_text(json.dumps(asdict(config), indent=1))
    device = next(model.parameters()).device
    steppers = optimizers(model, config)
    checkpoint = folder / "checkpoint.pt"
    spent, step, curve = 0.0, 0, []
    trained = {name for name, p in model.named_parameters() if p.requires_grad}
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=False)
        model.load_state_dict(saved["model"], strict=False)
        for stepper, state in zip(steppers, saved["optimizers"], strict=True):
            stepper.load_state_dict(state)
        spent, step, curve = saved["spent"], saved["step"], saved["curve"]
        log(f"resumed at step {step}, {spent / 60:.1f} of {config.minutes:g} minutes")
    rng = random.Random(config.seed + step)
    total, last_saved, started = config.minutes * 60, time.time(), time.time() - spent
    mean_loss, mean_weighed, seen = 0.0, 0.0, 0.0
    weigher = getattr(getattr(model, "get_base_model", lambda: model)(), "weigher", None)
    model.train()
    getattr(model, "get_base_model", lambda: model)().model.vision_tower.eval()
    for batch in ahead(batches(pairs, config.tokens_per_batch, rng)):
        done = (time.time() - started) / total
        if done >= 1:
            break
        rate = config.learning_rate * min(1.0, (done + 1e-4) / config.warmup) * (0.5 * (1 + math.cos(math.pi * done)) * (1 - config.floor) + config.floor)
        for group in (g for stepper in steppers for g in stepper.param_groups):
            group["lr"] = rate * group["share"]
        ids, labels, mask = (t.to(device) for t in collate(batch, pad))
        rows = [index for pair in batch for index in pair.picture]
        pictures = bank[rows].to(device).float() if bank is not None and rows else None
        with torch.autocast(device.type, dtype=torch.bfloat16):
            hidden, words, prompts = read(model, ids, labels, mask, pictures)
            loss = answer_loss(model, hidden, labels)
            if weigher is not None and batch[0].entries is not None:
                weighed = weighers.loss(weigher(hidden, words, prompts), [pair.entries or () for pair in batch])
                loss = loss + config.weigher_share * weighed
                mean_weighed += weighed.item()
        model.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        for stepper in steppers:
            stepper.step()
        step += 1
        mean_loss += loss.item()
        seen += mask.sum().item()
        if step % 50 == 0:
            row = {"step": step, "minutes": (time.time() - started) / 60, "loss": mean_loss / 50, "tokens_per_second": seen / max(1e-9, time.time() - started)}
            if weigher is not None:
                row["weighed"] = mean_weighed / 50
            mean_loss = mean_weighed = 0.0
            if evaluate and step % 500 == 0:
                model.eval()
                row |= evaluate()
                model.train()
            curve.append(row)
            log(" ".join(f"{k} {x:.4g}" for k, x in row.items()))
        if time.time() - last_saved > config.checkpoint_minutes * 60:
            state = {n: p for n, p in model.state_dict().items() if n in trained}
            torch.save({"model": state, "optimizers": [x.state_dict() for x in steppers], "spent": time.time() - started, "step": step, "curve": curve}, checkpoint)
            last_saved = time.time()
    model.eval()
    (folder / "curve.jsonl").write_text("".join(json.dumps(row) + "\n" for row in curve))
    return curve
