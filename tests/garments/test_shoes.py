"""Shoes: both of a pair are there, paths are sound, and heels, shafts and soles have the heights that their words say."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest

from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part
from stylist.garments.shapes import boots, pumps, shoes
from stylist.garments.shapes.footwear import pitched
from stylist.garments.shapes.last import Camera, normals, patch, seen
from stylist.garments.shapes.pumps import dress_last
from stylist.garments.shapes.splines import points_of

CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "sneakers": {"upper": ("runner", "court", "high-top", "slip-on", "chunky")},
    "boots": {
        "shaft": ("ankle", "chelsea", "mid", "knee", "hiking", "combat"),
        "heel": ("flat", "low", "block", "stiletto", "platform", "wedge"),
    },
    "heels": {
        "heel": ("kitten", "block", "stiletto", "platform", "wedge"),
        "toe": ("round", "pointed", "almond", "square", "open"),
        "strap": ("none", "ankle", "t-bar", "slide"),
    },
    "flats": {"vamp": ("ballet", "mary-jane", "mule"), "toe": ("round", "pointed", "cap")},
    "loafers": {"vamp": ("penny", "tassel", "horsebit"), "heel": ("low", "platform")},
    "oxfords": {"vamp": ("brogue", "derby", "monk", ""), "toe": ("cap", "pointed", "square")},
    "sandals": {
        "strap": ("slide", "ankle", "t-bar", "gladiator", "thong", "espadrille"),
        "heel": ("flat", "block", "wedge", "platform", "stiletto"),
    },
}
CASES = [
    (type_, dict(zip(keys, values, strict=True)))
    for type_, keys in CHOICES.items()
    for values in itertools.product(*keys.values())
]


def box(garment: Garment) -> tuple[float, float, float, float]:
    points = [p for layer in garment.layers if isinstance(layer, Part) for p in points_of(layer.path)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def tallness(garment: Garment) -> float:
    left, top, right, bottom = box(garment)
    return (bottom - top) / (right - left)


def draw(type_: str, seed: int = 0, gender: str = "women", **details: str) -> Garment:
    return shoes.OUTLINES[type_](
        GarmentSpec(type_, "black", material="leather", gender=gender, details=details, seed=seed)
    )


@pytest.mark.parametrize(("type_", "details"), CASES, ids=[f"{t}-{'-'.join(d.values())}" for t, d in CASES])
def test_every_choice_gives_closed_paths_on_the_canvas(type_: str, details: dict[str, str]) -> None:
    garment = draw(type_, **details)
    for layer in garment.layers:
        if isinstance(layer, Part):
            assert layer.path.startswith("M ") and layer.path.endswith("Z")
            assert layer.path.count("M") == layer.path.count("Z")
        points = [(layer.x, layer.y)] if isinstance(layer, Button) else points_of(layer.path)
        assert points and np.isfinite(points).all()
        margin = 60 if isinstance(layer, Line) else 0.5
        assert all(-margin <= x <= 1000 + margin and -margin <= y <= 1000 + margin for x, y in points)
    left, top, right, bottom = box(garment)
    assert max(right - left, bottom - top) > 850, "the pair fills the canvas"


@pytest.mark.parametrize("type_", sorted(CHOICES))
def test_two_shoes_stand_side_by_side(type_: str) -> None:
    soles = [la for la in draw(type_).layers if isinstance(la, Part) and la.role == "sole"]
    starts = sorted(min(x for x, _ in points_of(sole.path)) for sole in soles)
    assert len(soles) >= 2
    assert starts[-1] - starts[0] > 30


def test_a_stiletto_is_higher_than_a_kitten_heel_than_a_flat() -> None:
    flat = tallness(draw("flats", heel="flat", toe="pointed", vamp="none"))
    kitten, stiletto, platform = (tallness(draw("heels", heel=heel)) for heel in ("kitten", "stiletto", "platform"))
    assert flat < kitten < stiletto < platform
    assert pumps.HEIGHTS["flat"] < pumps.HEIGHTS["kitten"] < pumps.HEIGHTS["block"] < pumps.HEIGHTS["stiletto"]


def test_a_stiletto_is_slimmer_than_a_block_heel() -> None:
    def width(heel: str) -> float:
        parts = [la for la in draw("heels", heel=heel).layers if isinstance(la, Part) and la.role == "heel"]
        points = points_of(max(parts, key=lambda part: len(part.path)).path)
        foot = max(y for _, y in points)
        top = min(y for _, y in points)
        xs = [x for x, y in points if y > foot - 0.3 * (foot - top)]
        return max(xs) - min(xs)

    assert width("stiletto") < 0.5 * width("block")


def test_shafts_rise_from_ankle_to_knee() -> None:
    heights = [tallness(draw("boots", shaft=shaft, heel="low")) for shaft in ("ankle", "mid", "knee")]
    assert heights == sorted(heights) and heights[0] < heights[-1]
    assert boots._TOPS["ankle"] < boots._TOPS["mid"] < boots._TOPS["knee"]


def test_high_tops_and_chunky_soles_are_taller_than_courts() -> None:
    court, high, chunky = (tallness(draw("sneakers", upper=upper)) for upper in ("court", "high-top", "chunky"))
    assert court < chunky
    assert court < high


def test_laced_shoes_have_laces_and_eyelets_and_others_none() -> None:
    def count(garment: Garment) -> tuple[int, int]:
        laces = sum(isinstance(la, Line) and la.kind == "lace" for la in garment.layers)
        return laces, sum(isinstance(la, Button) and la.kind == "eyelet" for la in garment.layers)

    for garment in (draw("sneakers", upper="court"), draw("oxfords"), draw("boots", shaft="combat")):
        laces, eyelets = count(garment)
        assert laces >= 20 and eyelets >= 20
    for garment in (draw("sneakers", upper="slip-on"), draw("loafers"), draw("oxfords", vamp="monk")):
        assert count(garment) == (0, 0)


def test_open_shoes_show_their_lining() -> None:
    for type_ in CHOICES:
        assert any(isinstance(la, Part) and la.role == "lining" for la in draw(type_).layers)


def test_the_seed_alone_decides() -> None:
    assert draw("sneakers", seed=3) == draw("sneakers", seed=3)
    assert draw("sneakers", seed=3) != draw("sneakers", seed=4)


def test_the_two_feet_mirror_each_other() -> None:
    u, v = np.meshgrid(np.linspace(0.02, 0.98, 9), np.linspace(0, 1, 9))
    left, right = (dress_last(5.0, 0.5, "almond", foot).points(u, v) for foot in (1, -1))
    mirrored = dress_last(5.0, 0.5, "almond", -1).points(u, 1 - v)
    assert np.allclose(left[..., [0, 2]], mirrored[..., [0, 2]], atol=1e-9)
    assert np.allclose(left[..., 1], -mirrored[..., 1], atol=1e-9)
    assert not np.allclose(left, right)


def test_the_seat_of_a_heel_is_as_high_as_the_heel() -> None:
    seat = dict(pitched(9.0, 0.5))
    assert seat[0.0] == pytest.approx(9.5)
    assert seat[0.68] == pytest.approx(0.5)


def test_near_walls_face_the_viewer_and_far_walls_show_their_inside() -> None:
    last = dress_last(0.5, 0.5, "round", 1)
    camera = Camera(20.0, 20.0, 27.0, 0.0, 0.0)
    u = np.array([0.3, 0.3])
    facing = camera.facing(normals(last.points, u, np.array([0.1, 0.9])))
    assert facing[0] > 0 > facing[1]
    wall = patch(lambda s, t: 0.2 + 0.2 * s, lambda u_, t: 0.02 + 0.1 * t)
    assert seen(last.points, wall, camera) and not seen(last.points, wall, camera, inside=True)


def test_a_pair_uses_only_the_generator_that_it_is_given() -> None:
    camera = Camera(28.0, 21.0, 27.0, 0.0, 0.0)
    spec = GarmentSpec("boots", "brown", details={"shaft": "combat"})
    assert boots.boots(spec, camera, 1, Random(1)) == boots.boots(spec, camera, 1, Random(1))
