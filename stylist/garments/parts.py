"""The language in which outlines are written: parts, lines and gradients of shade on a 1000 x 1000 canvas.

Outlines say what a garment is made of; they know nothing of the engine that paints fabric, pattern and light on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GarmentSpec:
    """What to draw, in the words of the vocabulary; `details` holds further choices such as neckline, collar, closure, heel.

    `seed` varies what no word says: small asymmetries, fold positions, the place of a print.
    """

    type: str
    color: str
    pattern: str = "solid"
    material: str = "cotton"
    fit: str = "regular"
    sleeve: str | None = None
    length: str | None = None
    gender: str = "unisex"
    details: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0


@dataclass(frozen=True)
class Shade:
    """A soft shadow (`amount` > 0) or highlight (`amount` < 0) along an SVG path, clipped to its part.

    `width` is the stroke width in canvas units, `blur` its Gaussian standard deviation. A closed path with `fill` is filled.
    """

    path: str
    amount: float = 0.25
    width: float = 30.0
    blur: float = 14.0
    fill: bool = False


@dataclass(frozen=True)
class Part:
    """One piece of cloth or hardware: a closed SVG path, painted with the garment's fabric, color and pattern.

    `role` is body, sleeve, collar, cuff, hem, waistband, pocket, lining, strap, upper, sole, heel, toe, tongue, metal, lens, trim or rib.
    `grain` turns fabric and pattern, in degrees. `tone` lightens (> 0) or darkens (< 0) the color, -1..1. `color` (hex)
    replaces the garment's color; `material` its fabric; `printed` says whether the pattern runs over it. `volume` is how
    strongly the part is shaded as a rounded body, 0..1. `scale` shrinks or grows the pattern.
    """

    path: str
    role: str = "body"
    grain: float = 0.0
    tone: float = 0.0
    color: str | None = None
    material: str | None = None
    printed: bool = True
    volume: float = 0.5
    scale: float = 1.0
    opacity: float = 1.0
    shades: tuple[Shade, ...] = ()


@dataclass(frozen=True)
class Line:
    """A drawn line: `kind` is seam, stitch, fold, crease, edge, zip, cord, lace, rib or glint (a highlight)."""

    path: str
    kind: str = "seam"
    width: float = 2.0
    opacity: float = 1.0
    color: str | None = None
    clip: str | None = None


@dataclass(frozen=True)
class Button:
    """A button, rivet or eyelet with its centre, radius and kind (button, snap, rivet, eyelet, pearl)."""

    x: float
    y: float
    radius: float = 7.0
    kind: str = "button"
    color: str | None = None


@dataclass(frozen=True)
class Garment:
    """Layers in painting order, from back to front."""

    layers: tuple[Part | Line | Button, ...]
