"""`moagraph paths A B`."""

from __future__ import annotations

from typing import Any

import click

from moagraph_cli.completion import anything
from moagraph_cli.options import Command, data_option, output_options, pass_settings
from moagraph_cli.output import choose, dump, separated, show
from moagraph_cli.question import (
    background_options,
    bound_options,
    context_options,
    filter_options,
)
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("a", shell_complete=anything)
@click.argument("b", shell_complete=anything)
@context_options
@background_options
@filter_options
@bound_options
@click.option("--count", is_flag=True, help="Only count the paths.")
@output_options
@data_option
@pass_settings
@click.pass_context
def paths(
    ctx: click.Context,
    settings: Settings,
    /,
    a: str,
    b: str,
    count: bool,
    output_format: str | None,
    output_file: str | None,
    **options: Any,
) -> None:
    """List every mechanistic path from A to B, shortest first, edge by edge.

    \b
    Examples:
      moagraph paths lenalidomide "multiple myeloma" --max-length 4
      moagraph paths lenalidomide MM --count
      moagraph paths lenalidomide MM --metapath "Drug > Protein > Process > Disease"
    """
    from moagraph_cli.views.paths import paths_dict, paths_markdown, paths_view

    search = settings.graph.paths(a, b, **options)
    chosen = choose(output_format, output_file)
    if count:
        total = search.count()
        if chosen in ("json", "jsonl"):
            text = dump({"count": total, "capped": search.gave_up})
        else:
            text = f"at least {total}\n" if search.gave_up else f"{total}\n"
        show(text, chosen, output_file)
        if not total:
            ctx.exit(1)
        return
    found = list(search)
    if chosen == "json":
        text = dump(paths_dict(search, found))
    elif chosen == "jsonl":
        import json

        text = "".join(json.dumps(p.to_dict(), ensure_ascii=False) + "\n" for p in found)
    elif chosen in ("tsv", "csv"):
        from moagraph.formats.rows import STEP_COLUMNS, step_rows

        text = separated(STEP_COLUMNS, step_rows(found), chosen)
    elif chosen == "md":
        text = paths_markdown(search, found)
    else:
        text = paths_view(search, found)
    show(text, chosen, output_file)
    if not found:
        ctx.exit(1)
