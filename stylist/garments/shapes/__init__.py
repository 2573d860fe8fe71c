"""Outlines of the garments: each module gives `OUTLINES`, a function of a `GarmentSpec` for every type it draws."""
