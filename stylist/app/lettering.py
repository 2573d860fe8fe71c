"""A font that holds the letters of a short text on a board. Latin needs nothing; Korean needs a font of the system."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=64)
def font_for(latin: bool, size: int, names: tuple[str, ...]) -> Font | None:
    """Pillow's own font for Latin text, else the first of the system's fonts `names` that is found; None where none is."""
    if latin:
        return ImageFont.load_default(size)
    for name in names:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None


def is_latin(text: str) -> bool:
    """True where Pillow's own font can write the text."""
    return all(ord(letter) < 0x180 for letter in text)


def wrapped(text: str, font: Font, width: float, most: int) -> list[str]:
    """The text in at most `most` lines of `width` pixels; what is left over ends in an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and font.getlength(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if words and lines:
        lines[-1] += "…"
    return [_clipped(line, font, width) for line in lines]


def _clipped(line: str, font: Font, width: float) -> str:
    while font.getlength(line) > width and len(line) > 2:
        line = line.rstrip("…")[:-1].rstrip() + "…"
    return line
