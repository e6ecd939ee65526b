"""`moagraph resistance D [B]`."""

from __future__ import annotations

import click

from moagraph_cli.completion import anything, drugs
from moagraph_cli.options import Command, data_option, pass_settings, reference_output_options
from moagraph_cli.output import REFERENCE_FORMATS, choose, emit, write_exact
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("drug", shell_complete=drugs)
@click.argument("b", required=False, default="", shell_complete=anything)
@reference_output_options
@data_option
@pass_settings
@click.pass_context
def resistance(
    ctx: click.Context,
    settings: Settings,
    drug: str,
    b: str,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Show what makes cells resist or respond to a drug, each claim replayed by what-if.

    With B the replay asks what becomes of the effect on B.

    \b
    Examples:
      moagraph resistance lenalidomide
      moagraph resistance lenalidomide "multiple myeloma"
    """
    from moagraph_cli.views.gates import resistance_view

    answer = settings.graph.resistance(drug, b)
    chosen = choose(output_format, output_file)
    if chosen in REFERENCE_FORMATS:
        sources = dict.fromkeys(e.source for g in answer.gates for e in g.claim.evidence)
        write_exact(settings.graph.references(sources, chosen), output_file)
    else:
        emit(answer, chosen, output_file, lambda: resistance_view(answer, settings.typed))
    if answer.exit_code:
        ctx.exit(answer.exit_code)
