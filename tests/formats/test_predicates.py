"""What predicates mean: signs worked out by hand, and no predicate of Biolink unknown."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from moagraph.formats.curies import to_biolink
from moagraph.formats.predicates import (
    Meaning,
    Qualifiers,
    meaning,
    own_name,
    own_relation,
    said_with_kind,
    table,
)
from moagraph.identifiers import prefixes
from moagraph.relations import LOOSE_RELATIONS, RELATIONS
from moagraph.vocabulary import walkable
from tests.conftest import missing

CAUSES = "biolink:causes"


def sign_of(found: Meaning) -> object:
    return RELATIONS[found.relation].sign


@pytest.mark.parametrize(
    ("subject", "object", "relation", "sign"),
    [
        (("", ""), ("activity", "increased"), "activates", 1),
        (("", ""), ("activity", "downregulated"), "inhibits", -1),
        (("", ""), ("abundance", "upregulated"), "increases abundance of", 1),
        (("", ""), ("degradation", "increased"), "increases degradation of", -1),
        (("", ""), ("degradation", "decreased"), "decreases degradation of", 1),
        (("", ""), ("", "decreased"), "decreases", -1),
        # Less of the subject raises the object, so more of the subject lowers it.
        (("abundance", "decreased"), ("activity", "increased"), "inhibits", -1),
        (("activity", "downregulated"), ("expression", "decreased"), "increases expression of", 1),
        # More degradation of the subject is less of the subject.
        (("degradation", "increased"), ("activity", "increased"), "inhibits", -1),
        (("degradation", "decreased"), ("activity", "increased"), "activates", 1),
        (("", "decreased"), ("degradation", "increased"), "increases abundance of", 1),
        # What these do to an amount is not said.
        (("", ""), ("uptake", "decreased"), "affects", "unknown"),
        (("", ""), ("secretion", "increased"), "affects", "unknown"),
        (("", ""), ("localization", "increased"), "affects", "unknown"),
        (("mutation_rate", "increased"), ("activity", "increased"), "affects", "unknown"),
        (("", ""), ("phosphorylation", "decreased"), "affects", "unknown"),
        (("", ""), ("activity", ""), "affects", "unknown"),
        (("", ""), ("activity", "sideways"), "affects", "unknown"),
        # Being modified is not a change of amount.
        (("", ""), ("ubiquitination", "increased"), "ubiquitinates", "none"),
    ],
)
def test_qualifiers_give_the_sign(
    subject: tuple[str, str], object: tuple[str, str], relation: str, sign: object
) -> None:
    found = meaning("biolink:affects", Qualifiers(CAUSES, *subject, *object))
    assert found.relation == relation
    assert sign_of(found) == sign
    assert bool(found.remark) == (sign == "unknown")


def test_a_variant_as_subject_has_no_sign() -> None:
    q = Qualifiers(CAUSES, "", "", "activity", "increased", "", "loss_of_function_variant_form")
    assert sign_of(meaning("biolink:affects", q)) == "unknown"


def test_qualifiers_that_could_turn_a_sign_take_it() -> None:
    plain = meaning("biolink:ameliorates_condition")
    assert sign_of(plain) == -1
    turned = meaning("biolink:ameliorates_condition", Qualifiers(subject_direction="decreased"))
    assert sign_of(turned) == "unknown"


def test_a_mechanism_of_action_beside_a_signed_predicate_changes_nothing() -> None:
    found = meaning("biolink:disrupts", Qualifiers(mechanism="inhibition"))
    assert found == meaning("biolink:disrupts")


@pytest.mark.parametrize(
    ("word", "relation", "reverse"),
    [
        ("biolink:causes", "causes", False),
        ("biolink:caused_by", "causes", True),
        ("biolink:contributes_to", "promotes", False),
        ("biolink:treats", "treats", False),
        ("biolink:subclass_of", "is a", False),
        ("biolink:has_part", "part of", True),
        ("biolink:directly_physically_interacts_with", "binds", False),
        ("biolink:positively_correlated_with", "associated with", False),
        ("activates", "activates", False),
        ("activatedBy", "increases", True),
        ("is inhibited by", "inhibits", True),
        ("increasesDegradationOf", "increases degradation of", False),
        ("down-regulates activity", "inhibits", False),
        ("-|", "decreases", False),
        ("->", "increases", False),
        ("https://w3id.org/biolink/vocab/regulates", "affects", False),
    ],
)
def test_words_are_read(word: str, relation: str, reverse: bool) -> None:
    found = meaning(word)
    assert (found.relation, found.reverse, found.known) == (relation, reverse, True)


# A bare sign or `positive` may as well be a correlation, a bare dash a link without direction.
@pytest.mark.parametrize(
    "word",
    ["", "biolink:frobnicates", "x" * 10_000, "biolink:", "::", "-", "+", "positive", "neg", "--"],
)
def test_an_unknown_word_is_never_a_step(word: str) -> None:
    found = meaning(word)
    assert not found.known
    assert not walkable(RELATIONS[found.relation].sign)


def test_correlations_are_never_steps() -> None:
    words = [w for w in table() if "correlat" in w or "coexpress" in w or "associated with" in w]
    assert len(words) > 10
    for word in words:
        found = meaning(word)
        assert not walkable(RELATIONS[found.relation].sign), word


def test_the_effect_of_a_drug_on_a_condition_is_an_observation() -> None:
    found = meaning("biolink:ameliorates_condition")
    assert found.kind_for("drug", "disease") == "observation"
    assert found.kind_for("chemical", "phenotype") == "observation"
    assert found.kind_for("protein", "disease") == "mechanism"
    assert meaning("biolink:treats").kind_for("drug", "disease") == "outcome"


@pytest.mark.parametrize("relation", list(RELATIONS))
def test_our_own_relations_come_back_by_name(relation: str) -> None:
    assert own_relation(own_name(relation)) == relation
    for kind in ("mechanism", "observation", "outcome", "gate"):
        found = meaning(said_with_kind(relation, kind))
        loose = relation in LOOSE_RELATIONS
        if not loose or "(" in said_with_kind(relation, kind):
            assert found.relation == relation
            assert found.kind == kind or (relation, kind) == ("causes", "effect")


def test_every_row_gives_a_reason_and_a_relation_of_ours() -> None:
    root = Path(str(importlib.util.find_spec("moagraph").origin)).parent  # type: ignore[union-attr]
    lines = (root / "formats" / "predicates.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == sorted(lines[1:])
    for line in lines[1:]:
        word, relation, kind, direction, reason = line.split("\t")
        assert relation in RELATIONS, word
        assert kind in ("mechanism", "effect", "outcome", "gate"), word
        assert direction in ("forward", "reverse"), word
        assert reason.endswith("."), word


def biolink() -> dict[str, Any]:
    """Return the model as the package `biolink-model` of version 4.4.4 ships it."""
    found = importlib.util.find_spec("biolink_model")
    if found is None or not found.submodule_search_locations:
        missing("the package biolink-model")
        return {}
    import yaml

    path = Path(next(iter(found.submodule_search_locations))) / "schema" / "biolink_model.yaml"
    loaded: dict[str, Any] = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    assert loaded["version"] == "4.4.4"
    return loaded


def predicates(model: dict[str, Any]) -> dict[str, dict[str, Any]]:
    slots = model["slots"]

    def is_predicate(name: str | None) -> bool:
        while name:
            if name == "related to":
                return True
            name = slots[name].get("is_a")
        return False

    return {name: slot for name, slot in slots.items() if is_predicate(name)}


def test_no_predicate_of_biolink_is_unknown() -> None:
    names = predicates(biolink())
    assert len(names) > 240
    unknown = [n for n in names if not meaning(f"biolink:{n.replace(' ', '_')}").known]
    assert unknown == []


def test_an_inverse_is_read_backwards() -> None:
    """Both of a pair give the same relation, and just one of them is read backwards."""
    checked = 0
    for name, slot in predicates(biolink()).items():
        inverse = slot.get("inverse")
        if not inverse:
            continue
        one, other = (meaning(f"biolink:{n.replace(' ', '_')}") for n in (name, inverse))
        assert one.relation == other.relation, (name, inverse)
        assert one.kind == other.kind, (name, inverse)
        if one.relation != "associated with":
            assert one.reverse != other.reverse, (name, inverse)
            checked += 1
    assert checked > 50


def test_exported_words_are_those_of_biolink() -> None:
    model = biolink()
    names = {f"biolink:{n.replace(' ', '_')}" for n in predicates(model)}
    enums = model["enums"]
    aspects = enums["GeneOrGeneProductOrChemicalEntityAspectEnum"]["permissible_values"]
    allowed = {
        "qualified_predicate": names,
        "object_aspect_qualifier": set(aspects),
        "object_direction_qualifier": set(enums["DirectionQualifierEnum"]["permissible_values"]),
        "causal_mechanism_qualifier": set(
            enums["CausalMechanismQualifierEnum"]["permissible_values"]
        ),
    }
    for relation in RELATIONS.values():
        assert relation.biolink in names, relation.label
        for qualifier in relation.qualifiers:
            name, _, value = qualifier.partition("=")
            assert value in allowed[name], (relation.label, qualifier)


def test_prefixes_are_spelled_as_biolink_spells_them() -> None:
    """Wherever its map has the prefix in some case; other tools compare it as it stands."""
    found = importlib.util.find_spec("biolink_model")
    if found is None or not found.submodule_search_locations:
        missing("the package biolink-model")
        return
    folder = Path(next(iter(found.submodule_search_locations))) / "prefixmaps"
    known = json.loads((folder / "biolink_model_prefix_map.json").read_text(encoding="utf-8"))
    by_fold = {name.casefold(): name for name in known}
    for prefix in prefixes():
        written = to_biolink(f"{prefix}:x").partition(":")[0]
        assert written in known or written.casefold() not in by_fold, written


@pytest.mark.parametrize(
    ("written", "relation"),
    [
        ("RO:0002213", "increases"),
        ("http://purl.obolibrary.org/obo/RO_0002212", "decreases"),
        ("RO:0002630", "decreases"),
        ("RO:0002629", "increases"),
        ("RO:0002305", "decreases"),
        ("RO:0002411", "affects"),
        ("RO:0002449", "inhibits"),
        ("RO:0011014", "increases degradation of"),
        ("BFO:0000050", "part of"),
        ("RO:0002610", "associated with"),
        ("rdfs:subClassOf", "is a"),
    ],
)
def test_relations_of_ontologies_are_known_by_their_ids(written: str, relation: str) -> None:
    found = meaning(written)
    assert (found.relation, found.known) == (relation, True)


def test_an_id_of_the_relation_ontology_that_no_table_has_is_unknown() -> None:
    assert not meaning("RO:9999999").known
    assert not meaning("XRO:0002213").known


@pytest.mark.parametrize(
    ("qualifiers", "relation", "remark"),
    [
        (Qualifiers("biolink:causes", "", "", "activity", "decreased"), "inhibits", False),
        (Qualifiers("causes", "", "", "activity", "increased"), "activates", False),
        (Qualifiers("causes", "", "", "secretion", "increased"), "affects", True),
        (Qualifiers("causes", "", "", "activity", "decreased", form="variant"), "affects", True),
        (Qualifiers("", "", "", "activity", "decreased"), "binds", True),
        (Qualifiers("causes"), "binds", False),
    ],
)
def test_a_qualified_predicate_says_in_full_what_contact_does(
    qualifiers: Qualifiers, relation: str, remark: bool
) -> None:
    found = meaning("biolink:directly_physically_interacts_with", qualifiers)
    assert (found.relation, bool(found.remark)) == (relation, remark)
