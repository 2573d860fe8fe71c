"""The page itself: components, their places, and which of them an action changes. What they show comes from `session_view`."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from stylist.app.chips import chips_of
from stylist.app.looks import header_html, looks_html, quick_html, saved_html, wishes_html
from stylist.app.session_view import Busy, Changes, SessionView
from stylist.app.shelf import Shelf
from stylist.app.theme import CSS, Editorial
from stylist.app.words import LANGUAGES, preferred, words
from stylist.errors import StylistError

if TYPE_CHECKING:
    from stylist.stylist import Stylist

PHOTO_TYPES = [".png", ".jpg", ".jpeg", ".webp"]
MAX_FILE_SIZE = "12mb"
AT_ONCE, WAITING = 2, 64
"""Answers written at one time, and visitors that may wait for theirs."""
KEPT_S = 2 * 3600
"""How long a visitor's page is kept after its last use."""

# Clicks inside the page's own HTML are reported with what their button says of itself.
_CLICKS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (!button || button.disabled) return;
  trigger('click', {act: button.dataset.act, value: button.dataset.value || '', rank: Number(button.dataset.rank) || 0});
});
element.addEventListener('click', (event) => {
  const jump = event.target.closest('a.jump');
  if (!jump) return;
  event.preventDefault();
  document.getElementById('looks-top')?.scrollIntoView({behavior: 'smooth'});
});
"""


def _html(elem_id: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=_CLICKS, apply_default_css=False)


class Page:
    """The components of the page, and the updates that bring them to what a `SessionView` holds."""

    def __init__(self, stylist: Stylist, folder: Path) -> None:
        self._stylist, self._shelf = stylist, Shelf(folder)
        say = words("en")
        with gr.Blocks(
            title=say["title"], analytics_enabled=False, fill_width=True, delete_cache=(3600, KEPT_S)
        ) as self.blocks:
            self.view = gr.State(None, time_to_live=KEPT_S, delete_callback=_close)
            with gr.Row(elem_id="top"):
                self.header = _html("header", header_html("en"))
                choices = [(name, code) for code, name in LANGUAGES.items()]
                self.language = gr.Radio(
                    choices,
                    value="en",
                    label=say["to_talk"],
                    show_label=False,
                    container=False,
                    elem_id="language",
                    min_width=0,
                )
            with gr.Row(elem_id="page"):
                with gr.Column(elem_id="talk", scale=4, min_width=300):
                    self.chat = gr.Chatbot(
                        label=say["chat"], show_label=False, elem_id="chat", layout="bubble", buttons=[], placeholder=say["empty_chat"],
                        latex_delimiters=[], allow_tags=False, height=None, autoscroll=True, feedback_options=None,
                    )  # fmt: skip
                    self.quick = _html("quick", quick_html(say["starters"], 0, "en"))
                    self.message = gr.MultimodalTextbox(
                        label=say["attach"], show_label=False, placeholder=say["placeholder"], file_types=PHOTO_TYPES, file_count="multiple",
                        sources=["upload"], lines=1, max_lines=5, elem_id="message", max_plain_text_length=2000,
                    )  # fmt: skip
                with gr.Column(elem_id="show", scale=7, min_width=300):
                    with gr.Row(elem_id="mind"):
                        self.wishes = _html("wishes", wishes_html([], "en"))
                        self.budget = gr.Number(
                            0,
                            label=say["budget"],
                            info=say["budget_info"].format(currency="USD"),
                            minimum=0,
                            elem_id="budget",
                            min_width=120,
                        )
                    self.looks = _html("looks", looks_html((), (), "en"))
                    self.saved = _html("saved")
            self._wire()

    @property
    def _shown(self) -> list[Any]:
        return [self.view, self.chat, self.quick, self.message, self.wishes, self.budget, self.looks, self.saved]

    def _wire(self) -> None:
        answering: dict[str, Any] = {
            "outputs": self._shown,
            "concurrency_limit": AT_ONCE,
            "concurrency_id": "answers",
            "api_visibility": "private",
            "show_progress": "hidden",
        }
        self.message.submit(self._say, [self.view, self.message, self.language], **answering)
        for html in (self.quick, self.wishes, self.looks):
            html.click(self._act, [self.view, self.language], **answering)
        for event in (self.budget.submit, self.budget.blur):
            event(self._budget, [self.view, self.budget, self.language], **answering)
        words_of = [self.header, self.language, *self._shown]
        quiet: dict[str, Any] = {"outputs": words_of, "api_visibility": "private", "show_progress": "hidden"}
        self.language.input(self._speak, [self.view, self.language], **quiet)
        self.blocks.load(self._start, None, **quiet)

    def _new_view(self, language: str) -> SessionView:
        return SessionView(self._stylist.session(), self._stylist.catalog.image_path, self._shelf, language)

    def _start(self, request: gr.Request) -> list[Any]:
        language = preferred(request.headers.get("accept-language", ""))
        return self._spoken(self._new_view(language))

    def _speak(self, view: SessionView | None, language: str) -> list[Any]:
        view = view or self._new_view(language)
        view.speak(language if language in LANGUAGES else "en")
        return self._spoken(view)

    def _spoken(self, view: SessionView) -> list[Any]:
        """Everything anew, in the view's language."""
        say = words(view.language)
        everything = self._updates(view, frozenset({"chat", "quick", "wishes", "looks", "saved"}))
        history: Any = view.history
        everything[1] = gr.Chatbot(value=history, label=say["chat"], placeholder=say["empty_chat"])
        everything[3] = gr.MultimodalTextbox(label=say["attach"], placeholder=say["placeholder"])
        everything[5] = gr.Number(**self._money(view), label=say["budget"])
        return [header_html(view.language), gr.Radio(value=view.language, label=say["to_talk"]), *everything]

    @staticmethod
    def _money(view: SessionView) -> dict[str, Any]:
        budget = view.state.budget
        return {
            "value": budget.total or 0,
            "info": words(view.language)["budget_info"].format(currency=budget.currency),
        }

    def _updates(self, view: SessionView, changed: Changes) -> list[Any]:
        """The values of `_shown`; what did not change is not sent again."""
        language = view.language
        updates: list[Any] = [view] + [gr.skip() for _ in self._shown[1:]]
        if "chat" in changed:
            updates[1] = view.history
        if "quick" in changed or "looks" in changed:
            updates[2] = quick_html(view.quick, len(view.outfits), language)
        if "wishes" in changed:
            updates[4] = wishes_html(chips_of(view.state, language), language)
            updates[5] = gr.Number(**self._money(view))
        if "looks" in changed:
            updates[6] = looks_html(view.outfits, view.boards, language, view.owned, view.saved_ranks, view.asked, set(view.state.keep.values()), [text for text, _ in view.relax])
        if "saved" in changed:
            updates[7] = saved_html(view.saved, language)
        return updates

    def _run(self, view: SessionView, steps: Iterator[Changes]) -> Iterator[list[Any]]:
        try:
            for changed in steps:
                yield self._updates(view, changed)
        except Busy as fault:
            gr.Info(str(fault))
        except StylistError as fault:
            gr.Warning(words(view.language)["sorry"].format(reason=fault))

    def _say(self, view: SessionView | None, message: dict[str, Any], language: str) -> Iterator[list[Any]]:
        view = view or self._new_view(language)
        if view.busy:
            gr.Info(words(view.language)["busy"])
            return
        empty = {"text": "", "files": []}
        for number, updates in enumerate(
            self._run(view, view.say(message.get("text") or "", message.get("files") or []))
        ):
            if number == 0:
                updates[3] = empty
            yield updates

    def _budget(self, view: SessionView | None, total: float | None, language: str) -> Iterator[list[Any]]:
        view = view or self._new_view(language)
        if total is None or total < 0 or total > 1e9:
            updates = self._updates(view, frozenset())
            updates[5] = gr.Number(**self._money(view))
            yield updates
            return
        yield from self._run(view, view.budget(total))

    def _act(self, view: SessionView | None, language: str, event: gr.EventData) -> Iterator[list[Any]]:
        """A click inside the page's HTML. What it carries comes from the browser and is taken only where it names something shown."""
        view = view or self._new_view(language)
        data = event._data if isinstance(event._data, dict) else {}
        value, rank = str(data.get("value", ""))[:2000], data.get("rank")
        rank = rank if isinstance(rank, int) else 0
        actions: dict[str, Callable[[], Iterator[Changes]]] = {
            "say": lambda: view.say(value),
            "remove": lambda: view.forget(value),
            "direct": lambda: view.direct(value),
            "swap": lambda: view.swap(rank, value),
            "similar": lambda: view.swap(rank, value, similar=True),
            "keep": lambda: view.keep(rank, value),
            "more": lambda: view.more_like(rank),
            "save": lambda: view.save(rank),
            "give_up": lambda: view.give_up(int(value) if value.isdecimal() else -1),
        }
        action = actions.get(str(data.get("act")))
        if action is not None:
            yield from self._run(view, action())


