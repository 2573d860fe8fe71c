"""Outlines of tops and outerwear: what must hold for every type, whatever the spec asks for."""

from __future__ import annotations

import dataclasses
import re

import pytest

from stylist import vocabulary
from stylist.garments.parts import Button, Garment, GarmentSpec, Line, Part
from stylist.garments.shapes import outer, tops
from stylist.garments.shapes.beziers import between, cut, join, line, mirror, path, points_of, spline, x_at
from stylist.garments.shapes.choices import CHOICES
from stylist.garments.shapes.necks import DEPTHS, neckline
from stylist.garments.shapes.sleeves import sleeve
from stylist.garments.shapes.upper_body import block

OUTLINES = {**tops.OUTLINES, **outer.OUTLINES}
TYPES = sorted(OUTLINES)
SLEEVED = sorted(set(TYPES) - {"tank-top", "vest"})
CLOSED = re.compile(r"M-?[\d.]+ -?[\d.]+(C(-?[\d.]+ -?[\d.]+ ?){3})+Z")


def _draw(type_: str, **words: object) -> Garment:
    spec = GarmentSpec(type=type_, color="navy", **words)  # type: ignore[arg-type]
    return OUTLINES[type_](spec)


def _parts(garment: Garment, *roles: str) -> list[Part]:
    return [layer for layer in garment.layers if isinstance(layer, Part) and (not roles or layer.role in roles)]


