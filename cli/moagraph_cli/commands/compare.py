"""`moagraph compare D D ...`."""

from __future__ import annotations

import click

from moagraph_cli.completion import drugs
from moagraph_cli.options import Command, data_option, pass_settings, reference_output_options
from moagraph_cli.output import REFERENCE_FORMATS, choose, emit, write_exact
from moagraph_cli.settings import Settings

# The library has the same list; reading it here would slow `--help`. A test compares them.
ASPECTS = (
    "neosubstrates",
    "binding",
    "effects",
    "indications",
    "pharmacology",
    "safety",
    "chemistry",
)


@click.command(cls=Command)
@click.argument("drugs", nargs=-1, required=True, metavar="D D ...", shell_complete=drugs)
@click.option(
    "--aspect",
    "aspects",
    multiple=True,
    type=click.Choice(ASPECTS),
    help="Only this aspect, whole; repeatable.",
)
@reference_output_options
@data_option
@pass_settings
@click.pass_context
def compare(
    ctx: click.Context,
    settings: Settings,
    drugs: tuple[str, ...],
    aspects: tuple[str, ...],
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Compare drugs: neosubstrates with numbers, binding, effects, indications and more.

    Shown, shown not and not tested are three different things.

    \b
    Examples:
      moagraph compare thalidomide lenalidomide pomalidomide
      moagraph compare CC-885 CC-90009 --aspect neosubstrates -O csv
    """
    from moagraph_cli.views.compare import compare_view

    answer = settings.graph.compare(*drugs, aspects=aspects)
    chosen = choose(output_format, output_file)
    if chosen in REFERENCE_FORMATS:
        cells = [cell for row in answer.lines for cell in row.cells.values()]
        sources = dict.fromkeys(e.source for cell in cells for e in cell.evidence)
        write_exact(settings.graph.references(sources, chosen), output_file)
    else:
        emit(answer, chosen, output_file, lambda: compare_view(answer, full=bool(aspects)))
    if not answer.lines:
        ctx.exit(1)
