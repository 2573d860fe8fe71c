"""Makes `stylist/mllm/data/lexicon.tsv`: rarer words for garments, colors, patterns and materials -> the commonest form.

    python -m stylist.training.lexicon

From the phrase bank's `train` part, so that the held-out forms stay unknown to the stylist. Words that name more than one
value, or are everyday words too, are left out: what they mean is the model's to tell.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from stylist.training import phrases

FIELDS = ("type", "color", "pattern", "material")
TARGET = Path(__file__).resolve().parent.parent / "mllm" / "data" / "lexicon.tsv"
EVERYDAY = Path(__file__).parent / "everyday.txt"


def entries(language: str) -> dict[str, str]:
    """Form in lower case -> the commonest form of the same value and kind."""
    bank = phrases.load(language, "train")
    everyday = set(EVERYDAY.read_text(encoding="utf-8").split())
    values: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (field, value), forms in bank.forms.items():
        for form in forms:
            for text in (form.text.lower(), form.plural.lower()):
                values[text].add((field, value))
    found: dict[str, str] = {}
    for (field, _), forms in bank.forms.items():
        if field not in FIELDS:
            continue
        heads = {kind: next(f for f in forms if f.kind == kind) for kind in {f.kind for f in forms}}
        for form in sorted(forms, key=lambda f: f.kind != "adj"):  # a word that is both goes to the adjective
            head = heads[form.kind]
            for text, common in ((form.text, head.text), (form.plural, head.plural)):
                text, common = text.lower(), common.lower()
                if form.kind != "with" and text != common and len(text) > 2 - (language == "ko") and len(values[text]) == 1 and text not in everyday:
                    found.setdefault(text, common)
    return found


def main() -> int:
    """Writes the table."""
    lines = ["# language\tform\tcommon form; made by python -m stylist.training.lexicon\n"]
    for language in phrases.LANGUAGES:
        lines += [f"{language}\t{form}\t{common}\n" for form, common in sorted(entries(language).items())]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("".join(lines), encoding="utf-8")
    print(f"{TARGET.name}: {len(lines) - 1} forms", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
