"""`moagraph explain A B`."""

from __future__ import annotations

from typing import Any

import click

from moagraph_cli.completion import anything, files
from moagraph_cli.options import Command, data_option, note_cut, pass_settings
from moagraph_cli.output import FORMATS, REFERENCE_FORMATS, choose, emit, write_exact
from moagraph_cli.question import (
    background_options,
    bound_options,
    context_options,
    filter_options,
)
from moagraph_cli.settings import Settings


class ExplainCommand(Command):
    """A command of two ends that tells what to ask with one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; where B is missing, name the commands that need none."""
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter as error:
            if error.param is None or error.param.name != "b":
                raise
            raise click.UsageError(
                "Missing B: the disease, protein or effect that A acts on. With one name: "
                "`moagraph effects A` is everything that A does, `moagraph drugs-for B` what "
                "reaches B, `moagraph info A` what A is.",
                ctx,
            ) from error


@click.command(cls=ExplainCommand)
@click.argument("a", shell_complete=anything)
@click.argument("b", shell_complete=anything)
@context_options
@background_options
@filter_options
@bound_options
@click.option(
    "--level",
    type=click.Choice(["student", "curator"]),
    help="student: every term explained; curator: evidence, basis and contexts in full.",
)
@click.option(
    "--diagram", type=click.Choice(["mermaid"]), help="Draw the paths as a flowchart instead."
)
@click.option("--all", "show_all", is_flag=True, help="Show every path, not the best of each arm.")
@click.option(
    "-O",
    "--output-format",
    type=click.Choice((*FORMATS, "html", *REFERENCE_FORMATS)),
    help="How to write the answer; html is the page of `view`; bib and ris give its "
    "references.  [default: table]",
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
def explain(
    ctx: click.Context,
    settings: Settings,
    /,
    a: str,
    b: str,
    level: str | None,
    diagram: str | None,
    show_all: bool,
    output_format: str | None,
    output_file: str | None,
    **options: Any,
) -> None:
    """Explain how A acts on B: verdict, paths, sign, evidence, and what speaks against it.

    A and B may be any two entities, typically a drug and a disease or an effect.

    \b
    Examples:
      moagraph explain lenalidomide "multiple myeloma"
      moagraph explain lenalidomide MM --via CSNK1A1
      moagraph explain thalidomide CK1a -O json
    """
    answer = settings.graph.explain(a, b, **options)
    chosen = "" if diagram else choose(output_format, output_file)
    if diagram:
        from moagraph.formats.mermaid import path_diagram

        write_exact(path_diagram(answer, show_all=show_all), output_file)
    elif chosen == "html":
        write_exact(settings.graph.view(a, b, **options).to_html(), output_file)
    elif chosen in REFERENCE_FORMATS:
        from moagraph.formats.rows import source_ids

        write_exact(settings.graph.references(source_ids(answer), chosen), output_file)
    elif chosen == "md" and level:
        write_exact(answer.to_markdown(level=level), output_file)
    else:
        from moagraph.formats.rows import EXPLAIN_COLUMNS, explain_rows
        from moagraph_cli.views.explain import explain_view
        from moagraph_cli.views.reasoned import Tabular

        emit(
            Tabular(answer, EXPLAIN_COLUMNS, explain_rows),
            chosen,
            output_file,
            lambda: explain_view(answer, settings.typed, level=level or "", show_all=show_all),
        )
    if answer.capped:
        note_cut(settings, chosen, f"{len(answer.paths):,} paths are written. {answer.text}")
    if answer.exit_code:
        ctx.exit(answer.exit_code)
