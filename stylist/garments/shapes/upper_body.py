"""The block of garments for the upper body, as a pattern cutter has it: torso and armholes, in centimetres.

Outlines are front views on an invisible mannequin: x = 0 is the centre front, y = 0 the highest point of the shoulder, the
side with x > 0 is drawn and the other mirrored. Sleeves, necks, collars and fastenings have files of their own.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from stylist.garments.parts import GarmentSpec, Shade
from stylist.garments.shapes.beziers import Curve, Point, between, cut, join, shift, spline, symmetric, x_at
from stylist.garments.shapes.sketch import Sketch, shade

HIP_Y = 62.0


@dataclass(frozen=True)
class Block:
    """Half widths and heights of a garment, in centimetres; `arm` is the length of a long sleeve."""

    neck: float
    shoulder: float
    slope: float
    underarm: float
    chest: float
    waist_y: float
    waist: float
    hip: float
    hem_y: float
    arm: float
    flare: float = 0.0
    ease: float = 0.0

    @property
    def tip(self) -> Point:
        """The shoulder tip, where the sleeve is set in."""
        return self.shoulder, self.slope

    @property
    def side(self) -> Curve:
        """The side seam from the underarm down to the hem."""
        profile = spline(
            (self.chest, self.underarm),
            (self.waist, self.waist_y),
            (self.hip, HIP_Y),
            (self.hip + self.flare * 0.55, HIP_Y + 35),
            (self.hip + self.flare, HIP_Y + 75),
            start=(-0.1, 1),
        )
        return cut(profile, self.hem_y)[0]

    @property
    def hem(self) -> float:
        """Half the width at the hem."""
        return self.side[-1][0]

    @property
    def shoulder_seam(self) -> Curve:
        """From the neck point to the shoulder tip, very slightly hollow."""
        middle = ((self.neck + self.shoulder) / 2, self.slope * 0.53)
        return spline((self.neck, 0.0), middle, self.tip)

    @property
    def armhole(self) -> Curve:
        """From the shoulder tip down to the underarm."""
        depth = self.underarm - self.slope
        return spline(
            self.tip,
            (self.shoulder - 1.6, self.slope + depth * 0.40),
            (self.shoulder - 1.5, self.slope + depth * 0.72),
            (self.chest, self.underarm),
            start=(-0.3, 1),
            end=(0.85, 0.53),
        )


_SIZES = {
    "women": Block(8.6, 19.2, 4.6, 23.5, 20.6, 39.0, 18.8, 21.4, 62.0, 57.0),
    "men": Block(8.9, 22.4, 5.4, 26.0, 23.4, 46.0, 22.4, 22.9, 69.0, 62.0),
    "unisex": Block(8.8, 21.0, 5.0, 25.0, 22.2, 42.0, 21.4, 22.2, 66.0, 60.0),
}
FITS = {"slim": -1.0, "regular": 0.0, "loose": 1.0}
"""How far a fit departs from the regular one, towards loose."""


def block(spec: GarmentSpec, hem_y: float | None = None, ease: float = 0.0, flare: float = 0.0) -> Block:
    """The block for a spec: its gender's size, changed by its fit.

    `hem_y` is the length for women (men's garments are a tenth longer), `ease` the room over other clothes, 0 for a shirt
    and 1 for a jacket to 2 for a coat.
    """
    size = _SIZES.get(spec.gender, _SIZES["unisex"])
    taller = {"women": 1.0, "men": 1.1}.get(spec.gender, 1.05)
    fit = FITS.get(spec.fit, 0.0)
    loose, slim = max(fit, 0.0), max(-fit, 0.0)
    return dataclasses.replace(
        size,
        neck=size.neck + 0.25 * ease,
        shoulder=size.shoulder + 2.8 * loose - 0.6 * slim + 0.8 * ease,
        slope=size.slope + 1.0 * loose,
        underarm=size.underarm + 2.4 * loose - 0.8 * slim + 1.1 * ease,
        chest=size.chest + 2.6 * loose - 0.9 * slim + 1.1 * ease,
        waist=size.waist + 4.0 * loose - 1.2 * slim + 1.3 * ease,
        hip=size.hip + 2.8 * loose - 0.9 * slim + 1.5 * ease,
        hem_y=(hem_y * taller if hem_y else size.hem_y) + 1.5 * loose,
        arm=size.arm - 0.5 * loose + 0.6 * ease,
        flare=flare,
        ease=ease,
    )


def torso(body: Block, neck: Curve, sag: float = 0.8) -> Curve:
    """The whole front: `neck` runs from the centre front to the neck point; the hem sags by `sag` at the centre."""
    hem = spline((body.hem, body.hem_y), (body.hem * 0.5, body.hem_y + sag * 0.8), (0.0, body.hem_y + sag), end=(-1, 0))
    return symmetric(join(neck, body.shoulder_seam, body.armhole, body.side, hem))


def front(body: Block, edge: Curve, armhole: Curve | None = None, hem: Curve | None = None) -> Curve:
    """The right front of an open garment; `edge` runs from the hem up the front, around the neckline to the neck point.

    `hem` runs from the side seam to the start of `edge`; straight if not given.
    """
    below = hem or spline(
        (body.hem, body.hem_y), ((body.hem + edge[0][0]) / 2, (body.hem_y + edge[0][1]) / 2 + 0.25), edge[0]
    )
    return join(edge, body.shoulder_seam, armhole or body.armhole, body.side, below)


def strip(body: Block, top: float, bottom: float, sag: float = 0.8, inset: float = 0.0) -> Curve:
    """A band across the whole front between two heights (a rib, a yoke, a tier), drawn in by `inset` at the bottom."""
    x_top, x_bottom = x_at(body.side, top), x_at(body.side, bottom) - inset
    upper = spline((0.0, top + sag), (x_top * 0.5, top + sag * 0.8), (x_top, top), start=(1, 0))
    edge = between(body.side, top, bottom) if inset == 0 else spline((x_top, top), (x_bottom, bottom), start=(-0.2, 1))
    lower = spline((x_bottom, bottom), (x_bottom * 0.5, bottom + sag * 0.8), (0.0, bottom + sag), end=(-1, 0))
    return symmetric(join(upper, edge, lower))


def torso_shades(body: Block, sketch: Sketch, soft: float = 1.0) -> tuple[Shade, ...]:
    """Shadow at the sides and under the arms, soft folds from the bust and up from the hem, light on the chest."""
    rng, side = sketch.rng, body.side
    result: list[Shade] = []
    for sign in (-1, 1):
        edge = tuple((sign * x, y) for x, y in side)
        result.append(shade(edge, 0.26, 5.0, 2.2))
        x, y = sign * body.chest, body.underarm
        for reach, drop in ((8.5, -2.5), (7.0, 7.5)):
            reach, drop = reach + rng.uniform(-1.5, 1.5), drop + rng.uniform(-1.5, 1.5)
            fold = spline(
                (x - sign * 0.4, y + 0.6), (x - sign * reach * 0.55, y + drop * 0.35), (x - sign * reach, y + drop)
            )
            result.append(shade(fold, 0.11 * soft, 1.6, 0.9))
            result.append(shade(shift(fold, 0.0, 1.7), -0.06 * soft, 1.6, 0.9))
        for place in (0.32, 0.68):
            foot = body.hem * (place + rng.uniform(-0.10, 0.10))
            rise = min(body.hem_y - body.underarm, 44.0) * rng.uniform(0.45, 0.8)
            sway = rng.uniform(-1.2, 1.6)
            fold = spline(
                (sign * foot, body.hem_y + 0.5), (sign * (foot - 0.4 + sway), body.hem_y - rise * 0.5),
                (sign * (foot * 0.86 + sway), body.hem_y - rise),
            )  # fmt: skip
            result.append(shade(fold, 0.10 * soft, 2.4, 1.4))
            result.append(shade(shift(fold, sign * 2.2, 0.0), -0.06 * soft, 2.4, 1.4))
    result.append(shade(spline((-7, body.underarm - 5), (-6, body.underarm + 12)), -0.09, 9, 4.5))
    return tuple(result)


def torso_lines(body: Block, sketch: Sketch) -> None:
    """Fine folds that run from the underarms over the chest and in at the waist."""
    for sign in (-1, 1):
        for start, reach, drop in ((1.0, 7.5, 4.5), (4.5, 6.0, 5.5), (12.0, 5.5, -2.2)):
            y = body.underarm + start + sketch.rng.uniform(-0.8, 0.8)
            if y > body.hem_y - 12:
                continue
            x = x_at(body.side, y) - 0.3
            reach, drop = reach * sketch.rng.uniform(0.7, 1.2), drop * sketch.rng.uniform(0.7, 1.2)
            points = ((x, y), (x - reach * 0.5, y + drop * 0.36), (x - reach, y + drop))
            sketch.line(spline(*((sign * px, py) for px, py in points)), "fold", 2.2, opacity=0.5)
