"""Words are normalised, meanings are not touched."""

import pytest

from stylist.mllm.lexicon import normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("maroon slacks and brogues", "burgundy trousers and oxfords"),
        ("Trainers no more than 70", "sneakers no more than 70"),
        ("anything but black", "anything but black"),
        ("my cat is called Misty", "my cat is called Misty"),
        ("땡땡이 치마", "도트 치마"),
    ],
)
def test_normalise(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_normalising_twice_changes_nothing() -> None:
    text = "plaid shirt, dark wash denims, off-white pumps, a herringbone overcoat and kicks"
    assert normalise(normalise(text)) == normalise(text)
