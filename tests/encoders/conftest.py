"""A tower and a text encoder of random weights, small enough for any test."""

from pathlib import Path

import pytest
import torch


@pytest.fixture(scope="session")
def tiny_tower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from stylist.encoders.tower import VisionConfig, VisionTower

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("tower")
    tower = VisionTower(VisionConfig(image_size=64, pooled_size=64, embedding_size=12))
    torch.nn.init.uniform_(tower.heads["type_head"].bias, -2, 2)  # type: ignore[arg-type, union-attr]
    tower.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_text_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel

    from stylist.training.text_tokenizer import build

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("text")
    tokenizer = build(["a navy wool blazer", "white sneakers"], ["남색 울 블레이저", "흰 운동화"] * 20, ["##s", "coat"], 600, 60, 32)
    config = BertConfig(vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    BertModel(config).save_pretrained(folder / "raw")
    tokenizer.save_pretrained(folder / "raw")
    modules = [Transformer(str(folder / "raw"), max_seq_length=32), Pooling(16, "mean"), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"), create_model_card=False)
    return folder / "model"
