"""Which claims a page shows, for each kind of question.

Paths come from the answers of the library: a page never draws as a path what the command would
not give. Observations, outcomes and negated claims are drawn between entities that are there
already, and look different; what leads nowhere else is listed in the table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from moagraph.answers.answer import Answer
from moagraph.answers.parts import PathView
from moagraph.answers.words import SIGN_WORDS, phases_phrase
from moagraph.counting import counted
from moagraph.errors import QuestionError
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.effects import effects
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from moagraph.records import Assertion
from moagraph.view.picture import PathLine, Picture
from moagraph.vocabulary import DRUG_KINDS

MAX_NODES = 1500
MAX_CLAIMS = 3000
MAX_READ = 200_000
NEIGHBOURHOOD = 300
MAX_LOUD = 80


def picture_of(
    kb: KnowledgeBase,
    asked: Sequence[Question],
    names: Sequence[str],
    *,
    compare: bool = False,
    best: bool = False,
) -> Picture:
    """Return the picture of what is asked; nothing asked is the whole graph.

    Raises:
        QuestionError: there are too many names, or too few to compare.
    """
    if compare:
        if len({q.a for q in asked}) < 2:
            raise QuestionError("two or more different drugs are needed to compare")
        return of_several(kb, asked)
    if len(names) > 2:
        raise QuestionError("at most two names can be drawn; use compare for several drugs")
    if not asked:
        return of_all(kb)
    question = asked[0]
    return of_pair(kb, question, best=best) if question.b else of_one(kb, question, best=best)


def of_pair(kb: KnowledgeBase, question: Question, *, best: bool = False) -> Picture:
    """Return the mechanism from A to B; `best` draws the best path of each arm only."""
    answer = explain(kb, question)
    paths = _best_of_arms(answer) if best else answer.paths
    steps = {step.id for path in paths for step in path.steps}
    shown = set(steps)
    if not best:
        shown |= {view.id for view in (*answer.observations, *answer.shown_not_by)}
        shown |= {step.id for step in answer.blocked_steps} if not steps else set()
        shown |= _beside(kb, question.a, steps)
    listed = {view.claim.id for view in answer.counter_evidence} - shown
    picture = Picture(
        title=f"{answer.a.label} and {answer.b.label}",
        summary=answer.text,
        claims=_claims(kb, shown),
        listed=_claims(kb, listed),
        spine=_spine(paths),
        drugs=(question.a,),
        ends=(question.b,),
        paths=tuple(map(path_line, paths)),
        notes=_notes(answer),
        verdict=answer.verdict,
        bound=answer.bound,
    )
    return within_limit(picture, kb, question.a)


def of_one(kb: KnowledgeBase, question: Question, *, best: bool = False) -> Picture:
    """Return everything that A does by mechanism, and what was observed beside it."""
    answer = effects(kb, question)
    paths = [path for view in answer.effects for path in (view.paths[:1] if best else view.paths)]
    steps = {step.id for path in paths for step in path.steps}
    drawn = steps | _beside(kb, question.a, steps)
    own = {a.id for a in kb.by_subject.get(question.a, ())}
    if not drawn:
        drawn = own | {a.id for a in kb.by_object.get(question.a, ())}
    main = _main_path(kb, question.a, paths)
    notes = [f"Paths up to {counted(answer.bound, 'step')}."]
    if own - drawn:
        notes.append(
            f"{counted(len(own - drawn), 'claim')} without a mechanism (observations and others): "
            "in the table and not drawn."
        )
    picture = Picture(
        title=f"{kb.label(question.a)}: mechanism of action",
        summary=answer.text,
        claims=_claims(kb, drawn),
        listed=_claims(kb, own - drawn),
        spine=_ids(main) if main else (),
        drugs=(question.a,),
        ends=(main.end.id,) if main and main.end else (),
        paths=tuple(map(path_line, _of_end(paths, main))),
        notes=tuple(notes),
        bound=answer.bound,
        quiet=_quiet(kb, drawn),
    )
    return within_limit(picture, kb, question.a)


def of_several(kb: KnowledgeBase, questions: Sequence[Question]) -> Picture:
    """Return drugs side by side: their neosubstrates, and the paths to what they treat."""
    drugs = tuple(q.a for q in questions)
    shown: set[str] = set()
    paths: list[PathView] = []
    for question in questions:
        found = _paths_of(kb, question)
        paths += found
        shown |= {step.id for path in found for step in path.steps}
        shown |= {
            a.id
            for a in kb.by_subject.get(question.a, ())
            if a.via and kb.status(a) in ("supported", "contested")
        }
    taken = {kb.assertions[c].object for c in shown if kb.assertions[c].via}
    shown |= {
        a.id
        for drug in drugs
        for a in kb.by_subject.get(drug, ())
        if a.object in taken and a.via and a.polarity == "negated"
    }
    names = [kb.label(drug) for drug in drugs]
    spine = next((_ids(p) for p in paths if p.steps and p.steps[0].subject.id == drugs[0]), ())
    picture = Picture(
        title=f"{', '.join(names[:-1])} and {names[-1]} compared",
        summary=_shared(kb, drugs),
        claims=_claims(kb, shown),
        spine=spine,
        drugs=drugs,
        ends=tuple(dict.fromkeys(q.b for q in questions if q.b)),
        paths=tuple(map(path_line, paths)),
        notes=("Not shown is not shown to be absent: the table tells which claims are negated.",),
        mode="compare",
        bound=questions[0].max_length,
    )
    return within_limit(picture, kb, drugs[0])


def of_all(kb: KnowledgeBase, start: str = "") -> Picture:
    """Return the whole graph, or above the limit the neighbourhood of an entity."""
    if len(kb.tables.assertions) > MAX_READ:
        raise QuestionError(
            f"{len(kb.tables.assertions):,} claims are too many for one picture: "
            "name what leads to what, `moagraph view A B`"
        )
    drugs = (start,) if start else _busiest(kb)
    main = None
    if drugs and len(kb.tables.assertions) <= MAX_CLAIMS:
        found = effects(kb, Question(a=drugs[0], b=""))
        main = _main_path(kb, drugs[0], [path for view in found.effects for path in view.paths])
    picture = Picture(
        title="All claims",
        summary=f"{counted(len(kb.tables.assertions), 'claim')} about "
        f"{counted(len(kb.entities), 'entity', 'entities')}",
        claims=tuple(sorted(kb.tables.assertions, key=lambda a: a.id)),
        drugs=drugs,
        spine=_ids(main) if main else (),
        ends=(main.end.id,) if main and main.end else (),
        paths=(path_line(main),) if main else (),
        mode="all",
        quiet=_quiet(kb, kb.assertions, keep=("mechanism",)),
    )
    return within_limit(picture, kb, start)


def _busiest(kb: KnowledgeBase) -> tuple[str, ...]:
    """Return the drug with most claims, where a reader begins; none in a graph without drugs."""
    drugs = [e.id for e in kb.entities.values() if e.kind in DRUG_KINDS]
    best = max(drugs, key=lambda d: (len(kb.by_subject.get(d, ())), d), default="")
    return (best,) if best else ()


def _quiet(
    kb: KnowledgeBase, claims: Iterable[str], keep: tuple[str, ...] = ("mechanism", "outcome")
) -> tuple[str, ...]:
    """Return the kinds that a big picture hides at first, if there is enough beside them."""
    kinds = Counter(kb.assertions[claim].kind for claim in claims)
    if kinds.total() <= MAX_LOUD or kinds["mechanism"] < kinds.total() // 4:
        return ()
    return tuple(sorted(kind for kind in kinds if kind not in keep))


# -- the limit ----------------------------------------------------------------


def within_limit(picture: Picture, kb: KnowledgeBase, start: str) -> Picture:
    """Return the picture, or the neighbourhood of an entity where it is too big to be drawn."""
    total = len(picture.entities)
    if total <= MAX_NODES and len(picture.claims) <= MAX_CLAIMS:
        return picture
    near: dict[str, list[Assertion]] = defaultdict(list)
    for claim in picture.claims:
        near[claim.subject].append(claim)
        near[claim.object].append(claim)
    start = start or max(sorted(near), key=lambda e: len(near[e]))
    kept = _around(start, near, NEIGHBOURHOOD)
    claims = tuple(a for a in picture.claims if a.subject in kept and a.object in kept)
    spine = picture.spine if {*picture.spine} <= {a.id for a in claims} else ()
    note = (
        f"Too big to be drawn whole: {total} entities, {len(picture.claims)} claims. This is the "
        f"neighbourhood of {kb.label(start)}, {len(kept)} entities; the limit is {MAX_NODES} "
        f"entities or {MAX_CLAIMS} claims."
    )
    return replace(
        picture,
        claims=claims[:MAX_CLAIMS],
        listed=(),
        spine=spine,
        drugs=tuple(d for d in picture.drugs if d in kept) or (start,),
        ends=tuple(e for e in picture.ends if e in kept),
        notes=(note, *picture.notes),
        cut=True,
    )


def _around(start: str, near: dict[str, list[Assertion]], size: int) -> set[str]:
    kept, ring = {start}, [start]
    while ring and len(kept) < size:
        found = sorted(
            {e for node in ring for a in near[node] for e in (a.subject, a.object)} - kept,
            key=lambda e: (-len(near[e]), e),
        )
        ring = found[: size - len(kept)]
        kept.update(ring)
    return kept


# -- parts --------------------------------------------------------------------


def _claims(kb: KnowledgeBase, ids: Iterable[str]) -> tuple[Assertion, ...]:
    return tuple(kb.assertions[name] for name in sorted(ids))


def _beside(kb: KnowledgeBase, a: str, steps: set[str]) -> set[str]:
    """Return A's own further claims on what the paths pass."""
    there = {e for s in steps for e in (kb.assertions[s].subject, kb.assertions[s].object)}
    return {c.id for c in kb.by_subject.get(a, ()) if c.object in there}


