"""What a refusal is of."""

from __future__ import annotations

import pytest

from stylist.edits import Edit
from stylist.refusals import placed


@pytest.mark.parametrize(
    ("edit", "text", "question", "after"),
    [
        ({"-shoes.color": ["red", "purple"]}, "flat shoes so i can walk, no red, no purple", "", {"-color": ["red", "purple"]}),
        ({"-shoes.color": ["pink"]}, "no pink shoes", "", {"-shoes.color": ["pink"]}),
        ({"-bottom.pattern": ["floral"]}, "치마로요, 꽃무늬는 싫어요", "", {"-pattern": ["floral"]}),
        ({"-shoes.color": ["black"]}, "anything but black", "What color should the shoes be?", {"-shoes.color": ["black"]}),
        ({"+bottom.pattern": ["floral"], "-bottom.pattern": ["floral"]}, "a skirt, nothing floral", "", {"-pattern": ["floral"]}),
        ({"-type": ["trousers"]}, "she won't wear trousers", "", {"-type": ["trousers", "jeans", "chinos", "joggers"]}),
        ({"-type": ["trousers"]}, "no slacks", "", {"-type": ["trousers"]}),
        ({"-type": ["trousers"], "+type": ["jeans"]}, "no trousers, jeans", "", {"-type": ["trousers", "chinos", "joggers"], "+type": ["jeans"]}),
        ({"-type": ["hat"]}, "no hats", "", {"-type": ["hat", "beanie"]}),
        ({"+type": ["coat"], "total": "90"}, "a coat, 90", "", {"+type": ["coat"], "total": "90"}),
    ],
)
def test_it_is_of_everything_unless_a_garment_stands_by_it(edit: Edit, text: str, question: str, after: Edit) -> None:
    assert placed(edit, text, question) == after
