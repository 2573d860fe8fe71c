"""What styling sense says of an item: forbidden for an occasion or a weather, and how well it fits. All of it is data.

Rules are not promises: where nothing else is left the composer may drop them, the person's wishes never.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from stylist import vocabulary as v
from stylist.ranking.data_files import load
from stylist.ranking.table import ItemTable
from stylist.state import DialogState

MAIN_SLOTS: tuple[str, ...] = ("outer", "top", "bottom", "shoes")


def weather_words(state: DialogState) -> tuple[str, ...]:
    """The words of weather that hold, the temperature's among them; a temperature overrules words of other warmth."""
    words = tuple(state.weather)
    if state.temperature is not None:
        bands = load("rules")["temperature_bands"]
        word = next((b["word"] for b in bands if state.temperature <= b["up_to"]), bands[-1]["word"])
        warmth = {b["word"] for b in bands}
        words = (word, *(w for w in words if w not in warmth))
    return words


@dataclass(frozen=True)
class Rule:
    """One active rule: where it comes from (`occasion`, `weather`, `avoid`, `default`, `prefer`, `formality`, `season`, `people`, `always`), its name
    and its matchers."""

    kind: str
    name: str
    data: dict[str, Any]

    def matchers(self, part: str) -> list[dict[str, Any]]:
        return self.data.get(part) or []


class Rules:
    """The rules that a state brings into play."""

    def __init__(self, state: DialogState) -> None:
        table = load("rules")
        self.state = state
        self.weather = weather_words(state)
        self.occasions = tuple(state.want.occasion)
        self.active: list[Rule] = [Rule("occasion", o, table["occasions"].get(o, {})) for o in self.occasions]
        self.active += [Rule("weather", w, table["weather"].get(w, {})) for w in self.weather]
        self.active += [Rule("avoid", p, table["avoided_patterns"][p]) for p in state.avoid.pattern if p in table["avoided_patterns"]]
        self.active += [Rule("prefer", p, table["prefer"].get(p) or {}) for p in state.prefer]
        self.active += [Rule("formality", f, table["formality"][f]) for f in state.want.formality if f in table["formality"]]
        if len(state.want.gender) == 1:
            self.active += [Rule("people", g, table["people"][g]) for g in state.want.gender if g in table["people"]]
        elif not state.want.gender and "tie" in state.want.type:
            self.active.append(Rule("people", "tie", table["people"]["tie"]))
        if not self.weather and len(state.want.season) == 1:
            self.active += [Rule("season", s, table["season"][s]) for s in state.want.season if s in table["season"]]
        self.active.append(Rule("always", "always", table["always"]))
        if not self.occasions and not self.weather and not state.want.season:
            self.active.append(Rule("default", "default", table["default"]))

    @cached_property
    def outer(self) -> str:
        """What weather, season and occasion say of the outer slot: `require`, `fill`, `may`, `empty` or `` (nothing)."""
        said = [r.data.get("outer") for r in self.active]
        jacketed = {x for r in self.active if r.kind == "people" for x in r.data.get("jacket_for", ())}
        if jacketed & {*self.occasions, *self.state.want.formality}:
            said.append("fill")
        for word in ("require", "empty", "fill"):
            if word in said:
                return word
        seasons = self.state.want.season
        if not self.weather and seasons and set(seasons) <= set(load("rules")["outer_seasons"]):
            return "fill"
        return "may" if "may" in said else ""

    @cached_property
    def seasons(self) -> tuple[str, ...]:
        """The seasons that the weather implies; empty where it implies none or the person named one."""
        if self.state.want.season:
            return ()
        said = [set(r.data["season"]) for r in self.active if r.kind == "weather" and r.data.get("season")]
        if not said:
            return ()
        shared = set.intersection(*said) or set.union(*said)
        return tuple(s for s in v.SEASONS if s in shared)

    def forbidden(self, table: ItemTable) -> np.ndarray:
        """(n,) bool: items that occasion, weather or what is avoided rule out, save what the person asked for.

        Words of weather hold together; occasions are alternatives: an item is out where every one of them rules it out.
        """
        out = np.zeros(len(table), bool)
        by_occasion = [self._ruled_out(table, r) for r in self.active if r.kind == "occasion"]
        if by_occasion:
            out |= np.logical_and.reduce(by_occasion)
        for rule in self.active:
            if rule.kind in ("weather", "avoid", "people"):
                out |= self._ruled_out(table, rule)
        if self.seasons:
            out |= table.known("season") & ~table.has("season", self.seasons)
        return self._spare_wanted_types(table, out)

    @cached_property
    def spared(self) -> frozenset[int]:
        """The rules of `apart`, by number, both of whose sides the person asked for: who wants checks and flowers gets them."""
        wants = (self.state.want, *(wishes.want for wishes in self.state.slots.values()))
        asked = {(field, value) for want in wants for field, value in want.pairs()}
        sides = [[bool({(field, x) for field, values in side.items() for x in values} & asked) for side in pair] for pair in load("rules")["apart"]]
        return frozenset(number for number, both in enumerate(sides) if all(both))

    def off_formality(self, table: ItemTable) -> np.ndarray:
        """(n,) bool: items of the main slots whose formality no wanted occasion admits. Wanted formality overrules this."""
        levels = {f for r in self.active if r.kind == "occasion" for f in r.data.get("formality", ())}
        if not levels or self.state.want.formality:
            return np.zeros(len(table), bool)
        off = table.known("formality") & ~table.has("formality", levels) & table.has("slot", MAIN_SLOTS)
        return self._spare_wanted_types(table, off)

    def asked(self, table: ItemTable, field: str) -> np.ndarray:
        """(n,) bool: items with a value of `field` that the person asked for, on the whole or for the item's slot."""
        rows = np.zeros(len(table), bool)
        if self.state.want.values(field):
            rows |= table.has(field, self.state.want.values(field))
        for slot, wishes in self.state.slots.items():
            if wishes.want.values(field):
                rows |= table.has(field, wishes.want.values(field)) & table.in_slot(slot)
        return rows

    def _ruled_out(self, table: ItemTable, rule: Rule) -> np.ndarray:
        out = np.zeros(len(table), bool)
        for matcher in rule.matchers("forbid"):
            hit = table.matches(matcher)
            fields = [f for f in matcher if f not in ("weight", "slot")]
            for field in fields:
                # A dress that was asked for excuses "no dresses", not "no white dresses".
                if field != "type" or fields == ["type"]:
                    hit &= ~self.asked(table, field)
            out |= hit
        return out

    def _spare_wanted_types(self, table: ItemTable, out: np.ndarray) -> np.ndarray:
        """Admits a wanted type again where nothing of it would be left."""
        wanted = set(self.state.want.type).union(*(w.want.type for w in self.state.slots.values()))
        for garment in wanted:
            rows = table.has("type", [garment])
            if out[rows].all():
                out = out & ~rows
        return out

    def fit(self, table: ItemTable) -> np.ndarray:
        """(n,) in 0..1: how well each item fits occasion, weather, season and the directions asked for."""
        size = load("rules")["fit"]
        fit = np.full(len(table), float(size["base"]))
        for rule in self.active:
            share = 1.0 / len(self.occasions) if rule.kind == "occasion" else 1.0
            gain, cost = size["favor"] * share, size["discourage"] * share
            if rule.kind == "prefer":
                gain = cost = size["prefer"]
                if rule.data.get("price"):
                    fit += gain * rule.data["price"] * _price_rank(table)
            for matcher in rule.matchers("favor"):
                fit += gain * matcher.get("weight", 1.0) * table.matches(matcher)
            for matcher in rule.matchers("discourage"):
                fit -= cost * matcher.get("weight", 1.0) * table.matches(matcher)
            if rule.data.get("best") and not self.state.want.formality:
                fit += size["formality_best"] * share * table.has("formality", rule.data["best"])
        if self.occasions:
            listed = table.has("occasion", self.occasions)
            fit += size["occasion_listed"] * listed - size["occasion_missing"] * (table.known("occasion") & ~listed)
        seasons = self.state.want.season or self.seasons
        if seasons:
            fit += size["season_listed"] * table.has("season", seasons)
        if self.state.slot("bottom") and not set(self.state.want.type) & v.COVERS_TOP:
            fit -= size["covering_for_bottom"] * table.covering
        return np.clip(fit, 0.0, 1.0)


