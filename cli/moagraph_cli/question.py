"""The options of a question, shared by explain, paths, effects and whatif."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _stack(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


context_options = _stack(
    click.option("--cell", default="", metavar="NAME", help="The cell in which the paths begin."),
    click.option(
        "--disease", default="", metavar="NAME", help="The disease carried along; B if it is one."
    ),
    click.option(
        "--species", default="", metavar="NAME", help="Species, or `any`.  [default: human]"
    ),
)

background_options = _stack(
    click.option("--without", multiple=True, metavar="NAME", help="Remove this; repeatable."),
    click.option(
        "--variant", multiple=True, metavar="GENE:CHANGE", help="With this variant; repeatable."
    ),
    click.option("--state", multiple=True, metavar="NAME", help="In this state; repeatable."),
    click.option("--with", "with_", multiple=True, metavar="DRUG", help="With this drug too."),
)

filter_options = _stack(
    click.option("--via", multiple=True, metavar="NAME", help="Only paths that pass this."),
    click.option("--avoid", multiple=True, metavar="NAME", help="Hide paths that pass this."),
    click.option(
        "--through-category", default="", metavar="CLASS", help="Only through such a node."
    ),
    click.option(
        "--min-evidence",
        type=click.IntRange(0),
        default=0,
        help="Only steps with so many independent primary sources.",
    ),
    click.option("--strict-context", is_flag=True, help="Only steps seen in the asked context."),
)

bound_options = _stack(
    click.option(
        "--max-length",
        type=click.IntRange(1, 64),
        default=8,
        show_default=True,
        help="The longest path, in steps.",
    ),
    click.option(
        "--max-paths",
        type=click.IntRange(0),
        default=0,
        help="At most so many paths.  [default: 1000]",
    ),
)
