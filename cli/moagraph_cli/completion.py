"""Completion of names in bash, zsh and fish: what `click` asks while a word is being typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from moagraph_cli.settings import Settings

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from moagraph.records import Entity

MOST = 40
LONGEST = 300
_RUN = frozenset("$`")
"""What bash leaves as it is when it quotes a name that no file has."""
DRUGS = ("drug", "drug class", "combination")

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[Any]]"]


def completer(*kinds: str) -> Completer:
    """Return a completer for names of entities of some kinds, of all if none is given."""

    def complete(
        ctx: click.Context,
        _: click.Parameter,
        incomplete: str,
    ) -> list[CompletionItem[Any]]:
        from click.shell_completion import CompletionItem

        from moagraph.errors import MoagraphError

        try:
            entities = ctx.ensure_object(Settings).graph.kb.entities.values()
        except MoagraphError:
            # A shell that completes a word has no place for a message.
            return []
        from moagraph.characters import escape

        found = names(entities, incomplete, kinds)
        return [
            CompletionItem(name, help=escape(what[:LONGEST]).replace("\n", " "))
            for name, what in found
        ]

    return complete


def names(entities: Iterable[Entity], begun: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return names that begin as typed, with what they mean: labels first, shorter first.

    Shells put in what all names have in common, and would take away what was typed if some begin
    in another spelling: so all names begin as the best one does. A name that nobody types, with
    control characters or longer than `LONGEST`, is not among them, nor one that bash would run.
    """
    from moagraph.characters import is_deceptive
    from moagraph.identifiers import fold

    key = fold(begun)
    found: dict[str, tuple[tuple[int, int, str], str]] = {}
    for entity in entities:
        if kinds and entity.kind not in kinds:
            continue
        for rank, name in enumerate((entity.label, *entity.synonyms, entity.id)):
            if len(name) > LONGEST or (key and not fold(name).startswith(key)):
                continue
            if not name or (not name.isprintable() and any(map(is_deceptive, name))):
                continue
            if _RUN.intersection(name):
                continue
            place = (min(rank, 1), len(name), name)
            if name not in found or place < found[name][0]:
                found[name] = (place, entity.kind if rank == 0 else entity.label)
            break
    ordered = sorted((place, name, what) for name, (place, what) in found.items())
    heads = [name[: len(begun)] for _, name, _ in ordered]
    head = begun if begun in heads else next(iter(heads), "")
    ordered = [one for one in ordered if one[1].startswith(head)]
    return [(name, what) for _, name, what in ordered[:MOST]]


def files(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Leave it to the shell to complete the name of a file."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


anything = completer()
drugs = completer(*DRUGS)
