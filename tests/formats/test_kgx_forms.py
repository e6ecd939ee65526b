"""KGX as CSV, as quoted TSV and as one JSON document: the same graph in every form."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any, Literal

import pytest

from moagraph.errors import DataError
from moagraph.exchange.importing import guess, read, total_size
from moagraph.formats.lines import Meter
from tests.formats.roundtrip import Graph
from tests.formats.test_kgx import DEGRADES, DISEASE, DRUG, NODES, TARGET, edges, graph, said

ROWS = [
    {**DEGRADES, "publications": "PMID:1|PMID:2", "supporting_text": 'a, b; "c"'},
    {"subject": TARGET, "predicate": "biolink:causes", "object": DISEASE, "negated": "True"},
]


def element(columns: list[str], cells: list[str]) -> dict[str, Any]:
    lists = ("category", "publications", "synonym", "xref")
    pairs = zip(columns, cells, strict=True)
    return {c: v.split("|") if c in lists else v for c, v in pairs if v}


def document(**more: Any) -> dict[str, Any]:
    header, *cells = edges(*ROWS)
    return {
        "nodes": [element(NODES[0], row) for row in NODES[1:]],
        "edges": [element(header, row) for row in cells],
        **more,
    }


def same(found: Graph, folder: Path) -> None:
    (folder / "plain").mkdir()
    expected = graph(folder / "plain", *ROWS)
    assert found.entities == expected.entities
    assert found.claims == expected.claims
    assert found.evidence == expected.evidence
    assert [c.polarity for c in found.claims.values()] == ["asserted", "negated"]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("order", [("nodes", "edges"), ("edges", "nodes")])
@pytest.mark.parametrize("name", ["graph.json", "drug_edges.json", "g.JSON.gz"])
def test_one_document_says_the_same(
    tmp_path: Path, name: str, order: tuple[str, str], indent: int | None
) -> None:
    content = {"version": {"x": [1]}, **{part: document()[part] for part in order}, "n": 12}
    text = json.dumps(content, indent=indent).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    assert guess(path) == "kgx"
    meter = Meter(total_size([path]))
    same(Graph(read([path], meter=meter)), tmp_path)
    assert meter.done == meter.total


def test_a_folder_or_archive_with_a_document_or_with_two_lists(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "again").mkdir(parents=True)
    (tmp_path / "one" / "graph.json").write_text(json.dumps(document()))
    (tmp_path / "one" / "other.json").write_text('{"a": [1]}')
    for part, rows in document().items():
        (tmp_path / "two" / f"{part}.json").write_text(json.dumps(rows))
    with tarfile.open(tmp_path / "g.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "one" / "graph.json", "graph.json")
    same(Graph(read([tmp_path / "one"])), tmp_path / "one" / "again")
    same(Graph(read([tmp_path / "two"])), tmp_path / "two" / "again")
    same(Graph(read([tmp_path / "g.tar.gz"])), tmp_path)
    (tmp_path / "one" / "third.json").write_text(json.dumps(document()))
    with pytest.raises(DataError, match="several KGX graphs"):
        read([tmp_path / "one"])


def test_the_line_of_an_edge_is_told(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    content = document()
    content["edges"][1]["negated"] = "perhaps"
    path.write_text(json.dumps(content, indent=1))
    found = Graph(read([path]))
    [line] = [r.line for r in found.report.remarks if "perhaps" in r.reason]
    lines = path.read_text().splitlines()
    assert lines[line - 1] == "  {"
    assert '"perhaps"' in "".join(lines[line - 1 : line + 6])


RECORD = {"directed": True, "graph": {"_id": "x"}, "nodes": [{"id": "DB:1", "label": "Drug"}]}


@pytest.mark.parametrize("content", [RECORD, {**RECORD, "links": []}, [RECORD]])
def test_records_of_drugmechdb_stay_what_they_are(tmp_path: Path, content: object) -> None:
    (tmp_path / "g.json").write_text(json.dumps(content))
    assert guess(tmp_path / "g.json") == "drugmechdb"


def test_a_graph_that_is_named_graph_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text(json.dumps({"graph": {"name": "x"}, **document()}))
    assert guess(tmp_path / "g.json") == "kgx"


BAD = [
    ('{"nodes": [{"id": "A", "category": []}], "edges": [', 1, "no sound JSON"),
    ('{"nodes": [], "edges": []', 1, "the end of the file where ',' belongs"),
    ('{"nodes": [],\n"edges": [{"subject": "A",\n', 2, "no sound JSON"),
    ('{"nodes": [],\n"edges": {"A": 1}}', 2, "edges is no list"),
    ('{"nodes": [], "edges": [],\n "edges": []}', 2, "'edges' stands twice"),
    ('{"nodes": [], "edges": [7]}', 1, "one JSON object"),
    ('{"nodes": [], "edges": [{"id": "x"}]}', 1, "has no object, predicate, subject"),
    ('{"nodes": [], "edges": []}\n{}', 2, "goes on after the end"),
    ('{"a": 1}', 1, "neither nodes nor edges"),
    ('"text"', 1, "no JSON of KGX"),
    ("", 1, "no JSON of KGX"),
    ('{"nodes": [' + '{"a":' * 100_000, 1, "nested too deeply"),
    ('{"nodes": [], "edges": [{"id": "' + "x" * 2_000_000 + '"', 1, "longer than"),
    ('{"nodes": [], "edges": [{"id": "\ud800"}]}', 1, "not UTF-8"),
]


@pytest.mark.parametrize(("text", "line", "message"), BAD, ids=[b[2] + str(b[1]) for b in BAD])
def test_a_document_that_is_not_sound_is_one_message(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "g.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(DataError, match=message) as caught:
        Graph(read([path], "kgx"))
    assert (caught.value.file, caught.value.line) == (str(path), line)


def test_a_document_that_is_cut_as_gzip_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "g.json.gz"
    path.write_bytes(gzip.compress(json.dumps(document()).encode())[:-20])
    with pytest.raises(DataError, match="cut or damaged"):
        Graph(read([path], "kgx"))


COUNTED = """
import resource, sys
from pathlib import Path
from moagraph.dataset.imported import Report
from moagraph.formats.kgx.rows import rows
wanted = frozenset({"subject", "predicate", "object"})
print(sum(1 for _ in rows(Path(sys.argv[1]), wanted, frozenset(), Report())))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_a_document(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        edge = json.dumps({**DEGRADES, "supporting_text": "x" * 1000})
        path = tmp_path / "g.json"
        with path.open("w") as file:
            file.write(f'{{"edges":[{edge}')
            file.writelines(f",{edge}" for _ in range(count - 1))
            file.write("]}")
        run = [sys.executable, "-c", COUNTED, str(path)]
        done = subprocess.run(run, capture_output=True, text=True, check=True)
        found, most = map(int, done.stdout.split())
        assert found == count
        return most

    small, large = peak(1), peak(40_000)
    assert large - small < 20_000  # of the 50,000 kB that the document has


Quoting = Literal[0, 1]  # csv.QUOTE_MINIMAL, csv.QUOTE_ALL


def write_csv(
    path: Path, rows: list[list[str]], delimiter: str, quoting: Quoting, mark: bool
) -> None:
    with path.open("w", newline="", encoding="utf-8-sig" if mark else "utf-8") as file:
        # Excel ends its lines so, and quotes what it must.
        csv.writer(file, delimiter=delimiter, quoting=quoting).writerows(rows)


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("mark", [False, True])
@pytest.mark.parametrize(
    ("ending", "delimiter"), [("csv", ","), ("csv", ";"), ("tsv", ","), ("tsv", "\t")]
)
def test_separated_fields_say_the_same(
    tmp_path: Path, ending: str, delimiter: str, mark: bool, quoting: Quoting
) -> None:
    rows = [dict(row) for row in ROWS]
    if (delimiter, quoting) == ("\t", csv.QUOTE_MINIMAL):
        # Without quotes in its header a file of TABs has none anywhere.
        quoting = csv.QUOTE_ALL
    write_csv(tmp_path / f"g_nodes.{ending}", NODES, delimiter, quoting, mark)
    write_csv(tmp_path / f"g_edges.{ending}", edges(*rows), delimiter, quoting, mark)
    found = Graph(read([tmp_path / f"g_edges.{ending}"]))
    same(found, tmp_path)
    usual = {"csv": ",", "tsv": "\t"}[ending]
    assert (delimiter != usual) == any("fields are parted by" in line for line in said(found))
    assert mark == any("byte order mark" in line for line in said(found))


def test_a_field_over_several_lines_and_a_prefix_of_columns(tmp_path: Path) -> None:
    text = (
        ",subject,biolink:predicate,object,biolink:primary_knowledge_source,supporting_text\n"
        f'0,{DRUG},biolink:affects,{TARGET},infores:x,"one\ntwo"\n\n'
        f"1,{DRUG},biolink:affects,{DISEASE},infores:x,\n"
    )
    (tmp_path / "edges.csv").write_text(text)
    found = Graph(read([tmp_path / "edges.csv"]))
    assert [c.origin.line for c in found.claims.values() if c.origin] == [2, 5]
    assert found.evidence[0].statement.startswith("one two")
    assert "dropped: column (column 1): 2 values are not read" in said(found)


@pytest.mark.parametrize(
    ("row", "line", "message"),
    [
        ("A,b,C,\n", 2, "4 fields where the header has 3; look for a missing or a stray comma"),
        ('A,b,C\nA,"b,C\nx\n', 3, "a quote without its end"),
        ('A,"b"x,C\n', 2, "cannot be read"),
    ],
)
def test_rows_of_csv_that_cannot_be_read(tmp_path: Path, row: str, line: int, message: str) -> None:
    (tmp_path / "edges.csv").write_text(f"subject,predicate,object\n{row}")
    with pytest.raises(DataError, match=message) as caught:
        Graph(read([tmp_path / "edges.csv"]))
    assert caught.value.line == line


def test_a_header_for_neo4j_is_read(tmp_path: Path) -> None:
    (tmp_path / "n_nodes.csv").write_text(
        "id:ID,name:string,:LABEL,all_names:string[],equivalent_curies:string[],score:int\n"
        f"{DRUG},LEN,biolink:Drug;biolink:NamedThing,LENǂCC-5013,{DRUG}ǂDRUGBANK:DB00480,1\n"
    )
    (tmp_path / "n_edges.csv").write_text(
        ":START_ID(Node),:TYPE,:END_ID(Node),publications:string[],x\n"
        f"{DRUG},biolink:decreases_activity_of,{TARGET},PMID:1ǂPMID:2,\n"
    )
    found = Graph(read([tmp_path / "n_nodes.csv"]))
    entity = found.entities[DRUG]
    assert (entity.label, entity.kind, entity.synonyms) == ("LEN", "drug", ("CC-5013",))
    assert entity.xrefs == ("drugbank:DB00480",)
    [claim] = found.claims.values()
    assert (claim.subject, claim.relation, len(found.evidence)) == (DRUG, "inhibits", 2)
    assert "dropped: column score: 1 value is not read" in said(found)


def test_names_and_identifiers_of_rtx_kg2_are_found(tmp_path: Path) -> None:
    rows = [["id", "category", "name", "all_names", "equivalent_curies", "synonym"]]
    rows += [
        [DRUG, "biolink:Drug", "LEN", "LEN; Revlimid", "DRUGBANK:DB00480; UNII:F0P408N6V4", "x"]
    ]
    found = graph(tmp_path, nodes=rows)
    assert found.entities[DRUG].synonyms == ("x", "Revlimid")
    assert found.entities[DRUG].xrefs == ("drugbank:DB00480", "unii:F0P408N6V4")


def test_two_columns_of_one_meaning_are_not_mixed_up(tmp_path: Path) -> None:
    row = {**DEGRADES, "qualified_object_direction": "decreased"}
    found = graph(tmp_path, row)
    assert [c.relation for c in found.claims.values()] == ["increases degradation of"]
    assert "dropped: column qualified_object_direction: 1 value is not read" in said(found)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("A|B", ("A", "B")),
        ("['A', 'B']", ("A", "B")),
        ('["A", "B, c"]', ("A", "B, c")),
        ("""['A', "B's"]""", ("A", "B's")),
        ("[]", ()),
        ("[3H]dopamine|x", ("[3H]dopamine", "x")),
        ("[3H]", ("[3H]",)),
    ],
)
def test_lists_are_read_however_they_are_written(
    tmp_path: Path, written: str, parts: tuple[str, ...]
) -> None:
    rows = [["id", "category", "name", "synonym"], [DRUG, "['biolink:Drug']", "LEN", written]]
    found = graph(tmp_path, nodes=rows).entities[DRUG]
    assert (found.synonyms, found.kind) == (parts, "drug")


def test_publications_in_brackets_are_sources(tmp_path: Path) -> None:
    found = graph(tmp_path, {**DEGRADES, "publications": "['PMID:1', 'PMID:2']"})
    assert [e.source for e in found.evidence] == ["PMID:1", "PMID:2"]
