"""Makes the bundled catalogue again: `python -m stylist.garments --seed N --out DIR`, byte for byte the same each time."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tqdm import tqdm

from stylist.catalog.items import Item
from stylist.errors import CatalogError, StylistError
from stylist.garments.collection import collection
from stylist.garments.parts import GarmentSpec

SIZE = 512
QUALITY = 64
ALPHA_QUALITY = 70
ITEMS = "items.jsonl"
IMAGES = "images"
_OURS = {ITEMS, IMAGES, "README.md"}


def item_line(item: Item) -> str:
    """The item as one line of `items.jsonl`, fields in the order of the contract's table."""
    data = {key: value for key, value in item.model_dump(mode="json").items() if value not in (None, "", [], {})}
    return json.dumps(data, ensure_ascii=False) + "\n"


def picture(spec: GarmentSpec) -> bytes:
    """The drawing as a WebP file with a transparent background."""
    from stylist.garments.render import draw

    buffer = io.BytesIO()
    image = draw(spec, SIZE)
    image.save(buffer, "WEBP", quality=QUALITY, alpha_quality=ALPHA_QUALITY, method=6)
    return buffer.getvalue()


def _check_folder(out: Path) -> None:
    """CatalogError if `out` holds what this command did not make."""
    if out.exists() and not out.is_dir():
        raise CatalogError(f"{out}: expected a folder, found a file")
    if not out.exists():
        return
    names = {p.name for p in out.iterdir()}
    foreign = sorted(names - _OURS - _CATALOGUE_EXTRAS) if ITEMS in names else sorted(names)
    if foreign:
        raise CatalogError(f"{out}: not an empty folder and not a catalogue of this command (holds {foreign[0]!r})")


_CATALOGUE_EXTRAS = {"vectors", "index"}
"""What `stylist index` and the encoders keep beside the items."""


def write(out: Path, seed: int, images: bool = True, jobs: int = 1, types: tuple[str, ...] = ()) -> int:
    """Writes the catalogue and returns how many bytes its pictures take; `types` limits the pictures, not the items."""
    _check_folder(out)
    (out / IMAGES).mkdir(parents=True, exist_ok=True)
    entries = collection(seed)
    unfinished = out / f"{ITEMS}.part"
    unfinished.write_text("".join(item_line(item) for item, _ in entries), encoding="utf-8")
    os.replace(unfinished, out / ITEMS)
    if not images:
        return 0
    wanted = [(item, spec) for item, spec in entries if not types or item.type in types]
    kept = {f"{item.id}.webp" for item, _ in entries}
    for stale in (out / IMAGES).glob("*.webp"):
        if stale.name not in kept:
            stale.unlink()
    total = 0
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        pictures = pool.map(picture, [spec for _, spec in wanted], chunksize=8)
        for (item, _), data in tqdm(
            zip(wanted, pictures, strict=True), total=len(wanted), unit="item", file=sys.stderr
        ):
            (out / IMAGES / f"{item.id}.webp").write_bytes(data)
            total += len(data)
    return total


def main(arguments: list[str] | None = None) -> int:
    """The command; 2 for bad input, as everywhere."""
    parser = argparse.ArgumentParser(prog="python -m stylist.garments", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="varies prices, wording and drawings (default 1)")
    parser.add_argument("--out", type=Path, required=True, help="folder for items.jsonl and images/")
    parser.add_argument("--no-images", action="store_true", help="write items.jsonl only")
    parser.add_argument("--jobs", type=int, default=1, help="processes that draw (default 1)")
    parser.add_argument("--type", action="append", default=[], help="draw only this type (may be repeated)")
    given = parser.parse_args(arguments)
    try:
        size = write(given.out, given.seed, not given.no_images, given.jobs, tuple(given.type))
    except StylistError as fault:
        print(fault, file=sys.stderr)
        return 2
    if not given.no_images:
        print(f"{given.out}: pictures take {size / 1e6:.1f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
