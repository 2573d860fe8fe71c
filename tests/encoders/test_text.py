from pathlib import Path

import numpy as np
import pytest

from stylist import paths
from stylist.encoders.text import TextEncoder
from stylist.errors import ModelError

bundled = pytest.mark.skipif(not (paths.asset("text-encoder") / "modules.json").is_file(), reason="no bundled text encoder")


def test_vectors_are_unit_float32_and_deterministic(tiny_text_encoder: Path) -> None:
    encoder = TextEncoder(tiny_text_encoder)
    texts = ["a navy wool blazer", "흰 운동화", "", "🙂 \u0000", "x" * 5000]
    rows = encoder.encode(texts)
    assert rows.shape == (5, encoder.dimension) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert np.allclose(rows, encoder.encode(texts), atol=1e-6)


def test_a_text_has_one_vector_whatever_stands_beside_it(tiny_text_encoder: Path) -> None:
    encoder = TextEncoder(tiny_text_encoder, batch_size=2)
    together = encoder.encode(["navy", "a much longer text about white sneakers and a coat", "coat"])
    assert np.allclose(together[0], encoder.encode(["navy"])[0], atol=1e-5)


def test_no_texts(tiny_text_encoder: Path) -> None:
    encoder = TextEncoder(tiny_text_encoder)
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"modules\.json"):
        TextEncoder(tmp_path).encode(["a"])


@bundled
def test_bundled_words_of_fashion_lie_where_they_belong() -> None:
    encoder = TextEncoder()

    def nearest(word: str, *others: str) -> str:
        rows = encoder.encode([word, *others])
        return others[int((rows[1:] @ rows[0]).argmax())]

    assert encoder.dimension == 256
    assert nearest("maroon", "burgundy", "beige", "navy", "green") == "burgundy"
    assert nearest("brogues", "oxfords", "shirt", "tote", "sandals") == "oxfords"
    assert nearest("trainers", "sneakers", "trousers", "coat", "tie") == "sneakers"
    assert nearest("버건디", "burgundy", "beige", "navy", "green") == "burgundy"
    assert nearest("운동화", "sneakers", "boots", "dress", "coat") == "sneakers"
    assert nearest("꽃무늬 원피스", "floral dress", "striped shirt", "plain trousers") == "floral dress"


@bundled
def test_bundled_retrieves_an_item_across_languages() -> None:
    encoder = TextEncoder()
    items = ["Navy wool blazer", "White canvas sneakers", "Black leather boots", "Pink floral midi dress", "Camel wool coat"]
    rows = encoder.encode(items)
    for number, korean in enumerate(["네이비 울 블레이저", "흰색 캔버스 운동화", "검정 가죽 부츠", "핑크 꽃무늬 미디 원피스", "카멜 울 코트"]):
        assert int((rows @ encoder.encode([korean])[0]).argmax()) == number
