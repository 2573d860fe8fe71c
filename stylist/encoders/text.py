"""Sentences as vectors: the bundled English and Korean encoder, or any sentence-transformers model by name or folder."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import numpy.typing as npt

from stylist import paths
from stylist.errors import ModelError

Vectors = npt.NDArray[np.float32]

_BLANK = "."  # a text without a token would have no direction


class TextEncoder:
    """`encode` turns texts into unit vectors. The model loads when first needed, without network where it is a folder."""

    def __init__(self, name_or_path: str | os.PathLike[str] | None = None, batch_size: int = 128):
        self.bundled = name_or_path is None
        self.name = str(name_or_path or paths.asset("text-encoder"))
        self.batch_size = batch_size
        self._model: Any = None

    @property
    def model(self) -> Any:
        """The sentence-transformers model on the CPU or GPU; ModelError where it cannot be loaded."""
        if self._model is None:
            if (self.bundled or os.sep in self.name) and not os.path.isfile(os.path.join(self.name, "modules.json")):
                raise ModelError(f"{self.name}: no text encoder; expected a folder in sentence-transformers' format (modules.json)")
            from sentence_transformers import SentenceTransformer

            try:
                self._model = SentenceTransformer(self.name, local_files_only=os.path.isdir(self.name))
            except (OSError, ValueError, RuntimeError, KeyError) as error:
                reason = str(error).splitlines()[0] if str(error) else type(error).__name__
                raise ModelError(f"{self.name}: cannot be loaded as a text encoder ({reason})") from None
            self._model.eval()
        return self._model

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        model = self.model
        name = "get_embedding_dimension" if hasattr(model, "get_embedding_dimension") else "get_sentence_embedding_dimension"
        return int(getattr(model, name)())

    def encode(self, texts: list[str]) -> Vectors:
        """Unit vectors (texts, dim) float32, the same for the same text whatever stands beside it; (0, dim) for none.

        A blank text has the vector of a full stop.
        """
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        rows = self.model.encode(
            [text if text.strip() else _BLANK for text in texts], batch_size=self.batch_size, show_progress_bar=False,
            convert_to_numpy=True, normalize_embeddings=True,
        )  # fmt: skip
        return np.nan_to_num(np.asarray(rows, np.float32))
