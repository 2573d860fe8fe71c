"""How far a refusal reaches."""

from __future__ import annotations

import pytest

from stylist.edits import Edit
from stylist.scope import placed


@pytest.mark.parametrize(
    ("text", "read", "meant"),
    [
        ("so no pinks, purples or blues", {"-color": ["purple", "blue"]}, {"-color": ["purple", "blue", "pink"]}),
        ("no jeans, shorts or skirts please", {"-type": ["jeans"]}, {"-type": ["jeans", "shorts", "skirt"]}),
        ("no jeans, a dress please", {"-type": ["jeans"], "+type": ["dress"]}, {"-type": ["jeans"], "+type": ["dress"]}),
        ("hiking boots and a bobble hat so my ears don't fall off", {"-type": ["beanie"]}, {"+type": ["beanie"]}),
        ("the tie without a drawing", {"-type": ["tie"], "+accessory.pattern": ["solid"]}, {"+type": ["tie"], "+accessory.pattern": ["solid"]}),
        ("no tie without a jacket", {"-type": ["tie"]}, {"-type": ["tie"]}),
        ("also backpack not a handbag", {"exclude": ["bag"]}, {"+type": ["backpack"]}),
        ("no heels, flats", {"-type": ["heels", "flats"]}, {"-type": ["heels"], "+type": ["flats"]}),
        ("no bucket hat, baseball cap", {"-type": ["hat"]}, {"+type": ["hat"]}),
        ("no trousers with holes", {"-type": ["trousers"]}, {}),
        ("모자나 스카프, 벨트는 빼고", {"+type": ["scarf"], "-type": ["hat", "belt"]}, {"-type": ["hat", "scarf", "belt"]}),
        ("패딩은 괜찮아", {"-type": ["puffer"]}, {"+type": ["puffer"]}),
        ("not blue, red", {"-color": ["red", "blue"]}, {"-color": ["blue"], "+color": ["red"]}),
        ("배낭은 꼭 있어야 하고 구두는 안 돼요", {"-type": ["backpack", "oxfords"]}, {"-type": ["oxfords"], "+type": ["backpack"]}),
        ("넥타이 필요 없어요", {"-type": ["tie"]}, {"-type": ["tie"]}),
        ("블레이저에 청바지는 안 되고", {"-type": ["blazer", "jeans"]}, {"-type": ["jeans"]}),
        ("카키색은 싫어요", {"-color": ["khaki"]}, {"-color": ["khaki", "olive"]}),
    ],
)
def test_a_refusal_is_of_what_the_words_refuse(text: str, read: Edit, meant: Edit) -> None:
    found = placed(read, text)
    assert {key: set(values) for key, values in found.items()} == {key: set(values) for key, values in meant.items()}


def test_nothing_else_in_a_color_is_a_refusal_on_the_other_garments() -> None:
    found = placed({"+color": ["red"], "+shoes.color": ["red"]}, "I want red shoes, nothing else red")
    assert found["+shoes.color"] == ["red"] and "+color" not in found
    assert {key for key in found if key.startswith("-")} == {f"-{slot}.color" for slot in ("outer", "top", "bottom", "bag", "accessory")}


def test_one_pattern_beside_plain_clothes_refuses_the_other_patterns() -> None:
    found = placed({"+pattern": ["animal", "solid"]}, "one leopard piece, everything else stays plain")
    assert found["+pattern"] == ["animal"] and "animal" not in found["-pattern"] and {"striped", "floral"} <= set(found["-pattern"])


@pytest.mark.parametrize(
    ("text", "read", "meant"),
    [
        ("a printed dress", {"+bottom.pattern": ["graphic"], "+type": ["dress"]}, {"+bottom.pattern": ["floral", "graphic", "animal", "dotted"], "+type": ["dress"]}),
        ("a printed tee", {"+top.pattern": ["graphic"], "+type": ["t-shirt"]}, {"+top.pattern": ["graphic"], "+type": ["t-shirt"]}),
        ("nothing bright please", {}, {"-color": ["orange", "yellow", "pink", "multicolor"]}),
        ("nothing red", {"-color": ["red"], "+color": ["red"]}, {"-color": ["red"]}),
        ("in red please", {"-color": ["red"], "+color": ["red"]}, {"+color": ["red"]}),
        ("모자 하나 (비니 말고)", {"-type": ["beanie"]}, {"-type": ["beanie"], "+type": ["hat"]}),
    ],
)
def test_words_for_several_values_and_for_one_wish(text: str, read: Edit, meant: Edit) -> None:
    assert {key: set(values) for key, values in placed(read, text).items()} == {key: set(values) for key, values in meant.items()}


def test_a_wish_for_both_kinds_of_a_thing_is_left_to_be_asked_about() -> None:
    edit = {"-color": ["red"], "+color": ["red"]}
    assert placed(edit, "a red dress, but no red") == edit


def test_what_is_worn_already_keeps_the_color_that_nothing_else_has() -> None:
    found = placed({"=color": ["black"]}, "no other black", {"shoes": ("black",), "bottom": ("red",)})
    assert found == {f"-{slot}.color": ["black"] for slot in ("outer", "top", "bottom", "bag", "accessory")}
    assert "-top.color" in placed({"+shoes.color": ["red"], "-color": ["red"]}, "red shoes, no red anywhere else")
