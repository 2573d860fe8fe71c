"""The way to an OpenAI-compatible chat server: requests, answers whole or streamed, patience with what passes, clear words for what doesn't.

Knows nothing of prompts or edits. No message and no error holds the key.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx

from stylist.errors import ModelError

CONNECT_S, READ_S, WHOLE_S = 5.0, 60.0, 180.0
"""Seconds to reach the server, between two pieces of an answer, and for one answer in all."""
TRIES = 4
LONGEST_WAIT_S = 20.0
MOST_BYTES = 4_000_000
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same request may succeed."""


class Passing(ModelError):
    """A trouble that may be over when the request is sent again; `after` is how long the server asks to wait, in seconds."""

    def __init__(self, message: str, after: float | None = None):
        super().__init__(message)
        self.after = after


class Refused(ModelError):
    """The server does not take the request; `said` is its reason."""

    def __init__(self, message: str, status: int, said: str):
        super().__init__(message)
        self.status, self.said = status, said


class ChatServer:
    """One server. Safe to share between threads."""

    def __init__(self, url: str, key: str | None = None, read_s: float = READ_S, pause_s: float = 0.5):
        """`url` is the base of its API ("http://host:8000/v1"); `pause_s` the first wait before a request is repeated, which doubles."""
        self.url = _base(url)
        self._key, self._pause_s, self._read_s = (key or "").strip(), pause_s, read_s
        if not self._key.isascii() or not self._key.isprintable() or " " in self._key:
            raise ModelError("the API key holds characters that no key has; expected printable ASCII without spaces")
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        timeout = httpx.Timeout(read_s, connect=min(CONNECT_S, read_s))
        self._client = httpx.Client(base_url=str(self.url), headers=headers, timeout=timeout)
        shown = self.url.copy_with(username=None, password=None, query=None)
        self.name = str(shown).rstrip("/")

    def close(self) -> None:
        self._client.close()

    def models(self) -> list[dict[str, Any]]:
        """What the server serves, an object with `id` each; [] where it does not say."""
        try:
            listed = self._again(lambda: self._json("GET", "models", None))
        except Refused as fault:
            if fault.status in (404, 405, 501):
                return []
            raise
        data = listed.get("data") if isinstance(listed, dict) else None
        return [entry for entry in data or () if isinstance(entry, dict) and isinstance(entry.get("id"), str)]

    def ask(self, body: dict[str, Any]) -> str:
        """The whole answer to a chat request."""
        answer = self._again(lambda: self._json("POST", "chat/completions", {**body, "stream": False}))
        content = _content(answer, "message")
        if content is None:
            raise ModelError(f"{self.name}: an answer without choices.0.message.content; expected an OpenAI-compatible server")
        return content

    def stream(self, body: dict[str, Any]) -> Iterator[str]:
        """The answer piece by piece. A request is repeated only as long as nothing of its answer was given out."""
        for attempt in range(TRIES):
            begun = False
            try:
                for piece in self._pieces({**body, "stream": True}):
                    begun = True
                    yield piece
                return
            except Passing as fault:
                if begun or attempt == TRIES - 1:
                    raise ModelError(str(fault)) from None
                self._wait(attempt, fault.after)

    def _again(self, request: Any) -> Any:
        for attempt in range(TRIES):
            try:
                return request()
            except Passing as fault:
                if attempt == TRIES - 1:
                    raise ModelError(f"{fault} ({TRIES} tries)") from None
                self._wait(attempt, fault.after)
        raise AssertionError("the last try returns or raises")

    def _wait(self, attempt: int, after: float | None) -> None:
        pause = self._pause_s * 2**attempt * (1 + random.random() / 2)  # spread, so that many clients do not return at once
        time.sleep(min(LONGEST_WAIT_S, max(pause, after or 0.0)))

    def _json(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        with closing(self._open(method, path, body)) as response:
            text = self._text(response)
        try:
            return json.loads(text)
        except ValueError:
            raise ModelError(f"{self.name}: its answer is not JSON; expected the base URL of an OpenAI-compatible API, such as http://host:8000/v1") from None

    def _pieces(self, body: dict[str, Any]) -> Iterator[str]:
        with closing(self._open("POST", "chat/completions", body)) as response:
            finished = False
            for data in self._events(response):
                if data == "[DONE]":
                    return
                try:
                    chunk = json.loads(data)
                except ValueError:
                    raise ModelError(f"{self.name}: a piece of its stream is not JSON: {data[:80]!r}") from None
                if isinstance(chunk, dict) and chunk.get("error"):
                    raise Passing(f"{self.name}: broke off: {self._said(data)}")
                if piece := _content(chunk, "delta"):
                    yield piece
                choices = chunk.get("choices") if isinstance(chunk, dict) else None
                finished = finished or any(isinstance(c, dict) and c.get("finish_reason") for c in choices or ())
            if not finished:
                raise Passing(f"{self.name}: the connection closed in the middle of an answer")

    def _events(self, response: httpx.Response) -> Iterator[str]:
        """The data of the server-sent events."""
        read, until = 0, time.monotonic() + WHOLE_S
        try:
            for line in response.iter_lines():
                read += len(line)
                if read > MOST_BYTES or time.monotonic() > until:
                    raise ModelError(f"{self.name}: an answer without end; stopped after {read} characters")
                if line.startswith("data:"):
                    yield line[5:].strip()
        except httpx.TimeoutException:
            raise ModelError(f"{self.name}: no further piece of the answer within {self._read_s:g} seconds") from None
        except httpx.TransportError as fault:
            raise Passing(f"{self.name}: the connection broke in the middle of an answer ({type(fault).__name__})") from None

    def _open(self, method: str, path: str, body: dict[str, Any] | None) -> httpx.Response:
        """A response with a good status, its body not yet read; the caller closes it."""
        try:
            response = self._client.send(self._client.build_request(method, path, json=body), stream=True)
        except httpx.ConnectTimeout:
            raise Passing(f"{self.name}: cannot be reached within {CONNECT_S:g} seconds") from None
        except httpx.TimeoutException:
            raise ModelError(f"{self.name}: no answer within {self._read_s:g} seconds") from None
        except httpx.TransportError as fault:
            raise Passing(f"{self.name}: cannot be reached ({str(fault) or type(fault).__name__})") from None
        if response.is_success:
            return response
        with closing(response):
            status, said = response.status_code, self._said(self._text(response))
            after = response.headers.get("retry-after", "")
        if status in PASSING:
            raise Passing(f"{self.name}: answers {status}: {said}", float(after) if after.isdigit() else None)
        if status in (401, 403):
            raise Refused(f"{self.name}: refuses the key ({status}); expected a valid one in STYLIST_API_KEY", status, said)
        raise Refused(f"{self.name}: answers {status}: {said}", status, said)

    def _text(self, response: httpx.Response) -> str:
        parts, read, until = [], 0, time.monotonic() + WHOLE_S
        try:
            for part in response.iter_bytes():
                read += len(part)
                if read > MOST_BYTES or time.monotonic() > until:
                    raise ModelError(f"{self.name}: an answer without end; stopped after {read} bytes")
                parts.append(part)
        except httpx.TimeoutException:
            raise ModelError(f"{self.name}: no answer within {self._read_s:g} seconds") from None
        except httpx.TransportError as fault:
            raise Passing(f"{self.name}: the connection broke in the middle of an answer ({type(fault).__name__})") from None
        return b"".join(parts).decode("utf-8", "replace")

    def _said(self, text: str) -> str:
        """What an error's body says, in one short line without the key."""
        try:
            error = json.loads(text)
            error = error.get("error", error.get("message", error.get("detail", ""))) if isinstance(error, dict) else error
            text = str(error.get("message", error)) if isinstance(error, dict) else str(error)
        except ValueError:
            pass
        text = " ".join(text.split()) or "no reason given"
        return (text.replace(self._key, "…") if self._key else text)[:240]


def _base(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, TypeError):
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not parsed.host:
        shown = url.split("@")[-1]
        raise ModelError(f"server {shown!r}: not a URL; expected one such as http://host:8000/v1")
    return parsed if parsed.path.strip("/") else parsed.copy_with(path="/v1")


def _content(answer: Any, part: str) -> str | None:
    """The text of the first choice's `message` or `delta`."""
    choices = answer.get("choices") if isinstance(answer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    inner = first.get(part) if isinstance(first, dict) else None
    content = inner.get("content") if isinstance(inner, dict) else None
    return content if isinstance(content, str) else None
