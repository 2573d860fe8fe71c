"""Trains the bundled text encoder: a small transformer that copies a teacher's English and learns Korean and fashion words.

    python -m stylist.training.text_encoder --config stylist/training/configs/text-encoder.yaml --teacher DIR --products FILE --out RUN

The teacher (a sentence-transformers model with a WordPiece vocabulary, all-MiniLM-L6-v2 for the released weights) is needed
only here. Losses: cosine to the teacher's projected vectors (also for Korean texts, through their English); supervised
contrast of the forms of vocabulary values (Khosla 2020); InfoNCE over captions of the same garment. A run can be resumed.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from torch import Tensor
from torch.nn import functional as F

from stylist import paths
from stylist.errors import StylistError
from stylist.training import text_corpus as corpus
from stylist.training import text_tokenizer
from stylist.training.noise import noisy
from stylist.training.text_evaluation import held_out_forms

log = logging.getLogger("stylist.training.text_encoder")


@dataclass(frozen=True)
class TextEncoderConfig:
    """A run; each field is explained in `configs/text-encoder.yaml`."""

    seed: int = 3
    vocabulary: int = 14500
    korean_pieces: int = 3600
    general_words: int = 6000
    hidden: int = 256
    layers: int = 2
    heads: int = 4
    intermediate: int = 512
    max_length: int = 96
    train_length: int = 32
    steps: int = 1500
    distill_batch: int = 64
    value_batch: int = 56
    forms_per_value: int = 3
    pair_batch: int = 40
    learning_rate: float = 1e-3
    embedding_learning_rate: float = 3e-3
    warmup: int = 100
    temperature: float = 0.07
    distill_weight: float = 6.0
    value_weight: float = 1.0
    pair_weight: float = 0.6
    checkpoint_every: int = 300
    threads: int = 1


class TextTrainer:
    """One run in a folder: the corpus, the teacher's vectors, the model and its optimizer."""

    def __init__(self, config: TextEncoderConfig, teacher: str, products: Path, out: Path):
        self.config, self.out = config, out
        torch.manual_seed(config.seed)
        torch.set_num_threads(config.threads)
        out.mkdir(parents=True, exist_ok=True)
        self.items = corpus.items(paths.catalogue())
        self._prepare(teacher, products)
        self.forms = corpus.forms("train")
        self.by_label: dict[str, list[corpus.Form]] = defaultdict(list)
        for form in self.forms:
            self.by_label[form.label].append(form)
        self.rng = random.Random(config.seed)
        self.pairs = corpus.pairs(config.seed + 1, self.items)
        self._build()

    def _prepare(self, teacher_name: str, products: Path) -> None:
        """Tokenizer, distillation texts and their targets (texts, hidden), kept in the run folder."""
        cache = self.out / "distill.npz"
        if cache.is_file():
            saved = np.load(cache, allow_pickle=False)
            self.texts = json.loads((self.out / "texts.json").read_text(encoding="utf-8"))
            self.targets, self.word_vectors = torch.from_numpy(saved["targets"]), saved["words"]
            self.tokenizer: Any = text_tokenizer.PreTrainedTokenizerFast.from_pretrained(self.out / "tokenizer")
            return
        from sentence_transformers import SentenceTransformer

        config = self.config
        teacher = SentenceTransformer(teacher_name, device="cpu")
        tokenizer: Any = teacher.tokenizer
        general = [w for w, _ in sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])]
        words = [w for w in general if w.isascii() and w.isalpha() and len(w) > 2][: config.general_words]
        texts = corpus.english(self.items, corpus.products(products), words, random.Random(config.seed))
        translations = corpus.translations(self.items)
        texts = list(dict.fromkeys([*texts, *(english for _, english in translations)]))
        korean = [ko for ko, _ in translations] + [f.text for f in corpus.forms("train") if f.language == "ko"]
        korean += corpus.utterances("ko", 3000, random.Random(config.seed + 7))
        self.tokenizer = text_tokenizer.build(texts, korean, general, config.vocabulary, config.korean_pieces, config.max_length)
        self.tokenizer.save_pretrained(self.out / "tokenizer")
        pieces = self.tokenizer.convert_ids_to_tokens(list(range(len(self.tokenizer))))
        spelled = [p.strip("▁") if p.isascii() or (p.startswith("▁") and p[1:].isascii()) else "" for p in pieces]
        alone = sorted(({s for s in spelled if len(s) > 1} | set(texts)), key=len)
        log.info("%d texts for the teacher, %d pieces", len(alone), len(pieces))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = teacher.encode(alone, batch_size=64, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True)
        row = {text: index for index, text in enumerate(alone)}
        _, _, axes = np.linalg.svd(vectors[[row[t] for t in texts]], full_matrices=False)
        small = vectors @ axes[: config.hidden].T
        small /= np.linalg.norm(small, axis=1, keepdims=True).clip(1e-9)
        targets = np.concatenate([small[[row[t] for t in texts]], small[[row[english] for _, english in translations]]])
        self.texts = texts + [ko for ko, _ in translations]
        self.targets = torch.from_numpy(targets.astype(np.float32))
        self.word_vectors = np.stack([small[row[s]] if len(s) > 1 else np.zeros(config.hidden) for s in spelled]).astype(np.float32)
        (self.out / "texts.json").write_text(json.dumps(self.texts, ensure_ascii=False), encoding="utf-8")
        np.savez(cache, targets=targets.astype(np.float32), words=self.word_vectors)

    def _build(self) -> None:
        from transformers import BertConfig, BertModel

        config = self.config
        self.model = BertModel(BertConfig(
            vocab_size=len(self.tokenizer), hidden_size=config.hidden, num_hidden_layers=config.layers, num_attention_heads=config.heads,
            intermediate_size=config.intermediate, max_position_embeddings=config.max_length, type_vocab_size=1, pad_token_id=0,
            hidden_dropout_prob=0.05, attention_probs_dropout_prob=0.0,
        ), add_pooling_layer=False)  # fmt: skip
        table = self.model.embeddings.word_embeddings.weight
        with torch.no_grad():
            known = torch.from_numpy(self.word_vectors)
            seen = known.norm(dim=1) > 0
            table.copy_(torch.where(seen[:, None], known, torch.randn_like(known) * 0.03))
            self.model.embeddings.position_embeddings.weight.mul_(0.1)
            self.model.embeddings.token_type_embeddings.weight.zero_()
        rest = [p for p in self.model.parameters() if p is not table]
        self.optimizer = torch.optim.AdamW(
            [{"params": [table], "rate": config.embedding_learning_rate * 0.1}, {"params": rest, "rate": config.learning_rate}],
            weight_decay=0.01, betas=(0.9, 0.98),
        )  # fmt: skip
        self.step, self.curve = 0, []  # type: int, list[dict[str, float]]
        checkpoint = self.out / "checkpoint.pt"
        if checkpoint.is_file():
            saved = torch.load(checkpoint, weights_only=False)
            self.model.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step, self.curve = saved["step"], saved["curve"]
            self.rng.seed(config.seed + self.step)
            self.pairs = corpus.pairs(config.seed + 1 + self.step, self.items)
            log.info("resumed at step %d", self.step)

    def encode(self, texts: list[str]) -> Tensor:
        """Unit vectors (texts, hidden) with gradients."""
        longest = self.config.train_length if self.model.training else self.config.max_length
        batch = self.tokenizer(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
        mask = batch["attention_mask"][..., None].float()
        return F.normalize((hidden.float() * mask).sum(1) / mask.sum(1).clamp(min=1), dim=-1)

    def encode_numpy(self, texts: list[str]) -> np.ndarray:
        """Unit vectors (texts, hidden) for measuring."""
        self.model.eval()
        with torch.no_grad():
            rows = torch.cat([self.encode(texts[i : i + 256]) for i in range(0, len(texts), 256)])
        self.model.train()
        return rows.numpy()

    def _value_texts(self) -> tuple[list[str], list[str]]:
        labels = self.rng.sample(sorted(self.by_label), self.config.value_batch)
        texts, marks = [], []
        for label in labels:
            options = self.by_label[label]
            for form in self.rng.sample(options, min(len(options), self.config.forms_per_value)):
                texts.append(noisy(form.text, self.rng, form.language) if self.rng.random() < 0.15 else form.text)
                marks.append(label)
        return texts, marks

    def _value_loss(self, vectors: Tensor, labels: list[str]) -> Tensor:
        """Supervised contrast; values of other fields are no negatives where texts may mean both."""
        names = sorted(set(labels))
        number = torch.tensor([names.index(label) for label in labels])
        same = number[:, None] == number[None, :]
        itself = torch.eye(len(labels), dtype=torch.bool)
        scores = (vectors @ vectors.T / self.config.temperature).masked_fill(itself, -1e4)
        chances = scores.log_softmax(1)
        positive = same & ~itself
        count = positive.sum(1)
        return -((chances * positive).sum(1)[count > 0] / count[count > 0]).mean()

    def _pair_loss(self, left: Tensor, right: Tensor, keys: list[str]) -> Tensor:
        """InfoNCE both ways; pairs of equal type, color and pattern are no negatives of each other."""
        names = {key: index for index, key in enumerate(dict.fromkeys(keys))}
        number = torch.tensor([names[key] for key in keys])
        double = (number[:, None] == number[None, :]) & ~torch.eye(len(keys), dtype=torch.bool)
        scores = (left @ right.T / self.config.temperature).masked_fill(double, -1e4)
        aim = torch.arange(len(keys))
        return (F.cross_entropy(scores, aim) + F.cross_entropy(scores.T, aim)) / 2

    def train_step(self) -> dict[str, float]:
        """One update; its losses by name."""
        config = self.config
        share = min(1.0, (self.step + 1) / config.warmup) * max(0.02, 1 - self.step / config.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * share
        rows = [self.rng.randrange(len(self.texts)) for _ in range(config.distill_batch)]
        copied = [self.texts[r] if self.rng.random() > 0.1 else noisy(self.texts[r], self.rng) for r in rows]
        distill = (1 - (self.encode(copied) * self.targets[rows]).sum(1)).mean()
        texts, labels = self._value_texts()
        drawn = [next(self.pairs) for _ in range(config.pair_batch)]
        vectors = self.encode(texts)
        both = self.encode([left for left, _, _ in drawn] + [right for _, right, _ in drawn])
        value = self._value_loss(vectors, labels)
        pair = self._pair_loss(both[: len(drawn)], both[len(drawn) :], [key for _, _, key in drawn])
        loss = config.distill_weight * distill + config.value_weight * value + config.pair_weight * pair
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        return {"distill": distill.item(), "value": value.item(), "pair": pair.item()}

    def fit(self) -> None:
        """Trains to the configured step, saving checkpoints, the curve and at the end the model."""
        started = time.time()
        self.model.train()
        while self.step < self.config.steps:
            losses = self.train_step()
            if self.step % 50 == 0:
                self.curve.append({"step": self.step, **losses})
                log.info("step %d %s %.0f s", self.step, " ".join(f"{k} {x:.3f}" for k, x in losses.items()), time.time() - started)
            if self.step % self.config.checkpoint_every == 0 or self.step == self.config.steps:
                figures = held_out_forms(self.encode_numpy)
                log.info("step %d forms %.3f en %.3f ko %.3f", self.step, figures["forms"], figures["forms/en"], figures["forms/ko"])
                self.curve[-1].update(forms=figures["forms"])
                state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "step": self.step, "curve": self.curve}
                torch.save(state, self.out / "checkpoint.part")
                (self.out / "checkpoint.part").rename(self.out / "checkpoint.pt")
                self.save(self.out / "model")

    def save(self, folder: Path) -> None:
        """Writes a sentence-transformers model in half precision with the config and the curve of the run."""
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import Normalize, Pooling, Transformer
        from transformers import BertModel

        source = self.out / "transformer"
        self.model.config.dtype = "float32"  # what the half-precision weights are loaded as
        complete = BertModel(self.model.config)  # with the pooler that loaders look for, and nothing reads
        complete.load_state_dict(self.model.state_dict(), strict=False)
        half = {name: x.to(torch.float16) if x.is_floating_point() else x for name, x in complete.state_dict().items()}
        complete.save_pretrained(source, state_dict=half)
        self.tokenizer.save_pretrained(source)
        module = Transformer(str(source), max_seq_length=self.config.max_length)
        whole = SentenceTransformer(modules=[module, Pooling(self.config.hidden, "mean"), Normalize()], device="cpu")
        whole.save(str(folder), create_model_card=False)
        for name in ("model.safetensors", "config.json"):
            (folder / name).write_bytes((source / name).read_bytes())
        _write_portable(folder, self.config)
        about = {"config": asdict(self.config), "step": self.step, "curve": self.curve}
        (folder / "training.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _write_portable(folder: Path, config: TextEncoderConfig) -> None:
    """Rewrites the folder's descriptions in the form that every version of sentence-transformers reads."""
    kinds = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    modules = [{"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"} for i, (path, kind) in enumerate(kinds)]
    pooling = {"word_embedding_dimension": config.hidden, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True,
               "pooling_mode_max_tokens": False, "pooling_mode_mean_sqrt_len_tokens": False}  # fmt: skip
    files = {"modules.json": modules, "1_Pooling/config.json": pooling, "2_Normalize/config.json": {},
             "sentence_bert_config.json": {"max_seq_length": config.max_length, "do_lower_case": False}}  # fmt: skip
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_config(path: Path) -> TextEncoderConfig:
    """The config of a YAML file; StylistError names what is wrong."""
    try:
        return TextEncoderConfig(**yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, TypeError, yaml.YAMLError) as error:
        raise StylistError(f"{path}: {error}; expected the fields of TextEncoderConfig") from None


def main() -> int:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True, help="YAML of the run")
    parser.add_argument("--teacher", required=True, help="name or folder of the teacher, a sentence-transformers model")
    parser.add_argument("--products", type=Path, required=True, help="product descriptions that may train, a YAML list")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run; continued where it holds a checkpoint")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        TextTrainer(read_config(options.config), options.teacher, options.products, options.out).fit()
    except StylistError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
