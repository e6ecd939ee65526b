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
    shown = CliRunner().invoke(cli, ["lenalidomide", "multiple myeloma"])
    assert shown.exit_code == 2
    assert "`moagraph explain lenalidomide 'multiple myeloma'`" in shown.output
    assert "`moagraph effects lenalidomide`" in CliRunner().invoke(cli, ["lenalidomide"]).output


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["help"], "`moagraph --help`"),
        (["help", "whatif"], "`moagraph whatif --help`"),
        (["version"], "`moagraph --version`"),
    ],
)
def test_words_for_options_of_the_program_are_understood(typed: list[str], meant: str) -> None:
    shown = CliRunner().invoke(cli, typed)
    assert shown.exit_code == 2
    assert meant in shown.output


@pytest.mark.parametrize(
    "typed",
    [
        ["explain", "lenalidomide", "multiple", "myeloma"],
        ["info", "multiple", "myeloma"],
        ["whatif", "lenalidomide", "multiple", "myeloma", "--without", "CRBN"],
    ],
)
def test_a_name_without_its_quotes_is_told(typed: list[str]) -> None:
    shown = CliRunner().invoke(cli, typed)
    assert shown.exit_code == 2
    assert '"multiple myeloma' in shown.output


def test_a_name_like_nothing_here_is_told_where_others_come_from() -> None:
    shown = CliRunner().invoke(cli, ["explain", "aspirin", "MM"])
    assert shown.exit_code == 3
    assert "did you mean" not in shown.output
    assert "lenalidomide and its family" in shown.output
    slip = CliRunner().invoke(cli, ["explain", "lenalidomid", "MM"])
    assert "did you mean lenalidomide" in slip.output
    assert "family" not in slip.output
    # What is no entity is in no other graph either.
    typed = ["paths", "lenalidomide", "MM", "--metapath", "Zzzzz > Gene"]
    assert "built-in graph" not in CliRunner().invoke(cli, typed).output


def test_one_name_alone_brings_the_commands_that_take_one() -> None:
    shown = CliRunner().invoke(cli, ["explain", "lenalidomide"])
    assert shown.exit_code == 2
    assert "`moagraph effects A`" in shown.output
    assert "Missing argument 'A'" in CliRunner().invoke(cli, ["explain"]).output
