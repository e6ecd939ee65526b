"""`moagraph search TEXT`."""

from __future__ import annotations

import click

from moagraph_cli.options import Command, Count, data_option, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("text")
@click.option("--kind", metavar="KIND", help="Only entities of this kind, such as drug or disease.")
@click.option(
    "--limit",
    type=Count(1),
    default=25,
    show_default="25",
    metavar="N",
    help="Show N entities at most.",
)
@output_options
@data_option
@pass_settings
@click.pass_context
def search(
    ctx: click.Context,
    settings: Settings,
    text: str,
    kind: str | None,
    limit: int,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Find entities by any part of an id, label, synonym or cross-reference.

    \b
    Example:
      moagraph search myeloma --kind disease
    """
    from moagraph_cli.views.sheets import search_view

    answer = settings.graph.search(text, kind=kind or "", limit=limit)
    emit(answer, choose(output_format, output_file), output_file, lambda: search_view(answer))
    if not answer.found:
        ctx.exit(1)
