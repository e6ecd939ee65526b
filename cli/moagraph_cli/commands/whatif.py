"""`moagraph whatif A [B]`."""

from __future__ import annotations

from typing import Any

import click

from moagraph_cli.completion import anything
from moagraph_cli.options import Command, data_option, note_cut, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.question import background_options, bound_options, context_options
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("a", shell_complete=anything)
@click.argument("b", required=False, default="", shell_complete=anything)
@background_options
@context_options
@bound_options
@output_options
@data_option
@pass_settings
@click.pass_context
def whatif(
    ctx: click.Context,
    settings: Settings,
    /,
    a: str,
    b: str,
    output_format: str | None,
    output_file: str | None,
    **options: Any,
) -> None:
    """Show what a change of the background takes from the effects of A, or adds to them.

    A is a drug; a target or state without any option is asked as its own removal.

    \b
    Examples:
      moagraph whatif lenalidomide --without CRBN
      moagraph whatif lenalidomide --without proteasome
      moagraph whatif lenalidomide --variant IKZF1:Q146H
      moagraph whatif lenalidomide --species mouse --variant CRBN:I391V
      moagraph whatif lenalidomide MM --with bortezomib
      moagraph whatif IKZF1
    """
    from moagraph.formats.rows import WHATIF_COLUMNS, whatif_rows
    from moagraph_cli.views.effects import whatif_view
    from moagraph_cli.views.reasoned import Tabular

    answer = settings.graph.whatif(a, b, **options)
    tabular = Tabular(answer, WHATIF_COLUMNS, whatif_rows)
    chosen = choose(output_format, output_file)
    emit(tabular, chosen, output_file, lambda: whatif_view(answer))
    if answer.capped:
        note_cut(settings, chosen, answer.text)
    if answer.exit_code:
        ctx.exit(answer.exit_code)
