"""Patterns: from the words of a spec to the dyes of a garment and the print on its cloth.

How a print is bent to a body, lit and woven is no matter of this file.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stylist.garments import animals, florals, geometric, graphics, palette, pictures
from stylist.garments.cloth import Print
from stylist.garments.palette import RGB
from stylist.garments.parts import GarmentSpec
from stylist.garments.svg import GarmentError


@dataclass(frozen=True)
class Design:
    """The dyes of a garment: its ground, the other yarn of its cloth, and its print (None for plain cloth)."""

    ground: RGB
    yarn: RGB
    print: Print | None


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "patterns.json").read_text(encoding="utf-8"))
    return tables


def kinds(pattern: str, type_: str) -> tuple[str, ...]:
    """The kinds of a pattern that suit a garment type, the likelier ones more than once."""
    of_pattern = _tables()["kinds"].get(pattern)
    if of_pattern is None:
        raise GarmentError(
            f"pattern: {pattern!r} cannot be drawn; expected solid or one of {', '.join(_tables()['kinds'])}"
        )
    for group, types in _tables()["groups"].items():
        if type_ in types and group in of_pattern:
            return tuple(of_pattern[group])
    return tuple(of_pattern["default"])


def design(spec: GarmentSpec, rng: random.Random) -> Design:
    """Dyes and print for a spec; `details["print"]` names a kind (breton, tartan, leopard ...), else the seed chooses.

    Raises GarmentError for a color, pattern or kind that cannot be drawn.
    """
    if spec.color == "multicolor":
        ground, *others = palette.multicolor(rng)
    else:
        ground = palette.dye(spec.color, rng, spec.material)
        others = palette.companions(spec.color, rng, 5)
    yarn = _yarn(spec.material, ground, others)
    if spec.pattern == "solid":
        return Design(ground, yarn, graphics.wash(rng, ground, others) if spec.color == "multicolor" else None)
    choices = kinds(spec.pattern, spec.type)
    kind = spec.details.get("print") or rng.choice(choices)
    maker = _MAKERS.get(kind)
    if maker is None:
        raise GarmentError(f"details.print: {kind!r} is no kind of print; expected one of {', '.join(_MAKERS)}")
    made = maker(rng, ground, [apart(color, ground) for color in others])
    if spec.type in _tables()["groups"]["small"] and made.repeats:
        made = Print(made.image, made.unit * 0.62)
    return Design(ground, yarn, made)


def apart(color: RGB, ground: RGB, least: float = 0.17) -> RGB:
    """The color, lighter or darker where it would drown in the ground."""
    gap = palette.luminance(color) - palette.luminance(ground)
    if abs(gap) >= least:
        return color
    lighter = palette.luminance(ground) < 0.5
    return palette.mix(color, (0.97, 0.95, 0.91) if lighter else (0.13, 0.12, 0.15), 0.5)


def _yarn(material: str, ground: RGB, others: Sequence[RGB]) -> RGB:
    if material == "denim":
        return palette.mix(ground, (0.93, 0.94, 0.96), 0.38 if palette.luminance(ground) < 0.16 else 0.62)
    if material == "tweed":
        return palette.mix(others[0], ground, 0.35)
    if palette.luminance(ground) < 0.6:
        return palette.mix(ground, (0.85, 0.84, 0.82), 0.3)
    return palette.toned(ground, -0.22)


_MAKERS: dict[str, geometric.Maker] = {
    **geometric.MAKERS,
    **florals.MAKERS,
    **animals.MAKERS,
    **graphics.MAKERS,
    **pictures.MAKERS,
}
