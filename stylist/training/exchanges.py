"""Exchanges for the tracker: what the stylist last said, what the person answers, and the edit this makes to the state."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stylist import edits
from stylist.edits import Edit, merge
from stylist.state import DialogState
from stylist.training import act_weights, frames, messages, phrases
from stylist.training.meanings import (
    avoided_phrase,
    event_edit,
    listed,
    merge_all,
    scene_edit,
    slots_edit,
    wanted_phrase,
)
from stylist.training.noise import noisy
from stylist.training.speaker import Bound, NounPhrase, Speaker, shorn

_FORGIVES = re.compile(
    r"after all|fine|\bok\b|okay|don't mind|dont mind|allowed|no problem|actually like|bring back|changed my mind about not"
    r"|whatever|have to be|has to be|needn't|no longer fussed|need to be|no longer mind|not a problem|don't care about|can come back|works for me|forget what i said about not"
    r"|괜찮|상관없|좋아졌|돼요|되요|해도",
    re.IGNORECASE,
)
_MORE = {"dislike": "other"} | {name: name for name in edits.MORE}
_TALK = {"greet": "greet", "vague": "vague", "thanks": "thanks", "bye": "bye", "praise": "praise", "offtopic": "offtopic",
         "abuse": "abuse", "override": "override", "unsure": "unsure"}  # fmt: skip
MESSAGE_SHARE = 0.4  # of exchanges that are whole messages of the bank, told anew
SUBJECTLESS = 0.2  # of bare wishes that are remarks without a subject: "is striped", as people say of what they are shown
STATE_SHARE = 0.15  # of exchanges that are read with the state before them, for the conversation's vector


@dataclass(frozen=True)
class Exchange:
    """One training example: `before` is the state as an edit, `photos` how many pictures came with the text."""

    language: str
    before: Edit
    assistant: str
    user: str
    edit: Edit
    photos: int = 0
    acts: tuple[str, ...] = ()


class Author:
    """Writes exchanges of one language and part of the bank, from one random generator."""

    def __init__(self, language: str, part: str, rng: random.Random):
        self.bank, self.messages = phrases.load(language, part), messages.load(language, part)
        self.rng, self.language = rng, language
        self.speaker = Speaker(self.bank, rng)

    def _line(self, act: str) -> str:
        return self.rng.choice(self.bank.acts[act])

    def clause(self, act: str) -> tuple[str, Edit]:
        """A clause doing one act, and its edit."""
        rng, speaker = self.rng, self.speaker
        if act in ("event", "weather", "gender"):
            if act == "weather":
                return self._weather()
            scenes = self.bank.gender if act == "gender" else tuple(e for e in self.bank.events if e.kind == "sentence")
            scene = rng.choice(scenes)
            return scene.text, scene_edit(scene.values)
        if act in act_weights.BARE:
            return self._bare(act)
        template = self._line(act)
        text, bound = speaker.fill(template, plain=act in ("avoid", "retract") and rng.random() < 0.8,
                                   same_slot=act in ("want_or", "replace"), optional=act in ("drop_slot", "add_slot"))
        meanings: dict[str, Callable[[], Edit]] = {
            "want_but": lambda: merge(self._wants(bound), listed("-", bound.avoided)),
            "avoid": lambda: merge_all(avoided_phrase(p) for p in bound.phrases),
            "avoid_attr": lambda: listed("-", bound.attributes),
            "avoid2": lambda: listed("-", bound.avoided),
            "only_attr": lambda: listed("=", bound.attributes),
            "want_event": lambda: scene_edit(bound.event.values if bound.event else {}),
            "compound": lambda: self._compound(bound),
            "replace": lambda: merge_all(wanted_phrase(p, "=") for p in bound.phrases),
            "slot_want": lambda: self._of_slot(bound, "+"),
            "slot_avoid": lambda: self._of_slot(bound, "-"),
            "budget_total": lambda: {"total": bound.money},
            "budget_item": lambda: {"item": bound.money},
            "budget_slot": lambda: self._slot_budget(bound),
            "budget_none": lambda: {"total": "any"},
            "drop_slot": lambda: slots_edit(bound, "exclude"),
            "add_slot": lambda: slots_edit(bound, "include"),
            "correct": lambda: merge(merge_all(wanted_phrase(p, "=") for p in bound.phrases), listed("=", bound.attributes)),
            "correct_attr": lambda: self._corrected(bound),
            "retract": lambda: self._retracted(template, bound),
            "reset": lambda: {"reset": True},
            "swap": lambda: slots_edit(bound, "swap"),
            "keep": lambda: self._keeps(bound),
            "keep_swap": lambda: self._keeps_and_swaps(bound),
            "pick": lambda: {"pick": [bound.pick]},
            "pick_but": lambda: merge({"pick": [bound.pick]}, merge(merge_all(wanted_phrase(p, "=") for p in bound.phrases), listed("=", bound.attributes))),
        }  # fmt: skip
        if act in _MORE or act in _TALK:
            return text, {"more": [_MORE[act]]} if act in _MORE else {"act": [_TALK[act]]}
        return text, meanings[act]() if act in meanings else self._wants(bound)

    def _bare(self, act: str) -> tuple[str, Edit]:
        """A wish in no sentence, as clauses of a longer message often are: "red dress", "no heels", "date night"."""
        rng, speaker = self.rng, self.speaker
        if act == "bare_limits":
            text, limits = speaker.two_limits()
            return text, merge_all(merge(wanted_phrase(p) if p.type else Edit(), {f"{p.slot}.price": value}) for p, value in limits)
        if act == "bare_event":
            scene = rng.choice([e for e in self.bank.events if e.kind == "np"])
            return shorn(scene.text, rng), scene_edit(scene.values)
        if act == "bare_phrase":
            phrases_ = [speaker.noun_phrase(most=2) for _ in range(rng.choices((1, 2, 3, 4), weights=(56, 25, 13, 6))[0])]
            said = [rng.choice((p.singular, p.plural, p.with_article)) for p in phrases_]
            text = self._series(said, ("and", "with", "or"))
            if len(phrases_) == 1 and self.language == "en" and rng.random() < SUBJECTLESS:
                text = f"{rng.choice(('is', 'is', 'is more like', 'should be'))} {phrases_[0].with_article}"
            return text, merge_all(wanted_phrase(p) for p in phrases_)
        pairs: list[tuple[str, str]] = []
        said = []
        for _ in range(rng.choices((1, 2, 3), weights=(64, 26, 10))[0]):
            if act == "bare_avoid":
                name, value, words = speaker.avoidable()
            else:
                name = rng.choices(list(act_weights.SAID_ALONE), weights=list(act_weights.SAID_ALONE.values()))[0]
                name, value, words = speaker.attribute(name, ("mass", "adj") if rng.random() < 0.5 else ("adj", "mass"))
            pairs.append((name, value))
            said.append(words)
        if act == "bare_attr":
            text = self._series(said, ("and", "or"))
            if rng.random() < SUBJECTLESS:
                text = rng.choice(frames.REMARKS[self.language]).format(text)
            return text, listed("+", pairs)
        text = rng.choice(frames.REFUSALS[self.language]).format(self._series(said, ("or", "and", "no", "nor")))
        return (phrases.josa(text) if self.language == "ko" else text), listed("-", pairs)

    def _series(self, said: list[str], words: tuple[str, ...]) -> str:
        if len(said) == 1:
            return said[0]
        if self.language == "ko":
            return phrases.josa(self.rng.choice((", ", " ", "이랑/랑 ", "하고 ", "에 ", "과/와 ")).join(said))
        word = self.rng.choice(words)
        if self.rng.random() < 0.3:
            return self.rng.choice((", ", " ", f" {word} ", f", {word} ")).join(said)
        return ", ".join(said[:-1]) + f" {word} {said[-1]}"

    def _wants(self, bound: Bound) -> Edit:
        edit = merge_all(wanted_phrase(p) for p in bound.phrases)
        return merge(merge(edit, listed("+", bound.attributes)), event_edit(bound))

    def _compound(self, bound: Bound) -> Edit:
        edit = merge(self._wants(bound), listed("-", bound.avoided))
        return merge(edit, {"total": bound.money}) if bound.money else edit

    def _of_slot(self, bound: Bound, sign: str) -> Edit:
        """What one slot shall or shall not be; a garment that is named for it is wanted too."""
        slots = [slot for _, slot in bound.slots] or [p.slot for p in bound.phrases]
        edit = merge_all(wanted_phrase(p) for p in bound.phrases) if sign == "+" else Edit()
        for field, value in bound.attributes:
            edit = merge(edit, {f"{sign}{slot}.{field}": [value] for slot in slots if field in edits.SLOT_FIELDS})
        return edit

    def _slot_budget(self, bound: Bound) -> Edit:
        slots = [slot for _, slot in bound.slots] or [p.slot for p in bound.phrases]
        edit: Edit = {f"{slot}.price": bound.money for slot in slots}
        return merge(merge_all(wanted_phrase(p) for p in bound.phrases), edit)

    def _corrected(self, bound: Bound) -> Edit:
        slot = next((p.slot for p in bound.phrases), None) or next((s for _, s in bound.slots), None)
        if slot is None:
            return listed("=", bound.attributes)
        return listed("=", [(f"{slot}.{field}", value) for field, value in bound.attributes if field in edits.SLOT_FIELDS])

    def _retracted(self, template: str, bound: Bound) -> Edit:
        sign = "~" if _FORGIVES.search(template) else "-"
        types = [("type", p.type) for p in bound.phrases if p.type]
        edit = listed(sign, [*types, *bound.attributes])
        gone = [p.slot for p in bound.phrases if not p.type] + [slot for _, slot in bound.slots]
        return merge(edit, {"exclude" if sign == "-" else "include": gone}) if gone else edit

    def _keeps(self, bound: Bound) -> Edit:
        slots = [slot for _, slot in bound.slots] + [p.slot for p in bound.phrases]
        return {"keep": slots or ["all"]}

    def _keeps_and_swaps(self, bound: Bound) -> Edit:
        kept = [slot for name, slot in bound.slots if name == "keep_slot"]
        swapped = [slot for name, slot in bound.slots if name in ("swap_slot", "the_slot", "slot")]
        edit: Edit = {"keep": kept or ["all"]}
        return merge(edit, {"swap": swapped}) if swapped else edit

    def _weather(self) -> tuple[str, Edit]:
        scene = self.rng.choice(self.bank.weather)
        words = set(scene.values.get("weather", ()))
        low, high = (-15, 9) if words & {"cold", "freezing", "snow"} else (24, 38) if words & {"hot", "warm"} else (8, 22)
        sign = scene.values.get("temp", ("",))[0]
        degrees = self.rng.randint(1, 18) if sign.startswith("-") else max(0, self.rng.randint(low, high))
        fahrenheit = round(degrees * 1.8 + 32)
        text = scene.text.replace("{n}", str(degrees)).replace("{f}", str(fahrenheit))
        edit = scene_edit(scene.values)
        if "temp" in edit:
            edit["temp"] = edit["temp"].replace("{n}", str(degrees)).replace("{f}", str(fahrenheit)).replace("-0C", "0C")
        return text, edit

    def _join(self, parts: list[str]) -> str:
        text = parts[0]
        for part in parts[1:]:
            joiner = self.rng.choice(frames.JOINERS[self.language])
            if text[-1] in "?!" and not joiner.startswith((" ", "\n")):
                joiner = " "
            elif joiner[0] in ",.;" or joiner.startswith((" and", " but", " -", " +")):
                text = text.rstrip(".,;!") if joiner != " " else text
            if joiner.strip() and not joiner.startswith(".") and self.language == "en" and self.rng.random() < 0.8:
                part = part[0].lower() + part[1:] if not part.startswith(("I ", "I'")) else part
            text += joiner + part
        return text

    def message(self, acts: list[str]) -> tuple[str, Edit]:
        """Several acts as one message, with now and then some talk around them."""
        self.speaker.begin()
        parts, edit = [], Edit()
        for act in acts:
            text, change = self.clause(act)
            parts.append(text)
            edit = merge(edit, change)
        if "act" in edit and len(edit) > 1:
            del edit["act"]
        if self.rng.random() < 0.16:
            parts.insert(0, self.speaker.fill(self._line("filler_pre"))[0])
        if self.rng.random() < 0.1:
            parts.append(self.speaker.fill(self._line("filler_post"))[0])
        if self.rng.random() < 0.08 and acts[0] not in act_weights.ALONE:
            parts.insert(0, self._line("greet"))
        return self._join(parts), edit

    def _cut(self, text: str) -> str:
        """The message as a clause of a longer one: a connective left over before it, a comma after it."""
        if self.rng.random() < 0.4:
            text = f"{self.rng.choice(frames.LEFT_OVER[self.language])} {text[0].lower()}{text[1:]}"
        return text.rstrip(".") + "," if self.rng.random() < 0.6 and text[-1] not in "?!" else text

    def _acts(self, later: bool) -> list[str]:
        rng = self.rng
        if rng.random() < (0.14 if later else 0.12):
            act = rng.choices(list(act_weights.ALONE), weights=list(act_weights.ALONE.values()))[0]
            return [rng.choice(("filler_pre", "filler_post")) if act == "filler" else act]
        table = dict(act_weights.CONTENT_LATER if later else act_weights.CONTENT_FIRST)
        acts: list[str] = []
        for _ in range(rng.choices((1, 2, 3, 4), weights=(66, 24, 8, 2))[0]):
            acts.append(rng.choices(list(table), weights=list(table.values()))[0])
            for done in (acts[-1], *({"budget_total", "budget_item", "budget_none"} if acts[-1].startswith("budget") else ()),
                         *({"event", "want_event"} if "event" in acts[-1] else ()),
                         *({"pick", "pick_but", "keep", "keep_swap", "swap", "reset"} if acts[-1] in ("pick", "pick_but", "keep", "keep_swap", "swap", "reset") else ())):  # fmt: skip
                table.pop(done, None)
        return acts

    def state(self) -> Edit:
        """A random state as it may stand before an exchange, written as an edit."""
        state = DialogState()
        for _ in range(self.rng.choice((1, 1, 2, 2, 3))):
            self.speaker.begin()
            act = self.rng.choice(("want_event", "want", "want", "want2", "want_attr", "avoid", "avoid_attr", "budget_total", "weather"))
            state = edits.apply(state, {k: x for k, x in self.clause(act)[1].items() if k != "act"})
        return edits.as_edit(state)

    def short(self) -> Exchange:
        """A bare mention of one wish, as a first lesson in words: "navy brogues", "no stripes"."""
        rng, speaker = self.rng, self.speaker
        speaker.begin()
        act = rng.choices(("phrase", "want", "avoid", "want_attr", "avoid_attr", "avoid2", "want2"), weights=(34, 12, 12, 14, 14, 8, 6))[0]
        if act == "phrase":
            phrase = speaker.noun_phrase()
            text, edit = rng.choice((phrase.singular, phrase.plural, phrase.with_article)), wanted_phrase(phrase)
        else:
            text, edit = self.clause(act)
        return Exchange(self.language, {}, "", noisy(text, rng, self.language), edit, 0, (act,))

    def exchange(self) -> Exchange:
        """A random exchange: an opening, an answer to a question, a follow-up, or a message with photos."""
        rng = self.rng
        kind = rng.choices(("first", "answer", "later", "photo"), weights=(33, 23, 30, 14))[0]
        if kind == "answer":
            return self._answer()
        before = self.state() if rng.random() < STATE_SHARE else Edit()
        assistant = self._remark() if kind == "later" or rng.random() < 0.3 else ""
        photos = 0
        if kind == "photo":
            text, edit, photos = self._photo()
            acts = ["photo"]
        else:
            acts = self._acts(kind == "later")
            text, edit = self.message(acts)
            if rng.random() < 0.3:
                text = self._cut(text)
            if not edit and acts[0].startswith("filler"):
                edit = {"act": ["offtopic"]}
        return Exchange(self.language, before, assistant, noisy(text, rng, self.language), edit, photos, tuple(acts))

    def told(self) -> Exchange:
        """A message that a person wrote whole, most often with other garments and colors in it."""
        rng = self.rng
        message = rng.choice(self.messages)
        if rng.random() < 0.7:
            message = messages.varied(message, self.bank, rng)
        before = self.state() if rng.random() < STATE_SHARE else Edit()
        return Exchange(self.language, before, message.assistant, noisy(message.text, rng, self.language), message.edit, 0, ("message",))

    def _remark(self) -> str:
        self.speaker.begin()
        act = self.rng.choices(("a_show", "a_greet", "a_wait", "a_ask_occasion", "a_ask_color"), weights=(64, 12, 4, 12, 8))[0]
        return self.speaker.fill(self._line(act), plain=self.rng.random() < 0.5)[0]

    def _photo(self) -> tuple[str, Edit, int]:
        self.speaker.begin()
        act = self.rng.choices(list(act_weights.PHOTO), weights=list(act_weights.PHOTO.values()))[0]
        if self.rng.random() < 0.12:
            return "", {"photo": ["anchor"]}, 1
        text, bound = self.speaker.fill(self._line(act), plain=True)
        purpose = {"photo_like": "like", "photo_like_plain": "like", "photo_which": "which"}.get(act, "anchor")
        edit = merge({"photo": [purpose]}, self._wants(bound))
        if self.rng.random() < 0.35:
            more, change = self.clause(self.rng.choice(("want_event", "avoid_attr", "budget_total", "want_attr", "avoid")))
            text, edit = self._join([text, more]), merge(edit, change)
        return text, edit, 2 if purpose == "which" else 1

    def _answer(self) -> Exchange:
        rng, speaker = self.rng, self.speaker
        before = self.state() if rng.random() < STATE_SHARE else Edit()
        speaker.begin()
        question = rng.choices(list(act_weights.QUESTIONS), weights=list(act_weights.QUESTIONS.values()))[0]
        asked, bound = speaker.fill(self._line(question), plain=rng.random() < 0.75,
                                    same_slot=question == "a_ask_choice", optional=True)
        if rng.random() < 0.15:
            asked = self._remark() + " " + asked
        text, edit = self._reaction(question, bound)
        if rng.random() < 0.25:
            more, change = self.clause(rng.choice(("want", "avoid", "avoid_attr", "want_attr", "budget_total", "want_event", "drop_slot", "add_slot", "correct")))
            text, edit = self._join([text, more]), merge(edit, change)
            if len(edit) > 1:
                edit.pop("act", None)
        return Exchange(self.language, before, asked, noisy(text, rng, self.language), edit, 0, (question,))

    def _reaction(self, question: str, bound: Bound) -> tuple[str, Edit]:
        rng, speaker = self.rng, self.speaker
        if rng.random() < 0.08:  # answers something else
            return self.clause(rng.choice(("want", "avoid_attr", "want_event", "vague", "unsure")))
        if question == "a_ask_choice":
            kind = rng.choices(("named", "first_one", "second_one", "either", "no"), weights=(62, 12, 12, 8, 6))[0]
            if kind == "named":
                return self._named(rng.choice(bound.phrases))
            text, _ = speaker.fill(self._line(kind))
            meaning = {"first_one": lambda: wanted_phrase(bound.phrases[0]), "second_one": lambda: wanted_phrase(bound.phrases[-1]),
                       "either": lambda: Edit(act=["unsure"]), "no": lambda: merge_all(avoided_phrase(p) for p in bound.phrases)}  # fmt: skip
            return text, meaning[kind]()
        if question.startswith("a_yesno"):
            yes = rng.random() < 0.5
            text, _ = speaker.fill(self._line("yes" if yes else "no"))
            if question == "a_yesno_slot" or bound.slots:
                return text, slots_edit(bound, "include" if yes else "exclude")
            pairs = listed("+" if yes else "-", bound.attributes)
            return text, merge(merge_all(wanted_phrase(p) if yes else avoided_phrase(p) for p in bound.phrases), pairs)
        if rng.random() < 0.12:
            return speaker.fill(self._line("either"))[0], {"act": ["unsure"]}
        if question == "a_ask_occasion":
            scene = rng.choice(self.bank.events)
            return scene.text, scene_edit(scene.values)
        if question == "a_ask_budget":
            money, value = speaker.money()
            shapes = {"en": ("{}", "around {}", "{} max", "up to {}", "maybe {}?", "{} tops"), "ko": ("{}", "{} 정도", "{} 이하요", "{} 안으로", "최대 {}")}
            return rng.choice(shapes[self.language]).format(money), {"total": value}
        field = {"a_ask_color": "color", "a_ask_season": "season", "a_ask_formality": "formality"}[question]
        _, value, words = speaker.attribute(field, ("mass", "adj") if field != "formality" else ("adj", "mass"))
        return words, {"+" + field: [value]}

    def _named(self, phrase: NounPhrase) -> tuple[str, Edit]:
        text = self.rng.choice(frames.ANSWERS[self.language]).replace("{nps}", phrase.plural).replace("{np}", phrase.singular)
        return (phrases.josa(text) if self.language == "ko" else text), wanted_phrase(phrase)


def exchanges(seed: int, part: str = "train", korean: float = 0.33, short: float = 0.0, told: float = MESSAGE_SHARE) -> Iterator[Exchange]:
    """An endless stream of exchanges; `korean` is the share of Korean ones, `short` of bare mentions, `told` of whole messages."""
    rng = random.Random(seed)
    authors = {language: Author(language, part, rng) for language in phrases.LANGUAGES}
    while True:
        author = authors["ko" if rng.random() < korean else "en"]
        kind = rng.random()
        yield author.short() if kind < short else author.told() if kind > 1 - told else author.exchange()
