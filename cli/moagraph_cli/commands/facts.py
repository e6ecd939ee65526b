"""`moagraph facts D`."""

from __future__ import annotations

import click

from moagraph_cli.completion import drugs
from moagraph_cli.options import Command, data_option, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("drug", shell_complete=drugs)
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="NAME",
    help="Only this property; repeatable.",
)
@click.option(
    "--at",
    multiple=True,
    metavar="PARAMETER=VALUE",
    help="Only what holds at this value, such as crcl=40 (mL/min).",
)
@click.option(
    "--indication",
    default="",
    metavar="NAME",
    help="Only for this disease, or for none in particular.",
)
@click.option(
    "--jurisdiction", default="", metavar="NAME", help="Only of this authority, such as FDA or EMA."
)
@output_options
@data_option
@pass_settings
@click.pass_context
def facts(
    ctx: click.Context,
    settings: Settings,
    drug: str,
    properties: tuple[str, ...],
    at: tuple[str, ...],
    indication: str,
    jurisdiction: str,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Show the values of a drug with condition, jurisdiction, date and source.

    \b
    Example:
      moagraph facts lenalidomide --at crcl=40 --indication MM
    """
    from moagraph_cli.views.sheets import facts_view

    answer = settings.graph.facts(
        drug,
        properties=properties,
        at=settings.graph.parse_at(at),
        indication=indication,
        jurisdiction=jurisdiction,
    )
    emit(answer, choose(output_format, output_file), output_file, lambda: facts_view(answer))
    if not answer.lines:
        ctx.exit(1)
