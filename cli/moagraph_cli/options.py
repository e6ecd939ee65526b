"""Options shared by commands, as decorators, and the group that turns errors into exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import IO, Any, TypeVar

import click

from moagraph.errors import DataError, MoagraphError, UnknownEntity
from moagraph_cli.completion import files
from moagraph_cli.output import FORMATS, REFERENCE_FORMATS
from moagraph_cli.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

_OTHER_GRAPHS = (
    "  The built-in graph holds lenalidomide and its family. Mechanisms of other drugs are read\n"
    "  from files with `moagraph import`, or asked with -d."
)
# These tell by themselves how far they are, or run until they are stopped.
_OWN_SIGN = frozenset({"batch", "completion", "import", "init", "query", "serve"})
CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 80}

pass_settings = click.make_pass_decorator(Settings, ensure=True)


class Failure(click.ClickException):
    """An error of the library, shown as one message with its exit code."""

    def __init__(
        self, error: MoagraphError, *, as_json: bool, verbosity: int, hint: str = ""
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.exit_code = error.exit_code  # type: ignore[misc]
        self.as_json = as_json
        self.verbosity = verbosity
        self.hint = hint

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - of the base class
        """Print the message, as JSON on stdout if the answer was to be JSON."""
        import json

        from moagraph_cli.terminal import safe

        if self.verbosity >= 2:
            import traceback

            traceback.print_exception(self.error)
        if self.as_json:
            click.echo(json.dumps({"error": self.error.to_dict()}, ensure_ascii=False, indent=2))
            return
        click.echo(f"moagraph: {safe(str(self.error))}", err=True)
        if self.hint:
            click.echo(self.hint, err=True)


MOST = 1_000_000_000
"""The most of anything that is counted: a number beyond it is a slip, and overflows somewhere."""


class Count(click.IntRange):
    """A whole number from a least one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail with a message for the person who typed it."""
        number: int = super().convert(value, param, ctx)
        if number > MOST:
            self.fail(f"{value} is more than {MOST:,}.", param, ctx)
        return number


class Number(click.FloatRange):
    """A number in a range; what is not a number is in none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or fail with a message for the person who typed it."""
        number: float = super().convert(value, param, ctx)
        if not abs(number) <= MOST:
            self.fail(f"{value} is not a number up to {MOST:,}.", param, ctx)
        return number


def _too_much(given: list[str], extra: list[str]) -> str:
    """Return what to say of words too many: most often they end a name without its quotes."""
    from moagraph_cli.terminal import safe

    message = f"Got unexpected extra argument {safe(' '.join(extra))!r}."
    before = given.index(extra[0]) - 1
    if before >= 0 and not given[before].startswith("-"):
        name = safe(" ".join(given[before : before + 1 + len(extra)]))
        message += f' A name of several words stands in quotes: "{name}"'
    return message


_MAY_BE_EMPTY = frozenset({"output_file", "folder"})
"""Options that say themselves what an empty name is to them."""


class Command(click.Command):
    """A command whose library errors become one message and an exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; words too many are most often a name without its quotes."""
        ctx.allow_extra_args = True
        given = list(args)
        extra = super().parse_args(ctx, args)
        if extra and not ctx.resilient_parsing:
            raise click.UsageError(_too_much(given, extra), ctx)
        if "" in ctx.params.values() and not ctx.resilient_parsing:
            self._check_empty(ctx)
        return extra

    def _check_empty(self, ctx: click.Context) -> None:
        """Refuse an option that is given and empty: so an unset variable of a script reads.

        Without it the answer would be that to a wider question.
        """
        given = click.core.ParameterSource.COMMANDLINE
        for option in self.params:
            name = str(option.name)
            if not isinstance(option, click.Option) or name in _MAY_BE_EMPTY:
                continue
            if ctx.params.get(name) == "" and ctx.get_parameter_source(name) is given:
                option_name = max(option.opts, key=len)
                raise click.UsageError(f"{option_name} is empty; leave it out, or name one", ctx)

    def _busily(self, ctx: click.Context, settings: Settings) -> Any:
        """Run the command, on a terminal with a sign of life if it takes long."""
        if self.name in _OWN_SIGN or settings.quiet or not sys.stderr.isatty():
            return super().invoke(ctx)
        from moagraph_cli.busy import Busy

        with Busy():
            return super().invoke(ctx)

    def _check_output(self, params: dict[str, Any], data: list[str]) -> None:
        """Refuse to write an answer over what is asked; an export may be its own input."""
        from moagraph.files import check_apart

        written = params["output_file"]
        check_apart(written, *(params[n] for n in ("file", "record") if params.get(n)))
        if self.name == "export":
            return
        check_apart(written, *(each for each in data if not os.path.isdir(each)))
        folder, name = os.path.split(os.path.realpath(written))
        if folder in map(os.path.realpath, data) and os.path.exists(written):
            from moagraph.dataset import is_dataset
            from moagraph.tables import TABLES

            if is_dataset(folder) or name in {table.file_name for table in TABLES}:
                raise DataError("is what is read here; name another file", file=written)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, translating errors of the library."""
        settings = ctx.ensure_object(Settings)
        try:
            if ctx.params.get("output_file") not in (None, "", "-"):
                self._check_output(ctx.params, settings.data)
            return self._busily(ctx, settings)
        except MoagraphError as error:
            as_json = ctx.params.get("output_format") in ("json", "jsonl")
            # A near name is a slip of the keys; without one the graph may just not have it.
            strange = isinstance(error, UnknownEntity) and not error.suggestions
            hint = _OTHER_GRAPHS if strange and not settings.data and not settings.quiet else ""
            raise Failure(
                error, as_json=as_json, verbosity=settings.verbosity, hint=hint
            ) from error
        except BrokenPipeError as gone:
            # A reader that has read enough (`| head`) is no error.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from gone
        except RecursionError as error:
            failure = MoagraphError("the input is nested too deeply")
            raise Failure(failure, as_json=False, verbosity=settings.verbosity) from error
        except MemoryError as error:
            failure = MoagraphError("there is not enough memory for this input")
            raise Failure(failure, as_json=False, verbosity=settings.verbosity) from error


