"""`moagraph export` writes what other tools read, says what is lost, and leaves nothing half."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from moagraph.exchange.exporting import select
from moagraph.formats.kgx.columns import KNOWLEDGE_LEVELS
from moagraph.graph import Graph
from tests.formats.test_predicates import biolink, predicates

FORMATS = ["drugmechdb", "cx2", "graphml", "sif", "mermaid", "bel"]


def run(*arguments: str) -> tuple[int, str, str]:
    from moagraph_cli.main import cli

    result = CliRunner().invoke(cli, list(arguments), prog_name="moagraph")
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_holds_what_stdout_would(tmp_path: Path, format: str) -> None:
    code, out, err = run("export", format)
    assert code == 0
    assert out.endswith("\n")
    assert err.startswith("lost: ")
    file = tmp_path / "graph"
    code, nothing, err = run("export", format, "-o", str(file))
    assert (code, nothing) == (0, "")
    assert err.startswith(f"wrote {file}\nlost: ")
    assert file.read_text(encoding="utf-8") == out
    assert run("-q", "export", format, "-o", str(file)) == (0, "", "")


@pytest.mark.parametrize("ending", ["tsv", "jsonl"])
def test_kgx_is_two_files_in_a_folder(tmp_path: Path, ending: str) -> None:
    code, out, err = run("export", f"kgx-{ending}", "-o", str(tmp_path / "kgx"))
    assert (code, out) == (0, "")
    names = sorted(p.name for p in (tmp_path / "kgx").iterdir())
    assert names == [f"moagraph_edges.{ending}", f"moagraph_nodes.{ending}"]
    assert "lost: states, variants" in err
    code, _, err = run("export", f"kgx-{ending}")
    assert code == 2
    assert "-o" in err


def test_kgx_says_only_what_biolink_has_words_for(tmp_path: Path) -> None:
    model = biolink()
    run("export", "kgx-jsonl", "-o", str(tmp_path))
    known = {n.replace(" ", "_") for n in model["slots"]}
    classes = {"".join(w[0].upper() + w[1:] for w in n.split()) for n in model["classes"]}
    words = {f"biolink:{n.replace(' ', '_')}" for n in predicates(model)}
    agents = set(model["enums"]["AgentTypeEnum"]["permissible_values"])
    for line in (tmp_path / "moagraph_nodes.jsonl").read_text(encoding="utf-8").splitlines():
        node = json.loads(line)
        assert all(c.removeprefix("biolink:") in classes for c in node["category"]), node
        assert all(name in known or name.startswith("moagraph:") for name in node), node
    lines = (tmp_path / "moagraph_edges.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 700
    for line in lines:
        edge = json.loads(line)
        assert edge["predicate"] in words
        assert edge.get("qualified_predicate", "biolink:affects") in words
        assert edge["knowledge_level"] in KNOWLEDGE_LEVELS
        assert edge["agent_type"] in agents
        assert all(name in known or name.startswith("moagraph:") for name in edge), edge
    glue = next(e for e in map(json.loads, lines) if e["id"] == "len-degrades-ikzf1")
    assert glue["predicate"] == "biolink:affects"
    assert glue["qualified_predicate"] == "biolink:causes"
    assert glue["object_aspect_qualifier"] == "degradation"
    assert glue["object_direction_qualifier"] == "increased"
    assert glue["causal_mechanism_qualifier"] == "degradation"
    assert glue["object"] == "UniProtKB:Q13422"
    assert "UniProtKB:Q96SW2" in glue["moagraph:participants"]
    assert "PMID:24292625" in glue["publications"]


def test_only_what_names_an_entity(graph: Graph) -> None:
    code, out, _ = run("export", "sif", "--about", "IKZF3")
    assert code == 0
    aiolos = graph.kb.resolve("IKZF3").id
    lines = out.splitlines()
    assert lines
    assert all(aiolos in line for line in lines)
    chosen = select(graph.kb, ["CRBN"])
    gates = [c.id for c in chosen.claims if "uniprot:Q96SW2" not in (c.subject, c.object)]
    assert all(graph.kb.assertions[g].requires or graph.kb.assertions[g].via for g in gates)


def test_only_the_steps_of_an_answer() -> None:
    code, out, _ = run("export", "sif", "--between", "lenalidomide", "IKZF1")
    assert code == 0
    assert out == "CHEBI:63791\tincreases degradation of\tuniprot:Q13422\n"
    _, out, _ = run("export", "mermaid", "--between", "lenalidomide", "IKZF1")
    assert out.splitlines()[1:3] == ['  n0["lenalidomide"]', '  n1["IKZF1"]']
    assert "--x" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sif", "--about", "no such thing"], 3),
        (["sif", "--about", "CRBN", "--between", "a", "b"], 2),
        (["turtle", "--about", "CRBN"], 2),
        (["drugmechdb", "--about", "CRBN"], 2),
        (["word"], 2),
        (["sif", "-o", "/proc/nothing/here"], 4),
        (["kgx-tsv", "-o", "/proc/nothing/here"], 4),
    ],
)
def test_what_cannot_be_is_one_message(arguments: list[str], code: int) -> None:
    ended, out, err = run("export", *arguments)
    assert (ended, out) == (code, "")
    assert "Traceback" not in err


def test_a_full_disk_leaves_no_file() -> None:
    code, _, err = run("export", "sif", "-o", "/dev/full")
    assert code == 4
    assert "/dev/full: cannot be written: No space left on device" in err


def test_refuted_claims_are_left_out_and_counted(tmp_path: Path) -> None:
    run("init", str(tmp_path / "mine"))
    table = tmp_path / "mine" / "evidence.tsv"
    text = table.read_text(encoding="utf-8")
    table.write_text(
        text.replace("PMID:25975838\tsupports", "PMID:25975838\trefutes"), encoding="utf-8"
    )
    code, out, err = run("-d", str(tmp_path / "mine"), "export", "sif")
    assert code == 0
    assert "CHEBI:52717" not in out
    assert "lost: 1 refuted claim is left out" in err


def test_drugmechdb_is_yaml_with_its_losses() -> None:
    code, out, err = run("export", "drugmechdb")
    assert code == 0
    records = yaml.safe_load(out)
    assert {r["graph"]["drug"] for r in records} >= {"lenalidomide"}
    assert "lost: " in err


def test_no_text_breaks_mermaid(tmp_path: Path) -> None:
    run("init", str(tmp_path / "mine"))
    table = tmp_path / "mine" / "entities.tsv"
    odd = 'x"] --> y["<script>alert(1)</script> & |pipe'
    table.write_text(
        table.read_text(encoding="utf-8").replace("\tbortezomib\t", f"\t{odd}\t"), encoding="utf-8"
    )
    code, out, _ = run("-d", str(tmp_path / "mine"), "export", "mermaid")
    assert code == 0
    for line in out.splitlines()[1:]:
        assert line.count('"') == 2
        assert "<" not in line
