"""`moagraph effects A`."""

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
@click.option("--on", default="", metavar="B", help="Only the effect on B.")
@context_options
@background_options
@bound_options
@output_options
@data_option
@pass_settings
@click.pass_context
def effects(
    ctx: click.Context,
    settings: Settings,
    /,
    a: str,
    on: str,
    output_format: str | None,
    output_file: str | None,
    **options: Any,
) -> None:
    """Show everything A raises or lowers, by cell: predicted against observed.

    A is a drug (given), or a target or state (raised; removed with --without A).

    \b
    Examples:
      moagraph effects lenalidomide --cell "T cell"
      moagraph effects IKZF1 --without IKZF1
    """
    from moagraph.formats.rows import EFFECT_COLUMNS, effect_rows
    from moagraph_cli.views.effects import effects_view
    from moagraph_cli.views.reasoned import Tabular

    answer = settings.graph.effects(a, on=on, **options)
    tabular = Tabular(answer, EFFECT_COLUMNS, effect_rows)
    chosen = choose(output_format, output_file)
    emit(tabular, chosen, output_file, lambda: effects_view(answer))
    if answer.capped:
        note_cut(settings, chosen, answer.text)
    if answer.exit_code:
        ctx.exit(answer.exit_code)
