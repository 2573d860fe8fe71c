"""Random views of pictures for training the vision tower, a whole batch at a time: crops, turns, light, color casts, erasing."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

MEAN = torch.tensor([0.5, 0.5, 0.5]).view(1, 3, 1, 1)
STD = torch.tensor([0.25, 0.25, 0.25]).view(1, 3, 1, 1)


def normalise(images: Tensor) -> Tensor:
    """uint8 (batch, 3, h, w) -> float around 0."""
    return (images.float() / 255 - MEAN) / STD


def views(images: Tensor, size: int, generator: torch.Generator, hue: bool = False) -> Tensor:
    """Random views (batch, 3, size, size), normalised, of uint8 pictures (batch, 3, h, w).

    Colors keep their names: brightness, contrast and a slight cast change as light does, hue does not.
    """
    n = len(images)

    def uniform(low: float, high: float) -> Tensor:
        return torch.rand(n, generator=generator) * (high - low) + low

    scale, angle = uniform(0.62, 1.08), uniform(-0.22, 0.22)
    aspect = uniform(math.log(0.8), math.log(1.25)).exp().sqrt()
    flip = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    slack = (1.1 - scale).clamp(min=0.02)
    cos, sin = angle.cos() * scale, angle.sin() * scale
    theta = torch.stack([
        torch.stack([cos * aspect * flip, -sin, uniform(-1, 1) * slack], 1),
        torch.stack([sin * flip, cos / aspect, uniform(-1, 1) * slack], 1),
    ], 1)  # fmt: skip
    grid = F.affine_grid(theta, [n, 3, size, size], align_corners=False)
    x = F.grid_sample(images.float() / 255, grid, padding_mode="reflection", align_corners=False)
    gain = uniform(0.65, 1.35).view(n, 1, 1, 1) * (1 + 0.12 * (torch.rand(n, 3, 1, 1, generator=generator) - 0.5))
    contrast = uniform(0.7, 1.3).view(n, 1, 1, 1)
    middle = x.mean((1, 2, 3), keepdim=True)
    x = ((x - middle) * contrast + middle) * gain
    gray = x.mean(1, keepdim=True)
    x = gray + (x - gray) * uniform(0.7, 1.25).view(n, 1, 1, 1)
    x = (x.clamp(0, 1) - MEAN) / STD
    for index in torch.nonzero(uniform(0, 1) < 0.3).flatten().tolist():
        side = int(size * (0.1 + 0.25 * torch.rand((), generator=generator)))
        top, left = (int(t) for t in torch.randint(0, size - side, (2,), generator=generator))
        x[index, :, top : top + side, left : left + side] = torch.randn(3, 1, 1, generator=generator)
    return x
