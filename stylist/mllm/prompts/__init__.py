"""Prompt templates, a jinja file each; `NAME.mini.jinja` is the compact form that the bundled model was trained on."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import jinja2

_CONTROL = re.compile(r"<\|[^<>|]*\|>|</?(?:s|pad|unk|image|img|video|im_start|im_end|end_of_utterance|fake_token_around_image|row_\d+_col_\d+)>"
                      r"|\[/?INST\]|<<?/?SYS>?>|<\|", re.IGNORECASE)  # fmt: skip


def sanitize_control_tokens(text: str) -> str:
    """The text without anything that a tokenizer could take for an image or a role, so that a person can't forge a turn."""
    before = None
    while before != text:
        before, text = text, _CONTROL.sub(" ", text)
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32).strip()


@functools.cache
def _template(name: str) -> jinja2.Template:
    path = Path(__file__).parent / f"{name}.jinja"
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    return environment.from_string(path.read_text(encoding="utf-8").rstrip("\n"))


def render(name: str, **values: Any) -> str:
    """The prompt `name` with its values; values that people or shops wrote must be sanitized before."""
    return _template(name).render(**values)
