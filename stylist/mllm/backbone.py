"""The multimodal model behind one small surface: load it, switch its adapters, let it write. Knows nothing of fashion.

The bundled model and any LLaVA-family checkpoint (LLaVA, LLaVA-NeXT, LLaVA-OneVision, Idefics3, SmolVLM, Qwen-VL) by name or
folder go through the same code.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from stylist import paths
from stylist.encoders.images import letterbox
from stylist.errors import ModelError
from stylist.mllm import checkpoints, grammar
from stylist.mllm.edit_rules import EditRules
from stylist.mllm.likely import Written
from stylist.mllm.mini import IMAGE
from stylist.mllm.weigher import Weigher, likely

ADAPTERS = ("tracker", "stylist")
_FAINTEST = 0.03  # probability of an entry that is still spoken of


class Backbone:
    """A loaded model with its processor and adapters. One sequence is written at a time; callers from several threads wait.

    `bundled` is True for stylist-mini, whose prompts are the compact ones it was trained on. `merged` are copies of a small model
    with an adapter worked into the weights, which is faster than switching.
    """

    def __init__(
        self, model: Any, processor: Any, adapters: Sequence[str], bundled: bool, name: str, merged: dict[str, Any] | None = None,
        weighers: Mapping[str, Weigher] | None = None,
    ):  # fmt: skip
        self.model, self.processor, self.tokenizer = model, processor, processor.tokenizer
        self.adapters, self.bundled, self.name = tuple(adapters), bundled, name
        self._merged, self._weighers = merged or {}, weighers or {}
        self._lock = threading.RLock()
        self._tables: Any = None
        self._ends = _end_ids(model, self.tokenizer)

    @classmethod
    def load(
        cls, name_or_path: str | None = None, adapters: dict[str, str] | None = None, device: str | None = None, four_bit: bool = False
    ) -> Backbone:
        """The bundled model, or a checkpoint of the Hub or of a folder. `adapters` maps tracker and stylist to names or paths.

        The bundled model keeps its own adapter for a part that is not named; {} switches both off. Without an adapter a
        checkpoint works by prompt and grammar alone. `four_bit` loads NF4 weights (needs a GPU); the
        vision tower and the projector stay unquantised. ModelError where something cannot be loaded.
        """
        bundled = name_or_path is None
        source = str(paths.asset("mini")) if name_or_path is None else name_or_path
        device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        own = {name: str(paths.adapter(name)) for name in ADAPTERS if bundled and (paths.adapter(name) / "adapter_config.json").is_file()}
        adapters = {**own, **(adapters or {})} if adapters != {} else {}
        if unknown := sorted(set(adapters) - set(ADAPTERS)):
            raise ModelError(f"adapter {unknown[0]!r}: expected {' or '.join(ADAPTERS)}")
        model, processor = checkpoints.load(source, bundled, device, four_bit)
        if bundled:
            merged = {name: checkpoints.merged(model, name, place) for name, place in adapters.items()}
            return cls(model, processor, tuple(adapters), bundled, source, merged, checkpoints.weighers(model, adapters))
        for name, place in adapters.items():
            model = checkpoints.with_adapter(model, name, place)
        model.eval()
        return cls(model, processor, tuple(adapters), bundled, source)

    @property
    def _plain(self) -> Any:
        """The model in use, without the shell that switches adapters."""
        return self.model.get_base_model() if hasattr(self.model, "get_base_model") else self.model

    @property
    def device(self) -> torch.device:
        return next(self.model.parameters()).device

    @contextlib.contextmanager
    def using(self, adapter: str | None) -> Iterator[None]:
        """Holds the model with one adapter switched on, or none."""
        with self._lock:
            if not self.adapters:
                yield
            elif self._merged:
                base, self.model = self.model, self._merged.get(adapter or "", self.model)
                try:
                    yield
                finally:
                    self.model = base
            elif adapter in self.adapters:
                self.model.set_adapter(adapter)
                yield
            else:
                with self.model.disable_adapter():
                    yield

    def inputs(self, prompt: str, images: Sequence[Image.Image] = ()) -> dict[str, Tensor]:
        """The prompt and pictures as tensors; the prompt holds one image mark a picture."""
        if not self.bundled:
            return self.batch([prompt], [images])
        pictures = [letterbox(image, self.picture_size) for image in images]
        return self._placed(self.processor(text=[prompt], images=pictures or None, return_tensors="pt", add_special_tokens=False))

    def batch(self, prompts: Sequence[str], images: Sequence[Sequence[Image.Image]]) -> dict[str, Tensor]:
        """Chat prompts and the pictures of each as tensors, prompts padded on the left. All have the same number of pictures."""
        bos = self.tokenizer.bos_token
        begun = bool(bos) and prompts[0].startswith(bos)  # templates that begin the sequence themselves
        pictures = [list(row) for row in images] if images and images[0] else None
        made = self.processor(
            text=list(prompts), images=pictures, return_tensors="pt", padding=len(prompts) > 1, padding_side="left", add_special_tokens=not begun
        )
        return self._placed(made)

    def _placed(self, made: Any) -> dict[str, Tensor]:
        """What a processor made, where the model is and in its precision."""
        device, dtype = self.device, self.model.dtype
        return {name: x.to(device, dtype) if x.is_floating_point() else x.to(device) for name, x in made.items() if name != "token_type_ids"}

    def chat(self, text: str, photos: int = 0) -> str:
        """The prompt of a chat model for one message of instructions and data, after that many photos."""
        content: list[dict[str, Any]] = [{"type": "image"} for _ in range(photos)] + [{"type": "text", "text": text}]
        return str(self.processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True))

    @cached_property
    def control_tokens(self) -> tuple[str, ...]:
        """The tokenizer's own words for images, roles and the like, which nobody but a prompt may write."""
        added = self.tokenizer.added_tokens_decoder.values()  # some tokenizers also add plain words and runs of blanks
        return tuple(sorted(token.content for token in added if token.content.strip() and (token.special or token.content[0] in "<[{|")))

    @property
    def picture_size(self) -> int:
        return int(self.model.config.vision_config.image_size)

    def image_marks(self, count: int) -> str:
        return IMAGE * count

    @torch.inference_mode()
    def write(
        self, inputs: dict[str, Tensor], adapter: str | None, most: int = 96, guide_grammar: str | None = None,
        temperature: float = 0.0, seed: int = 0,
    ) -> Iterator[str]:  # fmt: skip
        """Yields the answer piece by piece. With a grammar only what it allows is written; `temperature` 0 takes the likeliest token."""
        pieces: queue.Queue[str | BaseException | None] = queue.Queue()
        stop = threading.Event()

        def work() -> None:
            try:
                with self.using(adapter), torch.inference_mode():
                    self._write(inputs, most, guide_grammar, temperature, seed, pieces.put, stop)
                pieces.put(None)
            except BaseException as fault:
                pieces.put(fault)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            while (piece := pieces.get()) is not None:
                if isinstance(piece, BaseException):
                    raise piece
                yield piece
        finally:
            stop.set()
            thread.join()

    def complete(self, inputs: dict[str, Tensor], adapter: str | None, most: int = 96, rules: EditRules | None = None) -> str:
        """The likeliest answer as one text, an edit where there are rules for one."""
        return self.weighed(inputs, adapter, most, rules).text

    def weighed(self, inputs: dict[str, Tensor], adapter: str | None, most: int = 96, rules: EditRules | None = None) -> Written:
        """As `complete`, with the probability of every token, and of every entry where the adapter has a weigher."""
        parts: list[str] = []
        steps: list[tuple[int, float]] = []
        read: list[Tensor] = []
        weigher = self._weighers.get(adapter or "")
        with self.using(adapter), torch.inference_mode():
            self._write(inputs, most, rules.lark if rules else None, 0.0, 0, parts.append, threading.Event(), steps, read)
            found = None
            if weigher is not None and read:
                words = self._plain.get_input_embeddings()(inputs["input_ids"])
                found = likely(weigher(read[0].float(), words.float(), torch.ones_like(inputs["input_ids"]))[0], _FAINTEST)
        return Written("".join(parts), tuple(steps), found)

    def _write(
        self, inputs: dict[str, Tensor], most: int, guide_grammar: str | None, temperature: float, seed: int, put: Any, stop: threading.Event,
        steps: list[tuple[int, float]] | None = None, read: list[Tensor] | None = None,
    ) -> None:  # fmt: skip
        guide = grammar.Guide(self.tables, guide_grammar) if guide_grammar else None
        generator = torch.Generator().manual_seed(seed)
        written: list[int] = []
        shown = ""
        arguments: dict[str, Any] = dict(inputs)
        core = self._plain.model
        if getattr(core, "rope_deltas", None) is not None:  # Qwen-VL keeps the offset of the last photos, whoever's they were
            core.rope_deltas = None
        cache = None
        for _ in range(most):
            if stop.is_set():
                return
            allowed = guide.allowed() if guide is not None else None
            scores, cache, hidden = self._next(arguments, cache, allowed)
            if read is not None and hidden is not None and not read:
                read.append(hidden)
            if temperature > 0:
                token = int(torch.multinomial(_nucleus(scores / temperature), 1, generator=generator))
            else:
                token = int(scores.argmax())
            if token in self._ends:
                return
            written.append(token)
            text = self.tokenizer.decode(written, skip_special_tokens=not self.bundled)
            if not text.endswith("�") and len(text) > len(shown):
                put(text[len(shown) :])
                shown = text
            if steps is not None:
                steps.append((len(shown), float(scores.softmax(-1)[token])))
            if guide is not None:
                guide.accept(token)
                if guide.done:
                    return
            arguments = {"input_ids": torch.tensor([[token]], device=self.device)}

    def _next(self, arguments: dict[str, Any], cache: Any, allowed: np.ndarray | None) -> tuple[Tensor, Any, Tensor | None]:
        """Scores of the next token, (vocabulary,) float32 on the CPU, minus infinity for those not allowed; the new cache; and the bundled
        model's last hidden states of what it was given (1, length, hidden).

        The bundled model's output layer, half of its weights, runs for the allowed tokens only.
        """
        if allowed is None or not self.bundled:
            output = self.model(**arguments, past_key_values=cache, use_cache=True, logits_to_keep=1)
            scores = output.logits[0, -1].float().cpu()
            if allowed is not None:
                scores = scores.masked_fill(~torch.from_numpy(_fit(allowed, len(scores))), float("-inf"))
            return scores, output.past_key_values, None
        output = self._plain.model(**arguments, past_key_values=cache, use_cache=True)
        head = self._plain.lm_head.weight
        tokens = torch.from_numpy(np.flatnonzero(_fit(allowed, len(head)))).to(head.device)
        scores = torch.full((len(head),), float("-inf"), device=head.device)
        scores[tokens] = (head[tokens] @ output.last_hidden_state[0, -1]).float()
        return scores.cpu(), output.past_key_values, output.last_hidden_state

    @torch.inference_mode()
    def pooled(self, inputs: dict[str, Tensor], adapter: str | None = None) -> np.ndarray:
        """The mean of the last hidden states over the prompt, (hidden,) float32: the model's half of the conversation vector."""
        with self.using(adapter):
            hidden = self._plain.model(**inputs).last_hidden_state[0]
        return hidden.float().mean(0).cpu().numpy()

    @property
    def tables(self) -> Any:
        """The grammar engine's view of the tokenizer, made once."""
        if self._tables is None:
            self._tables = grammar.tables(self.tokenizer, next(iter(self._ends)))
        return self._tables


def _fit(allowed: np.ndarray, size: int) -> np.ndarray:
    if len(allowed) >= size:
        return allowed[:size]
    return np.concatenate([allowed, np.zeros(size - len(allowed), dtype=bool)])


def _nucleus(scores: Tensor, share: float = 0.92) -> Tensor:
    """Probabilities of the likeliest tokens that together hold `share` (Holtzman 2020)."""
    probabilities = scores.softmax(-1)
    ordered, order = probabilities.sort(descending=True)
    keep = ordered.cumsum(-1) - ordered < share
    return torch.zeros_like(probabilities).scatter(-1, order[keep], ordered[keep])


def _end_ids(model: Any, tokenizer: Any) -> frozenset[int]:
    ends = {tokenizer.eos_token_id}
    configured = getattr(getattr(model, "generation_config", None), "eos_token_id", None)
    ends |= set(configured) if isinstance(configured, list) else {configured}
    return frozenset(e for e in ends if e is not None)
