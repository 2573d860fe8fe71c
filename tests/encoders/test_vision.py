from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stylist import vocabulary as v
from stylist.encoders.vision import VisionEncoder
from stylist.errors import ModelError


@pytest.fixture
def pictures() -> list[Image.Image]:
    rng = np.random.default_rng(0)
    return [Image.fromarray(rng.integers(0, 255, (h, w, 3), np.uint8)) for h, w in ((80, 60), (64, 64), (20, 200))]


def test_embed_gives_unit_vectors_whatever_the_batch(tiny_tower: Path, pictures: list[Image.Image]) -> None:
    encoder = VisionEncoder(tiny_tower)
    rows = encoder.embed(pictures)
    assert rows.shape == (3, encoder.dimension) == (3, 12) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(VisionEncoder(tiny_tower, batch_size=1).embed(pictures), rows, atol=1e-5)
    assert encoder.embed([]).shape == (0, 12)


def test_read_gives_probabilities_of_the_vocabulary(tiny_tower: Path, pictures: list[Image.Image]) -> None:
    for reading in VisionEncoder(tiny_tower).read(pictures):
        assert set(reading) == {"type", "color", "pattern", "material", "sleeve", "length"}
        for field, chances in reading.items():
            assert tuple(chances) == v.VALUES[field]
            assert sum(chances.values()) == pytest.approx(1, abs=1e-4)


def test_a_mirrored_picture_reads_the_same(tiny_tower: Path, pictures: list[Image.Image]) -> None:
    encoder = VisionEncoder(tiny_tower)
    mirrored = [p.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for p in pictures[1:2]]
    assert np.allclose(encoder.embed(pictures[1:2]), encoder.embed(mirrored), atol=1e-4)


def test_preparation_equals_the_processor_of_the_multimodal_model(tiny_tower: Path, pictures: list[Image.Image]) -> None:
    from transformers.models.clip import CLIPImageProcessorPil

    from stylist.encoders.images import letterbox

    size = {"height": 64, "width": 64}
    processor = CLIPImageProcessorPil(do_resize=True, size=size, do_center_crop=False, image_mean=[0.5] * 3, image_std=[0.25] * 3)
    square = letterbox(pictures[0], 64)
    expected = processor(images=[square], return_tensors="np")["pixel_values"][0]
    assert np.allclose((np.asarray(square, np.float32).transpose(2, 0, 1) / 255 - 0.5) / 0.25, expected, atol=1e-5)


def test_calibration_cools_the_readings(tiny_tower: Path, pictures: list[Image.Image], tmp_path: Path) -> None:
    import shutil

    cooler = tmp_path / "tower"
    shutil.copytree(tiny_tower, cooler)
    (cooler / "calibration.json").write_text('{"temperature": {"type": 10.0}, "prior": {"pattern": {"solid": 50}}}')
    hot, cool = VisionEncoder(tiny_tower).read(pictures)[0], VisionEncoder(cooler).read(pictures)[0]
    assert max(cool["type"].values()) < max(hot["type"].values())
    assert cool["color"] == pytest.approx(hot["color"])
    assert cool["pattern"]["solid"] > hot["pattern"]["solid"]


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        VisionEncoder(tmp_path).embed([Image.new("RGB", (20, 20))])


def test_any_clip_model_of_a_folder_reads_by_prompts(tmp_path: Path, pictures: list[Image.Image]) -> None:
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor, PreTrainedTokenizerFast

    from stylist.training.text_tokenizer import build

    tokenizer = build(["a photo of a shirt"], ["셔츠"] * 20, ["##s"], 500, 60, 24)
    assert isinstance(tokenizer, PreTrainedTokenizerFast)
    small = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = CLIPConfig(
        text_config={**small, "vocab_size": len(tokenizer), "max_position_embeddings": 24, "eos_token_id": 1, "pad_token_id": 0},
        vision_config={**small, "image_size": 32, "patch_size": 16}, projection_dim=8,
    )  # fmt: skip
    CLIPModel(config).save_pretrained(tmp_path)
    CLIPProcessor(CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}), tokenizer).save_pretrained(tmp_path)
    encoder = VisionEncoder(tmp_path)
    vectors, readings = encoder.look(pictures)
    assert vectors.shape == (3, 8)
    assert sum(readings[0]["type"].values()) == pytest.approx(1, abs=1e-4)
