"""The pixels of one part: its color or pattern, the weave of its fabric, and the light on both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import skia

from stylist.garments import fabrics, light, palette
from stylist.garments.fabrics import Fabric

Pixels = npt.NDArray[np.float32]
_LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
_REACH = 11.0
_CHANNEL = 74.0
_SKIN = (0.84, 0.70, 0.60)
_WARP = skia.RuntimeEffect.MakeForShader(
    """
    uniform shader tile; uniform shader rise; uniform float reach;
    half4 main(float2 p) {
        half4 r = rise.eval(p);
        return tile.eval(p + reach * (float2(r.rg) * 2.0 - 1.0));
    }
    """
)


@dataclass(frozen=True)
class Print:
    """A pattern ready to be laid on cloth: an image, `unit` canvas units a pixel, that repeats or lies at `origin`."""

    image: skia.Image
    unit: float
    repeats: bool = True
    origin: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Piece:
    """Where a part lies on the working canvas: its path and box (left, top, right, bottom) in pixels.

    `scale` is pixels a canvas unit; `grain` turns weave and pattern, in degrees.
    """

    path: skia.Path
    box: tuple[int, int, int, int]
    scale: float
    grain: float

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width) in pixels."""
        return self.box[3] - self.box[1], self.box[2] - self.box[0]

    def matrix(self, unit: float) -> skia.Matrix:
        """From a tile of `unit` canvas units a pixel to pixels of the piece, turned about the canvas's middle."""
        matrix = skia.Matrix.Translate(-self.box[0], -self.box[1])
        matrix.preScale(self.scale, self.scale)
        matrix.preTranslate(500, 500)
        matrix.preRotate(self.grain)
        matrix.preTranslate(-500, -500)
        matrix.preScale(unit, unit)
        return matrix

    def matrix_at(self, origin: tuple[float, float], unit: float) -> skia.Matrix:
        """From an image that lies once at `origin` of the canvas to pixels of the piece; no grain turns it."""
        matrix = skia.Matrix.Translate(-self.box[0], -self.box[1])
        matrix.preScale(self.scale, self.scale)
        matrix.preTranslate(*origin)
        matrix.preScale(unit, unit)
        return matrix


@dataclass(frozen=True)
class Look:
    """What a part is made of and how it lies.

    `yarn` is the fabric's other yarn; `print` None for plain cloth; `volume` and `roundness` (0..1) its form across and
    along the grain; `size` scales weave and pattern; `tone` lightens or darkens the print; `lined` says whether an open
    fabric such as lace lies on a lining or lets one see through.
    """

    color: palette.RGB
    fabric: Fabric
    yarn: palette.RGB
    print: Print | None
    volume: float
    roundness: float
    size: float
    folds: light.Drape
    tone: float
    lined: bool


