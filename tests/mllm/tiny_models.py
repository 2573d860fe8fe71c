"""Tiny random checkpoints of the families that `--model` takes, written to disk as the Hub keeps them: weights, config,
tokenizer with the family's own control tokens, processor and chat template."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import transformers as t
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers.models.clip import CLIPImageProcessorPil

from stylist import edits
from stylist.mllm import prompts

TORCHVISION = importlib.util.find_spec("torchvision") is not None
TEXT: dict[str, Any] = {
    "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 4096,
    "initializer_range": 0.3,
}  # fmt: skip
CLIP: dict[str, Any] = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 28, "patch_size": 14}
_CHATML = """{% for m in messages %}<|im_start|>{{ m.role }}
{% for c in m.content %}{% if c.type == 'image' %}IMAGE{% else %}{{ c.text }}{% endif %}{% endfor %}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""
_VICUNA = """{% for m in messages %}{{ m.role.upper() }}: {% for c in m.content %}{% if c.type == 'image' %}<image>
{% else %}{{ c.text }}{% endif %}{% endfor %}
{% endfor %}{% if add_generation_prompt %}ASSISTANT:{% endif %}"""
_IDEFICS = """{{ bos_token }}{% for m in messages %}{{ m.role.capitalize() }}:{% for c in m.content %}{% if c.type == 'image' %}<image>{% else %} {{ c.text }}{% endif %}{% endfor %}<end_of_utterance>
{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}"""


@dataclass(frozen=True)
class Family:
    """How one family is built. `control` are the tokens that only the program may write, roles in plain text among them."""

    name: str
    build: Callable[[Path], None]
    control: tuple[str, ...]
    decoder: str = "model.language_model."
    untouched: tuple[str, ...] = ()
    torchvision: bool = False


def tokenizer(folder: Path, special: list[str], template: str, bos: str, eos: str, pad: str) -> Any:
    """A byte-level BPE of some 700 tokens, trained on the prompts and the keys of edits."""
    text = [p.read_text(encoding="utf-8") for p in sorted(Path(prompts.__file__).parent.glob("*.chat.jinja"))] + list(edits.attribute_keys())
    model = Tokenizer(models.BPE())
    model.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    model.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    model.train_from_iterator(text, trainers.BpeTrainer(vocab_size=700, special_tokens=special, initial_alphabet=alphabet, show_progress=False))
    made = t.PreTrainedTokenizerFast(tokenizer_object=model, bos_token=bos, eos_token=eos, pad_token=pad, chat_template=template)
    made.save_pretrained(folder)
    return made


def _save(folder: Path, model: Any, processor: Any) -> None:
    model.save_pretrained(folder)
    processor.save_pretrained(folder)


def _llava(folder: Path) -> None:
    words = tokenizer(folder, ["<unk>", "<s>", "</s>", "<image>", "<pad>"], _VICUNA, "<s>", "</s>", "<pad>")
    image = words.convert_tokens_to_ids("<image>")
    config = t.LlavaConfig(
        vision_config=t.CLIPVisionConfig(**CLIP), text_config=t.LlamaConfig(vocab_size=len(words) + 5, **TEXT), image_token_index=image, image_seq_length=4
    )
    pictures = CLIPImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28})
    processor = t.LlavaProcessor(
        pictures, words, patch_size=14, vision_feature_select_strategy="default", num_additional_image_tokens=1, chat_template=_VICUNA
    )
    _save(folder, t.LlavaForConditionalGeneration(config), processor)


def _llava_next(folder: Path) -> None:
    from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil

    words = tokenizer(folder, ["<unk>", "<s>", "</s>", "<image>", "<pad>"], _VICUNA, "<s>", "</s>", "<pad>")
    grid = [[28, 56], [56, 28], [56, 56]]
    config = t.LlavaNextConfig(
        vision_config=t.CLIPVisionConfig(**CLIP), text_config=t.MistralConfig(vocab_size=len(words), **TEXT), image_grid_pinpoints=grid,
        image_token_index=words.convert_tokens_to_ids("<image>"),
    )  # fmt: skip
    pictures = LlavaNextImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28}, image_grid_pinpoints=grid)
    processor = t.LlavaNextProcessor(
        pictures, words, patch_size=14, vision_feature_select_strategy="default", num_additional_image_tokens=1, chat_template=_VICUNA
    )
    _save(folder, t.LlavaNextForConditionalGeneration(config), processor)


