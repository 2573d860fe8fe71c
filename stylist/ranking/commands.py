"""`stylist harmony train` and `stylist harmony eval`: from a shop's table and outfits to a run folder, and from a run to figures."""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save
from tqdm import tqdm

from stylist import vocabulary as v
from stylist.catalog import pictures, readers
from stylist.catalog.encoders import Encoders, encode_items, identity, item_text
from stylist.catalog.items import Item
from stylist.catalog.rows import columns_of
from stylist.catalog.store import file_hash, write_atomically
from stylist.catalog.table import read_csv, read_records
from stylist.errors import CatalogError, ImageError, ModelError
from stylist.ranking import questions as q
from stylist.ranking.harmony import AttributeHarmony, Harmony

WEIGHTS, CONFIG, STARTED, CURVE, CHECKPOINT, CACHE = (
    "head.safetensors", "config.json", "started.json", "curve.jsonl", "checkpoint.pt", "vectors.safetensors"
)  # fmt: skip
NO_ENCODER = "none"
"""As the name of an encoder: do without its vectors."""
PICTURES_AT_ONCE = 32
SAVE_EVERY = 1024
BINS = 4
"""Of each of red, green and blue in a picture's histogram."""


@dataclass
class Products:
    """The items of a table in its order, and where their pictures lie."""

    items: list[Item]
    folder: Path
    row: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.row = {item.id: row for row, item in enumerate(self.items)}

    def only(self, ids: set[str]) -> Products:
        """Those of some ids, in the same order."""
        return Products([item for item in self.items if item.id in ids], self.folder)

    def picture(self, item: Item) -> Path | None:
        return pictures.find(self.folder, item.image, item.id)


def read_products(path: Path) -> Products:
    """Every item of a table, of those too whose type `stylist index` would not take: outfits name them all the same.

    What they are stands in `extra`; for the rules they are accessories. CatalogError as for `stylist index`.
    """
    items, report = readers.read(path)
    items += [Item(**u.fields, slot=u.slot or "accessory", type=u.slot or "accessory") for u in report.undecided]
    source = path / "items.jsonl" if path.is_dir() and report.format != "fascode" else path
    if report.skipped and report.format in ("csv", "jsonl"):
        table = read_csv(source) if report.format == "csv" else read_records(source)
        columns, known = columns_of(table), {item.id for item in items}
        for line in table.rows:
            cell = {name: next((line.cells[c] for c in columns.get(name, ()) if c in line.cells), "") for name in ("id", "title", "type", "color", "image")}
            if cell["id"] not in known:
                color = cell["color"] if cell["color"] in v.COLORS else None
                extra = {"type": cell["type"] or cell["title"]}
                items.append(Item(id=cell["id"], slot="accessory", type="accessory", title=cell["title"], color=color, image=cell["image"] or None, extra=extra))
    return Products(items, source if source.is_dir() else source.parent)


class VectorCache:
    """Vectors by what they were made from, in one file: a table that grew costs only its new rows."""

    def __init__(self, path: Path | None, encoders: Mapping[str, Any]) -> None:
        self.path, self.encoders = path, json.dumps(encoders, sort_keys=True)
        self.known: dict[str, dict[str, np.ndarray]] = {}
        if path is not None and path.is_file():
            try:
                with safe_open(path, framework="np") as file:
                    about = file.metadata() or {}
                    if about.get("encoders") == self.encoders:
                        for kind, keys in json.loads(about["keys"]).items():
                            self.known[kind] = dict(zip(keys, file.get_tensor(kind).astype(np.float32), strict=True))
            except (SafetensorError, OSError, KeyError, ValueError):
                self.known = {}  # made anew

    def save(self) -> None:
        """Writes what is known; where the folder takes no files, goes without."""
        if self.path is None:
            return
        about = {"encoders": self.encoders, "keys": json.dumps({kind: list(rows) for kind, rows in self.known.items()})}
        tensors = {kind: np.stack(list(rows.values())).astype(np.float16) for kind, rows in self.known.items() if rows}
        try:
            write_atomically(self.path, save(tensors, about))
        except OSError as fault:
            _tell(f"{self.path}: vectors not kept: {fault.strerror}")

    def gather(self, kind: str, keys: Sequence[str | None]) -> np.ndarray | None:
        """(keys, dim) float32, zeros where a key is not known; None where none is."""
        rows = [self.known.get(kind, {}).get(key) if key else None for key in keys]
        size = next((len(row) for row in rows if row is not None), 0)
        return np.stack([np.zeros(size, np.float32) if row is None else row for row in rows]) if size else None


