"""Names of a dataset, looked up in an indexed table by the rules of `moagraph.names`."""

from __future__ import annotations

from collections.abc import Mapping

from moagraph.dataset.store import Store
from moagraph.identifiers import fold
from moagraph.names import NameIndex
from moagraph.records import Entity

_ALL = 20_000
_POOL = 4_000


class StoredNames(NameIndex):
    """The names of a dataset; only those that a question needs are read."""

    def __init__(self, store: Store, entities: Mapping[str, Entity]) -> None:
        super().__init__(())
        self._store = store
        self._entities = entities
        self._whole: NameIndex | None = None

    def find(self, name: str) -> list[Entity]:
        """Return all entities of the best rank at which the name is known, possibly none."""
        exact = self._entities.get(name)
        if exact is not None:
            return [exact]
        rows = self._store.all(
            "SELECT e.id, n.rank FROM names AS n JOIN entities AS e ON e.n = n.entity "
            "WHERE n.key = ? ORDER BY n.n",
            (fold(name),),
        )
        best = min((rank for _, rank in rows), default=0)
        return [self._entities[entity] for entity, rank in rows if rank == best]

    def suggest(self, name: str, limit: int = 3) -> list[str]:
        """Return the nearest known names; of very many, only those that begin alike are tried."""
        return self._near(name).suggest(name, limit)

    def search(self, text: str) -> list[tuple[Entity, str]]:
        """Return entities one of whose names holds the text, with that name, best first."""
        key = fold(text)
        rows = self._store.each(
            "SELECT n.key, n.rank, e.id FROM names AS n JOIN entities AS e ON e.n = n.entity "
            "WHERE instr(n.key, ?) > 0 ORDER BY n.rank, n.n",
            (key,),
        )
        hits: dict[str, tuple[tuple[int, int, str], Entity, str]] = {}
        for known, _, entity_id in rows:
            entity = self._entities[entity_id]
            place = 0 if known == key else 1 if known.startswith(key) else 2
            score = (place, len(known), entity.label)
            if entity_id not in hits or score < hits[entity_id][0]:
                hits[entity_id] = (score, entity, known)
        ordered = sorted(hits.values(), key=lambda hit: (hit[0], hit[1].id))
        return [(entity, self._name(known)) for _, entity, known in ordered]

    def _name(self, key: str) -> str:
        row = self._store.one("SELECT shown FROM names WHERE key = ? ORDER BY n LIMIT 1", (key,))
        return row[0] if row and row[0] is not None else key

    def _near(self, name: str) -> NameIndex:
        """Return an index of the names that a misspelt one may have meant."""
        if self._whole is not None:
            return self._whole
        (count,) = self._store.one("SELECT max(n) FROM names") or (0,)
        if (count or 0) <= _ALL:
            self._whole = NameIndex(self._entities[key] for key in self._entities)
            return self._whole
        key = fold(name)[:200]
        rows = self._store.all(
            "SELECT DISTINCT e.id FROM names AS n JOIN entities AS e ON e.n = n.entity "
            "WHERE n.rank < 2 AND ((n.key >= ?1 AND n.key < ?1 || char(1114111) "
            "AND length(n.key) BETWEEN ?2 - 4 AND ?2 + 4) OR (?2 > 2 AND instr(n.key, ?3) > 0)) "
            "LIMIT ?4",
            (key[:2], len(key), key, _POOL),
        )
        return NameIndex(self._entities[row[0]] for row in rows)
