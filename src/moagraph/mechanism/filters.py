"""Filters of a question: which paths are shown and vote.

`--via` and `--avoid` match nodes, machines, participants (present alternatives included) and
the proteins of features. A path must match every `--via` and no `--avoid`.
"""

from __future__ import annotations

from moagraph.mechanism.context import Context
from moagraph.mechanism.crossing import in_one_record
from moagraph.mechanism.firing import Engine, Firing
from moagraph.mechanism.metapath import known_types, metapath_of, type_of
from moagraph.mechanism.question import Question
from moagraph.mechanism.search import Walk


def participants_of(engine: Engine, firing: Firing, *, present_only: bool = True) -> set[str]:
    """Return the participants of a step: of its machine, and what its gate wants present."""
    claim = firing.claim
    names = {t.entity for t in claim.terms if not t.negated}
    if claim.assertion.via:
        machine = engine.model.machine(claim.assertion.via)
        names.update(machine.loose)
        for _, parts in machine.phases:
            for part in parts:
                names.update(part.alternatives)
    if present_only:
        names = {name for name in names if engine.background.present(name, firing.at)}
    return names


def touched(engine: Engine, firing: Firing, *, present_only: bool = True) -> set[str]:
    """Return everything that a filter can match at a step, nodes included."""
    names = participants_of(engine, firing, present_only=present_only)
    if firing.claim.assertion.via:
        names.add(firing.claim.assertion.via)
    names.update((firing.claim.subject, firing.claim.object))
    owners = engine.kb.owner_of_feature
    names.update(owners[name] for name in tuple(names) if name in owners)
    return names


def seen_there(engine: Engine, firing: Firing, question: Question) -> bool:
    """Tell whether supporting evidence of a step was seen where the question asks.

    Only axes that the question names are looked at; a restriction that fits the carried value
    counts as seen there.
    """
    at: Context = firing.at
    a = firing.claim.assertion
    asked = (
        ("cell", question.cell, at.cell, a.cell),
        ("disease", question.disease, at.disease, a.disease),
        ("species", question.species, at.species, a.species),
    )
    kb = engine.kb
    for axis, wanted, carried, restriction in asked:
        if not wanted or not carried or (restriction and kb.is_a(restriction, carried)):
            continue
        seen = [
            value
            for e in kb.evidence_about.get(a.id, ())
            if e.stance == "supports"
            for value in getattr(e, axis)
        ]
        if not any(kb.is_a(value, carried) for value in seen):
            return False
    return True


def primary_sources(engine: Engine, assertion_id: str) -> set[str]:
    """Return the independent primary sources that support a claim."""
    kb = engine.kb
    return {
        e.source
        for e in kb.evidence_about.get(assertion_id, ())
        if e.stance == "supports"
        and (source := kb.sources.get(e.source)) is not None
        and source.kind in ("primary", "preprint")
    }


class PathFilter:
    """The filters of one question, for steps while walking and for whole paths."""

    def __init__(self, engine: Engine, question: Question) -> None:
        self.engine = engine
        self.question = question
        self.avoid = frozenset(question.avoid)
        self.metapath = metapath_of(engine.kb, question.metapath)
        self.categories = (
            known_types(engine.kb.types, question.through_category)
            if question.through_category
            else frozenset()
        )

    def step(self, firing: Firing) -> bool:
        """Tell whether a step may be part of a path."""
        q = self.question
        if self.avoid and not self.avoid.isdisjoint(touched(self.engine, firing)):
            return False
        if q.min_evidence and (len(primary_sources(self.engine, firing.claim.id)) < q.min_evidence):
            return False
        return not q.strict_context or seen_there(self.engine, firing, q)

    def node(self, node: str) -> bool:
        """Tell whether a node may be part of a path."""
        if not self.avoid:
            return True
        owner = self.engine.kb.owner_of_feature.get(node, "")
        return node not in self.avoid and owner not in self.avoid

    def walk(self, walk: Walk) -> bool:
        """Tell whether a whole path passes: every `--via`, and the category on the way."""
        q = self.question
        if q.via:
            names = set(walk.nodes)
            owners = self.engine.kb.owner_of_feature
            names.update(owners[name] for name in walk.nodes if name in owners)
            for firing in walk.steps:
                names.update(touched(self.engine, firing))
            if not names.issuperset(q.via):
                return False
        if q.same_record and not in_one_record(self.engine.kb, walk.ids):
            return False
        if q.through_category:
            kb = self.engine.kb
            return any(type_of(kb, node) in self.categories for node in walk.nodes[1:-1])
        return True

    def follows(self, walk: Walk) -> bool:
        """Tell whether a path follows the metapath; a search along it finds no other."""
        metapath = self.metapath
        if metapath is None:
            return True
        places = metapath.first
        at = 0
        for node in walk.nodes:
            at = places & metapath.standing(type_of(self.engine.kb, node))
            places = metapath.following(at)
        return bool(at & metapath.last)

    def culprits(self, walk: Walk) -> tuple[str, ...]:
        """Return what hides a path that fires: ids of `--avoid` or `--via`, or the option."""
        q = self.question
        names = set(walk.nodes)
        for firing in walk.steps:
            names.update(touched(self.engine, firing))
        found = [name for name in q.avoid if name in names]
        found.extend(name for name in q.via if name not in names)
        if not found:
            if q.strict_context and not all(seen_there(self.engine, f, q) for f in walk.steps):
                found.append("strict_context")
            if q.min_evidence and any(
                len(primary_sources(self.engine, f.claim.id)) < q.min_evidence for f in walk.steps
            ):
                found.append("min_evidence")
            if q.same_record and not in_one_record(self.engine.kb, walk.ids):
                found.append("same_record")
            if not self.follows(walk):
                found.append("metapath")
            if q.through_category and not found:
                found.append(q.through_category)
        return tuple(found)