def _llava_onevision(folder: Path) -> None:
    from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil

    template = _CHATML.replace("IMAGE", "<image>\n")
    words = tokenizer(folder, ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<image>", "<video>"], template, "<|im_start|>", "<|im_end|>", "<|endoftext|>")
    grid = [[28, 28], [28, 56], [56, 28], [56, 56]]
    config = t.LlavaOnevisionConfig(
        vision_config=t.SiglipVisionConfig(**CLIP, vision_use_head=False), text_config=t.Qwen2Config(vocab_size=len(words), **TEXT), image_grid_pinpoints=grid,
        image_token_index=words.convert_tokens_to_ids("<image>"), video_token_index=words.convert_tokens_to_ids("<video>"),
    )  # fmt: skip
    pictures = LlavaOnevisionImageProcessorPil(size={"height": 28, "width": 28}, image_grid_pinpoints=grid)
    video = t.LlavaOnevisionVideoProcessor(size={"height": 28, "width": 28}) if TORCHVISION else None
    processor = t.LlavaOnevisionProcessor(pictures, words, video, num_image_tokens=4, vision_feature_select_strategy="full", chat_template=template)
    _save(folder, t.LlavaOnevisionForConditionalGeneration(config), processor)


_IDEFICS_TOKENS = ["<|endoftext|>", "<|im_start|>", "<end_of_utterance>", "<fake_token_around_image>", "<image>", "<global-img>"]
_IDEFICS_TOKENS += [f"<row_{i}_col_{j}>" for i in range(1, 7) for j in range(1, 7)]


def _idefics3(folder: Path) -> None:
    from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil

    words = tokenizer(folder, _IDEFICS_TOKENS, _IDEFICS, "<|im_start|>", "<end_of_utterance>", "<|endoftext|>")
    config = t.Idefics3Config(
        vision_config=t.Idefics3VisionConfig(**{**CLIP, "patch_size": 7}), text_config=t.LlamaConfig(vocab_size=len(words), **TEXT), scale_factor=2,
        image_token_id=words.convert_tokens_to_ids("<image>"),
    )  # fmt: skip
    pictures = Idefics3ImageProcessorPil(size={"longest_edge": 56}, max_image_size={"longest_edge": 28})
    processor = t.Idefics3Processor(pictures, words, image_seq_len=4, chat_template=_IDEFICS)
    _save(folder, t.Idefics3ForConditionalGeneration(config), processor)


def _smolvlm(folder: Path) -> None:
    from transformers.models.smolvlm.image_processing_pil_smolvlm import SmolVLMImageProcessorPil

    words = tokenizer(folder, [*_IDEFICS_TOKENS, "<video>"], _IDEFICS, "<|im_start|>", "<end_of_utterance>", "<|endoftext|>")
    config = t.SmolVLMConfig(
        vision_config=t.SmolVLMVisionConfig(**{**CLIP, "patch_size": 7}), text_config=t.LlamaConfig(vocab_size=len(words), **TEXT), scale_factor=2,
        image_token_id=words.convert_tokens_to_ids("<image>"),
    )  # fmt: skip
    pictures = SmolVLMImageProcessorPil(size={"longest_edge": 56}, max_image_size={"longest_edge": 28})
    processor = t.SmolVLMProcessor(pictures, words, t.SmolVLMVideoProcessor(), image_seq_len=4, chat_template=_IDEFICS)
    _save(folder, t.SmolVLMForConditionalGeneration(config), processor)


_QWEN_TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]


