"""Weighs every entry that an edit could have, all at once, from what the model read: the second way in which the bundled tracker
reads a message.

A model that writes an edit word by word drops members of long lists and spends its probability on the order of words. Here each
value of the vocabulary looks over the read prompt by attention of its own (label attention, Mullenbach 2018) and says what it is
there: wanted, avoided, replaced or forgotten, on the whole or on a garment. Trained with the adapter `tracker`, saved beside it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.errors import ModelError

FILE = "weigher.safetensors"
_PLACES: tuple[str | None, ...] = (None, *v.SLOTS)
_RARE = -6.0  # log-odds of an entry before anything is learned
_FOUND = 2.5  # its square is the score of a value's own name at first

Entry = tuple[str, str]
"""(key, word) of an edit."""


@functools.cache
def values() -> tuple[tuple[str, str], ...]:
    """What is looked for: (field, value) of the vocabulary and `any`, and (list key, word)."""
    signed = [(field, word) for field in v.FIELDS for word in edits.words(field, "~")]
    return (*signed, *((name, word) for name, words in edits.LISTS.items() for word in words))


@functools.cache
def entries() -> dict[Entry, tuple[int, int]]:
    """Every entry that can be weighed -> its value's row and its role's column; amounts and temperatures, copied from the text, are none."""
    row = {value: number for number, value in enumerate(values())}
    places: dict[Entry, tuple[int, int]] = {}
    for key, words in edits.attribute_keys().items():
        slot, _, field = key[1:].rpartition(".")
        role = edits.SIGNS.index(key[0]) * len(_PLACES) + _PLACES.index(slot or None)
        places |= {(key, word): (row[field, word], role) for word in words}
    listed = len(edits.SIGNS) * len(_PLACES)
    return places | {(name, word): (row[name, word], listed) for name, words in edits.LISTS.items() for word in words}


@functools.cache
def _numbers() -> dict[Entry, int]:
    return {entry: number for number, entry in enumerate(entries())}


def numbers(edit: Edit) -> tuple[int, ...]:
    """The entries of an edit as their numbers in `entries`; what can't be weighed is left out."""
    known = _numbers()
    said = ((key, word) for key, value in edit.items() if isinstance(value, list) for word in value)
    return tuple(known[entry] for entry in said if entry in known)


class Weigher(nn.Module):
    """(batch, length, hidden) of a read prompt -> log-odds of every entry, (batch, entries).

    A value finds its places by the words that stand there as much as by what was read there, and begins by looking for its own name,
    which the lexicon's marks write into the prompt.
    """

    def __init__(self, hidden: int, width: int = 256, heads: int = 4):
        super().__init__()
        self.heads = heads
        self.queries = nn.Parameter(torch.randn(len(values()), width) * 0.5)
        self.words = nn.Linear(hidden, width, bias=False)
        self.keys, self.contents = nn.Linear(hidden, width), nn.Linear(hidden, width)
        nn.init.normal_(self.words.weight, std=_FOUND / (width // heads) ** 0.25)
        self.seen, self.own = nn.Linear(width, width), nn.Linear(width, width)
        self.roles = nn.Linear(width, len(edits.SIGNS) * len(_PLACES) + 1)
        nn.init.constant_(self.roles.bias, _RARE)
        places = torch.tensor(list(entries().values()))
        self.register_buffer("places", places[:, 0] * self.roles.out_features + places[:, 1], persistent=False)

    @torch.no_grad()
    def begin(self, names: Tensor) -> None:
        """Lets each value look for its name at first; `names` (values, hidden) are word vectors."""
        self.queries.copy_(self.words(nn.functional.normalize(names, dim=-1)))

    def forward(self, read: Tensor, words: Tensor, real: Tensor) -> Tensor:
        """`words` are the word vectors of the prompt; `real` (batch, length) is False where there is padding or the answer."""
        batch, length, _ = read.shape
        split = (batch, length, self.heads, -1)
        keys = self.keys(read) + self.words(nn.functional.normalize(words.float(), dim=-1).to(words.dtype))
        keys, contents = keys.view(split).transpose(1, 2), self.contents(read).view(split).transpose(1, 2)
        queries = self.queries.view(1, len(self.queries), self.heads, -1).transpose(1, 2).expand(batch, -1, -1, -1).to(keys.dtype)
        looked = nn.functional.scaled_dot_product_attention(queries, keys, contents, attn_mask=real[:, None, None, :].bool())
        looked = looked.transpose(1, 2).reshape(batch, len(self.queries), -1)
        roles = self.roles(nn.functional.gelu(self.seen(looked) + self.own(self.queries)))
        return roles.flatten(1)[:, self.places]


def names_of_values(tokenizer: Any, vectors: Tensor) -> Tensor:
    """(values, hidden): the mean word vector of each value's name."""
    texts = [word.replace("-", " ") if word != "any" else field for field, word in values()]
    return torch.stack([vectors[tokenizer(text, add_special_tokens=False)["input_ids"]].mean(0) for text in texts])


def loss(log_odds: Tensor, numbers: list[tuple[int, ...]]) -> Tensor:
    """Binary cross-entropy in nats of a whole edit, the mean over the batch. `numbers` are the entries of each row's edit."""
    wanted = torch.zeros_like(log_odds, dtype=torch.float32)
    for row, said in enumerate(numbers):
        wanted[row, list(said)] = 1.0
    return nn.functional.binary_cross_entropy_with_logits(log_odds.float(), wanted, reduction="sum") / len(numbers)


def likely(log_odds: Tensor, least: float) -> Mapping[Entry, float]:
    """The entries of one prompt, (entries,), whose probability is at least `least`, the likeliest first."""
    chances = log_odds.float().sigmoid()
    names = list(entries())
    order = chances.argsort(descending=True)[: int((chances >= least).sum())]
    return {names[number]: float(chances[number]) for number in order.tolist()}


def save(weigher: Weigher, folder: Path) -> None:
    """Writes the weights, in half precision, beside an adapter's."""
    from safetensors.torch import save_file

    save_file({name: x.half().contiguous() for name, x in weigher.state_dict().items()}, folder / FILE, metadata={"format": "pt"})


def load(folder: Path, hidden: int) -> Weigher | None:
    """The weigher of an adapter's folder in evaluation mode; None where it has none. ModelError where it is damaged."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    file = folder / FILE
    if not file.is_file():
        return None
    try:
        weights: dict[str, Any] = {name: x.float() for name, x in load_file(file).items()}
        weigher = Weigher(hidden, weights["queries"].shape[1])
        weigher.load_state_dict(weights)
    except (OSError, KeyError, RuntimeError, SafetensorError) as fault:
        raise ModelError(f"{file}: the weigher does not load: {str(fault).splitlines()[0]}") from fault
    return weigher.eval()
