"""`moagraph query [SPARQL]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from moagraph_cli.completion import files
from moagraph_cli.options import Command, Count, Number, data_option, note, pass_settings
from moagraph_cli.settings import Settings

if TYPE_CHECKING:
    from moagraph.remote.engine import RemoteEngine
    from moagraph.sparql.engine import Engine

_ROWS = ("table", "json", "xml", "csv", "tsv", "md")
_GRAPHS = ("turtle", "ntriples", "trig", "nquads", "jsonld", "rdfxml")
_BY_EXTENSION = {
    **{f".{name}": name for name in ("json", "xml", "csv", "tsv", "md", "trig")},
    ".srj": "json",
    ".srx": "xml",
    ".txt": "table",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
}


@click.command(cls=Command)
@click.argument("text", metavar="[SPARQL]", required=False)
@click.option(
    "--file",
    "file",
    metavar="FILE",
    shell_complete=files,
    help="Read the query from this file; - is stdin.",
)
@click.option("--name", metavar="NAME", help="Ask a named question; --list shows them.")
@click.option(
    "-p",
    "--param",
    "settings_",
    metavar="NAME=VALUE",
    multiple=True,
    help="Set a parameter: an entity by any of its names; repeatable.",
)
@click.option(
    "--list", "listed", is_flag=True, help="List the named questions with their parameters."
)
@click.option(
    "--print", "printed", is_flag=True, help="Print the text of the query and do not ask it."
)
@click.option(
    "--timeout",
    type=Number(0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after so long; 0 for never.",
)
@click.option(
    "--memory",
    type=click.IntRange(0, 1_000_000),
    default=800,
    show_default=True,
    metavar="MIB",
    help="Stop the query if it wants more than this beside the graph; 0 for any.",
)
@click.option(
    "--limit",
    type=Count(0),
    default=0,
    metavar="N",
    help="Return N rows or triples at most.  [default: all]",
)
@click.option(
    "-O",
    "--output-format",
    type=click.Choice(_ROWS + _GRAPHS),
    help="How to write the result.  [default: table; turtle for triples]",
)
@click.option(
    "-o",
    "--output",
    "output_file",
    metavar="FILE",
    shell_complete=files,
    help="Write here; the extension decides the format.",
)
@data_option
@pass_settings
@click.pass_context
def query(
    ctx: click.Context,
    settings: Settings,
    /,
    text: str | None,
    file: str | None,
    name: str | None,
    settings_: tuple[str, ...],
    listed: bool,
    printed: bool,
    timeout: float,
    memory: int,
    limit: int,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Ask in SPARQL 1.1, or one of the named questions.

    Prefixes need no declaration. GRAPH moa:reasonedLayer holds what the engine concludes: the
    mechanisms of each drug with their paths and steps; GRAPH moa:schemaLayer holds the terms.
    The exit code of ASK is 0 for yes and 1 for no.

    \b
    Examples:
      moagraph query --name neosubstrates -p drug=lenalidomide
      moagraph query 'SELECT ?p { CHEBI:63791 moa:increasesDegradationOf ?p }'
    """
    if listed:
        from moagraph_cli.views.questions import questions_view

        _emit(settings, questions_view(output_format or ""), output_file)
        return
    chosen = output_format or _by_extension(output_file)
    if sum(part is not None for part in (text, file, name)) != 1:
        raise click.UsageError("give one of SPARQL, --file and --name, or --list")
    written = _text(text, file) if name is None else ""
    if printed:
        _print(settings, written, name, output_file)
        return
    from moagraph.sparql.asking import ask
    from moagraph.sparql.named import parse_settings

    _prepare(settings)
    answer = ask(
        lambda: _engine(settings),
        lambda: settings.graph.kb,
        written,
        name=name or "",
        settings=parse_settings(settings_),
        format=chosen,
        table=_table,
        limit=limit,
        timeout=timeout,
        memory=memory,
    )
    for remark in answer.notes:
        note(settings, f"note: {remark}")
    _emit(settings, answer.data, output_file)
    if answer.truncated:
        what = "triples" if answer.kind == "triples" else "rows"
        note(settings, f"there are more than {limit} {what}; --limit 0 shows all")
    if not answer.boolean:
        ctx.exit(1)


def _engine(settings: Settings) -> Engine | RemoteEngine:
    if settings.data:
        return settings.graph.engine
    from moagraph.sparql.engine import Engine

    return Engine.shipped()


def _prepare(settings: Settings) -> None:
    """Make the triples of a compiled dataset before the time of the query begins to run."""
    from moagraph.dataset import is_dataset

    if len(settings.data) == 1 and is_dataset(settings.data[0]):
        from moagraph.sparql.stores import MAX_PROJECTED, compiled_store, is_cached

        kb = settings.graph.kb
        if is_cached(kb.fingerprint):
            # Opened here, it would not be opened again in the worker but built anew.
            return
        claims = len(kb.tables.assertions)
        if _MANY < claims <= MAX_PROJECTED:
            note(settings, f"making triples of {claims:,} claims, once for this dataset")
        compiled_store(kb)


def _text(text: str | None, file: str | None) -> str:
    """Return the query from the command line, a file or stdin."""
    if text is not None and text != "-":
        return text
    if file in (None, "-"):
        import sys

        return _decoded(sys.stdin.buffer.read(_MAX_BYTES + 1), "stdin")
    from moagraph.errors import DataError
    from moagraph.files import open_stream

    try:
        with open_stream(str(file)) as stream:
            return _decoded(stream.read(_MAX_BYTES + 1), str(file))
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=file) from error


_MANY = 20_000
_MAX_BYTES = 4_000_000


def _decoded(data: bytes, where: str) -> str:
    from moagraph.errors import DataError

    if len(data) > _MAX_BYTES:
        raise DataError("is too long for a query", file=where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 at byte {error.start}", file=where) from error


def _by_extension(file: str | None) -> str:
    if not file or file == "-":
        return ""
    import os

    return _BY_EXTENSION.get(os.path.splitext(file)[1].lower(), "")


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    import sys

    from moagraph_cli.terminal import plain_table, table

    return (table if sys.stdout.isatty() else plain_table)(columns, rows)


def _print(settings: Settings, text: str, name: str | None, file: str | None) -> None:
    if name is not None:
        from moagraph.sparql.named import question

        text = question(name).text
    _emit(settings, (text.rstrip("\n") + "\n").encode("utf-8", "backslashreplace"), file)


def _emit(settings: Settings, content: str | bytes, file: str | None) -> None:
    if file and file != "-":
        from moagraph.files import write_atomically

        write_atomically(file, content)
        note(settings, f"wrote {file}")
        return
    from moagraph_cli.output import write, write_bytes

    if isinstance(content, bytes):
        write_bytes(content)
    else:
        write(content, None)
