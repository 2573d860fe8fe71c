"""A model behind an OpenAI-compatible server: what is asked, what is made of the answers, and what happens when they fail."""

from __future__ import annotations

import base64
import io
import json
import threading
import time
from collections.abc import Iterator

import fake_server
import numpy as np
import pytest
from fake_server import FakeServer, drops, fails, hangs, raw, says, streams
from PIL import Image

from stylist import paths
from stylist.errors import ModelError
from stylist.mllm.chat_server import ChatServer
from stylist.mllm.facts import ReplyFacts
from stylist.mllm.remote import KEY_VARIABLE, MOST_PHOTO_BYTES, Remote, data_url
from stylist.mllm.responder import Responder
from stylist.mllm.tracker import Tracker
from stylist.state import DialogState

KEY = "sk-very-secret-1234"
FACTS = ReplyFacts(act="show", looks=(("the navy wool blazer", "the white jeans"),), total="$184")
HELLO = [{"role": "user", "content": "hello"}]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with FakeServer().running() as fake:
        yield fake


def remote(fake: FakeServer, read_s: float = 5.0) -> Remote:
    return Remote(ChatServer(fake.url, KEY, read_s=read_s, pause_s=0.01), "base", {"tracker": "tracker", "stylist": "stylist"})


def track(fake: FakeServer, text: str, photos: int = 0, read_s: float = 5.0) -> dict:
    return Tracker(remote(fake, read_s)).track(DialogState(), "", text, [Image.new("RGB", (40, 60), "red")] * photos).edit


def test_the_tracker_asks_its_adapter_under_the_schema_and_the_edit_is_checked_again(server: FakeServer) -> None:
    server.steps = [says('{"-color": ["black", "octarine"], "total": "150 USD", "item": "90 USD", "+shape": ["round"], "temp": "-8C"}')]
    assert track(server, "no black, under $150") == {"-color": ["black"], "total": "150 USD"}
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions" and asked["model"] == "tracker" and asked["temperature"] == 0
    schema = asked["response_format"]["json_schema"]["schema"]
    assert schema["$defs"]["amount"]["enum"] == ["any", "150 USD"] and "temp" not in schema["properties"] and "photo" not in schema["properties"]
    assert schema["additionalProperties"] is False and server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_photos_travel_as_small_data_urls(server: FakeServer) -> None:
    server.steps = [says('{"photo": ["anchor"]}')]
    assert track(server, "what goes with this?", photos=2) == {"photo": ["anchor"]}
    content = server.asked[0]["messages"][0]["content"]
    assert [part["type"] for part in content] == ["image_url", "image_url", "text"]
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (1100, 1400, 4), dtype=np.uint8), "RGBA")
    data = base64.b64decode(data_url(noise).removeprefix("data:image/jpeg;base64,"))
    assert len(data) <= MOST_PHOTO_BYTES and max(Image.open(io.BytesIO(data)).size) <= 1024


def test_a_servers_model_gives_no_vector(server: FakeServer) -> None:
    server.steps = [says("{}")]
    assert Tracker(remote(server)).track(DialogState(), "", "hi").vector.shape == (0,)


def test_replies_stream_from_the_first_sentence(server: FakeServer) -> None:
    go = threading.Event()
    words = ["The", "navy", "wool", "blazer", "is", "lovely.", "It", "comes", "to", "$184."]
    server.steps = [streams(words, between=lambda n: n == 7 and go.wait(5))]
    pieces = Responder(remote(server)).stream(FACTS)
    assert next(pieces) == "The"  # shown while the rest is not yet written
    go.set()
    assert "The" + "".join(pieces) == " ".join(words)
    assert server.asked[0]["model"] == "stylist" and server.asked[0]["stream"] is True


def test_a_claim_without_ground_is_left_out_of_a_servers_reply(server: FakeServer) -> None:
    server.steps = [says("The red silk dress is lovely. The white jeans are easy to wear.")]
    assert Responder(remote(server)).reply(FACTS) == "The white jeans are easy to wear."


@pytest.mark.parametrize("trouble", [fails(429, headers={"retry-after": "0"}), fails(503), drops, streams(["Well"][:0], ends=False)])
def test_passing_trouble_is_waited_out(server: FakeServer, trouble: fake_server.Step) -> None:
    server.steps = [trouble, trouble, says('{"-color": ["black"]}')]
    assert track(server, "no black") == {"-color": ["black"]} and len(server.asked) == 3
    server.steps, server.asked = [trouble, says("The white jeans are here.")], []
    assert Responder(remote(server)).reply(FACTS) == "The white jeans are here." and len(server.asked) == 2


def test_lasting_trouble_is_one_clear_error_without_the_key(server: FakeServer) -> None:
    server.steps = [fails(503, f"overloaded; your key {KEY} is fine")]
    with pytest.raises(ModelError, match=r"answers 503: overloaded; your key … is fine \(4 tries\)"):
        track(server, "no black")
    assert len(server.asked) == 4
    server.steps = [fails(401, f"Incorrect API key provided: {KEY}")]
    with pytest.raises(ModelError, match="refuses the key") as refused:
        track(server, "no black")
    assert KEY not in str(refused.value) and "STYLIST_API_KEY" in str(refused.value) and len(server.asked) == 5
    server.steps = [fails(404, "The model `base` does not exist.")]
    with pytest.raises(ModelError, match="does not exist"):
        track(server, "no black")


def test_a_silent_server_is_given_up_in_time(server: FakeServer) -> None:
    server.steps = [hangs(3)]
    with pytest.raises(ModelError, match=r"no answer within 0\.2 seconds"):
        track(server, "no black", read_s=0.2)
    server.steps = [streams(["The", "navy"], between=lambda n: n == 1 and time.sleep(2))]
    with pytest.raises(ModelError, match=r"no further piece of the answer within 0\.2 seconds"):
        Responder(remote(server, read_s=0.2)).reply(FACTS)


