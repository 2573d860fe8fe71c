"""Slips are mended toward the model's own words; words that exist are left alone."""

import functools

import pytest
from transformers import AutoTokenizer

from stylist import paths
from stylist.mllm.spelling import Speller


@functools.cache
def speller() -> Speller:
    return Speller(AutoTokenizer.from_pretrained(paths.asset("mini")))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sweatr and jeens", "sweater and jeans"),
        ("cardign for teh autum weding", "cardigan for teh autumn wedding"),
        ("꽃무니 원피수 추천해 주세요", "꽃무늬 원피스 추천해 주세요"),
        ("uni lectures tomorow, under £120", "uni lectures tomorrow, under £120"),
    ],
)
def test_slips_are_mended(typed: str, meant: str) -> None:
    assert speller().correct(typed) == meant


@pytest.mark.parametrize(
    "text", ["a robe and a torque wrench in Prague", "bath, exam, cute aunt, boots", "mail anna@jeens.com at http://trousrs.org", "친구 결혼식이요 jean", "don't do y'all's", "그렇지 않아요", "어제 원피스 샀어요"]
)
def test_what_is_no_slip_stays(text: str) -> None:
    assert speller().correct(text) == text
