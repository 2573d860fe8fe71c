"""The whole way of one turn on the bundled weights: what the contract promises, kept and in its form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stylist import edits, paths
from stylist.dialog import Dialog
from stylist.ranking.promises import broken
from stylist.session import move
from stylist.state import DialogState
from stylist.stylist import Stylist

pytestmark = pytest.mark.skipif(not (paths.asset("mini") / "config.json").is_file(), reason="no bundled model")


@pytest.fixture(scope="module")
def stylist() -> Iterator[Stylist]:
    yield Stylist.load()


def said(*texts: str) -> Dialog:
    turns = [{"role": "assistant" if n % 2 else "user", "text": text} for n, text in enumerate(texts)]
    return Dialog.from_json({"turns": turns})


TALKS = [
    ("no black please",),
    ("a navy blazer and jeans under $300",),
    ("친구 결혼식 하객룩 추천해 주세요. 흰색은 안 돼요",),
    ("something for the office", "Heels with it?", "no"),
    ("red dress", "Here are three looks.", "actually a skirt instead"),
]


@pytest.mark.parametrize("talk", TALKS)
def test_every_outfit_is_complete_and_keeps_the_tracked_state(stylist: Stylist, talk: tuple[str, ...]) -> None:
    answer = stylist.answer(said(*talk), top_k=3)
    assert answer.reply.strip()
    for outfit in answer.outfits:
        assert broken(answer.state, outfit) == []
        covered = {slot for item in outfit.items for slot in item.covers}
        assert {"top", "bottom", "shoes"} <= covered


def test_the_output_has_the_contracts_form(stylist: Stylist) -> None:
    output = stylist.recommend(said("no black please"), top_k=2)
    assert set(output) == {"state", "reply", "question", "outfits"}
    assert {"want", "avoid", "budget", "slots", "anchor"} <= set(output["state"])
    assert [outfit["rank"] for outfit in output["outfits"]] == [1, 2]
    outfit = output["outfits"][0]
    assert {"rank", "score", "total_price", "currency", "items", "why"} <= set(outfit)
    assert {"id", "slot", "type", "color", "pattern", "material", "season", "formality", "price", "title", "image"} <= set(outfit["items"][0])
    assert outfit["total_price"] == pytest.approx(sum(item["price"] for item in outfit["items"]), abs=0.01)
    assert sum(why["contribution"] for why in outfit["why"]) == pytest.approx(outfit["score"], abs=0.01)
    assert {why["item"] for why in outfit["why"]} <= {item["id"] for item in outfit["items"]}


def test_plain_negation_is_understood(stylist: Stylist) -> None:
    answer = stylist.answer(said("no black please"))
    assert "black" in answer.state.avoid.color
    assert all(item.color != "black" for outfit in answer.outfits for item in outfit.items)


def test_the_same_dialog_gets_the_same_answer(stylist: Stylist) -> None:
    assert stylist.recommend(said("a red dress for a date")) == stylist.recommend(said("a red dress for a date"))


def test_streaming_gives_the_reply_in_pieces(stylist: Stylist) -> None:
    pieces = list(stylist.stream(said("hey can you help me")))
    assert len(pieces) > 2 and "".join(pieces) == stylist.recommend(said("hey can you help me"), top_k=5)["reply"]


def test_an_impossible_budget_gives_no_outfit_and_says_what_to_relax(stylist: Stylist) -> None:
    session = stylist.session()
    done = next(value for kind, value in session.set_state(edits.apply(DialogState(), {"total": "8 USD"})) if kind == "done")
    assert done.outfits == () and done.reply.strip()


def test_sessions_share_nothing(stylist: Stylist) -> None:
    one, two = stylist.session(), stylist.session()
    list(one.say("no black please"))
    assert two.state == DialogState() and one.state != two.state


def test_swapping_a_slot_keeps_the_other_garments(stylist: Stylist) -> None:
    session = stylist.session()
    list(session.say("jeans and a shirt"))
    before = {item.slot: item.id for item in session.memory.shown[0].items}
    list(session.swap(1, "shoes"))
    after = {item.slot: item.id for item in session.memory.shown[0].items}
    assert after["shoes"] != before["shoes"]
    assert all(after.get(slot) == item for slot, item in before.items() if slot != "shoes")


def test_a_similar_garment_takes_the_place_of_one(stylist: Stylist) -> None:
    session = stylist.session()
    look = dict(session.say("jeans and a shirt"))["outfits"][0]
    old = next(item for item in look.items if item.slot == "top")
    near = stylist.nearness(look.model_copy(update={"items": (old,)}))
    list(session.similar(look.rank, "top"))
    after = {item.slot: item for item in session.memory.shown[0].items}
    assert after["top"].id != old.id and near[stylist.catalog.row(after["top"].id)] > near[near > 0].mean()
    assert all(after[item.slot].id == item.id for item in look.items if item.slot != "top")


def test_more_like_a_look_shows_others_near_it(stylist: Stylist) -> None:
    session = stylist.session()
    shown = dict(session.say("a red dress for a party"))["outfits"]
    near = stylist.nearness(shown[0])
    again = dict(session.more_like(shown[0].rank))["outfits"]
    told = {item.id for outfit in shown for item in outfit.items if item.slot in ("top", "bottom")}
    assert again and not told & {item.id for outfit in again for item in outfit.items}
    rows = [stylist.catalog.row(item.id) for outfit in again for item in outfit.items]
    assert near[rows].mean() > near[near > 0].mean()


def test_talk_that_is_no_wish_moves_no_garment(stylist: Stylist) -> None:
    session = stylist.session()
    shown = dict(session.say("jeans and a white shirt"))["outfits"]
    again = dict(session.say("thank you so much!"))
    assert again["done"].edit == {"act": ["thanks"]}
    assert [item.id for outfit in again["outfits"] for item in outfit.items] == [item.id for outfit in shown for item in outfit.items]


def test_thanks_after_a_question_is_no_yes(stylist: Stylist) -> None:
    track = stylist.tracker.track
    assert track(DialogState(), "Do you need to look formal?", "thank you so much!").edit == {"act": ["thanks"]}
    assert track(DialogState(), "Do you need to look formal?", "yes thanks").edit == {"+formality": ["formal"]}


@pytest.mark.parametrize(("text", "word"), [("lace boots for the office please", "lace"), ("레이스 부츠로 출근룩 보여줘", "레이스")])
def test_what_nothing_here_has_is_left_out_and_said_so(stylist: Stylist, text: str, word: str) -> None:
    answer = stylist.answer(said(text), 3)
    assert answer.outfits and all(any(item.type == "boots" for item in outfit.items) for outfit in answer.outfits)
    assert word in answer.reply.split(".")[0] and not answer.state.slot("shoes").want.material


def test_a_budget_that_buys_nothing_is_not_given_up(stylist: Stylist) -> None:
    answer = stylist.answer(said("winter coat and boots for 9 dollars in total"), 3)
    assert not answer.outfits and answer.relax and answer.state.budget.total == 9.0


def test_what_was_left_out_is_met_again_where_it_can_be_and_said_once(stylist: Stylist) -> None:
    session = stylist.session()
    replies = []
    for text in ("a yellow velvet blazer", "thanks", "make it black instead"):
        replies.append(next(value for kind, value in session.say(text) if kind == "done").reply)
    assert "velvet" in replies[0] and "left out" not in replies[1]
    assert all(item.material == "velvet" for outfit in session.memory.shown for item in outfit.items if item.type == "blazer")


def test_the_reply_says_what_is_not_to_be_had(stylist: Stylist) -> None:
    assert "gloves" in stylist.answer(said("a winter coat and leather gloves"), top_k=1).reply


def test_a_named_cut_is_shown_where_the_catalogue_has_it(stylist: Stylist) -> None:
    answer = stylist.answer(said("chelsea boots and jeans"), top_k=3)
    assert all("chelsea" in item.title.lower() for outfit in answer.outfits for item in outfit.items if item.type == "boots")


def test_what_another_assistant_stated_is_taken_up(stylist: Stylist) -> None:
    talk = said("out tonight, it drops to 3 degrees", "A coat it is. Skirt or trousers?", "trousers, grey")
    assert all({"coat", "trousers"} <= {item.type for item in outfit.items} for outfit in stylist.answer(talk, top_k=2).outfits)


def test_what_is_not_to_be_had_changes_nothing(stylist: Stylist) -> None:
    session = stylist.session()
    list(session.say("a navy dress for a wedding", top_k=2))
    before, shown = session.state, session.memory.shown
    list(session.say("and some gloves maybe", top_k=2))
    assert session.state == before and [o.items for o in session.memory.shown] == [o.items for o in shown]


def test_a_photo_takes_the_place_of_what_was_wished_for_there(stylist: Stylist) -> None:
    session = stylist.session()
    list(session.say("a wrap dress for a wedding", top_k=2))
    list(session.say("swap the bag", top_k=2))
    tee = next(item for item in stylist.catalog if item.type == "t-shirt").model_copy(update={"id": "photo-1-1", "extra": {"owned": True}})
    made = move(session.memory, {"photo": ["anchor"]}, "what goes with this?", [tee])
    assert made.state.anchor == tee and "dress" not in made.state.want.type
    assert stylist.composer.compose(made.state, session._relevance, 2).outfits
