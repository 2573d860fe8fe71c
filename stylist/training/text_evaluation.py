"""Measures a text encoder: does a form it never saw lie nearest to the right vocabulary value?

    python -m stylist.training.text_evaluation [MODEL ...]

Each MODEL is a name or folder; without any, the bundled encoder.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from stylist.training.text_corpus import forms

Encode = Callable[[list[str]], npt.NDArray[np.float32]]
PRIMARY = "forms"


def held_out_forms(encode: Encode, languages: Sequence[str] = ("en", "ko")) -> dict[str, float]:
    """Share of held-out forms whose nearest value of their field, by the centroid of its train forms, is the right one.

    Keys: `forms` (all), `forms/LANGUAGE` and `forms/LANGUAGE/FIELD`. `encode` gives unit vectors (texts, dim).
    """
    train, valid = forms("train"), [f for f in forms("valid") if f.language in languages]
    vectors: dict[str, list[npt.NDArray[np.float32]]] = defaultdict(list)
    for form, vector in zip(train, encode([f.text for f in train]), strict=True):
        vectors[form.label].append(vector)
    centroids = {label: np.mean(rows, 0) for label, rows in vectors.items()}
    centroids = {label: row / max(float(np.linalg.norm(row)), 1e-9) for label, row in centroids.items()}
    by_field: dict[str, list[str]] = defaultdict(list)
    for label in centroids:
        by_field[label.split(" ", 1)[0]].append(label)
    matrices = {field: np.stack([centroids[label] for label in labels]) for field, labels in by_field.items()}
    right: dict[str, list[bool]] = defaultdict(list)
    for form, vector in zip(valid, encode([f.text for f in valid]), strict=True):
        nearest = by_field[form.field][int((matrices[form.field] @ vector).argmax())]
        for key in (PRIMARY, f"{PRIMARY}/{form.language}", f"{PRIMARY}/{form.language}/{form.field}"):
            right[key].append(nearest == form.label)
    return {key: float(np.mean(hits)) for key, hits in sorted(right.items())}


def main() -> None:
    """Command line of the module."""
    from stylist.encoders.text import TextEncoder

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", help="names or folders of encoders; the bundled one where none is given")
    names = parser.parse_args().models
    found = {name or "bundled": held_out_forms(TextEncoder(name).encode) for name in (names or [None])}
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
