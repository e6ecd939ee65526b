"""`moagraph export FORMAT`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from moagraph_cli.completion import files
from moagraph_cli.options import Command, data_option, note, pass_settings
from moagraph_cli.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Export(NamedTuple):
    """A format: its line in the manual and the function that writes it, imported when asked for.

    The function takes the knowledge base and the options that `options` names, and returns the
    text or bytes, or texts or bytes in pieces with what was lost (`exporting.Written` of
    `moagraph.exchange`, `export.Pieces` of `moagraph.rdf`).
    Where one file does not hold the format, `folder` is true, and the texts have names.
    """

    help: str
    module: str
    function: str
    options: tuple[str, ...] = ()
    folder: bool = False


_RDF = "moagraph.rdf.export"
_FLAT = "moagraph.exchange.exporting"
_PART = ("about", "between")
_SHOWN = 12
_PIECE = 1 << 20

EXPORTS: dict[str, Export] = {
    "turtle": Export("RDF as Turtle", _RDF, "turtle_text", ("layer",)),
    "ntriples": Export("RDF, one triple a line", _RDF, "ntriples_text", ("layer",)),
    "trig": Export("RDF with all layers, each in its graph", _RDF, "trig_text", ("layer",)),
    "nquads": Export("the same, one statement a line", _RDF, "nquads_text", ("layer",)),
    "jsonld": Export("RDF as JSON-LD", _RDF, "jsonld_text", ("layer",)),
    "rdfxml": Export("RDF as RDF/XML", _RDF, "rdfxml_text", ("layer",)),
    "drugmechdb": Export("DrugMechDB records as YAML", _FLAT, "drugmechdb", ("between",)),
    "kgx-tsv": Export("KGX, nodes and edges as TSV", _FLAT, "kgx_tsv", _PART, folder=True),
    "kgx-jsonl": Export(
        "KGX, nodes and edges as JSON lines", _FLAT, "kgx_jsonl", _PART, folder=True
    ),
    "cx2": Export("CX2 for Cytoscape and NDEx", _FLAT, "cx2", _PART),
    "graphml": Export("GraphML for yEd, Gephi and networkx", _FLAT, "graphml", _PART),
    "sif": Export("SIF, two names and a word a line", _FLAT, "sif", _PART),
    "mermaid": Export("a flowchart of the steps", _FLAT, "mermaid", _PART),
    "bel": Export("BEL, which keeps the AND of a glue", _FLAT, "bel", _PART),
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
    shell_complete=files,
    help="Where to write; a folder for a format of several files.  [default: stdout]",
)
@click.option(
    "--layer",
    type=click.Choice(["claims", "reasoned", "schema", "all"]),
    help="Which part of the RDF.  [default: all for trig and nquads, else claims]",
)
@click.option(
    "--about",
    multiple=True,
    metavar="NAME",
    help="Only claims that name this entity as end, machine, gate or context; repeatable.",
)
@click.option(
    "--between",
    nargs=2,
    metavar="A B",
    help="Only the steps of the paths that `explain A B` shows.",
)
@data_option
@pass_settings
def export(settings: Settings, /, format_: str, output_file: str | None, **options: Any) -> None:
    """Write the graph in a format of other tools, and say on stderr what it loses.

    \b
    Examples:
      moagraph export turtle -o moagraph.ttl
      moagraph export mermaid --between lenalidomide IKZF1
    """
    from importlib import import_module

    entry = EXPORTS[format_]
    given = {name: value for name, value in options.items() if value}
    for name in given.keys() - set(entry.options):
        raise click.UsageError(f"{format_} takes no --{name.replace('_', '-')}")
    if given.keys() >= {"about", "between"}:
        raise click.UsageError("--about and --between do not go together")
    if entry.folder and output_file in (None, "-"):
        raise click.UsageError(f"{format_} is several files; name a folder with -o")
    function: Any = getattr(import_module(entry.module), entry.function)
    found = function(settings.graph.kb, **given)
    if isinstance(found, str | bytes):
        _write(settings, found, output_file)
        return
    if entry.folder:
        from moagraph.files import write_together

        write_together({f"{output_file}/{n}": _encoded(text) for n, text in found.texts.items()})
        for name in found.texts:
            note(settings, f"wrote {output_file}/{name}")
    else:
        _write(settings, _encoded(found.texts[""]), output_file)
    losses = found.losses()
    for loss in losses[:_SHOWN]:
        note(settings, f"lost: {loss}")
    if len(losses) > _SHOWN:
        note(settings, f"lost: and {len(losses) - _SHOWN} more of the kind")


def _encoded(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    from moagraph_cli.busy import Busy

    for piece in pieces:
        data = piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
        Busy.written += len(data)
        yield data


def _write(settings: Settings, content: str | bytes | Iterable[bytes], file: str | None) -> None:
    """Write as it is, without a character changed: another program reads this."""
    if file and file != "-":
        from moagraph.files import write_atomically

        write_atomically(file, content)
        note(settings, f"wrote {file}")
        return
    if isinstance(content, str):
        content = content.encode("utf-8")
    from moagraph_cli.output import write_bytes

    if isinstance(content, bytes):
        write_bytes(content)
        return
    # A graph of any size goes through a pipe, some of it at a time.
    held = bytearray()
    for piece in content:
        held += piece
        if len(held) > _PIECE:
            write_bytes(bytes(held))
            held.clear()
    write_bytes(bytes(held))
