"""`moagraph info NAME`."""

from __future__ import annotations

import click

from moagraph_cli.completion import anything
from moagraph_cli.options import Command, data_option, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("name", shell_complete=anything)
@output_options
@data_option
@pass_settings
def info(settings: Settings, name: str, output_format: str | None, output_file: str | None) -> None:
    """Show what one entity is and every claim that names it.

    \b
    Example:
      moagraph info CRBN
    """
    from moagraph_cli.views.sheets import info_view

    answer = settings.graph.info(name)
    emit(answer, choose(output_format, output_file), output_file, lambda: info_view(answer))
