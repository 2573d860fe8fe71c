"""The simulated people: what they say means what the edit says, and held-out phrases never train."""

from __future__ import annotations

import itertools
import random
import re

import pytest

from stylist import edits
from stylist.mllm.checker import sentences, unsupported
from stylist.mllm.facts import Known, ReplyFacts
from stylist.state import DialogState
from stylist.training import phrases
from stylist.training.exchanges import exchanges
from stylist.training.noise import noisy, typo
from stylist.training.replies import ReplyWriter, replies

CONTROL = ("act", "keep", "swap", "pick", "photo")


@pytest.mark.parametrize("part", ["train", "valid"])
def test_every_edit_applies_and_no_placeholder_is_left(part: str) -> None:
    for example in itertools.islice(exchanges(3, part, korean=0.5, short=0.3), 400):
        state = edits.apply(DialogState(), example.before)
        edits.apply(state, {k: x for k, x in example.edit.items() if k not in CONTROL})
        assert example.edit, example
        assert "{" not in example.user + example.assistant, example
        assert "/을" not in example.user and "을/" not in example.user, example
        assert example.user or example.photos


def test_a_seed_gives_the_same_people() -> None:
    assert list(itertools.islice(exchanges(5), 50)) == list(itertools.islice(exchanges(5), 50))
    assert list(itertools.islice(exchanges(5), 50)) != list(itertools.islice(exchanges(6), 50))


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_held_out_phrases_and_forms_do_not_train(language: str) -> None:
    train, valid = phrases.load(language, "train"), phrases.load(language, "valid")
    shared = [act for act in train.acts if set(train.acts[act]) & set(valid.acts[act])]
    assert not shared or all(len(valid.acts[act]) == len(phrases.load(language, "all").acts[act]) for act in shared)
    rare = {f.text.lower() for forms in valid.forms.values() for f in forms if f.rank >= phrases.ALWAYS_TRAINED and phrases.held_out(f.text.lower())}
    taught = {f.text.lower() for forms in train.forms.values() for f in forms if f.rank >= phrases.ALWAYS_TRAINED}
    assert len(rare) > 100 and not rare & taught


def test_the_bank_covers_every_value_in_both_languages() -> None:
    from stylist import vocabulary as v

    for language in phrases.LANGUAGES:
        bank = phrases.load(language, "train")
        for field in ("type", "color", "pattern", "material", "season", "formality", "style"):
            assert not [x for x in v.VALUES[field] if not bank.forms.get((field, x))], (language, field)
        occasions = {o for e in bank.events for o in e.values.get("occasion", ())}
        assert occasions == set(v.OCCASIONS)


def test_replies_say_only_what_their_facts_hold() -> None:
    examples = list(itertools.islice(replies(11, korean=0.4), 400))
    told = [s for e in examples for s in sentences(e.reply) if unsupported(s, e.facts)]
    assert len(told) <= 4, told[:5]
    assert all(e.reply and "{" not in e.reply for e in examples)


def test_particles_follow_the_final_consonant() -> None:
    assert phrases.josa("코트을/를 블레이저은/는 신발으로/로 니트이/가") == "코트를 블레이저는 신발로 니트가"
    assert phrases.josa("가방을/를 3만원이에요/예요") == "가방을 3만원이에요"


@pytest.mark.parametrize(("words", "article"), [("orange coat", "an"), ("uniform", "a"), ("navy coat", "a"), ("ugg", "a")])
def test_articles(words: str, article: str) -> None:
    assert phrases.article(words) == article


def test_noise_keeps_short_words_and_digits() -> None:
    rng = random.Random(1)
    assert typo("no", rng) == "no" and typo("$150", rng) == "$150"
    assert all("150" in noisy("please no more than 150 dollars for the shoes", random.Random(n)) for n in range(200))


def test_glosses_are_korean_pieces_with_english_words() -> None:
    lines = (phrases.FOLDER / "ko" / "glosses.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 1500
    for piece, gloss in rows:
        assert re.fullmatch(r"[가-힣]+", piece) and re.fullmatch(r"[ -~]+", gloss), (piece, gloss)
    assert len({piece for piece, _ in rows}) == len(rows)


def test_sentences_on_color_comfort_and_wishes_are_said_only_of_items_they_hold_for():
    known = Known(families={"the navy jeans": "blue", "the blue shirt": "blue", "the red boots": "red"}, wished={"the red boots": "the red boots"})
    facts = ReplyFacts(act="show", looks=(("the navy jeans", "the blue shirt", "the red boots"),), known=known)
    for seed in range(30):
        writer = ReplyWriter("en", "all", random.Random(seed))
        assert writer.fill("I like how the tone of {item} returns in {item2}.", "r_item_color", facts) in (
            "I like how the tone of the navy jeans returns in the blue shirt.", "I like how the tone of the blue shirt returns in the navy jeans.")  # fmt: skip
        assert "red boots" in str(writer.fill("There's a nice contrast between {item} and {item2}.", "r_item_color", facts))
        assert writer.fill("You can breathe in {item}.", "r_item_comfort", facts) is None
        assert writer.fill("You wanted it: {item}.", "r_item_wished", facts) == "You wanted it: the red boots."


def test_two_things_left_out_are_joined_as_english_joins_them():
    facts = ReplyFacts(act="show", looks=(("the navy jeans",),), avoid=("stripes", "florals"))
    writer = ReplyWriter("en", "all", random.Random(0))
    assert writer.fill("Not a hint of {avoid} in sight.", "r_avoid", facts) == "Not a hint of stripes or florals in sight."
    assert writer.fill("I've left out {avoid}.", "r_avoid", facts) == "I've left out stripes and florals."
