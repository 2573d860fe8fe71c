"""Sentence slots of items and dialogs, the `none` row, rows of candidates, whitening."""

from __future__ import annotations

import numpy as np
import pytest
from fake_encoder import DIM, FakeTextEncoder

from stylist.errors import FascodeError
from stylist.fascode.embeddings import EmbeddingConfig, Embeddings, photo_vectors, whitening
from stylist.fascode.files import EvaluationCase, Turn
from stylist.fascode.items import ItemTable


def made(table: ItemTable, **config: object) -> Embeddings:
    return Embeddings(table, EmbeddingConfig(**config), FakeTextEncoder(), np.ones((len(table.slot), 3), np.float32))


def test_an_item_is_its_aspects_and_none_is_nothing(table: ItemTable) -> None:
    four, sixteen = made(table), made(table, sentences=16)
    assert four.text.shape == (len(table.slot) + 1, 4, DIM) and sixteen.text.shape[1] == 16
    assert not four.text[four.none].any() and not four.image[four.none].any()
    item = table.metadata.items[5]
    lines = [line for item in table.metadata.items for said in item.lines.values() for line in said]
    mean = FakeTextEncoder().encode(sorted(set(lines))).mean(0)
    expected = (FakeTextEncoder().encode(list(item.lines["M"])).mean(0) - mean) * np.sqrt(DIM)
    np.testing.assert_allclose(four.text[5, 1], expected, atol=1e-5)
    first = (FakeTextEncoder().encode(list(item.lines["M"])[:1])[0] - mean) * np.sqrt(DIM)
    if len(item.lines["M"]) <= 4:
        np.testing.assert_allclose(sixteen.text[5, 4], first, atol=1e-5)


def test_slots_and_the_items_that_can_fill_them(table: ItemTable) -> None:
    embeddings = made(table)
    for slot, rows in enumerate(embeddings.by_slot):
        assert rows[-1] == embeddings.none and set(table.slot[rows[:-1]]) == {slot}


def test_dialogs_of_any_length(table: ItemTable) -> None:
    short = EvaluationCase("0", (Turn("US", "치마요"),), ())
    long = EvaluationCase("1", tuple(Turn("US", f"치마 {n}") for n in range(9)), ())
    silent = EvaluationCase("2", (Turn("AC", "SK-001"),), ())
    read = made(table).dialogs([short, long, silent])
    assert read.shape == (3, 4, DIM)
    assert read[0, 0].any() and not read[0, 1:].any() and read[1].any(1).all() and not read[2].any()


def test_rows_of_candidates(table: ItemTable) -> None:
    embeddings, row = made(table), table.metadata.row
    case = EvaluationCase("0", (), (("SE-001", "SK-001"), ("SK-002", "SE-001", "SK-001"), ("CT-001", "SE-001")))
    two = EvaluationCase("1", (), (("SE-001",), ("SE-002",)))
    rows = embeddings.rows([case, two])
    none = embeddings.none
    assert rows[0].tolist() == [
        [none, none, row["SK-001"], row["SE-001"]],
        [none, none, row["SK-002"], row["SE-001"]],
        [row["CT-001"], none, none, row["SE-001"]],
    ]
    assert rows[1, 2].tolist() == [-1] * 4


def test_whitening() -> None:
    rows = np.random.default_rng(0).standard_normal((4000, 5)).astype(np.float32) @ np.diag([3, 2, 1, 1, 0.5]).astype(
        np.float32
    )
    rows -= rows.mean(0)
    np.testing.assert_allclose(np.cov((rows @ whitening(rows, floor=0)).T), np.eye(5), atol=1e-3)


def test_whitened_items_and_dialogs(table: ItemTable) -> None:
    plain = made(table)
    white = plain.whitened()
    case = EvaluationCase("0", (Turn("US", "치마요"),), ())
    before, after = plain.dialogs([case]), white.dialogs([case])
    assert before.shape == after.shape and np.abs(before - after).max() > 1e-3
    np.testing.assert_array_equal(plain.text, made(table).text)
    np.testing.assert_allclose(white.text, made(table, whiten=True).text, atol=1e-4)


def test_refusals(table: ItemTable, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        EmbeddingConfig(sentences=6)

    class Tower:
        dimension = 3

        def __init__(self, name: str | None):
            pass

    monkeypatch.setattr("stylist.encoders.vision.VisionEncoder", Tower)
    with pytest.raises(FascodeError, match="no readable photo"):
        photo_vectors(table, tmp_path, None)
