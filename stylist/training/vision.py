"""Trains the bundled vision tower on photos with class labels, drawn garments with full labels, and captions of both.

    python -m stylist.training.vision --config stylist/training/configs/vision.yaml --photos DIR --drawn DIR --out RUN

Losses: the likelihood of a photo's possible values (partial labels), cross-entropy of a drawn garment's values, and InfoNCE
between the tower's embedding and the text encoder's vector of a caption (Radford 2021). A run can be resumed.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import yaml
from torch import Tensor
from torch.nn import functional as F

from stylist.encoders.text import TextEncoder
from stylist.encoders.tower import VisionConfig, VisionTower
from stylist.errors import StylistError
from stylist.training import augment, captions, imagenet, phrases
from stylist.training.vision_data import UNKNOWN, DrawnSet, PhotoSet, background
from stylist.training.vision_evaluation import drawn_accuracy, photo_accuracy

log = logging.getLogger("stylist.training.vision")

DRAWN_WEIGHTS = {"type": 1.0, "color": 1.0, "pattern": 0.7, "material": 0.35, "sleeve": 0.3, "length": 0.3}
_PASTED = 184  # pixels a side of pasted pictures before views are cut from them
_MEMORY = 384  # captions of earlier batches that serve as further negatives


@dataclass(frozen=True)
class VisionTrainingConfig:
    """A run; each field is explained in `configs/vision.yaml`."""

    seed: int = 0
    steps: int = 1250
    small_steps: int = 1100
    small_size: int = 128
    frozen_blocks: int = 3
    photo_batch: int = 40
    drawn_batch: int = 22
    empty_batch: int = 2
    clean_share: float = 0.15
    crowd_share: float = 0.2
    photo_size: int = 192
    fresh: int = 22
    pool: int = 0
    learning_rate: float = 1.5e-3
    warmup: int = 100
    weight_decay: float = 0.05
    average: float = 0.995
    photo_weight: float = 1.0
    contrast_weight: float = 0.5
    temperature: float = 0.07
    align_steps: int = 300
    checkpoint_every: int = 100
    threads: int = 1


class VisionTrainer:
    """One run in a folder: pictures, tower, averaged tower, optimizer, curve."""

    def __init__(self, config: VisionTrainingConfig, photo_folder: Path, drawn_folder: Path, out: Path,
                 text_encoder: str | None, start: Path | None):  # fmt: skip
        self.config, self.out = config, out
        out.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.photos = PhotoSet(photo_folder, config.photo_size, valid=False)
        self.photos_valid = PhotoSet(photo_folder, VisionConfig().image_size, valid=True)
        self.drawn = DrawnSet(drawn_folder, valid=False, pool=config.pool, crowd=config.crowd_share)
        self.drawn_valid = DrawnSet(drawn_folder, valid=True)
        log.info("%d photos, %d drawn garments to learn from", len(self.photos.photos), len(self.drawn.garments))
        self.model = VisionTower(VisionConfig()).to(memory_format=torch.channels_last)  # type: ignore[call-arg]
        self.average = VisionTower(VisionConfig()).eval()
        if start is not None:
            imagenet.start(self.model, start)
        self.average.load_state_dict(self.model.state_dict())
        self.frozen = [self.model.stem, *self.model.blocks[: config.frozen_blocks]] if start is not None else []
        for part in self.frozen:
            part.requires_grad_(False)
        learned = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(learned, lr=config.learning_rate, weight_decay=config.weight_decay)
        self.step, self.curve = 0, []  # type: int, list[dict[str, float]]
        checkpoint = out / "checkpoint.pt"
        if checkpoint.is_file():
            saved = torch.load(checkpoint, weights_only=False)
            self.model.load_state_dict(saved["model"])
            self.average.load_state_dict(saved["average"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step, self.curve = saved["step"], saved["curve"]
            log.info("resumed at step %d", self.step)
        self.generator = torch.Generator().manual_seed(config.seed + self.step)
        self.rng = random.Random(config.seed + self.step)
        self.text = TextEncoder(text_encoder) if text_encoder else None
        self.banks = [phrases.load(language) for language in phrases.LANGUAGES]
        self.memory: deque[tuple[str, Tensor]] = deque(maxlen=_MEMORY)
        self.class_vectors = self._class_vectors()

    def _class_vectors(self) -> dict[str, Tensor]:
        """Per photo class the mean vector of the names of its types in both languages."""
        if self.text is None:
            return {}
        found = {}
        for photo in self.photos.photos:
            if photo.label not in found:
                forms = [f.text for bank in self.banks for t in photo.values["type"] for f in bank.forms["type", t][:4]]
                found[photo.label] = F.normalize(torch.from_numpy(self.text.encode(forms)).mean(0), dim=0)
        return found

    def _size(self) -> int:
        return self.config.small_size if self.step < self.config.small_steps else VisionConfig().image_size

    def _photo_loss(self, readings: dict[str, Tensor], rows: Tensor) -> Tensor:
        """Negative log of the probability given to the values that the label leaves possible."""
        loss = torch.zeros(())
        for field, weight in (("type", 1.0), ("sleeve", 0.5)):
            possible = self.photos.possible[field][rows]
            telling = ~possible.all(1)
            chance = readings[field].masked_fill(~possible, -1e4).logsumexp(1)
            loss = loss - weight * (chance * telling).sum() / telling.sum().clamp(min=1)
        return loss

    def _drawn_loss(self, readings: dict[str, Tensor], rows: Tensor) -> Tensor:
        loss = torch.zeros(())
        for field, weight in DRAWN_WEIGHTS.items():
            labels = self.drawn.labels[field][rows]
            if (labels != UNKNOWN).any():
                loss = loss + weight * F.nll_loss(readings[field], labels, ignore_index=UNKNOWN)
        return loss

    def _contrast(self, embedded: Tensor, photo_rows: Tensor, drawn_rows: Tensor) -> Tensor:
        """Photos against the classes' words; drawn garments against captions of this and earlier batches."""
        assert self.text is not None
        scale = 1 / self.config.temperature
        labels = sorted(self.class_vectors)
        classes = torch.stack([self.class_vectors[label] for label in labels])
        aim = torch.tensor([labels.index(self.photos.photos[r].label) for r in photo_rows.tolist()])
        loss = F.cross_entropy(embedded[: len(aim)] @ classes.T * scale, aim)
        garments = [self.drawn.garments[r] for r in drawn_rows.tolist()]
        texts = [captions.caption(g.values, self.rng.choice(self.banks), self.rng, full=True) for g in garments]
        keys = [f"{g.spec.type} {g.spec.color} {g.spec.pattern}" for g in garments]
        vectors = torch.from_numpy(self.text.encode(texts))
        pictures = embedded[len(aim) : len(aim) + len(keys)]
        others = [entry for entry in self.memory]
        all_keys = keys + [key for key, _ in others]
        all_vectors = torch.cat([vectors, torch.stack([x for _, x in others])]) if others else vectors
        same = torch.tensor([[a == b and i != j for j, b in enumerate(all_keys)] for i, a in enumerate(keys)])
        scores = (pictures @ all_vectors.T * scale).masked_fill(same, -1e4)
        aim = torch.arange(len(keys))
        back = (vectors @ pictures.T * scale).masked_fill(same[:, : len(keys)], -1e4)
        self.memory.extend(zip(keys, vectors, strict=True))
        return loss + F.cross_entropy(scores, aim) + 0.5 * F.cross_entropy(back, aim)

    def train_step(self) -> dict[str, float]:
        """One update; its losses by name."""
        config, size = self.config, self._size()
        rate = config.learning_rate * min(1.0, (self.step + 1) / config.warmup)
        rate *= 0.5 * (1 + math.cos(math.pi * min(1.0, self.step / config.steps))) + 0.01
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        photo_rows = torch.multinomial(self.photos.weights, config.photo_batch, generator=self.generator)
        pasted, drawn_rows = self.drawn.batch(config.drawn_batch, config.fresh, self.rng, _PASTED, config.clean_share)
        empty = torch.stack([background(self.rng, _PASTED) for _ in range(config.empty_batch)])
        views = torch.cat([
            augment.views(self.photos.pictures[photo_rows], size, self.generator),
            augment.views(torch.cat([pasted, empty]), size, self.generator),
        ]).to(memory_format=torch.channels_last)  # fmt: skip
        pooled = self.model(views).pooler_output  # in single precision: depthwise convolutions are slower in half on a CPU
        readings = self.model.read(pooled)
        first, second = config.photo_batch, config.photo_batch + config.drawn_batch
        parts = {
            "photo": config.photo_weight * self._photo_loss({f: x[:first] for f, x in readings.items()}, photo_rows),
            "drawn": self._drawn_loss({f: x[first:second] for f, x in readings.items()}, drawn_rows),
            "empty": 0.2 * -readings["type"][second:].mean(),  # cross-entropy to the uniform distribution
        }
        if self.text is not None:
            parts["contrast"] = config.contrast_weight * self._contrast(self.model.embed(pooled[:second]), photo_rows, drawn_rows)
        loss = torch.stack(list(parts.values())).sum()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step()
        self._follow()
        self.step += 1
        return {name: value.item() for name, value in parts.items()}

    def align(self) -> None:
        """Trains the averaged tower's projection alone, on features kept in memory: what the joint steps left unfinished."""
        config = self.config
        size = VisionConfig().image_size
        drawn_rows = torch.arange(len(self.drawn.garments))
        with torch.no_grad():
            shown = torch.cat([augment.normalise(F.interpolate(x.float(), size=size, mode="area")) for x in self.photos.pictures.split(256)])
            photo_features = self._features(shown)
            drawn_features = torch.stack([self._features(augment.normalise(self.drawn.all_views(size, seed, clean)))
                                          for seed, clean in ((1, False), (2, False), (3, True))])  # fmt: skip
        optimizer = torch.optim.AdamW(self.average.projection.parameters(), lr=2e-3, weight_decay=0.02)
        for step in range(config.align_steps):
            optimizer.param_groups[0]["lr"] = 2e-3 * (1 - step / config.align_steps)
            photo_rows = torch.multinomial(self.photos.weights, 64, generator=self.generator)
            rows = drawn_rows[torch.randint(len(drawn_rows), (128,), generator=self.generator)]
            views = torch.randint(len(drawn_features), (128,), generator=self.generator)
            pooled = torch.cat([photo_features[photo_rows], drawn_features[views, rows]])
            loss = self._contrast(self.average.embed(pooled), photo_rows, rows)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            if step % 50 == 0:
                log.info("align %d %.3f", step, loss.item())

    def _features(self, pictures: Tensor) -> Tensor:
        """Pooled outputs (pictures, hidden) of the averaged tower."""
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            return torch.cat([self.average(x).pooler_output.float() for x in pictures.split(64)])

    @torch.no_grad()
    def _follow(self) -> None:
        """Moves the averaged weights toward the current ones."""
        keep = min(self.config.average, (self.step + 1) / (self.step + 10))
        current = self.model.state_dict()
        for name, value in self.average.state_dict().items():
            if value.dtype.is_floating_point:
                value.mul_(keep).add_(current[name], alpha=1 - keep)
            else:
                value.copy_(current[name])

    def measure(self) -> dict[str, float]:
        """Accuracy on held-out senders' photos and held-out drawn garments."""
        return {**photo_accuracy(self.average, self.photos_valid), **drawn_accuracy(self.average, self.drawn_valid)}

    def fit(self) -> None:
        """Trains to the configured step, saving checkpoints, the curve and the averaged tower on the way."""
        started = time.time()
        self.model.train()
        for part in self.frozen:
            part.eval()
        while self.step < self.config.steps:
            losses = self.train_step()
            if self.step % 50 == 0:
                self.curve.append({"step": self.step, **losses})
                log.info("step %d %s %.0f s", self.step, " ".join(f"{k} {x:.3f}" for k, x in losses.items()), time.time() - started)
            if self.step % self.config.checkpoint_every == 0 or self.step == self.config.steps:
                figures = self.measure()
                log.info("step %d %s", self.step, " ".join(f"{k} {x:.3f}" for k, x in figures.items() if k.count("/") < 2))
                self.curve[-1].update(photos=figures["photos/ten"])
                if self.step == self.config.steps and self.text is not None:
                    self.align()
                state = {"model": self.model.state_dict(), "average": self.average.state_dict(), "optimizer": self.optimizer.state_dict(),
                         "step": self.step, "curve": self.curve}  # fmt: skip
                torch.save(state, self.out / "checkpoint.part")
                (self.out / "checkpoint.part").rename(self.out / "checkpoint.pt")
                self.save(self.out / "model", figures)

    def save(self, folder: Path, figures: dict[str, float]) -> None:
        """Writes the averaged tower in half precision, with config, curve and figures of the run."""
        self.average.config.dtype = "float32"  # what the half-precision weights are loaded as
        half = {name: x.to(torch.float16) if x.is_floating_point() else x for name, x in self.average.state_dict().items()}
        self.average.save_pretrained(folder, state_dict=half, max_shard_size="9MB")
        about = {"config": asdict(self.config), "step": self.step, "figures": figures, "curve": self.curve}
        (folder / "training.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def read_config(path: Path) -> VisionTrainingConfig:
    """The config of a YAML file; StylistError names what is wrong."""
    try:
        return VisionTrainingConfig(**yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, TypeError, yaml.YAMLError) as error:
        raise StylistError(f"{path}: {error}; expected the fields of VisionTrainingConfig") from None


def main() -> int:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True, help="YAML of the run")
    parser.add_argument("--photos", type=Path, required=True, help="folder of the labeled photos")
    parser.add_argument("--drawn", type=Path, required=True, help="folder made by python -m stylist.training.drawn")
    parser.add_argument("--text-encoder", help="encoder of the captions; without it nothing aligns pictures and text")
    parser.add_argument("--scratch", action="store_true", help="start from random weights, not from ImageNet's")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run; continued where it holds a checkpoint")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        config = read_config(options.config)
        start = None if options.scratch else imagenet.weights_file()
        VisionTrainer(config, options.photos, options.drawn, options.out, options.text_encoder, start).fit()
    except StylistError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
