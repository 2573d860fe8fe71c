"""Each outfit as one picture: its garments laid out together on paper, as a stylist lays them on a table.

Where things lie and how large they are stands in `data/board.yaml`. Knows nothing of sessions or pages.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from stylist import vocabulary as v
from stylist.app.lettering import font_for, is_latin
from stylist.app.sprites import INK, Sprite, sprite_of, title_card
from stylist.catalog.items import Item
from stylist.errors import ImageError
from stylist.names import item_name

WIDTH, HEIGHT = 900, 1100
_RULES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "board.yaml").read_text(encoding="utf-8"))

_STEP, _END = 0.17, 0.975  # of the page's height: between pieces of one slot; what the lowest may reach

PictureOf = Callable[[Item], Path | None]


@dataclass(frozen=True)
class Place:
    """A sprite on the board: its box in pixels before it is turned by `turn` degrees about its middle."""

    slot: str
    sprite: Sprite
    left: float
    top: float
    width: float
    height: float
    turn: float
    owned: bool = False


def shape_of(items: Sequence[Item]) -> str:
    """The name of the layout for an outfit."""
    slots = {item.slot for item in items}
    if any(item.type in v.COVERS_TOP for item in items):
        return "outer-dress" if "outer" in slots else "dress"
    if "outer" in slots:
        return "outer-top-bottom" if "top" in slots else "outer-bottom"
    return "top-bottom"


def board(items: Sequence[Item], picture_of: PictureOf, owned: Collection[str] = (), tag: str = "yours") -> Image.Image:
    """The outfit as an RGB picture of WIDTH x HEIGHT. Items whose id is in `owned` carry the `tag`.

    An item whose picture is missing or damaged becomes a card with its title.
    """
    shape = shape_of(items)
    places = arrange(items, [_sprite(item, picture_of) for item in items], owned)
    paper = best_paper([place.sprite.color for place in places])
    page = _paper(paper, shape).copy()
    for place in places:
        _lay(page, place)
    for place in places:
        if place.owned:
            _tag(page, place, tag)
    return page


def _sprite(item: Item, picture_of: PictureOf) -> Sprite:
    path = picture_of(item)
    if path is not None:
        try:
            return sprite_of(path)
        except (ImageError, OSError):
            pass
    return title_card(item.title, item_name(item), _RULES["fonts"])


def arrange(items: Sequence[Item], sprites: Sequence[Sprite], owned: Collection[str] = ()) -> list[Place]:
    """Where each sprite lies, lowest layer first; every turned sprite stays inside its box and so on the page."""
    layout = _RULES["layouts"][shape_of(items)]
    layers = list(layout["places"])
    result, seen = [], dict.fromkeys(layers, 0)
    order = sorted(range(len(items)), key=lambda n: layers.index(_layer(items[n].slot, layers)))
    for number in order:
        item, sprite = items[number], sprites[number]
        layer = _layer(item.slot, layers)
        place = layout["places"][layer]
        box = _shifted(place["box"], seen[layer])
        seen[layer] += 1
        result.append(_fitted(item, sprite, layout["scale"], box, place, item.id in owned))
    return result


def _layer(slot: str, layers: Sequence[str]) -> str:
    return slot if slot in layers else "accessory"


def _shifted(box: Sequence[float], times: int) -> tuple[float, float, float, float]:
    """The box of a second or third piece of one slot: a step further down, or up where the page ends."""
    left, top, right, bottom = box
    down = (_STEP if bottom + _STEP * times <= _END else -_STEP) * times
    down = max(down, min(0.0, 1 - _END - top))
    aside = -0.05 * times if left > 0.5 else 0.05 * times
    return max(0.0, left + aside), top + down, min(1.0, right + aside), bottom + down


def _fitted(
    item: Item, sprite: Sprite, scale: float, box: Sequence[float], place: dict[str, Any], owned: bool
) -> Place:
    left, top, right, bottom = (f * side for f, side in zip(box, (WIDTH, HEIGHT, WIDTH, HEIGHT), strict=True))
    aspect = sprite.image.width / sprite.image.height
    tall, wide = _centimeters(item)
    if sprite.kind == "cutout":
        height = min(tall * scale, wide * scale / aspect)
    else:
        area = min(max(tall * wide, 1300.0), 5200.0) * scale * scale
        height = math.sqrt(area / aspect)
    turn = float(place["turn"]) if sprite.kind == "cutout" else 0.6 * float(place["turn"])
    sine, cosine = abs(math.sin(math.radians(turn))), abs(math.cos(math.radians(turn)))
    turned_width, turned_height = height * (aspect * cosine + sine), height * (aspect * sine + cosine)
    fit = min(1.0, (right - left) / turned_width, (bottom - top) / turned_height)
    height *= fit
    across, down = place["at"]
    middle_x = left + across * (right - left - fit * turned_width) + fit * turned_width / 2
    middle_y = top + down * (bottom - top - fit * turned_height) + fit * turned_height / 2
    width = height * aspect
    return Place(item.slot, sprite, middle_x - width / 2, middle_y - height / 2, width, height, turn, owned)


def _centimeters(item: Item) -> tuple[float, float]:
    """Height and greatest width of a garment."""
    tall, wide = _RULES["size"].get(item.type, (60, 60))
    tall = _RULES["length"].get(item.type, {}).get(item.length, tall)
    return float(tall), float(wide)


def best_paper(colors: Sequence[tuple[float, float, float]]) -> int:
    """The number of the paper that the palest-seeming garment stands out from best; ties go to the first, the lightest."""

    def nearest(paper: dict[str, list[int]]) -> float:
        tones = np.array([paper["ground"], paper["sheet"]], np.float32)
        gaps = [float(np.sqrt(((tones - np.array(color)) ** 2).sum(-1)).mean()) for color in colors]
        return min([*gaps, 60.0])

    return max(range(len(_RULES["papers"])), key=lambda n: (round(nearest(_RULES["papers"][n]) / 8), -n))


@lru_cache(maxsize=32)
def _paper(number: int, shape: str) -> Image.Image:
    """The page before anything lies on it: paper with a weave, a second sheet, light from the upper left."""
    rng = np.random.default_rng(7)
    colors = _RULES["papers"][number]
    page = np.empty((HEIGHT, WIDTH, 3), np.float32)
    page[:] = colors["ground"]
    left, top, right, bottom = _RULES["sheets"][shape]
    rows = slice(round(top * HEIGHT), round(bottom * HEIGHT))
    columns = slice(round(left * WIDTH), round(right * WIDTH))
    page[rows, columns] = colors["sheet"]
    weave = (
        rng.normal(0, 1, (HEIGHT, 1)) * 0.55 + rng.normal(0, 1, (1, WIDTH)) * 0.55 + rng.normal(0, 1.1, (HEIGHT, WIDTH))
    )
    down, across = np.mgrid[0 : 1 : HEIGHT * 1j, 0 : 1 : WIDTH * 1j]
    light = 5.0 - 7.0 * (0.45 * across + 0.55 * down) - 9.0 * np.maximum(0, np.hypot(across - 0.5, down - 0.5) - 0.45)
    page += (weave + light)[..., None]
    return Image.fromarray(page.clip(0, 255).astype(np.uint8))


def _lay(page: Image.Image, place: Place) -> None:
    """Pastes a sprite and, below it, a soft shadow."""
    size = (max(1, round(place.width)), max(1, round(place.height)))
    image = place.sprite.image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    if place.turn:
        image = ImageOps.expand(image, 2, (255, 255, 255, 0))  # a clear rim, so that the turned edge is smooth
        image = image.rotate(place.turn, Image.Resampling.BICUBIC, expand=True)
    left = round(place.left + place.width / 2 - image.width / 2)
    top = round(place.top + place.height / 2 - image.height / 2)
    alpha = image.getchannel("A")
    _shadow(page, alpha, left + 7, top + 14, blur=17, strength=0.27)
    _shadow(page, alpha, left + 2, top + 4, blur=4, strength=0.30)
    page.paste(image, (left, top), image)


def _shadow(page: Image.Image, alpha: Image.Image, left: int, top: int, blur: int, strength: float) -> None:
    """Darkens the page below `alpha`; blurred at a quarter of the size, which no eye tells from the whole."""
    reduced, margin = 4 if blur > 8 else 2, blur * 2
    small = alpha.resize((max(1, alpha.width // reduced), max(1, alpha.height // reduced)), Image.Resampling.BOX)
    wide = Image.new("L", (small.width + 2 * margin // reduced, small.height + 2 * margin // reduced), 0)
    wide.paste(small.point(lambda a: round(a * strength)), (margin // reduced, margin // reduced))
    wide = wide.filter(ImageFilter.BoxBlur(blur / reduced / 1.6)).filter(ImageFilter.BoxBlur(blur / reduced / 1.6))
    mask = wide.resize((alpha.width + 2 * margin, alpha.height + 2 * margin), Image.Resampling.BILINEAR)
    page.paste((52, 40, 30), (left - margin, top - margin), mask)


def _tag(page: Image.Image, place: Place, text: str) -> None:
    """A small paper tag on a garment that the person owns."""
    font = font_for(is_latin(text), 25, tuple(_RULES["fonts"])) or font_for(True, 25, ())
    if font is None:
        return
    text = text if is_latin(text) or font_for(False, 25, tuple(_RULES["fonts"])) else "✓"
    width, height = round(font.getlength(text)) + 58, 46
    left = min(max(8, round(place.left + place.width * 0.5 - width / 2)), WIDTH - width - 8)
    top = min(max(8, round(place.top + place.height - height * 0.8)), HEIGHT - height - 8)
    tag = Image.new("RGBA", (width * 2, height * 2), (0, 0, 0, 0))
    draw = ImageDraw.Draw(tag)
    notch = height * 0.5
    outline = [
        (notch, 0),
        (width * 2, 0),
        (width * 2, height * 2),
        (notch, height * 2),
        (0, height * 1.5),
        (0, height * 0.5),
    ]
    draw.polygon(outline, fill=(250, 246, 238, 255))
    draw.ellipse((18, height - 8, 34, height + 8), fill=(176, 160, 142, 255))
    tag = tag.resize((width, height), Image.Resampling.BOX)
    ImageDraw.Draw(tag).text((width / 2 + 8, height / 2), text, font=font, fill=INK, anchor="mm")
    tag = tag.rotate(-4, Image.Resampling.BICUBIC, expand=True)
    _shadow(page, tag.getchannel("A"), left + 2, top + 5, blur=5, strength=0.35)
    page.paste(tag, (left, top), tag)
