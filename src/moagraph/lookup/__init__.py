"""Look-ups: what one thing is, where a name occurs, what stands behind a claim.

Nothing here reasons along paths; that is `moagraph.mechanism`.
"""

from moagraph.lookup.evidence import EvidenceSheet, evidence
from moagraph.lookup.facts import FactSheet, facts
from moagraph.lookup.info import Info, info
from moagraph.lookup.search import Hits, search
from moagraph.lookup.stats import ArticleSheet, Stats, article, stats

__all__ = [
    "ArticleSheet",
    "EvidenceSheet",
    "FactSheet",
    "Hits",
    "Info",
    "Stats",
    "article",
    "evidence",
    "facts",
    "info",
    "search",
    "stats",
]
