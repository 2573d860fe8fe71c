"""How often each act, question and field comes up in simulated exchanges, as weights. Set by hand."""

from __future__ import annotations

CONTENT_FIRST = {
    "want_event": 20, "event": 10, "want": 20, "want2": 8, "want_or": 5, "want_attr": 14, "want_but": 7, "avoid": 12, "avoid_attr": 16,
    "avoid2": 6, "only_attr": 3, "budget_total": 15, "budget_item": 3, "budget_slot": 5, "budget_none": 1, "drop_slot": 4, "add_slot": 4,
    "weather": 9, "gender": 6, "bare_phrase": 10, "bare_event": 6, "bare_attr": 5, "bare_avoid": 9, "bare_limits": 3,
    "compound": 34, "slot_want": 9, "slot_avoid": 7,
}  # fmt: skip
CONTENT_LATER = {
    **{name: weight * 0.5 for name, weight in CONTENT_FIRST.items()},
    "correct": 14, "correct_attr": 12, "retract": 10, "swap": 8, "keep": 5, "keep_swap": 6, "pick": 5, "pick_but": 8, "cheaper": 4, "warmer": 4,
    "cooler": 3, "dressier": 4, "casual": 3, "colorful": 3, "plainer": 3, "comfier": 3, "other": 5, "dislike": 3, "drop_slot": 6, "add_slot": 6,
    "budget_none": 2, "reset": 2, "replace": 12,
}  # fmt: skip
BARE = ("bare_phrase", "bare_event", "bare_attr", "bare_avoid", "bare_limits")
ALONE = {"greet": 14, "vague": 40, "thanks": 12, "bye": 6, "praise": 10, "offtopic": 20, "abuse": 5, "override": 10, "unsure": 6, "filler": 8}
PHOTO = {"photo_goes": 40, "photo_own": 25, "photo_like": 15, "photo_like_plain": 10, "photo_which": 10}
QUESTIONS = {
    "a_ask_choice": 16, "a_yesno_type": 20, "a_yesno_attr": 13, "a_yesno_slot": 12, "a_ask_occasion": 8, "a_ask_budget": 5, "a_ask_color": 5,
    "a_ask_season": 3, "a_ask_formality": 3,
}  # fmt: skip
SAID_ALONE = {"color": 40, "pattern": 14, "material": 16, "style": 14, "formality": 10, "season": 6, "fit": 6}