def data_option(command: F) -> F:
    """Add `-d/--data`: what to ask instead of the built-in graph."""

    def collect(ctx: click.Context, _: click.Parameter, value: tuple[str, ...]) -> None:
        if value:
            ctx.ensure_object(Settings).data.extend(value)

    return click.option(
        "-d",
        "--data",
        multiple=True,
        metavar="DATASET",
        shell_complete=files,
        expose_value=False,
        callback=collect,
        help="What to ask instead of the built-in graph: a folder of tables, a dataset, an RDF "
        "file, or the address of a SPARQL endpoint; repeatable. MOAGRAPH_DATA does the same.",
    )(command)


def output_options(command: F) -> F:
    """Add `-O/--output-format` and `-o/--output`."""
    command = click.option(
        "-o",
        "--output",
        "output_file",
        metavar="FILE",
        shell_complete=files,
        help="Write here instead of to the terminal; the extension decides the format.",
    )(command)
    return click.option(
        "-O",
        "--output-format",
        type=click.Choice(FORMATS),
        help="How to write the answer.  [default: table]",
    )(command)


def reference_output_options(command: F) -> F:
    """Add `-O/--output-format` with bib and ris, and `-o/--output`."""
    command = click.option(
        "-o",
        "--output",
        "output_file",
        metavar="FILE",
        shell_complete=files,
        help="Write here instead of to the terminal; the extension decides the format.",
    )(command)
    return click.option(
        "-O",
        "--output-format",
        type=click.Choice(FORMATS + REFERENCE_FORMATS),
        help="How to write the answer; bib and ris give its references.  [default: table]",
    )(command)


def environment_data() -> list[str]:
    """Return the datasets named by MOAGRAPH_DATA, separated as paths are on the system."""
    value = os.environ.get("MOAGRAPH_DATA", "")
    if value.startswith(("http://", "https://")):
        return [value]
    return [part for part in value.split(os.pathsep) if part]


def note_cut(settings: Settings, output_format: str, message: str) -> None:
    """Say on stderr what is left out of a format that has no room to say so itself.

    An empty message says nothing; tables, JSON and Markdown hold the words themselves.
    """
    if message and output_format in ("tsv", "csv", "jsonl", "bib", "ris"):
        note(settings, f"moagraph: {message}")


def note(settings: Settings, message: str) -> None:
    """Print a message for people on stderr, unless asked to be quiet."""
    from moagraph_cli.terminal import safe

    if not settings.quiet:
        if module := sys.modules.get("moagraph_cli.busy"):
            module.Busy.aside()
        click.echo(safe(message), err=True)
