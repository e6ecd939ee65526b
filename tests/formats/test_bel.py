"""BEL is read back by PyBEL, and the AND of a glue is still there."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.exchange import exporting
from moagraph.formats.bel import Bel
from moagraph.formats.selection import Selection
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence, MachinePart, Source
from moagraph.relations import RELATIONS
from moagraph.tables import Tables
from tests.conftest import missing

READ = """
import json, sys
import pybel
graph = pybel.from_bel_script(sys.argv[1])
edges = [
    {
        "subject": str(u),
        "relation": data["relation"],
        "object": str(v),
        "claim": [c["identifier"] for c in data.get("annotations", {}).get("Claim", [])],
        "modifier": (data.get("target_modifier") or {}).get("modifier"),
        "citation": data["citation"].identifier if data.get("citation") else None,
        "evidence": data.get("evidence"),
    }
    for u, v, data in graph.edges(data=True)
]
print(json.dumps({"warnings": [str(w[1]) for w in graph.warnings], "edges": edges}))
"""


def read_back(script: Iterable[str], folder: Path) -> dict[str, Any]:
    """Return warnings and edges that PyBEL finds in a script."""
    if importlib.util.find_spec("pybel") is None:
        missing("PyBEL")
    file = folder / "graph.bel"
    file.write_text("".join(script), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READ, str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "PYBEL_HOME": str(folder)},
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_pybel_reads_the_whole_graph(graph: Graph, tmp_path: Path) -> None:
    kb = graph.kb
    found = read_back(exporting.bel(kb).texts[""], tmp_path)
    assert found["warnings"] == []
    edges = [e for e in found["edges"] if e["claim"]]
    by_claim: dict[str, list[dict[str, Any]]] = {}
    for edge in edges:
        by_claim.setdefault(edge["claim"][0], []).append(edge)
    assert len(by_claim) > 400
    # Each claim has the sign that it has here, and the words of its evidence.
    for name, held in by_claim.items():
        claim = kb.assertions[name]
        sign = RELATIONS[claim.relation].sign
        for edge in held:
            if isinstance(sign, int):
                up = edge["relation"] in ("increases", "directlyIncreases")
                degraded = edge["modifier"] == "Degradation"
                assert (1 if up != degraded else -1) == sign, name
        sources = [kb.sources[e.source] for e in kb.evidence_about[name]]
        cited = {v for s in sources for v in (s.pmid, s.doi, s.url) if v}
        assert {e["citation"] for e in held} <= cited
    glue = by_claim["len-degrades-ikzf1"][0]
    assert glue["subject"].startswith("composite(a(CHEBI:63791 ! lenalidomide)")
    for part in ("CRBN", "DDB1", "RBX1", "NEDD8", "proteasome"):
        assert part in glue["subject"]
    assert (glue["relation"], glue["modifier"]) == ("directlyIncreases", "Degradation")
    assert not any(kb.assertions[n].polarity == "negated" for n in by_claim)
    assert not any(kb.status(kb.assertions[n]) == "refuted" for n in by_claim)


def test_what_bel_cannot_say_is_counted(graph: Graph) -> None:
    kb = graph.kb
    script = Bel(Selection(kb))
    text = "".join(script.text())
    written = {line.split('"')[1] for line in text.splitlines() if line.startswith("SET Claim")}
    refuted = Selection(kb).refuted
    assert len(written) + sum(script.left_out.values()) + refuted == len(kb.assertions)


def small(label: str, said: str) -> KnowledgeBase:
    entities = (
        Entity("moa:d", label, kind="drug"),
        Entity("moa:l", "ligase", kind="complex", members=("moa:p", "moa:q")),
        Entity("moa:p", "p", kind="protein"),
        Entity("moa:q", "q", kind="protein"),
        Entity("moa:t", "t", kind="protein"),
        Entity("moa:s", "s", kind="state"),
    )
    machines = (
        MachinePart("moa:l", 1, "moa:p"),
        MachinePart("moa:l", 2, "moa:q", strength="supportive"),
    )
    claims = (
        Assertion("glue", "moa:d", "increases degradation of", "moa:t", via="moa:l"),
        Assertion("gated", "moa:d", "inhibits", "moa:t", requires="moa:s"),
        Assertion("either", "moa:d", "inhibits", "moa:t", requires="moa:p|moa:q"),
        Assertion("both", "moa:d", "inhibits", "moa:t", requires="moa:p"),
    )
    evidence = tuple(Evidence(f"e-{c.id}", c.id, "PMID:1", statement=said) for c in claims)
    sources = (Source("PMID:1", pmid="1"),)
    made = Tables(
        entities=entities, machines=machines, assertions=claims, evidence=evidence, sources=sources
    )
    return KnowledgeBase(made)


def test_gates_are_kept_or_the_claim_is_left_out() -> None:
    script = Bel(Selection(small("d", "said")))
    text = "".join(script.text())
    assert "composite(a(moa:d ! d), p(moa:p ! p)) => deg(p(moa:t ! t))" in text
    assert "composite(a(moa:d ! d), p(moa:p ! p)) -| act(p(moa:t ! t))" in text
    assert '"gated"' not in text
    assert '"either"' not in text
    assert script.left_out["gated by what BEL cannot say"] == 2


ODD = [
    'a "quoted" label',
    "back\\slash",
    "two\nlines",
    'end"\nSET Citation = {"PubMed", "666"}\n',
    "(paren",
    "β-catenin \u202e reversed",
    "a ! b, c) -> d",
    "tab\there",
]


def test_no_text_breaks_out_of_its_quotes(tmp_path: Path) -> None:
    text = "; ".join(ODD)
    found = read_back(Bel(Selection(small(text, text))).text(), tmp_path)
    assert found["warnings"] == []
    assert {e["citation"] for e in found["edges"] if e["citation"]} == {"1"}
    assert len([e for e in found["edges"] if e["claim"]]) == 2


@given(st.text(max_size=40), st.text(max_size=40))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_every_line_stays_one_statement(label: str, said: str) -> None:
    text = "".join(Bel(Selection(small(label or "x", said))).text())
    for line in text.split("\n"):
        assert line.count('"') % 2 == 0
        assert line.isprintable()
        assert not line or line.startswith(("SET ", "UNSET ", "DEFINE ", "a(", "composite("))
