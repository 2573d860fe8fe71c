"""Typing as people type: typos, dropped apostrophes, chat spelling, lost capitals. Changes letters, never meaning."""

from __future__ import annotations

import random
import re

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_CHAT = [
    (r"\bplease\b", ("pls", "plz", "plss")), (r"\byou\b", ("u",)), (r"\bare\b", ("r",)), (r"\bwith\b", ("w/", "w")),
    (r"\bthanks\b", ("thx", "ty")), (r"\band\b", ("&", "n")), (r"\bwithout\b", ("w/o",)), (r"\bgoing to\b", ("gonna",)),
    (r"\bwant to\b", ("wanna",)), (r"\bfor\b", ("4",)), (r"\bsomething\b", ("smth", "sth")), (r"\bbecause\b", ("cuz", "bc")),
    (r"\bprobably\b", ("prob",)), (r"\bdon't\b", ("dont",)), (r"\bdo not\b", ("dont",)), (r"\bi am\b", ("im",)),
]  # fmt: skip


def typo(word: str, rng: random.Random) -> str:
    """One slip in a word of at least four Latin letters: a swap, a lost, doubled or neighboring letter."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + rng.choice(_NEAR.get(word[at].lower(), word[at])) + word[at + 1 :]


def noisy(text: str, rng: random.Random, language: str = "en") -> str:
    """The text with the slips of one random typist; about half of all texts stay as they are."""
    if language == "en":
        if rng.random() < 0.15:
            for pattern, replacements in _CHAT:
                if rng.random() < 0.4:
                    text = re.sub(pattern, rng.choice(replacements), text, flags=re.IGNORECASE)
        if rng.random() < 0.2:
            text = text.replace("'", "").replace("’", "")
        if rng.random() < 0.18:
            words = text.split(" ")
            for _ in range(1 if rng.random() < 0.8 else 2):
                at = rng.randrange(len(words))
                words[at] = typo(words[at], rng)
            text = " ".join(words)
    elif rng.random() < 0.15:
        words = text.split(" ")
        if len(words) > 2:  # Korean spacing is often dropped
            at = rng.randrange(len(words) - 1)
            text = " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])
    if rng.random() < 0.3:
        text = text.rstrip(".!?")
    elif rng.random() < 0.08:
        text = text.rstrip(".") + rng.choice(["!", "!!", "...", " :)", " ^^", " lol" if language == "en" else " ㅎㅎ"])
    if language == "en" and rng.random() < 0.02:
        text = text.upper()
    return text
