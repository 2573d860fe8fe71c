"""Prompt templates, a jinja file each; `NAME.mini.jinja` is the compact form that the bundled model was trained on."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from typing import Any

import jinja2

_CONTROL = re.compile(
    r"<\|[^<>|]*\|>"  # Qwen, Llama 3, stylist-mini
    r"|<[|/\uff5c]?[A-Za-z][\w|\uff5c\u2581.:-]{0,40}/?>"  # <image>, </s>, <row_1_col_1>, <end_of_utterance>, <start_of_turn>
    r"|\[/?[A-Z][A-Z_]{2,30}\]|<<?/?SYS>?>"  # [INST], [IMG_END]
    r"|<\||\|>",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?<!\w)(USER|ASSISTANT|SYSTEM|HUMAN|User|Assistant|System|Human)\s*[:\uff1a]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def sanitize_control_tokens(text: str, own: tuple[str, ...] = ()) -> str:
    """The text without anything that a tokenizer or a chat template could take for an image or a role, so that a person can't
    forge a turn. `own` are the control tokens of the tokenizer at hand, beside the forms that models share.

    Letters in other widths and characters that nobody sees count as what a tokenizer makes of them.
    """
    text = _UNSEEN.sub("", text)
    folded = unicodedata.normalize("NFKC", text)
    if folded != text and (_forged(own).search(folded) or _ROLE.search(folded)):
        text = folded
    before = None
    while before != text:
        before, text = text, _forged(own).sub(" ", text)
    text = _ROLE.sub(r"\1 -", text)
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32).strip()


@functools.lru_cache(maxsize=32)
def _forged(own: tuple[str, ...]) -> re.Pattern[str]:
    if not own:
        return _CONTROL
    longest_first = "|".join(re.escape(token) for token in sorted(own, key=len, reverse=True))
    return re.compile(f"{longest_first}|{_CONTROL.pattern}", re.IGNORECASE)


@functools.cache
def _template(name: str) -> jinja2.Template:
    path = Path(__file__).parent / f"{name}.jinja"
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    return environment.from_string(path.read_text(encoding="utf-8").rstrip("\n"))


def render(name: str, **values: Any) -> str:
    """The prompt `name` with its values; values that people or shops wrote must be sanitized before."""
    return _template(name).render(**values)
