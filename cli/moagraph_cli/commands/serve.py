"""`moagraph serve`."""

from __future__ import annotations

import click

from moagraph_cli.options import Command, Count, Number, data_option, note, pass_settings
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="NAME",
    help="The address to listen on. Any other than loopback lets others ask.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7474,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option(
    "--timeout",
    type=Number(0.1, 3600),
    default=10.0,
    show_default=True,
    help="Seconds after which a question is stopped.",
)
@click.option(
    "--memory",
    type=click.IntRange(64, 1_000_000),
    default=1024,
    show_default=True,
    metavar="MIB",
    help="Memory that a question may take beyond the graph.",
)
@click.option(
    "--max-rows",
    type=Count(1),
    default=1_000_000,
    show_default=True,
    help="Rows that an answer may have.",
)
@click.option(
    "--max-size",
    type=click.IntRange(1, 4096),
    default=64,
    show_default=True,
    metavar="MIB",
    help="The size that an answer may have.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Questions that run at a time at full priority.  [default: 4 for each processor]",
)
@data_option
@pass_settings
@click.pass_context
def serve(
    ctx: click.Context,
    settings: Settings,
    /,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    max_rows: int,
    max_size: int,
    workers: int | None,
) -> None:
    """Serve the graph by SPARQL and HTTP, read only, with a page to ask it.

    /sparql is the SPARQL 1.1 endpoint, /api/explain and its like give the JSON of the commands,
    / is a page with a form. A question that exceeds a limit is stopped, and the answer says so.
    Ctrl-C or SIGTERM ends the server. The log goes to stderr, one JSON object a line.

    \b
    Examples:
      moagraph serve
      moagraph serve -d my_tables --port 8080 --timeout 30
    """
    from moagraph.serve.limits import MIB, Limits
    from moagraph.serve.server import serve as run

    limits = Limits(
        timeout=timeout,
        memory=memory * MIB,
        rows=max_rows,
        answer=max_size * MIB,
        workers=workers or 0,
    )

    def ready(address: str) -> None:
        note(settings, f"moagraph serves {settings.graph.version} at {address}")

    code = run(settings.graph, host, port, limits, ready)
    if code:
        ctx.exit(code)