def _box(parts: list[Part]) -> tuple[float, float, float, float]:
    points = [p for part in parts for p in points_of(part.path)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _check(garment: Garment) -> None:
    parts = _parts(garment)
    assert _parts(garment, "body")
    for part in parts:
        assert CLOSED.fullmatch(part.path), part.path[:80]
    cords = [Part(layer.path) for layer in garment.layers if isinstance(layer, Line) and layer.kind == "cord"]
    left, top, right, bottom = _box(parts + cords)
    assert left >= 0 and top >= 0 and right <= 1000 and bottom <= 1000
    assert right - left > 250 and bottom - top > 250
    assert max(right - left, bottom - top) > 600
    assert abs((left + right) / 2 - 500) < 25 and abs((top + bottom) / 2 - 500) < 25
    for layer in garment.layers:
        if isinstance(layer, Button):
            assert left <= layer.x <= right and top <= layer.y <= bottom
            assert 1.2 <= layer.radius <= 20
        elif isinstance(layer, Line):
            assert all(-40 <= x <= 1040 and -40 <= y <= 1040 for x, y in points_of(layer.path))


def test_every_type_of_the_two_slots_has_an_outline() -> None:
    assert set(tops.OUTLINES) == set(vocabulary.TYPES_BY_SLOT["top"])
    assert set(outer.OUTLINES) == set(vocabulary.TYPES_BY_SLOT["outer"])
    assert set(CHOICES) == set(OUTLINES)


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("gender", vocabulary.GENDERS)
def test_every_sleeve_length_and_fit_fits_the_canvas(type_: str, gender: str) -> None:
    for kind in (None, *vocabulary.SLEEVES):
        _check(_draw(type_, gender=gender, sleeve=kind))
    for length in vocabulary.LENGTHS:
        _check(_draw(type_, gender=gender, length=length))
    for fit in vocabulary.FITS:
        _check(_draw(type_, gender=gender, fit=fit, seed=7))


@pytest.mark.parametrize("type_", TYPES)
def test_every_choice_is_drawn_and_differs_from_the_default(type_: str) -> None:
    for detail, values in CHOICES[type_].items():
        plain = _draw(type_, details={detail: values[0]})
        for value in values[1:]:
            other = _draw(type_, details={detail: value})
            _check(other)
            assert other != plain, f"{detail}={value} looks like {values[0]}"


@pytest.mark.parametrize("type_", TYPES)
def test_all_pairs_of_choices_work_with_all_sleeves(type_: str) -> None:
    choices = [(detail, value) for detail, values in CHOICES[type_].items() for value in values]
    for i, first in enumerate(choices):
        for second in choices[i + 1 :]:
            kind = vocabulary.SLEEVES[i % len(vocabulary.SLEEVES)]
            _check(_draw(type_, sleeve=kind, gender="women", details=dict((first, second))))


@pytest.mark.parametrize("type_", TYPES)
def test_silhouettes_are_symmetric_but_for_the_hang_of_the_cloth(type_: str) -> None:
    for seed in range(4):
        left, _, right, _ = _box(_parts(_draw(type_, seed=seed), "body", "sleeve"))
        body_left, _, body_right, _ = _box(_parts(_draw(type_, seed=seed), "body"))
        assert abs((left + right) - 1000) < 0.03 * (right - left) + 6
        assert abs((body_left + body_right) - (left + right)) < 60


@pytest.mark.parametrize("type_", TYPES)
def test_the_same_spec_gives_the_same_layers_and_another_seed_others(type_: str) -> None:
    assert _draw(type_, seed=5) == _draw(type_, seed=5)
    assert _draw(type_, seed=5) != _draw(type_, seed=6)


def _sleeve_share(garment: Garment) -> float:
    """How far the sleeves reach down, as a share of the height from shoulder to hem; 0 without sleeves."""
    sleeves = _parts(garment, "sleeve")
    if not sleeves:
        return 0.0
    arms = [p for p in _parts(garment, "sleeve", "cuff", "rib") if not 400 < sum(_box([p])[::2]) / 2 < 600]
    _, top, _, bottom = _box(_parts(garment, "body"))
    return (_box(arms)[3] - top) / (bottom - top)


@pytest.mark.parametrize("type_", SLEEVED)
@pytest.mark.parametrize("gender", ["women", "men"])
def test_longer_sleeves_reach_further_down(type_: str, gender: str) -> None:
    shares = [_sleeve_share(_draw(type_, gender=gender, sleeve=kind)) for kind in vocabulary.SLEEVES]
    assert shares[0] == 0.0
    assert shares == sorted(shares) and len(set(shares)) == 4


@pytest.mark.parametrize("type_", TYPES)
def test_longer_garments_are_slimmer_in_their_frame(type_: str) -> None:
    def tall(length: str | None) -> float:
        left, top, right, bottom = _box(
            _parts(_draw(type_, gender="women", sleeve="sleeveless", length=length), "body")
        )
        return (bottom - top) / (right - left)

    assert tall("cropped") < tall(None)
    if type_ in ("coat", "trench-coat", "puffer", "cardigan"):
        assert tall("knee") < tall("midi")


@pytest.mark.parametrize("type_", ["t-shirt", "shirt", "sweater", "hoodie", "jacket", "blazer"])
def test_a_looser_fit_is_wider_for_its_neck(type_: str) -> None:
    for gender in vocabulary.GENDERS:
        bodies = [block(GarmentSpec(type_, "red", fit=fit, gender=gender)) for fit in ("slim", "regular", "loose")]
        for name in ("shoulder", "chest", "waist", "hip"):
            widths = [getattr(body, name) / body.neck for body in bodies]
            assert widths == sorted(widths) and len(set(widths)) == 3


def test_women_have_a_waist_and_men_hardly_one() -> None:
    women, men = (block(GarmentSpec("shirt", "red", gender=gender)) for gender in ("women", "men"))
    assert women.waist < 0.93 * women.chest and women.waist < 0.93 * women.hip
    assert men.waist > 0.94 * men.chest
    assert men.shoulder > women.shoulder


def test_the_neck_is_about_two_fifths_of_the_shoulders() -> None:
    for gender in vocabulary.GENDERS:
        body = block(GarmentSpec("t-shirt", "red", gender=gender))
        assert 0.33 < body.neck / body.shoulder < 0.47


def test_a_long_sleeve_ends_near_the_hem_of_a_regular_top() -> None:
    for gender in vocabulary.GENDERS:
        spec = GarmentSpec("sweater", "red", gender=gender, sleeve="long")
        body = block(spec)
        arm = sleeve(spec, body)
        assert arm is not None
        assert abs(arm.outer(arm.length)[1] - body.hem_y) < 6
        assert arm.inner(arm.length)[0] > body.hem


def test_a_sleeve_starts_at_the_armhole_and_narrows_to_the_cuff() -> None:
    spec = GarmentSpec("shirt", "red", sleeve="long")
    body = block(spec)
    arm = sleeve(spec, body, cuff=10.0)
    assert arm is not None
    assert arm.outer(0.0) == pytest.approx(body.tip, abs=0.02)
    assert arm.inner(arm.underarm) == pytest.approx((body.chest, body.underarm), abs=0.02)
    assert arm.width(arm.length) == pytest.approx(10.0, abs=0.3)
    assert arm.width(arm.underarm + 5) > arm.width(arm.length)


@pytest.mark.parametrize("kind", sorted(DEPTHS))
def test_necklines_run_from_the_centre_to_the_neck_point(kind: str) -> None:
    half = neckline(kind, 9.0)
    assert half[0][0] == 0.0 and half[0][1] == pytest.approx(DEPTHS[kind], abs=0.5)
    assert half[-1] == (9.0, 0.0)
    assert all(-0.01 <= x <= 9.6 and -0.6 <= y <= DEPTHS[kind] + 0.6 for x, y in half)


def test_neck_depths_are_ordered_as_their_names_say() -> None:
    assert DEPTHS["boat"] < DEPTHS["crew"] < DEPTHS["square"] < DEPTHS["scoop"] < DEPTHS["v"]


def test_men_and_women_button_to_their_own_side() -> None:
    def edge(gender: str) -> float:
        fronts = _parts(_draw("blazer", gender=gender), "body")
        left, _, right, _ = _box(fronts[1:2])
        return (left + right) / 2

    assert edge("women") < 500 < edge("men")


def test_a_puffer_has_channels_on_fronts_and_sleeves_and_a_vest_none_on_sleeves() -> None:
    coat, vest = _draw("puffer"), _draw("vest", details={"closure": "zip"})
    assert len(_parts(coat, "sleeve")) > 10 and len(_parts(coat, "body")) > 10
    assert not _parts(vest, "sleeve") and len(_parts(vest, "body")) > 8


def test_a_waistcoat_a_quilted_and_a_knitted_vest_differ() -> None:
    specs = [{"material": "wool"}, {"material": "down"}, {"material": "knit"}]
    drawn = [_draw("vest", **words) for words in specs]
    assert len({len(garment.layers) for garment in drawn}) == 3
    assert [bool(_parts(garment, "rib")) for garment in drawn] == [False, False, True]


def test_unknown_details_fall_back_to_the_default() -> None:
    assert _draw("t-shirt", details={"neckline": "ruff", "heel": "block"}) == _draw("t-shirt")


def test_curves_pass_through_their_points_and_cut_where_asked() -> None:
    points = ((0.0, 0.0), (4.0, 3.0), (3.0, 9.0), (6.0, 12.0))
    curve = spline(*points)
    assert curve[::3] == points
    above, below = cut(curve, 5.0)
    assert above[-1] == below[0] and above[-1][1] == pytest.approx(5.0, abs=1e-4)
    assert between(curve, 2.0, 8.0)[0][1] == pytest.approx(2.0, abs=1e-4)
    assert x_at(line((0.0, 0.0), (10.0, 10.0)), 4.0) == pytest.approx(4.0, abs=1e-4)
    assert mirror(mirror(curve)) == curve
    assert join(curve[:4], line(points[1], (9.0, 9.0)))[-1] == (9.0, 9.0)
    assert points_of(path(curve)) == [pytest.approx(p, abs=1e-3) for p in curve]


def test_the_spec_itself_is_never_changed() -> None:
    spec = GarmentSpec("tank-top", "red", sleeve="long", details={"strap": "spaghetti"})
    before = dataclasses.replace(spec)
    OUTLINES["tank-top"](spec)
    assert spec == before
