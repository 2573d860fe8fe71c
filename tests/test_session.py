"""What references mean: the second one, keep, swap, photos, changes of mind."""

import pytest

from stylist import edits
from stylist.catalog.items import Item, Outfit
from stylist.session import Memory, contradicts, language_of, move, question_to_ask
from stylist.state import DialogState, Wishes


def item(id_: str, type_: str, color: str = "black", **values: object) -> Item:
    return Item(id=id_, slot="", type=type_, color=color, price=50.0, **values)  # type: ignore[arg-type]


def shown() -> Memory:
    looks = tuple(
        Outfit(rank=n, score=1 / n, items=(item(f"t{n}", "shirt"), item(f"b{n}", "skirt"), item(f"s{n}", "heels"))) for n in (1, 2, 3)
    )
    return Memory(shown=looks, turns=1)


def test_language_follows_the_text() -> None:
    assert language_of("결혼식 하객룩") == "ko"
    assert language_of("a navy dress") == "en"
    assert language_of("👍", "ko") == "ko"


def test_swapping_keeps_the_rest_and_rejects_what_was_there() -> None:
    made = move(shown(), {"swap": ["shoes"]}, "other shoes")
    assert made.state.keep == {"top": "t1", "bottom": "b1"}
    assert set(made.state.rejected) == {"s1", "s2", "s3"}
    assert (made.act, made.swapped) == ("swap", "shoes")


def test_the_second_one_is_kept_and_a_slot_of_it_swapped() -> None:
    assert move(shown(), {"pick": ["2"]}, "the second").state.keep == {"top": "t2", "bottom": "b2", "shoes": "s2"}
    assert move(shown(), {"pick": ["last"], "swap": ["top"]}, "").state.keep == {"bottom": "b3", "shoes": "s3"}


def test_the_second_one_in_green_keeps_types_and_frees_items() -> None:
    state = move(shown(), {"pick": ["2"], "=color": ["green"]}, "the second one but in green").state
    assert state.keep == {} and set(state.want.type) == {"shirt", "skirt", "heels"} and state.want.color == ("green",)


def test_keeping_all_but_what_changes() -> None:
    state = move(shown(), {"keep": ["all"], "=type": ["loafers"]}, "keep everything but loafers").state
    assert state.keep == {"top": "t1", "bottom": "b1"} and state.want.type == ("loafers",)


def test_a_new_wish_frees_the_slot_that_was_kept() -> None:
    memory = shown()
    memory.state = DialogState(keep={"bottom": "b1", "top": "t1"})
    assert move(memory, {"=type": ["jeans"]}, "jeans instead").state.keep == {"top": "t1"}


def test_other_outfits_are_other_garments() -> None:
    assert set(move(shown(), {"more": ["other"]}, "others").state.rejected) == {"t1", "t2", "t3", "b1", "b2", "b3"}


def test_a_photo_becomes_the_anchor_and_the_named_type_is_believed() -> None:
    seen = [item("photo-1-1", "sandals", "brown", extra={"owned": True})]
    made = move(Memory(), {"photo": ["anchor"], "+type": ["flats"]}, "my flats", seen)
    assert made.state.anchor is not None and made.state.anchor.type == "flats" and made.state.want.type == ()
    assert made.act == "photo"


def test_like_this_but_red_is_a_wish_not_an_anchor() -> None:
    made = move(Memory(), {"photo": ["like"], "+color": ["red"]}, "like this but red", [item("photo-1-1", "dress", "blue", pattern="dotted")])
    assert made.state.anchor is None and made.state.want == Wishes(type=("dress",))
    assert made.state.slot("bottom").want == Wishes(color=("red",), pattern=("dotted",))


def test_swapping_the_anchor_lets_it_go() -> None:
    memory = shown()
    memory.state = DialogState(anchor=item("photo-1-1", "sandals"))
    assert move(memory, {"swap": ["shoes"]}, "other shoes").state.anchor is None


def test_contradictions_are_asked_about_and_vagueness_once() -> None:
    assert contradicts({"+color": ["red"], "-color": ["red"]}) and contradicts({"+bottom.color": ["red"], "-bottom.color": ["red"]})
    assert not contradicts({"+shoes.color": ["red"], "-color": ["red"]}), "red shoes, no other red"
    assert not contradicts({"+color": ["red"], "-color": ["blue"]})
    memory = Memory()
    made = move(memory, {"act": ["vague"]}, "help")
    assert question_to_ask(memory, made) == "occasion"
    memory.asked, memory.turns = "occasion", 1
    made = move(memory, {"+color": ["red"]}, "red")
    assert question_to_ask(memory, made) is None


