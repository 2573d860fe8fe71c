"""Animal prints and camouflage: fields of noise and scattered spots."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np
import skia

from stylist.garments import palette
from stylist.garments.cloth import Print
from stylist.garments.motifs import fill, scattered, wrapped
from stylist.garments.palette import RGB
from stylist.garments.tiles import Tile, grain, painted


def _numbers(rng: random.Random) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(rng.getrandbits(32)))


def _ink(ground: RGB) -> RGB:
    """What marks a hide: nearly black on most, pale on black."""
    if palette.luminance(ground) < 0.2:
        return palette.mix(ground, (0.72, 0.66, 0.58), 0.62)
    return palette.mix(palette.toned(ground, -0.82), (0.1, 0.08, 0.07), 0.5)


def _step(field: Tile, at: float, soft: float = 0.07) -> Tile:
    """A smooth threshold."""
    x = np.clip((field - at) / (2 * soft) + 0.5, 0, 1)
    return np.asarray(x * x * (3 - 2 * x), np.float32)


def _blob(rng: random.Random, radius: float) -> skia.Path:
    points = []
    for i in range(8):
        angle, away = i * math.pi / 4, radius * rng.uniform(0.72, 1.18)
        points.append((away * math.cos(angle), away * math.sin(angle)))
    path = skia.Path()
    last = points[-1]
    path.moveTo((last[0] + points[0][0]) / 2, (last[1] + points[0][1]) / 2)
    for i, (x, y) in enumerate(points):
        following = points[(i + 1) % 8]
        path.quadTo(x, y, (x + following[0]) / 2, (y + following[1]) / 2)
    path.close()
    return path


def _leopard(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side = 384
    surface = skia.Surface(side, side)
    surface.getCanvas().clear(skia.Color4f(*ground, 1.0))
    dark = _ink(ground)
    inner = palette.mix(palette.toned(ground, -0.28), (0.6, 0.36, 0.16), 0.3)
    for index, (x, y) in enumerate(scattered(rng, side, 92)):
        seed, small = rng.getrandbits(32), index % 5 == 4

        def rosette(canvas: skia.Canvas, seed: int = seed, small: bool = small) -> None:
            r = random.Random(seed)
            canvas.rotate(r.uniform(0, 360))
            if small:
                canvas.drawPath(_blob(r, r.uniform(4, 6.5)), fill(dark))
                return
            radius = r.uniform(10.5, 14)
            canvas.scale(1.0, r.uniform(0.72, 0.9))
            canvas.drawPath(_blob(r, radius), fill(inner))
            start = r.uniform(0, 360)
            for i in range(r.choice((3, 3, 4))):
                sweep = r.uniform(58, 88)
                angle = math.radians(start + i * 112)
                for j in range(5):
                    a = angle + math.radians(sweep) * (j / 4 - 0.5)
                    canvas.save()
                    canvas.translate(radius * 1.05 * math.cos(a), radius * 1.05 * math.sin(a))
                    canvas.drawPath(_blob(r, radius * (0.36 if 0 < j < 4 else 0.26)), fill(dark))
                    canvas.restore()

        wrapped(surface.getCanvas(), side, x, y, 30, rosette)
    return Print(surface.makeImageSnapshot().withDefaultMipmaps(), 1.0)


def _zebra(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side, numbers = 384, _numbers(rng)
    y = np.mgrid[0:side, 0:side][0].astype(np.float32) / side
    bend = 0.085 * grain(numbers, side, 150, 120) + 0.012 * grain(numbers, side, 44, 30)
    stripes = np.cos(2 * np.pi * (8 * y + 8 * bend)) + 0.34 * grain(numbers, side, 70, 26)
    return Print(painted(ground, [(_step(stripes.astype(np.float32), 0.18, 0.13), _ink(ground))]), 1.0)


def _snake(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    side, numbers = 384, _numbers(rng)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    u, v = (x + y * 1.0) / 16, (x - y * 1.0) / 16
    du, dv = np.abs(u % 1 - 0.5) * 2, np.abs(v % 1 - 0.5) * 2
    scale_edge = np.maximum(du, dv)
    center_x, center_y = (np.floor(u) + np.floor(v) + 1) * 8, (np.floor(u) - np.floor(v)) * 8
    big = np.abs((center_x / 96) % 1 - 0.5) + np.abs((center_y / 128) % 1 - 0.5)
    big = big + 0.07 * grain(numbers, side, 20, 20)
    dark, mid = _ink(ground), palette.toned(ground, -0.32)
    ring = _step(0.16 - np.abs(big - 0.5), 0.0, 0.03)
    layers = [
        (0.55 * ring, dark),
        (_step(0.24 - big, 0.0, 0.04) * 0.8, mid),
        (_step(scale_edge, 0.86, 0.06) * 0.45, dark),
    ]
    layers.append((np.clip(1 - scale_edge * 1.5, 0, 1) * 0.25, palette.toned(ground, 0.5)))
    return Print(painted(ground, layers), 0.9)


def _cow(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    numbers = _numbers(rng)
    field = grain(numbers, 448, 96, 88) + 0.25 * grain(numbers, 448, 36, 36)
    return Print(painted(ground, [(_step(field, 0.45, 0.05), _ink(ground))]), 1.0)


def _camouflage_tones(ground: RGB) -> tuple[RGB, RGB, RGB]:
    pale = palette.mix(palette.toned(ground, 0.34), (0.78, 0.72, 0.58), 0.35)
    deep = palette.mix(palette.toned(ground, -0.4), (0.25, 0.2, 0.14), 0.25)
    night = palette.toned(ground, -0.72)
    if palette.luminance(ground) < 0.16:
        return palette.toned(ground, 0.32), palette.toned(ground, 0.16), palette.toned(ground, -0.6)
    return pale, deep, night


def _woodland(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    numbers, side = _numbers(rng), 512
    pale, deep, night = _camouflage_tones(ground)
    fields = [grain(numbers, side, 100, 58) + 0.38 * grain(numbers, side, 34, 22) for _ in range(3)]
    layers = [
        (_step(fields[0], 0.45, 0.03), pale),
        (_step(fields[1], 0.35, 0.03), deep),
        (_step(fields[2], 0.95, 0.03), night),
    ]
    return Print(painted(ground, layers), 0.9)


def _digital(rng: random.Random, ground: RGB, others: Sequence[RGB]) -> Print:
    numbers, cells = _numbers(rng), 64
    pale, deep, night = _camouflage_tones(ground)
    layers = []
    for at, color in ((0.45, pale), (0.4, deep), (1.05, night)):
        field = grain(numbers, cells, 14, 7) + 0.45 * grain(numbers, cells, 2, 2)
        layers.append((np.repeat(np.repeat((field > at).astype(np.float32), 8, 0), 8, 1), color))
    return Print(painted(ground, layers), 1.0)


MAKERS: dict[str, Callable[[random.Random, RGB, Sequence[RGB]], Print]] = {
    "leopard": _leopard,
    "zebra": _zebra,
    "snake": _snake,
    "cow": _cow,
    "woodland": _woodland,
    "digital": _digital,
}
