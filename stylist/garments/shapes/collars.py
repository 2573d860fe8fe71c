"""Shirt collars and tailored lapels, in the centimetres of `upper_body.py`.

A collar is drawn in two steps: what lies behind the front (`back`) before the torso, the rest after it. Its `shadow` falls on
the cloth below and belongs to the shades of the front.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylist.garments.parts import Shade
from stylist.garments.shapes.beziers import (
    Curve,
    Point,
    across,
    cut,
    flip,
    join,
    line,
    reverse,
    shift,
    spline,
    symmetric,
    x_at,
)
from stylist.garments.shapes.necks import neckline
from stylist.garments.shapes.sketch import Sketch, shade


@dataclass(frozen=True)
class ShirtCollar:
    """A turn-down collar: `point` is the tip of its leaf, `fold` how high it stands, `meet` where the leaves meet."""

    neck: float
    point: Point = (7.0, 10.8)
    fold: float = 2.4
    meet: float = 4.9
    rounded: bool = False

    @property
    def crease(self) -> Curve:
        """The fold of the leaf, from the centre up to the side of the neck."""
        return spline(
            (0.3, self.meet), (self.neck * 0.58, self.meet * 0.48), (self.neck - 1.2, -self.fold), start=(0.75, -0.5)
        )

    @property
    def leaf(self) -> Curve:
        """The right leaf."""
        (px, py), side = self.point, (self.neck + 1.0, 1.1)
        turn = spline(
            (self.neck - 1.2, -self.fold), (self.neck + 0.1, -self.fold * 0.55), side, start=(0.8, -0.1), end=(0.2, 1)
        )
        if self.rounded:
            lobe = spline(
                side,
                (side[0] + 0.6, py * 0.55),
                (px, py),
                (px * 0.45, py * 0.93),
                (0.3, self.meet),
                start=(0.3, 1),
                end=(-0.1, -1),
            )
            return join(self.crease, turn, lobe)
        outer = spline(side, ((side[0] + px) / 2 + 0.35, py * 0.55), (px, py), start=(0.1, 1))
        edge = spline((px, py), (px * 0.5, (py + self.meet) / 2 + 0.25), (0.3, self.meet))
        return join(self.crease, turn, outer, edge)

    @property
    def shadow(self) -> Shade:
        """The shadow of the right leaf on the cloth below."""
        return shade(shift(self.leaf, 0.15, 0.8), 0.34, 0.0, 0.55, fill=True)

    def back(self, sketch: Sketch, opening: float = 0.0) -> None:
        """The inside of the collar at the back; `opening` is how far down the front is open."""
        x, y, low = self.neck - 1.2, -self.fold, max(self.meet + 1.5, opening + 1)
        top = spline((0.0, y - 1.3), (x * 0.62, y - 0.95), (x, y), start=(1, 0))
        flank = spline((x, y), (self.neck + 0.5, 1.2))
        sketch.part(
            symmetric(join(top, flank, line(flank[-1], (self.neck * 0.6, low), (0.0, low)))),
            "lining",
            (shade(line((-x, 3.4), (x, 3.4)), 0.2, 4, 1.8),),
            tone=-0.16,
            volume=0.1,
        )
        seam = spline((0.0, 0.9), (x * 0.6, 0.7), (x + 0.6, -0.3), start=(1, 0))
        sketch.part(
            symmetric(join(top, line((x, y), seam[-1]), reverse(seam))),
            "collar",
            (shade(across(top), -0.08, 1.2, 0.5),),
            tone=-0.05,
            volume=0.1,
        )
        sketch.line(across(seam), "seam", 1.8, opacity=0.8)

    def leaves(self, sketch: Sketch, buttons: bool = False, **look: object) -> None:
        """Both leaves, with topstitching (and the small buttons of a button-down)."""
        light = (shade(self.crease, -0.12, 1.3, 0.6), shade(shift(self.crease, 0.6, 1.9), 0.07, 1.6, 0.8))
        sketch.pair(self.leaf, "collar", light, grain=12.0, volume=0.25, **look)
        edge = tuple(
            ((x - self.neck * 0.45) * 0.93 + self.neck * 0.45, (y - 3.0) * 0.93 + 2.85) for x, y in self.leaf[6:]
        )
        sketch.lines(edge, "stitch", 1.3, opacity=0.7)
        if buttons:
            for sign in (-1, 1):
                sketch.button(sign * (self.point[0] - 0.55), self.point[1] - 1.2, 0.34)


@dataclass(frozen=True)
class Lapel:
    """A tailored collar: notch, peak or shawl; the front folds back from `break_y` at `front_x` up to the neck.

    Coordinates are those of the right side; `front_x` < 0 when the front reaches over the centre.
    """

    neck: float
    break_y: float
    front_x: float = -1.6
    width: float = 8.2
    gorge_y: float = 9.5
    kind: str = "notch"

    @property
    def roll(self) -> Curve:
        """The line along which the lapel folds, from the break up to the neck."""
        x, y = self.neck - 0.9, -2.0
        return spline(
            (self.front_x, self.break_y), ((self.front_x + x) / 2 + 0.5, (self.break_y + y) / 2), (x, y), end=(0.12, -1)
        )

    def _roll_x(self, y: float) -> float:
        return x_at(reverse(self.roll), y)

    @property
    def edge(self) -> Curve:
        """The edge of the front below the lapel, from the break to the neck point: for `upper_body.front`."""
        return join(cut(reverse(self.roll), 0.0)[1][::-1], line((self._roll_x(0.0), 0.0), (self.neck, 0.0)))

    @property
    def _marks(self) -> tuple[Point, Point, Point, Point]:
        """Where the gorge starts on the roll line, the notch, the tip of the lapel and the tip of the collar."""
        y, w = self.gorge_y, self.width
        x = self._roll_x(y)
        start = (self._roll_x(y - 3.4), y - 3.4)
        if self.kind == "peak":
            return start, (x + w * 0.60, y - 1.0), (x + w * 1.10, y - 4.4), (x + w * 0.72, y - 3.3)
        return start, (x + w * 0.60, y - 0.4), (x + w, y + 0.5), (x + w * 0.84, y - 3.2)

    @property
    def outer(self) -> Curve:
        """The free edge of the lapel from its tip down to the break."""
        tip = self._marks[2] if self.kind != "shawl" else (self._roll_x(self.gorge_y) + self.width, self.gorge_y)
        middle = (tip[1] + self.break_y) * 0.5
        belly = (self._roll_x(middle) + self.width * 0.66, middle)
        start = None if self.kind != "shawl" else (0.0, 1.0)
        return spline(tip, belly, (self.front_x, self.break_y), start=start, end=(-0.45, 1))

    @property
    def _around(self) -> Curve:
        """The collar's edge from the neck fold over the shoulder."""
        x, y = self.neck - 0.9, -2.0
        return spline((x, y), (self.neck + 0.5, y + 0.5), (self.neck + 2.3, 1.3), start=(0.8, -0.2))

    @property
    def lapel(self) -> Curve:
        """The outline of the right lapel (for a shawl, of the whole right side)."""
        if self.kind == "shawl":
            around = self._around
            side = spline(around[-1], (self.outer[0][0] - 0.5, self.gorge_y * 0.45), self.outer[0], end=(0.05, 1))
            return join(self.roll, around, side, self.outer)
        start, notch, tip, _ = self._marks
        below = cut(reverse(self.roll), start[1])[1]
        return join(reverse(below), line(start, notch), spline(notch, tip), self.outer)

    @property
    def collar(self) -> Curve:
        """The outline of the right half of the collar above the gorge; not for a shawl."""
        start, notch, _, tip = self._marks
        above = cut(reverse(self.roll), start[1])[0]
        around = self._around
        side = spline(around[-1], ((around[-1][0] + tip[0]) / 2 + 0.35, tip[1] * 0.5 + 0.6), tip)
        return join(reverse(above), around, side, line(tip, notch, start))

    @property
    def shadow(self) -> Shade:
        """The shadow of lapel and collar on the front below."""
        return shade(shift(self.lapel, 0.35, 0.8), 0.36, 0.0, 0.7, fill=True)

    def back(self, sketch: Sketch) -> None:
        """The inside of the back with its lining and the stand of the collar."""
        x, y = self.neck - 0.9, -2.0
        top = spline((0.0, y - 1.3), (x * 0.62, y - 0.9), (x, y), start=(1, 0))
        foot = (0.0, self.break_y + 1.5)
        inside = symmetric(
            join(
                top,
                spline((x, y), (self.neck + 0.4, 1.0)),
                line((self.neck + 0.4, 1.0), (self.neck * 0.62, self.break_y * 0.55), foot),
            )
        )
        gloom = shade(spline((-x, 4.0), (0.0, 5.5), (x, 4.0)), 0.25, 5.5, 2.4)
        sketch.part(
            inside, "lining", (gloom, shade(line((0, 12), foot), 0.25, 8, 3)), tone=-0.3, printed=False, volume=0.1
        )
        seam = spline((0.0, 1.4), (x * 0.6, 1.2), (x + 0.7, 0.2), start=(1, 0))
        sketch.part(symmetric(join(top, line((x, y), seam[-1]), reverse(seam))), "collar", tone=-0.08, volume=0.15)
        sketch.line(across(seam), "seam", 1.8)
        tag = line((-2.0, 2.6), (2.0, 2.6), (2.0, 4.2), (-2.0, 4.2), (-2.0, 2.6))
        sketch.part(tag, "trim", color="#e9e2d3", material="satin", printed=False, volume=0.0)

    def side(self, sketch: Sketch, sign: int, stitched: bool = False, **look: object) -> None:
        """Lapel and collar of one side (1 is the right of the picture)."""
        roll_light = shade(flip(shift(self.roll, 0.7, 0), sign), -0.13, 1.4, 0.7)
        depth = shade(flip(self.roll, sign), 0.20, 0.7, 0.35)
        sketch.part(flip(self.lapel, sign), "collar", (roll_light, depth), grain=-8.0 * sign, volume=0.3, **look)
        sketch.line(flip(self.outer, sign), "edge", 1.5, opacity=0.7)
        if self.kind != "shawl":
            sketch.part(flip(self.collar, sign), "collar", (depth, roll_light), grain=-20.0 * sign, volume=0.3, **look)
            start, notch, *_ = self._marks
            sketch.line(flip(line(start, notch), sign), "seam", 2.0)
        if stitched:
            sketch.line(flip(shift(self.outer, -0.6, -0.2), sign), "stitch", 1.3, opacity=0.8)


def band_collar(sketch: Sketch, neck: float) -> None:
    """A band that stands around the neck, buttoned in front; draw it after the torso."""
    low = neckline("crew", neck, 7.0)
    high = spline((0.0, 4.6), (neck * 0.56, 3.2), (neck - 1.2, -2.2), start=(1, 0))
    band = join(low, line(low[-1], high[-1]), reverse(high), line(high[0], low[0]))
    sketch.pair(band, "collar", (shade(high, -0.08, 0.8, 0.4),), volume=0.25)
    sketch.lines(low, "seam", 1.8)
    sketch.line(line((-0.3, 4.6), (-0.1, 7.0)), "edge", 1.6)
    sketch.button(0.5, 5.9, 0.42)
