"""Every entry that an edit may hold can be weighed, learned, saved and read back."""

from pathlib import Path

import pytest
import torch

from stylist import edits
from stylist.errors import ModelError
from stylist.mllm import weigher
from stylist.mllm.weigher import Weigher


def test_every_word_of_every_list_has_its_number_and_figures_have_none() -> None:
    expected = {(key, word) for key, words in {**edits.attribute_keys(), **edits.LISTS}.items() for word in words}
    assert set(weigher.entries()) == expected
    assert weigher.numbers({"total": "90 USD", "temp": "3C", "reset": True}) == ()
    places = list(weigher.entries().values())
    assert len(set(places)) == len(places), "two entries would share one score"


def test_it_learns_which_entries_a_prompt_holds() -> None:
    torch.manual_seed(0)
    made = Weigher(32, width=64, heads=2)
    read, real = torch.randn(2, 5, 32), torch.ones(2, 5)
    said = [weigher.numbers({"+type": ["dress"], "-shoes.color": ["pink"]}), weigher.numbers({"pick": ["2"]})]
    optimizer = torch.optim.Adam(made.parameters(), lr=0.02)
    first = weigher.loss(made(read, read, real), said)
    for _ in range(60):
        optimizer.zero_grad()
        loss = weigher.loss(made(read, read, real), said)
        loss.backward()
        optimizer.step()
    assert loss < 0.1 * first
    rows = made(read, read, real).detach()
    assert set(weigher.likely(rows[0], 0.5)) == {("+type", "dress"), ("-shoes.color", "pink")}
    assert set(weigher.likely(rows[1], 0.5)) == {("pick", "2")}


def test_padding_says_nothing() -> None:
    made = Weigher(32, width=64, heads=2).eval()
    read = torch.randn(1, 4, 32)
    longer = torch.cat([read, torch.randn(1, 3, 32)], 1)
    real = torch.tensor([[1, 1, 1, 1, 0, 0, 0]])
    assert torch.allclose(made(read, read, torch.ones(1, 4)), made(longer, longer, real), atol=1e-5)


def test_it_is_saved_beside_the_adapter_and_a_damaged_file_is_named(tmp_path: Path) -> None:
    made = Weigher(32)
    assert weigher.load(tmp_path, 32) is None
    weigher.save(made, tmp_path)
    again = weigher.load(tmp_path, 32)
    assert again is not None
    read, real = torch.randn(1, 6, 32), torch.ones(1, 6)
    assert torch.allclose(made.eval()(read, read, real), again(read, read, real), atol=0.05)
    with pytest.raises(ModelError, match="weigher"):
        weigher.load(tmp_path, 48)
    (tmp_path / weigher.FILE).write_bytes(b"no weights")
    with pytest.raises(ModelError, match=weigher.FILE):
        weigher.load(tmp_path, 32)
