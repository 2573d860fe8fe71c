"""Pens, and the colors that lines take from the cloth they lie on."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from stylist.garments import palette

METAL = {"gold": "#c9a24d", "silver": "#b4b8be"}
_OVER = skia.BlendMode.kSrcOver
_ON_CLOTH = skia.BlendMode.kSrcATop


@dataclass(frozen=True)
class Ink:
    """What lines take from the garment they lie on: its color, and the metal of its hardware."""

    cloth: palette.RGB
    metal: palette.RGB

    @property
    def dark(self) -> palette.RGB:
        return palette.toned(self.cloth, -0.72)

    @property
    def light(self) -> palette.RGB:
        return palette.mix(palette.toned(self.cloth, 0.45), (1.0, 1.0, 1.0), 0.25)

    @property
    def weight(self) -> float:
        """How strong a dark line may be: less on pale cloth, where it would look dirty."""
        return 1.0 - 0.38 * max(0.0, palette.luminance(self.cloth) - 0.5) / 0.5

    @property
    def contrast(self) -> float:
        """How much stronger a highlight must be on this cloth than on a mid tone: dark cloth hides its shadows."""
        return 1.0 + 0.8 * max(0.0, 0.35 - palette.luminance(self.cloth)) / 0.35


def pen(
    color: palette.RGB,
    alpha: float,
    *,
    width: float = 0.0,
    blur: float = 0.0,
    on_cloth: bool = True,
    butt: bool = False,
) -> skia.Paint:
    """An antialiased paint; a stroke where `width` > 0. `on_cloth` keeps it within what is painted already."""
    paint = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*color, min(max(alpha, 0.0), 1.0)))
    paint.setBlendMode(_ON_CLOTH if on_cloth else _OVER)
    if width > 0:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kButt_Cap if butt else skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    if blur > 0:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint
