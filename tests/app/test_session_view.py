"""What a visitor sees: streamed replies, boards, photos checked, errors in words, nothing lost and nothing shared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fake_stylist import FakeStylist
from PIL import Image

from stylist.app.looks import looks_html, quick_html, wishes_html
from stylist.app.session_view import Busy, SessionView
from stylist.app.shelf import Shelf
from stylist.app.words import preferred, words
from stylist.catalog.items import Item, Rival, Why
from stylist.state import DialogState


@pytest.fixture
def view(stylist: FakeStylist, tmp_path: Path) -> SessionView:
    return SessionView(stylist.session(), stylist.catalog.image_path, Shelf(tmp_path))


def _texts(view: SessionView, role: str) -> list[str]:
    return [m["content"] for m in view.history if m["role"] == role and isinstance(m["content"], str)]


def test_the_first_words_come_before_the_boards_are_drawn(view: SessionView) -> None:
    for changed in view.say("A wedding, no black"):
        if "chat" in changed and _texts(view, "assistant"):
            assert view.boards == [None, None, None]
            break
    else:
        pytest.fail("no words came")


def test_a_turn_fills_the_page(view: SessionView) -> None:
    assert list(view.say("A wedding, no black"))
    assert _texts(view, "user") == ["A wedding, no black"]
    assert _texts(view, "assistant")[0].endswith("Day or evening?")
    assert len(view.boards) == 3 and all(files and files.large.is_file() for files in view.boards)
    assert view.quick == ("Day", "Evening", "Something cheaper")
    assert not view.busy


def test_a_bad_photo_costs_only_itself(view: SessionView, tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"not a picture")
    Image.new("RGB", (80, 60), (40, 60, 120)).save(tmp_path / "good.png")
    list(view.say("What goes with this?", [tmp_path / "bad.png", tmp_path / "good.png"]))
    said = _texts(view, "assistant")
    assert "bad.png" in said[0] and str(tmp_path) not in said[0] and len(said) == 2
    _, text, photos = view.session.calls[0]  # type: ignore[attr-defined]
    assert text == "What goes with this?" and len(photos) == 1 and photos[0].suffix == ".jpg"
    view.close()
    assert not photos[0].exists()


def test_only_a_bad_photo_is_answered_too(view: SessionView, tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"")
    list(view.say("", [tmp_path / "bad.png"]))
    assert len(_texts(view, "assistant")) == 1 and not view.session.calls  # type: ignore[attr-defined]
    assert list(view.say("  ")) == []


def test_errors_become_sentences(view: SessionView) -> None:
    list(view.say("impossible"))
    assert "free and cashmere" in _texts(view, "assistant")[-1]
    list(view.say("crash"))
    assert "passwd" not in _texts(view, "assistant")[-1]
    list(view.say("fine now"))
    assert len(view.boards) == 3


def test_buttons_reach_the_session(view: SessionView) -> None:
    list(view.say("A wedding, no black"))
    list(view.swap(1, "shoes"))
    list(view.direct("cheaper"))
    list(view.forget("avoid/*/color/black"))
    list(view.budget(120.0))
    list(view.save(2))
    session = view.session
    assert [call[0] for call in session.calls] == ["say", "swap", "direct", "set_state", "set_state"]  # type: ignore[attr-defined]
    assert session.saved == [2] and len(view.saved) == 1  # type: ignore[attr-defined]
    assert view.state.budget.total == 120.0 and not view.state.avoid
    assert list(view.budget(120.0)) == [] and list(view.swap(9, "shoes")) == [] and list(view.direct("rm -rf")) == []


def test_one_answer_at_a_time(view: SessionView) -> None:
    steps = view.say("A wedding")
    next(steps)
    with pytest.raises(Busy):
        list(view.direct("cheaper"))
    list(steps)
    assert list(view.direct("cheaper"))


def test_visitors_share_nothing(stylist: FakeStylist, tmp_path: Path) -> None:
    one, two = (SessionView(stylist.session(), stylist.catalog.image_path, Shelf(tmp_path)) for _ in range(2))
    list(one.say("A wedding, no black"))
    assert not two.history and two.state.is_empty and not two.outfits


def test_the_page_escapes_what_comes_from_outside(view: SessionView) -> None:
    list(view.say("A wedding"))
    html = looks_html(view.outfits, view.boards, "en")
    assert "<b>" not in html and "alt=" in html
    assert "<script" not in quick_html(["<script>alert(1)</script>"], 0, "en")
    assert wishes_html([], "ko")


def test_both_languages_have_every_word() -> None:
    assert words("en").keys() == words("ko").keys()
    for key, value in words("en").items():
        assert type(value) is type(words("ko")[key])
    assert preferred("ko-KR,ko;q=0.9,en;q=0.8") == "ko" and preferred("fr,en") == "en" and preferred("") == "en"


def test_a_kept_garment_is_in_every_look_until_it_is_let_go(view: SessionView) -> None:
    list(view.say("A wedding"))
    shoes = next(item for item in view.outfits[1].items if item.slot == "shoes")
    list(view.keep(2, "shoes"))
    assert view.state.keep == {"shoes": shoes.id}
    assert all(shoes.id in {item.id for item in outfit.items} for outfit in view.outfits)
    html = looks_html(view.outfits, view.boards, "en", kept={shoes.id})
    assert html.count('data-act="keep"') - html.count(">Keep</button>") == len(view.outfits) == html.count(">Kept</button>")
    list(view.keep(1, "shoes"))
    assert view.state.keep == {}


def test_more_like_a_look_asks_the_session(view: SessionView) -> None:
    list(view.say("A wedding"))
    list(view.more_like(2))
    assert view.session.calls[-1] == ("more_like", 2)  # type: ignore[attr-defined]
    assert list(view.more_like(9)) == []


def test_each_piece_shows_its_share_of_the_score(view: SessionView) -> None:
    list(view.say("A wedding"))
    outfit = view.outfits[0]
    shares = (3.0, 1.0, *(0.0 for _ in outfit.items[2:]))
    told = outfit.model_copy(update={"why": tuple(Why(item=item.id, text="", contribution=share) for item, share in zip(outfit.items, shares, strict=True))})
    html = looks_html([told], [None], "en")
    assert "<details" in html and "75 %" in html and "25 %" in html
    assert "<details" not in looks_html([outfit.model_copy(update={"why": ()})], [None], "en")


def test_below_each_share_stands_what_the_next_best_piece_would_cost(view: SessionView) -> None:
    list(view.say("A wedding"))
    outfit = view.outfits[0]
    other = Item(id="other", type="belt", title="Other <b>belt</b>")
    rivals = [
        Rival(item=other, loss=0.1), Rival(item=other, loss=0.0), Rival(item=other, loss=-0.02, held="repeated", look=2),
        Rival(held="only"), Rival(item=other, loss=0.02, held="keep"),
    ]  # fmt: skip
    why = [Why(item=item.id, text="", contribution=0.2, rival=rival) for item, rival in zip(outfit.items, rivals, strict=True)]
    told = outfit.model_copy(update={"why": tuple(why)})
    html = looks_html([told], [None], "en")
    lines = re.findall(r'<span class="rival">(.*?)</span>', html)
    name = "Other &lt;b&gt;belt&lt;/b&gt;"
    assert lines == [
        f"Next best: {name}, 10.0 % less", f"Next best: {name}, just as good",
        f"{name} scores 2.0 % more here; it is in look 2, and the looks shall differ",
        "Nothing else here keeps your wishes in its place", f"You keep this one. Next best: {name}, 2.0 % less",
    ]  # fmt: skip
    korean = re.findall(r'<span class="rival">(.*?)</span>', looks_html([told], [None], "ko"))
    assert len(korean) == 5 and not re.search("[{}]", "".join(korean)) and all(re.search("[가-힣]", line) for line in korean)
    assert 'class="rival"' not in looks_html([outfit], [None], "en")


def test_every_way_a_piece_may_be_held_has_words() -> None:
    for language in ("en", "ko"):
        say = words(language)["rival"]
        assert {"less", "same", "more", "keep_less", "keep_same", "keep_more", "keep", "anchor", "only", "style", "repeated", "near", "shade"} == set(say)


def test_what_to_give_up_is_offered_and_taken_back(view: SessionView) -> None:
    list(view.say("no black, and all is sold out"))
    assert not view.outfits and [text for text, _ in view.relax] == ["no black"]
    page = looks_html(view.outfits, view.boards, "en", asked=True, relax=[text for text, _ in view.relax])
    assert 'data-act="give_up"' in page and "no black" in page
    assert list(view.give_up(7)) == [] and list(view.give_up(-1)) == []
    list(view.give_up(0))
    assert view.session.calls[-1] == ("set_state", DialogState()) and len(view.outfits) == 3 and not view.relax  # type: ignore[attr-defined]
    assert _texts(view, "user")[-1] == "Give up: no black"


def test_something_like_a_garment_is_asked_for(view: SessionView) -> None:
    list(view.say("A wedding"))
    assert 'data-act="similar"' in looks_html(view.outfits, view.boards, "en")
    list(view.swap(1, "shoes", similar=True))
    assert view.session.calls[-1] == ("similar", 1, "shoes") and "like the shoes" in _texts(view, "user")[-1]  # type: ignore[attr-defined]