def _best_of_arms(answer: Answer) -> tuple[PathView, ...]:
    ranks = {arm.paths[0] for arm in answer.arms if arm.paths}
    return tuple(path for path in answer.paths if path.rank in ranks)


def _spine(paths: Sequence[PathView]) -> tuple[str, ...]:
    return _ids(paths[0]) if paths else ()


def _main_path(kb: KnowledgeBase, a: str, paths: Sequence[PathView]) -> PathView | None:
    """Return the best path to the indication with most evidence, else the longest-rated one."""
    weight = {
        c.object: len(kb.evidence_about.get(c.id, ()))
        for c in kb.by_subject.get(a, ())
        if c.kind == "outcome"
    }

    def order(path: PathView) -> tuple[bool, bool, int, int, str]:
        end = path.end.id if path.end else ""
        entity = kb.entities.get(end)
        disease = entity is not None and entity.kind == "disease"
        return (not path.voting, not disease, -weight.get(end, 0), path.rank, end)

    return min(paths, key=order, default=None)


def _of_end(paths: Sequence[PathView], main: PathView | None) -> list[PathView]:
    if main is None or main.end is None:
        return []
    return [p for p in paths if p.end is not None and p.end.id == main.end.id]


def _paths_of(kb: KnowledgeBase, question: Question) -> list[PathView]:
    """Return the best paths of each arm to the end, or to what the drug treats."""
    ends = [question.b] if question.b else _treated(kb, question.a)
    found: list[PathView] = []
    for end in ends:
        found += _best_of_arms(explain(kb, replace(question, b=end)))
    return found


