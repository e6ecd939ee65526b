"""Words are completed from a stranger's data: nothing in a name acts on the shell it goes into."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from moagraph.characters import is_deceptive
from tests.conftest import missing
from tests.hostile.bounded import run
from tests.pseudo_terminal import Terminal

PROGRAM = f"{sys.executable} -m moagraph_cli"
# Begun with two letters that no other name has, each would do something if it were not quoted.
ACTING = [
    'aq"uote\' and "more',
    "bs\\'; touch spoilt; '",
    "dc;touch spoilt",
    "ep|touch spoilt",
    "fr>spoilt",
    "hs*?[a-z]",
    "ib{a,b}~",
    "ja&touch spoilt&",
    "kb\\n\\",
    "lc#touch,spoilt",
]
# No shell is told of these: bash would leave them unquoted.
RUN = ["md$(touch spoilt)", "nt`touch spoilt`", "oh$HOME${HOME}"]
DECEIVING = [
    "zz\nplain,zzinjected\ntouch spoilt",
    "zz\x1b]0;owned\x07",
    "zz\u202edenwo",
    "zz\rreturned",
    "zz" + "owned" * 80_000,
]


def graph(folder: Path) -> None:
    names = [*ACTING, *RUN, *DECEIVING, "zzharmless"]
    nodes = [
        {"id": f"CHEBI:{n}", "name": name, "category": ["biolink:Drug"], "synonym": [f"yy{name}"]}
        for n, name in enumerate(names, 1)
    ]
    edges = [
        {
            "id": f"e{n}",
            "subject": f"CHEBI:{n}",
            "predicate": "biolink:affects",
            "object": "CHEBI:1",
        }
        for n in range(2, len(names) + 1)
    ]
    for kind, rows in (("nodes", nodes), ("edges", edges)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"g_{kind}.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a dataset and a program that writes down what it is asked."""
    folder = tmp_path_factory.mktemp("completed")
    graph(folder)
    done = run("import", "g_nodes.jsonl", "g_edges.jsonl", "-o", "d", at=folder)
    assert done.returncode == 0, done.stderr
    program = folder / "bin" / "moagraph"
    program.parent.mkdir()
    program.write_text(
        f"#!/bin/sh\n"
        f'if [ -n "$_MOAGRAPH_COMPLETE" ] || [ "$1" = completion ]; then exec {PROGRAM} "$@"; fi\n'
        f"printf '%s\\n' \"$4\" > {folder}/asked.new && mv {folder}/asked.new {folder}/asked\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return folder


SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(moagraph completion bash)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -U compinit; compinit -u -D; eval "$(moagraph completion zsh)"',
    ),
    "fish": (["fish", "--no-config"], "moagraph completion fish | source"),
}

TYPED = [(name, "") for name in (*ACTING, *RUN)]
TYPED += [(name, quote) for name in (ACTING[0], ACTING[1], RUN[0]) for quote in "'\""]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completed_name_is_the_name_and_does_nothing(shell: str, folder: Path) -> None:
    if shutil.which(shell) is None:
        missing(shell)
    place = folder / shell
    place.mkdir()
    environment = {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "HOME": str(place),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    command, script = SHELLS[shell]
    asked = folder / "asked"
    with Terminal(command, place, environment) as terminal:
        terminal.type(f"{script}; echo rea''dy\n")
        terminal.wait_for("ready")
        for number, (name, quote) in enumerate(TYPED):
            asked.unlink(missing_ok=True)
            terminal.type(f"\x15moagraph -d ../d info {quote}{name[:2]}\t")
            if name in ACTING:
                terminal.wait_for(name[2])
            terminal.type(f"{quote if name in RUN else ''}\necho do''ne{number}\n")
            terminal.wait_for(f"done{number}")
            assert asked.read_text(encoding="utf-8") == f"{name if name in ACTING else name[:2]}\n"
        terminal.type("\x15moagraph -d ../d info zz\t\t")
        terminal.wait_for("zzharmless")
        assert "owned" not in terminal.text
    assert not list(place.rglob("spoilt"))


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("word", ["zz", "yy", "", "CHEBI:", "'zz", '"', "$(touch spoilt)", "\\"])
def test_no_name_commands_the_terminal(shell: str, word: str, folder: Path) -> None:
    words = ["moagraph", "-d", "d", "info", word]
    done = run(
        at=folder,
        environment={
            "_MOAGRAPH_COMPLETE": f"{shell}_complete",
            "COMP_LINE": " ".join(words),
            "COMP_WORDS": "\n".join(words),
            "COMP_CWORD": word if shell == "fish" else "4",
        },
    )
    assert done.stderr == ""
    assert not [c for c in done.stdout if c not in "\n\t" and is_deceptive(c)]
    assert "plain,zzinjected" not in done.stdout.splitlines()
    assert len(done.stdout) < 20_000
    assert not list(folder.rglob("spoilt"))
