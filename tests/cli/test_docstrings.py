"""Every command has its help and its example where Python drops docstrings, too."""

from __future__ import annotations

import subprocess
import sys

from moagraph_cli.docstrings import from_source

MANUAL = """
from moagraph_cli.commands import COMMANDS
from moagraph_cli.main import cli
with cli.make_context("moagraph", [], resilient_parsing=True) as context:
    for command in (cli, *(cli.get_command(context, name) for name in COMMANDS)):
        print(command.get_help(context))
"""


def manual(*options: str) -> str:
    command = [sys.executable, *options, "-c", MANUAL]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_help_is_the_same_without_docstrings() -> None:
    assert "Example" in manual("-OO")
    assert manual("-OO") == manual()


def test_what_has_no_source_has_no_docstring() -> None:
    namespace: dict[str, object] = {}
    exec("def made(): 'never in a file'", namespace)
    made = namespace["made"]
    assert callable(made)
    assert from_source(made) is None
    assert from_source(None) is None
    assert from_source(manual) is None
