"""A dialog that is replayed, whose assistant was someone else: what that one told of over the turns, and what the person's answers mean
over it. In a conversation of one's own nothing is told, and an edit means what `session` makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from stylist import parts, standing, suits, told
from stylist import session as memory_
from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.edits import Edit
from stylist.mllm import lexicon
from stylist.mllm.tracker import Tracker
from stylist.state import DialogState


class Retold:
    """What another assistant told of so far. `looks` are the words of the outfits it told last, `look` the one that the talk is about."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.heard = False
        """Whether the last words were another's."""
        self.looks: tuple[str, ...] = ()
        self.look: Edit = {}
        self._offered: Edit = {}
        self.acknowledged: Edit = {}
        """What the other assistant said to have left out."""
        self._stated = False
        """Whether what was offered last was told as a fact, "A blazer, then.", not asked."""

    def hear(self, remark: str) -> None:
        """Takes in what the other assistant said; a remark that names no garment leaves what was told before."""
        self.heard = bool(remark.strip())
        self.acknowledged = {} if not remark.strip() else told.acknowledged(remark)
        self._offered, self._stated = {}, False
        if not _names_garments(remark):
            return
        self.looks = told.looks(remark)
        if len(self.looks) == 1:
            stated = told.statements(self.looks[0])
            self._stated = bool(stated) and _names_garments(stated)
            words = stated if self._stated else self.looks[0]
            said = {} if told.is_choice(words) else self._garments(words)
            self._offered = said if standing.is_look(said) else {}
        elif len(self.looks) > 1:
            self.look = {}

    def _garments(self, words: str) -> Edit:
        return told.garments(suits.completed(self.tracker.track(DialogState(), "", words).edit, words))

    def move(self, memory: memory_.Memory, edit: Edit, text: str, seen: Sequence[Item]) -> memory_.Move:
        """What the edit means over what was told, or was shown here where the words tell of that."""
        if not self.heard:
            return memory_.move(memory, edit, text, seen)
        edit = _with_acknowledged(memory.state, edit, self.acknowledged, text)
        made = self._of_several(memory, edit, text, seen) or self._of_one(memory, edit, text, seen)
        adopted = self._adopted(memory, made.state, text)
        return memory_.replace(made, softer=(*made.softer, *told.without(made.state, adopted)))

    def _adopted(self, memory: memory_.Memory, state: DialogState, text: str) -> frozenset[told.Detail]:
        memory.adopted = told.adopted(memory.adopted, memory.state, state, text)
        return memory.adopted

    def _of_several(self, memory: memory_.Memory, edit: Edit, text: str, seen: Sequence[Item]) -> memory_.Move | None:
        """What an edit means that names single garments of several looks, or picks one of them; None where it does neither."""
        if of_looks := parts.meant(text, edit, len(self.looks)):
            numbers = {name.number for name in of_looks.values()} | set(parts.picked(edit, len(self.looks)))
            said = {number: self._garments(self.looks[number - 1]) for number in numbers}
            whole = parts.resolved(said, of_looks, edit, len(self.looks))
            if whole and not told.shown(next(iter(said.values())), memory.shown, edit):
                return memory_.move(memory_.replace(memory, shown=()), whole, text, seen)
        if len(self.looks) > 1 and not told.REFERENCES.isdisjoint(edit):
            words = told.chosen(self.looks, edit)
            said_one = self._garments(words)
            if said_one.get("+type") and not told.shown(said_one, memory.shown, edit):
                self.look = standing.after(said_one, {key: value for key, value in edit.items() if key not in told.REFERENCES})
                return self._resolved(memory, edit, said_one, words, text, seen)
        return None

    def _of_one(self, memory: memory_.Memory, edit: Edit, text: str, seen: Sequence[Item]) -> memory_.Move:
        """What an edit means over the one look that the talk is about."""
        if self._offered and not standing.refused(self._offered, edit, text):
            self.look = standing.overlaid(self.look, self._offered)
        look, words = self.look, self.looks[-1] if self.looks else ""
        if not look or told.shown(look, memory.shown, edit):
            return memory_.move(memory, edit, text, seen)
        taken = told.accepted(edit, text)
        if standing.is_left(look, edit) or _elsewhere(memory.state, edit):
            self.look = {}
            memory.state, memory.adopted = told.freed(memory.state, memory.adopted), frozenset()
            return memory_.move(memory, edit, text, seen)
        if told.REFERENCES.isdisjoint(taken):
            whole = edit = standing.called(edit, look)
            if told.refines(edit, look, self._stated and bool(self._offered) and not told.is_shown(words)):
                whole = told.refined(edit, look, memory.state, memory.adopted)
            made = memory_.move(memory, whole, text, seen)
            if "cheaper" in edit.get("more", []):
                made = memory_.replace(made, reference_total=told.price(words) or made.reference_total)
        else:
            made = self._resolved(memory, taken, look, words, text, seen)
        self.look = standing.after(look, edit)
        return made

    def _resolved(self, memory: memory_.Memory, edit: Edit, said: Edit, words: str, text: str, seen: Sequence[Item]) -> memory_.Move:
        """A reference to a look that was told, as wishes for its garments."""
        before = memory_.replace(memory, shown=())
        made = memory_.move(before, told.resolved(edit, said), text, seen)
        bare = memory_.move(before, edit, text, seen).state
        return memory_.replace(made, softest=(bare,), reference_total=told.price(words) or made.reference_total)


def _with_acknowledged(state: DialogState, edit: Edit, acknowledged: Edit, text: str) -> Edit:
    """The edit with the refusals that the other assistant says to keep and that the person lets stand, where the state lacks them."""
    said = lexicon.named(text[: told.LONGEST])
    made = edit
    for key, values in acknowledged.items():
        wants = {x for want in (state.want, *(wishes.want for wishes in state.slots.values())) for x in want.values(key[1:])} | {x for own, old in edit.items() if own[0] in "+=" and isinstance(old, list) for x in old}
        more = [x for x in values if x not in said and x not in wants and x not in state.avoid.values(key[1:])]
        made = made | {key: list(dict.fromkeys([*made.get(key, []), *more]))} if more else made
    return made


def _names_garments(words: str) -> bool:
    return any(value in v.SLOT_OF_TYPE for mention in lexicon.mentions(words[: told.LONGEST]) for value in mention.values)


def _elsewhere(state: DialogState, edit: Edit) -> bool:
    """Whether the edit names another occasion than the one that the clothes were for."""
    return bool(state.want.occasion) and {"keep", "pick"}.isdisjoint(edit) and bool(edit.get("+occasion")) and not set(edit["+occasion"]) & set(state.want.occasion)
