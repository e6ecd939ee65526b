"""`moagraph export FORMAT`."""

from __future__ import annotations

from typing import Any, NamedTuple

import click

from moagraph_cli.options import Command, data_option, note, pass_settings
from moagraph_cli.settings import Settings


class Export(NamedTuple):
    """A format: its line in the manual and the function that writes it, imported when asked for.

    The function takes the knowledge base and the options that `options` names, and returns the
    text or bytes. Where one file does not hold the format, `folder` is true: the function takes
    the folder too, writes into it, and returns the names of the files.
    """

    help: str
    module: str
    function: str
    options: tuple[str, ...] = ()
    folder: bool = False


_RDF = "moagraph.rdf.export"

EXPORTS: dict[str, Export] = {
    "turtle": Export("RDF as Turtle", _RDF, "turtle_text", ("layer",)),
    "ntriples": Export("RDF, one triple a line", _RDF, "ntriples_text", ("layer",)),
    "trig": Export("RDF with all layers, each in its graph", _RDF, "trig_text", ("layer",)),
    "nquads": Export("the same, one statement a line", _RDF, "nquads_text", ("layer",)),
    "jsonld": Export("RDF as JSON-LD", _RDF, "jsonld_text", ("layer",)),
    "rdfxml": Export("RDF as RDF/XML", _RDF, "rdfxml_text", ("layer",)),
    "terms": Export("a page of all classes and relations", "moagraph.rdf.terms_page", "terms_page"),
}


def _manual() -> str:
    width = max(map(len, EXPORTS))
    lines = [f"  {name:<{width}}  {entry.help}" for name, entry in EXPORTS.items()]
    return "\n".join(["\b", "Formats:", *lines])


@click.command(cls=Command, epilog=_manual())
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(EXPORTS)))
@click.option(
    "-o",
    "--output",
    "output_file",
    metavar="FILE",
    help="Where to write; a folder for a format of several files.  [default: stdout]",
)
@click.option(
    "--layer",
    type=click.Choice(["claims", "reasoned", "schema", "all"]),
    help="Which part of the RDF.  [default: all for trig and nquads, else claims]",
)
@data_option
@pass_settings
def export(
    settings: Settings, /, format_: str, output_file: str | None, **options: str | None
) -> None:
    """Write the whole graph in a format of another tool.

    \b
    Example:
      moagraph export turtle -o moagraph.ttl
    """
    from importlib import import_module

    entry = EXPORTS[format_]
    given = {name: value for name, value in options.items() if value is not None}
    for name in given.keys() - set(entry.options):
        raise click.UsageError(f"{format_} takes no --{name.replace('_', '-')}")
    if entry.folder and output_file in (None, "-"):
        raise click.UsageError(f"{format_} is several files; name a folder with -o")
    function: Any = getattr(import_module(entry.module), entry.function)
    kb = settings.graph.kb
    if entry.folder:
        for name in function(kb, output_file, **given):
            note(settings, f"wrote {name}")
        return
    _write(settings, function(kb, **given), output_file)


def _write(settings: Settings, content: str | bytes, file: str | None) -> None:
    """Write as it is, without a character changed: another program reads this."""
    if file and file != "-":
        from moagraph.files import write_atomically

        write_atomically(file, content)
        note(settings, f"wrote {file}")
        return
    click.echo(content.encode("utf-8") if isinstance(content, str) else content, nl=False)
