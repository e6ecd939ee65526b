"""`moagraph audit`: of our graph, or of records that others made."""

from __future__ import annotations

import click

from moagraph_cli.completion import files
from moagraph_cli.options import Command, data_option, pass_settings
from moagraph_cli.output import FORMATS, choose, emit
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

# What an audit of foreign records looks for.
CODES = (
    "net-positive",
    "no-path",
    "missing-end",
    "dangling-link",
    "cycle",
    "self-loop",
    "duplicate-link",
    "type-violation",
    "short-circuit",
    "treats-shortcut",
    "copy",
    "duplicate-record",
    "unknown-key",
    "malformed-id",
    "retired-id",
    "form",
    "old-predicate",
    "open-sign",
    "off-path",
    "disconnected",
    "label-prefix",
    "length",
    "no-evidence",
    "no-reference",
    "weak-reference",
    "odd-reference",
    "too-large",
    "too-many-paths",
)


@click.command(cls=Command)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice((*SECTIONS, *CODES)),
    metavar="CODE",
    help=f"Only this section or code, whole; repeatable. Sections of a graph: "
    f"{', '.join(SECTIONS)}. Codes of records: {', '.join(CODES)}.",
)
@click.option("--record", multiple=True, metavar="ID", help="Only this foreign record; repeatable.")
@click.option(
    "--fail-on",
    type=click.Choice((*LEVELS[:-1], "error", "warn", "none")),
    metavar="LEVEL",
    help="Exit with 1 from this level on. Of a graph: a section, and those before it in the "
    "list  [default: contradicted]. Of records: error or warn  [default: error]. Or none.",
)
@click.option(
    "-O",
    "--output-format",
    type=click.Choice((*FORMATS, "html")),
    help="How to write the answer; html for records.  [default: table]",
)
@click.option(
    "-o",
    "--output",
    "output_file",
    metavar="FILE",
    shell_complete=files,
    help="Write here instead of to the terminal; the extension decides the format.",
)
@data_option
@pass_settings
@click.pass_context
def audit(
    ctx: click.Context,
    settings: Settings,
    only: tuple[str, ...],
    record: tuple[str, ...],
    fail_on: str | None,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Check observations and gates against the mechanisms, and claims against their evidence.

    With `-d` a file or folder of DrugMechDB records: check each record by the rules of its own
    house. The net sign of every path from drug to disease, and the link that breaks it; short
    circuits, types, parts that hang loose, copies, old predicates, ids, references.

    \b
    Examples:
      moagraph audit
      moagraph audit --only single-source -O tsv
      moagraph -d drugmechdb/records audit -o report.html
      moagraph -d drugmechdb/records audit --record DB01041_MESH_D009101_1
    """
    if settings.data and _audit_records(
        ctx, settings, only, record, fail_on, output_format, output_file
    ):
        return
    if fail_on in ("error", "warn"):
        raise click.UsageError(f"--fail-on {fail_on} is for records; a graph has sections")
    if record:
        raise click.UsageError("--record needs records: give them with -d")
    chosen = choose(output_format, output_file)
    if chosen == "html":
        raise click.UsageError("a page of an audit is for records; -O md writes it for a graph")
    from moagraph_cli.views.audit import audit_view

    report = settings.graph.audit(only=only)
    emit(report, chosen, output_file, lambda: audit_view(report))
    if report.fails(fail_on or "contradicted"):
        ctx.exit(1)


def _audit_records(
    ctx: click.Context,
    settings: Settings,
    only: tuple[str, ...],
    record: tuple[str, ...],
    fail_on: str | None,
    output_format: str | None,
    output_file: str | None,
) -> bool:
    """Audit foreign records; False if the data are none."""
    from moagraph.foreign.source import open_records

    found = open_records(settings.data)
    if found is None:
        return False
    if fail_on and fail_on not in ("error", "warn", "none"):
        raise click.UsageError(f"--fail-on {fail_on} is for a graph; records have error and warn")
    from moagraph.foreign.audit import audit_records
    from moagraph.foreign.page import to_html
    from moagraph_cli.output import write_exact
    from moagraph_cli.views.audit_records import audit_records_view

    report = audit_records(
        found.records, only=only, record=record, remarks=found.remarks, data=found.name
    )
    page = (output_file or "").casefold().endswith((".html", ".htm"))
    if output_format == "html" or (page and not output_format):
        write_exact(to_html(report), output_file)
    else:
        whole = bool(only or record)
        chosen = choose(output_format, output_file)
        emit(report, chosen, output_file, lambda: audit_records_view(report, whole=whole))
    if report.fails(fail_on or "error"):
        ctx.exit(1)
    return True
