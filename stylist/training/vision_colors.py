"""Fits the model that names the colors of a garment's pixels (`stylist.encoders.pixel_color`).

    python -m stylist.training.vision_colors --photos DIR --labels CSV --drawn DIR --out assets/vision

`--labels` has the columns image, color, part: names of pictures of the photo folder, color words of the vocabulary (several,
parted by `|`, where people would not agree; the first is the best), and `test` for those that must not be learned from. Drawn
garments on plain and on photographed grounds add colors on white, which the photos lack; a garment's own dye is its label.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from stylist import vocabulary as v
from stylist.encoders import foreground, images, pixel_color
from stylist.encoders.garment_pixels import CLUSTERS, Palette, palette
from stylist.errors import StylistError
from stylist.garments.backgrounds import paste
from stylist.training import drawn, photos

FAMILIES = pixel_color.FAMILIES
_INPUTS = 8


@dataclass(frozen=True)
class NamingConfig:
    """`second`: worth of a label's further colors beside the first; `drawn_share`: of the pictures seen that are drawn;
    `dye_weight`: of the loss that keeps the palette's dyes their names; `networks`: how many are averaged."""

    seed: int = 0
    networks: int = 3
    hidden: int = 24
    steps: int = 250
    batch: int = 200
    learning_rate: float = 1e-2
    weight_decay: float = 1e-2
    second: float = 0.4
    drawn_share: float = 0.4
    dye_weight: float = 0.1


@dataclass(frozen=True)
class Example:
    """A garment's colors and the families people would call it by, the best first."""

    palette: Palette
    families: tuple[str, ...]


def read_photos(folder: Path, labels: Path, part: str) -> list[Example]:
    """The labeled photos of `part` ("test", or "learn" for the others); StylistError where the table is not one."""
    types = {photo.path.stem: photo.values["type"][0] for photo in photos.read(folder)}
    found = []
    with labels.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            try:
                colors, name = row["color"].split("|"), Path(row["image"]).stem
                families = tuple(dict.fromkeys(v.FAMILY_OF_COLOR[color] for color in colors))
                wanted = (row["part"] == "test") == (part == "test")
            except (KeyError, AttributeError) as error:
                raise StylistError(f"{labels}: {error}; expected the columns image, color, part") from None
            if wanted:
                picture = images.load(folder / "images" / f"{name}.jpg")
                found.append(Example(palette(foreground.reduced(picture), types.get(name)), families))
    return found


def read_drawn(folder: Path, rng: random.Random, limit: int) -> list[Example]:
    """Drawn garments of one dye, on near-white, every second one on a photographed ground as well."""
    found = []
    garments = [g for g in drawn.read(folder) if g.spec.color not in ("multicolor", "gold", "silver")]
    for number, garment in enumerate(rng.sample(garments, min(limit, len(garments)))):
        cutout = drawn.load(garment)
        ground = Image.new("RGBA", cutout.size, (rng.randint(243, 255),) * 3 + (255,))
        pictures = [Image.alpha_composite(ground, cutout).convert("RGB")] + (
            [paste(cutout, rng, 96)] if number % 2 else []
        )
        for picture in pictures:
            colors = palette(foreground.reduced(picture), garment.spec.type)
            found.append(Example(colors, (v.FAMILY_OF_COLOR[garment.spec.color],)))
    return found


def tensors(examples: list[Example], second: float) -> tuple[Tensor, Tensor, Tensor]:
    """Inputs (examples, clusters, 8), shares (examples, clusters) and the worth of each family (examples, families)."""
    x, share = (
        np.zeros((len(examples), CLUSTERS + 1, _INPUTS), np.float32),
        np.zeros((len(examples), CLUSTERS + 1), np.float32),
    )
    worth = np.zeros((len(examples), len(FAMILIES)), np.float32)
    for row, example in enumerate(examples):
        count = len(example.palette.lab)
        x[row, :count] = pixel_color.inputs(example.palette.lab, example.palette.brightest, example.palette.on_white)
        share[row, :count] = example.palette.share
        for place, family in enumerate(example.families):
            if family in FAMILIES:
                worth[row, FAMILIES.index(family)] = second if place else 1.0
    return torch.from_numpy(x), torch.from_numpy(share), torch.from_numpy(worth)


def fit(seen: list[Example], drawn_ones: list[Example], config: NamingConfig, seed: int) -> nn.Sequential:
    """One network: the likelihood of a garment's families under the mean of its clusters' chances."""
    torch.manual_seed(seed)
    x, share, worth = tensors(seen + drawn_ones, config.second)
    chance = torch.ones(len(seen)) * (1 - config.drawn_share) / max(1, len(seen))
    chance = torch.cat([chance, torch.ones(len(drawn_ones)) * config.drawn_share / max(1, len(drawn_ones))])
    chance = chance * (worth.amax(1) > 0)
    lab, names = pixel_color.dyes()
    dye_x = torch.from_numpy(pixel_color.inputs(lab, 100.0, True)).float()
    dye_y = torch.tensor([FAMILIES.index(v.FAMILY_OF_COLOR[name]) for name in names])
    hidden = config.hidden
    network = nn.Sequential(
        nn.Linear(_INPUTS, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh(), nn.Linear(hidden, len(FAMILIES))
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    for step in range(config.steps):
        optimizer.param_groups[0]["lr"] = config.learning_rate * (1 - step / config.steps)
        rows = torch.multinomial(chance, config.batch, replacement=True)
        named = (network(x[rows]).softmax(-1) * share[rows][..., None]).sum(1)  # (batch, families)
        loss = -((named * worth[rows]).sum(1) + 1e-3).log().mean() + config.dye_weight * F.cross_entropy(
            network(dye_x), dye_y
        )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return network


def write(folder: Path, networks: list[nn.Sequential]) -> None:
    """Saves the networks as `colors.json`."""
    layers = [
        [[part.weight.tolist(), part.bias.tolist()] for part in network if isinstance(part, nn.Linear)]
        for network in networks
    ]
    text = json.dumps({"families": FAMILIES, "networks": layers}, default=float)
    rounded = json.loads(text, parse_float=lambda number: round(float(number), 4))
    (folder / pixel_color.NAMES).write_text(json.dumps(rounded) + "\n", encoding="utf-8")


def share_right(examples: list[Example]) -> dict[str, float]:
    """`any`: share of garments given a family that the label names; `first`: its best one. By the pixels alone."""
    named = [max(chances, key=lambda f: chances[f]) for chances in (pixel_color.families(e.palette) for e in examples)]
    hits = [[name in e.families, name == e.families[0]] for name, e in zip(named, examples, strict=True)]
    return dict(zip(("any", "first"), np.mean(hits, axis=0).round(3).tolist(), strict=True))


def main() -> int:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True, help="folder of the photos")
    parser.add_argument("--labels", type=Path, required=True, help="CSV of their colors, named by eye")
    parser.add_argument("--drawn", type=Path, required=True, help="folder made by python -m stylist.training.drawn")
    parser.add_argument("--garments", type=int, default=500, help="how many drawn garments")
    parser.add_argument("--out", type=Path, required=True, help="folder of the tower, where the names are written")
    options = parser.parse_args()
    torch.set_num_threads(1)
    config = NamingConfig()
    try:
        seen = read_photos(options.photos, options.labels, "learn")
        drawn_ones = read_drawn(options.drawn, random.Random(config.seed), options.garments)
    except (StylistError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{len(seen)} photos, {len(drawn_ones)} views of drawn garments", file=sys.stderr)
    write(options.out, [fit(seen, drawn_ones, config, config.seed + number) for number in range(config.networks)])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
