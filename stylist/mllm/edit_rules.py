"""What an edit may say in one exchange, in the three forms that models need: a grammar for a model at hand, a JSON schema for a
server, and a check of what came back, which trusts neither.

Values are the vocabulary's; amounts and temperatures are among the numbers that the person wrote; without photos no edit speaks of one.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from stylist import edits
from stylist import vocabulary as v
from stylist.edits import Edit
from stylist.mllm import grammar

MOST_VALUES = 12
"""Values that one key of an edit takes at most: no message holds more, and a stuck model ends."""


@dataclass(frozen=True)
class EditRules:
    """The rules of one exchange: `figures` as `grammar.numbers` finds them in the text, `photos` how many came with it,
    `below_zero` whether a temperature may be negative, `warmth` the figures that are temperatures and no amounts."""

    figures: tuple[str, ...] = ()
    photos: int = 0
    below_zero: bool = False
    warmth: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, photos: int = 0) -> EditRules:
        """The rules of a message."""
        figures = grammar.numbers(text)
        small = (figure for figure in figures if " " not in figure and float(figure) < grammar.LEAST_AMOUNT)
        return cls(figures, photos, grammar.says_below_zero(text), tuple(dict.fromkeys((*grammar.degrees(text), *small))))

    @property
    def lark(self) -> str:
        """The grammar, for a model that runs here."""
        return grammar.edit_grammar(self.figures, self.photos, self.below_zero, self.warmth)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema, for a server. Every key is optional, in the plain subset of JSON Schema that servers compile."""
        lists, definitions = _fixed_schema()
        properties: dict[str, Any] = {key: kind for key, kind in lists.items() if self.photos or key != "photo"}
        properties |= {key: {"$ref": "#/$defs/amount"} for key in edits.AMOUNTS}
        if temperatures := self._temperatures():
            properties["temp"] = {"type": "string", "enum": list(temperatures)}
        amounts = {"type": "string", "enum": list(self._amounts())}
        return {"type": "object", "properties": properties, "additionalProperties": False, "$defs": definitions | {"amount": amounts}}

    def legal(self, edit: Edit) -> Edit:
        """The part of an edit that these rules allow; a single word stands for a list of one."""
        kept: Edit = {}
        for key, value in edit.items():
            if key in edits.AMOUNTS:
                if value in self._amounts():
                    kept[key] = value
            elif key == "temp":
                if value in self._temperatures():
                    kept[key] = value
            elif key == "reset":
                if value is True:
                    kept[key] = True
            elif key in _words() and (key != "photo" or self.photos):
                values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
                known = [x for x in dict.fromkeys(x for x in values if isinstance(x, str)) if x in _words()[key]]
                if known:
                    kept[key] = known[:MOST_VALUES]
        return kept

    def _amounts(self) -> tuple[str, ...]:
        return ("any", *(figure for figure in self.figures if figure not in self.warmth))

    def _temperatures(self) -> tuple[str, ...]:
        whole = [figure for figure in self.figures if figure.isdigit() and len(figure) <= 3]
        return tuple(f"{sign}{figure}{unit}" for figure in whole for sign in (("", "-") if self.below_zero else ("",)) for unit in "CF")


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    """Every key that takes a list -> the words it takes."""
    return {key: frozenset(values) for key, values in {**edits.attribute_keys(), **edits.LISTS}.items()}


@functools.cache
def _fixed_schema() -> tuple[dict[str, Any], dict[str, Any]]:
    """What is the same in every exchange: the keys' schemas and the definitions they refer to."""
    definitions: dict[str, Any] = {}
    for field in v.FIELDS:
        definitions[field] = _list_of(v.VALUES[field])
        definitions[f"forget_{field}"] = _list_of(edits.words(field, "~"))
    keys: dict[str, Any] = {}
    for key in edits.attribute_keys():
        field = key[1:].rpartition(".")[2]
        keys[key] = {"$ref": f"#/$defs/{'forget_' if key[0] == '~' else ''}{field}"}
    keys |= {name: _list_of(values) for name, values in edits.LISTS.items()}
    keys["reset"] = {"type": "boolean", "enum": [True]}
    return keys, definitions


def _list_of(values: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(values)}, "minItems": 1, "maxItems": MOST_VALUES}
