"""What is present in a background: genotype, disease, species, stimulus, removals, second drugs.

The asked drug's own effects never gate. `--without` takes things away both as participants and
as nodes; a second drug blocks (or raises) the objects of its direct claims as participants and
in gates, and removes no node. The start of a question, if it is no drug, stays a node when it
is removed: it starts with -1.

Readings of the text:

* A complex whose essential component is in `--without` is gone as a node too, unless the
  component is the start of the question: then the passage from it must be walkable.
* A disease, cell or species named in `requires` is present iff it is carried, being no normal
  protein that is merely there; a drug iff it is given.
* A start that is a state is assumed raised, hence present.
"""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.mechanism.context import Context
from moagraph.mechanism.model import DRUGS, Model
from moagraph.mechanism.question import Question
from moagraph.mechanism.variants import Features, GivenVariant, as_variant, parse_variants
from moagraph.vocabulary import WalkSign

_PLACES = {"disease": 1, "cell": 0, "cell line": 0, "taxon": 2}


class Background:
    """Presence of entities, asked per step because states depend on what is carried there."""

    def __init__(
        self,
        model: Model,
        question: Question,
        *,
        blocked: frozenset[str] = frozenset(),
        raised: frozenset[str] = frozenset(),
    ) -> None:
        self.model = model
        self.kb = model.kb
        self.question = question
        self.species = question.taxon
        self.without = frozenset(question.without)
        self.blocked = blocked
        self.raised = raised
        self.given_states = frozenset(question.state)
        self.variants = parse_variants(self.kb, question.variant)
        self.features = Features(model, self.species, self.variants)
        self.second = self._with_members(question.with_) - self.without - {question.a}
        self.start_is_drug = model.kind(question.a) in DRUGS
        removed_start = question.a in self.without and not self.start_is_drug
        self.start_sign: WalkSign = -1 if removed_start else 1
        self._removed_nodes = self.without if self.start_is_drug else self.without - {question.a}
        self._absence: dict[str, bool] = {}
        self._variants_read: dict[str, GivenVariant | None] = {}

    def _with_members(self, drugs: Iterable[str]) -> frozenset[str]:
        found = set(drugs)
        for drug in drugs:
            entity = self.kb.entities.get(drug)
            if entity and entity.kind == "combination":
                found.update(entity.members)
        return frozenset(found)

    # -- nodes --------------------------------------------------------------

    def gone(self, node: str) -> bool:
        """Tell whether a node is taken out of every path by `--without`."""
        if not self._removed_nodes:
            return False
        return self._taken(node, self._removed_nodes, ())

    def _taken(self, entity: str, removed: frozenset[str], seen: tuple[str, ...]) -> bool:
        if entity in removed:
            return True
        owner = self.kb.owner_of_feature.get(entity)
        if owner is not None and owner in removed:
            return True
        if entity in seen:
            return False
        return any(
            all(self._taken(member, removed, (*seen, entity)) for member in need)
            for need in self.model.needs_of_complex.get(entity, ())
        )

    # -- participants -------------------------------------------------------

    def present(self, entity: str, at: Context) -> bool:
        """Tell whether an entity is there as a participant or for a gate, at a step."""
        kind = self.model.kind(entity)
        if entity in self.without or entity in self.blocked:
            return False
        if entity in self.given_states or entity in self.raised:
            return True
        if kind == "state":
            return self._brought(entity, at, ())
        if kind in DRUGS:
            return any(self.kb.is_a(d, entity) for d in (self.question.a, *self.second))
        if kind in _PLACES:
            return bool(at[_PLACES[kind]]) and self._carried(entity, at)
        return not self._absent(entity, ())

    def raised_at(self, entity: str, at: Context) -> bool:
        """Tell whether `!entity` fails at a step; a protein that is merely there does not."""
        if entity in self.without or entity in self.blocked:
            return False
        if entity in self.given_states or entity in self.raised:
            return True
        kind = self.model.kind(entity)
        if kind == "state":
            return self._brought(entity, at, ())
        if kind in DRUGS:
            return any(self.kb.is_a(d, entity) for d in self.second)
        return kind in _PLACES and self._carried(entity, at)

    def _carried(self, entity: str, at: Context) -> bool:
        return any(value and self.kb.is_a(value, entity) for value in at)

    def _absent(self, entity: str, seen: tuple[str, ...]) -> bool:
        """Tell whether a protein, feature, complex or process is missing, whatever is carried."""
        known = self._absence.get(entity)
        if known is not None:
            return known
        if entity in self.without or entity in self.blocked:
            answer = True
        elif entity in seen:
            return False
        elif (owner := self.kb.owner_of_feature.get(entity)) is not None:
            answer = self.features.lacking(entity) or self._absent(owner, (*seen, entity))
        elif self.model.kind(entity) == "feature":
            answer = self.features.lacking(entity)
        else:
            answer = any(
                all(self._absent(member, (*seen, entity)) for member in need)
                for need in self.model.needs_of_complex.get(entity, ())
            )
        if not seen:
            self._absence[entity] = answer
        return answer

    def absent(self, entity: str) -> bool:
        """Tell whether a participant that no context can bring is missing."""
        return self._absent(entity, ())

    # -- states -------------------------------------------------------------

    def _brought(self, state: str, at: Context, seen: tuple[str, ...]) -> bool:
        if state in self.without or state in self.blocked or state in seen:
            return False
        if any(self.kb.is_a(given, state) for given in self.given_states):
            return True
        if state in self.raised or state == self.question.a:
            return True
        row = self.kb.states.get(state)
        if row is None:
            return False
        return any(self._brings(item, at, (*seen, state)) for item in row.brought_by)

    def _brings(self, item: str, at: Context, seen: tuple[str, ...]) -> bool:
        if item.startswith("!"):
            return item[1:] in self.without
        if item in self.given_states:
            return True
        kind = self.model.kind(item)
        if kind == "state":
            return self._brought(item, at, seen)
        if kind in DRUGS:
            return any(self.kb.is_a(drug, item) for drug in self.second)
        if kind:
            return self._carried(item, at)
        return self._variant_of(item) in self.variants

    def is_changed_by(self, item: str) -> bool:
        """Tell whether a removal or a variant of the question brings a state."""
        if item.startswith("!"):
            return item[1:] in self.without
        return item not in self.kb.entities and self._variant_of(item) in self.variants

    def _variant_of(self, item: str) -> GivenVariant | None:
        if not self.variants:
            return None
        if item not in self._variants_read:
            self._variants_read[item] = as_variant(self.kb, item)
        return self._variants_read[item]

    def bringers(self, state: str, at: Context | None = None) -> tuple[str, ...]:
        """Return what brings a state, as the table says; at a step, only what does so there."""
        row = self.kb.states.get(state)
        if row is None:
            return ()
        if at is None:
            return row.brought_by
        return tuple(item for item in row.brought_by if self._brings(item, at, (state,)))
