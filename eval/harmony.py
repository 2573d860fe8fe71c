"""Which garments go together: outfits that stylists put together, told from others and completed, beside what simple counts reach.

Weights that see this data are thrown away: the outfits are for measuring only.
"""

from __future__ import annotations

import getpass
import hashlib
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy import sparse

from eval import polyvore
from eval.context import Context, Figures, Missing
from stylist.catalog.encoders import Encoders
from stylist.catalog.items import Item
from stylist.ranking import pairwise
from stylist.ranking import questions as q
from stylist.ranking.commands import one_thread
from stylist.ranking.harmony import AttributeHarmony, Harmony, SetHarmony
from stylist.ranking.item_features import product_type
from stylist.ranking.outfit_net import OutfitConfig
from stylist.ranking.outfit_training import learn
from stylist.ranking.products import Products, read_products, vectors_of

PRIMARY = "cold/trained/fitb"
SEED = 11
CANDIDATES = 4
TEST_OUTFITS = 0.15
TEST_ITEMS = 0.3
NEIGHBOURS = 10
LIKENESS = 0.4
"""Weight of the histograms beside the bundled harmony."""

Outfit = tuple[str, ...]


def measure(context: Context) -> Figures:
    """`SPLIT/SCORER/fitb`: share of blanks filled rightly among four items of the same product type; `SPLIT/SCORER/auc`: real
    outfits told from those with every item replaced by another of its type.

    Splits: `warm` by outfit, equal sets in one part; `cold` by item: no item of a question was seen in training. Scorers: `chance`,
    `popularity` (in how many training outfits an item is worn), `color` (the bundled rules on color words alone), `histogram`
    (likeness of color histograms), `neighbours` (how often the nearest training items were worn together), `bundled`,
    `bundled+histogram` (the two added, nothing trained), `pairwise`
    (the pairwise head, trained) and `trained` (what `stylist harmony train` makes). Where the data holds Polyvore's outfits too,
    `polyvore/SCORER/…` are the same for those, of which only names are known: again no item of a question was seen in training.
    """
    folder = context.folder("mango-outfits")
    products = read_products(folder / "catalog.csv")
    outfits = sorted({tuple(sorted(ids)) for ids in q.read_outfits(folder / "outfits.json", products.row).values() if len(ids) > 1})
    if len(outfits) < 20:
        raise Missing(f"{folder}: {len(outfits)} outfits; expected more")
    vectors = vectors_of(products, Encoders.named(), True, True, _cache(products))
    figures: Figures = {}
    for name, parts in (("warm", by_outfit), ("cold", by_item)):
        train, test = parts(outfits, random.Random(SEED))
        asked = examination(test, products, {i for ids in test for i in ids} if name == "cold" else set(products.row), random.Random(SEED))
        scorers = _scorers(products, train, vectors, context.quick)
        found = {"chance": q.chance(asked.questions)} | {scorer: asked.figures(harmony, products) for scorer, harmony in scorers.items()}
        figures |= {f"{name}/{scorer}/{key}": value for scorer, row in found.items() for key, value in row.items()}
        figures |= {f"{name}/train": float(len(train)), f"{name}/questions": float(len(asked.questions)), f"{name}/pairs": float(len(asked.pairs))}
    return {**figures, **_of_names(context), "seed": SEED}


def _of_names(context: Context) -> Figures:
    """Polyvore's figures; none where its files are not there."""
    try:
        products, outfits = polyvore.read(context.folder("polyvore"))
    except Missing:
        return {}
    train, test = polyvore.parts(outfits, random.Random(SEED))
    asked = examination(test, products, {i for ids in test for i in ids}, random.Random(SEED))
    vectors = vectors_of(products, Encoders.named(), True, False, _cache(products))
    config = _config(context.quick)
    scorers: dict[str, Harmony | SetHarmony] = {"color": q.color_only(products.items), "bundled": AttributeHarmony(products.items)}
    with one_thread():
        scorers["trained"] = learn(products.items, train, vectors, config).harmony(products.items, vectors, config)
        found = {"chance": q.chance(asked.questions)} | {scorer: asked.figures(harmony, products) for scorer, harmony in scorers.items()}
    figures = {f"polyvore/{scorer}/{key}": value for scorer, row in found.items() for key, value in row.items()}
    return figures | {"polyvore/train": float(len(train)), "polyvore/questions": float(len(asked.questions)), "polyvore/pairs": float(len(asked.pairs))}