def _treated(kb: KnowledgeBase, drug: str) -> list[str]:
    rows = [a for a in kb.by_subject.get(drug, ()) if a.relation == "treats"]
    return list(dict.fromkeys(a.object for a in rows if kb.status(a) == "supported"))


def _shared(kb: KnowledgeBase, drugs: Sequence[str]) -> str:
    own: dict[str, set[str]] = {
        drug: {
            a.object
            for a in kb.by_subject.get(drug, ())
            if a.via and kb.status(a) in ("supported", "contested")
        }
        for drug in drugs
    }
    shared = set.intersection(*own.values()) if own else set()
    text = f"{counted(len(shared), 'neosubstrate')} shared by all"
    label: Callable[[str], str] = kb.label
    for drug in drugs:
        rest = own[drug] - set().union(*(own[d] for d in drugs if d != drug))
        text += f"; {len(rest)} of {label(drug)} alone"
    return text


def _ids(path: PathView) -> tuple[str, ...]:
    return tuple(step.id for step in path.steps)


def path_line(path: PathView) -> PathLine:
    """Return a path as the page lists it."""
    return PathLine(
        claims=_ids(path),
        sign=SIGN_WORDS[path.sign],
        arithmetic=path.arithmetic,
        disputed=path.disputed,
        voting=path.voting,
        sentences=tuple(step.sentence for step in path.steps),
        phases=tuple(phases_phrase(step.phases) for step in path.steps),
    )


def _notes(answer: Answer) -> tuple[str, ...]:
    notes = [f"Paths up to {counted(answer.bound, 'step')}."]
    if answer.capped:
        notes.append(f"Only the best {counted(len(answer.paths), 'path is', 'paths are')} shown.")
    if answer.sourced:
        notes.append(f"{answer.sourced[0].upper()}{answer.sourced[1:]}.")
    notes += [reason.text for reason in answer.reasons]
    return tuple(notes)
