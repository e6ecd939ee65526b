"""The options of a question, shared by explain, paths, effects and whatif."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from moagraph_cli.completion import anything
from moagraph_cli.options import Count

F = TypeVar("F", bound=Callable[..., Any])


def _stack(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _name_option(*flags: str, help: str, multiple: bool = False) -> Callable[[Any], Any]:
    """Return an option that takes a name and completes it."""
    return click.option(
        *flags,
        default=None if multiple else "",
        multiple=multiple,
        metavar="NAME",
        shell_complete=anything,
        help=help,
    )


context_options = _stack(
    _name_option("--cell", help="The cell in which the paths begin, such as 'T cell'."),
    _name_option("--disease", help="The disease in which all happens; B if B is one."),
    _name_option("--species", help="In this species, or `any`.  [default: human]"),
)

background_options = _stack(
    _name_option(
        "--without", multiple=True, help="As if this were not there, such as CRBN; repeatable."
    ),
    click.option(
        "--variant",
        multiple=True,
        metavar="GENE:CHANGE",
        help="With this variant, such as CRBN:I391V; repeatable.",
    ),
    _name_option(
        "--state",
        multiple=True,
        help="In cells of this state, such as 'TP53 inactivation'; repeatable.",
    ),
    _name_option("--with", "with_", multiple=True, help="With this drug too; repeatable."),
)

filter_options = _stack(
    _name_option("--via", multiple=True, help="Only paths that go through this; repeatable."),
    _name_option(
        "--avoid", multiple=True, help="Leave out paths that go through this; repeatable."
    ),
    click.option(
        "--through-category",
        default="",
        metavar="TYPE",
        help="Only paths through a node of this kind or Biolink class, such as Protein.",
    ),
    click.option(
        "--metapath",
        default="",
        metavar="TYPES",
        help='Only through nodes of these types in order: "Drug > Protein > ... > Disease". '
        "A kind or a class; A|B is either, * any one node, ... any number.",
    ),
    click.option(
        "--min-evidence",
        type=Count(0),
        default=0,
        metavar="N",
        help="Only steps with at least N independent primary sources.",
    ),
    click.option(
        "--strict-context", is_flag=True, help="Only steps seen in the asked cell and disease."
    ),
    click.option(
        "--through-drugs", is_flag=True, help="In imported graphs, also through other drugs."
    ),
    click.option(
        "--through-diseases", is_flag=True, help="In imported graphs, also through other diseases."
    ),
    click.option("--same-record", is_flag=True, help="Only paths that one imported record holds."),
)

bound_options = _stack(
    click.option(
        "--max-length",
        type=click.IntRange(1, 64),
        default=8,
        metavar="N",
        help="The longest path, 1 to 64 steps.  [default: 8]",
    ),
    click.option(
        "--max-paths",
        type=Count(0),
        default=0,
        metavar="N",
        help="List N paths at most.  [default: 1000]",
    ),
)