@pytest.mark.parametrize("written", ["sure, here you go!", '{"-color": ["black"', "[1, 2]", '{"-color": "octarine"}', "", None])
def test_an_answer_that_is_no_edit_is_asked_for_again(server: FakeServer, written: str | None) -> None:
    server.steps = [says(written), says('```json\n{"-color": ["black"]}\n```')]
    if written is None:
        with pytest.raises(ModelError, match="without choices"):
            track(server, "no black")
        return
    cut = written.startswith('{"-color": ["black"')
    assert track(server, "no black") == {"-color": ["black"]} and len(server.asked) == (1 if cut else 2)


def test_a_model_that_never_writes_an_edit_is_an_error_and_no_silence(server: FakeServer) -> None:
    server.steps = [says("I like black.")]
    with pytest.raises(ModelError, match="no edit of the schema"):
        track(server, "no black")


@pytest.mark.parametrize("body", [b"<html>welcome</html>", b"", b"[]", b'{"choices": []}', b'{"choices": [{"message": 3}]}'])
def test_what_is_no_chat_server_is_named_as_such(server: FakeServer, body: bytes) -> None:
    server.steps = [raw(body)]
    with pytest.raises(ModelError, match="OpenAI-compatible"):
        track(server, "no black")


def test_a_stream_that_is_no_stream_is_an_error(server: FakeServer) -> None:
    server.steps = [raw(b"data: {broken\n\n")]
    with pytest.raises(ModelError, match="is not JSON"):
        list(remote(server).write(HELLO, "stylist"))


def test_a_connection_lost_after_a_whole_sentence_keeps_what_was_said(server: FakeServer) -> None:
    server.steps = [streams(["The", "white", "jeans", "are", "here.", "And", "the", "navy"], ends=False)]
    assert Responder(remote(server)).reply(FACTS) == "The white jeans are here."
    server.steps = [streams(["The", "white"], ends=False)]
    with pytest.raises(ModelError, match="middle of an answer"):
        Responder(remote(server)).reply(FACTS)


def test_a_server_without_schemas_is_asked_for_json_and_then_for_nothing(server: FakeServer) -> None:
    server.steps = [
        fails(400, "response_format json_schema is not supported"), fails(400, "Unsupported parameter: max_tokens"),
        fails(400, "response_format: unknown"), says('{"-color": ["black"]}'),
    ]  # fmt: skip
    model = remote(server)
    assert Tracker(model).track(DialogState(), "", "no black").edit == {"-color": ["black"]}
    formats = [asked.get("response_format", {}).get("type") for asked in server.asked]
    assert formats == ["json_schema", "json_object", "json_object", None] and "max_completion_tokens" in server.asked[-1]
    Tracker(model).track(DialogState(), "", "no black")
    assert len(server.asked) == 5  # remembered
    server.steps = [fails(400, "the prompt is too long")]
    with pytest.raises(ModelError, match="too long"):
        Tracker(model).track(DialogState(), "", "no black")


def test_connecting_finds_the_model_and_its_adapters(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Remote.connect(server.url)
    assert found.model == "base" and found.adapters == ("tracker", "stylist")
    assert Remote.connect(server.url, "base", {}).adapters == ()
    server.listed = [{"id": "a"}, {"id": "b"}]
    assert Remote.connect(server.url, "c").model == "c"
    with pytest.raises(ModelError, match="serves a, b; expected --model"):
        Remote.connect(server.url)
    with pytest.raises(ModelError, match="not a URL"):
        Remote.connect("localhost:8000")
    monkeypatch.setattr("stylist.mllm.chat_server.TRIES", 1)
    with pytest.raises(ModelError, match="cannot be reached") as lost:
        Remote.connect("http://me:secret@127.0.0.1:9")
    assert "secret" not in str(lost.value)
    monkeypatch.setenv(KEY_VARIABLE, "two words")
    with pytest.raises(ModelError, match="API key holds characters"):
        Remote.connect(server.url)


def test_the_schema_is_one_that_engines_compile() -> None:
    import llguidance

    from stylist.mllm.edit_rules import EditRules

    rules = EditRules(("150", "150 USD"), 1)
    matcher = llguidance.LLMatcher.grammar_from_json_schema(json.dumps(rules.schema))
    assert llguidance.LLMatcher.validate_grammar(matcher) == ""


@pytest.mark.skipif(not (paths.asset("text-encoder") / "config.json").is_file(), reason="no bundled text encoder")
def test_a_whole_turn_through_a_server(server: FakeServer) -> None:
    """The command's own way: tracker and reply come from the server, the outfits keep the wishes that it read."""
    from stylist.dialog import Dialog
    from stylist.stylist import Stylist

    stylist = Stylist.load(server.url, device="cpu")  # a URL in the place of a model is a server
    server.steps = [says('{"-color": ["black"], "+type": ["skirt"]}'), says("Here you are.")]
    answer = stylist.answer(Dialog.from_json({"turns": [{"role": "user", "text": "a skirt, no black"}]}), top_k=2)
    assert answer.state.avoid.color == ("black",) and answer.outfits and answer.reply == "Here you are."
    assert all(any(item.type == "skirt" for item in o.items) and all(item.color != "black" for item in o.items) for o in answer.outfits)
    assert server.asked[0]["model"] == "tracker" and {asked["model"] for asked in server.asked[1:]} == {"stylist"}
    with pytest.raises(ModelError, match="server's own matter"):
        Stylist.load("base", server=server.url, four_bit=True)
