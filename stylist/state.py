"""What the person wants so far: wishes, avoided things, budget, anchor. The tracker edits it, the composer obeys it.

A `DialogState` is immutable; `stylist.edits` changes it. Nothing here knows about models, text or catalogues.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_serializer

from stylist import vocabulary as v
from stylist.catalog.items import Item

WEATHER: tuple[str, ...] = ("hot", "warm", "mild", "cool", "cold", "freezing", "rain", "snow", "wind")
MOST_ACCESSORIES = 3
"""Of one outfit."""


class Wishes(BaseModel):
    """Vocabulary values per field; several values of one field are alternatives.

    As `want` on the whole outfit: `type` holds for the slot of each type (types of different slots must all appear, accessories as
    `DialogState.together` says);
    `color`, `pattern`, `material`, `fit`, `sleeve`, `length`, `style` must appear on at least one item; `season` and
    `gender` hold for every item, `formality` for every item of the four main slots. As `avoid`: on no item, save where the
    item's own slot wants it. `color` takes shades or families.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: tuple[str, ...] = ()
    color: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    season: tuple[str, ...] = ()
    formality: tuple[str, ...] = ()
    occasion: tuple[str, ...] = ()
    sleeve: tuple[str, ...] = ()
    length: tuple[str, ...] = ()
    fit: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    gender: tuple[str, ...] = ()

    @field_validator("*")
    @classmethod
    def _in_vocabulary(cls, value: tuple[str, ...], info: Any) -> tuple[str, ...]:
        return v.check(info.field_name, value)

    @model_serializer
    def _set_fields_only(self) -> dict[str, list[str]]:
        return {field: list(self.values(field)) for field in v.FIELDS if self.values(field)}

    def values(self, field: str) -> tuple[str, ...]:
        return getattr(self, field)

    def __bool__(self) -> bool:
        return any(self.values(field) for field in v.FIELDS)

    def pairs(self) -> list[tuple[str, str]]:
        """All (field, value) pairs, in the vocabulary's field order."""
        return [(field, value) for field in v.FIELDS for value in self.values(field)]


class SlotWishes(BaseModel):
    """Wishes on one slot. `price` is the most the item may cost; `include` False leaves the slot empty, True fills it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    want: Wishes = Wishes()
    avoid: Wishes = Wishes()
    price: float | None = Field(default=None, ge=0)
    include: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.want or self.avoid or self.price is not None or self.include is not None)

    @model_serializer
    def _set_fields_only(self) -> dict[str, Any]:
        data: dict[str, Any] = {"want": self.want.model_dump(), "avoid": self.avoid.model_dump()}
        if self.price is not None:
            data["price"] = self.price
        if self.include is not None:
            data["include"] = self.include
        return data


class Budget(BaseModel):
    """The most the whole outfit (`total`) and any one item (`item`) may cost, in `currency` (ISO 4217)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    total: float | None = Field(default=None, ge=0)
    item: float | None = Field(default=None, ge=0)
    currency: str = "USD"


class DialogState(BaseModel):
    """Everything tracked from a dialog, as `stylist recommend` prints it under `state`.

    `weather` holds words of WEATHER, `temperature` degrees Celsius. `keep` fixes an item id per slot, `rejected` holds
    item ids not to be shown again, `prefer` directions asked for over what was shown (cheaper, warmer, ...), `language`
    is en or ko. `everywhere` holds `color` or `material` where what is wished of it on the whole look is for every garment ("all black"), but in the slots of
    `apart` ("everything else black").
    `together` holds accessories, wanted types, of which an outfit has each ("a scarf and a beanie"); else those of a slot are alternatives.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    want: Wishes = Wishes()
    avoid: Wishes = Wishes()
    budget: Budget = Budget()
    slots: dict[str, SlotWishes] = Field(default_factory=dict)
    anchor: Item | None = None
    weather: tuple[str, ...] = ()
    temperature: float | None = None
    keep: dict[str, str] = Field(default_factory=dict)
    rejected: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    language: str = "en"
    everywhere: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    together: tuple[str, ...] = ()

    @field_validator("slots", "keep")
    @classmethod
    def _known_slots(cls, value: dict[str, Any]) -> dict[str, Any]:
        for slot in value:
            if slot not in v.SLOTS:
                raise ValueError(f"{slot!r} is not a slot; expected one of {', '.join(v.SLOTS)}")
        return value

    @field_validator("weather")
    @classmethod
    def _known_weather(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            if word not in WEATHER:
                raise ValueError(f"{word!r} is not weather; expected one of {', '.join(WEATHER)}")
        return value

    def slot(self, slot: str) -> SlotWishes:
        """The wishes on one slot, empty ones where there are none."""
        return self.slots.get(slot, SlotWishes())

    @property
    def accessories(self) -> tuple[tuple[str, ...], ...]:
        """The types of accessories wished for, at most `MOST_ACCESSORIES` groups: an outfit holds one of each group."""
        wanted = [t for t in self.want.type if v.SLOT_OF_TYPE[t] == "accessory"]
        each = [t for t in wanted if t in self.together]
        others = tuple(t for t in wanted if t not in each)
        return (*((t,) for t in each), *([others] if others else []))[:MOST_ACCESSORIES]

    @property
    def is_empty(self) -> bool:
        """True where the person has said nothing that could guide an outfit."""
        return not (
            self.want or self.avoid or any(self.slots.values()) or self.anchor or self.weather or self.keep
            or self.temperature is not None or self.budget.total is not None or self.budget.item is not None
        )  # fmt: skip

    def public(self) -> dict[str, Any]:
        """The state as the commands print it."""
        data = self.model_dump(mode="json", exclude={"anchor"})
        data["anchor"] = self.anchor.public() if self.anchor else None
        for key in ("weather", "temperature", "keep", "rejected", "prefer", "everywhere", "apart", "together"):
            if data[key] in (None, [], {}, False):
                del data[key]
        return data
