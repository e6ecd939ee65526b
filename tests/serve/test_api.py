"""The questions of the command line over HTTP: same keys, same checks, same errors."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

from moagraph.serve.questions import QUESTIONS
from tests.serve.client import Server

JSON = {"Content-Type": "application/json"}


def command(*arguments: str) -> Any:
    """Return what a command prints as JSON."""
    run = subprocess.run(
        [sys.executable, "-m", "moagraph_cli", *arguments, "-O", "json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return json.loads(run.stdout)


CASES = [
    ("explain?a=lenalidomide&b=multiple+myeloma", ("explain", "lenalidomide", "multiple myeloma")),
    ("explain?a=thalidomide&b=GSPT1", ("explain", "thalidomide", "GSPT1")),
    (
        "explain?a=Revlimid&b=MM&cell=T+cell&avoid=IKZF3&max-length=5&strict_context=true",
        (
            *("explain", "Revlimid", "MM", "--cell", "T cell", "--avoid", "IKZF3"),
            *("--max-length", "5", "--strict-context"),
        ),
    ),
    ("whatif?a=lenalidomide&without=CRBN", ("whatif", "lenalidomide", "--without", "CRBN")),
    (
        "whatif?a=lenalidomide&b=MM&with=bortezomib",
        ("whatif", "lenalidomide", "MM", "--with", "bortezomib"),
    ),
    ("effects?a=pomalidomide&on=IL2", ("effects", "pomalidomide", "--on", "IL2")),
    ("compare?drug=CC-885&drug=lenalidomide", ("compare", "CC-885", "lenalidomide")),
    (
        "compare?drug=CC-885&drug=lenalidomide&aspect=neosubstrates",
        ("compare", "CC-885", "lenalidomide", "--aspect", "neosubstrates"),
    ),
    ("info?name=5q-", ("info", "5q-")),
    ("search?text=myelo", ("search", "myelo")),
    ("explain?a=lenalidomid&b=MM", ("explain", "lenalidomid", "MM")),
    ("info?name=", ("info", "")),
]


@pytest.mark.parametrize(("target", "arguments"), CASES, ids=[c[0] for c in CASES])
def test_the_answer_is_that_of_the_command(
    server: Server, target: str, arguments: tuple[str, ...]
) -> None:
    reply = server.request("GET", f"/api/{target}")
    assert reply.media == "application/json"
    found, wanted = reply.json, command(*arguments)
    if "error" in wanted:
        assert reply.status in (400, 404)
        assert set(found["error"]) == set(wanted["error"])
        if found["error"]["code"] != "bad_question":
            assert found == wanted
    else:
        assert reply.status == 200
        assert found == wanted


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_arguments_are_the_options_of_the_command(name: str) -> None:
    found = getattr(import_module(f"moagraph_cli.commands.{name}"), name)
    shown = {"output_format", "output_file", "level", "diagram", "show_all", "data"}
    options = {p.name.rstrip("_") for p in found.params} - shown
    plural = {"drugs": "drug", "aspects": "aspect"}
    assert {plural.get(option, option) for option in options} == {
        entry.rstrip("!*#?") for entry in QUESTIONS[name]
    }


def test_form_and_json_ask_the_same(server: Server) -> None:
    got = server.request("GET", "/api/whatif?a=lenalidomide&without=CRBN&without=IKZF1").json
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = "a=lenalidomide&without=CRBN&without=IKZF1"
    assert server.request("POST", "/api/whatif", body, form).json == got
    text = json.dumps({"a": "lenalidomide", "without": ["CRBN", "IKZF1"], "max_length": 8})
    assert server.request("POST", "/api/whatif", text, JSON).json == got


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("explain?a=lenalidomide", "'b'"),
        ("explain?a=lenalidomide&b=MM&b=MDS", "2 times"),
        ("explain?a=lenalidomide&b=MM&celll=x", "did you mean 'cell'"),
        ("explain?a=lenalidomide&b=MM&max_length=0", "1 to 64"),
        ("explain?a=lenalidomide&b=MM&max_length=65", "1 to 64"),
        ("explain?a=lenalidomide&b=MM&max_paths=-1", "whole number"),
        ("explain?a=lenalidomide&b=MM&max_paths=1e9", "whole number"),
        ("explain?a=lenalidomide&b=MM&strict-context=perhaps", "true or false"),
        ("explain?a=lenalidomide&b=MM&max_length=5&max-length=6", "given twice"),
        ("whatif?a=lenalidomide&via=CRBN", "via"),
        ("compare", "'drug'"),
        ("compare?drug=lenalidomide&aspect=colour", "colour"),
        ("info?name=" + "x" * 501, "longer"),
        ("whatif?a=lenalidomide" + "&without=CRBN" * 51, "more than 50"),
    ],
)
def test_arguments_are_checked(server: Server, target: str, said: str) -> None:
    reply = server.request("GET", f"/api/{target}")
    assert reply.status == 400
    error = reply.json["error"]
    assert said in error["message"]
    assert set(error) == {"code", "message", "file", "line", "suggestions"}


def test_an_unknown_name_is_404_with_the_nearest(server: Server) -> None:
    reply = server.request("GET", "/api/info?name=lenalidomid")
    assert reply.status == 404
    assert reply.json["error"]["code"] == "unknown_name"
    assert "lenalidomide" in reply.json["error"]["suggestions"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"a": {"b": 1}}', '{"a": null}', "[" * 100_000])
def test_a_body_that_is_no_object_is_400(server: Server, body: str) -> None:
    reply = server.request("POST", "/api/info", body, JSON)
    assert reply.status == 400
    assert reply.json["error"]["message"]


def test_names_are_text_and_never_commands(server: Server) -> None:
    for name in ("../../etc/passwd", "$(id)", "<script>", "\x00", "\u202e", "a" * 500, "%s%n"):
        reply = server.request("POST", "/api/info", json.dumps({"name": name}), JSON)
        assert reply.status == 404


def test_a_named_question_by_its_path(server: Server) -> None:
    listed = server.request("GET", "/questions").json
    asked = next(q for q in listed if q["name"] == "neosubstrates")
    assert asked["parameters"][0]["name"] == "drug"
    reply = server.request(
        "GET", "/questions/neosubstrates?drug=Revlimid", None, {"Accept": "text/csv"}
    )
    assert reply.status == 200
    assert "IKZF1" in reply.text
    assert "IKZF1" in server.request("GET", "/questions/neosubstrates?drug=CHEBI:63791").text


@pytest.mark.parametrize(
    ("target", "status", "said"),
    [
        ("neosubstrates", 400, "needs drug"),
        ("neosubstrates?drug=nobody+at+all", 404, "nobody at all"),
        ("neosubstrates?drug=Revlimid&drug=MM", 400, "given twice"),
        ("neosubstrates?drog=Revlimid", 400, "drog"),
        ("neosubstrates?drug=%7D+DROP+ALL+%7B", 404, "DROP ALL"),
        ("../serve", 404, "nothing is here"),
        ("nothing", 404, "nothing is here"),
    ],
)
def test_a_named_question_that_cannot_be_asked(
    server: Server, target: str, status: int, said: str
) -> None:
    reply = server.request("GET", f"/questions/{target}")
    assert reply.status == status
    assert said in reply.text


def test_every_named_question_runs_with_its_example(server: Server) -> None:
    from urllib.parse import urlencode

    for asked in server.request("GET", "/questions").json:
        target = f"/questions/{asked['name']}?{urlencode(asked['example'])}"
        assert server.request("GET", target).status == 200, target