def vectors_of(products: Products, encoders: Encoders | None, text: bool, image: bool, run: Path | None) -> dict[str, np.ndarray]:
    """Kind -> (items, dim): `text` and `image` where asked for, `histogram` where there are pictures."""
    about = {"text": identity(encoders.text.name) if encoders and text else None, "image": identity(encoders.vision.name) if encoders and image else None}
    cache = VectorCache(run / CACHE if run else None, about)
    keys: dict[str, list[str | None]] = {}
    if encoders and text:
        keys["text"] = [hashlib.sha256(item_text(item).encode()).hexdigest()[:24] for item in products.items]
        known = cache.known.setdefault("text", {})
        new = {key: item for key, item in zip(keys["text"], products.items, strict=True) if key not in known}
        if new:
            known.update(zip(map(str, new), encode_items(list(new.values()), encoders.text), strict=True))
            cache.save()
    found = [products.picture(item) for item in products.items]
    keys["histogram"] = keys["image"] = [file_hash(path)[:24] if path else None for path in found]
    places = {key: path for key, path in zip(keys["image"], found, strict=True) if key and path}
    kinds = ("histogram", "image") if encoders and image else ("histogram",)
    _look(places, cache, kinds, encoders)
    gathered = {kind: cache.gather(kind, keys[kind]) for kind in keys if kind in (*kinds, "text")}
    return {kind: matrix for kind, matrix in gathered.items() if matrix is not None}


def _look(places: Mapping[str, Path], cache: VectorCache, kinds: Sequence[str], encoders: Encoders | None) -> None:
    """Histograms and the encoder's vectors of pictures that the cache does not know."""
    from stylist.encoders.images import load

    new = [key for key in places if any(key not in cache.known.get(kind, {}) for kind in kinds)]
    bar = tqdm(total=len(new), desc="pictures", file=sys.stderr, leave=False, disable=None)
    for start in range(0, len(new), PICTURES_AT_ONCE):
        loaded = []
        for key in new[start : start + PICTURES_AT_ONCE]:
            try:
                loaded.append((key, load(places[key])))
            except ImageError as fault:
                _tell(str(fault))
        for key, picture in loaded:
            cache.known.setdefault("histogram", {})[key] = histogram(np.asarray(picture.resize((48, 48)), np.float32))
        if loaded and encoders and "image" in kinds:
            rows, _ = encoders.vision.look([picture for _, picture in loaded])
            cache.known.setdefault("image", {}).update(zip([key for key, _ in loaded], rows, strict=True))
        bar.update(PICTURES_AT_ONCE)
        if start // SAVE_EVERY != (start + PICTURES_AT_ONCE) // SAVE_EVERY or start + PICTURES_AT_ONCE >= len(new):
            cache.save()
    bar.close()


def histogram(pixels: np.ndarray) -> np.ndarray:
    """Unit vector (BINS ** 3,) of roots of the shares of RGB bins over a picture (height, width, 3) in 0..255, without what looks
    like its border; the product of two is the Bhattacharyya coefficient."""
    border = np.median(np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]), axis=0)
    garment = pixels[np.abs(pixels - border).max(axis=-1) > 24]
    chosen = garment if len(garment) > 0.02 * pixels.shape[0] * pixels.shape[1] else pixels.reshape(-1, 3)
    bins = np.minimum(chosen / (256 / BINS), BINS - 1).astype(int)
    counts = np.bincount(bins @ np.array([BINS * BINS, BINS, 1]), minlength=BINS**3)
    return np.sqrt(counts / counts.sum()).astype(np.float32)


def train(args: Namespace) -> dict[str, Any]:
    """`args`: items, outfits, out, seed, text_encoder, image_encoder. Leaves head.safetensors, config.json, curve.jsonl and the
    items' vectors in `out`; a run that was stopped goes on, a finished one is returned as it is."""
    from stylist.ranking.pairwise import PairConfig

    config = PairConfig(seed=int(getattr(args, "seed", 0) or 0))
    if getattr(args, "epochs", None):
        config = replace(config, epochs=args.epochs)
    products = read_products(Path(args.items))
    outfits = q.read_outfits(Path(args.outfits), products.row)
    usable = {name: ids for name, ids in outfits.items() if len(ids) > 1}
    if len(usable) < 2:
        raise CatalogError(f"{args.outfits}: {len(usable)} outfits of two or more items; expected at least two")
    names = {"text": getattr(args, "text_encoder", None), "image": getattr(args, "image_encoder", None)}
    text, image = (name != NO_ENCODER for name in names.values())
    encoders = Encoders.named(*(None if name == NO_ENCODER else name for name in names.values()))
    out = Path(args.out)
    settings = {
        "training": asdict(config), "items": _digest([item.model_dump_json() for item in products.items]),
        "outfits": _digest([json.dumps([name, ids]) for name, ids in outfits.items()]),
        "encoders": {"text": identity(encoders.text.name) if text else None, "image": identity(encoders.vision.name) if image else None},
    }  # fmt: skip
    finished = _claim(out, settings)
    if finished:
        return _summary(finished)
    vectors = vectors_of(products, encoders, text, image, out)
    about = _fit(products, list(usable.values()), vectors, config, out)
    result = {
        **settings, **about, "seed": config.seed, "skipped": {"outfits": len(outfits) - len(usable)},
        "names": {kind: name for kind, name in names.items() if name},
    }  # fmt: skip
    _write_json(out / CONFIG, result)
    (out / CHECKPOINT).unlink(missing_ok=True)
    (out / STARTED).unlink(missing_ok=True)
    return _summary(result)


