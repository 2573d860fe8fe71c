"""Soles and heels under a last: sidewalls, welts, stacked and slender heels, wedges and platforms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stylist.garments.parts import Line, Part, Shade
from stylist.garments.shapes.last import Array, Camera, Last, normals, patch, seen, thin
from stylist.garments.shapes.splines import Layer, Point, loop, outline, spline


@dataclass(frozen=True)
class Sole:
    """A sole: how far it stands out (cm), how thick it is at heel, waist and ball, how high its wall climbs the upper."""

    grow: float = 0.3
    heel: float = 1.0
    waist: float = 0.6
    ball: float = 0.6
    climb: float = 0.0
    color: str | None = None
    material: str = "leather"
    tone: float = -0.3
    bands: tuple[float, ...] = ()
    stripe: str | None = None
    tread: bool = False
    wedge: Array | None = None
    rope: bool = False

    def thickness(self, u: Array) -> Array:
        """Thickness along the sole (cm); a wedge is as thick as it stands high (`wedge`: its seat on an even grid of u)."""
        if self.wedge is not None:
            return np.interp(u, np.linspace(0, 1, len(self.wedge)), self.wedge)
        return np.interp(
            u, [0.0, 0.22, 0.45, 0.66, 1.0], [self.heel, self.heel, self.waist, self.ball, self.ball * 0.9]
        )


def rim(last: Last, grow: float, count: int = 90) -> tuple[Array, Array, Array]:
    """u, x and y of the footprint's outline: along the near side from heel to toe and back along the far side."""
    u = (1 - np.cos(np.linspace(0, np.pi, count))) / 2
    x, near, far = last.edges(u, grow)
    return np.concatenate([u, u[::-1]]), np.concatenate([x, x[::-1]]), np.concatenate([near, far[::-1]])


def tread_board(last: Last, camera: Camera, grow: float, lift: float, part: Part) -> Part:
    """A closed face of the footprint, `lift` cm above the feather edge: insole, footbed, the top of a welt."""
    u, x, y = rim(last, grow)
    points = camera.project(np.stack([x, y, last.floor(u) + lift], axis=-1))
    return Part(
        loop(thin([(float(a), float(b)) for a, b in points], 4.0), 60),
        part.role,
        color=part.color,
        tone=part.tone,
        material=part.material,
        printed=part.printed,
        volume=part.volume,
        shades=part.shades,
    )


def sidewall(last: Last, camera: Camera, sole: Sole) -> list[Layer]:
    """The wall of the sole as far as the viewer sees it, with its foxing bands."""

    def surface(phi: Array, t: Array) -> Array:
        _, x, y, z = _wall(last, sole, phi, t)
        return np.stack([x, y, z], axis=-1)

    piece = patch(lambda s, t: s, lambda u, t: t, (84, 4))
    path = seen(surface, piece, camera, corner=50)
    if path is None:
        return []
    foot = _line(surface, camera, 0.03)
    layers: list[Layer] = [
        Part(
            path,
            "sole",
            color=sole.color,
            material=sole.material,
            tone=sole.tone if sole.color is None else 0.0,
            printed=False,
            volume=0.35,
            shades=tuple(Shade(p, 0.35, 12, 7) for p in foot),
        )
    ]
    for t in sole.bands:
        layers += [Line(p, "seam", 1.8, 0.75) for p in _line(surface, camera, t)]
    if sole.stripe:
        for t in (0.62,):
            layers += [Line(p, "cord", 3.4, 1.0, sole.stripe) for p in _line(surface, camera, t)]
    if sole.rope:
        for t in np.linspace(0.08, 0.92, 7):
            layers += [Line(p, "seam", 2.2, 0.8, "#8f7040") for p in _line(surface, camera, float(t))]
        layers += _braid(surface, camera)
    if sole.tread:
        layers += _tread(surface, camera)
    layers += [Line(p, "glint", 2.0, 0.35) for p in _line(surface, camera, 0.9)]
    return layers


def block_heel(
    last: Last,
    camera: Camera,
    sole: Sole,
    back: float,
    front: float,
    taper: float,
    tone: float,
    color: str | None,
    stacked: bool,
) -> list[Layer]:
    """A solid heel from the seat to the ground between u = `back` and u = `front`; `taper` narrows its foot."""

    def surface(phi: Array, t: Array) -> Array:
        side = np.clip(np.minimum(phi, 1 - phi) / 0.42, 0, 1)
        u = np.clip(back + (front - back) * (1 - np.cos(np.pi * side)) / 2, 0.0, 1.0)
        x, near, far = last.edges(u, sole.grow)
        breast = np.clip((phi - 0.42) / 0.16, 0, 1)
        y = np.where(phi < 0.42, near, np.where(phi > 0.58, far, near + (far - near) * breast))
        x = x - 0.35 * np.sin(np.pi * breast)
        k = 1 - taper * (1 - t) ** 0.8
        centre = (back + 0.35 * (front - back)) * last.length
        top = last.floor(u) - sole.thickness(u)
        return np.stack([centre + (x - centre) * k, y * k, (top + 0.3) * t], axis=-1)

    piece = patch(lambda s, t: s, lambda u, t: t, (64, 8))
    path = seen(surface, piece, camera, corner=45)
    if path is None:
        return []
    layers: list[Layer] = [
        Part(path, "heel", color=color, tone=tone, printed=color is None and not stacked, volume=0.75)
    ]
    if stacked:
        for t in np.linspace(0.16, 0.9, 6):
            layers += [Line(p, "seam", 1.3, 0.55) for p in _line(surface, camera, float(t))]
    layers += [Line(p, "edge", 5.0, 0.9, "#1b1918") for p in _line(surface, camera, 0.03)]
    return layers


