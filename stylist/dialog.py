"""What was said: turns of text and photos, read from a dialog file. Knows nothing of wishes or models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from stylist.errors import DialogError


class Turn(BaseModel):
    """One message. `images` are paths to photos; `text` may be empty where there are images."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: Literal["user", "assistant"]
    text: str = ""
    images: tuple[Path, ...] = ()

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
        if isinstance(data.get("id"), int):
            data["id"] = str(data["id"])
        try:
            dialog = cls.model_validate(data)
        except ValidationError as fault:
            first = fault.errors()[0]
            place = ".".join(str(step) for step in first["loc"]) or "turns"
            raise DialogError(f"{where}: {place}: {first['msg'].removeprefix('Value error, ')}") from None
        turns = []
        for number, turn in enumerate(dialog.turns):
            images = tuple((folder / p) if folder and not p.is_absolute() else p for p in turn.images)
            for image in images:
                if not image.is_file():
                    raise DialogError(f"{where}: turns.{number}.images: no such file: {image}")
            turns.append(turn.model_copy(update={"images": images}))
        return dialog.model_copy(update={"turns": tuple(turns)})


def read_dialogs(path: str | Path) -> tuple[list[Dialog], bool]:
    """The dialogs of a file and whether it held a list of them. DialogError names the file and the field at fault."""
    path = Path(path)
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
    if isinstance(data, list):
        return [Dialog.from_json(d, path.parent, f"{path}: dialog {n}") for n, d in enumerate(data)], True
    return [Dialog.from_json(data, path.parent, str(path))], False
