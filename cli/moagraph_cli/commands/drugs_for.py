"""`moagraph drugs-for B`."""

from __future__ import annotations

from typing import Any

import click

from moagraph_cli.completion import anything
from moagraph_cli.options import (
    Command,
    data_option,
    note_cut,
    pass_settings,
    reference_output_options,
)
from moagraph_cli.output import REFERENCE_FORMATS, choose, emit, write_exact
from moagraph_cli.question import background_options, bound_options, context_options, filter_options
from moagraph_cli.settings import Settings


@click.command("drugs-for", cls=Command)
@click.argument("b", shell_complete=anything)
@context_options
@background_options
@filter_options
@bound_options
@reference_output_options
@data_option
@pass_settings
@click.pass_context
def drugs_for(
    ctx: click.Context,
    settings: Settings,
    /,
    b: str,
    output_format: str | None,
    output_file: str | None,
    **options: Any,
) -> None:
    """Show which drugs reach a disease, protein or phenotype, and by which neosubstrate.

    \b
    Examples:
      moagraph drugs-for GSPT1
      moagraph drugs-for "multiple myeloma" --via IKZF3
    """
    from moagraph_cli.views.compare import drugs_for_view

    answer = settings.graph.drugs_for(b, **options)
    chosen = choose(output_format, output_file)
    if chosen in REFERENCE_FORMATS:
        rows = [e for drug in answer.drugs for step in drug.best.steps for e in step.evidence]
        seen = (*answer.observed, *answer.shown_not)
        rows += [e for each in seen for claim in each.claims for e in claim.evidence]
        sources = dict.fromkeys(e.source for e in rows)
        write_exact(settings.graph.references(sources, chosen), output_file)
    else:
        emit(answer, chosen, output_file, lambda: drugs_for_view(answer))
    note_cut(settings, chosen, _cut(answer))
    if answer.exit_code:
        ctx.exit(answer.exit_code)


def _cut(answer: Any) -> str:
    """Return in words what the rows leave out, "" if nothing."""
    more = [drug.drug.label for drug in answer.drugs if drug.capped]
    words = []
    if more:
        named = ", ".join(more[:3]) + (f" and {len(more) - 3:,} more" if len(more) > 3 else "")
        words.append(f"there are more paths than are counted for {named}")
    if answer.left_out:
        words.append(f"{answer.left_out:,} of the drugs farthest away were not looked at")
    return "; ".join(words)
