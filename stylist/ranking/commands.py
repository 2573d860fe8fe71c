"""`stylist harmony train` and `stylist harmony eval`: from a shop's table and outfits to a run folder, and from a run to figures."""

from __future__ import annotations

import hashlib
import json
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import save

from stylist.catalog.encoders import Encoders, identity
from stylist.catalog.store import write_atomically
from stylist.errors import CatalogError, ModelError
from stylist.ranking import questions as q
from stylist.ranking.harmony import AttributeHarmony, Harmony, SetHarmony
from stylist.ranking.products import Products, read_products, tell, vectors_of

if TYPE_CHECKING:
    from stylist.ranking.outfit_net import OutfitConfig
    from stylist.ranking.outfit_training import Learned

WEIGHTS, CONFIG, STARTED, CURVE, CHECKPOINT = "head.safetensors", "config.json", "started.json", "curve.jsonl", "checkpoint.pt"
NO_ENCODER = "none"
"""As the name of an encoder: do without its vectors."""
FEWEST_OUTFITS = 10


def train(args: Namespace) -> dict[str, Any]:
    """`args`: items, outfits, out, seed, text_encoder, image_encoder. Leaves head.safetensors, config.json, curve.jsonl and the
    items' vectors in `out`; a run that was stopped goes on, a finished one is returned as it is."""
    from stylist.ranking.outfit_net import OutfitConfig

    config = OutfitConfig(seed=int(getattr(args, "seed", 0) or 0))
    if getattr(args, "epochs", None):
        config = replace(config, epochs=args.epochs)
    products = read_products(Path(args.items))
    outfits = q.read_outfits(Path(args.outfits), products.row)
    usable = {name: ids for name, ids in outfits.items() if len(ids) > 1}
    if len(usable) < FEWEST_OUTFITS:
        raise CatalogError(f"{args.outfits}: {len(usable)} outfits of two or more items; expected at least {FEWEST_OUTFITS}, to learn anything hundreds")
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


def _fit(products: Products, outfits: Sequence[tuple[str, ...]], vectors: Mapping[str, np.ndarray], config: OutfitConfig, out: Path) -> dict[str, Any]:
    """Trains and saves the networks; what the run's config says besides the settings."""
    import torch

    from stylist.ranking import outfit_training as training

    with one_thread():
        before = None
        if (out / CHECKPOINT).is_file():
            before = torch.load(out / CHECKPOINT, weights_only=True)
            tell(f"goes on after member {len(before['done']) + 1}, epoch {before.get('epoch', 0)}")
        curve = (out / CURVE).read_text(encoding="utf-8").splitlines() if before and (out / CURVE).is_file() else []
        if before:
            curve = curve[: len(before["done"]) * config.epochs + before.get("epoch", 0)]

        def after_epoch(state: dict[str, Any], figures: dict[str, float]) -> None:
            curve.append(json.dumps(figures))
            write_atomically(out / CURVE, ("\n".join(curve) + "\n").encode())
            partial = out / (CHECKPOINT + ".partial")
            torch.save(state, partial)
            partial.replace(out / CHECKPOINT)
            line = "network {member:.0f} of {members}, epoch {epoch:.0f} of {epochs}: loss {loss:.4f}"
            if "fitb" in figures:
                line += ", held-out fitb {fitb:.4f}, auc {auc:.4f}; as never seen {unseen_fitb:.4f}, {unseen_auc:.4f}"
            tell(line.format(members=config.members, epochs=config.epochs, **figures))

        learned = training.learn(products.items, outfits, vectors, config, before, after_epoch)
    save_run(out / WEIGHTS, learned)
    features = learned.features
    held = {name: round(value, 4) for name, value in learned.figures.items()}
    return {
        "memory": learned.memory, "types": features.types, "columns": features.columns, "kinds": list(features.matrices), "held_out": held,
        "used_outfits": len(outfits), "used_items": len({id_ for ids in outfits for id_ in ids}),
    }  # fmt: skip


def save_run(path: Path, learned: Learned) -> None:
    """The networks' weights, what their features are made with and which colors go together, in one file."""
    tensors = {f"{member}.{name}": tensor.numpy() for member, state in enumerate(learned.weights) for name, tensor in state.items()}
    tensors |= {f"center.{kind}": array for kind, array in learned.features.centers.items()}
    tensors |= {f"matrix.{kind}": np.ascontiguousarray(array) for kind, array in learned.features.matrices.items()}
    tensors |= {f"colors.{name}": array for name, array in (learned.colors.tensors() if learned.colors else {}).items()}
    write_atomically(path, save(tensors))


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
    harmonies: dict[str, Harmony | SetHarmony] = {"bundled": AttributeHarmony(used.items), "color": q.color_only(used.items)}
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


def _load(run: Path, config: Mapping[str, Any], products: Products, vectors: Mapping[str, np.ndarray]) -> SetHarmony:
    from safetensors.torch import load_file

    from stylist.ranking.harmony_colors import ColorMatch
    from stylist.ranking.item_features import FeatureMap
    from stylist.ranking.outfit_net import OutfitConfig
    from stylist.ranking.outfit_training import Learned

    try:
        tensors = load_file(run / WEIGHTS)
        parts = {part: {kind: tensors[f"{part}.{kind}"].numpy() for kind in config["kinds"]} for part in ("center", "matrix")}
        features = FeatureMap(tuple(config["types"]), tuple(config["columns"]), parts["center"], parts["matrix"])
        known = {name.partition(".")[2]: tensor.numpy() for name, tensor in tensors.items() if name.startswith("colors.")}
        colors = ColorMatch.of(known) if known else None
        settings = OutfitConfig(**config["training"])
        weights: list[dict[str, Any]] = [{} for _ in range(settings.members)]
        for name, tensor in tensors.items():
            member, _, parameter = name.partition(".")
            if member.isdigit():
                weights[int(member)][parameter] = tensor
        return Learned(weights, {}, features, config["memory"], colors).harmony(products.items, vectors, settings)
    except (OSError, SafetensorError, RuntimeError, TypeError, LookupError, ValueError) as fault:
        raise ModelError(f"{run / WEIGHTS}: cannot be used ({str(fault).splitlines()[0]}); expected what `stylist harmony train` wrote") from None


def _read_config(run: Path) -> dict[str, Any]:
    expected = "expected a folder that `stylist harmony train` finished"
    if not (run / CONFIG).is_file():
        raise ModelError(f"{run}: no {CONFIG}; {expected}")
    try:
        config = json.loads((run / CONFIG).read_text(encoding="utf-8"))
    except ValueError:
        raise ModelError(f"{run / CONFIG}: not JSON; {expected}") from None
    if not isinstance(config, dict) or not {"training", "encoders", "memory", "types", "columns", "kinds"} <= config.keys():
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
    return {"outfits": config["used_outfits"], "items": config["used_items"], "vectors": list(config["kinds"]), "held_out": config["held_out"], "seed": config["seed"], "skipped": config["skipped"]}


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
