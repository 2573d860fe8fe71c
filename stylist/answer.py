"""What a turn gives back: events while it goes on, and the whole answer at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stylist.catalog.items import Outfit
from stylist.edits import Edit
from stylist.state import DialogState

Event = tuple[str, Any]
"""("state", DialogState), ("outfits", tuple of Outfit), ("text", a piece of the reply), ("done", Answer)."""


@dataclass(frozen=True)
class Answer:
    """One whole turn."""

    state: DialogState
    reply: str
    question: str | None
    outfits: tuple[Outfit, ...]
    quick_replies: tuple[str, ...] = ()
    edit: Edit = field(default_factory=dict)
    relax: tuple[tuple[str, DialogState], ...] = ()
    """Where nothing fits: wishes that may be given up together, in words, and the state without them."""

    def public(self) -> dict[str, Any]:
        """As `stylist recommend --json` prints it."""
        return {
            "state": self.state.public(),
            "reply": self.reply,
            "question": self.question,
            "outfits": [outfit.public() for outfit in self.outfits],
        }
