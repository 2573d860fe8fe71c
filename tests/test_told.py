"""Outfits that another assistant told of in words: found, chosen, and kept as wishes."""

import time

import pytest

from stylist import edits, told
from stylist.catalog.items import Item, Outfit
from stylist.session import Memory, move
from stylist.state import DialogState


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1. Navy dress, flats. 2. Jeans, a tee.", ("Navy dress, flats.", "Jeans, a tee.")),
        ("Look 1: black dress, $310. Look 2: velvet dress, $300.", ("black dress, $310.", "velvet dress, $300.")),
        ("The first is a navy dress with heels, the second has jeans and a 2.5 inch belt.", ("a navy dress with heels,", "jeans and a 2.5 inch belt.")),
        ("1번: 베이지 트렌치코트, 2번: 검정 코트", ("베이지 트렌치코트,", "검정 코트")),
        ("첫 번째는 네이비 원피스, 두 번째는 청바지예요", ("네이비 원피스,", "청바지예요")),
        ("**Look 1:** black dress. **Look 2:** velvet dress.", ("black dress.", "velvet dress.")),
        ("#1 black dress #2 velvet dress", ("black dress", "velvet dress")),
        ("Option A: black dress. Option B: velvet dress.", ("black dress.", "velvet dress.")),
        ("1 - black dress\n2 - velvet dress", ("black dress", "velvet dress")),
        ("① black dress ② velvet dress", ("black dress", "velvet dress")),
        ("a) black dress b) velvet dress", ("black dress", "velvet dress")),
        ("A navy dress and flats.\n2. Jeans, a tee.", ("A navy dress and flats.", "Jeans, a tee.")),
        ("1. Navy dress.\n3. Jeans.", ("Navy dress.", "", "Jeans.")),
        ("1. Navy dress with 2 - 3 inch heels. 2. Black jeans.", ("Navy dress with 2 - 3 inch heels.", "Black jeans.")),
        ("Look 1: a) blazer b) jeans. Look 2: a) dress b) heels.", ("a) blazer b) jeans.", "a) dress b) heels.")),
        ("A navy dress with a size 2. It pairs well with flats.", ("A navy dress with a size 2. It pairs well with flats.",)),
        ("1. Boots in size 4. Nice. 2. Jeans.", ("Boots in size 4. Nice.", "Jeans.")),
        ("Option A - black dress. Option B - velvet dress.", ("black dress.", "velvet dress.")),
        ("Option A (casual): black dress. Option B (smart): velvet dress.", ("black dress.", "velvet dress.")),
        ("1\ufe0f\u20e3 black dress 2\ufe0f\u20e3 velvet dress", ("black dress", "velvet dress")),
        ("A camel skirt and black boots.", ("A camel skirt and black boots.",)),
        ("You have 2. Fine.", ("You have 2. Fine.",)),
        ("Here is a look a friend would wear.", ("Here is a look a friend would wear.",)),
        ("", ()),
    ],
)
def test_the_words_of_each_outfit_are_found(words, expected):
    assert told.looks(words) == expected


def test_a_reference_chooses_the_outfit_and_one_price_is_its_price():
    outfits = told.looks("1. Dress, $120. 2. Skirt $80 with a $40 top. 3. Jeans, 90 dollars.")
    assert told.chosen(outfits, {"pick": ["3"]}) == told.chosen(outfits, {"pick": ["last"]}) == told.chosen(outfits, {"pick": ["5"]}) == "Jeans, 90 dollars."
    assert told.chosen(outfits, {"keep": ["all"]}) == "Dress, $120."
    assert [told.price(words) for words in outfits] == [120.0, None, 90.0]


SAID = {"+type": ["dress", "sneakers"], "+bottom.color": ["light-blue"], "+bottom.pattern": ["striped"], "+shoes.color": ["white"]}


def test_the_second_one_but_in_green_is_its_dress_in_green():
    edit = told.resolved({"pick": ["2"], "=color": ["green"]}, SAID)
    assert edit == {"=type": ["dress", "sneakers"], "=bottom.pattern": ["striped"], "=shoes.color": ["white"], "=bottom.color": ["green"]}
    assert edits.apply(DialogState(), edit).want.type == ("dress", "sneakers")


@pytest.mark.parametrize(
    ("edit", "types", "gone"),
    [
        ({"keep": ["all"], "swap": ["shoes"]}, ["dress"], "=shoes.color"),
        ({"pick": ["1"], "=type": ["boots"]}, ["boots", "dress"], "=shoes.color"),
        ({"keep": ["shoes"]}, ["sneakers"], "=bottom.color"),
        ({"pick": ["1"], "exclude": ["shoes"]}, ["dress"], "=shoes.color"),
        ({"pick": ["1"], "=type": ["skirt"]}, ["skirt", "sneakers"], "=bottom.color"),
        ({"pick": ["1"], "=type": ["blouse"]}, ["blouse", "sneakers"], None),
    ],
)
def test_what_a_reference_does_not_keep_is_no_wish(edit, types, gone):
    made = told.resolved(edit, SAID)
    assert sorted(made["=type"]) == types and gone not in made
    assert not told.REFERENCES & set(made)


