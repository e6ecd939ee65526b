"""Small random graphs and questions, in the format of the vectors.

The world is the same in each graph (a drug, a second one, proteins with features, a complex, a
ligase, states, two diseases, three cells, two taxa); what is claimed about it is drawn. Draws lean
to paths that fire: a gate or a restriction is there now and then, not on every claim.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Draw = st.DrawFn
Row = dict[str, Any]

DRUG, SECOND = "moa:drug", "moa:second"
PROTEINS = ["moa:p0", "moa:p1", "moa:p2"]
FEATURES = {"moa:p0": "moa:f0", "moa:p1": "moa:f1"}
COMPLEX, LIGASE = "moa:cx", "moa:ligase"
PROCESS = "moa:x"
DISEASE, SUBTYPE, OTHER = "moa:neoplasm", "moa:mm", "moa:cll"
CELL, SUBCELL, ELSEWHERE = "moa:t-cell", "moa:cd4", "moa:b-cell"
STATES = ["moa:s0", "moa:s1"]
HUMAN, MOUSE = "NCBITaxon:9606", "NCBITaxon:10090"

DISEASES = [DISEASE, SUBTYPE, OTHER]
CHANGES = {"without", "variant", "state", "species", "with"}
WALKED = ["increases", "activates", "decreases", "inhibits", "increases", "decreases", "affects"]
NODES = [*PROTEINS, COMPLEX, PROCESS]


def _rarely(draw: Draw, values: list[Any], one_in: int = 4) -> Any:
    """Return one of the values now and then, else nothing."""
    if draw(st.integers(1, one_in)) != one_in:
        return ""
    return draw(st.sampled_from(values))


def _entities(members: list[str], parts: list[str]) -> list[Row]:
    def entity(name: str, kind: str, **more: Any) -> Row:
        return {"id": name, "label": name.split(":")[1], "kind": kind, **more}

    return [
        entity("moa:class", "drug class"),
        entity(DRUG, "drug", parents=["moa:class"]),
        entity(SECOND, "drug"),
        entity("moa:combo", "combination", members=[DRUG, SECOND]),
        *(entity(p, "protein", members=[FEATURES[p]] if p in FEATURES else []) for p in PROTEINS),
        *(entity(f, "feature") for f in FEATURES.values()),
        entity(COMPLEX, "complex", members=members),
        entity(LIGASE, "complex", members=parts),
        entity(PROCESS, "process"),
        entity(DISEASE, "disease"),
        entity(SUBTYPE, "disease", parents=[DISEASE]),
        entity(OTHER, "disease", parents=[DISEASE]),
        entity(CELL, "cell"),
        entity(SUBCELL, "cell", parents=[CELL]),
        entity(ELSEWHERE, "cell"),
        *(entity(s, "state") for s in STATES),
        entity(HUMAN, "taxon"),
        entity(MOUSE, "taxon"),
    ]


@st.composite
def machine_rows(draw: Draw, machine: str, parts: list[str], last: int) -> list[Row]:
    """Draw the rows of a machine: a phase, a strength and maybe an alternative for each part."""
    rows = []
    grouped = len(parts) >= 2 and draw(st.booleans())
    shared = draw(st.integers(1, last))
    for place, part in enumerate(parts):
        in_group = grouped and place < 2
        rows.append(
            {
                "machine": machine,
                "phase": shared if in_group else draw(st.integers(1, last)),
                "participant": part,
                "alternative_group": "g" if in_group else "",
                "strength": "essential"
                if in_group
                else draw(st.sampled_from(["essential", "essential", "supportive"])),
            }
        )
    return rows


@st.composite
def gates(draw: Draw, *, subject: str, object: str) -> str:
    """Draw a gate of one or two terms, each of one or two names."""
    names = [*STATES, *PROTEINS, *FEATURES.values(), *(f"!{s}" for s in STATES), "!moa:p2"]
    names += [f"!{SECOND}", COMPLEX]
    usable = [n for n in names if n.lstrip("!") not in (subject, object)]
    clause = st.lists(st.sampled_from(usable), min_size=1, max_size=2, unique=True)
    clauses = draw(st.lists(clause, min_size=1, max_size=2))
    features = set(FEATURES.values())
    # A feature beside another thing in one term would be of a phase and of none.
    plain = [c[:1] if len(set(c) & features) == 1 else c for c in clauses]
    return ",".join("|".join(c) for c in plain)


@st.composite
def claims(draw: Draw, number: int, subjects: list[str], objects: list[str]) -> Row:
    """Draw one claim."""
    subject = draw(st.sampled_from(subjects))
    object = draw(st.sampled_from([o for o in objects if o != subject]))
    row: Row = {
        "id": f"claim-{number}",
        "subject": subject,
        "relation": draw(st.sampled_from(WALKED)),
        "object": object,
        "kind": "mechanism",
        "polarity": "asserted",
    }
    if object in (DISEASE, SUBTYPE):
        row["relation"] = draw(st.sampled_from(["sustains", "restrains"]))
    if draw(st.integers(1, 12)) == 1:
        row["polarity"] = "negated"
    if subject == DRUG and number and draw(st.integers(1, 6)) == 1:
        row["kind"] = "observation"
        if row["relation"] == "affects":  # How it agrees with a sign is not told.
            row["relation"] = "increases"
    if row["kind"] == "mechanism":
        if object in PROTEINS and draw(st.integers(1, 3)) == 1:
            row["via"] = LIGASE
        if draw(st.integers(1, 6)) == 1:
            row["requires"] = draw(gates(subject=subject, object=object))
        if draw(st.integers(1, 8)) == 1:
            row["transfer"] = "secreted"
            row["object_cell"] = _rarely(draw, [CELL, SUBCELL, ELSEWHERE], 2)
    row["cell"] = _rarely(draw, [CELL, SUBCELL, ELSEWHERE], 8)
    row["disease"] = _rarely(draw, DISEASES, 12)
    row["species"] = _rarely(draw, [HUMAN, HUMAN, MOUSE], 12)
    if subject == SECOND:
        row["directness"] = draw(st.sampled_from(["direct", "direct", "indirect", ""]))
    return {k: v for k, v in row.items() if v}


@st.composite
def graphs(draw: Draw, diseases: list[str]) -> dict[str, Any]:
    """Draw a graph with claims on some of the diseases."""
    members = draw(st.lists(st.sampled_from(PROTEINS), min_size=1, max_size=2, unique=True))
    parts = draw(st.lists(st.sampled_from(PROTEINS), min_size=1, max_size=3, unique=True))
    machines = draw(machine_rows(LIGASE, parts, 3))
    if draw(st.booleans()):
        # The feature of a part counts beside it, in a phase of its own choice.
        for part in parts[:1]:
            if part in FEATURES:
                phase = draw(st.integers(1, 3))
                machines.append(
                    {
                        "machine": LIGASE,
                        "phase": phase,
                        "participant": FEATURES[part],
                        "alternative_group": "",
                        "strength": "essential",
                    }
                )
    if draw(st.booleans()):
        machines += draw(machine_rows(COMPLEX, members, 1))
    return {
        "entities": _entities(members, parts),
        "machines": machines,
        "states": _states(draw),
        "variants": _variants(draw),
        **_claims(draw, diseases),
    }


def _states(draw: Draw) -> list[Row]:
    bringers = [DISEASE, SUBTYPE, CELL, SUBCELL, SECOND, "P0:V1", "!moa:p1", "!moa:p2"]
    names = st.lists(st.sampled_from(bringers), max_size=2, unique=True)
    return [{"id": s, "brought_by": draw(names)} for s in STATES]


def _variants(draw: Draw) -> list[Row]:
    rows = [
        {"gene": "moa:p0", "change": "V1", "effect": "removes", "feature": "moa:f0"},
        {"gene": "moa:p1", "change": "V2", "effect": "restores", "feature": "moa:f1"},
    ]
    for gene, feature in FEATURES.items():
        effect = _rarely(draw, ["removes", "keeps"], 2)
        if effect:
            rows.append(
                {
                    "gene": gene,
                    "change": "native",
                    "effect": effect,
                    "feature": feature,
                    "native_in": MOUSE,
                }
            )
    return rows


def _claims(draw: Draw, diseases: list[str]) -> dict[str, list[Row]]:
    drawn = [draw(claims(0, [DRUG], PROTEINS))]
    reached = [DRUG]
    for number in range(1, draw(st.integers(2, 8))):
        # Three of four claims go on from where the claims before them lead.
        reached += [o for o in (drawn[-1]["object"],) if o not in reached and o not in DISEASES]
        subjects = [DRUG, *PROTEINS, COMPLEX, PROCESS, "moa:s0", SECOND, SECOND]
        lead = reached if draw(st.integers(1, 4)) > 1 else subjects
        objects = [*NODES, *NODES, *diseases, *diseases, "moa:s1"]
        drawn.append(draw(claims(number, lead, objects)))
    evidence: list[Row] = []
    for row in drawn:
        stances = draw(
            st.sampled_from([["supports"]] * 6 + [[], ["refutes"], ["supports", "refutes"]])
        )
        for stance in stances:
            evidence.append({"id": f"e{len(evidence)}", "about": row["id"], "stance": stance})
    return {"assertions": drawn, "evidence": evidence}


@st.composite
def backgrounds(draw: Draw) -> dict[str, Any]:
    """Draw what a question changes in the background."""
    asked: dict[str, Any] = {}
    if draw(st.integers(1, 4)) == 1:
        names = [*PROTEINS, *FEATURES.values(), COMPLEX, *STATES, LIGASE, PROCESS]
        asked["without"] = draw(
            st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
        )
    if draw(st.integers(1, 6)) == 1:
        asked["variant"] = [draw(st.sampled_from(["P0:V1", "P1:V2"]))]
    if draw(st.integers(1, 5)) == 1:
        asked["state"] = [draw(st.sampled_from(STATES))]
    if draw(st.integers(1, 4)) == 1:
        asked["with"] = [SECOND]
    if draw(st.integers(1, 6)) == 1:
        asked["species"] = MOUSE
    return asked


@st.composite
def questions(draw: Draw, op: str, graph: dict[str, Any]) -> dict[str, Any]:
    """Draw a question of one kind; the end is mostly one that claims lead to."""
    rows = graph["assertions"]
    # Whether a state that is asked about opens the gates that name it is not told.
    gated = any(STATES[0] in r.get("requires", "") for r in rows)
    askable = PROTEINS if gated else [*PROTEINS, STATES[0]]
    starts = [DRUG] * 6 + [r["subject"] for r in rows if r["subject"] in askable]
    asked: dict[str, Any] = {"op": op, "a": draw(st.sampled_from(starts))}
    led = [r["object"] for r in rows if r["subject"] not in (DRUG, SECOND)]
    ends = [e for e in [*led, *led, *PROTEINS, COMPLEX, SUBTYPE] if e != asked["a"]]
    if op == "explain" or (op == "whatif" and draw(st.booleans())):
        asked["b"] = draw(st.sampled_from(ends))
    cell = _rarely(draw, [CELL, SUBCELL, ELSEWHERE], 6)
    disease = _rarely(draw, DISEASES, 6)
    asked |= {k: v for k, v in (("cell", cell), ("disease", disease)) if v}
    asked |= draw(backgrounds())
    if op == "whatif" and not set(asked) & CHANGES:
        asked["without"] = [draw(st.sampled_from([*PROTEINS, *STATES]))]
    if draw(st.integers(1, 5)) == 1:
        asked["max_length"] = draw(st.integers(1, 3))
    if op == "explain" and draw(st.integers(1, 6)) == 1:
        name = draw(st.sampled_from([*PROTEINS, COMPLEX, LIGASE]))
        asked[draw(st.sampled_from(["via", "avoid"]))] = [name]
    return asked


@st.composite
def vectors(draw: Draw, op: str) -> dict[str, Any]:
    """Draw a graph with a question."""
    # Which of several related diseases is an end of its own is told for one end only.
    graph = draw(graphs([SUBTYPE, DISEASE] if op == "explain" else [SUBTYPE]))
    return {"graph": graph, "question": draw(questions(op, graph))}
