"""`moagraph binders T`."""

from __future__ import annotations

import click

from moagraph_cli.completion import anything
from moagraph_cli.options import Command, data_option, pass_settings, reference_output_options
from moagraph_cli.output import REFERENCE_FORMATS, choose, emit, write_exact
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("target", shell_complete=anything)
@reference_output_options
@data_option
@pass_settings
@click.pass_context
def binders(
    ctx: click.Context,
    settings: Settings,
    target: str,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Show the drugs known to bind a target: how tightly, by which assay and paper.

    \b
    Example:
      moagraph binders CRBN -O tsv
    """
    from moagraph_cli.views.compare import binders_view

    answer = settings.graph.binders(target)
    chosen = choose(output_format, output_file)
    if chosen in REFERENCE_FORMATS:
        sources = dict.fromkeys(e.source for b in answer.binders for e in b.evidence)
        write_exact(settings.graph.references(sources, chosen), output_file)
    else:
        emit(answer, chosen, output_file, lambda: binders_view(answer))
    if answer.exit_code:
        ctx.exit(answer.exit_code)
