"""The multimodal model behind one small surface: load it, switch its adapters, let it write. Knows nothing of fashion.

The bundled model and any LLaVA-family checkpoint (LLaVA, LLaVA-NeXT, LLaVA-OneVision, Idefics3, SmolVLM, Qwen-VL) by name or
folder go through the same code.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from stylist import paths
from stylist.encoders.images import letterbox
from stylist.errors import ModelError
from stylist.mllm import grammar
from stylist.mllm.mini import IMAGE

ADAPTERS = ("tracker", "stylist")


class Backbone:
    """A loaded model with its processor and adapters. One sequence is written at a time; callers from several threads wait.

    `bundled` is True for stylist-mini, whose prompts are the compact ones it was trained on.
    """

    def __init__(self, model: Any, processor: Any, adapters: Sequence[str], bundled: bool, name: str):
        self.model, self.processor, self.tokenizer = model, processor, processor.tokenizer
        self.adapters, self.bundled, self.name = tuple(adapters), bundled, name
        self._lock = threading.RLock()
        self._tables: Any = None
        self._ends = _end_ids(model, self.tokenizer)

    @classmethod
    def load(
        cls, name_or_path: str | None = None, adapters: dict[str, str] | None = None, device: str | None = None, four_bit: bool = False
    ) -> Backbone:
        """The bundled model, or a checkpoint of the Hub or of a folder. `adapters` maps tracker and stylist to names or paths.

        Without an adapter a checkpoint works by prompt and grammar alone. `four_bit` loads NF4 weights (needs a GPU); the
        vision tower and the projector stay unquantised. ModelError where something cannot be loaded.
        """
        bundled = name_or_path is None
        source = str(paths.asset("mini")) if name_or_path is None else name_or_path
        device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        if adapters is None:
            adapters = {name: str(paths.adapter(name)) for name in ADAPTERS if bundled and (paths.adapter(name) / "adapter_config.json").is_file()}
        model, processor = _load(source, bundled, device, four_bit)
        loaded = []
        for name, place in adapters.items():
            model = _with_adapter(model, name, place)
            loaded.append(name)
        model.eval()
        return cls(model, processor, loaded, bundled, source)

    @property
    def device(self) -> torch.device:
        return next(self.model.parameters()).device

    @contextlib.contextmanager
    def using(self, adapter: str | None) -> Iterator[None]:
        """Holds the model with one adapter switched on, or none."""
        with self._lock:
            if not self.adapters:
                yield
            elif adapter in self.adapters:
                self.model.set_adapter(adapter)
                yield
            else:
                with self.model.disable_adapter():
                    yield

    def inputs(self, prompt: str, images: Sequence[Image.Image] = ()) -> dict[str, Tensor]:
        """The prompt and pictures as tensors; the prompt holds one image mark a picture."""
        pictures = [letterbox(image, self.picture_size) for image in images] if self.bundled else list(images)
        made = self.processor(text=[prompt], images=pictures or None, return_tensors="pt", add_special_tokens=not self.bundled)
        made.pop("token_type_ids", None)
        return {name: value.to(self.device) for name, value in made.items()}

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

    def complete(self, inputs: dict[str, Tensor], adapter: str | None, most: int = 96, guide_grammar: str | None = None) -> str:
        """The likeliest answer as one text."""
        parts: list[str] = []
        with self.using(adapter), torch.inference_mode():
            self._write(inputs, most, guide_grammar, 0.0, 0, parts.append, threading.Event())
        return "".join(parts)

    def _write(self, inputs: dict[str, Tensor], most: int, guide_grammar: str | None, temperature: float, seed: int, put: Any, stop: threading.Event) -> None:
        guide = grammar.Guide(self.tables, guide_grammar) if guide_grammar else None
        generator = torch.Generator().manual_seed(seed)
        written: list[int] = []
        shown = ""
        arguments: dict[str, Any] = dict(inputs)
        mask = arguments.get("attention_mask")
        cache = None
        for _ in range(most):
            if stop.is_set():
                return
            output = self.model(**arguments, past_key_values=cache, use_cache=True, logits_to_keep=1)
            cache = output.past_key_values
            scores = output.logits[0, -1].float().cpu()
            if guide is not None:
                allowed = torch.from_numpy(_fit(guide.allowed(), len(scores)))
                scores = scores.masked_fill(~allowed, float("-inf"))
            if temperature > 0:
                token = int(torch.multinomial(_nucleus(scores / temperature), 1, generator=generator))
            else:
                token = int(scores.argmax())
            if token in self._ends:
                return
            written.append(token)
            text = self.tokenizer.decode(written, skip_special_tokens=False)
            if not text.endswith("�") and len(text) > len(shown):
                put(text[len(shown) :])
                shown = text
            if guide is not None:
                guide.accept(token)
                if guide.done:
                    return
            if mask is not None:
                mask = torch.cat([mask, mask.new_ones((1, 1))], dim=1)
            arguments = {"input_ids": torch.tensor([[token]], device=self.device), "attention_mask": mask}

    @torch.inference_mode()
    def pooled(self, inputs: dict[str, Tensor], adapter: str | None = None) -> np.ndarray:
        """The mean of the last hidden states over the prompt, (hidden,) float32: the model's half of the conversation vector."""
        with self.using(adapter):
            inner = self.model.get_base_model() if self.adapters else self.model
            hidden = inner.model(**inputs).last_hidden_state[0]
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


def _load(source: str, bundled: bool, device: str, four_bit: bool) -> tuple[Any, Any]:
    if bundled and not (Path(source) / "config.json").is_file():
        raise ModelError(f"{source}: the bundled model is missing; expected config.json and weights")
    try:
        if bundled:
            import stylist.encoders.tower  # noqa: F401  (registers the vision tower)
            from stylist.mllm import mini

            from transformers import LlavaForConditionalGeneration  # isort: skip

            bundled_model: Any = LlavaForConditionalGeneration.from_pretrained(source, dtype=torch.float32)
            return bundled_model.to(device), mini.processor(Path(source))
        from transformers import AutoModelForImageTextToText, AutoProcessor

        options: dict[str, Any] = {"dtype": torch.bfloat16 if device != "cpu" else torch.float32}
        if four_bit:
            from transformers import BitsAndBytesConfig

            options["quantization_config"] = BitsAndBytesConfig(
                load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16,
                llm_int8_skip_modules=["vision_tower", "vision_model", "visual", "multi_modal_projector", "connector", "lm_head"],
            )  # fmt: skip
            options["device_map"] = {"": device}
        model: Any = AutoModelForImageTextToText.from_pretrained(source, **options)
        return (model if four_bit else model.to(device)), AutoProcessor.from_pretrained(source)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as fault:
        raise ModelError(f"{source}: the model cannot be loaded: {str(fault).strip().splitlines()[0]}") from fault


def _with_adapter(model: Any, name: str, place: str) -> Any:
    from peft import PeftModel

    try:
        if isinstance(model, PeftModel):
            model.load_adapter(place, adapter_name=name)
            return model
        return PeftModel.from_pretrained(model, place, adapter_name=name)
    except (OSError, ValueError, RuntimeError, KeyError) as fault:
        raise ModelError(f"{place}: the adapter {name!r} does not load on this model: {str(fault).strip().splitlines()[0]}") from fault
