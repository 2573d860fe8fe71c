"""The words of fashion: held-out forms by the text encoder, and the catalogue's search by names of attributes."""

from __future__ import annotations

import random
import zlib

import numpy as np
import numpy.typing as npt

from eval.context import Context, Figures
from stylist import vocabulary as v
from stylist.catalog.encoders import Encoders, encode_items
from stylist.catalog.search import search
from stylist.catalog.store import Catalog
from stylist.names import LANGUAGES, value_name
from stylist.training.text_evaluation import held_out_forms

PRIMARY = "forms"
SEED = 17
TOP_K = 10
_BUCKETS = 4096


def measure(context: Context) -> Figures:
    """`forms`: share of held-out forms of vocabulary values whose nearest value is the right one, `forms/LANGUAGE` and
    `forms/LANGUAGE/FIELD`; `trigrams/forms...` the same of character trigrams.

    `search/LANGUAGE/both`: share of the first ten found for "COLOR PATTERN TYPE" of a random item that have its type and
    color family, out of as many as the catalogue has; `search/LANGUAGE/chance` of as many random items.
    """
    encoders = Encoders.named()
    figures: Figures = dict(held_out_forms(encoders.text.encode))
    baseline = held_out_forms(trigrams)
    figures |= {f"trigrams/{name}": value for name, value in baseline.items() if name.count("/") < 2}
    indexed = Catalog(context.catalog.items, context.catalog.folder, {"text": encode_items(context.catalog.items, encoders.text)})
    for language in LANGUAGES:
        figures |= {f"search/{language}/{name}": value for name, value in _search(context, indexed, encoders, language).items()}
    return {**figures, "seed": SEED}


def trigrams(texts: list[str]) -> npt.NDArray[np.float32]:
    """Unit vectors of hashed character trigrams, (texts, buckets)."""
    rows = np.zeros((len(texts), _BUCKETS), np.float32)
    for row, text in enumerate(texts):
        marked = "#" + " ".join(text.lower().split()) + "#"
        for start in range(max(1, len(marked) - 2)):
            rows[row, zlib.crc32(marked[start : start + 3].encode()) % _BUCKETS] += 1
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _search(context: Context, catalog: Catalog, encoders: Encoders, language: str) -> Figures:
    rng = random.Random(SEED)
    items = [item for item in catalog.items if item.color in v.FAMILY_OF_COLOR]
    asked = rng.sample(items, min(len(items), context.size(100, 20)))
    found_shares, chances = [], []
    for item in context.track(asked, f"search {language}"):
        pattern = [value_name("pattern", item.pattern, language)] if item.pattern and item.pattern != "solid" else []
        query = " ".join([value_name("color", str(item.color), language), *pattern, value_name("type", item.type, language)])
        alike = {i.id for i in items if i.type == item.type and v.FAMILY_OF_COLOR[str(i.color)] == v.FAMILY_OF_COLOR[str(item.color)]}
        most = min(TOP_K, len(alike))
        hits = sum(other.id in alike for other, _ in search(catalog, query, top_k=TOP_K, encoders=encoders))
        found_shares.append(hits / most)
        chances.append(TOP_K * len(alike) / len(catalog) / most)
    return {"both": float(np.mean(found_shares)), "chance": float(np.mean(chances)), "n": float(len(asked))}
