"""A metapath leaves the paths whose types follow it, and no other: against regular expressions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import moagraph
import tests.vectors_support as support
from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import imported_tables
from moagraph.errors import QuestionError, UnknownName
from moagraph.frozen import replace
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism import step_index
from moagraph.mechanism.metapath import parse
from moagraph.mechanism.paths import PathSearch, paths
from moagraph.mechanism.question import Question
from moagraph.mechanism.search import Walk
from moagraph.records import Entity
from moagraph.tables import Tables
from moagraph_cli.main import cli
from tests import strategies
from tests.mechanism.small import claim, graph, slug
from tests.oracle_engine import drawn

KINDS = ("drug", "protein", "complex", "process", "disease", "cell", "state", "chemical")
LETTERS = {kind: chr(ord("a") + n) for n, kind in enumerate(KINDS)}


def written(draw: Any, kinds: list[str]) -> str:
    """Draw a metapath of some kinds in which one stands now and then for several."""
    parts = []
    for kind in kinds:
        other = draw(st.sampled_from([kind, kind, "*", "...", f"{kind}|process", "Protein"]))
        parts.append(other)
        if draw(st.integers(1, 5)) == 1:
            parts.append(draw(st.sampled_from(["...", "*", "protein"])))
    return " > ".join(parts)


def expression(metapath: str) -> re.Pattern[str]:
    """Return a regular expression over the letters of kinds."""
    made = ""
    for part in re.split(r"\s*>\s*", metapath):
        if part == "...":
            made += ".*"
        elif part == "*":
            made += "."
        else:
            made += "[" + "".join(LETTERS[word.lower()] for word in part.split("|")) + "]"
    return re.compile(made)


def letters(kb: KnowledgeBase, walk: Walk) -> str:
    return "".join(LETTERS.get(kb.entities[node].kind, "z") for node in walk.nodes)


def ways(found: list[Walk]) -> set[tuple[str, ...]]:
    return {walk.nodes for walk in found}


def asked(kb: KnowledgeBase, question: Question, metapath: str) -> PathSearch | None:
    """Return the search along a metapath, None if the data have none of its types."""
    try:
        return paths(kb, replace(question, metapath=metapath))
    except UnknownName:
        return None


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    vector = draw(strategies.vectors("explain"))
    kb = KnowledgeBase(support.tables_of(vector))
    question = support.question_of(vector)
    walks = sorted(paths(kb, question).all_walks(), key=lambda w: w.ids)
    if walks and draw(st.integers(1, 4)) > 1:
        walk = draw(st.sampled_from(walks))
        kinds = [kb.entities[node].kind or "protein" for node in walk.nodes]
    else:
        kinds = draw(st.lists(st.sampled_from(["drug", "protein", "process"]), min_size=2))[:6]
    return vector, written(draw, kinds)


@pytest.mark.parametrize("form", ["tables", "compiled", "large"])
def test_along_a_metapath_are_the_paths_that_follow_it(
    form: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "large":
        from moagraph.mechanism import along

        monkeypatch.setattr(step_index, "EXACT", -1)
        monkeypatch.setattr(step_index, "_WORTH", -1e9)
        monkeypatch.setattr(along, "_WORTH", -1e9)
    seen = {"some": 0, "less": 0}

    @drawn(150)
    @given(cases())
    def check(case: tuple[dict[str, Any], str]) -> None:
        vector, metapath = case
        kb = KnowledgeBase(support.tables_of(vector))
        question = support.question_of(vector)
        everything = list(paths(kb, question).all_walks())
        pattern = expression(metapath)
        wanted = [walk for walk in everything if pattern.fullmatch(letters(kb, walk))]
        if form != "tables":
            folder = tmp_path_factory.mktemp("d") / "d"
            write(imported_tables(kb.tables, name=kb.name, version=kb.version), folder)
            kb = open_dataset(folder)
        search = asked(kb, question, metapath)
        if search is None:
            assert not wanted or "|" in metapath
            return
        found = list(search.all_walks())
        assert [w.ids for w in found] == [w.ids for w in wanted]
        assert [w.nodes for w in found] == [w.nodes for w in wanted]
        routes, missed = search.routes(), search.along()["left_out"]
        assert routes.up_to == missed["up_to"] == question.max_length
        assert routes.at_most >= len(ways(found))
        assert missed["at_most"] >= len(ways(everything) - ways(found))
        seen["some"] += bool(found)
        seen["less"] += len(found) < len(everything)

    check()
    assert min(seen.values()) > 10


def test_no_step_is_fired_that_the_types_rule_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # 4 ** 6 chains of proteins lead nowhere by the metapath; only the process is tried.
    names = [f"p{n}{c}" for n in range(6) for c in "abcd"]
    kinds = {"d": "drug", "e": "disease", "x": "process", **dict.fromkeys(names, "protein")}
    layers = [["d"], *([f"p{n}{c}" for c in "abcd"] for n in range(6)), ["e"]]
    texts = [f"{a} increases {b}" for one, two in pairwise(layers) for a in one for b in two]
    texts += ["d increases x", "x increases e"]
    kb = graph(kinds, [claim(f"c{n:03}", text) for n, text in enumerate(texts)])
    search = paths(kb, Question(slug("d"), slug("e"), metapath="drug > process > disease"))
    fired: list[str] = []
    fire = search.engine.fire

    def counted(claim: Any, carried: Any) -> Any:
        fired.append(claim.id)
        return fire(claim, carried)

    monkeypatch.setattr(search.engine, "fire", counted)
    assert [walk.nodes[1] for walk in search.all_walks()] == ["moa:x"]
    assert len(fired) == 2
    assert not search.cut


@pytest.fixture(params=["tables", "compiled"])
def built_in(request: pytest.FixtureRequest, graph: Graph, tmp_path: Path) -> Iterator[Graph]:
    if request.param == "compiled":
        folder = tmp_path / "own.moa"
        write(imported_tables(graph.kb.tables, version=graph.version), folder)
        yield moagraph.load(folder)
    else:
        yield graph


def chains(found: Graph, metapath: str, b: str = "MM", **more: Any) -> set[tuple[str, ...]]:
    return {
        tuple(s.id for s in path.steps)
        for path in found.paths("lenalidomide", b, metapath=metapath, **more)
    }


def test_types_are_kinds_or_classes_in_any_spelling(built_in: Graph) -> None:
    wanted = chains(built_in, "drug > protein > process > disease")
    assert len(wanted) == 6
    for same in (
        "Drug > Protein > BiologicalProcess > Disease",
        "biolink:SmallMolecule -> biolink:Protein → biological process>DISEASE",
        "small_molecule > Protein|Complex > biological-process > disease",
    ):
        assert chains(built_in, same) == wanted
    everything = chains(built_in, "...")
    assert everything == chains(built_in, "Drug > ... > Disease") == chains(built_in, "")
    assert chains(built_in, "* > * > * > *") == {ids for ids in everything if len(ids) == 3}


def test_an_answer_says_what_a_metapath_leaves_out(built_in: Graph) -> None:
    answer = built_in.explain("lenalidomide", "MM", metapath="Drug > Protein > process > Disease")
    assert answer.verdict == "decreases"
    found = answer.to_dict()
    assert found["question"]["metapath"] == "Drug > Protein > process > Disease"
    assert found["metapath"]["left_out"]["up_to"] == 8
    assert found["metapath"]["left_out"]["at_most"] > 10
    assert f"along {found['metapath']['metapath']}, which leaves out at most" in answer.text
    assert not answer.bound_cut
    plain = built_in.explain("lenalidomide", "MM")
    assert plain.metapath == {}


def test_what_a_metapath_hides_is_told(built_in: Graph) -> None:
    answer = built_in.explain("lenalidomide", "IKZF1", metapath="Drug > * > Protein")
    assert answer.verdict == "none"
    assert [r.code for r in answer.reasons] == ["filtered"]
    assert "--metapath" in answer.reasons[0].text
    # What stops a route is told for routes of these types only.
    blocked = built_in.explain("lenalidomide", "GSPT1", metapath="Drug > * > * > Protein")
    assert not blocked.blocked_steps


@pytest.mark.parametrize("text", ["drug", " > ", "drug > ", "> drug", "a > > b", "drug > b*", "|"])
def test_what_is_no_metapath_is_refused_with_the_way_to_write_it(graph: Graph, text: str) -> None:
    with pytest.raises(QuestionError, match="Drug > Protein"):
        graph.paths("lenalidomide", "MM", metapath=text)
    with pytest.raises(QuestionError, match="128"):
        parse(" > ".join(["*"] * 129))


def test_unknown_types_are_answered_with_those_there_are(built_in: Graph) -> None:
    with pytest.raises(UnknownName) as caught:
        built_in.paths("lenalidomide", "MM", metapath="Drug > Protien > Disease")
    assert caught.value.suggestions[0].lower() == "protein"
    for name in ("did you mean", "SmallMolecule", "BiologicalProcess", "cell line"):
        assert name in str(caught.value)
    with pytest.raises(UnknownName, match="PhenotypicFeature"):
        built_in.paths("lenalidomide", "MM", through_category="Phenotype of a cat")


def test_ends_of_another_type_are_refused(graph: Graph) -> None:
    with pytest.raises(QuestionError, match=r"begins with Protein, and lenalidomide is .* drug"):
        graph.paths("lenalidomide", "MM", metapath="Protein > ... > Disease")
    with pytest.raises(QuestionError, match="ends with cell"):
        graph.paths("lenalidomide", "MM", metapath="Drug > ... > cell")


def test_a_category_to_pass_may_be_a_kind_or_a_class(built_in: Graph) -> None:
    one = chains(built_in, "", through_category="BiologicalProcess")
    assert one
    assert one == chains(built_in, "", through_category="biolink:Biological process")
    assert one == chains(built_in, "", through_category="process")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_the_command_line_says_the_same() -> None:
    done = run("paths", "lenalidomide", "MM", "--metapath", "Drug>Protein>process>Disease")
    assert done.exit_code == 0
    assert "along Drug > Protein > process > Disease, which leaves out at most" in done.output
    done = run(
        "paths", "lenalidomide", "MM", "--metapath", "Drug>Protein>process>Disease", "-O", "json"
    )
    found = json.loads(done.output)
    assert found["metapath"]["left_out"]["up_to"] == 8
    assert found["ways"] is None
    done = run("paths", "lenalidomide", "MM", "--metapath", "Drug>Protien>Disease")
    assert done.exit_code == 3


def test_a_dataset_has_the_types_of_its_tables(graph: Graph, tmp_path: Path) -> None:
    unnamed = Entity("moa:thing", "thing")
    tables = Tables(entities=(*graph.kb.tables.entities, unnamed))
    write(imported_tables(tables, version="x"), tmp_path / "d")
    there = open_dataset(tmp_path / "d")
    assert there.types == KnowledgeBase(tables).types
    each = {there.id_at(n): type_ for n, type_ in there.type_of_each()}
    assert each == {e.id: (e.category, e.kind) for e in tables.entities}
