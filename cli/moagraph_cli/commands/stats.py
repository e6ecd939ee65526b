"""`moagraph stats`."""

from __future__ import annotations

import click

from moagraph_cli.options import Command, data_option, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.option(
    "--article",
    is_flag=True,
    help="For each sentence of the founding article: what in the graph holds or corrects it.",
)
@output_options
@data_option
@pass_settings
def stats(
    settings: Settings, article: bool, output_format: str | None, output_file: str | None
) -> None:
    """Count what the graph holds.

    \b
    Examples:
      moagraph stats
      moagraph stats --article
    """
    from moagraph_cli.views.sheets import article_view, stats_view

    chosen = choose(output_format, output_file)
    if article:
        sheet = settings.graph.article()
        emit(sheet, chosen, output_file, lambda: article_view(sheet))
        return
    answer = settings.graph.stats()
    emit(answer, chosen, output_file, lambda: stats_view(answer))
