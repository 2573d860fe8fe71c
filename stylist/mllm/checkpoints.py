"""Reads models from disk or the Hub: the bundled one, any LLaVA-family checkpoint in full or 4-bit weights, and LoRA adapters."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from safetensors import SafetensorError

from stylist import paths
from stylist.errors import ModelError
from stylist.mllm import weigher
from stylist.mllm.weigher import Weigher

UNQUANTISED = (".*vision_tower", ".*vision_model", ".*visual", ".*multi_modal_projector", ".*connector", ".*lm_head")
"""What 4-bit leaves as it is, in every family: tower, projector and output layer. Matched from the start of a module's name."""

_TROUBLE = (OSError, ValueError, KeyError, ImportError, RuntimeError, TypeError, AttributeError, SafetensorError, UnpicklingError)
"""What transformers and peft raise for a folder that holds something else, or for a library that is missing."""


def load(source: str, bundled: bool, device: str, four_bit: bool = False) -> tuple[Any, Any]:
    """A model in evaluation mode and its processor. ModelError names what is wrong with `source`."""
    if four_bit and not device.startswith("cuda"):
        raise ModelError(f"4-bit weights need an NVIDIA GPU, found device {device!r}; expected cuda, or no --four-bit")
    if bundled and four_bit:
        raise ModelError("4-bit weights are for models given by --model; the bundled one is small already")
    if bundled and not (Path(source) / "config.json").is_file():
        raise ModelError(f"{source}: the bundled model is missing; expected config.json and weights")
    try:
        return _bundled(Path(source), device) if bundled else _pretrained(source, device, four_bit)
    except _TROUBLE as fault:
        raise ModelError(f"{source}: the model cannot be loaded: {reason(fault)}") from fault


def _bundled(folder: Path, device: str) -> tuple[Any, Any]:
    from stylist.mllm import mini

    model: Any = mini.load(folder, paths.asset("vision"))
    return model.to(device), mini.processor(folder)


def _pretrained(source: str, device: str, four_bit: bool) -> tuple[Any, Any]:
    from transformers import AutoModelForImageTextToText, AutoProcessor

    processor: Any = AutoProcessor.from_pretrained(source)
    if getattr(processor, "image_processor", None) is None or getattr(processor, "tokenizer", None) is None:
        raise ValueError("its processor takes no pictures; expected a vision-language model")
    if not getattr(processor, "chat_template", None):
        raise ValueError("its processor has no chat template; expected chat_template.jinja beside the weights")
    options: dict[str, Any] = {"dtype": torch.bfloat16 if device.startswith("cuda") else torch.float32}
    if device != "cpu":
        options["device_map"] = {"": device}  # straight to the device, never the whole model in memory beside it
    if four_bit:
        options["quantization_config"] = four_bit_config()
    model: Any = AutoModelForImageTextToText.from_pretrained(source, **options)
    return model.eval(), processor


def four_bit_config() -> Any:
    """NF4 with double quantisation (Dettmers 2023); tower, projector and output layer stay in bf16."""
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16, bnb_4bit_use_double_quant=True,
        llm_int8_skip_modules=list(UNQUANTISED),
    )  # fmt: skip


def with_adapter(model: Any, name: str, place: str) -> Any:
    """The model with a LoRA adapter added under `name`; `place` is a folder, one of the project's `adapters`, or a name on the Hub."""
    from peft import PeftModel

    own = paths.adapter(place) if place and "/" not in place else None
    if not Path(place).is_dir() and own is not None and own.is_dir():
        place = str(own)
    if Path(place).exists() and not (Path(place) / "adapter_config.json").is_file():
        raise ModelError(f"{place}: no adapter; expected a folder with adapter_config.json")
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            if isinstance(model, PeftModel):
                missing = model.load_adapter(place, adapter_name=name).missing_keys
            else:
                model = PeftModel.from_pretrained(model, place, adapter_name=name)
                missing = [str(w.message) for w in said if "missing adapter keys" in str(w.message)]
        if missing:
            raise ValueError("it was made for a model of other layers")
        return model
    except _TROUBLE as fault:
        raise ModelError(f"{place}: the adapter {name!r} does not load on this model: {reason(fault)}") from fault


def merged(model: Any, name: str, place: str) -> Any:
    """A copy of a small model with an adapter worked into its weights; the vision tower and the projector are shared with it."""
    shared = {id(part): part for part in (model.model.vision_tower, model.model.multi_modal_projector)}
    return with_adapter(copy.deepcopy(model, shared), name, place).merge_and_unload().eval()


def weighers(model: Any, adapters: Mapping[str, str]) -> dict[str, Weigher]:
    """The weighers that lie beside adapters of the bundled model, by the adapters' names."""
    hidden = model.config.text_config.hidden_size
    found = {name: weigher.load(Path(place) if Path(place).is_dir() else paths.adapter(place), hidden) for name, place in adapters.items()}
    return {name: made.to(model.device) for name, made in found.items() if made is not None}


def reason(fault: BaseException) -> str:
    """The first line of an error, its kind where it says nothing."""
    lines = [line for line in str(fault).strip().splitlines() if line.strip()]
    return lines[0].strip() if lines else type(fault).__name__
