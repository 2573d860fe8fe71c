"""A choice of one candidate per slot, as numbers: scores of candidates and of pairs, limits, and bounds on what can be had.

Knows nothing of garments. The value of a pick is the sum of its unary scores and of the scores of its pairs. Limits: a sum
of prices, covers (at least one pick has each bit), pairs that must not meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

FORBIDDEN = -1.0e3
"""The score of a pair that must not meet; far below any real value, finite so that sums stay numbers."""
SWEEPS = 3


@dataclass
class Problem:
    """Slots 0..S-1 with n_s candidates each.

    `unary[s]` (n_s,); `pairs[s, t]` (n_s, n_t) for s < t, absent where all are 0; `price[s]` (n_s,) finite; `covers[s]`
    (n_s,) int bits; `needed` the bits that some pick must have. `barred` are the slots with pairs that must not meet.
    """

    unary: list[np.ndarray]
    pairs: dict[tuple[int, int], np.ndarray]
    price: list[np.ndarray]
    budget: float = np.inf
    covers: list[np.ndarray] = field(default_factory=list)
    needed: int = 0

    def __post_init__(self) -> None:
        self.size = len(self.unary)
        self.barred = [edge for edge, score in self.pairs.items() if score.min() <= FORBIDDEN / 2]
        self._tight: tuple[list[np.ndarray], dict[tuple[int, int], np.ndarray]] | None = None

    def quick_bound(self) -> float:
        """A bound on any pick's value, from the best unary and best pair scores alone."""
        best = sum(float(u.max()) for u in self.unary)
        return best + sum(float(p.max()) for p in self.pairs.values())

    def tight(self) -> tuple[list[np.ndarray], dict[tuple[int, int], np.ndarray]]:
        """Unary and pair scores of the same sums, no pair score above zero."""
        if self._tight is None:
            self._tight = tighten(self.unary, self.pairs)
        return self._tight

    def bound(self) -> float:
        """A tight bound on any pick's value, without limits."""
        return sum(float(u.max()) for u in self.tight()[0])


def tighten(
    unary: list[np.ndarray], pairs: dict[tuple[int, int], np.ndarray], sweeps: int = SWEEPS
) -> tuple[list[np.ndarray], dict[tuple[int, int], np.ndarray]]:  # fmt: skip
    """Scores of the same sums in which no pair is worth more than zero.

    Max-product message passing (MPLP, Globerson and Jaakkola, 2007): pair scores move into the unary ones, so that the sum
    of the best unary scores bounds any pick's value more tightly from sweep to sweep.
    """
    left = {e: np.zeros(len(unary[e[0]])) for e in pairs}
    right = {e: np.zeros(len(unary[e[1]])) for e in pairs}
    total = list(unary)
    for _ in range(sweeps):
        for edge, score in pairs.items():
            s, t = edge
            own_s, own_t = total[s] - left[edge], total[t] - right[edge]
            new_left = 0.5 * ((score + own_t[None, :]).max(axis=1) - own_s)
            new_right = 0.5 * ((score + own_s[:, None]).max(axis=0) - own_t)
            total[s], total[t] = own_s + new_left, own_t + new_right
            left[edge], right[edge] = new_left, new_right
    return total, {e: p - left[e][:, None] - right[e][None, :] for e, p in pairs.items()}
