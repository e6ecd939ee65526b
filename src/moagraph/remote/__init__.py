"""The same questions over a SPARQL endpoint that holds our RDF.

Gates and machines have no SPARQL form, so the fragment of the graph that a question can touch is
fetched, whole or not at all, and reasoned about here.
"""

from __future__ import annotations

from moagraph.remote.address import is_address
from moagraph.remote.knowledge import RemoteKnowledge, connect

__all__ = ["RemoteKnowledge", "connect", "is_address"]
