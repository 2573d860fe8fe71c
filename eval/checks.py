"""What a check on the outcome of a dialog says of one answer. Knows nothing of files, models or how answers come about.

- An item's season list that is empty or absent means all year round.
- A dress or a jumpsuit covers `top` and `bottom`.
- A total is the larger of the stated one and the sum of the prices.
- A check on outfits fails where there are no outfits, except `empty`.
- A step `*` of a path stands for any key; of several paths one must do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from stylist import vocabulary as v

CENT = 0.005
VALUES: dict[str, tuple[str, ...]] = {
    "slot": v.SLOTS, "type": v.TYPES, "color": v.COLORS, "color_family": tuple(v.COLOR_FAMILIES), "pattern": v.PATTERNS,
    "material": v.MATERIALS, "formality": v.FORMALITY, "season": v.SEASONS,
}  # fmt: skip
"""Field of a match -> what it may ask for; `max_price` takes a number."""
ARGUMENT: dict[str, str | None] = {
    "each_outfit_has": "match", "no_item": "match", "all_items": "match", "total_at_most": "value", "covers": "slots",
    "state_has": "path", "reply_any": "words", "nonempty": None, "empty": None, "asks": None,
}  # fmt: skip
"""Kind of a check -> the field it needs."""

Check = Mapping[str, Any]
Answer = Mapping[str, Any]
"""An answer as `stylist recommend --json` prints it."""


def held(check: Check, answer: Answer | None) -> bool:
    """True where the check holds for the answer; None and answers with an `error` keep no check."""
    if answer is None or "error" in answer:
        return False
    kind = check["kind"]
    if kind in _ON_ANSWER:
        return _ON_ANSWER[kind](check, answer)
    outfits = answer.get("outfits") or []
    if not outfits or not all(outfit["items"] for outfit in outfits):
        return False
    return _ON_OUTFITS[kind](check, outfits)


def matches(item: Mapping[str, Any], match: Mapping[str, Any]) -> bool:
    """True where the item meets every field of the match; within a field any of the values will do."""
    return all(_meets(item, field, wanted) for field, wanted in match.items())


def _meets(item: Mapping[str, Any], field: str, wanted: Any) -> bool:
    if field == "max_price":
        return item.get("price") is not None and item["price"] <= wanted + CENT
    if field == "color_family":
        return item.get("color") in {*wanted, *(shade for family in wanted for shade in v.COLOR_FAMILIES[family])}
    if field == "season":
        return not item.get("season") or bool(set(item["season"]) & set(wanted))
    return item.get(field) in wanted


def _items(outfits: Sequence[Any]) -> list[Any]:
    return [item for outfit in outfits for item in outfit["items"]]


def _total(outfit: Mapping[str, Any]) -> float | None:
    prices = [item["price"] for item in outfit["items"] if item.get("price") is not None]
    known = [*([sum(prices)] if prices else []), *([outfit["total_price"]] if outfit.get("total_price") is not None else [])]
    return max(known, default=None)


def _total_at_most(check: Check, outfits: Sequence[Any]) -> bool:
    totals = [_total(outfit) for outfit in outfits]
    return all(total is not None and total <= check["value"] + CENT for total in totals)


def _covered(outfit: Mapping[str, Any]) -> set[str]:
    items = outfit["items"]
    return {item["slot"] for item in items} | ({"top", "bottom"} if any(item["type"] in v.COVERS_TOP for item in items) else set())


def _values_at(node: Any, steps: Sequence[str]) -> Iterator[Any]:
    if not steps:
        yield from node if isinstance(node, list) else [] if node is None else [node]
    elif isinstance(node, dict):
        for key in node if steps[0] == "*" else steps[:1]:
            yield from _values_at(node.get(key), steps[1:])


def _state_has(check: Check, answer: Answer) -> bool:
    paths = [check["path"]] if isinstance(check["path"], str) else check["path"]
    found = [value for path in paths for value in _values_at(answer.get("state"), path.split("."))]
    return any(_same(value, wanted) for value in found for wanted in check["any_of"])


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= CENT
    return bool(one == other)


_ON_ANSWER: dict[str, Callable[[Check, Answer], bool]] = {
    "empty": lambda check, answer: answer.get("outfits") == [],
    "asks": lambda check, answer: bool((answer.get("question") or "").strip()),
    "reply_any": lambda check, answer: any(word.lower() in (answer.get("reply") or "").lower() for word in check["words"]),
    "state_has": _state_has,
}
_ON_OUTFITS: dict[str, Callable[[Check, Sequence[Any]], bool]] = {
    "nonempty": lambda check, outfits: True,
    "each_outfit_has": lambda check, outfits: all(any(matches(i, check["match"]) for i in o["items"]) for o in outfits),
    "no_item": lambda check, outfits: not any(matches(i, check["match"]) for i in _items(outfits)),
    "all_items": lambda check, outfits: all(matches(i, check["match"]) for i in _items(outfits)),
    "total_at_most": _total_at_most,
    "covers": lambda check, outfits: all(set(check["slots"]) <= _covered(o) for o in outfits),
}
