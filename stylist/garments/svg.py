"""SVG path strings as Skia paths: the grammar of `d`, and nothing of how a path is painted."""

from __future__ import annotations

import re
from functools import lru_cache

import skia

from stylist.errors import StylistError

_TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


class GarmentError(StylistError):
    """An outline, color, fabric or pattern that cannot be drawn."""


@lru_cache(maxsize=4096)
def path(d: str) -> skia.Path:
    """The path of an SVG `d` string, in canvas units. Callers must not change it (it is cached).

    Raises GarmentError naming the place of what is not path grammar.
    """
    result = skia.Path()
    x = y = start_x = start_y = 0.0
    control: tuple[float, float] | None = None
    previous = ""
    for command, values in _segments(d):
        kind = command.upper()
        dx, dy = (x, y) if command.islower() else (0.0, 0.0)
        if kind == "Z":
            result.close()
            x, y = start_x, start_y
        elif kind == "M":
            x, y = start_x, start_y = values[0] + dx, values[1] + dy
            result.moveTo(x, y)
        elif kind in "LHV":
            x = values[0] + dx if kind != "V" else x
            y = values[-1] + dy if kind != "H" else y
            result.lineTo(x, y)
        elif kind == "A":
            rx, ry, turn, large, sweep = values[:5]
            x, y = values[5] + dx, values[6] + dy
            size = skia.Path.ArcSize.kLarge_ArcSize if large else skia.Path.ArcSize.kSmall_ArcSize
            way = skia.PathDirection.kCW if sweep else skia.PathDirection.kCCW
            result.arcTo(rx, ry, turn, size, way, x, y)
        else:
            points = [v + (dy if i % 2 else dx) for i, v in enumerate(values)]
            if kind in "ST":
                smooth = control is not None and previous in ("CS" if kind == "S" else "QT")
                points = [2 * x - control[0], 2 * y - control[1], *points] if smooth and control else [x, y, *points]
            control = (points[-4], points[-3])
            x, y = points[-2:]
            (result.cubicTo if len(points) == 6 else result.quadTo)(*points)
        previous = kind
    return result


def _segments(d: str) -> list[tuple[str, list[float]]]:
    segments: list[tuple[str, list[float]]] = []
    command, values = "", []
    for match in _TOKEN.finditer(d):
        letter, number, _, other = match.groups()
        if other is not None:
            raise GarmentError(f"path: {other!r} at character {match.start() + 1} is not SVG path grammar: {d[:60]!r}")
        if letter is not None:
            if values:
                raise GarmentError(f"path: {command!r} before character {match.start() + 1} lacks numbers: {d[:60]!r}")
            command = letter
            if letter in "Zz":
                segments.append((letter, []))
        elif number is not None:
            if not command or command in "Zz":
                raise GarmentError(f"path: a number without a command at character {match.start() + 1}: {d[:60]!r}")
            values.append(float(number))
            if len(values) == _COUNT[command.upper()]:
                segments.append((command, values))
                values = []
                command = {"M": "L", "m": "l"}.get(command, command)
    if values:
        raise GarmentError(f"path: the last {command!r} lacks numbers: {d[-60:]!r}")
    if segments and segments[0][0] not in "Mm":
        raise GarmentError(f"path: must begin with M: {d[:60]!r}")
    return segments
