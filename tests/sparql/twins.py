"""What each named question answers, worked out from the records and the engine without SPARQL.

A twin takes the graph and the ids of the parameters and returns rows of text: IRIs as they are,
literals by their value, "" where there is nothing. Order does not matter here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from moagraph.answers.answer import Answer
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf.predicates import predicate
from moagraph.rdf.project import sign_text
from moagraph.rdf.reasoned import DRUG_KINDS
from moagraph.rdf.terms import assertion_iri, entity_iri, evidence_iri, fact_iri, quantity_iri
from moagraph.records import Assertion, Evidence, Quantity

Row = tuple[str, ...]
Twin = Callable[..., Iterable[Row]]

DEGRADES = "increases degradation of"
SIGNS = {"increases": "+1", "decreases": "-1", "changes": "unknown"}


def iri(name: str) -> str:
    return entity_iri(name) if name else ""


def evidence(kb: KnowledgeBase, about: str, stance: str = "") -> list[Evidence]:
    return [e for e in kb.evidence_about.get(about, ()) if stance in ("", e.stance)]


def sources(kb: KnowledgeBase, claim: Assertion, stance: str = "supports") -> set[str]:
    return {e.source for e in evidence(kb, claim.id, stance)}


def says(kb: KnowledgeBase, claim: Assertion) -> str:
    """Return the label of a claim as the projection writes it."""
    parts = [kb.label(claim.subject), claim.relation, kb.label(claim.object)]
    parts += [f"in {kb.label(p)}" for p in (claim.cell, claim.disease, claim.species) if p]
    marks = [w for w in (claim.kind, claim.polarity) if w in ("observation", "negated")]
    return " ".join(parts) + (f" ({', '.join(marks)})" if marks else "")


def head(kb: KnowledgeBase, claim: Assertion) -> Row:
    return assertion_iri(claim.id), says(kb, claim)


def claims(kb: KnowledgeBase, status: str = "") -> list[Assertion]:
    return [a for a in kb.tables.assertions if status in ("", kb.status(a))]


def degraded(kb: KnowledgeBase, drug: str, status: str = "supported") -> list[Assertion]:
    return [
        a
        for a in claims(kb, status)
        if (a.subject, a.relation, a.kind) == (drug, DEGRADES, "mechanism")
    ]


def below(kb: KnowledgeBase, top: str, *, strictly: bool = False) -> set[str]:
    found = {e for e in kb.entities if kb.is_a(e, top)}
    return {e for e in found if e != top or not strictly}


def measured(quantity: Quantity) -> Row:
    return quantity.kind, quantity.relation, quantity.value, quantity.unit, quantity.assay


# -- claims and their evidence ----------------------------------------------


def neosubstrates(g: Graph, drug: str) -> Iterable[Row]:
    for a in degraded(g.kb, drug):
        yield (
            *(iri(drug), iri(a.object), g.kb.label(a.object), assertion_iri(a.id)),
            *(iri(a.via), a.extent, str(len(sources(g.kb, a)))),
        )


def evidence_for_pair(g: Graph, a: str, b: str) -> Iterable[Row]:
    for c in claims(g.kb):
        if (c.subject, c.object) not in ((a, b), (b, a)):
            continue
        for e in evidence(g.kb, c.id):
            paper = g.kb.sources[e.source]
            yield (
                *(iri(a), iri(b), *head(g.kb, c), g.kb.status(c), e.stance, iri(e.source)),
                *(paper.first_author, paper.year, e.statement),
            )


def contested_claims(g: Graph) -> Iterable[Row]:
    for c in claims(g.kb, "contested"):
        sides = [str(len(sources(g.kb, c, s))) for s in ("supports", "refutes")]
        yield (*head(g.kb, c), *sides)


def refuted_claims(g: Graph) -> Iterable[Row]:
    for c in claims(g.kb, "refuted"):
        for e in evidence(g.kb, c.id, "refutes"):
            yield (*head(g.kb, c), iri(e.source), e.statement)


def negated_claims(g: Graph, subject: str = "") -> Iterable[Row]:
    for c in claims(g.kb, "negated"):
        if subject in ("", c.subject):
            ends = [part for n in (c.subject, c.object) for part in (iri(n), g.kb.label(n))]
            yield (*ends, *head(g.kb, c), str(len(sources(g.kb, c))))


def single_source_claims(g: Graph) -> Iterable[Row]:
    for c in claims(g.kb, "supported"):
        if len(sources(g.kb, c)) == 1:
            yield (*head(g.kb, c), iri(min(sources(g.kb, c))))


def best_evidenced_claims(g: Graph) -> Iterable[Row]:
    counted = [(-len(sources(g.kb, c)), head(g.kb, c)) for c in claims(g.kb, "supported")]
    for count, row in sorted(counted)[:25]:
        yield (*row, str(-count))


def claims_about(g: Graph, entity: str) -> Iterable[Row]:
    for side in ("subject", "object"):
        for c in claims(g.kb):
            if getattr(c, side) == entity:
                rest = c.kind, sign_text(c.relation), g.kb.status(c)
                yield (iri(entity), side, *head(g.kb, c), *rest)


def claims_in_cell(g: Graph, cell: str) -> Iterable[Row]:
    places = below(g.kb, cell)
    for c in claims(g.kb):
        if c.cell in places:
            place = iri(c.cell), g.kb.label(c.cell)
            yield (iri(cell), *place, *head(g.kb, c), g.kb.status(c))


def seen_in(g: Graph, place: str) -> Iterable[Row]:
    places = below(g.kb, place)
    for e in g.kb.tables.evidence:
        about = assertion_iri if e.about in g.kb.assertions else fact_iri
        for axis in (e.cell, e.disease, e.species):
            for seen in set(axis) & places:
                ids = evidence_iri(e.id), about(e.about)
                yield (iri(place), iri(seen), *ids, e.stance, iri(e.source))


def claims_of_source(g: Graph, source: str) -> Iterable[Row]:
    for e in g.kb.tables.evidence:
        if e.source == source:
            claim = g.kb.assertions.get(e.about)
            about = head(g.kb, claim) if claim else (fact_iri(e.about), "")
            yield (iri(source), *about, evidence_iri(e.id), e.stance, e.basis, e.statement)


def regulators_of(g: Graph, target: str) -> Iterable[Row]:
    for c in claims(g.kb):
        sign = sign_text(c.relation)
        stands = c.kind == "mechanism" and c.polarity == "asserted" and g.kb.status(c) != "refuted"
        if c.object == target and stands and sign in ("+1", "-1", "unknown"):
            subject = iri(c.subject), g.kb.label(c.subject)
            yield (iri(target), *subject, sign, *head(g.kb, c), g.kb.status(c))


def signals_between_cells(g: Graph) -> Iterable[Row]:
    for c in claims(g.kb):
        if c.transfer:
            cells = iri(c.cell), iri(c.object_cell)
            yield (*head(g.kb, c), c.transfer, *cells, g.kb.status(c))


# -- drugs --------------------------------------------------------------------


def shared_neosubstrates(g: Graph, drug: str) -> Iterable[Row]:
    mine = {a.object for a in degraded(g.kb, drug)}
    rows = set()
    for other in {a.subject for a in claims(g.kb)} - {drug}:
        for a in degraded(g.kb, other):
            if a.object in mine:
                ends = (a.object, other)
                rows.add((iri(drug), *(x for e in ends for x in (iri(e), g.kb.label(e)))))
    return rows


def only_degraded_by(g: Graph, drug: str, other: str) -> Iterable[Row]:
    theirs = {a.object for a in degraded(g.kb, other)}
    not_theirs = {a.object for a in degraded(g.kb, other, "negated")}
    for protein in {a.object for a in degraded(g.kb, drug)} - theirs:
        shown = "yes" if protein in not_theirs else "no"
        yield iri(drug), iri(other), iri(protein), g.kb.label(protein), shown


def measurements(g: Graph, drug: str) -> Iterable[Row]:
    for c in g.kb.by_subject.get(drug, ()):
        for e in evidence(g.kb, c.id):
            for q in g.kb.quantities_of.get(e.id, ()):
                thing = iri(drug), iri(c.object), g.kb.label(c.object)
                yield (*thing, quantity_iri(q), *measured(q), iri(e.source))


def binders_of(g: Graph, target: str) -> Iterable[Row]:
    for c in g.kb.by_object.get(target, ()):
        if c.relation != "binds" or c.kind == "observation":
            continue
        status = g.kb.status(c)
        if status not in ("supported", "contested"):
            continue
        thing = (iri(target), iri(c.subject), g.kb.label(c.subject), assertion_iri(c.id), status)
        rows = evidence(g.kb, c.id)
        numbers = {q for e in rows for q in g.kb.quantities_of.get(e.id, ())}
        yield from ((*thing, *measured(q)) for q in numbers)
        if not numbers:
            yield (*thing, "", "", "", "", "")


def resistance_to(g: Graph, drug: str) -> Iterable[Row]:
    for c in g.kb.by_object.get(drug, ()):
        if c.kind == "gate":
            factor = iri(c.subject), g.kb.label(c.subject), predicate(c), assertion_iri(c.id)
            yield (iri(drug), *factor, g.kb.status(c), iri(c.cell), iri(c.disease))


def treatments_of(g: Graph, disease: str) -> Iterable[Row]:
    for c in claims(g.kb):
        if c.kind == "outcome" and c.polarity == "asserted" and c.object in below(g.kb, disease):
            drug = iri(c.subject), g.kb.label(c.subject), assertion_iri(c.id), g.kb.status(c)
            yield (iri(disease), iri(c.object), *drug, str(len(sources(g.kb, c))))


def combinations_with(g: Graph, drug: str) -> Iterable[Row]:
    for e in g.kb.tables.entities:
        if e.kind != "combination" or drug not in e.members:
            continue
        treated = [
            iri(c.object)
            for c in g.kb.by_subject.get(e.id, ())
            if c.kind == "outcome" and c.polarity == "asserted"
        ]
        for partner in set(e.members) - {drug}:
            for end in treated or [""]:
                yield iri(drug), iri(e.id), e.label, iri(partner), g.kb.label(partner), end


def facts_of(g: Graph, entity: str, property: str = "") -> Iterable[Row]:
    for f in g.kb.facts_of.get(entity, ()):
        if property in ("", f.property):
            people = "" if f.population in g.kb.entities else f.population
            value = f.value, f.low, f.high, f.unit, f.condition, people
            start = iri(entity), f.property, fact_iri(f.id)
            yield (*start, *value, f.jurisdiction, f.date, f.status)


# -- machines, states, variants, kinds ---------------------------------------------


def machine_parts(g: Graph, machine: str) -> Iterable[Row]:
    for p in g.kb.machine_parts.get(machine, ()):
        shown = assertion_iri(p.shown_by) if p.shown_by else ""
        part = iri(p.participant), g.kb.label(p.participant), p.strength, p.alternative_group
        yield (iri(machine), str(p.phase), *part, shown)


def what_needs(g: Graph, entity: str) -> Iterable[Row]:
    machines = {p.machine for p in g.kb.tables.machines if p.participant == entity}
    for c in claims(g.kb):
        terms = {t for group in c.requires.split(",") for t in group.split("|")}
        if entity in terms:
            yield (iri(entity), *head(g.kb, c), "gate")
        if c.via in machines:
            yield (iri(entity), *head(g.kb, c), "machine")


def states_brought_by(g: Graph, state: str = "") -> Iterable[Row]:
    for s in g.kb.tables.states:
        if state not in ("", s.id):
            continue
        for by in s.brought_by:
            start = iri(s.id), g.kb.label(s.id)
            if by.startswith("!"):
                yield (*start, "complete loss", iri(by[1:]))
            elif by in g.kb.entities:
                yield (*start, "presence", iri(by))
            else:
                yield (*start, "variant", by)


def variants_of(g: Graph, gene: str) -> Iterable[Row]:
    for v in g.kb.variants_of.get(gene, ()):
        for taxon in v.native_in or ("",):
            feature = iri(v.feature), g.kb.label(v.feature), iri(taxon)
            yield (iri(gene), v.change, v.effect, *feature)


def kinds_of(g: Graph, entity: str) -> Iterable[Row]:
    for kind in below(g.kb, entity, strictly=True):
        yield iri(entity), iri(kind), g.kb.label(kind)


# -- the reasoned layer, by the engine ------------------------------------------


def _drugs(g: Graph) -> list[str]:
    return [e.id for e in g.kb.tables.entities if e.kind in DRUG_KINDS]


def _ends(g: Graph, drug: str) -> set[str]:
    """Return whatever a drug may act on: what its claims name, what it moves, every disease."""
    if drug not in g.kb.by_subject:
        return set()
    named = {c.object for c in g.kb.by_subject[drug]}
    diseases = {e.id for e in g.kb.tables.entities if e.kind == "disease"}
    return (named | diseases | {v.object.id for v in g.effects(drug).effects}) - {drug}


_ANSWERS: dict[tuple[Graph, str, str], Answer] = {}


def _answer(g: Graph, drug: str, end: str) -> Answer:
    known = _ANSWERS.get((g, drug, end))
    if known is None:
        known = _ANSWERS[g, drug, end] = g.explain(drug, end, max_paths=5000)
    return known


def _sign(sign: object) -> str:
    return f"{sign:+d}" if isinstance(sign, int) else str(sign)


def mechanism(g: Graph, drug: str, end: str) -> Iterable[Row]:
    answer = _answer(g, drug, end)
    for path in answer.paths:
        for place, step in enumerate(path.steps, start=1):
            claim = head(g.kb, g.kb.assertions[step.id])
            start = iri(drug), iri(end), answer.verdict, str(path.rank), _sign(path.sign)
            yield (*start, str(place), _sign(step.sign), *claim)


def path_evidence(g: Graph, drug: str, end: str) -> Iterable[Row]:
    steps = {s.id for p in _answer(g, drug, end).paths for s in p.steps}
    return {
        (iri(drug), iri(end), *head(g.kb, g.kb.assertions[s]), e.stance, iri(e.source), e.statement)
        for s in steps
        for e in evidence(g.kb, s)
    }


def effects_by_cell(g: Graph, drug: str) -> Iterable[Row]:
    for end in _ends(g, drug):
        answer = _answer(g, drug, end)
        for arm in answer.arms:
            sign = SIGNS[arm.sign]
            start = iri(drug), iri(end), g.kb.label(end), answer.verdict
            yield (*start, iri(arm.neosubstrate.id), iri(arm.cell.id if arm.cell else ""), sign)


def drugs_for(g: Graph, end: str) -> Iterable[Row]:
    for drug in _drugs(g):
        if drug != end:
            a = _answer(g, drug, end)
            if a.verdict != "none":
                yield iri(end), iri(drug), g.kb.label(drug), a.verdict, a.agreement


def _by_agreement(g: Graph, agreement: str, drug: str) -> Iterable[Row]:
    for each in [drug] if drug else _drugs(g):
        for end in _ends(g, each):
            a = _answer(g, each, end)
            if a.agreement == agreement and a.observed_sign:
                ends = [part for n in (each, end) for part in (iri(n), g.kb.label(n))]
                yield (*ends, a.observed_sign, a.verdict)


def unexplained_observations(g: Graph, drug: str = "") -> Iterable[Row]:
    return _by_agreement(g, "unexplained", drug)


def contradicted_observations(g: Graph, drug: str = "") -> Iterable[Row]:
    return _by_agreement(g, "contradicted", drug)


def hub_steps(g: Graph) -> Iterable[Row]:
    passed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for drug in _drugs(g):
        for end in _ends(g, drug):
            for path in _answer(g, drug, end).paths:
                for step in path.steps:
                    passed[step.id].add((drug, end))
    counted = [(-len(pairs), head(g.kb, g.kb.assertions[c])) for c, pairs in passed.items()]
    for count, row in sorted(counted)[:25]:
        yield (*row, str(-count))


# -- the rest -------------------------------------------------------------------------


def article_corrections(g: Graph) -> Iterable[Row]:
    from moagraph.rdf.terms import seed_claim_iri

    kb = g.kb
    for c in kb.tables.seed_claims:
        if c.status == "holds":
            continue
        for by in c.corrected_by or ("",):
            make: Callable[[str], str] = assertion_iri if by in kb.assertions else fact_iri
            make = evidence_iri if by in kb.evidence_by_id else make
            yield seed_claim_iri(c.id), c.claim, c.status, make(by) if by else "", c.remark


def evidence_by_type(g: Graph) -> Iterable[Row]:
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for e in g.kb.tables.evidence:
        if e.basis:
            counted[iri(e.eco), e.basis] += 1
    for (kind, basis), count in counted.items():
        yield kind, basis, str(count)


TWINS: dict[str, Twin] = {
    name.replace("_", "-"): value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__module__", "") == __name__ and name[0] != "_"
}
for _helper in ("iri", "evidence", "sources", "says", "head", "claims", "degraded", "below"):
    del TWINS[_helper]
del TWINS["measured"]
