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

PROGRAM = [sys.executable, "-m", "moagraph_cli"]


def ask(shell: str, *words: str) -> list[str]:
    """Return what a shell is told for the last of some words."""
    environment = {
        **os.environ,
        "_MOAGRAPH_COMPLETE": f"{shell}_complete",
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
    assert "plain,table" in ask("bash", "explain", "lenalidomide", "MM", "-O", "ta")


def test_blanks_are_quoted_for_bash_alone() -> None:
    assert "plain,multiple\\\\ myeloma" in ask("bash", "explain", "lenalidomide", "multiple")
    assert "multiple myeloma" in ask("zsh", "explain", "lenalidomide", "multiple")


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


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is missing")
def test_bash_itself_completes_a_disease(tmp_path: Path) -> None:
    program = tmp_path / "moagraph"
    program.write_text(f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    lines = r"""
      eval "$(moagraph completion bash)"
      COMP_WORDS=(moagraph explain lenalidomide 'multiple\ my'); COMP_CWORD=3
      _moagraph_completion moagraph; printf '%s\n' "${COMPREPLY[@]}"
    """
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", lines],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "multiple\\ myeloma" in done.stdout.splitlines()


def test_labels_come_before_synonyms_and_short_before_long(graph: Graph) -> None:
    found = [name for name, _ in names(graph.kb.tables.entities, "thal", ())]
    assert found[0] == "thalidomide"
    assert len(names(graph.kb.tables.entities, "", ())) == 40
