"""Learning curves as files: a CSV of every line, and an SVG of the means. Knows nothing of what is measured."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

COLORS = ("#1b6ca8", "#c8553d", "#3a7d44", "#7b4ea3", "#b08900", "#4a4a4a")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 380, 260, 52, 34, 40


@dataclass(frozen=True)
class Panel:
    """One chart: a line a name, each a list of (x, y)."""

    title: str
    lines: dict[str, list[tuple[float, float]]]


def write_csv(path: Path, rows: Sequence[dict[str, object]]) -> None:
    """A header and the rows; columns in the order of the first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_svg(path: Path, panels: Sequence[Panel], x_label: str, y_label: str) -> None:
    """The panels two in a row."""
    rows = (len(panels) + 1) // 2
    width, height = WIDTH * min(2, max(1, len(panels))), HEIGHT * rows
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for at, panel in enumerate(panels):
        parts.append(f'<g transform="translate({WIDTH * (at % 2)},{HEIGHT * (at // 2)})">')
        parts += [*_panel(panel, x_label, y_label), "</g>"]
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")


def _panel(panel: Panel, x_label: str, y_label: str) -> list[str]:
    points = [point for line in panel.lines.values() for point in line] or [(0.0, 0.0)]
    (x0, x1), (y0, y1) = (_range([point[axis] for point in points]) for axis in (0, 1))
    right, bottom = WIDTH - 16, HEIGHT - BOTTOM

    def at(x: float, y: float) -> tuple[float, float]:
        return LEFT + (x - x0) / (x1 - x0) * (right - LEFT), bottom - (y - y0) / (y1 - y0) * (bottom - TOP)

    parts = [f'<text x="{LEFT}" y="18" font-size="13" font-weight="bold">{escape(panel.title)}</text>']
    for step in range(5):
        y = y0 + (y1 - y0) * step / 4
        _, height = at(x0, y)
        parts.append(f'<line x1="{LEFT}" y1="{height:.1f}" x2="{right}" y2="{height:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 5}" y="{height + 4:.1f}" text-anchor="end">{y:.3g}</text>')
    for x in (x0, x1):
        parts.append(f'<text x="{at(x, y0)[0]:.1f}" y="{bottom + 15}" text-anchor="middle">{x:g}</text>')
    middle = (LEFT + right) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{escape(x_label)}</text>')
    parts.append(
        f'<text x="12" y="{(TOP + bottom) / 2}" text-anchor="middle" '
        f'transform="rotate(-90 12 {(TOP + bottom) / 2})">{escape(y_label)}</text>'
    )
    for number, (name, line) in enumerate(panel.lines.items()):
        color = COLORS[number % len(COLORS)]
        path = " ".join("{:.1f},{:.1f}".format(*at(*point)) for point in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.6"/>')
        parts.append(
            f'<text x="{right - 4}" y="{bottom - 8 - 14 * (len(panel.lines) - 1 - number)}" text-anchor="end" fill="{color}">'
            f"{escape(name)}</text>"
        )
    return parts


def _range(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, low + 0.5)
