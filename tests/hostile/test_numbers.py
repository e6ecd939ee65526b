"""Numbers that are none, or beyond all bounds, in every option that takes one."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from moagraph_cli.main import cli
from tests.hostile.bounded import is_refused, run

ODD = ("nan", "inf", "-1", "1" + "0" * 30, "1e400", "0x10", "", "9" * 5000)


def numeric() -> list[tuple[str, str]]:
    """Return each command with each of its options that takes a number."""
    found = []
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        found += [
            (name, max(option.opts, key=len))
            for option in command.params
            if isinstance(option, click.Option)
            and isinstance(option.type, click.IntRange | click.FloatRange)
            and not option.count
        ]
    return found


def test_there_are_such_options() -> None:
    assert {option for _, option in numeric()} >= {"--max-length", "--max-paths", "--timeout"}


@pytest.mark.parametrize(("command", "option"), numeric())
def test_a_number_that_is_none_is_told(command: str, option: str) -> None:
    """Told before anything is opened: whatever else the command is given."""
    context = click.Context(cli)
    asked = cli.get_command(context, command)
    assert asked is not None
    (type_,) = [p.type for p in asked.params if option in p.opts]
    for odd in ODD:
        with pytest.raises(click.BadParameter):
            type_.convert(odd, None, click.Context(asked))


CASES = {
    "timeout": ("query", "ASK {}", "--timeout", "nan"),
    "limit": ("query", "ASK {}", "--limit", "1" + "0" * 30),
    "memory": ("query", "ASK {}", "--memory", "1" + "0" * 30),
    "paths": ("explain", "lenalidomide", "IKZF1", "--max-paths", "1" + "0" * 30),
    "measured": ("facts", "lenalidomide", "--at", "crcl=nan"),
    "mistyped": ("facts", "lenalidomide", "--at", "crcl=4O"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_slip_is_a_slip_of_usage(tmp_path: Path, case: str) -> None:
    done = run(*CASES[case], at=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "fault in moagraph" not in done.stderr
    assert "number" in done.stderr or "more than" in done.stderr or "range" in done.stderr


def test_little_memory_is_one_message(tmp_path: Path) -> None:
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a"
    is_refused(run("query", text, "--memory", "20", at=tmp_path), 4, "allow more memory")
