"""A look that is to be plain has no pattern anywhere, but where a garment is to have one."""

import numpy as np
import pytest

from stylist import edits, paths
from stylist.catalog.store import Catalog
from stylist.ranking.composer import Composer
from stylist.ranking.promises import broken
from stylist.state import DialogState


@pytest.fixture(scope="module")
def composer():
    return Composer(Catalog.load(paths.catalogue()).items)


def _patterns(composer, edit):
    state = edits.apply(DialogState(), edit)
    found = composer.compose(state, np.random.default_rng(3).random(len(composer.table)), top_k=4)
    assert found.outfits and not any(broken(state, outfit) for outfit in found.outfits)
    return [{(item.slot, item.pattern) for item in outfit.items} for outfit in found.outfits]


def test_plain_means_every_item(composer):
    assert all(pattern in ("solid", None) for outfit in _patterns(composer, {"+pattern": ["solid"]}) for _, pattern in outfit)


def test_a_garment_that_is_to_be_striped_is_striped_in_a_plain_look(composer):
    for outfit in _patterns(composer, {"+pattern": ["solid"], "+type": ["shirt"], "+top.pattern": ["striped"]}):
        assert {pattern for slot, pattern in outfit if slot == "top"} == {"striped"}
        assert all(pattern in ("solid", None) for slot, pattern in outfit if slot != "top")
