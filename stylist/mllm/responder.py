"""The responder: writes the reply from the facts, sentence by sentence, each checked before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator

from stylist.errors import ModelError
from stylist.mllm.checker import sentences, unsupported
from stylist.mllm.facts import ReplyFacts
from stylist.mllm.models import Model
from stylist.mllm.prompts import render, sanitize_control_tokens
from stylist.mllm.reply_grammar import reply_grammar

TEMPERATURE = 0.7
TRIES = 3
LONGEST = 130  # tokens of a reply
_LANGUAGE_NAMES = {"en": "English", "ko": "Korean"}


class Responder:
    """Writes replies with one model."""

    def __init__(self, backbone: Model):
        self.backbone = backbone

    def prompt(self, facts: ReplyFacts) -> str:
        """The prompt in the form that the model was trained on, or that chat models take."""
        told = sanitize_control_tokens(facts.to_json(), self.backbone.control_tokens)
        if self.backbone.bundled:
            return render("reply.mini", facts=told)
        return self.backbone.chat(render("reply.chat", facts=told, language=_LANGUAGE_NAMES[facts.language]))

    def stream(self, facts: ReplyFacts, seed: int = 0) -> Iterator[str]:
        """Yields the reply in pieces that can be shown at once. A sentence that claims what the facts lack is left out; where
        nothing remains, or the question to ask is missing, the model writes again."""
        shown: list[str] = []
        try:
            for attempt in range(TRIES):
                only_question = bool(shown)  # what is said stays; only the question is still missing
                asked = ReplyFacts(act="greet", language=facts.language, ask=facts.ask) if only_question else facts
                for sentence in self._sentences(asked, seed + 1009 * attempt):
                    question = sentence.rstrip().endswith("?")
                    if sentence in shown or unsupported(sentence, facts) or (only_question and not question):
                        continue
                    yield from _pieces(sentence, first=not shown)
                    shown.append(sentence)
                    if only_question:
                        break
                if shown and (facts.ask is None or any(s.endswith("?") for s in shown)):
                    return
        except ModelError:
            if not shown:  # a server that breaks off after a whole sentence has said enough
                raise
        if not shown:
            yield from _pieces(bare(facts), first=True)

    def reply(self, facts: ReplyFacts, seed: int = 0) -> str:
        """The whole reply."""
        return "".join(self.stream(facts, seed))

    def _sentences(self, facts: ReplyFacts, seed: int) -> Iterator[str]:
        inputs = self.backbone.inputs(self.prompt(facts))
        buffer = ""
        rules = reply_grammar(facts, seed) if self.backbone.bundled else None
        longest = LONGEST if self.backbone.bundled else 2 * LONGEST  # other tokenizers cut Korean and rare words finer
        for piece in self.backbone.write(inputs, "stylist", most=longest, guide_grammar=rules, temperature=TEMPERATURE, seed=seed):
            buffer += piece
            parts = sentences(buffer)
            if len(parts) > 1:
                yield from parts[:-1]
                buffer = parts[-1]
        rest = buffer.strip()
        if rest and rest[-1] in ".!?…~":
            yield rest


def bare(facts: ReplyFacts) -> str:
    """The facts without a sentence around them: the first look's garments and what they cost, or what stands in the way."""
    listed = ", ".join(facts.looks[0]) if facts.looks else facts.relax or "…"
    listed = listed[:1].upper() + listed[1:]
    return f"{listed} ({facts.total})" if facts.looks and facts.total else listed


def _pieces(sentence: str, first: bool) -> Iterator[str]:
    words = sentence.split(" ")
    for number, word in enumerate(words):
        yield word if first and number == 0 else f" {word}"


def question_of(reply: str) -> str | None:
    """The last question in a reply, None where there is none."""
    asked = [s for s in sentences(reply) if s.endswith("?")]
    return asked[-1] if asked else None
