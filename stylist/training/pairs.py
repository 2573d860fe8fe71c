"""Exchanges, replies and pictures as prompt-and-answer pairs in the bundled model's own prompt format."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from stylist import edits
from stylist.mllm import weigher
from stylist.mllm.mini import IMAGE
from stylist.mllm.prompts import render
from stylist.mllm.reading import exchange_prompt
from stylist.training.exchanges import Exchange, exchanges
from stylist.training.lm import Pair
from stylist.training.replies import ReplyExample, replies

END = "<|end|>"


class Encoder:
    """Turns texts into token ids for one tokenizer; `image_tokens` places stand for one picture."""

    def __init__(self, tokenizer: Any, image_tokens: int, unmarked: float = 0.0, seed: int = 0):
        """`unmarked` is the share of texts of which some words go without the lexicon's marks."""
        self.tokenizer, self.image_tokens, self.unmarked = tokenizer, image_tokens, unmarked
        self.rng = random.Random(seed)

    def ids(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]

    def exchange(self, example: Exchange, pictures: tuple[int, ...] = ()) -> Pair:
        """The tracker's pair: previous state, last exchange -> edit."""
        share = self.rng.choice((0.25, 1.0)) if self.rng.random() < self.unmarked else 0.0
        marks = IMAGE * self.image_tokens * len(pictures)
        prompt = exchange_prompt(example.before, example.assistant, example.user, marks, lambda: self.rng.random() < share, "train")
        return Pair(self.ids(prompt), self.ids(edits.to_json(example.edit) + END), pictures, weigher.numbers(example.edit))

    def reply(self, example: ReplyExample) -> Pair:
        """The stylist's pair: facts -> reply."""
        return Pair(self.ids(render("reply.mini", facts=example.facts.to_json())), self.ids(" " + example.reply + END))

    def description(self, answer: str, picture: int) -> Pair:
        """A picture's pair: image -> what is on it, as JSON."""
        return Pair(self.ids(render("describe.mini", images=IMAGE * self.image_tokens)), self.ids(answer + END), (picture,))


def text_pairs(encoder: Encoder, seed: int, part: str = "train", reply_share: float = 0.1, descriptions: list[str] | None = None,
               pictures: bool = False, short: float = 0.0, korean: float = 0.33) -> Iterator[Pair]:  # fmt: skip
    """An endless mix of exchanges and replies. With `pictures`, row i of the picture bank shows `descriptions[i]`;
    `short` is the share of bare mentions among the exchanges, `korean` of Korean ones."""
    rng = random.Random(seed)
    talk, spoken = exchanges(seed + 1, part, korean, short), replies(seed + 2, part)
    while True:
        kind = rng.random()
        if pictures and descriptions and kind < 0.12:
            picture = rng.randrange(len(descriptions))
            yield encoder.description(descriptions[picture], picture)
        elif kind > 1 - reply_share:
            yield encoder.reply(next(spoken))
        else:
            example = next(talk)
            rows = tuple(rng.randrange(len(descriptions)) for _ in range(example.photos)) if pictures and descriptions else ()
            if example.photos and not rows:
                continue
            yield encoder.exchange(example, rows)
