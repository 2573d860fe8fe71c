"""Which stylist the options and the environment ask for."""

from __future__ import annotations

import argparse

import pytest

from stylist import loading
from stylist.stylist import Stylist


def asked(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> dict:
    monkeypatch.setattr(Stylist, "load", classmethod(lambda cls, **options: options))
    parser = argparse.ArgumentParser()
    loading.stylist_arguments(parser)
    return loading.load_stylist(parser.parse_args(arguments))


def test_options_stand_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STYLIST_MODEL", "STYLIST_SERVER"):
        monkeypatch.delenv(name, raising=False)
    assert asked(monkeypatch) == {}
    monkeypatch.setenv("STYLIST_SERVER", "http://host/v1")
    monkeypatch.setenv("STYLIST_MODEL", "big")
    assert asked(monkeypatch) == {"model": "big", "server": "http://host/v1"}
    assert asked(monkeypatch, "--model", "folder", "--four-bit") == {"model": "folder", "four_bit": True}
    assert asked(monkeypatch, "--adapter", "tracker=a/b", "--adapter", "stylist=c=d")["adapters"] == {"tracker": "a/b", "stylist": "c=d"}


@pytest.mark.parametrize("wrong", ["tracker", "singer=x", "tracker="])
def test_an_adapter_for_nothing_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        asked(monkeypatch, "--adapter", wrong)
