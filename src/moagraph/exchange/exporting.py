"""A graph in the formats of other tools, each with what it loses.

Every writer takes a knowledge base and, where part of a graph can be written, `about` (names:
only claims that name one of them) or `between` (two names: only the steps of the paths that
explain the one's effect on the other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from moagraph.counting import counted

if TYPE_CHECKING:
    from moagraph.formats.selection import Selection
    from moagraph.knowledge import KnowledgeBase

Names = Iterable[str]
Pair = tuple[str, str] | None


class Written(NamedTuple):
    """Texts by file name, in pieces, and what was lost on the way.

    One text has the name "". `losses` is called when the texts have been walked over.
    """

    texts: dict[str, Iterable[str]]
    losses: Callable[[], list[str]]


def select(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Selection:
    """Return what is to be written: all, what names some entities, or the paths of an answer.

    Raises:
        NameNotResolved: a name is unknown or ambiguous.
    """
    from moagraph.formats.selection import Selection

    if between is None:
        return Selection(kb, [kb.resolve(name).id for name in about])
    from moagraph.mechanism.explain import explain
    from moagraph.mechanism.question import Question

    start, end = (kb.resolve(name).id for name in between)
    answer = explain(kb, Question(start, end))
    steps = (step for path in answer.paths for step in path.steps)
    return Selection(kb, claim_ids={step.id for step in steps})


READ_BACK = {"GraphML": 1_200_000, "CX2": 300_000}
"""How many entities and claims these formats may hold for us to read them again."""


def _with_refuted(losses: Names, chosen: Selection, name: str = "") -> Callable[[], list[str]]:
    def lost() -> list[str]:
        count = chosen.refuted
        said = (
            f"{counted(count, 'refuted claim is', 'refuted claims are')} left out: "
            "the format would assert what was refuted"
        )
        found = [*losses, *([said] if count else [])]
        if name and chosen.whole:
            parts = len(chosen.kb.entities) + len(chosen.kb.assertions)
            if parts > READ_BACK[name]:
                found.append(
                    f"the way back: moagraph may refuse to read so large a {name}; kgx-tsv is read"
                )
        return found

    return lost


def kgx_tsv(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Written:
    """Return nodes and edges of KGX as TSV."""
    from moagraph.formats import flat
    from moagraph.formats.kgx import write

    chosen = select(kb, about, between)
    return Written(dict(write.kgx_tsv(chosen)), _with_refuted(flat.LOSSES, chosen))


def kgx_jsonl(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Written:
    """Return nodes and edges of KGX as JSON lines."""
    from moagraph.formats import flat
    from moagraph.formats.kgx import write

    chosen = select(kb, about, between)
    return Written(dict(write.kgx_jsonl(chosen)), _with_refuted(flat.LOSSES, chosen))


def graphml(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Written:
    """Return a GraphML document."""
    from moagraph.formats import flat, graphml_write

    chosen = select(kb, about, between)
    return Written(
        {"": graphml_write.graphml(chosen)}, _with_refuted(flat.LOSSES, chosen, "GraphML")
    )


def cx2(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Written:
    """Return a CX2 document, for Cytoscape and NDEx."""
    from moagraph.formats import cx2 as writer
    from moagraph.formats import flat

    chosen = select(kb, about, between)
    return Written({"": writer.cx2(chosen)}, _with_refuted(flat.LOSSES, chosen, "CX2"))


def sif(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Written:
    """Return SIF."""
    from moagraph.formats import sif as writer

    chosen = select(kb, about, between)
    return Written({"": writer.write_sif(chosen)}, _with_refuted(writer.LOSSES, chosen))


def mermaid(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Written:
    """Return a Mermaid flowchart of the steps."""
    from moagraph.formats import mermaid as writer

    chosen = select(kb, about, between)
    return Written({"": writer.graph_diagram(chosen)}, _with_refuted(writer.LOSSES, chosen))


def bel(kb: KnowledgeBase, about: Names = (), between: Pair = None) -> Written:
    """Return a BEL script, which keeps the AND of a glue."""
    from moagraph.formats import bel as writer

    chosen = select(kb, about, between)
    script = writer.Bel(chosen)
    general = _with_refuted(writer.LOSSES, chosen)

    def losses() -> list[str]:
        left = sorted(script.left_out.items())
        return [
            *general(),
            *(f"{counted(n, 'claim is', 'claims are')} left out: {why}" for why, n in left),
        ]

    return Written({"": script.text()}, losses)


def drugmechdb(kb: KnowledgeBase, between: Pair = None) -> Written:
    """Return DrugMechDB records as YAML: one for each drug and disease that it treats.

    `between` asks for one pair; a dataset that was compiled from records gives them back.
    """
    from moagraph.formats.drugmechdb import export

    pairs = [(kb.resolve(between[0]).id, kb.resolve(between[1]).id)] if between else []
    text, report = export(kb, pairs)
    lost = [f"{remark.record}: {remark.reason}" for remark in report.remarks]
    if not report.counts["records"]:
        why = (
            "no path between them fires" if pairs else "no claim says that a drug treats a disease"
        )
        lost.append(f"everything: {why}, so there is no record; --between names a pair")
    return Written({"": [text]}, lambda: lost)