def _close(view: SessionView | None) -> None:
    if view is not None:
        view.close()


@contextmanager
def serving(stylist: Stylist, host: str = "127.0.0.1", port: int | None = None, share: bool = False) -> Iterator[str]:
    """The chat as long as the context lasts; gives its address. OSError where the port is taken."""
    with tempfile.TemporaryDirectory(prefix="stylist-boards-") as name:
        folder = Path(name).resolve()
        blocks = Page(stylist, folder).blocks
        blocks.queue(max_size=WAITING, default_concurrency_limit=8)
        _, address, shared = blocks.launch(
            server_name=host, server_port=port, share=share, theme=Editorial(), css_paths=list(CSS), allowed_paths=[str(folder)],
            max_file_size=MAX_FILE_SIZE, footer_links=[], ssr_mode=False, quiet=True, prevent_thread_lock=True, show_error=False,
            enable_monitoring=False, run_history=False, pwa=False,
        )  # fmt: skip
        try:
            yield shared or address
        finally:
            blocks.close(verbose=False)


def serve(stylist: Stylist, host: str = "127.0.0.1", port: int | None = None, share: bool = False) -> None:
    """Serves the chat and prints its address; returns when it is interrupted."""
    with serving(stylist, host, port, share) as address:
        print(f"The stylist is at {address}", flush=True)
        threading.Event().wait()
