"""`moagraph init`."""

from __future__ import annotations

import click

from moagraph_cli.completion import files
from moagraph_cli.options import Command, note, pass_settings
from moagraph_cli.settings import Settings


@click.command(cls=Command)
@click.argument("folder", metavar="FOLDER", shell_complete=files)
@pass_settings
def init(settings: Settings, folder: str) -> None:
    """Start tables of your own: a small sourced example in a new folder, with a README.

    \b
    Examples:
      moagraph init my-drug
      moagraph -d my-drug explain bortezomib "multiple myeloma"
    """
    from moagraph.exchange.starting import write_example

    names = write_example(folder)
    note(settings, f"wrote {folder}: {', '.join(names)}")
    note(settings, f"begin with {folder}/README.md; `moagraph -d {folder} validate` checks it")