def coverage(piece: Piece) -> Pixels:
    """The part's silhouette 0..1 at half the working resolution."""
    height, width = piece.shape
    stencil = skia.Surface((width + 1) // 2, (height + 1) // 2)
    canvas = stencil.getCanvas()
    canvas.scale(0.5, 0.5)
    canvas.translate(-piece.box[0], -piece.box[1])
    canvas.drawPath(piece.path, skia.Paint(AntiAlias=True))
    return np.asarray(_bytes(stencil)[..., 3], np.float32) / 255


def pixels(piece: Piece, look: Look) -> npt.NDArray[np.uint8]:
    """Lit cloth over the piece's box: straight RGBA bytes (height, width, 4); the caller clips it to the path."""
    height, width = piece.shape
    mask = coverage(piece)
    fabric = look.fabric
    folds = look.folds.piece(piece.box[1] // 2, piece.box[0] // 2, *mask.shape, fabric.crisp)
    folds = folds * np.float32(fabric.drape * min(1.0, 2 * look.volume))
    if fabric.puff:
        folds = folds + _puffs(piece, mask.shape) * np.float32(fabric.puff)
    relief = light.relief(mask, look.volume, folds, piece.scale / 2, piece.grain, look.roundness)
    slope = light.resized(relief.slope, width, height)
    rim = light.resized(relief.rim, width, height)
    ground, level = _ground(piece, look, relief)
    weave = _bytes_of_shader(
        piece.shape, fabrics.weave(fabric.weave).makeShader(_REPEAT, _REPEAT, _LINEAR, piece.matrix(look.size))
    )
    cloth = _woven(ground, weave, look, level, rim)
    result = np.empty((height, width, 4), np.uint8)
    result[..., 3] = weave[..., 2]
    if fabric.open and look.lined:
        share = weave[..., 2:3].astype(np.float32) / 255
        slip = palette.mix(palette.toned(look.color, -0.16), _SKIN, 0.28)
        lining = np.asarray(slip, np.float32)
        cloth = lining + (cloth - lining) * share
        result[..., 3] = 255
    gloss = 1 + (weave[..., 0].astype(np.float32) - 118) / 60 if fabric.broken else None
    result[..., :3] = np.clip(_lit(cloth, slope, rim, look, level, gloss) * 255 + 0.5, 0, 255)
    return result


_REPEAT, _ONCE = skia.TileMode.kRepeat, skia.TileMode.kDecal


def _bytes(surface: skia.Surface) -> npt.NDArray[np.uint8]:
    return np.asarray(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))


def _bytes_of_shader(shape: tuple[int, int], shader: skia.Shader) -> npt.NDArray[np.uint8]:
    surface = skia.Surface(shape[1], shape[0])
    surface.getCanvas().drawPaint(skia.Paint(Shader=shader))
    return _bytes(surface)


def _ground(piece: Piece, look: Look, relief: light.Relief) -> tuple[Pixels, float]:
    """The cloth's dye before weave and light, (height, width, 3) or (1, 1, 3), and its mean lightness."""
    if look.print is None:
        return np.asarray(look.color, np.float32).reshape(1, 1, 3), palette.luminance(look.color)
    rows, columns = relief.slope.shape
    rise = np.full((rows, columns, 4), 255, np.uint8)
    for channel, field in enumerate((relief.rise_x, relief.rise_y)):
        rise[..., channel] = np.clip(128 - field * 110, 0, 255)
    height, width = piece.shape
    if look.print.repeats:
        matrix = piece.matrix(look.print.unit * look.size)
    else:
        matrix = piece.matrix_at(look.print.origin, look.print.unit)
    mode = _REPEAT if look.print.repeats else _ONCE
    builder = skia.RuntimeEffectBuilder(_WARP)
    builder.setChild("tile", look.print.image.makeShader(mode, mode, _LINEAR, matrix))
    bend = skia.Image.fromarray(rise, skia.kRGBA_8888_ColorType)
    clamp = skia.TileMode.kClamp
    builder.setChild("rise", bend.makeShader(clamp, clamp, _LINEAR, skia.Matrix.Scale(width / columns, height / rows)))
    builder.setUniform("reach", _REACH * piece.scale)
    found = _bytes_of_shader(piece.shape, builder.makeShader())
    dye = found[..., :3].astype(np.float32) * np.float32(1 / 255)
    if not look.print.repeats:
        share = found[..., 3:].astype(np.float32) * np.float32(1 / 255)
        dye = np.where(share > 0, dye, 0) * share + np.asarray(look.color, np.float32) * (1 - share)
    elif look.tone:
        end = np.float32(1.0 if look.tone > 0 else 0.0)
        dye += (end - dye) * np.float32(abs(look.tone))
    return dye, float(dye[::8, ::8].mean())


def _woven(ground: Pixels, weave: npt.NDArray[np.uint8], look: Look, level: float, rim: Pixels) -> Pixels:
    """Dyed cloth with its weave, flecks and wear, (height, width, 3)."""
    fabric = look.fabric
    tone = (weave[..., :1].astype(np.float32) - 128) * np.float32(fabric.strength / 127)
    amount = np.float32(0.05 + 0.5 * level * (1 - 0.86 * level))
    cloth = ground * np.float32(1 - fabric.deep) + tone * amount
    if fabric.fleck:
        share = weave[..., 1:2].astype(np.float32) * np.float32(fabric.fleck / 255)
        cloth += (np.asarray(look.yarn, np.float32) - cloth) * share
    if fabric.fade:
        worn = np.clip(1 - rim * 1.25, 0, 1)[..., None] ** 2 * np.float32(
            fabric.fade * look.volume * 2 * (0.35 + 0.65 * level)
        )
        cloth += (np.asarray(palette.mix(look.yarn, (1, 1, 1), 0.2), np.float32) - cloth) * worn
    return np.asarray(cloth, np.float32)


def _lit(cloth: Pixels, slope: Pixels, rim: Pixels, look: Look, level: float, gloss: Pixels | None) -> Pixels:
    """Cloth under the light: shade keeps some hue, highlights go towards white as far as the fabric gleams."""
    fabric = look.fabric
    deep = np.float32(fabric.diffuse)
    edge = rim * rim * np.float32(0.36 * (1 - 1.4 * min(fabric.sheen, 0.7)))
    dark = np.clip(-slope * 0.62 * deep + edge, 0, 0.88)[..., None]
    lift = np.clip(slope * 0.34 * deep, 0, 0.5)
    glow = fabric.sheen * rim * (0.35 + 0.65 * np.clip(slope * 3 + 0.4, 0, 1))
    # Dark cloth shows its form by highlights, light cloth by shade.
    lift = lift * np.float32(0.5 + 0.5 * (1 - level)) + glow
    shadow = cloth * np.asarray((0.21, 0.20, 0.23), np.float32)
    result = cloth + (shadow - cloth) * dark
    bright = result + (1 - result) * np.float32(0.42) + result * np.float32(0.25)
    result += (np.minimum(bright, 1) - result) * lift[..., None]
    if fabric.gloss:
        # Room for the gleam on pale cloth.
        result *= np.float32(1 - 0.14 * fabric.gloss * level)
        gleam = light.lobe(slope, 0.22, fabric.tight) - light.lobe(np.zeros((1, 1), np.float32), 0.22, fabric.tight)
        gleam = np.clip(gleam, 0, 1) * np.float32(fabric.gloss)
        if gloss is not None:
            gleam = gleam * np.clip(gloss, 0.6, 1.25)
        result += (1 - result) * gleam[..., None]
    return np.asarray(result, np.float32)


def _puffs(piece: Piece, shape: tuple[int, int]) -> Pixels:
    """Heights of down between quilting seams that run across the grain, in canvas units, with puckers along the seams.

    A part hardly taller than a channel is one channel already and only puckers.
    """
    step = 2 / piece.scale
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    x = (piece.box[0] + x * 2) / piece.scale
    y = (piece.box[1] + y * 2) / piece.scale
    turn = np.float32(np.deg2rad(piece.grain))
    along = (y - 500) * np.cos(turn) - (x - 500) * np.sin(turn) + 500
    field = light.noise(77, 512, 9, 2.0)
    pucker = field[(y / step % 512).astype(np.int64), (x / step % 512).astype(np.int64)]
    phase = (along / _CHANNEL) % 1.0
    arch = np.sqrt(np.clip(1 - (2 * phase - 1) ** 2, 0, 1))
    if piece.shape[0] < 2.4 * _CHANNEL * piece.scale:
        return np.asarray(1.2 * pucker, np.float32)
    return np.asarray(17 * arch + 1.3 * pucker * (1 - 0.75 * arch), np.float32)
