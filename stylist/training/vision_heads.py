"""Fits the vision tower's readings of type and sleeve anew, on the features of a trained tower that stays as it is.

    python -m stylist.training.vision_heads --model assets/vision --photos DIR --drawn DIR

For when only the meaning of the labels changed: features of augmented photos and of drawn garments are made once, then two
linear layers are trained on them in seconds, with the losses of `stylist.training.vision`.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from stylist.encoders.tower import VisionTower
from stylist.training import augment
from stylist.training.vision_data import UNKNOWN, DrawnSet, PhotoSet
from stylist.training.vision_evaluation import drawn_accuracy, photo_accuracy

log = logging.getLogger("stylist.training.vision_heads")

FIELDS = ("type", "sleeve")
_PASTED = 184


@torch.no_grad()
def features(tower: VisionTower, pictures: Tensor, views: int, generator: torch.Generator) -> Tensor:
    """Pooled outputs (views, pictures, pooled_size) of random views of uint8 pictures."""
    rows = []
    for _ in range(views):
        shown = [tower(augment.views(x, tower.config.image_size, generator)).pooler_output for x in pictures.split(64)]
        rows.append(torch.cat(shown))
    return torch.stack(rows)


def fit(tower: VisionTower, photos: PhotoSet, drawn: DrawnSet, views: int = 3, garments: int = 2000, steps: int = 900, seed: int = 0) -> None:
    """Trains `type_head` and `sleeve_head` in place."""
    generator, rng = torch.Generator().manual_seed(seed), random.Random(seed)
    torch.manual_seed(seed)
    tower.eval()
    seen = features(tower, photos.pictures, views, generator)
    log.info("%d views of %d photos", views, seen.shape[1])
    pasted, rows = drawn.batch(garments, garments, rng, _PASTED, clean=0.2)
    shown = features(tower, pasted, 1, generator)[0]
    log.info("%d drawn garments", len(shown))
    heads = {field: tower.heads[f"{field}_head"] for field in FIELDS}
    optimizer = torch.optim.AdamW([p for head in heads.values() for p in head.parameters()], lr=1e-3, weight_decay=0.1)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = 1e-3 * (1 - step / steps)
        chosen = torch.multinomial(photos.weights, 128, generator=generator)
        picked = torch.randint(len(shown), (96,), generator=generator)
        photo = F.dropout(seen[torch.randint(views, (128,), generator=generator), chosen], 0.3)
        garment = F.dropout(shown[picked], 0.3)
        loss = torch.zeros(())
        for field, weight in (("type", 1.0), ("sleeve", 0.5)):
            possible = photos.possible[field][chosen]
            telling = ~possible.all(1)
            chance = heads[field](photo).log_softmax(-1).masked_fill(~possible, -1e4).logsumexp(1)
            loss = loss - weight * (chance * telling).sum() / telling.sum().clamp(min=1)
            loss = loss + weight * F.cross_entropy(heads[field](garment), drawn.labels[field][rows[picked]], ignore_index=UNKNOWN)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        if step % 150 == 0:
            log.info("step %d loss %.3f", step, loss.item())


def main() -> int:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of the tower, changed in place")
    parser.add_argument("--photos", type=Path, required=True, help="folder of the labeled photos")
    parser.add_argument("--drawn", type=Path, required=True, help="folder made by python -m stylist.training.drawn")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    torch.set_num_threads(options.threads)
    tower = VisionTower.from_pretrained(options.model).float().eval()
    fit(tower, PhotoSet(options.photos, 192, valid=False), DrawnSet(options.drawn, valid=False))
    size = tower.config.image_size
    figures = {**photo_accuracy(tower, PhotoSet(options.photos, size, valid=True)), **drawn_accuracy(tower, DrawnSet(options.drawn, valid=True))}
    half = {name: x.to(torch.float16) if x.is_floating_point() else x for name, x in tower.state_dict().items()}
    tower.config.dtype = "float32"
    tower.save_pretrained(options.model, state_dict=half, max_shard_size="9MB")
    about = json.loads((options.model / "training.json").read_text(encoding="utf-8"))
    (options.model / "training.json").write_text(json.dumps({**about, "figures": figures, "readings": list(FIELDS)}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({name: round(x, 3) for name, x in figures.items()}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
