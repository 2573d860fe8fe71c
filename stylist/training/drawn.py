"""Drawn garments with full labels for training the vision tower: every cut of the catalogue in any color, pattern and cloth.

    python -m stylist.training.drawn --out runs/drawn --count 7050 --seed 1

Picture i shows `spec(i, seed)` and nothing else decides it, so a folder can be filled in any order and by several processes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image

from stylist import vocabulary as v
from stylist.errors import StylistError
from stylist.garments.collection import collection
from stylist.garments.parts import GarmentSpec

SIZE = 160
VALID_EVERY = 12
"""One in so many pictures only validates."""

_PRINTED_SLOTS = ("outer", "top", "bottom")
_SOLID = 0.42
_RECUT = 0.3


@dataclass(frozen=True)
class Drawn:
    """A drawn picture (RGBA, transparent ground) and what it shows."""

    index: int
    path: Path
    spec: GarmentSpec

    @property
    def valid(self) -> bool:
        return self.index % VALID_EVERY == VALID_EVERY - 1

    @property
    def values(self) -> dict[str, str]:
        """The label per reading of the tower; fields that the garment lacks are left out."""
        fields = ("type", "color", "pattern", "material", "sleeve", "length")
        found = {field: getattr(self.spec, field) for field in fields}
        return {field: value for field, value in found.items() if value in v.VALUES[field]}


@cache
def _cuts() -> dict[str, list[GarmentSpec]]:
    """The catalogue's drawings by type."""
    found: dict[str, list[GarmentSpec]] = {t: [] for t in v.TYPES}
    for _, spec in collection(0):
        found[spec.type].append(spec)
    return found


def spec(index: int, seed: int) -> GarmentSpec:
    """The index-th random garment: types take turns, a cut of the catalogue in a random color, pattern and cloth."""
    rng = random.Random(f"{seed}:{index}")
    type_ = v.TYPES[index % len(v.TYPES)]
    cuts = _cuts()[type_]
    cut = rng.choice(cuts)
    patterns = v.PATTERNS if v.SLOT_OF_TYPE[type_] in _PRINTED_SLOTS else sorted({c.pattern for c in cuts})
    prints = [p for p in patterns if p != "solid"]
    pattern = rng.choice(prints) if prints and rng.random() > _SOLID else "solid"
    colors = [c for c in v.COLORS if c != "multicolor" or pattern != "solid"]
    material = rng.choice(sorted({c.material for c in cuts}))
    sleeve = rng.choice([c.sleeve for c in cuts]) if rng.random() < _RECUT else cut.sleeve
    length = rng.choice([c.length for c in cuts]) if rng.random() < _RECUT else cut.length
    return replace(cut, color=rng.choice(colors), pattern=pattern, material=material, sleeve=sleeve, length=length,
                   seed=rng.randrange(2**31))  # fmt: skip


def build(folder: Path, count: int, seed: int) -> int:
    """Draws what a folder still lacks of the first `count` pictures; returns how many it drew. Needs the `garments` extra."""
    from stylist.garments.render import OUTLINES, draw

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drawn.json").write_text(json.dumps({"seed": seed, "size": SIZE}), encoding="utf-8")
    drawable, made = set(OUTLINES), 0
    for index in range(count):
        path = folder / f"{index:06d}.webp"
        garment = spec(index, seed)
        if path.exists() or garment.type not in drawable:
            continue
        picture = draw(garment, SIZE)
        partial = path.with_suffix(".part")
        picture.save(partial, "WEBP", quality=90, method=2)
        path.with_suffix(".json").write_text(json.dumps(asdict(garment)), encoding="utf-8")
        partial.rename(path)
        made += 1
    return made


def read(folder: Path) -> Iterator[Drawn]:
    """The pictures of a folder, in order; StylistError where `build` has not made it."""
    if not (folder / "drawn.json").is_file():
        raise StylistError(f"{folder / 'drawn.json'}: no such file; expected a folder made by python -m stylist.training.drawn")
    for path in sorted(folder.glob("*.webp")):
        beside = path.with_suffix(".json")
        if not beside.is_file():
            raise StylistError(f"{beside}: no such file; expected the spec of {path.name}")
        yield Drawn(int(path.stem), path, GarmentSpec(**json.loads(beside.read_text(encoding="utf-8"))))


def load(picture: Drawn) -> Image.Image:
    """The RGBA pixels."""
    with Image.open(picture.path) as image:
        return image.convert("RGBA")


def main() -> None:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--count", type=int, default=7050, help="how many pictures it shall hold")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = build(options.out, options.count, options.seed)
    print(f"{options.out}: {made} pictures drawn, last garment {asdict(spec(options.count - 1, options.seed))['type']}")


if __name__ == "__main__":
    main()
