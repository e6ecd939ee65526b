"""What is asked: two ends, a context, a background and filters. All names are ids already."""

from __future__ import annotations

from typing import Any

from moagraph.errors import QuestionError
from moagraph.frozen import Frozen, replace
from moagraph.vocabulary import DEFAULT_MAX_LENGTH, HUMAN

DEFAULT_MAX_PATHS = 1000
ANY_SPECIES = "any"


class Question(Frozen):
    """A question with resolved ids.

    `variant` holds `GENE:CHANGE` texts as the user wrote them; `Background` resolves them and
    raises UnknownName with the known ones. `species` is empty for the default, human, or "any".
    `without` removes from the background, `avoid` only hides paths. Imported data may keep
    paths from going through drugs and diseases: `through_drugs` and `through_diseases` open
    them. `same_record` wants all steps of a path in one foreign record, `metapath` types of nodes
    in order (see `metapath.parse`).
    """

    a: str
    b: str = ""
    cell: str = ""
    disease: str = ""
    species: str = ""
    max_length: int = DEFAULT_MAX_LENGTH
    max_paths: int = DEFAULT_MAX_PATHS
    without: tuple[str, ...] = ()
    variant: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    strict_context: bool = False
    min_evidence: int = 0
    through_category: str = ""
    through_drugs: bool = False
    through_diseases: bool = False
    same_record: bool = False
    metapath: str = ""

    def __post_init__(self) -> None:
        if self.max_length < 1:
            raise QuestionError(f"the bound must be at least one step, not {self.max_length}")
        if self.max_paths < 1:
            raise QuestionError(f"at least one path must be asked for, not {self.max_paths}")

    @property
    def taxon(self) -> str:
        """Return the species of the question, human unless one is asked."""
        return self.species or HUMAN

    @property
    def filtered(self) -> bool:
        """Tell whether a filter may hide paths that fire."""
        return bool(
            self.via
            or self.avoid
            or self.strict_context
            or self.min_evidence
            or self.through_category
            or self.same_record
            or self.metapath
        )

    def plain(self) -> Question:
        """Return the question without filters."""
        return replace(
            self,
            via=(),
            avoid=(),
            strict_context=False,
            min_evidence=0,
            through_category="",
            same_record=False,
            metapath="",
        )

    def before(self) -> Question:
        """Return the question in the background that what-if compares with: human, unchanged."""
        return replace(self, species="", without=(), variant=(), state=(), with_=())

    def to_dict(self) -> dict[str, Any]:
        """Return what was asked, without the options left at their default."""
        given: dict[str, Any] = {"a": self.a, "b": self.b}
        for name in ("cell", "disease", "species", "through_category", "metapath"):
            if value := getattr(self, name):
                given[name] = value
        given["max_length"] = self.max_length
        for name in ("without", "variant", "state", "with_", "via", "avoid"):
            if value := getattr(self, name):
                given[name.rstrip("_")] = list(value)
        for name in ("strict_context", "through_drugs", "through_diseases", "same_record"):
            if getattr(self, name):
                given[name] = True
        if self.min_evidence:
            given["min_evidence"] = self.min_evidence
        return given
