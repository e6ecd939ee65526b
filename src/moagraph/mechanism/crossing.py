"""Which foreign records a path crosses.

Imported records are mechanisms of their own, merged for the search. A path within one record is
what someone curated; one that crosses several is a conclusion from them.
"""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.knowledge import KnowledgeBase

_MOST = 20_000


def records_crossed(kb: KnowledgeBase, claims: tuple[str, ...]) -> tuple[str, ...]:
    """Return the records that together hold all claims, as few as are found at once.

    Where single records hold all of them, all such records are returned; else each next one is
    that which holds most of what is left. Claims without a record count for nothing.
    """
    known: dict[tuple[str, ...], tuple[str, ...]] = vars(kb).setdefault("_crossed", {})
    found = known.get(claims)
    if found is None:
        if len(known) > _MOST:
            known.clear()
        found = known[claims] = _crossed(kb, claims)
    return found


def _crossed(kb: KnowledgeBase, claims: tuple[str, ...]) -> tuple[str, ...]:
    held = [set(found) for claim in claims if (found := kb.records_of(claim))]
    if not held:
        return ()
    common = set.intersection(*held)
    if common:
        return tuple(sorted(common))
    if len(set().union(*held)) == sum(map(len, held)):
        # No record holds two of them: each claim brings one of its own.
        return tuple(sorted(map(min, held)))
    chosen: list[str] = []
    while held:
        counts: dict[str, int] = {}
        for records in held:
            for record in records:
                counts[record] = counts.get(record, 0) + 1
        best = min(counts, key=lambda record: (-counts[record], record))
        chosen.append(best)
        held = [records for records in held if best not in records]
    return tuple(chosen)


def in_one_record(kb: KnowledgeBase, claims: Iterable[str]) -> bool:
    """Tell whether one foreign record holds all claims."""
    held = [kb.records_of(claim) for claim in claims]
    if not held or not all(held):
        return False
    first, *others = held
    return any(all(record in records for records in others) for record in first)


_SHOWN = 6


def crossing_words(kb: KnowledgeBase, claims: tuple[str, ...]) -> str:
    """Return which records a path is within or crosses, "" where no claim came from a record.

    Such as `crosses 2 records: DB00480_MESH_D009101_1, DB01041_MESH_D009101_1`.
    """
    found = records_crossed(kb, claims)
    if not found:
        return ""
    shown = ", ".join(found[:_SHOWN])
    shown += f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    if in_one_record(kb, (c for c in claims if kb.records_of(c))):
        return f"within record {shown}" if len(found) == 1 else f"within each of {shown}"
    return f"crosses {len(found)} records: {shown}"