def _config(quick: bool) -> OutfitConfig:
    """What `stylist harmony train` learns with, or a small part of it."""
    return OutfitConfig(seed=SEED, members=1, epochs=4) if quick else OutfitConfig(seed=SEED)


def _cache(products: Products) -> Path:
    """A folder beside others' temporary files in which the items' vectors outlive a run: encoding them takes longer than all else."""
    name = hashlib.sha256("\n".join([str(products.folder.resolve()), *products.row]).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"stylist-harmony-{getpass.getuser()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def by_outfit(outfits: Sequence[Outfit], rng: random.Random) -> tuple[list[Outfit], list[Outfit]]:
    """Outfits to learn from and to test on."""
    mixed = rng.sample(outfits, len(outfits))
    held = round(TEST_OUTFITS * len(mixed))
    return mixed[held:], mixed[:held]


def by_item(outfits: Sequence[Outfit], rng: random.Random) -> tuple[list[Outfit], list[Outfit]]:
    """Outfits to learn from and to test on that share no item: each part has what is left of an outfit when the other part's items
    are taken out, where that is two or more; equal rests once."""
    items = sorted({id_ for outfit in outfits for id_ in outfit})
    held = set(rng.sample(items, round(TEST_ITEMS * len(items))))
    parts = []
    for ours in (set(items) - held, held):
        rests = dict.fromkeys(tuple(id_ for id_ in outfit if id_ in ours) for outfit in outfits)
        parts.append([rest for rest in rests if len(rest) > 1])
    return parts[0], parts[1]


@dataclass(frozen=True)
class Examination:
    """Questions and labeled outfits."""

    questions: list[q.Question]
    pairs: list[q.LabeledOutfit]

    def figures(self, harmony: Harmony | SetHarmony, products: Products) -> Figures:
        """`fitb` and `auc`."""
        return q.figures(harmony, products.row.__getitem__, self.questions, self.pairs)


def examination(outfits: Sequence[Outfit], products: Products, offered: set[str], rng: random.Random) -> Examination:
    """For each outfit a blank with three other items of the same product type, and a false outfit of other items of the same types;
    the others come from `offered`."""
    kind = {item.id: product_type(item) for item in products.items}
    by_kind: dict[str, list[str]] = {}
    for id_ in sorted(offered):
        by_kind.setdefault(kind[id_], []).append(id_)
    questions, pairs = [], []
    for outfit in outfits:
        blanks = [id_ for id_ in outfit if len(by_kind[kind[id_]]) >= CANDIDATES]
        if blanks:
            blank = rng.choice(blanks)
            candidates = [*rng.sample([o for o in by_kind[kind[blank]] if o != blank], CANDIDATES - 1), blank]
            rng.shuffle(candidates)
            rest = tuple(id_ for id_ in outfit if id_ != blank)
            questions.append(q.Question(rest, tuple(candidates), candidates.index(blank)))
        false = tuple(rng.choice([o for o in by_kind[kind[id_]] if o != id_] or [id_]) for id_ in outfit)
        if len(set(false)) > 1 and set(false) != set(outfit):
            pairs += [q.LabeledOutfit(outfit, True), q.LabeledOutfit(tuple(dict.fromkeys(false)), False)]
    return Examination(questions, pairs)


def _scorers(products: Products, train: Sequence[Outfit], vectors: dict[str, np.ndarray], quick: bool) -> dict[str, Harmony | SetHarmony]:
    histogram, items = vectors["histogram"], products.items
    config = _config(quick)
    with one_thread():
        return {
            "popularity": Popularity(products, train),
            "color": q.color_only(items),
            "histogram": q.VectorSimilarity(histogram),
            "neighbours": Neighbours(products, train, histogram),
            "bundled": AttributeHarmony(items),
            "bundled+histogram": Blend(AttributeHarmony(items), q.VectorSimilarity(histogram)),
            "pairwise": pairs_trained(items, train, {"histogram": histogram}, pairwise.PairConfig(seed=SEED, epochs=3 if quick else 10)),
            "trained": learn(items, train, vectors, config).harmony(items, vectors, config),
        }


def pairs_trained(items: Sequence[Item], outfits: Sequence[Outfit], vectors: dict[str, np.ndarray], config: pairwise.PairConfig) -> pairwise.PairwiseHarmony:
    """The pairwise head, trained on outfits of items in their order."""
    torch.manual_seed(config.seed)
    sizes = {kind: vectors[kind].shape[1] for kind in pairwise.VECTORS if kind in vectors}
    x = pairwise.features(items, vectors, sizes)
    memory = {id_: n for n, id_ in enumerate(pairwise.remembered(outfits, config), 1)}
    row = {item.id: n for n, item in enumerate(items)}
    net = pairwise.PairNet(x.shape[1], len(memory), config)
    numbers = np.array([memory.get(item.id, 0) for item in items])
    rows = [np.array([row[id_] for id_ in ids]) for ids in outfits]
    state = pairwise.fit(net, x, numbers, rows, [product_type(item) for item in items], config, None, lambda *_: None)
    net.load_state_dict(state["best"])
    return pairwise.PairwiseHarmony(net, items, vectors, sizes, memory)


class _Scored:
    """A score for any two of a fixed list of items; it bounds nothing."""

    def most(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.ones(len(a))

    def extended(self, item: Item) -> Harmony:
        raise NotImplementedError("baselines score the items they were made for")


class Blend(_Scored):
    """A harmony and, at LIKENESS times its weight, another."""

    def __init__(self, first: Harmony, second: Harmony) -> None:
        self.first, self.second = first, second

    def pair_scores(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (self.first.pair_scores(a, b) + LIKENESS * self.second.pair_scores(a, b)) / (1 + LIKENESS)


class Popularity(_Scored):
    """In how many training outfits two items are worn, whatever they are worn with."""

    def __init__(self, products: Products, outfits: Sequence[Outfit]) -> None:
        counts = Counter(id_ for outfit in outfits for id_ in outfit)
        worn = np.log1p([counts[item.id] for item in products.items])
        self.worn = worn / (2 * max(1.0, float(worn.max())))

    def pair_scores(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return self.worn[a][:, None] + self.worn[b][None, :]


class Neighbours(_Scored):
    """How often the nearest worn items of the same product type, by color histogram, were worn together."""

    def __init__(self, products: Products, outfits: Sequence[Outfit], vectors: np.ndarray) -> None:
        size = len(products.items)
        rows = [np.array([products.row[id_] for id_ in outfit]) for outfit in outfits]
        worn = np.zeros(size, bool)
        worn[np.concatenate(rows)] = True
        left = np.concatenate([np.repeat(r, len(r)) for r in rows])
        right = np.concatenate([np.tile(r, len(r)) for r in rows])
        together = sparse.csr_matrix((np.ones(len(left)), (left, right)), (size, size))
        together.setdiag(0)
        near = _nearest([product_type(item) for item in products.items], worn, vectors)
        self.scores = np.log1p((near @ together @ near.T).toarray())
        self.scores /= max(1.0, float(self.scores.max()))

    def pair_scores(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return self.scores[np.ix_(a, b)]


def _nearest(types: Sequence[str], worn: np.ndarray, vectors: np.ndarray) -> sparse.csr_matrix:
    """(items, items): each row spreads 1 over the nearest worn items of its type."""
    rows, columns, shares = [], [], []
    kinds = np.array(types)
    for kind in np.unique(kinds):
        own = np.flatnonzero(kinds == kind)
        known = own[worn[own]]
        if not len(known):
            continue
        order = np.argsort(-(vectors[own] @ vectors[known].T), axis=1, kind="stable")[:, :NEIGHBOURS]
        rows.append(np.repeat(own, order.shape[1]))
        columns.append(known[order].ravel())
        shares.append(np.full(order.size, 1 / order.shape[1]))
    return sparse.csr_matrix((np.concatenate(shares), (np.concatenate(rows), np.concatenate(columns))), (len(types), len(types)))
