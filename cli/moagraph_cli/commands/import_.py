"""`moagraph import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from moagraph_cli.completion import files
from moagraph_cli.options import Command, note, pass_settings
from moagraph_cli.settings import Settings

if TYPE_CHECKING:
    from moagraph.dataset.imported import Imported, Report
    from moagraph.formats.lines import Meter

_FORMATS = ("drugmechdb", "kgx", "rdf", "sif", "graphml", "cx2", "node-link", "tables")
_SHOWN = 5


@click.command(cls=Command, name="import")
@click.argument("paths", metavar="FILE|FOLDER...", shell_complete=files, nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DATASET",
    shell_complete=files,
    required=True,
    help="The folder of the dataset; one that is there is replaced in one step.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="What the files are.  [default: by name and content]",
)
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    shell_complete=files,
    help="Also write the whole report here: TSV, or JSON by the extension; - for stdout.",
)
@pass_settings
def import_(
    settings: Settings,
    paths: tuple[str, ...],
    folder: str,
    format_: str | None,
    report_file: str | None,
) -> None:
    """Compile a graph of another tool, or tables, into a dataset for -d.

    Reads DrugMechDB, KGX (TSV, CSV, JSON lines, one JSON document, or a .tar.gz), RDF in our form,
    SIF, GraphML, CX2, node-link JSON of networkx, and folders of tables, each file plain or gzip.
    Nothing is dropped, merged, mended or not understood without a line in the report, which the
    dataset keeps as report.json.

    \b
    Examples:
      moagraph import graph_nodes.tsv graph_edges.tsv -o graph.moa
      moagraph -d graph.moa explain lenalidomide "multiple myeloma"
    """
    from moagraph import dataset
    from moagraph.counting import counted
    from moagraph.exchange.importing import read
    from moagraph_cli.progress import Progress, is_shown

    if report_file and report_file != "-":
        _check_report(report_file, folder, paths)
    meter = _meter(paths) if is_shown(quiet=settings.quiet) else None
    imported = read(paths, format_ or "", meter)
    with Progress(meter) as progress:
        manifest = dataset.write(imported, folder, progress)
    if report_file:
        _write_report(imported.report, report_file)
    counts = manifest.counts
    note(
        settings,
        f"wrote {folder}: {counted(counts['entities'], 'entity', 'entities')}, "
        f"{counted(counts['assertions'], 'claim')} ({counts['steps']:,} can be steps of a path), "
        f"{counted(counts['evidence'], 'piece of evidence', 'pieces of evidence')}",
    )
    _summary(settings, imported, folder)


def _check_report(report: str, folder: str, paths: tuple[str, ...]) -> None:
    import os

    from moagraph.errors import DataError
    from moagraph.files import check_apart

    check_apart(report, *paths)
    target = os.path.realpath(folder)
    place = os.path.realpath(report)
    if place == target or place.startswith(os.path.join(target, "")):
        raise DataError(
            "lies in the dataset, which keeps report.json itself; name another file", file=report
        )


def _meter(paths: tuple[str, ...]) -> Meter:
    from moagraph.exchange.importing import total_size
    from moagraph.formats.lines import Meter

    return Meter(total_size(paths))


def _summary(settings: Settings, imported: Imported, folder: str) -> None:
    from collections import Counter

    remarks = imported.report.remarks
    if imported.report.counts:
        read = ", ".join(_number(n, name) for name, n in imported.report.counts.items())
        note(settings, f"read: {read}")
    if not remarks:
        note(settings, "nothing was dropped, merged, mended or unknown")
        return
    actions = Counter(remark.action for remark in remarks)
    said = ", ".join(f"{count:,} {action}" for action, count in sorted(actions.items()))
    note(settings, f"report: {said}")
    grave = [r for r in remarks if r.action in ("dropped", "unknown")]
    for remark in grave[:_SHOWN]:
        place = f"{remark.file}:{remark.line}: " if remark.line else f"{remark.file}: "
        note(settings, f"  {remark.action}: {place if remark.file else ''}{remark.reason}")
    if len(remarks) > min(len(grave), _SHOWN):
        note(settings, f"  all {len(remarks):,} lines are in {folder} (report.json) and --report")


def _number(number: int, name: str) -> str:
    """Return a count under its name, `links not read`, in the singular for one."""
    from moagraph.counting import counted

    many, *rest = name.split(" ")
    one = f"{many[:-3]}y" if many.endswith("ies") else many.removesuffix("s")
    return " ".join([counted(number, one, many), *rest])


def _write_report(report: Report, file: str) -> None:
    from moagraph_cli.output import dump, separated, write_exact

    if file.casefold().endswith(".json"):
        write_exact(dump(report.to_dict()), file)
        return
    rows = [(r.action, r.reason, r.file, str(r.line or ""), r.record) for r in report.remarks]
    write_exact(separated(("action", "reason", "file", "line", "record"), rows, "tsv"), file)
