"""`python -m moagraph.rdf` writes `ontology/moagraph.ttl` anew."""

from __future__ import annotations

from moagraph.rdf import build

if __name__ == "__main__":
    print(build())
