"""`moagraph audit`."""

from __future__ import annotations

import click

from moagraph_cli.options import Command, data_option, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.settings import Settings

# The library has the same lists; reading them here would slow `--help`. A test compares them.
LEVELS = (
    "contradicted",
    "unsourced",
    "unexplained",
    "no-mechanism",
    "gate-unexplained",
    "refuted",
    "contested",
    "no-primary",
    "single-source",
    "none",
)
SECTIONS = (*LEVELS[:-1], "not-judged", "explained", "gate-explained")


@click.command(cls=Command)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(SECTIONS),
    metavar="SECTION",
    help=f"Only this section, whole; repeatable. One of: {', '.join(SECTIONS)}.",
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    metavar="SECTION",
    default="contradicted",
    show_default=True,
    help="Exit with 1 if this section, or one before it in the list, has findings; or none.",
)
@output_options
@data_option
@pass_settings
@click.pass_context
def audit(
    ctx: click.Context,
    settings: Settings,
    only: tuple[str, ...],
    fail_on: str,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Check observations and gates against the mechanisms, and claims against their evidence.

    \b
    Examples:
      moagraph audit
      moagraph audit --only single-source -O tsv
    """
    from moagraph_cli.views.audit import audit_view

    report = settings.graph.audit(only=only)
    emit(report, choose(output_format, output_file), output_file, lambda: audit_view(report))
    if report.fails(fail_on):
        ctx.exit(1)
