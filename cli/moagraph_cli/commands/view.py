"""`moagraph view [A [B]] -o FILE.html`."""

from __future__ import annotations

from typing import Any

import click

from moagraph_cli.completion import anything, files
from moagraph_cli.options import Command, data_option, note, pass_settings
from moagraph_cli.question import (
    background_options,
    bound_options,
    context_options,
    filter_options,
)
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[A [B]] | D D ...", shell_complete=anything)
@click.option("--compare", "compared", is_flag=True, help="Two or more drugs side by side.")
@click.option("--path", "best", is_flag=True, help="Only the best path of each arm.")
@click.option("--all", "everything", is_flag=True, help="Every claim of the graph.")
@context_options
@background_options
@filter_options
@bound_options
@click.option(
    "-o",
    "--output",
    "output_file",
    metavar="FILE",
    shell_complete=files,
    required=True,
    help="The page to write, .html; .graphml and .cx2 hold what it shows; - is stdout.",
)
@data_option
@pass_settings
def view(
    settings: Settings,
    /,
    names: tuple[str, ...],
    compared: bool,
    best: bool,
    everything: bool,
    output_file: str,
    **options: Any,
) -> None:
    """Draw a mechanism as one HTML file: seen, questioned and checked offline.

    Without a name, or with --all, the whole graph is drawn.

    \b
    Examples:
      moagraph view lenalidomide -o lenalidomide.html
      moagraph view lenalidomide "multiple myeloma" -o mm.html
      moagraph view --compare thalidomide lenalidomide pomalidomide -o imids.html
    """
    if everything and names:
        raise click.UsageError("--all takes no names")
    made = settings.graph.view(*names, compare=compared, best=best, **options)
    if output_file == "-":
        from moagraph_cli.output import write_exact

        write_exact(made.to_html(), None)
        return
    target = made.write(output_file)
    for line in made.picture.notes if made.picture.cut else ():
        note(settings, line)
    note(settings, f"wrote {target}")
