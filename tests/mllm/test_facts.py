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
    assert facts_of(DialogState(slots=no_black, avoid=Wishes(pattern=("floral",))), shown, "show").avoid == ("florals",)
    assert facts_of(DialogState(avoid=Wishes(color=("red",))), shown, "show").avoid == ("red",)
    assert facts_of(DialogState(slots={"top": SlotWishes(avoid=Wishes(color=("blue",)))}), shown, "show").avoid == ()  # navy is a blue


def test_what_may_be_said_of_an_item_is_known_from_the_wishes_and_its_color() -> None:
    items = (Item(id="a", type="sneakers", slot="shoes", color="navy"), Item(id="b", type="jeans", slot="bottom", color="blue"), Item(id="c", type="shirt", slot="top", color="white"))
    shown = [Outfit(rank=1, score=1.0, items=items)]
    wishes = DialogState(want=Wishes(type=("jeans", "shirt")), slots={"top": SlotWishes(want=Wishes(color=("white",)))})
    known = facts_of(wishes, shown, "show").known  # nobody asked for blue jeans
    assert known is not None and known.wished == {"the white shirt": "the white shirt"} and known.easy == ()
    assert known.families == {"the blue jeans": "blue", "the white shirt": "white", "the navy sneakers": "blue"}
    easy = facts_of(DialogState(prefer=("comfier",)), shown, "show").known
    assert easy is not None and easy.easy == ("the navy sneakers",)


def test_an_occasion_is_told_back_only_to_who_named_it() -> None:
    party = DialogState(want=Wishes(occasion=("party",)))
    assert facts_of(party, (), "show", said="a party on friday").event == "a party"
    assert facts_of(party, (), "show", said="drinks with clients").event is None
    assert facts_of(party, (), "show").event == "a party", "chosen by hand"
    both = DialogState(want=Wishes(occasion=("dinner", "concert")))
    assert facts_of(both, (), "show", said="brunch, then a gig").event == "a show"
