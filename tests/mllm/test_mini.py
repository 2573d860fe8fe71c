"""stylist-mini comes back from the disk as it was saved, and starts as its teacher."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer

from stylist import paths
from stylist.errors import ModelError
from stylist.mllm import mini
from stylist.training import embeddings

WORDS = paths.asset("mini")
pytestmark = pytest.mark.skipif(not (WORDS / "tokenizer.json").is_file(), reason="no bundled tokenizer")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    model: Any = mini.new_model(WORDS, seed=4, hidden=32, layers=2)
    folder = tmp_path_factory.mktemp("mini")
    mini.save(model, folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((WORDS / name).read_bytes())
    return model.eval(), folder


def test_weights_come_back_within_a_step_of_their_scale(saved: tuple[Any, Path]) -> None:
    model, folder = saved
    again = mini.load(folder).state_dict()
    for name, value in model.state_dict().items():
        if value.ndim < 2 or name.startswith(mini.TOWER):
            continue
        step = value.abs().amax(dim=1, keepdim=True) / 127
        assert ((again[name] - value).abs() <= step / 2 + 1e-7).all(), name


def test_the_tower_is_not_stored_twice(saved: tuple[Any, Path]) -> None:
    names = [name for shard in saved[1].glob("*.safetensors") for name in load_file(shard)]
    assert names and not any("vision_tower" in name for name in names)
    tower = mini.load(saved[1], paths.asset("vision")).model.vision_tower.state_dict()
    stored = load_file(paths.asset("vision") / "model.safetensors")
    assert sum(torch.equal(tower[name], x.float()) for name, x in stored.items() if name in tower and x.is_floating_point()) > 50


def test_a_folder_of_another_shape_is_named(saved: tuple[Any, Path], tmp_path: Path) -> None:
    for file in saved[1].iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text())
    config["text_config"]["num_hidden_layers"] = 3
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="not a stylist-mini of this shape"):
        mini.load(tmp_path)


def test_the_language_part_starts_as_its_teacher() -> None:
    pytest.importorskip(embeddings.TEACHER)
    from transformers import AutoModel

    tokenizer: Any = AutoTokenizer.from_pretrained(WORDS)
    model: Any = mini.new_model(WORDS)
    assert embeddings.initialise(model, tokenizer) > 10000
    model.eval()
    folder = embeddings.teacher_folder()
    teacher, words = AutoModel.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    text = "navy dress for work"
    ours = torch.tensor([tokenizer(text, add_special_tokens=False)["input_ids"]])
    theirs = torch.tensor([words(text, add_special_tokens=False)["input_ids"]])
    assert ours.shape == theirs.shape
    with torch.no_grad():
        found = model.model.language_model(input_ids=ours).last_hidden_state
        wanted = teacher(input_ids=theirs).last_hidden_state
    assert torch.allclose(found, wanted, atol=1e-4)
