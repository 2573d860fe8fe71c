"""A reply may only say that something was left out where nothing shown has it."""

from stylist.catalog.items import Item, Outfit
from stylist.mllm.facts import facts_of
from stylist.state import DialogState, SlotWishes, Wishes


def test_what_one_garment_avoids_and_another_has_is_not_said_to_be_left_out() -> None:
    shoes = Item(id="a", type="sneakers", slot="shoes", color="black")
    jeans = Item(id="b", type="jeans", slot="bottom", color="navy")
    shown = [Outfit(rank=1, score=1.0, items=(shoes, jeans))]
    no_black = {"bottom": SlotWishes(avoid=Wishes(color=("black",)))}
    assert facts_of(DialogState(slots=no_black), shown, "show").avoid == ()
    assert facts_of(DialogState(slots=no_black, avoid=Wishes(pattern=("floral",))), shown, "show").avoid == ("floral",)
    assert facts_of(DialogState(avoid=Wishes(color=("red",))), shown, "show").avoid == ("red",)
    assert facts_of(DialogState(slots={"top": SlotWishes(avoid=Wishes(color=("blue",)))}), shown, "show").avoid == ()  # navy is a blue