def _qwen(folder: Path, config_class: Any, model_class: Any, processor_class: Any, video_class: Any, patch: int, vision: dict[str, Any]) -> None:
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    template = _CHATML.replace("IMAGE", "<|vision_start|><|image_pad|><|vision_end|>")
    words = tokenizer(folder, _QWEN_TOKENS, template, "<|endoftext|>", "<|im_end|>", "<|endoftext|>")
    ids = {f"{n}_token_id": words.convert_tokens_to_ids(f"<|{x}|>") for n, x in (("image", "image_pad"), ("video", "video_pad"), ("vision_start", "vision_start"), ("vision_end", "vision_end"))}
    text = {**TEXT, "vocab_size": len(words), "head_dim": 16, "rope_parameters": {"rope_type": "default", "rope_theta": 1e4, "mrope_section": [2, 3, 3]}}
    seen = {"depth": 2, "hidden_size": 16, "intermediate_size": 24, "num_heads": 2, "patch_size": patch, "out_hidden_size": 32, **vision}
    pictures = Qwen2VLImageProcessorPil(patch_size=patch, size={"shortest_edge": 16 * patch**2, "longest_edge": 64 * patch**2})
    processor = processor_class(pictures, words, video_class(patch_size=patch), chat_template=template)
    _save(folder, model_class(config_class(text_config=text, vision_config=seen, **ids)), processor)


def _qwen25(folder: Path) -> None:
    _qwen(folder, t.Qwen2_5_VLConfig, t.Qwen2_5_VLForConditionalGeneration, t.Qwen2_5_VLProcessor, t.Qwen2VLVideoProcessor, 14,
          {"fullatt_block_indexes": [1], "window_size": 56})  # fmt: skip


def _qwen3(folder: Path) -> None:
    _qwen(folder, t.Qwen3VLConfig, t.Qwen3VLForConditionalGeneration, t.Qwen3VLProcessor, t.Qwen3VLVideoProcessor, 16,
          {"deepstack_visual_indexes": [0], "num_position_embeddings": 16})  # fmt: skip


_LLAVA_PARTS = ("model.vision_tower.", "model.multi_modal_projector.")
_IDEFICS_PARTS = ("model.vision_model.", "model.connector.")
FAMILIES = {
    family.name: family
    for family in (
        Family("llava", _llava, ("<image>", "<s>", "</s>", "USER:", "ASSISTANT:"), untouched=_LLAVA_PARTS),
        Family("llava-next", _llava_next, ("<image>", "<s>", "</s>", "USER:", "ASSISTANT:", "[INST]"), untouched=_LLAVA_PARTS),
        Family("llava-onevision", _llava_onevision, ("<image>", "<video>", "<|im_start|>", "<|im_end|>"), untouched=_LLAVA_PARTS, torchvision=True),
        Family("idefics3", _idefics3, (*_IDEFICS_TOKENS[:8], "User:", "Assistant:"), "model.text_model.", _IDEFICS_PARTS),
        Family("smolvlm", _smolvlm, (*_IDEFICS_TOKENS[:8], "User:", "Assistant:"), "model.text_model.", _IDEFICS_PARTS, torchvision=True),
        Family("qwen2.5-vl", _qwen25, tuple(_QWEN_TOKENS), untouched=("model.visual.",), torchvision=True),
        Family("qwen3-vl", _qwen3, tuple(_QWEN_TOKENS), untouched=("model.visual.",), torchvision=True),
    )
}


def build(name: str, folder: Path, seed: int = 0) -> Path:
    """Writes the tiny checkpoint of a family into `folder / name`."""
    torch.manual_seed(seed)
    FAMILIES[name].build(folder / name)
    return folder / name


def adapter(model: Any, pattern: str, folder: Path, seed: int = 0) -> Path:
    """A LoRA adapter with random weights of both matrices for a model, saved by peft; it changes what the model writes."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(seed)
    wrapped = get_peft_model(model, LoraConfig(r=4, lora_alpha=64, target_modules=pattern, init_lora_weights=False))
    wrapped.save_pretrained(str(folder))
    wrapped.unload()
    return folder
