"""The shape of one row of the registry of findings."""

from __future__ import annotations

from typing import NamedTuple

from moagraph.findings import Severity


class Code(NamedTuple):
    """One kind of finding: what it means, what to do, and a cell that causes it."""

    code: str
    severity: Severity
    meaning: str
    remedy: str
    example: str
