"""`stylist-mini`: the shape of the bundled multimodal model, its processor, and how it is saved in small shards.

A standard `LlavaForConditionalGeneration` around our vision tower and a small Llama decoder.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor
from transformers.models.clip import CLIPImageProcessorPil

from stylist.encoders.tower import VisionConfig, VisionTower
from stylist.errors import ModelError

IMAGE = "<image>"
SHARD = "9MB"


def config(vocabulary_size: int, image_token_id: int, pad: int, bos: int, end: int, vision: VisionConfig | None = None,
           hidden: int = 384, layers: int = 5) -> LlavaConfig:  # fmt: skip
    """The configuration of stylist-mini for a tokenizer; `hidden` and `layers` size the decoder."""
    vision = vision or VisionConfig()
    ends: dict[str, Any] = {"pad_token_id": pad, "bos_token_id": bos, "eos_token_id": end}
    text = LlamaConfig(
        vocab_size=vocabulary_size, hidden_size=hidden, intermediate_size=hidden * 8 // 3, num_hidden_layers=layers, num_attention_heads=hidden // 64,
        num_key_value_heads=2, max_position_embeddings=1024, **ends, tie_word_embeddings=False,
    )  # fmt: skip
    return LlavaConfig(
        vision_config=vision, text_config=text, image_token_index=image_token_id, image_seq_length=(vision.image_size // vision.patch_size) ** 2,
        vision_feature_select_strategy="full", vision_feature_layer=-1, **ends,
    )  # fmt: skip


def processor(tokenizer_folder: Path, vision: VisionConfig | None = None) -> LlavaProcessor:
    """Tokenizer and picture preparation in one, as transformers wants it."""
    vision = vision or VisionConfig()
    size = {"height": vision.image_size, "width": vision.image_size}
    pictures = CLIPImageProcessorPil(
        do_resize=True, size=size, do_center_crop=False, crop_size=size, image_mean=[0.5] * 3, image_std=[0.25] * 3, do_convert_rgb=True
    )
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    return LlavaProcessor(
        image_processor=pictures, tokenizer=tokenizer, patch_size=vision.patch_size, vision_feature_select_strategy="full", image_token=IMAGE
    )


def new_model(tokenizer_folder: Path, seed: int = 0, hidden: int = 384, layers: int = 5) -> LlavaForConditionalGeneration:
    """A stylist-mini with random weights."""
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    torch.manual_seed(seed)
    named: Any = tokenizer.convert_tokens_to_ids([IMAGE, tokenizer.pad_token, tokenizer.bos_token, tokenizer.eos_token])
    image, pad, bos, end = named
    return LlavaForConditionalGeneration(config(len(tokenizer), image, pad, bos, end, hidden=hidden, layers=layers))


def load_language(folder: Path) -> LlavaForConditionalGeneration:
    """A model to go on training with: decoder, projector and words of a saved stylist-mini, in single precision; its tower is new."""
    text = json.loads((folder / "config.json").read_text(encoding="utf-8"))["text_config"]
    model = new_model(folder, hidden=text["hidden_size"], layers=text["num_hidden_layers"])
    saved = {name: x.float() for shard in sorted(folder.glob("*.safetensors")) for name, x in load_file(shard).items() if "vision_tower" not in name}
    known = {_module_name(name): x for name, x in saved.items()}
    missing = model.load_state_dict(known, strict=False)
    lost = [name for name in missing.missing_keys if "vision_tower" not in name]
    if lost or missing.unexpected_keys:
        raise ModelError(f"{folder}: not a stylist-mini of this shape: {', '.join([*lost, *missing.unexpected_keys][:4])}")
    return model


def _module_name(saved: str) -> str:
    """The name in the module of a weight as transformers saves it for LLaVA."""
    for old, new in (("language_model.lm_head.", "lm_head."), ("language_model.model.", "model.language_model."), ("multi_modal_projector.", "model.multi_modal_projector.")):
        if saved.startswith(old):
            return new + saved.removeprefix(old)
    return saved


def put_tower(model: LlavaForConditionalGeneration, tower: VisionTower) -> None:
    """Copies a trained tower's weights into the model."""
    model.model.vision_tower.load_state_dict(tower.state_dict())


def save(model: LlavaForConditionalGeneration, folder: Path, dtype: torch.dtype = torch.bfloat16) -> None:
    """Writes weights in half precision, in shards that a Space takes without large-file storage."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: (value.to(dtype) if value.is_floating_point() else value) for name, value in model.state_dict().items()}
    model.save_pretrained(folder, state_dict=half, max_shard_size=SHARD)
