"""Korean text files as they come: UTF-8, CP949 or both in one file. Knows nothing of what the lines mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stylist.errors import FascodeError


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each line of `path` with its number from 1, without the line end.

    A line that is not UTF-8 is read as CP949 (which holds EUC-KR), so files of both encodings, one after the other,
    read well. FascodeError for a file that cannot be opened and for a line that is neither.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FascodeError(f"{path}: cannot be read ({error.strerror or error})") from None
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        for encoding in ("utf-8", "cp949"):
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" in text:
                break
            yield number, text
            break
        else:
            raise FascodeError(
                f"{path}, line {number}: neither UTF-8 nor CP949 (EUC-KR) text; a truncated or damaged file?"
            )
        if "\0" in text:
            raise FascodeError(f"{path}, line {number}: holds zero bytes; expected UTF-8 or CP949 (EUC-KR) text")
