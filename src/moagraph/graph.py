"""The face of the library: one object that answers every question of the command line.

    >>> import moagraph
    >>> g = moagraph.load()
    >>> g.info("revlimid").entity.label
    'lenalidomide'

Every method takes names as a person writes them and returns a frozen answer with `to_dict()`
(the JSON keys of the command line), `to_markdown()` and, in notebooks, an HTML display.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from moagraph.knowledge import KnowledgeBase
from moagraph.vocabulary import DEFAULT_MAX_LENGTH

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx
    import rdflib

    from moagraph.answers.answer import Answer
    from moagraph.answers.auditing import AuditReport
    from moagraph.answers.binding import BindersAnswer
    from moagraph.answers.comparison import Comparison
    from moagraph.answers.effects import Effects
    from moagraph.answers.reaching import DrugsFor
    from moagraph.answers.resisting import ResistanceAnswer
    from moagraph.answers.whatif import WhatIf
    from moagraph.lookup import ArticleSheet, EvidenceSheet, FactSheet, Hits, Info, Stats
    from moagraph.mechanism.batch import BatchRow
    from moagraph.mechanism.paths import PathSearch
    from moagraph.mechanism.question import Question
    from moagraph.remote.engine import RemoteEngine
    from moagraph.sparql.engine import Engine
    from moagraph.sparql.results import Result
    from moagraph.view.view import View


def load(*data: str | Path) -> Graph:
    """Return the built-in graph, or the graph of folders of tables or of a compiled dataset.

    Raises:
        DataError: the data cannot be read or have errors.
    """
    from moagraph.opening import open_knowledge

    return Graph(open_knowledge(*data))


class Graph:
    """A knowledge base with all questions that can be asked of it."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    @property
    def version(self) -> str:
        """Return the release date of the data, if any, and a digest of the tables."""
        return self.kb.version

    def __repr__(self) -> str:
        return repr(self.kb).replace("KnowledgeBase", "Graph")

    # -- look-ups -----------------------------------------------------------

    def info(self, name: str) -> Info:
        """Return what one entity is and every claim that names it."""
        from moagraph.lookup import info

        return info(self.kb.near((name,)), name)

    def search(self, text: str, *, kind: str = "", limit: int = 0) -> Hits:
        """Return entities that a text finds, best first; `limit` 0 is all."""
        from moagraph.lookup import search

        return search(self.kb, text, kind=kind, limit=limit)

    def evidence(self, *names: str) -> EvidenceSheet:
        """Return the evidence for one id or name, or for what joins two entities."""
        from moagraph.lookup import evidence

        return evidence(self.kb.near(names), *names)

    def facts(
        self,
        drug: str,
        *,
        properties: Iterable[str] = (),
        at: Mapping[str, str] | None = None,
        indication: str = "",
        jurisdiction: str = "",
    ) -> FactSheet:
        """Return the facts of a drug that hold at given values of parameters."""
        from moagraph.lookup import facts

        return facts(
            self.kb,
            drug,
            properties=tuple(properties),
            at=at,
            indication=indication,
            jurisdiction=jurisdiction,
        )

    @staticmethod
    def parse_at(settings: tuple[str, ...]) -> dict[str, str]:
        """Parse `parameter=value` settings, such as `crcl=40`."""
        from moagraph.lookup.conditions import parse_at

        return parse_at(settings)

    def stats(self) -> Stats:
        """Return counts of what the graph holds."""
        from moagraph.lookup import stats

        return stats(self.kb)

    def article(self) -> ArticleSheet:
        """Return the founding article claim by claim, and where each lives."""
        from moagraph.lookup import article

        return article(self.kb)

    def references(self, source_ids: Iterable[str], style: str) -> str:
        """Return sources as `bib` or `ris` text."""
        from moagraph.formats.references import to_bibtex, to_ris

        sources = [self.kb.sources[i] for i in source_ids if i in self.kb.sources]
        return to_bibtex(sources) if style == "bib" else to_ris(sources)

    # -- questions ----------------------------------------------------------

    def question(
        self,
        a: str,
        b: str = "",
        *,
        cell: str = "",
        disease: str = "",
        species: str = "",
        max_length: int = DEFAULT_MAX_LENGTH,
        max_paths: int = 0,
        without: Iterable[str] = (),
        variant: Iterable[str] = (),
        state: Iterable[str] = (),
        with_: Iterable[str] = (),
        via: Iterable[str] = (),
        avoid: Iterable[str] = (),
        strict_context: bool = False,
        min_evidence: int = 0,
        through_category: str = "",
        through_drugs: bool = False,
        through_diseases: bool = False,
        same_record: bool = False,
        metapath: str = "",
    ) -> Question:
        """Return a question with every name resolved.

        Args:
            a: where the paths begin: a drug is given, anything else is raised, or removed if
                it is in `without` too.
            b: where they end; empty for questions about all ends.
            cell: the cell in which the paths begin; disease: the one carried along, by default
                `b` if that is one; species: a taxon or "any", by default human.
            max_length: the longest path in steps; max_paths: how many paths at most, 0 for
                the default of the engine.
            without: what is removed from the background; variant: `GENE:CHANGE`; state: a
                state of the background; with_: further drugs.
            via, avoid: what a path must, or must not, pass as node, machine or participant.
            strict_context: only steps seen in the asked context; min_evidence: only steps
                with so many independent primary sources; through_category: a Biolink class
                or kind that a node between the ends must have.
            through_drugs, through_diseases: let paths go through them where imported data keep
                them from it; same_record: only paths that one imported record holds;
                metapath: the types of nodes from A to B in order, such as
                "Drug > Protein > ... > Disease" (see `moagraph.mechanism.metapath`).

        Raises:
            UnknownName, AmbiguousName: a name leads to nothing or to several things.
            QuestionError: the options contradict each other.
        """
        from moagraph.mechanism.option_kinds import check_kind
        from moagraph.mechanism.question import ANY_SPECIES, DEFAULT_MAX_PATHS, Question

        def one(name: str, option: str = "") -> str:
            entity = self.kb.resolve(name) if name else None
            return check_kind(option, entity).id if entity else ""

        def many(names: Iterable[str], option: str = "") -> tuple[str, ...]:
            # One name alone is meant as one name, not as its letters.
            listed = (names,) if isinstance(names, str) else names
            found = map(self.kb.resolve, listed)
            return tuple(dict.fromkeys(check_kind(option, each).id for each in found))

        # Else a loop over many questions would come to hold the whole of a large graph.
        self.kb.forget()
        ends = one(a), one(b)
        if metapath:
            from moagraph.mechanism.metapath import check_ends

            check_ends(self.kb, metapath, *ends)
        return Question(
            a=ends[0],
            b=ends[1],
            cell=one(cell, "cell"),
            disease=one(disease, "disease"),
            species=species if species == ANY_SPECIES else one(species, "species"),
            max_length=max_length,
            max_paths=max_paths or DEFAULT_MAX_PATHS,
            without=many(without),
            variant=(variant,) if isinstance(variant, str) else tuple(variant),
            state=many(state, "state"),
            with_=many(with_, "with"),
            via=many(via),
            avoid=many(avoid),
            strict_context=strict_context,
            min_evidence=min_evidence,
            through_category=through_category,
            through_drugs=through_drugs,
            through_diseases=through_diseases,
            same_record=same_record,
            metapath=metapath.strip(),
        )

    def _named(self, *names: str) -> None:
        """Refuse a name that is empty, as any other that nothing has."""
        for name in names:
            if not name.strip():
                self.kb.resolve(name)

    def _around(self, asked: Question) -> KnowledgeBase:
        """Return the knowledge base that answers a question: ours, or the part of a remote one."""
        starts = (asked.a, *asked.with_, *asked.state)
        return self.kb.around(starts, (asked.b,), asked.max_length)

    def explain(self, a: str, b: str, **options: Any) -> Answer:
        """Return how A acts on B: verdict, arms, ranked paths, counter-evidence, or why not.

        Options are those of `question`.
        """
        from moagraph.mechanism.explain import explain

        self._named(a, b)
        asked = self.question(a, b, **options)
        return explain(self._around(asked), asked)

    def paths(self, a: str, b: str, **options: Any) -> PathSearch:
        """Return an iterator over the paths from A to B, shortest first; options as `question`.

        It walks only as far as it is asked to; `count()` counts all within the bound.
        """
        from moagraph.mechanism.paths import paths

        self._named(a, b)
        asked = self.question(a, b, **options)
        return paths(self._around(asked), asked)

    def effects(self, a: str, *, on: str = "", **options: Any) -> Effects:
        """Return everything that A raises or lowers, predicted against observed."""
        from moagraph.mechanism.effects import effects

        self._named(a)
        asked = self.question(a, on, **options)
        return effects(self._around(asked), asked)

    def whatif(self, a: str, b: str = "", **options: Any) -> WhatIf:
        """Return what a change of the background takes from, or adds to, the effects of A."""
        from moagraph.mechanism.whatif import whatif

        self._named(a)
        asked = self.question(a, b, **options)
        return whatif(self._around(asked), asked)

    def compare(self, *drugs: str, aspects: Iterable[str] = ()) -> Comparison:
        """Return drugs side by side: neosubstrates with numbers, effects, safety and more."""
        from moagraph.mechanism.compare import compare

        return compare(self.kb.near(drugs, DEFAULT_MAX_LENGTH), drugs, aspects)

    def binders(self, target: str) -> BindersAnswer:
        """Return what binds a target, how tightly and by which assay."""
        from moagraph.mechanism.binders import binders

        return binders(self.kb, target)

    def resistance(self, drug: str, b: str = "") -> ResistanceAnswer:
        """Return what makes cells resist or respond to a drug, each claim replayed."""
        from moagraph.mechanism.resistance import resistance

        return resistance(self.kb, drug, b)

    def drugs_for(self, b: str, **options: Any) -> DrugsFor:
        """Return which drugs reach B and by which neosubstrate; options as `question`."""
        from moagraph.mechanism.drugs_for import drugs_for

        return drugs_for(self.kb, self.question("", b, **options))

    def audit(self, *, only: Iterable[str] = ()) -> AuditReport:
        """Return observations and gates as explained or not, and claims thinly sourced."""
        from moagraph.mechanism.audit import audit

        return audit(self.kb, only)

    def batch(self, lines: Iterable[str], **options: Any) -> Iterator[BatchRow]:
        """Yield an answer for each line `A<TAB>B`; a bad line brings a row with its error."""
        from moagraph.mechanism.batch import batch

        return batch(self.kb, lines, self.question("", **options))

    def view(self, *names: str, compare: bool = False, best: bool = False, **options: Any) -> View:
        """Return a picture: of all, of what A does, of how A acts on B, or of drugs compared.

        Args:
            names: none for the whole graph, A, or A and B; with `compare` two or more drugs.
            compare: the drugs side by side.
            best: only the best path of each arm.
            options: those of `question`; with `compare`, `on` is the common end.

        Raises:
            UnknownName, AmbiguousName: a name leads to nothing or to several things.
            QuestionError: there are too many names, or too few to compare.
        """
        from moagraph.view.select import picture_of
        from moagraph.view.view import View

        end = options.pop("on", "")
        if compare:
            asked = [self.question(name, end, **options) for name in names]
        else:
            asked = [self.question(*names, **options)] if 0 < len(names) < 3 else []
        return View(self.kb, picture_of(self.kb, asked, names, compare=compare, best=best))

    # -- projections --------------------------------------------------------

    def query(
        self,
        text: str = "",
        *,
        name: str = "",
        parameters: Mapping[str, str] | None = None,
        limit: int = 0,
    ) -> Result:
        """Return the result of a SPARQL query, or of a named question, read whole.

        Args:
            text: SPARQL 1.1; our prefixes need no declaration.
            name: a question of `ontology/queries` instead, such as "neosubstrates".
            parameters: values by parameter: an entity by any of its names.
            limit: the most rows or triples, 0 for all.

        It runs in this process and cannot be interrupted; `moagraph query` can.

        Raises:
            QueryFault: the query cannot be read, or is refused.
            QuestionError, UnknownName, AmbiguousName: a parameter is wanting or not known.
        """
        from moagraph.sparql.named import bind, question

        asked = question(name) if name else None
        terms = bind(self.kb, asked, parameters or {})
        query = asked.text if asked else text
        return self.engine.query(query, bindings=terms, limit=limit).keep()

    @cached_property
    def engine(self) -> Engine | RemoteEngine:
        """Return what answers SPARQL: a store of this process, or the endpoint of the data."""
        if self.kb.address:
            from moagraph.remote.engine import engine_of

            return engine_of(self.kb)
        from moagraph.sparql.engine import Engine

        return Engine.of(self.kb)

    def to_rdflib(self) -> rdflib.Graph:
        """Return a new rdflib Graph with the projection of all records, our prefixes bound."""
        from moagraph.rdf import to_rdflib

        return to_rdflib(self.kb)

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Return a frozen networkx MultiDiGraph with the records on nodes and edges."""
        from moagraph.formats.to_networkx import to_networkx

        return to_networkx(self.kb)
