"""The `moagraph` program: the group, its commands, and how a run ends."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

import click

from moagraph import __version__
from moagraph_cli.commands import COMMANDS
from moagraph_cli.options import (
    CONTEXT_SETTINGS,
    data_option,
    environment_data,
)
from moagraph_cli.settings import Settings
from moagraph_cli.terminal import safe

GREETING = """moagraph answers: how does this drug work - the path, the sign, the evidence,
and what speaks against it. Three things to try:

  moagraph explain lenalidomide "multiple myeloma"
  moagraph whatif lenalidomide --without CRBN
  moagraph compare thalidomide lenalidomide pomalidomide

`moagraph --help` lists all commands."""


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from moagraph.shipped import shipped_version

    data = shipped_version()
    # The schema is released with the data; a test holds it to the same date.
    click.echo(f"moagraph {__version__}, data {data}, schema {data.partition('+')[0]}")
    ctx.exit()


def _instead(args: list[str]) -> str:
    """Return what a newcomer may have meant by words that are no command."""
    import difflib
    import shlex

    word = safe(args[0])
    others = [safe(arg) for arg in args[1:] if not arg.startswith("-")]
    if word in ("help", "version"):
        named = f"{others[0]} " if others and others[0] in COMMANDS else ""
        return f"Did you mean `moagraph {named}--{word}`?"
    near = difflib.get_close_matches(word, COMMANDS, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `moagraph {near[0]}`?"
    a = shlex.quote(word)
    if others:
        b = shlex.quote(" ".join(others))
        return f"A command comes first: `moagraph explain {a} {b}`?"
    return (
        f"A command comes first: `moagraph info {a}` tells what it is, `moagraph effects {a}` "
        f"what it does, `moagraph explain {a} B` how it acts on B."
    )


class Manual(click.Group):
    """The group of all commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - of the base class
        """Return the names in the order of the manual."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, imported now."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        name = f"moagraph_cli.commands.{entry.module}"
        __import__(name)
        found: click.Command = getattr(sys.modules[name], entry.module)
        _restore_help(found)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write one line for each command without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with; an unknown one brings the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            message = f"No such command {safe(args[0])!r}. {_instead(args)}"
            raise click.UsageError(message, ctx) from error


def _restore_help(command: click.Command) -> None:
    """Give a command the help that `python -OO` took from it with the docstrings."""
    if command.help is None:
        from moagraph_cli.docstrings import from_source

        command.help = from_source(command.callback)


@click.group(
    cls=Manual,
    invoke_without_command=True,
    context_settings=CONTEXT_SETTINGS,
    epilog="Exit codes: 0 an answer; 1 a negative answer or findings; 2 usage; "
    "3 unknown or ambiguous name; 4 bad data or file; 130 interrupted.",
)
@data_option
@click.option("-q", "--quiet", is_flag=True, help="No messages beside the answer.")
@click.option("-v", "--verbose", count=True, help="More messages; -vv shows tracebacks.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the versions of program, data and schema.",
)
@click.pass_context
def cli(ctx: click.Context, quiet: bool, verbose: int) -> None:
    """How does this drug work: the path, the sign, the evidence, and what speaks against it.

    \b
    Example:
      moagraph explain lenalidomide "multiple myeloma"
    """
    settings = ctx.ensure_object(Settings)
    settings.quiet = quiet
    settings.verbosity = verbose
    if not settings.data:
        settings.data.extend(environment_data())
    if ctx.invoked_subcommand is None:
        click.echo(GREETING)


_restore_help(cli)


def main(arguments: list[str] | None = None) -> None:
    """Run the program and leave with its exit code."""
    # One question makes few cycles of garbage and ends: collecting them costs more than it frees.
    gc.disable()
    sys.exit(_run(arguments))


def run() -> None:
    """Run the program as the process it is, and end that process at once.

    Taking a graph apart object by object costs more than many a question. Nothing waits for that:
    files are written whole when they are written, and what has threads or processes of its own
    ends in the usual way.
    """
    gc.disable()
    _end_in_order()
    if sys.stdout is None:  # closed by the shell: `>&-`
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
    code = _run(None)
    busy = "multiprocessing" in sys.modules or "concurrent.futures" in sys.modules
    if not busy and sys.gettrace() is None:
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


class _Terminated(BaseException):
    """The process is asked to end: what is half written is removed on the way out."""


def _end_in_order() -> None:
    """Make SIGTERM and SIGHUP unwind the program as Ctrl-C does."""
    import signal

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise _Terminated(number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def _run(arguments: list[str] | None) -> int:
    if os.environ.get("_MOAGRAPH_COMPLETE"):
        from moagraph_cli.shells import register

        register()
    try:
        result: Any = cli.main(args=arguments, prog_name="moagraph", standalone_mode=False)
    except click.exceptions.Exit as done:
        return _flushed(done.exit_code)
    except click.exceptions.NoArgsIsHelpError as usage:
        usage.show()
        return usage.exit_code
    except click.ClickException as error:
        if isinstance(error, click.UsageError):
            from moagraph_cli.terminal import safe

            # It repeats what was typed.
            error.message = safe(error.message)  # type: ignore[misc]
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return 130
    except _Terminated as ended:
        return 128 + int(ended.args[0])
    except OSError as error:
        return _cannot_write(error)
    except MemoryError:
        click.echo("moagraph: there is not enough memory for this", err=True)
        return 4
    except Exception as error:
        return _fault(error, arguments)
    return _flushed(result if isinstance(result, int) else 0)


def _fault(error: Exception, arguments: list[str] | None) -> int:
    """Say in one message what nobody foresaw; -vv shows where it came from."""
    import traceback

    from moagraph_cli.terminal import safe

    asked = sys.argv[1:] if arguments is None else arguments
    if any(a.startswith("-vv") for a in asked):
        traceback.print_exception(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    click.echo(
        f"moagraph: a fault in moagraph, or data that nobody foresaw: {safe(what[:300])}; check "
        "the data with `validate`; if they are sound, please report this with what -vv shows",
        err=True,
    )
    return 4


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return _cannot_write(error)
    return code


def _cannot_write(error: OSError) -> int:
    """Say that the answer could not be written; a reader that has gone (`| head`) is no error.

    Only an error of stdout names no file.
    """
    if error.filename is not None:
        from moagraph.errors import DataError
        from moagraph_cli.terminal import safe

        failure = DataError(f"cannot be used: {error.strerror}", file=os.fsdecode(error.filename))
        click.echo(f"moagraph: {safe(str(failure))}", err=True)
        return 4
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    click.echo(f"moagraph: cannot write the answer: {error.strerror}", err=True)
    return 4
