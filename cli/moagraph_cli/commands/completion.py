"""`moagraph completion SHELL`."""

from __future__ import annotations

import click

from moagraph_cli.options import Command


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands, options, drugs and diseases.

    \b
    Examples:
      eval "$(moagraph completion bash)"
      eval "$(moagraph completion zsh)"
      moagraph completion fish > ~/.config/fish/completions/moagraph.fish
    """
    from click.shell_completion import get_completion_class

    from moagraph_cli.main import cli
    from moagraph_cli.shells import register

    register()
    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"no completion for {shell}")
    script = made(cli, {}, "moagraph", "_MOAGRAPH_COMPLETE")
    click.echo(script.source())
