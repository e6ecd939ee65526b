"""The help of a command where Python was told to forget it (`python -OO`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def from_source(function: Callable[..., Any] | None) -> str | None:
    """Return the docstring that a function has in its source, None where that is not to be had."""
    import ast
    import inspect
    import textwrap

    if function is None:
        return None
    try:
        source = inspect.getsource(inspect.unwrap(function))
    except OSError:
        return None
    # `ast.parse` drops docstrings from Python 3.14 on where `-OO` is in force.
    tree = compile(textwrap.dedent(source), "<source>", "exec", ast.PyCF_ONLY_AST, optimize=0)
    assert isinstance(tree, ast.Module)
    # From Python 3.13 on the text of `-c` passes for the source of all that is made by `exec`.
    node = tree.body[0] if len(tree.body) == 1 else None
    return ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
