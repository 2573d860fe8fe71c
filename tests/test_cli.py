"""The command line from outside: what goes to standard output and error, and the exit status."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from stylist import cli, commands
from stylist.errors import StylistError

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments, **options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, "-m", "stylist", *map(str, arguments)], capture_output=True, text=True, env=environment, **options)


def one_line(text):
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


def test_help_is_quick_and_loads_nothing_heavy():
    code = "import sys, stylist.cli as c; c.parser(); print([m for m in ('torch', 'numpy', 'pydantic', 'gradio', 'transformers') if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert found.stdout.strip() == "[]", found.stdout + found.stderr
    top = run("--help")
    assert top.returncode == 0
    assert all(name in top.stdout for name in ("recommend", "describe", "search", "index", "fascode", "harmony", "train", "serve"))


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda c: " ".join(c.words))
def test_every_command_is_in_the_parser(command):
    if command.words[0] == "train":
        assert cli._parsed([*command.words, "--out", "x", "--help"]).rest == ["--out", "x", "--help"]
        return
    with contextlib.redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit) as stop:
        cli.parser().parse_args([*command.words, "--help"])
    assert stop.value.code == 0 and "usage: stylist " + " ".join(command.words) in " ".join(out.getvalue().split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["recommend"],
        ["nonsense"],
        ["search", "x", "--top-k", "0"],
        ["search", "x", "--top-k", "many"],
        ["index", "t.csv", "--out", "o", "--format", "xls"],
        ["fascode", "eval"],
        ["recommend", "absent.json", "--json"],
        ["search", "--json"],
        ["index", "absent.csv", "--out", "never"],
    ],
    ids=" ".join,
)
def test_bad_arguments_are_one_line(arguments, capfd, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    try:
        status = cli.main(arguments)
    except SystemExit as stop:
        status = stop.code
    out, error = capfd.readouterr()
    assert status == 2 and out == "" and one_line(error), error
    assert list(tmp_path.iterdir()) == []


def test_json_stands_alone_on_standard_output(capfd, monkeypatch):
    """Whatever a library prints, by Python or past it, goes to standard error."""

    def handler(args):
        print("chatter")
        os.write(1, b"deep chatter\n")
        return commands.Result({"größe": [1, None]}, lambda: "for people")

    command = cli.Command(("noisy",), "noise", commands.json_flag, handler)
    monkeypatch.setattr(cli, "COMMANDS", (command,))
    assert cli.main(["noisy", "--json"]) == 0
    out, error = capfd.readouterr()
    assert json.loads(out) == {"größe": [1, None]} and "deep chatter" in error
    assert cli.main(["noisy"]) == 0
    assert capfd.readouterr().out == "for people\n"


@pytest.mark.parametrize(
    ("error", "status"), [(StylistError("x: line 3:\n bad"), 2), (KeyboardInterrupt(), 130), (FileNotFoundError(2, "No such file", "a.txt"), 2)]
)
def test_exit_status_of_errors(error, status, capfd, monkeypatch):
    def handler(args):
        raise error

    monkeypatch.setattr(cli, "COMMANDS", (cli.Command(("bad",), "bad", commands.json_flag, handler),))
    assert cli.main(["bad", "--json"]) == status
    out, text = capfd.readouterr()
    assert out == "" and one_line(text)


def test_a_list_of_dialogs_keeps_its_order_and_its_faults(tmp_path, capfd, monkeypatch):
    class Fake:
        def recommend(self, dialog, top_k):
            if "boom" in dialog.turns[0].text:
                raise StylistError("nothing fits")
            return {"state": {}, "reply": dialog.turns[0].text, "question": None, "outfits": []}

    monkeypatch.setattr(commands, "load_stylist", lambda args: Fake())
    say = [{"role": "user", "text": "hi"}]
    path = tmp_path / "d.json"
    path.write_text(json.dumps([{"id": "a", "turns": say}, {"id": "b", "turns": []}, {"turns": say}, {"id": "c", "turns": [{"role": "user", "text": "boom"}]}]))
    assert cli.main(["recommend", str(path), "--json"]) == 2
    out, error = capfd.readouterr()
    answers = json.loads(out)
    assert [a.get("id") for a in answers] == ["a", "b", None, "c"]
    assert ["error" in a for a in answers] == [False, True, False, True]
    assert "dialog 1" in answers[1]["error"] and len(error.strip().splitlines()) == 2
    path.write_text(json.dumps({"turns": say}))
    assert cli.main(["recommend", str(path), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["reply"] == "hi"
    assert cli.main(["recommend", str(path)]) == 0
    assert capfd.readouterr().out.startswith("hi")
    path.write_text("{")
    assert cli.main(["recommend", str(path), "--json"]) == 2
    out, error = capfd.readouterr()
    assert out == "" and "d.json" in error and one_line(error)


def test_train_hands_its_options_over(monkeypatch):
    seen = []
    module = SimpleNamespace(main=lambda: seen.append(list(sys.argv)) or 3)
    monkeypatch.setattr(commands.importlib, "import_module", lambda name: module)
    assert cli.main(["train", "vision", "--epochs", "2", "--help"]) == 3
    assert seen == [["stylist train vision", "--epochs", "2", "--help"]]


def test_index_of_a_bad_table_writes_nothing(tmp_path):
    (tmp_path / "t.csv").write_text("id,title,price\n1,Red tee,cheap\n")
    found = run("index", tmp_path / "t.csv", "--out", tmp_path / "out", "--json")
    assert found.returncode == 2 and found.stdout == "" and one_line(found.stderr)
    assert "t.csv: line 2: column price" in found.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_interrupt_is_130(tmp_path):
    os.mkfifo(tmp_path / "d.json")  # a dialog file that never ends
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "stylist", "recommend", str(tmp_path / "d.json"), "--json"]
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests in the background has them ignore it
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=heard)
    writer = os.open(tmp_path / "d.json", os.O_WRONLY)  # returns once the command reads
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    os.close(writer)
    assert process.returncode == 130 and out == "" and one_line(error)
