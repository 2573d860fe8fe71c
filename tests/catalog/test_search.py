import numpy as np
import pytest
from PIL import Image

from stylist.catalog.items import Item
from stylist.catalog.search import attribute_scores, search
from stylist.catalog.store import Catalog
from stylist.errors import CatalogError

ITEMS = [
    Item(id="red-tee", type="t-shirt", slot="top", color="red", title="Red tee"),
    Item(id="blue-tee", type="t-shirt", slot="top", color="blue", title="Blue tee"),
    Item(id="red-dress", type="dress", slot="bottom", color="red", title="Red dress"),
    Item(id="burgundy-tee", type="t-shirt", slot="top", color="burgundy", title="Wine tee"),
    Item(id="bare", type="boots", slot="shoes", title="Boots"),
]


def ids(found):
    return [item.id for item, _ in found]


def test_by_words(encoders):
    catalog = Catalog(ITEMS)
    found = search(catalog, "a crimson tee", top_k=3, encoders=encoders)
    assert ids(found)[:2] == ["red-tee", "burgundy-tee"]
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert ids(search(catalog, "tee, not red", top_k=1, encoders=encoders)) == ["blue-tee"]
    assert len(search(catalog, "boots", top_k=99, encoders=encoders)) == len(ITEMS)


def test_like_this_but_red(encoders):
    """A blue T-shirt on the photo and "red" in the text: red T-shirts first, not blue ones, not red dresses."""
    photo = Image.new("RGB", (30, 30), (20, 20, 200))
    assert ids(search(Catalog(ITEMS), image=photo, top_k=1, encoders=encoders)) == ["blue-tee"]
    found = ids(search(Catalog(ITEMS), "like this but red", photo, 4, encoders))
    assert found[:2] == ["red-tee", "burgundy-tee"]
    assert ids(search(Catalog(ITEMS), "as a dress", photo, 1, encoders)) == ["red-dress"]


def test_image_vectors_count(encoders):
    photo = Image.new("RGB", (30, 30), (20, 20, 200))
    vectors, _ = encoders.vision.look([photo, Image.new("RGB", (30, 30), (200, 20, 20))])
    catalog = Catalog([ITEMS[1].model_copy(update={"id": "far"}), ITEMS[1]], vectors={"image": np.stack([vectors[1], vectors[0]])})
    assert ids(search(catalog, image=photo, top_k=1, encoders=encoders)) == ["blue-tee"]


def test_attribute_scores_by_hand():
    scores = attribute_scores(tuple(ITEMS), {"color": {"red": 1.0}})
    np.testing.assert_allclose(scores, [0.4, -0.4, 0.4, 0.24, 0.0])


def test_nothing_asked(encoders):
    with pytest.raises(CatalogError, match="expected a text"):
        search(Catalog(ITEMS), "  ", encoders=encoders)