def _fit(products: Products, outfits: Sequence[tuple[str, ...]], vectors: Mapping[str, np.ndarray], config: Any, out: Path) -> dict[str, Any]:
    """Trains and saves the network; what its config says besides the settings."""
    import torch

    from stylist.ranking import pairwise

    with one_thread():
        torch.manual_seed(config.seed)
        sizes = {kind: vectors[kind].shape[1] for kind in pairwise.VECTORS if kind in vectors}
        x = pairwise.features(products.items, vectors, sizes)
        worn = sorted({id_ for ids in outfits for id_ in ids})
        memory = {id_: n for n, id_ in enumerate(worn, 1)}
        net = pairwise.PairNet(x.shape[1], len(memory), config)
        before = None
        if (out / CHECKPOINT).is_file():
            before = torch.load(out / CHECKPOINT, weights_only=True)
            _tell(f"goes on after epoch {before['epoch']}")
        curve = (out / CURVE).read_text(encoding="utf-8").splitlines()[: before["epoch"]] if before and (out / CURVE).is_file() else []

        def after_epoch(state: dict[str, Any], figures: dict[str, float]) -> None:
            curve.append(json.dumps(figures))
            write_atomically(out / CURVE, ("\n".join(curve) + "\n").encode())
            partial = out / (CHECKPOINT + ".partial")
            torch.save(state, partial)
            partial.replace(out / CHECKPOINT)
            _tell("epoch {epoch:.0f} of {of}: loss {loss:.4f}, held-out fitb {fitb:.4f}, auc {auc:.4f}".format(of=config.epochs, **figures))

        rows = [np.array([products.row[id_] for id_ in ids]) for ids in outfits]
        numbers = np.array([memory.get(item.id, 0) for item in products.items])
        types = [pairwise.product_type(item) for item in products.items]
        state = pairwise.fit(net, x, numbers, rows, types, config, before, after_epoch)
    write_atomically(out / WEIGHTS, save({name: tensor.numpy() for name, tensor in state["best"].items()}))
    best = json.loads(curve[state["best_epoch"] - 1])
    return {"sizes": sizes, "inputs": x.shape[1], "memory": worn, "best_epoch": state["best_epoch"], "held_out": {k: round(best[k], 4) for k in ("fitb", "auc")}, "used_outfits": len(outfits)}


def evaluate(args: Namespace) -> dict[str, Any]:
    """`args`: run (or None), items, questions, pairs, text_encoder, image_encoder. What the contract says, with baselines."""
    run = Path(args.run) if getattr(args, "run", None) else None
    config = _read_config(run) if run else None
    products = read_products(Path(args.items))
    questions = q.read_questions(Path(args.questions), products.row)
    pairs = q.read_pairs(Path(args.pairs), products.row)
    answered = [question for question in questions if question.outfit]
    judged = [pair for pair in pairs if len(pair.items) > 1]
    if not answered:
        raise CatalogError(f"{args.questions}: every outfit is empty; expected at least one item beside the candidates")
    if len({pair.label for pair in judged}) < 2:
        raise CatalogError(f"{args.pairs}: too few lines with two or more items; expected some of both labels, 0 and 1")
    named = {id_ for question in answered for id_ in (*question.outfit, *question.candidates)} | {id_ for pair in judged for id_ in pair.items}
    used = products.only(named)
    harmonies: dict[str, Harmony] = {"bundled": AttributeHarmony(used.items), "color": q.color_only(used.items)}
    with one_thread():
        if run and config:
            vectors = _vectors_as_trained(used, config, args, run)
            harmonies["run"] = _load(run, config, used, vectors)
        else:
            vectors = vectors_of(used, None, False, False, None)
        if "histogram" in vectors:
            harmonies["histogram"] = q.VectorSimilarity(vectors["histogram"])
        figures = {name: q.figures(harmony, used.row.__getitem__, answered, judged) for name, harmony in harmonies.items()}
    own = figures.pop("run" if run else "bundled")
    skipped = {"questions": len(questions) - len(answered), "pairs": len(pairs) - len(judged)}
    return {**own, "questions": len(answered), "pairs": len(judged), "skipped": skipped, "baselines": {"chance": q.chance(answered), **figures}}


