"""A small OpenAI-compatible chat server in a thread, which answers as it is told and remembers what it was asked."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class FakeServer:
    """`steps` answer one chat request each, the last one all further ones."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.listed: list[dict[str, Any]] = [{"id": "base"}, {"id": "tracker", "parent": "base"}, {"id": "stylist", "parent": "base"}]
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                answer(self, 200 if self.path == "/v1/models" else 404, {"object": "list", "data": fake.listed})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                fake.asked.append({"path": self.path, **body})
                fake.headers.append(dict(self.headers))
                step = fake.steps.pop(0) if len(fake.steps) > 1 else fake.steps[0]
                step(self, body)

        class Http(ThreadingHTTPServer):
            def handle_error(self, *_: Any) -> None:  # a client that went away is what these tests are about
                pass

        self._http = Http(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    @contextmanager
    def running(self) -> Iterator[FakeServer]:
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._http.server_close()
            thread.join()


def answer(handler: BaseHTTPRequestHandler, status: int, document: Any, headers: dict[str, str] | None = None) -> None:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    handler.send_response(status)
    for name, value in {"content-type": "application/json", "content-length": str(len(data)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def says(text: str | None) -> Step:
    """A whole answer, or a stream of its words where one is asked for."""

    def step(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        if body.get("stream"):
            streams((text or "").split(" "))(handler, body)
        else:
            answer(handler, 200, {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]})

    return step


def fails(status: int, message: str = "no", headers: dict[str, str] | None = None) -> Step:
    return lambda handler, body: answer(handler, status, {"error": {"message": message}}, headers)


def raw(data: bytes, status: int = 200) -> Step:
    return lambda handler, body: answer(handler, status, data)


def streams(words: Sequence[str], ends: bool = True, between: Callable[[int], None] | None = None) -> Step:
    """Server-sent events, a word each; without `ends` the connection is reset after the last word."""

    def step(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("connection", "close")
        handler.end_headers()
        handler.wfile.write(b": keep-alive\n\n")
        for number, word in enumerate(words):
            if between is not None:
                between(number)
            piece = {"choices": [{"delta": {"content": word if number == 0 else f" {word}"}, "finish_reason": None}]}
            handler.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
            handler.wfile.flush()
        if ends:
            handler.wfile.write(b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\ndata: {"choices": [], "usage": {}}\n\ndata: [DONE]\n\n')
        else:
            drops(handler, body)
        handler.close_connection = True

    return step


def drops(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """Resets the connection."""
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    handler.connection.close()


def hangs(seconds: float) -> Step:
    return lambda handler, body: threading.Event().wait(seconds) and None
