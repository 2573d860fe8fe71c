"""What was said: turns of text and photos, read from a dialog file. Knows nothing of wishes or models."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from stylist.errors import DialogError

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_SAID = {
    "missing": "is missing",
    "tuple_type": "expected a list",
    "too_short": "expected at least one turn",
    "string_type": "expected text",
    "path_type": "expected a path as text",
    "literal_error": "expected \"user\" or \"assistant\"",
    "model_type": "expected an object with \"role\" and \"text\"",
}
"""Kind of a fault as pydantic names it -> what to tell the person."""


def _whole_characters(text: str) -> str:
    """Half a surrogate pair, which JSON can hold and no file or tokenizer takes, becomes the replacement character."""
    return _HALF_CHARACTER.sub("\ufffd", text)


class Turn(BaseModel):
    """One message. `images` are paths to photos; `text` may be empty where there are images. Null stands for absent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: Literal["user", "assistant"]
    text: str = ""
    images: tuple[Path, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        return {name: value for name, value in data.items() if value is not None} if isinstance(data, Mapping) else data

    @field_validator("text")
    @classmethod
    def _readable(cls, text: str) -> str:
        return _whole_characters(text)

    @model_validator(mode="after")
    def _says_something(self) -> Turn:
        if not self.text.strip() and not self.images:
            raise ValueError("a turn needs text or images")
        return self


class Dialog(BaseModel):
    """A conversation that ends with the user's turn."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    turns: tuple[Turn, ...] = Field(min_length=1)
    id: str | None = None

    @model_validator(mode="after")
    def _ends_with_user(self) -> Dialog:
        if self.turns[-1].role != "user":
            raise ValueError("the last turn must be the user's, found the assistant's")
        return self

    def exchanges(self) -> list[tuple[str, Turn]]:
        """Each user turn with the assistant's text just before it ('' where there was none)."""
        result, before = [], ""
        for turn in self.turns:
            if turn.role == "assistant":
                before = turn.text
            else:
                result.append((before, turn))
                before = ""
        return result

    @classmethod
    def from_json(cls, data: Any, folder: Path | None = None, where: str = "dialog") -> Dialog:
        """One dialog from parsed JSON; image paths are taken relative to `folder`. DialogError names the field at fault."""
        if not isinstance(data, dict):
            raise DialogError(f"{where}: expected an object with \"turns\", found {type(data).__name__}")
        if "turns" not in data:
            raise DialogError(f"{where}: lacks \"turns\", the list of messages")
        data = dict(data)
        data["id"] = dialog_id(data)
        try:
            dialog = cls.model_validate(data)
        except ValidationError as fault:
            first = fault.errors()[0]
            place = ".".join(str(step) for step in first["loc"]) or "turns"
            raise DialogError(f"{where}: {place}: {_SAID.get(first['type']) or first['msg'].removeprefix('Value error, ')}") from None
        turns = []
        for number, turn in enumerate(dialog.turns):
            images = tuple((folder / p) if folder and not p.is_absolute() else p for p in turn.images)
            for image in images:
                if not _is_file(image):
                    raise DialogError(f"{where}: turns.{number}.images: no such file: {str(image)[:300]}")
            turns.append(turn.model_copy(update={"images": images}))
        return dialog.model_copy(update={"turns": tuple(turns)})


def dialog_id(data: Any) -> str | None:
    """The id of a dialog from parsed JSON as text; None where it has none that is text or a number."""
    id_ = data.get("id") if isinstance(data, Mapping) else None
    if isinstance(id_, bool) or not isinstance(id_, (str, int, float)):
        return None
    return _whole_characters(str(id_))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name no file system takes
        return False


def read_json(path: Path) -> Any:
    """The JSON of a dialog file, not yet looked at; DialogError names the file and line at fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DialogError(f"{path}: no such file") from None
    except UnicodeDecodeError as fault:
        raise DialogError(f"{path}: not UTF-8 text (byte {fault.start})") from None
    except OSError as fault:
        raise DialogError(f"{path}: {fault.strerror}") from None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as fault:
        raise DialogError(f"{path}: line {fault.lineno}: not JSON: {fault.msg}") from None
    except (RecursionError, ValueError):  # lists in lists without end, a number of thousands of digits
        raise DialogError(f"{path}: no JSON that can be read; expected an object with \"turns\"") from None
    if data == []:
        raise DialogError(f"{path}: an empty list; expected at least one dialog")
    return data


def read_entries(path: str | Path) -> tuple[list[Dialog | tuple[str | None, str]], bool]:
    """The dialogs of a file and whether it held a list of them; in a list, (id, error) in the place of one that is no dialog.

    DialogError names the file and the field at fault.
    """
    path = Path(path)
    data = read_json(path)
    if not isinstance(data, list):
        return [Dialog.from_json(data, path.parent, str(path))], False
    entries: list[Dialog | tuple[str | None, str]] = []
    for number, entry in enumerate(data):
        try:
            entries.append(Dialog.from_json(entry, path.parent, f"{path}: dialog {number}"))
        except DialogError as fault:
            entries.append((dialog_id(entry), str(fault)))
    return entries, True


def read_dialogs(path: str | Path) -> tuple[list[Dialog], bool]:
    """The dialogs of a file and whether it held a list of them. DialogError names the file and the field at fault."""
    entries, is_list = read_entries(path)
    for entry in entries:
        if isinstance(entry, tuple):
            raise DialogError(entry[1])
    return [entry for entry in entries if isinstance(entry, Dialog)], is_list
