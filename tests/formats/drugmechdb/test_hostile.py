"""Whatever a file holds, it is read with remarks or refused with one message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.errors import DataError
from moagraph.foreign.audit import audit_records
from moagraph.foreign.compare import compare_record
from moagraph.foreign.page import to_html
from moagraph.foreign.polarity import table
from moagraph.formats.drugmechdb.evidence import Evidences
from moagraph.formats.drugmechdb.fields import EVIDENCE, GRAPH, LINK, NODE, RECORD
from moagraph.formats.drugmechdb.merge import Merge
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import from_json, to_json
from moagraph.graph import Graph

WORDS = """null DB:DB00480 MESH:D009101 UniProt:Q96SW2 x:y treats causes Drug Disease true
<script> \u202e affects increased activity PMID:1 1e3"""
SCALARS = st.sampled_from(["", *WORDS.split()])
NAMES = sorted({*RECORD, *GRAPH, *NODE, *LINK, *EVIDENCE, "negated", "colour", "<<"})
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)
IDS = ("MESH:C1", "UniProt:Q96SW2", "MESH:D009101", "GO:1")
ENDS = st.sampled_from([*IDS, ""])
KEYS = st.sampled_from(sorted(table())) | SCALARS
ITEMS = st.fixed_dictionaries(
    {"reference": st.sampled_from(["PMID:1", "doi:10.1/x", "https://a.org", ""])},
    optional=dict.fromkeys(sorted(EVIDENCE.keys() - {"reference"}), SCALARS),
)
LINKS = st.fixed_dictionaries(
    {"source": ENDS, "target": ENDS, "key": KEYS},
    optional={
        "evidence": st.lists(ITEMS, max_size=2) | ANYTHING,
        "negated": SCALARS,
        "object_direction_qualifier": SCALARS,
        "object_aspect_qualifier": SCALARS,
    },
)
NODES = st.fixed_dictionaries(
    {"id": ENDS, "label": st.sampled_from(["Drug", "Protein", "Disease", "x"]), "name": SCALARS},
    optional={"alt_ids": ANYTHING, "alt_name": ANYTHING, "reference": ANYTHING},
)
RECORDS = st.fixed_dictionaries(
    {
        "graph": st.fixed_dictionaries(
            {"drug_mesh": st.just("MESH:C1"), "disease_mesh": st.just("MESH:D009101")},
            optional=dict.fromkeys(sorted(GRAPH.keys() - {"drug_mesh", "disease_mesh"}), SCALARS),
        )
        | ANYTHING,
        "nodes": st.lists(NODES, min_size=1, max_size=5) | ANYTHING,
        "links": st.lists(LINKS, min_size=1, max_size=6) | st.lists(ANYTHING, max_size=3),
    },
    optional={"references": ANYTHING, "comment": ANYTHING, "edges": ANYTHING},
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(RECORDS | ANYTHING | st.lists(RECORDS, max_size=2))
def test_any_content_is_read_merged_audited_and_compared(
    tmp_path_factory: pytest.TempPathFactory, graph: Graph, content: object
) -> None:
    """Nothing but a refusal is raised, and every step is JSON and text."""
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    try:
        records = list(RecordReader().records([path]))
    except DataError:
        return
    for record in records:
        assert from_json(to_json(record)) == record
        json.dumps(compare_record(graph.kb, record).to_dict())
    merge = Merge(records)
    claims = list(merge.assertions())
    assert len({c.id for c, _ in claims}) == len(claims)
    evidence = list(Evidences().evidence(claims))
    assert len({e.id for e in evidence}) == len(evidence)
    known = {e.id for e in merge.entities()}
    assert all(c.subject in known and c.object in known for c, _ in claims)
    assert list(merge.name_remarks()) is not None
    report = audit_records(records)
    json.dumps(report.to_dict())
    assert "<script" not in to_html(report)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=60) | st.text("[]{}:,-&*!|>'\"#%@`\n\t ab?", max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """No traceback for what is no YAML."""
    path: Path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(data)
    with pytest.raises(DataError):
        list(RecordReader().records([path]))
