"""Words are completed as a shell asks for them: by the script it sources, and in its quoting."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from moagraph.graph import Graph
from moagraph_cli.completion import names
from moagraph_cli.main import cli
from tests.conftest import missing
from tests.pseudo_terminal import Terminal

PROGRAM = [sys.executable, "-m", "moagraph_cli"]


def ask(shell: str, *words: str) -> list[str]:
    """Return what a shell is told for the last of some words, typed as they stand."""
    environment = {
        **os.environ,
        "_MOAGRAPH_COMPLETE": f"{shell}_complete",
        "COMP_LINE": " ".join(("moagraph", *words)),
        "COMP_WORDS": "\n".join(("moagraph", *words)),
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
    }
    done = subprocess.run(
        PROGRAM, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_drugs_diseases_commands_and_options_are_completed() -> None:
    assert "plain,lenalidomide" in ask("bash", "explain", "lenali")
    assert "plain,explain" in ask("bash", "expl")
    assert "plain,--without" in ask("bash", "whatif", "lenalidomide", "--with")
    assert "plain,CRBN" in ask("bash", "whatif", "lenalidomide", "--without", "CRB")
    assert "plain,CRBN" in ask("bash", "whatif", "lenalidomide", "--without=CRB")
    assert "plain,table" in ask("bash", "explain", "lenalidomide", "MM", "-O", "ta")
    assert len(ask("bash", "explain", "")) == 40


@pytest.mark.parametrize("begun", [r"multiple\ my", "'multiple my", '"multiple my'])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_name_may_be_begun_in_any_quotes(shell: str, begun: str) -> None:
    found = "\n".join(ask(shell, "explain", "lenalidomide", begun))
    assert "multiple myeloma" in found


def test_bash_is_told_what_stands_behind_the_colon_that_it_parts_words_at() -> None:
    assert ask("bash", "info", "CHEBI:6379") == ["plain,63791"]
    assert ask("bash", "info", '"CHEBI:6379') == ["plain,CHEBI:63791"]


def test_files_are_left_to_the_shell() -> None:
    for words in (["-d", "my"], ["export", "turtle", "-o", "my"], ["import", "my"]):
        assert ask("bash", *words) == ["file,my"]


def test_a_drug_is_asked_for_where_only_a_drug_fits() -> None:
    assert "plain,IKZF1" not in ask("bash", "facts", "IKZ")
    assert "plain,IKZF1" in ask("bash", "info", "IKZ")


def test_no_graph_is_no_message() -> None:
    assert ask("bash", "-d", "/no/such/folder", "info", "IKZ") in ([], [""])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    shown = CliRunner().invoke(cli, ["completion", shell])
    assert shown.exit_code == 0
    assert f"_MOAGRAPH_COMPLETE={shell}_complete" in shown.output


# How each shell begins without the files of its user, and how it takes the script.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(moagraph completion bash)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -U compinit; compinit -u -D; eval "$(moagraph completion zsh)"',
    ),
    "fish": (["fish", "--no-config"], "moagraph completion fish | source"),
}
# What is typed before the tabulator, and what the line then is.
TYPED = {
    "moagraph explain lenalidomide mult": "lenalidomide multi",
    "moagraph explain lenalidomide multiple\\ my": "multiple\\ myeloma",
    "moagraph explain lenalidomide 'multiple my": "'multiple myeloma",
    'moagraph explain lenalidomide "multiple my': '"multiple myeloma',
    "moagraph info '3-(4-amino-1-oxo-1": "-1,3-dihydro-2H-isoindol-2-yl)piperidine-2,6-dione'",
    "moagraph info CHEBI:6379": "CHEBI:63791",
    "moagraph whatif lenalidomide --without CRB": "--without CRBN",
    "moagraph export turtle -o grap": "-o graph.ttl",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_itself_completes_names(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        missing(shell)
    program = tmp_path / "bin" / "moagraph"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "graph.ttl").touch()
    environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    command, script = SHELLS[shell]
    with Terminal(command, tmp_path, environment) as terminal:
        terminal.type(f"{script}; echo rea''dy\n")
        terminal.wait_for("ready")
        for typed, line in TYPED.items():
            terminal.type(f"\x15{typed}\t")
            terminal.wait_for(line)


def test_all_names_begin_as_the_best_one_does(graph: Graph) -> None:
    found = [name for name, _ in names(graph.kb.tables.entities, "mult", ())]
    assert "multiple myeloma" in found
    assert all(name.startswith("mult") for name in found)
    assert len({name[:4] for name, _ in names(graph.kb.tables.entities, "MULT", ())}) == 1


def test_labels_come_before_synonyms_and_short_before_long(graph: Graph) -> None:
    found = [name for name, _ in names(graph.kb.tables.entities, "thal", ())]
    assert found[0] == "thalidomide"
    assert len(names(graph.kb.tables.entities, "", ())) == 40
