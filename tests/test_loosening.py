"""What gives way where nothing fits, and what comes back."""

from __future__ import annotations

from stylist import loosening
from stylist.ranking.shades import nearer
from stylist.state import DialogState, SlotWishes, Wishes


def _state(**slots: Wishes) -> DialogState:
    return DialogState(want=Wishes(type=("coat", "jeans")), slots={slot: SlotWishes(want=want) for slot, want in slots.items()})


def test_what_need_not_have_been_lost_comes_back_the_weightiest_first() -> None:
    whole = _state(outer=Wishes(color=("red",), material=("wool",)), bottom=Wishes(color=("blue",)))
    bare = DialogState(want=Wishes(type=("jeans",)))

    def possible(state: DialogState) -> bool:  # no red coat of wool is to be had
        outer = state.slot("outer").want
        return not (outer.color and outer.material)

    back = loosening.restored(whole, bare, possible)
    assert back.want.type == ("jeans", "coat") and back.slot("bottom").want.color == ("blue",)
    assert back.slot("outer").want.color == ("red",) and not back.slot("outer").want.material


def test_what_comes_back_opens_no_slot_that_was_to_stay_empty() -> None:
    closed = DialogState(want=Wishes(type=("coat",)), slots={"outer": SlotWishes(include=False)})
    bare = closed.model_copy(update={"want": Wishes()})
    assert loosening.restored(closed, bare, lambda state: True).slot("outer").include is False


def test_what_no_word_named_gives_way_but_not_what_another_told_of() -> None:
    state = _state(outer=Wishes(color=("red",), fit=("loose",)), bottom=Wishes(color=("blue",)))
    left = loosening.unnamed(state, frozenset({"red"}), frozenset({("bottom", "color", "blue")}))
    assert left.slot("outer").want == Wishes(color=("red",)) and left.slot("bottom").want.color == ("blue",)
    assert left.want.type == ("coat", "jeans")
    assert [one.want.type for one in loosening.unnamed_garments(state, frozenset({"coat"}))] == [("coat",)]


def test_a_color_near_by_comes_before_none_and_never_one_that_is_refused() -> None:
    state = _state(outer=Wishes(color=("khaki",))).model_copy(update={"avoid": Wishes(color=("beige",))})
    assert [one.slot("outer").want.color for one in nearer(state)] == [("olive",), ("olive", "camel")]


def test_only_what_a_person_would_miss_is_told() -> None:
    full = DialogState(want=Wishes(type=("coat",), season=("winter",), formality=("formal",), color=("red",)))
    bare = DialogState(want=Wishes(type=("coat",)))
    told = {wish.field for wish in loosening.to_tell(full, bare, frozenset(), frozenset({"red", "formal", "winter"}))}
    assert told == {"season", "formality", "color"}
    assert {wish.field for wish in loosening.to_tell(full, bare, frozenset(), frozenset({"red"}))} == {"color"}, "nobody said formal or winter"
    full, bare = (state.model_copy(update={"want": state.want.model_copy(update={"type": ("coat", "jeans")})}) for state in (full, bare))
    assert {wish.field for wish in loosening.to_tell(full, bare, frozenset(), frozenset({"formal", "red"}))} == {"color"}
