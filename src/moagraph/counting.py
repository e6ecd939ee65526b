"""A number and what it counts, in the grammar of English."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Return `1 claim`, `2 claims`, `1,000 claims`; `many` is for plurals without a mere s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
