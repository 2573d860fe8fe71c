"""FASCODE's item metadata (`mdata*.txt`, CP949 or UTF-8) as items. Colors, patterns and materials are read from the Korean lines
where these are sure; every line stays in `Item.extra` under shape, material, color and mood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from stylist import vocabulary as v
from stylist.catalog.items import Item
from stylist.catalog.normalise import DATA
from stylist.catalog.report import ReadReport
from stylist.errors import CatalogError
from stylist.names import item_name, value_name

COLUMNS = "item, slot (O T B S), type code, aspect (F M C E) and description, parted by tabs"
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_ROW = re.compile(r"^[^\t\n]+\t\s*[OTBS]\s*\t\s*[A-Z]{2}\s*\t\s*[FMCE]\s*\t")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%")


@dataclass
class _Garment:
    line: int
    slot: str
    code: str
    lines: dict[str, list[str]] = field(default_factory=dict)


@cache
def _expressions() -> dict[str, dict[str, re.Pattern[str]]]:
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for line in (DATA / "fascode.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, value, expression = line.split("\t")
            found.setdefault(name, {})[value] = re.compile(expression)
    return found


@cache
def _aspects() -> dict[str, str]:
    return {expression.pattern: name for name, expression in _expressions()["aspect"].items()}


def is_metadata(path: Path) -> bool:
    """True for a file whose first line is a row of the metadata."""
    if path.suffix.lower() not in (".txt", ".tsv", ""):
        return False
    with path.open("rb") as file:
        first = file.readline(4096)
    return bool(_ROW.match(first.decode("cp949", "replace")))


def read(path: Path) -> tuple[list[Item], ReadReport]:
    """The items of a metadata file, or of the `mdata*.txt` of a folder, in the order of the file.

    CatalogError names the file and line at fault. Pictures are looked for in `image/` beside the file.
    """
    folder = path if path.is_dir() else path.parent
    garments: dict[str, _Garment] = {}
    for file in _files(path):
        _read_file(file, garments)
    pictures = _pictures(folder / "image")
    report = ReadReport(rows=len(garments))
    items = [_item(id_, garment, pictures.get(id_.lower())) for id_, garment in garments.items()]
    report.items = len(items)
    return items, report


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(p for p in path.glob("mdata*") if p.is_file())
    plain = [p for p in found if ".wst" not in p.name]  # the word-segmented form says the same
    if not found:
        raise CatalogError(f"{path}: holds no mdata*.txt; expected FASCODE's item metadata")
    return plain or found


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise CatalogError(f"{path}: cannot be read: {fault.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("cp949")
        except UnicodeDecodeError:
            raise CatalogError(f"{path}: line {number}: neither CP949 nor UTF-8; expected the whole file in one of them") from None
    return data.decode("cp949")


def _read_file(path: Path, garments: dict[str, _Garment]) -> None:
    aspects = _aspects()
    rows = 0
    for number, line in enumerate(_decoded(path).split("\n"), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if len(cells) < 5 or not cells[0]:
            raise CatalogError(f"{path}: line {number}: {len(cells)} columns; expected {COLUMNS}")
        id_, slot, code, aspect, text = *cells[:4], " ".join(cells[4:]).strip()
        if slot not in v.FASCODE_SLOTS:
            raise CatalogError(f"{path}: line {number}: slot {slot!r}; expected one of {', '.join(v.FASCODE_SLOTS)}")
        if code not in v.FASCODE_TYPES:
            raise CatalogError(f"{path}: line {number}: type {code!r}; expected one of {', '.join(v.FASCODE_TYPES)}")
        if aspect not in aspects:
            raise CatalogError(f"{path}: line {number}: aspect {aspect!r}; expected one of {', '.join(aspects)}")
        garment = garments.setdefault(id_, _Garment(number, slot, code))
        if (garment.slot, garment.code) != (slot, code):
            raise CatalogError(f"{path}: line {number}: item {id_} is {slot} {code} here and {garment.slot} {garment.code} on line {garment.line}")
        rows += 1
        told = garment.lines.setdefault(aspects[aspect], [])
        if text and text not in told:
            told.append(text)
    if not rows:
        raise CatalogError(f"{path}: no rows; expected {COLUMNS}")


def _pictures(folder: Path) -> dict[str, str]:
    """Item id in lower case -> its picture's path relative to the data folder."""
    if not folder.is_dir():
        return {}
    return {p.stem.lower(): f"{folder.name}/{p.name}" for p in sorted(folder.iterdir()) if p.suffix.lower() in _PICTURES}


