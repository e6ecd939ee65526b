"""Names to entities: what a person types, resolved to exactly one thing or refused.

Look-up folds Unicode compatibility, case, dashes and blanks, and nothing else: a look-alike
letter from another script never matches silently, it is only suggested. What is not found so is
tried as another form of an identifier (`MONDO_0009693`, `DB00480`, an IRI), with blanks for
dashes, and as a plural.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from moagraph.errors import AmbiguousName, UnknownEntity
from moagraph.identifiers import fold, other_forms
from moagraph.records import Entity

_SUGGESTIONS = 3
# A slip of one letter in four is near; aspirin and basigin, at 0.71, are not.
_NEAR = 0.72


class NameIndex:
    """Every name of every entity, in three ranks: id and label, then synonym, then xref."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_id: dict[str, Entity] = {}
        self._ranks: tuple[dict[str, list[Entity]], ...] = tuple(
            defaultdict(list) for _ in range(3)
        )
        self._shown: dict[str, str] = {}
        for entity in entities:
            self._by_id[entity.id] = entity
            self._add(0, entity.id, entity)
            self._add(0, entity.label, entity)
            for name in entity.synonyms:
                self._add(1, name, entity)
            for name in entity.xrefs:
                self._add(2, name, entity)

    def _add(self, rank: int, name: str, entity: Entity) -> None:
        key = fold(name)
        if not key:
            return
        entries = self._ranks[rank][key]
        if entity not in entries:
            entries.append(entity)
        self._shown.setdefault(key, name)

    def find(self, name: str) -> list[Entity]:
        """Return all entities of the best rank at which the name is known, possibly none."""
        exact = self._by_id.get(name)
        if exact is not None:
            return [exact]
        key = fold(name)
        for rank in self._ranks:
            if key in rank:
                return list(rank[key])
        return []

    def resolve(self, name: str) -> Entity:
        """Return the one entity of a name; see `KnowledgeBase.resolve`."""
        found = self.find(name) or self._in_another_form(name)
        if len(found) == 1:
            return found[0]
        if found:
            choices = [f"{e.label} ({e.id})" for e in found]
            raise AmbiguousName(
                f"{name!r} means several things: {', '.join(choices)}; use an id",
                suggestions=choices,
            )
        nearest = self.suggest(name)
        hint = f"; did you mean {', '.join(nearest)}?" if nearest else "; try `moagraph search`"
        raise UnknownEntity(f"nothing is called {_short(name)!r}{hint}", suggestions=nearest)

    def _in_another_form(self, name: str) -> list[Entity]:
        for group in other_forms(name):
            found = {e.id: e for form in group for e in self.find(form)}
            if found:
                return list(found.values())
        return []

    def suggest(self, name: str, limit: int = _SUGGESTIONS) -> list[str]:
        """Return the nearest known names, nearest first, one per entity."""
        import difflib

        key = fold(name)[:200]
        pool = [known for rank in self._ranks[:2] for known in rank]
        close = difflib.get_close_matches(key, pool, n=limit * 4, cutoff=_NEAR)
        if len(key) >= 3:
            close += [known for known in pool if key in known or _skeleton(key) == _skeleton(known)]
        result: list[str] = []
        seen: set[str] = set()
        for known in close:
            entity = next(rank[known][0] for rank in self._ranks if known in rank)
            if entity.id not in seen:
                seen.add(entity.id)
                result.append(self._shown[known])
        return result[:limit]

    def search(self, text: str) -> list[tuple[Entity, str]]:
        """Return entities one of whose names holds the text, with that name, best first.

        Names that equal the text come first, then those that begin with it, then the rest,
        shorter before longer.
        """
        key = fold(text)
        hits: dict[str, tuple[tuple[int, int, str], Entity, str]] = {}
        for rank in self._ranks:
            for known, entities in rank.items():
                if key not in known:
                    continue
                place = 0 if known == key else 1 if known.startswith(key) else 2
                for entity in entities:
                    score = (place, len(known), entity.label)
                    if entity.id not in hits or score < hits[entity.id][0]:
                        hits[entity.id] = (score, entity, self._shown[known])
        ordered = sorted(hits.values(), key=lambda hit: (hit[0], hit[1].id))
        return [(entity, name) for _, entity, name in ordered]


_CONFUSABLE = str.maketrans("аеорсухіӏԁһјѕαορνκ", "aeopcyxildhjsaopvk")


def _skeleton(name: str) -> str:
    return "".join(c for c in name.translate(_CONFUSABLE) if c.isalnum())


def _short(name: str, limit: int = 80) -> str:
    return name if len(name) <= limit else name[: limit - 1] + "…"