def test_make_it_green_is_said_of_the_garment_that_was_to_be_black():
    state = edits.apply(DialogState(), {"+type": ["dress"], "+bottom.color": ["black"], "+shoes.color": ["white"]})
    made = move(Memory(state=state), {"=color": ["green"]}, "actually make it green").state
    assert made.slot("bottom").want.color == ("green",) and made.slot("shoes").want.color == ("white",) and not made.want.color
    every = move(Memory(state=state), {"=color": ["green"]}, "make the whole outfit green").state
    assert every.want.color == ("green",) and not every.slot("bottom").want.color and not every.slot("shoes").want.color
    for text in ("I look pale in black, make it green", "all good but make it green", "다 좋은데 초록색으로 바꿔줘"):
        assert move(Memory(state=state), {"=color": ["green"]}, text).state.slot("shoes").want.color == ("white",)
    brown = edits.apply(DialogState(), {"+bottom.color": ["black"], "-bottom.color": ["brown"]})
    assert move(Memory(state=brown), {"=color": ["green"]}, "make the whole outfit green").state.slot("bottom").avoid.color == ("brown",)
    whole = move(Memory(state=edits.apply(DialogState(), {"+color": ["black"]})), {"=color": ["green"]}, "green instead").state
    assert whole.want.color == ("green",)


def test_a_later_color_takes_the_place_of_an_earlier_one_unless_it_comes_beside_it() -> None:
    navy = edits.apply(DialogState(), {"+color": ["navy"], "+occasion": ["office"], "+bottom.color": ["black"]})
    assert move(Memory(state=navy), {"+color": ["grey"]}, "hm, grey for me").state.want.color == ("grey",)
    for text in ("grey too", "or grey", "with a pop of grey", "네이비 아니면 회색", "회색도 좋아요"):
        assert move(Memory(state=navy), {"+color": ["grey"]}, text).state.want.color == ("navy", "grey"), text
    assert move(Memory(state=navy), {"+color": ["grey"]}, "navy is too dark, grey please").state.want.color == ("grey",)
    assert move(Memory(state=navy), {"+color": ["grey", "navy"]}, "navy and grey").state.want.color == ("navy", "grey")
    assert move(Memory(state=navy), {"+bottom.color": ["grey"]}, "grey trousers").state.slot("bottom").want.color == ("grey",)
    assert move(Memory(state=navy), {"+occasion": ["dinner"]}, "and dinner after").state.want.occasion == ("office", "dinner")


@pytest.mark.parametrize(
    ("before", "edit", "text", "types"),
    [
        ({"+type": ["jeans", "boots"]}, {"+type": ["chinos"]}, "chinos", ["boots", "chinos"]),
        ({"+type": ["boots", "sneakers"]}, {"+type": ["boots"]}, "boots", ["boots"]),
        ({"+type": ["boots"]}, {"+type": ["sneakers"]}, "sneakers would be fine too", ["boots", "sneakers"]),
        ({"+type": ["boots"]}, {"+type": ["boots", "sneakers"]}, "boots or sneakers", ["boots", "sneakers"]),
        ({"+type": ["scarf"]}, {"+type": ["hat"]}, "with a hat", ["hat", "scarf"]),
        ({"+type": ["shirt", "jeans"]}, {"+type": ["dress"]}, "a dress", ["dress"]),
        ({"+type": ["dress"]}, {"+type": ["blazer"]}, "a blazer on top", ["blazer", "dress"]),
        ({"+type": ["shirt", "trousers"]}, {"=type": ["dress"]}, "a dress instead", ["dress"]),
        ({"+type": ["blouse"]}, {"+type": ["dress"]}, "a dress", ["dress"]),
        ({"+type": ["dress"]}, {"+type": ["blouse"]}, "a blouse", ["blouse"]),
    ],
)
def test_a_garment_wished_for_later_takes_the_place_of_an_earlier_one(before, edit, text, types):
    memory = Memory(state=edits.apply(DialogState(), before))
    assert sorted(move(memory, edit, text).state.want.type) == types


@pytest.mark.parametrize(
    ("types", "said", "meant"),
    [(["dress"], "full", ("maxi",)), (["trousers"], "maxi", ("full",)), (["dress"], "midi", ("midi",)), (["skirt", "jeans"], "maxi", ("maxi", "full")), (["jumpsuit"], "full", ("full",))],
)
def test_a_full_length_dress_is_a_maxi_one(types, said, meant):
    made = move(Memory(), {"+type": types, "+bottom.length": [said]}, "long")
    assert made.state.slot("bottom").want.length == meant


def test_the_length_of_a_garment_goes_with_it():
    memory = Memory(state=edits.apply(DialogState(), {"+type": ["skirt"], "+bottom.length": ["mini"], "+bottom.color": ["red"]}))
    state = move(memory, {"+type": ["trousers"]}, "rather trousers").state
    assert state.slot("bottom").want.length == () and state.slot("bottom").want.color == ("red",)
    assert move(memory, {"+type": ["trousers"], "+bottom.length": ["ankle"]}, "ankle trousers").state.slot("bottom").want.length == ("ankle",)
    assert move(memory, {"+type": ["skirt"], "+bottom.color": ["blue"]}, "a blue skirt").state.slot("bottom").want.length == ("mini",)


def test_what_was_wished_of_a_shirt_goes_where_a_dress_takes_its_place():
    memory = Memory(state=edits.apply(DialogState(), {"+type": ["shirt", "trousers"], "+top.color": ["white"], "-top.pattern": ["striped"]}))
    state = move(memory, {"=type": ["dress"]}, "a dress instead").state
    assert state.want.type == ("dress",) and not state.slot("top").want and state.slot("top").avoid.pattern == ("striped",)
