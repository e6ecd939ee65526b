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
from moagraph.mechanism.settling import Needs, settle
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
        self._goneness: dict[str, bool] = {}
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
        return settle(node, self._goneness, self._taken, self._needs)

    def _taken(self, entity: str) -> bool:
        owner = self.kb.owner_of_feature.get(entity)
        return entity in self._removed_nodes or owner in self._removed_nodes

    def _needs(self, entity: str) -> Needs:
        return self.model.needs_of_complex.get(entity, ())

    # -- participants -------------------------------------------------------

    def present(self, entity: str, at: Context) -> bool:
        """Tell whether an entity is there as a participant or for a gate, at a step."""
        kind = self.model.kind(entity)
        if entity in self.without or entity in self.blocked:
            return False
        if entity in self.given_states or entity in self.raised:
            return True
        if kind == "state":
            return self._brought(entity, at)
        if kind in DRUGS:
            return any(self.kb.is_a(d, entity) for d in (self.question.a, *self.second))
        if kind in _PLACES:
            return bool(at[_PLACES[kind]]) and self._carried(entity, at)
        return not self.absent(entity)

    def raised_at(self, entity: str, at: Context) -> bool:
        """Tell whether `!entity` fails at a step; a protein that is merely there does not."""
        if entity in self.without or entity in self.blocked:
            return False
        if entity in self.given_states or entity in self.raised:
            return True
        kind = self.model.kind(entity)
        if kind == "state":
            return self._brought(entity, at)
        if kind in DRUGS:
            return any(self.kb.is_a(d, entity) for d in self.second)
        return kind in _PLACES and self._carried(entity, at)

    def _carried(self, entity: str, at: Context) -> bool:
        return any(value and self.kb.is_a(value, entity) for value in at)

    def absent(self, entity: str) -> bool:
        """Tell whether a protein, feature, complex or process is missing, whatever is carried."""
        return settle(entity, self._absence, self._missing, self._lost_with)

    def _missing(self, entity: str) -> bool:
        if entity in self.without or entity in self.blocked:
            return True
        owned = entity in self.kb.owner_of_feature or self.model.kind(entity) == "feature"
        return owned and self.features.lacking(entity)

    def _lost_with(self, entity: str) -> Needs:
        owner = self.kb.owner_of_feature.get(entity)
        if owner is not None:
            return ((owner,),)
        return () if self.model.kind(entity) == "feature" else self._needs(entity)

    # -- states -------------------------------------------------------------

    def _brought(self, state: str, at: Context, never: tuple[str, ...] = ()) -> bool:
        """Tell whether a state is there; what is in `never` brings nothing."""
        return settle(
            state,
            dict.fromkeys(never, False),
            lambda name: self._brought_itself(name, at),
            self._bringing_states,
        )

    def _closed(self, state: str) -> bool:
        return state in self.without or state in self.blocked

    def _brought_itself(self, state: str, at: Context) -> bool:
        if self._closed(state):
            return False
        if any(self.kb.is_a(given, state) for given in self.given_states):
            return True
        if state in self.raised or state == self.question.a:
            return True
        row = self.kb.states.get(state)
        return row is not None and any(self._brings_itself(item, at) for item in row.brought_by)

    def _bringing_states(self, state: str) -> Needs:
        row = self.kb.states.get(state)
        if row is None or self._closed(state):
            return ()
        return tuple((item,) for item in row.brought_by if self.model.kind(item) == "state")

    def _brings_itself(self, item: str, at: Context) -> bool:
        """Tell whether something other than a further state brings one."""
        if item.startswith("!"):
            return item[1:] in self.without
        if item in self.given_states:
            return True
        kind = self.model.kind(item)
        if kind in DRUGS:
            return any(self.kb.is_a(drug, item) for drug in self.second)
        if kind:
            return kind != "state" and self._carried(item, at)
        return self._variant_of(item) in self.variants

    def is_changed_by(self, item: str) -> bool:
        """Tell whether a removal or a variant of the question brings a state."""
        if item.startswith("!"):
            return item[1:] in self.without
        return item not in self.kb.entities and self._variant_of(item) in self.variants

    def _brings(self, item: str, at: Context, state: str) -> bool:
        if self._brings_itself(item, at):
            return True
        return self.model.kind(item) == "state" and self._brought(item, at, (state,))

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
        return tuple(item for item in row.brought_by if self._brings(item, at, state))
