"""Pictures as vectors and readings: the bundled tower, or any CLIP or SigLIP model by name or folder.

The bundled tower lives in the bundled text encoder's space; a Hub model brings its own text side, which reads by zero-shot
prompts. Nothing here opens files of pictures (`images`) or decides what is on them (`describe`).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from stylist import paths
from stylist import vocabulary as v
from stylist.encoders.images import letterbox
from stylist.errors import ModelError
from stylist.names import value_name

Vectors = npt.NDArray[np.float32]
Reading = dict[str, dict[str, float]]
"""Field -> value -> probability; the probabilities of a field sum to one."""

CALIBRATION = "calibration.json"
_READ_FIELDS = ("type", "color", "pattern", "material", "sleeve", "length")
_PROMPTS = {
    "type": "a photo of a {}", "color": "a photo of {} clothes", "pattern": "a photo of clothes with a {} pattern",
    "material": "a photo of clothes made of {}", "sleeve": "a photo of clothes with {} sleeves", "length": "a photo of {} length clothes",
}  # fmt: skip


class _Backend(Protocol):
    dimension: int

    def run(self, pictures: list[Image.Image]) -> tuple[Vectors, list[Reading]]: ...


class VisionEncoder:
    """`embed` and `read` of RGB pictures. The model loads when first needed, without network where it is a folder."""

    def __init__(self, name_or_path: str | os.PathLike[str] | None = None, batch_size: int = 32):
        self.bundled = name_or_path is None
        self.name = str(name_or_path or paths.asset("vision"))
        self.batch_size = batch_size
        self._backend: _Backend | None = None

    @property
    def backend(self) -> _Backend:
        """The loaded model; ModelError where it cannot be loaded."""
        if self._backend is None:
            folder = Path(self.name)
            if (self.bundled or (os.sep in self.name and not _hub_like(self.name))) and not (folder / "config.json").is_file():
                raise ModelError(f"{self.name}: no vision encoder; expected a folder with config.json, or a CLIP or SigLIP name")
            try:
                self._backend = _Tower(folder) if _is_tower(folder) else _Hub(self.name)
            except (OSError, ValueError, RuntimeError, KeyError, AttributeError) as error:
                reason = str(error).splitlines()[0] if str(error) else type(error).__name__
                raise ModelError(f"{self.name}: cannot be loaded as a vision encoder ({reason})") from None
        return self._backend

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.backend.dimension

    def embed(self, pictures: list[Image.Image]) -> Vectors:
        """Unit vectors (pictures, dim) float32; (0, dim) for none."""
        return self.look(pictures)[0]

    def read(self, pictures: list[Image.Image]) -> list[Reading]:
        """What each picture shows, per field the probability of every value of the vocabulary, calibrated."""
        return self.look(pictures)[1]

    def look(self, pictures: list[Image.Image]) -> tuple[Vectors, list[Reading]]:
        """Both `embed` and `read` in one pass."""
        vectors, readings = [np.zeros((0, self.dimension), np.float32)], []
        for start in range(0, len(pictures), self.batch_size):
            rows, read = self.backend.run(pictures[start : start + self.batch_size])
            vectors.append(rows)
            readings += read
        return np.concatenate(vectors), readings


def _hub_like(name: str) -> bool:
    return name.count("/") == 1 and not name.startswith((".", "/")) and not os.path.exists(name)


def _is_tower(folder: Path) -> bool:
    config = folder / "config.json"
    return config.is_file() and json.loads(config.read_text(encoding="utf-8")).get("model_type") == "stylist-vision"


@dataclass(frozen=True)
class Calibration:
    """What a tower's logits are divided by per field, and by how much commoner a value is in photos than in training."""

    temperature: dict[str, float]
    prior: dict[str, dict[str, float]]

    @classmethod
    def read(cls, folder: Path) -> Calibration:
        """The folder's; temperatures of 1 and no prior where it has none."""
        file = folder / CALIBRATION
        known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        warmth = known.get("temperature", {})
        return cls({field: float(warmth.get(field, 1.0)) for field in _READ_FIELDS}, known.get("prior", {}))

    def logits(self, field: str, log_chances: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Calibrated logits (pictures, values) of log-probabilities."""
        factors = [float(self.prior.get(field, {}).get(value, 1.0)) for value in v.VALUES[field]]
        return np.asarray(log_chances / self.temperature[field] + np.log(factors), np.float64)


def _softmax(logits: npt.NDArray[Any]) -> npt.NDArray[Any]:
    chances = np.exp(logits - logits.max(1, keepdims=True))
    return chances / chances.sum(1, keepdims=True)


class _Tower:
    """Our own network; a picture and its mirror image are read together."""

    def __init__(self, folder: Path):
        from stylist.encoders.tower import VisionTower

        self.tower: Any = VisionTower.from_pretrained(folder).float().eval()
        self.size = self.tower.config.image_size
        self.dimension = self.tower.config.embedding_size
        self.calibration = Calibration.read(folder)

    def run(self, pictures: list[Image.Image]) -> tuple[Vectors, list[Reading]]:
        import torch

        from stylist.encoders.tower import READINGS

        squares = np.stack([np.asarray(letterbox(p.convert("RGB"), self.size), np.float32) for p in pictures])
        pixels = (torch.from_numpy(squares).permute(0, 3, 1, 2) / 255 - 0.5) / 0.25
        with torch.inference_mode():
            pooled = (self.tower(pixels).pooler_output + self.tower(pixels.flip(3)).pooler_output) / 2
            vectors = self.tower.embed(pooled).numpy()
            chances = {f: _softmax(self.calibration.logits(f, x.numpy())) for f, x in self.tower.read(pooled).items()}
        readings = [
            {f: dict(zip(values, map(float, chances[f][row]), strict=True)) for f, values in READINGS.items()} for row in range(len(pictures))
        ]
        return vectors.astype(np.float32), readings


class _Hub:
    """A two-tower model of transformers (CLIP, SigLIP, their kin), or of sentence-transformers (`modules.json`)."""

    def __init__(self, name: str):
        self.pair: _Pair = _SentencePair(name) if _is_sentence_model(name) else _TransformersPair(name)
        self.scale = self.pair.scale
        self.prompts = {
            field: self.pair.texts([_PROMPTS[field].format(value_name(field, x)) for x in v.VALUES[field]]) for field in _READ_FIELDS
        }
        self.dimension = self.prompts["type"].shape[1]

    def run(self, pictures: list[Image.Image]) -> tuple[Vectors, list[Reading]]:
        vectors = self.pair.images([p.convert("RGB") for p in pictures])
        readings: list[Reading] = [{} for _ in pictures]
        for field, prompts in self.prompts.items():
            chances = _softmax(self.scale * vectors @ prompts.T)
            for reading, row in zip(readings, chances, strict=True):
                reading[field] = dict(zip(v.VALUES[field], map(float, row), strict=True))
        return vectors, readings


class _Pair(Protocol):
    scale: float

    def images(self, pictures: list[Image.Image]) -> Vectors: ...

    def texts(self, texts: list[str]) -> Vectors: ...


def _is_sentence_model(name: str) -> bool:
    return name.startswith("sentence-transformers/") or (Path(name) / "modules.json").is_file()


class _SentencePair:
    scale = 100.0

    def __init__(self, name: str):
        from sentence_transformers import SentenceTransformer

        self.model: Any = SentenceTransformer(name, local_files_only=os.path.isdir(name))

    def _unit(self, inputs: list[Any]) -> Vectors:
        return np.asarray(self.model.encode(inputs, normalize_embeddings=True, show_progress_bar=False), np.float32)

    images = _unit
    texts = _unit


class _TransformersPair:
    def __init__(self, name: str):
        import torch
        from transformers import AutoModel, AutoProcessor

        self.model: Any = AutoModel.from_pretrained(name, dtype=torch.float32).eval()
        self.processor: Any = AutoProcessor.from_pretrained(name)
        self.scale = float(self.model.logit_scale.exp()) if hasattr(self.model, "logit_scale") else 100.0

    def _unit(self, function: Any, inputs: Any) -> Vectors:
        import torch

        with torch.inference_mode():
            found = function(**inputs)
        found = getattr(found, "pooler_output", found)  # newer versions return the whole output
        return torch.nn.functional.normalize(found.float(), dim=-1).cpu().numpy()

    def images(self, pictures: list[Image.Image]) -> Vectors:
        return self._unit(self.model.get_image_features, self.processor(images=pictures, return_tensors="pt"))

    def texts(self, texts: list[str]) -> Vectors:
        padding = "max_length" if "siglip" in self.model.config.model_type else True
        return self._unit(self.model.get_text_features, self.processor(text=texts, padding=padding, truncation=True, return_tensors="pt"))
