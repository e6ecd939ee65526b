"""`moagraph compare-record`."""

from __future__ import annotations

import click

from moagraph_cli.completion import files
from moagraph_cli.options import Command, data_option, output_options, pass_settings
from moagraph_cli.output import choose, emit
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("record", shell_complete=files)
@click.option("--all", "whole", is_flag=True, help="Do not cut long sections.")
@output_options
@data_option
@pass_settings
@click.pass_context
def compare_record(
    ctx: click.Context,
    settings: Settings,
    record: str,
    whole: bool,
    output_format: str | None,
    output_file: str | None,
) -> None:
    """Lay a foreign record beside our graph: steps in common, missing, contradicting.

    RECORD is a YAML file with one DrugMechDB record, or the id of a record in what `-d` names.
    A `-d` that is no such record is the graph to compare with. Exits with 1 if our graph
    contradicts a step, ties it to a condition, or has steps that the record lacks.

    \b
    Examples:
      moagraph compare-record DB01041_MESH_D009101_1.yaml
      moagraph -d drugmechdb/records compare-record DB08910_MESH_D009101_1
    """
    from moagraph.foreign.compare import compare_record as compare
    from moagraph.foreign.source import find_record
    from moagraph.graph import load
    from moagraph_cli.views.compare_record import compare_record_view

    one, rest = find_record(record, settings.data)
    answer = compare(load(*rest).kb, one)
    chosen = choose(output_format, output_file)
    emit(answer, chosen, output_file, lambda: compare_record_view(answer, whole=whole))
    ctx.exit(answer.exit_code)
