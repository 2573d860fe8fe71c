"""`stylist-mini`: the shape of the bundled multimodal model, its processor, and how it is saved in small shards.

A standard `LlavaForConditionalGeneration` around our vision tower and a small prefix language model.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import save_torch_state_dict
from safetensors.torch import load_file
from transformers import AutoTokenizer, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor
from transformers.models.clip import CLIPImageProcessorPil

from stylist.encoders.tower import VisionConfig, VisionTower
from stylist.errors import ModelError
from stylist.mllm.decoder import PrefixConfig

IMAGE = "<image>"
SHARD = "9MB"
TOWER = "model.vision_tower."
SCALE = ".scale"
"""What the name of a row scale ends on; its matrix has the name before it."""
POSITIONS = 1024


def config(vocabulary_size: int, image_token_id: int, pad: int, bos: int, end: int, vision: VisionConfig | None = None,
           hidden: int = 384, layers: int = 6) -> LlavaConfig:  # fmt: skip
    """The configuration of stylist-mini for a tokenizer; `hidden` and `layers` size the decoder."""
    vision = vision or VisionConfig()
    ends: dict[str, Any] = {"pad_token_id": pad, "bos_token_id": bos, "eos_token_id": end}
    text = PrefixConfig(
        vocab_size=vocabulary_size, hidden_size=hidden, intermediate_size=hidden * 4, num_hidden_layers=layers, num_attention_heads=hidden // 32,
        max_position_embeddings=POSITIONS, **ends, tie_word_embeddings=False,
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


def new_model(tokenizer_folder: Path, seed: int = 0, hidden: int = 384, layers: int = 6) -> LlavaForConditionalGeneration:
    """A stylist-mini with random weights."""
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    torch.manual_seed(seed)
    named: Any = tokenizer.convert_tokens_to_ids([IMAGE, tokenizer.pad_token, tokenizer.bos_token, tokenizer.eos_token])
    image, pad, bos, end = named
    return LlavaForConditionalGeneration(config(len(tokenizer), image, pad, bos, end, hidden=hidden, layers=layers))


def load(folder: Path, tower_folder: Path | None = None) -> LlavaForConditionalGeneration:
    """A saved stylist-mini in single precision; its tower is the one of `tower_folder`, new where there is none.

    ModelError where the folder holds something else.
    """
    text = json.loads((folder / "config.json").read_text(encoding="utf-8"))["text_config"]
    model = new_model(folder, hidden=text["hidden_size"], layers=text["num_hidden_layers"])
    saved = {name: x for shard in sorted(folder.glob("*.safetensors")) for name, x in load_file(shard).items()}
    whole = {name: x.float() * saved[name + SCALE] if name + SCALE in saved else x.float() for name, x in saved.items() if not name.endswith(SCALE)}
    missing = model.load_state_dict(whole, strict=False)
    lost = [name for name in missing.missing_keys if not name.startswith(TOWER)]
    if lost or missing.unexpected_keys:
        raise ModelError(f"{folder}: not a stylist-mini of this shape: {', '.join([*lost, *missing.unexpected_keys][:4])}")
    if tower_folder is not None:
        put_tower(model, VisionTower.from_pretrained(tower_folder).float())
    return model.eval()


def put_tower(model: LlavaForConditionalGeneration, tower: VisionTower) -> None:
    """Copies a trained tower's weights into the model."""
    model.model.vision_tower.load_state_dict(tower.state_dict())


def save(model: LlavaForConditionalGeneration, folder: Path) -> None:
    """Writes all but the tower, in shards that a Space takes without large-file storage: matrices as 8-bit numbers with a scale for every row."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("model*.safetensors*"):
        old.unlink()
    small: dict[str, torch.Tensor] = {}
    for name, value in model.state_dict().items():
        if name.startswith(TOWER) or not value.is_floating_point():
            continue
        if value.ndim < 2:
            small[name] = value.to(torch.bfloat16)
            continue
        small[name + SCALE] = value.float().abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / 127
        small[name] = (value.float() / small[name + SCALE]).round().to(torch.int8)
    save_torch_state_dict(small, str(folder), max_shard_size=SHARD)
    model.config.save_pretrained(folder)
