"""Outlines of the four bags. Details read here: `shape` and `hardware`; each bag's own file says which shapes it knows."""

from __future__ import annotations

from collections.abc import Callable

from stylist.garments.parts import Garment, GarmentSpec
from stylist.garments.shapes.backpacks import backpack
from stylist.garments.shapes.clutches import clutch
from stylist.garments.shapes.crossbodies import crossbody
from stylist.garments.shapes.totes import tote

OUTLINES: dict[str, Callable[[GarmentSpec], Garment]] = {
    "tote": tote,
    "backpack": backpack,
    "crossbody": crossbody,
    "clutch": clutch,
}
"""Bag type -> the function that writes its layers."""
