"""`moagraph batch FILE`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from moagraph_cli.completion import files
from moagraph_cli.options import Command, data_option, note, pass_settings
from moagraph_cli.output import choose
from moagraph_cli.question import background_options, bound_options, context_options, filter_options
from moagraph_cli.settings import Settings

_MAX_BYTES = 16 * 1024 * 1024
_LEFT_OUT = {
    "not_all_listed": "more than {:,} paths; all voted (--max-paths lists more)",
    "not_all_voted": "more than {:,} paths, more than could be counted; the verdict rests on the "
    "shortest (a smaller --max-length or a filter narrows the question)",
}


@click.command(cls=Command)
@click.argument("file", shell_complete=files)
@context_options
@background_options
@filter_options
@bound_options
@click.option(
    "-O",
    "--output-format",
    type=click.Choice(["tsv", "jsonl"]),
    help="How to write the rows.  [default: tsv]",
)
@click.option(
    "-o",
    "--output",
    "output_file",
    metavar="FILE",
    shell_complete=files,
    help="Write to a file, all at once at the end.",
)
@data_option
@pass_settings
@click.pass_context
def batch(
    ctx: click.Context,
    settings: Settings,
    /,
    file: str,
    output_format: str | None,
    output_file: str | None,
    **options: Any,
) -> None:
    """Explain many pairs: two names a line with a tab between, from FILE or stdin.

    A bad line becomes a row with an error and does not stop the rest. Exit code 3 if any line
    was bad, else 0. The column "capped" says where a pair has more paths than are counted.

    \b
    Example:
      printf 'lenalidomide\\tMM\\n' | moagraph batch - -O jsonl
    """
    chosen = choose(output_format, output_file)
    if chosen not in ("table", "tsv", "jsonl"):
        raise click.UsageError(f"batch writes tsv or jsonl, not {chosen}")
    lines = _lines(file)
    rows = settings.graph.batch(_counted(lines, settings), **options)
    bad = [0]
    reported = _reported(rows, settings, bad)
    out = _jsonl(reported) if chosen == "jsonl" else _tsv(reported)
    if output_file and output_file != "-":
        from moagraph_cli.output import write_exact

        write_exact("".join(out), output_file)
    else:
        from moagraph_cli.output import write_exact

        for part in out:
            write_exact(part, None)
    if bad[0]:
        ctx.exit(3)


def _lines(file: str) -> list[str]:
    """Return the lines of a file or of stdin; bytes that are no UTF-8 become escapes."""
    from moagraph.errors import DataError

    if file == "-":
        data = sys.stdin.buffer.read(_MAX_BYTES + 1)
    else:
        from moagraph.files import open_stream

        try:
            with open_stream(file) as stream:
                data = stream.read(_MAX_BYTES + 1)
        except OSError as error:  # while it is read: a damaged disk
            raise DataError(f"cannot be read: {error.strerror}", file=file) from error
    if len(data) > _MAX_BYTES:
        raise DataError(
            f"has more than {_MAX_BYTES:,} bytes; split it into several batches", file=file
        )
    return data.decode("utf-8", "backslashreplace").split("\n")


def _counted(lines: list[str], settings: Settings) -> Iterator[str]:
    """Yield the lines, telling a terminal, but no file or pipe, how far it is."""
    total = len(lines) - (lines[-1:] == [""])  # what follows the last line break is no line
    telling = sys.stderr.isatty() and not settings.quiet
    for number, line in enumerate(lines, start=1):
        if telling and number % 10 == 0:
            click.echo(f"\r{number} of {total} lines", err=True, nl=False)
        yield line
    if telling and len(lines) >= 10:
        click.echo("\r" + " " * 40 + "\r", err=True, nl=False)


def _reported(rows: Iterable[Any], settings: Settings, bad: list[int]) -> Iterator[Any]:
    for row in rows:
        if row.error:
            bad[0] += 1
            note(settings, f"moagraph: line {row.line}: {row.error}")
        elif row.capped:
            note(settings, f"moagraph: line {row.line}: {_LEFT_OUT[row.capped].format(row.paths)}")
        yield row


def _tsv(rows: Iterable[Any]) -> Iterator[str]:
    from moagraph.mechanism.batch import COLUMNS

    yield "\t".join(COLUMNS) + "\n"
    for row in rows:
        yield "\t".join(" ".join(cell.split()) for cell in row.cells()) + "\n"


def _jsonl(rows: Iterable[Any]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row.to_dict(), ensure_ascii=False) + "\n"