def slender_heel(
    last: Last,
    camera: Camera,
    sole: Sole,
    top: float,
    width: float,
    tone: float,
    lean: float = 0.0,
    color: str | None = None,
) -> list[Layer]:
    """A stiletto or kitten heel: wide under the seat, hollowed in front, ending in a small tip; `top` is its reach in u."""
    rows = []
    for t in np.linspace(0.0, 1.0, 15):
        blend = t**2.6
        seat_back, seat_front = 0.02 * last.length, top * last.length
        tip = 0.055 * last.length + lean
        back = tip - width * 0.5 + (seat_back - tip + width * 0.5) * t**1.7
        front = tip + width * 0.5 + (seat_front - tip - width * 0.5) * blend
        half = width * 0.5 + (2.3 - width * 0.5) * t**2.2
        rows.append((float(t), back, front, half))
    levels = [[], []]  # type: list[list[Point]]
    for t, back, front, half in rows:
        ang = np.linspace(0, 2 * np.pi, 40)
        x = (back + front) / 2 + np.cos(ang) * (front - back) / 2
        y = np.sin(ang) * half
        u = np.clip(x / last.length, 0, 1)
        top_z = last.floor(u) - sole.thickness(u)
        screen = camera.project(np.stack([x, y, top_z * t], axis=-1))
        left, right = screen[np.argmin(screen[:, 0])], screen[np.argmax(screen[:, 0])]
        levels[0].append((float(left[0]), float(left[1])))
        levels[1].append((float(right[0]), float(right[1])))
    left, right = levels
    foot = ((left[0][0] + right[0][0]) / 2, max(left[0][1], right[0][1]) + 1.6)
    path = outline(
        left[::-1],
        [left[0], foot, right[0]],
        right,
        [right[-1], (left[-1][0] * 0.5 + right[-1][0] * 0.5, left[-1][1] - 14), left[-1]],
    )
    glow = spline([((a[0] * 0.42 + b[0] * 0.58), (a[1] + b[1]) / 2) for a, b in zip(left, right, strict=True)][1:-2])
    cap = outline([left[0], left[1]], [right[1], right[0]], [foot])
    return [
        Part(
            path,
            "heel",
            tone=tone,
            color=color,
            printed=color is None,
            volume=0.8,
            shades=(Shade(spline(left), 0.3, 10, 6),),
        ),
        Line(glow, "glint", 2.6, 0.7),
        Part(cap, "heel", color="#1c1a19", printed=False, material="leather", volume=0.3),
    ]


def _wall(last: Last, sole: Sole, phi: Array, t: Array) -> tuple[Array, Array, Array, Array]:
    angle = 2 * np.pi * phi
    u = (1 - np.cos(angle)) / 2
    x, near, far = last.edges(u, sole.grow)
    y = np.where(phi <= 0.5, near, far)
    floor = last.floor(u)
    top, foot = floor + sole.climb, floor - sole.thickness(u)
    bulge = 0.1 * np.sin(np.pi * np.clip(t, 0, 1)) - 0.18 * (1 - t)
    middle = (near + far) / 2
    y = y + np.sign(y - middle) * bulge * np.minimum(1, np.abs(y - middle))
    x = x + bulge * np.where(u > 0.9, (u - 0.9) * 10, 0) - bulge * np.where(u < 0.06, (0.06 - u) / 0.06, 0)
    return u, x, y, foot + (top - foot) * t


def _line(surface, camera: Camera, t: float) -> list[str]:  # type: ignore[no-untyped-def]
    phi = np.linspace(0.002, 0.998, 150)
    ts = np.full_like(phi, t)
    screen = camera.project(surface(phi, ts))
    facing = camera.facing(normals(surface, phi, np.clip(ts, 0.05, 0.95))) > 0
    if facing[0] and facing[-1] and not facing.all():
        turn = int(np.argmin(facing))
        facing, screen = np.roll(facing, -turn), np.roll(screen, -turn, axis=0)
    runs: list[list[Point]] = [[]]
    for (x, y), show in zip(screen, facing, strict=True):
        if show:
            runs[-1].append((float(x), float(y)))
        elif runs[-1]:
            runs.append([])
    return [spline(thin(run, 5.0)) for run in runs if len(run) > 3]


def _tread(surface, camera: Camera) -> list[Layer]:  # type: ignore[no-untyped-def]
    phi = np.linspace(0.03, 0.6, 30)
    layers: list[Layer] = []
    for p in phi:
        at, up = np.array([p, p]), np.array([0.0, 0.3])
        if camera.facing(normals(surface, at, np.array([0.1, 0.3])))[0] > 0.05:
            a, b = camera.project(surface(at, up))
            layers.append(Line(spline([(float(a[0]), float(a[1])), (float(b[0]), float(b[1]))]), "edge", 3.4, 0.8))
    return layers


def _braid(surface, camera: Camera) -> list[Layer]:  # type: ignore[no-untyped-def]
    phi, t = np.meshgrid(np.linspace(0.01, 0.62, 46), np.linspace(0.08, 0.92, 7))
    low, high = np.clip(t - 0.05, 0, 1), np.clip(t + 0.06, 0, 1)
    shown = camera.facing(normals(surface, phi, np.clip(t, 0.1, 0.9))) > 0.05
    starts, ends = camera.project(surface(phi, low))[shown], camera.project(surface(phi + 0.006, high))[shown]
    strokes = [
        spline([(float(a[0]), float(a[1])), (float(b[0]), float(b[1]))]) for a, b in zip(starts, ends, strict=True)
    ]
    return [Line(" ".join(strokes), "rib", 1.3, 0.6, "#8f7040")] if strokes else []
