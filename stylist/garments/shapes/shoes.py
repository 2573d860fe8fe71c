"""Outlines of shoes: a pair that stands at a slant, seen a little from above.

Details read: `upper` (runner, court, high-top, slip-on, chunky) of sneakers; `shaft` (ankle, chelsea, mid, knee, hiking,
combat) of boots; `heel` (flat, low, block, stiletto, kitten, wedge, platform); `toe` (round, pointed, almond, square, open,
cap); `strap` (slide, ankle, t-bar, gladiator, thong, espadrille) of sandals and heels; `vamp` (ballet, mary-jane, mule, penny,
tassel, horsebit, brogue, derby, monk); `hardware` (gold, silver).
"""

from __future__ import annotations

from collections.abc import Callable

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes import boots as _boots
from stylist.garments.shapes import lace_ups, pumps
from stylist.garments.shapes import sandals as _sandals
from stylist.garments.shapes import sneakers as _sneakers
from stylist.garments.shapes.shoe_pair import pair


def sneakers(spec: GarmentSpec) -> Garment:
    """Runner, court, high-top, slip-on or chunky sneakers."""
    return pair(spec, _sneakers.sneakers)


def boots(spec: GarmentSpec) -> Garment:
    """Pull-on and laced boots up to the knee."""
    tall = spec.details.get("shaft") in ("knee", "mid")
    return pair(spec, _boots.boots, apart=17.0 if tall else 12.0, ahead=5.0 if tall else 1.0)


def heels(spec: GarmentSpec) -> Garment:
    """Pumps and other heeled shoes."""
    return pair(spec, pumps.heels, yaw=30.0, apart=10.0)


def flats(spec: GarmentSpec) -> Garment:
    """Ballet flats, mary-janes and mules."""
    return pair(spec, pumps.flats, yaw=32.0, tilt=30.0, apart=9.5)


def loafers(spec: GarmentSpec) -> Garment:
    """Penny, tassel and horsebit loafers."""
    return pair(spec, lace_ups.loafers, yaw=31.0, tilt=26.0)


def oxfords(spec: GarmentSpec) -> Garment:
    """Oxfords, brogues, derbies and monks."""
    return pair(spec, lace_ups.oxfords, yaw=31.0, tilt=24.0)


def sandals(spec: GarmentSpec) -> Garment:
    """Sandals from slides to gladiators."""
    return pair(spec, _sandals.sandals, yaw=32.0, tilt=29.0, apart=10.5)


OUTLINES: dict[str, Callable[[GarmentSpec], Garment]] = {
    "sneakers": sneakers,
    "boots": boots,
    "heels": heels,
    "flats": flats,
    "loafers": loafers,
    "oxfords": oxfords,
    "sandals": sandals,
}
