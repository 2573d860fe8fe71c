"""The one exception family. A message names the file, line or field and what was expected."""

from __future__ import annotations


class StylistError(Exception):
    """Base of every error that a user can cause; the command line prints it as one line and exits with status 2."""


class VocabularyError(StylistError, ValueError):
    """A value or field that the vocabulary does not hold. Also a ValueError, so that pydantic reports where it stood."""


class DialogError(StylistError):
    """A dialog file that cannot be read as the contract describes."""


class CatalogError(StylistError):
    """A catalogue, or a table meant to become one, that cannot be used."""


class ImageError(StylistError):
    """A picture that is missing, hostile, or not a picture."""


class ModelError(StylistError):
    """A model, adapter or encoder that cannot be loaded or does not fit its partner."""


class FascodeError(StylistError):
    """A FASCODE file that is truncated, mixed up or names what the metadata lacks."""
