"""Whole messages of the phrase bank: legal, of one meaning, and told anew without losing it."""

import random
import re

import pytest

from stylist import edits
from stylist import vocabulary as v
from stylist.errors import StylistError
from stylist.mllm import grammar
from stylist.state import DialogState
from stylist.training import messages, phrases
from stylist.training.exchanges import Author
from stylist.training.messages import Message


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_every_message_has_a_legal_edit_whose_figures_stand_in_its_text(language):
    for message in messages.load(language, "all"):
        edits.apply(DialogState(), message.edit)
        assert message.text and message.edit, message
        for key in edits.AMOUNTS:
            if (amount := message.edit.get(key)) not in (None, "any"):
                assert amount in grammar.numbers(message.text), message


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_a_fifth_of_the_messages_only_validates(language):
    train, valid, every = (messages.load(language, part) for part in ("train", "valid", "all"))
    assert not {m.text for m in train} & {m.text for m in valid}
    assert len(train) + len(valid) == len(every)
    assert 0.15 < len(valid) / len(every) < 0.25


def test_a_message_told_anew_says_what_its_edit_says():
    message = Message("a floral dress, denim jacket over it, white sneakers", "", {
        "+type": ["dress", "denim-jacket", "sneakers"], "+bottom.pattern": ["floral"], "+shoes.color": ["white"],
    })  # fmt: skip
    bank = phrases.load("en", "train")
    told = [messages.varied(message, bank, random.Random(seed), share=1.0) for seed in range(40)]
    for other in told:
        dress, jacket, shoes = other.edit["+type"]
        assert dress in v.COVERS_TOP and v.SLOT_OF_TYPE[jacket] == "outer" and v.SLOT_OF_TYPE[shoes] == "shoes"
        for field, value in (("type", dress), ("type", shoes), ("pattern", other.edit["+bottom.pattern"][0]), ("color", other.edit["+shoes.color"][0])):
            forms = bank.forms[field, value]
            assert any(form.text in other.text or form.plural in other.text for form in forms), (field, value, other.text)
        assert " over it, " in other.text
    assert len({other.text for other in told}) > 30


def test_a_word_that_stands_for_two_wishes_or_for_the_outfit_shown_stays():
    bank = phrases.load("en", "train")
    twice = Message("black boots and a black belt", "", {"+type": ["boots", "belt"], "+shoes.color": ["black"], "+accessory.color": ["black"]})
    shown = Message("same but the boots in brown", "Black boots with a red dress.", {"=shoes.color": ["brown"]})
    for seed in range(20):
        assert messages.varied(twice, bank, random.Random(seed), share=1.0).text.count("black") == 2
        assert "boots" in messages.varied(shown, bank, random.Random(seed), share=1.0).text


def test_a_line_that_is_no_message_is_named(tmp_path, monkeypatch):
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "messages.tsv").write_text('{"+color":["red"]}\tred pls\n{"+color":["crimson"]}\tcrimson pls\n', encoding="utf-8")
    monkeypatch.setattr(phrases, "FOLDER", tmp_path)
    messages.load.cache_clear()
    with pytest.raises(StylistError, match=r"entry 2.*crimson"):
        messages.load("en")
    messages.load.cache_clear()


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_two_limits_in_one_breath_stand_on_their_garments(language):
    author = Author(language, "train", random.Random(4))
    for _ in range(40):
        author.speaker.begin()
        text, edit = author.clause("bare_limits")
        limits = {key: value for key, value in edit.items() if key.endswith(".price")}
        assert len(limits) == 2, (text, edit)
        assert set(limits.values()) <= set(grammar.numbers(text)), (text, edit)
        assert {v.SLOT_OF_TYPE[t] for t in edit.get("+type", [])} <= {key.split(".")[0] for key in limits}


def test_korean_particles_follow_the_word_before_them():
    message = Message("베이지 코트랑 청바지는 좋은데 가죽은 빼고", "", {"+type": ["coat", "jeans"], "+outer.color": ["beige"], "-material": ["leather"]})
    bank = phrases.load("ko", "train")
    for seed in range(40):
        text = messages.varied(message, bank, random.Random(seed), share=1.0).text
        for word, particle in re.findall(r"([가-힣]+?)(이랑|랑|은|는)(?= )", text.replace("좋은데", "")):
            final = (ord(word[-1]) - 0xAC00) % 28 > 0
            assert particle in (("이랑", "은") if final else ("랑", "는")), text
