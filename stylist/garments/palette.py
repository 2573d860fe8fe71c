"""Dyes: the real shades that a color word of the vocabulary may mean, and the colors that go with them in a print."""

from __future__ import annotations

import colorsys
import json
import random
from functools import cache
from pathlib import Path

from stylist.garments.svg import GarmentError

RGB = tuple[float, float, float]
"""Red, green and blue, 0..1."""


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = json.loads(
        (Path(__file__).parent / "data" / "palette.json").read_text(encoding="utf-8")
    )
    return tables


def rgb(color: str) -> RGB:
    """The value of `#rrggbb` (or `#rgb`); GarmentError for anything else."""
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError as error:
        raise GarmentError(f"color: {color!r} is not a hex color such as #1f2a44") from error
    return red / 255, green / 255, blue / 255


def hex_color(value: RGB) -> str:
    """`#rrggbb` of a value."""
    return "#" + "".join(f"{round(255 * min(max(v, 0.0), 1.0)):02x}" for v in value)


def luminance(value: RGB) -> float:
    """Perceived lightness, 0..1."""
    return 0.299 * value[0] + 0.587 * value[1] + 0.114 * value[2]


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """`a` with `share` of `b` in it."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def toned(value: RGB, tone: float) -> RGB:
    """The color lighter (`tone` > 0) or darker (< 0), -1..1, of the same hue; pale colors stay pale when darker."""
    if tone <= 0:
        red, green, blue = (v * (1 + tone) for v in value)
        return red, green, blue
    hue, light, saturation = colorsys.rgb_to_hls(*value)
    return colorsys.hls_to_rgb(hue, light + (1 - light) * tone, saturation)


def dye(color: str, rng: random.Random, material: str = "") -> RGB:
    """One of the shades that a color word means on a material; GarmentError for a word outside the vocabulary."""
    tables = _tables()
    shades = tables.get(material, {}).get(color) or tables["dyes"].get(color)
    if shades is None:
        raise GarmentError(f"color: {color!r} is not in the palette; expected one of {', '.join(_tables()['dyes'])}")
    return rgb(rng.choice(shades))


def companions(color: str, rng: random.Random, count: int) -> list[RGB]:
    """`count` colors that go well with a color word in a pattern, the most important first."""
    choices = list(_tables()["companions"][color])
    picked = choices[:2]
    rng.shuffle(picked)
    rest = choices[2:]
    rng.shuffle(rest)
    picked += rest
    return [rgb(picked[i % len(picked)]) for i in range(count)]


def multicolor(rng: random.Random) -> list[RGB]:
    """A set of five or six colors that make one print, ground first."""
    sets = _tables()["multicolor"]
    return [rgb(c) for c in sets[rng.choice(sorted(sets))]]
