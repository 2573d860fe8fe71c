"""The smallest sets of demands to give up so that the rest can be met, exactly: minimum hitting sets of minimal conflicts.

Knows nothing of wishes or outfits: demands are numbers, and two questions say what can be met. Every conflict (demands that
cannot be met together) must lose one of its own, so what is given up hits them all (Reiter, 1987); conflicts are looked for
only when a set that hits those known proves too small, and made minimal by QuickXplain (Junker, 2004).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import combinations

Demands = frozenset[int]


class OutOfTime(Exception):
    """The search was to stop before it was done."""


@dataclass
class _Context:
    """The search among the sets that give up the same switches, `given`. `plain` are the other demands."""

    given: Demands
    plain: Demands
    conflicts: list[Demands] = field(default_factory=list)

    @property
    def dead(self) -> bool:
        """Whether nothing can be met with these switches given up, whatever else is."""
        return frozenset() in self.conflicts

    def least_more(self, chosen: Demands) -> int:
        """How many demands more must go at least: conflicts that share none each take one."""
        count, used = 0, set(chosen)
        for conflict in self.conflicts:
            if used.isdisjoint(conflict):
                count += 1
                used |= conflict
        return count


class Search:
    """Finds what to give up of demands 0..count-1.

    `met(given)` tells whether the others can be met once `given` is given up. Giving up more must never make things worse,
    save for the `switches`: those may change what the others mean. `hopeless(given)` may be True only where `met` is False of
    every set with the same switches that lies in `given`. Either may raise OutOfTime.
    """

    def __init__(
        self, count: int, switches: Collection[int], met: Callable[[Demands], bool], hopeless: Callable[[Demands], bool]
    ) -> None:  # fmt: skip
        self.all = frozenset(range(count))
        self.switches = tuple(sorted(switches))
        self.met, self.hopeless = met, hopeless
        self.contexts: list[_Context] = []

    def smallest(self) -> Iterator[Demands]:
        """Every smallest set, of one demand at least; none where no set is enough."""
        for size in range(len(self.all) + 1):
            if size <= len(self.switches):
                plain = self.all.difference(self.switches)
                self.contexts += [_Context(frozenset(given), plain) for given in combinations(self.switches, size)]
            found = False
            for context in self.contexts:
                for chosen in self._of_size(context, size - len(context.given)) if not context.dead else ():
                    found = True
                    yield context.given | chosen
            if found or (size >= len(self.switches) and all(context.dead for context in self.contexts)):
                return

    def irreducible(self) -> Demands | None:
        """Some set of which nothing can be taken back, found fast; None where none was found."""
        tried = [*(context.given for context in self.contexts if not context.dead), frozenset(self.switches)]
        plain = self.all.difference(self.switches)
        given = next((switches | plain for switches in tried if self.met(switches | plain)), None)
        if given is not None:
            for demand in sorted(given, reverse=True):
                if self.met(given - {demand}):
                    given -= {demand}
        return given

    def _of_size(self, context: _Context, room: int) -> Iterator[Demands]:
        """The sets of `room` plain demands that are enough, where no fewer are."""
        seen: set[Demands] = set()
        stack = [frozenset[int]()]
        while stack:
            chosen = stack.pop()
            if chosen in seen or len(chosen) + context.least_more(chosen) > room:
                continue
            seen.add(chosen)
            open_ = [c for c in context.conflicts if chosen.isdisjoint(c)]
            if not open_ and self.met(context.given | chosen):
                yield chosen
                continue
            conflict = min(open_, key=len) if open_ else self._conflict(context, chosen)
            if not conflict:
                return
            if len(chosen) < room:
                stack += [chosen | {demand} for demand in sorted(conflict, reverse=True)]

    def _conflict(self, context: _Context, chosen: Demands) -> Demands:
        """Demands of which one more must go, as few as can be, empty where none helps; the context remembers them.

        Where it cannot be proven that the rest is hopeless, the rest is the conflict: of all sets of this size it rules out
        `chosen` alone.
        """
        kept = context.plain - chosen
        conflict = kept
        if self._hopeless(context, kept):
            conflict = frozenset() if self._hopeless(context, ()) else frozenset(self._explain(context, [], [], sorted(kept)))
        context.conflicts.append(conflict)
        return conflict

    def _hopeless(self, context: _Context, kept: Collection[int]) -> bool:
        return self.hopeless(context.given | context.plain.difference(kept))

    def _explain(self, context: _Context, base: list[int], new: list[int], rest: list[int]) -> list[int]:
        """QuickXplain: the demands of `rest` in a minimal conflict that holds `base`; `new` is what was added to it last."""
        if new and self._hopeless(context, base):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        of_second = self._explain(context, base + first, first, second)
        of_first = self._explain(context, base + of_second, of_second, first)
        return of_first + of_second
