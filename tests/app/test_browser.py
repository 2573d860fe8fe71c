"""The page in a real browser: a message, a reply with boards, a photo, a phone's width, and no request to anywhere else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_stylist import FakeStylist
from PIL import Image, ImageDraw

from stylist.catalog.items import Item

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE_MS = 60_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def address(items: list[Item], catalogue_folder: Path) -> Iterator[str]:
    from stylist.app.blocks import serving

    with serving(FakeStylist(items, catalogue_folder)) as where:  # type: ignore[arg-type]
        yield where


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as tools:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


def _open(browser: playwright.Browser, address: str, width: int, height: int, locale: str = "en-US") -> playwright.Page:
    page = browser.new_context(viewport={"width": width, "height": height}, locale=locale).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    page.wait_for_selector("#message textarea")
    page.wait_for_selector(".quick .reply")
    return page


def _say(page: playwright.Page, text: str) -> None:
    page.fill("#message textarea", text)
    page.press("#message textarea", "Enter")


def _overflow(page: playwright.Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_a_conversation_on_a_wide_window(browser: playwright.Browser, address: str, tmp_path: Path) -> None:
    page = _open(browser, address, 1440, 900)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    page.wait_for_selector(".quick .reply")
    _say(page, "An autumn wedding, no black")
    page.wait_for_selector("#chat .bot >> text=Day or evening?")
    page.wait_for_function(
        "[...document.querySelectorAll('img.board')].filter(i => i.complete && i.naturalWidth > 300).length === 3"
    )
    assert page.locator("article.look").count() == 3
    assert page.locator(".chip.avoid").inner_text().startswith("no black")
    assert page.locator("img.board").first.get_attribute("alt")
    assert "${1+1} {{value}}" in page.locator("#looks").inner_text()
    assert page.locator("#message textarea").input_value() == ""

    picture = Image.new("RGB", (240, 320), (235, 235, 235))
    ImageDraw.Draw(picture).rectangle((50, 60, 190, 260), fill=(40, 60, 120))
    picture.save(tmp_path / "mine.png")
    (tmp_path / "bad.jpg").write_bytes(b"not a picture at all")
    page.set_input_files("#message input[type=file]", [tmp_path / "mine.png", tmp_path / "bad.jpg"])
    page.wait_for_function(
        "document.querySelectorAll('#message .thumbnail-item, #message .thumbnail-image').length >= 2"
    )
    _say(page, "And with this jacket of mine?")
    page.wait_for_selector("#chat >> text=bad.jpg")
    page.wait_for_selector(".chip.want >> text=built around")
    page.wait_for_selector("#chat .user img")

    page.locator(".chip.avoid").click()  # while the reply is being written: it waits its turn
    page.wait_for_selector(".chip.avoid", state="detached")
    page.wait_for_selector("#chat .bot >> text=Noted, and laid out anew.")
    page.wait_for_function("document.querySelectorAll('img.board').length === 3")
    page.locator("[data-act=save]").first.click()
    page.wait_for_selector(".saved img")

    assert _overflow(page) <= 0
    outside = [url for url in requests if not url.startswith((address.rstrip("/"), "data:", "blob:"))]
    assert not outside


def test_a_phone_shows_everything_within_its_width(browser: playwright.Browser, address: str) -> None:
    page = _open(browser, address, 390, 844, "ko-KR")
    assert "스타일리스트" in page.locator(".masthead").inner_text()
    page.locator(".quick .reply").first.click()
    page.wait_for_function("document.querySelectorAll('img.board').length === 3")
    assert page.locator(".quick .jump").is_visible()
    assert _overflow(page) <= 0
    cut = page.evaluate(
        "[...document.querySelectorAll('#looks .about *, #wishes *, #quick *, #budget input')]"
        ".map(e => e.getBoundingClientRect()).filter(r => r.width && (r.right > innerWidth + 1 || r.left < -1)).length"
    )
    assert cut == 0
    tall = page.evaluate("[...document.querySelectorAll('.look button')].map(e => e.getBoundingClientRect().height)")
    assert min(tall) >= 28
