"""`moagraph validate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from moagraph_cli.options import Command, data_option, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.settings import Settings

if TYPE_CHECKING:
    from moagraph.findings import Finding


@click.command(cls=Command)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warn", "none"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@output_options
@data_option
@pass_settings
@click.pass_context
def validate(
    ctx: click.Context,
    settings: Settings,
    fail_on: str,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Check tables and report all findings, with file, line, column and remedy.

    \b
    Example:
      moagraph -d my-tables validate --fail-on warn
    """
    from moagraph.resources import data_root
    from moagraph_cli.views.findings import Report, findings_view

    folders = settings.data or [str(data_root())]
    report = Report(tuple((name, tuple(found)) for name, found in _checked(folders)))
    emit(report, choose(output_format, output_file), output_file, lambda: findings_view(report))
    severities = {f.severity for _, findings in report.checked for f in findings}
    if (fail_on == "warn" and severities) or (fail_on == "error" and "error" in severities):
        ctx.exit(1)


def _checked(folders: list[str]) -> list[tuple[str, list[Finding]]]:
    from moagraph.opening import are_tables

    if len(folders) > 1 and are_tables(folders):
        from moagraph.validation import check_folders

        return check_folders(folders)
    return [(folder, _check(folder)) for folder in folders]


def _check(folder: str) -> list[Finding]:
    from moagraph.dataset import is_dataset

    if is_dataset(folder):
        from moagraph.dataset.verify import verify

        return verify(folder)
    from moagraph.opening import is_rdf
    from moagraph.remote.address import is_address
    from moagraph.validation import check_folder, check_records

    if is_address(folder):
        from moagraph.remote import connect

        return list(check_records(connect(folder).whole))
    if is_rdf(folder):
        from moagraph.rdf import read_rdf

        return list(check_records(read_rdf(folder)))
    return list(check_folder(folder))
