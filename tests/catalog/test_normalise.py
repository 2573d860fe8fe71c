import pytest

from stylist import vocabulary as v
from stylist.catalog import normalise
from stylist.catalog.normalise import DATA, head_type, read_words, title_values, value, values, wishes


def test_every_word_stands_for_a_value_of_the_vocabulary():
    for field, word, phrase in read_words(DATA / "words.tsv"):
        assert phrase
        if field == "slot":
            assert word in v.SLOTS
        elif field != "ignore" and not (field == "type" and word == "-"):
            assert word in v.VALUES[field], (field, word)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Navy linen-blend wide-leg trousers", {"type": "trousers", "color": "navy", "material": "linen", "fit": "loose"}),
        ("Maroon v-neck jumper", {"type": "sweater", "color": "burgundy"}),
        ("Wool-blend tailored overcoat, black", {"type": "coat", "color": "black", "material": "wool"}),
        ("Virgin-wool tailored overcoat in grey", {"type": "coat", "color": "grey", "material": "wool"}),
        ("Lace-up ankle boots in black leather", {"type": "boots", "color": "black", "material": "leather"}),
        ("Shirt dress with belt", {"type": "dress"}),
        ("Black shirt with red tie", {"type": "shirt", "color": "black"}),
        ("Nike Men Air Citius 2+ MSL White Sports Shoes", {"type": "sneakers", "color": "white", "gender": "men"}),
        ("Women's Short Sleeve Floral Midi Dress", {"type": "dress", "pattern": "floral", "sleeve": "short", "length": "midi"}),
        ("Black & white striped t-shirt", {"type": "t-shirt", "color": "black", "pattern": "striped"}),
        ("Leather-trimmed canvas tote", {"type": "tote", "material": "canvas"}),
        ("Silk satin slip dress", {"type": "dress", "material": "satin"}),
        ("Denim shorts", {"type": "shorts", "material": "denim"}),
    ],
)
def test_titles(title, expected):
    found = title_values(title)
    assert expected.items() <= found.items()
    assert ("color" in found) == ("color" in expected)


@pytest.mark.parametrize(
    ("text", "type_"),
    [("Tees", "t-shirt"), ("trainers", "sneakers"), ("Dresses", "dress"), ("Scarves", "scarf"), ("shoe rack", "-"), ("Fleece-lined leather gloves", "-"),
     ("Casual Shoes", "shoes"), ("Handbags", "bag"), ("Kimberley 1000", None)],
)  # fmt: skip
def test_heads(text, type_):
    assert head_type(text) == type_


def test_cells():
    assert value("type", "jumper") == "jumper"  # the vocabulary's own word
    assert value("type", "Jumpers") == "sweater"  # the shop's
    assert value("type", "Women > Clothing > Dresses") == "dress"
    assert value("color", "Blue/grey") == "blue"
    assert value("material", "20% polyester, 80% cotton") == "cotton"
    assert value("color", "zorblax") is None
    assert value("gender", "F") == "women"
    assert values("season", "A/W 23") == ("autumn", "winter")
    assert normalise.described_color("This durable beige backpack has black straps", "backpack") == "beige"


def test_wishes_of_a_query():
    wanted, avoided = wishes("leather boots, not black")
    assert wanted == {"type": ("boots",), "material": ("leather",)}
    assert avoided == {"color": ("black",)}
    assert wishes("네이비 코트")[0] == {"color": ("navy",), "type": ("coat",)}
