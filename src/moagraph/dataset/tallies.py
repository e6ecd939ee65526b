"""Counts over a whole dataset, made by SQL."""

from __future__ import annotations

from collections import Counter

from moagraph.dataset.store import Store
from moagraph.vocabulary import status_of

_STATUS = """
SELECT polarity, supports, refutes, count(*) FROM (
  SELECT c.polarity AS polarity, max(e.stance = ?1) AS supports, max(e.stance = ?2) AS refutes
  FROM claims AS c LEFT JOIN evidence AS e ON e.claim = c.n GROUP BY c.n)
GROUP BY 1, 2, 3
"""


def tallies(store: Store) -> dict[str, Counter[str]]:
    """Return how many claims there are by kind, polarity and status, evidence by stance."""
    return {
        "kind": _by(store, "claims", "kind"),
        "polarity": _by(store, "claims", "polarity"),
        "status": _statuses(store),
        "stance": _by(store, "evidence", "stance"),
    }


def _by(store: Store, table: str, column: str) -> Counter[str]:
    rows = store.all(f"SELECT {column}, count(*) FROM {table} GROUP BY 1")
    return Counter({store.text(word): count for word, count in rows})


def _statuses(store: Store) -> Counter[str]:
    found: Counter[str] = Counter()
    numbers = (store.text_number("supports"), store.text_number("refutes"))
    for polarity, supports, refutes, count in store.all(_STATUS, numbers):
        found[status_of(store.text(polarity), supports, refutes)] += count
    return found
