"""What a catalogue holds and what the composer returns: `Item` and `Outfit`. Knows nothing of files, models or scores' origin."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from stylist import vocabulary as v


class Item(BaseModel):
    """One garment of a catalogue, or one seen on a photo.

    Attributes hold vocabulary values or None where unknown; an empty `season` means all year round. `price` is in
    `currency` (ISO 4217). `image` is a path relative to the catalogue's folder. `extra` keeps fields of the source
    table, and values outside the vocabulary, as text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    slot: str
    type: str
    color: str | None = None
    pattern: str | None = None
    material: str | None = None
    season: tuple[str, ...] = ()
    formality: str | None = None
    gender: str = "unisex"
    fit: str | None = None
    sleeve: str | None = None
    length: str | None = None
    style: tuple[str, ...] = ()
    occasion: tuple[str, ...] = ()
    price: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    currency: str = "USD"
    title: str = ""
    description: str = ""
    image: str | None = None
    url: str | None = None
    extra: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _fill_slot(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("slot") and isinstance(data.get("type"), str) and data["type"] in v.SLOT_OF_TYPE:
            data = {**data, "slot": v.SLOT_OF_TYPE[data["type"]]}
        return data

    @field_validator("slot")
    @classmethod
    def _known_slot(cls, value: str) -> str:
        if value not in v.SLOTS:
            raise ValueError(f"{value!r} is not a slot; expected one of {', '.join(v.SLOTS)}")
        return value

    @field_validator("color", "pattern", "material", "formality", "fit", "sleeve", "length", "gender", "type")
    @classmethod
    def _known_value(cls, value: str | None, info: Any) -> str | None:
        if value is not None:
            if info.field_name == "type" and value in v.SLOTS:
                return value  # a garment of which only the slot is known, as FASCODE's shoes
            v.check(info.field_name, [value])
        return value

    @field_validator("season", "style", "occasion")
    @classmethod
    def _known_values(cls, value: tuple[str, ...], info: Any) -> tuple[str, ...]:
        return v.check(info.field_name, value)

    @model_validator(mode="after")
    def _slot_of_its_type(self) -> Item:
        if self.slot != v.SLOT_OF_TYPE.get(self.type, self.type):
            raise ValueError(f"slot {self.slot!r}: a {self.type} sits in {v.SLOT_OF_TYPE.get(self.type, self.type)}")
        return self

    @property
    def covers(self) -> tuple[str, ...]:
        """The slots this item fills: a dress or jumpsuit fills `bottom` and `top`."""
        return ("bottom", "top") if self.type in v.COVERS_TOP else (self.slot,)

    def values(self, field: str) -> tuple[str, ...]:
        """The item's values of a vocabulary field; empty where unknown."""
        value = getattr(self, field)
        if value is None:
            return ()
        return value if isinstance(value, tuple) else (value,)

    def public(self) -> dict[str, Any]:
        """The item as the commands print it: set fields only, lists for multivalued ones."""
        data = self.model_dump(exclude={"extra"}, mode="json")
        keep = ("id", "slot", "type", "color", "pattern", "material", "season", "formality", "price", "title", "image")
        return {k: val for k, val in data.items() if k in keep or val not in (None, "", [])}


class Rival(BaseModel):
    """The best other item in an item's place, and what the outfit's score loses with it; a negative `loss` is a gain.

    `item` is None where no other will do. `held` says why: `anchor` is the person's own piece, `only`: nothing else keeps the
    wishes, `style`: what does goes against styling sense. Beside an item it says why that one is not there although it might be:
    `keep`: the person keeps the piece, `repeated`: it is in the look of rank `look`, `near`: that look would be too much alike,
    `shade`: it is in another shade than was named, `other`: the choice of whole outfits left it out.
    """

    model_config = ConfigDict(frozen=True)

    item: Item | None = None
    loss: float | None = None
    held: Literal["anchor", "only", "style", "keep", "repeated", "near", "shade", "other"] | None = None
    look: int | None = None


class Why(BaseModel):
    """One reason: an item, what it does for the person, its share of the outfit's score, and what could stand in its place
    (None where that was not looked at)."""

    model_config = ConfigDict(frozen=True)

    item: str
    text: str
    contribution: float
    rival: Rival | None = None

    def public(self) -> dict[str, Any]:
        """The reason as `stylist recommend` prints it; `next_best` is an item's id and `loss` what the score loses with it."""
        data: dict[str, Any] = {"item": self.item, "text": self.text, "contribution": self.contribution}
        if self.rival is not None and self.rival.item is not None:
            data |= {"next_best": self.rival.item.id, "loss": self.rival.loss}
        return data


class Outfit(BaseModel):
    """A whole outfit (FASCODE: coordi-set), items in slot order. `score` is comparable within one answer."""

    model_config = ConfigDict(frozen=True)

    rank: int
    score: float
    items: tuple[Item, ...]
    why: tuple[Why, ...] = ()

    @property
    def total_price(self) -> float | None:
        """Sum of the known prices, None where no price is known; items the person owns cost nothing."""
        prices = [i.price for i in self.items if i.price is not None]
        return round(sum(prices), 2) if prices else None

    @property
    def currency(self) -> str:
        return next((i.currency for i in self.items if i.price is not None), "USD")

    def public(self) -> dict[str, Any]:
        """The outfit as `stylist recommend --json` prints it."""
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "total_price": self.total_price,
            "currency": self.currency,
            "items": [item.public() for item in self.items],
            "why": [why.public() for why in self.why],
        }
