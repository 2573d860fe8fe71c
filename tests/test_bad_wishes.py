"""Shops that lack something and wishes that cannot be met, end to end: an empty answer with its reason, one line, never a wrong outfit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from stylist import cli, paths
from stylist import vocabulary as v
from stylist.catalog.gaps import gaps, missing_slots
from stylist.catalog.items import Item
from stylist.catalog.store import Catalog
from stylist.errors import ModelError
from stylist.ranking.promises import broken
from stylist.state import Budget, DialogState, SlotWishes, Wishes

needs_text_encoder = pytest.mark.skipif(not (paths.asset("text-encoder") / "config.json").is_file(), reason="no bundled text encoder")


def _item(number: int, garment: str, price: float | None = None, **fields: Any) -> Item:
    color = ("red", "blue", "black")[number % 3]
    return Item(id=f"{garment}-{number}", type=garment, slot=v.SLOT_OF_TYPE[garment], color=color, price=price, **fields)


FULL = [_item(n, garment, 20.0 + n) for garment in ("shirt", "jeans", "skirt", "dress", "boots", "tote") for n in range(3)]
SHOELESS = [item for item in FULL if item.slot != "shoes"]
UNPRICED = [item.model_copy(update={"price": None}) for item in FULL]


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (FULL, []),
        (SHOELESS, ["slot shoes"]),
        ([item for item in FULL if item.slot == "top"], ["slot bottom", "slot shoes"]),
        ([item for item in FULL if item.type in ("dress", "boots")], ["but 3 dresses"]),
        (UNPRICED, ["no item has a price"]),
        ([*FULL, *UNPRICED[:1]], ["1 of 19 items have no price"]),
    ],
    ids=("full", "shoeless", "tops", "dresses", "unpriced", "one unpriced"),
)
def test_what_a_catalogue_lacks_is_said(items: list[Item], says: list[str]) -> None:
    found = gaps(items)
    assert len(found) == len(says) and all(words in line for words, line in zip(says, found, strict=True))


def test_a_dress_fills_two_slots() -> None:
    assert missing_slots([_item(0, "dress")]) == ("shoes",)
    assert missing_slots([]) == ("top", "bottom", "shoes")


@needs_text_encoder
def test_index_notes_what_a_shop_lacks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text("id,title,type\n1,red shirt,shirt\n2,blue jeans,jeans\n")
    assert cli.main(["index", str(tmp_path / "t.csv"), "--out", str(tmp_path / "shop"), "--json"]) == 0
    notes = json.loads(capfd.readouterr().out)["notes"]
    assert [note.split(";")[0] for note in notes] == ["no item fills the slot shoes", "no item has a price"]


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "abc", "", "9" * 5000])
def test_a_wrong_number_of_outfits_is_one_line(number: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["recommend", str(tmp_path / "d.json"), "--top-k", number])
    out, error = capfd.readouterr()
    assert caught.value.code == 2 and not out
    assert len(error.splitlines()) == 1 and "--top-k" in error and "whole number from 1" in error and len(error) < 200


@pytest.mark.parametrize("port", ["0", "65536", "99999999", "http"])
def test_a_port_that_is_none_is_one_line(port: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["serve", "--port", port])
    assert caught.value.code == 2 and "from 1 to 65535" in capfd.readouterr().err


@pytest.mark.parametrize("limit", [{"total": -50}, {"item": -1}])
def test_a_budget_below_nothing_is_refused(limit: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Budget(**limit)


@pytest.fixture(scope="module")
def stylist() -> Iterator[Any]:
    if not (paths.asset("mini") / "config.json").is_file():
        pytest.skip("no bundled model")
    from stylist.stylist import Stylist

    try:
        yield Stylist.load()
    except ModelError as fault:
        pytest.skip(f"the bundled model cannot be loaded: {fault}")


def _answer(stylist: Any, items: list[Item], state: DialogState, top_k: int = 3) -> Any:
    from stylist.stylist import Stylist

    shop = Stylist(stylist.backbone, Catalog(items), stylist.text, stylist.vision, None)
    done = [value for kind, value in shop.session().set_state(state, top_k) if kind == "done"]
    assert len(done) == 1
    return done[0]


@pytest.mark.parametrize(
    ("items", "state"),
    [
        (SHOELESS, DialogState()),
        (SHOELESS, DialogState(want=Wishes(color=("red",)), budget=Budget(total=500))),
        (UNPRICED, DialogState(budget=Budget(total=500))),
        (UNPRICED, DialogState(slots={"shoes": SlotWishes(price=50)})),
        (FULL, DialogState(budget=Budget(total=0))),
        (FULL, DialogState(keep={"shoes": "boots-0"}, avoid=Wishes(type=("boots",)))),
        (FULL, DialogState(keep={"top": "shirt-0"}, budget=Budget(item=10))),
    ],
)
def test_what_cannot_be_met_is_an_empty_answer_that_says_so(stylist: Any, items: list[Item], state: DialogState) -> None:
    answer = _answer(stylist, items, state)
    assert answer.outfits == () and answer.reply.strip()
    json.dumps(answer.public(), allow_nan=False)


@pytest.mark.parametrize(
    "state",
    [
        DialogState(keep={"shoes": "boots-0"}, rejected=("boots-0",)),
        DialogState(keep={"top": "shirt-0", "bottom": "dress-0"}),
        DialogState(keep={"bottom": "no-such-item"}),
    ],
)
def test_locks_that_cannot_hold_are_gone_from_the_state(stylist: Any, state: DialogState) -> None:
    answer = _answer(stylist, FULL, state)
    assert answer.state.keep == {} and answer.outfits
    assert not any(broken(answer.state, outfit) for outfit in answer.outfits)


def test_ten_thousand_outfits_are_as_many_as_there_are(stylist: Any) -> None:
    state = DialogState(want=Wishes(type=("skirt",)), slots={"bag": SlotWishes(include=False)})
    outfits = _answer(stylist, FULL, state, 10_000).outfits
    assert len({tuple(item.id for item in outfit.items) for outfit in outfits}) == len(outfits) == 27
    assert not any(broken(state, outfit) for outfit in outfits)