def test_words_about_what_was_composed_here_are_known_by_its_garments():
    items = (Item(id="a", slot="bottom", type="dress", color="light-blue"), Item(id="b", slot="shoes", type="sneakers", color="white"))
    outfit = Outfit(rank=1, score=1.0, items=items)
    assert told.shown(SAID, (outfit,), {"pick": ["1"]})
    assert not told.shown(SAID | {"+shoes.color": ["red"]}, (outfit,), {"pick": ["1"]})
    assert not told.shown(SAID, (), {"pick": ["1"]})


def test_a_restyled_garment_of_a_shown_outfit_stays_what_it_is():
    items = (Item(id="a", slot="bottom", type="skirt", color="black"), Item(id="t", slot="top", type="blouse", color="white"), Item(id="b", slot="shoes", type="boots", color="white"))
    memory = Memory(shown=(Outfit(rank=1, score=1.0, items=items),))
    made = move(memory, {"pick": ["1"], "=shoes.color": ["brown"]}, "the first but the boots in brown")
    assert made.state.want.type == ("boots",) and made.state.slot("shoes").want.color == ("brown",)
    assert made.state.keep == {"bottom": "a", "top": "t"}
    other = move(memory, {"pick": ["1"], "=shoes.color": ["brown"], "=type": ["loafers"]}, "the first with brown loafers")
    assert other.state.want.type == ("loafers",)


def test_endless_words_are_read_in_part_and_soon():
    start = time.perf_counter()
    assert len(told.looks("1. dress " + "3 4 " * 20000)[0]) <= told.LONGEST
    assert told.price("1. dress " + "3 4 " * 2000) is None
    assert time.perf_counter() - start < 5


def test_praise_of_the_one_look_that_was_told_keeps_it():
    assert told.accepted({"act": ["praise"]}, ("navy chinos, a shirt",)) == {"keep": ["all"]}
    assert told.accepted({"act": ["praise"]}, ("chinos", "jeans")) == {"act": ["praise"]}, "which one?"
    assert told.accepted({"act": ["bye"]}, ("chinos",)) == {"act": ["bye"]}


def test_details_that_only_another_told_of_give_way():
    edit = {"+type": ["blazer", "trousers"], "+outer.color": ["navy"], "+bottom.color": ["black"], "more": ["warmer"]}
    before = edits.apply(DialogState(), {"+top.color": ["white"]})
    state = edits.apply(before, edit)
    taken = told.adopted(frozenset(), before, state, "perfect, but the trousers black")
    assert taken == {("outer", "color", "navy"), ("", "type", "blazer")}, "what was wished for before is the person's own"
    less, least = told.without(state, taken)
    assert less.slot("outer").want.color == () and less.slot("bottom").want.color == ("black",)
    assert less.prefer == ("warmer",) and less.want.type == state.want.type and least.want.type == ("trousers",)
    assert told.without(least, taken) == (least, least)
    assert told.adopted(taken, state, state, "navy blazer it is") == frozenset(), "now the person said it"


LOOK = {"+type": ["trousers", "blouse", "loafers"], "+bottom.color": ["beige"], "+top.color": ["light-blue"], "+shoes.color": ["brown"]}


@pytest.mark.parametrize(
    ("edit", "taken"),
    [
        ({"+shoes.color": ["black"]}, LOOK | {"+shoes.color": ["black"]}),
        ({"+type": ["skirt"]}, {"+type": ["blouse", "loafers", "skirt"], "+top.color": ["light-blue"], "+shoes.color": ["brown"]}),
        ({"-type": ["loafers"]}, {"+type": ["trousers", "blouse"], "+bottom.color": ["beige"], "+top.color": ["light-blue"], "-type": ["loafers"]}),
        ({"+type": ["trousers"]}, LOOK | {"+type": ["blouse", "loafers", "trousers"]}),
        ({"exclude": ["shoes"]}, {"+type": ["trousers", "blouse"], "+bottom.color": ["beige"], "+top.color": ["light-blue"], "exclude": ["shoes"]}),
        ({"+color": ["green"]}, {"+type": ["trousers", "blouse", "loafers"], "+color": ["green"]}),
    ],
)
def test_a_change_to_a_part_of_a_told_look_keeps_the_rest(edit, taken):
    assert told.refines(edit, "Beige trousers, light blue blouse, brown loafers?")
    assert told.refined(edit, LOOK, DialogState()) == taken


def test_what_the_person_wants_otherwise_is_not_taken_over():
    state = edits.apply(DialogState(), {"+type": ["jeans"], "-color": ["brown"], "-type": ["blouse"]})
    assert told.refined({"total": "90 USD"}, LOOK, state) == {"+type": ["loafers"], "total": "90 USD"}
    assert not told.refines({"more": ["dressier"]}, "Trousers, a blouse and loafers.")
    assert not told.refines({"+bottom.color": ["black"]}, "Trousers or a skirt?")
    assert not told.refines({"act": ["praise"]}, "Trousers and a blouse.")
    two = {"+type": ["blazer", "cardigan"], "+outer.color": ["navy"]}
    assert told.refined({"+shoes.color": ["black"]}, two, DialogState()) == {"+shoes.color": ["black"]}, "two of a slot are a choice"
    chinos = {"+type": ["chinos", "sweater"], "+bottom.color": ["beige"]}
    assert told.refined({"+type": ["trousers"]}, chinos, DialogState()) == {"+type": ["sweater", "chinos"], "+bottom.color": ["beige"]}