def _vectors_as_trained(products: Products, config: Mapping[str, Any], args: Namespace, run: Path) -> dict[str, np.ndarray]:
    """Vectors of the encoders a run was trained with; ModelError where others are asked for or found."""
    trained, names = config["encoders"], config.get("names", {})
    given = {"text": getattr(args, "text_encoder", None), "image": getattr(args, "image_encoder", None)}
    chosen = {kind: given[kind] or names.get(kind) for kind in given}
    encoders = Encoders.named(*(None if chosen[kind] == NO_ENCODER else chosen[kind] for kind in ("text", "image")))
    for kind, encoder in (("text", encoders.text), ("image", encoders.vision)):
        found = identity(encoder.name)
        if trained[kind] and found != trained[kind] and not (found["hash"] and found["hash"] == trained[kind]["hash"]):
            raise ModelError(f"{run}: was trained with the {kind} encoder {trained[kind]['name']!r}, not this {found['name']!r}; expected the same, or to be trained again")
    return vectors_of(products, encoders, bool(trained["text"]), bool(trained["image"]), run)


def _load(run: Path, config: Mapping[str, Any], products: Products, vectors: Mapping[str, np.ndarray]) -> Harmony:
    from safetensors.torch import load_file

    from stylist.ranking.pairwise import PairConfig, PairNet, PairwiseHarmony

    try:
        net = PairNet(config["inputs"], len(config["memory"]), PairConfig(**config["training"]))
        net.load_state_dict(load_file(run / WEIGHTS))
        return PairwiseHarmony(net, products.items, vectors, config["sizes"], {id_: n for n, id_ in enumerate(config["memory"], 1)})
    except (OSError, SafetensorError, RuntimeError, TypeError, KeyError) as fault:
        raise ModelError(f"{run / WEIGHTS}: cannot be used ({str(fault).splitlines()[0]}); expected what `stylist harmony train` wrote") from None


def _read_config(run: Path) -> dict[str, Any]:
    expected = "expected a folder that `stylist harmony train` finished"
    if not (run / CONFIG).is_file():
        raise ModelError(f"{run}: no {CONFIG}; {expected}")
    try:
        config = json.loads((run / CONFIG).read_text(encoding="utf-8"))
    except ValueError:
        raise ModelError(f"{run / CONFIG}: not JSON; {expected}") from None
    if not isinstance(config, dict) or not {"training", "encoders", "memory", "sizes", "inputs"} <= config.keys():
        raise ModelError(f"{run / CONFIG}: is not a harmony run's; {expected}")
    return config


def _claim(out: Path, settings: dict[str, Any]) -> dict[str, Any] | None:
    """A finished run of the same settings; None where there is one to begin or to go on with. ModelError for any other folder."""
    if out.exists() and not out.is_dir():
        raise ModelError(f"{out}: expected a folder to write to, found a file")
    out.mkdir(parents=True, exist_ok=True)
    for name in (CONFIG, STARTED):
        if (out / name).is_file():
            try:
                before = json.loads((out / name).read_text(encoding="utf-8"))
            except ValueError:
                raise ModelError(f"{out / name}: not JSON; expected what `stylist harmony train` wrote") from None
            if any(before.get(key) != value for key, value in json.loads(json.dumps(settings)).items()):
                raise ModelError(f"{out}: holds a run of other settings or other data; expected a new folder or the same settings")
            return dict(before) if name == CONFIG else None
    if any(out.iterdir()):
        raise ModelError(f"{out}: is not empty and holds no run; expected an empty or new folder")
    _write_json(out / STARTED, settings)
    return None


def _summary(config: Mapping[str, Any]) -> dict[str, Any]:
    return {"outfits": config["used_outfits"], "items": len(config["memory"]), "vectors": list(config["sizes"]), "held_out": config["held_out"], "best_epoch": config["best_epoch"], "seed": config["seed"], "skipped": config["skipped"]}


@contextmanager
def one_thread() -> Iterator[None]:
    """The network is too small for more threads to help."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    write_atomically(path, (json.dumps(value, ensure_ascii=False) + "\n").encode())


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
