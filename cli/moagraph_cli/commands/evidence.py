"""`moagraph evidence ID|NAME|A B`."""

from __future__ import annotations

import click

from moagraph_cli.completion import anything
from moagraph_cli.options import Command, data_option, pass_settings, reference_output_options
from moagraph_cli.output import REFERENCE_FORMATS, choose, emit, write_exact
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("names", nargs=-1, required=True, metavar="ID|NAME|A B", shell_complete=anything)
@reference_output_options
@data_option
@pass_settings
@click.pass_context
def evidence(
    ctx: click.Context,
    settings: Settings,
    names: tuple[str, ...],
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Show every source for a claim, a fact, a paper, an entity, or for what joins two.

    \b
    Examples:
      moagraph evidence lenalidomide CK1a
      moagraph evidence PMID:26131937
    """
    from moagraph_cli.views.sheets import evidence_view

    if len(names) > 2:
        raise click.UsageError("give one id or name, or two names")
    answer = settings.graph.evidence(*names)
    chosen = choose(output_format, output_file)
    if chosen in REFERENCE_FORMATS:
        sources = [line.evidence.source for line in answer.lines if line.evidence]
        write_exact(settings.graph.references(sources, chosen), output_file)
    else:
        emit(answer, chosen, output_file, lambda: evidence_view(answer))
    if not any(line.evidence for line in answer.lines):
        ctx.exit(1)
