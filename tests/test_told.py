"""Outfits that another assistant told of in words: found, chosen, and kept as wishes."""

import time

import pytest

from stylist import edits, told
from stylist.catalog.items import Item, Outfit
from stylist.edits import Edit
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
    assert told.accepted({"act": ["praise"]}) == {"keep": ["all"]}
    assert told.accepted({"act": ["bye"]}) == {"act": ["bye"]}
    for text in ("Ok do it.", "go for it!", "yes please", "that's perfect", "네 그걸로 할게요"):
        assert told.accepted({"act": ["bye"]}, text) == {"keep": ["all"]}, text
    for text in ("bye", "go away", "what about shoes", "no thanks", "고마워요 안녕"):
        assert told.accepted({"act": ["bye"]}, text) == {"act": ["bye"]}, text


def test_details_that_only_another_told_of_give_way_one_garment_at_a_time():
    edit = {"+type": ["blazer", "trousers"], "+outer.color": ["navy"], "+bottom.color": ["black"], "+shoes.color": ["brown"], "more": ["warmer"]}
    before = edits.apply(DialogState(), {"+top.color": ["white"]})
    state = edits.apply(before, edit)
    taken = told.adopted(frozenset(), before, state, "perfect, but the trousers black")
    assert taken == {("outer", "color", "navy"), ("shoes", "color", "brown"), ("", "type", "blazer")}, "what was wished for before is the person's own"
    softer = told.without(state, taken)
    colors = [tuple(tuple(other.slot(slot).want.color) for slot in ("outer", "shoes", "bottom")) for other in softer]
    near, beige = ("blue",), ("camel",)
    assert colors[:3] == [(near, ("brown",), ("black",)), (("navy",), beige, ("black",)), (near, beige, ("black",))], "a color near by first"
    assert colors[3] == (("blue", "black"), ("brown",), ("black",)) and colors[5] == (("blue", "black"), ("camel", "beige"), ("black",))
    assert colors[6:8] == [((), ("brown",), ("black",)), (("navy",), (), ("black",))]
    assert softer[8].want.type == ("trousers",) and softer[8].slot("shoes").want.color == ("brown",), "then the garment that can't be had"
    less, least = softer[9], softer[-1]
    assert less.slot("outer").want.color == less.slot("shoes").want.color == () and less.slot("bottom").want.color == ("black",)
    assert less.prefer == ("warmer",) and less.want.type == state.want.type and least.want.type == ("trousers",)
    assert all(state == least for state in told.without(least, taken))
    assert ("outer", "color", "navy") not in told.adopted(taken, state, state, "navy blazer it is"), "now the person said it"


EMPTY = DialogState()
LOOK = {"+type": ["trousers", "blouse", "loafers"], "+bottom.color": ["beige"], "+top.color": ["light-blue"], "+shoes.color": ["brown"]}


def taken_over(edit, look=LOOK, before=EMPTY, adopted=frozenset()):
    state = edits.apply(before, told.refined(edit, look, before, adopted))
    wanted = {f"{slot}.{field}": values for slot, field, values in ((s, f, w.want.values(f)) for s, w in state.slots.items() for f in told.KEPT_FIELDS) if values}
    return sorted(state.want.type), wanted


@pytest.mark.parametrize(
    ("edit", "types", "wanted"),
    [
        ({"+shoes.color": ["black"]}, ["blouse", "loafers", "trousers"], {"bottom.color": ("beige",), "top.color": ("light-blue",), "shoes.color": ("black",)}),
        ({"+type": ["skirt"]}, ["blouse", "loafers", "skirt"], {"top.color": ("light-blue",), "shoes.color": ("brown",)}),
        ({"-type": ["loafers"]}, ["blouse", "trousers"], {"bottom.color": ("beige",), "top.color": ("light-blue",)}),
        ({"+type": ["trousers"]}, ["blouse", "loafers", "trousers"], {"bottom.color": ("beige",), "top.color": ("light-blue",), "shoes.color": ("brown",)}),
        ({"exclude": ["shoes"]}, ["blouse", "trousers"], {"bottom.color": ("beige",), "top.color": ("light-blue",)}),
        ({"+color": ["green"]}, ["blouse", "loafers", "trousers"], {}),
        ({"more": ["cheaper"], "include": ["bag"]}, ["blouse", "loafers", "trousers"], {"bottom.color": ("beige",), "top.color": ("light-blue",), "shoes.color": ("brown",)}),
        ({"+type": ["dress"]}, ["dress", "loafers"], {"shoes.color": ("brown",)}),
    ],
)
def test_a_change_to_a_part_of_a_told_look_keeps_the_rest(edit, types, wanted):
    assert told.refines(edit, LOOK)
    assert taken_over(edit) == (types, wanted)


def test_what_the_person_wants_otherwise_is_not_taken_over():
    state = edits.apply(DialogState(), {"+type": ["jeans"], "-color": ["brown"], "-type": ["blouse"]})
    assert taken_over({"total": "90 USD"}, LOOK, state) == (["jeans", "loafers"], {})
    for edit in ({"more": ["dressier"]}, {"act": ["praise"]}, {"reset": True, "+color": ["red"]}, {"-type": ["trousers", "blouse"], "+color": ["red"]}, {"+gender": ["men"]}):
        assert not told.refines(edit, LOOK)
    assert not told.refines({"+color": ["red"]}, {"+type": ["trousers"]}), "one garment is no look"
    assert told.is_choice("Trousers or a skirt?") and not told.is_choice("Trousers, a belt and a floral top.")


def test_what_was_only_told_of_before_gives_way_to_what_is_told_of_now():
    before = edits.apply(DialogState(), {"+type": ["t-shirt", "jeans"], "+bottom.color": ["blue"], "+shoes.color": ["red"]})
    adopted = frozenset({("", "type", "t-shirt"), ("", "type", "jeans"), ("bottom", "color", "blue")})
    look = {"+type": ["dress", "boots"], "+bottom.color": ["green"], "+shoes.color": ["black"]}
    assert taken_over({"+type": ["cardigan"]}, look, before, adopted) == (["boots", "cardigan", "dress"], {"bottom.color": ("green",), "shoes.color": ("red",)})


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("I have left out beige.", {"-color": ["beige"]}),
        ("No jeans. And the shoes?", {"-type": ["jeans"]}),
        ("그럼 체크는 뺄게요. 니트는 어떠세요?", {"-pattern": ["checked"]}),
        ("Shall I leave out beige?", {}),
        ("Here are beige looks.", {}),
    ],
)
def test_what_another_assistant_says_to_have_left_out(words: str, refused: Edit) -> None:
    assert told.acknowledged(words) == refused


def test_statements_are_what_is_not_asked() -> None:
    assert told.statements("A coat it is. Skirt or trousers?") == "A coat it is."
    assert told.is_shown("Here are three looks with heels.") and not told.is_shown("A blazer, then.")