def _item(id_: str, garment: _Garment, picture: str | None) -> Item:
    lines = garment.lines
    type_ = v.FASCODE_TYPES[garment.code]
    item = Item(
        id=id_,
        slot=v.FASCODE_SLOTS[garment.slot],
        type=type_,
        color=sure_color(lines.get("color", ())),
        pattern=sure_pattern([*lines.get("color", ()), *lines.get("material", ())]),
        material=sure_material(lines.get("material", ())),
        description=". ".join(lines.get("shape", ())),
        image=picture,
        extra={"fascode_type": garment.code, **lines},
    )
    title = item_name(item, "ko")
    if type_ in v.SLOTS:
        title = title.removesuffix(type_) + value_name("slot", type_, "ko")
    return item.model_copy(update={"title": title})


def _named(field_: str, text: str) -> list[str]:
    """The values a line names, in its order; where two expressions overlap, the longer one counts."""
    spans = [(m.start(), m.end(), value) for value, e in _expressions()[field_].items() for m in e.finditer(text)]
    spans.sort(key=lambda s: (-(s[1] - s[0]), s[0]))
    taken: list[tuple[int, int, str]] = []
    for span in spans:
        if all(span[1] <= other[0] or span[0] >= other[1] for other in taken):
            taken.append(span)
    return list(dict.fromkeys(value for _, _, value in sorted(taken)))


def sure_color(lines: Iterable[str]) -> str | None:
    """The main color: the ground ("화이트 바탕") where one is named, else the one color that the lines not on details agree on."""
    detail = _expressions()["detail"]["-"]
    agreed: list[str] = []
    for line in lines:
        ground, marked, _ = line.partition("바탕")
        if marked and _named("color", ground):
            return _named("color", ground)[-1]
        if not detail.search(line):
            named = _named("color", line)
            if len(named) > 1:
                return None
            agreed += named
    return agreed[0] if len(set(agreed)) == 1 else None


def sure_pattern(lines: Iterable[str]) -> str | None:
    """The one pattern named; None where several are, or a line calls it plain while another does not."""
    named = {value for line in lines if "안감" not in line for value in _named("pattern", line)}
    return named.pop() if len(named) == 1 else None


def sure_material(lines: Iterable[str]) -> str | None:
    """The cloth by its name ("데님") or else its main fiber ("면 60%, 폴리 40%"); linings do not count."""
    lining = _expressions()["lining"]["-"]
    outer = [part for line in lines if (part := lining.split(line)[0]).strip() and not _likened(line)]
    fabrics = {value for line in outer for value in _named("fabric", line)}
    if fabrics:
        return fabrics.pop() if len(fabrics) == 1 else None
    for line in outer:
        fibers = _named("fiber", line)
        if fibers:
            return _largest(line) or (fibers[0] if len(fibers) == 1 or "혼방" in line else None)
    return "knit" if any("니트" in line or "뜨개" in line for line in outer) else None


def _likened(line: str) -> bool:
    return bool(re.search(r"같은|느낌|처럼|라이크|듯한|샴푸|삼푸|세탁|클리닝|다림", line))


def _largest(line: str) -> str | None:
    """The fiber with the largest share in "면 60%, 폴리 40%"."""
    best: tuple[float, str] | None = None
    start = 0
    for match in _SHARE.finditer(line):
        named = _named("fiber", line[start : match.end()])
        start = match.end()
        if named and (best is None or float(match[1]) > best[0]):
            best = float(match[1]), named[-1]
    return best[1] if best else None
