"""ProjectionNet and TransferNet together: loaded from `assets/heads`, they score a catalogue's items for a conversation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from stylist import paths
from stylist import vocabulary as v
from stylist.catalog.store import Catalog
from stylist.errors import ModelError
from stylist.ranking.projection import ProjectionNet
from stylist.ranking.transfer import TransferNet, slot_scores

WEIGHTS, SIZES = "heads.safetensors", "config.json"


class Heads(nn.Module):
    """Both networks; `sizes` are text, image and conversation widths and the item space's."""

    def __init__(self, text: int, image: int, conversation: int, size: int = 128):
        super().__init__()
        self.sizes = {"text": text, "image": image, "conversation": conversation, "size": size}
        self.projection = ProjectionNet(text, image, size)
        self.transfer = TransferNet(conversation, size)

    @classmethod
    def load(cls, folder: Path | None = None) -> Heads:
        """Weights saved by `save`, the bundled ones by default; ModelError where they are missing."""
        folder = folder or paths.asset("heads")
        if not (folder / SIZES).is_file():
            raise ModelError(f"{folder}: no ranking heads; expected {SIZES} and {WEIGHTS}")
        heads = cls(**json.loads((folder / SIZES).read_text(encoding="utf-8"))["sizes"])
        heads.load_state_dict(
            {
                name: value.float() if value.is_floating_point() else value
                for name, value in load_file(folder / WEIGHTS).items()
            }
        )
        return heads.eval()

    def save(self, folder: Path, **notes: object) -> None:
        """Writes half-precision weights and the sizes; `notes` (seed, scores) stand beside them."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file(
            {n: (x.half() if x.is_floating_point() else x).contiguous() for n, x in self.state_dict().items()},
            folder / WEIGHTS,
        )
        (folder / SIZES).write_text(json.dumps({"sizes": self.sizes, **notes}, indent=1), encoding="utf-8")


class ItemSpace:
    """A catalogue's items in the item space, (n, size), made once."""

    def __init__(self, catalog: Catalog, heads: Heads):
        self.heads = heads
        sizes = heads.sizes
        text = _vectors(catalog, "text", sizes["text"])
        image = _vectors(catalog, "image", sizes["image"])
        with torch.inference_mode():
            self.items = heads.projection(torch.from_numpy(text), torch.from_numpy(image))
        self.slots = torch.tensor([v.SLOTS.index(item.slot) for item in catalog.items])

    @torch.inference_mode()
    def scores(self, conversation: np.ndarray) -> np.ndarray:
        """How well each item fits the conversation, (n,) in 0..1: the cosine with its slot's query, spread over each slot."""
        queries = self.heads.transfer(torch.from_numpy(conversation).float().unsqueeze(0))
        raw = slot_scores(queries, self.items, self.slots)[0].numpy()
        result = np.zeros_like(raw)
        for slot in range(len(v.SLOTS)):
            rows = self.slots.numpy() == slot
            if rows.any():
                low, high = raw[rows].min(), raw[rows].max()
                result[rows] = (raw[rows] - low) / max(1e-6, high - low)
        return result


def _vectors(catalog: Catalog, name: str, size: int) -> np.ndarray:
    """The catalogue's vectors of one kind, zeros where it has none; ModelError where another encoder made them."""
    found = catalog.vectors(name)
    if found is None:
        return np.zeros((len(catalog), size), dtype=np.float32)
    if found.shape[1] != size:
        raise ModelError(
            f"{catalog.folder}: its {name} vectors have {found.shape[1]} dimensions, the heads expect {size}; index it again"
        )
    return np.asarray(found, dtype=np.float32)
