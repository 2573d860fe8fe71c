"""Jeans to jumpsuits: paths are sound, and the words of the vocabulary show in the measures of the outline."""

from __future__ import annotations

import itertools

import pytest

from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part
from stylist.garments.shapes import bottoms, skirts_dresses
from stylist.garments.shapes.splines import interpolate, outline, points_of, spline

OUTLINES = {**bottoms.OUTLINES, **skirts_dresses.OUTLINES}
LEGS = ("skinny", "slim", "straight", "wide", "flared", "tapered", "barrel")
SILHOUETTES = (
    "a-line", "pencil", "pleated", "wrap", "tiered", "shift", "slip", "fit-and-flare", "bodycon", "shirt", "empire",
)  # fmt: skip


def box(garment: Garment) -> tuple[float, float, float, float]:
    points = [p for layer in garment.layers if isinstance(layer, Part) for p in points_of(layer.path)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def height(garment: Garment) -> float:
    _, top, _, bottom = box(garment)
    return bottom - top


def proportion(garment: Garment) -> float:
    """Width over height."""
    left, top, right, bottom = box(garment)
    return (right - left) / (bottom - top)


def body_width(garment: Garment, low: float, high: float) -> float:
    """The widest reach of body parts between two fractions of the garment's height, over that height."""
    _, top, _, bottom = box(garment)
    tall = bottom - top
    xs = [
        x
        for layer in garment.layers
        if isinstance(layer, Part) and layer.role in ("body", "rib")
        for x, y in points_of(layer.path)
        if low <= (y - top) / tall <= high
    ]
    return (max(xs) - min(xs)) / tall


def check_sound(garment: Garment) -> None:
    assert len(garment.layers) > 8
    for layer in garment.layers:
        if isinstance(layer, Part):
            assert layer.path.startswith("M ") and layer.path.endswith("Z")
            assert layer.path.count("M") == layer.path.count("Z")
        points = [(layer.x, layer.y)] if isinstance(layer, Button) else points_of(layer.path)
        assert points
        margin = 30 if isinstance(layer, Line) else 0
        assert all(-margin <= x <= 1000 + margin and -margin <= y <= 1000 + margin for x, y in points)


@pytest.mark.parametrize("type_", sorted(OUTLINES))
@pytest.mark.parametrize("fit", ["slim", "regular", "loose"])
@pytest.mark.parametrize("gender", ["women", "men"])
def test_every_type_is_sound_in_every_fit(type_: str, fit: str, gender: str) -> None:
    for length, seed in itertools.product((None, "mini", "knee", "cropped", "full"), (0, 5)):
        check_sound(OUTLINES[type_](GarmentSpec(type_, "blue", fit=fit, gender=gender, length=length, seed=seed)))


@pytest.mark.parametrize("material", ["denim", "cotton", "wool", "fleece", "leather", "satin"])
@pytest.mark.parametrize("waist", ["plain", "belt", "elastic", "paperbag"])
def test_waists_and_cloths_are_sound(material: str, waist: str) -> None:
    for type_ in ("shorts", "trousers", "skirt", "dress"):
        details = {"waist": waist, "pockets": "cargo", "hem": "cuff"}
        check_sound(OUTLINES[type_](GarmentSpec(type_, "green", material=material, details=details)))


@pytest.mark.parametrize("silhouette", SILHOUETTES)
def test_silhouettes_are_sound_at_every_length(silhouette: str) -> None:
    for type_, length in itertools.product(("skirt", "dress"), ("mini", "knee", "midi", "maxi")):
        details = {"silhouette": silhouette, "slit": "side"}
        check_sound(OUTLINES[type_](GarmentSpec(type_, "red", length=length, gender="women", details=details)))


NECKS = ("crew", "v", "scoop", "boat", "square", "halter", "off-shoulder", "sweetheart", "turtle", "mock", "henley")


@pytest.mark.parametrize("neckline", NECKS)
@pytest.mark.parametrize("sleeve", ["sleeveless", "short", "three-quarter", "long"])
def test_necklines_and_sleeves_are_sound(neckline: str, sleeve: str) -> None:
    for type_ in ("dress", "jumpsuit"):
        spec = GarmentSpec(type_, "pink", sleeve=sleeve, gender="women", details={"neckline": neckline})
        check_sound(OUTLINES[type_](spec))


@pytest.mark.parametrize("collar", ["point", "band", "peter-pan", "notch", "shawl", "peak", "stand"])
def test_collars_add_pieces(collar: str) -> None:
    bare = skirts_dresses.dress(GarmentSpec("dress", "navy", details={"silhouette": "a-line"}))
    worn = skirts_dresses.dress(GarmentSpec("dress", "navy", details={"silhouette": "a-line", "collar": collar}))
    assert not any(isinstance(la, Part) and la.role == "collar" for la in bare.layers)
    assert sum(isinstance(la, Part) and la.role == "collar" for la in worn.layers) >= 2


@pytest.mark.parametrize("type_", ["skirt", "dress"])
def test_mini_is_shorter_than_knee_than_midi_than_maxi(type_: str) -> None:
    drawn = [
        OUTLINES[type_](GarmentSpec(type_, "black", length=length, gender="women", details={"silhouette": "a-line"}))
        for length in ("mini", "knee", "midi", "maxi")
    ]
    for shorter, longer in itertools.pairwise(drawn):
        assert height(shorter) <= height(longer) + 1e-6
        assert proportion(shorter) > proportion(longer)
    assert height(drawn[0]) < height(drawn[-1])


def test_trousers_grow_with_their_length() -> None:
    drawn = [
        bottoms.trousers(GarmentSpec("trousers", "grey", length=length, details={"leg": "straight"}))
        for length in ("knee", "cropped", "ankle", "full")
    ]
    for shorter, longer in itertools.pairwise(drawn):
        assert height(shorter) < height(longer)


def test_shorts_grow_with_their_length() -> None:
    mini, knee = (bottoms.shorts(GarmentSpec("shorts", "grey", length=length)) for length in ("mini", "knee"))
    assert proportion(mini) > proportion(knee)


def test_legs_differ_at_the_hem() -> None:
    hems = {
        leg: body_width(bottoms.jeans(GarmentSpec("jeans", "blue", details={"leg": leg})), 0.93, 1.0) for leg in LEGS
    }
    assert hems["skinny"] < hems["slim"] < hems["straight"] < hems["flared"]
    assert hems["straight"] < hems["wide"]
    assert hems["tapered"] < hems["straight"]


def test_barrel_legs_are_widest_at_the_knee() -> None:
    barrel = bottoms.trousers(GarmentSpec("trousers", "grey", details={"leg": "barrel"}))
    assert body_width(barrel, 0.5, 0.7) > body_width(barrel, 0.93, 1.0)


def test_high_rise_lengthens_the_front() -> None:
    mid, high = (
        bottoms.jeans(GarmentSpec("jeans", "blue", details={"rise": rise, "leg": "straight"}, seed=1))
        for rise in ("mid", "high")
    )
    assert proportion(high) < proportion(mid)


def test_pencil_narrows_and_flare_widens_towards_the_hem() -> None:
    pencil, flare = (
        skirts_dresses.skirt(GarmentSpec("skirt", "black", length="knee", details={"silhouette": shape}))
        for shape in ("pencil", "fit-and-flare")
    )
    assert body_width(pencil, 0.9, 1.0) < body_width(pencil, 0.3, 0.5)
    assert body_width(flare, 0.9, 1.0) > 1.3 * body_width(flare, 0.1, 0.4)


def test_long_sleeves_reach_lower_than_short_ones() -> None:
    def reach(sleeve: str) -> float:
        garment = skirts_dresses.dress(GarmentSpec("dress", "red", sleeve=sleeve, length="midi", gender="women"))
        _, top, _, bottom = box(garment)
        ys = [y for la in garment.layers if isinstance(la, Part) and la.role == "sleeve" for _, y in points_of(la.path)]
        return (max(ys) - top) / (bottom - top)

    assert reach("short") < reach("three-quarter") < reach("long")


def test_the_seed_alone_decides() -> None:
    for type_ in OUTLINES:
        same = [OUTLINES[type_](GarmentSpec(type_, "blue", seed=4)) for _ in range(2)]
        assert same[0] == same[1]
        assert OUTLINES[type_](GarmentSpec(type_, "blue", seed=5)) != same[0]


def test_interpolate_passes_its_keys_without_overshoot() -> None:
    keys = [(0.0, 1.0), (1.0, 1.0), (2.0, 3.0), (5.0, 2.0)]
    assert [interpolate(keys, x) for x, _ in keys] == pytest.approx([1.0, 1.0, 3.0, 2.0])
    assert all(1.0 <= interpolate(keys, i / 10) <= 3.0 for i in range(-5, 60))


def test_runs_of_an_outline_meet() -> None:
    path = outline([(0, 0), (10, 0)], [(10, 10), (0, 10)])
    assert path == "M 0.00 0.00 L 10.00 0.00 L 10.00 10.00 L 0.00 10.00 Z"
    assert points_of(spline([(0, 0), (5, 5), (10, 0)]))[-1] == (10.0, 0.0)
