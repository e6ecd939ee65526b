"""`self_effect`: which participants of a step the asked drug itself moves.

A participant or an entity that the gate names, other than the step's own subject and object
(a feature stands for its protein), is marked if it is the end of a fired path of the drug.
"""

from __future__ import annotations

from moagraph.mechanism.context import Context
from moagraph.mechanism.filters import participants_of
from moagraph.mechanism.firing import Engine, Firing
from moagraph.mechanism.searches import search_for


class Moved:
    """Answers, per step, what the asked drug moves; each entity is searched once."""

    def __init__(self, engine: Engine, context: Context) -> None:
        self.engine = engine
        self.context = context
        self._ends: dict[str, bool] = {}

    def __call__(self, firing: Firing) -> tuple[str, ...]:
        """Return what the drug itself moves among the participants of a step."""
        background = self.engine.background
        if not background.start_is_drug:
            return ()
        claim = firing.claim
        if not claim.assertion.via and not claim.assertion.requires:
            return ()
        names = participants_of(self.engine, firing, present_only=False)
        names.update(term.entity for term in claim.terms)
        owners = self.engine.kb.owner_of_feature
        names = {owners.get(name, name) for name in names}
        names -= {claim.subject, claim.object}
        return tuple(sorted(name for name in names if self._is_end(name)))

    def _is_end(self, entity: str) -> bool:
        known = self._ends.get(entity)
        if known is None:
            search = search_for(self.engine, self.context)
            known = next(search.to(frozenset((entity,))), None) is not None
            self._ends[entity] = known
        return known
