"""Check the meaning of the tables: all findings at once, each with place and remedy.

It looks at records alone and is fast; `moagraph.validation` adds the faults of the files
themselves and the SHACL shapes. Codes and severities are those of `CODES`.
"""

from __future__ import annotations

from itertools import chain

from moagraph.check.book import Book, Check, sort_findings
from moagraph.check.claims import check_claims
from moagraph.check.codes import CODES, Code
from moagraph.check.curies import check_curies
from moagraph.check.entities import check_entities
from moagraph.check.evidence import check_evidence
from moagraph.check.machines import check_machines
from moagraph.check.references import check_references
from moagraph.check.terms import check_terms
from moagraph.check.values import check_values
from moagraph.findings import Finding
from moagraph.tables import Tables

__all__ = ["CODES", "Code", "check_tables"]

_CHECKS: tuple[Check, ...] = (
    check_references,
    check_terms,
    check_curies,
    check_entities,
    check_claims,
    check_machines,
    check_evidence,
    check_values,
)


def check_tables(tables: Tables) -> list[Finding]:
    """Return every fault of meaning, sorted by file, line and column."""
    book = Book(tables)
    return sort_findings(chain.from_iterable(check(book) for check in _CHECKS))