def _price_rank(table: ItemTable) -> np.ndarray:
    """(n,) in 0..1: the share of items of the same slot that cost less; 0.5 where the price is unknown."""
    price = table.price_in("USD")
    rank = np.full(len(table), 0.5)
    for slot in v.SLOTS:
        rows = np.flatnonzero(table.in_slot(slot) & ~np.isnan(price))
        if len(rows) > 1:
            rank[rows] = np.searchsorted(np.sort(price[rows]), price[rows]) / (len(rows) - 1)
    return rank


def unfit_pairs(table: ItemTable, a: np.ndarray, b: np.ndarray, spared: frozenset[int] = frozenset()) -> np.ndarray | None:
    """(len(a), len(b)) bool of pairs that styling sense keeps apart (a tie without a shirt), or None where there are none.

    `a` and `b` are row numbers of two different slots; `spared` as `Rules.spared`. A dress or jumpsuit counts as a top that is no shirt.
    """
    result = np.zeros((len(a), len(b)), bool)
    for owner, slots in load("rules")["needs"].items():
        owns = table.has("type", [owner])
        for slot, types in slots.items():
            lacking = (table.in_slot(slot) | (table.covering if slot == "top" else False)) & ~table.has("type", types)
            result |= _either_way(owns, lacking, a, b)
    for number, (left, right) in enumerate(load("rules")["apart"]):
        if number not in spared:
            result |= _either_way(table.matches(left), table.matches(right), a, b)
    return result if result.any() else None


def _either_way(left: np.ndarray, right: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray | bool:
    """(len(a), len(b)) bool: one item is among `left` and the other among `right`, both (n,) bool."""
    result: np.ndarray | bool = False
    if left[a].any() and right[b].any():
        result = left[a][:, None] & right[b][None, :]
    if right[a].any() and left[b].any():
        result = result | (right[a][:, None] & left[b][None, :])
    return result
