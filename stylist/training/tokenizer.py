"""Makes the tokenizer of `stylist-mini`: whole English words, Korean pieces, single digits, and one token per edit key.

A unigram model whose vocabulary is put together rather than learned: the words of our corpus, the words of a general English
vocabulary (so that a word the corpus never had is one token with a meaning of its own), pieces for the rest, bytes for all else.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from stylist import edits
from stylist import vocabulary as v

MARKS = ("<pad>", "<s>", "<|end|>", "<image>", "<|state|>", "<|stylist|>", "<|user|>", "<|edit|>", "<|facts|>", "<|reply|>",
         "<|photo|>", "<|describe|>")  # fmt: skip
PAD, BOS, END = MARKS[0], MARKS[1], MARKS[2]

_FACTS = ('"act":"', '"lang":"', '"event":"', '"season":"', '"budget":"', '"slot":"', '"focus":"', '"relax":"', '"ask":"', '"avoid":["',
          '"looks":[["', '"],["', '"]]')  # fmt: skip

_WORD = re.compile(r"[A-Za-z]+")
_KOREAN = re.compile(r"[가-힣]+")


def edit_tokens() -> list[str]:
    """Text that an edit is made of and that becomes one token: `"+color":["` and its like."""
    keys = [f'"{key}":["' for key in (*edits.attribute_keys(), *edits.LISTS)]
    keys += [f'"{key}":"' for key in (*edits.AMOUNTS, "temp")]
    hyphenated = [x for values in v.VALUES.values() for x in values if "-" in x]
    return [*keys, *_FACTS, '"],', '"]}', '",', '"}', '"reset":true', *dict.fromkeys(hyphenated)]


def _english_scores(words: Iterable[str]) -> dict[str, float]:
    counts = Counter(words)
    total = sum(counts.values())
    return {word: math.log(n / total) for word, n in counts.items()}


def korean_pieces(texts: Iterable[str], size: int) -> list[str]:
    """Sub-word pieces of the Korean words in the texts, by a unigram trainer."""
    learner = Tokenizer(models.Unigram())
    learner.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=["<unk>"], unk_token="<unk>", show_progress=False, max_piece_length=6)
    learner.train_from_iterator((" ".join(_KOREAN.findall(t)) for t in texts), trainer)
    return [piece for piece in learner.get_vocab() if piece != "<unk>"]


def build(english: Iterable[str], korean: Iterable[str], general: Iterable[str], size: int = 13000, korean_size: int = 3200) -> Tokenizer:
    """The tokenizer from corpus texts of both languages and a general English word list, commonest first.

    `general` may hold WordPiece continuations (`##ing`). `size` bounds the whole vocabulary.
    """
    counts: Counter[str] = Counter()
    for text in english:
        counts.update(_WORD.findall(text))
    corpus_words = [w for w, n in counts.most_common() if n >= 3]
    pieces: dict[str, float] = {}

    def add(piece: str, score: float) -> None:
        if piece and piece not in pieces:
            pieces[piece] = score

    for values in v.VALUES.values():  # inside JSON no space stands before a value
        for value in values:
            add(value, -8.0)
    for code in ("USD", "GBP", "EUR", "KRW", "any", "last", *edits.MORE, *edits.ACTS, *edits.PHOTO, "C", "F"):
        add(code, -8.0)
    for rank, word in enumerate(corpus_words):
        add("▁" + word, -7.0 - 3.0 * rank / max(1, len(corpus_words)))
    for rank, piece in enumerate(sorted(korean_pieces(list(korean), korean_size), key=len, reverse=True)):
        add(piece, -9.0 if len(piece.strip("▁")) > 1 else -12.0 - 1e-6 * rank)
    characters = {chr(c) for c in range(33, 127)} | set("▁£€₩°’‘“”–—…·ㅋㅎㅠㅜ~")
    for character in sorted(characters):
        add(character, -13.0)
        if not character.isalpha():
            add("▁" + character, -13.0)
    byte_pieces = [f"<0x{b:02X}>" for b in range(256)]
    room = size - len(pieces) - len(byte_pieces) - len(MARKS) - len(edit_tokens()) - 1
    general = list(general)
    continuations = [w[2:] for w in general if w.startswith("##") and w[2:].isascii() and w[2:].isalpha()][:2500]
    words = [w for w in general if w.isascii() and w.isalpha() and len(w) > 2 and "▁" + w not in pieces]
    for piece in continuations:
        add(piece, -10.5 if len(piece) > 1 else -13.0)
    for word in words[: max(0, room - len(continuations))]:
        add("▁" + word, -11.0)
    vocabulary = [("<unk>", -30.0), *((b, -25.0) for b in byte_pieces), *pieces.items()]

    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=True))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Metaspace(prepend_scheme="never"),
        pre_tokenizers.Split(Regex(r"▁?\d|▁?[^\w\s▁]"), "isolated"),
    ])  # fmt: skip
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.add_special_tokens([AddedToken(mark, normalized=False, special=True) for mark in MARKS])
    tokenizer.add_tokens([AddedToken(text, normalized=False) for text in edit_tokens()])
    return tokenizer


def save(tokenizer: Tokenizer, folder: Path) -> None:
    """Writes the tokenizer in the form that `AutoTokenizer` loads."""
    from transformers import PreTrainedTokenizerFast

    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, bos_token=BOS, eos_token=END, unk_token="<unk>", clean_up_tokenization_spaces=False,
        padding_side="right", model_max_length=1024,
    )  # fmt: skip
    fast.save_pretrained(folder)


def main() -> int:
    """The command line of `stylist train tokenizer`."""
    import argparse

    from stylist.training.base import make_tokenizer

    parser = argparse.ArgumentParser(description="Builds the bundled model's tokenizer from the corpus.")
    parser.add_argument("--out", type=Path, required=True, help="folder of the tokenizer")
    parser.add_argument("--seed", type=int, default=1, help="seed of the corpus")
    args = parser.parse_args()
    make_tokenizer(args.out, args.seed)
    return 0
