"""The manual: every command is listed, says what its own help says, and shows an example."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from moagraph_cli.commands import COMMANDS
from moagraph_cli.main import cli


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_says_what_the_command_says(name: str) -> None:
    context = cli.make_context("moagraph", [], resilient_parsing=True)
    command = cli.get_command(context, name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(200) == COMMANDS[name].help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_an_example(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    assert "moagraph " in shown.output.split("Example", 1)[1]


def test_an_unknown_command_brings_the_nearest() -> None:
    assert "`moagraph explain`" in CliRunner().invoke(cli, ["explian"]).output
    shown = CliRunner().invoke(cli, ["lenalidomide", "MM"])
    assert shown.exit_code == 2
    assert "moagraph explain A B" in shown.output


def test_one_name_alone_brings_the_commands_that_take_one() -> None:
    shown = CliRunner().invoke(cli, ["explain", "lenalidomide"])
    assert shown.exit_code == 2
    assert "`moagraph effects A`" in shown.output
    assert "Missing argument 'A'" in CliRunner().invoke(cli, ["explain"]).output
