"""The same questions over a SPARQL endpoint that holds our RDF.

Gates and machines have no SPARQL form, so the fragment of the graph that a question can touch is
fetched, whole or not at all, and reasoned about here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moagraph.remote.address import is_address

if TYPE_CHECKING:
    from moagraph.remote.knowledge import RemoteKnowledge, connect

__all__ = ["RemoteKnowledge", "connect", "is_address"]


def __getattr__(name: str) -> Any:
    """Import what asks endpoints when it is used: who opens a file needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from moagraph.remote import knowledge

    return getattr(knowledge, name)
