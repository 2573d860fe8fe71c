"""Makes the text encoder's tokenizer: lower-case English words and Korean pieces, smaller pieces and bytes for the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from stylist.training.tokenizer import korean_pieces

PAD, UNKNOWN = "<pad>", "<unk>"
_WORD = re.compile(r"[a-z]+")


def build(english: Iterable[str], korean: Iterable[str], general: Iterable[str], size: int, korean_size: int,
          max_length: int) -> PreTrainedTokenizerFast:  # fmt: skip
    """The tokenizer of at most `size` pieces: every word of the texts, then `general` words, commonest first.

    `general` may hold WordPiece continuations (`##ing`); they segment words that no list has.
    """
    counts: Counter[str] = Counter()
    for text in english:
        counts.update(_WORD.findall(text.lower()))
    pieces: dict[str, float] = {}
    for rank, (word, _) in enumerate(counts.most_common()):
        pieces.setdefault("▁" + word, -7.0 - 3.0 * rank / len(counts))
    for piece in korean_pieces(list(korean), korean_size):
        pieces.setdefault(piece, -9.0 if len(piece.strip("▁")) > 1 else -12.0)
    for character in sorted({chr(c) for c in range(33, 127) if not chr(c).isupper()} | set("▁£€₩°’‘“”–—…~")):
        pieces.setdefault(character, -13.0)
    pieces.setdefault("▁", -13.0)
    room = size - len(pieces) - 256 - 2
    general = list(general)
    endings = [w[2:] for w in general if w.startswith("##") and w[2:].isascii() and w[2:].isalpha()][:1500]
    for piece in endings:
        pieces.setdefault(piece, -10.5 if len(piece) > 1 else -13.0)
    words = [w for w in general if w.isascii() and w.isalpha() and len(w) > 2 and "▁" + w not in pieces]
    for word in words[: max(0, room - len(endings))]:
        pieces["▁" + word] = -11.0
    entries = [(PAD, 0.0), (UNKNOWN, -30.0), *((f"<0x{b:02X}>", -25.0) for b in range(256)), *pieces.items()]
    tokenizer = Tokenizer(models.Unigram(entries, unk_id=1, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()])  # fmt: skip
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"[^\w\s'’]|\d"), "isolated"),
        pre_tokenizers.Metaspace(prepend_scheme="always"),
    ])  # fmt: skip
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, unk_token=UNKNOWN, model_max_length=max_length, padding_side="right",
        clean_up_tokenization_spaces=False,
    )  # fmt: skip
