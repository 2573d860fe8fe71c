"""Belts of the garment's own cloth, buckled or tied, in centimetres."""

from __future__ import annotations

from stylist.garments.shapes.beziers import join, line, reverse, shift, spline
from stylist.garments.shapes.fastenings import box
from stylist.garments.shapes.sketch import Sketch, shade
from stylist.garments.shapes.upper_body import Block, strip


def belt(sketch: Sketch, body: Block, y: float, height: float = 4.2, buckle: bool = True, tied: bool = False) -> None:
    """A belt of the garment's cloth at the waist with its buckle, or tied with hanging ends."""
    piece = strip(body, y, y + height, 0.7)
    wide = body.waist
    ends = tuple(shade(line((s * wide, y), (s * wide, y + height)), 0.3, 4, 1.8) for s in (-1, 1))
    sketch.line(
        spline((-wide, y + height + 0.4), (0.0, y + height + 1.2), (wide, y + height + 0.4)), "fold", 6.0, opacity=0.4
    )
    sketch.part(piece, "waistband", ends, volume=0.45)
    for rim in (0.55, height - 0.55):
        sketch.line(spline((-wide, y + rim), (0.0, y + rim + 0.7), (wide, y + rim)), "stitch", 1.2, opacity=0.7)
    for sign in (-1, 1):
        x = sign * wide * 0.72
        sketch.part(box(x - 0.6, y - 0.8, 1.2, height + 1.8), "trim", volume=0.3)
    if tied:
        _knot(sketch, y, height)
    elif buckle:
        _buckle(sketch, 0.8, y + 0.6, height)


def _buckle(sketch: Sketch, x: float, y: float, height: float) -> None:
    tail = join(
        line((x - 0.5, y), (x + 9.0, y + 0.6)),
        spline((x + 9.0, y + 0.6), (x + 10.2, y + height / 2 + 0.5), (x + 8.9, y + height + 0.3)),
        line((x + 8.9, y + height + 0.3), (x - 0.5, y + height), (x - 0.5, y)),
    )
    sketch.part(
        tail,
        "waistband",
        (shade(line((x, y + height), (x + 9, y + height + 0.3)), 0.2, 0.8, 0.4),),
        tone=0.03,
        volume=0.3,
    )
    sketch.line(tail, "edge", 1.4, opacity=0.6)
    frame = join(box(x - 2.6, y - 0.8, 5.2, height + 1.6))
    hole = box(x - 1.7, y + 0.15, 3.4, height - 0.3)
    sketch.part(
        join(frame, reverse(hole), line(hole[0], frame[0])),
        "metal",
        color="#5b4636",
        material="leather",
        printed=False,
        volume=0.6,
    )
    sketch.part(
        box(x - 2.4, y + height / 2 - 0.3, 4.6, 0.6),
        "metal",
        color="#6b5544",
        material="leather",
        printed=False,
        volume=0.4,
    )
    for i in range(3):
        sketch.button(x + 4.2 + i * 1.7, y + height / 2 + 0.25, 0.28, "eyelet")


def _knot(sketch: Sketch, y: float, height: float) -> None:
    low = y + height
    for foot, lean, length in ((3.2, 1.6, 25.0), (-1.8, -1.4, 21.0)):
        x = foot * 0.3
        end = join(
            spline((x - 1.2, low - 1.0), (x - 1.9 + lean * 0.5, low + length * 0.5), (x - 2.0 + lean, low + length)),
            line((x - 2.0 + lean, low + length), (x + 1.8 + lean, low + length - 0.5)),
            spline(
                (x + 1.8 + lean, low + length - 0.5), (x + 2.0 + lean * 0.5, low + length * 0.5), (x + 1.2, low - 1.0)
            ),
        )
        sketch.line(shift(end, 0.3, 0.3), "fold", 6.0, opacity=0.3)
        sketch.part(
            end,
            "waistband",
            (shade(line((x, low), (x + 0.4 + lean, low + length * 0.6)), 0.2, 1.0, 0.6),),
            volume=0.45,
            grain=90.0,
        )
        sketch.line(end, "edge", 1.3, opacity=0.5)
    knot = spline(
        (-2.6, y + 0.2),
        (0.0, y - 0.7),
        (3.0, y + 0.3),
        (3.4, y + height * 0.6),
        (1.6, low + 1.2),
        (-1.4, low + 0.9),
        (-3.0, y + height * 0.6),
        (-2.6, y + 0.2),
    )
    sketch.part(
        knot,
        "waistband",
        (shade(spline((-2.0, y + 0.8), (0.4, y + 2.0), (2.4, low + 0.4)), 0.3, 0.9, 0.5),),
        volume=0.7,
    )
    sketch.line(knot, "edge", 1.4, opacity=0.5)
